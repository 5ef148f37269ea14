"""What is done to a folder, each deed whole or not at all: a process may be killed at any time."""

import os
import shutil
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

WRITING = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
PART = ".torch-katas.part"  # what is being written, until it takes its place


@dataclass(frozen=True)
class Deed:
    """A file that gets these bytes, or goes."""

    path: Path
    content: bytes | None


def read(path: Path) -> bytes | None:
    """The bytes of a file, or None where there is none."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def do(deeds: Iterable[Deed]) -> None:
    """Does one after the other; what is so already is left alone."""
    for deed in deeds:
        if read(deed.path) == deed.content:
            continue
        if deed.content is None:
            os.unlink(deed.path)
        else:
            _write(Path(os.path.realpath(deed.path)), deed.content)


def _write(path: Path, content: bytes) -> None:
    """Writes beside a file, and puts it in its place when all is on the disk."""
    os.makedirs(path.parent, exist_ok=True)
    part = path.with_name(PART)
    handle = os.open(part, WRITING, 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    if path.exists():
        shutil.copymode(path, part)
        os.chmod(part, stat.S_IMODE(os.stat(part).st_mode) | stat.S_IWUSR)
    os.replace(part, path)


def sweep(folders: Iterable[Path]) -> None:
    """Takes away what an interrupted run has left half written."""
    do(Deed(folder / PART, None) for folder in folders)
