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

from spec.harness.checks import (
    COUNTING,
    EVERY_DTYPE,
    NUMERIC,
    array,
    assert_raises,
    assert_shares_memory,
    assert_tensor,
    assert_that,
    assert_value,
    effort,
    has_dtype,
    tensors,
    unchanged,
)

LENGTHS = st.integers(0, 4)
TWO_WIDE = {"width": (2, 3)}
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
NUMBERS = st.sampled_from([0, 1, 2.5, True, -3])
NESTED = st.recursive(NUMBERS, lambda items: st.lists(items, max_size=3), max_leaves=8)


@given(x=tensors("...", dtypes=EVERY_DTYPE))
def test_rank_is_the_number_of_axes(kata, device, x):
    """The rank is the number of axes, however long they are."""
    assert_value(kata.rank(x), array(x).ndim)


def test_rank_of_a_single_number_is_zero(kata, device):
    """A vector has rank 1, even one of one number; a number without axes has rank 0."""
    assert_value(kata.rank(torch.tensor([7.0, 5.0], device=device)), 1)
    assert_value(kata.rank(torch.tensor(7.0, device=device)), 0)
    assert_value(kata.rank(torch.tensor([7.0], device=device)), 1)


def test_rank_counts_axes_of_length_one_and_zero(kata, device):
    """Axes of length 1 and of length 0 are axes like any other."""
    assert_value(kata.rank(torch.zeros(1, 3, 1, device=device)), 3)
    assert_value(kata.rank(torch.zeros(0, 2, device=device)), 2)
    assert_value(kata.rank(torch.zeros(2, 0, 3, 2, device=device)), 4)


def test_rank_is_not_the_rank_of_linear_algebra(kata, device):
    """Any matrix has two axes, also one of zeros, whose rank in linear algebra is 0."""
    assert_value(kata.rank(torch.zeros(3, 5, device=device)), 2)


def test_rank_counts_any_number_of_axes(kata, device):
    """A batch of images has rank 4, and there is no end to it."""
    assert_value(kata.rank(torch.zeros(3, 1, 5, 7, device=device)), 4)
    assert_value(kata.rank(torch.zeros(2, 1, 3, 1, 2, 1, device=device)), 6)


def test_rank_leaves_its_argument_alone(kata, device):
    """The tensor passed in is as it was."""
    x = torch.tensor([[5.0, 0.0, 7.0]], device=device)
    with unchanged(x):
        kata.rank(x)


@given(x=tensors("...", dtypes=EVERY_DTYPE), axis=st.integers(-4, 4))
def test_axis_length_is_the_length_of_that_axis(kata, device, x, axis):
    """From -rank to rank - 1 an axis has a length; any other one raises IndexError."""
    shape = array(x).shape
    if -len(shape) <= axis < len(shape):
        assert_value(kata.axis_length(x, axis), shape[axis])
    else:
        assert_raises(IndexError, kata.axis_length, x, axis)


def test_axis_length_counts_from_either_end(kata, device):
    """Axis 0 is the first one and -1 the last; -rank is the first one again."""
    x = torch.zeros(2, 3, 5, 7, device=device)
    for axis, length in zip((1, 0, 2, 3, -1, -2, -3, -4), (3, 2, 5, 7, 7, 5, 3, 2), strict=True):
        assert_value(kata.axis_length(x, axis), length)


def test_axis_length_refuses_an_axis_that_is_not_there(kata, device):
    """A matrix has the axes 0 and 1, or -2 and -1; any other one raises IndexError."""
    x = torch.zeros(5, 7, device=device)
    assert_value(kata.axis_length(x, 1), 7)
    for axis in (4, 2, 3, -3, -4):
        assert_raises(IndexError, kata.axis_length, x, axis)


def test_axis_length_refuses_every_axis_of_a_single_number(kata, device):
    """A single number has no axes, not even axis 0 or -1."""
    for axis in (1, -2, 0, -1):
        assert_raises(IndexError, kata.axis_length, torch.tensor(7.0, device=device), axis)


def test_axis_length_may_be_zero(kata, device):
    """An axis without positions has length 0, and leaves the other axes their length."""
    x = torch.zeros(0, 3, device=device)
    assert_value(kata.axis_length(x, 0), 0)
    assert_value(kata.axis_length(x, 1), 3)


def test_axis_length_has_nothing_to_do_with_the_dtype(kata, device):
    """An axis may be longer than the largest number that the tensor can hold."""
    x = torch.zeros(257, 300, dtype=torch.uint8, device=device)
    assert_value(kata.axis_length(x, 0), 257)
    assert_value(kata.axis_length(x, -1), 300)


@pytest.mark.parametrize("axis", [0, 1, 2, -1])
def test_axis_length_leaves_its_argument_alone(kata, device, axis):
    """The tensor passed in is as it was."""
    x = torch.tensor([[[5.0, 0.0, 7.0]], [[1.0, 2.0, 3.0]]], device=device)
    with unchanged(x):
        kata.axis_length(x, axis)


@given(x=tensors("...", dtypes=EVERY_DTYPE))
def test_count_elements_is_the_product_of_the_lengths(kata, device, x):
    """As many elements as the lengths of the axes multiply to."""
    assert_value(kata.count_elements(x), int(array(x).size))


def test_count_elements_of_a_single_number_is_one(kata, device):
    """A tensor without axes holds one number, and so does a matrix of one row and one column."""
    assert_value(kata.count_elements(torch.tensor([[2.0]], device=device)), 1)
    assert_value(kata.count_elements(torch.tensor(5.0, device=device)), 1)


def test_count_elements_is_zero_where_an_axis_is_empty(kata, device):
    """One axis of length 0 leaves no room for any element, wherever it stands."""
    for shape in ((0,), (0, 3), (3, 0), (2, 0, 5)):
        assert_value(kata.count_elements(torch.zeros(shape, device=device)), 0)


def test_count_elements_takes_every_axis_into_account(kata, device):
    """All lengths are multiplied, in a tensor of rank 5 as well."""
    assert_value(kata.count_elements(torch.zeros(2, 3, 5, device=device)), 30)
    assert_value(kata.count_elements(torch.zeros(3, 2, 1, 2, 5, device=device)), 60)


def test_count_elements_counts_zeros_and_repeats(kata, device):
    """An element is an element, whatever its value."""
    assert_value(kata.count_elements(torch.tensor([[0, 4, 4], [4, 0, 0]], device=device)), 6)
    not_a_number = torch.tensor([math.nan, 0.0, -math.inf, math.nan], device=device)
    assert_value(kata.count_elements(not_a_number), 4)
    assert_value(kata.count_elements(torch.tensor(0.0, device=device)), 1)


def test_count_elements_looks_at_the_shape_and_not_at_the_memory(kata, device):
    """Three numbers expanded to four rows are twelve elements; a slice has its own count."""
    expanded = torch.ones(1, 3, device=device).expand(4, 3)
    assert_value(kata.count_elements(expanded), 12)
    assert_value(kata.count_elements(torch.ones(6, 5, device=device)[::2, :3]), 9)


def test_count_elements_has_nothing_to_do_with_the_dtype(kata, device):
    """The count may be larger than any number that the tensor can hold."""
    for kind in (torch.uint8, torch.bool):
        x = torch.zeros(257, 300, dtype=kind, device=device)
        assert_value(kata.count_elements(x), 77100)


def test_count_elements_leaves_its_argument_alone(kata, device):
    """The tensor passed in is as it was."""
    x = torch.tensor([[[5.0, 0.0, 7.0]], [[1.0, 2.0, 3.0]]], device=device)
    with unchanged(x):
        kata.count_elements(x)


@given(nested=NESTED)
def test_shape_of_tells_the_shape_or_that_there_is_none(kata, nested):
    """Lists whose items agree in shape have one; where they do not, ValueError is raised."""
    expected = level_by_level(nested)
    if expected is None:
        assert_raises(ValueError, kata.shape_of, nested)
    else:
        assert_value(kata.shape_of(nested), expected)


@given(lengths=st.lists(st.integers(1, 3), max_size=4))
def test_shape_of_goes_to_any_depth(kata, lengths):
    """From the outermost list inwards, one length for each depth."""
    assert_value(kata.shape_of(np.zeros(lengths).tolist()), tuple(lengths))


@pytest.mark.parametrize("number", [0, 7, -2.5, 0.0, True, False])
def test_shape_of_a_number_is_empty(kata, number):
    """A number, be it 0 or False, has no axes: its shape is ()."""
    assert_value(kata.shape_of(number), ())


def test_shape_of_does_not_care_which_numbers_they_are(kata):
    """int, float and bool stand side by side, 0 and False count, and any number may repeat."""
    assert_value(kata.shape_of([1, 2.5, True]), (3,))
    assert_value(kata.shape_of([0, False]), (2,))
    assert_value(kata.shape_of([[0.0], [7], [True]]), (3, 1))
    assert_value(kata.shape_of([[[4, 4, 4], [4, 4, 4]]]), (1, 2, 3))


def test_shape_of_lists_that_are_one_and_the_same(kata):
    """A list that stands in several places counts in each of them."""
    row = [1, 2, 3]
    assert_value(kata.shape_of([row, row]), (2, 3))
    assert_value(kata.shape_of([[row, row], [row, row]]), (2, 2, 3))


def test_shape_of_goes_ten_lists_deep(kata):
    """Each pair of brackets is an axis, be there ten of them."""
    nested = [[[[[[[[[[5, 7]]]]]]]]], [[[[[[[[[0, 1]]]]]]]]]]
    assert_value(kata.shape_of(nested), (2, 1, 1, 1, 1, 1, 1, 1, 1, 2))


def test_shape_of_an_empty_list_has_length_zero(kata):
    """[] is an axis without positions, and so is the last axis in a list of empty lists."""
    assert_value(kata.shape_of([]), (0,))
    assert_value(kata.shape_of([[], []]), (2, 0))
    assert_value(kata.shape_of([[[], [], []]]), (1, 3, 0))


def test_shape_of_refuses_lists_of_unequal_length(kata):
    """At any depth, lists side by side are equally long, or it is ValueError."""
    for ragged in (
        [[1], [2, 3]],
        [[1, 2], []],
        [[], [1]],
        [[1, 2], [3, 4], [5]],
        [[1, 2], [3], [4, 5]],
        [[[1, 2], [3, 4]], [[5, 6], [7]]],
        [[[1]], [[]]],
        [[[1, 2]], [[1], [2]]],
        [[[1, 2, 3], [4, 5, 6]], [[1, 2], [3, 4], [5, 6]]],
        [[[1, 2], [3, 4]], [[5, 6, 7], [8, 9, 0]]],
        [[[[[1]], [[2]]]], [[[[3]], [[4, 5]]]]],
    ):
        assert_raises(ValueError, kata.shape_of, ragged)


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


def test_shape_of_refuses_unequal_depth_without_any_number(kata):
    """[] and [[]] differ in shape, (0,) against (1, 0), though neither holds a number."""
    for ragged in ([[], [[]]], [[[]], []], [[[], []], [[], [[]]]]):
        assert_raises(ValueError, kata.shape_of, ragged)


def test_shape_of_makes_no_tensor(kata):
    """The lists are looked at as they are; nothing is handed to torch."""
    for nested in ([[1, 2, 3], [4, 5, 6]], [[], []], 7):
        operations = effort(lambda nested=nested: kata.shape_of(nested)).operations
        assert_that(operations == 0, "a tensor is made; look at the lists themselves")


def test_shape_of_leaves_its_argument_alone(kata):
    """The list passed in, and those within it, are as they were."""
    nested = [[[3, 1, 2], [0, 6, 5]]]
    with unchanged(nested):
        kata.shape_of(nested)


def test_shape_of_leaves_a_ragged_list_alone(kata):
    """A list that is refused is as it was, too."""
    ragged = [[3, 1, 2], [0, 6], [5]]
    with unchanged(ragged):
        assert_raises(ValueError, kata.shape_of, ragged)


@given(shape=st.tuples(LENGTHS, LENGTHS, LENGTHS, LENGTHS))
def test_image_batch_is_zeros_in_the_order_batch_channels_height_width(kata, device, shape):
    """float32 zeros of shape (batch, channels, height, width), on the device asked for."""
    with fresh_memory_full_of_nan():
        result = kata.image_batch(*shape, device)
    assert_tensor(result, np.zeros(shape), dtype=torch.float32, device=device)


def test_image_batch_puts_channels_second_and_height_before_width(kata, device):
    """Two RGB images, 5 pixels high and 7 wide, have shape (2, 3, 5, 7)."""
    with fresh_memory_full_of_nan():
        result = kata.image_batch(2, 3, 5, 7, device)
    assert_tensor(result, np.zeros((2, 3, 5, 7)), dtype=torch.float32, device=device)


def test_image_batch_keeps_axes_of_length_one(kata, device):
    """One grey image of one pixel still has four axes."""
    with fresh_memory_full_of_nan():
        result = kata.image_batch(1, 1, 1, 1, device)
    assert_tensor(result, [[[[0.0]]]], dtype=torch.float32, device=device)


@pytest.mark.parametrize("shape", ONE_LENGTH_ZERO)
def test_image_batch_keeps_axes_of_length_zero(kata, device, shape):
    """Where one length is 0 there is no pixel, and the other axes keep their lengths."""
    result = kata.image_batch(*shape, device)
    assert_tensor(result, np.zeros(shape), dtype=torch.float32, device=device)


def test_image_batch_is_black_whatever_lay_in_memory_before(kata, device):
    """The pixels are zeros, and not what happens to lie in fresh memory."""
    with fresh_memory_full_of_nan():
        result = kata.image_batch(2, 1, 3, 5, device)
    assert_tensor(result, np.zeros((2, 1, 3, 5)), dtype=torch.float32, device=device)


def test_image_batch_makes_new_images_with_each_call(kata, device):
    """Whoever paints a batch finds the next one black all the same."""
    with fresh_memory_full_of_nan():
        painted = kata.image_batch(2, 1, 3, 5, device)
    assert_tensor(painted, np.zeros((2, 1, 3, 5)), dtype=torch.float32, device=device)
    painted.detach()[0, 0, 0, 0] = 1.0
    try:
        result = kata.image_batch(2, 1, 3, 5, device)
        assert_tensor(result, np.zeros((2, 1, 3, 5)), dtype=torch.float32, device=device)
    finally:
        painted.detach()[0, 0, 0, 0] = 0.0


@given(images=tensors("batch channels height width", dtypes=NUMERIC, values=COUNTING, max_side=3))
def test_channels_last_moves_the_channels_behind_the_width(kata, device, images):
    """Entry [b, y, x, c] of the result is entry [b, c, y, x] of the images."""
    expected = np.moveaxis(array(images), 1, 3)
    assert_tensor(kata.channels_last(images), expected, like=images)


def test_channels_last_keeps_height_before_width(kata, device):
    """(2, 3, 5, 7) becomes (2, 5, 7, 3), each pixel with the values of its own channels."""
    images = torch.arange(210.0, device=device).reshape(2, 3, 5, 7)
    expected = np.moveaxis(array(images), 1, 3)
    assert_tensor(kata.channels_last(images), expected, like=images)


def test_channels_last_moves_axes_of_equal_length_too(kata, device):
    """Where channels, height and width are equally long, the elements still move."""
    images = torch.tensor([[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]], device=device)
    expected = [[[[1, 5], [2, 6]], [[3, 7], [4, 8]]]]
    assert_tensor(kata.channels_last(images), expected, like=images)


@pytest.mark.parametrize("shape", ONE_LENGTH_ZERO)
def test_channels_last_moves_axes_of_length_zero_too(kata, device, shape):
    """Where one length is 0 no element moves, but the axes do."""
    images = torch.zeros(shape, device=device)
    expected = np.moveaxis(np.zeros(shape), 1, 3)
    assert_tensor(kata.channels_last(images), expected, like=images)


def test_channels_last_keeps_every_dtype(kata, device):
    """The result has the dtype of the images, and the very same values."""
    for images in every_dtype((1, 2, 1, 3), device):
        expected = np.moveaxis(array(images), 1, 3)
        assert_tensor(kata.channels_last(images), expected, like=images)


@given(
    images=tensors(
        "batch channels height width", dtypes=EVERY_DTYPE, min_side=1, max_side=3, sides=TWO_WIDE
    )
)
def test_channels_last_shares_the_memory_of_the_images(kata, device, images):
    """The result is a view: what is written into the images shows in it."""
    result = kata.channels_last(images)
    assert_that(isinstance(result, torch.Tensor), "the result should be a torch.Tensor")
    assert_shares_memory(result, images)


def test_channels_last_never_needs_a_copy(kata, device):
    """Grey images, RGB images, and such as lie in memory in another order: all make views."""
    grey = torch.arange(6.0, device=device).reshape(1, 1, 2, 3)
    rgb = torch.arange(18.0, device=device).reshape(1, 3, 2, 3)
    on_their_side = torch.arange(18.0, device=device).reshape(1, 3, 3, 2).transpose(2, 3)
    for images in (grey, rgb, on_their_side):
        result = kata.channels_last(images)
        assert_tensor(result, np.moveaxis(array(images), 1, 3), like=images)
        assert_shares_memory(result, images)


def test_channels_last_leaves_its_argument_alone(kata, device):
    """The images passed in are as they were, shape and strides included."""
    images = torch.arange(210.0, device=device).reshape(2, 3, 5, 7)
    with unchanged(images):
        kata.channels_last(images)


@given(image=tensors("channels height width", dtypes=NUMERIC, values=COUNTING))
def test_add_batch_axis_puts_an_axis_of_length_one_first(kata, device, image):
    """(channels, height, width) becomes (1, channels, height, width), elements in their places."""
    expected = array(image)[np.newaxis]
    assert_tensor(kata.add_batch_axis(image), expected, like=image)


def test_add_batch_axis_keeps_the_axes_of_the_image(kata, device):
    """A grey image of one row keeps both its axes of length 1: (1, 1, 5) becomes (1, 1, 1, 5)."""
    image = torch.tensor([[[1, 2, 3, 4, 5]]], device=device)
    assert_tensor(kata.add_batch_axis(image), [[[[1, 2, 3, 4, 5]]]], like=image)


@pytest.mark.parametrize("shape", [(0, 5, 7), (3, 0, 7), (3, 5, 0)])
def test_add_batch_axis_keeps_axes_of_length_zero(kata, device, shape):
    """The batch holds one image, even if that image holds no pixel."""
    image = torch.zeros(shape, device=device)
    assert_tensor(kata.add_batch_axis(image), np.zeros((1, *shape)), like=image)


def test_add_batch_axis_keeps_every_dtype(kata, device):
    """The result has the dtype of the image, and the very same values."""
    for image in every_dtype((2, 1, 3), device):
        expected = array(image)[np.newaxis]
        assert_tensor(kata.add_batch_axis(image), expected, like=image)


def test_add_batch_axis_leaves_its_argument_alone(kata, device):
    """The image passed in is as it was: it has three axes still."""
    image = torch.arange(105.0, device=device).reshape(3, 5, 7)
    with unchanged(image):
        kata.add_batch_axis(image)


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
