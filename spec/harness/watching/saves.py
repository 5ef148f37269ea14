"""Which files were saved, found by looking at the files themselves, since they are few.

What a system reports of a folder is not enough: it is silent where the folder was swapped for
another, where the target of a link is saved, and where the files lie on a network drive.
"""

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

COARSE = 3.0  # seconds: two saves within may bear one time, on the coarsest of file systems
SETTLES = 0.01  # seconds in which a save that is under way goes on
LONGEST = 0.2  # seconds that one is waited for
REST = 9  # times as long as a look takes is none, so that a slow drive is not kept busy


@dataclass(frozen=True)
class Look:
    """How a file was when it was looked at."""

    time: int  # nanoseconds, of its last change
    size: int
    number: int  # of the file within its file system; another file may take its place
    content: bytes  # as a digest


class Saves:
    """The files that may come, and how they were when they were looked at last."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self.paths = list(paths)
        self.seen = self._look({})
        self.again = 0.0  # when to look again

    def new(self) -> list[Path]:
        """The files saved since the last call, the latest last; those under way are waited for."""
        start = time.monotonic()
        if start < self.again:
            return []
        now = self._look(self.seen)
        if not self._saved(now):
            self.again = time.monotonic() + REST * (time.monotonic() - start)
            return []
        until = time.monotonic() + LONGEST
        while time.monotonic() < until:
            time.sleep(SETTLES)
            before, now = now, self._look(now)
            if now == before:
                break
        saved = self._saved(now)
        self.seen = {**self.seen, **now}  # what is gone for a while may come back as it was
        return saved

    def _saved(self, now: dict[Path, Look]) -> list[Path]:
        saved = [path for path, look in now.items() if _differs(self.seen.get(path), look)]
        return sorted(saved, key=lambda path: now[path].time)

    def _look(self, known: dict[Path, Look]) -> dict[Path, Look]:
        looks = {path: _look(path, known.get(path)) for path in self.paths}
        return {path: look for path, look in looks.items() if look is not None}


def _look(path: Path, known: Look | None) -> Look | None:
    """How a file is; it is read only where its time and size may not tell whether it is as known.

    None where there is no file.
    """
    try:
        found = path.stat()
    except OSError:
        return None
    facts = found.st_mtime_ns, found.st_size, found.st_ino
    settled = time.time() - found.st_mtime > COARSE
    if known is not None and settled and facts == (known.time, known.size, known.number):
        return known
    try:
        content = path.read_bytes()
    except OSError:  # it can't be read now: whoever runs it says why
        content = b""
    return Look(*facts, hashlib.sha256(content).digest())


def _differs(before: Look | None, now: Look) -> bool:
    """Whether a file was saved, be it as it was; its number alone may change by itself."""
    if before is None:
        return True
    return (before.time, before.size, before.content) != (now.time, now.size, now.content)
