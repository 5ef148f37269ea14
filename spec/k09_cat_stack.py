"""What a right k09_cat_stack does.

Teaches joining along an axis that is there and along a new one, filling up what differs in
length, and splitting by views. Leaves reshaping as such to k04, and broadcasting to k08.
"""

import itertools
import math

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from .harness.checks import (
    EVERY_DTYPE,
    FLOATING,
    INTEGERS,
    NUMERIC,
    array,
    assert_no_loops,
    assert_raises,
    assert_shares_memory,
    assert_tensor,
    assert_that,
    edge,
    either,
    has_dtype,
    tensors,
    tr,
)

HOW_MANY = either(st.sampled_from([3, 2]), st.sampled_from([2, 1, 3]))
MISFIT = (ValueError, RuntimeError)  # torch's own error says it as clearly
INTS_FIRST = (torch.int64, *EVERY_DTYPE)
ALL_INTEGERS = (*INTEGERS, torch.int16, torch.int8)
ALL_NUMERIC = (*FLOATING, *ALL_INTEGERS)


def delicate(device, *shape, dtypes=(*ALL_NUMERIC, torch.bool)):
    """A tensor of each dtype with what is easily lost: signs, NaN, digits, both limits."""
    numbers = torch.arange(math.prod(shape)) - 2
    for dtype in dtypes:
        if not has_dtype(device, dtype):
            continue
        if dtype == torch.bool:
            x = numbers % 3 == 0
        elif dtype.is_floating_point:
            x = (numbers.double() / 3).to(dtype)
            x[0], x[1], x[-1] = math.nan, math.inf, -math.inf
        else:
            x = (numbers * (2**53 + 1)).to(dtype)
            x[0], x[-1] = torch.iinfo(dtype).min, torch.iinfo(dtype).max
        yield x.reshape(shape).to(device)


def matrix_of(device, rows, columns, start):
    """A matrix that counts on from start, so that every entry can be told from every other."""
    count = torch.arange(float(start), start + rows * columns, device=device)
    return count.reshape(rows, columns)


def pair(result):
    """The two parts of what pad_and_stack returns."""
    right = isinstance(result, (tuple, list)) and len(result) == 2
    assert_that(right, "a tuple of two tensors is asked for: (padded, mask)")
    return result


def parts_of(result, count):
    """The parts that split_like returns, which are a tuple of this many."""
    assert_that(
        isinstance(result, (tuple, list)),
        tr("a tuple is asked for, not {kind}").format(kind=type(result).__name__),
    )
    assert_that(
        len(result) == count,
        tr("{count} parts are asked for, not {found}").format(count=count, found=len(result)),
    )
    return result


@given(
    drawn=tensors("first columns", "second columns", "third columns", dtypes=INTS_FIRST),
    count=HOW_MANY,
)
def test_join_rows_puts_rows_below_rows(kata, device, drawn, count):
    """All rows of the first matrix come first, then those of the second, and so on."""
    matrices = list(drawn[:count])
    rows = [row for matrix in matrices for row in array(matrix)]
    expected = np.array(rows).reshape(len(rows), matrices[0].shape[1])
    assert_tensor(kata.join_rows(matrices), expected, like=matrices[0])


def test_join_rows_keeps_the_order(kata, device):
    """The list's order is the order of the rows, whatever the lengths."""
    matrices = [matrix_of(device, rows, 2, start) for rows, start in ((3, 10), (1, 0), (2, 30))]
    expected = [[10, 11], [12, 13], [14, 15], [0, 1], [30, 31], [32, 33]]
    assert_tensor(kata.join_rows(matrices), expected, like=matrices[0])


def test_join_rows_makes_no_new_axis(kata, device):
    """Square matrices of one shape go below each other too: (2, 2) twice is (4, 2)."""
    a, b = matrix_of(device, 2, 2, 0), matrix_of(device, 2, 2, 4)
    assert_tensor(kata.join_rows([a, b]), [[0, 1], [2, 3], [4, 5], [6, 7]], like=a)


@edge
def test_join_rows_of_a_single_matrix_is_that_matrix(kata, device):
    """A list of one matrix has its rows and no others."""
    matrix = matrix_of(device, 2, 3, 1)
    assert_tensor(kata.join_rows([matrix]), [[1, 2, 3], [4, 5, 6]], like=matrix)


@edge
def test_join_rows_takes_matrices_without_rows(kata, device):
    """A (0, 3) matrix adds nothing, and several make (0, 3)."""
    none, some = torch.empty(0, 3, device=device), matrix_of(device, 2, 3, 1)
    assert_tensor(kata.join_rows([none, none]), np.empty((0, 3)), like=none)
    assert_tensor(kata.join_rows([none, some, none]), [[1, 2, 3], [4, 5, 6]], like=some)


@edge
def test_join_rows_counts_rows_without_columns(kata, device):
    """Matrices without columns have rows all the same: (2, 0) and (3, 0) make (5, 0)."""
    x = torch.empty(3, 0, dtype=torch.int32, device=device)
    assert_tensor(kata.join_rows([x[:2], x]), np.empty((5, 0)), like=x)


@edge
def test_join_rows_keeps_every_element(kata, device):
    """Of every dtype, elements come out as they went in, from many matrices, one of them twice."""
    for x in delicate(device, 5, 3):
        twice = x[1:4]
        matrices = [twice, x[4:], x[:2], x[:0], twice, x.flip(0)]
        expected = np.concatenate([array(matrix) for matrix in matrices])
        assert_tensor(kata.join_rows(matrices), expected, like=x, rtol=0, atol=0)


@given(drawn=tensors("rows first", "rows second", "rows third", dtypes=INTS_FIRST), count=HOW_MANY)
def test_join_columns_puts_columns_beside_columns(kata, device, drawn, count):
    """All columns of the first matrix come first, then those of the second, and so on."""
    matrices = list(drawn[:count])
    columns = [column for matrix in matrices for column in array(matrix).T]
    expected = np.array(columns).reshape(len(columns), len(matrices[0])).T
    assert_tensor(kata.join_columns(matrices), expected, like=matrices[0])


def test_join_columns_keeps_the_order(kata, device):
    """The list's order is the order of the columns, whatever the lengths."""
    matrices = [matrix_of(device, 2, width, at) for width, at in ((2, 10), (1, 0), (3, 30))]
    expected = [[10, 11, 0, 30, 31, 32], [12, 13, 1, 33, 34, 35]]
    assert_tensor(kata.join_columns(matrices), expected, like=matrices[0])


def test_join_columns_keeps_rows_together(kata, device):
    """Square matrices go side by side too: (2, 2) twice is (2, 4), each row from both."""
    a, b = matrix_of(device, 2, 2, 0), matrix_of(device, 2, 2, 4)
    assert_tensor(kata.join_columns([a, b]), [[0, 1, 4, 5], [2, 3, 6, 7]], like=a)


@edge
def test_join_columns_of_a_single_matrix_is_that_matrix(kata, device):
    """A list of one matrix has its columns and no others."""
    matrix = matrix_of(device, 2, 3, 1)
    assert_tensor(kata.join_columns([matrix]), [[1, 2, 3], [4, 5, 6]], like=matrix)


@edge
def test_join_columns_takes_matrices_without_columns(kata, device):
    """A (2, 0) matrix adds nothing, and several make (2, 0)."""
    none, some = torch.empty(2, 0, device=device), matrix_of(device, 2, 3, 1)
    assert_tensor(kata.join_columns([none, some, none]), [[1, 2, 3], [4, 5, 6]], like=some)
    assert_tensor(kata.join_columns([none, none]), np.empty((2, 0)), like=none)


@edge
def test_join_columns_counts_columns_without_rows(kata, device):
    """Matrices without rows have columns all the same: (0, 2) and (0, 3) make (0, 5)."""
    x = torch.empty(0, 3, dtype=torch.int32, device=device)
    assert_tensor(kata.join_columns([x[:, :2], x]), np.empty((0, 5)), like=x)


@edge
def test_join_columns_keeps_every_element(kata, device):
    """Of every dtype, elements come out as they went in, from many matrices, one of them twice."""
    for x in delicate(device, 3, 5):
        twice = x[:, 1:4]
        matrices = [twice, x[:, 4:], x[:, :2], x[:, :0], twice, x.flip(1)]
        expected = np.concatenate([array(matrix) for matrix in matrices], axis=1)
        assert_tensor(kata.join_columns(matrices), expected, like=x, rtol=0, atol=0)


IMAGES = either(
    tensors(*["channels 1 width"] * 2, dtypes=INTS_FIRST),
    tensors(*["channels height width"] * 3, dtypes=INTS_FIRST, max_side=3),
)


@given(drawn=IMAGES, count=HOW_MANY)
def test_make_batch_gives_each_image_its_entry(kata, device, drawn, count):
    """Entry i of the batch is image i; the new axis leads."""
    images = list(drawn[:count])
    expected = np.array([array(image) for image in images])
    assert_tensor(kata.make_batch(images), expected, like=images[0])


def test_make_batch_leads_with_a_new_axis(kata, device):
    """Four images of shape (3, 2, 5) make (4, 3, 2, 5), the first of them first."""
    count = torch.arange(120.0, device=device).reshape(4, 3, 2, 5)
    assert_tensor(kata.make_batch([count[2], count[0], count[3], count[1]]), count[[2, 0, 3, 1]])


@edge
def test_make_batch_of_one_image_has_the_axis_too(kata, device):
    """One image of shape (1, 2, 3) makes a batch of shape (1, 1, 2, 3)."""
    image = torch.arange(6.0, device=device).reshape(1, 2, 3)
    assert_tensor(kata.make_batch([image]), image.reshape(1, 1, 2, 3))


@edge
def test_make_batch_of_empty_images_counts_them(kata, device):
    """Images without pixels are images all the same: two of (3, 0, 4) make (2, 3, 0, 4)."""
    for shape in ((3, 0, 4), (0, 2, 2), (1, 2, 0)):
        image = torch.empty(shape, dtype=torch.int32, device=device)
        assert_tensor(kata.make_batch([image, image]), np.empty((2, *shape)), like=image)


@edge
def test_make_batch_keeps_every_element(kata, device):
    """Of every dtype, elements come out as they went in, from many images, one of them twice."""
    for x in delicate(device, 4, 2, 1, 2):
        twice = x[3]
        images = [twice, x[1], x[0], x[2], twice]
        expected = array(x)[[3, 1, 0, 2, 3]]
        assert_tensor(kata.make_batch(images), expected, like=x, rtol=0, atol=0)


@given(drawn=tensors("n", "n", dtypes=INTS_FIRST))
def test_interleave_alternates_numbers(kata, device, drawn):
    """a[0] comes first, then b[0], then a[1], and so on."""
    a, b = drawn
    both = itertools.chain.from_iterable(zip(array(a), array(b), strict=True))
    assert_tensor(kata.interleave(a, b), np.array(list(both)).reshape(2 * len(a)), like=a)


@given(drawn=tensors("n columns", "n columns", dtypes=INTS_FIRST))
def test_interleave_alternates_rows(kata, device, drawn):
    """Of matrices whole rows alternate."""
    a, b = drawn
    rows = list(itertools.chain.from_iterable(zip(array(a), array(b), strict=True)))
    assert_tensor(kata.interleave(a, b), np.array(rows).reshape(2 * len(a), a.shape[1]), like=a)


def test_interleave_keeps_further_axes(kata, device):
    """(2, 3, 5) with (2, 3, 5) is (4, 3, 5), entry by entry."""
    a = torch.arange(30.0, device=device).reshape(2, 3, 5)
    b = a + 100.0
    expected = np.array([array(a[0]), array(b[0]), array(a[1]), array(b[1])])
    assert_tensor(kata.interleave(a, b), expected, like=a)


def test_interleave_alternates_and_does_not_append(kata, device):
    """1, 2, 3 and 4, 5, 6 make 1, 4, 2, 5, 3, 6."""
    a, b = torch.tensor([1, 2, 3], device=device), torch.tensor([4, 5, 6], device=device)
    assert_tensor(kata.interleave(a, b), [1, 4, 2, 5, 3, 6], like=a)
    assert_tensor(kata.interleave(b[:1], a[:1]), [4, 1], like=a)


@edge
def test_interleave_takes_long_tensors(kata, device):
    """However many entries there are, equal lengths are equal: of 300 and 300 there are 600."""
    a = torch.arange(300, device=device)
    assert_tensor(kata.interleave(2 * a, 2 * a + 1), np.arange(600), like=a)


@edge
def test_interleave_keeps_every_element(kata, device):
    """Of every dtype and rank, elements come out as they went in, infinities and NaN too."""
    for a in delicate(device, 12):
        b = a.flip(0)
        for shape in ((12,), (3, 4), (2, 1, 3, 2), (1, 3, 2, 1, 2)):
            each = zip(array(a).reshape(shape), array(b).reshape(shape), strict=True)
            expected = np.array([entry for both in each for entry in both])
            result = kata.interleave(a.reshape(shape), b.reshape(shape))
            assert_tensor(result, expected, like=a, rtol=0, atol=0)


@edge
def test_interleave_of_nothing_is_nothing(kata, device):
    """Two empty tensors make an empty one, which keeps the further axes."""
    none = torch.empty(0, 3, device=device)
    assert_tensor(kata.interleave(none[:, 0], none[:, 0]), np.empty(0), like=none)
    assert_tensor(kata.interleave(none, none), np.empty((0, 3)), like=none)
    assert_tensor(kata.interleave(none.T, none.T), np.empty((6, 0)), like=none)


@edge
def test_interleave_refuses_unequal_lengths(kata, device):
    """Nothing is cut off, repeated or appended: unequal lengths raise an error."""
    x = torch.arange(5.0, device=device)
    for n, m in ((2, 3), (3, 2), (1, 3), (3, 1), (2, 4), (4, 2), (0, 1), (1, 0), (0, 5), (5, 0)):
        assert_raises(MISFIT, kata.interleave, x[:n], x[:m])


@edge
def test_interleave_refuses_unequal_numbers_of_rows(kata, device):
    """Lengths are those of the first axis, also where there are no elements."""
    six = torch.arange(6.0, device=device)
    assert_raises(MISFIT, kata.interleave, six.reshape(3, 2), six.reshape(3, 2)[:2])
    assert_raises(MISFIT, kata.interleave, six.reshape(3, 2)[:1], six.reshape(3, 2))
    assert_raises(MISFIT, kata.interleave, six.reshape(1, 6), six.reshape(1, 6)[:0])
    assert_raises(MISFIT, kata.interleave, six.reshape(6, 1)[:1, :0], six.reshape(6, 1)[:, :0])
    assert_raises(MISFIT, kata.interleave, six.reshape(6, 1)[:, :0], six.reshape(6, 1)[:2, :0])


def test_interleave_needs_no_loop(kata, device):
    """The number of operations does not grow with the tensors."""
    for small, large in (((2,), (29,)), ((2, 3), (29, 17))):
        few, many = torch.ones(small, device=device), torch.ones(large, device=device)
        assert_no_loops(
            lambda few=few: kata.interleave(few, few), lambda many=many: kata.interleave(many, many)
        )


@given(
    drawn=tensors("first", "second", "third", dtypes=(torch.int64, *NUMERIC)),
    count=HOW_MANY,
    value=either(st.sampled_from([0, 70]), st.sampled_from([0, 7, 1])),
)
def test_pad_and_stack_fills_up_to_the_longest(kata, device, drawn, count, value):
    """Row i is sequence i and then the value; the mask is True on the sequence alone."""
    sequences = list(drawn[:count])
    longest = max(len(sequence) for sequence in sequences)
    rows, real = [], []
    for sequence in sequences:
        missing = longest - len(sequence)
        rows.append(array(sequence).tolist() + [value] * missing)
        real.append([True] * len(sequence) + [False] * missing)
    padded, mask = pair(kata.pad_and_stack(sequences, value))
    shape = (count, longest)
    assert_tensor(padded, np.array(rows).reshape(shape), like=sequences[0])
    real = np.array(real, dtype=bool).reshape(shape)
    assert_tensor(mask, real, dtype=torch.bool, device=device)


def test_pad_and_stack_fills_on_the_right(kata, device):
    """The elements stay in front, and the sequences in their order."""
    x = torch.tensor([5, 6, 7, 8], device=device)
    padded, mask = pair(kata.pad_and_stack([x[:2], x, x[3:]], -1))
    assert_tensor(padded, [[5, 6, -1, -1], [5, 6, 7, 8], [8, -1, -1, -1]], like=x)
    real = [[True, True, False, False], [True] * 4, [True, False, False, False]]
    assert_tensor(mask, torch.tensor(real, device=device))


def test_pad_and_stack_goes_by_lengths(kata, device):
    """An element that equals the filling is real all the same."""
    a, b = torch.tensor([0, 3, 0], device=device), torch.tensor([7, 0], device=device)
    padded, mask = pair(kata.pad_and_stack([a, b], 0))
    assert_tensor(padded, [[0, 3, 0], [7, 0, 0]], like=a)
    assert_tensor(mask, torch.tensor([[True] * 3, [True, True, False]], device=device))


@edge
def test_pad_and_stack_keeps_every_element(kata, device):
    """Of every dtype, elements come out as they went in, from many sequences, one of them twice."""
    for x in delicate(device, 12, dtypes=ALL_NUMERIC):
        twice = x[3:7]
        sequences = [twice, x[9:], x[:0], x, x[1:3], twice]
        rows, real = np.full((6, 12), 9).astype(array(x).dtype), np.zeros((6, 12), dtype=bool)
        for row, sequence in enumerate(sequences):
            rows[row, : len(sequence)] = array(sequence)
            real[row, : len(sequence)] = True
        padded, mask = pair(kata.pad_and_stack(sequences, 9))
        assert_tensor(padded, rows, like=x, rtol=0, atol=0)
        assert_tensor(mask, real, dtype=torch.bool, device=device)


@edge
def test_pad_and_stack_takes_every_element_for_real(kata, device):
    """No number is set aside to mark the filling: each may be an element."""
    for x in delicate(device, 300, dtypes=ALL_NUMERIC):
        if x.dtype.is_floating_point:
            limits = torch.finfo(x.dtype)
            marks = (0.0, -0.5, -1.0, -100.0, -999.0, -1e9, limits.min, limits.max, limits.tiny)
        else:
            limits = torch.iinfo(x.dtype)
            usual = (0, -1, -2, -100, -999, -9999, limits.min, limits.max, limits.min + 1)
            marks = [mark for mark in usual if mark >= limits.min]
        x[2 : 2 + len(marks)] = torch.tensor(marks, dtype=x.dtype, device=device)
        padded, mask = pair(kata.pad_and_stack([x[:100], x], 5))
        filled = np.concatenate([array(x)[:100], np.full(200, 5).astype(array(x).dtype)])
        assert_tensor(padded, np.array([filled, array(x)]), like=x, rtol=0, atol=0)
        real = np.array([[True] * 100 + [False] * 200, [True] * 300])
        assert_tensor(mask, real, dtype=torch.bool, device=device)


@edge
def test_pad_and_stack_fills_with_any_number_in_range(kata, device):
    """Integers are filled with the very number: a large one, a negative one, either limit."""
    for x in delicate(device, 4, dtypes=ALL_INTEGERS):
        limits = torch.iinfo(x.dtype)
        for value in (max(limits.min, 1 - 2**53), min(limits.max, 2**53 - 1)):
            padded, _ = pair(kata.pad_and_stack([x[:1], x[1:3]], value))
            first, second, third, _ = array(x).tolist()
            assert_tensor(padded, np.array([[first, value], [second, third]]), like=x)


@edge
def test_pad_and_stack_takes_the_value_among_the_elements(kata, device):
    """An element equal to the value is real all the same: the mask goes by lengths."""
    a, b = torch.tensor([0, 3, 0], device=device), torch.tensor([0], device=device)
    padded, mask = pair(kata.pad_and_stack([a, b], 0))
    assert_tensor(padded, [[0, 3, 0], [0, 0, 0]], like=a)
    assert_tensor(mask, torch.tensor([[True] * 3, [True, False, False]], device=device))


@edge
def test_pad_and_stack_takes_empty_sequences(kata, device):
    """An empty sequence is a row of filling; where all are empty, the rows have length 0."""
    none, some = torch.empty(0, device=device), torch.tensor([1.0, 2.0], device=device)
    padded, mask = pair(kata.pad_and_stack([none, some, none], 9.0))
    assert_tensor(padded, [[9.0, 9.0], [1.0, 2.0], [9.0, 9.0]], like=some)
    assert_tensor(mask, torch.tensor([[False] * 2, [True] * 2, [False] * 2], device=device))
    padded, mask = pair(kata.pad_and_stack([none, none], 9.0))
    assert_tensor(padded, np.empty((2, 0)), like=none)
    assert_tensor(mask, torch.empty(2, 0, dtype=torch.bool, device=device))


@edge
def test_pad_and_stack_of_a_single_sequence_needs_no_filling(kata, device):
    """One sequence is one row, all of it real."""
    x = torch.tensor([4.0, 2.0, 8.0], device=device)
    padded, mask = pair(kata.pad_and_stack([x], 1.0))
    assert_tensor(padded, [[4.0, 2.0, 8.0]], like=x)
    assert_tensor(mask, torch.tensor([[True] * 3], device=device))


@edge
def test_pad_and_stack_fills_in_full_precision(kata, device):
    """The filling is the number given, in float64 not that rounded to float32."""
    for x in delicate(device, 3, dtypes=FLOATING):
        padded, _ = pair(kata.pad_and_stack([x[:2], x[1:2]], 0.1))
        assert_tensor(padded, [[math.nan, math.inf], [math.inf, 0.1]], like=x, rtol=0, atol=0)


@edge
def test_pad_and_stack_fills_with_nan_and_negatives(kata, device):
    """Any number will do as filling: NaN, infinity, one below zero."""
    x = torch.tensor([1.0, 2.0], device=device)
    for value in (float("nan"), float("inf"), -100.5):
        padded, mask = pair(kata.pad_and_stack([x[:1], x], value))
        assert_tensor(padded, [[1.0, value], [1.0, 2.0]], like=x)
        assert_tensor(mask, torch.tensor([[True, False], [True, True]], device=device))


@edge
def test_pad_and_stack_keeps_nan_of_the_elements(kata, device):
    """NaN among the elements is real, whatever the filling."""
    nan = float("nan")
    x = torch.tensor([nan, 2.0], device=device)
    padded, mask = pair(kata.pad_and_stack([x, x[:1]], nan))
    assert_tensor(padded, [[nan, 2.0], [nan, nan]], like=x)
    assert_tensor(mask, torch.tensor([[True, True], [True, False]], device=device))


@edge
def test_pad_and_stack_refuses_an_empty_list(kata):
    """Without a sequence there is neither dtype nor device, and an error is raised."""
    assert_raises(MISFIT, kata.pad_and_stack, [], 0.0)


@given(matrix=tensors("rows columns", dtypes=NUMERIC))
def test_append_ones_column_adds_ones_on_the_right(kata, device, matrix):
    """Each row is followed by a 1; nothing else changes."""
    rows = [[*row, 1] for row in array(matrix).tolist()]
    expected = np.array(rows).reshape(len(matrix), matrix.shape[1] + 1)
    assert_tensor(kata.append_ones_column(matrix), expected, like=matrix)


def test_append_ones_column_adds_one_column(kata, device):
    """(2, 3) becomes (2, 4), and the ones come last."""
    matrix = torch.tensor([[2.0, 3.0, 4.0], [5.0, 6.0, 7.0]], device=device)
    expected = [[2.0, 3.0, 4.0, 1.0], [5.0, 6.0, 7.0, 1.0]]
    assert_tensor(kata.append_ones_column(matrix), expected, like=matrix)


def test_append_ones_column_keeps_integers(kata, device):
    """The ones are integers where the matrix holds integers."""
    matrix = torch.tensor([[2, 3, 4], [5, 6, 7]], device=device)
    assert_tensor(kata.append_ones_column(matrix), [[2, 3, 4, 1], [5, 6, 7, 1]], like=matrix)


@edge
def test_append_ones_column_keeps_every_element(kata, device):
    """Of every dtype, elements come out as they went in, and the ones are of that dtype too."""
    for x in delicate(device, 12, dtypes=ALL_NUMERIC):
        for shape in ((4, 3), (3, 4), (12, 1)):
            expected = [[*row, 1] for row in array(x).reshape(shape).tolist()]
            expected = np.array(expected, dtype=array(x).dtype)
            result = kata.append_ones_column(x.reshape(shape))
            assert_tensor(result, expected, like=x, rtol=0, atol=0)


@edge
def test_append_ones_column_of_empty_matrices(kata, device):
    """Without rows there is no 1 to add but a column all the same; without columns only ones."""
    matrix = torch.empty(0, 3, device=device)
    assert_tensor(kata.append_ones_column(matrix), np.empty((0, 4)), like=matrix)
    assert_tensor(kata.append_ones_column(matrix.T), np.ones((3, 1)), like=matrix)
    assert_tensor(kata.append_ones_column(matrix[:, :0]), np.empty((0, 1)), like=matrix)


@given(
    drawn=tensors("first columns", "second columns", "third columns", dtypes=INTS_FIRST),
)
def test_split_like_undoes_joining(kata, device, drawn):
    """What was joined from parts of these lengths comes apart into them again."""
    x = torch.cat(drawn)
    parts = parts_of(kata.split_like(x, [len(part) for part in drawn]), 3)
    for part, expected in zip(parts, drawn, strict=True):
        assert_tensor(part, array(expected), like=x)


@edge
@given(x=tensors("7 ...", dtypes=EVERY_DTYPE, max_side=3))
def test_split_like_gives_views_of_any_tensor(kata, device, x):
    """Each part shows what is written into the tensor, whatever its rank and layout."""
    values, parts = array(x), parts_of(kata.split_like(x, [2, 3, 0, 2]), 4)
    wanted = (values[:2], values[2:5], values[5:5], values[5:])
    for part, expected in zip(parts, wanted, strict=True):
        assert_tensor(part, expected, like=x)
        assert_shares_memory(part, x)


def test_split_like_cuts_along_the_first_axis(kata, device):
    """The rows of a matrix are divided up, not its columns, even where both are equally many."""
    x = matrix_of(device, 3, 3, 0)
    first, second = parts_of(kata.split_like(x, [1, 2]), 2)
    assert_tensor(first, [[0, 1, 2]], like=x)
    assert_tensor(second, [[3, 4, 5], [6, 7, 8]], like=x)


def test_split_like_goes_on_where_the_last_part_ended(kata, device):
    """Three parts of different lengths follow one another."""
    x = torch.tensor([10, 20, 30, 40, 50, 60, 70], device=device)
    parts = parts_of(kata.split_like(x, [2, 1, 4]), 3)
    for part, expected in zip(parts, ([10, 20], [30], [40, 50, 60, 70]), strict=True):
        assert_tensor(part, expected, like=x)


def test_split_like_shares_memory(kata, device):
    """The parts are views, no copies: what is written into the tensor shows in them."""
    x = torch.arange(7, device=device)
    for part in parts_of(kata.split_like(x, [3, 4]), 2):
        assert_shares_memory(part, x)


@edge
def test_split_like_shares_memory_of_a_transposed_matrix(kata, device):
    """The parts are views also where they are not contiguous."""
    x = matrix_of(device, 3, 5, 0).T
    first, second = parts_of(kata.split_like(x, [2, 3]), 2)
    assert_tensor(first, [[0, 5, 10], [1, 6, 11]], like=x)
    assert_tensor(second, [[2, 7, 12], [3, 8, 13], [4, 9, 14]], like=x)
    assert_shares_memory(first, x)
    assert_shares_memory(second, x)


@edge
def test_split_like_keeps_every_element(kata, device):
    """Of every dtype and rank, the parts are those of x, also where x is a part itself."""
    for x in delicate(device, 24):
        for whole in (x, x.reshape(6, 4), x.reshape(6, 2, 1, 2), x.reshape(12, 2)[::2]):
            some, values = whole[1:], array(whole)[1:]
            parts = parts_of(kata.split_like(some, [1, len(some) - 1]), 2)
            for part, expected in zip(parts, (values[:1], values[1:]), strict=True):
                assert_tensor(part, expected, like=x, rtol=0, atol=0)
                assert_shares_memory(part, x)


@edge
def test_split_like_takes_lengths_of_zero(kata, device):
    """A length of 0 gives an empty part, at either end and in between."""
    x = torch.tensor([5.0, 6.0, 7.0], device=device)
    parts = parts_of(kata.split_like(x, [0, 2, 0, 0, 1, 0]), 6)
    wanted = ([], [5.0, 6.0], [], [], [7.0], [])
    for part, expected in zip(parts, wanted, strict=True):
        assert_tensor(part, expected, like=x)


@edge
def test_split_like_takes_a_single_length(kata, device):
    """One length gives a tuple of one part, the whole; nothing splits into empty parts."""
    x = matrix_of(device, 2, 3, 0)
    (whole,) = parts_of(kata.split_like(x, [2]), 1)
    assert_tensor(whole, [[0, 1, 2], [3, 4, 5]], like=x)
    assert_shares_memory(whole, x)
    for part in parts_of(kata.split_like(x[:0], [0, 0]), 2):
        assert_tensor(part, np.empty((0, 3)), like=x)


@edge
def test_split_like_takes_long_tensors(kata, device):
    """However many entries there are, lengths that add up are accepted: 299 and 1 make 300."""
    x = torch.arange(300, device=device)
    long, short = parts_of(kata.split_like(x, [299, 1]), 2)
    assert_tensor(long, np.arange(299), like=x)
    assert_tensor(short, [299], like=x)


@edge
def test_split_like_refuses_too_little(kata, device):
    """Lengths that leave something over raise an error."""
    x = torch.arange(5.0, device=device)
    for sizes in ([2, 2], [4], [1], [0], [0, 0]):
        assert_raises(MISFIT, kata.split_like, x, sizes)


@edge
def test_split_like_refuses_too_much(kata, device):
    """Lengths that add up to more than there is raise an error."""
    x = torch.arange(5.0, device=device)
    for sizes in ([2, 4], [6], [5, 1], [3, 3, 3]):
        assert_raises(MISFIT, kata.split_like, x, sizes)


@edge
def test_split_like_counts_the_first_axis_alone(kata, device):
    """The lengths add up to the number of rows, however many columns there are."""
    assert_raises(MISFIT, kata.split_like, matrix_of(device, 2, 3, 0), [1, 2])
    assert_raises(MISFIT, kata.split_like, matrix_of(device, 3, 2, 0), [1, 1])


@edge
def test_split_like_tells_one_entry_from_none(kata, device):
    """Lengths of 0 leave a single entry over, and a length of 1 wants one that is not there."""
    x = torch.tensor([5.0], device=device)
    assert_raises(MISFIT, kata.split_like, x, [0, 0])
    assert_raises(MISFIT, kata.split_like, x[:0], [1])
