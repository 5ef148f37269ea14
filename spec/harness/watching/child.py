"""One run for a watcher: the function in focus first, its verdict at once, the results in a file.

The file named by --watched says which function is to be tried first, and takes the results.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from spec.harness import settings
from spec.harness.explaining import notes, progress
from spec.harness.explaining.notes import Note
from spec.harness.explaining.progress import Progress, focus, gather, noted
from spec.harness.running.cases import case_of, is_case
from spec.harness.settings import device_names
from spec.harness.showing.summary import draw, show_details

SILENT = -2


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds --watched, which only a watcher needs."""
    parser.getgroup("torch-katas").addoption("--watched", help=argparse.SUPPRESS)


def pytest_configure(config: pytest.Config) -> None:
    """Takes over the terminal, where there is a watcher."""
    if config.getoption("watched"):
        config.pluginmanager.register(Child(config, Path(config.getoption("watched"))))


def order(path: Path, first: str | None, quiet: bool) -> None:
    """Writes what a run is to do, for the run to find."""
    path.write_text(json.dumps({"first": first, "quiet": quiet}), encoding="utf-8")


def results(path: Path) -> tuple[list[Progress], list[str]] | None:
    """What a run has found out, and on which devices; None if it came to no end."""
    found = json.loads(path.read_text(encoding="utf-8"))
    if "entries" not in found:
        return None
    return [_received(entry) for entry in found["entries"]], found["devices"]


class Child:
    """Shows the function in focus as soon as its tests have run, and nothing else."""

    def __init__(self, config: pytest.Config, path: Path) -> None:
        ordered = json.loads(path.read_text(encoding="utf-8"))
        self.config, self.path = config, path
        self.first, self.quiet = ordered["first"], ordered["quiet"]
        self.waiting: set[str] = set()
        self.noted: list[Note] = []
        self.shown = False
        config.option.verbose = SILENT
        config.option.disable_warnings = True
        settings.of(config).watched = True

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Puts the tests of the function in focus in front."""
        mine = {i for i in items if is_case(i) and case_of(i).function == self.first}
        items.sort(key=lambda item: item not in mine)
        self.waiting = {item.nodeid for item in mine}

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: Any) -> tuple[str, str, str]:
        """No letter for any test."""
        return report.outcome if report.when == "call" or report.failed else "", "", ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Notes the report, and shows the function in focus when it was the last of its tests."""
        self.noted += noted([report])
        if report.when == "teardown" and report.nodeid in self.waiting:
            self.waiting.remove(report.nodeid)
            if not self.waiting and not self.quiet:
                self._show_first()

    def pytest_sessionfinish(self) -> None:
        """Shows what is next where the function in focus is done, and hands over the results."""
        entries = gather(self.noted)
        if not self.quiet and not self.shown:
            show_details(self._writer(), entries, self.config)
        if not self.quiet:
            draw(self._writer(), entries, self.config)
        found = {"entries": [_sent(entry) for entry in entries]}
        text = json.dumps({**found, "devices": device_names(self.config)})
        self.path.write_text(text, encoding="utf-8")

    def _show_first(self) -> None:
        entry = focus(gather(self.noted))
        if entry is None:
            done = gather(self.noted)[0]
            passed = f"{done.place} {done.function}: all {done.total} tests pass"
            self._writer().line(passed, green=True)
            self._writer().line()
        elif entry.failures:
            show_details(self._writer(), gather(self.noted), self.config)
            self.shown = True
        self._writer().flush()

    def _writer(self) -> Any:
        return self.config.get_terminal_writer()


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
