"""What one failure says to a learner: where, the rule, the call, expected, got, what to do."""

import functools
from collections.abc import Generator
from typing import Any

import pytest

from spec.harness import rendering
from spec.harness.explaining import diagnosis
from spec.harness.explaining.panels import panels
from spec.harness.explaining.progress import ACQUITTAL
from spec.harness.explaining.rows import lines, rows
from spec.harness.rendering import unmarked
from spec.harness.running.cases import (
    device_of,
    function_under_test,
    is_read,
    note_failure,
    without_device,
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
    """Notes on the report of a spec test what it is about, in plain data that workers can send."""
    report = yield
    module = item.getparent(KataModule)
    if module is None or not isinstance(item, pytest.Function):
        return report
    if call.when == "teardown" and not report.failed:
        facts = _acquittals(item, module)
    elif call.when == "call" or report.failed:
        facts = _facts(item, module, report, call)
    else:
        return report
    if facts is not None:
        report.kata = facts  # type: ignore[attr-defined]
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Remembers what comes next, to know the last test of a function."""
    item.stash[next_key] = nextitem


next_key: pytest.StashKey[pytest.Item | None] = pytest.StashKey()


def _facts(
    item: pytest.Function,
    module: KataModule,
    report: pytest.TestReport,
    call: pytest.CallInfo[None],
) -> dict[str, Any]:
    """What a test is about, and how it failed if it did."""
    subject, function = module.subject, function_under_test(item)
    facts = {**_place(module, function), "kind": None}
    if call.excinfo is None:
        if diagnosing(item):
            diagnosis.remember_passed(item, subject, function)
        return facts
    note_failure(item)
    error, device = call.excinfo.value, device_of(item)
    report.sections = [(title, _shortened(text)) for title, text in report.sections]
    facts |= {
        "kind": (error.kind if isinstance(error, Verdict) else Kind.TEST).value,
        "test": without_device(item),
        "device": device.type if device else None,
        "order": (report.location[1] or 0, report.nodeid),
        "rows": rows(item, error),
        "printed": report.sections,
    }
    if item.config.getoption("pictures") and not isinstance(error, Verdict):
        facts["panels"] = panels(module.kata, subject.last_call(function), error)
    if diagnosing(item):
        facts["mistakes"] = diagnosis.candidates(item, error, subject)
    if isinstance(error, Verdict) and error.line:
        facts["line"] = error.line
    return facts


def _acquittals(item: pytest.Function, module: KataModule) -> dict[str, Any] | None:
    """After the last test of a function: suspects that fail where the learner's does not."""
    following, function = item.stash.get(next_key, None), function_under_test(item)
    last = following is None or following.path != item.path
    if not (last or function_under_test(following) != function) or not diagnosing(item):  # type: ignore[arg-type]
        return None
    names = diagnosis.acquit(module.subject, function)
    return {**_place(module, function), "kind": ACQUITTAL, "acquitted": names} if names else None


def _place(module: KataModule, function: str) -> dict[str, Any]:
    implementation = module.subject.implementation
    return {
        "name": module.kata.name,
        "file": rendering.shown(implementation.path),
        "line": implementation.line_of(function),
        "function": function,
    }


def diagnosing(item: pytest.Item) -> bool:
    """Whether to look for known mistakes: not in pytest's own view, nor where nobody reads."""
    return not plain_pytest(item.config) and is_read(item)


def _plain(item: pytest.Function, excinfo: pytest.ExceptionInfo[BaseException]) -> str:
    """The failure as plain text, for reports in files and for other tools."""
    module = item.getparent(KataModule)
    assert module is not None
    function = function_under_test(item)
    place = f"{module.subject.implementation.place(function)} {function}"
    device = device_of(item)
    where = f" [{device.type}]" if device else ""
    return unmarked("\n".join([place + where, *lines(rows(item, excinfo.value), WIDTH)]))


def _shortened(text: str) -> str:
    said = text.splitlines()
    if len(said) > PRINTED:
        said[PRINTED:] = [f"… and {len(said) - PRINTED:,} lines more"]
    return "\n".join(line if len(line) <= 200 else f"{line[:200]} …" for line in said)
