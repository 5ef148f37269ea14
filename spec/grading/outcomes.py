"""What became of one function, and of one person's submission; and what is known of all so far."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .intake.pointing import Pointer
from .intake.submissions import Submission


@dataclass
class Outcome:
    """One function: how many of its tests passed, and what is said of the others."""

    function: str
    passed: int
    total: int
    edges_passed: int = 0  # of these, those about edges
    edges_total: int = 0
    seconds: float = 0.0
    mistake: str | None = None
    rows: list[tuple[str, str]] = field(default_factory=list)
    not_started: bool = False
    note: str = ""
    whole_file: bool = False
    tampered: str = ""  # what was found changed

    @property
    def works(self) -> bool:
        """Whether its core holds."""
        core = self.total - self.edges_total
        return bool(core) and self.passed - self.edges_passed == core

    def share(self, edges: float) -> float:
        """The share of its points: so much for the edges passed, and the rest for the core.

        Edges are nothing by themselves: some hold of a function that does nothing at all.
        """
        passed, total = self.passed - self.edges_passed, self.total - self.edges_total
        if not (total and self.edges_total):
            return self.passed / self.total if self.total else 0.0
        if not passed:
            return 0.0
        return (1 - edges) * passed / total + edges * self.edges_passed / self.edges_total

    @property
    def done(self) -> bool:
        """Whether all tests passed."""
        return bool(self.total) and self.passed == self.total


@dataclass
class Result:
    """What one person handed in, what became of each function, and what is to be said of it."""

    submission: Submission
    outcomes: dict[tuple[str, str], Outcome] = field(default_factory=dict)
    pointers: dict[str, list[Pointer]] = field(default_factory=dict)
    tampered: dict[str, str] = field(default_factory=dict)
    walls: list[str] | None = None

    @property
    def person(self) -> str:
        """The person's name in this report."""
        return self.submission.person

    @property
    def ignored(self) -> dict[str, str]:
        """What was handed in and not taken, and why."""
        return self.submission.ignored


class Ledger:
    """Outcomes by key. A line is added as each is known; a line cut off in the middle is lost."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: dict[str, Outcome] = {}
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                try:
                    entry = json.loads(line)
                    self.known[entry["key"]] = Outcome(**entry["outcome"])
                except (ValueError, TypeError, KeyError):
                    continue

    def add(self, key: str, outcome: Outcome, keep: bool = True) -> None:
        """Notes an outcome, here and in the file; one that is not kept is sought anew next time."""
        self.known[key] = outcome
        if not keep:
            return
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, "outcome": asdict(outcome)}) + "\n")
