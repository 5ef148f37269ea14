"""Other right answers that the spec of k09_cat_stack must accept."""

import functools
import itertools

import torch


def join_rows__vstack(tensors):
    """Calls it by another name."""
    return torch.vstack(tensors)


def join_rows__one_after_another(tensors):
    """Adds one matrix after another to what it has."""
    return functools.reduce(lambda a, b: torch.cat((a, b)), tensors)


def join_rows__copied_into_place(tensors):
    """Makes the result first and copies each matrix to its rows."""
    height, width = sum(len(matrix) for matrix in tensors), tensors[0].shape[1]
    result = torch.empty(height, width, dtype=tensors[0].dtype, device=tensors[0].device)
    start = 0
    for matrix in tensors:
        result[start : start + len(matrix)] = matrix
        start += len(matrix)
    return result


def join_rows__widened(tensors):
    """Pads what it has below, and scatters the next matrix there."""
    result = tensors[0]
    for matrix in tensors[1:]:
        height = len(result)
        result = torch.nn.functional.pad(result, (0, 0, 0, len(matrix)))
        result = result.slice_scatter(matrix, 0, height, height + len(matrix))
    return result


def join_rows__single_as_it_is(tensors):
    """Returns a single matrix as it is."""
    return tensors[0] if len(tensors) == 1 else torch.concat(tuple(tensors), axis=-2)


def join_columns__hstack(tensors):
    """Calls it by another name."""
    return torch.hstack(tensors)


def join_columns__transposed(tensors):
    """Joins the transposed matrices as rows and turns the result back."""
    return torch.cat([matrix.T for matrix in tensors]).T


def join_columns__copied_into_place(tensors):
    """Makes the result first and copies each matrix to its columns."""
    widths = [matrix.size(1) for matrix in tensors]
    result = tensors[0].new_zeros(tensors[0].size(0), sum(widths))
    for part, matrix in zip(result.split(widths, dim=1), tensors, strict=True):
        part.copy_(matrix)
    return result


def join_columns__row_by_row(tensors):
    """Joins the first rows of all, then the second ones, and stacks what it gets."""
    rows = [torch.cat(parts) for parts in zip(*tensors, strict=True)]
    width = sum(matrix.shape[1] for matrix in tensors)
    return torch.stack(rows) if rows else tensors[0].new_empty(0, width)


def make_batch__cat(images):
    """Gives each image the axis first."""
    return torch.cat([image.unsqueeze(0) for image in images])


def make_batch__reshaped(images):
    """Joins the channels and takes them apart again."""
    return torch.cat(images).reshape(len(images), *images[0].shape)


def make_batch__copied_into_place(images):
    """Makes the batch first and copies each image to its entry."""
    batch = images[0].new_empty((len(images), *images[0].size()))
    for entry, image in zip(batch, images, strict=True):
        entry.copy_(image)
    return batch


def make_batch__moved_axis(images):
    """Stacks along another axis and moves it to the front."""
    return torch.stack(images, dim=-1).movedim(-1, 0)


def make_batch__pad_sequence(images):
    """Fills nothing up, since all images are equally long."""
    return torch.nn.utils.rnn.pad_sequence(images, batch_first=True)


def interleave__every_other_place(a, b):
    """Fills the even places and the odd ones."""
    if a.shape[0] != b.shape[0]:
        raise ValueError("a and b differ in length")
    result = torch.empty((2 * a.shape[0], *a.shape[1:]), dtype=a.dtype, device=a.device)
    result[0::2] = a
    result[1::2] = b
    return result


def interleave__reshaped(a, b):
    """Pairs the entries and reshapes to an explicit length."""
    if a.shape != b.shape:
        raise ValueError("a and b differ in shape")
    return torch.stack([a, b], 1).reshape(2 * len(a), *a.shape[1:])


def interleave__picked(a, b):
    """Joins both and picks in turn."""
    n = a.size(0)
    if n != b.size(0):
        raise ValueError("a and b differ in length")
    order = torch.arange(2 * n, device=a.device).reshape(2, n).T.flatten()
    return torch.cat((a, b))[order]


def interleave__cat_of_new_axes(a, b):
    """Gives both a second axis, joins along it and takes it away."""
    if len(a) != len(b):
        raise ValueError("a and b differ in length")
    return torch.cat((a.unsqueeze(1), b.unsqueeze(1)), dim=1).flatten(end_dim=1)


def interleave__where(a, b):
    """Repeats each entry and selects from a at even places."""
    if len(a) != len(b):
        raise ValueError("a and b differ in length")
    even = torch.arange(2 * len(a), device=a.device) % 2 == 0
    even = even.reshape(2 * len(a), *(1,) * (a.dim() - 1))
    return torch.where(even, a.repeat_interleave(2, dim=0), b.repeat_interleave(2, dim=0))


def interleave__two_indices(a, b):
    """Asks at each place which tensor it is and which entry of it."""
    if len(a) != len(b):
        raise ValueError("a and b differ in length")
    places = torch.arange(2 * len(a), device=a.device)
    return torch.stack((a, b))[places % 2, places // 2]


def interleave__stable_sort(a, b):
    """Sorts the entries of both by their numbers, in a stable way."""
    if len(a) != len(b):
        raise ValueError("a and b differ in length")
    numbers = torch.arange(len(a), device=a.device).repeat(2)
    return torch.cat((a, b))[numbers.argsort(stable=True)]


def interleave__side_by_side(a, b):
    """Flattens the entries, puts those of a and b side by side and reads row by row."""
    if a.shape[:1] != b.shape[:1]:
        raise ValueError("a and b differ in length")
    width = a.shape[1:].numel()
    pairs = torch.cat((a.reshape(len(a), width), b.reshape(len(b), width)), dim=1)
    return pairs.reshape(2 * len(a), *a.shape[1:])


def interleave__left_to_stack(a, b):
    """Leaves the check to stack, whose own error says it."""
    return torch.stack((a, b), dim=1).flatten(0, 1)


def pad_and_stack__pad_sequence(sequences, value):
    """Leaves the filling to torch and makes the mask by broadcasting lengths."""
    if len(sequences) == 0:
        raise ValueError("an empty list")
    padded = torch.nn.utils.rnn.pad_sequence(sequences, batch_first=True, padding_value=value)
    lengths = torch.tensor([sequence.numel() for sequence in sequences], device=padded.device)
    positions = torch.arange(padded.size(1), device=padded.device)
    return padded, positions.unsqueeze(0) < lengths.unsqueeze(1)


def pad_and_stack__cat_with_filling(sequences, value):
    """Joins each sequence with its filling."""
    longest = max(len(sequence) for sequence in sequences)
    rows, masks = [], []
    for sequence in sequences:
        missing = longest - len(sequence)
        rows.append(torch.cat((sequence, sequence.new_full((missing,), value))))
        real = torch.ones_like(sequence, dtype=torch.bool)
        masks.append(torch.cat((real, real.new_zeros(missing))))
    return torch.stack(rows), torch.stack(masks)


def pad_and_stack__padded_singly(sequences, value):
    """Pads each sequence with torch.nn.functional.pad, and a mask of each."""
    if not sequences:
        raise ValueError("an empty list")
    pad, longest = torch.nn.functional.pad, max(map(len, sequences))
    rows = [pad(s, (0, longest - len(s)), value=value) for s in sequences]
    masks = [pad(torch.ones_like(s, dtype=torch.uint8), (0, longest - len(s))) for s in sequences]
    return torch.stack(rows), torch.stack(masks).bool()


def pad_and_stack__nested_lists(sequences, value):
    """Fills Python lists."""
    if not sequences:
        raise ValueError("an empty list")
    like = sequences[0]
    columns = list(itertools.zip_longest(*(s.tolist() for s in sequences), fillvalue=value))
    padded = torch.tensor(columns, dtype=like.dtype, device=like.device)
    padded = padded.reshape(len(columns), len(sequences)).T
    mask = torch.tensor([[i < len(s) for i in range(len(columns))] for s in sequences])
    return padded, mask.reshape(padded.shape).bool().to(like.device)


def pad_and_stack__masked_assignment(sequences, value):
    """Writes all elements at once where the mask is True."""
    if not sequences:
        raise ValueError("an empty list")
    joined = torch.cat(sequences)
    lengths = torch.tensor([len(s) for s in sequences], device=joined.device)
    mask = torch.arange(int(lengths.max()), device=joined.device) < lengths[:, None]
    padded = torch.full(mask.shape, value, dtype=joined.dtype, device=joined.device)
    padded[mask] = joined
    return padded, mask


def pad_and_stack__gathered(sequences, value):
    """Puts the filling behind all elements, and picks it where a row has no more of its own."""
    if not sequences:
        raise ValueError("an empty list")
    pool = torch.cat([*sequences, sequences[0].new_full((1,), value)])
    lengths = torch.tensor([len(s) for s in sequences], device=pool.device)
    column = torch.arange(int(lengths.max()), device=pool.device)
    mask = column < lengths[:, None]
    places = (lengths.cumsum(0) - lengths)[:, None] + column
    return pool[places.masked_fill(~mask, len(pool) - 1)], mask


def pad_and_stack__triangle(sequences, value):
    """Takes its mask out of a triangle, whose row i has i times True."""
    if not sequences:
        raise ValueError("an empty list")
    padded = torch.nn.utils.rnn.pad_sequence(sequences).T
    triangle = torch.ones(padded.shape[1] + 1, padded.shape[1], device=padded.device).tril(-1)
    mask = torch.stack([triangle[len(sequence)] for sequence in sequences]).bool()
    return torch.where(mask, padded, value), mask


def pad_and_stack__list(sequences, value):
    """Returns both tensors in a list."""
    if not sequences:
        raise ValueError("no sequences")
    pad = torch.nn.utils.rnn.pad_sequence
    padded = pad(sequences, batch_first=True, padding_value=value)
    ones = [torch.ones_like(s, dtype=torch.bool) for s in sequences]
    return [padded, pad(ones, batch_first=True)]


def append_ones_column__pad(matrix):
    """Pads the last axis."""
    return torch.nn.functional.pad(matrix, (0, 1), value=1)


def append_ones_column__hstack(matrix):
    """Puts ones of the matrix's dtype and device beside it."""
    ones = torch.ones((matrix.size(0), 1), dtype=matrix.dtype, device=matrix.device)
    return torch.hstack([matrix, ones])


def append_ones_column__overwritten(matrix):
    """Makes a wider matrix of ones and writes the old one into it."""
    rows, columns = matrix.shape
    result = matrix.new_ones(rows, columns + 1)
    result[:, :columns] = matrix
    return result


def append_ones_column__column_stack(matrix):
    """Adds a vector as a column."""
    return torch.column_stack((matrix, matrix.new_ones(matrix.shape[0])))


def append_ones_column__expanded(matrix):
    """Expands a single 1 to a row, and puts it below the transposed matrix."""
    one = torch.tensor(1, dtype=matrix.dtype, device=matrix.device)
    return torch.vstack((matrix.T, one.expand(1, matrix.shape[0]))).T


def split_like__slices(x, sizes):
    """Slices one part after another."""
    parts, start = [], 0
    for size in sizes:
        parts.append(x[start : start + size])
        start += size
    if start != x.shape[0]:
        raise ValueError(f"{start} is not {x.shape[0]}")
    return tuple(parts)


def split_like__narrow(x, sizes):
    """Narrows to each part, from the running sums."""
    ends = list(itertools.accumulate(sizes))
    if ends[-1] != x.size(0):
        raise ValueError("the sizes do not add up")
    return tuple(x.narrow(0, end - size, size) for size, end in zip(sizes, ends, strict=True))


def split_like__strided(x, sizes):
    """Works out where in memory each part begins."""
    if sum(sizes) != x.shape[0]:
        raise ValueError("the sizes do not add up")
    parts, offset = [], x.storage_offset()
    for size in sizes:
        parts.append(x.as_strided((size, *x.shape[1:]), x.stride(), offset))
        offset += size * x.stride(0)
    return tuple(parts)


def split_like__tensor_split(x, sizes):
    """Cuts at the running sums."""
    if len(x) != sum(sizes):
        raise ValueError("the sizes do not add up")
    return x.tensor_split(tuple(itertools.accumulate(sizes))[:-1], dim=0)


def split_like__translated_error(x, sizes):
    """Lets torch check, and translates its error."""
    try:
        return tuple(x.split(sizes))
    except RuntimeError as error:
        raise ValueError(str(error)) from None


def split_like__recursive(x, sizes):
    """Takes off the first part, again and again."""

    def split(rest, sizes):
        if not sizes:
            if len(rest):
                raise ValueError("something is left over")
            return ()
        if sizes[0] > len(rest):
            raise ValueError("there is not enough")
        return (rest[: sizes[0]], *split(rest[sizes[0] :], sizes[1:]))

    return split(x, sizes)


def split_like__left_to_split(x, sizes):
    """Leaves the check to split, whose own error says it."""
    return torch.split(x, sizes)


def split_like__list(x, sizes):
    """Returns the parts in a list."""
    if sum(sizes) != len(x):
        raise ValueError("the sizes do not add up")
    return list(torch.split(x, sizes))
