"""What a right k02_shape does.

Teaches rank, axes and shape, the order of an image batch's axes, and that moving axes is no
reshape. Leaves reshape to k04, broadcasting against axes of length 1 to k08, stacking to k09.
"""

import contextlib
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from .harness.checks import (
    COUNTING,
    EVERY_DTYPE,
    NUMERIC,
    array,
    assert_raises,
    assert_shares_memory,
    assert_tensor,
    assert_that,
    assert_value,
    edge,
    effort,
    either,
    has_dtype,
    tensors,
)

ONE_LENGTH_ZERO = [(0, 3, 5, 7), (2, 0, 5, 7), (2, 3, 0, 7), (2, 3, 5, 0)]
TELLING = {
    torch.float32: [0.1, 0.0, -1.5, math.inf, math.nan, 1e30],
    torch.float64: [0.1, 0.0, -1 / 3, -math.inf, math.nan, 1e300],
    torch.int64: [2**53 + 1, 0, -(2**53) - 1, 2**63 - 1, -(2**63), 1],
    torch.int32: [2**24 + 1, 0, -(2**24) - 1, 2**31 - 1, -(2**31), 1],
    torch.int16: [2**11 + 1, 0, -(2**11) - 1, 2**15 - 1, -(2**15), 1],
    torch.int8: [100, 0, -100, 127, -128, 1],
    torch.uint8: [100, 0, 200, 127, 255, 1],
    torch.bool: [True, False, True, True, False, False],
}
PLAIN_SHAPES = [(2, 3), (3,), (4, 2), (5,), (3, 2, 4), (2, 4, 3)]
PLAIN_BATCHES = [(2, 3, 4, 5), (3, 2, 5, 4), (4, 5, 2, 3), (5, 4, 3, 2)]
NUMBERS = st.sampled_from([0, 1, 2.5, -3])
ANY_NESTING = st.recursive(NUMBERS, lambda items: st.lists(items, max_size=3), max_leaves=8)


@given(x=tensors("...", dtypes=EVERY_DTYPE))
def test_rank_is_the_number_of_axes(kata, device, x):
    """The rank is the number of axes, however long they are."""
    assert_value(kata.rank(x), array(x).ndim)


def test_rank_of_vectors_matrices_and_batches(kata, device):
    """A vector has rank 1, a matrix rank 2 and a batch of images rank 4."""
    assert_value(kata.rank(torch.tensor([7.0, 5.0, 6.0], device=device)), 1)
    assert_value(kata.rank(torch.zeros(5, 3, device=device)), 2)
    assert_value(kata.rank(torch.zeros(5, 3, 4, 2, device=device)), 4)


def test_rank_is_not_the_rank_of_linear_algebra(kata, device):
    """Any matrix has two axes, also one whose rows are multiples of each other."""
    x = torch.tensor([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0]], device=device)
    assert_value(kata.rank(x), 2)


@edge
def test_rank_of_a_single_number_is_zero(kata, device):
    """A number without axes has rank 0, and a vector of one number has rank 1."""
    assert_value(kata.rank(torch.tensor(7.0, device=device)), 0)
    assert_value(kata.rank(torch.tensor([7.0], device=device)), 1)


@edge
def test_rank_counts_axes_of_length_one_and_zero(kata, device):
    """Axes of length 1 and of length 0 are axes like any other."""
    assert_value(kata.rank(torch.zeros(1, 3, 1, device=device)), 3)
    assert_value(kata.rank(torch.zeros(0, 2, device=device)), 2)
    assert_value(kata.rank(torch.zeros(2, 0, 3, 2, device=device)), 4)


@given(
    x=tensors("...", dtypes=EVERY_DTYPE),
    axis=either(st.sampled_from([0, 1, -1, -2]), st.integers(-4, 4)),
)
def test_axis_length_is_the_length_of_that_axis(kata, device, x, axis):
    """Axes are counted from 0, or from the end, -1 being the last; there are no others."""
    shape = array(x).shape
    if -len(shape) <= axis < len(shape):
        assert_value(kata.axis_length(x, axis), shape[axis])
    else:
        assert_raises(IndexError, kata.axis_length, x, axis)


def test_axis_length_counts_from_either_end(kata, device):
    """Axis 0 is the first one and -1 the last; of four axes, -4 is the first one again."""
    x = torch.zeros(2, 3, 4, 5, device=device)
    for axis, length in zip((1, 0, 2, 3, -1, -2, -3, -4), (3, 2, 4, 5, 5, 4, 3, 2), strict=True):
        assert_value(kata.axis_length(x, axis), length)


@edge
def test_axis_length_may_be_one_or_zero(kata, device):
    """An axis of one position has length 1, and an axis without positions length 0."""
    x = torch.zeros(1, 0, 3, device=device)
    for axis, length in ((0, 1), (1, 0), (2, 3)):
        assert_value(kata.axis_length(x, axis), length)


@edge
def test_axis_length_refuses_an_axis_that_is_not_there(kata, device):
    """A matrix has the axes 0 and 1, or -2 and -1; any other one raises IndexError."""
    x = torch.zeros(5, 3, device=device)
    for axis in (4, 2, 3, -3, -4):
        assert_raises(IndexError, kata.axis_length, x, axis)


@edge
def test_axis_length_refuses_every_axis_of_a_single_number(kata, device):
    """A single number has no axes, not even axis 0 or -1."""
    for axis in (1, -2, 0, -1):
        assert_raises(IndexError, kata.axis_length, torch.tensor(7.0, device=device), axis)


@given(x=tensors("...", dtypes=EVERY_DTYPE))
def test_count_elements_takes_every_axis_into_account(kata, device, x):
    """A matrix has as many elements as its rows hold together, and more axes hold more."""
    assert_value(kata.count_elements(x), int(array(x).size))


def test_count_elements_of_vectors_matrices_and_batches(kata, device):
    """Four rows of 2 have 8 elements, three such matrices have 24, and a vector of 5 has 5."""
    assert_value(kata.count_elements(torch.ones(4, 2, device=device)), 8)
    assert_value(kata.count_elements(torch.ones(3, 4, 2, device=device)), 24)
    assert_value(kata.count_elements(torch.ones(3, 2, 4, 5, device=device)), 120)
    assert_value(kata.count_elements(torch.tensor([3.0, 7.0, 2.0, 9.0, 4.0], device=device)), 5)


def test_count_elements_counts_zeros_and_repeats(kata, device):
    """An element is an element, whatever its value."""
    assert_value(kata.count_elements(torch.tensor([[0, 4, 4], [4, 0, 0]], device=device)), 6)
    assert_value(kata.count_elements(torch.zeros(5, 3, device=device)), 15)


@edge
def test_count_elements_of_a_single_number_is_one(kata, device):
    """A tensor without axes holds one number, and so does a matrix of one row and one column."""
    assert_value(kata.count_elements(torch.tensor([[2.0]], device=device)), 1)
    for number in (5.0, 0.0):
        assert_value(kata.count_elements(torch.tensor(number, device=device)), 1)


@edge
def test_count_elements_is_zero_where_an_axis_is_empty(kata, device):
    """One axis of length 0 leaves no room for any element, wherever it stands."""
    for shape in ((0,), (0, 3), (3, 0), (2, 0, 5)):
        assert_value(kata.count_elements(torch.zeros(shape, device=device)), 0)


@edge
def test_count_elements_looks_at_the_shape_and_not_at_the_memory(kata, device):
    """Three numbers expanded to four rows are twelve elements; a slice has its own count."""
    expanded = torch.ones(1, 3, device=device).expand(4, 3)
    assert_value(kata.count_elements(expanded), 12)
    assert_value(kata.count_elements(torch.ones(6, 5, device=device)[::2, :3]), 9)


def filled(shape: tuple[int, ...], first: float) -> list[Any]:
    """Nested lists of this shape, with numbers that count on from the first one."""
    numbers: list[Any] = (first + np.arange(math.prod(shape)).reshape(shape)).tolist()
    return numbers


NESTED = either(
    st.builds(filled, st.sampled_from(PLAIN_SHAPES), st.sampled_from([1, 2, 0.5])), ANY_NESTING
)


@given(nested=NESTED)
def test_shape_of_tells_how_long_the_lists_are_at_each_depth(kata, nested):
    """The shape has one length for each depth of lists, from the outermost list inwards."""
    expected = level_by_level(nested)
    if expected is None:
        assert_raises(ValueError, kata.shape_of, nested)
    else:
        assert_shape(kata.shape_of(nested), expected)


def test_shape_of_goes_to_any_depth(kata):
    """Each pair of brackets is an axis, be there one or four of them."""
    for shape in ((3,), (3, 2), (4, 3, 2), (2, 3, 2, 4)):
        assert_shape(kata.shape_of(filled(shape, 1)), shape)


def test_shape_of_does_not_care_which_numbers_they_are(kata):
    """Ints and floats may stand side by side, and any number may repeat."""
    assert_shape(kata.shape_of([1, 2.5, 3]), (3,))
    assert_shape(kata.shape_of([[4, 4, 4], [4, 4, 2.5]]), (2, 3))


def test_shape_of_refuses_lists_of_unequal_length(kata):
    """Lists side by side are equally long, whichever of them is shorter, or it is ValueError."""
    for ragged in ([[1, 2], [3, 4, 5]], [[1, 2], [3, 4], [5]], [[1, 2], [3], [4, 5]]):
        assert_raises(ValueError, kata.shape_of, ragged)


def test_shape_of_refuses_unequal_lengths_at_any_depth(kata):
    """Lists that agree in length, but not in what they hold, have no shape in common."""
    for ragged in (
        [[[1, 2], [3, 4]], [[5, 6], [7]]],
        [[[1, 2, 3], [4, 5, 6]], [[1, 2], [3, 4]]],
        [[[1, 2, 3], [4, 5, 6]], [[1, 2], [3, 4], [5, 6]]],
        [[[[1, 2]], [[3, 4]]], [[[5, 6]], [[7, 8, 9]]]],
    ):
        assert_raises(ValueError, kata.shape_of, ragged)


def test_shape_of_makes_no_tensor(kata):
    """The lists are looked at as they are; nothing is handed to torch."""
    for nested in ([[1, 2, 3], [4, 5, 6]], [5, 6, 7]):
        operations = effort(lambda nested=nested: kata.shape_of(nested)).operations
        assert_that(operations == 0, "a tensor is made; look at the lists themselves")


@edge
@pytest.mark.parametrize("number", [0, 7, -2.5, 0.0])
def test_shape_of_a_number_is_empty(kata, number):
    """A number that stands alone, be it 0, has no axes: its shape is ()."""
    assert_shape(kata.shape_of(number), ())


@edge
def test_shape_of_lists_with_zeros(kata):
    """0 is a number like any other."""
    assert_shape(kata.shape_of([0, 1]), (2,))
    assert_shape(kata.shape_of([[0.0], [7], [0]]), (3, 1))


@edge
def test_shape_of_goes_ten_lists_deep(kata):
    """Each pair of brackets is an axis, be there ten of them, and lengths of 1 among them."""
    nested = [[[[[[[[[[5, 7]]]]]]]]], [[[[[[[[[0, 1]]]]]]]]]]
    assert_shape(kata.shape_of(nested), (2, 1, 1, 1, 1, 1, 1, 1, 1, 2))


@edge
def test_shape_of_an_empty_list_has_length_zero(kata):
    """[] is an axis without positions, and so is the last axis in a list of empty lists."""
    assert_shape(kata.shape_of([]), (0,))
    assert_shape(kata.shape_of([[], []]), (2, 0))
    assert_shape(kata.shape_of([[[], [], []]]), (1, 3, 0))


@edge
def test_shape_of_refuses_an_empty_list_beside_others(kata):
    """An empty list is as long as another only if that is empty too."""
    for ragged in ([[1, 2], []], [[], [1]], [[[1]], [[]]]):
        assert_raises(ValueError, kata.shape_of, ragged)


@edge
def test_shape_of_refuses_numbers_beside_lists(kata):
    """At any one depth there are numbers only or lists only, whichever comes first."""
    for ragged in (
        [[1, 2], [[3], [4], [5]]],
        [[1], [[2]]],
        [1, [2]],
        [[1], 2],
        [[1], 2, [3]],
        [1, [2], 3],
        [[], 1],
        [0, []],
        [[1, 2], [3, [4]]],
        [[[1], [2]], [3, 4]],
    ):
        assert_raises(ValueError, kata.shape_of, ragged)


@edge
def test_shape_of_refuses_unequal_depth_without_any_number(kata):
    """[] and [[]] differ in shape, (0,) against (1, 0), though neither holds a number."""
    for ragged in ([[], [[]]], [[[]], []], [[[], []], [[], [[]]]]):
        assert_raises(ValueError, kata.shape_of, ragged)


@given(
    shape=either(st.sampled_from(PLAIN_BATCHES), st.tuples(*[st.sampled_from([2, 3, 1, 0])] * 4))
)
def test_image_batch_is_black_in_the_order_batch_channels_height_width(kata, device, shape):
    """Every pixel is 0, in float32, whatever lay in that memory before."""
    with fresh_memory_full_of_nan():
        result = kata.image_batch(*shape, device)
    assert_tensor(result, np.zeros(shape), dtype=torch.float32, device=device)


def test_image_batch_puts_channels_second_and_height_before_width(kata, device):
    """Two RGB images, 4 pixels high and 5 wide, have shape (2, 3, 4, 5)."""
    with fresh_memory_full_of_nan():
        result = kata.image_batch(2, 3, 4, 5, device)
    assert_tensor(result, np.zeros((2, 3, 4, 5)), dtype=torch.float32, device=device)


@edge
def test_image_batch_keeps_axes_of_length_one(kata, device):
    """One grey image of one pixel still has four axes."""
    with fresh_memory_full_of_nan():
        result = kata.image_batch(1, 1, 1, 1, device)
    assert_tensor(result, [[[[0.0]]]], dtype=torch.float32, device=device)


@edge
@pytest.mark.parametrize("shape", ONE_LENGTH_ZERO)
def test_image_batch_keeps_axes_of_length_zero(kata, device, shape):
    """Where one length is 0 there is no pixel, and the other axes keep their lengths."""
    result = kata.image_batch(*shape, device)
    assert_tensor(result, np.zeros(shape), dtype=torch.float32, device=device)


@given(images=tensors("batch channels height width", dtypes=NUMERIC, values=COUNTING, max_side=3))
def test_channels_last_moves_the_channels_behind_the_width(kata, device, images):
    """Each pixel keeps its place, and the values of all its channels stand side by side."""
    expected = np.moveaxis(array(images), 1, 3)
    assert_tensor(kata.channels_last(images), expected, like=images)


def test_channels_last_keeps_height_before_width(kata, device):
    """(2, 3, 4, 5) becomes (2, 4, 5, 3): the rows stay rows, and the columns columns."""
    images = torch.arange(120.0, device=device).reshape(2, 3, 4, 5)
    expected = np.moveaxis(array(images), 1, 3)
    assert_tensor(kata.channels_last(images), expected, like=images)


def test_channels_last_moves_axes_of_equal_length_too(kata, device):
    """Where channels, height and width are equally long, the elements still move."""
    images = torch.tensor([[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]], device=device)
    expected = [[[[1, 5], [2, 6]], [[3, 7], [4, 8]]]]
    assert_tensor(kata.channels_last(images), expected, like=images)


@edge
@pytest.mark.parametrize("shape", ONE_LENGTH_ZERO)
def test_channels_last_moves_axes_of_length_zero_too(kata, device, shape):
    """Where one length is 0 no element moves, but the axes do."""
    images = torch.zeros(shape, device=device)
    expected = np.moveaxis(np.zeros(shape), 1, 3)
    assert_tensor(kata.channels_last(images), expected, like=images)


@edge
def test_channels_last_keeps_every_dtype(kata, device):
    """The result has the dtype of the images, and the very same values."""
    for images in every_dtype((1, 2, 1, 3), device):
        expected = np.moveaxis(array(images), 1, 3)
        assert_tensor(kata.channels_last(images), expected, like=images)


@edge
def test_channels_last_is_a_view(kata, device):
    """What is written into the images shows in the result: both share one memory."""
    images = torch.tensor([[[[1, 2, 3]], [[4, 5, 6]]]], device=device)
    result = kata.channels_last(images)
    assert_tensor(result, np.moveaxis(array(images), 1, 3), like=images)
    assert_shares_memory(result, images)


@edge
def test_channels_last_never_needs_a_copy(kata, device):
    """Grey images, and such as lie in memory in another order, make views too."""
    grey = torch.arange(6.0, device=device).reshape(1, 1, 2, 3)
    on_their_side = torch.arange(18.0, device=device).reshape(1, 3, 3, 2).transpose(2, 3)
    every_other = torch.arange(36, device=device).reshape(1, 3, 2, 6)[..., ::2]
    for images in (grey, on_their_side, every_other):
        result = kata.channels_last(images)
        assert_tensor(result, np.moveaxis(array(images), 1, 3), like=images)
        assert_shares_memory(result, images)


@given(image=tensors("channels height width", dtypes=NUMERIC, values=COUNTING))
def test_add_batch_axis_puts_an_axis_of_length_one_first(kata, device, image):
    """(channels, height, width) becomes (1, channels, height, width), elements in their places."""
    expected = array(image)[np.newaxis]
    assert_tensor(kata.add_batch_axis(image), expected, like=image)


def test_add_batch_axis_keeps_the_three_axes_of_the_image(kata, device):
    """The image of 2 channels, 2 rows and 3 columns is the only one in the batch."""
    image = torch.tensor([[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, 12]]], device=device)
    expected = [[[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, 12]]]]
    assert_tensor(kata.add_batch_axis(image), expected, like=image)


@edge
def test_add_batch_axis_keeps_axes_of_length_one(kata, device):
    """A grey image of one row keeps both its axes of length 1: (1, 1, 5) becomes (1, 1, 1, 5)."""
    image = torch.tensor([[[1, 2, 3, 4, 5]]], device=device)
    assert_tensor(kata.add_batch_axis(image), [[[[1, 2, 3, 4, 5]]]], like=image)


@edge
@pytest.mark.parametrize("shape", [(0, 5, 7), (3, 0, 7), (3, 5, 0)])
def test_add_batch_axis_keeps_axes_of_length_zero(kata, device, shape):
    """The batch holds one image, even if that image holds no pixel."""
    image = torch.zeros(shape, device=device)
    assert_tensor(kata.add_batch_axis(image), np.zeros((1, *shape)), like=image)


@edge
def test_add_batch_axis_keeps_every_dtype(kata, device):
    """The result has the dtype of the image, and the very same values."""
    for image in every_dtype((2, 1, 3), device):
        expected = array(image)[np.newaxis]
        assert_tensor(kata.add_batch_axis(image), expected, like=image)


def assert_shape(actual: object, expected: tuple[int, ...]) -> None:
    """`actual` is this shape, be it a tuple or a list."""
    __tracebackhide__ = True
    assert_value(tuple(actual) if isinstance(actual, list) else actual, expected)


def level_by_level(nested: Any) -> tuple[int, ...] | None:
    """The shape, found by opening one depth of lists after the other; None where it is ragged."""
    shape: tuple[int, ...] = ()
    level = [nested]
    while any(isinstance(item, list) for item in level):
        if not all(isinstance(item, list) for item in level) or len(set(map(len, level))) > 1:
            return None
        shape += (len(level[0]),)
        level = [item for items in level for item in items]
    return shape


def every_dtype(shape: tuple[int, ...], device: torch.device) -> list[torch.Tensor]:
    """A tensor of this shape for each dtype, with values that a detour by another loses."""
    return [
        torch.tensor(values, dtype=kind).reshape(shape).to(device)
        for kind, values in TELLING.items()
        if has_dtype(device, kind)
    ]


@contextlib.contextmanager
def fresh_memory_full_of_nan() -> Iterator[None]:
    """Within, memory that torch hands out uninitialised holds NaN, as it may at any time."""
    torch.set_deterministic_debug_mode("warn")
    try:
        yield
    finally:
        torch.set_deterministic_debug_mode("default")
