"""Tricks earn nothing, odd but honest code loses nothing, and nothing outlives its run."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from spec.harness.files import catalogue
from spec.harness.files.catalogue import ROOT, SPEC
from spec.tests.grading.classroom import Graded, case, hand_in, idle, nothing, submission

HOSTILE = sorted((SPEC / "tests" / "grading" / "hostile").glob("*.py"))
LATE = "it did not end in time"
FOLLOWED = ("endless", "deep_recursion", "list_bomb", "raises_system_exit", "huge_output")
# What is right by a way that one test forbids, as any honest answer may be. It loses that test, and
# keeps what the others are worth: they ask what comes out, and that is right. Nothing is listed.
FORBIDDEN = (
    "autograd_by_jvp",
    "gradient_by_torchscript",
    "pads_its_effort",
    "sigmoid_by_a_traced_module",
    "sigmoid_by_torchscript",
)
# What other tests of this module ask for by name.
NAMED = (*FOLLOWED, "endless_and_deaf", "patched_as_self", "reads_solutions")
EVERYDAY = 9  # of so many files one is handed in every day, and all in `tox -e judges`
ODD = sorted((SPEC / "tests" / "grading" / "odd").glob("*.py"))

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="grading needs a fork")


def orphans() -> list[str]:
    """Processes of graders whose own grader is gone; others may be at work meanwhile."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True)
    rows = [line.split(maxsplit=2) for line in listed.stdout.splitlines()]
    running = {pid: args for pid, _, args in rows}
    return [
        args
        for _, parent, args in rows
        if "spec.grading.examining.server" in args and "python" not in running.get(parent, "")
    ]


def asked_for(items: list[pytest.Item]) -> set[Path]:
    """The files that the tests of this run are about."""
    return {item.callspec.params.get("path") for item in items if hasattr(item, "callspec")}


def cases(paths: list[Path]) -> list[Any]:
    """The files as parameters; those that are not of every day are slow."""
    return [
        pytest.param(path, id=path.stem, marks=() if i % EVERYDAY == 0 else pytest.mark.slow)
        for i, path in enumerate(paths)
    ]


@pytest.fixture(scope="module")
def graded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Graded]:
    """The hostile and odd submissions asked for in one class, with honest people among them."""
    place = tmp_path_factory.mktemp("class")
    asked = asked_for(request.session.items)
    handed_in = [path for path in (*HOSTILE, *ODD) if path in asked or path.stem in NAMED]
    for path in handed_in:
        kata, function, code = case(path)
        alone = path in HOSTILE and not path.stem.startswith((*FOLLOWED, "leaves_"))
        source = code if alone else submission(kata, code)
        hand_in(place / f"{path.parent.name} {path.stem}", kata, source)
        hand_in(place / f"nothing {function}", kata, nothing(kata, function))
        hand_in(place / f"idle {function}", kata, idle(kata, function))
    for kata in catalogue.katas():
        if kata.name in {case(path)[0].name for path in handed_in}:
            hand_in(place / "honest", kata, kata.solution.read_text(encoding="utf-8"))
    limits = ("--timeout", "1", "--limit", "3", "--device", "cpu")
    yield Graded(place, tmp_path_factory.mktemp("report"), *limits, "--jobs", "2")


def is_listed(graded: Graded, person: str) -> bool:
    """Whether an instructor is told that a person's file reaches out."""
    pointers = graded.people[person]["pointers"].values()
    return any(each["weight"] == "reaches out" for found in pointers for each in found)


@pytest.mark.parametrize("path", cases(HOSTILE))
def test_what_a_trick_earns_is_listed(graded: Graded, path: Path) -> None:
    """It earns no test more than returning an argument does, or the instructor is told of it."""
    _, function, _ = case(path)
    person = f"hostile {path.stem}"
    trick, fair = graded.function(person, function), graded.function(f"idle {function}", function)
    if path.stem in FORBIDDEN:
        assert trick["passed"] < trick["total"]
    else:
        assert trick["passed"] <= fair["passed"] or is_listed(graded, person)
    for other in graded.people[person]["functions"]:
        assert other["passed"] <= graded.function("honest", other["function"])["passed"]


def test_returning_nothing_earns_nothing(graded: Graded) -> None:
    """Not even the tests that would be content with whatever leaves things alone."""
    for person in (name for name in graded.people if name.startswith("nothing ")):
        assert graded.function(person, person.removeprefix("nothing "))["passed"] == 0


@pytest.mark.parametrize("path", cases(ODD))
def test_odd_but_honest_code_loses_nothing(graded: Graded, path: Path) -> None:
    """Slow, loud, old-fashioned or clever: right is right."""
    person = graded.people[f"odd {path.stem}"]
    assert not is_listed(graded, f"odd {path.stem}")
    assert not person["tampered"]
    unfinished = [e["function"] for e in person["functions"] if e["passed"] != e["total"]]
    assert not unfinished


def test_honest_people_are_not_harmed(graded: Graded) -> None:
    """Whoever sits beside all these has full points."""
    assert all(e["passed"] == e["total"] for e in graded.people["honest"]["functions"])


def test_what_follows_a_trick_still_counts(graded: Graded) -> None:
    """A function that ends the process, or never ends, costs its own points alone."""
    for trick in FOLLOWED:
        others = [
            entry
            for entry in graded.people[f"hostile {trick}"]["functions"]
            if entry["function"] != "outer_sum"
        ]
        assert all(entry["passed"] == entry["total"] for entry in others), trick


def test_what_computes_without_end_is_ended_and_said(graded: Graded) -> None:
    """Whether or not it listens; neither costs more than the time that a file has."""
    assert graded.function("hostile endless_and_deaf", "outer_sum")["note"] == LATE
    assert graded.function("hostile deep_recursion", "outer_sum")["note"] == LATE


def test_nothing_outlives_its_run_and_nothing_is_changed(graded: Graded) -> None:
    """No process is left, and no file of ours is another one."""
    assert not graded.changed
    assert not Path(ROOT, "trace").exists()
    assert not orphans()


def test_tampering_is_named(graded: Graded) -> None:
    """What was patched is found out, and none that did not patch is accused."""
    assert graded.people["hostile patched_as_self"]["tampered"]
    accused = {name for name, person in graded.people.items() if person["tampered"]}
    assert all(name.startswith("hostile ") and is_listed(graded, name) for name in accused)


def test_what_reaches_out_is_shown_with_its_line(graded: Graded) -> None:
    """In grades.json and on the page, and it costs no points there."""
    found = graded.people["hostile reads_solutions"]["pointers"]["k08_broadcasting"]
    source = (graded.place / "hostile reads_solutions" / "k08_broadcasting.py").read_text()
    assert "open(" in source.splitlines()[found[0]["line"] - 1]
    page = (graded.out / "index.html").read_text(encoding="utf-8")
    assert f"k08_broadcasting.py:{found[0]['line']}" in page
    assert found[0]["sentence"] in page
