"""What of a learner's file could not be carried as it was, or what of the course gave way to it."""

from dataclasses import dataclass
from enum import Enum, auto


class Why(Enum):
    """Why something is listed."""

    BROKEN = auto()  # the file is no Python
    MIXED = auto()  # what came out would not be the same code
    DOCSTRING = auto()  # the learner wrote into it
    SIGNATURE_MINE = auto()  # the learner's stays, as the body needs it
    SIGNATURE_THEIRS = auto()  # the course's takes the place of the learner's
    BODY = auto()  # the course has another body too
    GONE = auto()  # the course has no function of this name any more
    ELSEWHERE = auto()  # the name is given a meaning in another way
    NO_KATA = auto()  # the course has no such kata any more
    TWO = auto()  # the learner has files of a kata's old and new name
    BUSY = auto()  # the file was saved meanwhile
    UNREADABLE = auto()
    UNKNOWN = auto()  # lines that may be the learner's, or an older course's
    LINES = auto()  # lines for which there is no place


@dataclass(frozen=True)
class Left:
    """One thing, in both versions."""

    name: str  # of the function, class or method; empty for a file
    why: Why
    yours: str
    ours: str
