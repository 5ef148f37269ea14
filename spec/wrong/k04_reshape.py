"""Mistakes that the spec of k04_reshape must reject, each with the words that name it."""

import numpy as np
import torch

ABOUT_DEVICES = (
    "to_rows__through_numpy",
    "transposed__through_numpy",
    "without_copy__numpy",
    "windows__numpy",
)


def to_rows__view(x, rows):
    """You used view, which refuses many a non-contiguous tensor. Here a copy is welcome."""
    return x.view(rows, -1)


def to_rows__rows_of_that_length(x, rows):
    """You made rows of that length. The number given is how many rows there are."""
    return x.reshape(x.numel() // rows, rows)


def to_rows__pieces_of_that_length(x, rows):
    """split takes the length of a piece, and returns a tuple. One tensor with that many rows is
    asked for."""
    return x.flatten().split(rows)


def to_rows__list_of_rows(x, rows):
    """You returned the rows one by one, as chunk does. One tensor with two axes is asked for."""
    return x.flatten().chunk(rows)


def to_rows__drops_the_rest(x, rows):
    """You dropped the elements that fill no whole row. Let reshape refuse, or raise ValueError."""
    columns = x.numel() // rows
    return x.flatten()[: rows * columns].reshape(rows, columns)


def to_rows__column_major(x, rows):
    """You filled column after column. Row-major order fills the first row first."""
    return x.reshape(x.numel() // rows, rows).T


def to_rows__guesses_the_rows(x, rows):
    """You let -1 stand for the rows. With 0 columns it can't be worked out; you know the rows."""
    return x.reshape(-1, x.numel() // rows)


def to_rows__keeps_inner_axes(x, rows):
    """You cut the first axis only. All elements go into one matrix, with two axes."""
    return x.reshape(rows, len(x) // rows, *x.shape[1:])


def to_rows__cuts_each_row(x, rows):
    """You cut each row of x by itself. All elements form one line, which is cut into rows."""
    return x.reshape(len(x), rows, -1)


def to_rows__resized(x, rows):
    """You resized the tensor that was passed in. Return a new one: reshape."""
    return x.resize_(rows, x.numel() // rows)


def to_rows__empty_refused(x, rows):
    """You refused more rows than elements. No elements make as many empty rows as you like."""
    if rows > x.numel():
        raise ValueError("unequal rows")
    return x.reshape(rows, x.numel() // rows)


def to_rows__through_a_list(x, rows):
    """Your dtype is what torch.tensor makes of a list's numbers. Reshape the tensor you have."""
    return torch.tensor(x.flatten().tolist(), device=x.device).reshape(rows, x.numel() // rows)


def to_rows__through_numpy(x, rows):
    """You went through NumPy, which only knows the CPU. Stay in torch."""
    return torch.from_numpy(x.numpy().reshape(rows, x.numel() // rows).copy())


def as_column__dot_t(vector):
    """Your result is still a vector, with one axis, in which .T changes nothing. A column has two:
    add an axis of length 1."""
    return vector.T


def as_column__row(vector):
    """You made a row, (1, n). In a column the axis of length 1 comes last: (n, 1)."""
    return vector.unsqueeze(0)


def as_column__in_place(vector):
    """You reshaped the vector that was passed in: a name ending in _ works in place."""
    return vector.unsqueeze_(1)


def as_column__square(vector):
    """You made a square matrix. A column is n rows of one element."""
    return torch.diag(vector)


def as_column__float(vector):
    """You made everything float32, as torch.Tensor does. Keep the dtype: reshape the tensor you
    have."""
    return torch.Tensor(vector.tolist()).reshape(-1, 1).to(vector.device)


def as_column__nested_list(vector):
    """A vector without elements lost the second axis, as a list of rows does. Its shape is (0,
    1)."""
    rows = [[value] for value in vector.tolist()]
    return torch.tensor(rows, dtype=vector.dtype, device=vector.device)


def as_column__stacked_elements(vector):
    """torch.stack needs something to stack: a vector without elements fails here."""
    return torch.stack([element.reshape(1) for element in vector])


def as_row__unchanged(vector):
    """You returned a vector, and .T of one changes nothing. A row is a matrix, with two axes."""
    return vector


def as_row__column(vector):
    """You made a column, (n, 1). In a row the axis of length 1 comes first: (1, n)."""
    return vector[:, None]


def as_row__in_place(vector):
    """You reshaped the vector that was passed in: a name ending in _ works in place."""
    return vector.unsqueeze_(0)


def as_row__list(vector):
    """You put the vector in a list. A tensor of shape (1, n) is asked for."""
    return [vector]


def as_row__of_the_list(vector):
    """Your dtype is what torch.tensor makes of a list's numbers. Keep that of the vector."""
    return torch.tensor([vector.tolist()], device=vector.device)


def as_row__guesses_an_axis(vector):
    """You let -1 stand for the rows. Without elements it can't be worked out; there is 1 row."""
    return vector.reshape(-1, len(vector))


def transposed__reshape(matrix):
    """You kept the order of the elements and cut them into new rows, as reshape does. Transposing
    swaps the axes."""
    return matrix.reshape(matrix.shape[1], matrix.shape[0])


def transposed__square_only(matrix):
    """You assumed as many rows as columns. The shape of the result is (columns, rows)."""
    result = matrix.clone()
    for i in range(matrix.shape[0]):
        for j in range(matrix.shape[0]):
            result[j, i] = matrix[i, j]
    return result


def transposed__same_shape(matrix):
    """You gave the result the shape of the matrix. Its rows are as many as the matrix has
    columns."""
    result = torch.zeros_like(matrix)
    for i in range(matrix.shape[0]):
        for j in range(matrix.shape[1]):
            result[j, i] = matrix[i, j]
    return result


def transposed__in_place(matrix):
    """You transposed the matrix that was passed in: a name ending in _ works in place."""
    return matrix.t_()


def transposed__back_again(matrix):
    """You transposed and then forced the old shape back, which mixes the elements up."""
    return matrix.T.reshape(matrix.shape)


def transposed__rotated(matrix):
    """You turned the matrix by 90 degrees, which reverses an axis. Transposing mirrors it."""
    return torch.rot90(matrix)


def transposed__stacked_columns(matrix):
    """torch.stack needs something to stack: a matrix without columns fails here."""
    return torch.stack([matrix[:, j] for j in range(matrix.shape[1])])


def transposed__stacked_rows(matrix):
    """torch.stack needs something to stack: a matrix without rows fails here."""
    return torch.stack(list(matrix), dim=1)


def transposed__through_numpy(matrix):
    """You went through NumPy, which only knows the CPU. Stay in torch."""
    return torch.from_numpy(matrix.numpy().T.copy())


def split_heads__bare_view(x, heads):
    """You only viewed x anew, so a head got some time steps whole. Split the features, then move
    the new axis in front of time."""
    batch, time, features = x.shape
    return x.view(batch, heads, time, features // heads)


def split_heads__bare_reshape(x, heads):
    """You only reshaped, so a head got some time steps whole. Split the features, then move the
    new axis in front of time."""
    batch, time, features = x.shape
    return x.reshape(batch, heads, time, features // heads)


def split_heads__axis_not_moved(x, heads):
    """You split the features and left the heads behind time. Swap these two axes."""
    batch, time, features = x.shape
    return x.reshape(batch, time, heads, features // heads)


def split_heads__guesses_the_size(x, heads):
    """You let -1 stand for the size. In an empty batch it can't be worked out: divide."""
    batch, time, features = x.shape
    return x.reshape(batch, time, heads, -1).transpose(1, 2)


def split_heads__sizes_moved(x, heads):
    """You swapped heads and size, and the heads still stand behind time. Swap axes 1 and 2."""
    batch, time, features = x.shape
    return x.reshape(batch, time, heads, features // heads).transpose(2, 3)


def split_heads__interleaved(x, heads):
    """You dealt the features out in turn. Each head has a run of neighbouring features."""
    batch, time, features = x.shape
    return x.reshape(batch, time, features // heads, heads).permute(0, 3, 1, 2)


def split_heads__heads_first(x, heads):
    """You moved the heads in front of the batch. The axes are (batch, heads, time, size)."""
    batch, time, features = x.shape
    return x.reshape(batch, time, heads, features // heads).permute(2, 0, 1, 3)


def split_heads__size_for_heads(x, heads):
    """You took heads for the size of a head. It is how many heads there are."""
    batch, time, features = x.shape
    return x.reshape(batch, time, features // heads, heads).transpose(1, 2)


def split_heads__guesses_the_time(x, heads):
    """You let -1 stand for time, so leftover features become time steps. Name all four lengths."""
    batch, time, features = x.shape
    return x.reshape(batch, -1, heads, features // heads).transpose(1, 2)


def split_heads__drops_features(x, heads):
    """You dropped the features that are left over. Let reshape refuse, or raise ValueError."""
    batch, time, features = x.shape
    size = features // heads
    return x[..., : heads * size].reshape(batch, time, heads, size).transpose(1, 2)


def split_heads__tuple(x, heads):
    """You returned a tuple of parts. One tensor is asked for, with the heads in axis 1."""
    return x.chunk(heads, dim=2)


def split_heads__pieces_of_that_size(x, heads):
    """split takes the size of a piece. With 0 features it makes one piece, not one a head."""
    return torch.stack(x.split(x.shape[2] // heads, dim=2), dim=1)


def merge_heads__bare_view(x):
    """You only viewed x anew, which mixes heads and time. First move the heads behind time."""
    batch, heads, time, size = x.shape
    return x.view(batch, time, heads * size)


def merge_heads__bare_reshape(x):
    """You only reshaped, which mixes heads and time. First move the heads behind time."""
    batch, heads, time, size = x.shape
    return x.reshape(batch, time, heads * size)


def merge_heads__view(x):
    """view refuses here: after the transpose memory runs in another order. reshape may copy."""
    batch, heads, time, size = x.shape
    return x.transpose(1, 2).view(batch, time, heads * size)


def merge_heads__guesses_the_features(x):
    """You let -1 stand for the features. In an empty batch it can't be worked out: multiply."""
    return x.transpose(1, 2).reshape(x.shape[0], x.shape[2], -1)


def merge_heads__interleaved(x):
    """You moved the heads behind the size, so their features alternate. Move them before it."""
    batch, heads, time, size = x.shape
    return x.permute(0, 2, 3, 1).reshape(batch, time, heads * size)


def merge_heads__time_lost(x):
    """flatten(1) merges all axes from 1 on, time too. Only heads and size become one."""
    return x.transpose(1, 2).flatten(1)


def merge_heads__time_first(x):
    """You merged the heads into time, (batch, heads * time, size). They belong to the features."""
    return x.flatten(1, 2)


def merge_heads__sum(x):
    """You added the heads up. Their features are put side by side."""
    return x.sum(dim=1, dtype=x.dtype)


def merge_heads__first_axes_swapped(x):
    """You swapped batch and heads. The heads, axis 1, change places with time, axis 2."""
    batch, heads, time, size = x.shape
    return x.transpose(0, 1).reshape(batch, time, heads * size)


def without_copy__reshape(x, shape):
    """reshape copies where it finds no view, and says nothing. A method that refuses is needed."""
    return x.reshape(shape)


def without_copy__contiguous_first(x, shape):
    """You made a view of a copy: contiguous() and flatten() copy what is no line in memory. View x
    itself."""
    return x.contiguous().view(shape)


def without_copy__clone(x, shape):
    """You made a copy. The result has to share x's memory."""
    return x.clone(memory_format=torch.contiguous_format).view(shape)


def without_copy__flat_first(x, shape):
    """You went through one dimension. A transpose has no flat view, yet it has others."""
    return x.view(-1).view(shape)


def without_copy__refuses_non_contiguous(x, shape):
    """You refused every non-contiguous tensor. Many of their shapes are views all the same."""
    if not x.is_contiguous():
        raise RuntimeError("not contiguous")
    return x.view(shape)


def without_copy__value_error(x, shape):
    """You raised ValueError for another count. RuntimeError is asked for, in both cases."""
    if torch.Size(shape).numel() != x.numel():
        raise ValueError("another number of elements")
    return x.view(shape)


def without_copy__unpacked_shape(x, shape):
    """You unpacked the shape. An empty one, (), leaves view without arguments: pass the tuple."""
    return x.view(*shape)


def without_copy__returns_none(x, shape):
    """You returned None where no view exists. RuntimeError is asked for."""
    try:
        return x.view(shape)
    except RuntimeError:
        return None


def without_copy__numpy(x, shape):
    """You went through NumPy, which only knows the CPU. Tensors have views of their own."""
    array = x.numpy().view()
    try:
        viewed = array.reshape(shape, copy=False)
    except ValueError as error:
        raise RuntimeError(str(error)) from None
    return torch.from_numpy(viewed)


def windows__stacked_slices(vector, size):
    """Your windows are copies, as stack makes them. One view shows all windows, without a loop."""
    return torch.stack([vector[i : i + size] for i in range(len(vector) - size + 1)])


def windows__loop_ends_early(vector, size):
    """Your loop stops one window early: there are n - size + 1. And stack copies; one view shows
    all windows."""
    return torch.stack([vector[i : i + size] for i in range(len(vector) - size)])


def windows__side_by_side(vector, size):
    """You cut the vector into pieces. Windows overlap: each starts one element further on."""
    return vector.unfold(0, size, size)


def windows__reshaped(vector, size):
    """You cut the vector into rows of that length. Windows overlap: each starts one further on."""
    return vector.reshape(-1, size)


def windows__ragged(vector, size):
    """You began a window at each element, and the last ones run out of the vector. There are n -
    size + 1."""
    return torch.stack([vector[i : i + size] for i in range(len(vector))])


def windows__gathered(vector, size):
    """Your windows are copies, as picking by index makes them. They have to be a view."""
    starts = torch.arange(len(vector) - size + 1, device=vector.device)
    return vector[starts[:, None] + torch.arange(size, device=vector.device)]


def windows__transposed(vector, size):
    """Your windows stand upright. Each window is a row: (n - size + 1, size)."""
    return vector.unfold(0, size, 1).T


def windows__last_one_missing(vector, size):
    """You stopped one window early. There are n - size + 1; the last one ends the vector."""
    return vector.unfold(0, size, 1)[:-1]


def windows__stacked_columns(vector, size):
    """You stacked shifted copies side by side. One view shows all windows, without a loop."""
    count = len(vector) - size + 1
    return torch.stack([vector[i : i + count] for i in range(size)], dim=1)


def windows__unit_strides(vector, size):
    """You took the strides to be 1. Every other element of a tensor has stride 2: ask stride()."""
    return vector.as_strided((len(vector) - size + 1, size), (1, 1))


def windows__contiguous_first(vector, size):
    """contiguous() copies a non-contiguous vector, so the windows are a view of the copy."""
    return vector.contiguous().unfold(0, size, 1)


def windows__refuses_full_size(vector, size):
    """You refused a window as long as the vector. It fits once, and makes one row."""
    if size >= len(vector):
        raise ValueError("size out of range")
    return vector.unfold(0, size, 1)


def windows__strides_unchecked(vector, size):
    """A window too long by one gave no rows and no error; as_strided asks for no length. Raise
    ValueError."""
    step = vector.stride(0)
    return vector.as_strided((len(vector) - size + 1, size), (step, step))


def windows__numpy(vector, size):
    """You went through NumPy, which only knows the CPU. Tensors have views of their own."""
    array = np.lib.stride_tricks.sliding_window_view(vector.numpy(), size, writeable=True)
    return torch.from_numpy(array)
