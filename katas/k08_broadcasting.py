"""Broadcasting: shapes that fit without copying.

Lecture: Операции с тензорами (Broadcasting).

Adding a row to every row of a matrix needs no loop. When two tensors of different shapes meet
in an elementwise operation, PyTorch lines their shapes up from the right, axis by axis:

    (4, 3)        (4, 1)        (2, 1, 5)
       (3,)       (1, 3)           (4, 1)
    ------        ------        ---------
    (4, 3)        (4, 3)        (2, 4, 5)

Two lengths fit when they are equal or one of them is 1; a missing axis on the left counts as 1.
An axis of length 1 is read again and again, as if it were repeated, but nothing is copied.

So the whole art is to put axes of length 1 where you want repetition. Where x has shape (n,),
x[:, None] and x.unsqueeze(1) have (n, 1); and a reduction with keepdim=True leaves a 1 in place of
the axis that it takes. The danger is that shapes which fit by accident raise no error: (n, 1)
against (n,) silently gives (n, n).

No function on tensors may loop here, be it over rows, channels or coordinates; let broadcasting do
it. All numbers are finite, and so are their sums and squares. Those in float64 keep all their
digits.

The rules of every kata are in README.md.
"""

import torch


def center_columns(matrix: torch.Tensor) -> torch.Tensor:
    """Subtract from each column its own mean, so that every column has mean zero.

    Args:
        matrix: (rows, columns), rows at least 1, float32 or float64.

    Returns:
        A tensor of matrix's shape, dtype and device. No loops.

    Example:
        >>> center_columns(torch.tensor([[1.0, 2.0, 9.0], [3.0, 8.0, 4.0]]))
        tensor([[-1.0000, -3.0000,  2.5000],
                [ 1.0000,  3.0000, -2.5000]])

    Edges:
        - A single row becomes zeros: each element is its own mean.
    """
    raise NotImplementedError


def normalize_rows(matrix: torch.Tensor) -> torch.Tensor:
    """Divide each row by its sum, so that every row sums to 1.

    Args:
        matrix: (rows, columns), float32 or float64, no entry negative.

    Returns:
        A tensor of matrix's shape, dtype and device. No loops.

    Example:
        >>> normalize_rows(torch.tensor([[1.0, 3.0], [6.0, 2.0]]))
        tensor([[0.2500, 0.7500],
                [0.7500, 0.2500]])

    Edges:
        - A row of zeros stays zeros.
        - Entries may be as small as 1e-30; such a row sums to 1 like any other.
    """
    raise NotImplementedError


def outer_sum(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Add every element of one vector to every element of another.

    Args:
        a: (n,), of any numeric dtype.
        b: (m,), of a's dtype, which holds the sums.

    Returns:
        (n, m), with a[i] + b[j] at [i, j]; dtype and device kept. No loops.

    Example:
        >>> outer_sum(torch.tensor([10.0, 20.0]), torch.tensor([1.0, 2.0, 3.0]))
        tensor([[11., 12., 13.],
                [21., 22., 23.]])

    Edges:
        - Integers keep their dtype, and a large int64 all its digits.
        - A vector of length 1 or 0 still gives a table, of shape (n, m).
    """
    raise NotImplementedError


def pairwise_distances(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Measure the Euclidean distance from each point of one set to each point of another.

    Args:
        a: (n, d), one point a row, float32 or float64.
        b: (m, d), of the same dtype.

    Returns:
        (n, m), with the root of the sum over k of (a[i, k] - b[j, k])² at [i, j]. No loops.

    Example:
        >>> a = torch.tensor([[0.0, 0.0], [3.0, 4.0]])
        >>> pairwise_distances(a, torch.tensor([[6.0, 8.0], [0.0, 4.0], [6.0, 0.0]]))
        tensor([[10.,  4.,  6.],
                [ 5.,  3.,  5.]])

    Edges:
        - Equal points have distance exactly 0, however many points there are. So expand no squares:
          |a|² - 2ab + |b|² rounds, and torch.cdist does just that above 25 points.
        - Points far from the origin keep small distances precise.
    """
    raise NotImplementedError


def scale_channels(images: torch.Tensor, factors: torch.Tensor) -> torch.Tensor:
    """Multiply each channel of every image by the factor for that channel.

    Args:
        images: (batch, channels, height, width), float32 or float64.
        factors: (channels,), of the same dtype.

    Returns:
        A tensor of the shape, dtype and device of images. No loops.

    Example:
        >>> images = torch.tensor([[[[1.0, 2.0, 3.0]], [[4.0, 5.0, 6.0]]]])  # (1, 2, 1, 3)
        >>> scale_channels(images, torch.tensor([10.0, 100.0])).squeeze()
        tensor([[ 10.,  20.,  30.],
                [400., 500., 600.]])

    Edges:
        - An axis of length 1 stays in the result.
    """
    raise NotImplementedError


def broadcast_shape(a_shape: tuple[int, ...], b_shape: tuple[int, ...]) -> tuple[int, ...]:
    """Tell the shape that two shapes broadcast to, in plain Python: without torch or NumPy.

    Args:
        a_shape: a tuple of lengths.
        b_shape: another, as long or not.

    Returns:
        A tuple of ints. Lengths are paired from the right, and a missing one counts as 1. Two fit
        if they are equal or one of them is 1: then the result has the other.

    Raises:
        ValueError: two lengths do not fit.

    Example:
        >>> broadcast_shape((4, 1), (3,))
        (4, 3)
        >>> broadcast_shape((2, 1, 5), (4, 1))
        (2, 4, 5)

    Edges:
        - A length of 0 is a length like any other: it fits 0 and 1, and gives 0.
        - () is the shape of a single number and fits every shape.
    """
    raise NotImplementedError


def squared_error(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Average the squared differences between predictions and targets of the same shape.

    Args:
        prediction: of any shape, at least one element, float32 or float64.
        target: of the same shape and dtype.

    Returns:
        The mean over all elements as a 0-D tensor, dtype and device kept. No loops.

    Raises:
        ValueError: the shapes differ, even where broadcasting would hide it, as for (n, 1) and
            (n,), or where both hold equally many elements.

    Example:
        >>> squared_error(torch.tensor([1.0, 2.0, 7.0]), torch.tensor([3.0, 3.0, 6.0]))
        tensor(2.)

    Edges:
        - Both may be 0-D; but (1,) against () differs, as does every other shape.
        - Small differences of large numbers, such as 10000.5 and 10000, stay precise.
    """
    raise NotImplementedError
