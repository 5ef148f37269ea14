"""What a right k05_flatten does.

Teaches merging and splitting axes, and the row-major arithmetic behind both. Leaves other shapes
of all elements, moving axes and views to k04.
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
    assert_raises,
    assert_tensor,
    assert_value,
    counting,
    edge,
    either,
    has_dtype,
    tensors,
)

SHAPES = st.lists(st.sampled_from([2, 3, 1, 5]), max_size=4).map(tuple)
ORDINARY_SHAPES = st.sampled_from([(2, 3), (3, 2), (2, 3, 4), (4, 2), (3, 5, 2)])
MISFIT = (ValueError, RuntimeError)  # torch's own error says it as clearly


def delicate(device, *shape):
    """A tensor of each dtype with what is easily lost: signs, zero, NaN, digits, both limits."""
    numbers = torch.arange(math.prod(shape)) - 2
    for dtype in (*EVERY_DTYPE, torch.int16, torch.int8):
        if not has_dtype(device, dtype):
            continue
        if dtype == torch.bool:
            x = numbers.bool()
        elif dtype.is_floating_point:
            x = (numbers.double() / 3).to(dtype)
            x[0], x[-1] = math.nan, -math.inf
        else:
            x = (numbers * (2**53 + 1)).to(dtype)
            x[0], x[-1] = torch.iinfo(dtype).min, torch.iinfo(dtype).max
        yield x.reshape(shape).to(device)


def indices(shape):
    """Every index of a shape, in row-major order."""
    return list(itertools.product(*map(range, shape)))


@functools.cache
def numbered(shape, max_side=3):
    """Tensors of any dtype whose elements can be told apart; made once, which saves time."""
    return tensors(shape, dtypes=(torch.int64, *EVERY_DTYPE), values=COUNTING, max_side=max_side)


ANY = either(numbered("rows columns", 4), numbered("...", 4))
IMAGES = either(
    tensors(
        "batch channels height width",
        dtypes=(torch.int64,),
        values=COUNTING,
        sides={"batch": (2, 2), "channels": (2, 3), "height": (2, 3), "width": (2, 2)},
    ),
    numbered("batch channels height width"),
)


@st.composite
def with_axes(draw):
    """A tensor of rank 1 to 4 and two of its axes in order, counted from either end."""
    x = draw(either(numbered("a b c"), numbered("... last")))
    pairs = list(itertools.combinations_with_replacement(range(x.dim()), 2))
    ordinary = [(start, end) for start, end in pairs if 0 < end - start < x.dim() - 1]
    start, end = draw(either(st.sampled_from(ordinary or pairs), st.sampled_from(pairs)))
    ends = st.sampled_from([(0, 0), (0, 1), (1, 0), (1, 1)])
    from_the_end = draw(either(st.just((0, 0)), ends))
    return x, start - x.dim() * from_the_end[0], end - x.dim() * from_the_end[1]


@st.composite
def with_sizes(draw):
    """A tensor of rank 1 to 4 and sizes that make its last axis."""
    promised = st.lists(st.sampled_from([2, 1, 3]), min_size=1, max_size=3).map(tuple)
    sizes = draw(either(st.sampled_from([(2, 3), (3, 2), (2, 4)]), promised))
    last = math.prod(sizes)
    return draw(either(numbered(f"rows {last}"), numbered(f"... {last}", max_side=2))), sizes


@given(x=ANY)
def test_flatten_all_lists_the_elements_in_order(kata, device, x):
    """The result has one axis, along which all elements stand in row-major order."""
    assert_tensor(kata.flatten_all(x), np.fromiter(array(x).flat, array(x).dtype), like=x)


@edge
def test_flatten_all_reads_a_transposed_matrix_in_its_own_order(kata, device):
    """What counts is the order of the elements in x, not the order in which memory holds them."""
    x = torch.tensor([[0, 1, 2], [10, 11, 12]], device=device).T
    assert_tensor(kata.flatten_all(x), [0, 10, 1, 11, 2, 12], like=x)


@edge
def test_flatten_all_lists_a_slice_and_nothing_else(kata, device):
    """The memory around a slice is not part of it."""
    x = counting(5, 2, device=device)
    assert_tensor(kata.flatten_all(x[1:3]), [2, 3, 4, 5], like=x)
    assert_tensor(kata.flatten_all(x[::2]), [0, 1, 4, 5, 8, 9], like=x)


def test_flatten_all_merges_every_axis(kata, device):
    """However many axes x has, the result has one."""
    x = counting(2, 3, 4, device=device)
    assert_tensor(kata.flatten_all(x), np.arange(24), like=x)
    x = counting(2, 1, 3, 2, device=device)
    assert_tensor(kata.flatten_all(x), np.arange(12), like=x)


@edge
def test_flatten_all_gives_a_single_number_an_axis(kata, device):
    """A 0-D tensor becomes a vector of one element."""
    for values, number in (([1.5], 1.5), ([[[3.5]]], 3.5), (2.5, 2.5)):
        x = torch.tensor(values, device=device)
        assert_tensor(kata.flatten_all(x), [number], like=x)


@edge
def test_flatten_all_of_no_elements_is_an_empty_vector(kata, device):
    """A tensor without elements becomes a vector of length 0."""
    for shape in ((0,), (3, 0), (0, 2, 5)):
        x = torch.zeros(shape, device=device)
        assert_tensor(kata.flatten_all(x), np.zeros(0), like=x)


@edge
def test_flatten_all_keeps_values_exactly(kata, device):
    """Elements of every dtype come out as they went in, NaN and the last digit too."""
    for x in delicate(device, 2, 3):
        assert_tensor(kata.flatten_all(x), array(x).ravel(), like=x, rtol=0, atol=0)


@given(images=IMAGES)
def test_flatten_images_makes_each_image_a_row(kata, device, images):
    """Row b lists image b channel by channel, each channel row by row."""
    expected = np.zeros((len(images), math.prod(images.shape[1:])), array(images).dtype)
    for row, image in zip(expected, array(images), strict=True):
        row[:] = list(image.flat)
    assert_tensor(kata.flatten_images(images), expected, like=images)


def test_flatten_images_keeps_images_apart(kata, device):
    """The batch axis stays, and so does the order of channels, rows and columns."""
    images = counting(2, 3, 1, 2, device=device)
    expected = [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]]
    assert_tensor(kata.flatten_images(images), expected, like=images)


@edge
def test_flatten_images_takes_images_whose_channels_were_moved(kata, device):
    """Images made by permuting axes are non-contiguous, and are flattened all the same."""
    images = counting(2, 2, 3, 5, device=device).permute(0, 3, 1, 2)
    expected = [list(image.flat) for image in array(images)]
    assert_tensor(kata.flatten_images(images), expected, like=images)


@edge
def test_flatten_images_of_an_empty_batch_keeps_the_features(kata, device):
    """No images make (0, features): how many features there would be is known."""
    for shape, features in (((0, 3, 5, 7), 105), ((0, 1, 1, 1), 1), ((0, 3, 0, 7), 0)):
        images = torch.zeros(shape, device=device)
        assert_tensor(kata.flatten_images(images), np.zeros((0, features)), like=images)


@edge
def test_flatten_images_of_empty_images_keeps_the_batch(kata, device):
    """Images without channels, rows or columns make (batch, 0)."""
    for shape in ((2, 0, 5, 7), (2, 3, 0, 7), (2, 3, 5, 0), (2, 0, 0, 7)):
        images = torch.zeros(shape, device=device)
        assert_tensor(kata.flatten_images(images), np.zeros((2, 0)), like=images)


@edge
def test_flatten_images_keeps_the_batch_axis_of_one_image(kata, device):
    """One image makes (1, features), and images of one pixel make (batch, 1)."""
    images = counting(2, 1, 1, 2, device=device)
    assert_tensor(kata.flatten_images(images), [[0, 1], [2, 3]], like=images)
    images = counting(1, 2, 1, 3, device=device)
    assert_tensor(kata.flatten_images(images), [[0, 1, 2, 3, 4, 5]], like=images)
    images = counting(3, 1, 1, 1, device=device)
    assert_tensor(kata.flatten_images(images), [[0], [1], [2]], like=images)
    assert_tensor(kata.flatten_images(images[2:]), [[2]], like=images)


@edge
def test_flatten_images_keeps_values_exactly(kata, device):
    """Elements of every dtype come out as they went in, NaN and the last digit too."""
    for x in delicate(device, 2, 3, 1, 2):
        expected = [list(image.flat) for image in array(x)]
        assert_tensor(kata.flatten_images(x), expected, like=x, rtol=0, atol=0)


@given(drawn=with_axes())
def test_flatten_between_merges_the_axes_from_start_to_end(kata, device, drawn):
    """The axes from start to end, both included, become one; the others stay."""
    x, start_axis, end_axis = drawn
    start, end = range(x.dim())[start_axis], range(x.dim())[end_axis]
    before, merged, after = x.shape[:start], x.shape[start : end + 1], x.shape[end + 1 :]
    expected = array(x).reshape(*before, math.prod(merged), *after)
    assert_tensor(kata.flatten_between(x, start_axis, end_axis), expected, like=x)


AXES = {
    (0, 1): (6, 5, 7),
    (1, 2): (2, 15, 7),
    (2, 3): (2, 3, 35),
    (1, 3): (2, 105),
    (0, 3): (210,),
}
AXES_FROM_THE_END = {
    (-2, -1): (2, 3, 35),
    (-4, -3): (6, 5, 7),
    (1, -2): (2, 15, 7),
    (-3, 2): (2, 15, 7),
    (0, -1): (210,),
}


@pytest.mark.parametrize(("axes", "shape"), AXES.items(), ids=map(str, AXES))
def test_flatten_between_includes_both_ends(kata, device, axes, shape):
    """The start and the end are merged too."""
    x = counting(2, 3, 5, 7, device=device)
    expected = np.arange(210).reshape(shape)
    assert_tensor(kata.flatten_between(x, *axes), expected, like=x)


@edge
@pytest.mark.parametrize(
    ("axes", "shape"), AXES_FROM_THE_END.items(), ids=map(str, AXES_FROM_THE_END)
)
def test_flatten_between_counts_negative_axes_from_the_end(kata, device, axes, shape):
    """A negative axis counts from the end, be it the start, the end or both."""
    x = counting(2, 3, 5, 7, device=device)
    expected = np.arange(210).reshape(shape)
    assert_tensor(kata.flatten_between(x, *axes), expected, like=x)


@edge
def test_flatten_between_takes_any_two_axes_in_order(kata, device):
    """Of however many axes, those from start to end merge; others stay, even of length 1."""
    shape = (2, 1, 3, 2, 1, 2)
    x = counting(*shape, device=device)
    for start, end in itertools.combinations_with_replacement(range(6), 2):
        merged = (*shape[:start], math.prod(shape[start : end + 1]), *shape[end + 1 :])
        expected = np.arange(24).reshape(merged)
        for start_axis, end_axis in itertools.product((start, start - 6), (end, end - 6)):
            assert_tensor(kata.flatten_between(x, start_axis, end_axis), expected, like=x)


@edge
def test_flatten_between_one_axis_and_itself_keeps_the_shape(kata, device):
    """Where start and end are the same axis, nothing is merged."""
    x = counting(2, 3, 5, device=device)
    for start_axis, end_axis in ((0, 0), (1, 1), (2, 2), (2, -1), (-2, 1), (-3, -3)):
        assert_tensor(kata.flatten_between(x, start_axis, end_axis), x)
    vector = counting(3, device=device)
    assert_tensor(kata.flatten_between(vector, 0, -1), vector)


@edge
def test_flatten_between_merges_axes_of_a_permuted_tensor(kata, device):
    """A non-contiguous tensor is merged in the order of its elements."""
    x = torch.tensor([[[0, 1, 2], [10, 11, 12]]], device=device).permute(2, 1, 0)
    assert_tensor(kata.flatten_between(x, 0, 1), [[0], [10], [1], [11], [2], [12]], like=x)


@edge
def test_flatten_between_knows_the_length_without_elements(kata, device):
    """The merged axis is as long as the product, also where another axis has length 0."""
    cases = {
        (0, 3, 5): {(1, 2): (0, 15), (0, 1): (0, 5), (0, 2): (0,)},
        (2, 3, 0): {(0, 1): (6, 0), (1, 2): (2, 0), (0, 2): (0,)},
        (2, 0, 5): {(0, 1): (0, 5), (1, 2): (2, 0), (1, 1): (2, 0, 5)},
        (0, 3, 0): {(0, 1): (0, 0), (1, 2): (0, 0), (1, 1): (0, 3, 0)},
    }
    for shape, merged in cases.items():
        x = torch.zeros(shape, device=device)
        for axes, expected in merged.items():
            assert_tensor(kata.flatten_between(x, *axes), np.zeros(expected), like=x)


@edge
def test_flatten_between_refuses_a_start_behind_the_end(kata, device):
    """A start after the end raises an error."""
    x = counting(2, 3, 5, device=device)
    for start, end in ((1, 0), (2, 1), (2, 0)):
        assert_raises(MISFIT, kata.flatten_between, x, start, end)
        assert_raises(MISFIT, kata.flatten_between, x[:0], start, end)


@edge
def test_flatten_between_compares_axes_counted_from_either_end(kata, device):
    """A start after the end raises an error, also where one or both count from the end."""
    x = counting(2, 3, 5, device=device)
    for start, end in ((1, 0), (2, 1), (2, 0)):
        for start_axis, end_axis in itertools.product((start, start - 3), (end, end - 3)):
            assert_raises(MISFIT, kata.flatten_between, x, start_axis, end_axis)
            assert_raises(MISFIT, kata.flatten_between, x[:0], start_axis, end_axis)
            assert_raises(MISFIT, kata.flatten_between, x[:1, :1, :1], start_axis, end_axis)


@edge
def test_flatten_between_keeps_values_exactly(kata, device):
    """Elements of every dtype come out as they went in, NaN and the last digit too."""
    for x in delicate(device, 2, 3, 2):
        expected = np.concatenate(list(array(x)))
        assert_tensor(kata.flatten_between(x, 0, 1), expected, like=x, rtol=0, atol=0)


@given(drawn=with_sizes())
def test_unflatten_last_splits_the_last_axis(kata, device, drawn):
    """The last axis becomes axes of the given sizes, the last of them fastest; others stay."""
    x, sizes = drawn
    values = array(x)
    expected = np.empty((*x.shape[:-1], *sizes), values.dtype)
    for place, index in enumerate(indices(sizes)):
        expected[(..., *index)] = values[..., place]
    assert_tensor(kata.unflatten_last(x, sizes), expected, like=x)


def test_unflatten_last_keeps_row_major_order(kata, device):
    """(6,) split by (2, 3) makes two rows of three neighbours each."""
    x = counting(6, device=device)
    assert_tensor(kata.unflatten_last(x, (2, 3)), [[0, 1, 2], [3, 4, 5]], like=x)
    assert_tensor(kata.unflatten_last(x, (3, 2)), [[0, 1], [2, 3], [4, 5]], like=x)


def test_unflatten_last_makes_as_many_axes_as_there_are_sizes(kata, device):
    """Three sizes make three axes in place of one."""
    x = counting(2, 24, device=device)
    assert_tensor(kata.unflatten_last(x, (2, 3, 4)), np.arange(48).reshape(2, 2, 3, 4), like=x)


@edge
def test_unflatten_last_leaves_the_other_axes(kata, device):
    """Only the last axis is split, also of a transposed matrix."""
    x = torch.tensor([[0, 10], [1, 11], [2, 12], [3, 13]], device=device).T
    expected = [[[0, 1], [2, 3]], [[10, 11], [12, 13]]]
    assert_tensor(kata.unflatten_last(x, (2, 2)), expected, like=x)


@edge
def test_unflatten_last_takes_a_single_size_and_ones(kata, device):
    """One size as long as the axis changes nothing; a size of 1 adds an axis of length 1."""
    x = counting(2, 3, device=device)
    assert_tensor(kata.unflatten_last(x, (3,)), x)
    assert_tensor(kata.unflatten_last(x, (1, 3)), [[[0, 1, 2]], [[3, 4, 5]]], like=x)
    assert_tensor(kata.unflatten_last(x, (3, 1)), [[[0], [1], [2]], [[3], [4], [5]]], like=x)
    assert_tensor(kata.unflatten_last(x[:, :1], (1, 1)), [[[0]], [[3]]], like=x)


@edge
def test_unflatten_last_takes_any_number_of_sizes(kata, device):
    """The last of many sizes is the fastest too, and axes of length 1 stay."""
    x = counting(1, 2, 1, 24, device=device)
    expected = np.arange(48).reshape(1, 2, 1, 3, 1, 2, 1, 4)
    assert_tensor(kata.unflatten_last(x, (3, 1, 2, 1, 4)), expected, like=x)


@edge
def test_unflatten_last_of_an_empty_batch_is_empty(kata, device):
    """Other axes of length 0 stay; the last one is split nevertheless."""
    x = torch.zeros(0, 6, device=device)
    assert_tensor(kata.unflatten_last(x, (2, 3)), np.zeros((0, 2, 3)), like=x)
    x = torch.zeros(5, 0, 6, device=device)
    assert_tensor(kata.unflatten_last(x, (3, 2)), np.zeros((5, 0, 3, 2)), like=x)
    x = torch.zeros(0, 768, device=device)
    assert_tensor(kata.unflatten_last(x, (3, 16, 16)), np.zeros((0, 3, 16, 16)), like=x)


@edge
def test_unflatten_last_refuses_another_product(kata, device):
    """Sizes whose product is not the length of the last axis raise an error."""
    x = counting(4, 6, device=device)
    for sizes in ((2, 2), (2, 4), (5,), (7,), (1,), (3, 3), (2, 3, 2), (4, 6), (1, 24), (8, 3)):
        assert_raises(MISFIT, kata.unflatten_last, x, sizes)
        assert_raises(MISFIT, kata.unflatten_last, x[0], sizes)


@edge
def test_unflatten_last_keeps_values_exactly(kata, device):
    """Elements of every dtype come out as they went in, NaN and the last digit too."""
    for x in delicate(device, 2, 6):
        expected = [np.split(row, 3) for row in array(x)]
        assert_tensor(kata.unflatten_last(x, (3, 2)), expected, like=x, rtol=0, atol=0)


@st.composite
def shapes_and_indices(draw, shapes):
    """A shape with elements, and the index of one of them."""
    shape = draw(shapes)
    return shape, draw(st.sampled_from(indices(shape)))


def as_index(result):
    """A list of ints is as good as a tuple."""
    return tuple(result) if type(result) is list else result


@given(drawn=shapes_and_indices(ORDINARY_SHAPES))
def test_flat_position_counts_the_elements_before(kata, drawn):
    """The position is the number of elements that come before this one in row-major order."""
    shape, index = drawn
    assert_value(kata.flat_position(index, shape), indices(shape).index(index))


@pytest.mark.parametrize("shape", [(5,), (2, 3), (2, 3, 5)], ids=str)
def test_flat_position_numbers_a_shape_without_gaps(kata, shape):
    """From index to index the position goes up by one, the last axis fastest."""
    for position, index in enumerate(indices(shape)):
        assert_value(kata.flat_position(index, shape), position)


def test_flat_position_skips_whole_rows_and_planes(kata):
    """The element at (1, 2) of (2, 3) has a row of 3 and two elements before it."""
    assert_value(kata.flat_position((1, 2), (2, 3)), 5)
    assert_value(kata.flat_position((1, 0, 0), (2, 3, 5)), 15)
    assert_value(kata.flat_position((479, 639, 2), (480, 640, 3)), 921599)
    assert_value(kata.flat_position((1, 0, 1, 1, 0, 0), (2, 1, 3, 2, 1, 2)), 18)


@edge
@given(drawn=shapes_and_indices(SHAPES))
def test_flat_position_of_any_shape_counts_the_elements_before(kata, drawn):
    """However many axes there are, and also where some have length 1."""
    shape, index = drawn
    assert_value(kata.flat_position(index, shape), indices(shape).index(index))


@edge
def test_flat_position_in_the_empty_shape_is_zero(kata):
    """Shape () has one element, at index ()."""
    assert_value(kata.flat_position((), ()), 0)


@edge
def test_flat_position_refuses_an_index_out_of_range(kata):
    """An int as large as its axis raises IndexError, on every axis, even if the sum would fit."""
    for index in ((7, 7), (2, 0), (0, 3), (0, 5), (1, 3)):
        assert_raises(IndexError, kata.flat_position, index, (2, 3))
    assert_raises(IndexError, kata.flat_position, (5,), (5,))


@edge
def test_flat_position_refuses_negative_indices(kata):
    """A negative int raises IndexError; it does not count from the end."""
    for index in ((-1, 0), (0, -1), (1, -1), (-2, -3)):
        assert_raises(IndexError, kata.flat_position, index, (2, 3))
    assert_raises(IndexError, kata.flat_position, (-1,), (5,))
    assert_raises(IndexError, kata.flat_position, (-1,), (0,))


@edge
def test_flat_position_refuses_another_number_of_indices(kata):
    """More or fewer ints than axes raise IndexError."""
    for index in ((1, 2, 0), (0, 0, 0), (1,), (0,), ()):
        assert_raises(IndexError, kata.flat_position, index, (2, 3))


@edge
def test_flat_position_counts_the_axes_of_any_shape(kata):
    """Too few or too many ints raise IndexError, also where an axis has length 1 or 0."""
    for index, shape in (((1,), (2, 1)), ((), (1,)), ((), (0,)), ((2, 0), (3,)), ((0,), ())):
        assert_raises(IndexError, kata.flat_position, index, shape)


@edge
def test_flat_position_finds_nothing_in_an_empty_axis(kata):
    """A shape with a length of 0 has no elements, so that every index is out of range."""
    assert_raises(IndexError, kata.flat_position, (0,), (0,))
    assert_raises(IndexError, kata.flat_position, (0, 0), (0, 3))
    assert_raises(IndexError, kata.flat_position, (0, 0), (3, 0))
    assert_raises(IndexError, kata.flat_position, (1, 0, 4), (2, 0, 5))


@given(drawn=shapes_and_indices(ORDINARY_SHAPES))
def test_index_from_position_finds_the_element(kata, drawn):
    """The index is that of the element which stands at this position in row-major order."""
    shape, index = drawn
    position = indices(shape).index(index)
    assert_value(as_index(kata.index_from_position(position, shape)), index)


@edge
@given(shape=SHAPES, past=st.sampled_from([0, 1, 40]))
def test_index_from_position_knows_where_a_shape_ends(kata, shape, past):
    """A position before the first element or after the last one raises IndexError."""
    assert_raises(IndexError, kata.index_from_position, math.prod(shape) + past, shape)
    assert_raises(IndexError, kata.index_from_position, -1 - past, shape)


@pytest.mark.parametrize("shape", [(5,), (2, 3), (2, 3, 5)], ids=str)
def test_index_from_position_goes_through_a_shape_in_order(kata, shape):
    """Position by position, the last axis runs fastest."""
    for position, index in enumerate(indices(shape)):
        assert_value(as_index(kata.index_from_position(position, shape)), index)


def test_index_from_position_divides_by_rows_and_planes(kata):
    """Position 5 of (2, 3) is past one row of 3, and two further on."""
    assert_value(as_index(kata.index_from_position(5, (2, 3))), (1, 2))
    assert_value(as_index(kata.index_from_position(15, (2, 3, 5))), (1, 0, 0))
    assert_value(as_index(kata.index_from_position(921599, (480, 640, 3))), (479, 639, 2))
    assert_value(as_index(kata.index_from_position(18, (2, 1, 3, 2, 1, 2))), (1, 0, 1, 1, 0, 0))


@edge
@given(drawn=shapes_and_indices(SHAPES))
def test_index_from_position_finds_the_element_of_any_shape(kata, drawn):
    """However many axes there are, and also where some have length 1."""
    shape, index = drawn
    position = indices(shape).index(index)
    assert_value(as_index(kata.index_from_position(position, shape)), index)


@edge
def test_index_from_position_in_the_empty_shape_is_empty(kata):
    """A vector's index has one int. Shape () has one element, at position 0, whose index is ()."""
    assert_value(as_index(kata.index_from_position(1, (2,))), (1,))
    assert_value(as_index(kata.index_from_position(0, ())), ())
    assert_raises(IndexError, kata.index_from_position, 1, ())
    assert_raises(IndexError, kata.index_from_position, -1, ())


@edge
def test_index_from_position_refuses_positions_past_the_end(kata):
    """The number of elements itself is no position any more."""
    for position in (13, 6, 7, 12, 600):
        assert_raises(IndexError, kata.index_from_position, position, (2, 3))
    assert_raises(IndexError, kata.index_from_position, 5, (5,))


@edge
def test_index_from_position_refuses_negative_positions(kata):
    """A negative position raises IndexError; it does not count from the end."""
    for position in (-8, -1, -5, -6, -7):
        assert_raises(IndexError, kata.index_from_position, position, (2, 3))


@edge
def test_index_from_position_finds_nothing_in_an_empty_shape(kata):
    """Where there are two elements 2 is out of range; where a length is 0, so is 0."""
    for shape in ((2, 1), (0,), (0, 3), (3, 0), (2, 0, 5)):
        for past in (0, 1):
            assert_raises(IndexError, kata.index_from_position, math.prod(shape) + past, shape)
        assert_raises(IndexError, kata.index_from_position, -1, shape)
