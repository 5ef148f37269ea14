"""Reshaping: the same elements under another shape.

Lecture: Форма и размер в PyTorch (Переформатирование тензоров).

A shape is a way to read elements that stand in a line, and PyTorch reads in row-major order:
row by row, the last axis fastest. So the same six elements make either table:

    0 1 2 3 4 5    as (2, 3):   0 1 2    as (3, 2):   0 1
                                3 4 5                 2 3
                                                      4 5

reshape keeps this order and changes only where a row ends; one length may be given as -1 and is
worked out from the others, unless one of those is 0. Swapping two axes is something else:
transpose and permute keep the table and change the order in which it is read. Where an axis has
to move you need these, and no reshape alone will do, even if the shape that comes out looks right.
The heads of an attention layer are such a case (https://arxiv.org/abs/1706.03762, section 3.2.2).

In memory, neighbours along an axis lie a fixed number of elements apart, the axis's stride; a
fresh (2, 3) tensor has strides (3, 1). New strides over old memory make a view, which costs
nothing and shares the memory: what is written into one shows in the other. Rows may even overlap
in it (see Tensor.unfold). A transposed matrix is a view, and as a rule non-contiguous, for it
does not run through its memory in order. Strides can give such a tensor some new shapes and not
others: view then raises RuntimeError, while reshape quietly copies.

The rules of every kata are in README.md.
"""

import torch


def to_rows(x: torch.Tensor, rows: int) -> torch.Tensor:
    """Arrange all elements in equally long rows, in row-major order.

    Args:
        x: any shape, numeric or bool.
        rows: at least 1.

    Returns:
        (rows, columns), dtype kept. The first row holds the first elements of x.

    Raises:
        ValueError or RuntimeError: the elements do not fill so many rows.

    Example:
        >>> to_rows(torch.tensor([[1, 2], [3, 4], [5, 6]]), 2)
        tensor([[1, 2, 3],
                [4, 5, 6]])

    Edges:
        - x may be non-contiguous: its own order counts, not that of memory.
        - An empty x makes as many empty rows as asked for.
        - A 0-D x makes one row of one element.
    """
    return x.reshape(rows, -1)


def as_column(vector: torch.Tensor) -> torch.Tensor:
    """Stand a vector upright: a matrix with one column.

    Args:
        vector: (n,), numeric or bool.

    Returns:
        A matrix of shape (n, 1) and the vector's dtype; its entry at [i, 0] is vector[i].

    Example:
        >>> as_column(torch.tensor([1, 2, 3]))
        tensor([[1],
                [2],
                [3]])

    Edges:
        - A vector without elements gives (0, 1).
    """
    return vector[:, None]


def as_row(vector: torch.Tensor) -> torch.Tensor:
    """Lay a vector down: a matrix with one row.

    Args:
        vector: (n,), numeric or bool.

    Returns:
        A matrix of shape (1, n) and the vector's dtype; its entry at [0, i] is vector[i].

    Example:
        >>> as_row(torch.tensor([1, 2, 3]))
        tensor([[1, 2, 3]])

    Edges:
        - A vector without elements gives (1, 0).
    """
    return vector[None, :]


def transposed(matrix: torch.Tensor) -> torch.Tensor:
    """Turn rows into columns and columns into rows.

    Args:
        matrix: (rows, columns), numeric or bool.

    Returns:
        A matrix of shape (columns, rows), dtype kept; its entry at [j, i] is matrix[i, j].

    Example:
        >>> transposed(torch.tensor([[1, 2, 3], [4, 5, 6]]))
        tensor([[1, 4],
                [2, 5],
                [3, 6]])

    Edges:
        - A matrix without rows becomes one without columns, and the other way round.
    """
    return matrix.T


def split_heads(x: torch.Tensor, heads: int) -> torch.Tensor:
    """Cut each feature vector into equal parts, one for each head of an attention layer.

    Args:
        x: (batch, time, features), numeric or bool.
        heads: how many, at least 1.

    Returns:
        (batch, heads, time, size), dtype kept. Head 0 has the first size features of every time
        step, head 1 the next ones, and so on.

    Raises:
        ValueError or RuntimeError: heads does not divide the features.

    Example:
        >>> x = torch.tensor([[[1, 2, 3, 4], [11, 12, 13, 14], [21, 22, 23, 24]]])
        >>> split_heads(x, 2)
        tensor([[[[ 1,  2],
                  [11, 12],
                  [21, 22]],
        <BLANKLINE>
                 [[ 3,  4],
                  [13, 14],
                  [23, 24]]]])

    Edges:
        - An empty batch, no time steps or no features leave an axis of length 0.
    """
    batch, time, features = x.shape
    return x.reshape(batch, time, heads, features // heads).transpose(1, 2)


def merge_heads(x: torch.Tensor) -> torch.Tensor:
    """Undo split_heads: put the features of all heads side by side again.

    Args:
        x: (batch, heads, time, size), numeric or bool.

    Returns:
        (batch, time, heads * size), dtype kept. At every time step the features of head 0 come
        first, then head 1's.

    Example:
        >>> x = torch.tensor([[[[1, 2], [11, 12], [21, 22]], [[3, 4], [13, 14], [23, 24]]]])
        >>> merge_heads(x)
        tensor([[[ 1,  2,  3,  4],
                 [11, 12, 13, 14],
                 [21, 22, 23, 24]]])

    Edges:
        - x may be non-contiguous, as what split_heads returns is as a rule.
        - An empty batch, no time steps or no features leave an axis of length 0.
    """
    batch, heads, time, size = x.shape
    return x.transpose(1, 2).reshape(batch, time, heads * size)


def without_copy(x: torch.Tensor, shape: tuple[int, ...]) -> torch.Tensor:
    """Give a tensor another shape over the same memory, or refuse.

    Args:
        x: any shape, numeric or bool, contiguous or not.
        shape: a tuple of lengths, no -1 among them.

    Returns:
        A view of this shape: it shares x's memory and holds x's elements in row-major order.

    Raises:
        RuntimeError: no strides over x's memory make this shape: only a copy would do.

    Example:
        >>> x = torch.tensor([1, 2, 3, 4, 5, 6])
        >>> table = without_copy(x, (2, 3))
        >>> table[1, 0] = 100
        >>> x
        tensor([  1,   2,   3, 100,   5,   6])

    Edges:
        - A shape for more or fewer elements than x has raises RuntimeError, too.
        - A single element can also be given the shape ().
        - A tensor without elements can be given any other shape without elements.
    """
    return x.view(shape)


def windows(vector: torch.Tensor, size: int) -> torch.Tensor:
    """Slide a window along a vector, one element at a time, and list what it shows.

    Args:
        vector: (n,), numeric or bool.
        size: how many elements a window shows, at least 1.

    Returns:
        (n - size + 1, size), dtype kept; row i is vector[i : i + size]. A view, which shares the
        vector's memory. No loops.

    Raises:
        ValueError or RuntimeError: size is over n.

    Example:
        >>> windows(torch.tensor([1, 2, 3, 4]), 3)
        tensor([[1, 2, 3],
                [2, 3, 4]])

    Edges:
        - The windows share the memory of a non-contiguous vector, too.
        - A window as long as the vector fits once.
    """
    return vector.unfold(0, size, 1)
