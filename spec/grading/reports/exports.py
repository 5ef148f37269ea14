"""The results as files for other programs: CSV, JSON, JUnit and Gradescope's."""

import csv
import io
import json
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree

from spec.grading.outcomes import Outcome, Result
from spec.grading.scoring import Scheme, points
from spec.harness.explaining.rows import lines
from spec.harness.rendering import unmarked

FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDTH = 80
FAILURE = "not done"
FEW = 8  # files that were not looked at, which are named one by one

FOUND = "Found: {katas}."
NOTHING_FOUND = "No katas were found. Hand in the files themselves, such as {example}.py."
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
        ]
    )
    for result in results:
        earned = f"{points(result, scheme):.2f}"
        for kata, function in scheme.weights:
            outcome = result.outcomes.get((kata, function))
            if outcome is None:
                row = ["", "", "", "", "", "not handed in"]
            else:
                edges = f"{outcome.edges_passed} of {outcome.edges_total}"
                numbers = [outcome.passed, outcome.total, edges, f"{outcome.seconds:.2f}"]
                row = [*map(str, numbers), outcome.mistake or "", said(outcome)]
            writer.writerow(map(_harmless, [result.person, earned, kata, function, *row]))
    return text.getvalue()


def to_json(results: list[Result], strays: dict[str, str], scheme: Scheme) -> str:
    """Everything that is known."""
    people = [
        {
            "person": result.person,
            "points": round(points(result, scheme), 4),
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
        for result in results
    ]
    report = {"points_of": scheme.most, "people": people, "strays": strays}
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


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
    total = sum(scheme.weights.values())
    tests: list[dict[str, Any]] = []
    for (kata, function), weight in scheme.weights.items():
        outcome = result.outcomes.get((kata, function))
        share = outcome.share(scheme.edges) if outcome else 0.0
        worth = scheme.most * weight / total
        words = (
            [said(outcome), outcome.mistake or "", plain(outcome)] if outcome else ["not handed in"]
        )
        tests.append(
            {
                "name": f"{kata}: {function}",
                "score": round(worth * share, 4),
                "max_score": round(worth, 4),
                "status": "passed" if outcome and outcome.done else "failed",
                "output": "\n".join(word for word in words if word),
            }
        )
    handed_in = list(dict.fromkeys(kata for kata, _ in result.outcomes))
    counted = list(dict.fromkeys(kata for kata, _ in scheme.weights))
    missing = [kata for kata in counted if kata not in handed_in]
    notes = [FOUND.format(katas=", ".join(handed_in))] if handed_in else []
    notes += [] if handed_in else [NOTHING_FOUND.format(example=counted[0])]
    notes += [MISSING.format(katas=", ".join(missing))] if missing and handed_in else []
    notes += ignored(result)
    report = {
        "score": round(points(result, scheme), 4),
        "output": "\n".join(notes),
        "visibility": "visible",
        "tests": tests,
    }
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def ungraded(why: str) -> str:
    """What Gradescope shows where there is nothing else to show."""
    report = {"score": 0, "output": UNGRADED.format(why=why), "visibility": "visible"}
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def ignored(result: Result, most: int = FEW) -> list[str]:
    """What of a person's files was not taken and why: the first few, and how many more."""
    lines = [f"{name} {why}" for name, why in result.ignored.items()]
    more = len(lines) - most
    return lines if more <= 1 else [*lines[:most], f"and {more} more files"]


def said(outcome: Outcome) -> str:
    """An outcome in a few words."""
    if outcome.done:
        return "done"
    if outcome.not_started:
        return "not started"
    passed = f"{outcome.passed} of {outcome.total} tests pass"
    if outcome.works:
        passed = f"works; {outcome.edges_passed} of {outcome.edges_total} tests of edges pass"
    return f"{passed}; {outcome.note}" if outcome.note else passed


def plain(outcome: Outcome) -> str:
    """What a failing test says, as text without colours."""
    return unmarked("\n".join(lines(outcome.rows, WIDTH)))


def _harmless(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def _legal(text: str) -> str:
    """The text without characters that XML can't hold."""
    return "".join(c for c in text if c in "\t\n\r" or c.isprintable())
