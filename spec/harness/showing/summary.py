"""The end of a run on the terminal: details of the function in focus, and the board."""

import difflib
import fnmatch
import os
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from _pytest.terminal import TerminalReporter

from .. import settings, texts
from ..explaining.progress import Progress, focus, gather, noted
from ..files import catalogue
from ..language import tr
from ..settings import device_names, plain_pytest
from ..verdicts import Kind
from . import board, failures, hints, keeping, pictures

WITHOUT_A_LETTER = {
    Kind.NOT_STARTED: ("not started", "", ("NOT STARTED", {"yellow": True})),
    Kind.FILE: ("failed", "", ("FAILED", {"red": True})),
    Kind.TOLD: ("not run", "", ("NOT RUN", {"yellow": True})),
    Kind.NOT_RUN: ("not run", "", ("NOT RUN", {"yellow": True})),
}


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(report: Any) -> Any:
    """Counts what was never written apart; what a whole file shares has no letter for each test."""
    note = getattr(report, "note", None)
    return WITHOUT_A_LETTER.get(note.kind) if note and not report.passed else None


def pytest_sessionstart(session: pytest.Session) -> None:
    """Has a reporter that shows each failure at once pass over what is not started."""
    reporter: Any = session.config.pluginmanager.getplugin("terminalreporter")
    show = getattr(reporter, "print_failure", None)
    if show:
        reporter.print_failure = lambda report: None if _is_not_started(report) else show(report)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(
    terminalreporter: Any, config: pytest.Config
) -> Generator[None, None, None]:
    """Takes the failures of katas out of pytest's list and shows them in the learner's way.

    A reporter of another plugin has more to say after this; then the learner's list comes later.
    """
    stats = terminalreporter.stats
    failed = stats.get("failed", [])
    ours = any(hasattr(report, "note") for report in failed) and not plain_pytest(config)
    if ours:
        stats["failed"] = [report for report in failed if not hasattr(report, "note")]
    yield
    if type(terminalreporter) is TerminalReporter:
        if ours:
            stats["failed"] = failed
        _tell(terminalreporter, config)
    else:
        if ours:
            stats["failed"] = [report for report in failed if not _is_not_started(report)]
        config.stash[_untold] = terminalreporter, failed


_untold: pytest.StashKey[tuple[Any, list[Any]]] = pytest.StashKey()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """Says last what could not be said before."""
    yield
    if _untold in session.config.stash:
        terminalreporter, failed = session.config.stash[_untold]
        if failed:
            terminalreporter.stats["failed"] = failed
        _tell(terminalreporter, session.config)


def _is_not_started(report: Any) -> bool:
    return hasattr(report, "note") and report.note.kind is Kind.NOT_STARTED


def _tell(terminalreporter: Any, config: pytest.Config) -> None:
    """What the function in focus needs, the board, and what else was asked for."""
    entries = gather(noted(r for reports in terminalreporter.stats.values() for r in reports))
    earned = keeping.keep(entries, config)
    if settings.of(config).watched:
        return
    terminalreporter.ensure_newline()
    writer = config.get_terminal_writer()
    if entries:
        writer.line()
    if not plain_pytest(config) and config.getoption("tbstyle") != "no":
        show_details(writer, entries, config)
    board.show(writer, entries, device_names(config))
    draw(writer, entries, config)
    step = settings.of(config).hints
    if step and (entry := focus(entries)):
        writer.line()
        for line in hints.of_focus(entry, step, writer.fullwidth):
            writer.line(line)
    for line in (*earned, *_misplaced(config)):
        writer.line(line)


def show_details(writer: Any, entries: list[Progress], config: pytest.Config) -> None:
    """What the function in focus needs, or all of them."""
    everything = settings.of(config).everything
    failures.show(writer, entries, everything)


def draw(
    writer: Any, entries: list[Progress], config: pytest.Config, at_hand: Sequence[str] = ()
) -> None:
    """Writes the page of pictures, where it was asked for, and says where it is."""
    folder = settings.of(config).pictures
    if folder and entries:
        try:
            page = pictures.write(folder, entries, device_names(config), at_hand)
        except OSError as error:
            writer.line(
                tr("No pictures: {folder}: {strerror}").format(
                    folder=texts.shown(folder), strerror=error.strerror
                )
            )
        else:
            writer.line(f"Pictures: {page.resolve().as_uri()}")


def _python_files(folder: Path, left_alone: list[str]) -> Iterator[Path]:
    """The modules in a folder, without the folders that pytest leaves alone too."""
    for place, folders, files in os.walk(folder):
        folders[:] = [
            name
            for name in folders
            if not any(fnmatch.fnmatch(name, pattern) for pattern in left_alone)
            and not Path(place, name, "pyvenv.cfg").exists()
        ]
        yield from (Path(place, name) for name in files if name.endswith(".py"))


def _misplaced(config: pytest.Config) -> list[str]:
    """A line for each folder named that holds no kata, and for each file that is nearly one."""
    found = []
    names = [kata.name for kata in catalogue.katas()]
    for folder in filter(Path.is_dir, map(Path, config.args)):
        files = list(_python_files(folder, config.getini("norecursedirs")))
        for path in files:
            close = difflib.get_close_matches(path.stem, names, n=1, cutoff=0.8)
            if close and not catalogue.is_ours(path) and path.stem not in names:
                found.append(
                    tr("{path} is no kata. Is it meant as {close}.py?").format(
                        path=texts.shown(path), close=close[0]
                    )
                )
        if not any(catalogue.kata_of(path) or path.name.startswith("test_") for path in files):
            found.append(
                tr(
                    "No kata in {folder}. A kata is a file of one of these names, with .py behind: "
                    "{names}."
                ).format(folder=texts.shown(folder), names=", ".join(names))
            )
    return found
