"""One run for a watcher: the functions at hand first, what is found in files, at once and at last.

The file named by --watched says which functions are to be tried first, and takes the results.
"""

import argparse
import contextlib
import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from _pytest._io import TerminalWriter

from spec.harness import settings
from spec.harness.explaining import notes, progress
from spec.harness.explaining.notes import Note
from spec.harness.explaining.progress import Progress, gather, noted
from spec.harness.running.cases import case_of, is_case
from spec.harness.settings import device_names
from spec.harness.showing.summary import draw

SILENT = -2


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds --watched, which only a watcher needs."""
    parser.getgroup("torch-katas").addoption("--watched", help=argparse.SUPPRESS)


def pytest_configure(config: pytest.Config) -> None:
    """Takes over the terminal, where there is a watcher."""
    if config.getoption("watched"):
        config.pluginmanager.register(Child(config, Path(config.getoption("watched"))))


def order(path: Path, first: list[str], then: list[str], quiet: bool) -> None:
    """Writes what a run is to do, for the run to find."""
    _early(path).unlink(missing_ok=True)
    text = json.dumps({"first": first, "then": then, "quiet": quiet})
    path.write_text(text, encoding="utf-8")


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
    if "entries" not in found:
        return None
    entries = [_received(entry) for entry in found["entries"]]
    return Found(entries, found["devices"], found["said"])


class Child:
    """Tries the functions at hand first, and says what it finds in files, nothing on the screen."""

    def __init__(self, config: pytest.Config, path: Path) -> None:
        ordered = json.loads(path.read_text(encoding="utf-8"))
        self.config, self.path = config, path
        self.first, self.then, self.quiet = ordered["first"], ordered["then"], ordered["quiet"]
        self.waiting: dict[str, set[str]] = {}
        self.noted: list[Note] = []
        self.has_failed = False
        config.option.verbose = SILENT
        config.option.disable_warnings = True
        settings.of(config).watched = True

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Puts the functions at hand in front, then those that were finished."""
        order = [*self.first, *self.then]

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
        if report.when != "teardown" or self.quiet or self.has_failed:
            return
        for name, left in self.waiting.items():
            if report.nodeid in left:
                left.remove(report.nodeid)
                if not left:
                    self._tell_of(name)

    def pytest_sessionfinish(self) -> None:
        """Hands over the results."""
        entries, said = gather(self.noted), io.StringIO()
        if not self.quiet:
            draw(TerminalWriter(said), entries, self.config)
        self.path.write_text(self._text(entries, said.getvalue().strip()), encoding="utf-8")

    def _tell_of(self, name: str) -> None:
        """Hands over what is known so far: at once where a function fails, or was waited for."""
        entries = gather(self.noted)
        self.has_failed = any(entry.failures for entry in entries)
        awaited = name in self.first and not any(map(self.waiting.get, self.first))
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
