"""A docstring as passages: what is prose and can be said in another language, and what is not.

A passage is a paragraph, an entry of a Google section, a bullet, or a drawn block with words in it.
Names of sections and arguments, code, shapes and doctest examples belong to none.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

SECTION = re.compile(r"(Args|Attributes|Edges|Examples?|Notes?|Raises|Returns|Yields):$")
EXAMPLES = ("Example", "Examples")
OF_ENTRIES = ("Args", "Attributes", "Raises")
ENTRY = re.compile(r"(\*{0,2}\w+): ")
BULLET = "- "

# What is the same in every language: code in backticks, calls, shapes, and names with a dot,
# digit or underscore within.
CODE = re.compile(r"`[^`]*`|\w+\(|\((?:\w+,\s*)*\w*,?\)|\w*[\d_.=]+\w[\w.=]*|->")
WORD = re.compile(r"[^\W\d_]{3,}|\b(?:an?|as|at|by|if|in|is|it|no|of|on|or|to)\b", re.IGNORECASE)
NAMES = {
    *("bool", "dict", "dtype", "float", "int", "list", "nan", "str", "torch", "tuple"),
    *("False", "None", "True", "ValueError"),
}


@dataclass(frozen=True)
class Passage:
    """Lines of a docstring that are one text, with what stands before it and its further lines."""

    start: int
    end: int  # the line after the last
    lead: str
    indent: str
    text: str
    section: str | None  # such as Args
    drawn: bool = False  # whether its lines are kept as they are


def is_prose(text: str) -> bool:
    """Whether there are words in a text that another language says otherwise."""
    words = WORD.findall(CODE.sub(" ", text))
    return any(word not in NAMES for word in words)


def passages(docstring: str) -> list[Passage]:
    """The passages of a docstring as it stands in its file, whose first line has no indentation."""
    lines = docstring.expandtabs().split("\n")
    margin = min((_depth(line) for line in lines[1:] if line.strip()), default=0)
    lines[0] = " " * margin + lines[0]
    found = _Reading(lines, margin).passages()
    return [each for each in found if is_prose(each.text)]


@dataclass
class _Reading:
    """Where a reader is: in which section, at which line."""

    lines: list[str]
    margin: int
    section: str | None = None
    at: int = 0

    def passages(self) -> Iterator[Passage]:
        """All of them, also those without words."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            depth = _depth(line) - self.margin
            heading = SECTION.match(line.strip()) if line.strip() and depth == 0 else None
            if heading:
                self.section = heading[1]
            elif line.strip() and depth == 0:
                self.section = None
            if heading or not line.strip() or self.section in EXAMPLES:
                self.at += 1
            elif self.section is None and depth > 0:
                yield from self._block()
            else:
                yield self._paragraph()

    def _paragraph(self) -> Passage:
        """A paragraph, an entry or a bullet: up to a blank line, or to where the next begins."""
        start, line = self.at, self.lines[self.at]
        depth = _depth(line)
        lead = " " * depth
        entry = ENTRY.match(line.lstrip()) if self.section in OF_ENTRIES else None
        if line.startswith(BULLET, depth):
            lead += BULLET
        elif entry:
            lead += entry[0]
        hanging = len(lead) > depth
        self.at += 1
        while self.at < len(self.lines) and self._goes_on(depth, hanging):
            self.at += 1
        further = self.lines[start + 1 : self.at]
        said = [line[len(lead) :], *further]
        step = len(BULLET) if lead.endswith(BULLET) else 4
        indent = " " * (_depth(further[0]) if further else depth + step * hanging)
        text = " ".join(" ".join(said).split())
        return Passage(start, self.at, lead, indent, text, self.section)

    def _goes_on(self, depth: int, hanging: bool) -> bool:
        """Whether the line at hand belongs to a passage that began at this depth."""
        line = self.lines[self.at]
        if not line.strip() or line.startswith(BULLET, _depth(line)):
            return False
        if self.section is None and _depth(line) != depth:
            return hanging and _depth(line) > depth
        return not hanging or _depth(line) > depth

    def _block(self) -> Iterator[Passage]:
        """A drawn block, which goes on over blank lines; none of code alone."""
        start = end = self.at
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.strip() and _depth(line) <= self.margin:
                break
            self.at += 1
            end = self.at if line.strip() else end
        indent = " " * min(_depth(line) for line in self.lines[start:end] if line.strip())
        text = textwrap.dedent("\n".join(self.lines[start:end]))
        if not _is_code(text):
            yield Passage(start, end, indent, indent, text, None, drawn=True)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_code(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True
