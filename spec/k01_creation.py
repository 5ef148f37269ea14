"""What a right k01_creation does.

Teaches how tensors come to be, with which dtype, on which device and in whose memory. Leaves
shapes as such to k02, converting tensors that are there already to k06.
"""

import math
import random

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from .harness.checks import (
    EVERY_DTYPE,
    NUMERIC,
    NUMPY,
    ORDINARY,
    array,
    assert_metadata,
    assert_owns_memory,
    assert_tensor,
    assert_that,
    edge,
    either,
    has_dtype,
    precise,
    random_states_kept,
    tensors,
    tr,
)

OTHER_DTYPE = ("as_float32",)

CPU = torch.device("cpu")
TORCH = {np.dtype(numpy): dtype for dtype, numpy in NUMPY.items()}
NUMERIC_ARRAYS = ("float32", "int64", "int32", "int16", "int8", "uint8", "float64")

# For each dtype some fills that no float32, or no float at all, holds exactly.
FILLS = [
    (dtype, value)
    for dtype, values in {
        torch.float32: (
            2.5,
            0.5,
            -2.0,
            0.1,
            3,
            True,
            1e30,
            2**24 + 3,
            math.inf,
            -math.inf,
            math.nan,
        ),
        torch.float64: (2.5, 0.1, 1 / 3, -1e300, 7, True, 2**53 - 1, math.inf, math.nan),
        torch.int64: (3, -7, 2.0, True, 0, 2**53 + 1, -(2**62) - 1, 2**63 - 1),
        torch.int32: (3, -7, 2.0, True, 2**31 - 1, 2**24 + 1),
        torch.int16: (3, -7, 2.0, -(2**15)),
        torch.int8: (3, -7, 2.0, -128),
        torch.uint8: (3, 2.0, True, 255),
        torch.bool: (True, False, 1, 0, 1.0),
    }.items()
    for value in values
]

# Arguments of the core: of the value's own kind, and an int for a floating dtype.
PLAIN_FILLS = [
    (torch.float32, 7),
    (torch.int64, 3),
    (torch.float32, 2.5),
    (torch.int64, -4),
    (torch.float32, -0.5),
]

INTS = (0, 1, -1, 2, 3, -5, 7, 2**24 + 1, 2**53 + 1, -(2**62) - 1)
FLOATS = (*ORDINARY, 1e-30, 123456.75, -1e30)
ENDS = [1, 3, 2.5, 6, -2, 0.5, 10, -7.5]
BOUNDS = [0, 1, -1, 5, 0.5, -2.5, 0.1, 10, -7, 1 / 3, 100.0, 1000, 1e-4, 123456.75]
NESTINGS = [(2,), (1,), (3,), (2, 3), (3, 1), (1, 1), (2, 1, 3), (1, 2, 2), (2, 2, 1, 2)]
LAYOUTS = ("contiguous", "transposed", "strided")

PLAIN_SHAPES = st.sampled_from([(2, 3), (3,), (4, 2), (5,), (2, 3, 4)])
ALL_SHAPES = st.lists(st.sampled_from([2, 3, 1, 0]), max_size=3).map(tuple)
WITH_AXES = st.lists(st.sampled_from([2, 3, 1, 0]), min_size=1, max_size=3).map(tuple)
SHAPES = either(PLAIN_SHAPES, ALL_SHAPES)


@st.composite
def nested(draw, shapes, numbers_for):
    """A nested list, its numbers in order, and its shape."""
    shape = draw(shapes)
    flat = draw(numbers_for(math.prod(shape)))
    return nest(flat, shape), flat, shape


def lists(numbers, offset=0):
    """Lists that count on from a small number; as edges, nested lists of any of the numbers."""

    def counted(count):
        return st.integers(1, 9).map(lambda first: [first + offset + i for i in range(count)])

    def picked(count):
        picks = st.binary(min_size=count, max_size=count)
        return picks.map(lambda each: [numbers[pick % len(numbers)] for pick in each])

    return either(nested(PLAIN_SHAPES, counted), nested(st.sampled_from(NESTINGS), picked))


def nest(flat, shape):
    """The numbers as a nested list of this shape."""
    if len(shape) == 1:
        return list(flat)
    step = len(flat) // shape[0]
    return [nest(flat[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])]


def recipes(dtypes=EVERY_DTYPE, shapes=ALL_SHAPES):
    """Shapes, dtypes and layouts, for `made` to make an array of; in the core as NumPy has them."""
    return either(
        st.tuples(PLAIN_SHAPES, st.just(torch.float64), st.just("contiguous")),
        st.tuples(shapes, st.sampled_from(dtypes), st.sampled_from(LAYOUTS)),
    )


def made(shape, dtype, layout):
    """A writable array, contiguous, transposed or strided.

    A copy of an array has another layout, so a test draws the recipe and makes the array itself.
    """
    kind = NUMPY[dtype]
    values = 1 + np.arange(math.prod(shape)).reshape(shape)
    values = values % 2 if kind is np.bool_ else values
    if layout == "transposed":
        return np.array(values.T.astype(kind), order="C").T
    if layout == "strided" and shape:
        wide = np.zeros((*shape[:-1], 2 * shape[-1] + 1), kind)
        wide[..., 1::2] = values
        return wide[..., 1::2]
    return np.array(values, dtype=kind)


def examples_of_arrays():
    """Arrays of all layouts: parts, transposes, whole ones and an empty one, all with axes."""
    table = np.arange(24.0).reshape(4, 6)
    yield from (table[::2], table[:, 1::3], table.T, table[1:3, 2])
    yield from (np.zeros((2, 0)), np.arange(6, dtype=np.float32), np.array([[True], [False]]))
    yield from (np.arange(12, dtype=np.int16).reshape(2, 3, 2)[:, 1:].T, np.array([7]))


def extremes(name):
    """The smallest and the largest number of a dtype, and 1."""
    limits = np.iinfo(name) if np.issubdtype(name, np.integer) else np.finfo(name)
    return [[limits.min, 1, limits.max]]


def changed(array):
    """The same array with other values."""
    return ~array if array.dtype == np.bool_ else array + 1


@given(drawn=lists(INTS))
def test_from_values_makes_int64_of_ints(kata, device, drawn):
    """A list of ints becomes an int64 tensor on the CPU, with the shape of the nesting."""
    values, flat, shape = drawn
    expected = np.array(flat, dtype=np.int64).reshape(shape)
    assert_tensor(kata.from_values(values), expected, dtype=torch.int64, device=CPU)


@given(drawn=lists(FLOATS, offset=0.5))
def test_from_values_makes_float32_of_floats(kata, device, drawn):
    """A list of floats becomes a float32 tensor."""
    values, flat, shape = drawn
    expected = np.array(flat, dtype=np.float32).reshape(shape)
    result = kata.from_values(values)
    assert_tensor(result, expected, dtype=torch.float32, device=CPU, rtol=1e-6, atol=0)


def test_from_values_makes_float32_where_there_is_a_float(kata, device):
    """One float among ints is enough, wherever it stands."""
    for values in ([1, 2.5, 3], [2.5, 1], [[1, 2, 3], [4, 5, 6.5]], [[1.5, 2, 3], [4, 5, 6]]):
        assert_tensor(kata.from_values(values), values, dtype=torch.float32, device=CPU)


def test_from_values_makes_bool_of_bools(kata, device):
    """A list of bools becomes a bool tensor."""
    for values in ([True, False, True], [[True, False, False], [False, True, True]]):
        assert_tensor(kata.from_values(values), values, dtype=torch.bool, device=CPU)


@edge
def test_from_values_keeps_axes_of_length_1(kata, device):
    """A list of one number, or of one list, has an axis like any other."""
    for values in ([[7]], [[1, 2, 3]], [[1], [2], [3]]):
        assert_tensor(kata.from_values(values), values, dtype=torch.int64, device=CPU)


@edge
def test_from_values_makes_int64_of_ints_alone(kata, device):
    """Ints stay ints, however large, and 0 and 1 are no bools."""
    for values in ([0, 1], [[2**53 + 1, -(2**62) - 1]], [2**63 - 1, -(2**63)]):
        assert_tensor(kata.from_values(values), values, dtype=torch.int64, device=CPU)


@edge
def test_from_values_makes_float32_of_whole_and_special_floats(kata, device):
    """2.0 is a float, and so are infinity and NaN."""
    for values in ([1.0, 2.0], [1, 2.0], [3, math.inf, -math.inf, math.nan]):
        assert_tensor(kata.from_values(values), values, dtype=torch.float32, device=CPU)


@edge
def test_from_values_of_nothing_is_float32(kata, device):
    """A list without numbers becomes an empty float32 tensor with the shape of the nesting."""
    assert_tensor(kata.from_values([]), np.empty(0), dtype=torch.float32, device=CPU)
    for values, shape in (([[], []], (2, 0)), ([[]], (1, 0)), ([[[]], [[]]], (2, 1, 0))):
        assert_tensor(kata.from_values(values), np.empty(shape), dtype=torch.float32, device=CPU)


@given(drawn=lists((*FLOATS, 1, 2, -300)))
def test_as_float32_of_a_list_lies_on_the_cpu(kata, device, drawn):
    """A list of numbers becomes a float32 tensor with the shape of the nesting."""
    values, flat, shape = drawn
    expected = np.array(flat, dtype=np.float32).reshape(shape)
    result = kata.as_float32(values)
    assert_tensor(result, expected, dtype=torch.float32, device=CPU, rtol=1e-6, atol=0)


@given(recipe=recipes(dtypes=NUMERIC))
def test_as_float32_of_an_array_lies_on_the_cpu(kata, device, recipe):
    """An array becomes a float32 tensor on the CPU, with the array's shape."""
    values = made(*recipe)
    expected = values.astype(np.float32)
    result = kata.as_float32(values)
    assert_tensor(result, expected, dtype=torch.float32, device=CPU, rtol=1e-6, atol=0)


@given(x=tensors("...", dtypes=(torch.int64, *NUMERIC)))
def test_as_float32_of_a_tensor_stays_on_its_device(kata, device, x):
    """A tensor becomes a float32 tensor on the same device, with the same shape."""
    expected = array(x).astype(np.float32)
    result = kata.as_float32(x)
    assert_tensor(result, expected, dtype=torch.float32, device=device, rtol=1e-6, atol=0)


def test_as_float32_of_ints(kata, device):
    """Ints become floats of the same value, from a list, an array or a tensor."""
    numbers = [[1, 2, 3], [-4, 5, 60]]
    x = torch.tensor(numbers, device=device)
    assert_tensor(kata.as_float32(numbers), numbers, dtype=torch.float32, device=CPU)
    assert_tensor(kata.as_float32(np.array(numbers)), numbers, dtype=torch.float32, device=CPU)
    assert_tensor(kata.as_float32(x), numbers, dtype=torch.float32, device=device)


def test_as_float32_of_floats(kata, device):
    """Floats keep their fractions, from a list, an array or a tensor."""
    numbers = [0.5, -2.25, 1234.5]
    x = torch.tensor(numbers, dtype=precise(device), device=device)
    assert_tensor(kata.as_float32(numbers), numbers, dtype=torch.float32, device=CPU)
    assert_tensor(kata.as_float32(np.array(numbers)), numbers, dtype=torch.float32, device=CPU)
    assert_tensor(kata.as_float32(x), numbers, dtype=torch.float32, device=device)


@edge
def test_as_float32_takes_every_numeric_dtype(kata, device):
    """An array or a tensor of any numeric dtype becomes float32."""
    numbers = [[1, 2, 3], [4, 5, 6]]
    for name in NUMERIC_ARRAYS:
        result = kata.as_float32(np.array(numbers, dtype=name))
        assert_tensor(result, numbers, dtype=torch.float32, device=CPU)
        if has_dtype(device, getattr(torch, name)):
            x = torch.tensor(numbers, dtype=getattr(torch, name), device=device)
            assert_tensor(kata.as_float32(x), numbers, dtype=torch.float32, device=device)


@edge
def test_as_float32_holds_the_largest_integers(kata, device):
    """The smallest and the largest number of each integer dtype come through."""
    for name in ("int64", "int32", "int16", "int8", "uint8"):
        values = np.array(extremes(name), dtype=name)
        exact = {"dtype": torch.float32, "rtol": 0, "atol": 0}
        expected = values.astype(np.float32)
        assert_tensor(kata.as_float32(values), expected, device=CPU, **exact)
        x = torch.tensor(values, device=device)
        assert_tensor(kata.as_float32(x), expected, device=device, **exact)


@edge
def test_as_float32_rounds_to_the_nearest(kata, device):
    """What lies between two float32 numbers becomes the nearer one, and is not cut off."""
    for values in (
        [0.1, -0.7, 1 + 2**-23 * 0.75, 123456.789],
        [2**24 + 3, -(2**40) - 1, 2**53 + 1],
    ):
        numbers = np.array(values)
        exact = {"dtype": torch.float32, "rtol": 0, "atol": 0}
        expected = numbers.astype(np.float32)
        dtype = precise(device) if numbers.dtype == np.float64 else torch.int64
        x = torch.tensor(values, dtype=dtype, device=device)
        assert_tensor(kata.as_float32(values), expected, device=CPU, **exact)
        assert_tensor(kata.as_float32(numbers), expected, device=CPU, **exact)
        assert_tensor(kata.as_float32(x), expected, device=device, **exact)


@edge
def test_as_float32_keeps_special_values(kata, device):
    """Infinities, NaN, and very small and large numbers come through."""
    special = [math.inf, -math.inf, math.nan, 1e-30, -1e30]
    x = torch.tensor(special, dtype=precise(device), device=device)
    expected = {"dtype": torch.float32, "rtol": 1e-6, "atol": 0}
    assert_tensor(kata.as_float32(special), special, device=CPU, **expected)
    assert_tensor(kata.as_float32(np.array(special)), special, device=CPU, **expected)
    assert_tensor(kata.as_float32(x), special, device=device, **expected)


@edge
def test_as_float32_of_single_numbers_and_of_nothing(kata, device):
    """A 0-D array or tensor stays 0-D, and an empty one empty."""
    for number in (torch.tensor(3, device=device), torch.tensor(3.0, device=device)):
        assert_tensor(kata.as_float32(number), 3.0, dtype=torch.float32, device=device)
    assert_tensor(kata.as_float32(np.array(3)), 3.0, dtype=torch.float32, device=CPU)
    empty = np.empty((0, 2))
    assert_tensor(kata.as_float32(empty), empty, dtype=torch.float32, device=CPU)
    assert_tensor(kata.as_float32([]), np.empty(0), dtype=torch.float32, device=CPU)


@given(recipe=recipes())
def test_copy_of_has_the_shape_dtype_and_values_of_the_array(kata, device, recipe):
    """The tensor lies on the CPU and has the array's shape, dtype and values."""
    values = made(*recipe)
    copy = kata.copy_of(values)
    assert_tensor(copy, values, dtype=TORCH[values.dtype], device=CPU, rtol=0, atol=0)


def test_copy_of_does_not_follow_the_array(kata, device):
    """Writing into the array afterwards does not change the tensor."""
    values = np.array([[1.5, 2.5, 3.5], [4.5, 5.5, 6.5]])
    before, copy = values.copy(), kata.copy_of(values)
    assert_tensor(copy, before, dtype=torch.float64, device=CPU)
    values[0, 0] = 100
    problem = tr("what was written into the array afterwards, 100 at [0, 0], shows in the tensor")
    assert_that(np.array_equal(array(copy), before), problem)


def test_copy_of_keeps_ints(kata, device):
    """An array of ints becomes a tensor of ints, and one of float32 stays float32."""
    for values in (np.array([[4, 5, 6], [7, 8, 9]]), np.array([1.5, 2.5, 3.5], np.float32)):
        assert_tensor(kata.copy_of(values), values, dtype=TORCH[values.dtype], device=CPU)


@edge
def test_copy_of_keeps_every_dtype(kata, device):
    """Each integer and floating dtype, and bool, stays what it is."""
    for name in (*NUMERIC_ARRAYS, "bool"):
        values = np.array([[1, 0, 1]] if name == "bool" else extremes(name), dtype=name)
        assert_tensor(kata.copy_of(values), values, dtype=getattr(torch, name), device=CPU)


@edge
def test_copy_of_keeps_every_digit(kata, device):
    """float64 and int64 arrays arrive with all their digits."""
    for values in (np.array([0.1, 1 / 3, 1e300]), np.array([2**53 + 1, -(2**62) - 1])):
        copy = kata.copy_of(values)
        assert_tensor(copy, values, dtype=TORCH[values.dtype], device=CPU, rtol=0, atol=0)


@edge
def test_copy_of_does_not_follow_parts_of_arrays(kata, device):
    """Slices, transposes, single numbers and empty arrays are copied like any other."""
    for values in (np.arange(6.0)[::2], np.array(5.0), *examples_of_arrays()):
        before, copy = values.copy(), kata.copy_of(values)
        values[...] = changed(values)
        assert_tensor(copy, before, dtype=TORCH[values.dtype], device=CPU)


@edge
def test_copy_of_has_memory_of_its_own(kata, device):
    """Writing into the tensor does not change the array."""
    for values in (np.arange(6.0)[::2], np.array(5.0), *examples_of_arrays()):
        copy = kata.copy_of(values)
        assert_tensor(copy, values, dtype=TORCH[values.dtype], device=CPU)
        assert_owns_memory(copy, torch.from_numpy(values))


@given(recipe=recipes(shapes=WITH_AXES))
def test_window_onto_shows_what_is_written_into_the_array(kata, device, recipe):
    """The tensor shows the array, before and after the array is written to."""
    values = made(*recipe)
    window = kata.window_onto(values)
    as_array = {"dtype": TORCH[values.dtype], "device": CPU, "rtol": 0, "atol": 0}
    assert_tensor(window, values, **as_array)
    values[...] = changed(values)
    assert_tensor(window, values, **as_array)


def test_window_onto_writes_into_the_array(kata, device):
    """What is written into the tensor shows in the array."""
    values = np.array([[1, 2, 3], [4, 5, 6]])
    window = kata.window_onto(values)
    assert_tensor(window, values, dtype=torch.int64, device=CPU)
    window[0, 0] = 100
    problem = tr("100 was written into the tensor, at [0, 0], and the array is {array}").format(
        array=values.tolist()
    )
    assert_that(values.tolist() == [[100, 2, 3], [4, 5, 6]], problem)


@edge
def test_window_onto_writes_into_parts_of_arrays(kata, device):
    """What is written into the tensor of a slice or a transpose shows there, and nowhere else."""
    for values in (np.arange(6.0), *examples_of_arrays()):
        window = kata.window_onto(values)
        expected = changed(values)
        assert_tensor(window, values, dtype=TORCH[values.dtype], device=CPU)
        window.copy_(torch.tensor(expected))
        equal = np.array_equal(values, expected)
        assert_that(
            equal, tr("after writing into the tensor the array is {values!r}").format(values=values)
        )


@edge
def test_window_onto_follows_parts_of_arrays(kata, device):
    """What is written into a slice or a transpose shows in its tensor."""
    for values in (np.arange(6.0), *examples_of_arrays()):
        window = kata.window_onto(values)
        values[...] = changed(values)
        assert_tensor(window, values, dtype=TORCH[values.dtype], device=CPU)


@edge
def test_window_onto_keeps_every_dtype(kata, device):
    """Each integer and floating dtype, and bool, stays what it is, and shares memory."""
    for name in (*NUMERIC_ARRAYS, "bool"):
        values = np.array([[1, 0, 1]] if name == "bool" else extremes(name), dtype=name)
        window = kata.window_onto(values)
        values[0, 0] = 0
        assert_tensor(window, values, dtype=getattr(torch, name), device=CPU)


@edge
def test_window_onto_leaves_the_array_writable(kata, device):
    """The array can still be written to afterwards."""
    for values in (np.array([[1.5, 2.5]]), np.arange(6)[::2], np.array([True, False])):
        kata.window_onto(values)
        assert_that(values.flags.writeable, "the array may no longer be written to")


@given(size=either(st.integers(2, 5), st.integers(0, 7)))
def test_identity_has_ones_on_the_diagonal_alone(kata, device, size):
    """The diagonal from top left holds ones, all else zeros, in float32, on the device."""
    expected = [[float(i == j) for j in range(size)] for i in range(size)]
    expected = np.array(expected).reshape(size, size)
    assert_tensor(kata.identity(size, device), expected, dtype=torch.float32, device=device)


@edge
def test_identity_of_one_row_and_of_none(kata, device):
    """Size 1 gives a single one, and size 0 an empty (0, 0) matrix."""
    nothing = np.empty((0, 0))
    assert_tensor(kata.identity(1, device), [[1.0]], dtype=torch.float32, device=device)
    assert_tensor(kata.identity(0, device), nothing, dtype=torch.float32, device=device)


@given(shape=SHAPES, case=either(st.sampled_from(PLAIN_FILLS), st.sampled_from(FILLS)))
def test_filled_holds_the_value_everywhere(kata, device, shape, case):
    """The tensor has this shape, dtype and device, and the value in every element."""
    dtype, value = case
    if has_dtype(device, dtype):
        expected = np.full(shape, value, dtype=NUMPY[dtype])
        result = kata.filled(shape, value, dtype, device)
        assert_tensor(result, expected, dtype=dtype, device=device, rtol=0, atol=0)
    else:
        result = kata.filled(shape, 0.5, torch.float32, device)
        assert_tensor(result, np.full(shape, 0.5), dtype=torch.float32, device=device)


def test_filled_has_the_dtype_asked_for(kata, device):
    """The dtype is the one passed in, not the one that suits the value."""
    for dtype in (torch.float32, torch.int64, torch.int32, torch.uint8):
        result = kata.filled((2, 3), 7, dtype, device)
        assert_tensor(result, [[7, 7, 7], [7, 7, 7]], dtype=dtype, device=device)


def test_filled_keeps_fractions(kata, device):
    """A float dtype holds 2.5 as it is."""
    result = kata.filled((3,), 2.5, torch.float32, device)
    assert_tensor(result, [2.5, 2.5, 2.5], dtype=torch.float32, device=device)


@edge
def test_filled_converts_any_value_to_any_dtype(kata, device):
    """Whatever the value's kind, the dtype is the one asked for, and no digit is lost."""
    for dtype, value in FILLS:
        if has_dtype(device, dtype):
            result = kata.filled((2, 3), value, dtype, device)
            expected = np.full((2, 3), value, dtype=NUMPY[dtype])
            assert_tensor(result, expected, dtype=dtype, device=device, rtol=0, atol=0)


@edge
def test_filled_of_shape_nothing_is_a_number(kata, device):
    """The shape () gives a 0-D tensor, and a length of 0 an empty one."""
    assert_tensor(kata.filled((), 7, torch.int64, device), 7, dtype=torch.int64, device=device)
    for shape in ((0,), (2, 0), (0, 3)):
        result = kata.filled(shape, 0.5, torch.float32, device)
        assert_tensor(result, np.empty(shape), dtype=torch.float32, device=device)


@edge
def test_filled_has_memory_for_every_element(kata, device):
    """Writing into one element changes no other element."""
    for shape in ((2, 3), (4,), (3, 1), (2, 3, 2)):
        result = kata.filled(shape, 5, torch.int32, device)
        assert_metadata(result, shape=shape, dtype=torch.int32, device=device)
        result[(0,) * len(shape)] = 8
        expected = np.full(shape, 5)
        expected[(0,) * len(shape)] = 8
        assert_tensor(result, expected, dtype=torch.int32, device=device)


def points(start, stop, count):
    """The points in float64, each from its own fraction of the way."""
    return [start + (stop - start) * (i / max(count - 1, 1)) for i in range(count)]


def pairs(bounds):
    """A start and a stop."""
    return st.tuples(st.sampled_from(bounds), st.sampled_from(bounds))


@given(
    ends=either(pairs(ENDS).filter(lambda ends: ends[0] != ends[1]), pairs(BOUNDS)),
    count=either(st.sampled_from([3, 4, 5, 2]), st.integers(1, 9)),
)
def test_evenly_spaced_goes_from_start_to_stop(kata, device, ends, count):
    """The points stand at equal distances, in float32, both ends included."""
    result = kata.evenly_spaced(*ends, count, device)
    scale = max(map(abs, ends))
    expected = points(*ends, count)
    assert_tensor(result, expected, dtype=torch.float32, device=device, rtol=0, atol=1e-5 * scale)


def test_evenly_spaced_has_one_step_less_than_points(kata, device):
    """From 10 to 40, four points lie 10 apart; the last one is stop."""
    result = kata.evenly_spaced(10, 40, 4, device)
    assert_tensor(result, [10.0, 20.0, 30.0, 40.0], dtype=torch.float32, device=device)


def test_evenly_spaced_counts_down(kata, device):
    """Where start is larger than stop the points go down."""
    for start, stop in ((5, 3), (-1, -3), (2.5, 0.5)):
        result = kata.evenly_spaced(start, stop, 3, device)
        expected = [start, start - 1, start - 2]
        assert_tensor(result, expected, dtype=torch.float32, device=device)


def test_evenly_spaced_takes_floats(kata, device):
    """start and stop may be floats."""
    result = kata.evenly_spaced(0.5, 2.75, 4, device)
    assert_tensor(result, [0.5, 1.25, 2.0, 2.75], dtype=torch.float32, device=device)


@edge
def test_evenly_spaced_with_one_or_two_points(kata, device):
    """A count of 2 gives start and stop, and a count of 1 start alone, whatever stop is."""
    for start, stop in ((2, 5), (0.1, -0.7), (3, 3), (5.5, 2.5), (-1, -1), (0, 1)):
        result = kata.evenly_spaced(start, stop, 2, device)
        assert_tensor(result, [start, stop], dtype=torch.float32, device=device)
        result = kata.evenly_spaced(start, stop, 1, device)
        assert_tensor(result, [start], dtype=torch.float32, device=device)


@edge
def test_evenly_spaced_reaches_the_end(kata, device):
    """There are exactly `count` points and the last one is stop, for any count."""
    for count in (2, 3, 4, 6, 7, 11, 12, 50, 101, 1500, 10_001):
        result, expected = kata.evenly_spaced(2, 5, count, device), points(2, 5, count)
        assert_tensor(result, expected, dtype=torch.float32, device=device, rtol=0, atol=2e-5)


@edge
def test_evenly_spaced_in_a_small_interval(kata, device):
    """However close start and stop are to each other, the points stand between them."""
    result = kata.evenly_spaced(0.0, 1e-6, 5, device)
    expected = [0.0, 2.5e-7, 5e-7, 7.5e-7, 1e-6]
    assert_tensor(result, expected, dtype=torch.float32, device=device, rtol=0, atol=1e-11)


DRAWS = 20_000
MANY = 600_000  # enough to tell the sum of twelve uniform numbers from a normal one
SEEDS = sorted({*range(64), *(2**k for k in range(32)), *(10**k for k in range(10)), 2**32 - 1})


def assert_likely(share, law, where):
    """Of many draws, as large a share lies there as the law says, give or take chance."""
    __tracebackhide__ = True
    problem = tr("{share:.5f} of many draws are {where}; the normal law says {law:.5f}").format(
        share=share, where=where, law=law
    )
    assert_that(abs(share - law) < 6 * math.sqrt(law * (1 - law) / MANY), problem)


@given(shape=SHAPES, seed=either(st.integers(1, 99), st.integers(0, 2**32 - 1)))
def test_standard_normal_has_the_shape_asked_for(kata, device, shape, seed):
    """The draws have this shape, in float32, on the device, whatever the seed."""
    draws = kata.standard_normal(shape, seed, device)
    assert_metadata(draws, shape=shape, dtype=torch.float32, device=device)


def test_standard_normal_has_mean_0_and_variance_1(kata, device):
    """Over many draws the mean comes close to 0 and the variance close to 1."""
    draws = array(kata.standard_normal((100, DRAWS // 100), 5, device))
    mean, variance = draws.mean(), draws.var()
    assert_that(
        abs(mean) < 0.1,
        tr("the mean of {draws} draws is {mean:.3f}, not near 0").format(draws=DRAWS, mean=mean),
    )
    assert_that(
        abs(variance - 1) < 0.1,
        tr("their variance is {variance:.3f}, not near 1").format(variance=variance),
    )


def test_standard_normal_repeats_with_the_seed(kata, device):
    """The same seed gives the same values, whatever was drawn in between."""
    first = kata.standard_normal((2, 3), 7, device)
    again = kata.standard_normal((2, 3), 7, device)
    assert_tensor(again, first, rtol=0, atol=0)
    kata.standard_normal((2, 3), 8, device)
    _ = torch.rand(3), torch.rand(3, device=device)
    assert_tensor(kata.standard_normal((2, 3), 7, device), first, rtol=0, atol=0)


def test_standard_normal_differs_with_the_seed(kata, device):
    """Another seed gives other values."""
    first = array(kata.standard_normal((2, 3), 7, device))
    second = array(kata.standard_normal((2, 3), 8, device))
    assert_that(not np.any(first == second), "the seeds 7 and 8 give the same values")


def test_standard_normal_is_bell_shaped(kata, device):
    """Most draws lie near 0: about 68 of 100 within 1 of it, and about 5 beyond 2."""
    size = abs(array(kata.standard_normal((DRAWS,), 6, device)))
    near, far = 100 * np.mean(size < 1), 100 * np.mean(size > 2)
    assert_that(
        abs(near - 68) < 4,
        tr("{near:.0f} of 100 draws lie within 1 of 0, not about 68").format(near=near),
    )
    assert_that(
        abs(far - 4.6) < 1.6,
        tr("{far:.1f} of 100 draws lie beyond 2, not about 4.6").format(far=far),
    )


def test_standard_normal_takes_each_draw_anew(kata, device):
    """No row, column or element of the result repeats another one."""
    draws = array(kata.standard_normal((37, 41), 3, device))
    assert_that(len(np.unique(draws)) > 1500, "the elements repeat each other")
    draws = array(kata.standard_normal((DRAWS,), 4, device))
    correlation = np.mean(draws[1:] * draws[:-1])
    assert_that(
        abs(correlation) < 0.1,
        tr("neighbours are correlated, by {correlation:.3f}").format(correlation=correlation),
    )


def test_standard_normal_is_not_adjusted_to_its_sample(kata, device):
    """A few draws have a mean and a variance of their own, not exactly 0 and 1."""
    for seed in (1, 2):
        draws = array(kata.standard_normal((4,), seed, device))
        assert_that(abs(draws.mean()) > 1e-5, "the draws were shifted to mean 0")
        assert_that(abs(draws.var() - 1) > 1e-5, "the draws were scaled to variance 1")
        assert_that(abs(draws.var(ddof=1) - 1) > 1e-5, "the draws were scaled to variance 1")


@edge
def test_standard_normal_of_shape_nothing_is_a_number(kata, device):
    """The shape () gives a 0-D tensor, and a length of 0 an empty one."""
    for shape in ((), (0,), (2, 0)):
        draws = kata.standard_normal(shape, 3, device)
        assert_metadata(draws, shape=shape, dtype=torch.float32, device=device)


@edge
def test_standard_normal_leaves_the_global_random_states(kata, device):
    """The random states of torch, NumPy and Python are as they were, wherever they stood."""
    with random_states_kept(device):
        kata.standard_normal((2,), 11, device)
    _ = torch.rand(3), torch.rand(3, device=device), np.random.rand(3), random.random()
    for shape in ((3, 5), (100,), ()):
        with random_states_kept(device):
            kata.standard_normal(shape, 11, device)


@edge
def test_standard_normal_repeats_whatever_was_seeded(kata, device):
    """The same seed gives the same values after the global seed changed."""
    for shape in ((3, 5), (4,), ()):
        kata.standard_normal(shape, 8, device)
        first = kata.standard_normal(shape, 7, device)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(99)
            assert_tensor(kata.standard_normal(shape, 7, device), first, rtol=0, atol=0)


@edge
def test_standard_normal_has_values_for_each_seed(kata, device):
    """Each seed gives values of its own, 0 and 1 too, and for a 0-D tensor as well."""
    drawn = {}
    for seed in SEEDS:
        draws = array(kata.standard_normal((4,), seed, device))
        same = drawn.setdefault(tuple(draws.tolist()), seed)
        assert_that(
            same == seed,
            tr("the seeds {same} and {seed} give the same values").format(same=same, seed=seed),
        )
    numbers = {float(array(kata.standard_normal((), seed, device))) for seed in range(8)}
    assert_that(len(numbers) == 8, "two of the seeds 0 to 7 give the same 0-D tensor")


@edge
def test_standard_normal_follows_the_law_in_its_tails(kata, device):
    """As many draws lie near zero, far from it and on each side as the normal law says."""
    draws = array(kata.standard_normal((MANY,), 6, device))
    for bound in (0, 1, -1, 2, -2, 0.5):
        law = (1 + math.erf(bound / math.sqrt(2))) / 2
        assert_likely(np.mean(draws < bound), law, tr("below {bound}").format(bound=bound))
    for bound in (0.2, 1, 3, 4):
        share, law = np.mean(abs(draws) > bound), math.erfc(bound / math.sqrt(2))
        assert_likely(share, law, tr("beyond {bound} on either side").format(bound=bound))
