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

The rules of every kata are in README.md.
"""

import math

import torch


def flatten_all(x: torch.Tensor) -> torch.Tensor:
    """Put all elements on a single axis, in row-major order.

    Args:
        x: any shape, numeric or bool.

    Returns:
        A tensor of shape (count,), count being the number of elements, dtype kept.

    Example:
        >>> flatten_all(torch.tensor([[1, 2, 3], [4, 5, 6]]))
        tensor([1, 2, 3, 4, 5, 6])

    Edges:
        - x may be non-contiguous: its own order counts, not that of memory.
        - A 0-D x makes a vector of one element.
        - An empty x makes a vector of length 0.
    """
    return x.flatten()


def flatten_images(images: torch.Tensor) -> torch.Tensor:
    """Make each image of a batch one row of numbers, as a linear layer takes them.

    Args:
        images: (batch, channels, height, width), numeric or bool.

    Returns:
        (batch, features), dtype kept. A row lists its image channel by channel, each channel row
        by row.

    Example:
        >>> flatten_images(torch.tensor([[[[1, 2]], [[3, 4]]], [[[5, 6]], [[7, 8]]]]))
        tensor([[1, 2, 3, 4],
                [5, 6, 7, 8]])

    Edges:
        - An empty batch keeps its features: (0, features).
        - Images without pixels make (batch, 0), and one image keeps its batch axis.
        - images may be non-contiguous.
    """
    return images.flatten(start_dim=1)


def flatten_between(x: torch.Tensor, start_axis: int, end_axis: int) -> torch.Tensor:
    """Merge the axes from start_axis to end_axis, both included, and keep the others.

    Args:
        x: rank 1 or more, numeric or bool.
        start_axis: the first axis to merge.
        end_axis: the last one; not before start_axis.

    Returns:
        A tensor with one axis in place of the merged ones, in row-major order, dtype kept.

    Example:
        >>> flatten_between(torch.tensor([[[1, 2, 3], [4, 5, 6]]]), 1, 2)
        tensor([[1, 2, 3, 4, 5, 6]])

    Edges:
        - Negative axes count from the end, either of them or both.
        - A start behind the end raises ValueError or RuntimeError.
        - One axis and itself: the shape stays.
        - Any axis may have length 0.
        - x may be non-contiguous.
    """
    return x.flatten(start_axis, end_axis)


def unflatten_last(x: torch.Tensor, sizes: tuple[int, ...]) -> torch.Tensor:
    """Split the last axis into several, in row-major order.

    Args:
        x: rank 1 or more, numeric or bool.
        sizes: one length or more; their product is the length of the last axis.

    Returns:
        A tensor whose last axis is replaced by axes of these lengths, the last of them fastest;
        dtype kept.

    Example:
        >>> unflatten_last(torch.tensor([[1, 2, 3, 4, 5, 6], [11, 12, 13, 14, 15, 16]]), (2, 3))
        tensor([[[ 1,  2,  3],
                 [ 4,  5,  6]],
        <BLANKLINE>
                [[11, 12, 13],
                 [14, 15, 16]]])

    Edges:
        - Another product raises ValueError or RuntimeError.
        - Other axes may have length 0, and sizes may be 1.
        - x may be non-contiguous.
    """
    return x.unflatten(-1, sizes)


def flat_position(index: tuple[int, ...], shape: tuple[int, ...]) -> int:
    """Turn the index of an element into its position in the flattened tensor, in plain Python.

    Args:
        index: one int for each axis, counted from 0.
        shape: the lengths of the axes.

    Returns:
        An int: how many elements come before this one in row-major order.

    Example:
        >>> flat_position((1, 2), (2, 3))
        5

    Edges:
        - An int that is negative, or not under the length of its axis, raises IndexError.
        - More or fewer ints than axes raise IndexError.
        - The only element of shape (), at index (), is at 0.
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

    Args:
        position: counted from 0.
        shape: the lengths of the axes.

    Returns:
        A tuple of ints, one for each axis: the index that flat_position takes to position.

    Example:
        >>> index_from_position(5, (2, 3))
        (1, 2)

    Edges:
        - A position that is negative, or not under the number of elements, raises IndexError.
        - In shape () position 0 has the index (), and a length of 0 leaves no position.
    """
    if not 0 <= position < math.prod(shape):
        raise IndexError(f"position {position} is out of range for shape {shape}")
    index = []
    for length in reversed(shape):
        position, i = divmod(position, length)
        index.append(i)
    return tuple(reversed(index))
