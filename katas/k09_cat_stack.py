"""Joining: many tensors into one, and one into many.

Lecture: Операции с тензорами (Объединение тензоров).

There are two ways to join tensors, and they are easily mixed up. torch.cat puts them one after
another along an axis that they have already; torch.stack lays them on top of each other along a
new axis. Of three (2, 5) matrices

    torch.cat(matrices, dim=0)      (6, 5)       the first axis grows
    torch.cat(matrices, dim=1)      (2, 15)      the second axis grows
    torch.stack(matrices, dim=0)    (3, 2, 5)    a new axis, as long as the list

With cat the lengths along the joined axis may differ and all others must agree; with stack all
shapes must be the same. That is how single images become a batch. Sentences, which differ in
length, are filled up to the longest first, and a mask remembers which elements are real.

Joining makes a new tensor. If you make a piece for it yourself, give it the dtype and the device
of the others: torch.ones(3) alone is float32 on the CPU, while x.new_ones(3) is like x. The way
back, torch.split, copies nothing: each part is a view of the whole.

Rules of every kata: a result lies on the device of the arguments and keeps their floating dtype,
with all its digits. Arguments stay as they were; they may be non-contiguous, and an axis may have
length 1, or 0 where the result is still defined. Numeric dtypes are uint8, int8 to int64, float32
and float64. An error has a message. Its words, and a view or a copy, a loop or none, are yours to
choose where a docstring leaves them open.
"""

import torch


def join_rows(tensors: list[torch.Tensor]) -> torch.Tensor:
    """Put matrices one below the other: the rows of the first, then those of the second …

    tensors: a list of one matrix or more, (rows, columns) each, of one dtype, numeric or bool, and
    on one device. The number of columns is the same in all, that of rows may differ; either may
    be 0.
    Returns (all rows, columns), dtype and device kept; the list stays as it is.

    >>> join_rows([torch.tensor([[1, 2]]), torch.tensor([[3, 4], [5, 6]])])
    tensor([[1, 2],
            [3, 4],
            [5, 6]])
    """
    raise NotImplementedError


def join_columns(tensors: list[torch.Tensor]) -> torch.Tensor:
    """Put matrices side by side: the columns of the first, then those of the second …

    tensors: a list of one matrix or more, (rows, columns) each, of one dtype, numeric or bool, and
    on one device. The number of rows is the same in all, that of columns may differ; either may
    be 0.
    Returns (rows, all columns), dtype and device kept; the list stays as it is.

    >>> join_columns([torch.tensor([[1], [2]]), torch.tensor([[3, 4], [5, 6]])])
    tensor([[1, 3, 4],
            [2, 5, 6]])
    """
    raise NotImplementedError


def make_batch(images: list[torch.Tensor]) -> torch.Tensor:
    """Make a batch of single images: entry i along a new leading axis is image i.

    images: a list of one image or more, (channels, height, width) each, of one shape, one dtype,
    numeric or bool, and on one device.
    Returns (batch, channels, height, width) with batch = len(images), dtype and device kept. A
    batch of one has the new axis too. The list stays as it is.

    >>> make_batch([torch.zeros(3, 2, 4), torch.ones(3, 2, 4)]).shape
    torch.Size([2, 3, 2, 4])
    """
    raise NotImplementedError


def interleave(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Alternate the entries of two tensors along the first axis: a[0], b[0], a[1], b[1] …

    a, b: (n, ...), rank 1 or more, of one dtype, numeric or bool, and on one device; the entries
    of a vector are numbers, those of a matrix its rows. n may be 0, and further axes have the same
    lengths in both.
    Returns (2 · n, ...), dtype and device kept. No loops.
    Raises ValueError where the first axes differ in length, also if one of them has length 1.

    >>> interleave(torch.tensor([1, 2, 3]), torch.tensor([10, 20, 30]))
    tensor([ 1, 10,  2, 20,  3, 30])
    >>> interleave(torch.tensor([[1, 2], [3, 4]]), torch.tensor([[5, 6], [7, 8]]))
    tensor([[1, 2],
            [5, 6],
            [3, 4],
            [7, 8]])
    """
    raise NotImplementedError


def pad_and_stack(sequences: list[torch.Tensor], value: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Stack sequences of different lengths as rows, filled up on the right with a value.

    sequences: a list of one vector or more, (length,) each, of one numeric dtype and on one
    device; any of them may be empty, and so may all.
    value: a Python number in the range of the dtype: an int, up to 2**53 in size, or for floats
    also a float, inf and NaN too; float64 gets all its digits. It may occur among the elements.
    Returns a tuple (padded, mask), both (number of sequences, longest length) on the device of
    the sequences: padded has their dtype and their order, mask is bool, True where an element is
    real and False where it is filling. The list stays as it is.
    Raises ValueError for an empty list.

    >>> padded, mask = pad_and_stack([torch.tensor([1, 2, 3]), torch.tensor([4])], 0)
    >>> padded
    tensor([[1, 2, 3],
            [4, 0, 0]])
    >>> mask
    tensor([[ True,  True,  True],
            [ True, False, False]])
    """
    raise NotImplementedError


def append_ones_column(matrix: torch.Tensor) -> torch.Tensor:
    """Add a column of ones on the right of a matrix, as a linear layer with a bias needs it.

    matrix: (rows, columns), either may be 0, of any numeric dtype.
    Returns (rows, columns + 1): the matrix, then a column of ones; dtype and device kept.

    >>> append_ones_column(torch.tensor([[2, 3], [4, 5]]))
    tensor([[2, 3, 1],
            [4, 5, 1]])
    """
    raise NotImplementedError


def split_like(x: torch.Tensor, sizes: list[int]) -> tuple[torch.Tensor, ...]:
    """Cut a tensor along its first axis into parts of the given lengths, without copying.

    x: (n, ...), rank 1 or more, any numeric dtype or bool.
    sizes: a list of at least one length, 0 or more each.
    Returns a tuple of views of x, one for each length and in that order, (size, ...) each: they
    share the memory of x, so what is written into x shows in them. A length of 0 gives an empty
    part.
    Raises ValueError where the lengths add up to more or less than n.

    >>> split_like(torch.tensor([1, 2, 3, 4, 5]), [2, 0, 3])
    (tensor([1, 2]), tensor([], dtype=torch.int64), tensor([3, 4, 5]))
    """
    raise NotImplementedError
