"""What a file's name says: which kata it is meant as, and whose it is."""

import contextlib
import difflib
import enum
import functools
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from ...harness.files import catalogue
from ...harness.language import tr

# Possessive throughout: a name of many digits would else be taken apart in all ways that there are.
# Possessive throughout: a name of many digits would else be taken apart in all ways that there are.
COPY = r"(?:[ _-]*+(?:\(\d++\)|copy|copia|copie|kopie|копия|\d++))*+"
MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_\w*?_?(?P<rest>.*)", re.DOTALL)
CANVAS = re.compile(r"(?P<name>.+?)(?P<late>_LATE)?_(?P<id>\d+)_\d+(?:_(?P<rest>.*)|$)", re.DOTALL)
BLACKBOARD = re.compile(
    r"(?:.*_)?(?P<name>[^_]+)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<rest>.*)|$)", re.DOTALL
)
BRIGHTSPACE = re.compile(
    r"\d+-\d+ - (?P<name>.+?) - (?P<time>[A-Z][a-z]+ \d{1,2}, \d{4} \d{3,4} [AP]M)"
    r"(?: - (?P<rest>.*)|$)",
    re.DOTALL,
)
TIMES = ("%Y-%m-%d-%H-%M-%S", "%b %d, %Y %I%M %p", "%B %d, %Y %I%M %p")
NEAR = 0.75  # how much a name is like a kata's, to be taken for a slip

NOTEBOOK = "is a notebook; export it as {kata}.py"
RENAME = "is no kata; if it is meant as {kata}.py, rename it"
NO_KATA = "is no kata"


class IdKind(enum.StrEnum):
    """Whose numbers these are: a number of one kind is nobody's number of another."""

    CANVAS = "Canvas ID"
    PARTICIPANT = "Moodle participant"
    STUDENT = "student ID"
    LOGIN = "login"
    EMAIL = "email"


Id = tuple[IdKind, str]


@dataclass(frozen=True)
class Owner:
    """The person that a name names, and what it says of what they handed in."""

    person: str = ""  # "" where the name says nothing of a person
    key: str = ""  # the person, told from others of the same name
    ids: tuple["Id", ...] = ()  # by which a platform knows the person
    time: str = ""  # of handing in, as 2026-11-30 23:59
    late: bool = False


NOBODY = Owner()


@dataclass(frozen=True)
class Named:
    """A file's name taken apart."""

    kata: str
    owner: Owner
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
    owner = owner_of(match["before"]) if match["before"] else NOBODY
    return Named(match["kata"].lower(), owner, bool(match["copy"]))


def owner_of(text: str) -> Owner:
    """The person that a folder, or what stands before a kata's name, is named for."""
    for platform in (MOODLE, BLACKBOARD, BRIGHTSPACE, CANVAS):
        match = platform.fullmatch(text)
        if match is not None:
            found = match.groupdict()
            name, number = found["name"], found.get("id", "")
            known = {
                CANVAS: (IdKind.CANVAS, number),
                MOODLE: (IdKind.PARTICIPANT, number),
                BLACKBOARD: (IdKind.LOGIN, name),
            }
            return Owner(
                shown(name),
                f"{name}_{number}",
                (known[platform],) if platform in known else (),
                time_of(found.get("time", "")),
                bool(found.get("late")),
            )
    plain = text.strip(" _-.")
    return Owner(shown(plain or text), plain)


def time_of(text: str) -> str:
    """A time as a platform writes it, as 2026-11-30 23:59; "" where it is none."""
    for form in TIMES:
        with contextlib.suppress(ValueError):
            return datetime.strptime(text, form).strftime("%Y-%m-%d %H:%M")
    return ""


def guess(name: str) -> str:
    """Why a file is not taken, with the kata that it may be meant as."""
    stem = PurePosixPath(name).name.lower().partition(".")[0]
    number = re.search(r"k\d\d", stem)
    katas = [kata.name for kata in catalogue.katas()]
    meant = [kata for kata in katas if number and kata.startswith(number[0])]
    meant = meant or difflib.get_close_matches(stem, katas, n=1, cutoff=NEAR)
    if not meant:
        return tr(NO_KATA)
    return (tr(NOTEBOOK) if name.lower().endswith(".ipynb") else tr(RENAME)).format(kata=meant[0])


def shown(name: str) -> str:
    """A name as it can be printed: composed, and without characters that steer a terminal."""
    plain = unicodedata.normalize("NFC", name)
    kept = "".join(c if c.isprintable() and unicodedata.category(c) != "Cf" else "_" for c in plain)
    return kept.strip() or "_"
