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

The rules of every kata are in README.md.
"""

import torch


def first_item(batch: torch.Tensor) -> torch.Tensor:
    """Pick the first item of a batch, without the batch axis.

    Args:
        batch: (n, ...), n at least 1, numeric or bool.

    Returns:
        The item at position 0, of shape (...), dtype kept.

    Example:
        >>> first_item(torch.tensor([[1, 2, 3], [4, 5, 6]]))
        tensor([1, 2, 3])

    Edges:
        - The first item of a vector is a 0-D tensor.
        - Other axes of length 1 stay, and so do those of length 0.
    """
    raise NotImplementedError


def last_column(matrix: torch.Tensor) -> torch.Tensor:
    """Pick the last column of a matrix, as a vector.

    Args:
        matrix: (rows, columns), columns at least 1, numeric or bool.

    Returns:
        (rows,), dtype kept.

    Example:
        >>> last_column(torch.tensor([[1, 2, 3], [4, 5, 6]]))
        tensor([3, 6])

    Edges:
        - One row gives (1,), no rows give (0,).
    """
    raise NotImplementedError


def every_other_row(matrix: torch.Tensor) -> torch.Tensor:
    """Pick the rows 0, 2, 4 and so on of a matrix.

    Args:
        matrix: (rows, columns), numeric or bool.

    Returns:
        The rows at even positions, in their order, as a matrix; dtype kept.

    Example:
        >>> every_other_row(torch.tensor([[1, 2], [3, 4], [5, 6]]))
        tensor([[1, 2],
                [5, 6]])

    Edges:
        - A single row is picked, and of no rows none.
        - Rows without columns are counted like any others.
    """
    raise NotImplementedError


def channel(images: torch.Tensor, index: int) -> torch.Tensor:
    """Pick one channel of every image, and keep the axis.

    Args:
        images: (batch, channels, height, width), numeric or bool.
        index: the channel, from 0 to channels - 1.

    Returns:
        (batch, 1, height, width), dtype kept.

    Example:
        >>> images = torch.tensor([[[[1, 2]], [[3, 4]]], [[[5, 6]], [[7, 8]]]])
        >>> channel(images, 1)
        tensor([[[[3, 4]]],
        <BLANKLINE>
        <BLANKLINE>
                [[[7, 8]]]])

    Edges:
        - A single image, and a single pixel, keep their axes.
        - There may be no images, or no pixels.
    """
    raise NotImplementedError


def corners(matrix: torch.Tensor) -> torch.Tensor:
    """Pick the four corners of a matrix.

    Args:
        matrix: (rows, columns), at least one of each, numeric or bool.

    Returns:
        (2, 2), dtype kept: top left and top right, below them bottom left and bottom right.

    Example:
        >>> corners(torch.tensor([[1, 2, 3], [4, 5, 6], [7, 8, 9]]))
        tensor([[1, 3],
                [7, 9]])

    Edges:
        - A single row is both top and bottom.
        - A single column is both left and right.
    """
    raise NotImplementedError


def pick_pairs(
    matrix: torch.Tensor, rows: list[int] | torch.Tensor, columns: list[int] | torch.Tensor
) -> torch.Tensor:
    """Pick single elements, each by its row and its column.

    Args:
        matrix: (n, m), numeric or bool.
        rows: k positions, none negative, in any order; they may repeat.
        columns: as many positions again.

    Returns:
        (k,), dtype of matrix kept: element i is matrix[rows[i], columns[i]].

    Example:
        >>> pick_pairs(torch.tensor([[1, 2, 3], [4, 5, 6]]), [1, 0], [0, 2])
        tensor([4, 3])

    Edges:
        - One pair gives a vector of one element.
        - Empty lists give shape (0,), in any dtype.
        - Positions may come in int64 tensors on the device of matrix.
    """
    raise NotImplementedError


def pick_block(
    matrix: torch.Tensor, rows: list[int] | torch.Tensor, columns: list[int] | torch.Tensor
) -> torch.Tensor:
    """Pick the block where the chosen rows meet the chosen columns.

    Args:
        matrix: (n, m), numeric or bool.
        rows: k positions, none negative, in any order; they may repeat.
        columns: l positions, likewise.

    Returns:
        (k, l), dtype of matrix kept: entry [i, j] is matrix[rows[i], columns[j]].

    Example:
        >>> pick_block(torch.tensor([[1, 2, 3], [4, 5, 6]]), [1, 0], [0, 2, 2])
        tensor([[4, 6, 6],
                [1, 3, 3]])

    Edges:
        - One row, or one column, keeps its axis.
        - An empty list makes an axis of length 0, and the other axis stays.
        - Positions may come in int64 tensors on the device of matrix.
    """
    raise NotImplementedError


def replace_where(x: torch.Tensor, mask: torch.Tensor, value: float) -> torch.Tensor:
    """Put a value wherever a mask is True, in a new tensor.

    Args:
        x: any shape, numeric.
        mask: bool, of x's shape.
        value: a Python number that x's dtype can hold.

    Returns:
        A tensor of x's shape and dtype: value where mask is True, elsewhere what x has there.

    Example:
        >>> x = torch.tensor([3, -1, 2])
        >>> replace_where(x, x < 0, 10)
        tensor([ 3, 10,  2])

    Edges:
        - NaN and inf, in x or as the value, are numbers like any other.
        - Large integers and float64 keep all their digits.
        - x may be 0-D.
        - The result has memory of its own, even where mask is all False.
    """
    raise NotImplementedError


def rows_with_positive_sum(matrix: torch.Tensor) -> torch.Tensor:
    """Keep the rows whose elements add up to more than zero.

    Args:
        matrix: (rows, columns), numeric.

    Returns:
        (kept, columns), dtype kept: the rows as they are, in their order.

    Example:
        >>> rows_with_positive_sum(torch.tensor([[1, -2], [3, 0], [2, -2], [-1, 4]]))
        tensor([[ 3,  0],
                [-1,  4]])

    Edges:
        - Where no row is kept the shape is (0, columns), and one row kept is a matrix still.
        - The true sum of integers counts, also where the dtype can't hold it: 100 + 100 in int8.
        - Any sum above zero is enough, 1e-30 too.
        - A sum of NaN is not more than zero.
    """
    raise NotImplementedError
