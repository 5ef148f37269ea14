"""The results as files for other programs: CSV, JSON, JUnit and Gradescope's."""

import csv
import io
import json
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree

from ...harness.explaining.lines import lines
from ...harness.language import tr
from ...harness.rendering import unmarked
from ..alike import digest
from ..outcomes import Outcome, Result
from ..scoring import Scheme, points
from .report import Report

FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDTH = 80
FAILURE = "not done"
LATE = "late"
NOT_HANDED_IN = "not handed in"
FEW = 8  # files that were not looked at, which are named one by one

FOUND = "Found: {katas}."
NOTHING_FOUND = "No katas were found. Hand in the files themselves, such as {example}.py."
WHOLE = "Nothing of {kata} could be tried. Mend this first:"
NOTHING_TRIED = "nothing of the file could be tried; see above"
MISSING = "Not handed in: {katas}."
UNGRADED = "This could not be graded: {why} Tell whoever runs the course."


def to_csv(results: list[Result], scheme: Scheme) -> str:
    """A line a person and function, with the person's points on each."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        [
            "person",
            "points",
            "kata",
            "function",
            "passed",
            "total",
            "edges",
            "seconds",
            "mistake",
            "note",
            "handed in",
        ]
    )
    for result in results:
        time = handed_in(result)
        earned = f"{points(result, scheme):.2f}"
        for kata, function in scheme.weights:
            outcome = result.outcomes.get((kata, function))
            if outcome is None:
                row = ["", "", "", "", "", NOT_HANDED_IN]
            else:
                edges = f"{outcome.edges_passed} of {outcome.edges_total}"
                numbers = [outcome.passed, outcome.total, edges, f"{outcome.seconds:.2f}"]
                row = [*map(str, numbers), outcome.mistake or "", said(outcome)]
            writer.writerow(map(harmless, [result.person, earned, kata, function, *row, time]))
    return text.getvalue()


def to_json(report: Report) -> str:
    """Everything that is known, and on which basis, so that a later run can say what changed."""
    people = [
        {
            "person": result.person,
            "points": round(points(result, report.scheme), 4),
            "submitters": [asdict(each) for each in result.submission.submitters],
            "handed_in": result.submission.time,
            "late": result.submission.late,
            "files": {name: digest(source) for name, source in result.submission.files.items()},
            "functions": [
                {"kata": kata, **asdict(outcome), "rows": plain(outcome)}
                for (kata, _), outcome in result.outcomes.items()
            ],
            "pointers": {
                kata: [asdict(pointer) for pointer in found]
                for kata, found in result.pointers.items()
            },
            "ignored": result.ignored,
            "tampered": result.tampered,
        }
        for result in report.results
    ]
    told: dict[str, Any] = {
        "points_of": report.scheme.most,
        "people": people,
        "strays": report.strays,
        "basis": report.basis,
    }
    if report.roster is not None:
        matched = report.roster.matched
        told["roster"] = {"missing": matched.missing, "unclear": matched.unclear}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def to_junit(results: list[Result]) -> str:
    """A suite a person, a case a function."""
    root = ElementTree.Element("testsuites")
    for result in results:
        suite = ElementTree.SubElement(root, "testsuite", name=_legal(result.person))
        failures, seconds = 0, 0.0
        for (kata, function), outcome in result.outcomes.items():
            case = ElementTree.SubElement(
                suite, "testcase", classname=kata, name=function, time=f"{outcome.seconds:.3f}"
            )
            seconds += outcome.seconds
            if not outcome.done:
                failures += 1
                message = outcome.mistake or said(outcome)
                failure = ElementTree.SubElement(
                    case, "failure", type=FAILURE, message=_legal(message)
                )
                failure.text = _legal(plain(outcome))
        suite.set("tests", str(len(result.outcomes)))
        suite.set("failures", str(failures))
        suite.set("errors", "0")
        suite.set("skipped", "0")
        suite.set("time", f"{seconds:.3f}")
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def to_gradescope(result: Result, scheme: Scheme) -> str:
    """One person's results in the form in which Gradescope shows them."""
    total, ended = sum(scheme.weights.values()), causes(result)
    tests: list[dict[str, Any]] = []
    for (kata, function), weight in scheme.weights.items():
        outcome = result.outcomes.get((kata, function))
        share = outcome.share(scheme.edges) if outcome else 0.0
        worth = scheme.most * weight / total
        tests.append(
            {
                "name": f"{kata}: {function}",
                "score": round(worth * share, 4),
                "max_score": round(worth, 4),
                "status": "passed" if outcome and outcome.done else "failed",
                "output": words(outcome, kata in ended),
            }
        )
    handed_in = list(dict.fromkeys(kata for kata, _ in result.outcomes))
    counted = list(dict.fromkeys(kata for kata, _ in scheme.weights))
    missing = [kata for kata in counted if kata not in handed_in]
    notes = [FOUND.format(katas=", ".join(handed_in))] if handed_in else []
    notes += [] if handed_in else [tr(NOTHING_FOUND).format(example=counted[0])]
    notes += [tr(MISSING).format(katas=", ".join(missing))] if missing and handed_in else []
    notes += [f"{tr(WHOLE).format(kata=kata)}\n{cause}" for kata, cause in ended.items()]
    notes += ignored(result)
    report = {
        "score": round(points(result, scheme), 4),
        "output": "\n".join(notes),
        "visibility": "visible",
        "tests": tests,
    }
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def cause(result: Result, kata: str) -> str | None:
    """What ended a whole file of a person: how it failed, or what is said of all of it."""
    own = [outcome for (name, _), outcome in result.outcomes.items() if name == kata]
    first = next((outcome for outcome in own if outcome.whole_file), None)
    if first is not None:
        return plain(first)
    notes = {outcome.note for outcome in own if not outcome.passed}
    return notes.pop() or None if len(notes) == 1 and not any(o.passed for o in own) else None


def causes(result: Result) -> dict[str, str]:
    """The same for each kata where there is such a cause."""
    katas = dict.fromkeys(kata for kata, _ in result.outcomes)
    return {kata: found for kata in katas if (found := cause(result, kata))}


def ungraded(why: str) -> str:
    """What Gradescope shows where there is nothing else to show."""
    report = {"score": 0, "output": tr(UNGRADED).format(why=why), "visibility": "visible"}
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def ignored(result: Result, most: int = FEW) -> list[str]:
    """What of a person's files was not taken and why: the first few, and how many more."""
    lines = [f"{name} {why}" for name, why in result.ignored.items()]
    more = len(lines) - most
    return lines if more <= 1 else [*lines[:most], tr("and {more} more files").format(more=more)]


def handed_in(result: Result) -> str:
    """When something was handed in, as far as names and zip files say."""
    late = LATE if result.submission.late else ""
    return " ".join(filter(None, [result.submission.time, late]))


def said(outcome: Outcome) -> str:
    """An outcome in a few words."""
    if outcome.done:
        return "done"
    if outcome.not_started:
        return tr("not started")
    passed = tr("{passed} of {total} tests pass").format(passed=outcome.passed, total=outcome.total)
    if outcome.works:
        passed = tr("works; {edges_passed} of {edges_total} tests of edges pass").format(
            edges_passed=outcome.edges_passed, edges_total=outcome.edges_total
        )
    return f"{passed}; {outcome.note}" if outcome.note else passed


def words(outcome: Outcome | None, ended: bool = False) -> str:
    """All that is said of a function; where its whole file has ended, that is said elsewhere."""
    if outcome is None or ended:
        return tr(NOTHING_TRIED) if ended else tr(NOT_HANDED_IN)
    told = [said(outcome), outcome.mistake or "", plain(outcome)]
    return "\n".join(filter(None, told))


def plain(outcome: Outcome) -> str:
    """What a failing test says, as text without colours."""
    return unmarked("\n".join(lines(outcome.rows, WIDTH)))


def harmless(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def _legal(text: str) -> str:
    """The text without characters that XML can't hold."""
    return "".join(c for c in text if c in "\t\n\r" or c.isprintable())
