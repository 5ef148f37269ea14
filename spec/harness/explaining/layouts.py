"""Right numbers at wrong places: in another order or shape, with an axis too many, or in part."""

import itertools
from collections.abc import Iterator, Sequence

import torch

from ..checks.likeness import same
from ..language import tr

TRANSPOSED = "The numbers are right, but transposed: rows and columns are exchanged."
PERMUTED = "The numbers are right, but the axes stand in another order."
RESHAPED = "The numbers are right and in order; only the shape is another."
AXIS_MORE = "The numbers are right, but there is an axis of length 1 too many."
AXIS_LESS = "The numbers are right, but an axis of length 1 is missing."
REORDERED = "These are the right numbers in another order."
REVERSED = "The numbers are right, but axis {axis} runs backwards."
ROLLED = "The numbers are right, but along axis {axis} they are moved on by {steps}."
PART_FIRST = "The right numbers, but only the first {got} of {wanted} along axis {axis}."
PART_LAST = "The right numbers, but only the last {got} of {wanted} along axis {axis}."
MORE_FIRST = "The right numbers come first along axis {axis}, and then more than should."
MORE_LAST = "The right numbers come last along axis {axis}, after more than should."
REPEATED = "The right numbers, but repeated along axis {axis}."
SUMMED = "This is the right result, summed over axis {axis}."
AVERAGED = "This is the right result, averaged over axis {axis}."
NOT_SUMMED = "Summed over axis {axis}, this would be the right result."
NOT_AVERAGED = "Averaged over axis {axis}, this would be the right result."
SELECTED = "This is the right result at index {index} of axis {axis} only."
LENGTHS_EXCHANGED = "The axes have the right lengths, but in another order."
TOO_MANY_AXES = "There are {more} axes too many."
ONE_AXIS_MORE = "There is one axis too many."
TOO_FEW_AXES = "There are {more} axes too few."
ONE_AXIS_LESS = "There is one axis too few."
EVERY_LENGTH = "Every axis is {direction} by {shift}."
TOO_LONG, TOO_SHORT = "too long", "too short"
SEVERAL_LENGTHS = "Axes {axes} have other lengths: {got} for {wanted}."
ONE_LENGTH = "Only axis {axis} has another length: {got} for {wanted}."


def of_order(wanted: torch.Tensor, got: torch.Tensor) -> str | None:
    """Whether the right numbers stand in another order; equal ones can't tell."""
    if wanted.unique().numel() < 2 or same(wanted, got):
        return None
    if wanted.dim() == got.dim() == 2 and same(wanted.T, got):
        return tr(TRANSPOSED)
    if wanted.dim() == got.dim() and any(same(wanted.permute(o), got) for o in _orders(wanted)):
        return tr(PERMUTED)
    if wanted.shape == got.shape:
        for axis, length in enumerate(wanted.shape):
            if same(wanted.flip(axis), got):
                return tr(REVERSED).format(axis=axis)
            for steps in range(1, min(length, 6)):
                if same(wanted.roll(steps, axis), got):
                    return tr(ROLLED).format(axis=axis, steps=steps)
    if same(wanted.flatten().sort().values, got.flatten().sort().values):
        return tr(REORDERED)
    return None


def of_shapes(wanted: torch.Tensor, got: torch.Tensor) -> str | None:
    """What is plain of a result that has another shape than the right one."""
    if wanted.numel() != got.numel() or not wanted.numel():
        return _of_sizes(wanted, got) or of_lengths(wanted.shape, got.shape)
    if same(wanted.flatten(), got.flatten()):
        if [n for n in wanted.shape if n != 1] != [n for n in got.shape if n != 1]:
            return tr(RESHAPED)
        return {1: tr(AXIS_MORE), -1: tr(AXIS_LESS)}.get(got.dim() - wanted.dim(), tr(RESHAPED))
    return of_order(wanted, got) or of_lengths(wanted.shape, got.shape)


def _of_sizes(wanted: torch.Tensor, got: torch.Tensor) -> str | None:
    """Whether a result is a part of the right one, or the right one of it."""
    return (
        _part(wanted, got)
        or next((said for said in _reduced(wanted, got)), None)
        or next((said for said in _not_reduced(wanted, got)), None)
    )


def _part(wanted: torch.Tensor, got: torch.Tensor) -> str | None:
    others = [axis for axis, n in enumerate(wanted.shape) if got.shape[axis : axis + 1] != (n,)]
    if wanted.dim() != got.dim() or len(others) != 1 or not min(wanted.numel(), got.numel()):
        return None
    axis = others[0]
    right, left = wanted.shape[axis], got.shape[axis]
    words = {"axis": axis, "got": left, "wanted": right}
    if left < right:
        if same(wanted.narrow(axis, 0, left), got):
            return tr(PART_FIRST).format(**words)
        if same(wanted.narrow(axis, right - left, left), got):
            return tr(PART_LAST).format(**words)
        return None
    if right == 1 and same(wanted.expand_as(got), got):
        return tr(REPEATED).format(axis=axis)
    if same(got.narrow(axis, 0, right), wanted):
        return tr(MORE_FIRST).format(axis=axis)
    if same(got.narrow(axis, left - right, right), wanted):
        return tr(MORE_LAST).format(axis=axis)
    return None


def _reduced(wanted: torch.Tensor, got: torch.Tensor) -> Iterator[str]:
    """Whether the result is the right one with an axis taken away."""
    x = wanted.double()
    for axis, length in enumerate(wanted.shape):
        if length > 1 and got.shape == wanted.select(axis, 0).shape:
            if same(x.sum(axis), got):
                yield tr(SUMMED).format(axis=axis)
            if same(x.mean(axis), got):
                yield tr(AVERAGED).format(axis=axis)
            for index in range(length):
                if same(x.select(axis, index), got):
                    yield tr(SELECTED).format(axis=axis, index=index)


def _not_reduced(wanted: torch.Tensor, got: torch.Tensor) -> Iterator[str]:
    """Whether an axis of the result is still to be taken away."""
    x = got.double()
    for axis, length in enumerate(got.shape):
        if length > 1 and wanted.shape == got.select(axis, 0).shape:
            if same(x.select(axis, 0), wanted) and same(x.select(axis, -1), wanted):
                yield tr(REPEATED).format(axis=axis)
            elif same(x.sum(axis), wanted):
                yield tr(NOT_SUMMED).format(axis=axis)
            elif same(x.mean(axis), wanted):
                yield tr(NOT_AVERAGED).format(axis=axis)


def of_lengths(wanted: Sequence[int], got: Sequence[int]) -> str | None:
    """How two shapes differ."""
    more = len(got) - len(wanted)
    if more:
        one = tr(ONE_AXIS_MORE) if more > 0 else tr(ONE_AXIS_LESS)
        several = tr(TOO_MANY_AXES) if more > 0 else tr(TOO_FEW_AXES)
        return one if abs(more) == 1 else several.format(more=abs(more))
    if sorted(wanted) == sorted(got):
        return tr(LENGTHS_EXCHANGED)
    pairs = enumerate(zip(wanted, got, strict=True))
    others = [(axis, right, left) for axis, (right, left) in pairs if right != left]
    if len(others) == 1:
        axis, right, left = others[0]
        return tr(ONE_LENGTH).format(axis=axis, got=left, wanted=right)
    shifts = {left - right for _, right, left in others}
    if len(others) == len(wanted) and len(shifts) == 1:
        shift = shifts.pop()
        direction = TOO_LONG if shift > 0 else TOO_SHORT
        return tr(EVERY_LENGTH).format(direction=tr(direction), shift=abs(shift))
    axes, rights, lefts = zip(*others, strict=True)
    return tr(SEVERAL_LENGTHS).format(axes=_all(axes), got=_all(lefts), wanted=_all(rights))


AND = "{others} and {last}"


def _all(numbers: tuple[int, ...]) -> str:
    return tr(AND).format(others=", ".join(map(str, numbers[:-1])), last=numbers[-1])


def _orders(tensor: torch.Tensor) -> list[tuple[int, ...]]:
    if tensor.dim() > 4:
        return []
    as_it_is = tuple(range(tensor.dim()))
    return [order for order in itertools.permutations(as_it_is) if order != as_it_is]
