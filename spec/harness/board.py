"""The end of a run: the function in focus, what it needs, and how far all katas are."""

import difflib
import textwrap
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from spec.harness import catalogue
from spec.harness.plugin import devices_key
from spec.harness.rendering import MARK, UNMARK, unmarked
from spec.harness.report import lines, plain_pytest
from spec.harness.verdicts import Kind

NOT_STARTED = Kind.NOT_STARTED.value


@dataclass
class Progress:
    """One function of one file: the reports of its tests."""

    kata: str
    file: str
    line: int
    function: str
    passed: int = 0
    failed: list[Any] = field(default_factory=list)
    not_started: list[Any] = field(default_factory=list)

    @property
    def done(self) -> bool:
        """Whether all of its tests that ran have passed."""
        return not self.failed and not self.not_started

    @property
    def total(self) -> int:
        """How many of its tests ran."""
        return self.passed + len(self.failed) + len(self.not_started)


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(report: Any, config: pytest.Config) -> Any:
    """Counts what was never written apart from what is wrong."""
    if report.failed and getattr(report, "kata", {}).get("kind") == NOT_STARTED:
        return "not started", "-", ("NOT STARTED", {"yellow": True})
    return None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(
    terminalreporter: Any, config: pytest.Config
) -> Generator[None, None, None]:
    """Takes the failures of katas out of pytest's list and shows them in the learner's way."""
    stats = terminalreporter.stats
    failed = stats.get("failed", [])
    ours = [report for report in failed if hasattr(report, "kata")]
    quiet = plain_pytest(config)
    if ours and not quiet:
        stats["failed"] = [report for report in failed if report not in ours]
    yield
    if ours and not quiet:
        stats["failed"] = failed
    progress = _progress(report for reports in stats.values() for report in reports)
    if not quiet and config.getoption("tbstyle") != "no":
        _show_details(terminalreporter, progress, config.getoption("all_failures"))
    _show_board(terminalreporter, progress)
    for line in _misplaced(config):
        terminalreporter.write_line(line)


def _progress(reports: Iterable[Any]) -> list[Progress]:
    """All functions that were tried, in the order of katas, files and lines."""
    functions: dict[tuple[str, str], Progress] = {}
    for report in reports:
        facts = getattr(report, "kata", None)
        if not facts:
            continue
        key = (facts["file"], facts["function"])
        entry = functions.setdefault(
            key, Progress(facts["name"], facts["file"], facts["line"], facts["function"])
        )
        if report.passed:
            entry.passed += 1
        elif facts["kind"] == NOT_STARTED:
            entry.not_started.append(report)
        else:
            entry.failed.append(report)
    order = {
        (kata.name, function): position
        for kata in catalogue.katas()
        for position, function in enumerate(catalogue.promised(kata))
    }
    return sorted(functions.values(), key=lambda p: (p.kata, p.file, order[p.kata, p.function]))


def _show_details(terminal: Any, progress: list[Progress], everything: bool) -> None:
    """The first function that is not finished, or all of them: what fails, what is not started."""
    unfinished = [entry for entry in progress if not entry.done]
    if not unfinished:
        return
    shown = unfinished if everything else unfinished[:1]
    if any(entry.failed for entry in shown):
        terminal.write_sep("=", "what to mend")
    said: set[str] = set()
    for entry in shown:
        if entry.failed and not _is_said(entry, said):
            _show_failures(terminal, entry, everything)
    file = unfinished[0].file
    waiting = [e for e in unfinished if e.not_started and (everything or e.file == file)]
    if waiting:
        terminal.write_sep("=", "not started")
        width = max(len(_place(entry)) for entry in waiting)
        for entry in waiting:
            terminal.write_line(f"{_place(entry):<{width}}  {entry.function}")
        terminal.write_line("")


def _is_said(entry: Progress, said: set[str]) -> bool:
    """Whether the reason is one of the whole file, and was shown for another function."""
    if entry.failed[0].kata["kind"] != Kind.FILE.value:
        return False
    known = entry.file in said
    said.add(entry.file)
    return known


def _show_failures(terminal: Any, entry: Progress, everything: bool) -> None:
    """The first failure of a function, or all that have a text of their own."""
    reports = sorted(entry.failed, key=lambda report: (report.location[1] or 0, report.nodeid))
    first = reports[0].kata
    alike = [report for report in reports if report.kata["rows"] == first["rows"]]
    whole_file = first["kind"] == Kind.FILE.value
    terminal.write_line(entry.file if whole_file else f"{_place(entry)} {entry.function}")
    for report in reports if everything and len(alike) < len(reports) else reports[:1]:
        for line in lines(report.kata["rows"]):
            terminal.write_line(_coloured(terminal, line))
        mistake = _mistake(entry)
        for line in lines([("mistake", mistake)] if mistake else []):
            terminal.write_line(line)
        for title, text in report.sections:
            terminal.write_line(f"  -- {title} --")
            terminal.write_line(textwrap.indent(text, "  "))
        terminal.write_line("")


def _mistake(entry: Progress) -> str | None:
    """The words for the one known mistake that fails every one of these tests alike, if any."""
    found = [report.kata.get("mistakes") or {} for report in entry.failed]
    shared = [name for name in found[0] if all(name in others for others in found)]
    return found[0][shared[0]] if len(shared) == 1 else None


def _show_board(terminal: Any, progress: list[Progress]) -> None:
    """A line a kata, the total, and the next step."""
    if not progress:
        return
    files: dict[str, list[Progress]] = {}
    for entry in progress:
        files.setdefault(entry.file, []).append(entry)
    focus = next((entry for entry in progress if not entry.done), None)
    terminal.write_sep("=", "board")
    name_width = max(map(len, files))
    for file, entries in files.items():
        done = sum(entry.done for entry in entries)
        state = _state(entries, focus)
        colour = {"done": "green", "not started": "yellow"}.get(state, "red")
        passed, total = sum(e.passed for e in entries), sum(e.total for e in entries)
        terminal.write(f"{file:<{name_width}}  ")
        terminal.write(f"{state:<11}", **{colour: True})
        terminal.write_line(f"  {done:>2}/{len(entries)} functions  {passed:>4}/{total} tests")
    _show_next(terminal, progress, focus)


def _state(entries: list[Progress], focus: Progress | None) -> str:
    """In a word: done, current (it holds the function in focus), not started, begun."""
    if all(entry.done for entry in entries):
        return "done"
    if focus in entries:
        return "current"
    return "begun" if any(entry.passed or entry.failed for entry in entries) else "not started"


def _show_next(terminal: Any, progress: list[Progress], focus: Progress | None) -> None:
    names = [device.type for device in terminal.config.stash[devices_key]]
    where = f"on {', '.join(names)}"
    done = sum(entry.done for entry in progress)
    terminal.write_line("")
    terminal.write_line(f"{done} of {len(progress)} functions are done, {where}.")
    if focus is not None and focus.failed and focus.failed[0].kata["kind"] == Kind.FILE.value:
        terminal.write_line(f"Mend the file: {_place(focus)}")
        terminal.write_line(f"Then run: pytest {focus.file}")
    elif focus is not None:
        verb = "Mend" if focus.failed else "Begin with"
        terminal.write_line(f"{verb} {focus.function}: {_place(focus)}")
        terminal.write_line(f"Then run: pytest {focus.file} -k {focus.function}")
    elif len({entry.kata for entry in progress}) == len(catalogue.katas()):
        terminal.write_line("All katas are done. Compare with solutions/, one way of many.")


def _place(entry: Progress) -> str:
    return f"{entry.file}:{entry.line}"


def _coloured(terminal: Any, line: str) -> str:
    """The line with what differs in red, where the terminal has colours."""
    if not terminal.hasmarkup:
        return unmarked(line)
    return line.replace(MARK, "\x1b[31m").replace(UNMARK, "\x1b[0m")


def _misplaced(config: pytest.Config) -> list[str]:
    """A line for each folder named that holds no kata, and for each file that is nearly one."""
    found = []
    names = [kata.name for kata in catalogue.katas()]
    for folder in filter(Path.is_dir, map(Path, config.args)):
        files = list(folder.rglob("*.py"))
        for path in files:
            close = difflib.get_close_matches(path.stem, names, n=1, cutoff=0.8)
            if close and not catalogue.is_ours(path) and path.stem not in names:
                found.append(f"{catalogue.shown(path)} is no kata. Is it meant as {close[0]}.py?")
        if not any(catalogue.kata_of(path) or path.name.startswith("test_") for path in files):
            found.append(
                f"No kata in {catalogue.shown(folder)}. A kata is a file of one of these names, "
                f"with .py behind: {', '.join(names)}."
            )
    return found
