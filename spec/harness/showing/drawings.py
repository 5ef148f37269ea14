"""What a kata can draw, as plain data: what comes from the learner beside what is expected.

The drawings of spec/plots yield these. How they look is up to canvases and pictures.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, TypeVar

import torch

Numbers = tuple[float, ...]
CLOSE = 1e-3  # how far two curves may lie apart and still look the same
SIDES = YOURS, EXPECTED, SAME = "yours", "expected", "yours, as expected"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What all kinds have: a plain sentence that says what one sees, and what else is to be said.

    `said` is a result in words, which may differ between the two sides; `note` holds for both.
    """

    title: str
    said: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Curves(Picture):
    """Lines over one axis."""

    across: str
    up: str
    x: Numbers
    lines: dict[str, Numbers]
    dots: tuple[Numbers, Numbers] | None = None


@dataclass(frozen=True, kw_only=True)
class Plane(Picture):
    """Heights over a plane as lines, or shares from 0 to 1 as two sides and the border between."""

    across: str
    up: str
    x: Numbers
    y: Numbers
    heights: tuple[Numbers, ...]  # a row for each y
    is_share: bool
    dots: tuple[tuple[Numbers, Numbers], ...] = ()  # of each class
    paths: dict[str, tuple[Numbers, Numbers]] = field(default_factory=dict)


@dataclass(frozen=True)
class Stretched:
    """A tensor as broadcasting reads it, its elements again and again along axes of length 1."""

    x: torch.Tensor
    shape: Any  # which may be none, where a learner tells it


@dataclass(frozen=True)
class Words:
    """What is said in place of a value."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Grids(Picture):
    """Values whose elements are to be seen: what went in, and what a function made of it."""

    given: dict[str, object]
    found: dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Graph(Picture):
    """Boxes with numbers in them, arrows from one to the next, and what is counted below."""

    boxes: dict[str, dict[str, float]]
    arrows: tuple[tuple[str, str, str], ...]  # from, to, and what stands beside it
    sums: dict[str, float] = field(default_factory=dict)
    free: tuple[str, ...] = ()  # the numbers that need not be as expected


@dataclass(frozen=True, kw_only=True)
class Tiles(Picture):
    """Small pictures of grey elements, a line below each."""

    tiles: tuple[tuple[tuple[Numbers, ...], str], ...]


def numbers(values: Any) -> Numbers:
    """The elements of a tensor, or of a list of numbers, as plain ones."""
    found = values.tolist() if hasattr(values, "tolist") else list(values)
    return tuple(map(float, found))


def rows(values: torch.Tensor) -> tuple[Numbers, ...]:
    """The rows of a matrix as plain numbers."""
    return tuple(map(numbers, values))


def path(points: torch.Tensor) -> tuple[Numbers, Numbers]:
    """Points of a plane, a row each, as what lies across and what lies up."""
    return numbers(points[:, 0]), numbers(points[:, 1])


def attempted(call: Callable[[], object], *right: type[Exception]) -> object:
    """What a call gives, or the error that it raises, where one of these would be right."""
    try:
        return call()
    except NotImplementedError:
        raise
    except right:
        return Words(" or ".join(error.__name__ for error in right))
    except Exception as error:
        return Words(type(error).__name__)


def named(result: object, *names: str) -> dict[str, object]:
    """The parts of a result by their names; the whole, where it does not have as many."""
    if isinstance(result, tuple | list) and len(result) == len(names):
        return dict(zip(names, result, strict=True))
    return {"result": result}


Kind = TypeVar("Kind", bound=Picture)


def sides(yours: Kind | None, expected: Kind | None) -> dict[str, Kind]:
    """What there is to be seen, by the name of its side; a single one where both look the same."""
    if yours is not None and expected is not None and alike(yours, expected):
        return {SAME: yours}
    both = {YOURS: yours, EXPECTED: expected}
    return {name: side for name, side in both.items() if side is not None}


def alike(one: object, other: object) -> bool:
    """Whether two pictures, or parts of them, look the same."""
    if isinstance(one, torch.Tensor) and isinstance(other, torch.Tensor):
        return (one.dtype, one.shape) == (other.dtype, other.shape) and alike(
            one.tolist(), other.tolist()
        )
    if isinstance(one, float | int) and isinstance(other, float | int):
        both_nan = math.isnan(one) and math.isnan(other)
        return both_nan or math.isclose(one, other, rel_tol=CLOSE, abs_tol=CLOSE)
    if type(one) is not type(other):
        return False
    if is_dataclass(one):
        return all(alike(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and _all_alike(one.values(), other.values())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return _all_alike(one, other)
    return one == other


def _all_alike(some: Iterable[object], others: Iterable[object]) -> bool:
    one, other = list(some), list(others)
    return len(one) == len(other) and all(map(alike, one, other))
