"""Elementwise operations and comparisons: one rule, every element.

Lecture: Операции с тензорами (Поэлементные операции; Сравнения).

An elementwise operation does the same to each element and keeps the shape: x.abs(), x.sqrt(),
x + y for tensors of one shape, x * 2. A comparison does too, but what comes out is a bool tensor:

    x          tensor([ 0.5, -2.0,  nan,  3.0])
    x > 0      tensor([ True, False, False,  True])

Such a mask can be combined with others: & is and, | is or, ~ is not. They bind more tightly than
the comparisons, so put parentheses round each: (x > 0) & (x < 1). Python's own `and`, and a chain
like 0 < x < 1, ask for a single truth, which a tensor of several elements does not have.

With a mask you count (True sums as 1), pick (x[mask]) or select: torch.where(mask, a, b) takes
an element of a where the mask is True and one of b elsewhere.

Then there is what floats do. NaN compares False to everything, itself included; only != is True.
Infinity minus infinity is NaN. Tenths are rounded, so the mean of ten 0.1s need not be 0.1. The
product of two tiny numbers is 0. And there are two 0.1s: Python's takes the dtype of the tensor
that it meets, while torch.tensor(0.1) is float32. Most functions here meet one of these.

Rules of every kata: a result lies on the device of the arguments and keeps their floating dtype,
with all its digits. Arguments stay as they were; they may be non-contiguous, and an axis may have
length 1, or 0 where the result is still defined. Numeric dtypes are uint8, int8 to int64, float32
and float64. An error has a message. Its words, and a view or a copy, a loop or none, are yours to
choose where a docstring leaves them open.
"""

import torch


def count_between(x: torch.Tensor, low: float, high: float) -> int:
    """Count the elements that are at least low and less than high.

    x: any shape, 0-D and empty too; any numeric dtype.
    low, high: Python numbers in the range of x's dtype. Where x holds integers they are ints, and
    compared as integers; where x is floating either may be infinite. A float64 x is compared with
    them in full precision; for float32 they may be rounded to it.
    Returns a Python int: how many elements have low ≤ element < high. NaN is never counted, and
    where low is not less than high nothing is.

    >>> count_between(torch.tensor([0.0, 1.0, 1.5, 2.0, float("nan")]), 1.0, 2.0)
    2
    """
    return int(((x >= low) & (x < high)).sum())


def signed_sqrt(x: torch.Tensor) -> torch.Tensor:
    """Take the square root of each element's absolute value and give it the element's sign.

    x: any shape, float32 or float64. Elements may be negative, zero, tiny, huge or infinite, not
    NaN: the result is sign(x)·sqrt(|x|) for all of them, so 0 stays 0 and -inf stays -inf.
    Returns a tensor of the same shape, dtype and device.

    >>> signed_sqrt(torch.tensor([4.0, 0.0, -9.0]))
    tensor([ 2.,  0., -3.])
    """
    return x.sign() * x.abs().sqrt()


def clip(x: torch.Tensor, low: float, high: float) -> torch.Tensor:
    """Raise what is below low to low and lower what is above high to high.

    x: any shape, any numeric dtype. Infinite elements are clipped like any other; NaN stays NaN.
    low, high: Python numbers in the range of x's dtype, maybe equal. Where x holds integers they
    are ints; where x is floating either may be infinite. A float64 x gets them in full precision.
    Returns a tensor of the same shape, dtype and device; elements within the bounds keep exactly
    their value. Raises ValueError where low is greater than high, for an empty x too.
    By hand, by comparison and selection: with torch.where, or masks. clamp, clip, minimum,
    maximum, max, min, amax, amin, fmax, fmin, relu and hardtanh are refused, whether of torch or
    NumPy, in every spelling (clamp_min, clip_, relu6).

    >>> clip(torch.tensor([-3.0, 0.5, 7.0]), 0.0, 1.0)
    tensor([0.0000, 0.5000, 1.0000])
    >>> clip(torch.tensor([1, 5, 9]), 2, 6)
    tensor([2, 5, 6])
    """
    if low > high:
        raise ValueError(f"low is {low}, greater than high, which is {high}")
    return torch.where(x < low, low, torch.where(x > high, high, x))


def standardize(x: torch.Tensor) -> torch.Tensor:
    """Shift and scale all elements together to mean 0 and standard deviation 1.

    x: any shape, 0-D too, at least one element, none beyond ±1e15; float32 or float64.
    Returns (x - mean) / deviation, of the same shape, dtype and device. Mean and deviation are
    taken over all elements of all axes; the deviation is the population's: the root of the mean
    of (x - mean)², dividing by n and not by n - 1.
    Where all elements are equal, one element included, every result is exactly 0, even for ten
    times 0.1, whose computed mean may be a rounding error off. Any other deviation is made 1: it
    may be as small as 1e-15, and as a 4096th of the largest element. So take the mean off before
    squaring: mean(x²) - mean² loses the digits of a spread of 1 among numbers near 4096.
    Formula: https://en.wikipedia.org/wiki/Standard_score

    >>> standardize(torch.tensor([[1.0, 3.0], [3.0, 1.0]]))
    tensor([[-1.,  1.],
            [ 1., -1.]])
    >>> standardize(torch.full((3,), 0.1))
    tensor([0., 0., 0.])
    """
    if x.max() == x.min():
        return torch.zeros_like(x)
    centered = x - x.mean()
    return centered / (centered * centered).mean().sqrt()


def almost_equal(a: torch.Tensor, b: torch.Tensor, tolerance: float) -> torch.Tensor:
    """Tell for each pair of elements whether they differ by no more than the tolerance.

    a, b: of one shape, any; both float32 or both float64.
    tolerance: a Python number in the dtype's range, finite, 0 or more; the same for large and
    small elements.
    Returns a bool tensor of that shape: |a - b| ≤ tolerance. It is the difference that counts,
    since b + tolerance is rounded next to a large b; where a - b or the tolerance itself does not
    fit the dtype exactly, the rounded one may decide. An infinity counts as equal to the same
    infinity and to nothing else; NaN is equal to nothing, not even to NaN.

    >>> a, b = torch.tensor([1.0, 1.0, float("inf")]), torch.tensor([1.5, 2.0, float("inf")])
    >>> almost_equal(a, b, 0.5)
    tensor([ True, False,  True])
    """
    return (a == b) | ((a - b).abs() <= tolerance)


def sign_changes(vector: torch.Tensor) -> int:
    """Count the pairs of neighbours of which one is positive and the other negative.

    vector: (n,), n may be 0 or 1; any numeric dtype.
    Returns a Python int: how many of the n - 1 pairs (vector[i], vector[i + 1]) have strictly
    opposite signs. Zero, also -0.0, and NaN are opposite to nothing, and are not skipped either:
    1, 0, -1 has no change. The sign counts, not the size: tiny numbers (1e-30, in float64 1e-300)
    count, and so do large ones, whose product a dtype may not hold, and infinities.

    >>> sign_changes(torch.tensor([1.0, -2.0, -0.5, 0.0, 4.0, -1e-30]))
    2
    """
    signs = vector.sign()
    return int((signs[:-1] * signs[1:] < 0).sum())
