"""Lines, paths and code as they are printed. Nothing heavy stands here: it answers at once."""

import sys
import textwrap
from pathlib import Path

from . import consoles


def say(text: str) -> None:
    """Prints a line, on any console."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, consoles.SPELT).decode(encoding))


def shown(path: Path) -> str:
    """The path as a reader wants it: relative to where they are, where that is shorter."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def wrapped(line: str, room: int, indent: str) -> list[str]:
    """A line of code in lines of at most this length, cut at spaces alone; the rest is indented."""
    return textwrap.wrap(
        line,
        room,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
        replace_whitespace=False,
    ) or [line]
