"""What a file's name says: which kata it is meant as, and whose it is."""

import difflib
import functools
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from spec.harness.files import catalogue

COPY = r"(?:[ _-]*(?:\(\d+\)|-\d+|copy|copia|copie|kopie|копия|\d{1,3}))*"
MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_\w*?_?(?P<rest>.*)", re.DOTALL)
CANVAS = re.compile(r"(?P<name>.+?)(?:_LATE)?_(?P<id>\d+)_\d+(?:_(?P<rest>.*)|$)", re.DOTALL)
NEAR = 0.75  # how much a name is like a kata's, to be taken for a slip

NOTEBOOK = "is a notebook; export it as {kata}.py, or ask for that"
RENAME = "is no kata; if it is meant as {kata}.py, rename it"
NO_KATA = "is no kata"


@dataclass(frozen=True)
class Named:
    """A file's name taken apart."""

    kata: str
    person: str  # "" where the name says nothing of a person
    key: str  # the person, told from others of the same name
    is_copy: bool  # whether it says that there is another one


@functools.cache
def _pattern() -> re.Pattern[str]:
    katas = "|".join(kata.name for kata in catalogue.katas())
    return re.compile(rf"(?P<before>.*?)(?P<kata>{katas})(?P<copy>{COPY})\.py", re.I | re.DOTALL)


def taken_apart(name: str) -> Named | None:
    """What a name says that ends in a kata's name, whatever a platform wrote around it."""
    match = _pattern().fullmatch(name)
    if match is None or re.search(r"[^\W_]$", match["before"]):
        return None
    person, key = person_of(match["before"]) if match["before"] else ("", "")
    return Named(match["kata"].lower(), person, key, bool(match["copy"]))


def person_of(text: str) -> tuple[str, str]:
    """The person that a folder, or what stands before a kata's name, is named for; and a key."""
    for platform in (MOODLE, CANVAS):
        match = platform.fullmatch(text)
        if match is not None:
            return shown(match["name"]), f"{match['name']}_{match['id']}"
    plain = text.strip(" _-.")
    return shown(plain or text), plain


def guess(name: str) -> str:
    """Why a file is not taken, with the kata that it may be meant as."""
    stem = PurePosixPath(name).name.lower().partition(".")[0]
    number = re.search(r"k\d\d", stem)
    katas = [kata.name for kata in catalogue.katas()]
    meant = [kata for kata in katas if number and kata.startswith(number[0])]
    meant = meant or difflib.get_close_matches(stem, katas, n=1, cutoff=NEAR)
    if not meant:
        return NO_KATA
    return (NOTEBOOK if name.lower().endswith(".ipynb") else RENAME).format(kata=meant[0])


def shown(name: str) -> str:
    """A name as it can be printed: composed, and without characters that steer a terminal."""
    plain = unicodedata.normalize("NFC", name)
    kept = "".join(c if c.isprintable() and unicodedata.category(c) != "Cf" else "_" for c in plain)
    return kept.strip() or "_"
