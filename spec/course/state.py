"""What a folder remembers of the course, in .torch-katas/: everything as it was handed out.

stubs/ is the base of later updates; version says how all this is laid out, and unfinished.json is
what an update has to tell, until it has come to its end.
"""

import contextlib
import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..harness import language
from ..harness.files import homes
from ..harness.files.catalogue import SOLUTIONS, is_ours, katas
from ..harness.files.stubs import MEMORY, stub_in
from . import disk
from .disk import Deed
from .left import Left, Why

HIDDEN = homes.MARK
VERSION = 1


class Refused(Exception):
    """What was asked for can't be done, and why."""


@dataclass(frozen=True)
class Kept:
    """What an update has to tell of a kata: things that are left, and where a copy is kept."""

    name: str
    left: tuple[Left, ...]
    copy: Path | None = None  # of the learner's file, as it was
    beside: Path | None = None  # the course's stub, where the learner's file stays


def course() -> dict[str, str]:
    """The stubs of all katas by name, as the course has them now, in the language spoken."""
    return {kata.name: stub_in(kata, language.spoken()) for kata in katas()}


def is_forbidden(folder: Path) -> bool:
    """Whether the answers or the specs are there, which nobody means."""
    return is_ours(folder) or folder.resolve() == SOLUTIONS.resolve()


def mirror(folder: Path, name: str) -> Path:
    """Where it is kept how a file was handed out."""
    return folder / MEMORY / name


def version(folder: Path) -> int:
    """How the folder is laid out: 0 where nothing says so."""
    raw = disk.read(folder / HIDDEN / "version")
    return int(raw) if raw and raw.strip().isdigit() else 0


def folders(folder: Path) -> list[Path]:
    """The folders in which something is written."""
    inner = [mirror(folder, name) for name in ("x", ".vscode/x")]
    return [folder, folder / ".vscode", folder / HIDDEN, *(each.parent for each in inner)]


def versioned(folder: Path) -> Deed:
    """Says how the folder is laid out from now on."""
    return Deed(folder / HIDDEN / "version", f"{VERSION}\n".encode())


def speaking(folder: Path) -> list[Deed]:
    """Remembers the language in which a folder is made, where it has none."""
    path = folder / language.REMEMBERED
    return [] if path.exists() else [Deed(path, f"{language.spoken()}\n".encode())]


class Memory:
    """What a folder remembers, an update among it that came to no end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told: list[Kept] = []
        self._results: dict[str, list[str]] = {}
        raw = disk.read(folder / HIDDEN / "unfinished.json")
        with contextlib.suppress(ValueError, KeyError, TypeError):
            said = json.loads(raw or "")
            told = [_kept(folder, each) for each in said["told"]]
            self.told = [kept for kept in told if kept.copy is None or kept.copy.exists()]
            self._results = said["results"]

    def handed_out(self, name: str) -> str | None:
        """The text of a file as it was handed out, where that is known."""
        digest, text = self._results.get(name, ("", ""))
        if digest and digest == _digest(disk.read(self.folder / name)):
            return text
        raw = disk.read(mirror(self.folder, name))
        return None if raw is None else raw.decode("utf-8", "replace")


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _kept(folder: Path, said: dict[str, Any]) -> Kept:
    left = (Left(**{**each, "why": Why[each["why"]]}) for each in said["left"])
    copy, beside = (folder / said[key] if said[key] else None for key in ("copy", "beside"))
    return Kept(said["name"], tuple(left), copy, beside)


def note(folder: Path, told: list[Kept], deeds: list[Deed]) -> list[Deed]:
    """Remembers what there is to tell, and which files come from which stubs, until all is done."""
    memories = {mirror(folder, d.path.name): d.path for d in deeds if d.path.parent == folder}
    stubs = {memories[d.path].name: d.content for d in deeds if d.path in memories}
    results = {
        d.path.name: [_digest(d.content), (stubs[d.path.name] or b"").decode()]
        for d in deeds
        if d.path.parent == folder and d.content != stubs.get(d.path.name, d.content)
    }
    said = {
        "told": [
            {
                "name": each.name,
                "left": [{**asdict(left), "why": left.why.name} for left in each.left],
                "copy": each.copy.name if each.copy else None,
                "beside": each.beside.name if each.beside else None,
            }
            for each in told
        ],
        "results": results,
    }
    needed = told or results
    return [Deed(folder / HIDDEN / "unfinished.json", json.dumps(said).encode())] if needed else []


def forget(folder: Path) -> Deed:
    """An update has come to its end."""
    return Deed(folder / HIDDEN / "unfinished.json", None)
