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

In memory, neighbours along an axis lie a fixed number of elements apart, the axis's stride; a
fresh (2, 3) tensor has strides (3, 1). New strides over old memory make a view, which costs
nothing and shares the memory: what is written into one shows in the other. Rows may even overlap
in it (see Tensor.unfold). A transposed matrix is a view, and as a rule non-contiguous, for it
does not run through its memory in order. Strides can give such a tensor some new shapes and not
others: view then raises RuntimeError, while reshape quietly copies.

Rules of every kata: a result lies on the device of the arguments and keeps their floating dtype,
with all its digits. Arguments stay as they were; they may be non-contiguous, and an axis may have
length 1, or 0 where the result is still defined. Numeric dtypes are uint8, int8 to int64, float32
and float64. An error has a message. Its words, and a view or a copy, a loop or none, are yours to
choose where a docstring leaves them open.
"""

import torch


def to_rows(x: torch.Tensor, rows: int) -> torch.Tensor:
    """Arrange all elements in a given number of equally long rows, in row-major order.

    x: any shape, 0-D too, any numeric dtype or bool.
    Returns (rows, count // rows) for a count of elements, dtype kept. The first row holds the
    first elements of x, the second the next ones. An x without elements gives (rows, 0).
    Raises ValueError where rows is under 1 or does not divide the count.

    >>> to_rows(torch.arange(6), 2)
    tensor([[0, 1, 2],
            [3, 4, 5]])
    >>> to_rows(torch.arange(6), 4)
    Traceback (most recent call last):
    ...
    ValueError: 6 elements do not make 4 equally long rows
    """
    if rows < 1 or x.numel() % rows:
        raise ValueError(f"{x.numel()} elements do not make {rows} equally long rows")
    return x.reshape(rows, x.numel() // rows)


def as_column(vector: torch.Tensor) -> torch.Tensor:
    """Stand a vector upright: a matrix with one column.

    vector: (n,), n may be 0, any numeric dtype or bool.
    Returns (n, 1), dtype kept; its entry at [i, 0] is vector[i].

    >>> as_column(torch.tensor([1, 2, 3]))
    tensor([[1],
            [2],
            [3]])
    """
    return vector[:, None]


def as_row(vector: torch.Tensor) -> torch.Tensor:
    """Lay a vector down: a matrix with one row.

    vector: (n,), n may be 0, any numeric dtype or bool.
    Returns (1, n), dtype kept; its entry at [0, i] is vector[i].

    >>> as_row(torch.tensor([1, 2, 3]))
    tensor([[1, 2, 3]])
    """
    return vector[None, :]


def transposed(matrix: torch.Tensor) -> torch.Tensor:
    """Turn rows into columns and columns into rows.

    matrix: (rows, columns), either may be 0, any numeric dtype or bool.
    Returns (columns, rows), dtype kept; its entry at [j, i] is matrix[i, j].

    >>> transposed(torch.tensor([[1, 2, 3], [4, 5, 6]]))
    tensor([[1, 4],
            [2, 5],
            [3, 6]])
    """
    return matrix.T


def split_heads(x: torch.Tensor, heads: int) -> torch.Tensor:
    """Cut each feature vector into equal parts, one for each head of an attention layer.

    x: (batch, time, features), any length may be 0, any numeric dtype or bool.
    Returns (batch, heads, time, size) with size = features // heads, dtype kept.
    Head 0 has the first size features of every time step, head 1 the next ones: the entry at
    [b, h, t, i] is x[b, t, h * size + i].
    Raises ValueError where heads is under 1 or does not divide the number of features.
    Where heads come from: https://arxiv.org/abs/1706.03762, section 3.2.2

    >>> x = torch.tensor([[[0, 1, 2, 3], [10, 11, 12, 13], [20, 21, 22, 23]]])
    >>> split_heads(x, 2)
    tensor([[[[ 0,  1],
              [10, 11],
              [20, 21]],
    <BLANKLINE>
             [[ 2,  3],
              [12, 13],
              [22, 23]]]])
    """
    batch, time, features = x.shape
    if heads < 1 or features % heads:
        raise ValueError(f"{features} features cannot be shared out equally among {heads} heads")
    return x.reshape(batch, time, heads, features // heads).transpose(1, 2)


def merge_heads(x: torch.Tensor) -> torch.Tensor:
    """Put the features of all heads side by side again, the inverse of split_heads.

    x: (batch, heads, time, size), heads at least 1, the others may be 0, any numeric dtype or
    bool.
    Returns (batch, time, heads * size), dtype kept. At every time step the features of head 0
    come first, then those of head 1: the entry at [b, t, h * size + i] is x[b, h, t, i].

    >>> merge_heads(torch.tensor([[[[0, 1], [10, 11]], [[2, 3], [12, 13]]]]))
    tensor([[[ 0,  1,  2,  3],
             [10, 11, 12, 13]]])
    """
    batch, heads, time, size = x.shape
    return x.transpose(1, 2).reshape(batch, time, heads * size)


def without_copy(x: torch.Tensor, shape: tuple[int, ...]) -> torch.Tensor:
    """Give a tensor another shape over the same memory, or refuse.

    x: any shape, any numeric dtype or bool, contiguous or not.
    shape: a tuple of lengths, 0 or more each, no -1 among them; () is the shape of a 0-D tensor,
    which holds one element.
    Returns a view of this shape, which shares x's memory and holds x's elements in row-major
    order, dtype kept. A non-contiguous x has such a view too for every shape that strides can
    describe; an x without elements has one for every shape without elements.
    Raises RuntimeError where no strides describe the shape, so that only a copy would do, and
    where the shape holds another number of elements than x.

    >>> x = torch.arange(6)
    >>> table = without_copy(x, (2, 3))
    >>> table[1, 0] = 100
    >>> x
    tensor([  0,   1,   2, 100,   4,   5])
    >>> without_copy(table.T, (3, 2, 1)).shape
    torch.Size([3, 2, 1])
    >>> try:
    ...     without_copy(table.T, (6,))
    ... except RuntimeError:
    ...     print("read by columns, the elements lie at no even distance")
    read by columns, the elements lie at no even distance
    """
    return x.view(shape)


def windows(vector: torch.Tensor, size: int) -> torch.Tensor:
    """Slide a window along a vector, one element at a time, and list what it shows.

    vector: (n,), any numeric dtype or bool.
    Returns (n - size + 1, size), dtype kept; row i is vector[i : i + size]. The result is a
    view, which shares vector's memory: an element stands in several windows and lies in memory
    once. No loops.
    Raises ValueError where size is under 1 or over n.

    >>> windows(torch.tensor([1, 2, 3, 4]), 3)
    tensor([[1, 2, 3],
            [2, 3, 4]])
    """
    if not 1 <= size <= len(vector):
        raise ValueError(f"no window of size {size} fits into {len(vector)} elements")
    return vector.unfold(0, size, 1)
