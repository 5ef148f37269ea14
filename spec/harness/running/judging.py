"""One test of one function: the state it starts from, the effort, and how it ended."""

from collections.abc import Generator

import hypothesis
import pytest
from _pytest.outcomes import Exit, Failed, Skipped, XFailed
from hypothesis import HealthCheck, Phase, is_hypothesis_test, seed
from hypothesis.internal.conjecture import providers

from .. import devices, limits, settings, texts
from ..checks import results
from ..language import tr
from ..verdicts import OF_A_FUNCTION, Kind, Verdict
from . import cases, state
from .calls import own_line, raised_in
from .cases import (
    case_of,
    has_failed,
    is_about_state,
    is_read,
    is_told,
    subject_of,
)
from .collecting import KataModule
from .subject import Subject

LOST = "{function} made {device} unusable, at {place}: {said}"
INSTEAD = (
    "Run with --device cpu: there the error names the index that is out of range. Nothing else "
    "can run on {device} until pytest is started again."
)
BEFORE = "before this run began"
UNUSABLE = "{device} could not be used before this run began: {said}"
ANEW = "Start pytest in a new process; in a notebook, restart the kernel."
ESCAPES = {
    Skipped: "pytest.skip()",
    XFailed: "pytest.xfail()",
    Failed: "pytest.fail()",
    Exit: "pytest.exit()",
    SystemExit: "sys.exit()",
    KeyboardInterrupt: "raise KeyboardInterrupt",
    GeneratorExit: "raise GeneratorExit",
}


def pytest_sessionstart(session: pytest.Session) -> None:
    """Learns to tell Ctrl-C from code that raises KeyboardInterrupt."""
    limits.note_ctrl_c()
    _draw_the_same_for_all()


def _draw_the_same_for_all() -> None:
    """Keeps Hypothesis from mixing constants that it finds in modules into its examples.

    It would read those of a learner's file too, so that a function met other examples if
    something else stood beside it; and reading takes as long as a dozen tests.
    """
    if hasattr(providers, "_get_local_constants"):
        providers._get_local_constants = lambda: providers._local_constants


@pytest.hookimpl(optionalhook=True)
def pytest_timeout_set_timer(item: pytest.Item, settings: object) -> bool | None:
    """Leaves the time limit of a kata's tests to `isolation.limited`."""
    return True if item.getparent(KataModule) else None


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Runs a spec's test: from a known state, within its time, and judged however it ended."""
    module = pyfuncitem.getparent(KataModule)
    if module is None:
        return (yield)
    subject, case = module.subject, case_of(pyfuncitem)
    function, device, limit = case.function, case.device, case.limit
    subject.calls.clear()
    subject.objects.clear()
    subject.require_unit(case.unit)
    reason = cases.left_out(pyfuncitem)
    if reason is not None:
        pytest.skip(reason[1])
    _look_at_the_device(pyfuncitem)
    give_effort(pyfuncitem)
    state.reset(device)
    devices.enter(device, ordinary=not case.edge)
    results.performed = 0
    try:
        with limits.limited(limit, lambda: limits.endless(function, limit), device):
            result = yield
    except BaseException as error:
        verdict = _lost(pyfuncitem, error)
        if verdict is None:
            verdict = error if isinstance(error, Verdict) else _escaped(function, subject, error)
        if verdict is None:
            raise
        if verdict.kind is Kind.ENDLESS and verdict.caught is None:
            verdict.caught = own_line(subject.implementation, verdict)
        if verdict.kind in OF_A_FUNCTION:
            subject.ended[function] = verdict
        raise verdict from None
    finally:
        changed = state.disturbed(function)
        if changed:
            subject.disturbed.setdefault(function, changed)
        devices.enter(None)
        state.reset(device)
    if lost := _lost(pyfuncitem):
        raise lost
    if is_about_state(case) and function in subject.disturbed:
        raise subject.disturbed[function].afresh()
    if not results.performed:
        raise AssertionError(f"{pyfuncitem.name} performs no check: the spec is at fault")
    return result


def give_effort(item: pytest.Function) -> None:
    """Sets how many examples Hypothesis tries: most on the first device, the rest is handling."""
    if not is_hypothesis_test(item.obj):
        return
    asked, device = settings.of(item.config), case_of(item).device
    first = device in (None, asked.devices[0])
    examples = asked.examples or settings.examples_of(first, case_of(item).edge)
    seeded = item.config.getoption("hypothesis_seed", None) is not None
    shrinking = [Phase.shrink] if is_read(item) and not is_told(item) else []
    if asked.brief and has_failed(item):
        shrinking = []
    cases.remember_example(item)
    if not seeded:
        seed(item.name)(item.obj)
    # Not kept in a database, so no key need be made of the test's source.
    item.obj._hypothesis_internal_database_key = b""
    # Hypothesis reads a test's settings from here; @settings would only serve one device.
    item.obj._hypothesis_internal_use_settings = hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=(Phase.explicit, Phase.generate, *shrinking),
        suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
    )


def _look_at_the_device(item: pytest.Function) -> None:
    """Raises the verdict on a device that can't be used from the first, which is nobody's fault."""
    device, known = case_of(item).device, cases.failures(item.config)
    if device is None or device.type in known.found:
        return
    said = state.failure_of(device)
    if said is not None:
        cases.lose(item.config, device, tr(BEFORE))
        raise Verdict(Kind.LOST, tr(UNUSABLE).format(device=device.type, said=said), tr(ANEW))
    known.found.add(device.type)


def _lost(item: pytest.Function, error: BaseException | None = None) -> Verdict | None:
    """The verdict on a function that left its device unusable, which nobody uses from now on."""
    case, subject = case_of(item), subject_of(item)
    if case.device is None or limits.interrupted():
        return None
    said = state.failure_of(case.device)
    if said is None:
        return None
    known = subject.broke_at or (own_line(subject.implementation, error) if error else None)
    line = known or subject.implementation.line_of(case.function)
    place = f"{texts.shown(subject.implementation.path)}:{line}"
    cases.lose(item.config, case.device, place)
    facts = {"function": case.function, "device": case.device.type, "place": place, "said": said}
    return Verdict(Kind.LOST, tr(LOST).format(**facts), tr(INSTEAD).format(**facts), line)


def _escaped(function: str, subject: Subject, error: BaseException) -> Verdict | None:
    """The verdict on code that tries to end the test, or was never written; else None."""
    if isinstance(error, NotImplementedError) and raised_in(subject.implementation, error):
        return subject.not_started(function)
    if isinstance(error, KeyboardInterrupt) and limits.interrupted():
        return None
    for kind, words in ESCAPES.items():
        if isinstance(error, kind):
            return Verdict(
                Kind.ESCAPED,
                tr("{function} ends the test with {words}.").format(function=function, words=words),
                tr("A function returns its result or raises the error that its docstring names."),
            )
    return None
