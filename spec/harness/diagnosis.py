"""Which known mistake behaves like this: the wrong answers, put through the same failing test.

A wrong answer that ends the test in the same way, on the same example, with the same words, is
a candidate; the board names the one that is left after all failing tests of a function.
"""

import functools
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis.control import should_note

from spec.harness import catalogue, isolation
from spec.harness.calls import KataUnderTest, Subject, copied
from spec.harness.catalogue import Kata
from spec.harness.loading import Implementation, load
from spec.harness.verdicts import CheckFailure, Verdict

LOADING = 10.0  # seconds; our own files, which import at once
ENOUGH = 2.0  # seconds that a single wrong answer may take

example_key: pytest.StashKey[dict[str, Any]] = pytest.StashKey()

PLAIN = "_without_hypothesis"  # where a test keeps itself as it was before @given

Ending = tuple[object, ...]


def remember_example(item: pytest.Function) -> None:
    """Keeps the arguments of the smallest failing example of a Hypothesis test."""
    test = item.obj
    plain = getattr(test, PLAIN, test.hypothesis.inner_test)

    @functools.wraps(plain)
    def remember(*arguments: object, **named: object) -> object:
        if should_note():
            drawn = {n: value for n, value in named.items() if n not in item.funcargs}
            item.stash[example_key] = {name: copied(value) for name, value in drawn.items()}
        return plain(*arguments, **named)

    setattr(test, PLAIN, plain)
    test.hypothesis.inner_test = remember


def candidates(item: pytest.Function, error: BaseException, subject: Subject) -> dict[str, str]:
    """The known mistakes that end this test as the learner's function did, with their words."""
    if isinstance(error, Verdict):
        return {}
    kata = subject.implementation.kata
    function = catalogue.function_of(kata, getattr(item, "originalname", None) or item.name)
    assert function is not None
    seen = _ending_of(error, subject, function)
    left = subject.suspects.get(function)
    if left is None:
        left = {n: w for n, w in known_mistakes(kata).items() if n.partition("__")[0] == function}
    subject.suspects[function] = {
        name: words for name, words in left.items() if _ends_alike(item, kata, name, seen)
    }
    return subject.suspects[function]


@functools.cache
def known_mistakes(kata: Kata) -> dict[str, str]:
    """The names of a kata's wrong answers, and the words that a learner is told."""
    module = answers(kata, kata.wrong).module
    source = kata.wrong.read_text(encoding="utf-8") if kata.wrong.exists() else ""
    known = [name for name in catalogue.definitions(source) if hasattr(module, name)]
    return {name: " ".join((getattr(module, name).__doc__ or "").split()) for name in known}


@functools.cache
def answers(kata: Kata, path: Path) -> Implementation:
    """A file of ours, the solution or the wrong answers of a kata, loaded once."""
    return load(kata, path, LOADING)


def _ends_alike(item: pytest.Function, kata: Kata, name: str, seen: Ending) -> bool:
    """Whether the test ends in the same way with this wrong answer in the function's place."""
    function = name.partition("__")[0]
    right = answers(kata, kata.solution)
    module = types.ModuleType(name)
    module.__dict__.update(vars(right.module))
    setattr(module, function, getattr(answers(kata, kata.wrong).module, name))
    subject = Subject(Implementation(kata, kata.wrong, module, definitions=right.definitions))
    return _ending(item, subject, function) == seen


def _ending(item: pytest.Function, subject: Subject, function: str) -> Ending:
    """How the item's test ends with this implementation, on the example that failed."""
    test, arguments = replayable(item)
    device = arguments.get("device")
    device = device if isinstance(device, torch.device) else None
    isolation.reset(device)
    try:
        with isolation.limited(ENOUGH, lambda: isolation.endless(function, ENOUGH), device):
            test(**{**arguments, "kata": KataUnderTest(subject)})
    except Verdict:
        return ("verdict",)
    except Exception as error:
        return _ending_of(error, subject, function)
    finally:
        isolation.reset()
    return ("passed",)


def replayable(item: pytest.Function) -> tuple[Callable[..., None], dict[str, Any]]:
    """The test without Hypothesis around it, and the arguments of its smallest example."""
    fixed = {name: item.funcargs[name] for name in item._fixtureinfo.argnames}
    drawn = {name: copied(value) for name, value in item.stash.get(example_key, {}).items()}
    return getattr(item.obj, PLAIN, item.obj), {**fixed, **drawn}


def _ending_of(error: BaseException, subject: Subject, function: str | None) -> Ending:
    """A failure in comparable form: the words of a check, or the error raised."""
    if not isinstance(error, CheckFailure):
        return ("raised", type(error), str(error))
    call = subject.last_call(function) if function else None
    return ("check", error.problem, error.expected, error.got or (call and call.answer()))
