"""What a report says of one test, in plain data that can be sent through a pipe."""

from dataclasses import asdict, dataclass, field
from typing import Any

from ..verdicts import Kind


@dataclass(frozen=True)
class Note:
    """What a report says of one test of one function, in plain data that can be sent on."""

    kata: str
    file: str
    line: int
    function: str
    kind: Kind | None = None  # None where it passed
    edge: bool = False  # whether it is about what is promised besides the idea
    rule: str = ""  # the test's name, device and tier left out
    test: str = ""  # the device left out
    device: str | None = None
    order: tuple[int, int, str] = (0, 0, "")  # where it stands in the lesson and in the spec
    rows: list[tuple[str, str]] = field(default_factory=list)
    printed: list[tuple[str, str]] = field(default_factory=list)
    panels: list[dict[str, Any]] = field(default_factory=list)
    weak: bool = False  # whether answers that differ in much end like this
    rough: bool = False  # whether they do where this is alike by its kind alone, as a shape is
    judged: bool = False  # whether known mistakes were looked for
    mistakes: dict[str, str] = field(default_factory=dict)  # that end the test alike, with words
    notice: str | None = None  # how what came back differs, where that is plain
    spelt: dict[str, float] = field(default_factory=dict)  # how closely each is written like it
    exact: list[str] = field(default_factory=list)  # those that do so word for word
    acquitted: list[str] | None = None  # where it is no test: suspects that fail what was passed


def sent(note: Note) -> dict[str, Any]:
    """A note as what goes through a pipe."""
    return {**asdict(note), "kind": note.kind and note.kind.value}


def received(data: dict[str, Any]) -> Note:
    """The note that came through a pipe."""
    kind = None if data["kind"] is None else Kind(data["kind"])
    rows, printed = ([tuple(each) for each in data[name]] for name in ("rows", "printed"))
    order = tuple(data["order"])
    return Note(**{**data, "kind": kind, "rows": rows, "printed": printed, "order": order})
