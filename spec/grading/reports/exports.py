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


def to_json(results: list[Result], scheme: Scheme) -> str:
    """Everything that is known."""
    people = [
        {
            "person": result.person,
            "points": round(points(result, scheme), 4),
            "functions": [
                {"kata": kata, **asdict(outcome), "rows": plain(outcome)}
                for (kata, _), outcome in result.outcomes.items()
            ],
            "refused": {
                kata: [refusal._asdict() for refusal in refusals]
                for kata, refusals in result.refusals.items()
            },
            "ignored": result.ignored,
            "tampered": result.tampered,
        }
        for result in results
    ]
    return (
        json.dumps({"points_of": scheme.most, "people": people}, indent=2, ensure_ascii=False)
        + "\n"
    )


def to_junit(results: list[Result]) -> str:
    """A suite a person, a case a function."""
    root = ElementTree.Element("testsuites")
    for result in results:
        suite = ElementTree.SubElement(root, "testsuite", name=_legal(result.person))
        failures = 0
        for (kata, function), outcome in result.outcomes.items():
            case = ElementTree.SubElement(
                suite, "testcase", classname=kata, name=function, time=f"{outcome.seconds:.3f}"
            )
            if not outcome.done:
                failures += 1
                message = outcome.mistake or said(outcome)
                failure = ElementTree.SubElement(case, "failure", message=_legal(message))
                failure.text = _legal(plain(outcome))
        suite.set("tests", str(len(result.outcomes)))
        suite.set("failures", str(failures))
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
    notes = [f"{name} {why}" for name, why in result.ignored.items()]
    notes += [
        f"{kata}.py:{refusal.line} {refusal.part} was left out: {refusal.reason}"
        for kata, refusals in result.refusals.items()
        for refusal in refusals
    ]
    report = {
        "score": round(points(result, scheme), 4),
        "output": "\n".join(notes),
        "visibility": "visible",
        "tests": tests,
    }
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


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
