"""One submission's file, examined in a process of its own: the part that runs in that process."""

import functools
import gc
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import is_hypothesis_test

from spec.grading.examining import messages
from spec.grading.examining.messages import (
    Began,
    Cleared,
    Declined,
    Ended,
    Finished,
    Message,
    Request,
    Started,
)
from spec.grading.intake.allowlist import REPLACED
from spec.grading.sandbox import standins, walls
from spec.grading.sandbox.channel import Sender
from spec.grading.sandbox.seals import Seals
from spec.harness import devices, settings
from spec.harness.explaining import suspects
from spec.harness.explaining.progress import noted
from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import Kata
from spec.harness.files.loading import import_ahead, load_ours
from spec.harness.running.cases import case_of
from spec.harness.running.collecting import AnswerModule, AnswersFile

Raise = Callable[[], list[str]]


def run(config: pytest.Config, request: Request, source: Path, home: Path, sender: Sender) -> int:
    """Runs the tests of these functions, within walls, and tells the grader how each ended."""
    from _pytest import main

    kata = load_what_judges(request.kata)
    path = home / f"{kata.name}.py"
    content = source.read_bytes()
    path.write_bytes(content)

    def raise_walls() -> list[str]:
        # CUDA reserves more addresses than there is memory.
        bounded = all(device.type != "cuda" for device in settings.of(config).devices)
        return walls.raise_walls(home, {path.name: content}, request.limit, bounded)

    config.args = [str(path)]
    asked = settings.of(config)
    asked.answers, asked.brief = canaries(kata), True
    config.option.device = request.devices
    config.option.examples = request.examples
    config.option.timeout = request.timeout
    config.option.all_failures = True
    config.pluginmanager.register(Examination(kata, request, sender, raise_walls))
    return int(main.pytest_cmdline_main(config))


@functools.cache
def load_what_judges(name: str) -> Kata:
    """Reads our files on a kata, before the first fork: so it is done once, and before the walls.

    Collecting garbage would look through all that is loaded, and so copy it into each fork.
    """
    kata = catalogue.named(name)
    suspects.make_ready(kata)
    load_ours(kata, kata.solution)
    import_ahead(kata.spec, 2)  # the submission's and the canaries'
    gc.freeze()
    return kata


def canaries(kata: Kata) -> list[str]:
    """Two known wrong answers, which must fail after a submission as they do before it."""
    module = load_ours(kata, kata.wrong).module
    elsewhere = set(getattr(module, "ABOUT_DEVICES", ()))
    names = [name for name in suspects.known_mistakes(kata) if name not in elsewhere]
    first = {name.partition("__")[0]: name for name in reversed(names)}
    return list(first.values())[-2:]


class Examination:
    """Tells the grader which tests there are, before the submission runs, and how each ends."""

    def __init__(self, kata: Kata, request: Request, sender: Sender, raise_walls: Raise) -> None:
        self.kata, self.sender = kata, sender
        self.functions, self.guarded = request.functions, request.guarded
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
        birds = [item for item in session.genitems(file) if _is_on_the_cpu(item)]
        birds.sort(key=lambda item: is_hypothesis_test(getattr(item, "obj", None)))  # quick first
        self.birds = {item.nodeid: _canary(item) for item in birds}
        items += birds

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """The last thing before a stranger's code may run."""
        standing = self.raise_walls()
        mine = [item for item in session.items if item.nodeid not in self.birds]
        tests = [(_short(i.nodeid), case_of(i).function, case_of(i).edge) for i in mine]
        self.send(Began(standing, tests))
        missing = [wall for wall in walls.FOR_STRANGERS if wall not in standing]
        if self.guarded and missing:
            self.send(Declined(missing))
            pytest.exit("walls are missing")
        standins.install(REPLACED)
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
        settings.of(item.config).shrink = not canary
        if not canary:
            self.send(Started(_short(item.nodeid)))
        self.started = time.perf_counter()
        return None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Tells the grader; a canary's failure is what it is there for."""
        if report.nodeid in self.birds:
            if report.failed:
                self.rejected.add(self.birds[report.nodeid])
            return
        note = next(iter(noted([report])), None)
        if report.when == "teardown" and report.passed and note and note.acquitted:
            self.send(Cleared(note.function, note.acquitted))
        if not (report.when == "call" or report.failed):
            return
        broken = self.seals.broken() if self.seals else None
        self.send(
            Ended(
                _short(report.nodeid),
                passed=report.passed and not broken,
                seconds=time.perf_counter() - self.started,
                note=note and replace(note, printed=[], panels=[]),
                tampered=broken,
            )
        )

    def pytest_sessionfinish(self) -> None:
        """Only an examination that came to its end, with all canaries dead, counts."""
        alive = [name for name in canaries(self.kata) if name not in self.rejected]
        broken = self.seals.broken(everything=True) if self.seals else "everything"
        self.send(Finished(broken or (alive[0] if alive else None)))

    def send(self, message: Message) -> None:
        """Tells the grader."""
        self.sender.send(messages.sent(message))


def _canary(item: pytest.Item) -> str:
    module = item.getparent(AnswerModule)
    assert module is not None
    return module.answer


def _short(nodeid: str) -> str:
    """The test and its parameters, without the file."""
    return nodeid.partition("::")[2]


def _is_on_the_cpu(item: pytest.Item) -> bool:
    return not devices.is_accelerator(case_of(item).device)
