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

Rules of every kata: a result lies on the device of the arguments and keeps their floating dtype,
with all its digits. Arguments stay as they were; they may be non-contiguous, and an axis may have
length 1, or 0 where the result is still defined. Numeric dtypes are uint8, int8 to int64, float32
and float64. An error has a message. Its words, and a view or a copy, a loop or none, are yours to
choose where a docstring leaves them open.
"""

import numpy as np
import torch


def pick_device() -> torch.device:
    """Choose the device to compute on: CUDA where it is available, else the CPU.

    Available means that PyTorch finds it on this machine now, not merely that PyTorch was built
    for it; ask torch.cuda or torch.accelerator, anew at each call. Where CUDA is not available,
    another accelerator that is (Apple's "mps", say) may be chosen instead of the CPU.
    Returns a torch.device, not a string; with or without an index, both are fine.

    >>> x = torch.ones(3, device=pick_device())
    >>> (x + x).tolist()
    [2.0, 2.0, 2.0]
    """
    raise NotImplementedError


def to_device_of(x: torch.Tensor, reference: torch.Tensor) -> torch.Tensor:
    """Bring a tensor to the device of another one, and keep its dtype.

    x, reference: any shapes, any numeric dtypes or bool, on any devices.
    Returns the values of x in its own shape and dtype, on the device of reference. It may be x
    itself where x is there already.

    >>> to_device_of(torch.tensor([1, 2]), torch.tensor(0.5))
    tensor([1, 2])
    """
    raise NotImplementedError


def like(x: torch.Tensor, reference: torch.Tensor) -> torch.Tensor:
    """Give a tensor both the device and the dtype of another one, but not its shape.

    x, reference: any shapes, any numeric dtypes or bool, on any devices.
    Returns the values of x in its own shape, with the dtype and on the device of reference.
    A float that becomes an integer loses what stands behind the point (-2.7 becomes -2), for a
    bool anything but 0 becomes True, and a value that both dtypes can hold stays exact. What is
    beyond the range of the new dtype is not asked for.

    >>> like(torch.tensor([2.7, -2.7]), torch.tensor(0))
    tensor([ 2, -2])
    """
    raise NotImplementedError


def add_across(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Add two tensors, whatever devices they lie on; the sum lies on the first one's device.

    a, b: shapes that broadcast, any numeric dtypes or bool, each on any device.
    Returns a + b on the device of a, with the shape and the dtype that a + b has where both are
    on one device: integers and floats make floats, for instance, and neither is cut to the
    dtype of the other.

    >>> add_across(torch.tensor([1, 2]), torch.tensor([0.5, 0.25]))
    tensor([1.5000, 2.2500])
    """
    raise NotImplementedError


def mean_of(x: torch.Tensor) -> torch.Tensor:
    """Average all elements, whatever their dtype.

    x: any shape, 0-D too, at least one element, any numeric dtype or bool, where True counts as
    1 and False as 0.
    Returns a 0-D tensor on the device of x: float64 for float64, in full precision, and float32
    for everything else, which may be added up in float32. No integer is too large: 255 in uint8
    or 2**62 in int64 may come several times, and their sum does not wrap round.

    >>> mean_of(torch.tensor([1, 2]))
    tensor(1.5000)
    >>> mean_of(torch.tensor([[True, False], [True, True]]))
    tensor(0.7500)
    """
    raise NotImplementedError


def to_pixels(x: torch.Tensor) -> torch.Tensor:
    """Turn brightness between 0 and 1 into pixels, whole numbers from 0 to 255.

    x: any shape, float32 or float64. 0 becomes 0, 1 becomes 255, and in between it is 255 times
    the brightness, rounded to the nearest whole number. Ties (0.5 is 127.5) may go either way,
    and so may what is too near a tie for arithmetic in the dtype of x; float64 stays float64
    until it is rounded. All below 0 becomes 0, all above 1 becomes 255, the infinities too.
    Returns a uint8 tensor of x's shape, on its device. NaN is not asked for.

    >>> to_pixels(torch.tensor([0.0, 0.25, 1.0, -3.0, 1.1]))
    tensor([  0,  64, 255,   0, 255], dtype=torch.uint8)
    """
    raise NotImplementedError


def to_numpy(x: torch.Tensor) -> np.ndarray:
    """Turn a tensor into a NumPy array, wherever it lies and even if it requires grad.

    x: any shape, 0-D too, any numeric dtype or bool, on any device; it may require grad, or be
    computed from a tensor that does.
    Returns an np.ndarray of the same shape, dtype and values, never a NumPy scalar. x keeps its
    requires_grad.

    >>> to_numpy(torch.tensor([1.0, 2.0], requires_grad=True))
    array([1., 2.], dtype=float32)
    """
    raise NotImplementedError


def nbytes(x: torch.Tensor) -> int:
    """Count the bytes that the elements take: their number times the bytes of one element.

    x: any shape, any numeric dtype or bool. It does not matter what memory lies behind: a slice
    counts its own elements only, and an expanded tensor counts each of its repetitions.
    Returns a Python int.

    >>> nbytes(torch.zeros(10, 3))
    120
    >>> nbytes(torch.zeros(10, 3, dtype=torch.uint8)[:2])
    6
    """
    raise NotImplementedError


def promoted(a: torch.Tensor | float, b: torch.Tensor | float) -> torch.dtype:
    """Tell which dtype a + b has.

    a, b: tensors of any rank, on one device and of shapes that broadcast, any numeric dtypes or
    bool; one of the two may be a Python bool, int or float instead, on either side.
    Returns a torch.dtype. What decides is, in this order:
    1. the kind: floats win over integers, and integers over bools;
    2. the rank: a tensor with axes wins over a 0-D tensor, and that over a Python number;
    3. else the sum has the smallest dtype that holds the values of both.
    A Python int comes as int64, a Python float as float32 (the default dtype).
    The rule: https://docs.pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc

    >>> promoted(torch.zeros(2, dtype=torch.int32), torch.tensor(1))
    torch.int32
    >>> promoted(torch.zeros(2, dtype=torch.int32), 0.5)
    torch.float32
    """
    raise NotImplementedError
