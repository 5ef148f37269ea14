"""One submission's file, examined in a process of its own: the part that runs in that process."""

import functools
import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import is_hypothesis_test

from spec.grading.sandbox import walls
from spec.grading.sandbox.channel import Sender
from spec.grading.sandbox.seals import Seals
from spec.harness.explaining import diagnosis
from spec.harness.explaining.progress import noted
from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import Kata
from spec.harness.files.loading import import_ahead, load_ours
from spec.harness.running.cases import device_of, function_under_test
from spec.harness.running.collecting import AnswerModule, AnswersFile
from spec.harness.settings import answers_key, brief_key, shrink_key

Raise = Callable[[], list[str]]


@dataclass(frozen=True)
class Task:
    """What is to be examined: a kata's answer, some of its functions, and how."""

    kata: str
    source: str
    functions: list[str]
    devices: list[str]
    timeout: float
    examples: int | None


def run(config: pytest.Config, task: Task, home: Path, sender: Sender) -> int:
    """Runs the tests of these functions, within walls, and tells the grader how each ended."""
    from _pytest import main

    kata = load_what_judges(task.kata)
    path = home / f"{kata.name}.py"
    content = task.source.encode("utf-8", "surrogatepass")
    path.write_bytes(content)

    def raise_walls() -> list[str]:
        hidden = (catalogue.SPEC, catalogue.SOLUTIONS)
        return walls.raise_walls(home, hidden, {path.name: content})

    config.args = [str(path)]
    config.stash[answers_key] = canaries(kata)
    config.option.device = task.devices
    config.option.examples = task.examples
    config.option.timeout = task.timeout
    config.option.all_failures = True
    config.stash[brief_key] = True
    config.pluginmanager.register(Examination(kata, task.functions, sender, raise_walls))
    return int(main.pytest_cmdline_main(config))


@functools.cache
def load_what_judges(name: str) -> Kata:
    """Reads our files on a kata, before the first fork: so it is done once, and before the walls.

    Collecting garbage would look through all that is loaded, and so copy it into each fork.
    """
    kata = catalogue.find(name)
    assert kata is not None
    diagnosis.known_mistakes(kata)
    load_ours(kata, kata.solution)
    import_ahead(kata.spec, 2)  # the submission's and the canaries'
    gc.freeze()
    return kata


def canaries(kata: Kata) -> list[str]:
    """Two known wrong answers, which must fail after a submission as they do before it."""
    module = load_ours(kata, kata.wrong).module
    elsewhere = set(getattr(module, "ABOUT_DEVICES", ()))
    names = [name for name in diagnosis.known_mistakes(kata) if name not in elsewhere]
    first = {name.partition("__")[0]: name for name in reversed(names)}
    return list(first.values())[-2:]


class Examination:
    """Tells the grader which tests there are, before the submission runs, and how each ends."""

    def __init__(
        self, kata: Kata, functions: list[str], sender: Sender, raise_walls: Raise
    ) -> None:
        self.kata, self.functions, self.sender = kata, functions, sender
        self.raise_walls = raise_walls
        self.birds: dict[str, str] = {}
        self.rejected: set[str] = set()
        self.seals: Seals | None = None
        self.started = 0.0

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makeitem(
        self, collector: pytest.Collector, name: str
    ) -> list[pytest.Item] | None:
        """Leaves out the tests of functions that are not asked for."""
        asked = sources.function_of(self.kata, name) in self.functions
        return None if asked or isinstance(collector, AnswerModule) else []

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> None:
        """Adds the canaries, which come last, on the CPU alone."""
        file: AnswersFile = AnswersFile.from_parent(session, path=self.kata.wrong)
        file.kata = self.kata
        birds = [item for item in session.genitems(file) if _device(item) in (None, "cpu")]
        birds.sort(key=lambda item: is_hypothesis_test(getattr(item, "obj", None)))  # quick first
        self.birds = {item.nodeid: _canary(item) for item in birds}
        items += birds

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """The last thing before a stranger's code may run."""
        standing = self.raise_walls()
        mine = [item for item in session.items if item.nodeid not in self.birds]
        tests = [(_short(item.nodeid), function_under_test(item)) for item in mine]
        self.sender.send({"walls": standing, "tests": tests})
        self.seals = Seals()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> bool | None:
        """Says which test is on, in case that it ends the process; a dead canary rests."""
        canary = self.birds.get(item.nodeid)
        if canary in self.rejected:
            item.ihook.pytest_runtest_teardown(item=item, nextitem=nextitem)
            return True
        item.config.stash[shrink_key] = not canary
        if not canary:
            self.sender.send({"start": _short(item.nodeid)})
        self.started = time.perf_counter()
        return None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Tells the grader; a canary's failure is what it is there for."""
        if report.nodeid in self.birds:
            if report.failed:
                self.rejected.add(self.birds[report.nodeid])
            return
        if report.when == "teardown" and report.passed:
            for facts in noted([report]):
                self.sender.send({"acquitted": facts["acquitted"], "of": facts["function"]})
        if not (report.when == "call" or report.failed):
            return
        (facts,) = noted([report]) or [{"kind": "file"}]
        broken = self.seals.broken() if self.seals else None
        kept = ("kind", "test", "device", "order", "rows", "mistakes")
        told = {name: facts[name] for name in kept if name in facts}
        self.sender.send(
            {
                "test": _short(report.nodeid),
                "passed": report.passed and not broken,
                "seconds": time.perf_counter() - self.started,
                "facts": told,
                "tampered": broken,
            }
        )

    def pytest_sessionfinish(self) -> None:
        """Only an examination that came to its end, with all canaries dead, counts."""
        alive = [name for name in canaries(self.kata) if name not in self.rejected]
        broken = self.seals.broken(everything=True) if self.seals else "everything"
        self.sender.send({"end": True, "tampered": broken or (alive[0] if alive else None)})


def _canary(item: pytest.Item) -> str:
    module = item.getparent(AnswerModule)
    assert module is not None
    return module.answer


def _short(nodeid: str) -> str:
    """The test and its parameters, without the file."""
    return nodeid.partition("::")[2]


def _device(item: pytest.Item) -> str | None:
    device: Any = device_of(item)
    return device.type if device else None
