"""Other right answers that the spec of k05_flatten must accept."""

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


def flat_position__strides(index, shape):
    """Weighs each int with the number of elements behind its axis."""
    if len(index) != len(shape):
        raise IndexError("as many ints as axes are needed")
    if any(i not in range(length) for i, length in zip(index, shape, strict=True)):
        raise IndexError(f"{index} is no index of {shape}")
    return sum(i * math.prod(shape[axis + 1 :]) for axis, i in enumerate(index))


def flat_position__recursive(index, shape):
    """Takes the last axis off and calls itself."""
    if len(index) != len(shape):
        raise IndexError("as many ints as axes are needed")
    if not shape:
        return 0
    if index[-1] < 0 or index[-1] >= shape[-1]:
        raise IndexError(f"{index[-1]} in an axis of length {shape[-1]}")
    return flat_position__recursive(index[:-1], shape[:-1]) * shape[-1] + index[-1]


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


def index_from_position__strides(position, shape):
    """Divides by the number of elements behind each axis."""
    if position < 0 or position >= math.prod(shape):
        raise IndexError(f"{position} is no position in {shape}")
    behind = [math.prod(shape[axis + 1 :]) for axis in range(len(shape))]
    return tuple(position // step % n for step, n in zip(behind, shape, strict=True))


def index_from_position__recursive(position, shape):
    """Splits the last axis off and calls itself."""
    if not shape:
        if position:
            raise IndexError("past the end")
        return ()
    if shape[-1] == 0:
        raise IndexError("no elements")
    rest, last = divmod(position, shape[-1])
    return (*index_from_position__recursive(rest, shape[:-1]), last)


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
