"""Flattening: several axes become one.

Lecture: «Разворачивание» тензоров (Flatten).

A linear layer takes a matrix, (batch, features); images come as (batch, channels, height,
width). So somewhere in a network several axes have to become one. The new axis lists the
elements in row-major order, the last of the old axes fastest:

    axes (2, 3):    a b c    as one axis:    a b c d e f
                    d e f

Its length is the product of the lengths merged. The axes around them stay, above all the batch:
flatten everything, and the images of a batch are one long vector, in which nobody knows any more
where one image ends. Splitting an axis again is the same step backward.

Behind it is arithmetic: in the shape (2, 3) the element at (i, j) has position 3·i + j, counted
from 0, for i whole rows of 3 come before it; dividing with remainder leads back. The last two
functions do this for any shape, in plain Python.

Mind empty batches. reshape can work out one length, given as -1, from the others, but not where
one of these is 0: nothing divided by nothing may be any number. Multiply the lengths instead, or
let flatten do it. And mind transposed tensors: view refuses many of them; reshape and flatten
copy where they have to.

Rules of every kata: a result lies on the device of the arguments and keeps their floating dtype,
with all its digits. Arguments stay as they were; they may be non-contiguous, and an axis may have
length 1, or 0 where the result is still defined. Numeric dtypes are uint8, int8 to int64, float32
and float64. An error has a message. Its words, and a view or a copy, a loop or none, are yours to
choose where a docstring leaves them open.
"""

import math

import torch


def flatten_all(x: torch.Tensor) -> torch.Tensor:
    """Put all elements on a single axis, in row-major order.

    x: any shape, 0-D too, any numeric dtype or bool.
    Returns (count,), count being the number of elements, in x's dtype. A 0-D tensor makes (1,), a
    tensor without elements (0,).

    >>> flatten_all(torch.tensor([[1, 2, 3], [4, 5, 6]]))
    tensor([1, 2, 3, 4, 5, 6])
    >>> flatten_all(torch.tensor(2.5))
    tensor([2.5000])
    """
    return x.flatten()


def flatten_images(images: torch.Tensor) -> torch.Tensor:
    """Make each image of a batch one row of numbers, as a linear layer takes them.

    images: (batch, channels, height, width), any length may be 0, any numeric dtype or bool.
    Returns (batch, features), features = channels * height * width, also for batch 0, in the
    images' dtype. A row lists its image channel by channel, each channel row by row.

    >>> flatten_images(torch.tensor([[[[1, 2], [3, 4]]], [[[5, 6], [7, 8]]]]))
    tensor([[1, 2, 3, 4],
            [5, 6, 7, 8]])
    >>> flatten_images(torch.zeros(0, 3, 8, 8)).shape
    torch.Size([0, 192])
    """
    return images.flatten(start_dim=1)


def flatten_between(x: torch.Tensor, start_axis: int, end_axis: int) -> torch.Tensor:
    """Merge the axes from start_axis to end_axis, both included, and keep the others.

    x: rank 1 or more, any length may be 0, any numeric dtype or bool.
    start_axis, end_axis: axes of x, from -rank to rank - 1; negative ones count from the end.
    Returns a tensor of x's dtype with one axis where the merged ones were: its length is the
    product of theirs, its elements stand in row-major order. Where both are the same axis, the
    shape stays.
    Raises ValueError where start_axis comes after end_axis, whichever end they are counted from.

    >>> flatten_between(torch.zeros(2, 3, 5, 7), 1, 2).shape
    torch.Size([2, 15, 7])
    >>> flatten_between(torch.zeros(2, 3, 5, 7), 0, -2).shape
    torch.Size([30, 7])
    >>> flatten_between(torch.zeros(2, 3, 5, 7), -1, 1)
    Traceback (most recent call last):
    ...
    ValueError: axis -1 comes after axis 1 in rank 4
    """
    start, end = start_axis % x.dim(), end_axis % x.dim()
    if start > end:
        raise ValueError(f"axis {start_axis} comes after axis {end_axis} in rank {x.dim()}")
    return x.flatten(start, end)


def unflatten_last(x: torch.Tensor, sizes: tuple[int, ...]) -> torch.Tensor:
    """Split the last axis into several, in row-major order.

    x: rank 1 or more, any length may be 0, any numeric dtype or bool.
    sizes: one length or more, each at least 1.
    Returns a tensor whose last axis is replaced by axes of these lengths, the last of them
    fastest; the other axes stay, and so does the dtype.
    Raises ValueError where the product of sizes is not the length of x's last axis, so always
    where that length is 0.

    >>> unflatten_last(torch.arange(6), (2, 3))
    tensor([[0, 1, 2],
            [3, 4, 5]])
    >>> unflatten_last(torch.zeros(0, 192), (3, 8, 8)).shape
    torch.Size([0, 3, 8, 8])
    """
    *others, last = x.shape
    if math.prod(sizes) != last:
        raise ValueError(f"sizes {sizes} do not make a last axis of length {last}")
    return x.reshape(*others, *sizes)


def flat_position(index: tuple[int, ...], shape: tuple[int, ...]) -> int:
    """Turn the index of an element into its position in the flattened tensor, in plain Python.

    index: one int for each axis, counted from 0. shape: lengths, 0 or more each; there may be
    more elements than memory holds, but fewer than 2**63.
    Returns an int, exact: how many elements come before this one in row-major order. The only
    element of shape (), at index (), is at 0.
    Raises IndexError where an int of index is negative or not under the length of its axis, and
    where index has more or fewer ints than shape.

    >>> flat_position((1, 2), (2, 3))
    5
    >>> flat_position((1, 3), (2, 3))
    Traceback (most recent call last):
    ...
    IndexError: index (1, 3) is out of range for shape (2, 3)
    """
    if len(index) != len(shape):
        raise IndexError(f"index {index} and shape {shape} differ in length")
    position = 0
    for i, length in zip(index, shape, strict=True):
        if not 0 <= i < length:
            raise IndexError(f"index {index} is out of range for shape {shape}")
        position = position * length + i
    return position


def index_from_position(position: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Turn a position in the flattened tensor back into the element's index, in plain Python.

    position: counted from 0. shape: as in flat_position.
    Returns a tuple of ints, one for each axis: the index that flat_position takes to position.
    In shape () position 0 has the index ().
    Raises IndexError where position is negative or not under the number of elements, which is 1
    for shape () and 0 for a shape with a length of 0.

    >>> index_from_position(5, (2, 3))
    (1, 2)
    >>> index_from_position(6, (2, 3))
    Traceback (most recent call last):
    ...
    IndexError: position 6 is out of range for shape (2, 3)
    """
    if not 0 <= position < math.prod(shape):
        raise IndexError(f"position {position} is out of range for shape {shape}")
    index = []
    for length in reversed(shape):
        position, i = divmod(position, length)
        index.append(i)
    return tuple(reversed(index))
