"""What a watcher knows, runs and shows."""

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from spec.harness import processes, rendering
from spec.harness.explaining.progress import Progress, focus
from spec.harness.files import catalogue
from spec.harness.showing import board, hints
from spec.harness.watching import child

KEYS = "Enter run again   h hint   a all failures   n next kata   p pictures   q quit"

CLEAR = "\x1b[2J\x1b[3J\x1b[H"

NO_KATA = """--watch {folder}: there is no kata to watch. A kata is a file of one of these names,
with .py behind: {names}."""
DIED = """The run ended without a result (exit code {code}). Save again to try anew."""


class Watcher:
    """What is known of the katas, the run that is on, and what is yet to be looked at."""

    def __init__(self, config: pytest.Config) -> None:
        from _pytest.config import create_terminal_writer

        self.config = config
        self.writer: Any = create_terminal_writer(config, sys.stdout)
        paths = [Path(argument.partition("::")[0]).resolve() for argument in config.args]
        self.folders = {path for path in paths if path.is_dir()}
        self.files = sorted({file for path in paths for file in _katas_in(path)})
        if not self.files:
            names = ", ".join(kata.name for kata in catalogue.katas())
            raise pytest.UsageError(NO_KATA.format(folder=" ".join(config.args), names=names))
        self.known: dict[Path, list[Progress]] = {}
        self.devices: list[str] = []
        self.pending: list[Path] = []
        self.current = self.files[0]
        self.looked = False  # whether a file was shown yet
        self.run: processes.Run | None = None
        self.running: tuple[Path, bool] | None = None
        self.everything = bool(config.getoption("all_failures"))
        self.hints = 0
        self.pictures: Path | None = config.getoption("pictures")
        self.order = Path(tempfile.mkdtemp(prefix="torch-katas-")) / "run.json"

    def begin(self) -> None:
        """Looks at the katas one after the other, as far as nothing else is to be done."""
        self.writer.line(f"Looking at {len(self.files)} files. Save one to run it.")
        self.pending = list(self.files)
        self.glance()

    def saved(self, path: Path) -> None:
        """A file was saved: whatever runs is out of date."""
        path = path.resolve()
        ours = path in self.files or path.parent in self.folders
        if ours and path.exists() and catalogue.kata_of(path):
            self.files = sorted({*self.files, path})
            self.hints = 0
            self.show(path)

    def show(self, path: Path) -> None:
        """Runs a file in full view, in place of what was running."""
        self.stop()
        self.current, self.looked = path, True
        self.writer.write(CLEAR if sys.stdout.isatty() else "\n")
        self.writer.line(rendering.shown(path), bold=True)
        self.start(path, quiet=False)
        self.pending = [file for file in self.pending if file != path]

    def start(self, path: Path, quiet: bool) -> None:
        """Starts a run of one file, its function in focus first."""
        first = focus(self.known.get(path, []))
        child.order(self.order, first.function if first else None, quiet)
        self.running = path, quiet
        if processes.can_fork():
            self.run = processes.Forked(lambda: self.child(path))
        else:
            self.run = processes.Started([*self.options(), "--watched", str(self.order), str(path)])

    def child(self, path: Path) -> int:
        """What a forked run does: all of pytest but its start, which is behind it already."""
        from _pytest import main

        self.config.args = [str(path)]
        self.config.option.watch = False
        self.config.option.watched = str(self.order)
        self.config.option.no_header = True
        self.config.option.all_failures = self.everything
        self.config.option.pictures = self.pictures
        return int(main.pytest_cmdline_main(self.config))

    def options(self) -> list[str]:
        """The options that this pytest was started with, without what is to be watched."""
        given = [str(argument) for argument in self.config.invocation_params.args]
        kept = [each for each in given if each not in ("--watch", *self.config.args)]
        kept += ["--all"] if self.everything else []
        return kept + (["--pictures", str(self.pictures)] if self.pictures else [])

    def glance(self) -> None:
        """Takes the results of a run that has ended, and goes on with what is pending."""
        if self.run is not None and self.running is not None:
            code = self.run.poll()
            if code is None:
                return
            (path, quiet), self.run, self.running = self.running, None, None
            found = child.results(self.order)
            if found is None:
                self.writer.line(DIED.format(code=code))
            else:
                self.known[path], self.devices = found
            if quiet and not self.looked and not self.is_done(path):
                self.show(path)
                return
            if not self.pending:
                self.end_of_run()
            elif not quiet:
                self.writer.line(f"Looking at {len(self.pending)} more files …")
                self.writer.flush()
        if self.pending:
            self.start(self.pending.pop(0), quiet=True)

    def end_of_run(self) -> None:
        """The board and the keys."""
        board.show(self.writer, self.entries(), self.devices)
        self.everything = bool(self.config.getoption("all_failures"))
        self.pictures = self.config.getoption("pictures")
        if sys.stdin.isatty():
            self.writer.line()
            self.writer.line(KEYS)
        self.writer.flush()

    def entries(self) -> list[Progress]:
        """All that is known, in the order of the katas."""
        return [entry for file in self.files for entry in self.known.get(file, [])]

    def press(self, key: str) -> bool:
        """Does what a key asks for; False to end."""
        if key in ("\n", "\r"):
            self.show(self.current)
        elif key == "a":
            self.everything = True
            self.show(self.current)
        elif key == "p":
            self.pictures = self.config.getoption("pictures") or self.order.parent
            self.show(self.current)
        elif key == "n":
            self.show(self.after(self.current))
        elif key == "h":
            self.hint()
        return key not in ("q", "\x04")

    def after(self, path: Path) -> Path:
        """The next kata that is not finished, round and round."""
        place = self.files.index(path)
        others = self.files[place + 1 :] + self.files[: place + 1]
        return next((file for file in others if not self.is_done(file)), others[0])

    def is_done(self, path: Path) -> bool:
        """Whether nothing is left to do in a file, as far as is known."""
        return path in self.known and focus(self.known[path]) is None

    def hint(self) -> None:
        """The next hint for the function in focus of the current kata."""
        entry = focus(self.known.get(self.current, []))
        if entry is not None:
            self.hints += 1
            for line in hints.of_focus(entry, self.hints, self.writer.fullwidth):
                self.writer.line(line)
            self.writer.flush()

    def stop(self) -> None:
        """Ends the run that is on; a quiet one is looked at again later."""
        if self.run is not None and self.running is not None:
            self.run.kill()
            path, quiet = self.running
            self.pending = [path, *self.pending] if quiet else self.pending
            self.run = self.running = None

    def clear(self) -> None:
        """Takes away the folder that runs were told through, unless pictures were drawn there."""
        self.order.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self.order.parent.rmdir()


def _katas_in(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (file for file in path.iterdir() if catalogue.kata_of(file))
    elif path.exists() and catalogue.kata_of(path):
        yield path
