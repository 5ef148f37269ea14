"""What is plain of a wrong result when it is laid beside the right one: true by construction."""

import itertools
import math
from collections.abc import Callable

import torch

from spec.harness.verdicts import About, CheckFailure

CLOSE = 1e-5
FLOAT32 = 1e-5  # what a result that went through float32 is off by, at most

SIGN = "The numbers are right but for their sign."
FACTOR = "The numbers are right but for a factor of {factor}."
FACTOR_OF_AXIS = (
    "The numbers are right but for a factor of {factor}, which is the length of axis {axis}."
)
SHIFT = "Every number is {direction} by {shift}."
TRANSPOSED = "The numbers are right, but transposed: rows and columns are exchanged."
PERMUTED = "The numbers are right, but the axes stand in another order."
RESHAPED = "The numbers are right and in order; only the shape is another."
REORDERED = "These are the right numbers in another order."
REVERSED = "The numbers are right, but the axis {axis} runs backwards."
DIGITS = "The result is right in the digits of float32 only."


def notice(error: BaseException) -> str | None:
    """One sentence on how a wrong result differs from the right one, if there is a plain one."""
    if not isinstance(error, CheckFailure) or error.tensors is None:
        return None
    wanted, got = (tensor.detach().cpu() for tensor in error.tensors)
    if error.about is About.SHAPE:
        return _of_shapes(wanted, got)
    if error.about is About.VALUES and wanted.shape == got.shape and wanted.numel() > 1:
        return _of_values(wanted, got)
    return None


def _of_shapes(wanted: torch.Tensor, got: torch.Tensor) -> str | None:
    if wanted.numel() != got.numel() or wanted.numel() < 2:
        return None
    if _same(wanted.flatten(), got.flatten()):
        return RESHAPED
    return _of_order(wanted, got)


def _of_order(wanted: torch.Tensor, got: torch.Tensor) -> str | None:
    """Whether the right numbers stand in another order; equal ones can't tell."""
    if wanted.unique().numel() < 2:
        return None
    if wanted.dim() == got.dim() == 2 and _same(wanted.T, got):
        return TRANSPOSED
    orders = [] if wanted.dim() > 4 else _orders(wanted.dim())
    if wanted.dim() == got.dim() and any(_same(wanted.permute(order), got) for order in orders):
        return PERMUTED
    if wanted.shape == got.shape:
        for axis in range(wanted.dim()):
            if _same(wanted.flip(axis), got):
                return REVERSED.format(axis=axis)
    if _same(wanted.flatten().sort().values, got.flatten().sort().values):
        return REORDERED
    return None


def _orders(rank: int) -> list[tuple[int, ...]]:
    return [order for order in itertools.permutations(range(rank)) if order != tuple(range(rank))]


def _of_values(wanted: torch.Tensor, got: torch.Tensor) -> str | None:
    if wanted.dtype == torch.bool or not bool(wanted.isfinite().all() and got.isfinite().all()):
        return None
    x, y = wanted.double(), got.double()
    if wanted.dtype == torch.float64 and torch.allclose(x, y, rtol=FLOAT32, atol=FLOAT32):
        return DIGITS
    facts: tuple[Callable[[], str | None], ...] = (
        lambda: SIGN if _same(-x, y) and bool(x.any()) else None,
        lambda: _of_order(x, y),
        lambda: _factor(x, y),
        lambda: _shift(x, y),
    )
    return next((said for fact in facts if (said := fact())), None)


def _factor(x: torch.Tensor, y: torch.Tensor) -> str | None:
    telling = x[x != 0]
    if telling.unique().numel() < 2:
        return None
    factor = float((y[x != 0] / telling).median())
    if not factor or math.isclose(factor, 1.0, rel_tol=1e-3) or not _same(x * factor, y):
        return None
    number = f"{factor:.4g}"
    for length in (factor, 1 / factor):
        axes = [axis for axis, n in enumerate(x.shape) if n > 1 and math.isclose(n, length)]
        if len(axes) == 1:
            return FACTOR_OF_AXIS.format(factor=_fraction(factor), axis=axes[0])
    return FACTOR.format(factor=number)


def _fraction(factor: float) -> str:
    return f"{factor:.4g}" if factor >= 1 else f"1/{1 / factor:.4g}"


def _shift(x: torch.Tensor, y: torch.Tensor) -> str | None:
    shift = float((y - x).median())
    if not shift or x.unique().numel() < 2 or not _same(x + shift, y):
        return None
    direction = "too large" if shift > 0 else "too small"
    return SHIFT.format(direction=direction, shift=f"{abs(shift):.4g}")


def _same(a: torch.Tensor, b: torch.Tensor) -> bool:
    return a.shape == b.shape and bool(torch.isclose(a.double(), b.double(), CLOSE, CLOSE).all())
