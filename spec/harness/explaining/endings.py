"""How a test ended, in a form that compares: what came back, and what about it was wrong."""

import enum
import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from ..running.calls import raised_in
from ..running.subject import Subject
from ..verdicts import About, CheckFailure, Verdict

CLOSE = 1e-4  # of the size of a number: other digits of the same mistake
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
        return Ending(words, error.about, shown, returned, result, gave, expected)
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
        return _loose(_without_numbers(seen.words) == _without_numbers(other.words))
    if seen.kind in ATTRIBUTES:
        name = ATTRIBUTES[seen.kind]
        return _loose(getattr(seen.result, name, None) == getattr(other.result, name, None))
    if seen.kind is About.TYPE:
        return _loose(type(seen.result) is type(other.result))
    return _loose(close(seen.result, other.result))


def _without_numbers(words: tuple[object, ...]) -> list[str]:
    return [re.sub(r"\d+", "", str(each)) for each in words]


def _of_errors(seen: Ending, other: Ending) -> Likeness:
    """Errors of one type are alike where an answer chose the words; torch's words count."""
    same_type = isinstance(seen.kind, type) and seen.kind is other.kind
    return _loose(same_type and seen.own_error and other.own_error)


def _loose(holds: bool) -> Likeness:
    return Likeness.LOOSE if holds else Likeness.NONE


def close(a: Any, b: Any) -> bool:
    """Whether two results are the same but for their last digits; -0 is 0, NaN is NaN."""
    if isinstance(a, torch.Tensor) and isinstance(b, torch.Tensor):
        if (a.shape, a.dtype, a.device.type) != (b.shape, b.dtype, b.device.type):
            return False
        x, y = a.detach().cpu(), b.detach().cpu()
        if not x.is_floating_point():
            return bool((x == y).all())
        scale = float(x[x.isfinite()].abs().max()) if bool(x.isfinite().any()) else 1.0
        return bool(torch.isclose(x, y, CLOSE, CLOSE * min(scale, 1.0), equal_nan=True).all())
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.shape == b.shape and a.dtype == b.dtype and bool(np.array_equal(a, b))
    if isinstance(a, list | tuple) and type(a) is type(b) and len(a) == len(b):
        return all(map(close, a, b))
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=CLOSE, abs_tol=1e-9) or (math.isnan(a) and math.isnan(b))
    if type(a) is not type(b):
        return False
    return isinstance(a, int | str | bool | torch.Size | type(None)) and bool(a == b)
