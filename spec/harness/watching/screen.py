"""The window that a watcher has: drawn anew each time, or, in a pipe, written line by line."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import pytest

from ..showing.failures import coloured
from .fitting import Part, fit, rows_of

CLEAR = "\x1b[2J\x1b[3J\x1b[H"
ANEW = "\r\x1b[K"  # the line that the cursor is in
USUAL = (80, 24)  # of a terminal that does not say how large it is


class Screen:
    """What is drawn to, and how large it is."""

    def __init__(self, config: pytest.Config) -> None:
        from _pytest.config import create_terminal_writer

        self.writer: Any = create_terminal_writer(config, sys.stdout)
        self.is_window = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        self.drawn: tuple[int, int] | None = None  # the size that the last drawing was made for
        self.last = ""  # the line at the bottom
        self.is_kept = False  # whether what stands there is moved up, not cleared

    @property
    def size(self) -> tuple[int, int]:
        """How many columns and rows the window has."""
        try:
            columns, rows = os.get_terminal_size(sys.stdout.fileno())
        except (OSError, ValueError):
            return USUAL
        return columns or USUAL[0], rows or USUAL[1]

    @property
    def columns(self) -> int:
        """How long a line may be."""
        return self.size[0] if self.is_window else self.writer.fullwidth

    @property
    def is_resized(self) -> bool:
        """Whether the window has another size than what it shows was made for."""
        return self.drawn is not None and self.drawn != self.size

    def draw(self, parts: Sequence[Part], bottom: Sequence[str], fitted: bool = True) -> None:
        """Shows the parts at the top and the last lines at the bottom, where they stay in view."""
        columns, rows = self.drawn = self.size
        room = rows - len(bottom)
        shown = fit(parts, columns, room) if fitted else parts
        lines = [self._line(line, part.style) for part in shown for line in part.lines]
        if fitted:
            lines += [""] * (room - sum(rows_of(line, columns) for line in lines))
        self._write(("\n" if self.is_kept else CLEAR) + "\n".join([*lines, *bottom]))
        self.last = bottom[-1]

    def tell(self, line: str) -> None:
        """Puts another line at the bottom in the place of the last one."""
        if line != self.last:
            self._write(ANEW + line)
            self.last = line

    def write(self, parts: Sequence[Part]) -> None:
        """Writes the parts as they are, below what stands there."""
        lines = [self._line(line, part.style) for part in parts for line in part.lines]
        self._write("".join(f"{line}\n" for line in lines))

    def _write(self, text: str) -> None:
        """Writes at once, also where the stream is a pipe."""
        self.writer.write(text)
        self.writer.flush()

    def _line(self, line: str, style: dict[str, bool]) -> str:
        text = coloured(self.writer, line)
        return self.writer.markup(text, **style) if style and text else text
