"""Other right answers that the spec of k05_flatten must accept."""

import bisect
import itertools
import math
from functools import reduce

import numpy as np
import torch


def flatten_all__reshape(x):
    """Lets -1 stand for the one length there is, which can always be worked out."""
    return x.reshape(-1)


def flatten_all__ravel(x):
    """Ravels, which copies only where it has to."""
    return torch.ravel(x)


def flatten_all__contiguous_view(x):
    """Puts memory in order, and views it."""
    return x.contiguous().view(x.numel())


def flatten_all__masked(x):
    """Picks all elements by a mask, which lists them in order."""
    return torch.masked_select(x, torch.ones_like(x, dtype=torch.bool))


def flatten_all__copied(x):
    """Copies into a vector that is viewed in the shape of x."""
    result = torch.empty(x.numel(), dtype=x.dtype, device=x.device)
    result.view(x.shape).copy_(x)
    return result


def flatten_all__element_by_element(x):
    """Picks each element by its index, and stacks them."""
    elements = [x[index] for index in itertools.product(*map(range, x.shape))]
    return torch.stack(elements) if elements else x.new_empty(0)


def flatten_images__module(images):
    """Uses the layer that does it in a network."""
    return torch.nn.Flatten()(images)


def flatten_images__multiplied(images):
    """Multiplies the lengths."""
    batch, channels, height, width = images.shape
    return images.reshape(batch, channels * height * width)


def flatten_images__step_by_step(images):
    """Merges the last two axes, twice."""
    return images.flatten(2).flatten(1)


def flatten_images__filled(images):
    """Writes each image into its row."""
    result = images.new_empty(images.shape[0], math.prod(images.shape[1:]))
    for b in range(len(images)):
        result[b] = images[b].reshape(-1)
    return result


def flatten_images__picked(images):
    """Works out which channel, row and column stands at each place, and picks them all at once."""
    batch, channels, height, width = images.shape
    if channels * height * width == 0:
        return images.new_empty(batch, 0)
    place = torch.arange(channels * height * width, device=images.device)
    b = torch.arange(batch, device=images.device).unsqueeze(1)
    return images[b, place // (height * width), place // width % height, place % width]


def flatten_images__lines_side_by_side(images):
    """Puts the lines of all channels next to each other."""
    channels, height = images.shape[1:3]
    lines = [images[:, c, h] for c in range(channels) for h in range(height)]
    return torch.cat([images.new_empty(images.shape[0], 0), *lines], dim=1)


def flatten_between__reshape(x, start_axis, end_axis):
    """Builds the shape and multiplies the lengths."""
    rank = x.ndim
    start = start_axis + rank if start_axis < 0 else start_axis
    end = end_axis + rank if end_axis < 0 else end_axis
    if end < start:
        raise ValueError(f"start {start_axis} comes after end {end_axis}")
    return x.reshape(*x.shape[:start], x.shape[start : end + 1].numel(), *x.shape[end + 1 :])


def flatten_between__translated_error(x, start_axis, end_axis):
    """Lets flatten compare the axes, and translates its error."""
    try:
        return torch.flatten(x, start_axis, end_axis)
    except RuntimeError as error:
        raise ValueError(str(error)) from None


def flatten_between__two_by_two(x, start_axis, end_axis):
    """Merges neighbouring axes until none is left to merge."""
    axes = list(range(x.dim()))
    start, end = axes[start_axis], axes[end_axis]
    if start > end:
        raise ValueError("the start is behind the end")
    result = x
    for _ in range(start, end):
        result = result.flatten(start, start + 1)
    return result


def flatten_between__joined(x, start_axis, end_axis):
    """Takes the slices along an axis apart and joins them along the next one."""
    start, end = start_axis % x.dim(), end_axis % x.dim()
    if end < start:
        raise ValueError(f"{start_axis} is behind {end_axis}")
    for _ in range(end - start):
        if x.shape[start] * x.shape[start + 1]:
            x = torch.cat(x.unbind(start), dim=start)
        else:
            x = x.new_empty(*x.shape[:start], 0, *x.shape[start + 2 :])
    return x


def flatten_between__from_the_end(x, start_axis, end_axis):
    """Counts both axes from the end."""
    start = start_axis - x.dim() if start_axis >= 0 else start_axis
    end = end_axis - x.dim() if end_axis >= 0 else end_axis
    if start > end:
        raise ValueError(f"{start_axis} is behind {end_axis}")
    shape = list(x.shape)
    for axis in range(start, end):
        shape[axis + 1] *= shape[axis]
    return x.reshape(shape[:start] + shape[end:])


def flatten_between__left_to_flatten(x, start_axis, end_axis):
    """Leaves the check to flatten, whose own error says it."""
    return x.flatten(start_axis, end_axis)


def unflatten_last__unflatten(x, sizes):
    """Uses the ready-made method once the product is checked."""
    if math.prod(sizes) != x.size(-1):
        raise ValueError("the sizes do not make the last axis")
    return torch.unflatten(x, -1, sizes)


def unflatten_last__translated_error(x, sizes):
    """Lets unflatten compare the product, and translates its error."""
    try:
        return x.unflatten(-1, sizes)
    except RuntimeError as error:
        raise ValueError(str(error)) from None


def unflatten_last__view(x, sizes):
    """Splitting an axis is a view of any tensor."""
    if reduce(lambda a, b: a * b, sizes) != x.shape[-1]:
        raise ValueError("the sizes do not make the last axis")
    return x.view(x.shape[:-1] + tuple(sizes))


def unflatten_last__cut_and_stacked(x, sizes):
    """Cuts the last axis into equal parts and stacks them, then cuts the parts."""
    if np.prod(sizes) != x.shape[-1]:
        raise ValueError("the sizes do not make the last axis")
    result = x
    for size in sizes[:-1]:
        result = torch.stack(result.chunk(size, dim=-1), dim=result.dim() - 1)
    return result


def unflatten_last__unfolded(x, sizes):
    """Lays windows side by side over the last axis, once for each size."""
    rest = math.prod(sizes)
    if rest != x.shape[-1]:
        raise ValueError("the sizes do not make the last axis")
    for size in sizes[:-1]:
        rest //= size
        x = x.unfold(-1, rest, rest)
    return x


def unflatten_last__strided(x, sizes):
    """Works out the strides, whatever the last axis's own is."""
    if math.prod(sizes) != x.shape[-1]:
        raise ValueError("the sizes do not make the last axis")
    strides = [x.stride(-1) * math.prod(sizes[axis + 1 :]) for axis in range(len(sizes))]
    return x.as_strided((*x.shape[:-1], *sizes), (*x.stride()[:-1], *strides))


def unflatten_last__left_to_unflatten(x, sizes):
    """Leaves the check to unflatten, whose own error says it."""
    return x.unflatten(-1, sizes)


def unflatten_last__left_to_reshape(x, sizes):
    """Leaves the check to reshape, which compares the numbers of all elements."""
    return x.reshape(*x.shape[:-1], *sizes)


def flat_position__strides(index, shape):
    """Weighs each int with the number of elements behind its axis."""
    if len(index) != len(shape):
        raise IndexError("as many ints as axes are needed")
    if any(i not in range(length) for i, length in zip(index, shape, strict=True)):
        raise IndexError(f"{index} is no index of {shape}")
    return sum(i * math.prod(shape[axis + 1 :]) for axis, i in enumerate(index))


def flat_position__recursive(index, shape):
    """Takes the last axis off, again and again."""

    def before(index, shape):
        if not shape:
            return 0
        if index[-1] < 0 or index[-1] >= shape[-1]:
            raise IndexError(f"{index[-1]} in an axis of length {shape[-1]}")
        return before(index[:-1], shape[:-1]) * shape[-1] + index[-1]

    if len(index) != len(shape):
        raise IndexError("as many ints as axes are needed")
    return before(index, shape)


def flat_position__numpy(index, shape):
    """Asks NumPy, and translates its number and its error."""
    if len(index) != len(shape):
        raise IndexError("as many ints as axes are needed")
    if not shape:
        return 0
    try:
        return int(np.ravel_multi_index(index, shape))
    except ValueError as error:
        raise IndexError(str(error)) from None


def flat_position__from_behind(index, shape):
    """Walks from the last axis, with a step that grows."""
    if len(index) != len(shape):
        raise IndexError("as many ints as axes are needed")
    position, step = 0, 1
    for i, length in zip(reversed(index), reversed(shape), strict=True):
        if i < 0:
            raise IndexError("negative")
        if i >= length:
            raise IndexError("too large")
        position += step * i
        step *= length
    return position


def flat_position__narrowed(index, shape):
    """Narrows the range of positions, axis by axis."""
    if len(index) != len(shape) or any(not 0 <= i < n for i, n in zip(index, shape, strict=True)):
        raise IndexError(f"{index} is no index of {shape}")
    positions = range(math.prod(shape))
    for i, length in zip(index, shape, strict=True):
        count = len(positions) // length
        positions = positions[i * count : (i + 1) * count]
    return positions[0]


def flat_position__floats(index, shape):
    """Calculates with floats, which are exact for positions that memory has room for."""
    if len(index) != len(shape) or any(not 0 <= i < n for i, n in zip(index, shape, strict=True)):
        raise IndexError("out of range")
    position, step = 0.0, float(math.prod(shape))
    for i, length in zip(index, shape, strict=True):
        step /= length
        position += i * step
    return int(position)


def index_from_position__strides(position, shape):
    """Divides by the number of elements behind each axis."""
    if position < 0 or position >= math.prod(shape):
        raise IndexError(f"{position} is no position in {shape}")
    behind = [math.prod(shape[axis + 1 :]) for axis in range(len(shape))]
    return tuple(position // step % n for step, n in zip(behind, shape, strict=True))


def index_from_position__recursive(position, shape):
    """Splits the last axis off, again and again."""

    def split(position, shape):
        if not shape:
            if position:
                raise IndexError("past the end")
            return ()
        if shape[-1] == 0:
            raise IndexError("no elements")
        rest, last = divmod(position, shape[-1])
        return (*split(rest, shape[:-1]), last)

    return split(position, shape)


def index_from_position__numpy(position, shape):
    """Asks NumPy, and translates its numbers and its error."""
    if not 0 <= position < math.prod(shape):
        raise IndexError(f"{position} is no position in {shape}")
    return tuple(int(i) for i in np.unravel_index(position, shape))


def index_from_position__from_the_front(position, shape):
    """Takes whole planes off, then whole rows."""
    behind = math.prod(shape)
    if not 0 <= position < behind:
        raise IndexError("out of range")
    index = ()
    for length in shape:
        behind //= length
        index += (position // behind,)
        position -= position // behind * behind
    return index


def index_from_position__left_over(position, shape):
    """Divides without counting first; nothing may be left over."""
    if position < 0 or 0 in shape:
        raise IndexError("out of range")
    index = [0] * len(shape)
    for axis in reversed(range(len(shape))):
        position, index[axis] = divmod(position, shape[axis])
    if position:
        raise IndexError("out of range")
    return tuple(index)


def index_from_position__bisected(position, shape):
    """Finds each int by bisection: the last block that begins no later than the position."""
    if position not in range(math.prod(shape)):
        raise IndexError("out of range")
    index = []
    for axis, length in enumerate(shape):
        block = math.prod(shape[axis + 1 :])
        i = bisect.bisect_right(range(length), position, key=lambda i, block=block: i * block) - 1
        index.append(i)
        position -= i * block
    return tuple(index)


def index_from_position__list(position, shape):
    """Gives the ints back in a list."""
    if not 0 <= position < math.prod(shape):
        raise IndexError("out of range")
    index = []
    for length in reversed(shape):
        position, i = divmod(position, length)
        index.insert(0, i)
    return index
