"""Gradescope's export: who is behind which folder, as the metadata beside the folders say."""

import re
from dataclasses import dataclass

from .names import Id, IdKind, shown
from .places import CantRead, Place

METADATA = "submission_metadata.yml"
FOLDER = re.compile(r"(\S+):\s*$", re.M)
NAME = re.compile(r"^\s*-?\s*:name:\s*(.+?)\s*$", re.M)
ID = re.compile(r"^\s*-?\s*:(sid|email):\s*(\S+)\s*$", re.M)
KINDS = {"sid": IdKind.STUDENT, "email": IdKind.EMAIL}
TIME = re.compile(  # a plain one, or Ruby's, which is an object
    r"^ {1,2}:created_at:\s*(?:!ruby\S*\s+utc:\s*(?:&\d+\s*)?)?'?"
    r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)",
    re.M,
)


@dataclass(frozen=True)
class Submitter:
    """One of those who handed something in together: a name, and ids that platforms gave."""

    name: str
    ids: tuple[Id, ...] = ()


@dataclass(frozen=True)
class Exported:
    """A submission as the metadata have it."""

    submitters: tuple[Submitter, ...]
    time: str  # of handing in, as 2026-11-30 23:59 UTC


def is_export(place: Place) -> bool:
    """Whether metadata lie here."""
    return any(leaf.name == METADATA for leaf in place.files)


def export(place: Place) -> dict[str, Exported]:
    """The submissions of an export by their folders; none where a place is no export."""
    found: dict[str, Exported] = {}
    for leaf in place.files:
        if leaf.name == METADATA:
            try:
                text = leaf.read().decode("utf-8", "replace")
            except CantRead:
                continue
            for block in re.split(r"^(?=\S)", text, flags=re.M):
                folder, submitters = FOLDER.match(block), tuple(_submitters(block))
                if folder and submitters:
                    found[folder[1]] = Exported(submitters, _time(block))
    return found


def _time(block: str) -> str:
    match = TIME.search(block)
    return f"{match[1]} {match[2]} UTC" if match else ""


def _submitters(block: str) -> list[Submitter]:
    """Those who handed in together: each begins with a name, and ids follow."""
    names = list(NAME.finditer(block))
    ends = [*(match.start() for match in names), len(block)][1:]
    return [
        Submitter(
            shown(match[1].strip("'\"")),
            tuple(
                (KINDS[kind], shown(text.strip("'\"")))
                for kind, text in ID.findall(block[match.end() : end])
            ),
        )
        for match, end in zip(names, ends, strict=True)
    ]
