"""Creating tensors: from data, and from nothing.

Lecture: Создание тензоров из данных; Создание пустых тензоров (без исходных данных).

A tensor is a table of numbers of one kind. You get one from data that you have, a list or a NumPy
array, or you ask PyTorch for one of a given shape: zeros, ones, an identity, random numbers.

With data there are two questions. Which dtype comes out? torch.tensor reads it off the data: an
array keeps its own, and a list becomes int64, bool or, with floats in it, float32. torch.Tensor,
the class, makes float32 of any list or array. And is the data copied?

    torch.tensor(array)          always copies
    torch.as_tensor(array)       uses the array's memory, unless dtype or device change
    torch.from_numpy(array)      uses the array's memory

Where memory is shared, whoever writes into the array changes the tensor too, and the other way
round. That is useful when it is meant, and a nuisance when it is not.

Without data you say it all yourself: the shape, device=... (left out, the CPU) and dtype=... (left
out, float32; but torch.full and torch.arange take that of the numbers they are given). Random
numbers come from a generator. There is a global one, which everybody draws from and which
torch.manual_seed seeds; whoever wants the same numbers again without disturbing the others makes a
torch.Generator of their own, for one device, seeds that and draws with generator=...

The rules of every kata are in README.md.
"""

from typing import Any

import numpy as np
import torch


def from_values(values: list[Any]) -> torch.Tensor:
    """Make a tensor of the numbers in a list, with the dtype that suits them.

    Args:
        values: a list of numbers or, nested to any depth, of equally long lists of them.

    Returns:
        A tensor on the CPU, in the shape of the nesting: int64 if all numbers are ints, bool if
        all are bools, float32 if there is a float among them.

    Example:
        >>> from_values([[1, 2, 3], [4, 5, 6]])
        tensor([[1, 2, 3],
                [4, 5, 6]])
        >>> from_values([1, 2.5])
        tensor([1.0000, 2.5000])

    Edges:
        - A list of one number keeps its axis: [[7]] gives shape (1, 1).
        - A list without numbers gives float32: [] of shape (0,), [[], []] of shape (2, 0).
        - Ints may be as large as int64 holds, and none of their digits is lost.
        - 2.0, inf and nan are floats.
    """
    raise NotImplementedError


def as_float32(values: list[Any] | np.ndarray | torch.Tensor) -> torch.Tensor:
    """Make a float32 tensor of a list, an array or a tensor of numbers.

    Args:
        values: ints and floats in a list as in from_values, in an array or in a tensor.

    Returns:
        A float32 tensor of the same shape and values: on the CPU for a list or an array, on its
        own device for a tensor.

    Example:
        >>> as_float32([1, 2, 3])
        tensor([1., 2., 3.])
        >>> as_float32(np.array([0.5, 2.25]))
        tensor([0.5000, 2.2500])
        >>> as_float32(torch.tensor([[4, 5]]))
        tensor([[4., 5.]])

    Edges:
        - Arrays and tensors may have any numeric dtype and any layout.
        - Each number is rounded to the nearest float32, and none is cut off; inf and nan stay.
        - A 0-D array or tensor stays 0-D, and an empty one empty.
    """
    raise NotImplementedError


def copy_of(array: np.ndarray) -> torch.Tensor:
    """Make a tensor of a NumPy array in memory of its own.

    Args:
        array: of numbers or bools.

    Returns:
        A tensor on the CPU with the array's shape, dtype and values. Writing into either changes
        nothing in the other.

    Example:
        >>> array = np.array([1, 2, 3])
        >>> x = copy_of(array)
        >>> array[0] = 100
        >>> x
        tensor([1, 2, 3])

    Edges:
        - The array may be a slice or a transpose, such as array[::2] or array.T (not array[::-1]).
        - It may have any numeric dtype or bool, and all digits are kept.
        - A 0-D array gives a 0-D tensor, and an empty one an empty tensor.
    """
    raise NotImplementedError


def window_onto(array: np.ndarray) -> torch.Tensor:
    """Make a tensor that looks onto the memory of a NumPy array.

    Args:
        array: of numbers or bools, with one axis or more.

    Returns:
        A tensor on the CPU with the array's shape, dtype and values. What is written into either
        shows in the other.

    Example:
        >>> array = np.array([1, 2, 3])
        >>> x = window_onto(array)
        >>> array[0] = 100
        >>> x
        tensor([100,   2,   3])

    Edges:
        - Of a slice or a transpose, such as array[::2] or array.T, the memory is shared as well.
        - The array may have any numeric dtype or bool.
        - The array can still be written to afterwards.
    """
    raise NotImplementedError


def identity(size: int, device: torch.device) -> torch.Tensor:
    """Make the identity matrix: ones on the diagonal from top left, zeros elsewhere.

    Args:
        size: the number of rows and of columns.
        device: where the matrix lies.

    Returns:
        (size, size), float32, on the device.

    Example:
        >>> identity(3, torch.device("cpu"))
        tensor([[1., 0., 0.],
                [0., 1., 0.],
                [0., 0., 1.]])

    Edges:
        - Size 1 gives [[1.]], and size 0 an empty matrix of shape (0, 0).
    """
    raise NotImplementedError


def filled(
    shape: tuple[int, ...], value: float, dtype: torch.dtype, device: torch.device
) -> torch.Tensor:
    """Make a tensor that holds one value everywhere.

    Args:
        shape: a tuple of lengths.
        value: a number that dtype can hold.
        dtype: numeric or bool.
        device: where the tensor lies.

    Returns:
        A tensor of this shape and dtype on the device.

    Example:
        >>> filled((2, 3), 7, torch.float32, torch.device("cpu"))
        tensor([[7., 7., 7.],
                [7., 7., 7.]])

    Edges:
        - The shape () gives a 0-D tensor, and a length of 0 an empty one.
        - The value may be of another kind than the dtype: 2.0 for int64, True for float32.
        - Ints come out exactly, however large, and floats as the nearest number of the dtype.
        - Writing into one element changes no other, as it would after expand.
    """
    raise NotImplementedError


def evenly_spaced(start: float, stop: float, count: int, device: torch.device) -> torch.Tensor:
    """Make points at equal distances from start to stop, both included.

    Args:
        start: the first point, an int or a float.
        stop: the last point, above or below start.
        count: how many points.
        device: where they lie.

    Returns:
        (count,), float32, on the device.

    Example:
        >>> evenly_spaced(1, 3, 5, torch.device("cpu"))
        tensor([1.0000, 1.5000, 2.0000, 2.5000, 3.0000])
        >>> evenly_spaced(6, 0, 4, torch.device("cpu"))
        tensor([6., 4., 2., 0.])

    Edges:
        - A count of 1 gives start alone, and equal ends give the same point again and again.
        - Of thousands of points the last is still stop, up to float32 rounding.
        - Points may lie as close as those from 0 to 1e-6.
    """
    raise NotImplementedError


def standard_normal(shape: tuple[int, ...], seed: int, device: torch.device) -> torch.Tensor:
    """Draw numbers from the standard normal distribution, with mean 0 and variance 1.

    Args:
        shape: a tuple of lengths.
        seed: an int from 0 to 2**32 - 1.
        device: where the numbers lie.

    Returns:
        A float32 tensor of this shape on the device, its elements independent. The same seed gives
        the same values, whatever was drawn before; another seed gives others.

    Example:
        >>> cpu = torch.device("cpu")
        >>> torch.equal(standard_normal((2, 3), 5, cpu), standard_normal((2, 3), 5, cpu))
        True
        >>> torch.equal(standard_normal((2, 3), 5, cpu), standard_normal((2, 3), 6, cpu))
        False

    Edges:
        - The shape () gives a 0-D tensor, and a length of 0 an empty one.
        - Every seed gives values of its own, 0 too.
        - The global random states of torch (on every device), NumPy and Python stay as they were.
        - Large numbers are as rare as the normal law says: one in 370 lies beyond 3 or -3.
    """
    raise NotImplementedError
