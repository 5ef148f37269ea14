"""What one failure says to a learner: where, the rule, the call, expected, got, what to do."""

import functools
from collections.abc import Generator
from typing import Any

import pytest

from spec.harness import catalogue, diagnosis, explaining
from spec.harness.binding import KataModule
from spec.harness.calls import Subject
from spec.harness.details import Rows, lines
from spec.harness.judging import (
    device_of,
    function_under_test,
    is_read,
    note_failure,
    without_device,
)
from spec.harness.panels import panels
from spec.harness.rendering import unmarked
from spec.harness.verdicts import CheckFailure, Kind, Verdict

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
    if module is None or not (call.when == "call" or report.failed):
        return report
    subject, function = module.subject, function_under_test(item)
    facts: dict[str, Any] = {
        "name": module.kata.name,
        "file": catalogue.shown(subject.implementation.path),
        "line": subject.implementation.line_of(function),
        "function": function,
        "kind": None,
    }
    if call.excinfo is not None and isinstance(item, pytest.Function):
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
    report.kata = facts  # type: ignore[attr-defined]
    return report


def plain_pytest(config: pytest.Config) -> bool:
    """Whether pytest's own view was asked for."""
    return config.getoption("tbstyle") in ("long", "short", "native") or (
        config.get_verbosity() >= 2
    )


def diagnosing(item: pytest.Item) -> bool:
    """Whether to look for known mistakes: not in pytest's own view, nor where nobody reads."""
    return not plain_pytest(item.config) and is_read(item)


def rows(item: pytest.Function, error: BaseException) -> Rows:
    """The failure as labelled texts, in the order in which a learner needs them."""
    module = item.getparent(KataModule)
    assert module is not None
    if isinstance(error, Verdict):
        return [("problem", error.problem), ("do", error.advice)]
    subject, function = module.subject, function_under_test(item)
    said = [("rule", " ".join((item.obj.__doc__ or item.name).split()))]
    call = subject.last_call(function)
    if call is not None:
        said.append(("called", str(call)))
    if isinstance(error, CheckFailure):
        got = error.got or (call.answer() if call else None)
        said += [("expected", error.expected)] if error.expected else []
        said += [("got", got)] if got else []
        return [*said, ("problem", error.problem)]
    returned = call is not None and call.returned
    return [*said, *_raised(error, subject, returned)]


def _plain(item: pytest.Function, excinfo: pytest.ExceptionInfo[BaseException]) -> str:
    """The failure as plain text, for reports in files and for other tools."""
    module = item.getparent(KataModule)
    assert module is not None
    function = function_under_test(item)
    place = f"{module.subject.implementation.place(function)} {function}"
    device = device_of(item)
    where = f" [{device.type}]" if device else ""
    return unmarked("\n".join([place + where, *lines(rows(item, excinfo.value), WIDTH)]))


def _raised(error: BaseException, subject: Subject, returned: bool) -> Rows:
    """What the function raised and where; or that the spec could not use what it returned."""
    message = f"{type(error).__name__}: {error}".rstrip(": ")
    path = subject.implementation.path
    own = explaining.own_lines(error, path)
    if not own:
        problem = "the spec can't use what came back" if returned else "the spec failed"
        return [("problem", f"{problem}: {message}")]
    meaning = explaining.meaning(error)
    tensors = explaining.own_tensors(error, path)
    return [
        ("raised", message),
        *([("meaning", meaning)] if meaning else []),
        ("at", "\n".join(own)),
        *([("with", "\n".join(tensors))] if tensors else []),
    ]


def _shortened(text: str) -> str:
    said = text.splitlines()
    if len(said) > PRINTED:
        said[PRINTED:] = [f"… and {len(said) - PRINTED:,} lines more"]
    return "\n".join(line if len(line) <= 200 else f"{line[:200]} …" for line in said)
