"""What a right k04_reshape does.

Teaches row-major order, the difference between reshaping and moving an axis, and views. Leaves
collapsing and splitting single axes to k05, and repeating an axis without copies to k08.
"""

import functools
import itertools
import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from .harness.checks import (
    COUNTING,
    EVERY_DTYPE,
    array,
    assert_no_loops,
    assert_raises,
    assert_shares_memory,
    assert_tensor,
    counting,
    edge,
    either,
    has_dtype,
    tensors,
)

FACTORS = {  # which make of -6 to 6 what no narrower dtype can hold
    torch.float32: 1 / 3,
    torch.float64: 1 / 3,
    torch.uint8: 21,
    torch.int8: 21,
    torch.int16: 5001,
    torch.int32: 2**28 + 1,
    torch.int64: 2**53 + 1,
}


def delicate(device, *shape):
    """One of every dtype, of 13 elements at most: all different, in no order, some not finite."""
    numbers = ((torch.arange(math.prod(shape)) * 5 + 3) % 13 - 6).reshape(shape)
    made = [numbers.to(dtype) * factor for dtype, factor in FACTORS.items()]
    for x in made:
        if x.is_floating_point():
            x.view(-1)[-2:] = torch.tensor([-math.inf, math.nan])
    made.append(numbers > 0)
    return [x.to(device) for x in made if has_dtype(device, x.dtype)]


def parts(x, heads):
    """x's features split into heads, by NumPy."""
    return np.stack(np.split(array(x), heads, axis=2), axis=1)


def joined(x):
    """The heads of x side by side, by NumPy."""
    values = array(x)
    return np.concatenate([values[:, head] for head in range(values.shape[1])], axis=2)


def divisors(count):
    """What divides `count`, in order."""
    return [n for n in range(1, count + 1) if count % n == 0]


@functools.cache
def shapes_of(count):
    """All shapes of at most three axes that hold `count` elements, at least one."""
    shapes = (
        shape for rank in range(4) for shape in itertools.product(divisors(count), repeat=rank)
    )
    return [shape for shape in shapes if math.prod(shape) == count]


def view_exists(x, shape):
    """Whether even steps through memory along each axis of `shape` read x's elements in order."""
    indices = itertools.product(*map(range, x.shape))
    places = [sum(i * step for i, step in zip(index, x.stride(), strict=True)) for index in indices]
    table = np.array(places).reshape(shape)
    return all(np.unique(np.diff(table, axis=axis)).size <= 1 for axis in range(table.ndim))


MISFIT = (ValueError, RuntimeError)  # torch's own error says it as clearly


@functools.cache
def numbered(shape, **sides):
    """Tensors of any dtype whose elements can be told apart; made once, which saves time."""
    return tensors(shape, dtypes=EVERY_DTYPE, values=COUNTING, sides=sides)


MATRICES = numbered("height width", height=(2, 4), width=(2, 4))
ANY = either(MATRICES, numbered("... last", **{"...": (1, 3)}, last=(2, 4)))


@st.composite
def with_rows(draw):
    """A tensor with elements, and a number of rows that they fill."""
    x = draw(ANY)
    promised = divisors(x.numel())
    ordinary = sorted(promised[1:-1], key=lambda rows: rows == len(x))
    return x, draw(either(st.sampled_from(ordinary or promised), st.sampled_from(promised)))


@st.composite
def with_heads(draw):
    """A batch of sequences and a number of heads that divides the features."""
    promised = st.tuples(st.integers(1, 4), st.integers(0, 3))
    heads, size = draw(either(st.sampled_from([(2, 3), (3, 2)]), promised))
    return draw(numbered(f"batch time {heads * size}", batch=(0, 2), time=(0, 3))), heads


@st.composite
def with_shape(draw):
    """A tensor of two elements or more, and a shape for as many."""
    x = draw(ANY)
    promised = shapes_of(x.numel())
    ordinary = [shape for shape in promised if 1 not in shape and shape != x.shape]
    return x, draw(either(st.sampled_from(ordinary or promised), st.sampled_from(promised)))


@st.composite
def with_size(draw):
    """A vector of two elements or more, and the size of a window that fits into it."""
    vector = draw(either(numbered("n", n=(4, 5)), numbered("n", n=(2, 7))))
    return vector, draw(either(st.integers(2, 3), st.integers(1, len(vector))))


HEADS = either(
    numbered("batch heads time size", batch=(2, 2), heads=(2, 3), time=(2, 3), size=(2, 2)),
    numbered("batch heads time size", batch=(0, 2), heads=(1, 4), time=(0, 3), size=(0, 3)),
)


@given(drawn=with_rows())
def test_to_rows_fills_row_after_row(kata, device, drawn):
    """The elements keep their row-major order: the first row is filled first, and so on."""
    x, rows = drawn
    assert_tensor(kata.to_rows(x, rows), array(x).reshape(rows, x.numel() // rows), like=x)


def test_to_rows_takes_the_number_of_rows(kata, device):
    """The number says how many rows there are, and their length follows from it."""
    x = torch.tensor([3, 1, 4, 15, 9, 2, 6, 5], device=device)
    assert_tensor(kata.to_rows(x, 2), [[3, 1, 4, 15], [9, 2, 6, 5]], like=x)


@edge
def test_to_rows_makes_one_row_or_one_element_a_row(kata, device):
    """1 row takes all elements, as many rows as elements take one each."""
    x = counting(2, 3, device=device)
    assert_tensor(kata.to_rows(x, 1), [[0, 1, 2, 3, 4, 5]], like=x)
    assert_tensor(kata.to_rows(x, 6), [[0], [1], [2], [3], [4], [5]], like=x)


@edge
def test_to_rows_reads_a_transposed_matrix_in_its_own_order(kata, device):
    """What counts is the order of the elements in x, not the order in which memory holds them."""
    x = torch.tensor([[0, 1, 2], [10, 11, 12]], device=device).T
    assert_tensor(kata.to_rows(x, 2), [[0, 10, 1], [11, 2, 12]], like=x)


@edge
def test_to_rows_of_a_part_takes_the_elements_of_that_part(kata, device):
    """A slice of a larger tensor starts in the middle of memory, and so do its rows."""
    x = counting(5, 2, device=device)[2:]
    assert_tensor(kata.to_rows(x, 2), [[4, 5, 6], [7, 8, 9]], like=x)


@edge
def test_to_rows_refuses_rows_of_unequal_length(kata, device):
    """A number of rows that does not divide the number of elements raises an error."""
    x = counting(2, 3, device=device)
    for rows in (4, 5, 7, 12):
        assert_raises(MISFIT, kata.to_rows, x, rows)


@edge
def test_to_rows_keeps_values_exactly(kata, device):
    """Elements of every dtype come out as they went in, NaN and the largest integers too."""
    for x in delicate(device, 3, 2, 1, 2, 1):
        assert_tensor(kata.to_rows(x, 2), array(x).reshape(2, 6), like=x, rtol=0, atol=0)


@edge
def test_to_rows_of_no_elements_has_empty_rows(kata, device):
    """No elements make as many empty rows as asked for."""
    for shape in ((0,), (0, 3), (4, 0)):
        x = torch.zeros(shape, device=device)
        assert_tensor(kata.to_rows(x, 3), np.zeros((3, 0)), like=x)
        assert_tensor(kata.to_rows(x, 1), np.zeros((1, 0)), like=x)


@edge
def test_to_rows_of_a_single_number_is_one_by_one(kata, device):
    """A single number makes one row of one element, and not two rows."""
    x = torch.tensor(2.5, device=device)
    assert_tensor(kata.to_rows(x, 1), [[2.5]], like=x)
    assert_raises(MISFIT, kata.to_rows, x, 2)


@given(vector=numbered("n"))
def test_as_column_puts_each_element_in_a_row_of_its_own(kata, device, vector):
    """A vector of n elements becomes an (n, 1) matrix."""
    assert_tensor(kata.as_column(vector), array(vector)[:, np.newaxis], like=vector)


@edge
def test_as_column_of_one_or_no_element_is_a_matrix(kata, device):
    """One element makes (1, 1), none makes (0, 1)."""
    vector = torch.tensor([2.5], device=device)
    assert_tensor(kata.as_column(vector), [[2.5]], like=vector)
    assert_tensor(kata.as_column(vector[:0]), np.zeros((0, 1)), like=vector)


@edge
def test_as_column_of_a_part_holds_the_elements_of_that_part(kata, device):
    """A slice of a matrix starts in the middle of memory and has gaps there, which are left out."""
    vector = counting(4, 3, device=device)[1:, 1]
    assert_tensor(kata.as_column(vector), [[4], [7], [10]], like=vector)


@edge
def test_as_column_keeps_values_exactly(kata, device):
    """Elements of every dtype come out as they went in, NaN and the largest integers too."""
    for x in delicate(device, 5):
        assert_tensor(kata.as_column(x), array(x)[:, np.newaxis], like=x, rtol=0, atol=0)


@given(vector=numbered("n"))
def test_as_row_puts_all_elements_in_one_row(kata, device, vector):
    """A vector of n elements becomes a (1, n) matrix."""
    assert_tensor(kata.as_row(vector), array(vector)[np.newaxis], like=vector)


@edge
def test_as_row_of_one_or_no_element_is_a_matrix(kata, device):
    """One element makes (1, 1), none makes (1, 0)."""
    vector = torch.tensor([2.5], device=device)
    assert_tensor(kata.as_row(vector), [[2.5]], like=vector)
    assert_tensor(kata.as_row(vector[:0]), np.zeros((1, 0)), like=vector)


@edge
def test_as_row_of_a_part_holds_the_elements_of_that_part(kata, device):
    """A slice of a matrix starts in the middle of memory and has gaps there, which are left out."""
    vector = counting(4, 3, device=device)[1:, 1]
    assert_tensor(kata.as_row(vector), [[4, 7, 10]], like=vector)


@edge
def test_as_row_keeps_values_exactly(kata, device):
    """Elements of every dtype come out as they went in, NaN and the largest integers too."""
    for x in delicate(device, 5):
        assert_tensor(kata.as_row(x), array(x)[np.newaxis], like=x, rtol=0, atol=0)


@given(matrix=numbered("rows columns"))
def test_transposed_swaps_rows_and_columns(kata, device, matrix):
    """Entry [j, i] of the result is entry [i, j] of the matrix."""
    values = array(matrix)
    expected = np.empty(values.shape[::-1], values.dtype)
    for i, j in np.ndindex(values.shape):
        expected[j, i] = values[i, j]
    assert_tensor(kata.transposed(matrix), expected, like=matrix)


def test_transposed_swaps_in_a_square_matrix_too(kata, device):
    """A square matrix keeps its shape and its diagonal, and everything else changes sides."""
    matrix = counting(3, 3, device=device)
    assert_tensor(kata.transposed(matrix), [[0, 3, 6], [1, 4, 7], [2, 5, 8]], like=matrix)


@edge
def test_transposed_of_a_part_swaps_the_entries_of_that_part(kata, device):
    """A slice of a wider matrix lies in memory with gaps, which its transpose has too."""
    matrix = counting(3, 4, device=device)[:, 1:3]
    assert_tensor(kata.transposed(matrix), [[1, 5, 9], [2, 6, 10]], like=matrix)


@edge
def test_transposed_swaps_lengths_of_zero_and_one(kata, device):
    """A matrix without rows becomes one without columns, a row becomes a column."""
    for shape in ((0, 3), (2, 0), (0, 0), (1, 4), (5, 1), (1, 1)):
        matrix = counting(*shape, device=device)
        expected = np.arange(math.prod(shape)).reshape(shape[::-1])
        assert_tensor(kata.transposed(matrix), expected, like=matrix)


@edge
def test_transposed_keeps_values_exactly(kata, device):
    """Elements of every dtype come out as they went in, NaN and the largest integers too."""
    for x in delicate(device, 2, 3):
        assert_tensor(kata.transposed(x), np.moveaxis(array(x), 0, 1), like=x, rtol=0, atol=0)


@given(drawn=with_heads())
def test_split_heads_gives_each_head_its_features_of_every_time_step(kata, device, drawn):
    """A head has its run of neighbouring features at every time step, time still in order."""
    x, heads = drawn
    assert_tensor(kata.split_heads(x, heads), parts(x, heads), like=x)


def test_split_heads_tells_heads_from_time_of_equal_length(kata, device):
    """Where there are as many heads as time steps, axis 1 is still heads and axis 2 time."""
    x = torch.tensor([[[0, 1, 2, 3, 4, 5], [10, 11, 12, 13, 14, 15]]], device=device)
    expected = [[[[0, 1, 2], [10, 11, 12]], [[3, 4, 5], [13, 14, 15]]]]
    assert_tensor(kata.split_heads(x, 2), expected, like=x)


@edge
def test_split_heads_with_one_head_adds_an_axis(kata, device):
    """A single head has all features, in an axis of length 1."""
    x = counting(2, 3, 5, device=device)
    assert_tensor(kata.split_heads(x, 1), array(x)[:, np.newaxis], like=x)


@edge
def test_split_heads_keeps_axes_of_length_one(kata, device):
    """The result has four axes, whichever of them are of length 1."""
    for shape, heads in (((1, 3, 4), 2), ((2, 1, 4), 2), ((2, 3, 2), 2), ((1, 1, 1), 1)):
        x = counting(*shape, device=device)
        assert_tensor(kata.split_heads(x, heads), parts(x, heads), like=x)


@edge
def test_split_heads_of_a_part_takes_the_features_of_that_part(kata, device):
    """A slice starts in the middle of memory and has gaps along each axis, which are left out."""
    x = counting(3, 6, 8, device=device)[1:, 1:4:2, ::2]
    assert_tensor(kata.split_heads(x, 2), parts(x, 2), like=x)


@edge
def test_split_heads_refuses_unequal_parts(kata, device):
    """Heads that do not divide the features raise an error, whatever batch and time are."""
    x = counting(4, 5, 6, device=device)
    for heads in (4, 5, 12):
        assert_raises(MISFIT, kata.split_heads, x, heads)


@edge
def test_split_heads_keeps_values_exactly(kata, device):
    """Elements of every dtype come out as they went in, NaN and the largest integers too."""
    for x in delicate(device, 1, 2, 6):
        assert_tensor(kata.split_heads(x, 3), parts(x, 3), like=x, rtol=0, atol=0)


@edge
def test_split_heads_of_an_empty_batch_is_empty(kata, device):
    """No sequences, no time steps or no features leave an axis of length 0."""
    for batch, time, features in ((0, 2, 6), (2, 0, 6), (2, 5, 0), (0, 0, 0)):
        x = torch.zeros(batch, time, features, device=device)
        assert_tensor(kata.split_heads(x, 3), np.zeros((batch, 3, time, features // 3)), like=x)


@given(x=HEADS)
def test_merge_heads_joins_the_features_of_all_heads(kata, device, x):
    """At every time step the features of head 0 come first, then those of head 1, and so on."""
    assert_tensor(kata.merge_heads(x), joined(x), like=x)


def test_merge_heads_tells_heads_from_time_of_equal_length(kata, device):
    """Axis 1 holds the heads and axis 2 the time steps, also where they are equally long."""
    x = torch.tensor([[[[0, 1, 2], [10, 11, 12]], [[3, 4, 5], [13, 14, 15]]]], device=device)
    expected = [[[0, 1, 2, 3, 4, 5], [10, 11, 12, 13, 14, 15]]]
    assert_tensor(kata.merge_heads(x), expected, like=x)


@edge
def test_merge_heads_undoes_the_split(kata, device):
    """A tensor split into heads, non-contiguous as a rule, comes back as it was."""
    x = torch.tensor([[[0, 1, 2, 3], [10, 11, 12, 13], [20, 21, 22, 23]]], device=device)
    heads = torch.stack([x[..., :2], x[..., 2:]], dim=2).transpose(1, 2)
    assert_tensor(kata.merge_heads(heads), x)


@edge
def test_merge_heads_keeps_axes_of_length_one(kata, device):
    """The result has three axes, whichever of them are of length 1."""
    for shape in ((2, 3, 1, 2), (2, 1, 3, 2), (1, 2, 3, 2), (2, 3, 2, 1), (1, 1, 1, 1)):
        x = counting(*shape, device=device)
        assert_tensor(kata.merge_heads(x), joined(x), like=x)


@edge
def test_merge_heads_of_a_part_takes_the_features_of_that_part(kata, device):
    """A slice starts in the middle of memory and has gaps along each axis, which are left out."""
    x = counting(3, 3, 6, 4, device=device)[1:, 1:, 1::2, ::2]
    assert_tensor(kata.merge_heads(x), joined(x), like=x)


@edge
def test_merge_heads_keeps_values_exactly(kata, device):
    """Elements of every dtype come out as they went in, NaN and the largest integers too."""
    for x in delicate(device, 1, 3, 2, 2):
        assert_tensor(kata.merge_heads(x), joined(x), like=x, rtol=0, atol=0)


@edge
def test_merge_heads_of_an_empty_batch_is_empty(kata, device):
    """No sequences, no time steps or no features leave an axis of length 0."""
    for batch, heads, time, size in ((0, 3, 2, 5), (2, 3, 0, 5), (2, 3, 5, 0)):
        x = torch.zeros(batch, heads, time, size, device=device)
        assert_tensor(kata.merge_heads(x), np.zeros((batch, time, heads * size)), like=x)


@given(drawn=with_shape())
def test_without_copy_gives_a_view_where_there_is_one(kata, device, drawn):
    """Where strides describe the shape the result is a view; where none do, RuntimeError."""
    x, shape = drawn
    if view_exists(x, shape):
        result = kata.without_copy(x, shape)
        assert_tensor(result, array(x).reshape(shape), like=x)
        assert_shares_memory(result, x)
    else:
        assert_raises(RuntimeError, kata.without_copy, x, shape)


def test_without_copy_refuses_to_copy_a_transpose_into_a_line(kata, device):
    """Here x is a transpose, whose elements, in order, lie at no even steps in memory: an error."""
    x = torch.tensor([[1, 2, 3], [4, 5, 6]], device=device).T
    assert_raises(RuntimeError, kata.without_copy, x, (6,))


def test_without_copy_splits_an_axis_of_a_transpose(kata, device):
    """Here x is a transpose too, but cutting one of its axes needs new strides only: a view."""
    x = torch.tensor([[1, 2, 3, 4], [5, 6, 7, 8]], device=device).T
    result = kata.without_copy(x, (2, 2, 2))
    assert_tensor(result, [[[1, 5], [2, 6]], [[3, 7], [4, 8]]], like=x)
    assert_shares_memory(result, x)


@edge
def test_without_copy_shares_the_memory_of_a_contiguous_tensor(kata, device):
    """A contiguous tensor has a view for every shape that holds as many elements."""
    x = counting(2, 6, device=device)
    for shape in ((12,), (2, 6), (3, 4), (2, 3, 2), (1, 12, 1), (2, 1, 2, 3)):
        result = kata.without_copy(x, shape)
        assert_tensor(result, np.arange(12).reshape(shape), like=x)
        assert_shares_memory(result, x)


VIEWED = {
    "a transpose as it is": (lambda x: x.T, (6, 4)),
    "an axis of a transpose split": (lambda x: x.T, (3, 2, 2, 2)),
    "every other row split": (lambda x: x[::2], (2, 3, 2)),
    "every other column merged": (lambda x: x[:, ::2], (12,)),
    "every other column, rows crossed": (lambda x: x[:, 1::2], (2, 6)),
    "the first of several columns": (lambda x: x[:, :1], (4,)),
    "the last two of permuted axes": (lambda x: x.reshape(4, 3, 2).permute(2, 0, 1), (2, 12)),
    "an expanded row": (lambda x: x[:1].expand(3, 6), (3, 2, 3)),
    "an expanded number": (lambda x: x[1, 1].expand(6), (2, 3)),
}


@edge
@pytest.mark.parametrize(("make", "shape"), VIEWED.values(), ids=VIEWED)
def test_without_copy_finds_the_views_of_a_non_contiguous_tensor(kata, device, make, shape):
    """Being non-contiguous is no reason to refuse: many shapes are views all the same."""
    x = make(counting(4, 6, device=device))
    result = kata.without_copy(x, shape)
    assert_tensor(result, array(x).reshape(shape), like=x)
    assert_shares_memory(result, x)


@edge
def test_without_copy_looks_at_the_shape_asked_for(kata, device):
    """Of one tensor some shapes are views and others are not: each shape is a case of its own."""
    x = counting(4, 6, device=device)
    for argument, shape in ((x, (24,)), (x[:, ::2], (12,)), (x.T, (6, 2, 2))):
        result = kata.without_copy(argument, shape)
        assert_shares_memory(result, argument)
    assert_raises(RuntimeError, kata.without_copy, x.T, (24,))


COPIED = {
    "a transpose in a line": (lambda x: x.T, (24,)),
    "a transpose, rows crossed": (lambda x: x.T, (3, 8)),
    "a transpose in the original's shape": (lambda x: x.T, (4, 6)),
    "every other row, rows crossed": (lambda x: x[::2], (4, 3)),
    "expanded rows in a line": (lambda x: x[:1].expand(3, 6), (18,)),
}


@edge
@pytest.mark.parametrize(("make", "shape"), COPIED.values(), ids=COPIED)
def test_without_copy_refuses_what_only_a_copy_can_do(kata, device, make, shape):
    """Where the elements, in order, lie at no even steps in memory, RuntimeError is raised."""
    assert_raises(RuntimeError, kata.without_copy, make(counting(4, 6, device=device)), shape)


@edge
def test_without_copy_refuses_another_number_of_elements(kata, device):
    """A shape for fewer or more elements than x has raises RuntimeError, whatever lies around x."""
    x = counting(4, 3, device=device)[:2]
    for shape in ((5,), (7,), (2, 2), (3, 2, 2), (4, 2, 3), (2, 3, 2), (12,), (), (0,), (3, 0)):
        assert_raises(RuntimeError, kata.without_copy, x, shape)
        assert_raises(RuntimeError, kata.without_copy, x.T, shape)
    for shape in ((3,), (2, 1), (0,)):
        assert_raises(RuntimeError, kata.without_copy, x[:1, :1], shape)


@edge
def test_without_copy_knows_the_shape_of_a_single_element(kata, device):
    """One element has the shapes (), (1,), (1, 1) and so on, and is shared in each."""
    row = torch.tensor([[1.5, 2.5, 3.5]], device=device)
    for x in (row[:, 1:2], row[0, 1::2], row[0, 1]):
        for shape in ((), (1,), (1, 1, 1)):
            result = kata.without_copy(x, shape)
            x.fill_(2.5)
            assert_tensor(result, np.full(shape, 2.5), like=x)
            x.fill_(7.5)
            assert_tensor(result, np.full(shape, 7.5), like=x)


@edge
def test_without_copy_gives_no_elements_any_shape_without_elements(kata, device):
    """Nothing can be viewed as any shape that holds nothing, contiguous or not."""
    matrix = torch.zeros(4, 6, device=device)
    for x in (matrix[:0], matrix[::2, :0].T):
        for shape in ((0,), (0, 3), (5, 0), (2, 0, 7)):
            assert_tensor(kata.without_copy(x, shape), np.zeros(shape), like=x)
        assert_raises(RuntimeError, kata.without_copy, x, (1,))
        assert_raises(RuntimeError, kata.without_copy, x, ())


@given(drawn=with_size())
def test_windows_lists_every_window(kata, device, drawn):
    """Row i is a view of the elements from i on, as many as the size; the last ends the vector."""
    vector, size = drawn
    values = array(vector)
    expected = [values[start : start + size] for start in range(len(values) - size + 1)]
    result = kata.windows(vector, size)
    assert_tensor(result, np.array(expected), like=vector)
    assert_shares_memory(result, vector)


def test_windows_move_by_one_element(kata, device):
    """Neighbouring windows overlap in all elements but one."""
    vector = torch.tensor([3, 1, 4, 2, 5], device=device)
    assert_tensor(kata.windows(vector, 2), [[3, 1], [1, 4], [4, 2], [2, 5]], like=vector)


def test_windows_shares_the_memory_of_its_argument(kata, device):
    """The windows are no copies: what is written into the vector shows in them."""
    vector = counting(6, device=device)
    assert_shares_memory(kata.windows(vector, 2), vector)


def test_windows_needs_no_loop(kata, device):
    """The number of operations grows neither with the vector nor with the size: one view does."""
    vector = counting(43, device=device)
    assert_no_loops(lambda: kata.windows(vector[:5], 2), lambda: kata.windows(vector, 2))
    assert_no_loops(lambda: kata.windows(vector, 2), lambda: kata.windows(vector, 31))


@edge
def test_windows_of_size_one_and_of_full_size(kata, device):
    """Size 1 gives a column, the size of the vector one row, and both are views."""
    vector = counting(3, device=device)
    for part, size, expected in (
        (vector, 1, [[0], [1], [2]]),
        (vector, 3, [[0, 1, 2]]),
        (vector[1:2], 1, [[1]]),
    ):
        result = kata.windows(part, size)
        assert_tensor(result, expected, like=vector)
        assert_shares_memory(result, vector)


@edge
def test_windows_reads_a_column_of_a_matrix(kata, device):
    """A column starts somewhere in memory and its elements lie apart; the windows follow it."""
    matrix = counting(4, 3, device=device)
    result = kata.windows(matrix[:, 1], 2)
    assert_tensor(result, [[1, 4], [4, 7], [7, 10]], like=matrix)
    assert_shares_memory(result, matrix)


@edge
def test_windows_refuses_a_size_over_the_length(kata, device):
    """A window that does not fit into the vector raises an error."""
    vector = counting(12, device=device)
    for size in (5, 6, 40):
        assert_raises(MISFIT, kata.windows, vector[:4], size)
        assert_raises(MISFIT, kata.windows, vector[::3], size)
