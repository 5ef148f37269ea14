"""What is made once for a class, before the first answer, is ours alone and the same for all."""

import functools
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from spec.grading.examining import pages
from spec.grading.examining.collecting import Collected, Tests, prepare
from spec.grading.examining.messages import Request
from spec.harness import settings
from spec.harness.checks import cost
from spec.harness.checks.copies import snapshot
from spec.harness.explaining import diagnosis
from spec.harness.explaining.endings import PASSED, Likeness
from spec.harness.files import catalogue
from spec.harness.files.catalogue import ROOT, Kata
from spec.harness.files.loading import Implementation, load_ours
from spec.harness.running import cases, drawn
from spec.harness.running.subject import Subject
from spec.harness.verdicts import CheckFailure

K08, FUNCTION = Kata("k08_broadcasting"), "outer_sum"


def main(place: Path) -> None:
    """Collects and draws where a graphics card seems to be, and tells what came of it."""
    started: list[str] = []

    def start() -> None:
        started.append("cuda")
        raise RuntimeError("there is no graphics card")

    torch.cuda._lazy_init = start  # which all that needs one calls first
    torch.cuda.is_available = lambda: True
    collected = prepare(place)
    everywhere, on_cpu = (_tests(collected, device) for device in ("all", "cpu"))
    catalogue.is_there = lambda path: False  # as within walls
    laws = {item.name: drawn._drawn in item.stash for item in everywhere.of([FUNCTION])}
    found = {
        "started": started,
        "reference": cost.reference(K08.name, FUNCTION) is vars(_solution())[FUNCTION],
        "large pages": pages.join(),
        "on cuda": [name for name in laws if "cuda" in name],
        "drawn": [name for name, known in laws.items() if known],
        "ahead": _tried(on_cpu),
        "as ever": [],
    }
    for item in on_cpu.items:
        if drawn._drawn in item.stash:
            del item.stash[drawn._drawn]
    found["as ever"] = _tried(on_cpu)
    print(json.dumps(found))


def _tests(collected: Collected, device: str) -> Tests:
    devices = [device]
    request = Request(0, K08.name, b"", [FUNCTION], devices, 10.0, 120.0, None, guarded=False)
    tests = collected.tests(request)
    tests.draw([FUNCTION])
    return tests


def _tried(tests: Tests) -> list[str]:
    """What a right answer and a wrong one are asked by the laws, and how it ends."""

    class Heard:
        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            note: Any = getattr(report, "note", None)
            if report.when == "call":
                told.append(f"{report.nodeid} {report.outcome} {note.rows} {note.mistakes}")

    told: list[str] = []
    tests.session.config.stash[cases._failures] = cases.Failures()
    heard = Heard()
    tests.session.config.pluginmanager.register(heard)
    for right in (True, False):
        asked: list[str] = []
        tests.module._subject = _answer(asked, right)
        for item in tests.of([FUNCTION]):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            told += asked if right else []  # where one fails it is asked again, to be told of
            asked.clear()
    tests.session.config.pluginmanager.unregister(heard)
    return told


def _answer(asked: list[str], right: bool) -> Subject:
    known = vars(_solution())[FUNCTION]

    @functools.wraps(known)
    def outer_sum(u: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
        asked.append(str([snapshot(u), snapshot(v)]))
        result: torch.Tensor = known(u, v)
        return result if right or result.numel() < 9 else result + 1

    module = ModuleType("answer")
    vars(module).update({**vars(_solution()), FUNCTION: outer_sum})
    definitions = load_ours(K08, K08.solution).definitions
    return Subject(Implementation(K08, K08.solution, module, None, definitions))


def _solution() -> ModuleType:
    module = load_ours(K08, K08.solution).module
    assert module is not None
    return module


@pytest.mark.skipif(not hasattr(os, "fork"), reason="grading needs a fork")
def test_what_is_made_ahead_is_the_same_and_starts_no_graphics_card(tmp_path: Path) -> None:
    """An answer is asked what Hypothesis would ask, and fails with the same words."""
    command = [sys.executable, "-m", f"spec.tests.grading.{Path(__file__).stem}", str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert not found["started"]
    assert found["reference"]
    assert found["on cuda"] and found["drawn"]
    assert not set(found["on cuda"]) & set(found["drawn"])
    assert any("cpu" in name for name in found["drawn"])
    assert found["ahead"] == found["as ever"]
    assert "no check" not in run.stdout
    outcomes = [line.split()[1] for line in found["ahead"] if line.startswith(K08.name)]
    assert {"passed", "failed"} == set(outcomes)


@pytest.mark.parametrize(
    ("brief", "asked", "laws"),
    [(True, ["near", "nearly"], 0), (False, ["near", "nearly", "far"], 1)],
)
def test_a_class_looks_no_further_than_the_mistake_that_it_surely_is(
    brief: bool, asked: list[str], laws: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends the test word for word, and is written like the answer; a learner's run has time."""
    tried: list[str] = []

    def likeness(item: object, seen: object, name: str, mind: object) -> Likeness:
        tried.append(name)
        return Likeness.EXACT if name == "near" else Likeness.NONE

    item: Any = SimpleNamespace(config=SimpleNamespace(stash=pytest.Stash()))
    settings.of(item.config).brief = brief
    monkeypatch.setattr(diagnosis, "_likeness", likeness)
    close = {"far": 0.3, "near": 0.9, "nearly": 0.85}
    names = sorted(close, key=lambda name: -close[name])
    diagnosis._alike(item, PASSED, names, diagnosis.Known(), close)
    assert tried == asked

    @given(st.none())
    def law(nothing: None) -> None:
        raise NotImplementedError

    subject = Subject(load_ours(K08, K08.solution))
    mind = diagnosis.known(subject, FUNCTION)
    mind.core["outer_sum__mistake"], mind.rules = 1, {"test": False}
    mind.passed = [diagnosis.Passed(law, {}, False, "law", None)]
    failure = CheckFailure("it fails")
    monkeypatch.setattr(diagnosis, "_failure", lambda passed, kata, name: failure)
    assert len(diagnosis.acquit(subject, FUNCTION, brief)) == laws


@pytest.mark.skipif(sys.platform != "linux", reason="Linux joins pages")
def test_pages_that_can_not_be_joined_are_left_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """An older kernel refuses, and nothing else changes."""
    monkeypatch.setattr(pages, "COLLAPSE", 9999)
    kept = list(range(10**5))
    assert pages.join() == 0
    assert kept == list(range(10**5))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
