"""What a watcher runs, when, and what it does for a key."""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from .. import processes
from ..explaining.progress import Progress, focus
from ..files import catalogue
from . import child
from .course import File
from .display import Display, Scene
from .runners import Runner

NO_KATA = """--watch {folder}: there is no kata to watch. A kata is a file of one of these names,
with .py behind: {names}."""
DIED = "The run ended without a result (exit code {code}). Save again to try anew."
LEFT = "You ended this run in the debugger. Save again, or press Enter, for another."
GONE = "{file} is not there. It is run when it comes back."


@dataclass
class Running:
    """A run that is on: of which file, whether nobody asked for it, and since when."""

    file: File
    quiet: bool
    run: processes.Run
    since: float
    is_seen: bool = False  # whether what it found first was shown


class Watcher:
    """What is known of the katas, the run that is on, and what is yet to be looked at."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        named = [Path(str(argument).partition("::")[0]).absolute() for argument in config.args]
        self.paths = sorted({path for each in named for path in _katas_at(each)})  # that may come
        self.files = {path: _file(path) for path in self.paths if path.exists()}
        if not self.files:
            names = ", ".join(kata.name for kata in catalogue.katas())
            raise pytest.UsageError(NO_KATA.format(folder=" ".join(config.args), names=names))
        self.pending: list[File] = []
        self.current: File | None = None  # the one that is shown
        self.running: Running | None = None
        self.pictures: Path | None = config.getoption("pictures")
        self.display = Display(config)
        self.answer = Path(tempfile.mkdtemp(prefix="torch-katas-")) / "run.json"

    def begin(self, runner: Runner) -> None:
        """Looks at the katas one after the other, as far as nothing else is to be done."""
        self.runner = runner
        self.pending = self.in_order()
        self.display.looking(len(self.files))
        self.glance()

    def saved(self, paths: Sequence[Path]) -> None:
        """Files were saved: what runs is out of date. All are run, the last one in full view."""
        if not paths:
            return
        for path in paths:
            if path not in self.files:
                self.files[path] = _file(path)
        *others, last = [self.files[path] for path in paths]
        self.stop()
        self.pending = [*others, *(file for file in self.pending if file not in others)]
        self.show(last)

    def show(self, file: File, everything: bool = False) -> None:
        """Runs a file in full view, in place of what was running."""
        self.stop()
        self.pending = [each for each in self.pending if each is not file]
        self.current = file
        self.display.begin(file, everything)
        if file.path.exists():
            self.start(file, quiet=False)
            self.display.draw(self.scene())
        else:
            self.display.say(GONE.format(file=file.name), self.scene())

    def start(self, file: File, quiet: bool) -> None:
        """Starts a run of one file, the functions at hand first."""
        file.read()
        child.clear(self.answer)
        order = child.Order(
            kata=file.path,
            answer=self.answer,
            first=file.first(),
            then=file.then(),
            quiet=quiet,
            more=quiet and bool(self.pending),
            everything=self.display.everything and not quiet,
            pictures=None if quiet else self.pictures,
        )
        self.running = Running(file, quiet, self.runner.start(order), time.monotonic())

    def glance(self) -> None:
        """Takes what a run has found by now, and goes on with what is pending."""
        if self.running is not None:
            code = self.running.run.poll()
            if code is None:
                self.look_on(self.running)
                return
            self.take(self.running, code)
        if self.running is None and self.pending:
            self.start(self.pending.pop(0), quiet=True)
        if self.display.is_outdated:
            self.display.draw(self.scene())

    def look_on(self, running: Running) -> None:
        """Shows what a run that is on has found first, and for how long it has been on."""
        found = None if running.quiet or running.is_seen else child.early(self.answer)
        if found is not None:
            running.is_seen = True
            running.file.learn(found.entries, whole=False)
            self.display.devices = found.devices
            self.display.found(self.scene(), is_over=False)
        elif self.display.is_outdated:
            self.display.draw(self.scene())
        else:
            self.display.tick(self.scene())

    def take(self, running: Running, code: int) -> None:
        """Takes the results of a run that has ended."""
        file, self.running = running.file, None
        found = child.results(self.answer)
        if found is None or not found.entries:
            left = code == pytest.ExitCode.INTERRUPTED
            self.display.say(LEFT if left else DIED.format(code=code), self.scene())
            return
        file.learn(found.entries, whole=True)
        self.display.devices = found.devices
        if self.current is None and not file.is_done:
            self.current = file
            self.display.begin(file)
        if not running.quiet:
            self.display.said, self.pictures = found.said, self.config.getoption("pictures")
        if file is self.current or not self.pending:
            self.display.found(self.scene(), is_over=True)

    def scene(self) -> Scene:
        """What is to be shown just now."""
        file = self.current
        following = self.following(file) if file else None
        if self.running is None and not self.pending:
            return Scene(file, following, self.in_order())
        seconds = int(time.monotonic() - self.running.since) if self.running else 0
        is_quiet = self.running is None or self.running.quiet
        left = len(self.pending) + (self.running is not None) if is_quiet else 0
        return Scene(file, following, self.in_order(), seconds, left)

    def press(self, key: str) -> bool:
        """Does what a key asks for; False to end."""
        file = self.current or self.in_order()[0]
        if key in ("\n", "\r"):
            self.show(file)
        elif key == "a":
            self.show(file, everything=True)
        elif key == "p":
            self.pictures = self.config.getoption("pictures") or self.answer.parent
            self.show(file)
        elif key == "n":
            after = self.after(file)
            after.at_hand = []
            self.show(after)
        elif key == "b":
            self.display.on_board = not self.display.on_board
            self.display.answer(self.scene())
        elif key == "h":
            self.display.hint(self.scene().in_focus)
            self.display.answer(self.scene())
        return key not in ("q", "\x04")

    def following(self, file: File) -> Progress | None:
        """The function that comes after the one that is shown, here or in the next kata."""
        return file.next() or focus(self.after(file).entries)

    def after(self, file: File) -> File:
        """The next kata that is not finished, round and round."""
        files = self.in_order()
        place = files.index(file)
        others = files[place + 1 :] + files[: place + 1]
        return next((each for each in others if not each.is_done), others[0])

    def in_order(self) -> list[File]:
        """The files in the order of the katas."""
        return [self.files[path] for path in sorted(self.files)]

    def stop(self) -> None:
        """Ends the run that is on; its file is looked at again later."""
        if self.running is not None:
            self.running.run.kill()
            self.pending = [self.running.file, *self.pending]
            self.running = None

    def clear(self) -> None:
        """Takes away the folder that runs were told through, unless pictures were drawn there."""
        child.clear(self.answer)
        if not any(self.answer.parent.iterdir()):
            self.answer.parent.rmdir()


def _file(path: Path) -> File:
    kata = catalogue.kata_of(path)
    assert kata is not None
    file = File(path, kata)
    file.read()
    return file


def _katas_at(path: Path) -> list[Path]:
    """The katas that are at a path or may come there."""
    found = [path / f"{kata.name}.py" for kata in catalogue.katas()] if path.is_dir() else [path]
    return [each for each in found if catalogue.kata_of(each)]
