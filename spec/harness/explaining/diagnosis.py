"""Which known mistake behaves like this: the wrong answers, put through the same failing test.

A wrong answer that ends the test in the same way, on the same example, with the same words, is
a candidate; the board names the one that is left after all failing tests of a function.
"""

import contextlib
import functools
import time
import types
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import pytest
import torch
from hypothesis import is_hypothesis_test

from spec.harness import devices, limits
from spec.harness.files import sources
from spec.harness.files.catalogue import Kata
from spec.harness.files.loading import Implementation, load_ours
from spec.harness.running import state
from spec.harness.running.calls import KataUnderTest
from spec.harness.running.cases import case_of, replayable, subject_of
from spec.harness.running.subject import Subject
from spec.harness.verdicts import CheckFailure, Kind, Verdict

ENOUGH = 2.0  # seconds that a single wrong answer may take
PATIENCE = 0.3  # seconds of computing in which several suspects are told apart

# Verdicts on what a function did, and not on its being there, or too slow.
TELLING = (Kind.ESCAPED, Kind.DISTURBED)

Ending = tuple[object, ...]


class Passed(NamedTuple):
    """A test that the learner's function passes, as it was called."""

    test: Callable[..., None]
    arguments: dict[str, Any]
    ordinary: bool


@dataclass
class Known:
    """What is known of one function: who may still have written it, and what it passes."""

    suspects: dict[str, str] | None = None  # None before its first failure
    passed: list[Passed] = field(default_factory=list)


_known: WeakKeyDictionary[Subject, dict[str, Known]] = WeakKeyDictionary()


def known(subject: Subject, function: str) -> Known:
    """What this module keeps in mind of a function of a subject."""
    return _known.setdefault(subject, {}).setdefault(function, Known())


def candidates(item: pytest.Function, error: BaseException) -> dict[str, str]:
    """The known mistakes that end this test as the learner's function did, with their words."""
    case, subject = case_of(item), subject_of(item)
    kata, function = case.kata, case.unit.owner
    if isinstance(error, Verdict) and error.kind not in TELLING:
        return {}
    seen = _ending_of(error, subject, function)
    mind = known(subject, case.function)
    left = mind.suspects
    if left is None:
        left = {n: w for n, w in known_mistakes(kata).items() if n.partition("__")[0] == function}
    elif isinstance(error, Verdict):
        return left  # the verdict of an earlier test, said again
    mind.suspects = {
        name: words for name, words in left.items() if _ends_alike(item, kata, name, seen)
    }
    return mind.suspects


def remember_passed(item: pytest.Function) -> None:
    """Keeps a test that was passed, for `acquit`."""
    arguments = {name: item.funcargs[name] for name in item._fixtureinfo.argnames}
    known(subject_of(item), case_of(item).function).passed.append(
        Passed(item.obj, arguments, not case_of(item).edge)
    )


def acquit(subject: Subject, function: str) -> list[str]:
    """Those of several suspects that fail a test which the learner's function passes."""
    kata, mind = subject.implementation.kata, known(subject, function)
    suspects = mind.suspects or {}
    until = time.process_time() + PATIENCE
    acquitted: list[str] = []
    quick_first = sorted(mind.passed, key=lambda passed: is_hypothesis_test(passed.test))
    for passed in quick_first:
        for name in list(suspects):
            if len(suspects) <= 1 or time.process_time() > until:
                return acquitted
            if not _passes(passed, kata, name):
                del suspects[name]
                acquitted.append(name)
    return acquitted


def _passes(passed: Passed, kata: Kata, name: str) -> bool:
    device = passed.arguments.get("device")
    state.reset(device)
    devices.enter(device, passed.ordinary)
    try:
        with _trial(name, PATIENCE, device):
            passed.test(**{**passed.arguments, "kata": KataUnderTest(_suspect(kata, name))})
    except (Exception, Verdict):
        return False
    finally:
        devices.enter(None)
        state.reset(device)
    return True


@functools.cache
def known_mistakes(kata: Kata) -> dict[str, str]:
    """The names of a kata's wrong answers, and the words that a learner is told."""
    module = load_ours(kata, kata.wrong).module
    source = kata.wrong.read_text(encoding="utf-8") if kata.wrong.exists() else ""
    known = [name for name in sources.definitions(source) if hasattr(module, name)]
    return {name: " ".join((getattr(module, name).__doc__ or "").split()) for name in known}


def _ends_alike(item: pytest.Function, kata: Kata, name: str, seen: Ending) -> bool:
    """Whether the test ends in the same way with this wrong answer in the function's place."""
    return _ending(item, _suspect(kata, name), name.partition("__")[0]) == seen


def _suspect(kata: Kata, name: str) -> Subject:
    """The solution with this wrong answer in its function's place."""
    right = load_ours(kata, kata.solution)
    module = types.ModuleType(name)
    module.__dict__.update(vars(right.module))
    setattr(module, name.partition("__")[0], getattr(load_ours(kata, kata.wrong).module, name))
    return Subject(Implementation(kata, kata.wrong, module, definitions=right.definitions))


def _ending(item: pytest.Function, subject: Subject, function: str) -> Ending:
    """How the item's test ends with this implementation, on the example that failed."""
    test, arguments = replayable(item)
    device = arguments.get("device")
    device = device if isinstance(device, torch.device) else None
    state.reset(device)
    try:
        with _trial(function, ENOUGH, device):
            test(**{**arguments, "kata": KataUnderTest(subject)})
        changed = state.disturbed(function)
        if changed:
            raise changed
    except (Exception, Verdict) as error:
        return _ending_of(error, subject, function)
    finally:
        state.reset()
    return ("passed",)


@contextlib.contextmanager
def _trial(name: str, seconds: float, device: torch.device | None) -> Iterator[None]:
    """In which a suspect runs: its warnings are not the learner's, and its time is limited."""
    with (
        warnings.catch_warnings(action="ignore"),
        limits.limited(seconds, lambda: limits.endless(name, seconds), device),
    ):
        yield


def _ending_of(error: BaseException, subject: Subject, function: str | None) -> Ending:
    """A failure in comparable form: the words of a check, or the error raised."""
    if isinstance(error, Verdict):
        return ("verdict", error.problem)
    if not isinstance(error, CheckFailure):
        return ("raised", type(error), str(error))
    call = subject.last_call(function) if function else None
    got = error.got or (call and call.answer())
    return ("check", str(call), error.problem, error.expected, got)
