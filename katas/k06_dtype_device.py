"""Dtypes and devices: what an element is, and where it lies.

Lecture: Типы данных; Ошибки при работе с устройствами (CPU и GPU).

Every tensor has a dtype, the kind of number that all its elements are (float32 unless you say
otherwise, int64 for whole numbers, bool, uint8 for pixels …), and a device, the memory that holds
them: "cpu", or an accelerator such as "cuda". x.to(...) gives x with either or both changed; x
itself stays as it was, and you get x itself, not a copy, where there is nothing to change:

    x.to(torch.float64)      another dtype, same device
    x.to("cuda")             another device, same dtype
    x.to(y)                  both: the dtype and the device of the tensor y

Tensors of different dtypes may meet in one operation, for PyTorch promotes them to a dtype they
have in common. Tensors on different devices may not. They raise "Expected all tensors to be on
the same device", even though the same line works on a machine that has only a CPU. (Only a 0-D
tensor on the CPU may join tensors elsewhere, and the result is elsewhere too.) So code that is to
run everywhere never names a device in the middle: it asks once what there is, and from then on
takes the device from the tensors it was given, x.device.

A dtype has limits, too. uint8 holds 0 to 255 and wraps round beyond; integers have no mean of
their own; float32 keeps about 7 digits, float64 about 16. And a NumPy array lies on the CPU and
knows of no gradients, so a tensor may have to give up both on its way to NumPy.

The rules of every kata are in README.md.
"""

import numpy as np
import torch


def pick_device() -> torch.device:
    """Choose the device to compute on: CUDA where it is available, else the CPU.

    Returns:
        A torch.device, not a string; with or without an index.

    Example:
        >>> x = torch.ones(3, device=pick_device())
        >>> (x + x).tolist()
        [2.0, 2.0, 2.0]

    Edges:
        - Available means that PyTorch finds it now, not that PyTorch was built for it.
        - Where another accelerator is there (Apple's "mps", say), it or the CPU will do.
    """
    raise NotImplementedError


def to_device_of(x: torch.Tensor, reference: torch.Tensor) -> torch.Tensor:
    """Bring a tensor to the device of another one, and keep its dtype.

    Args:
        x: any shape and dtype, on any device.
        reference: any shape and dtype, on any device.

    Returns:
        The values of x in its own shape and dtype, on the device of reference.

    Example:
        >>> to_device_of(torch.tensor([1, 2]), torch.tensor(0.5))
        tensor([1, 2])

    Edges:
        - Every dtype keeps all its digits.
    """
    raise NotImplementedError


def like(x: torch.Tensor, reference: torch.Tensor) -> torch.Tensor:
    """Give a tensor both the device and the dtype of another one, but not its shape.

    Args:
        x: any shape and dtype, on any device.
        reference: any shape and dtype, on any device.

    Returns:
        The values of x in its own shape, with reference's dtype, on its device.

    Example:
        >>> like(torch.tensor([2.7, -2.7]), torch.tensor(0))
        tensor([ 2, -2])

    Edges:
        - For a bool anything but 0 becomes True.
        - A value that both dtypes can hold stays exact.
        - What is beyond the range of the new dtype is not asked for.
    """
    raise NotImplementedError


def add_across(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Add two tensors, whatever devices they lie on; the sum lies on the first one's device.

    Args:
        a: numeric or bool, on any device.
        b: of a shape that broadcasts with a's, numeric or bool, on any device.

    Returns:
        a + b on the device of a, with the dtype that a + b has where both are on one device.

    Example:
        >>> add_across(torch.tensor([1, 2]), torch.tensor([0.5, 0.25]))
        tensor([1.5000, 2.2500])

    Edges:
        - Either may be 0-D, and is promoted as a tensor then, not as a Python number.
        - Integers keep all their digits, and wrap round as a + b does.
    """
    raise NotImplementedError


def mean_of(x: torch.Tensor) -> torch.Tensor:
    """Average all elements, whatever their dtype.

    Args:
        x: any shape, at least one element, numeric or bool, where True counts as 1.

    Returns:
        A 0-D tensor: float64 for float64, and float32 for everything else.

    Example:
        >>> mean_of(torch.tensor([1, 2]))
        tensor(1.5000)

    Edges:
        - The sum of large integers, such as 255 in uint8, does not wrap round.
        - float64 does not pass through float32.
        - x may be 0-D.
    """
    raise NotImplementedError


def to_pixels(x: torch.Tensor) -> torch.Tensor:
    """Turn brightness between 0 and 1 into pixels, whole numbers from 0 to 255.

    Args:
        x: any shape, float32 or float64.

    Returns:
        A uint8 tensor of x's shape: 255 times the brightness, rounded to the nearest whole
        number. All below 0 becomes 0, all above 1 becomes 255.

    Example:
        >>> to_pixels(torch.tensor([0.0, 0.25, 1.0, -3.0, 1.1]))
        tensor([  0,  64, 255,   0, 255], dtype=torch.uint8)

    Edges:
        - A tie, such as 127.5, may go either way.
        - float64 is rounded in float64.
        - The infinities are out of range like any other number.
    """
    raise NotImplementedError


def to_numpy(x: torch.Tensor) -> np.ndarray:
    """Turn a tensor into a NumPy array, wherever it lies and even if it requires grad.

    Args:
        x: any shape and dtype, on any device; it may require grad, or be computed from a
            tensor that does.

    Returns:
        An np.ndarray of the same shape, dtype and values.

    Example:
        >>> to_numpy(torch.tensor([1.0, 2.0], requires_grad=True))
        array([1., 2.], dtype=float32)

    Edges:
        - A 0-D tensor becomes an array of shape (), not a NumPy scalar.
        - Every dtype keeps its name and its digits, and x may be empty.
    """
    raise NotImplementedError


def nbytes(x: torch.Tensor) -> int:
    """Count the bytes that the elements take: their number times the bytes of one element.

    Args:
        x: any shape and dtype.

    Returns:
        An int.

    Example:
        >>> nbytes(torch.zeros(10, 3))
        120
        >>> nbytes(torch.zeros(10, 3, dtype=torch.uint8))
        30

    Edges:
        - A slice counts its own elements only.
        - An expanded tensor counts each of its repetitions.
        - A 0-D tensor has one element, an empty one none.
    """
    raise NotImplementedError


def promoted(a: torch.Tensor | float, b: torch.Tensor | float) -> torch.dtype:
    """Tell which dtype a + b has.

    Args:
        a: a tensor, numeric or bool, or a Python bool, int or float.
        b: the same; at least one of the two is a tensor.

    Returns:
        A torch.dtype. Floats win over integers, and integers over bools.

    Example:
        >>> promoted(torch.zeros(2, dtype=torch.int32), torch.zeros(2, dtype=torch.int64))
        torch.int64
        >>> promoted(torch.zeros(2, dtype=torch.int32), 0.5)
        torch.float32

    Edges:
        - Within one kind, a tensor with axes wins over a 0-D tensor, and that over a Python number.
        - Of two such tensors, both with axes or both 0-D, the sum has the smallest dtype that holds
          both.
        - A 0-D tensor or a number of a higher kind wins all the same; then a Python int is int64,
          and a Python float is float32 (the default dtype).
    """
    raise NotImplementedError
