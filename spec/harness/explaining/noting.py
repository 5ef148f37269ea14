"""What one failure says to a learner: where, the rule, the call, expected, got, what to do."""

import functools
from collections.abc import Generator
from dataclasses import replace
from typing import Any

import pytest

from spec.harness import rendering, settings
from spec.harness.explaining import diagnosis, facts, progress, suspects
from spec.harness.explaining.endings import Likeness
from spec.harness.explaining.panels import panels
from spec.harness.explaining.progress import Note
from spec.harness.explaining.rows import lines, rows
from spec.harness.rendering import unmarked
from spec.harness.running.cases import (
    case_of,
    is_case,
    is_read,
    note_failure,
    stage,
    subject_of,
)
from spec.harness.running.collecting import KataModule
from spec.harness.settings import plain_pytest
from spec.harness.verdicts import Kind, Verdict

PRINTED = 10  # lines of what a function printed
WIDTH = 80  # of the text in files and for other tools


def pytest_itemcollected(item: pytest.Item) -> None:
    """Has a spec test describe its failure in the learner's words, unless pytest's are asked for.

    Set before the failure, since pytest's own description takes fifty times as long to make.
    """
    if not isinstance(item, pytest.Function) or plain_pytest(item.config):
        return
    if item.getparent(KataModule):
        item.repr_failure = functools.partial(_plain, item)  # type: ignore[method-assign]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Notes on the report of a spec test what it is about."""
    report = yield
    if not isinstance(item, pytest.Function) or not is_case(item):
        return report
    note = None
    if call.when == "teardown" and not report.failed:
        note = _acquittals(item)
    elif call.when == "call" or report.failed:
        note = _note(item, report, call)
    if note is not None:
        report.note = note  # type: ignore[attr-defined]
    return report


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable(report: Any) -> Generator[None, Any, Any]:
    """Makes plain data of a note, which workers can send."""
    data = yield
    if data is not None and hasattr(report, "note"):
        data["note"] = progress.sent(report.note)
    return data


@pytest.hookimpl(wrapper=True)
def pytest_report_from_serializable() -> Generator[None, Any, Any]:
    """Makes a note of the data that a worker has sent."""
    report = yield
    if hasattr(report, "note"):
        report.note = progress.received(report.note)
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Remembers what comes next, to know the last test of a function."""
    item.stash[next_key] = nextitem


next_key: pytest.StashKey[pytest.Item | None] = pytest.StashKey()


def _note(item: pytest.Function, report: pytest.TestReport, call: pytest.CallInfo[None]) -> Note:
    """What a test is about, and how it failed if it did."""
    case, subject, note = case_of(item), subject_of(item), _blank(item)
    if call.excinfo is None:
        if diagnosing(item):
            diagnosis.remember_passed(item)
        return replace(note, edge=case.edge)
    note_failure(item)
    error = call.excinfo.value
    report.sections = [(title, _shortened(text)) for title, text in report.sections]
    verdict = error if isinstance(error, Verdict) else None
    alike = diagnosis.candidates(item, error) if diagnosing(item) else None
    drawn = settings.of(item.config).pictures is not None and verdict is None
    return replace(
        note,
        kind=verdict.kind if verdict else Kind.TEST,
        line=verdict.line if verdict and verdict.line else note.line,
        edge=case.edge,
        rule=case.rule,
        test=case.name,
        device=case.device.type if case.device else None,
        order=(stage(case), report.location[1] or 0, _row(item) + report.nodeid),
        rows=list(rows(item, error)),
        printed=report.sections,
        panels=panels(case.kata, subject.last_call(case.unit.owner), error) if drawn else [],
        notice=facts.notice(error),
        judged=alike is not None,
        mistakes={name: suspects.words(case.kata, name) for name in alike or {}},
        exact=[name for name, like in (alike or {}).items() if like is Likeness.EXACT],
    )


def _row(item: pytest.Function) -> str:
    """Which row of a table a test is, as text that sorts in the table's order."""
    rows = item.callspec.indices.values() if hasattr(item, "callspec") else ()
    return "".join(f"{row:04}" for row in rows)


def _acquittals(item: pytest.Function) -> Note | None:
    """After the last test of a function: suspects that fail where the learner's does not."""
    following, case = item.stash.get(next_key, None), case_of(item)
    if following is not None and is_case(following):
        after = case_of(following)
        if (after.path, after.function) == (case.path, case.function):
            return None
    if not diagnosing(item):
        return None
    names = diagnosis.acquit(subject_of(item), case.function)
    return replace(_blank(item), acquitted=names) if names else None


def _blank(item: pytest.Item) -> Note:
    """Which function a test is about, and where that is."""
    case, implementation = case_of(item), subject_of(item).implementation
    file = rendering.shown(implementation.path)
    return Note(case.kata.name, file, implementation.line_of(case.function), case.function)


def diagnosing(item: pytest.Item) -> bool:
    """Whether to look for known mistakes: not in pytest's own view, nor where nobody reads."""
    return not plain_pytest(item.config) and is_read(item)


def _plain(item: pytest.Function, excinfo: pytest.ExceptionInfo[BaseException]) -> str:
    """The failure as plain text, for reports in files and for other tools."""
    case = case_of(item)
    place = f"{subject_of(item).implementation.place(case.function)} {case.function}"
    where = f" [{case.device.type}]" if case.device else ""
    return unmarked("\n".join([place + where, *lines(rows(item, excinfo.value), WIDTH)]))


def _shortened(text: str) -> str:
    said = text.splitlines()
    if len(said) > PRINTED:
        said[PRINTED:] = [f"… and {len(said) - PRINTED:,} lines more"]
    return "\n".join(line if len(line) <= 200 else f"{line[:200]} …" for line in said)
