"""How far each function is, found from what the reports of a run note of their tests."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .. import settings
from ..files import catalogue, sources
from ..verdicts import Kind
from . import choosing
from .notes import Note, received


@dataclass
class Tally:
    """What became of some tests of a function."""

    passed: int = 0
    not_started: int = 0
    failures: list[Note] = field(default_factory=list)
    told: int = 0  # they fail on the CPU, and were not run on the device
    not_run: int = 0  # their device was lost before

    @property
    def total(self) -> int:
        """How many ran, or would have failed."""
        return self.passed + self.not_started + self.told + len(self.failures)

    @property
    def holds(self) -> bool:
        """Whether all that ran have passed."""
        return self.passed == self.total


class State(enum.Enum):
    """How far a function is."""

    NOT_STARTED = "not started"
    FAILING = "failing"
    WORKS = "works"  # its core holds, edges are left
    DONE = "done"
    NOT_RUN = "not run"  # none of its tests was


@dataclass
class Progress:
    """One function of one file: what became of its tests, of its core and of its edges."""

    kata: str
    file: str
    line: int
    function: str
    core: Tally = field(default_factory=Tally)
    edges: Tally = field(default_factory=Tally)
    acquitted: list[str] = field(default_factory=list)
    held: dict[str, set[str]] = field(default_factory=dict)  # tests, and the devices they passed on

    @property
    def state(self) -> State:
        """How far it is, as far as its tests were run."""
        if not self.total and self.not_run:
            return State.NOT_RUN
        if self.core.holds and self.edges.holds:
            return State.DONE if self.edges.total else State.WORKS
        if self.core.holds and self.core.total:
            return State.WORKS
        started = self.passed or self.failures
        return State.FAILING if started else State.NOT_STARTED

    @property
    def works(self) -> bool:
        """Whether its core holds."""
        return self.state in (State.WORKS, State.DONE)

    @property
    def done(self) -> bool:
        """Whether all of its tests that ran have passed."""
        return self.core.holds and self.edges.holds

    @property
    def failures(self) -> list[Note]:
        """The tests that failed, those of the core first."""
        return self.core.failures + self.edges.failures

    @property
    def passed(self) -> int:
        """How many of its tests passed."""
        return self.core.passed + self.edges.passed

    @property
    def not_started(self) -> int:
        """How many of its tests met something that is not written yet."""
        return self.core.not_started + self.edges.not_started

    @property
    def not_run(self) -> int:
        """How many of its tests were not run, since their device was lost before."""
        return self.core.not_run + self.edges.not_run

    @property
    def total(self) -> int:
        """How many of its tests ran."""
        return self.core.total + self.edges.total

    @property
    def place(self) -> str:
        """Where the function is, as an editor understands it: path and line."""
        return f"{self.file}:{self.line}"

    @property
    def whole_file(self) -> bool:
        """Whether it failed for a reason that has nothing to do with the function itself."""
        return bool(self.failures) and self.failures[0].kind is Kind.FILE

    def count(self, note: Note) -> None:
        """Takes one more test into account."""
        tally = self.edges if note.edge else self.core
        if note.acquitted is not None:
            self.acquitted += note.acquitted
        elif note.kind is None:
            tally.passed += 1
            if note.device is not None:
                self.held.setdefault(note.test, set()).add(note.device)
        elif note.kind is Kind.NOT_STARTED:
            tally.not_started += 1
        elif note.kind is Kind.NOT_RUN:
            tally.not_run += 1
        elif note.kind is Kind.TOLD:
            tally.told += 1
        else:
            tally.failures.append(note)

    def hint_command(self, step: int = 1) -> str:
        """What a person types to get a hint."""
        return settings.hint_command(self.file, self.function, step)

    def explained(self, note: Note) -> list[tuple[str, str]]:
        """What explains a failure, as rows: the mistakes, or else what is plain of the result."""
        mistakes = [("mistake", words) for words in self.mistakes()]
        return mistakes or ([("notice", note.notice)] if note.notice else [])

    def mistakes(self) -> list[str]:
        """The words for the known mistake that explains what fails; or for two that do together.

        Where the core fails, its tests alone are counted.
        """
        failures = self.core.failures or self.edges.failures
        shown = self.failures[0]
        cleared = set(self.acquitted)
        return choosing.named(shown, failures, self.failures, cleared, bool(self.core.failures))


def tally_of(data: dict[str, Any]) -> Tally:
    """The tally that came through a pipe."""
    return Tally(**{**data, "failures": [received(note) for note in data["failures"]]})


def noted(reports: Iterable[Any]) -> list[Note]:
    """What the reports note of katas; a test that was run again counts once, as it ended.

    Where it fails again, its first note says more: what is known already is not asked anew.
    """
    ours = [report for report in reports if hasattr(report, "note")]
    first = {report.nodeid: report.note for report in reversed(ours) if report.outcome == "rerun"}
    ended = [report for report in ours if report.outcome != "rerun"]
    return [first.get(r.nodeid, r.note) if r.failed else r.note for r in ended]


def gather(notes: Iterable[Note]) -> list[Progress]:
    """All functions that were tried, in the order of katas, files and functions."""
    functions: dict[tuple[str, str], Progress] = {}
    for note in notes:
        key = (note.file, note.function)
        if key not in functions:
            functions[key] = Progress(note.kata, note.file, note.line, note.function)
        functions[key].count(note)
    for entry in functions.values():
        for tally in (entry.core, entry.edges):
            tally.failures.sort(key=lambda note: note.order)
    return sorted(functions.values(), key=_position)


def focus(progress: Iterable[Progress]) -> Progress | None:
    """The first function that does not work; where all work, the first with edges left."""
    entries = list(progress)
    unfinished = [entry for entry in entries if not entry.done]
    return next((e for e in entries if not e.core.holds), next(iter(unfinished), None))


def by_file(progress: Iterable[Progress]) -> dict[str, list[Progress]]:
    """The functions of each file."""
    files: dict[str, list[Progress]] = {}
    for entry in progress:
        files.setdefault(entry.file, []).append(entry)
    return files


def _position(entry: Progress) -> tuple[str, str, int]:
    kata = catalogue.named(entry.kata)
    return entry.kata, entry.file, list(sources.units(kata)).index(entry.function)
