"""How far each function is, found from what the reports of a run note of their tests."""

import enum
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from spec.harness import settings
from spec.harness.files import catalogue, sources
from spec.harness.verdicts import Kind

ALIKE = 0.5  # how closely a mistake is written like an answer that tells little by how it ends
CLEARLY = 0.1  # by which one mistake is written more like an answer than another
SHARE = 0.75  # of the failing tests that a mistake must explain to be named
EVERYWHERE = "__everywhere."  # between function and mistake, in the name of a general one


def is_general(name: str) -> bool:
    """Whether a mistake is one that can be made in any function."""
    return EVERYWHERE in name


@dataclass(frozen=True)
class Note:
    """What a report says of one test of one function, in plain data that can be sent on."""

    kata: str
    file: str
    line: int
    function: str
    kind: Kind | None = None  # None where it passed
    edge: bool = False  # whether it is about what is promised besides the idea
    rule: str = ""  # the test's name, device and tier left out
    test: str = ""  # the device left out
    device: str | None = None
    order: tuple[int, int, str] = (0, 0, "")  # where it stands in the lesson and in the spec
    rows: list[tuple[str, str]] = field(default_factory=list)
    printed: list[tuple[str, str]] = field(default_factory=list)
    panels: list[dict[str, Any]] = field(default_factory=list)
    weak: bool = False  # whether answers that differ in much end like this
    judged: bool = False  # whether known mistakes were looked for
    mistakes: dict[str, str] = field(default_factory=dict)  # that end the test alike, with words
    notice: str | None = None  # how what came back differs, where that is plain
    spelt: dict[str, float] = field(default_factory=dict)  # how closely each is written like it
    exact: list[str] = field(default_factory=list)  # those that do so word for word
    acquitted: list[str] | None = None  # where it is no test: suspects that fail what was passed


def sent(note: Note) -> dict[str, Any]:
    """A note as what goes through a pipe."""
    return {**asdict(note), "kind": note.kind and note.kind.value}


def received(data: dict[str, Any]) -> Note:
    """The note that came through a pipe."""
    kind = None if data["kind"] is None else Kind(data["kind"])
    rows, printed = ([tuple(each) for each in data[name]] for name in ("rows", "printed"))
    order = tuple(data["order"])
    return Note(**{**data, "kind": kind, "rows": rows, "printed": printed, "order": order})


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
        asked = self.function if step == 1 else f"{self.function}:{step}"
        return settings.command(self.file, "--hint", asked)

    def explained(self, note: Note) -> list[tuple[str, str]]:
        """What explains a failure, as rows: the mistakes, or else what is plain of the result."""
        mistakes = [("mistake", words) for words in self.mistakes()]
        return mistakes or ([("notice", note.notice)] if note.notice else [])

    def mistakes(self) -> list[str]:
        """The words for the known mistake that explains what fails; or for two that do together.

        A mistake is named that ends three quarters of the failing tests alike, with none as good;
        where the core fails, its tests alone are counted. The first failure, which is shown, is
        among them. Of mistakes that behave alike the one is said that is written like the answer.
        Two are said where the core fails. Of general mistakes that are as good, any is true, and
        the first is said; they are said of no pair by themselves, nor where the catalogue has one
        that is as good.
        """
        shown = self.failures[0]
        failures = self.core.failures or self.edges.failures
        judged = [note for note in failures if note.judged]
        if not shown.judged:
            return []
        cleared = set(self.acquitted) | _guessed(judged)
        names = list(dict.fromkeys(n for note in judged for n in note.mistakes if n not in cleared))
        alike = {name: {i for i, n in enumerate(judged) if name in n.mistakes} for name in names}
        exact = {name: sum(name in note.exact for note in judged) for name in names}

        def words(name: str) -> str:
            return next(note.mistakes[name] for note in judged if name in note.mistakes)

        beside = Counter(name for note in self.failures for name in note.mistakes)

        def score(name: str) -> tuple[int, int, int]:
            return len(alike[name]), exact[name], beside[name]

        ranked = sorted(names, key=score, reverse=True)
        good = [n for n in ranked if 0 in alike[n] and len(alike[n]) >= SHARE * len(judged)]
        if good:
            best = [name for name in good if score(name) == score(good[0])]
            own = [name for name in best if not is_general(name)]
            said = list(dict.fromkeys(words(name) for name in _most_alike(own, shown.spelt)))
            if not own:
                said = [words(best[0])]
            return said if len(said) == 1 else []
        if not self.core.failures:
            return []
        pairs = [
            (first, second)
            for first in ranked
            for second in ranked
            if 0 in alike[first] and 0 not in alike[second]
            if alike[first] | alike[second] == set(range(len(judged)))
            if not (is_general(first) and is_general(second))
        ]
        return [words(name) for name in pairs[0]] if len(pairs) == 1 else []


def _guessed(judged: list[Note]) -> set[str]:
    """Mistakes of the catalogue that only weak endings speak for, and not how they are written."""
    told = {name for note in judged if not note.weak for name in note.mistakes}
    spelt = {name: close for note in judged for name, close in note.spelt.items()}
    return {name for name, close in spelt.items() if name not in told and close < ALIKE}


def _most_alike(names: list[str], spelt: dict[str, float]) -> list[str]:
    """Of mistakes that behave alike those that are written most like the answer."""
    best = max((spelt.get(name, 0.0) for name in names), default=0.0)
    return [name for name in names if spelt.get(name, 0.0) > best - CLEARLY]


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
