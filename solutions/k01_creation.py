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

Rules of every kata: a result lies on the device of the arguments and keeps their floating dtype,
with all its digits. Arguments stay as they were; they may be non-contiguous, and an axis may have
length 1, or 0 where the result is still defined. Numeric dtypes are uint8, int8 to int64, float32
and float64. An error has a message. Its words, and a view or a copy, a loop or none, are yours to
choose where a docstring leaves them open.
"""

from typing import Any

import numpy as np
import torch


def from_values(values: list[Any]) -> torch.Tensor:
    """Make a tensor of the numbers in a list, with the dtype that suits them.

    values: a list of numbers or, nested to any depth, of equally long lists of them. The numbers
    are floats and ints that fit int64, or they are all bools.
    Returns a tensor on the CPU whose shape is that of the nesting: int64 if all numbers are ints,
    bool if all are bools, and float32 (rounded to the nearest) if there is a float among them, or
    if there are none, as in [], of shape (0,), or [[], []], of shape (2, 0).

    >>> from_values([[1, 2], [3, 4]])
    tensor([[1, 2],
            [3, 4]])
    >>> from_values([1, 2.5])
    tensor([1.0000, 2.5000])
    """
    return torch.tensor(values)


def as_float32(values: list[Any] | np.ndarray | torch.Tensor) -> torch.Tensor:
    """Make a float32 tensor of a list, an array or a tensor of numbers.

    values: a list as in from_values, without bools; or an array, as in copy_of, or a tensor, of
    any shape, 0-D too, and any numeric dtype.
    Returns a float32 tensor of the same shape and values, each rounded to the nearest float32
    (ints may pass through float64): on the CPU for a list or an array, on its own device for a
    tensor. It may share memory with values or not.

    >>> as_float32([1, 2, 3])
    tensor([1., 2., 3.])
    >>> as_float32(np.array([0.5, 0.25]))
    tensor([0.5000, 0.2500])
    """
    return torch.as_tensor(values, dtype=torch.float32)


def copy_of(array: np.ndarray) -> torch.Tensor:
    """Make a tensor of a NumPy array in memory of its own.

    array: any shape, 0-D too, of a numeric dtype or bool; it may be a slice or a transpose of
    another array, such as array[::2] or array.T, though never reversed.
    Returns a tensor on the CPU with the array's shape, dtype and values. Writing into the array
    afterwards does not change the tensor, nor the other way round.

    >>> array = np.array([1, 2, 3])
    >>> x = copy_of(array)
    >>> array[0] = 100
    >>> x
    tensor([1, 2, 3])
    """
    return torch.tensor(array)


def window_onto(array: np.ndarray) -> torch.Tensor:
    """Make a tensor that looks onto the memory of a NumPy array, without a copy.

    array: as in copy_of, with at least one axis; it may be written to.
    Returns a tensor on the CPU with the array's shape, dtype and values, which shares the array's
    memory: what is written into either shows in the other, also where the array is a slice or a
    transpose of another one.

    >>> array = np.array([1, 2, 3])
    >>> x = window_onto(array)
    >>> array[0] = 100
    >>> x
    tensor([100,   2,   3])
    """
    return torch.from_numpy(array)


def identity(size: int, device: torch.device) -> torch.Tensor:
    """Make the identity matrix: ones on the diagonal from top left, zeros elsewhere.

    size: the number of rows and of columns, 0 or more.
    Returns (size, size), float32, on the device, a new one with each call: writing into one
    changes no other.

    >>> identity(2, torch.device("cpu"))
    tensor([[1., 0.],
            [0., 1.]])
    """
    return torch.eye(size, device=device)


def filled(
    shape: tuple[int, ...], value: float, dtype: torch.dtype, device: torch.device
) -> torch.Tensor:
    """Make a tensor that holds one value everywhere.

    shape: a tuple of lengths, 0 or more each; () gives a 0-D tensor. dtype: a numeric one or bool.
    value: a bool, int or float that the dtype can hold, perhaps of another kind: 1 for float32, or
    2.0 for int64. An int fits int64; bool holds 0 and 1, a floating dtype inf and nan too.
    Returns a tensor of this shape and dtype on the device; every element is exactly value, or for
    a floating dtype the number nearest to it. No two elements share memory, as they do after
    expand: writing into one changes no other, and no other tensor either.

    >>> filled((2, 3), 7, torch.float32, torch.device("cpu"))
    tensor([[7., 7., 7.],
            [7., 7., 7.]])
    """
    return torch.full(shape, value, dtype=dtype, device=device)


def evenly_spaced(start: float, stop: float, count: int, device: torch.device) -> torch.Tensor:
    """Make a given number of points at equal distances from start to stop, both included.

    start, stop: ints or floats, up to 1e18 in size, in either order; where start is the larger,
    the points go down. count: 1 or more; a single point is start.
    Returns (count,), float32, on the device, new with each call; the first point is start and the
    last stop, all of them up to float32 rounding at the size of the larger of |start| and |stop|.

    >>> evenly_spaced(0, 1, 5, torch.device("cpu"))
    tensor([0.0000, 0.2500, 0.5000, 0.7500, 1.0000])
    >>> evenly_spaced(3, 1, 3, torch.device("cpu"))
    tensor([3., 2., 1.])
    """
    return torch.linspace(start, stop, count, device=device)


def standard_normal(shape: tuple[int, ...], seed: int, device: torch.device) -> torch.Tensor:
    """Draw random numbers from the standard normal distribution, with mean 0 and variance 1.

    shape: a tuple of lengths, 0 or more each; () gives a 0-D tensor. seed: an int from 0 to
    2**32 - 1, as many as torch.Generator tells apart.
    Returns a tensor of this shape, float32, on the device, new with each call, whose elements are
    drawn independently. The same seed gives the same values for the same shape and device,
    whatever was drawn before; other seeds give other values, where there are any. The global
    random states of torch (on every device), NumPy and Python are as they were before.

    >>> cpu = torch.device("cpu")
    >>> torch.equal(standard_normal((2, 3), 5, cpu), standard_normal((2, 3), 5, cpu))
    True
    """
    generator = torch.Generator(device=device).manual_seed(seed)
    return torch.randn(shape, generator=generator, device=device)
