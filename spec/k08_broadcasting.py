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

from .harness.checks import (
    NON_NEGATIVE,
    NUMERIC,
    ORDINARY,
    WIDE,
    CheckFailure,
    array,
    assert_no_loops,
    assert_raises,
    assert_tensor,
    assert_that,
    assert_value,
    edge,
    effort,
    floating,
    tensors,
    tr,
)

# All dtypes, int64 more often than the others.
ADDABLE = (*NUMERIC, torch.int64, torch.int64, torch.int16, torch.int8)
DIGITS = (1000.0, *(2**53 + 1, -(2**53) - 1) * 3)  # integers too large for float64, often

# Pairs of lengths on one axis: most of them fit, so that whole shapes often do.
FITTING = [(1, 1), (3, 3), (1, 3), (2, 1), (0, 1), (1, 0), (0, 0), (5, 5), (1, 4), (6, 1)]
PAIRS = st.lists(st.sampled_from([*FITTING, (2, 3), (4, 2), (0, 3)]), max_size=4)
MISSING = st.sampled_from([(0, 0), (1, 0), (0, 1), (2, 0), (0, 2), (0, 3), (3, 0), (1, 2)])

# For lengths of 2 and more: which of two shapes has a 1 in their place, and which lacks axes.
LENGTHS = st.permutations([2, 3, 4, 5])
WHICH = st.sampled_from([(False, True), (True, False), (False, False)])
ONES = st.lists(WHICH, min_size=2, max_size=4)
LACKING = st.sampled_from([(0, 0), (1, 0), (0, 1)])

BY_HAND = "{} is what you are asked to write in plain Python"


def refused(name):
    """Stands in for a library's function that is the answer."""

    def refuse(*_, **__):
        raise CheckFailure(tr(BY_HAND).format(name))

    return mock.patch(name, refuse)


def assert_shape(result, expected):
    """The result has these lengths, in a tuple or a list."""
    __tracebackhide__ = True
    assert_value(tuple(result) if isinstance(result, list) else result, expected)


REFUSAL = (ValueError, AssertionError, RuntimeError)  # that it refuses is the idea


def assert_pairs_are_refused(kata, device, pairs, errors=REFUSAL):
    """squared_error raises for each pair of shapes, in either order."""
    __tracebackhide__ = True
    for pair in pairs:
        one, other = (torch.arange(float(math.prod(shape)), device=device) for shape in pair)
        one, other = 1 + one.reshape(pair[0]), -1 - other.reshape(pair[1])
        assert_raises(errors, kata.squared_error, one, other)
        assert_raises(errors, kata.squared_error, other, one)


def test_center_columns_needs_no_loop(kata, device):
    """The number of operations does not grow with the matrix."""
    small, large = torch.ones(2, 3, device=device), torch.ones(23, 19, device=device)
    assert_no_loops(lambda: kata.center_columns(small), lambda: kata.center_columns(large))


@given(matrix=tensors("rows columns", sides={"rows": (1, 4)}))
def test_center_columns_leaves_each_column_with_zero_mean(kata, device, matrix):
    """Each column has its own mean taken off; afterwards it has mean zero."""
    columns = array(matrix)
    assert_tensor(kata.center_columns(matrix), columns - columns.mean(axis=0), like=matrix)


def test_center_columns_averages_down_the_rows(kata, device):
    """A column's mean runs over the rows, in a square matrix too, where any means would fit."""
    matrix = torch.tensor([[1.0, 7.0, 3.0], [2.0, 9.0, 4.0], [6.0, 5.0, 8.0]], device=device)
    expected = [[-2, 0, -2], [-1, 2, -1], [3, -2, 3]]
    assert_tensor(kata.center_columns(matrix), expected, like=matrix)


@edge
def test_center_columns_makes_zeros_of_a_single_row(kata, device):
    """In a single row each element is its own mean."""
    for rows in ([[6, 5, 1 / 3]], [[4]]):
        matrix = torch.tensor(rows, dtype=torch.float32, device=device)
        assert_tensor(kata.center_columns(matrix), np.zeros(matrix.shape), like=matrix)


@edge
def test_center_columns_keeps_all_digits(kata, device):
    """Both floating dtypes are kept, with the digits that they have."""
    for dtype in floating(device):
        matrix = torch.tensor([[1, 3], [1 / 3, 5], [7, 0.1]], dtype=dtype, device=device)
        columns = array(matrix)
        assert_tensor(kata.center_columns(matrix), columns - columns.mean(axis=0), like=matrix)


def test_normalize_rows_needs_no_loop(kata, device):
    """The number of operations does not grow with the matrix."""
    small, large = torch.ones(2, 3, device=device), torch.ones(23, 19, device=device)
    assert_no_loops(lambda: kata.normalize_rows(small), lambda: kata.normalize_rows(large))


@given(matrix=tensors("rows columns", values=(*NON_NEGATIVE, 1e-30, 3e-20)))
def test_normalize_rows_makes_each_row_sum_to_one(kata, device, matrix):
    """Each row is divided by its own sum, and sums to 1 afterwards."""
    rows = array(matrix)
    sums = rows.sum(axis=1, keepdims=True)
    expected = np.divide(rows, sums, out=np.zeros_like(rows), where=sums != 0)
    assert_tensor(kata.normalize_rows(matrix), expected, like=matrix, atol=0)


def test_normalize_rows_sums_along_the_rows(kata, device):
    """A row's sum belongs to its row, in a square matrix too, where any sums would fit."""
    matrix = torch.tensor([[1.0, 1.0, 2.0], [3.0, 0.0, 5.0], [4.0, 10.0, 2.0]], device=device)
    expected = [[0.25, 0.25, 0.5], [0.375, 0, 0.625], [0.25, 0.625, 0.125]]
    assert_tensor(kata.normalize_rows(matrix), expected, like=matrix)


@edge
def test_normalize_rows_keeps_a_row_of_zeros(kata, device):
    """A row of zeros stays zeros, and the other rows are normalized as ever."""
    matrix = torch.tensor([[0.0, 0.0], [3.0, 1.0]], device=device)
    assert_tensor(kata.normalize_rows(matrix), [[0, 0], [0.75, 0.25]], like=matrix)


@edge
def test_normalize_rows_treats_tiny_rows_like_any_other(kata, device):
    """A row of entries near 1e-20 or 1e-30 sums to 1 afterwards too."""
    for tiny, dtype in itertools.product((1e-20, 1e-30), floating(device)):
        matrix = torch.tensor([[tiny, 3 * tiny], [1.0, 3.0]], dtype=dtype, device=device)
        assert_tensor(kata.normalize_rows(matrix), [[0.25, 0.75], [0.25, 0.75]], like=matrix)


def test_outer_sum_needs_no_loop(kata, device):
    """The number of operations does not grow with the vectors."""
    a, b = torch.ones(29, device=device), torch.ones(31, device=device)
    assert_no_loops(lambda: kata.outer_sum(a[:2], b[:3]), lambda: kata.outer_sum(a, b))


@given(vectors=tensors("n", "m", dtypes=ADDABLE, values=ORDINARY + DIGITS))
def test_outer_sum_adds_every_pair(kata, device, vectors):
    """Every element of a meets every element of b: a runs down the rows, b along the columns."""
    a, b = vectors
    expected = np.add.outer(array(a), array(b))
    assert_tensor(kata.outer_sum(a, b), expected, like=a)


def test_outer_sum_makes_a_table_of_equal_lengths_too(kata, device):
    """Vectors of equal length are not added element by element; ints stay ints."""
    a, b = torch.tensor([10, 20, 40], device=device), torch.tensor([1, 2, 3], device=device)
    expected = [[11, 12, 13], [21, 22, 23], [41, 42, 43]]
    assert_tensor(kata.outer_sum(a, b), expected, like=a)


@edge
def test_outer_sum_keeps_small_and_large_integers(kata, device):
    """The smaller integer dtypes are kept, and a large int64 keeps its last digit."""
    for dtype in (torch.uint8, torch.int8, torch.int16, torch.int32):
        a = torch.tensor([10, 20], dtype=dtype, device=device)
        b = torch.tensor([1, 2, 3], dtype=dtype, device=device)
        assert_tensor(kata.outer_sum(a, b), [[11, 12, 13], [21, 22, 23]], like=a)
    a, b = torch.tensor([2**60], device=device), torch.tensor([1, 2, 3], device=device)
    expected = torch.tensor([[2**60 + 1, 2**60 + 2, 2**60 + 3]], device=device)
    assert_tensor(kata.outer_sum(a, b), expected)


@edge
def test_outer_sum_of_short_vectors_is_a_table(kata, device):
    """A vector of length 1 or 0 gives a table with an axis of that length."""
    vector = torch.tensor([1.0, 2.0, 3.0], device=device)
    assert_tensor(kata.outer_sum(vector[:1], vector), [[2, 3, 4]], like=vector)
    assert_tensor(kata.outer_sum(vector, vector[:1]), [[2], [3], [4]], like=vector)
    assert_tensor(kata.outer_sum(vector[:0], vector), np.zeros((0, 3)), like=vector)
    assert_tensor(kata.outer_sum(vector, vector[:0]), np.zeros((3, 0)), like=vector)


def distances(a, b):
    """The distance of each pair, from the definition."""
    table = [[math.dist(p, q) for q in array(b)] for p in array(a)]
    return np.array(table).reshape(len(a), len(b))


def test_pairwise_distances_needs_no_loop(kata, device):
    """The number of operations grows neither with the points nor with their coordinates."""
    a, b = torch.ones(23, 5, device=device), torch.ones(19, 5, device=device)
    assert_no_loops(
        lambda: kata.pairwise_distances(a[:2, :3], b[:3, :3]),
        lambda: kata.pairwise_distances(a, b),
    )


@given(points=tensors("n d", "m d"))
def test_pairwise_distances_measures_every_pair(kata, device, points):
    """Entry [i, j] is the Euclidean distance from a[i] to b[j]."""
    a, b = points
    assert_tensor(kata.pairwise_distances(a, b), distances(a, b), like=a)


def test_pairwise_distances_of_equally_many_points_are_a_table_too(kata, device):
    """Two points in a plane against two others have four distances."""
    a = torch.tensor([[1.0, 7.0], [4.0, 3.0]], device=device)
    b = torch.tensor([[1.0, 3.0], [9.0, 15.0]], device=device)
    assert_tensor(kata.pairwise_distances(a, b), [[4, math.sqrt(128)], [3, 13]], like=a)


@edge
def test_pairwise_distances_of_equal_points_are_zero(kata, device):
    """Equal points are exactly 0 apart, among a few points and among many."""
    few = torch.tensor([[0.1, 3.0], [2.0, 0.7]], device=device)
    assert_tensor(kata.pairwise_distances(few, few).diagonal(), [0, 0], like=few, atol=0)
    for dtype in floating(device):
        a = torch.linspace(900, 1000, 40 * 3, dtype=dtype).reshape(40, 3).to(device)
        b = a.flip(0)
        result = kata.pairwise_distances(a, b)
        assert_tensor(result.flip(1).diagonal(), np.zeros(40), like=a, atol=0)
        assert_tensor(result, distances(a, b), like=a)


@edge
def test_pairwise_distances_far_from_the_origin_are_precise(kata, device):
    """Points near (4096, 1, 4096) that differ by one or two have distances that show it."""
    a = torch.tensor([[4096.0, 1.0, 4096.0]], device=device)
    b = a + torch.tensor([[0.375, -0.5, 1.5], [0.0, 0.25, 0.0]], device=device)
    assert_tensor(kata.pairwise_distances(a, b), [[1.625, 0.25]], like=a)


# Small enough to be shown whole, and no other axis as long as the channels in the core.
IMAGE_SIDES = {"batch": (0, 2), "channels": (0, 3), "height": (0, 2), "width": (0, 4)}


def test_scale_channels_needs_no_loop(kata, device):
    """The number of operations grows neither with the batch nor with the channels."""
    small, large = torch.ones(2, 3, 2, 2, device=device), torch.ones(7, 13, 5, 5, device=device)
    factors = torch.ones(13, device=device)
    assert_no_loops(
        lambda: kata.scale_channels(small, factors[:3]),
        lambda: kata.scale_channels(large, factors),
    )


@given(drawn=tensors("batch channels height width", "channels", sides=IMAGE_SIDES))
def test_scale_channels_multiplies_each_channel(kata, device, drawn):
    """Every pixel of a channel is multiplied by that channel's factor, in every image."""
    images, factors = drawn
    expected = np.einsum("bchw,c->bchw", array(images), array(factors))
    assert_tensor(kata.scale_channels(images, factors), expected, like=images)


def test_scale_channels_does_not_scale_columns(kata, device):
    """Where all axes are equally long, the factors still belong to the channels."""
    images = torch.ones(2, 2, 2, 2, device=device)
    expected = [[[[5, 5], [5, 5]], [[7, 7], [7, 7]]]] * 2
    factors = torch.tensor([5.0, 7.0], device=device)
    assert_tensor(kata.scale_channels(images, factors), expected, like=images)


@edge
def test_scale_channels_keeps_axes_of_length_one(kata, device):
    """A single image, channel, row or column of pixels keeps its axis."""
    images = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], device=device)
    factors = torch.tensor([10.0, 100.0], device=device)
    expected = np.array([[10, 20, 30], [400, 500, 600]])
    result = kata.scale_channels(images[None, :, None, :], factors)
    assert_tensor(result, expected[None, :, None, :], like=images)
    result = kata.scale_channels(images[:, None, :, None], factors[:1])
    assert_tensor(result, 10 * array(images)[:, None, :, None], like=images)


@edge
def test_scale_channels_keeps_all_digits(kata, device):
    """Both floating dtypes are kept, with the digits that they have."""
    for dtype in floating(device):
        images = torch.tensor([[[[1, 2]], [[1, 2]]]], dtype=dtype, device=device)
        factors = torch.tensor([5, 1 / 3], dtype=dtype, device=device)
        expected = [[[[5, 10]], [[1 / 3, 2 / 3]]]]
        assert_tensor(kata.scale_channels(images, factors), expected, like=images)


@given(lengths=LENGTHS, ones=ONES, lacking=LACKING)
def test_broadcast_shape_stretches_lengths_of_one(kata, lengths, ones, lacking):
    """Lengths of 1 and missing ones are stretched to those of the other shape."""
    pairs = [
        tuple(1 if is_one else length for is_one in each)
        for length, each in zip(lengths, ones, strict=False)
    ]
    a, b = (tuple(pair[k] for pair in pairs[lacking[k] :]) for k in (0, 1))
    assert_shape(kata.broadcast_shape(a, b), tuple(np.broadcast_shapes(a, b)))


def test_broadcast_shape_lines_up_from_the_right(kata):
    """A missing axis is missing on the left."""
    assert_shape(kata.broadcast_shape((4, 3), (3,)), (4, 3))
    assert_shape(kata.broadcast_shape((3,), (4, 1)), (4, 3))
    assert_shape(kata.broadcast_shape((5, 1, 2), (4, 1)), (5, 4, 2))
    assert_shape(kata.broadcast_shape((3, 1), (2, 5, 1, 4)), (2, 5, 3, 4))


def test_broadcast_shape_refuses_lengths_that_do_not_fit(kata):
    """Two lengths that differ fit only where one of them is 1."""
    for a, b in [((2, 3), (3, 2)), ((4, 2), (3,)), ((2, 3), (2,)), ((5, 1, 4), (2, 3))]:
        assert_raises(ValueError, kata.broadcast_shape, a, b)
        assert_raises(ValueError, kata.broadcast_shape, b, a)


def test_broadcast_shape_does_not_fit_multiples(kata):
    """2 against 4 is refused: it is not repeated twice."""
    for a, b in [((4,), (2,)), ((2,), (4,)), ((4, 3), (2, 2, 1))]:
        assert_raises(ValueError, kata.broadcast_shape, a, b)


def test_broadcast_shape_is_plain_python(kata):
    """Neither torch nor NumPy is asked for the shape, nor is a tensor made of it."""
    with refused("torch.broadcast_shapes"), refused("numpy.broadcast_shapes"):
        assert_shape(kata.broadcast_shape((4, 2, 1), (1, 3)), (4, 2, 3))
        operations = effort(lambda: kata.broadcast_shape((4, 2, 1), (1, 3))).operations
    assert_that(operations == 0, tr(BY_HAND).format(tr("what torch's tensors do")))


@edge
@given(pairs=PAIRS, missing=MISSING)
def test_broadcast_shape_is_the_shape_torch_broadcasts_to(kata, pairs, missing):
    """The result is the shape of any elementwise operation; shapes that do not fit raise."""
    a, b = (tuple(pair[k] for pair in pairs[missing[k] :]) for k in (0, 1))
    try:
        expected = np.broadcast_shapes(a, b)
    except ValueError:
        assert_raises(ValueError, kata.broadcast_shape, a, b)
    else:
        assert_shape(kata.broadcast_shape(a, b), tuple(expected))


@edge
def test_broadcast_shape_of_zero_is_zero(kata):
    """A length of 0 fits 0 and 1 alone, and gives 0."""
    assert_shape(kata.broadcast_shape((3, 1), (0,)), (3, 0))
    assert_shape(kata.broadcast_shape((0, 3), (1, 1)), (0, 3))
    assert_shape(kata.broadcast_shape((0,), (0,)), (0,))
    assert_raises(ValueError, kata.broadcast_shape, (2,), (0,))
    assert_raises(ValueError, kata.broadcast_shape, (0, 3), (2, 3))


@edge
def test_broadcast_shape_of_a_number_fits_all(kata):
    """() has no length that could fail to fit: the other shape stays."""
    assert_shape(kata.broadcast_shape((), (2, 3)), (2, 3))
    assert_shape(kata.broadcast_shape((4,), ()), (4,))
    assert_shape(kata.broadcast_shape((), ()), ())


@edge
def test_broadcast_shape_compares_long_lengths_by_value(kata):
    """Equal lengths fit, however long they are."""
    assert_shape(kata.broadcast_shape((100_000, 2), (int(1e5), 1)), (100_000, 2))


def test_squared_error_needs_no_loop(kata, device):
    """The number of operations does not grow with the tensors."""
    x = torch.ones(13, 11, device=device)
    small = x[:3, :2]
    assert_no_loops(lambda: kata.squared_error(small, small), lambda: kata.squared_error(x, x))


@given(drawn=tensors("...", "...", values=WIDE, min_side=1))
def test_squared_error_averages_over_all_elements(kata, device, drawn):
    """The result is the mean of all squared differences, as a 0-D tensor."""
    prediction, target = drawn
    expected = np.mean((array(prediction) - array(target)) ** 2)
    assert_tensor(kata.squared_error(prediction, target), expected, like=prediction)


def test_squared_error_refuses_shapes_that_would_broadcast(kata, device):
    """(3, 1) against (3,) raises instead of silently averaging nine differences."""
    assert_pairs_are_refused(kata, device, [((3, 1), (3,)), ((3, 3), (3,)), ((1, 3), (3,))])


def test_squared_error_refuses_a_length_of_one(kata, device):
    """(3, 3) against (3, 1) raises: a length of 1 is not stretched."""
    pairs = [((3, 3), (3, 1)), ((1, 3), (3, 1)), ((2, 2, 3), (2, 2, 1))]
    assert_pairs_are_refused(kata, device, pairs)


def test_squared_error_refuses_equal_counts_in_other_shapes(kata, device):
    """(2, 3) and (6,) hold six elements each, and raise."""
    assert_pairs_are_refused(kata, device, [((2, 3), (6,)), ((2, 3), (3, 2))])


@edge
def test_squared_error_refuses_shapes_that_differ_anywhere(kata, device):
    """Rank and all lengths have to be equal, and (1,) is not (): ValueError says so."""
    pairs = [((2, 3), (4,)), ((2, 1, 3), (4, 1)), ((3, 1, 1), (3, 2)), ((3,), (3, 2))]
    pairs += [((2, 3), (3,)), ((3, 1), (3, 2)), ((3,), ()), ((1,), ())]
    assert_pairs_are_refused(kata, device, pairs, ValueError)


@edge
def test_squared_error_of_two_numbers(kata, device):
    """Tensors without axes, or of one element, have one squared difference."""
    for shape in ((), (1,), (1, 1)):
        prediction = torch.full(shape, 5.0, device=device)
        target = torch.full(shape, 2.0, device=device)
        assert_tensor(kata.squared_error(prediction, target), 9, like=prediction)


@edge
def test_squared_error_keeps_small_differences_of_large_numbers(kata, device):
    """Numbers near 10,000 that differ by a half or a quarter have errors that show it."""
    target = torch.full((2, 2), 10000.0, device=device)
    prediction = target + torch.tensor([[0.5, -0.25], [0.25, 0.0]], device=device)
    assert_tensor(kata.squared_error(prediction, target), 0.09375, like=prediction)
