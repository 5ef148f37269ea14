"""Which known mistake behaves like this: the wrong answers, put through the same failing tests.

A wrong answer that ends a test as the learner's function did, on the same example, is a suspect.
Those of the kata's catalogue come first, in the order of how they are written like the answer;
where none that is near does so, those that can be made in any function; but what a check is just
about, as a device, is tried first. A suspect is cleared by a
test of the core that it fails and the learner's function passes; and by any test, as long as there
are several, where it is a general one, or where edges alone fail. The last is cleared by an edge,
too, if it changes what belongs to others and the learner's function does not. Which of those that
are left is named, choosing decides.
"""

import contextlib
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import pytest
import torch
from hypothesis import is_hypothesis_test

from .. import devices, limits, settings
from ..checks.plain import TENSORS
from ..files.catalogue import Kata
from ..running import state
from ..running.calls import KataUnderTest
from ..running.cases import Case, case_of, replayable, subject_of
from ..running.subject import Subject
from ..verdicts import About, CheckFailure, Kind, Verdict
from . import suspects
from .choosing import CLEARLY, NEAR, SHARE, closest_of_the_same, is_general
from .endings import (
    PASSED,
    WEAK,
    Ending,
    Likeness,
    ending_of,
    is_bare,
    is_even,
    likeness,
)

ENOUGH = 2.0  # seconds that a single wrong answer may take
PATIENCE = 0.2  # seconds of computing, for a function, to find suspects, and again to clear them
LIMIT = 0.3  # within which those that are found are asked about other tests

CPU = torch.device("cpu")
OUTSIDE = "is out of bounds"  # as torch says of an index

# Errors that come of so many things that they tell nothing about the code; results may, too.
OF_PYTHON = (IndexError, KeyError, TypeError, AttributeError, ZeroDivisionError)

# Verdicts on what a function did, and not on its being there, or too slow.
TELLING = (Kind.ESCAPED, Kind.DISTURBED)


class Passed(NamedTuple):
    """A test that the learner's function passes, as it was called."""

    test: Callable[..., None]
    arguments: dict[str, Any]
    edge: bool
    rule: str
    device: str | None


@dataclass
class Known:
    """What is known of one function: which rules it broke, who ended alike, what it passes."""

    rules: dict[str, bool] = field(default_factory=dict)  # that were judged; whether as edges
    core: Counter[str] = field(default_factory=Counter)  # how many a suspect breaks alike
    edges: Counter[str] = field(default_factory=Counter)
    general: bool = False  # whether mistakes of any function are suspects, too
    spent: float = 0.0  # seconds of computing
    passed: list[Passed] = field(default_factory=list)

    def is_suspect(self, name: str) -> bool:
        """Whether a mistake has ended any test alike."""
        return bool(self.core[name] or self.edges[name])

    @property
    def edges_alone(self) -> bool:
        """Whether no test of the core was judged."""
        return all(self.rules.values())

    def suspects(self) -> list[str]:
        """Those who end enough of the failing tests alike; of those of the core, if it fails.

        Where nobody does, all who end any alike: two may together.
        """
        core = sum(not edge for edge in self.rules.values())
        counts, enough = (self.core, core) if core else (self.edges, len(self.rules))
        most = [name for name, count in counts.items() if count >= SHARE * enough]
        return most or [name for name, count in counts.most_common() if count]


_known: WeakKeyDictionary[Subject, dict[str, Known]] = WeakKeyDictionary()


def known(subject: Subject, function: str) -> Known:
    """What this module keeps in mind of a function of a subject."""
    return _known.setdefault(subject, {}).setdefault(function, Known())


def candidates(item: pytest.Function, error: BaseException) -> dict[str, Likeness] | None:
    """The known mistakes that end this test as the learner's function did; None if not asked.

    A rule is asked about once: what fails on the CPU already is no question of another device.
    """
    case, subject = case_of(item), subject_of(item)
    function, mind = case.unit.owner, known(subject, case.function)
    if isinstance(error, Verdict) and error.kind not in TELLING:
        return None
    if case.rule in mind.rules or mind.spent > LIMIT:
        return None
    seen = ending_of(error, subject, function)
    about = suspects.about(case.kata, function, seen.kind)
    own = _own_mistakes(case, subject)
    names = [*about, *sorted(own, key=lambda name: own[name], reverse=True)]
    alike = _alike(item, seen, sorted(names, key=mind.is_suspect, reverse=True), mind, own)
    near = any(own.get(name, 0.0) >= NEAR for name in alike)
    sure = settings.of(item.config).brief and closest_of_the_same(alike, own)
    if (mind.general or seen.kind in WEAK or not near) and not sure:
        mind.general = True
        others = [name for name in _general_mistakes(case, seen, mind) if name not in about]
        alike |= _alike(item, seen, others, mind, own)
    mind.rules[case.rule] = case.edge
    (mind.edges if case.edge else mind.core).update(alike.keys())
    return alike


def _general_mistakes(case: Case, seen: Ending, mind: Known) -> list[str]:
    """The mistakes that can be made in any function and may end like this, suspects first."""
    start = time.process_time()
    names = list(suspects.general_mistakes(case.kata, case.unit.owner))
    if seen.kind in OF_PYTHON or is_bare(seen.result) or is_even(seen.result):
        names = [name for name in names if not suspects.is_in_source(case.kata, name)]
    if seen.kind is About.VALUES and is_bare(seen.result) and type(seen.result) not in TENSORS:
        names = [name for name in names if suspects.is_of_truths(case.kata, name)]
    mind.spent += time.process_time() - start
    return sorted(names, key=mind.is_suspect, reverse=True)


def _own_mistakes(case: Case, subject: Subject) -> dict[str, float]:
    """The function's own mistakes, and how closely each is written like the answer."""
    function = case.unit.owner
    names = [n for n in suspects.known_mistakes(case.kata) if suspects.function_of(n) == function]
    own = subject.implementation.definitions.get(function)
    return suspects.spelt(case.kata, own, names) if own else dict.fromkeys(names, 0.0)


def _alike(
    item: pytest.Function, seen: Ending, names: list[str], mind: Known, close: dict[str, float]
) -> dict[str, Likeness]:
    """Those of these mistakes that end a test alike, as far as there is time to try them."""
    alike: dict[str, Likeness] = {}
    brief = settings.of(item.config).brief
    for name in names:
        if mind.spent > (LIMIT if mind.is_suspect(name) else PATIENCE):
            break
        if brief and close.get(name, 0.0) <= closest_of_the_same(alike, close) - CLEARLY:
            continue  # it would not be named
        if like := _likeness(item, seen, name, mind):
            alike[name] = like
    return alike


def _likeness(item: pytest.Function, seen: Ending, name: str, mind: Known) -> Likeness:
    """How much the ending with a suspect is the one that was seen; its time is accounted for."""
    start = time.process_time()
    ending = _ending(item, suspects.suspect(case_of(item).kata, name), name)
    mind.spent += time.process_time() - start
    return likeness(seen, ending)


def remember_passed(item: pytest.Function) -> None:
    """Keeps a test that was passed, for `acquit`."""
    arguments = {name: item.funcargs[name] for name in item._fixtureinfo.argnames}
    case = case_of(item)
    device = case.device.type if case.device else None
    passed = Passed(item.obj, arguments, case.edge, case.rule, device)
    known(subject_of(item), case.function).passed.append(passed)


def has_passed(subject: Subject, case: Case, device: str) -> bool:
    """Whether the same test is known to have been passed on this device."""
    passed = known(subject, case.function).passed
    return any(each.rule == case.rule and each.device == device for each in passed)


def acquit(subject: Subject, function: str, brief: bool = False) -> list[str]:
    """Those of the suspects that fail a test which the learner's function passes; asked once."""
    kata, mind = subject.implementation.kata, known(subject, function)
    tried, mind.passed = mind.passed, []  # they hold the subject, and with it all that it made
    accused = mind.suspects()
    until = time.process_time() + PATIENCE
    acquitted: list[str] = []
    with_cpu = any(each.arguments.get("device") == CPU for each in tried)
    if brief and len(accused) == 1:  # a law takes as long as all other tests
        tried = [each for each in tried if not is_hypothesis_test(each.test)]
    order = sorted(tried, key=lambda each: (each.edge, is_hypothesis_test(each.test)))
    for passed in order:
        device = passed.arguments.get("device")
        if devices.is_accelerator(device) and not (with_cpu and state.failure_of(device) is None):
            continue  # it can't be used, or a bad index would make it so
        for name in list(accused):
            if time.process_time() > until:
                return acquitted
            last = len(accused) == 1 and not is_general(name) and not mind.edges_alone
            failed = _failure(passed, kata, name)
            if failed is not None and (not (passed.edge and last) or _leaves_traces(failed)):
                accused.remove(name)
                acquitted.append(name)
    return acquitted


def _failure(passed: Passed, kata: Kata, name: str) -> BaseException | None:
    """How a known mistake fails a test; None where it passes, or may only be slow."""
    device, late = passed.arguments.get("device"), time.monotonic() + ENOUGH
    state.reset(device)
    devices.enter(device, ordinary=not passed.edge)
    try:
        with _trial(name, ENOUGH, device):
            passed.test(**{**passed.arguments, "kata": KataUnderTest(suspects.suspect(kata, name))})
    except Verdict as verdict:
        return None if verdict.kind is Kind.ENDLESS else verdict
    except Exception as error:
        return None if time.monotonic() > late else error  # the limit made it an error
    finally:
        devices.enter(None)
        state.reset(device)
    return None


def _leaves_traces(failed: BaseException) -> bool:
    """Whether a mistake changes what belongs to others, which is what its words are about."""
    if isinstance(failed, Verdict):
        return failed.kind is Kind.DISTURBED
    return isinstance(failed, CheckFailure) and failed.about in (About.ARGUMENT, About.RANDOM)


def _ending(item: pytest.Function, subject: Subject, name: str) -> Ending:
    """How the item's test ends with this wrong answer, on the example that failed."""
    test, arguments = replayable(item)
    device = arguments.get("device")
    device = device if isinstance(device, torch.device) else None
    if devices.is_accelerator(device):
        on_cpu = {key: _on_the_cpu(value) for key, value in arguments.items()}
        ending = _tried(test, on_cpu, CPU, subject, name)
        if ending.kind is IndexError or OUTSIDE in str(ending.words[-1]):
            return ending  # on the device it would be the end of it
        subject.calls.clear()
    return _tried(test, arguments, device, subject, name)


def _on_the_cpu(value: Any) -> Any:
    """An argument of a test, as its CPU row would have it; what it holds inside stays."""
    if isinstance(value, torch.Tensor):
        return value.detach().cpu().requires_grad_(value.requires_grad)
    if isinstance(value, torch.device):
        return CPU
    if isinstance(value, list | tuple) and type(value) in (list, tuple):
        return type(value)(map(_on_the_cpu, value))
    return value


def _tried(
    test: Callable[..., None],
    arguments: dict[str, Any],
    device: torch.device | None,
    subject: Subject,
    name: str,
) -> Ending:
    """How a test ends with a known mistake in the function's place."""
    function = name.partition("__")[0]
    state.reset(device)
    try:
        with _trial(function, ENOUGH, device):
            test(**{**arguments, "kata": KataUnderTest(subject)})
    except (Exception, Verdict) as error:
        return ending_of(error, subject, function)
    finally:
        state.reset(device)
    return PASSED


@contextlib.contextmanager
def _trial(name: str, seconds: float, device: torch.device | None) -> Iterator[None]:
    """In which a suspect runs: its warnings are not the learner's, and its time is limited."""
    with (
        warnings.catch_warnings(action="ignore"),
        limits.limited(seconds, lambda: limits.endless(name, seconds), device),
    ):
        yield
