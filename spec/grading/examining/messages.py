"""What passes between the grader, the server and a process under examination."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from ...harness.explaining import notes
from ...harness.explaining.notes import Note
from ..outcomes import Outcome
from .shapes import Misshapen, clipped, shaped

ROWS = 60  # of what is said of a failure


@dataclass(frozen=True)
class Request:
    """From the grader to the server: a file, and which of its functions are to be examined."""

    id: int
    kata: str
    source: bytes
    functions: list[str]
    devices: list[str]
    timeout: float  # seconds a test
    limit: float  # seconds the file
    examples: int | None
    guarded: bool = False  # whether it is not run where a wall is missing


@dataclass(frozen=True)
class Reply:
    """From the server to the grader: what became of a request."""

    id: int
    outcomes: list[Outcome] = field(default_factory=list)
    walls: list[str] = field(default_factory=list)
    tampered: str | None = None  # what was found changed
    fault: str | None = None  # why there was no examination


def reply_of(data: dict[str, Any]) -> Reply:
    """The reply that came through a pipe."""
    return Reply(**{**data, "outcomes": [Outcome(**each) for each in data["outcomes"]]})


@dataclass(frozen=True)
class Began:
    """From an examination: the walls stand, and these tests follow: function, and if an edge."""

    walls: list[str]
    tests: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class Declined:
    """The file is not run, since these walls are missing."""

    missing: list[str]


@dataclass(frozen=True)
class Started:
    """A test is on, in case that it ends the process."""

    test: str


@dataclass(frozen=True)
class Imported:
    """The file has been imported, or has failed at it, and did not end the process."""


@dataclass(frozen=True)
class Ended:
    """A test has ended."""

    test: str
    passed: bool
    seconds: float
    note: Note | None
    tampered: str | None


@dataclass(frozen=True)
class Cleared:
    """Suspects of a function that fail what it passes."""

    function: str
    names: list[str]


@dataclass(frozen=True)
class Finished:
    """The examination came to its end."""

    tampered: str | None


Message = Began | Declined | Started | Imported | Ended | Cleared | Finished
KINDS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (Began, Declined, Started, Imported, Ended, Cleared, Finished)
}


def sent(message: Message) -> dict[str, Any]:
    """A message as what goes through a pipe."""
    data = asdict(message)
    if isinstance(message, Ended) and message.note is not None:
        note = message.note
        rows = [(clipped(name), clipped(text)) for name, text in note.rows[:ROWS]]
        notice = note.notice and clipped(note.notice)
        data["note"] = notes.sent(replace(note, rows=rows, notice=notice))
    return {"kind": type(message).__name__, **data}


def received(data: Any) -> Message:
    """The message that came through a pipe; Misshapen if it is none."""
    if not isinstance(data, dict) or not isinstance(data.get("kind"), str):
        raise Misshapen("it says no kind")
    kind = KINDS.get(data["kind"])
    if kind is None:
        raise Misshapen("there is no such kind")
    message: Message = shaped({name: data[name] for name in data if name != "kind"}, kind)
    return message
