"""How wrong numbers differ from the right ones, where the shape is right."""

import math
from collections.abc import Callable, Mapping

import torch

from ..checks.likeness import CLOSE, same
from .echoes import echoed

NEARLY = 1e-4  # what a result is off by, at most, whose late digits alone are wrong
FLOAT32 = 1e-5  # what a result that went through float32 is off by, at most

SIGN = "The result is right but for its sign."
NEARLY_RIGHT = "No number is off by more than {difference:.0e}: only late digits differ."
DIGITS = "The result is right in the digits of float32 only."
FACTOR = "The result is right but for a factor of {factor}."
FACTOR_OF_AXIS = "The result is right but for a factor of {factor}; axis {axis} has length {n}."
FACTOR_OF_ARGUMENT = (
    "The result is right but for a factor of {factor}; {name} has length {n} along axis {axis}."
)
FACTOR_OF_COUNT = (
    "The result is right but for a factor of {factor}; {name} has {n} elements in all."
)
SHIFT = "Every number is {direction} by {shift}."
TOO_LARGE, TOO_SMALL = "too large", "too small"
FACTORS = "Each line of numbers along axis {axis} is off by a factor of its own."
SHIFTS = "Each line of numbers along axis {axis} is off by a number of its own."
ZEROS = "What came back is all zeros."
OTHER_CONSTANT = "Every number that came back is {got}, where every one should be {wanted}."
CONSTANT = "Every number that came back is the same: {number}."
NANS = "NaN came back where a number should be: from 0 / 0, inf - inf, or a root or log below 0?"
INFINITE = "Infinity came back where a number should be: from a division by 0, or an overflow?"
NEGATED = "True and False are exchanged."
FALSELY_TRUE = "Wherever the result differs it says True and should say False."
FALSELY_FALSE = "Wherever the result differs it says False and should say True."
ONE_INDEX = "Only at index {index} of axis {axis} does the result differ."
ONE_RIGHT = "Only at index {index} of axis {axis} is the result right."
DIAGONAL = "Only on the diagonal is the result right."
OFF_DIAGONAL = "Only on the diagonal does the result differ."
WHERE = "It differs only where {name} is {kind}, and is right elsewhere."

FUNCTIONS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "This is the square of the right result.": torch.square,
    "This is the square root of the right result.": torch.sqrt,
    "This is 1 divided by the right result.": torch.reciprocal,
    "This is exp of the right result.": torch.exp,
    "This is the log of the right result.": torch.log,
    "This is the right result without its sign.": torch.abs,
    "This is 1 minus the right result.": lambda x: 1 - x,
    "This is the right result with its fractions cut off.": torch.trunc,
    "This is the right result, rounded down.": torch.floor,
    "This is the right result, rounded.": torch.round,
}
KINDS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "negative": lambda x: x < 0,
    "positive": lambda x: x > 0,
    "0": lambda x: x == 0,
    "NaN": torch.isnan,
    "infinite": torch.isinf,
}


def of_values(
    wanted: torch.Tensor, got: torch.Tensor, given: Mapping[str, torch.Tensor]
) -> str | None:
    """What is plain of a result of the right shape; `given` are tensors among the arguments."""
    if wanted.dtype == torch.bool or got.dtype == torch.bool:
        return _of_truths(wanted, got)
    x, y = wanted.double(), got.double()
    bad = y.isnan() & ~x.isnan()
    if bool(bad.any()):
        return NANS
    if bool((y.isinf() & x.isfinite()).any()):
        return INFINITE
    if not bool(x.isfinite().all() and y.isfinite().all()):
        return _places(x, y, given)
    if wanted.dtype == torch.float64 and torch.allclose(x, y, rtol=FLOAT32, atol=FLOAT32):
        return DIGITS
    difference = float((x - y).abs().max())
    if difference and torch.allclose(y, x, NEARLY, NEARLY / 100):
        return NEARLY_RIGHT.format(difference=difference)
    return (
        (SIGN if _negated(x, y) else echoed(y, given))
        or of_relation(wanted, got, given)
        or _lines(x, y)
        or _places(x, y, given)
    )


def of_relation(
    wanted: torch.Tensor, got: torch.Tensor, given: Mapping[str, torch.Tensor]
) -> str | None:
    """What each number, or truth, is of the right one, wherever it stands."""
    if torch.bool in (wanted.dtype, got.dtype):
        return _of_truths(wanted, got)
    x, y = wanted.double(), got.double()
    if not bool(x.isfinite().all() and y.isfinite().all()) or same(x, y):
        return None
    facts: tuple[Callable[[], str | None], ...] = (
        lambda: SIGN if _negated(x, y) else None,
        lambda: _factor(x, y, given),
        lambda: _shift(x, y),
        lambda: _function(x, y),
        lambda: _constant(x, y),
    )
    return next((said for fact in facts if (said := fact())), None)


def _negated(x: torch.Tensor, y: torch.Tensor) -> bool:
    return same(-x, y) and bool(x.any())


def _of_truths(wanted: torch.Tensor, got: torch.Tensor) -> str | None:
    if wanted.dtype != got.dtype:
        return None
    other = wanted != got
    if bool(other.all()) and wanted.unique().numel() > 1:
        return NEGATED
    if bool(got[other].all()):
        return FALSELY_TRUE
    return None if bool(got[other].any()) else FALSELY_FALSE


def of_scalars(wanted: float, got: float, given: Mapping[str, torch.Tensor]) -> str | None:
    """What is plain of a single number: only what no other plain relation would explain too."""
    if math.isnan(got) and not math.isnan(wanted):
        return NANS
    if math.isinf(got) and math.isfinite(wanted):
        return INFINITE
    if not (math.isfinite(wanted) and math.isfinite(got) and wanted and got):
        return None
    x, y = torch.tensor([wanted], dtype=torch.float64), torch.tensor([got], dtype=torch.float64)
    if math.isclose(got, wanted, rel_tol=NEARLY):
        return NEARLY_RIGHT.format(difference=abs(got - wanted))
    factor = got / wanted
    found = [
        SIGN if math.isclose(factor, -1.0) else None,
        _of_length(factor, given) or _whole(factor),
        _function(x, y),
        _shift(x, y) if math.isclose(abs(got - wanted), 1.0) else None,
    ]
    said = [fact for fact in found if fact]
    return said[0] if len(said) == 1 else None


def _factor(x: torch.Tensor, y: torch.Tensor, given: Mapping[str, torch.Tensor]) -> str | None:
    telling = x[x != 0]
    if telling.unique().numel() < 2:
        return None
    factor = float((y[x != 0] / telling).median())
    if not factor or math.isclose(factor, 1.0, rel_tol=1e-3) or not same(x * factor, y):
        return None
    for length in (factor, 1 / factor):
        axes = [axis for axis, n in enumerate(x.shape) if n > 1 and math.isclose(n, length)]
        if len(axes) == 1:
            n = x.shape[axes[0]]
            return FACTOR_OF_AXIS.format(factor=_fraction(factor), axis=axes[0], n=n)
    return _of_length(factor, given) or FACTOR.format(factor=_fraction(factor))


def _of_length(factor: float, given: Mapping[str, torch.Tensor]) -> str | None:
    """Whether a factor is the length of just one axis of an argument, or its number of elements."""
    for length in (factor, 1 / factor if factor else 0.0):
        words = {"factor": _fraction(factor), "n": round(length) if math.isfinite(length) else 0}
        axes = [
            (name, axis)
            for name, tensor in given.items()
            for axis, n in enumerate(tensor.shape)
            if n > 1 and math.isclose(n, length, rel_tol=1e-4)
        ]
        counts = [
            name
            for name, tensor in given.items()
            if tensor.dim() > 1 and tensor.numel() > 1
            if math.isclose(tensor.numel(), length, rel_tol=1e-4)
        ]
        if axes and not counts and len({axis for _, axis in axes}) == 1:
            return FACTOR_OF_ARGUMENT.format(name=axes[0][0], axis=axes[0][1], **words)
        if counts and not axes:
            return FACTOR_OF_COUNT.format(name=counts[0], **words)
    return None


def _whole(factor: float) -> str | None:
    whole = any(
        abs(each) > 1.5 and math.isclose(each, round(each), rel_tol=1e-6)
        for each in (factor, 1 / factor if factor else 0.0)
    )
    return FACTOR.format(factor=_fraction(factor)) if whole else None


def _fraction(factor: float) -> str:
    """A factor as it is read: 3, 1/3, 1.5."""
    inverse = 1 / factor
    whole = math.isclose(inverse, round(inverse), rel_tol=1e-4) and abs(factor) < 1
    return f"{'-' if factor < 0 else ''}1/{abs(round(inverse))}" if whole else f"{factor:.4g}"


def _shift(x: torch.Tensor, y: torch.Tensor) -> str | None:
    shift = float((y - x).median())
    if not shift or (x.numel() > 1 and x.unique().numel() < 2) or not same(x + shift, y):
        return None
    direction = TOO_LARGE if shift > 0 else TOO_SMALL
    return SHIFT.format(direction=direction, shift=f"{abs(shift):.4g}")


def _function(x: torch.Tensor, y: torch.Tensor) -> str | None:
    """Whether a plain function of each right number came back."""
    if x.numel() > 1 and x.unique().numel() < 2:
        return None
    for words, function in FUNCTIONS.items():
        value = function(x)
        few = x.numel() > 2 and value.unique().numel() < 3  # as what is rounded to 0 and 1
        if bool(value.isfinite().all()) and same(value, y) and not same(x, y) and not few:
            return words
    return None


def _constant(x: torch.Tensor, y: torch.Tensor) -> str | None:
    if y.unique().numel() > 1:
        return None
    number = float(y.flatten()[0])
    if x.unique().numel() < 2:
        return OTHER_CONSTANT.format(got=f"{number:.4g}", wanted=f"{float(x.flatten()[0]):.4g}")
    return CONSTANT.format(number=f"{number:.4g}") if number else ZEROS


def _lines(x: torch.Tensor, y: torch.Tensor) -> str | None:
    """Whether all numbers along one axis are off by one factor or shift, another in each line."""
    for axis, length in enumerate(x.shape):
        if length < 2 or x.dim() < 2:
            continue
        if bool((x != 0).all()) and bool((y != 0).all()) and _in_lines(y / x, axis, 1.0):
            return FACTORS.format(axis=axis)
        if _in_lines(y - x, axis, 0.0):
            return SHIFTS.format(axis=axis)
    return None


def _in_lines(off: torch.Tensor, axis: int, right: float) -> bool:
    """Whether what each number is off by is one along an axis, and nowhere what leaves it right."""
    one = same(off, off.mean(axis, keepdim=True).expand_as(off))
    return one and not bool(torch.isclose(off, off.new_tensor(right), CLOSE, CLOSE).any())


def _places(x: torch.Tensor, y: torch.Tensor, given: Mapping[str, torch.Tensor]) -> str | None:
    """Whether a result is wrong, or right, at plain places only."""
    other = ~torch.isclose(x, y, CLOSE, CLOSE, equal_nan=True)
    if not bool(other.any()) or bool(other.all()):
        return None
    for name, tensor in given.items():
        if tensor.shape == x.shape and not tensor.is_complex():
            for kind, holds in KINDS.items():
                if bool((holds(tensor.double()) == other).all()):
                    return WHERE.format(name=name, kind=kind)
    if x.dim() == 2 and x.shape[0] == x.shape[1]:
        diagonal = torch.eye(x.shape[0], dtype=torch.bool)
        if bool((other != diagonal).all()):
            return DIAGONAL
        if bool((other == diagonal).all()):
            return OFF_DIAGONAL
    return _one_index(other)


def _one_index(other: torch.Tensor) -> str | None:
    for axis, length in enumerate(other.shape):
        if length < 3:
            continue
        lines = other.movedim(axis, 0).reshape(length, -1)
        wrong, right = lines.any(1), lines.all(1)
        if int(wrong.sum()) == 1:
            return ONE_INDEX.format(index=int(wrong.nonzero()[0]), axis=axis)
        if int((~right).sum()) == 1 and not bool(wrong[~right].any()):
            return ONE_RIGHT.format(index=int((~right).nonzero()[0]), axis=axis)
    return None
