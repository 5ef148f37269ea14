"""Text that fits a window: what is needed least is cut or left out first."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum

from rich.cells import cell_len

from ..language import tr
from ..rendering import unmarked
from ..texts import wrapped

COLOUR = re.compile("\x1b\\[[0-9;]*m")
MORE = "…"
CUT = "… {lines} lines: a shows them"


class Worth(IntEnum):
    """How much a part is needed, from what goes first to what stays as long as it can."""

    SPACE = 0
    PRINTED = 1
    NEXT = 2
    VALUES = 3  # what was expected, and what came
    REST = 4
    WORDS = 5  # the problem, and what to do
    STEP = 6
    CALL = 7
    MISTAKE = 8
    RULE = 9
    NAME = 10


ALL = Worth.NAME + 1
# What is cut in turn: the parts that are needed less than this, and to how many lines at most.
STAGES: tuple[tuple[int, int | None], ...] = (
    (Worth.CALL, None),
    (Worth.CALL, 1),
    (ALL, None),
    (ALL, 1),
    (ALL, 0),
)


@dataclass
class Part:
    """Lines that belong together, how much they are needed, and how they are drawn."""

    lines: list[str]
    worth: Worth
    least: int = 0  # lines that stay, where it is cut
    indent: int = 0  # of the line that says that it was cut
    style: dict[str, bool] = field(default_factory=dict)

    def stays(self, most: int | None) -> int:
        """How many of its lines are left when there is no room for more than so many."""
        return self.least if most is None else min(self.least, most)

    def cut(self, lines: int) -> list[str]:
        """So many of its lines, those of its middle left out, which one of them says."""
        if lines >= len(self.lines):
            return self.lines
        if lines <= 1:
            return [f"{line} {MORE}" for line in self.lines[:lines]]
        head = lines // 2
        tail = lines - 1 - head
        left = tr(CUT).format(lines=len(self.lines) - head - tail)
        return [*self.lines[:head], " " * self.indent + left, *self.lines[len(self.lines) - tail :]]


def fit(parts: Sequence[Part], columns: int, rows: int) -> list[Part]:
    """The parts, cut so that they take no more than so many rows of a window."""
    parts = [_folded(part, columns) for part in parts]
    kept = {i: len(part.lines) for i, part in enumerate(parts)}

    def taken(position: int) -> int:
        return sum(rows_of(line, columns) for line in parts[position].cut(kept[position]))

    for below, most in STAGES:
        for worth in (each for each in Worth if each < below):
            mine = [i for i, part in enumerate(parts) if part.worth is worth]
            while sum(map(taken, kept)) > rows:
                longest = [i for i in mine if kept[i] > parts[i].stays(most)]
                if not longest:
                    break
                kept[max(longest, key=taken)] -= 1
    fitted = [(part, part.cut(kept[i])) for i, part in enumerate(parts)]
    return [Part(lines, part.worth, style=part.style) for part, lines in fitted if lines]


def _folded(part: Part, columns: int) -> Part:
    """The part, where it is a sentence of the watcher's own in lines that fit, cut at spaces."""
    if part.worth not in (Worth.NAME, Worth.STEP):
        return part
    lines = [
        piece
        for line in part.lines
        for piece in ([line] if rows_of(line, columns) == 1 else wrapped(line, columns, ""))
    ]
    return replace(part, lines=lines, least=part.least + len(lines) - len(part.lines))


def rows_of(line: str, columns: int) -> int:
    """How many rows of a window a line takes."""
    return max(1, math.ceil(cell_len(COLOUR.sub("", unmarked(line))) / columns))
