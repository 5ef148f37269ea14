"""What is other than in the report before: who had what, who has what now, and why."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...harness.files import catalogue
from ...harness.language import tr
from .. import alike, scoring
from ..alike import digest
from ..intake.submissions import Submission
from ..outcomes import Outcome, Result
from ..planning import Settings
from ..scoring import Scheme
from .exports import harmless
from .report import Report

COLUMNS = ("person", "had", "has", "why", "functions")
SAME = 0.005  # points that nobody sees

FIRST = "handed in for the first time"
GONE = "no longer there"
ANEW = "{kata} handed in anew"
SPEC = "spec of {kata} changed"
MACHINE = "torch-katas or a package below it changed"
SETTINGS = "devices, time or examples changed"
AGAIN = "{kata} examined again"
WEIGHTS = "weights changed"
EDGES = "edges' share changed"
KATAS = "other katas count"


@dataclass(frozen=True)
class Change:
    """One person's points before and now; None where there were or are none."""

    person: str
    had: float | None
    has: float | None
    why: list[str]
    functions: list[str] = field(default_factory=list)


@dataclass
class Before:
    """The report of the last run, as far as it is needed here."""

    results: dict[str, Result]
    files: dict[str, dict[str, str]]
    points: dict[str, float]
    scheme: Scheme
    basis: dict[str, Any]


def basis(scheme: Scheme, settings: Settings) -> dict[str, Any]:
    """What besides the files decides about the points."""
    return {
        "specs": {
            f"{kata}.{function}": alike.promise(catalogue.named(kata), function)
            for kata, function in scheme.weights
        },
        "machine": alike.machine(),
        "settings": settings.as_text(),
        "weights": {".".join(key): weight for key, weight in scheme.weights.items()},
        "edges": scheme.edges,
    }


def before(out: Path) -> Before | None:
    """The report that lies in this folder, if there is one that can be read."""
    try:
        report = json.loads((out / "grades.json").read_text(encoding="utf-8"))
        basis = report["basis"]
        weights = {
            (kata, function): float(weight)
            for name, weight in basis["weights"].items()
            for kata, _, function in [name.partition(".")]
        }
        people = report["people"]
        return Before(
            {each["person"]: _result(each) for each in people},
            {each["person"]: dict(each["files"]) for each in people},
            {each["person"]: float(each["points"]) for each in people},
            Scheme(weights, float(basis["edges"]), float(report["points_of"])),
            basis,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _result(person: dict[str, Any]) -> Result:
    result = Result(Submission(person["person"]))
    for told in person["functions"]:
        outcome = Outcome(
            told["function"],
            told["passed"],
            told["total"],
            told["edges_passed"],
            told["edges_total"],
        )
        result.outcomes[told["kata"], told["function"]] = outcome
    return result


def changes(old: Before, report: Report) -> list[Change]:
    """Everybody whose points or functions are others than before, in the order of names."""
    scheme, basis = report.scheme, report.basis
    now = {result.person: result for result in report.results}
    found = [
        Change(person, points, None, [tr(GONE)])
        for person, points in old.points.items()
        if person not in now
    ]
    for person, result in now.items():
        has = scoring.points(result, scheme)
        if person not in old.results:
            found.append(Change(person, None, has, [tr(FIRST)]))
            continue
        why, functions = _functions(old, result, scheme, basis)
        why += _scheme(old, person, scheme)
        if functions or abs(has - old.points[person]) > SAME:
            found.append(Change(person, old.points[person], has, why, functions))
    return sorted(found, key=lambda change: change.person)


def _functions(
    old: Before, result: Result, scheme: Scheme, basis: dict[str, Any]
) -> tuple[list[str], list[str]]:
    """Why functions have other outcomes, and how these were and are."""
    earlier, files = old.results[result.person].outcomes, old.files[result.person]
    why: dict[str, None] = {}
    functions = []
    for kata, function in dict.fromkeys([*old.scheme.weights, *scheme.weights]):
        was, now = earlier.get((kata, function)), result.outcomes.get((kata, function))
        source = result.submission.files.get(kata)
        anew = (digest(source) if source is not None else None) != files.get(kata)
        counts = (kata, function) in old.scheme.weights and (kata, function) in scheme.weights
        if _tests(was) == _tests(now) or not (counts or anew):
            continue
        functions.append(f"{kata} {function}: {_shown(was)}, now {_shown(now)}")
        causes = [tr(ANEW).format(kata=kata)] if anew else []
        causes += _causes(old, kata, function, basis)
        why |= dict.fromkeys(causes or [tr(AGAIN).format(kata=kata)])
    return list(why), functions


def _causes(old: Before, kata: str, function: str, basis: dict[str, Any]) -> Iterator[str]:
    """What of the basis of this function changed."""
    name, specs = f"{kata}.{function}", old.basis["specs"]
    if name in specs and name in basis["specs"] and specs[name] != basis["specs"][name]:
        yield tr(SPEC).format(kata=kata)
    if old.basis["machine"] != basis["machine"]:
        yield tr(MACHINE)
    if old.basis["settings"] != basis["settings"]:
        yield tr(SETTINGS)


def _scheme(old: Before, person: str, scheme: Scheme) -> Iterator[str]:
    """What of the scheme changed, if that alone gives the outcomes of before other points."""
    same = scoring.points(old.results[person], scheme)
    if abs(same - old.points[person]) <= SAME:
        return
    if set(old.scheme.weights) != set(scheme.weights):
        yield tr(KATAS)
    common = set(old.scheme.weights) & set(scheme.weights)
    if any(old.scheme.weights[key] != scheme.weights[key] for key in common):
        yield tr(WEIGHTS)
    if old.scheme.edges != scheme.edges:
        yield tr(EDGES)


def _tests(outcome: Outcome | None) -> tuple[int, ...] | None:
    if outcome is None:
        return None
    return outcome.passed, outcome.total, outcome.edges_passed, outcome.edges_total


def _shown(outcome: Outcome | None) -> str:
    return f"{outcome.passed} of {outcome.total}" if outcome else tr("not handed in")


def to_csv(found: list[Change]) -> str:
    """A line a person."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for change in found:
        points = ["" if each is None else f"{each:.2f}" for each in (change.had, change.has)]
        row = [change.person, *points, "; ".join(change.why), "; ".join(change.functions)]
        writer.writerow(map(harmless, row))
    return text.getvalue()
