"""All that is reported of a class, which each form of the report reads."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..intake import gradebooks, matching
from ..intake.matching import Matched
from ..outcomes import Result
from ..scoring import Scheme, points

FILLED = "{stem}_with_points.csv"


@dataclass(frozen=True)
class Roster:
    """A gradebook with the points in, and who has no row in it or handed in nothing."""

    name: str  # of the file that is written
    text: str
    matched: Matched


@dataclass(frozen=True)
class Report:
    """Everybody's results, what is nobody's, and on which basis points are counted."""

    results: list[Result]
    strays: dict[str, str]
    scheme: Scheme
    basis: dict[str, Any] = field(default_factory=dict)
    roster: Roster | None = None


def filled(path: Path, book: gradebooks.Gradebook, results: list[Result], scheme: Scheme) -> Roster:
    """The gradebook with everybody's points in."""
    found = matching.matched(book.students, [result.submission for result in results])
    earned = {result.person: points(result, scheme) / scheme.most for result in results}
    shares = {row: earned[person] for row, person in found.people.items()}
    name = FILLED.format(stem=path.stem)
    return Roster(name, book.filled(shares, scheme.most), found)
