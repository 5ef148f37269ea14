"""What a right k08_broadcasting does.

Teaches broadcasting as a way to say "for each" without a loop, and its trap: shapes that fit by
accident. Leaves reductions as such to k07, and matrix products to k10.
"""

import itertools
import math
from unittest import mock

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from spec.harness.checks import (
    FLOATING,
    NON_NEGATIVE,
    NUMERIC,
    ORDINARY,
    WIDE,
    CheckFailure,
    array,
    assert_no_loops,
    assert_raises,
    assert_tensor,
    assert_value,
    has_dtype,
    tensors,
    unchanged,
)

# All dtypes, int64 more often than the others.
ADDABLE = (*NUMERIC, torch.int64, torch.int64, torch.int16, torch.int8)
DIGITS = (1000.0, *(2**53 + 1, -(2**53) - 1) * 3)  # integers too large for float64, often

# Pairs of lengths on one axis: most of them fit, so that whole shapes often do.
FITTING = [(1, 1), (3, 3), (1, 3), (2, 1), (0, 1), (1, 0), (0, 0), (5, 5), (1, 4), (6, 1)]
PAIRS = st.lists(st.sampled_from([*FITTING, (2, 3), (4, 2), (0, 3)]), max_size=4)
MISSING = st.sampled_from([(0, 0), (1, 0), (0, 1), (2, 0), (0, 2), (0, 3), (3, 0), (1, 2)])


def floating(device):
    """The floating dtypes of this device, float64 last where there is one."""
    return [dtype for dtype in FLOATING if has_dtype(device, dtype)]


def asked_for_the_rule(*_, **__):
    """Stands in for torch.broadcast_shapes."""
    raise CheckFailure("torch.broadcast_shapes is what you are asked to write in plain Python")


def assert_pairs_are_refused(kata, device, pairs):
    """squared_error raises for each pair of shapes, in either order."""
    for pair in pairs:
        one, other = (torch.arange(float(math.prod(shape)), device=device) for shape in pair)
        one, other = one.reshape(pair[0]), -other.reshape(pair[1])
        assert_raises(ValueError, kata.squared_error, one, other)
        assert_raises(ValueError, kata.squared_error, other, one)


@given(matrix=tensors("rows columns", sides={"rows": (1, 4)}))
def test_center_columns_leaves_each_column_with_zero_mean(kata, device, matrix):
    """Each column has its own mean taken off; afterwards it has mean zero."""
    columns = array(matrix)
    assert_tensor(kata.center_columns(matrix), columns - columns.mean(axis=0), like=matrix)


def test_center_columns_averages_down_the_rows(kata, device):
    """A column's mean runs over the rows; in a single row each element is its own mean."""
    for dtype in floating(device):
        rows = [[1, 0, 3], [2, 4, 3], [6, 5, 1 / 3]]
        matrix = torch.tensor(rows, dtype=dtype, device=device)
        mean = (6 + 1 / 3) / 3
        expected = [[-2, -3, 3 - mean], [-1, 1, 3 - mean], [3, 2, 1 / 3 - mean]]
        assert_tensor(kata.center_columns(matrix), expected, like=matrix)
        assert_tensor(kata.center_columns(matrix[2:]), [[0, 0, 0]], like=matrix)


def test_center_columns_leaves_its_argument_alone(kata, device):
    """The matrix passed in is as it was."""
    matrix = torch.tensor([[1.0, 2.0], [3.0, 5.0], [0.0, 1.0]], device=device)
    with unchanged(matrix):
        kata.center_columns(matrix)


def test_center_columns_needs_no_loop(kata, device):
    """The number of operations does not grow with the matrix."""
    small, large = torch.ones(2, 3, device=device), torch.ones(23, 19, device=device)
    assert_no_loops(lambda: kata.center_columns(small), lambda: kata.center_columns(large))


@given(matrix=tensors("rows columns", values=(*NON_NEGATIVE, 1e-30, 3e-20)))
def test_normalize_rows_makes_each_row_sum_to_one(kata, device, matrix):
    """Each row is divided by its sum; a row of zeros stays zeros."""
    rows = array(matrix)
    sums = rows.sum(axis=1, keepdims=True)
    expected = np.divide(rows, sums, out=np.zeros_like(rows), where=sums != 0)
    assert_tensor(kata.normalize_rows(matrix), expected, like=matrix, atol=0)


def test_normalize_rows_keeps_a_row_of_zeros(kata, device):
    """Zeros divided by their sum would be NaN; they stay zeros, and other rows are normalized."""
    matrix = torch.tensor([[0.0, 0.0, 0.0], [3.0, 0.0, 1.0]], device=device)
    assert_tensor(kata.normalize_rows(matrix), [[0, 0, 0], [0.75, 0, 0.25]], like=matrix)


def test_normalize_rows_treats_tiny_rows_like_any_other(kata, device):
    """A row of entries near 1e-20 or 1e-30 sums to 1 afterwards too."""
    for tiny, dtype in itertools.product((1e-20, 1e-30), floating(device)):
        matrix = torch.tensor([[tiny, 3 * tiny], [1.0, 3.0]], dtype=dtype, device=device)
        assert_tensor(kata.normalize_rows(matrix), [[0.25, 0.75], [0.25, 0.75]], like=matrix)


def test_normalize_rows_leaves_its_argument_alone(kata, device):
    """The matrix passed in is as it was, zeros included."""
    matrix = torch.tensor([[0.0, 0.0], [1.0, 4.0]], device=device)
    with unchanged(matrix):
        kata.normalize_rows(matrix)


def test_normalize_rows_needs_no_loop(kata, device):
    """The number of operations does not grow with the matrix."""
    small, large = torch.ones(2, 3, device=device), torch.ones(23, 19, device=device)
    assert_no_loops(lambda: kata.normalize_rows(small), lambda: kata.normalize_rows(large))


@given(vectors=tensors("n", "m", dtypes=ADDABLE, values=ORDINARY + DIGITS))
def test_outer_sum_adds_every_pair(kata, device, vectors):
    """Entry [i, j] is a[i] + b[j]: a runs down the rows, b along the columns."""
    a, b = vectors
    expected = np.add.outer(array(a), array(b))
    assert_tensor(kata.outer_sum(a, b), expected, like=a)


def test_outer_sum_leaves_its_arguments_alone(kata, device):
    """Both vectors are as they were."""
    a, b = torch.tensor([1.0, 2.0], device=device), torch.tensor([5.0, 7.0], device=device)
    with unchanged(a, b):
        kata.outer_sum(a, b)


def test_outer_sum_needs_no_loop(kata, device):
    """The number of operations does not grow with the vectors."""
    a, b = torch.ones(29, device=device), torch.ones(31, device=device)
    assert_no_loops(lambda: kata.outer_sum(a[:2], b[:3]), lambda: kata.outer_sum(a, b))


def distances(a, b):
    """The distance of each pair, from the definition."""
    table = [[math.dist(p, q) for q in array(b)] for p in array(a)]
    return np.array(table).reshape(len(a), len(b))


@given(points=tensors("n d", "m d"))
def test_pairwise_distances_measures_every_pair(kata, device, points):
    """Entry [i, j] is the Euclidean distance from a[i] to b[j]."""
    a, b = points
    assert_tensor(kata.pairwise_distances(a, b), distances(a, b), like=a)


def test_pairwise_distances_of_large_points_are_precise(kata, device):
    """Points far from the origin keep their distance, and equal ones are exactly 0 apart, however
    many there are."""
    a = torch.tensor([[4096.0, 1.0, 4096.0]], device=device)
    b = a + torch.tensor([[0.375, -0.5, 1.5], [0.0, 0.25, 0.0]], device=device)
    assert_tensor(kata.pairwise_distances(a, b), [[1.625, 0.25]], like=a)
    for dtype in floating(device):
        a = torch.linspace(900, 1000, 40 * 3, dtype=dtype).reshape(40, 3).to(device)
        b = a.flip(0)
        result = kata.pairwise_distances(a, b)
        assert_tensor(result.flip(1).diagonal(), np.zeros(40), like=a, atol=0)
        assert_tensor(result, distances(a, b), like=a)


def test_pairwise_distances_leaves_its_arguments_alone(kata, device):
    """Both sets of points are as they were."""
    a, b = torch.ones(3, 2, device=device), torch.zeros(2, 2, device=device)
    with unchanged(a, b):
        kata.pairwise_distances(a, b)


def test_pairwise_distances_needs_no_loop(kata, device):
    """The number of operations does not grow with the points."""
    a, b = torch.ones(29, 5, device=device), torch.ones(31, 5, device=device)
    assert_no_loops(
        lambda: kata.pairwise_distances(a[:2, :3], b[:3, :3]),
        lambda: kata.pairwise_distances(a, b),
    )


@given(drawn=tensors("batch channels height width", "channels", max_side=3))
def test_scale_channels_multiplies_each_channel(kata, device, drawn):
    """Every pixel of channel c is multiplied by factors[c]."""
    images, factors = drawn
    expected = np.einsum("bchw,c->bchw", array(images), array(factors))
    assert_tensor(kata.scale_channels(images, factors), expected, like=images)


def test_scale_channels_does_not_scale_columns(kata, device):
    """Where all axes are equally long, the factors still belong to the channels."""
    for dtype in floating(device):
        images = torch.ones(2, 2, 2, 2, dtype=dtype, device=device)
        factors = torch.tensor([5, 1 / 3], dtype=dtype, device=device)
        expected = [[[[5, 5], [5, 5]], [[1 / 3, 1 / 3], [1 / 3, 1 / 3]]]] * 2
        assert_tensor(kata.scale_channels(images, factors), expected, like=images)


def test_scale_channels_leaves_its_arguments_alone(kata, device):
    """Images and factors are as they were."""
    images = torch.ones(2, 3, 2, 2, device=device)
    factors = torch.tensor([2.0, 3.0, 4.0], device=device)
    with unchanged(images, factors):
        kata.scale_channels(images, factors)


def test_scale_channels_needs_no_loop(kata, device):
    """The number of operations grows neither with the batch nor with the channels."""
    small, large = torch.ones(2, 3, 2, 2, device=device), torch.ones(7, 13, 5, 5, device=device)
    factors = torch.ones(13, device=device)
    assert_no_loops(
        lambda: kata.scale_channels(small, factors[:3]),
        lambda: kata.scale_channels(large, factors),
    )


@given(pairs=PAIRS, missing=MISSING)
def test_broadcast_shape_is_the_shape_torch_broadcasts_to(kata, pairs, missing):
    """The result is the shape of any elementwise operation; shapes that do not fit raise."""
    a, b = (tuple(pair[k] for pair in pairs[missing[k] :]) for k in (0, 1))
    try:
        expected = np.broadcast_shapes(a, b)
    except ValueError:
        assert_raises(ValueError, kata.broadcast_shape, a, b)
    else:
        assert_value(kata.broadcast_shape(a, b), tuple(expected))


def test_broadcast_shape_lines_up_from_the_right(kata):
    """A missing axis is missing on the left."""
    assert_value(kata.broadcast_shape((3,), (4, 1)), (4, 3))
    assert_value(kata.broadcast_shape((4, 1), (3,)), (4, 3))
    assert_value(kata.broadcast_shape((2, 1, 5), (4, 1)), (2, 4, 5))
    assert_value(kata.broadcast_shape((), (2, 3)), (2, 3))


def test_broadcast_shape_is_plain_python(kata):
    """The rule needs no torch, and lengths may be larger than any tensor's."""
    assert_raises(ValueError, kata.broadcast_shape, (2, 1), (3, 1))
    with mock.patch("torch.broadcast_shapes", asked_for_the_rule):
        assert_value(kata.broadcast_shape((4, 2, 1), (1, 3)), (4, 2, 3))
        long = (2**70, 2)  # and equal lengths need not be one object
        assert_value(kata.broadcast_shape(long, (int(2.0**70), 1)), long)


def test_broadcast_shape_stretches_lengths_of_one_alone(kata):
    """(2, 3) does not fit (3, 2), nor 2 a multiple such as 4; 0 fits 0 and 1 alone and gives 0."""
    assert_raises(ValueError, kata.broadcast_shape, (2, 3), (3, 2))
    assert_raises(ValueError, kata.broadcast_shape, (4,), (2,))
    assert_raises(ValueError, kata.broadcast_shape, (2,), (4,))
    assert_raises(ValueError, kata.broadcast_shape, (4, 3), (2, 2, 1))
    assert_raises(ValueError, kata.broadcast_shape, (2,), (0,))
    assert_raises(ValueError, kata.broadcast_shape, (0, 3), (2, 3))
    assert_value(kata.broadcast_shape((0, 3), (1, 1)), (0, 3))
    assert_value(kata.broadcast_shape((3, 1), (0,)), (3, 0))


@given(drawn=tensors("...", "...", values=WIDE, min_side=1))
def test_squared_error_averages_over_all_elements(kata, device, drawn):
    """The result is the mean of all squared differences, as a 0-D tensor."""
    prediction, target = drawn
    expected = np.mean((array(prediction) - array(target)) ** 2)
    assert_tensor(kata.squared_error(prediction, target), expected, like=prediction)


def test_squared_error_refuses_shapes_that_would_broadcast(kata, device):
    """(3, 1) against (3,) raises instead of silently averaging nine differences."""
    pairs = [((3, 1), (3,)), ((1, 3), (3, 1)), ((3, 3), (3, 1)), ((3, 3), (3,)), ((3,), ())]
    assert_pairs_are_refused(kata, device, [*pairs, ((1,), ()), ((2, 2, 3), (2, 2, 1))])


def test_squared_error_refuses_shapes_that_differ_anywhere(kata, device):
    """Rank and all lengths have to be equal; equal counts, as of (2, 3) and (6,), won't do."""
    pairs = [((2, 3), (4,)), ((2, 1, 3), (4, 1)), ((3, 1, 1), (3, 2)), ((3,), (3, 2))]
    pairs += [((2, 3), (3,)), ((3, 1), (3, 2)), ((2, 3), (6,)), ((2, 3), (3, 2)), ((1, 3), (3,))]
    assert_pairs_are_refused(kata, device, pairs)


def test_squared_error_keeps_small_differences_of_large_numbers(kata, device):
    """Numbers near 10,000 that differ by a half or a quarter have errors that show it."""
    target = torch.full((2, 2), 10000.0, device=device)
    prediction = target + torch.tensor([[0.5, -0.25], [0.25, 0.0]], device=device)
    assert_tensor(kata.squared_error(prediction, target), 0.09375, like=prediction)


def test_squared_error_leaves_its_arguments_alone(kata, device):
    """Prediction and target are as they were."""
    prediction, target = torch.ones(3, device=device), torch.zeros(3, device=device)
    with unchanged(prediction, target):
        kata.squared_error(prediction, target)


def test_squared_error_needs_no_loop(kata, device):
    """The number of operations does not grow with the tensors."""
    x = torch.ones(13, 11, device=device)
    small = x[:3, :2]
    assert_no_loops(lambda: kata.squared_error(small, small), lambda: kata.squared_error(x, x))
