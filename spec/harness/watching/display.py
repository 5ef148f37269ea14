"""What a learner looks at: the verdict above, the board in a line and the keys below it."""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from ..explaining.progress import Progress
from ..files import sources
from ..showing import board
from . import views
from .course import File
from .fitting import Part
from .screen import Screen

KEYS = "Enter run  h hint  a all  b board  n next  p draw  q quit"
NO_KEYS = "Save a file to run it."
LOOKING = "Looking at {count} files. Save one to run it."
MORE = "Looking at {count} more files …"
RUNNING = "running, {seconds} s"
LOOKING_ON = "looking at the other files, {count} left, {seconds} s"
RUN = "run {number}"
BETWEEN = " · "


@dataclass(frozen=True)
class Scene:
    """What is to be shown: the file at hand, what comes after it, all files, and what goes on."""

    file: File | None
    following: Progress | None
    files: list[File]
    seconds: int | None = None  # for which a run has been on
    left: int = 0  # files that are still to be looked at, where that is what goes on

    @property
    def entries(self) -> list[Progress]:
        """All that is known."""
        return [entry for file in self.files for entry in file.entries]

    @property
    def at_hand(self) -> Progress | None:
        """The function that the learner is at: the one that is shown, or else the next."""
        if self.file is None:
            return None
        shown = self.file.shown()
        edges = shown if shown and not shown.done else None
        return self.file.task() or self.following or edges

    @property
    def in_focus(self) -> Progress | None:
        """What a hint is about: the function that is shown, as long as something of it is left."""
        shown = self.file.shown() if self.file else None
        return shown if shown and not shown.done else self.at_hand


class Display:
    """How the screen is used just now, and what it says besides what is known of the files."""

    def __init__(self, config: pytest.Config) -> None:
        self.screen = Screen(config)
        self.always_everything = bool(config.getoption("all_failures"))
        self.everything = self.always_everything  # every failure is shown, however long that is
        self.on_board = False
        self.devices: list[str] = []
        self.number = 0  # of the run that is shown
        self.began = ""  # its time of day
        self.is_waiting = False  # for what it finds
        self.said = ""  # where its pictures are
        self.trouble = ""  # why it has found nothing
        self.hinted: tuple[str, int] = ("", 0)  # for which function, and the step
        self.written: list[Part] = []  # of this run, into a pipe

    def keep(self) -> None:
        """From now on, until the next run, what was written by others stays above what is drawn."""
        self.screen.is_kept = True

    @property
    def is_outdated(self) -> bool:
        """Whether the window has another size now, and what it shows is to fit it."""
        return self.screen.is_resized and (self.on_board or not self.everything)

    def begin(self, file: File, everything: bool = False) -> None:
        """A run begins that somebody waits for."""
        self.everything = everything or self.always_everything
        self.on_board, self.hinted, self.written = False, ("", 0), []
        self.said = self.trouble = ""
        self.number += 1
        self.began = time.strftime("%H:%M:%S")
        self.is_waiting, self.screen.is_kept = True, False
        if not self.screen.is_window:
            self.screen.write([views.words(f"\n{file.name}")])

    def hint(self, entry: Progress | None) -> None:
        """From now on the next hint for this function is shown, too."""
        if entry is not None:
            function, step = self.hinted
            self.hinted = entry.function, (step if entry.function == function else 0) + 1

    def looking(self, count: int) -> None:
        """Says at the beginning what goes on."""
        self.screen.write([views.words(LOOKING.format(count=count))])

    def draw(self, scene: Scene) -> None:
        """Draws a window anew."""
        if self.screen.is_window:
            bottom = [_in_a_line(self._status(scene), self.screen.columns), self._last(scene)]
            whole = self.everything and not self.on_board
            self.screen.draw(self._parts(scene), bottom, fitted=not whole)

    def answer(self, scene: Scene) -> None:
        """Shows what a key asks for, of what is known already."""
        if self.screen.is_window:
            self.draw(scene)
        elif scene.entries:
            self.screen.write(self._parts(scene))

    def found(self, scene: Scene, is_over: bool) -> None:
        """Shows what a run has found by now; into a pipe what is new, and the board at the end."""
        self.is_waiting = False
        if self.screen.is_window:
            self.draw(scene)
            return
        parts = self._verdict(scene)
        if parts != self.written:
            self.screen.write(parts)
            self.written = parts
        if is_over and scene.seconds is None:
            self.screen.write([views.words(self.said)] if self.said else [])
            board.show(self.screen.writer, scene.entries, self.devices, scene.at_hand)
            self.screen.write([views.words(f"\n{KEYS}")] if sys.stdin.isatty() else [])
        elif is_over:
            self.screen.write([views.words(MORE.format(count=scene.left))])

    def tick(self, scene: Scene) -> None:
        """Says in a window what goes on, and for how long it has."""
        if self.screen.is_window:
            self.screen.tell(self._last(scene))

    def say(self, text: str, scene: Scene) -> None:
        """Says below what stands there why a run has found nothing."""
        self.trouble = text
        self.screen.write([views.words(f"\n{text}")])
        if self.screen.is_window:
            self.screen.tell(self._last(scene))

    def leave(self) -> None:
        """Leaves the terminal to the shell."""
        self.screen.write([views.GAP])

    def _parts(self, scene: Scene) -> list[Part]:
        if scene.file is None:
            return [views.words(LOOKING.format(count=len(scene.files)))]
        if self.on_board and scene.entries:
            writer, columns = self.screen.writer, self.screen.columns
            return views.whole_board(
                scene.entries, scene.at_hand, self.devices, columns, writer.markup
            )
        if self.is_waiting:
            return [views.words(scene.file.name), views.words(self.trouble)]
        parts = self._verdict(scene)
        about = scene.in_focus
        if about is not None and about.function == self.hinted[0]:
            parts += views.hint(about, self.hinted[1], self.screen.columns)
        lost = sum(entry.not_run for entry in scene.file.entries)
        parts += [views.words(board.NOT_RUN.format(left=lost))] if lost else []
        parts += [views.words(self.said)] if self.said else []
        if scene.at_hand is not None:
            return [*parts, views.step(scene.at_hand)]
        return [*parts, views.words("\n".join(board.so_far(scene.entries, self.devices)))]

    def _verdict(self, scene: Scene) -> list[Part]:
        assert scene.file is not None
        unfinished = [entry for entry in scene.file.entries if not entry.done]
        if self.everything and unfinished:
            return views.everything(unfinished, self.screen.writer)
        columns = self.screen.columns
        return views.verdict(scene.file, scene.following, columns)

    def _status(self, scene: Scene) -> list[str]:
        """The board in a line, the number of the run, and when it began."""
        if scene.file is None:
            return []
        of = sum(len(sources.units(file.kata)) for file in scene.files)
        short = board.in_short(scene.file.kata, scene.file.entries, scene.entries, of)
        return [*short, RUN.format(number=self.number), self.began]

    def _last(self, scene: Scene) -> str:
        """The keys, or what goes on."""
        if scene.seconds is None:
            return KEYS if sys.stdin.isatty() else NO_KEYS
        words = LOOKING_ON if scene.left else RUNNING
        return words.format(seconds=scene.seconds, count=scene.left)


def _in_a_line(pieces: Sequence[str], columns: int) -> str:
    """The pieces, without those in the middle if they have no room."""
    kept = list(pieces)
    while len(kept) > 2 and len(BETWEEN.join(kept)) >= columns:
        del kept[len(kept) // 2]
    return BETWEEN.join(kept)
