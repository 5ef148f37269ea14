"""Mistakes that the spec of k05_flatten must reject, each with the words that name it."""

import math

import numpy as np
import torch

ABOUT_DEVICES = (
    "flatten_all__through_numpy",
    "flatten_between__through_numpy",
)


def flatten_all__view(x):
    """You used view, which refuses many a non-contiguous tensor. Here a copy is welcome."""
    return x.view(-1)


def flatten_all__keeps_the_first_axis(x):
    """You kept the first axis. All axes become one."""
    return x.flatten(start_dim=1)


def flatten_all__number_unchanged(x):
    """You returned a 0-D tensor as it was. It becomes a vector of one element."""
    return x.flatten() if x.dim() > 0 else x


def flatten_all__column_major(x):
    """You listed column after column. Row-major order takes row after row."""
    return x.permute(*reversed(range(x.dim()))).flatten()


def flatten_all__one_row(x):
    """You made a matrix of one row. The result has one axis."""
    return x.reshape(1, x.numel())


def flatten_all__squeezed(x):
    """You dropped axes of length 1, as squeeze does, and left the others. Merge all axes into
    one."""
    return x.squeeze()


def flatten_all__one_level(x):
    """You merged the first two axes only. All axes become one, however many there are."""
    return x.flatten(0, 1) if x.dim() > 1 else x.reshape(x.numel())


def flatten_all__joined_rows(x):
    """You joined the rows. Rows of rows stay nested, and without rows there is nothing to join."""
    return torch.cat(list(x)) if x.dim() > 1 else x.reshape(x.numel())


def flatten_all__float(x):
    """You made everything float32, as torch.Tensor does. Keep the dtype: flatten the tensor you
    have."""
    return torch.Tensor(x.reshape(x.numel()).tolist()).to(x.device)


def flatten_all__resized(x):
    """You resized the tensor that was passed in. Return a new one."""
    return x.resize_(x.numel())


def flatten_all__through_numpy(x):
    """You went through NumPy, which only knows the CPU. Stay in torch."""
    return torch.from_numpy(x.numpy().flatten())


def flatten_images__view_guessing(images):
    """You used view, which refuses images whose axes were moved, and -1, which can't be worked out
    in an empty batch. reshape may copy; multiply the three lengths."""
    return images.view(images.shape[0], -1)


def flatten_images__guesses_the_features(images):
    """You let -1 stand for the features. In an empty batch it can't be worked out: multiply."""
    return images.reshape(len(images), -1)


def flatten_images__flattens_the_batch(images):
    """You flattened the batch as well. Each image keeps a row of its own."""
    return images.flatten()


def flatten_images__view(images):
    """You used view, which refuses images whose axes were moved. Here a copy is welcome."""
    return images.view(images.shape[0], math.prod(images.shape[1:]))


def flatten_images__guesses_the_batch(images):
    """You let -1 stand for the batch. For images without pixels it can't be worked out."""
    return images.reshape(-1, math.prod(images.shape[1:]))


def flatten_images__keeps_the_channels(images):
    """You kept the channels. They are features too: merge channels, height and width."""
    return images.flatten(2)


def flatten_images__batch_with_channels(images):
    """You merged the batch with the channels. The batch axis stays by itself."""
    return images.flatten(0, 1).flatten(1)


def flatten_images__channels_last(images):
    """You listed pixel by pixel. A row lists its image channel by channel."""
    return images.permute(0, 2, 3, 1).flatten(1)


def flatten_images__transposed(images):
    """You made each image a column. Each image is a row: (batch, features)."""
    return images.flatten(1).T


def flatten_images__squeezed(images):
    """You dropped the batch axis of a single image, as squeeze does. It stays, with length 1."""
    return images.flatten(1).squeeze(0)


def flatten_images__stacked(images):
    """You stacked the images one by one. An empty batch leaves nothing to stack."""
    return torch.stack([image.flatten() for image in images])


def flatten_between__reshape_as_given(x, start_axis, end_axis):
    """You sliced the shape with the axes as they were given: -1 + 1 is 0, the first one. Count them
    from the front first."""
    return x.reshape(*x.shape[:start_axis], -1, *x.shape[end_axis + 1 :])


def flatten_between__compares_before_counting(x, start_axis, end_axis):
    """You compared the axes as given: -1 is under 1, yet it may lie behind it. Count from the
    front first."""
    if start_axis > end_axis:
        raise ValueError("start behind end")
    return x.flatten(start_axis, end_axis)


def flatten_between__guesses_the_length(x, start_axis, end_axis):
    """You let -1 stand for the merged axis. Next to an axis of length 0 it can't be worked out."""
    start, end = start_axis % x.dim(), end_axis % x.dim()
    if start > end:
        raise ValueError("start behind end")
    return x.reshape(*x.shape[:start], -1, *x.shape[end + 1 :])


def flatten_between__end_excluded(x, start_axis, end_axis):
    """You left the end out, as a slice does. Here both ends are merged."""
    start, end = start_axis % x.dim(), end_axis % x.dim()
    if start > end:
        raise ValueError("start behind end")
    return x.flatten(start, end - 1) if end > start else x


def flatten_between__start_excluded(x, start_axis, end_axis):
    """You left the start out. Both ends are merged."""
    start, end = start_axis % x.dim(), end_axis % x.dim()
    if start > end:
        raise ValueError("start behind end")
    return x.flatten(start + 1, end) if end > start else x


def flatten_between__swapped(x, start_axis, end_axis):
    """You put the axes in order. A start behind the end raises ValueError."""
    start, end = sorted((start_axis % x.dim(), end_axis % x.dim()))
    return x.flatten(start, end)


def flatten_between__equal_refused(x, start_axis, end_axis):
    """You refused an axis and itself. Nothing is merged then, and the shape stays."""
    start, end = start_axis % x.dim(), end_axis % x.dim()
    if start >= end:
        raise ValueError("start behind end")
    return x.flatten(start, end)


def flatten_between__slices_behind_a_negative_end(x, start_axis, end_axis):
    """You sliced the shape from end_axis + 1 on: behind -1 that is all of it, from axis 0 on."""
    if start_axis % x.dim() > end_axis % x.dim():
        raise ValueError("start behind end")
    merged = math.prod(x.shape[start_axis % x.dim() : end_axis % x.dim() + 1])
    return x.reshape(*x.shape[: start_axis % x.dim()], merged, *x.shape[end_axis + 1 :])


def flatten_between__to_the_end(x, start_axis, end_axis):
    """You merged everything behind start_axis. The axes behind end_axis stay."""
    if start_axis % x.dim() > end_axis % x.dim():
        raise ValueError("start behind end")
    return x.flatten(start_axis)


def flatten_between__view(x, start_axis, end_axis):
    """You used view, which refuses many a non-contiguous tensor. Here a copy is welcome."""
    start, end = start_axis % x.dim(), end_axis % x.dim()
    if start > end:
        raise ValueError("start behind end")
    merged = math.prod(x.shape[start : end + 1])
    return x.view(*x.shape[:start], merged, *x.shape[end + 1 :])


def flatten_between__sum_of_lengths(x, start_axis, end_axis):
    """You added the lengths. Merged axes are as long as their product."""
    start, end = start_axis % x.dim(), end_axis % x.dim()
    if start > end:
        raise ValueError("start behind end")
    return x.reshape(*x.shape[:start], sum(x.shape[start : end + 1]), *x.shape[end + 1 :])


def flatten_between__through_numpy(x, start_axis, end_axis):
    """You went through NumPy, which only knows the CPU. Stay in torch."""
    start, end = start_axis % x.dim(), end_axis % x.dim()
    if start > end:
        raise ValueError("start behind end")
    merged = math.prod(x.shape[start : end + 1])
    array = x.numpy().reshape(*x.shape[:start], merged, *x.shape[end + 1 :])
    return torch.from_numpy(array.copy())


def unflatten_last__first_axis_kept(x, sizes):
    """You kept the first axis only. All but the last one stay, however many they are."""
    return x.reshape(x.shape[0], *sizes)


def unflatten_last__other_axes_lost(x, sizes):
    """You reshaped to the sizes alone. They replace the last axis, and the other axes stay."""
    if math.prod(sizes) != x.shape[-1]:
        raise ValueError("sizes do not fit")
    return x.reshape(sizes)


def unflatten_last__other_axes_merged(x, sizes):
    """You let -1 stand for all other axes, which merges them. They stay as they are."""
    if math.prod(sizes) != x.shape[-1]:
        raise ValueError("sizes do not fit")
    return x.reshape(-1, *sizes)


def unflatten_last__first_axis(x, sizes):
    """You split the first axis. The last one is asked for."""
    if math.prod(sizes) != x.shape[0]:
        raise ValueError("sizes do not fit")
    return x.reshape(*sizes, *x.shape[1:])


def unflatten_last__sizes_in_front(x, sizes):
    """You put the new axes in front. They stand where the last axis was."""
    if math.prod(sizes) != x.shape[-1]:
        raise ValueError("sizes do not fit")
    return x.reshape(*sizes, *x.shape[:-1])


def unflatten_last__sizes_reversed(x, sizes):
    """You took the sizes from back to front. The first size belongs to the first new axis."""
    if math.prod(sizes) != x.shape[-1]:
        raise ValueError("sizes do not fit")
    return x.reshape(*x.shape[:-1], *reversed(sizes))


def unflatten_last__sum_of_sizes(x, sizes):
    """You compared the sum of the sizes. Their product is the length of the axis."""
    if sum(sizes) != x.shape[-1]:
        raise ValueError("sizes do not fit")
    return x.reshape(*x.shape[:-1], *sizes)


def unflatten_last__two_sizes_only(x, sizes):
    """You took the sizes for two. There may be one, or three."""
    first, second = sizes
    if first * second != x.shape[-1]:
        raise ValueError("sizes do not fit")
    return x.unflatten(-1, (first, second))


def unflatten_last__guesses_the_last_size(x, sizes):
    """You let -1 stand for the last size. In an empty batch it can't be worked out."""
    if math.prod(sizes) != x.shape[-1]:
        raise ValueError("sizes do not fit")
    return x.reshape(*x.shape[:-1], *sizes[:-1], -1)


def flat_position__two_axes_unchecked(index, shape):
    """You wrote it for a matrix. A shape may have any number of axes, none too, and an index that
    lies outside raises IndexError."""
    return index[0] * shape[1] + index[1]


def flat_position__nothing_checked(index, shape):
    """You refused no index. Too many ints or too few, or one out of range, raise IndexError."""
    position = 0
    for i, length in zip(index, shape):
        position = position * length + i
    return position


def flat_position__no_range(index, shape):
    """You did not look whether each int is in range. (0, 3) in (2, 3) is no element."""
    if len(index) != len(shape):
        raise IndexError("another number of indices")
    position = 0
    for i, length in zip(index, shape):
        position = position * length + i
    return position


def flat_position__two_axes_only(index, shape):
    """You wrote it for a matrix. A shape may have any number of axes, none too."""
    row, column = index
    if not 0 <= row < shape[0] or not 0 <= column < shape[1]:
        raise IndexError("out of range")
    return row * shape[1] + column


def flat_position__column_major(index, shape):
    """You made the first axis the fastest. In row-major order the last one is."""
    if len(index) != len(shape):
        raise IndexError("another number of indices")
    position, step = 0, 1
    for i, length in zip(index, shape):
        if not 0 <= i < length:
            raise IndexError("out of range")
        position += i * step
        step *= length
    return position


def flat_position__negative_allowed(index, shape):
    """You let negative ints count from the end. Here they raise IndexError."""
    if len(index) != len(shape):
        raise IndexError("another number of indices")
    position = 0
    for i, length in zip(index, shape):
        if not -length <= i < length:
            raise IndexError("out of range")
        position = position * length + i % length
    return position


def flat_position__own_length(index, shape):
    """You multiplied each int by the length of its own axis. The axes behind it count."""
    if len(index) != len(shape):
        raise IndexError("another number of indices")
    position = 0
    for i, length in zip(index, shape):
        if not 0 <= i < length:
            raise IndexError("out of range")
        position += i * length
    return position


def flat_position__range_of_the_result(index, shape):
    """You looked at the result alone. (0, 3) in (2, 3) gives 3, and yet is out of range."""
    if len(index) != len(shape):
        raise IndexError("another number of indices")
    position = 0
    for i, length in zip(index, shape):
        position = position * length + i
    if not 0 <= position < math.prod(shape):
        raise IndexError("out of range")
    return position


def flat_position__one_past_the_end(index, shape):
    """You let an int as large as its axis pass. The last index is one less."""
    if len(index) != len(shape):
        raise IndexError("another number of indices")
    position = 0
    for i, length in zip(index, shape):
        if not 0 <= i <= length:
            raise IndexError("out of range")
        position = position * length + i
    return position


def flat_position__zip_stops_early(index, shape):
    """You did not compare how many ints there are; zip stops at the shorter of the two."""
    position = 0
    for i, length in zip(index, shape):
        if not 0 <= i < length:
            raise IndexError("out of range")
        position = position * length + i
    return position


def flat_position__value_error(index, shape):
    """You raised ValueError. An index out of range is an IndexError."""
    if len(index) != len(shape):
        raise ValueError("another number of indices")
    position = 0
    for i, length in zip(index, shape):
        if not 0 <= i < length:
            raise ValueError("out of range")
        position = position * length + i
    return position


def flat_position__counted_from_one(index, shape):
    """You counted from 1. The first element is at 0."""
    if len(index) != len(shape) or any(not 0 <= i < n for i, n in zip(index, shape)):
        raise IndexError("out of range")
    position = 0
    for i, length in zip(index, shape):
        position = position * length + i
    return position + 1


def flat_position__numpy(index, shape):
    """You returned a NumPy number. Return a Python int."""
    try:
        return np.ravel_multi_index(index, shape)
    except ValueError as error:
        raise IndexError(str(error)) from None


def index_from_position__two_axes_unchecked(position, shape):
    """You wrote it for a matrix. A shape may have any number of axes, none too, and a position
    outside raises IndexError."""
    return (position // shape[1], position % shape[1])


def index_from_position__reversed_unchecked(position, shape):
    """Your index is back to front, since the last axis comes out first. And a position outside
    raises IndexError."""
    index = []
    for length in reversed(shape):
        position, i = divmod(position, length)
        index.append(i)
    return tuple(index)


def index_from_position__wraps_around(position, shape):
    """You did not look at the range: past the end, the remainders begin again. Raise IndexError."""
    index = []
    for length in reversed(shape):
        position, i = divmod(position, length)
        index.append(i)
    return tuple(reversed(index))


def index_from_position__reversed(position, shape):
    """Your index is back to front. The remainders come out last axis first: reverse them."""
    if not 0 <= position < math.prod(shape):
        raise IndexError("out of range")
    index = []
    for length in reversed(shape):
        position, i = divmod(position, length)
        index.append(i)
    return tuple(index)


def index_from_position__two_axes_only(position, shape):
    """You wrote it for a matrix. A shape may have any number of axes, none too."""
    if not 0 <= position < math.prod(shape):
        raise IndexError("out of range")
    return (position // shape[1], position % shape[1])


def index_from_position__column_major(position, shape):
    """You made the first axis the fastest. In row-major order the last one is."""
    if not 0 <= position < math.prod(shape):
        raise IndexError("out of range")
    index = []
    for length in shape:
        position, i = divmod(position, length)
        index.append(i)
    return tuple(index)


def index_from_position__negative_allowed(position, shape):
    """You let a negative position count from the end. Here it raises IndexError."""
    count = math.prod(shape)
    if not -count <= position < count:
        raise IndexError("out of range")
    position %= count
    index = []
    for length in reversed(shape):
        position, i = divmod(position, length)
        index.append(i)
    return tuple(reversed(index))


def index_from_position__one_past_the_end(position, shape):
    """You let the number of elements pass as a position. The last one is one less."""
    if not 0 <= position <= math.prod(shape):
        raise IndexError("out of range")
    index = []
    for length in reversed(shape):
        position, i = divmod(position, max(length, 1))
        index.append(i)
    return tuple(reversed(index))


def index_from_position__value_error(position, shape):
    """You raised ValueError. A position out of range is an IndexError."""
    if not 0 <= position < math.prod(shape):
        raise ValueError("out of range")
    index = []
    for length in reversed(shape):
        position, i = divmod(position, length)
        index.append(i)
    return tuple(reversed(index))


def index_from_position__empty_shape_refused(position, shape):
    """You refused shape (). It has one element, at position 0, whose index is ()."""
    if not shape or not 0 <= position < math.prod(shape):
        raise IndexError("out of range")
    index = []
    for length in reversed(shape):
        position, i = divmod(position, length)
        index.append(i)
    return tuple(reversed(index))


def index_from_position__true_division(position, shape):
    """Your index holds floats, as division with / makes them. Whole numbers are divided with //."""
    if not 0 <= position < math.prod(shape):
        raise IndexError("out of range")
    index = []
    for axis in range(len(shape)):
        behind = math.prod(shape[axis + 1 :])
        index.append(position / behind % shape[axis] // 1)
    return tuple(index)


def index_from_position__not_reduced(position, shape):
    """You divided the whole position each time. Take off what the axes before have used up."""
    if not 0 <= position < math.prod(shape):
        raise IndexError("out of range")
    return tuple(position // math.prod(shape[axis + 1 :]) for axis in range(len(shape)))


def index_from_position__numpy(position, shape):
    """You returned NumPy numbers. Return a tuple of Python ints."""
    try:
        return np.unravel_index(position, shape)
    except ValueError as error:
        raise IndexError(str(error)) from None


def index_from_position__tensors(position, shape):
    """You returned 0-D tensors. A tuple of ints is asked for, worked out in plain Python."""
    if not 0 <= position < math.prod(shape):
        raise IndexError("out of range")
    return torch.unravel_index(torch.tensor(position), shape)


def index_from_position__counted_from_one(position, shape):
    """You counted from 1. The first element, at position 0, has zeros for its index."""
    if not 0 < position <= math.prod(shape):
        raise IndexError("out of range")
    position -= 1
    index = []
    for length in reversed(shape):
        position, i = divmod(position, length)
        index.append(i)
    return tuple(reversed(index))
