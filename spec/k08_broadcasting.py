"""What a right k08_broadcasting does.

Teaches broadcasting as a way to say "for each" without a loop, and its trap: shapes that fit by
accident. Leaves reductions as such to k07, and matrix products to k10.
"""

import math

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from spec.harness.checks import assert_raises, assert_tensor, assert_value
from spec.harness.laws import assert_no_loops, unchanged
from spec.harness.oracles import array
from spec.harness.strategies import NON_NEGATIVE, NUMERIC, tensors

SHAPES = st.lists(st.sampled_from([1, 3, 2, 0, 5]), max_size=4).map(tuple)


@given(matrix=tensors("rows columns", sides={"rows": (1, 4)}))
def test_center_columns_leaves_each_column_with_zero_mean(kata, device, matrix):
    """Each column has its own mean taken off; afterwards it has mean zero."""
    columns = array(matrix)
    assert_tensor(kata.center_columns(matrix), columns - columns.mean(axis=0), like=matrix)


def test_center_columns_of_one_row_is_zero(kata, device):
    """In a single row each element is its column's mean."""
    row = torch.tensor([[3.0, -1.5, 0.0]], device=device)
    assert_tensor(kata.center_columns(row), [[0.0, 0.0, 0.0]], like=row)


def test_center_columns_leaves_its_argument_alone(kata, device):
    """The matrix passed in is as it was."""
    matrix = torch.tensor([[1.0, 2.0], [3.0, 5.0], [0.0, 1.0]], device=device)
    with unchanged(matrix):
        kata.center_columns(matrix)


def test_center_columns_needs_no_loop(kata, device):
    """The number of operations does not grow with the matrix."""
    small, large = torch.ones(2, 3, device=device), torch.ones(23, 19, device=device)
    assert_no_loops(lambda: kata.center_columns(small), lambda: kata.center_columns(large))


@given(matrix=tensors("rows columns", values=(*NON_NEGATIVE, 1e-20, 3e-20)))
def test_normalize_rows_makes_each_row_sum_to_one(kata, device, matrix):
    """Each row is divided by its sum; a row of zeros stays zeros."""
    rows = array(matrix)
    sums = rows.sum(axis=1, keepdims=True)
    expected = np.divide(rows, sums, out=np.zeros_like(rows), where=sums != 0)
    assert_tensor(kata.normalize_rows(matrix), expected, like=matrix, atol=0)


def test_normalize_rows_keeps_a_row_of_zeros(kata, device):
    """Zeros divided by their sum would be NaN; they stay zeros, and other rows are normalized."""
    matrix = torch.tensor([[0.0, 0.0, 0.0], [2.0, 1.0, 1.0]], device=device)
    assert_tensor(kata.normalize_rows(matrix), [[0, 0, 0], [0.5, 0.25, 0.25]], like=matrix)


def test_normalize_rows_treats_tiny_rows_like_any_other(kata, device):
    """A row of entries near 1e-20 sums to 1 afterwards too."""
    matrix = torch.tensor([[1e-20, 3e-20], [1.0, 3.0]], device=device)
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


@given(vectors=tensors("n", "m", dtypes=NUMERIC))
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


@given(points=tensors("n d", "m d"))
def test_pairwise_distances_measures_every_pair(kata, device, points):
    """Entry [i, j] is the Euclidean distance from a[i] to b[j]."""
    a, b = points
    expected = [[math.dist(p, q) for q in array(b)] for p in array(a)]
    expected = np.array(expected).reshape(len(a), len(b))
    assert_tensor(kata.pairwise_distances(a, b), expected, like=a)


def test_pairwise_distances_of_equal_points_is_exactly_zero(kata, device):
    """A point's distance to itself is 0, not a rounding error, among many large points too."""
    points = torch.linspace(900.0, 1000.0, 40 * 3).reshape(40, 3).to(device)
    distances = kata.pairwise_distances(points, points)
    assert_tensor(distances.diagonal(), torch.zeros(40, device=device), atol=0)


def test_pairwise_distances_of_near_points_keeps_their_difference(kata, device):
    """Points far from the origin and close to each other keep their distance."""
    a = torch.tensor([[4096.0, 1.0]] * 30, device=device)
    b = torch.tensor([[4096.0, 1.5]] * 30, device=device)
    assert_tensor(kata.pairwise_distances(a, b), np.full((30, 30), 0.5), like=a)


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
    """Where width and channels are equally long, factors still belong to the channels."""
    images = torch.ones(1, 2, 2, 2, device=device)
    factors = torch.tensor([1.0, 5.0], device=device)
    expected = [[[[1.0, 1.0], [1.0, 1.0]], [[5.0, 5.0], [5.0, 5.0]]]]
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


@given(a=SHAPES, b=SHAPES)
def test_broadcast_shape_is_the_shape_torch_broadcasts_to(kata, a, b):
    """The result is the shape of any elementwise operation; shapes that do not fit raise."""
    try:
        expected = np.broadcast_shapes(a, b)
    except ValueError:
        assert_raises(ValueError, kata.broadcast_shape, a, b)
    else:
        assert_value(kata.broadcast_shape(a, b), tuple(expected))


def test_broadcast_shape_lines_up_from_the_right(kata):
    """A missing axis is missing on the left."""
    assert_value(kata.broadcast_shape((3,), (4, 1)), (4, 3))
    assert_value(kata.broadcast_shape((2, 1, 5), (4, 1)), (2, 4, 5))
    assert_value(kata.broadcast_shape((), (2, 3)), (2, 3))


def test_broadcast_shape_counts_length_zero_as_a_length(kata):
    """0 against 1 gives 0, and 0 against anything longer does not fit."""
    assert_value(kata.broadcast_shape((0, 3), (1, 1)), (0, 3))
    assert_raises(ValueError, kata.broadcast_shape, (0,), (2,))


def test_broadcast_shape_refuses_lengths_that_differ(kata):
    """Equal counts are no excuse: (2, 3) does not fit (3, 2), nor 2 a multiple such as 4."""
    assert_raises(ValueError, kata.broadcast_shape, (2, 3), (3, 2))
    assert_raises(ValueError, kata.broadcast_shape, (4,), (2,))


@given(drawn=tensors("...", "...", min_side=1))
def test_squared_error_averages_over_all_elements(kata, device, drawn):
    """The result is the mean of all squared differences, as a 0-D tensor."""
    prediction, target = drawn
    expected = np.mean((array(prediction) - array(target)) ** 2)
    assert_tensor(kata.squared_error(prediction, target), expected, like=prediction)


def test_squared_error_refuses_shapes_that_would_broadcast(kata, device):
    """(3, 1) against (3,) raises instead of silently averaging nine differences."""
    prediction, target = torch.ones(3, 1, device=device), torch.ones(3, device=device)
    assert_raises(ValueError, kata.squared_error, prediction, target)
    assert_raises(ValueError, kata.squared_error, target, prediction)
    assert_raises(ValueError, kata.squared_error, target, torch.tensor(1.0, device=device))


def test_squared_error_refuses_equal_counts_in_other_shapes(kata, device):
    """(2, 3) against (3, 2) or (6,) raises, though there are six elements in each."""
    six = torch.arange(6.0, device=device)
    assert_raises(ValueError, kata.squared_error, six.reshape(2, 3), six.reshape(3, 2))
    assert_raises(ValueError, kata.squared_error, six.reshape(2, 3), six)


def test_squared_error_leaves_its_arguments_alone(kata, device):
    """Prediction and target are as they were."""
    prediction, target = torch.ones(3, device=device), torch.zeros(3, device=device)
    with unchanged(prediction, target):
        kata.squared_error(prediction, target)


def test_squared_error_needs_no_loop(kata, device):
    """The number of operations does not grow with the tensors."""
    x = torch.ones(37, device=device)
    assert_no_loops(lambda: kata.squared_error(x[:3], x[:3]), lambda: kata.squared_error(x, x))
