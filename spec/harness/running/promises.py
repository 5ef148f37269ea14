"""Tests that every function gets without a line in its spec.

First of all its docstring's example, and last that it leaves the global state as it was.
"""

import ast
import functools
import io
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
import torch

from ..checks.likeness import Rule, alike
from ..checks.results import assert_tensor, count
from ..files import sources
from ..files.catalogue import Kata, is_there
from ..files.loading import load_ours
from ..files.sources import Unit
from ..rendering import sides
from ..verdicts import About, CheckFailure, Verdict
from . import state
from .calls import KataUnderTest

EXAMPLE, STATE = "example", "global_state"
PRINTED = 1e-4  # what an example shows is rounded to four digits
RULE = Rule(digits=PRINTED, shown=True)

EXAMPLE_RULE = "The example in the docstring comes out as it is shown."
ALONE = "the example gives something else"
OTHERWISE = "the last line of the example gives something else"
STATE_RULE = "The default dtype, the seed and all else that is global are left as they were found."


def added(kata: Kata, spec: ModuleType) -> ModuleType:
    """A spec, with the tests that every function of the kata gets."""
    for unit in sources.units(kata).values():
        if sources.examples(kata, unit) and is_there(kata.solution):
            setattr(spec, f"test_{unit.name}_{EXAMPLE}", _example(kata, unit))
        setattr(spec, f"test_{unit.name}_{STATE}", _state(kata, unit))
    return spec


def _example(known: Kata, unit: Unit) -> Callable[..., None]:
    def test(kata: KataUnderTest) -> None:
        __tracebackhide__ = True
        _try_example(kata, known, unit)

    test.__doc__ = EXAMPLE_RULE
    return test


def _state(known: Kata, unit: Unit) -> Callable[..., None]:
    there = is_there(known.solution)  # asked now: within a grader's walls nothing of ours is seen

    @pytest.mark.edge
    def test(kata: KataUnderTest) -> None:
        __tracebackhide__ = True
        if there:
            _try_example(kata, known, unit)
        count()
        changed = state.disturbed(unit.name)
        if changed:
            raise changed

    test.__doc__ = STATE_RULE
    return test


def _try_example(kata: KataUnderTest, known: Kata, unit: Unit) -> None:
    """Runs a docstring's example with a learner's functions and with ours, and compares."""
    __tracebackhide__ = True
    solution = load_ours(known, known.solution)
    ours = dict(vars(solution.module))
    theirs = {**ours, **{name: _function(kata, name) for name in sources.promised(known)}}
    lines: list[str] = []
    for example in sources.examples(known, unit):
        lines.append(example.source.rstrip())
        expected, got = _value(lines[-1], ours), _value(lines[-1], theirs)
        if example.want or isinstance(got, _Raised):
            _compare(known, lines, got, expected)


def _function(kata: KataUnderTest, name: str) -> Any:
    """A function of the learner's, or one that says when it is called why there is none."""
    try:
        return getattr(kata, name)
    except Verdict as verdict:
        reason = verdict

        def missing(*_: object, **__: object) -> None:
            raise reason

        return missing


class _Raised:
    """That an example raised an error of this type."""

    def __init__(self, error: Exception) -> None:
        self.type, self.error = type(error), error

    def __repr__(self) -> str:
        return f"{self.type.__name__}: {self.error}".rstrip(": ")


def _value(source: str, names: dict[str, Any]) -> Any:
    """What a line of an example gives: its value, or what it prints, or the error it raises.

    What a function prints besides is for its writer to read, as is a debugger's prompt.
    """
    printed = io.StringIO()
    names["print"] = functools.partial(print, file=printed)
    value = None
    try:
        if _is_expression(source):
            value = eval(_compiled(source, "eval"), names)
        else:
            exec(_compiled(source, "exec"), names)
    except CheckFailure:
        raise
    except Exception as error:
        return _Raised(error)
    return printed.getvalue() if value is None and printed.getvalue() else value


def _is_expression(source: str) -> bool:
    body = ast.parse(source).body
    return len(body) == 1 and isinstance(body[0], ast.Expr)


@functools.cache
def _compiled(source: str, mode: str) -> Any:
    return compile(source, "<example>", mode)


def _compare(known: Kata, lines: list[str], got: Any, expected: Any) -> None:
    __tracebackhide__ = True
    count()
    if isinstance(got, _Raised) and not isinstance(expected, _Raised):
        raise got.error
    about = _difference(got, expected)
    if about is not None:
        alone = len(lines) == 1 and _called(lines[0]) in sources.promised(known)
        right, left = _sides(expected, got)
        raise CheckFailure(
            ALONE if alone else OTHERWISE,
            expected=right,
            got=left,
            about=about,
            wanted=expected,
            actual=got,
            example=() if alone else _needed(lines),  # a call by itself is seen already
        ) from (got.error if isinstance(got, _Raised) else None)


def _needed(lines: list[str]) -> list[str]:
    """The lines that lead to the last, without those that only show a value on the way."""
    return [line for line in lines[:-1] if not line.isidentifier()] + lines[-1:]


def _sides(expected: Any, got: Any) -> tuple[str, str]:
    """Both as text; of tensors that differ in values alone, with what differs marked."""
    try:
        if isinstance(expected, torch.Tensor):
            assert_tensor(got, expected, rtol=PRINTED, atol=PRINTED)
    except CheckFailure as failure:
        if failure.about is About.VALUES:
            return failure.expected or "", failure.got or ""
    return sides(expected, got)


def _called(source: str) -> str | None:
    """The name that a line calls, if it does nothing else."""
    (node,) = ast.parse(source).body
    call = node.value if isinstance(node, ast.Expr) else None
    plain = isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    return call.func.id if plain else None  # type: ignore[union-attr]


def _difference(got: Any, expected: Any) -> About | None:
    """What of a value is another than expected; None where it is the same."""
    if isinstance(expected, torch.Tensor):
        try:
            assert_tensor(got, expected, rtol=PRINTED, atol=PRINTED)
        except CheckFailure as failure:
            return failure.about
        return None
    if isinstance(expected, _Raised):
        as_promised = isinstance(got, _Raised) and issubclass(got.type, expected.type)
        return None if as_promised else About.RAISES
    return None if alike(expected, got, RULE) else About.VALUES
