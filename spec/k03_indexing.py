"""What a right k03_indexing does.

Teaches what becomes of an axis under an int, a slice, a list and a mask, and that lists in one
pair of brackets go together. Leaves views of the same memory to k04, comparisons to k07,
broadcasting to k08.
"""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from spec.harness.checks import assert_tensor, assert_that
from spec.harness.devices import has_dtype
from spec.harness.laws import assert_owns_memory, unchanged
from spec.harness.oracles import array
from spec.harness.strategies import COUNTING, EVERY_DTYPE, NUMERIC, SPECIAL, tensors

POSITIONS = st.lists(st.integers(0, 3), max_size=4)
PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=4)
HALVES = (0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0, 0.5, -0.5, 7.0)  # their sums are exact

MATRIX = tensors("rows columns", dtypes=NUMERIC, values=COUNTING)
FILLED_MATRIX = tensors("rows columns", dtypes=NUMERIC, values=COUNTING, min_side=1)


@given(batch=tensors("n ...", dtypes=NUMERIC, values=COUNTING, max_side=3, sides={"n": (1, 3)}))
def test_first_item_is_the_batch_at_position_zero(kata, device, batch):
    """The item at position 0, with all axes of the batch but the first."""
    expected = array(batch)[0]
    assert_tensor(kata.first_item(batch), expected, like=batch)


def test_first_item_keeps_axes_of_length_one(kata, device):
    """Only the first axis goes: the first of (1, 1, 3) has shape (1, 3), of (2, 1, 1) (1, 1)."""
    one = torch.tensor([[[4.0, 5.0, 6.0]]], device=device)
    assert_tensor(kata.first_item(one), [[4.0, 5.0, 6.0]], like=one)
    two = torch.tensor([[[4.0]], [[5.0]]], device=device)
    assert_tensor(kata.first_item(two), [[4.0]], like=two)


def test_first_item_of_a_vector_is_a_tensor_without_axes(kata, device):
    """The first item of a vector is a 0-D tensor, and no Python number."""
    vector = torch.tensor([4.0, 5.0, 6.0], device=device)
    assert_tensor(kata.first_item(vector), 4.0, like=vector)


def test_first_item_keeps_every_dtype(kata, device):
    """The item has the dtype of the batch, and the very same values."""
    for batch in every_dtype(device):
        expected = array(batch)[0]
        assert_tensor(kata.first_item(batch), expected, like=batch)


def test_first_item_leaves_its_argument_alone(kata, device):
    """The batch passed in is as it was."""
    batch = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], device=device)
    with unchanged(batch):
        kata.first_item(batch)


@given(matrix=tensors("rows columns", dtypes=NUMERIC, values=COUNTING, sides={"columns": (1, 4)}))
def test_last_column_is_the_last_element_of_each_row(kata, device, matrix):
    """Element i of the result is the last one of row i."""
    expected = array(matrix)[:, array(matrix).shape[1] - 1]
    assert_tensor(kata.last_column(matrix), expected, like=matrix)


def test_last_column_is_a_vector(kata, device):
    """The columns' axis goes, and the rows' axis stays, even with one row or none."""
    matrix = torch.tensor([[4.0, 5.0, 6.0]], device=device)
    assert_tensor(kata.last_column(matrix), [6.0], like=matrix)
    assert_tensor(kata.last_column(matrix[:0]), np.zeros(0), like=matrix)


def test_last_column_is_no_row(kata, device):
    """Where rows and columns are equally many, the column is still a column."""
    matrix = torch.tensor([[1.0, 2.0], [3.0, 4.0]], device=device)
    assert_tensor(kata.last_column(matrix), [2.0, 4.0], like=matrix)


def test_last_column_keeps_every_dtype(kata, device):
    """The column has the dtype of the matrix, and the very same values."""
    for matrix in every_dtype(device):
        expected = array(matrix)[:, 2]
        assert_tensor(kata.last_column(matrix), expected, like=matrix)


def test_last_column_leaves_its_argument_alone(kata, device):
    """The matrix passed in is as it was."""
    matrix = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], device=device)
    with unchanged(matrix):
        kata.last_column(matrix)


@given(matrix=MATRIX)
def test_every_other_row_begins_with_row_zero(kata, device, matrix):
    """Rows 0, 2, 4 and so on, in their order."""
    rows = array(matrix)
    expected = rows[[row for row in range(len(rows)) if row % 2 == 0]]
    assert_tensor(kata.every_other_row(matrix), expected, like=matrix)


@pytest.mark.parametrize("count", [0, 1, 2, 5, 8])
def test_every_other_row_may_end_with_the_last(kata, device, count):
    """Of an odd number of rows the last one is picked too; a single row is row 0."""
    matrix = torch.arange(3.0 * count, device=device).reshape(count, 3)
    picked = [row for row in (0, 2, 4, 6) if row < count]
    expected = [[3.0 * row, 3.0 * row + 1, 3.0 * row + 2] for row in picked]
    expected = np.array(expected).reshape(len(picked), 3)
    assert_tensor(kata.every_other_row(matrix), expected, like=matrix)


def test_every_other_row_keeps_every_dtype(kata, device):
    """The rows have the dtype of the matrix, and the very same values."""
    for matrix in every_dtype(device):
        expected = array(matrix)[[0]]
        assert_tensor(kata.every_other_row(matrix), expected, like=matrix)


def test_every_other_row_leaves_its_argument_alone(kata, device):
    """The matrix passed in is as it was."""
    matrix = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], device=device)
    with unchanged(matrix):
        kata.every_other_row(matrix)


@given(
    images=tensors(
        "batch channels height width",
        dtypes=NUMERIC,
        values=COUNTING,
        max_side=3,
        sides={"channels": (1, 4)},
    ),
    index=st.integers(0, 3),
)
def test_channel_keeps_the_axis_of_the_channels(kata, device, images, index):
    """Of shape (batch, 1, height, width), with the pixels of the channel at `index`."""
    index %= images.shape[1]
    expected = array(images)[:, index][:, np.newaxis]
    assert_tensor(kata.channel(images, index), expected, like=images)


@pytest.mark.parametrize("index", [0, 1, 4])
def test_channel_counts_from_zero_to_the_last(kata, device, index):
    """Index 0 is the first channel, and 4 the last of five, in every image of the batch."""
    images = torch.arange(60.0, device=device).reshape(2, 5, 2, 3)
    expected = array(images)[:, index][:, np.newaxis]
    assert_tensor(kata.channel(images, index), expected, like=images)


def test_channel_is_neither_an_image_nor_a_row(kata, device):
    """Where all axes are equally long, it is the second one that is picked from."""
    images = torch.arange(16, device=device).reshape(2, 2, 2, 2)
    assert_tensor(
        kata.channel(images, 1), [[[[4, 5], [6, 7]]], [[[12, 13], [14, 15]]]], like=images
    )


def test_channel_keeps_every_axis_of_length_one(kata, device):
    """One image of one pixel has four axes still."""
    images = torch.tensor([[[[4.0]], [[5.0]]]], device=device)
    assert_tensor(kata.channel(images, 1), [[[[5.0]]]], like=images)


def test_channel_keeps_every_dtype(kata, device):
    """The channel has the dtype of the images, and the very same values."""
    for matrix in every_dtype(device):
        images = matrix.reshape(1, 2, 3, 1)
        expected = array(images)[:, :1]
        assert_tensor(kata.channel(images, 0), expected, like=images)


def test_channel_leaves_its_argument_alone(kata, device):
    """The images passed in are as they were."""
    images = torch.arange(12.0, device=device).reshape(1, 3, 2, 2)
    with unchanged(images):
        kata.channel(images, 1)


@given(matrix=FILLED_MATRIX)
def test_corners_keep_their_places(kata, device, matrix):
    """Top left, top right; bottom left, bottom right."""
    m = array(matrix)
    bottom, right = m.shape[0] - 1, m.shape[1] - 1
    expected = np.array([[m[0, 0], m[0, right]], [m[bottom, 0], m[bottom, right]]])
    assert_tensor(kata.corners(matrix), expected, like=matrix)


def test_corners_lie_at_the_ends_of_both_axes(kata, device):
    """Of three rows and four columns: the first and last row, the first and last column."""
    matrix = torch.arange(12, device=device).reshape(3, 4)
    assert_tensor(kata.corners(matrix), [[0, 3], [8, 11]], like=matrix)


def test_corners_of_one_row_repeat_it(kata, device):
    """A single row is both the top and the bottom."""
    matrix = torch.tensor([[4.0, 5.0, 6.0]], device=device)
    assert_tensor(kata.corners(matrix), [[4.0, 6.0], [4.0, 6.0]], like=matrix)


def test_corners_of_one_column_repeat_it(kata, device):
    """A single column is both the left and the right side."""
    matrix = torch.tensor([[4.0], [5.0], [6.0]], device=device)
    assert_tensor(kata.corners(matrix), [[4.0, 4.0], [6.0, 6.0]], like=matrix)


def test_corners_of_one_element_are_all_the_same(kata, device):
    """A single element stands in all four corners."""
    matrix = torch.tensor([[4.0]], device=device)
    assert_tensor(kata.corners(matrix), [[4.0, 4.0], [4.0, 4.0]], like=matrix)


def test_corners_keep_every_dtype(kata, device):
    """The corners have the dtype of the matrix, and the very same values."""
    for matrix in every_dtype(device):
        expected = array(matrix)[:, [0, 2]]
        assert_tensor(kata.corners(matrix), expected, like=matrix)


def test_corners_leaves_its_argument_alone(kata, device):
    """The matrix passed in is as it was."""
    matrix = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], device=device)
    with unchanged(matrix):
        kata.corners(matrix)


@given(matrix=FILLED_MATRIX, pairs=PAIRS, as_tensors=st.booleans())
def test_pick_pairs_takes_a_row_and_a_column_for_each_element(
    kata, device, matrix, pairs, as_tensors
):
    """Element i of the result is matrix[rows[i], columns[i]]."""
    m = array(matrix)
    rows = [row % m.shape[0] for row, _ in pairs]
    columns = [column % m.shape[1] for _, column in pairs]
    expected = np.array([m[r, c] for r, c in zip(rows, columns, strict=True)], dtype=m.dtype)
    if as_tensors:
        rows, columns = positions(rows, device), positions(columns, device)
    assert_tensor(kata.pick_pairs(matrix, rows, columns), expected, like=matrix)


def test_pick_pairs_is_no_block(kata, device):
    """Two rows and two columns make two elements, not four."""
    matrix = torch.arange(12, device=device).reshape(3, 4)
    assert_tensor(kata.pick_pairs(matrix, [0, 2], [1, 3]), [1, 11], like=matrix)


def test_pick_pairs_takes_rows_first(kata, device):
    """The first list names rows, the second columns."""
    matrix = torch.arange(12, device=device).reshape(3, 4)
    assert_tensor(kata.pick_pairs(matrix, [0, 1, 0], [2, 0, 3]), [2, 4, 3], like=matrix)


def test_pick_pairs_keeps_order_and_repeats(kata, device):
    """Positions come in any order and as often as they like."""
    matrix = torch.arange(12, device=device).reshape(3, 4)
    result = kata.pick_pairs(matrix, [2, 0, 2, 2, 1], [3, 1, 3, 0, 1])
    assert_tensor(result, [11, 1, 11, 8, 5], like=matrix)


def test_pick_pairs_of_one_pair_is_a_vector(kata, device):
    """One pair gives a vector of one element."""
    matrix = torch.arange(12, device=device).reshape(3, 4)
    assert_tensor(kata.pick_pairs(matrix, [1], [2]), [6], like=matrix)


@pytest.mark.parametrize("shape", [(3, 4), (0, 4), (3, 0), (0, 0)])
def test_pick_pairs_of_nothing_is_empty(kata, device, shape):
    """Empty lists, and empty tensors, pick nothing: shape (0,), also from an empty matrix."""
    matrix, none = torch.ones(shape, device=device), positions([], device)
    assert_tensor(kata.pick_pairs(matrix, [], []), np.zeros(0), like=matrix)
    assert_tensor(kata.pick_pairs(matrix, none, none), np.zeros(0), like=matrix)


def test_pick_pairs_takes_int64_tensors(kata, device):
    """Positions may come in tensors on the matrix's device, with gaps in memory too."""
    matrix = torch.arange(12, device=device).reshape(3, 4)
    rows, columns = positions([2, 9, 0, 9, 2], device)[::2], positions([3, 1, 0], device)
    assert_tensor(kata.pick_pairs(matrix, rows, columns), [11, 1, 8], like=matrix)


def test_pick_pairs_keeps_every_dtype(kata, device):
    """The elements have the dtype of the matrix, and the very same values."""
    for matrix in every_dtype(device):
        expected = array(matrix)[[1, 0, 0], [2, 0, 1]]
        assert_tensor(kata.pick_pairs(matrix, [1, 0, 0], [2, 0, 1]), expected, like=matrix)


def test_pick_pairs_leaves_its_arguments_alone(kata, device):
    """The matrix and the positions are as they were, in lists and in tensors."""
    matrix = torch.arange(12.0, device=device).reshape(3, 4)
    rows, columns = [2, 0, 1], [3, 1, 1]
    with unchanged(matrix, rows, columns):
        kata.pick_pairs(matrix, rows, columns)
    rows, columns = positions(rows, device), positions(columns, device)
    with unchanged(matrix, rows, columns):
        kata.pick_pairs(matrix, rows, columns)


@given(matrix=FILLED_MATRIX, rows=POSITIONS, columns=POSITIONS, as_tensors=st.booleans())
def test_pick_block_crosses_every_row_with_every_column(
    kata, device, matrix, rows, columns, as_tensors
):
    """Entry [i, j] of the result is matrix[rows[i], columns[j]]."""
    m = array(matrix)
    rows = [row % m.shape[0] for row in rows]
    columns = [column % m.shape[1] for column in columns]
    expected = np.array([[m[r, c] for c in columns] for r in rows], dtype=m.dtype)
    expected = expected.reshape(len(rows), len(columns))
    if as_tensors:
        rows, columns = positions(rows, device), positions(columns, device)
    assert_tensor(kata.pick_block(matrix, rows, columns), expected, like=matrix)


def test_pick_block_is_no_list_of_pairs(kata, device):
    """Two rows and two columns meet in four elements, not two."""
    matrix = torch.arange(12, device=device).reshape(3, 4)
    assert_tensor(kata.pick_block(matrix, [0, 2], [1, 3]), [[1, 3], [9, 11]], like=matrix)


def test_pick_block_takes_lists_of_any_length(kata, device):
    """Rows and columns need not be equally many; one of either keeps its axis."""
    matrix = torch.arange(12, device=device).reshape(3, 4)
    assert_tensor(kata.pick_block(matrix, [1], [0, 2, 3]), [[4, 6, 7]], like=matrix)
    assert_tensor(kata.pick_block(matrix, [0, 1, 2], [3]), [[3], [7], [11]], like=matrix)
    assert_tensor(kata.pick_block(matrix, [1, 2], [0, 2, 3]), [[4, 6, 7], [8, 10, 11]], like=matrix)


def test_pick_block_keeps_order_and_repeats(kata, device):
    """Positions come in any order and as often as they like."""
    matrix = torch.arange(12, device=device).reshape(3, 4)
    expected = [[11, 8, 8], [3, 0, 0], [11, 8, 8]]
    assert_tensor(kata.pick_block(matrix, [2, 0, 2], [3, 0, 0]), expected, like=matrix)


@pytest.mark.parametrize(("rows", "columns"), [([], [0, 3]), ([0, 1, 1], []), ([], [])])
def test_pick_block_may_be_empty(kata, device, rows, columns):
    """Without rows, or without columns, the block has an axis of length 0, and the other stays."""
    matrix = torch.ones(3, 4, device=device)
    expected = np.zeros((len(rows), len(columns)))
    assert_tensor(kata.pick_block(matrix, rows, columns), expected, like=matrix)
    rows, columns = positions(rows, device), positions(columns, device)
    assert_tensor(kata.pick_block(matrix, rows, columns), expected, like=matrix)


def test_pick_block_takes_int64_tensors(kata, device):
    """Positions may come in tensors on the matrix's device, with gaps in memory too."""
    matrix = torch.arange(12, device=device).reshape(3, 4)
    rows, columns = positions([2, 9, 0], device)[::2], positions([3, 1, 1], device)
    expected = [[11, 9, 9], [3, 1, 1]]
    assert_tensor(kata.pick_block(matrix, rows, columns), expected, like=matrix)


def test_pick_block_keeps_every_dtype(kata, device):
    """The block has the dtype of the matrix, and the very same values."""
    for matrix in every_dtype(device):
        expected = array(matrix)[[1, 0]][:, [2, 1, 0]]
        assert_tensor(kata.pick_block(matrix, [1, 0], [2, 1, 0]), expected, like=matrix)


def test_pick_block_leaves_its_arguments_alone(kata, device):
    """The matrix and the positions are as they were, in lists and in tensors."""
    matrix = torch.arange(12.0, device=device).reshape(3, 4)
    rows, columns = [2, 0], [3, 1, 1]
    with unchanged(matrix, rows, columns):
        kata.pick_block(matrix, rows, columns)
    rows, columns = positions(rows, device), positions(columns, device)
    with unchanged(matrix, rows, columns):
        kata.pick_block(matrix, rows, columns)


@given(drawn=tensors("...", "...", values=SPECIAL, max_side=3), value=st.sampled_from(SPECIAL))
def test_replace_where_writes_the_value_where_the_mask_is_true(kata, device, drawn, value):
    """The value where the mask is True, elsewhere what x has there, NaN and inf included."""
    x, other = drawn
    mask = other > 0
    expected = array(x)
    expected[array(mask)] = value
    assert_tensor(kata.replace_where(x, mask, value), expected, like=x)


@given(drawn=tensors("rows columns", "rows columns", dtypes=NUMERIC), value=st.integers(0, 200))
def test_replace_where_writes_integers_too(kata, device, drawn, value):
    """An int as the value fits every dtype, and x keeps its own."""
    x, other = drawn
    mask = other > 0
    expected = array(x)
    expected[array(mask)] = value
    assert_tensor(kata.replace_where(x, mask, value), expected, like=x)


def test_replace_where_keeps_precision(kata, device):
    """0.1 as precise as float64 has it, 2**53 + 1 to the last digit: the value passes unharmed."""
    values = {torch.float64: 0.1, torch.int64: 2**53 + 1, torch.int32: -7, torch.uint8: 255}
    for dtype, value in values.items():
        if has_dtype(device, dtype):
            x = torch.tensor([1, 2, 3], dtype=dtype, device=device)
            mask = torch.tensor([True, False, True], device=device)
            expected = torch.tensor([value, 2, value], dtype=dtype)
            assert_tensor(kata.replace_where(x, mask, value), expected, like=x)


def test_replace_where_overwrites_nan_and_keeps_nan(kata, device):
    """NaN and inf go where the mask is True, and stay where it is False."""
    nan, inf = float("nan"), float("inf")
    x = torch.tensor([nan, nan, inf, inf, 1.0], device=device)
    mask = torch.tensor([True, False, True, False, False], device=device)
    assert_tensor(kata.replace_where(x.clone(), mask, 0.0), [0.0, nan, 0.0, inf, 1.0], like=x)
    assert_tensor(kata.replace_where(x, mask, nan), [nan, nan, nan, inf, 1.0], like=x)


def test_replace_where_of_a_single_number(kata, device):
    """A tensor without axes is replaced, or not, and has no axes afterwards."""
    for flag, expected in ((True, 5.0), (False, 3.0)):
        x, mask = torch.tensor(3.0, device=device), torch.tensor(flag, device=device)
        assert_tensor(kata.replace_where(x, mask, 5.0), expected, like=x)


@pytest.mark.parametrize("flags", [(False, False), (True, False), (True, True)])
def test_replace_where_makes_a_tensor_with_memory_of_its_own(kata, device, flags):
    """Writing into the result never shows in x, not even where the mask is all False."""
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], device=device)
    mask = torch.tensor([flags, flags], device=device)
    for argument, of_it in ((x, mask), (x.T, mask.T), (x[:, :1], mask[:, :1])):
        result = kata.replace_where(argument, of_it, 9.0)
        assert_that(isinstance(result, torch.Tensor), "the result should be a torch.Tensor")
        assert_owns_memory(result, x, mask)


def test_replace_where_leaves_its_arguments_alone(kata, device):
    """x and the mask are as they were."""
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], device=device)
    mask = torch.tensor([[True, False], [True, False]], device=device)
    with unchanged(x, mask):
        kata.replace_where(x, mask, 9.0)
    with unchanged(x, mask):
        kata.replace_where(x.T, mask.T, 9.0)


@given(matrix=tensors("rows columns", dtypes=NUMERIC, values=HALVES))
def test_rows_with_positive_sum_keeps_these_rows_in_order(kata, device, matrix):
    """The rows that add up to more than zero, as they are and in their order."""
    rows = array(matrix)
    expected = rows[[row for row in range(len(rows)) if sum(rows[row].tolist()) > 0]]
    assert_tensor(kata.rows_with_positive_sum(matrix), expected, like=matrix)


def test_rows_with_positive_sum_leaves_out_a_sum_of_zero(kata, device):
    """Zero is not positive, however small a sum that is kept may be."""
    matrix = torch.tensor([[2.0, -2.0], [1e-30, 0.0], [0.0, 0.0], [-1e-30, 0.0]], device=device)
    assert_tensor(kata.rows_with_positive_sum(matrix), [[1e-30, 0.0]], like=matrix, atol=0)


def test_rows_with_positive_sum_adds_up_rows_and_not_columns(kata, device):
    """In a square matrix too it is the row that is added up."""
    matrix = torch.tensor([[5, -9], [1, 1]], device=device)
    assert_tensor(kata.rows_with_positive_sum(matrix), [[1, 1]], like=matrix)
    matrix = torch.tensor([[9, -1], [-5, -1]], device=device)
    assert_tensor(kata.rows_with_positive_sum(matrix), [[9, -1]], like=matrix)


def test_rows_with_positive_sum_looks_at_the_sum_and_not_at_the_elements(kata, device):
    """One positive element is not enough, and negative ones do no harm."""
    matrix = torch.tensor([[5, -9, 1], [-1, 5, -2], [-3, 1, 1]], device=device)
    assert_tensor(kata.rows_with_positive_sum(matrix), [[-1, 5, -2]], like=matrix)


def test_rows_with_positive_sum_keeps_order_and_repeats(kata, device):
    """Equal rows are kept each for itself, and nothing is sorted."""
    matrix = torch.tensor([[1, 2], [7, 0], [-1, 0], [1, 2], [0, 1]], device=device)
    expected = [[1, 2], [7, 0], [1, 2], [0, 1]]
    assert_tensor(kata.rows_with_positive_sum(matrix), expected, like=matrix)


def test_rows_with_positive_sum_of_none_has_no_rows(kata, device):
    """Where no row qualifies the result has shape (0, columns)."""
    matrix = torch.tensor([[-1.0, -2.0, 0.0], [0.0, 0.0, 0.0]], device=device)
    assert_tensor(kata.rows_with_positive_sum(matrix), np.zeros((0, 3)), like=matrix)
    assert_tensor(kata.rows_with_positive_sum(matrix[:0]), np.zeros((0, 3)), like=matrix)


def test_rows_with_positive_sum_of_empty_rows_has_no_rows(kata, device):
    """A row without elements adds up to zero, so it is not kept."""
    matrix = torch.zeros(3, 0, device=device)
    assert_tensor(kata.rows_with_positive_sum(matrix), np.zeros((0, 0)), like=matrix)


def test_rows_with_positive_sum_keeps_a_single_row_in_a_matrix(kata, device):
    """One row kept makes a matrix of shape (1, columns), and a single column stays an axis."""
    matrix = torch.tensor([[-1.0, 0.0], [3.0, 4.0]], device=device)
    assert_tensor(kata.rows_with_positive_sum(matrix), [[3.0, 4.0]], like=matrix)
    assert_tensor(kata.rows_with_positive_sum(matrix[:, 1:]), [[4.0]], like=matrix)


def test_rows_with_positive_sum_keeps_every_dtype(kata, device):
    """The rows have the dtype of the matrix, and the very same values."""
    for matrix in every_dtype(device):
        if matrix.dtype != torch.bool:
            expected = array(matrix)
            assert_tensor(kata.rows_with_positive_sum(matrix), expected, like=matrix)


def test_rows_with_positive_sum_adds_up_as_precisely_as_the_dtype(kata, device):
    """In float64, 1 + 1e-12 less 1 is positive."""
    if has_dtype(device, torch.float64):
        matrix = torch.tensor([[1 + 1e-12, -1], [1, -1]], dtype=torch.float64, device=device)
        expected = array(matrix)[:1]
    else:
        matrix = torch.tensor([[1 + 1e-6, -1], [1, -1]], device=device)
        expected = array(matrix)[:1]
    assert_tensor(kata.rows_with_positive_sum(matrix), expected, like=matrix)


def test_rows_with_positive_sum_leaves_its_argument_alone(kata, device):
    """The matrix passed in is as it was."""
    matrix = torch.tensor([[1.0, 2.0], [-3.0, 0.0]], device=device)
    with unchanged(matrix):
        kata.rows_with_positive_sum(matrix)


def positions(values: list[int], device: torch.device) -> torch.Tensor:
    """An int64 tensor on the device, also of no positions."""
    return torch.tensor(values, dtype=torch.int64, device=device)


def every_dtype(device: torch.device) -> list[torch.Tensor]:
    """A matrix of two rows and three columns for each dtype; its values tell precision."""
    values = torch.tensor([[0.1, 2.0, 1 / 3], [100.7, 0.0, 7.1]], dtype=torch.float64)
    return [values.to(kind).to(device) for kind in EVERY_DTYPE if has_dtype(device, kind)]
