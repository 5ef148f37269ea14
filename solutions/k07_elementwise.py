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
Infinity minus infinity is NaN. The product of two tiny numbers is 0. And there are two 0.1s:
Python's takes the dtype of the tensor that it meets, while torch.tensor(0.1) is float32. Most
functions here meet one of these, as an edge.

The rules of every kata are in README.md.
"""

import torch


def count_between(x: torch.Tensor, low: float, high: float) -> int:
    """Count the elements that are at least low and less than high.

    Args:
        x: any shape and numeric dtype.
        low: a Python number, an int where x holds integers.
        high: a Python number like low.

    Returns:
        A Python int.

    Example:
        >>> count_between(torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0, 7.0]), 2.0, 5.0)
        3

    Edges:
        - NaN is never counted, and where low is not less than high nothing is.
        - Either bound may be infinite, and an infinite element is counted like any other.
        - A 0-D tensor is one element, and an empty one has none.
        - Integers of every dtype are compared as integers, however large.
        - A float64 x is compared with all digits of the bounds.
    """
    return int(((x >= low) & (x < high)).sum())


def signed_sqrt(x: torch.Tensor) -> torch.Tensor:
    """Take the square root of each element's absolute value and give it the element's sign.

    Args:
        x: any shape, float32 or float64.

    Returns:
        A tensor of x's shape and dtype.

    Example:
        >>> signed_sqrt(torch.tensor([4.0, -9.0, 16.0, -1.0]))
        tensor([ 2., -3.,  4., -1.])

    Edges:
        - The root of 0 is 0.
        - The roots of inf and -inf are inf and -inf.
        - Tiny and huge elements are like any other: 1e-30 gives 1e-15, and -1e30 gives -1e15.
        - A 0-D tensor stays 0-D, and an empty one empty.
    """
    return x.sign() * x.abs().sqrt()


def clip(x: torch.Tensor, low: float, high: float) -> torch.Tensor:
    """Raise what is below low to low and lower what is above high to high.

    Args:
        x: any shape and numeric dtype.
        low: a Python number, an int where x holds integers.
        high: a Python number like low.

    Returns:
        A tensor of x's shape and dtype. By hand: no ready-made clamp, minimum or maximum.

    Raises:
        ValueError: low is greater than high.

    Example:
        >>> clip(torch.tensor([-3.0, 4.0, 7.0, 1.0]), 0.0, 5.0)
        tensor([0., 4., 5., 1.])
        >>> clip(torch.tensor([1, 5, 9]), 2, 6)
        tensor([2, 5, 6])

    Edges:
        - NaN stays NaN, and infinite elements are clipped like any other.
        - The bounds may be equal, and for floats they may be ints, or infinite.
        - Integers of every dtype keep all their digits, bounds too.
        - A bound such as 0.1 comes into a float64 tensor with all its digits.
        - A 0-D tensor stays 0-D, and an empty one empty.
    """
    if low > high:
        raise ValueError(f"low is {low}, greater than high, which is {high}")
    return torch.where(x < low, low, torch.where(x > high, high, x))


def standardize(x: torch.Tensor) -> torch.Tensor:
    """Shift and scale all elements together to mean 0 and standard deviation 1.

    Args:
        x: any shape with an element or more, float32 or float64.

    Returns:
        A tensor of x's shape and dtype: each element less the mean of all, divided by the
        deviation of all. That is the population's: it divides by n, not by n - 1.

    Example:
        >>> standardize(torch.tensor([[1.0, 3.0, 7.0], [9.0, 13.0, 15.0]]))
        tensor([[-1.4000, -1.0000, -0.2000],
                [ 0.2000,  1.0000,  1.4000]])

    Edges:
        - Elements that are all equal, such as 2, 2, 2, 2, become 0.
        - So does a single element, of a 0-D tensor too.
        - A deviation as small as 1e-15 is made 1 like any other.
        - Far from zero a spread counts in full: 4096, 4097, 4098 give the same as 0, 1, 2.
    """
    if x.max() == x.min():
        return torch.zeros_like(x)
    centered = x - x.mean()
    return centered / (centered * centered).mean().sqrt()


def almost_equal(a: torch.Tensor, b: torch.Tensor, tolerance: float) -> torch.Tensor:
    """Tell for each pair of elements whether they differ by no more than the tolerance.

    Args:
        a: any shape, float32 or float64.
        b: of a's shape and dtype.
        tolerance: a Python number, 0 or more; the same for large and small elements.

    Returns:
        A bool tensor of that shape.

    Example:
        >>> a, b = torch.tensor([1.0, 2.0, 5.0, 8.0]), torch.tensor([2.0, 4.0, 8.0, 3.0])
        >>> almost_equal(a, b, 2.0)
        tensor([ True,  True, False, False])

    Edges:
        - An infinity is equal to the same infinity, and to nothing else.
        - NaN is equal to nothing, not even to NaN.
        - With tolerance 0 only equal elements are equal.
        - Between large numbers too the difference counts; adding the tolerance to one would round.
        - float64 elements and their tolerance are compared in full, not as float32.
    """
    return (a == b) | ((a - b).abs() <= tolerance)


def sign_changes(vector: torch.Tensor) -> int:
    """Count the pairs of neighbours of which one is positive and the other negative.

    Args:
        vector: (n,), any numeric dtype.

    Returns:
        A Python int. Zero is neither, and is not skipped: 1, 0, -1 has no change.

    Example:
        >>> sign_changes(torch.tensor([1.0, -2.0, -5.0, 3.0, 0.0, -4.0]))
        2

    Edges:
        - NaN is neither as well, and is not skipped; -0.0 is zero.
        - Tiny numbers have a sign: 1e-30, and in float64 1e-300.
        - So have huge numbers and infinities.
        - Integers of every dtype count alike, also where their product would overflow.
        - A vector of one element, or of none, has no change.
    """
    signs = vector.sign()
    return int((signs[:-1] * signs[1:] < 0).sum())
