"""One run for a watcher: the functions at hand first, what is found in files, at once and at last.

Which functions these are stands in the order for the run, as does the file for the results.
"""

import contextlib
import io
import json
import pdb
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from _pytest._io import TerminalWriter

from .. import settings
from ..explaining import notes, progress
from ..explaining.notes import Note
from ..explaining.progress import Progress, gather, noted
from ..running.cases import case_of, is_case
from ..settings import device_names
from ..showing.summary import draw
from . import keyboard

SILENT = -2


@dataclass(frozen=True)
class Order:
    """What one run is to do."""

    kata: Path
    answer: Path  # the file that takes the results
    first: list[str]  # the functions at hand
    then: list[str]  # those to be tried next
    quiet: bool = False  # whether nothing is shown, since nobody asked for this run
    more: bool = False  # whether other quiet runs follow
    everything: bool = False  # whether every failure is shown
    pictures: Path | None = None  # the folder to draw into


_order: pytest.StashKey[Order] = pytest.StashKey()


def run(config: pytest.Config, order: Order) -> int:
    """All of pytest but its start, which is behind it already."""
    from _pytest import main

    config.stash[_order] = order
    config.args = [str(order.kata)]
    config.option.watch = False
    config.option.no_header = True
    config.option.all_failures = order.everything
    config.option.pictures = order.pictures
    if order.quiet:
        config.option.usepdb = config.option.trace = False
    return int(main.pytest_cmdline_main(config))


def pytest_configure(config: pytest.Config) -> None:
    """Takes over the terminal, where there is a watcher."""
    order = config.stash.get(_order, None)
    if order is not None:
        config.pluginmanager.register(Child(config, order))


@dataclass(frozen=True)
class Found:
    """What a run has found out, and on which devices."""

    entries: list[Progress]
    devices: list[str]
    said: str  # where its pictures are


def results(path: Path) -> Found | None:
    """What a run has found out; None if it came to no end."""
    return _read(path)


def early(path: Path) -> Found | None:
    """What a run that is on has found out of the functions at hand."""
    return _read(_early(path))


def clear(path: Path) -> None:
    """Takes away what a run was told and what it has said."""
    for each in (path, _early(path), _beside(path)):
        each.unlink(missing_ok=True)


def _early(path: Path) -> Path:
    return path.with_suffix(".early")


def _beside(path: Path) -> Path:
    return path.with_suffix(".new")


def _read(path: Path) -> Found | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        return None
    entries = [_received(entry) for entry in found["entries"]]
    return Found(entries, found["devices"], found["said"])


class Child:
    """Tries the functions at hand first, and says what it finds in files, nothing on the screen."""

    def __init__(self, config: pytest.Config, order: Order) -> None:
        self.config, self.order, self.path = config, order, order.answer
        self.keyboard = keyboard.Borrower(keyboard.note_beside(order.answer))
        self.waiting: dict[str, set[str]] = {}
        self.noted: list[Note] = []
        self.has_failed = False
        config.option.verbose = SILENT
        config.option.disable_warnings = True
        settings.of(config).watched = True

    def pytest_sessionstart(self) -> None:
        """Passes over breakpoints where nobody asked for the run."""
        if self.order.quiet:  # pytest puts it back
            pdb.set_trace = lambda *_, **__: None

    def pytest_enter_pdb(self, pdb: Any) -> None:
        """Takes the keyboard, now and whenever the debugger stops again."""
        prompt = pdb.preloop

        def preloop() -> None:
            self.keyboard.borrow()
            prompt()

        pdb.preloop = preloop
        self.keyboard.borrow()

    def pytest_leave_pdb(self) -> None:
        """Gives the keyboard back, as the run goes on."""
        self.keyboard.give_back()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Puts the functions at hand in front, then those that were finished."""
        order = [*self.order.first, *self.order.then]

        def place(item: pytest.Item) -> int:
            name = case_of(item).function if is_case(item) else None
            return order.index(name) if name in order else len(order)

        items.sort(key=place)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Notes which tests each function has."""
        for item in filter(is_case, session.items):
            self.waiting.setdefault(case_of(item).function, set()).add(item.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: Any) -> tuple[str, str, str]:
        """No letter for any test."""
        return report.outcome if report.when == "call" or report.failed else "", "", ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Notes the report, and tells of a function whose last test it was, if that is new."""
        self.noted += noted([report])
        if report.when != "teardown" or self.order.quiet or self.has_failed:
            return
        for name, left in self.waiting.items():
            if report.nodeid in left:
                left.remove(report.nodeid)
                if not left:
                    self._tell_of(name)

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Hands over the results, unless a person has ended the run."""
        self.keyboard.give_back()
        if exitstatus == pytest.ExitCode.INTERRUPTED:
            return
        entries, said = gather(self.noted), io.StringIO()
        if not self.order.quiet:
            draw(TerminalWriter(said), entries, self.config, self.order.first)
        self.path.write_text(self._text(entries, said.getvalue().strip()), encoding="utf-8")

    def _tell_of(self, name: str) -> None:
        """Hands over what is known so far: at once where a function fails, or was waited for."""
        entries = gather(self.noted)
        self.has_failed = any(entry.failures for entry in entries)
        awaited = name in self.order.first and not any(map(self.waiting.get, self.order.first))
        if self.has_failed or awaited:
            _beside(self.path).write_text(self._text(entries), encoding="utf-8")
            with contextlib.suppress(OSError):  # Windows, where it is being read just now
                _beside(self.path).replace(_early(self.path))

    def _text(self, entries: list[Progress], said: str = "") -> str:
        devices = device_names(self.config)
        sent = [_sent(entry) for entry in entries]
        return json.dumps({"entries": sent, "devices": devices, "said": said}, default=list)


def _sent(entry: Progress) -> dict[str, Any]:
    """A function's progress as what is written into a file."""
    data = asdict(entry)
    for name, tally in (("core", entry.core), ("edges", entry.edges)):
        data[name]["failures"] = [notes.sent(note) for note in tally.failures]
    return data


def _received(data: dict[str, Any]) -> Progress:
    """The progress that was written into a file."""
    core, edges = progress.tally_of(data["core"]), progress.tally_of(data["edges"])
    return Progress(**{**data, "core": core, "edges": edges})
