"""Shape: how many axes a tensor has, and how long they are.

Lecture: Размерности тензоров; Форма и размер в PyTorch; Входные данные изображения в тензорах.

A tensor is a block of numbers arranged along axes. A single number has no axis, a vector has one,
a matrix two: axis 0 runs down the rows, axis 1 along the columns. The number of axes is the rank,
which is also how many indices it takes to reach one element. The lengths of the axes, in order,
are the shape:

    torch.tensor(5)                         ()         rank 0, one element
    torch.tensor([5, 6, 7])                 (3,)       rank 1
    torch.tensor([[1, 2, 3], [4, 5, 6]])    (2, 3)     rank 2: 2 rows, 3 columns

x.shape and x.size() are the same thing, a torch.Size, which is a tuple. Axes may also be counted
from the end: -1 is the last one. An axis may have length 1, or 0, and is an axis all the same.

Networks read images in batches of rank 4, and torch's order is (batch, channels, height, width),
NCHW for short; other libraries, and files, put the channels last. To get from one order to the
other, the axes have to be moved: permute, transpose and movedim do that, and copy nothing. What
they return is a view, a second tensor that walks through the same memory in another way.

Two things do not move axes. reshape to the same lengths deals the numbers out anew in their old
order, and so mixes up the image without any error. memory_format=torch.channels_last, in spite of
its name, only puts the numbers elsewhere in memory; the shape stays (N, C, H, W).

Rules of every kata: a result lies on the device of the arguments and keeps their floating dtype,
with all its digits. Arguments stay as they were; they may be non-contiguous, and an axis may have
length 1, or 0 where the result is still defined. Numeric dtypes are uint8, int8 to int64, float32
and float64. An error has a message. Its words, and a view or a copy, a loop or none, are yours to
choose where a docstring leaves them open.
"""

from typing import Any

import torch


def rank(x: torch.Tensor) -> int:
    """Count the axes of a tensor.

    x: a tensor of any shape, numeric or bool.
    Returns an int, 0 for a single number. An axis of length 1 or 0 counts like any other.
    (The rank of a matrix in linear algebra is something else.)

    >>> rank(torch.tensor([[1, 2, 3], [4, 5, 6]]))
    2
    >>> rank(torch.zeros(3, 1, 23, 23))
    4
    """
    raise NotImplementedError


def axis_length(x: torch.Tensor, axis: int) -> int:
    """Tell how long one axis is.

    x: a tensor of any shape, numeric or bool. axis: from 0 to rank - 1, or, counted from the end,
    from -rank to -1: -1 is the last axis.
    Returns an int. Raises IndexError with a message for any other axis in the range of int64; a
    single number has no axis at all.

    >>> x = torch.zeros(2, 3, 5)
    >>> axis_length(x, 1), axis_length(x, -1)
    (3, 5)
    """
    raise NotImplementedError


def count_elements(x: torch.Tensor) -> int:
    """Count the elements of a tensor.

    x: a tensor of any shape with up to a million elements, numeric or bool. What counts is its
    shape, not what lies behind it in memory: an expanded tensor has as many as it seems to have.
    Returns an int: 1 for a single number, 0 as soon as one axis has length 0.

    >>> count_elements(torch.zeros(2, 3, 5))
    30
    """
    raise NotImplementedError


def shape_of(nested: float | list[Any]) -> tuple[int, ...]:
    """Tell the shape of a nested Python list without making a tensor.

    nested: a number (int, float or bool), or a list of numbers, or a list of such lists, to any
    depth up to 10. Only lists nest; tuples, strings and tensors do not occur.
    Returns a tuple of ints: () for a number, (0,) for [], and (n, …) for a list of n items that
    all have the shape (…). Raises ValueError with a message where the items of some list differ
    in shape, for then the list is ragged: [[1], [2, 3]], and also [1, [2]] and [[], [[]]].

    >>> shape_of([[1, 2, 3], [4, 5, 6]])
    (2, 3)
    >>> shape_of([[], []])
    (2, 0)
    >>> shape_of([[1], [2, 3]])
    Traceback (most recent call last):
    ...
    ValueError: ragged: items have the shapes (1,), (2,)
    """
    raise NotImplementedError


def image_batch(
    batch: int, channels: int, height: int, width: int, device: torch.device
) -> torch.Tensor:
    """Make a batch of black images, in torch's order of axes, on a device.

    batch, channels, height, width: 0 or more each; 1 channel is a grey image, 3 are RGB.
    Returns zeros of shape (batch, channels, height, width) on `device`, new with each call, and
    float32, which is torch's default dtype.

    >>> image_batch(3, 1, 23, 29, torch.device("cpu")).shape
    torch.Size([3, 1, 23, 29])
    """
    raise NotImplementedError


def channels_last(images: torch.Tensor) -> torch.Tensor:
    """Move the channels of a batch of images behind the width.

    images: (batch, channels, height, width), numeric or bool.
    Returns (batch, height, width, channels), of the same dtype, as a view: it shares the memory
    of images. Entry [b, y, x, c] of the result is entry [b, c, y, x] of images.

    >>> image = torch.tensor([[[[1, 2, 3]], [[4, 5, 6]]]])  # two channels, one row, three columns
    >>> channels_last(image)
    tensor([[[[1, 4],
              [2, 5],
              [3, 6]]]])
    """
    raise NotImplementedError


def add_batch_axis(image: torch.Tensor) -> torch.Tensor:
    """Make a batch of a single image.

    image: (channels, height, width), numeric or bool.
    Returns (1, channels, height, width) with the same elements, of the same dtype.

    >>> add_batch_axis(torch.zeros(3, 5, 7)).shape
    torch.Size([1, 3, 5, 7])
    """
    raise NotImplementedError
