"""What one failure says to a learner: where, the rule, the call, expected, got, what to do."""

import functools
from collections.abc import Generator
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

import pytest

from .. import devices, settings, texts
from ..files import sources
from ..language import tr
from ..rendering import unmarked
from ..running import state
from ..running.calls import own_line, raised_in
from ..running.cases import (
    case_of,
    is_case,
    is_read,
    is_told,
    left_out,
    lose,
    note_failure,
    stage,
    subject_of,
)
from ..running.collecting import KataModule
from ..running.subject import Subject
from ..settings import plain_pytest
from ..verdicts import CheckFailure, Kind, Verdict
from . import diagnosis, facts, notes, progress, suspects, training
from .endings import ROUGH, WEAK, Likeness, is_bare
from .facts import Seen
from .guarding import guarded
from .lines import Rows, lines
from .notes import Note
from .panels import panels
from .rows import rows, shortened, shown_call

WHILE = "a known mistake was tried on it"

OF_THE_TEST = "Captured stdout call"  # as pytest calls what a test printed
WIDTH = 80  # of the text in files and for other tools


def pytest_itemcollected(item: pytest.Item) -> None:
    """Has a spec test describe its failure in the learner's words, unless pytest's are asked for.

    Set before the failure, since pytest's own description takes fifty times as long to make.
    """
    if not isinstance(item, pytest.Function) or plain_pytest(item.config):
        return
    if item.getparent(KataModule):
        item.repr_failure = functools.partial(_described, item)  # type: ignore[method-assign]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Notes on the report of a spec test what it is about."""
    if not isinstance(item, pytest.Function) or not is_case(item):
        return (yield)
    note = None
    if call.when == "call":
        note = _failed(item, call.excinfo.value) if call.excinfo else _passed(item)
        item.stash[_described_key] = note
    report = yield
    item.stash[_described_key] = None
    if call.when == "teardown" and not report.failed:
        note = _acquittals(item)
    elif report.failed and note is None and call.excinfo is not None:
        note = _failed(item, call.excinfo.value)
    if note is not None:
        if note.kind is not None:
            report.sections = [(title, shortened(text)) for title, text in report.sections]
            note = replace(note, printed=_not_said(item, note, report.sections))
        report.note = note  # type: ignore[attr-defined]
    return report


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable(report: Any) -> Generator[None, Any, Any]:
    """Makes plain data of a note, which workers can send."""
    data = yield
    if data is not None and hasattr(report, "note"):
        data["note"] = notes.sent(report.note)
    return data


@pytest.hookimpl(wrapper=True)
def pytest_report_from_serializable() -> Generator[None, Any, Any]:
    """Makes a note of the data that a worker has sent."""
    report = yield
    if hasattr(report, "note"):
        report.note = notes.received(report.note)
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Remembers what comes next, to know the last test of a function."""
    item.stash[next_key] = nextitem


next_key: pytest.StashKey[pytest.Item | None] = pytest.StashKey()


_described_key: pytest.StashKey[Note | None] = pytest.StashKey()
_failures_so_far: WeakKeyDictionary[Subject, list[Note]] = WeakKeyDictionary()


def _passed(item: pytest.Function) -> Note:
    """What a test that passed is about."""
    if diagnosing(item):
        diagnosis.remember_passed(item)
    case = case_of(item)
    device = case.device.type if case.device else None
    return replace(_blank(item), edge=case.edge, test=case.name, device=device)


def _failed(item: pytest.Function, error: BaseException) -> Note:
    """What a test is about, and how it failed."""
    case, subject, note = case_of(item), subject_of(item), _blank(item)
    if isinstance(error, pytest.skip.Exception):
        kind, words = left_out(item) or (Kind.NOT_RUN, str(error))
        return replace(note, kind=kind, edge=case.edge, rows=[("problem", words)])
    told = is_told(item)
    verdict = error if isinstance(error, Verdict) else None
    note_failure(item, started=verdict is None or verdict.kind is not Kind.NOT_STARTED)
    alike = guarded(lambda: diagnosis.candidates(item, error), None) if diagnosing(item) else None
    _look_after(item)
    drawn = settings.of(item.config).pictures is not None and verdict is None
    last_call = subject.last_call(case.unit.owner)
    own = subject.implementation.definitions.get(case.unit.owner)
    nan = None if verdict else guarded(lambda: _nan(item), None)
    return replace(
        note,
        kind=verdict.kind if verdict else Kind.TEST,
        line=verdict.line if verdict and verdict.line else note.line,
        edge=case.edge,
        rule=case.rule,
        test=case.name,
        device=case.device.type if case.device else None,
        order=(stage(case), case.order, f"{told:d}{_row(item)}{item.nodeid}"),
        rows=list(_told(item, error, nan)),
        panels=guarded(lambda: panels(case.kata, last_call, error), []) if drawn else [],
        notice=None if verdict or nan else facts.notice(error, _seen(item, error)),
        weak=_is_weak(item, error),
        rough=isinstance(error, CheckFailure) and error.about in ROUGH,
        judged=alike is not None,
        mistakes={name: tr(suspects.words(case.kata, name)) for name in alike or {}},
        spelt=suspects.spelt(case.kata, own, alike or ()) if own else {},
        exact=[name for name, like in (alike or {}).items() if like is Likeness.EXACT],
    )


def _is_weak(item: pytest.Function, error: BaseException) -> bool:
    """Whether answers that differ in much end like this: an error of one's own is one, too."""
    if isinstance(error, Verdict):
        return error.kind is Kind.DISTURBED
    if not isinstance(error, CheckFailure):
        return raised_in(subject_of(item).implementation, error)
    call = subject_of(item).last_call(case_of(item).unit.owner)
    result = error.actual if error.has_actual else call.result if call else None
    return error.about in WEAK or is_bare(result)


def _seen(item: pytest.Function, error: BaseException) -> Seen:
    """What a failure is looked at together with, to say what is plain of it."""
    case, subject = case_of(item), subject_of(item)
    owner, implementation = case.unit.owner, subject.implementation
    call = subject.last_call(owner)
    elsewhere = devices.is_accelerator(case.device)
    return Seen(
        arguments=call.by_name(sources.parameters(sources.promised(case.kata)[owner]))
        if call
        else {},
        definition=implementation.definitions.get(owner),
        edge=case.edge,
        elsewhere=elsewhere,
        held_on_cpu=elsewhere and diagnosis.has_passed(subject, case, "cpu"),
        line=own_line(implementation, error.__cause__ or error),
        own_raise=raised_in(implementation, error),
        result=call.result if call and call.returned else facts.NOTHING,
        calls=[each for each in subject.calls if each.function == owner],
    )


def _nan(item: pytest.Function) -> str | None:
    """What became of the numbers of a call that trains, where it explains what came."""
    call, names = shown_call(item)
    return training.went_to_nan(call, names) if call is not None else None


def _told(item: pytest.Function, error: BaseException, nan: str | None) -> Rows:
    """The rows of a failure; its own words alone, where more can't be told."""
    said = f"{type(error).__name__}: {error}".rstrip(": ")
    return guarded(lambda: rows(item, error, nan), [("problem", said)])


def _look_after(item: pytest.Item) -> None:
    """Has nothing more run on a device that a known mistake has made unusable."""
    device = case_of(item).device
    if device is not None and state.failure_of(device):
        lose(item.config, device, place=tr(WHILE))


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
    subject, nobody = subject_of(item), list[str]()
    brief = settings.of(item.config).brief
    names = guarded(lambda: diagnosis.acquit(subject, case.function, brief), nobody)
    _look_after(item)
    return replace(_blank(item), acquitted=names) if names else None


def _blank(item: pytest.Item) -> Note:
    """Which function a test is about, and where that is."""
    case, implementation = case_of(item), subject_of(item).implementation
    file = texts.shown(implementation.path)
    return Note(case.kata.name, file, implementation.line_of(case.function), case.function)


def diagnosing(item: pytest.Item) -> bool:
    """Whether to look for known mistakes: not in pytest's own view, nor where nobody reads."""
    return not plain_pytest(item.config) and is_read(item)


def _described(item: pytest.Function, excinfo: pytest.ExceptionInfo[BaseException]) -> str:
    """The failure as plain text, for reports in files and for other tools.

    Of the function's mistake it says what is known by now. What is not started has no text: other
    tools show each text by itself, and there may be hundreds.
    """
    note = item.stash.get(_described_key, None)
    if note is None:  # it is no report that this is for
        return unmarked("\n".join(lines(_told(item, excinfo.value, _nan(item)), WIDTH)))
    if note.kind is Kind.NOT_STARTED:
        return ""
    earlier = _failures_so_far.setdefault(subject_of(item), [])
    earlier.append(note)
    (entry,) = progress.gather(each for each in earlier if each.function == note.function)
    said = [*note.rows, *entry.explained(note)]
    said += [("hint", entry.hint_command())] if note.kind is Kind.TEST else []
    where = f" [{note.device}]" if note.device else ""
    return unmarked("\n".join([f"{entry.place} {entry.function}{where}", *lines(said, WIDTH)]))


def _not_said(
    item: pytest.Item, note: Note, sections: list[tuple[str, str]]
) -> list[tuple[str, str]]:
    """What was printed, but for its calls printed: the row of the last says it."""
    heard = note.kind is Kind.TEST and subject_of(item).last_call(case_of(item).unit.owner)
    return [each for each in sections if not (heard and each[0] == OF_THE_TEST)]
