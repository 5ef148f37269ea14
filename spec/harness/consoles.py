"""Consoles of few letters: what they lack is spelt with those that they have, or numbered."""

from __future__ import annotations

import codecs
import contextlib
import sys
import unicodedata
from collections.abc import Iterator

SPELT = "torch-katas-spelt"  # the name of this way, for `errors=`
WORDS = {
    "\N{MINUS SIGN}": "-",
    "×": "x",
    "·": "*",
    "±": "+-",
    "π": "pi",
    "→": "->",
    "←": "<-",
    "∂": "d",
    "—": "-",
    "–": "-",
    "«": '"',
    "»": '"',
    "─": "-",
    "│": "|",
}


def _spelt(error: UnicodeError) -> tuple[str, int]:
    """What is written for letters that an encoding lacks."""
    assert isinstance(error, UnicodeEncodeError)
    text, above = "", False
    for letter in error.object[error.start : error.end]:
        was_above, above = above, unicodedata.decomposition(letter).startswith("<super>")
        text += "^" * (above and not was_above) + _word(letter)
    return text, error.end


def _word(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter)
    if letter in WORDS or plain in WORDS:
        return WORDS.get(letter) or WORDS[plain]
    if unicodedata.name(letter, "").startswith("BOX DRAWINGS"):
        return "+"
    return plain if plain.isascii() else letter.encode("ascii", "backslashreplace").decode()


codecs.register_error(SPELT, _spelt)


@contextlib.contextmanager
def spelling() -> Iterator[None]:
    """Has the standard streams spell what they have no letters for, instead of raising."""
    before = []
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            before.append((stream, stream.errors))
            stream.reconfigure(errors=SPELT)
    try:
        yield
    finally:
        for stream, errors in before:
            with contextlib.suppress(ValueError):  # it was closed
                stream.reconfigure(errors=errors)
