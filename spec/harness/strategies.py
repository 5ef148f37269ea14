"""Hypothesis strategies for tensors on the device of the row under test.

Edge cases are on by default: both precisions, axes of length 0 and 1, non-contiguous memory.
A tensor costs few draws, one for all its values, so that an example takes about a millisecond;
all of it shrinks toward short axes (but not to length 0), float32, contiguous memory and zeros.
"""

import functools
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import numpy as np
import torch
from hypothesis import strategies as st

from spec.harness import devices

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
    parsed = [shape.split() for shape in shapes]
    names = list(dict.fromkeys(name for axes in parsed for name in axes if not name.isdigit()))
    bounds = {name: (sides or {}).get(name, (min_side, max_side)) for name in names}

    return _tensors(parsed, bounds, tuple(dtypes), tuple(values), tuple(layouts), device)


@st.composite  # once for all, since Hypothesis reads the source of what it decorates
def _tensors(
    draw: st.DrawFn,
    parsed: list[list[str]],
    bounds: dict[str, tuple[int, int]],
    dtypes: tuple[torch.dtype, ...],
    values: tuple[float, ...],
    layouts: tuple[Layout, ...],
    device: torch.device | None,
) -> Any:
    where = device or devices.row()
    readable = 2 if len(bounds) <= 3 else 1
    lengths = {name: _lengths(draw, name, *bounds[name], readable) for name in bounds}
    shapes = [
        tuple(
            length for axis in axes for length in ([int(axis)] if axis.isdigit() else lengths[axis])
        )
        for axes in parsed
    ]
    kinds = tuple(dtype for dtype in dtypes if devices.has_dtype(where, dtype))
    ranked = sum(bool(shape) for shape in shapes)
    dtype, *chosen = draw(_kinds(kinds, layouts, ranked))
    layout_of = iter(chosen)
    sizes = [math.prod(shape) for shape in shapes]
    picks = _bytes(draw, sum(sizes) if values else 0)
    results = []
    for shape, size in zip(shapes, sizes, strict=True):
        array = _array(picks[:size], shape, dtype, values)
        picks = picks[size:]
        results.append(laid_out(array, next(layout_of) if shape else "contiguous", where))
    return results[0] if len(results) == 1 else tuple(results)


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


def _lengths(draw: st.DrawFn, name: str, low: int, high: int, readable: int) -> list[int]:
    count = draw(_COUNTS) if name == "..." else 1
    return [draw(_length(low, high, readable)) for _ in range(count)]


_COUNTS = st.integers(0, 3)


@functools.cache
def _length(low: int, high: int, readable: int) -> st.SearchStrategy[int]:
    """A length that shrinks toward a readable one; 0 is half as likely as any other."""
    order = sorted(range(max(low, 1), high + 1), key=lambda n: (abs(n - readable), n)) * 2
    return st.sampled_from(order + [0] * (low == 0))


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
