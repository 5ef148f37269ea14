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
it. All numbers are finite, and so are their sums and squares.

Rules of every kata: a result lies on the device of the arguments and keeps their floating dtype,
with all its digits. Arguments stay as they were; they may be non-contiguous, and an axis may have
length 1, or 0 where the result is still defined. Numeric dtypes are uint8, int8 to int64, float32
and float64. An error has a message. Its words, and a view or a copy, a loop or none, are yours to
choose where a docstring leaves them open.
"""

import torch


def center_columns(matrix: torch.Tensor) -> torch.Tensor:
    """Subtract from each column its own mean, so that every column has mean zero, up to rounding.

    matrix: (rows, columns), rows at least 1, float32 or float64.
    Returns a tensor of the same shape, dtype and device. No loops.

    >>> center_columns(torch.tensor([[0.0, 2.0], [1.0, 6.0]]))
    tensor([[-0.5000, -2.0000],
            [ 0.5000,  2.0000]])
    """
    raise NotImplementedError


def normalize_rows(matrix: torch.Tensor) -> torch.Tensor:
    """Divide each row by its sum, so that every row sums to 1; a row of zeros stays zeros.

    matrix: (rows, columns), entries not negative, float32 or float64. Entries other than 0 may
    be as small as 1e-30: a row of such entries is a row like any other.
    Returns a tensor of the same shape, dtype and device. No loops.

    >>> normalize_rows(torch.tensor([[1.0, 3.0], [0.0, 0.0]]))
    tensor([[0.2500, 0.7500],
            [0.0000, 0.0000]])
    """
    raise NotImplementedError


def outer_sum(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Add every element of one vector to every element of another.

    a: (n,), b: (m,), of one numeric dtype, which can hold their sums.
    Returns the (n, m) table whose entry at [i, j] is a[i] + b[j]; dtype and device kept. No loops.

    >>> outer_sum(torch.tensor([0, 10]), torch.tensor([1, 2, 3]))
    tensor([[ 1,  2,  3],
            [11, 12, 13]])
    """
    raise NotImplementedError


def pairwise_distances(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Measure the Euclidean distance from each point in one set to each point in another.

    a: (n, d), b: (m, d), a point a row, both float32 or both float64. Entry [i, j] of the
    result is the square root of the sum over k of (a[i, k] - b[j, k])².
    Returns (n, m), dtype and device kept. Equal points have distance exactly 0, however many
    points there are; so expand no squares, for |a|² - 2ab + |b|² rounds (and torch.cdist does just
    that above 25 points, unless told otherwise). No loops.

    >>> a = torch.tensor([[0.0, 0.0], [3.0, 4.0]])
    >>> pairwise_distances(a, torch.tensor([[0.0, 0.0], [0.0, 4.0], [6.0, 8.0]]))
    tensor([[ 0.,  4., 10.],
            [ 5.,  3.,  5.]])
    """
    raise NotImplementedError


def scale_channels(images: torch.Tensor, factors: torch.Tensor) -> torch.Tensor:
    """Multiply each channel of every image by the factor for that channel.

    images: (batch, channels, height, width), factors: (channels,), both float32 or both float64.
    Returns a tensor of the shape, dtype and device of images. No loops.

    >>> images = torch.ones(1, 2, 1, 2)
    >>> scale_channels(images, torch.tensor([10.0, 20.0])).flatten()
    tensor([10., 10., 20., 20.])
    """
    raise NotImplementedError


def broadcast_shape(a_shape: tuple[int, ...], b_shape: tuple[int, ...]) -> tuple[int, ...]:
    """Tell the shape that two shapes broadcast to, by the rule itself: plain Python, no torch.

    a_shape, b_shape: tuples of lengths, 0 or more, however large; () is the shape of a number.
    The lengths are paired from the right, and a missing one counts as 1. Two lengths fit if they
    are equal, or if one of them is 1: then the result has the other. A length of 0 is a length
    like any other: with 1 it gives 0.
    Returns a tuple of ints. Raises ValueError where two lengths do not fit.
    The rule: https://docs.pytorch.org/docs/stable/notes/broadcasting.html

    >>> broadcast_shape((4, 1), (3,))
    (4, 3)
    >>> broadcast_shape((4, 2), (3,))
    Traceback (most recent call last):
    ...
    ValueError: (4, 2) and (3,) do not fit
    """
    raise NotImplementedError


def squared_error(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Average the squared differences between predictions and targets of the same shape.

    prediction, target: one shape, at least one element, both float32 or both float64.
    Returns the mean over all elements as a 0-D tensor, dtype and device kept. No loops.
    Raises ValueError where the shapes differ, even if they would broadcast or hold equally many
    elements: (n, 1) against (n,) is a mistake, and broadcasting it would hide it.

    >>> squared_error(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0]))
    tensor(2.)
    """
    raise NotImplementedError
