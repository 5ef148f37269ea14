"""The language a person reads, and what a text is in it. An old Python will do.

English is the source, and what is shown where a text has no translation. A text is looked up by
its English alone, and one with placeholders as it is before they are filled in.
"""

from __future__ import annotations

import contextlib
import locale
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from . import po

ENGLISH = "en"
OPTION = "--lang"
VARIABLE = "TORCH_KATAS_LANG"
REMEMBERED = ".torch-katas/language"  # in a folder of one's own
OF_THE_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts
HOME = Path(__file__).resolve().parents[1]  # which has a folder of catalogues for each language

LETTERLESS = (
    "This console has no letters for {name} (its encoding is {encoding}), so that this is in "
    "English. The variable PYTHONUTF8=1 gives it all letters, where its font has them."
)
UNKNOWN = "{asked}: there is no such language, so that this is in English. There are: {known}"

_known: dict[str, po.Translations] = {}  # what has been read


class _Spoken:
    """The language of this process; None until somebody asks."""

    name: str | None = None


def languages() -> tuple[str, ...]:
    """English, and those that have catalogues."""
    return (ENGLISH, *sorted(path.parent.name for path in HOME.glob("*/harness.po")))


def choose(asked: str | None = None) -> str | None:
    """Takes the language asked for, or else the variable's, this folder's, or the system's.

    Returns a sentence where one is asked for by name and is not there.
    """
    named = asked or os.environ.get(VARIABLE) or ""
    name = _code(named or _of_this_folder() or _of_the_system(os.environ))
    _Spoken.name = name if name in languages() else ENGLISH
    if not named or name in languages():
        return None
    what = f"{OPTION} {asked}" if asked else f"{VARIABLE}={named}"
    return tr(UNKNOWN).format(asked=what, known=", ".join(languages()))


def _of_this_folder() -> str:
    """The language in which this folder, or one above it, was made for a learner."""
    with contextlib.suppress(OSError, ValueError):
        here = Path.cwd()
        for place in (here, *here.parents):
            if (place / REMEMBERED).is_file():
                return (place / REMEMBERED).read_text(encoding="utf-8").strip()
    return ""


@contextlib.contextmanager
def chosen(asked: str | None = None) -> Iterator[str | None]:
    """The same for a while, but English where the console has no letters for it."""
    before = _Spoken.name
    try:
        yield choose(asked) or _without_letters()
    finally:
        _Spoken.name = before


def _without_letters() -> str | None:
    """Falls back to English where the console lacks letters, and says so."""
    name, encoding = spoken(), getattr(sys.stdout, "encoding", None) or "utf-8"
    if name == ENGLISH:
        return None
    known = translations(name).texts
    letters = set("".join(known.values())) - set("".join(known))
    try:
        "".join(filter(str.isalpha, letters)).encode(encoding)
    except UnicodeEncodeError:
        _Spoken.name = ENGLISH
        return tr(LETTERLESS).format(name=name, encoding=encoding)
    return None


def spoken() -> str:
    """The language that is chosen; where none is yet, that of the command line or the system."""
    if _Spoken.name is None:
        choose(typed(sys.argv))
        _without_letters()
    return _Spoken.name or ENGLISH


def tr(text: str) -> str:
    """A text in the language that is chosen, else in English."""
    name = spoken()
    return text if name == ENGLISH else translations(name).texts.get(text, text)


def trn(one: str, many: str, number: int) -> str:
    """The same of a text that depends on a number."""
    name = spoken()
    known = po.Translations() if name == ENGLISH else translations(name)
    forms = known.forms.get((one, many))
    if forms is None:
        return one if number == 1 else many
    return forms[known.form_of(number)]


def translations(name: str) -> po.Translations:
    """All that is translated into a language, read once."""
    if name not in _known:
        _known[name] = po.read(HOME / name)
    return _known[name]


def typed(words: Sequence[object]) -> str | None:
    """The language in a command line, before that has been read."""
    for at, word in enumerate(map(str, words)):
        name, _, value = word.partition("=")
        if name == OPTION:
            return value or "".join(map(str, words[at + 1 : at + 2]))
    return None


def _of_the_system(environment: Mapping[str, str]) -> str:
    named = (environment[name] for name in OF_THE_SYSTEM if environment.get(name))
    return next(named, None) or locale.getlocale()[0] or ""


def _code(name: str) -> str:
    """ru, of ru_RU.UTF-8, and of Russian_Russia as Windows calls it."""
    word = name.partition("_")[0].partition(".")[0].lower()
    return word if word in languages() else locale.normalize(word).partition("_")[0]
