"""What came back is no answer, but something of an argument: all of it, a part, or a count."""

from collections.abc import Mapping

import torch

from ..checks.likeness import same

ARGUMENT = "What came back equals the argument {name}."
PART = "What came back equals {name} at index {index} of axis {axis}."
LENGTH = "The number that came back, {number}, is the length of {name} along axis {axis}."
ITS_LENGTH = "The number that came back, {number}, is the length of {name}."
COUNT = "The number that came back, {number}, is how many elements {name} has."
RANK = "The number that came back, {number}, is how many axes {name} has."
DTYPE = "{dtype} is the dtype of {name}."
FRACTIONS = "{dtype} has fractions, and no argument has."
WHOLE = "{dtype} is for whole numbers, and {name} is {other}."
ONE_MORE, ONE_LESS = "The number is too large by 1.", "The number is too small by 1."


def echoed(got: torch.Tensor, given: Mapping[str, torch.Tensor]) -> str | None:
    """Whether an argument came back, or one at a single position of an axis."""
    if not got.any():
        return None
    y = got.double()
    names = [name for name, x in given.items() if x.shape == y.shape and same(x.double(), y)]
    if names or y.unique().numel() < 2:
        return ARGUMENT.format(name=names[0]) if len(names) == 1 else None
    found = [
        PART.format(name=name, index=index, axis=axis)
        for name, x in given.items()
        for axis, length in enumerate(x.shape)
        for index in range(length if length > 1 else 0)
        if same(x.select(axis, index), y) or same(x.narrow(axis, index, 1), y)
    ]
    return found[0] if len(found) == 1 else None


def of_counts(wanted: int, got: int, given: Mapping[str, torch.Tensor]) -> str | None:
    """What another number than the right one counts, if there is just one thing that it can be."""
    found = []
    for name, x in given.items():
        counts = [(RANK, x.dim(), 0), (ITS_LENGTH if x.dim() == 1 else COUNT, x.numel(), 0)]
        counts += [(LENGTH, n, axis) for axis, n in enumerate(x.shape) if x.dim() > 1]
        found += [
            words.format(number=got, name=name, axis=axis)
            for words, number, axis in counts
            if number == got > 1  # 0 and 1 may count anything
        ]
    if len(found) == 1:
        return found[0]
    return {1: ONE_MORE, -1: ONE_LESS}.get(got - wanted)


def of_dtypes(
    wanted: torch.dtype, got: torch.dtype, given: Mapping[str, torch.Tensor]
) -> str | None:
    """Whether another dtype than the right one is that of one argument, or of another kind."""
    names = [name for name, x in given.items() if x.dtype == got]
    if len(names) == 1:
        return DTYPE.format(dtype=got, name=names[0])
    floating = [name for name, x in given.items() if x.dtype.is_floating_point]
    if got.is_floating_point and not wanted.is_floating_point and given and not floating:
        return FRACTIONS.format(dtype=got)
    if wanted.is_floating_point and not got.is_floating_point and floating:
        return WHOLE.format(dtype=got, name=floating[0], other=given[floating[0]].dtype)
    return None
