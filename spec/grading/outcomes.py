"""What became of one function, and of one person's submission."""

from dataclasses import dataclass, field


@dataclass
class Outcome:
    """One function: how many of its tests passed, and what is said of the others."""

    function: str
    passed: int
    total: int
    seconds: float = 0.0
    mistake: str | None = None
    rows: list[tuple[str, str]] = field(default_factory=list)
    not_started: bool = False
    note: str = ""
    whole_file: bool = False

    @property
    def share(self) -> float:
        """The share of tests passed."""
        return self.passed / self.total if self.total else 0.0

    @property
    def done(self) -> bool:
        """Whether all tests passed."""
        return bool(self.total) and self.passed == self.total
