"""Hypothesis strategies for tensors on the device of the row under test.

A law runs twice. As core it draws ordinary arguments: unequal lengths from 2 on, distinct numbers
that shrink to 1, 2, 3 …, the first dtype, contiguous memory. As edges it draws all that is
promised: both precisions, axes of length 0 and 1, non-contiguous memory, all of `values`. A tensor
costs few draws, one for all its values, so that an example takes about a millisecond.
"""

import functools
import itertools
import math
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import numpy as np
import torch
from hypothesis import strategies as st

from .. import devices

Layout = Literal["contiguous", "transposed", "strided", "expanded"]
LAYOUTS: tuple[Layout, ...] = ("contiguous", "transposed", "strided", "expanded")

FLOATING = (torch.float32, torch.float64)
INTEGERS = (torch.int64, torch.int32, torch.uint8)
NUMERIC = FLOATING + INTEGERS
EVERY_DTYPE = (*NUMERIC, torch.bool)

# Simple values first, since Hypothesis shrinks toward them; ties are frequent in so few.
# 0.1 and 1/3 are no float32 numbers: what passes through float32 on the way is found out.
ORDINARY = (0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0, 0.5, -0.5, 4.0, 1.5, -2.5, 7.0, 0.1, 1 / 3, -9.7)
NON_NEGATIVE = tuple(value for value in ORDINARY if value >= 0)
POSITIVE = tuple(value for value in ORDINARY if value > 0)
WIDE = (*ORDINARY, 20.0, -20.0, 100.0, -100.0, 1000.0, -1000.0)
SPECIAL = (*ORDINARY, float("nan"), float("inf"), float("-inf"), 1e30, -1e30, 1e-30)
COUNTING = ()  # 0, 1, 2 … in row-major order: every element can be told from every other

NUMPY = {
    torch.float32: np.float32,
    torch.float64: np.float64,
    torch.int64: np.int64,
    torch.int32: np.int32,
    torch.int16: np.int16,
    torch.int8: np.int8,
    torch.uint8: np.uint8,
    torch.bool: np.bool_,
}


def tensors(
    *shapes: str,
    dtypes: Sequence[torch.dtype] = FLOATING,
    values: Sequence[float] = ORDINARY,
    min_side: int = 0,
    max_side: int = 4,
    sides: Mapping[str, tuple[int, int]] | None = None,
    layouts: Sequence[Layout] = LAYOUTS,
    device: torch.device | None = None,
) -> st.SearchStrategy[Any]:
    """Tensors whose axes are named: one for a single shape, a tuple for several.

    "rows columns" is a matrix, "" a 0-D tensor, "batch 3" has a last axis of length 3, and
    "..." stands for up to three axes of any length. A name that comes twice has one length.
    Lengths run from min_side to max_side, or as `sides` says for a name. Tensors drawn
    together share dtype and device. `values` are those to choose from, COUNTING numbers them.
    """
    parsed = tuple(tuple(shape.split()) for shape in shapes)
    names = dict.fromkeys(name for axes in parsed for name in axes if not name.isdigit())
    bounds = tuple((name, (sides or {}).get(name, (min_side, max_side))) for name in names)
    return _tensors(parsed, bounds, tuple(dtypes), tuple(values), tuple(layouts), device)


Bounds = tuple[tuple[str, tuple[int, int]], ...]  # the shortest and the longest axis of a name


@st.composite  # once for all, since Hypothesis reads the source of what it decorates
def _tensors(
    draw: st.DrawFn,
    parsed: tuple[tuple[str, ...], ...],
    bounds: Bounds,
    dtypes: tuple[torch.dtype, ...],
    values: tuple[float, ...],
    layouts: tuple[Layout, ...],
    device: torch.device | None,
) -> Any:
    where = device or devices.row()
    ordinary = devices.is_ordinary()
    fixed = tuple(int(axis) for axes in parsed for axis in axes if axis.isdigit())
    choices = _ordinary_lengths(bounds, fixed) if ordinary else _lengths(bounds)
    lengths = dict(zip(dict(bounds), draw(choices), strict=True))
    shapes = [
        tuple(
            length
            for axis in axes
            for length in ((int(axis),) if axis.isdigit() else lengths[axis])
        )
        for axes in parsed
    ]
    kinds = tuple(dtype for dtype in dtypes if devices.has_dtype(where, dtype))
    if ordinary:
        numbers = iter(draw(_numbers(sum(map(math.prod, shapes)), kinds[0], values)))
        arrays = [np.array([next(numbers) for _ in range(math.prod(s))]) for s in shapes]
        made = [
            torch.tensor(array.astype(NUMPY[kinds[0]]).reshape(shape), device=where)
            for array, shape in zip(arrays, shapes, strict=True)
        ]
        return made[0] if len(made) == 1 else tuple(made)
    dtype, *chosen = draw(_kinds(kinds, layouts, sum(bool(shape) for shape in shapes)))
    layout_of = iter(chosen)
    sizes = [math.prod(shape) for shape in shapes]
    picks = _bytes(draw, sum(sizes) if values else 0)
    results = []
    for shape, size in zip(shapes, sizes, strict=True):
        array = _array(picks[:size], shape, dtype, values)
        picks = picks[size:]
        results.append(laid_out(array, next(layout_of) if shape else "contiguous", where))
    return results[0] if len(results) == 1 else tuple(results)


@functools.cache
def _ordinary_lengths(
    bounds: Bounds, fixed: tuple[int, ...]
) -> st.SearchStrategy[tuple[tuple[int, ...], ...]]:
    """Lengths of 2 and more, as different from each other as they can be, short ones first."""

    def plainness(lengths: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
        each = [length for group in lengths for length in group] + list(fixed)
        unusual = sum(len(group) not in (1, 2) for group in lengths)
        return (len(each) - len(set(each)), unusual, sum(each), *each)

    groups = [_ordinary_groups(name == "...", *limits) for name, limits in bounds]
    several = sorted(_at_most(4 * ROOM, list(itertools.product(*groups))), key=plainness)
    fewest = plainness(several[0])[0]
    return st.sampled_from([each for each in several if plainness(each)[0] == fewest][:ROOM])


def _ordinary_groups(several: bool, low: int, high: int) -> list[tuple[int, ...]]:
    lengths = range(max(low, 2), high + 1) or range(low, high + 1)
    ranks = (2, 3) if several else (1,)
    return [group for rank in ranks for group in itertools.permutations(lengths, rank)] or [
        (length,) * ranks[0] for length in lengths
    ]


def _numbers(
    count: int, dtype: torch.dtype, values: tuple[float, ...]
) -> st.SearchStrategy[list[float]]:
    """Distinct unremarkable numbers: 1, 2, 3 …, or these in another order, with other signs."""
    return st.integers(0, 999).map(lambda seed: _shuffled(seed, count, dtype, values))


def _shuffled(seed: int, count: int, dtype: torch.dtype, values: tuple[float, ...]) -> list[float]:
    chance = random.Random(seed)
    if dtype == torch.bool:
        return [float(chance.random() < 0.5 if seed else i % 2 == 0) for i in range(count)]
    if not values or {1.0, 2.0, 3.0} <= set(values):
        numbers: list[float] = list(range(1, count + 1))
        negative = any(value < 0 for value in values) and dtype != torch.uint8
        halves = 0.5 if dtype.is_floating_point and seed % 2 else 0.0
        signs = [-1 if seed and negative and chance.random() < 0.4 else 1 for _ in numbers]
        numbers = [sign * (n + halves) for sign, n in zip(signs, numbers, strict=True)]
    else:
        known = [value for value in _table(values, dtype).tolist() if math.isfinite(value)]
        chosen = [value for value in known if value] or known
        numbers = [chosen[i % len(chosen)] for i in range(count)]
    if seed:
        chance.shuffle(numbers)
    return numbers


@st.composite
def either(
    draw: st.DrawFn, ordinary: st.SearchStrategy[Any], promised: st.SearchStrategy[Any]
) -> Any:
    """The first where a law runs as core, the second where it runs as edges."""
    return draw(ordinary if devices.is_ordinary() else promised)


def on_row(build: Callable[[torch.device], Any]) -> st.SearchStrategy[Any]:
    """What `build` makes of the device of the row under test."""
    return st.builds(lambda: build(devices.row()))


def laid_out(array: np.ndarray, layout: Layout, device: torch.device) -> torch.Tensor:
    """A tensor of the array's values in this layout; the gaps of a strided one are noise.

    An expanded one repeats its first entry along an axis, without copies in memory.
    """
    if layout == "transposed":
        flipped = torch.tensor(np.ascontiguousarray(array.T), device=device)
        return flipped.permute(tuple(reversed(range(array.ndim))))
    if layout == "strided" and array.ndim:
        wide = np.full((*array.shape[:-1], 2 * array.shape[-1] + 1), 77).astype(array.dtype)
        wide[..., 1::2] = array
        return torch.tensor(wide, device=device)[..., 1::2]
    if layout == "expanded" and array.size > 1:
        axis = next((axis for axis, length in enumerate(array.shape) if length > 1), 0)
        return torch.tensor(array.take([0], axis), device=device).expand(array.shape)
    return torch.tensor(array, device=device)


@functools.cache
def _lengths(bounds: Bounds) -> st.SearchStrategy[tuple[tuple[int, ...], ...]]:
    """The lengths behind all names in one draw, readable ones first; one in four has an axis of 0.

    One draw, and not one a name, so that Hypothesis has no equal parts to swap: it would spend
    half of a learner's few examples on that.
    """
    readable = 2 if len(bounds) <= 3 else 1

    def plainness(lengths: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
        each = [length for group in lengths for length in group]
        return (sum(abs(length - readable) for length in each), len(each), *each)

    groups = [_groups(name == "...", *limits) for name, limits in bounds]
    full = sorted(_at_most(ROOM, list(itertools.product(*groups))), key=plainness)
    may_be_empty = [low == 0 for _, (low, _) in bounds]
    empty = {
        (*lengths[:place], (*group[:axis], 0, *group[axis + 1 :]), *lengths[place + 1 :])
        for lengths in full
        for place, group in enumerate(lengths)
        for axis in range(len(group) * may_be_empty[place])
    }
    share = _at_most(max(len(full) // 3, 1), sorted(empty))
    return st.sampled_from(full + sorted(share, key=plainness))


ROOM = 90  # with the empty ones, no more than 127: Hypothesis draws evenly from so many


def _groups(several: bool, low: int, high: int) -> list[tuple[int, ...]]:
    """The lengths that one name can stand for, 0 only where it must be; each rank as often."""
    lengths = range(max(low, 1), high + 1) or (0,)
    if not several:
        return [(length,) for length in lengths]
    ranks = [_at_most(16, list(itertools.product(lengths, repeat=rank))) for rank in range(4)]
    return [group for groups in ranks for group in groups * (16 // len(groups))]


def _at_most(count: int, choices: list[Any]) -> list[Any]:
    return choices if len(choices) <= count else random.Random(0).sample(choices, count)


@functools.cache
def _kinds(
    dtypes: tuple[torch.dtype, ...], layouts: tuple[Layout, ...], tensors: int
) -> st.SearchStrategy[Any]:
    """A dtype and a layout for each tensor, in one draw: draws are what an example costs."""
    return st.sampled_from(list(itertools.product(dtypes, *[layouts] * tensors)))


def _bytes(draw: st.DrawFn, count: int) -> np.ndarray:
    return np.frombuffer(draw(st.binary(min_size=count, max_size=count)), np.uint8)


def _array(
    picks: np.ndarray, shape: tuple[int, ...], dtype: torch.dtype, values: tuple[float, ...]
) -> np.ndarray:
    """The values that these bytes pick; or, with nothing to pick from, 0, 1, 2 …"""
    if values:
        table = _table(values, dtype)
        return table[picks % len(table)].reshape(shape)
    return np.arange(math.prod(shape)).reshape(shape).astype(NUMPY[dtype])


@functools.cache
def _table(values: tuple[float, ...], dtype: torch.dtype) -> np.ndarray:
    """The values that this dtype can hold, in its NumPy form."""
    kind = NUMPY[dtype]
    if dtype.is_floating_point:
        return np.array(values, dtype=kind)
    if dtype == torch.bool:
        return np.array([False, True])
    limits = torch.iinfo(dtype)
    fitting = [v for v in values if limits.min <= v <= limits.max and v == int(v)]
    return np.array(fitting, dtype=kind)
