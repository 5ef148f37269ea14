"""What a right k03_indexing does.

Teaches what becomes of an axis under an int, a slice, a list and a mask, and that lists in one
pair of brackets go together. Leaves views of the same memory to k04, comparisons to k07,
broadcasting to k08.
"""

import itertools

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from .harness.checks import (
    COUNTING,
    EVERY_DTYPE,
    NUMERIC,
    SPECIAL,
    array,
    assert_metadata,
    assert_owns_memory,
    assert_tensor,
    assert_that,
    edge,
    either,
    has_dtype,
    tensors,
)

POSITIONS = st.lists(st.integers(0, 3), max_size=4)
ROWS = either(st.sampled_from([[1, 0], [0, 1], [2, 1]]), POSITIONS)
COLUMNS = either(st.sampled_from([[0, 2, 1], [2, 2, 0], [1, 2, 0]]), POSITIONS)
PAIRS = either(
    st.sampled_from([[(1, 0), (0, 1)], [(1, 1), (0, 2), (1, 0)], [(0, 2), (2, 1), (0, 2)]]),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=4),
)
IN_TENSORS = either(st.just(False), st.booleans())  # positions, which else are lists
INTS_FIRST = (torch.int64, *NUMERIC)
FLAGS = ((True, True), (True, False), (False, False))
HALVES = (0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0, 0.5, -0.5, 7.0)  # their sums are exact

MATRIX = tensors("rows columns", dtypes=INTS_FIRST, values=COUNTING)
FILLED_MATRIX = tensors("rows columns", dtypes=INTS_FIRST, values=COUNTING, min_side=1)
TALL = tensors(
    "rows columns", dtypes=INTS_FIRST, values=COUNTING, sides={"rows": (3, 5), "columns": (2, 2)}
)
BATCH = tensors("n ...", dtypes=NUMERIC, values=COUNTING, max_side=3, sides={"n": (1, 3)})
FEW_IMAGES = tensors("2 3 2 2", dtypes=INTS_FIRST, values=COUNTING)
ANY_IMAGES = tensors(
    "batch channels height width",
    dtypes=NUMERIC,
    values=COUNTING,
    max_side=3,
    sides={"channels": (1, 4)},
)


@given(batch=either(MATRIX, BATCH))
def test_first_item_is_the_batch_at_position_zero(kata, device, batch):
    """The item at position 0, and nothing of the others."""
    expected = array(batch)[0]
    assert_tensor(kata.first_item(batch), expected, like=batch)


def test_first_item_keeps_all_other_axes(kata, device):
    """Of two images the first is a whole image: only the first axis goes."""
    images = torch.arange(12, device=device).reshape(2, 3, 2)
    assert_tensor(kata.first_item(images), [[0, 1], [2, 3], [4, 5]], like=images)


@edge
def test_first_item_keeps_axes_of_length_one(kata, device):
    """Only the first axis goes: the first of (1, 1, 3) has shape (1, 3), of (2, 1, 1) (1, 1)."""
    one = torch.tensor([[[4.0, 5.0, 6.0]]], device=device)
    assert_tensor(kata.first_item(one), [[4.0, 5.0, 6.0]], like=one)
    two = torch.tensor([[[4.0]], [[5.0]]], device=device)
    assert_tensor(kata.first_item(two), [[4.0]], like=two)


@edge
def test_first_item_may_be_empty(kata, device):
    """An axis of length 0 stays: of a batch of shape (2, 0, 3) the first item has shape (0, 3)."""
    batch = torch.zeros(2, 0, 3, dtype=torch.int32, device=device)
    assert_tensor(kata.first_item(batch), np.zeros((0, 3)), like=batch)


@edge
def test_first_item_of_a_vector_is_a_tensor_without_axes(kata, device):
    """The first item of a matrix is a vector, of a vector a 0-D tensor and no Python number."""
    matrix = torch.tensor([[4.0, 5.0, 6.0]], device=device)
    assert_tensor(kata.first_item(matrix), [4.0, 5.0, 6.0], like=matrix)
    assert_tensor(kata.first_item(matrix[0]), 4.0, like=matrix)


@edge
def test_first_item_keeps_every_dtype(kata, device):
    """The item has the dtype of the batch, and the very same values."""
    for batch in every_dtype(device):
        expected = array(batch)[0]
        assert_tensor(kata.first_item(batch), expected, like=batch, rtol=0, atol=0)


@given(
    matrix=tensors("rows columns", dtypes=INTS_FIRST, values=COUNTING, sides={"columns": (1, 4)})
)
def test_last_column_is_the_last_element_of_each_row(kata, device, matrix):
    """Element i of the result is the last one of row i."""
    expected = array(matrix)[:, array(matrix).shape[1] - 1]
    assert_tensor(kata.last_column(matrix), expected, like=matrix)


@edge
def test_last_column_is_a_vector(kata, device):
    """The columns' axis goes, and the rows' axis stays, even with one row or none."""
    matrix = torch.tensor([[4, 5, 6]], dtype=torch.int32, device=device)
    assert_tensor(kata.last_column(matrix), [6], like=matrix)
    assert_tensor(kata.last_column(matrix[:0]), np.zeros(0), like=matrix)


def test_last_column_is_no_row(kata, device):
    """Where rows and columns are equally many, the column is still a column."""
    matrix = torch.tensor([[1.0, 2.0], [3.0, 4.0]], device=device)
    assert_tensor(kata.last_column(matrix), [2.0, 4.0], like=matrix)


def test_last_column_is_the_last_of_many(kata, device):
    """Of five columns it is the fifth."""
    matrix = torch.arange(10, device=device).reshape(2, 5)
    assert_tensor(kata.last_column(matrix), [4, 9], like=matrix)


@edge
def test_last_column_keeps_every_dtype(kata, device):
    """The column has the dtype of the matrix, and the very same values."""
    for matrix in every_dtype(device):
        expected = array(matrix)[:, 2]
        assert_tensor(kata.last_column(matrix), expected, like=matrix, rtol=0, atol=0)


@given(matrix=either(TALL, MATRIX))
def test_every_other_row_begins_with_row_zero(kata, device, matrix):
    """Rows 0, 2, 4 and so on, in their order."""
    rows = array(matrix)
    expected = rows[[row for row in range(len(rows)) if row % 2 == 0]]
    assert_tensor(kata.every_other_row(matrix), expected, like=matrix)


def test_every_other_row_may_end_with_the_last(kata, device):
    """Of five rows the last one is picked too, of four it is not."""
    matrix = torch.arange(10, device=device).reshape(5, 2)
    assert_tensor(kata.every_other_row(matrix), [[0, 1], [4, 5], [8, 9]], like=matrix)
    assert_tensor(kata.every_other_row(matrix[:4]), [[0, 1], [4, 5]], like=matrix)


@edge
@pytest.mark.parametrize("count", [0, 1, 2, 8, 11])
def test_every_other_row_takes_any_number_of_rows(kata, device, count):
    """A single row is picked, of no rows none, of many every other one."""
    matrix = torch.arange(3 * count, dtype=torch.int32, device=device).reshape(count, 3)
    picked = range(0, count, 2)
    expected = [[3 * row, 3 * row + 1, 3 * row + 2] for row in picked]
    expected = np.array(expected).reshape(len(picked), 3)
    assert_tensor(kata.every_other_row(matrix), expected, like=matrix)


@edge
def test_every_other_row_counts_rows_without_columns(kata, device):
    """Of three rows without columns there are two picked: shape (2, 0)."""
    matrix = torch.zeros(3, 0, dtype=torch.int32, device=device)
    assert_tensor(kata.every_other_row(matrix), np.zeros((2, 0)), like=matrix)


@edge
def test_every_other_row_keeps_every_dtype(kata, device):
    """The rows have the dtype of the matrix, and the very same values."""
    for matrix in every_dtype(device):
        expected = array(matrix)[[0]]
        assert_tensor(kata.every_other_row(matrix), expected, like=matrix, rtol=0, atol=0)


@given(
    images=either(FEW_IMAGES, ANY_IMAGES),
    index=either(st.sampled_from([1, 2, 0]), st.integers(0, 3)),
)
def test_channel_keeps_the_axis_of_the_channels(kata, device, images, index):
    """Every image keeps one channel, the one at `index`, and the result has four axes still."""
    index %= images.shape[1]
    expected = array(images)[:, index][:, np.newaxis]
    assert_tensor(kata.channel(images, index), expected, like=images)


@pytest.mark.parametrize("index", [0, 1, 4])
def test_channel_counts_from_zero_to_the_last(kata, device, index):
    """Index 0 is the first channel, and 4 the last of five, in every image of the batch."""
    images = torch.arange(40, device=device).reshape(2, 5, 2, 2)
    expected = array(images)[:, index][:, np.newaxis]
    assert_tensor(kata.channel(images, index), expected, like=images)


def test_channel_is_neither_an_image_nor_a_row(kata, device):
    """Where all axes are equally long, it is the second one that is picked from."""
    images = torch.arange(16, device=device).reshape(2, 2, 2, 2)
    assert_tensor(
        kata.channel(images, 1), [[[[4, 5], [6, 7]]], [[[12, 13], [14, 15]]]], like=images
    )


@edge
def test_channel_keeps_every_axis_of_length_one(kata, device):
    """One image of one pixel has four axes still."""
    images = torch.tensor([[[[4.0]], [[5.0]]]], device=device)
    assert_tensor(kata.channel(images, 1), [[[[5.0]]]], like=images)


@edge
@pytest.mark.parametrize("shape", [(0, 3, 2, 2), (2, 3, 0, 2), (2, 3, 2, 0)])
def test_channel_may_be_empty(kata, device, shape):
    """Without images, or without pixels, there are four axes still, one of them of length 0."""
    images = torch.zeros(shape, dtype=torch.int32, device=device)
    expected = np.zeros((shape[0], 1, *shape[2:]))
    assert_tensor(kata.channel(images, 2), expected, like=images)


@edge
def test_channel_keeps_every_dtype(kata, device):
    """The channel has the dtype of the images, and the very same values."""
    for matrix in every_dtype(device):
        images = matrix.reshape(1, 2, 3, 1)
        expected = array(images)[:, :1]
        assert_tensor(kata.channel(images, 0), expected, like=images, rtol=0, atol=0)


@given(matrix=FILLED_MATRIX)
def test_corners_keep_their_places(kata, device, matrix):
    """Top left, top right; bottom left, bottom right."""
    m = array(matrix)
    bottom, right = m.shape[0] - 1, m.shape[1] - 1
    expected = np.array([[m[0, 0], m[0, right]], [m[bottom, 0], m[bottom, right]]])
    assert_tensor(kata.corners(matrix), expected, like=matrix)


def test_corners_lie_at_the_ends_of_both_axes(kata, device):
    """The first and last column of the first and last row, however many there are."""
    matrix = torch.arange(12, device=device).reshape(3, 4)
    assert_tensor(kata.corners(matrix), [[0, 3], [8, 11]], like=matrix)
    matrix = torch.arange(35, device=device).reshape(5, 7)
    assert_tensor(kata.corners(matrix), [[0, 6], [28, 34]], like=matrix)


@edge
def test_corners_of_one_row_repeat_it(kata, device):
    """A single row is both the top and the bottom."""
    matrix = torch.tensor([[4.0, 5.0, 6.0]], device=device)
    assert_tensor(kata.corners(matrix), [[4.0, 6.0], [4.0, 6.0]], like=matrix)


@edge
def test_corners_of_one_column_repeat_it(kata, device):
    """A single column is both the left and the right side."""
    matrix = torch.tensor([[4.0], [5.0], [6.0]], device=device)
    assert_tensor(kata.corners(matrix), [[4.0, 4.0], [6.0, 6.0]], like=matrix)


@edge
def test_corners_of_one_element_are_all_the_same(kata, device):
    """A single element stands in all four corners."""
    matrix = torch.tensor([[4.0]], device=device)
    assert_tensor(kata.corners(matrix), [[4.0, 4.0], [4.0, 4.0]], like=matrix)


@edge
def test_corners_keep_every_dtype(kata, device):
    """The corners have the dtype of the matrix, and the very same values."""
    for matrix in every_dtype(device):
        expected = array(matrix)[:, [0, 2]]
        assert_tensor(kata.corners(matrix), expected, like=matrix, rtol=0, atol=0)


@given(matrix=FILLED_MATRIX, pairs=PAIRS, as_tensors=IN_TENSORS)
def test_pick_pairs_takes_a_row_and_a_column_for_each_element(
    kata, device, matrix, pairs, as_tensors
):
    """The first row goes with the first column, the second with the second, and so on."""
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


@edge
def test_pick_pairs_of_one_pair_is_a_vector(kata, device):
    """One pair gives a vector of one element."""
    matrix = torch.arange(12, device=device).reshape(3, 4)
    assert_tensor(kata.pick_pairs(matrix, [1], [2]), [6], like=matrix)


@edge
@pytest.mark.parametrize("shape", [(3, 4), (0, 4), (3, 0), (0, 0)])
def test_pick_pairs_of_nothing_is_empty(kata, device, shape):
    """Empty lists, and empty tensors, pick nothing: shape (0,), also from an empty matrix."""
    matrix = torch.ones(shape, dtype=torch.int32, device=device)
    for none in ([], positions([], device)):
        result = kata.pick_pairs(matrix, none, none)
        kind = result.dtype if isinstance(result, torch.Tensor) else matrix.dtype
        assert_metadata(result, shape=(0,), dtype=kind, device=device)


@edge
def test_pick_pairs_takes_int64_tensors(kata, device):
    """Positions may come in tensors on the matrix's device, with gaps in memory too."""
    matrix = torch.arange(12, device=device).reshape(3, 4)
    rows, columns = positions([2, 9, 0, 9, 2], device)[::2], positions([3, 1, 0], device)
    assert_tensor(kata.pick_pairs(matrix, rows, columns), [11, 1, 8], like=matrix)


@edge
def test_pick_pairs_keeps_every_dtype(kata, device):
    """The elements have the dtype of the matrix, and the very same values."""
    for matrix in every_dtype(device):
        expected = array(matrix)[[1, 0, 0], [2, 0, 1]]
        picked = kata.pick_pairs(matrix, [1, 0, 0], [2, 0, 1])
        assert_tensor(picked, expected, like=matrix, rtol=0, atol=0)


@given(matrix=FILLED_MATRIX, rows=ROWS, columns=COLUMNS, as_tensors=IN_TENSORS)
def test_pick_block_crosses_every_row_with_every_column(
    kata, device, matrix, rows, columns, as_tensors
):
    """Each row that is asked for meets each column that is asked for."""
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
    """Rows and columns need not be equally many."""
    matrix = torch.arange(12, device=device).reshape(3, 4)
    assert_tensor(kata.pick_block(matrix, [1, 2], [0, 2, 3]), [[4, 6, 7], [8, 10, 11]], like=matrix)
    expected = [[3, 0], [7, 4], [11, 8]]
    assert_tensor(kata.pick_block(matrix, [0, 1, 2], [3, 0]), expected, like=matrix)


def test_pick_block_keeps_order_and_repeats(kata, device):
    """Positions come in any order and as often as they like."""
    matrix = torch.arange(12, device=device).reshape(3, 4)
    expected = [[11, 8, 8], [3, 0, 0], [11, 8, 8]]
    assert_tensor(kata.pick_block(matrix, [2, 0, 2], [3, 0, 0]), expected, like=matrix)


@edge
def test_pick_block_of_one_row_or_column_keeps_its_axis(kata, device):
    """One row makes a block of one row, one column a block of one column."""
    matrix = torch.arange(12, device=device).reshape(3, 4)
    assert_tensor(kata.pick_block(matrix, [2], [1]), [[9]], like=matrix)
    assert_tensor(kata.pick_block(matrix, [1], [0, 2, 3]), [[4, 6, 7]], like=matrix)
    assert_tensor(kata.pick_block(matrix, [0, 1, 2], [3]), [[3], [7], [11]], like=matrix)


@edge
@pytest.mark.parametrize(("rows", "columns"), [([], [0, 3]), ([0, 1, 1], []), ([], [])])
def test_pick_block_may_be_empty(kata, device, rows, columns):
    """Without rows, or without columns, the block has an axis of length 0, and the other stays."""
    matrix = torch.ones(3, 4, dtype=torch.int32, device=device)
    expected = np.zeros((len(rows), len(columns)))
    assert_tensor(kata.pick_block(matrix, rows, columns), expected, like=matrix)
    rows, columns = positions(rows, device), positions(columns, device)
    assert_tensor(kata.pick_block(matrix, rows, columns), expected, like=matrix)


@edge
@pytest.mark.parametrize(
    ("shape", "rows", "columns"), [((0, 4), [], [0, 3]), ((3, 0), [2, 0, 2], []), ((0, 0), [], [])]
)
def test_pick_block_of_an_empty_matrix_is_empty(kata, device, shape, rows, columns):
    """A matrix without rows, or without columns, has blocks of length 0 along that axis."""
    matrix = torch.ones(shape, dtype=torch.int32, device=device)
    expected = np.zeros((len(rows), len(columns)))
    assert_tensor(kata.pick_block(matrix, rows, columns), expected, like=matrix)
    rows, columns = positions(rows, device), positions(columns, device)
    assert_tensor(kata.pick_block(matrix, rows, columns), expected, like=matrix)


@edge
def test_pick_block_takes_int64_tensors(kata, device):
    """Positions may come in tensors on the matrix's device, with gaps in memory too."""
    matrix = torch.arange(12, device=device).reshape(3, 4)
    rows, columns = positions([2, 9, 0], device)[::2], positions([3, 1, 1], device)
    expected = [[11, 9, 9], [3, 1, 1]]
    assert_tensor(kata.pick_block(matrix, rows, columns), expected, like=matrix)


@edge
def test_pick_block_keeps_every_dtype(kata, device):
    """The block, empty or not, has the dtype of the matrix, and the very same values."""
    for matrix in every_dtype(device):
        expected = array(matrix)[[1, 0]][:, [2, 0, 2]]
        block = kata.pick_block(matrix, [1, 0], [2, 0, 2])
        assert_tensor(block, expected, like=matrix, rtol=0, atol=0)
        assert_tensor(kata.pick_block(matrix, [], [2, 0]), np.zeros((0, 2)), like=matrix)


@given(
    drawn=either(
        tensors("rows columns", "rows columns", dtypes=INTS_FIRST),
        tensors("...", "...", values=SPECIAL, max_side=3),
    ),
    value=either(st.sampled_from([10, 20]), st.sampled_from(SPECIAL)),
)
def test_replace_where_writes_the_value_where_the_mask_is_true(kata, device, drawn, value):
    """The value stands where the mask is True, elsewhere what x has there."""
    x, other = drawn
    mask = other % 2 == 1
    expected = array(x)
    expected[array(mask)] = value
    assert_tensor(kata.replace_where(x, mask, value), expected, like=x)


def test_replace_where_changes_nothing_else(kata, device):
    """Of six numbers the three that are marked become 9.5, and the others stay."""
    x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], device=device)
    mask = torch.tensor([[True, False, False], [False, True, True]], device=device)
    expected = [[9.5, 2.0, 3.0], [4.0, 9.5, 9.5]]
    assert_tensor(kata.replace_where(x, mask, 9.5), expected, like=x)


@edge
@given(drawn=tensors("rows columns", "rows columns", dtypes=NUMERIC), value=st.integers(0, 200))
def test_replace_where_writes_integers_too(kata, device, drawn, value):
    """An int as the value fits every dtype, and x keeps its own."""
    x, other = drawn
    mask = other > 0
    expected = array(x)
    expected[array(mask)] = value
    assert_tensor(kata.replace_where(x, mask, value), expected, like=x)


@edge
def test_replace_where_keeps_precision(kata, device):
    """0.1 as precise as float64 has it, 2**53 + 1 to the last digit: in x and as the value."""
    numbers = {torch.float64: (0.1, 1 / 3), torch.int64: (2**53 + 1, -(2**53) - 1)}
    numbers |= {torch.int32: (2**24 + 1, -7), torch.int8: (-128, 127), torch.uint8: (255, 128)}
    for dtype, (kept, value) in numbers.items():
        if has_dtype(device, dtype):
            x = torch.tensor([1, kept, 3], dtype=dtype, device=device)
            mask = torch.tensor([True, False, True], device=device)
            expected = torch.tensor([value, kept, value], dtype=dtype)
            assert_tensor(kata.replace_where(x, mask, value), expected, like=x, rtol=0, atol=0)


@edge
def test_replace_where_overwrites_nan_and_keeps_nan(kata, device):
    """NaN and inf go where the mask is True, and stay where it is False."""
    nan, inf = float("nan"), float("inf")
    x = torch.tensor([nan, nan, inf, inf, 1.0], device=device)
    mask = torch.tensor([True, False, True, False, False], device=device)
    assert_tensor(kata.replace_where(x.clone(), mask, 0.0), [0.0, nan, 0.0, inf, 1.0], like=x)
    assert_tensor(kata.replace_where(x, mask, nan), [nan, nan, nan, inf, 1.0], like=x)


@edge
def test_replace_where_of_a_single_number(kata, device):
    """A tensor without axes is replaced, or not, and has no axes afterwards."""
    for flag, expected in ((True, 5.0), (False, 3.0)):
        x, mask = torch.tensor(3.0, device=device), torch.tensor(flag, device=device)
        assert_tensor(kata.replace_where(x, mask, 5.0), expected, like=x)


@edge
def test_replace_where_makes_a_tensor_with_memory_of_its_own(kata, device):
    """Writing into the result never shows in x, not even where the mask is all False."""
    for x, flags in itertools.product(squares(device), FLAGS):
        mask = torch.tensor([flags, flags], device=device)
        pairs = ((x.T, mask.T), (x, mask), (x[:, :1], mask[:, :1]), (x[0, 0], mask[0, 0]))
        for argument, of_it in pairs:
            result = kata.replace_where(argument, of_it, 9)
            assert_that(isinstance(result, torch.Tensor), "the result should be a torch.Tensor")
            assert_owns_memory(result, x, mask)


def several_are_positive(matrix):
    """Two rows or more add up to more than zero."""
    return sum(sum(row) > 0 for row in array(matrix).tolist()) >= 2


SUMS = either(
    tensors("rows columns", dtypes=INTS_FIRST, values=HALVES, sides={"rows": (3, 4)}).filter(
        several_are_positive
    ),
    tensors("rows columns", dtypes=INTS_FIRST, values=HALVES),
)


@given(matrix=SUMS)
def test_rows_with_positive_sum_keeps_these_rows_in_order(kata, device, matrix):
    """The rows that add up to more than zero are kept whole, in their order."""
    rows = array(matrix)
    expected = rows[[row for row in range(len(rows)) if sum(rows[row].tolist()) > 0]]
    assert_tensor(kata.rows_with_positive_sum(matrix), expected, like=matrix)


def test_rows_with_positive_sum_leaves_out_a_sum_of_zero(kata, device):
    """Zero is not more than zero, and 0.5 is."""
    sums = [[2.0, -2.0], [3.0, -2.5], [0.0, 0.0], [-3.0, 2.5], [-2.0, 3.0]]
    matrix = torch.tensor(sums, device=device)
    assert_tensor(kata.rows_with_positive_sum(matrix), [sums[1], sums[4]], like=matrix)


@edge
def test_rows_with_positive_sum_keeps_the_smallest_sum(kata, device):
    """Any sum above zero is enough, however small."""
    sums = ([2.0, -2.0], [1e-30, 0.0], [0.0, 0.0], [0.5, 0.0], [-1e-30, 0.0])
    matrix = torch.tensor(sums, device=device)
    expected = [[1e-30, 0.0], [0.5, 0.0]]
    assert_tensor(kata.rows_with_positive_sum(matrix), expected, like=matrix, atol=0)


def test_rows_with_positive_sum_adds_up_rows_and_not_columns(kata, device):
    """In a square matrix too it is the row that is added up."""
    matrix = torch.tensor([[5, -9, 1], [1, 1, 1], [2, 3, -4]], device=device)
    assert_tensor(kata.rows_with_positive_sum(matrix), [[1, 1, 1], [2, 3, -4]], like=matrix)
    matrix = torch.tensor([[9, -1, 1], [-5, -1, 4], [7, -2, -3]], device=device)
    assert_tensor(kata.rows_with_positive_sum(matrix), [[9, -1, 1], [7, -2, -3]], like=matrix)


def test_rows_with_positive_sum_looks_at_the_sum_and_not_at_the_elements(kata, device):
    """One positive element is not enough, and negative ones do no harm."""
    matrix = torch.tensor([[5, -9, 1], [-1, 5, -2], [-3, 1, 1], [6, -1, -2]], device=device)
    expected = [[-1, 5, -2], [6, -1, -2]]
    assert_tensor(kata.rows_with_positive_sum(matrix), expected, like=matrix)


def test_rows_with_positive_sum_keeps_order_and_repeats(kata, device):
    """Equal rows are kept each for itself, and nothing is sorted."""
    matrix = torch.tensor([[1, 2], [7, 0], [-1, 0], [1, 2], [0, 1]], device=device)
    expected = [[1, 2], [7, 0], [1, 2], [0, 1]]
    assert_tensor(kata.rows_with_positive_sum(matrix), expected, like=matrix)


@edge
def test_rows_with_positive_sum_of_none_has_no_rows(kata, device):
    """Where no row qualifies the result has shape (0, columns)."""
    matrix = torch.tensor([[-1, -2, 0], [0, 0, 0]], dtype=torch.int32, device=device)
    assert_tensor(kata.rows_with_positive_sum(matrix), np.zeros((0, 3)), like=matrix)
    assert_tensor(kata.rows_with_positive_sum(matrix[:0]), np.zeros((0, 3)), like=matrix)


@edge
def test_rows_with_positive_sum_of_empty_rows_has_no_rows(kata, device):
    """A row without elements adds up to zero, so it is not kept."""
    matrix = torch.zeros(3, 0, dtype=torch.int32, device=device)
    assert_tensor(kata.rows_with_positive_sum(matrix), np.zeros((0, 0)), like=matrix)


@edge
def test_rows_with_positive_sum_keeps_a_single_row_in_a_matrix(kata, device):
    """One row kept makes a matrix of shape (1, columns), and a single column stays an axis."""
    matrix = torch.tensor([[-1.0, 0.0], [3.0, 4.0]], device=device)
    assert_tensor(kata.rows_with_positive_sum(matrix), [[3.0, 4.0]], like=matrix)
    assert_tensor(kata.rows_with_positive_sum(matrix[:, 1:]), [[4.0]], like=matrix)


@edge
def test_rows_with_positive_sum_keeps_every_dtype(kata, device):
    """The rows have the dtype of the matrix, and the very same values."""
    for matrix in every_dtype(device):
        if matrix.dtype != torch.bool:
            expected = array(matrix)[: 1 if matrix.is_floating_point() else 2]
            result = kata.rows_with_positive_sum(matrix)
            assert_tensor(result, expected, like=matrix, rtol=0, atol=0)


@edge
@pytest.mark.parametrize("dtype", [torch.uint8, torch.int8, torch.int16, torch.int32])
def test_rows_with_positive_sum_adds_up_more_than_the_dtype_can_hold(kata, device, dtype):
    """In int8 too, 127 + 127 is positive, and -128 - 128 is not; in uint8 255 + 1 is no 0."""
    low, high = torch.iinfo(dtype).min, torch.iinfo(dtype).max
    matrix = torch.tensor([[high, high], [high, 1], [low, low]], dtype=dtype, device=device)
    assert_tensor(kata.rows_with_positive_sum(matrix), [[high, high], [high, 1]], like=matrix)


@edge
def test_rows_with_positive_sum_adds_up_integers_to_the_last_digit(kata, device):
    """2**53 + 1 less 2**53 is positive, which floats can't tell from zero."""
    kept = [[2**53 + 1, -(2**53)], [2**24 + 1, -(2**24)]]
    matrix = torch.tensor([*kept, [2**53, -(2**53) - 1]], device=device)
    assert_tensor(kata.rows_with_positive_sum(matrix), kept, like=matrix)


@edge
def test_rows_with_positive_sum_leaves_out_a_sum_of_nan(kata, device):
    """NaN is not more than zero; infinity is."""
    nan, inf = float("nan"), float("inf")
    matrix = torch.tensor([[nan, 5.0], [inf, -9.0], [inf, -inf], [-inf, 9.0]], device=device)
    assert_tensor(kata.rows_with_positive_sum(matrix), [[inf, -9.0]], like=matrix)


@edge
def test_rows_with_positive_sum_adds_up_as_precisely_as_the_dtype(kata, device):
    """In float64, 1 + 1e-12 less 1 is positive."""
    if has_dtype(device, torch.float64):
        matrix = torch.tensor([[1 + 1e-12, -1], [1, -1]], dtype=torch.float64, device=device)
        expected = array(matrix)[:1]
    else:
        matrix = torch.tensor([[1 + 1e-6, -1], [1, -1]], device=device)
        expected = array(matrix)[:1]
    assert_tensor(kata.rows_with_positive_sum(matrix), expected, like=matrix)


def positions(values: list[int], device: torch.device) -> torch.Tensor:
    """An int64 tensor on the device, also of no positions."""
    return torch.tensor(values, dtype=torch.int64, device=device)


def squares(device: torch.device) -> list[torch.Tensor]:
    """A matrix of two rows and two columns, in floats and in integers."""
    kinds = [kind for kind in NUMERIC if has_dtype(device, kind)]
    return [torch.tensor([[1, 2], [3, 4]], dtype=kind, device=device) for kind in kinds]


def every_dtype(device: torch.device) -> list[torch.Tensor]:
    """A matrix of two rows and three columns for each dtype.

    Its values tell precision; inf and NaN spoil what is computed from them, and not picked.
    """
    matrices = []
    for kind in (*EVERY_DTYPE, torch.int16, torch.int8):
        if kind.is_floating_point:
            values = [[0.1, 2.0, 1 / 3], [float("inf"), float("nan"), 7.1]]
        elif kind == torch.bool:
            values = [[False, True, True], [True, False, True]]
        else:
            large = 2**53 + 5 if kind == torch.int64 else torch.iinfo(kind).max
            values = [[large, 2, large - 2], [3, 0, large - 4]]
        if has_dtype(device, kind):
            matrices.append(torch.tensor(values, dtype=kind, device=device))
    return matrices
