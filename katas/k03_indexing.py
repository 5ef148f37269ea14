"""Indexing: pick parts of a tensor.

Lecture: Объединение тензоров (Индексация).

Square brackets take one entry for each axis, from the left; axes that are not named stay whole.
What an entry is decides what becomes of its axis:

    x[3]             an int picks one position, and the axis is gone
    x[1:4]  x[5::3]  a slice picks a range, and the axis stays, even if it has length 1 then
    x[:, 3]          a lone colon keeps an axis whole, to get at the next one; so does x[..., 3],
                     where the dots stand for all the axes before the last
    x[[2, 0, 2]]     a list of positions, or an int64 tensor of them, picks these, in this order
    x[mask]          a bool tensor picks where it is True: positions if it is as long as the
                     axis, single elements if it has the whole shape of x

Negative positions count from the end: -1 is the last. x[i, j] is one step and x[i][j] are two:
the second bracket sees what the first one left. So x[:][0] is simply x[0], a row and no column.

Two lists in one pair of brackets go together like the teeth of a zip: x[[0, 1], [2, 3]] is the
pair of elements (0, 2) and (1, 3), not a block of four. It takes two steps to get the block, or
positions that are shaped to broadcast against each other: x[[[0], [1]], [2, 3]].

Reading with ints and slices gives a view of the same memory, reading with lists and masks a copy.
Writing to any of them, x[mask] = 0, changes x itself. x.sum(dim=1) adds up each row.

Rules of every kata: a result lies on the device of the arguments and keeps their floating dtype,
with all its digits. Arguments stay as they were; they may be non-contiguous, and an axis may have
length 1, or 0 where the result is still defined. Numeric dtypes are uint8, int8 to int64, float32
and float64. An error has a message. Its words, and a view or a copy, a loop or none, are yours to
choose where a docstring leaves them open.
"""

import torch


def first_item(batch: torch.Tensor) -> torch.Tensor:
    """Pick the first item of a batch, without the batch axis.

    batch: (n, …), n at least 1, with any axes or none after the first; any numeric dtype or bool.
    Returns a tensor of shape (…), dtype and device kept. The other axes stay, also those of
    length 1; the first item of a vector is a 0-D tensor.

    >>> first_item(torch.tensor([[1, 2, 3], [4, 5, 6]]))
    tensor([1, 2, 3])
    """
    raise NotImplementedError


def last_column(matrix: torch.Tensor) -> torch.Tensor:
    """Pick the last column of a matrix, as a vector.

    matrix: (rows, columns), columns at least 1, any numeric dtype or bool.
    Returns (rows,), dtype and device kept; one row gives (1,), none (0,).

    >>> last_column(torch.tensor([[1, 2, 3], [4, 5, 6]]))
    tensor([3, 6])
    """
    raise NotImplementedError


def every_other_row(matrix: torch.Tensor) -> torch.Tensor:
    """Pick the rows 0, 2, 4 and so on of a matrix.

    matrix: (rows, columns), any numeric dtype or bool.
    Returns the rows at even positions, in their order; dtype and device kept. 3 rows give 2,
    4 rows also 2, 1 row gives 1, and no rows give none.

    >>> every_other_row(torch.tensor([[1, 2], [3, 4], [5, 6]]))
    tensor([[1, 2],
            [5, 6]])
    """
    raise NotImplementedError


def channel(images: torch.Tensor, index: int) -> torch.Tensor:
    """Pick one channel of every image, and keep the axis.

    images: (batch, channels, height, width), any numeric dtype or bool.
    index: from 0 to channels - 1.
    Returns (batch, 1, height, width), dtype and device kept.

    >>> channel(torch.tensor([[[[1, 2]], [[3, 4]], [[5, 6]]]]), 1)
    tensor([[[[3, 4]]]])
    """
    raise NotImplementedError


def corners(matrix: torch.Tensor) -> torch.Tensor:
    """Pick the four corners of a matrix.

    matrix: (rows, columns), at least one of each, any numeric dtype or bool.
    Returns (2, 2), dtype and device kept: in the first row the corners at the top, left and
    right, in the second row those at the bottom. A single row is both top and bottom, a single
    column both left and right, so one element may stand in several corners.

    >>> corners(torch.tensor([[1, 2, 3], [4, 5, 6], [7, 8, 9]]))
    tensor([[1, 3],
            [7, 9]])
    """
    raise NotImplementedError


def pick_pairs(
    matrix: torch.Tensor, rows: list[int] | torch.Tensor, columns: list[int] | torch.Tensor
) -> torch.Tensor:
    """Pick single elements, each by its row and its column.

    matrix: (n, m), any numeric dtype or bool. rows, columns: positions in range, none negative,
    in two lists of ints or in two int64 tensors (k,) on the device of matrix; equally long. They
    may be empty, and positions may repeat and come in any order.
    Returns (k,), dtype and device of matrix kept: element i is matrix[rows[i], columns[i]].

    >>> pick_pairs(torch.tensor([[1, 2, 3], [4, 5, 6]]), [1, 0], [0, 2])
    tensor([4, 3])
    """
    raise NotImplementedError


def pick_block(
    matrix: torch.Tensor, rows: list[int] | torch.Tensor, columns: list[int] | torch.Tensor
) -> torch.Tensor:
    """Pick the block where the chosen rows meet the chosen columns.

    matrix: (n, m), any numeric dtype or bool. rows, columns: positions in range, none negative,
    in two lists of ints or in two int64 tensors, (k,) and (l,), on the device of matrix; each of
    any length. They may be empty, and positions may repeat and come in any order.
    Returns (k, l), dtype and device of matrix kept: entry [i, j] is matrix[rows[i], columns[j]].

    >>> pick_block(torch.tensor([[1, 2, 3], [4, 5, 6]]), [1, 0], [0, 2, 2])
    tensor([[4, 6, 6],
            [1, 3, 3]])
    """
    raise NotImplementedError


def replace_where(x: torch.Tensor, mask: torch.Tensor, value: float) -> torch.Tensor:
    """Put a value wherever a mask is True, in a new tensor.

    x: any shape, 0-D too, any numeric dtype. mask: a bool tensor of the same shape and device.
    value: a Python number within the range of x's dtype, and an int where x has integers.
    Returns a tensor of x's shape, dtype and device: value where mask is True, elsewhere what x
    has there. NaN and inf, in x or as the value, are numbers like any other. The result has
    memory of its own, even where mask is all False; x stays as it is.

    >>> x = torch.tensor([3, -1, 2])
    >>> replace_where(x, x < 0, 0)
    tensor([3, 0, 2])
    >>> x
    tensor([ 3, -1,  2])
    """
    raise NotImplementedError


def rows_with_positive_sum(matrix: torch.Tensor) -> torch.Tensor:
    """Keep the rows whose elements add up to more than zero.

    matrix: (rows, columns), any numeric dtype.
    Returns (kept, columns), dtype and device kept: the rows as they are, in their order. There
    may be none: then the shape is (0, columns). The true sum counts, also where the dtype can't
    hold it, as 100 + 100 in int8. Sums of integers fit int64, and no sum of floats is so near
    zero that rounding decides. A sum of NaN is not more than zero.

    >>> rows_with_positive_sum(torch.tensor([[1, -2], [3, 0], [2, -2], [-1, 4]]))
    tensor([[ 3,  0],
            [-1,  4]])
    """
    raise NotImplementedError
