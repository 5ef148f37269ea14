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

The rules of every kata are in README.md.
"""

from typing import Any

import torch


def rank(x: torch.Tensor) -> int:
    """Count the axes of a tensor.

    Args:
        x: numeric or bool.

    Returns:
        An int. (The rank of a matrix in linear algebra is something else.)

    Example:
        >>> rank(torch.tensor([5, 6, 7]))
        1
        >>> rank(torch.tensor([[1, 2, 3], [4, 5, 6]]))
        2

    Edges:
        - A single number, such as torch.tensor(5), has rank 0.
        - An axis of length 1 or 0 is an axis like any other.
    """
    return x.dim()


def axis_length(x: torch.Tensor, axis: int) -> int:
    """Tell how long one axis of a tensor is.

    Args:
        x: numeric or bool.
        axis: 0 is the first axis, 1 the second; -1 is the last, -2 the one before it.

    Returns:
        An int.

    Raises:
        IndexError: the tensor has no such axis.

    Example:
        >>> x = torch.zeros(2, 3, 5)
        >>> axis_length(x, 1)
        3
        >>> axis_length(x, -1)
        5

    Edges:
        - Of a matrix, any axis but 0, 1, -1 and -2 raises IndexError.
        - A single number has no axes: every axis raises IndexError, 0 and -1 too.
        - An axis may have length 1 or 0.
    """
    return x.shape[axis]


def count_elements(x: torch.Tensor) -> int:
    """Count the elements of a tensor.

    Args:
        x: numeric or bool.

    Returns:
        An int.

    Example:
        >>> count_elements(torch.tensor([[1, 2, 3], [4, 5, 6]]))
        6
        >>> count_elements(torch.zeros(2, 3, 5))
        30

    Edges:
        - A single number, such as torch.tensor(5), counts as 1.
        - Where one axis has length 0 there are no elements.
        - A slice or an expanded tensor has as many as its shape says, however many lie in memory.
    """
    return x.numel()


def shape_of(nested: float | list[Any]) -> tuple[int, ...]:
    """Tell the shape of a nested Python list without making a tensor.

    Args:
        nested: a list of numbers, or a list of such lists, to any depth.

    Returns:
        The lengths of the axes as a tuple of ints, that of the outermost list first.

    Raises:
        ValueError: the list is ragged: the items of some list differ in shape.

    Example:
        >>> shape_of([[1, 2, 3], [4, 5, 6]])
        (2, 3)
        >>> shape_of([[1, 2], [3, 4, 5]])
        Traceback (most recent call last):
        ...
        ValueError: ragged: items have the shapes (2,), (3,)

    Edges:
        - A number that stands alone, 0 too, has shape ().
        - [] has shape (0,), and [[], []] has shape (2, 0).
        - Numbers beside lists are ragged, as in [[1, 2], 3]; so are lists of unequal depth, as in
          [[], [[]]].
    """
    if not isinstance(nested, list):
        return ()
    shapes = {shape_of(item) for item in nested}
    if len(shapes) > 1:
        raise ValueError(f"ragged: items have the shapes {', '.join(map(str, sorted(shapes)))}")
    return (len(nested), *next(iter(shapes), ()))


def image_batch(
    batch: int, channels: int, height: int, width: int, device: torch.device
) -> torch.Tensor:
    """Make a batch of black images, in torch's order of axes, on a device.

    Args:
        batch: the number of images.
        channels: 1 for grey images, 3 for RGB.
        height: the number of rows.
        width: the number of columns.
        device: where the images lie.

    Returns:
        Zeros, float32, of shape (batch, channels, height, width), on the device.

    Example:
        >>> image_batch(5, 3, 2, 4, torch.device("cpu")).shape
        torch.Size([5, 3, 2, 4])

    Edges:
        - Lengths may be 1 or 0, and their axes stay.
    """
    return torch.zeros(batch, channels, height, width, device=device)


def channels_last(images: torch.Tensor) -> torch.Tensor:
    """Move the channels of a batch of images behind the width.

    Args:
        images: (batch, channels, height, width), numeric or bool.

    Returns:
        (batch, height, width, channels), of the same dtype: each pixel with the values of its own
        channels.

    Example:
        >>> images = torch.tensor([[[[1, 2, 3]], [[4, 5, 6]]]])  # 2 channels, 1 row, 3 columns
        >>> channels_last(images)
        tensor([[[[1, 4],
                  [2, 5],
                  [3, 6]]]])

    Edges:
        - The result is a view: it shares the memory of images, whatever their layout.
        - Any numeric dtype or bool is kept, and no digit is lost.
        - Lengths may be 1 or 0, and their axes move too.
    """
    return images.permute(0, 2, 3, 1)


def add_batch_axis(image: torch.Tensor) -> torch.Tensor:
    """Make a batch of a single image.

    Args:
        image: (channels, height, width), numeric or bool.

    Returns:
        (1, channels, height, width), of the same dtype, with the elements of the image.

    Example:
        >>> add_batch_axis(torch.zeros(3, 2, 5)).shape
        torch.Size([1, 3, 2, 5])
        >>> add_batch_axis(torch.tensor([[[1, 2, 3], [4, 5, 6]]]))  # a grey image
        tensor([[[[1, 2, 3],
                  [4, 5, 6]]]])

    Edges:
        - Any numeric dtype or bool is kept, and no digit is lost.
        - Lengths may be 1 or 0, and their axes stay.
    """
    return image.unsqueeze(0)
