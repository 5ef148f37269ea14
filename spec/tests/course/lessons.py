"""A lesson of the course, and what it is later."""

import ast

from spec.course.carrying import Carried, carried
from spec.course.left import Why

BASE = '''"""Lesson one."""

import math

import torch

SIZE = 3


def area(side: float) -> float:
    """Tell the area."""
    raise NotImplementedError


def edge(area: float) -> float:
    """Tell the edge."""
    raise NotImplementedError


class Box:
    """A box."""

    side: float

    def __init__(self, side: float) -> None:
        """Make it."""
        raise NotImplementedError

    def volume(self) -> float:
        """Tell the volume."""
        raise NotImplementedError
'''

NEW = '''"""Lesson two."""

import torch

DEPTH = 4


def edge(area: float, digits: int = 3) -> float:
    """Tell the edge, rounded."""
    raise NotImplementedError


def area(side: float) -> float:
    """Tell the area of a square.

    Edges:
        - It may be 0.
    """
    raise NotImplementedError


def added(x: int) -> int:
    """Do it."""
    raise NotImplementedError


class Box:
    """A box, any box."""

    side: float
    depth: float

    def volume(self) -> float:
        """Tell the volume again."""
        raise NotImplementedError

    def __init__(self, side: float) -> None:
        """Make it again."""
        raise NotImplementedError
'''

AREA = '    """Tell the area."""\n    raise NotImplementedError\n'
EDGE = '    """Tell the edge."""\n    raise NotImplementedError\n'
CUBE = '        """Tell the volume."""\n        return self.side**3\n'
VOLUME = '        """Tell the volume."""\n        raise NotImplementedError\n'


def edited(*changes: tuple[str, str]) -> str:
    """The old stub with some texts exchanged for others."""
    text = BASE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def whys(result: Carried) -> list[tuple[str, Why]]:
    """What is left, and why."""
    return [(left.name, left.why) for left in result.left]


def same(*changes: tuple[str, str], why: tuple[tuple[str, Why], ...] = ()) -> str:
    """The carried text, in which all lines of the learner's are, but for what is left."""
    result = carried(BASE, edited(*changes), NEW)
    assert whys(result) == list(why)
    assert not result.lost
    ast.parse(result.text)
    return result.text
