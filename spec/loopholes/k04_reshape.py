"""What the spec of k04_reshape must reject too, though no learner would write it."""

import torch


def to_rows__memory_order(x, rows):
    """You read memory in its own order. The order of x counts, and a transpose has another."""
    columns = x.numel() // rows
    return torch.as_strided(x, (rows, columns), (columns, 1))


def to_rows__scalar_unchecked(x, rows):
    """You treated a 0-D tensor apart, whatever rows is. Its one element fills one row only."""
    if x.ndim == 0:
        return x.reshape(1, 1)
    return x.reshape(rows, x.numel() // rows)


def as_column__repeated(vector):
    """You repeated the vector. A column holds each element once."""
    return vector[:, None].expand(-1, max(2, len(vector)))


def as_column__three_axes(vector):
    """You added two axes. A column has two in all: rows and one column."""
    return vector[:, None, None]


def as_column__times_ones(vector):
    """torch.ones is float32, and so becomes every integer that it multiplies. Add an axis."""
    return vector[:, None] * torch.ones(1, 1, device=vector.device)


def as_row__three_axes(vector):
    """You added two axes. A row has two in all: one row and its columns."""
    return vector[None, None, :]


def as_row__through_float32(vector):
    """You went through float32, which holds 24 bits: digits of float64 and int64 are lost."""
    return vector.float()[None].to(vector.dtype)


def transposed__other_diagonal(matrix):
    """You mirrored about the wrong diagonal. Entry [0, 0] stays where it is."""
    return matrix.flip(0, 1).T


def transposed__swaps_within_the_argument(matrix):
    """You wrote into the matrix that was passed in. Work on another tensor."""
    if matrix.shape[0] == matrix.shape[1]:
        matrix[:] = matrix.T.clone()
        return matrix
    return matrix.resize_(*matrix.T.shape).copy_(matrix.T.clone())


def transposed__memory_order(matrix):
    """You took a row to lie a row's length after the last one. A slice is wider: ask stride()."""
    rows, columns = matrix.shape
    return matrix.as_strided((columns, rows), (1, columns))


def split_heads__in_place(x, heads):
    """You swapped the axes of the tensor that was passed in: transpose_ works in place."""
    batch, time, features = x.shape
    return x.transpose_(1, 2).unflatten(1, (heads, features // heads)).transpose(2, 3)


def merge_heads__batch_lost(x):
    """You merged the batch into time as well. The result has three axes."""
    return x.transpose(1, 2).flatten(2).flatten(0, 1)


def merge_heads__in_place(x):
    """You swapped the axes of the tensor that was passed in: transpose_ works in place."""
    return x.transpose_(1, 2).flatten(2)


def merge_heads__squeezed(x):
    """squeeze drops every axis of length 1, a batch of one sequence too. Three axes remain."""
    return x.transpose(1, 2).flatten(2).squeeze()


def without_copy__memory_order(x, shape):
    """Row-major strides read memory in its own order. The order of x's elements counts."""
    if torch.Size(shape).numel() != x.numel():
        raise RuntimeError("another number of elements")
    strides = torch.empty(shape, device="meta").stride()
    return x.as_strided(shape, strides)


def without_copy__count_unchecked(x, shape):
    """as_strided looks at no count: a smaller shape leaves elements out. Raise RuntimeError."""
    if torch.Size(shape).numel() < x.numel():
        strides = torch.empty(shape, device="meta").stride()
        return x.as_strided(shape, strides)
    return x.view(shape)


def without_copy__reshapes_x_itself(x, shape):
    """You gave the tensor that was passed in another shape. Return a view and leave x as it is."""
    x.data = x.view(shape)
    return x


def without_copy__from_the_start_of_memory(x, shape):
    """You began at the start of memory. A part of a tensor begins further on: storage_offset()."""
    return x.as_strided(shape, x.view(shape).stride(), 0)


def without_copy__reads_on(x, shape):
    """as_strided looks at no count: a larger shape reads on behind x. Raise RuntimeError."""
    if x.is_contiguous() and torch.Size(shape).numel() > x.numel():
        return x.as_strided(shape, torch.empty(shape, device="meta").stride())
    return x.view(shape)


def without_copy__expanded(x, shape):
    """You repeated elements to fill a larger shape. Another count raises RuntimeError."""
    if torch.Size(shape).numel() > x.numel() > 0:
        return x.expand(shape)
    return x.view(shape)


def windows__wraps_around(vector, size):
    """Your last windows begin again at the front. A window ends where the vector ends."""
    return torch.cat([vector, vector[: size - 1]]).unfold(0, size, 1)


def windows__from_the_start_of_memory(vector, size):
    """You began at the start of memory. A vector may begin further on: ask storage_offset()."""
    step = vector.stride(0)
    return vector.as_strided((len(vector) - size + 1, size), (step, step), 0)


def windows__shortened(vector, size):
    """You made a window that is too long shorter. Let unfold refuse it, or raise ValueError."""
    return vector.unfold(0, min(size, len(vector)), 1)


def windows__in_place(vector, size):
    """You changed the shape of the vector that was passed in: as_strided_ works in place."""
    step = vector.stride(0)
    return vector.as_strided_((len(vector) - size + 1, size), (step, step))
