"""The keyboard is the watcher's, but for a debugger in a run of its, which borrows it.

That it is lent stands in a note, a file that is there meanwhile. On Unix, whoever reads from a
terminal has to be its foreground group too, and a debugger's prompt has lines and an echo.
"""

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if sys.platform != "win32":
    import termios

    LOCAL = 3  # the place of the local modes among all


def note_beside(answer: Path) -> Path:
    """The note, beside the file that takes a run's results."""
    return answer.with_name("debugger")


class Borrower:
    """A run, which has the keyboard while it is in a debugger."""

    def __init__(self, note: Path) -> None:
        self.note = note
        self.before: Terminal | None = None

    def borrow(self) -> None:
        """Takes it, unless it is here already."""
        if not self.note.exists():
            self.note.touch()
            self.before = terminal()
            if self.before:
                self.before.take()

    def give_back(self) -> None:
        """Gives it back, if it is here."""
        if self.note.exists():
            if self.before:
                self.before.restore()
            self.note.unlink()


class Lender:
    """A watcher, which has the keyboard back when the run that borrowed it has ended."""

    def __init__(self, note: Path) -> None:
        self.note = note
        self.mine = terminal()
        if hasattr(signal, "SIGTTOU"):  # or else taking it back would stop this process
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)

    def is_lent(self) -> bool:
        """Whether a run has it."""
        return self.note.exists()

    def take_back(self) -> None:
        """Takes it from a run that has ended with it."""
        if self.is_lent():
            if self.mine:
                self.mine.restore()
            self.note.unlink()


@dataclass(frozen=True)
class Terminal:
    """A terminal as it was at some time; a console of Windows is read by whoever reads."""

    group: int  # of processes, in the foreground
    modes: list[Any]

    def take(self) -> None:
        """Makes this process's group the one that reads from it, by lines that are seen."""
        assert sys.platform != "win32"
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)  # no shell could have it go on
        modes = list(self.modes)
        modes[LOCAL] |= termios.ICANON | termios.ECHO
        _set(os.getpgrp(), modes)

    def restore(self) -> None:
        """Makes it what it was."""
        _set(self.group, self.modes)


def terminal() -> Terminal | None:
    """The terminal of this process as it is now, whatever its streams are; None without one."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError, termios.error), _opened() as tty:
            return Terminal(os.tcgetpgrp(tty), termios.tcgetattr(tty))
    return None


def _set(group: int, modes: list[Any]) -> None:
    assert sys.platform != "win32"
    with contextlib.suppress(OSError, termios.error), _opened() as tty:  # else it was closed
        termios.tcsetattr(tty, termios.TCSADRAIN, modes)
        os.tcsetpgrp(tty, group)


@contextlib.contextmanager
def _opened() -> Iterator[int]:
    assert sys.platform != "win32"
    tty = os.open(os.ctermid(), os.O_RDWR | os.O_NOCTTY)
    try:
        yield tty
    finally:
        os.close(tty)
