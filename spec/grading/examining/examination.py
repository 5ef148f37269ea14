"""One submission's file, examined in a process of its own: the part that runs in that process."""

import itertools
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ...harness import settings
from ...harness.explaining.progress import noted
from ...harness.running.cases import case_of
from ..intake.allowlist import REPLACED
from ..sandbox import standins, walls
from ..sandbox.channel import Sender
from . import messages
from .collecting import Tests
from .messages import (
    Began,
    Cleared,
    Declined,
    Ended,
    Finished,
    Imported,
    Message,
    Request,
    Started,
)

Raise = Callable[[], list[str]]


def run(tests: Tests, request: Request, source: Path, home: Path, sender: Sender) -> int:
    """Runs the tests of these functions, within walls, and tells the grader how each ended."""
    path = home / f"{tests.kata.name}.py"
    content = source.read_bytes()
    path.write_bytes(content)
    tests.module.path = path

    def raise_walls() -> list[str]:
        # CUDA reserves more addresses than there is memory.
        asked = settings.of(tests.session.config).devices
        bounded = all(device.type != "cuda" for device in asked)
        return walls.raise_walls(home, {path.name: content}, request.limit, bounded)

    examination = Examination(tests, request, sender, raise_walls)
    tests.session.config.pluginmanager.register(examination)
    return examination.run()


class Examination:
    """Tells the grader which tests there are, before the submission runs, and how each ends."""

    def __init__(self, tests: Tests, request: Request, sender: Sender, raise_walls: Raise) -> None:
        self.tests, self.sender = tests, sender
        self.guarded, self.raise_walls = request.guarded, raise_walls
        self.items = tests.of(request.functions)
        self.started = 0.0

    def run(self) -> int:
        """All of the examination."""
        standing = self.raise_walls()
        known = [(_short(i.nodeid), case_of(i).function, case_of(i).edge) for i in self.items]
        self.send(Began(standing, known))
        missing = [wall for wall in walls.FOR_STRANGERS if wall not in standing]
        if self.guarded and missing:
            self.send(Declined(missing))
            return 0
        standins.install(REPLACED)
        for item, following in itertools.zip_longest(self.items, self.items[1:]):
            self.send(Started(_short(item.nodeid)))
            if item is self.items[0]:
                self._import()
            self.started = time.perf_counter()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        self.send(Finished(self.tests.seals.broken(everything=True)))
        return 0

    def _import(self) -> None:
        """Runs the file, before its first test: what ends the process here ends all of it."""
        assert self.tests.module.subject
        self.send(Imported())

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Tells the grader."""
        note = next(iter(noted([report])), None)
        if report.when == "teardown" and report.passed and note and note.acquitted:
            self.send(Cleared(note.function, note.acquitted))
        if not (report.when == "call" or report.failed):
            return
        broken = self.tests.seals.broken()
        self.send(
            Ended(
                _short(report.nodeid),
                passed=report.passed and not broken,
                seconds=time.perf_counter() - self.started,
                note=note and replace(note, printed=[], panels=[]),
                tampered=broken,
            )
        )

    def send(self, message: Message) -> None:
        """Tells the grader."""
        self.sender.send(messages.sent(message))


def _short(nodeid: str) -> str:
    """The test and its parameters, without the file."""
    return nodeid.partition("::")[2]
