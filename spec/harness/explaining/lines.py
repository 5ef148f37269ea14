"""Labelled texts as lines of a screen: a row for each, wrapped at spaces."""

import textwrap
from collections.abc import Sequence

from ..language import tr
from ..texts import wrapped

LABEL = 10
NARROWEST = 60
UNBROKEN = "\N{NO-BREAK SPACE}"
CODE = ("called", "then", "example", "expected", "got", "at", "with", "printed")
COMMANDS = ("hint", "more")  # that are copied, so that they stay in a line

# What rows are called, and no longer than LABEL in any language.
LABELS = (
    *("also", "at", "called", "compare", "do", "example", "expected", "got", "hint", "learnt"),
    *("meaning", "mistake", "more", "notice", "printed", "problem", "raised", "rule", "task"),
    *("then", "with"),
)

Rows = Sequence[tuple[str, str]]


def lines(rows: Rows, width: int) -> list[str]:
    """The rows as text: what follows in a row is indented under its beginning; all is wrapped."""
    indent = " " * (LABEL + 2)
    text = []
    for label, value in rows:
        parts = value.splitlines() or [""]
        if label not in COMMANDS:
            room = max(width, NARROWEST) - len(indent)
            parts = [line for part in parts for line in _wrapped(part, room, label in CODE)]
        first, *rest = parts
        text += [f"  {tr(label):<{LABEL}}{first}", *(indent + line for line in rest)]
    return text


def _wrapped(text: str, room: int, code: bool) -> list[str]:
    """Lines of at most this length; of code, or what begins with spaces, the rest is indented."""
    if code or text.startswith(" "):
        begin = len(text) - len(text.lstrip())
        return wrapped(text, room, " " * (begin + 4))
    prose = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False)
    return [line.replace(UNBROKEN, " ") for line in prose] or [""]
