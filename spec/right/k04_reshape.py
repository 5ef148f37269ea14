"""Other right answers that the spec of k04_reshape must accept."""

import torch


def to_rows__view_of_a_contiguous_tensor(x, rows):
    """Makes the order in memory the order of the tensor, then views it."""
    if rows <= 0 or x.numel() % rows != 0:
        raise ValueError(f"cannot make {rows} rows of {x.numel()} elements")
    return x.contiguous().view(rows, -1)


def to_rows__unflattened(x, rows):
    """Flattens and splits the one axis."""
    columns, rest = divmod(x.numel(), rows) if rows > 0 else (0, 1)
    if rest:
        raise ValueError(f"cannot make {rows} rows of {x.numel()} elements")
    return x.ravel().unflatten(0, (rows, columns))


def to_rows__translated_error(x, rows):
    """Lets reshape find out whether it fits, and translates its error."""
    if rows < 1:
        raise ValueError("at least one row")
    try:
        return x.reshape(rows, -1)
    except RuntimeError:
        raise ValueError(f"{x.numel()} elements, {rows} rows") from None


def to_rows__divides(x, rows):
    """Divides for the columns, and leaves what does not fit to reshape."""
    return x.reshape(rows, x.numel() // rows)


def to_rows__flat_first(x, rows):
    """Makes one line of it, and views that."""
    return x.flatten().view(rows, -1)


def to_rows__stacked_slices(x, rows):
    """Cuts the line of elements into rows and stacks them."""
    if rows < 1:
        raise ValueError("at least one row")
    if x.numel() % rows:
        raise ValueError("some elements are left over")
    flat, columns = x.flatten(), x.numel() // rows
    return torch.stack([flat[row * columns : (row + 1) * columns] for row in range(rows)])


def to_rows__copied_into_place(x, rows):
    """Makes the rows, looks at them in the shape of x, and copies x into that."""
    if rows < 1 or x.numel() % rows:
        raise ValueError("equally long rows are asked for")
    result = x.new_empty(rows, x.numel() // rows)
    result.view(x.shape).copy_(x)
    return result


def to_rows__grid_of_indices(x, rows):
    """Works out where each element stands in the line, and picks it."""
    if rows < 1 or x.numel() % rows:
        raise ValueError("equally long rows are asked for")
    columns = x.numel() // rows
    starts = columns * torch.arange(rows, device=x.device).unsqueeze(1)
    return x.flatten()[starts + torch.arange(columns, device=x.device)]


def as_column__unsqueeze(vector):
    """Adds the axis with unsqueeze."""
    return vector.unsqueeze(-1)


def as_column__view(vector):
    """Adding an axis is a view of any vector, non-contiguous too."""
    return vector.view(-1, 1)


def as_column__row_turned(vector):
    """Makes a row and transposes it."""
    return vector.unsqueeze(0).mT


def as_column__filled(vector):
    """Writes the elements into a new matrix."""
    result = vector.new_empty(len(vector), 1)
    for i, element in enumerate(vector):
        result[i, 0] = element
    return result


def as_column__strides(vector):
    """Gives the new axis a stride, which is never used."""
    return vector.as_strided((len(vector), 1), (vector.stride(0), 1))


def as_row__unsqueeze(vector):
    """Adds the axis with unsqueeze."""
    return vector.unsqueeze(0)


def as_row__reshape(vector):
    """Names both lengths."""
    return vector.reshape(1, len(vector))


def as_row__stack(vector):
    """Stacks one vector."""
    return torch.stack([vector])


def as_row__atleast(vector):
    """Asks for two axes or more, which puts the new one in front."""
    return torch.atleast_2d(vector)


def as_row__expanded(vector):
    """Lets expand put the new axis in front."""
    return vector.expand(1, -1)


def as_row__block(vector):
    """Puts a single block on the diagonal."""
    return torch.block_diag(vector)


def transposed__swap(matrix):
    """Names the axes to swap."""
    return matrix.transpose(0, 1)


def transposed__permute(matrix):
    """Names the new order of axes, and copies."""
    return matrix.permute(1, 0).contiguous()


def transposed__einsum(matrix):
    """Names the axes."""
    return torch.einsum("ij->ji", matrix)


def transposed__loops(matrix):
    """Copies element by element."""
    rows, columns = matrix.shape
    result = matrix.new_empty(columns, rows)
    for i in range(rows):
        for j in range(columns):
            result[j, i] = matrix[i, j]
    return result


def transposed__swapped_strides(matrix):
    """Swaps lengths and strides over the same memory."""
    return matrix.as_strided(matrix.shape[::-1], matrix.stride()[::-1])


def transposed__rotated_and_flipped(matrix):
    """Turns by 90 degrees, then turns the rows over."""
    return torch.rot90(matrix).flip(0)


def split_heads__stacked_parts(x, heads):
    """Cuts the features apart and stacks the parts along a new axis."""
    if heads < 1 or x.shape[-1] % heads:
        raise ValueError("heads must divide the features")
    return torch.stack(x.tensor_split(heads, dim=-1), dim=1)


def split_heads__left_to_reshape(x, heads):
    """Names the other three lengths, and permutes."""
    batch, time, features = x.shape
    return torch.permute(x.reshape((batch, time, heads, features // heads)), (0, 2, 1, 3))


def split_heads__early_for_nothing(x, heads):
    """Has nothing to move where there are no elements."""
    batch, time, features = x.shape
    if x.numel() == 0:
        return x.new_empty(batch, heads, time, features // heads)
    return x.view(batch, time, heads, features // heads).transpose(1, 2)


def split_heads__unflatten(x, heads):
    """Splits the last axis and permutes."""
    if heads <= 0 or x.size(2) % heads != 0:
        raise ValueError("heads must divide the features")
    return x.unflatten(2, (heads, x.size(2) // heads)).permute(0, 2, 1, 3)


def split_heads__view(x, heads):
    """Splitting an axis is a view of any tensor; the result is made contiguous."""
    batch, time, features = x.shape
    if heads < 1 or features % heads:
        raise ValueError("heads must divide the features")
    return x.view(batch, time, heads, features // heads).swapaxes(1, 2).contiguous()


def split_heads__windows(x, heads):
    """Slides a window of a head's size along the features, in steps of its size."""
    if heads < 1 or x.shape[2] % heads:
        raise ValueError("heads must divide the features")
    size = x.shape[2] // heads
    if size == 0:
        return x.new_empty(x.shape[0], heads, x.shape[1], 0)
    return x.unfold(2, size, size).movedim(2, 1)


def split_heads__strides(x, heads):
    """Cuts the stride of the features in two."""
    batch, time, features = x.shape
    if heads < 1 or features % heads:
        raise ValueError("heads must divide the features")
    b, t, f = x.stride()
    return x.as_strided((batch, heads, time, features // heads), (b, features // heads * f, t, f))


def split_heads__turned_first(x, heads):
    """Moves time behind the features, splits these by a reshape, and moves time back."""
    batch, time, features = x.shape
    if heads < 1 or features % heads:
        raise ValueError("heads must divide the features")
    return x.mT.reshape(batch, heads, features // heads, time).mT


def merge_heads__contiguous_view(x):
    """Copies into the new order, then views."""
    batch, heads, time, size = x.shape
    return x.transpose(1, 2).contiguous().view(batch, time, heads * size)


def merge_heads__flatten(x):
    """Flattens the last two axes after the swap."""
    return x.movedim(1, 2).flatten(2)


def merge_heads__joined(x):
    """Puts the heads side by side."""
    return torch.cat(x.unbind(dim=1), dim=-1)


def merge_heads__filled(x):
    """Writes each head to its place."""
    batch, heads, time, size = x.shape
    result = x.new_empty(batch, time, heads * size)
    for head in range(heads):
        result[..., head * size : (head + 1) * size] = x[:, head]
    return result


def merge_heads__turned(x):
    """Moves time to the end, where heads and size are neighbours, and back."""
    batch, heads, time, size = x.shape
    return x.mT.reshape(batch, heads * size, time).mT


def without_copy__compares_memory(x, shape):
    """Reshapes, and looks whether the result lies in the same memory."""
    result = x.reshape(shape)
    if result.untyped_storage().data_ptr() != x.untyped_storage().data_ptr():
        raise RuntimeError(f"{tuple(x.shape)} has no view of shape {shape}")
    return result


def without_copy__view_as(x, shape):
    """Shows the shape by a tensor that has no memory at all."""
    return x.view_as(torch.empty(shape, device="meta"))


def without_copy__unpacked_but_for_none(x, shape):
    """Views x anew with all lengths unpacked, but for a single number's."""
    return x.view(*shape) if shape else x.view(())


def without_copy__searched_strides(x, shape):
    """Works the strides out: axes that run on in memory make one stretch, to be cut anew."""
    count = x.numel()
    wanted = 1
    for length in shape:
        wanted *= length
    if count != wanted:
        raise RuntimeError(f"{count} elements do not make {shape}")
    if count == 0:
        return x.new_empty(0).as_strided(shape, (0,) * len(shape))

    stretches = []  # length and stride, the last stretch first
    for length, stride in zip(reversed(x.shape), reversed(x.stride()), strict=True):
        if length == 1:
            continue
        if stretches and stride == stretches[-1][0] * stretches[-1][1]:
            stretches[-1] = (stretches[-1][0] * length, stretches[-1][1])
        else:
            stretches.append((length, stride))

    strides, left, step = [], 1, 0
    for length in reversed(shape):
        if length > 1 and left == 1:
            left, step = stretches.pop(0)
        if length > 1 and left % length:
            raise RuntimeError(f"{tuple(x.shape)} has no view of shape {shape}")
        strides.append(step)
        left, step = left // length if length > 1 else left, step * length
    return x.as_strided(shape, strides[::-1])


def without_copy__asks_a_ghost(x, shape):
    """Asks a tensor of the same strides that has no memory for its view."""
    ghost = torch.empty_strided(x.shape, x.stride(), device="meta")
    return x.as_strided(shape, ghost.view(shape).stride())


def without_copy__even_places(x, shape):
    """Lists the places of the elements in memory, and looks whether they are even."""
    if torch.Size(shape).numel() != x.numel():
        raise RuntimeError(f"{x.numel()} elements do not make {shape}")
    places = torch.zeros((), dtype=torch.int64)
    for length, step in zip(x.shape, x.stride(), strict=True):
        places = places[..., None] + step * torch.arange(length)
    places = places.reshape(shape)
    steps, even = [], torch.zeros((), dtype=torch.int64)
    for axis, length in enumerate(shape):
        step = int(places.select(axis, 1).flatten()[0]) if length > 1 and x.numel() else 1
        even = even[..., None] + step * torch.arange(length)
        steps.append(step)
    if not torch.equal(even, places):
        raise RuntimeError(f"{tuple(x.shape)} has no view of shape {shape}")
    return x.as_strided(shape, steps)


def windows__as_strided(vector, size):
    """Gives both axes the stride of the vector."""
    if size < 1 or size > len(vector):
        raise ValueError("the window does not fit")
    step = vector.stride(0)
    shape = (vector.numel() - size + 1, size)
    return torch.as_strided(vector, shape, (step, step), vector.storage_offset())


def windows__of_a_row(vector, size):
    """Slides along the last axis of a row."""
    if size <= 0 or vector.shape[0] - size < 0:
        raise ValueError("the window does not fit")
    return vector[None].unfold(-1, size, 1)[0]


def windows__lets_size_zero_pass(vector, size):
    """Looks at the length alone: what a window of nothing shows is left open."""
    if size > len(vector):
        raise ValueError
    return vector.unfold(0, size, 1)


def windows__translated_error(vector, size):
    """Lets unfold refuse long windows and translates its error."""
    if size < 1:
        raise ValueError("the window is empty")
    try:
        return vector.unfold(dimension=0, size=size, step=1)
    except RuntimeError as error:
        raise ValueError(str(error)) from None


def windows__turned(vector, size):
    """Slides a window as long as there are windows, and turns the table."""
    if not 1 <= size <= len(vector):
        raise ValueError("the window does not fit")
    return vector.unfold(0, len(vector) - size + 1, 1).T
