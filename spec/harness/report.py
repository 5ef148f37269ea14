"""What a learner sees: the text of a failure, and what to do next."""

import difflib
import functools
import textwrap
import traceback
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

import pytest

from spec.harness import catalogue
from spec.harness.binding import KataModule
from spec.harness.judging import device_of, function_under_test
from spec.harness.verdicts import CheckFailure, Kind, Verdict

LABEL = 10
PRINTED = 10  # lines of what a function printed


def pytest_itemcollected(item: pytest.Item) -> None:
    """Has a spec test describe its failure in the learner's words, unless pytest's are asked for.

    Set before the failure, since pytest's own description takes fifty times as long to make.
    """
    ours = isinstance(item, pytest.Function) and item.getparent(KataModule)
    if ours and not plain_pytest(item.config):
        item.repr_failure = functools.partial(failure_text, item)  # type: ignore[method-assign]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Notes on the report of a failed spec test what it is about."""
    report = yield
    module = item.getparent(KataModule)
    if module is None or call.excinfo is None:
        return report
    error, subject = call.excinfo.value, module.subject
    function = function_under_test(item)
    kind = error.kind if isinstance(error, Verdict) else Kind.TEST
    report.kata = {  # type: ignore[attr-defined]
        "name": module.kata.name,
        "file": catalogue.shown(subject.implementation.path),
        "place": subject.implementation.place(function),
        "function": function,
        "kind": kind.value,
    }
    report.sections = [(title, _shortened(text)) for title, text in report.sections]
    return report


def plain_pytest(config: pytest.Config) -> bool:
    """Whether pytest's own view was asked for."""
    return config.getoption("tbstyle") in ("long", "short", "native") or (
        config.get_verbosity() >= 2
    )


def failure_text(item: pytest.Function, excinfo: pytest.ExceptionInfo[BaseException]) -> str:
    """The failure as the learner reads it: place, rule, call, expected, got, what to do."""
    module = item.getparent(KataModule)
    assert module is not None
    error, subject, function = excinfo.value, module.subject, function_under_test(item)
    implementation = subject.implementation
    device = device_of(item)
    lines = [f"{implementation.place(function)} {function}"]
    if isinstance(error, Verdict):
        if error.kind is Kind.FILE:
            lines = [f"{catalogue.shown(implementation.path)}"]
        return "\n".join([*lines, *_row("problem", error.problem), *_row("do", error.advice)])
    rule = item.obj.__doc__ or item.name
    lines += _row("rule", " ".join(rule.split()) + (f"  [{device.type}]" if device else ""))
    call = next((c for c in reversed(subject.calls) if c.function == function), None)
    if call is not None:
        lines += _row("called", str(call))
    if isinstance(error, CheckFailure):
        if error.expected:
            lines += _row("expected", error.expected)
        got = error.got or (call.answer() if call else None)
        lines += _row("got", got) if got else []
        lines += _row("problem", error.problem)
        return "\n".join(lines)
    lines += _raised(error, implementation.path, call is not None and call.returned)
    return "\n".join(lines)


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(report: Any, config: pytest.Config) -> Any:
    """Counts what was never written apart from what is wrong."""
    if report.failed and _kind(report) == Kind.NOT_STARTED.value:
        return "not started", "-", ("NOT STARTED", {"yellow": True})
    return None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(
    terminalreporter: Any, config: pytest.Config
) -> Generator[None, None, None]:
    """Shows each failure of a kata once, however many tests ran into it."""
    stats = terminalreporter.stats
    failed = stats.get("failed", [])
    ours = [] if plain_pytest(config) else [report for report in failed if _kind(report)]
    if ours and config.getoption("tbstyle") != "no":
        stats["failed"] = [report for report in failed if report not in ours]
        _show_failures(terminalreporter, ours)
    yield
    if ours:
        stats["failed"] = failed
    _show_not_started(terminalreporter, stats.get("not started", []))
    for line in _misplaced(config):
        terminalreporter.write_line(line)


def _row(label: str, text: str) -> list[str]:
    """A labelled line; what follows in the text is indented under its beginning."""
    first, *rest = text.splitlines() or [""]
    return [f"  {label:<{LABEL}}{first}", *(" " * (LABEL + 2) + line for line in rest)]


def _raised(error: BaseException, path: Path, returned: bool) -> list[str]:
    """What the function raised and where; or that the spec could not use what it returned."""
    message = f"{type(error).__name__}: {error}".rstrip(": ")
    own = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)]
    if own:
        return [
            *_row("raised", message),
            *_row("at", f"{catalogue.shown(path)}:{own[-1].lineno}\n    {own[-1].line}"),
        ]
    problem = "the spec can't use what came back" if returned else "the spec failed"
    return _row("problem", f"{problem}: {message}")


def _shortened(text: str) -> str:
    lines = text.splitlines()
    if len(lines) > PRINTED:
        lines[PRINTED:] = [f"… and {len(lines) - PRINTED:,} lines more"]
    return "\n".join(line if len(line) <= 200 else f"{line[:200]} …" for line in lines)


def _kind(report: Any) -> str | None:
    return getattr(report, "kata", {}).get("kind")


def _show_failures(terminal: Any, reports: Iterable[Any]) -> None:
    """Prints the failures; those of a whole file or function once, with their number."""
    groups: dict[tuple[str, ...], list[Any]] = {}
    for report in reports:
        key = {
            Kind.FILE.value: (report.kata["file"],),
            Kind.FUNCTION.value: (report.kata["file"], report.kata["function"]),
        }.get(report.kata["kind"], (report.nodeid,))
        groups.setdefault(key, []).append(report)
    terminal.write_sep("=", "what to mend")
    for group in groups.values():
        terminal.write_line(str(group[0].longrepr))
        if len(group) > 1:
            terminal.write_line(f"  {'tests':<{LABEL}}{len(group)} fail for this reason")
        for title, text in group[0].sections:
            terminal.write_line(f"  -- {title} --")
            terminal.write_line(textwrap.indent(text.rstrip(), "  "))
        terminal.write_line("")


def _show_not_started(terminal: Any, reports: list[Any]) -> None:
    """Prints a line for each function that is not started, and where to begin."""
    if not reports:
        return
    places: dict[tuple[str, str], dict[str, str]] = {}
    for report in reports:
        places.setdefault((report.kata["file"], report.kata["function"]), report.kata)
    terminal.write_sep("=", "not started")
    rows = sorted(places.values(), key=_in_file_order)
    width = max(len(row["place"]) for row in rows)
    for row in rows:
        terminal.write_line(f"{row['place']:<{width}}  {row['function']}")
    first = rows[0]
    terminal.write_line("")
    terminal.write_line(f"Begin with {first['function']}: open {first['place']}, read, write it.")
    terminal.write_line(f"Then run: pytest {first['file']} -k {first['function']}")


def _in_file_order(row: dict[str, str]) -> tuple[str, int]:
    return row["file"], int(row["place"].rpartition(":")[2])


def _misplaced(config: pytest.Config) -> list[str]:
    """A line for each folder named that holds no kata, and for each file that is nearly one."""
    lines = []
    names = [kata.name for kata in catalogue.katas()]
    for folder in filter(Path.is_dir, map(Path, config.args)):
        files = list(folder.rglob("*.py"))
        for path in files:
            close = difflib.get_close_matches(path.stem, names, n=1, cutoff=0.8)
            if close and not catalogue.is_ours(path) and path.stem not in names:
                lines.append(f"{catalogue.shown(path)} is no kata. Is it meant as {close[0]}.py?")
        if not any(catalogue.kata_of(path) or path.name.startswith("test_") for path in files):
            lines.append(
                f"No kata in {catalogue.shown(folder)}. A kata is a file of one of these names, "
                f"with .py behind: {', '.join(names)}."
            )
    return lines
