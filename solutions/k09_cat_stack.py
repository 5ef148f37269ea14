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

The rules of every kata are in README.md.
"""

import torch


def join_rows(tensors: list[torch.Tensor]) -> torch.Tensor:
    """Put matrices one below the other: the rows of the first, then those of the second …

    Args:
        tensors: one matrix or more, (rows, columns) each, with equally many columns.

    Returns:
        (all rows, columns), dtype kept.

    Example:
        >>> join_rows([torch.tensor([[1, 2]]), torch.tensor([[3, 4], [5, 6]])])
        tensor([[1, 2],
                [3, 4],
                [5, 6]])

    Edges:
        - A list of one matrix gives its rows.
        - A matrix may have no rows, or no columns.
    """
    return torch.cat(tensors)


def join_columns(tensors: list[torch.Tensor]) -> torch.Tensor:
    """Put matrices side by side: the columns of the first, then those of the second …

    Args:
        tensors: one matrix or more, (rows, columns) each, with equally many rows.

    Returns:
        (rows, all columns), dtype kept.

    Example:
        >>> join_columns([torch.tensor([[1], [2]]), torch.tensor([[3, 4], [5, 6]])])
        tensor([[1, 3, 4],
                [2, 5, 6]])

    Edges:
        - A list of one matrix gives its columns.
        - A matrix may have no columns, or no rows.
    """
    return torch.cat(tensors, dim=1)


def make_batch(images: list[torch.Tensor]) -> torch.Tensor:
    """Make a batch of single images: entry i along a new leading axis is image i.

    Args:
        images: one image or more, (channels, height, width) each, of one shape and dtype.

    Returns:
        (batch, channels, height, width), dtype kept.

    Example:
        >>> make_batch([torch.tensor([[[1, 2]]]), torch.tensor([[[3, 4]]])])
        tensor([[[[1, 2]]],
        <BLANKLINE>
        <BLANKLINE>
                [[[3, 4]]]])

    Edges:
        - A batch of one has the new axis too.
        - Images without pixels are counted like any others.
    """
    return torch.stack(images)


def interleave(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Alternate the entries of two tensors along the first axis: a[0], b[0], a[1], b[1] …

    Args:
        a: (n, ...), rank 1 or more; the entries of a vector are numbers, those of a matrix rows.
        b: of a's shape and dtype.

    Returns:
        (2 · n, ...), dtype kept. No loops.

    Example:
        >>> interleave(torch.tensor([[1, 2], [3, 4]]), torch.tensor([[5, 6], [7, 8]]))
        tensor([[1, 2],
                [5, 6],
                [3, 4],
                [7, 8]])

    Edges:
        - First axes of unequal lengths raise ValueError or RuntimeError, also where one is 1.
        - Two empty tensors make an empty one, which keeps the further axes.
        - Infinities and NaN leave their neighbours alone.
    """
    return torch.stack((a, b), dim=1).flatten(0, 1)


def pad_and_stack(sequences: list[torch.Tensor], value: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Stack sequences of different lengths as rows, filled up on the right with a value.

    Args:
        sequences: one vector or more, (length,) each, of one numeric dtype.
        value: a Python number that the dtype can hold.

    Returns:
        A tuple (padded, mask), both (number of sequences, longest length): padded has the
        sequences' dtype, mask is bool, True where an element is real and False where it is filling.

    Example:
        >>> padded, mask = pad_and_stack([torch.tensor([1, 2, 3]), torch.tensor([4])], 0)
        >>> padded
        tensor([[1, 2, 3],
                [4, 0, 0]])
        >>> mask
        tensor([[ True,  True,  True],
                [ True, False, False]])

    Edges:
        - An empty sequence is a row of filling, and all may be empty.
        - Any number may be an element or the filling, NaN too: only lengths make the mask.
        - A float64 value keeps all its digits, an integer is filled in exactly.
        - An empty list raises ValueError or RuntimeError.
    """
    if not sequences:
        raise ValueError("there are no sequences to stack")
    longest = max(len(sequence) for sequence in sequences)
    padded = sequences[0].new_full((len(sequences), longest), value)
    mask = torch.zeros_like(padded, dtype=torch.bool)
    for row, sequence in enumerate(sequences):
        padded[row, : len(sequence)] = sequence
        mask[row, : len(sequence)] = True
    return padded, mask


def append_ones_column(matrix: torch.Tensor) -> torch.Tensor:
    """Add a column of ones on the right of a matrix, as a linear layer with a bias needs it.

    Args:
        matrix: (rows, columns), any numeric dtype.

    Returns:
        (rows, columns + 1): the matrix, then a column of ones; dtype kept.

    Example:
        >>> append_ones_column(torch.tensor([[2, 3], [4, 5]]))
        tensor([[2, 3, 1],
                [4, 5, 1]])

    Edges:
        - A matrix without rows gets the column all the same; without columns, only ones.
    """
    return torch.cat((matrix, matrix.new_ones(len(matrix), 1)), dim=1)


def split_like(x: torch.Tensor, sizes: list[int]) -> tuple[torch.Tensor, ...]:
    """Cut a tensor along its first axis into parts of the given lengths, without copying.

    Args:
        x: (n, ...), rank 1 or more, numeric or bool.
        sizes: the lengths, which add up to n.

    Returns:
        A tuple of views of x, one for each length and in that order, (size, ...) each: what is
        written into x shows in them.

    Example:
        >>> split_like(torch.tensor([1, 2, 3, 4, 5]), [2, 3])
        (tensor([1, 2]), tensor([3, 4, 5]))

    Edges:
        - A length of 0 gives an empty part.
        - Lengths that add up to more or less than n raise ValueError or RuntimeError.
        - x may be non-contiguous.
    """
    return torch.split(x, sizes)
