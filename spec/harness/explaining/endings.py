"""How a test ended, in a form that compares: what came back, and what about it was wrong."""

import enum
import re
from dataclasses import dataclass
from typing import Any

import torch

from ..checks.likeness import Rule, alike, same
from ..checks.plain import TENSORS
from ..running.calls import raised_in
from ..running.subject import Subject
from ..verdicts import About, CheckFailure, Verdict

RULE = Rule(digits=1e-4, scaled=True)  # other digits are of the same mistake
# What is enough to be the same, whatever the words and the numbers beside it.
WHOLE = (
    About.LOOP, About.MEMORY, About.COPY, About.NOTHING, About.RANDOM, About.BY_HAND,
)  # fmt: skip
# What answers that differ in much end in alike: a loop is a loop, and the CPU is the CPU.
WEAK = (
    About.LOOP, About.MEMORY, About.COPY, About.NOTHING, About.RANDOM,
    About.RAISES, About.ARGUMENT, About.DEVICE, About.DTYPE,
)  # fmt: skip
# What they end in alike where it is only loosely so: of one shape may be any numbers.
ROUGH = (About.SHAPE, About.TYPE, About.LAYOUT)
ATTRIBUTES = {About.SHAPE: "shape", About.DTYPE: "dtype", About.DEVICE: "device"}


class Likeness(enum.IntEnum):
    """How much two endings of one test are the same."""

    NONE = 0
    LOOSE = 1  # the same mistake by its kind and its numbers
    EXACT = 2  # word for word


@dataclass(frozen=True)
class Ending:
    """One ending of a test."""

    words: tuple[object, ...]  # all that is said, to be compared exactly
    kind: object = None  # a verdict's kind, an error's type, what a check is about; None: it passed
    call: str | None = None  # the last call, as it was shown
    returned: bool = False
    result: Any = None  # what came back, or what a check looked at
    gave: bool | None = None  # whether the last call gave something but None; None: it did not end
    expected: str | None = None  # what was asked for, which tells one place of a test from another
    numbers: bool = False  # whether the right ones are known
    own_error: bool = False  # whether the error was raised in the answer's own words


PASSED = Ending(("passed",))


def ending_of(error: BaseException, subject: Subject, function: str) -> Ending:
    """The ending that this error is."""
    if isinstance(error, Verdict):
        return Ending(("verdict", error.problem), error.kind)
    call = subject.last_call(function)
    shown = str(call) if call else None
    if isinstance(error, CheckFailure):
        got = error.got or (call.answer() if call else None)
        looked_at = error.actual if error.has_actual else None
        returned = error.has_actual or bool(call and call.returned)
        result = looked_at if error.has_actual else (call.result if call else None)
        expected = error.expected
        words = ("check", shown, error.problem, expected, got)
        gave = call.result is not None if call and call.returned else None
        known = error.has_both
        return Ending(words, error.about, shown, returned, result, gave, expected, known)
    own = raised_in(subject.implementation, error)
    return Ending(("raised", type(error), str(error)), type(error), shown, own_error=own)


def likeness(seen: Ending, other: Ending) -> Likeness:
    """How much another ending is like the one seen."""
    if seen.gave is not other.gave:
        return Likeness.NONE
    if seen.words == other.words:
        return Likeness.EXACT
    if seen.kind is None or seen.kind != other.kind or not isinstance(seen.kind, enum.Enum):
        return _of_errors(seen, other)
    if (seen.call, seen.expected) != (other.call, other.expected):
        return Likeness.NONE
    if seen.kind in WHOLE:
        return _loose(seen.kind is About.LOOP or seen.words[2] == other.words[2])
    if not (seen.returned and other.returned):
        return Likeness.NONE
    if seen.result is None and other.result is None:
        return _loose(_worded_alike(seen, other))
    if seen.kind is About.OTHER and not _worded_alike(seen, other):
        return Likeness.NONE
    if seen.kind in ATTRIBUTES:
        name = ATTRIBUTES[seen.kind]
        if getattr(seen.result, name, None) != getattr(other.result, name, None):
            return Likeness.NONE
        return _loose(seen.kind is not About.SHAPE or not seen.numbers or _same(seen, other))
    if seen.kind is About.TYPE:
        return _loose(type(seen.result) is type(other.result))
    return _loose(alike(seen.result, other.result, RULE))


def _same(seen: Ending, other: Ending) -> bool:
    """Whether two tensors hold the same numbers, whatever their dtypes and devices."""
    first, second = (each.result.detach().cpu() for each in (seen, other))
    return same(first, second, RULE)


def _worded_alike(seen: Ending, other: Ending) -> bool:
    """Whether the problems are the same but for the numbers in their words."""
    first, second = (re.sub(r"\d+", "", str(each.words[2])) for each in (seen, other))
    return first == second


def is_bare(result: Any) -> bool:
    """Whether a result holds nothing but True and False, or nothing at all."""
    if isinstance(result, list | tuple):
        return all(map(is_bare, result))
    if type(result) in TENSORS:
        return result.dtype == torch.bool or not result.numel()
    return isinstance(result, bool)


def is_even(result: Any) -> bool:
    """Whether a result holds one number throughout."""
    if type(result) not in TENSORS or result.layout != torch.strided or result.numel() < 2:
        return False
    return bool(torch.isclose(result, result.flatten()[0], equal_nan=True).all())


def _of_errors(seen: Ending, other: Ending) -> Likeness:
    """Errors of one type are alike where an answer chose the words; torch's words count."""
    same_type = isinstance(seen.kind, type) and seen.kind is other.kind
    return _loose(same_type and seen.own_error and other.own_error)


def _loose(holds: bool) -> Likeness:
    return Likeness.LOOSE if holds else Likeness.NONE
