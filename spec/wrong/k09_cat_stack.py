"""Mistakes that the spec of k09_cat_stack must reject, each with the words that name it."""

import itertools

import numpy as np
import torch

ABOUT_DEVICES = (
    "join_rows__filled_on_the_cpu",
    "join_columns__through_numpy",
    "pad_and_stack__mask_on_the_cpu",
    "append_ones_column__ones_on_the_cpu",
)


def join_rows__stack(tensors):
    """Your result has a new axis, as torch.stack makes it. Joining along an axis that is there is
    torch.cat."""
    return torch.stack(tensors)


def join_rows__side_by_side(tensors):
    """You joined along dim=1, side by side. Rows go below each other along dim=0."""
    return torch.cat(tensors, dim=1)


def join_rows__first_two(tensors):
    """You joined the first two matrices. The list may hold one, or more than two."""
    return torch.cat((tensors[0], tensors[1]))


def join_rows__from_an_empty_tensor(tensors):
    """You began with an empty float32 tensor on the CPU, as torch.tensor([]) is, so integers became
    floats. torch.cat takes the whole list."""
    result = torch.tensor([])
    for matrix in tensors:
        result = torch.cat((result, matrix))
    return result


def join_rows__sum(tensors):
    """+ adds the elements of tensors; only Python lists are joined by it. Use torch.cat."""
    return sum(tensors)


def join_rows__last_two(tensors):
    """Each turn of your loop starts again from the first matrix. Go on from what you have."""
    result = tensors[0]
    for matrix in tensors[1:]:
        result = torch.cat((tensors[0], matrix))
    return result


def join_rows__list(tensors):
    """You returned a list. One tensor is asked for."""
    return [row for matrix in tensors for row in matrix]


def join_rows__stack_of_rows(tensors):
    """torch.stack needs at least one row, so matrices without rows fail. Use torch.cat."""
    return torch.stack([row for matrix in tensors for row in matrix])


def join_rows__flattened(tensors):
    """You joined the elements in one long vector. The rows stay rows."""
    return torch.cat([matrix.flatten() for matrix in tensors])


def join_rows__equal_heights(tensors):
    """You stacked first, so all matrices need the same number of rows. Join with torch.cat."""
    return torch.stack(tensors).reshape(len(tensors) * len(tensors[0]), -1)


def join_rows__of_lists(tensors):
    """The dtype is lost, and the device, and the shape of empty matrices, as on the way through
    lists. Use torch.cat."""
    return torch.tensor([row for matrix in tensors for row in matrix.tolist()])


def join_rows__filled_on_the_cpu(tensors):
    """You made the result on the CPU. Give it the device of the matrices."""
    height = sum(len(matrix) for matrix in tensors)
    result = torch.zeros(height, tensors[0].shape[1], dtype=tensors[0].dtype)
    torch.cat(tensors, out=result)
    return result


def join_columns__below_each_other(tensors):
    """You joined along dim=0, one below the other. Columns go side by side along dim=1."""
    return torch.cat(tensors)


def join_columns__stack(tensors):
    """Your result has a new axis, as torch.stack makes it. Joining along an axis that is there is
    torch.cat."""
    return torch.stack(tensors, dim=1)


def join_columns__from_an_empty_tensor(tensors):
    """You began with an empty float32 tensor on the CPU, as torch.tensor([]) is, so integers became
    floats. torch.cat takes the whole list."""
    result = torch.tensor([])
    for matrix in tensors:
        result = torch.cat((result, matrix), dim=1)
    return result


def join_columns__reshaped(tensors):
    """You joined below each other and reshaped, which mixes the rows. Join along dim=1."""
    return torch.cat(tensors).reshape(len(tensors[0]), sum(m.shape[1] for m in tensors))


def join_columns__transposed(tensors):
    """You joined the transposed matrices and did not turn the result back."""
    return torch.cat([matrix.T for matrix in tensors])


def join_columns__first_two(tensors):
    """You joined the first two matrices. The list may hold one, or more than two."""
    return torch.cat((tensors[0], tensors[1]), dim=1)


def join_columns__of_columns(tensors):
    """torch.stack needs at least one column, so matrices without columns fail. Use torch.cat."""
    return torch.stack([column for matrix in tensors for column in matrix.T], dim=1)


def join_columns__through_numpy(tensors):
    """np.concatenate works on the CPU alone. Use torch.cat."""
    return torch.from_numpy(np.concatenate([matrix.numpy() for matrix in tensors], axis=1))


def make_batch__cat(images):
    """torch.cat joins along an axis that is there: the channels pile up. Use torch.stack."""
    return torch.cat(images)


def make_batch__of_tensors(images):
    """torch.tensor makes no tensor of a list of tensors with several elements. Use torch.stack."""
    return torch.tensor(images)


def make_batch__into_zeros(images):
    """Your batch is float32 and lies on the CPU, as torch.zeros makes it. torch.stack keeps both
    dtype and device."""
    batch = torch.zeros(len(images), *images[0].shape)
    for index, image in enumerate(images):
        batch[index] = image
    return batch


def make_batch__list(images):
    """You returned a list. One tensor is asked for."""
    return list(images)


def make_batch__last_axis(images):
    """You put the new axis last. The batch axis leads: dim=0."""
    return torch.stack(images, dim=-1)


def make_batch__after_the_channels(images):
    """You put the new axis after the channels. The batch axis leads: dim=0."""
    return torch.stack(images, dim=1)


def make_batch__reshaped_to_channels(images):
    """You joined along the last axis and reshaped, which mixes the images. Use torch.stack."""
    return torch.cat(images, dim=-1).reshape(len(images), *images[0].shape)


def make_batch__single_without_axis(images):
    """You returned a single image as it is. A batch of one has the batch axis too."""
    return images[0] if len(images) == 1 else torch.stack(images)


def make_batch__squeezed(images):
    """You dropped every axis of length 1, channels and height too, as squeeze does. All four
    stay."""
    return torch.stack(images).squeeze()


def make_batch__scaled(images):
    """You scaled the pixels. They stay as they are."""
    return torch.stack([image / 255 for image in images])


def make_batch__unsqueezed_in_place(images):
    """You gave the images that were passed in a new axis, as unsqueeze_ does. Use unsqueeze, or
    torch.stack."""
    return torch.cat([image.unsqueeze_(0) for image in images])


def make_batch__replaces_in_the_list(images):
    """You replaced the images in the list that was passed in. Make a list of your own."""
    for index, image in enumerate(images):
        images[index] = image[None]
    return torch.cat(images)


def make_batch__reshaped_to_minus_one(images):
    """-1 cannot be worked out where there are no elements. Give the number itself, len(images)."""
    return torch.cat(images).reshape(-1, *images[0].shape)


def make_batch__of_lists(images):
    """The dtype is lost, and the shape of empty images, as on the way through lists. Use
    torch.stack."""
    return torch.tensor([image.tolist() for image in images], device=images[0].device)


def interleave__cat_unchecked(a, b):
    """You put b behind a. Their entries alternate: stack with dim=1, and merge the two axes. And
    unequal lengths raise ValueError."""
    return torch.cat((a, b))


def interleave__stack_flattened(a, b):
    """You stacked along a first axis, so that all of a comes before b, and flattened every axis.
    Stack with dim=1, and merge the first two axes alone."""
    return torch.stack((a, b)).flatten()


def interleave__cat(a, b):
    """You put b behind a, as torch.cat does, and torch.stack with dim=0. Stack with dim=1."""
    if len(a) != len(b):
        raise ValueError("unequal lengths")
    return torch.cat((a, b))


def interleave__zip_unchecked(a, b):
    """You paired the entries in a Python loop, and zip stops at the shorter. Refuse unequal
    lengths, and let torch.stack pair all at once."""
    return torch.stack([entry for pair in zip(a, b) for entry in pair])


def interleave__zip(a, b):
    """zip goes through the entries in a Python loop. torch.stack pairs all of them at once."""
    if len(a) != len(b):
        raise ValueError("unequal lengths")
    entries = list(itertools.chain.from_iterable(zip(a, b, strict=True)))
    return torch.stack(entries) if entries else torch.cat((a, b))


def interleave__flattened(a, b):
    """You flattened everything. Only the first axis takes part: the rows of a matrix stay rows."""
    if len(a) != len(b):
        raise ValueError("unequal lengths")
    return torch.stack((a, b), dim=1).flatten()


def interleave__new_axis_left_in(a, b):
    """You left the new axis in. flatten(0, 1) joins it with the first."""
    if len(a) != len(b):
        raise ValueError("unequal lengths")
    return torch.stack((a, b), dim=1)


def interleave__b_first(a, b):
    """You began with b. a[0] comes first."""
    if len(a) != len(b):
        raise ValueError("unequal lengths")
    return torch.stack((b, a), dim=1).flatten(0, 1)


def interleave__last_axis(a, b):
    """You alternated along the last axis. Of matrices whole rows alternate: stack with dim=1."""
    if len(a) != len(b):
        raise ValueError("unequal lengths")
    return torch.stack((a, b), dim=-1).reshape(2 * len(a), *a.shape[1:])


def interleave__reshaped_to_minus_one(a, b):
    """-1 cannot be worked out where there are no elements. Give the length itself, 2 * len(a)."""
    if len(a) != len(b):
        raise ValueError("unequal lengths")
    return torch.stack((a, b), dim=1).reshape(-1, *a.shape[1:])


def interleave__blocks(a, b):
    """repeat_interleave repeats each entry. Entries of a and b alternate."""
    if len(a) != len(b):
        raise ValueError("unequal lengths")
    return a.repeat_interleave(2, dim=0)


def interleave__broadcasts(a, b):
    """Assigning to every other place broadcasts a single entry. Compare the lengths first."""
    result = a.new_empty(2 * max(len(a), len(b)), *a.shape[1:])
    try:
        result[::2], result[1::2] = a, b
    except RuntimeError:
        raise ValueError("unequal lengths") from None
    return result


def interleave__cut_to_the_shorter(a, b):
    """You cut off what is left of the longer one. Unequal lengths raise ValueError."""
    n = min(len(a), len(b))
    return torch.stack((a[:n], b[:n]), dim=1).flatten(0, 1)


def interleave__one_more(a, b):
    """You let a have one entry more. Unequal lengths raise ValueError."""
    if len(a) - len(b) not in (0, 1):
        raise ValueError("unequal lengths")
    n = len(b)
    return torch.cat((torch.stack((a[:n], b), dim=1).flatten(0, 1), a[n:]))


def interleave__compares_counts(a, b):
    """You let equal numbers of elements pass. It is the lengths of the first axes that must be
    equal."""
    if a.numel() != b.numel():
        raise ValueError("unequal counts")
    return torch.stack((a, b.reshape(a.shape)), dim=1).flatten(0, 1)


def interleave__assert(a, b):
    """You raised AssertionError, as assert does, which can be switched off. Raise ValueError."""
    assert len(a) == len(b), "unequal lengths"
    return torch.stack((a, b), dim=1).flatten(0, 1)


def interleave__is_not(a, b):
    """You refused equal lengths that are large, as `is not` does: it compares objects, and equal
    ints may be two of them. Use !=."""
    if len(a) is not len(b):
        raise ValueError("unequal lengths")
    return torch.stack((a, b), dim=1).flatten(0, 1)


def interleave__refuses_nothing(a, b):
    """You refused empty tensors. Two of length 0 make one of length 0."""
    if len(a) != len(b) or not len(a):
        raise ValueError("unequal lengths")
    return torch.stack((a, b), dim=1).flatten(0, 1)


def interleave__loop(a, b):
    """You looped over the entries. torch.stack pairs all of them at once."""
    if len(a) != len(b):
        raise ValueError("unequal lengths")
    result = a.new_empty(2 * len(a), *a.shape[1:])
    for i in range(len(a)):
        result[2 * i] = a[i]
        result[2 * i + 1] = b[i]
    return result


def interleave__loop_over_indices(a, b):
    """You listed the places one by one, in a Python loop. torch.stack pairs all entries at once."""
    if len(a) != len(b):
        raise ValueError("unequal lengths")
    places = [i // 2 + i % 2 * len(a) for i in range(2 * len(a))]
    return torch.cat((a, b))[torch.tensor(places, dtype=torch.int64, device=a.device)]


def pad_and_stack__full_and_mask_from_the_value(sequences, value):
    """You made the padded tensor of the value alone, whose dtype and device it has then; and you
    looked for the value, which real elements may have as well."""
    padded = torch.full((len(sequences), max(map(len, sequences))), value)
    for row, sequence in enumerate(sequences):
        padded[row, : len(sequence)] = sequence
    return padded, padded != value


def pad_and_stack__mask_from_the_value(sequences, value):
    """You looked for the value, which real elements may have as well. The lengths make the mask."""
    if not sequences:
        raise ValueError("no sequences")
    pad = torch.nn.utils.rnn.pad_sequence
    padded = pad(sequences, batch_first=True, padding_value=value)
    return padded, padded != value


def pad_and_stack__full_of_float32(sequences, value):
    """Your padded tensor is float32, or of the value's dtype. Give it that of the sequences."""
    if not sequences:
        raise ValueError("no sequences")
    shape = (len(sequences), max(map(len, sequences)))
    padded = torch.full(shape, float(value), device=sequences[0].device)
    mask = torch.zeros_like(padded, dtype=torch.bool)
    for row, sequence in enumerate(sequences):
        padded[row, : len(sequence)] = sequence
        mask[row, : len(sequence)] = True
    return padded, mask


def pad_and_stack__sequences_as_columns(sequences, value):
    """Your sequences are columns, as pad_sequence makes them unless told batch_first=True. They
    belong in rows."""
    if not sequences:
        raise ValueError("no sequences")
    padded = torch.nn.utils.rnn.pad_sequence(sequences, padding_value=value)
    lengths = torch.tensor([len(s) for s in sequences], device=padded.device)
    return padded, torch.arange(padded.shape[0], device=padded.device)[:, None] < lengths


def pad_and_stack__zeros(sequences, value):
    """You filled with 0. The value is given."""
    if not sequences:
        raise ValueError("no sequences")
    padded = torch.nn.utils.rnn.pad_sequence(sequences, batch_first=True)
    lengths = torch.tensor([len(s) for s in sequences], device=padded.device)
    return padded, torch.arange(padded.shape[1], device=padded.device) < lengths[:, None]


def pad_and_stack__no_mask(sequences, value):
    """You returned the padded tensor alone. A tuple (padded, mask) is asked for."""
    if not sequences:
        raise ValueError("no sequences")
    pad = torch.nn.utils.rnn.pad_sequence
    return pad(sequences, batch_first=True, padding_value=value)


def pad_and_stack__on_the_left(sequences, value):
    """You filled on the left. The elements come first, and the filling after them."""
    if not sequences:
        raise ValueError("no sequences")
    longest = max(map(len, sequences))
    padded = sequences[0].new_full((len(sequences), longest), value)
    mask = torch.zeros_like(padded, dtype=torch.bool)
    for row, sequence in enumerate(sequences):
        padded[row, longest - len(sequence) :] = sequence
        mask[row, longest - len(sequence) :] = True
    return padded, mask


def pad_and_stack__mask_inverted(sequences, value):
    """Your mask is True on the filling. It is True where an element is real."""
    if not sequences:
        raise ValueError("no sequences")
    pad = torch.nn.utils.rnn.pad_sequence
    padded = pad(sequences, batch_first=True, padding_value=value)
    lengths = torch.tensor([len(s) for s in sequences], device=padded.device)
    return padded, torch.arange(padded.shape[1], device=padded.device) >= lengths[:, None]


def pad_and_stack__mask_one_too_long(sequences, value):
    """Your mask has one True too many in a row: positions run from 0 to length - 1."""
    if not sequences:
        raise ValueError("no sequences")
    pad = torch.nn.utils.rnn.pad_sequence
    padded = pad(sequences, batch_first=True, padding_value=value)
    lengths = torch.tensor([len(s) for s in sequences], device=padded.device)
    return padded, torch.arange(padded.shape[1], device=padded.device) <= lengths[:, None]


def pad_and_stack__filled_from_the_end(sequences, value):
    """row[-0:] is the whole row, so the longest sequence is overwritten. Count from the front."""
    if not sequences:
        raise ValueError("no sequences")
    longest = max(map(len, sequences))
    padded = sequences[0].new_empty(len(sequences), longest)
    mask = torch.ones_like(padded, dtype=torch.bool)
    for row, sequence in enumerate(sequences):
        missing = longest - len(sequence)
        padded[row, : len(sequence)] = sequence
        padded[row, -missing:] = value
        mask[row, -missing:] = False
    return padded, mask


def pad_and_stack__mask_of_ones(sequences, value):
    """Your mask holds ones and zeros of the sequences' dtype. A bool mask is asked for."""
    if not sequences:
        raise ValueError("no sequences")
    pad = torch.nn.utils.rnn.pad_sequence
    padded = pad(sequences, batch_first=True, padding_value=value)
    return padded, pad([torch.ones_like(s) for s in sequences], batch_first=True)


def pad_and_stack__mask_first(sequences, value):
    """You returned the mask first. The padded tensor comes first."""
    if not sequences:
        raise ValueError("no sequences")
    pad = torch.nn.utils.rnn.pad_sequence
    padded = pad(sequences, batch_first=True, padding_value=value)
    ones = [torch.ones_like(s, dtype=torch.bool) for s in sequences]
    return pad(ones, batch_first=True), padded


def pad_and_stack__lengths(sequences, value):
    """You returned the lengths. A mask of the padded tensor's shape is asked for."""
    if not sequences:
        raise ValueError("no sequences")
    pad = torch.nn.utils.rnn.pad_sequence
    padded = pad(sequences, batch_first=True, padding_value=value)
    return padded, torch.tensor([len(s) for s in sequences], device=padded.device)


def pad_and_stack__cut_to_the_shortest(sequences, value):
    """You cut the sequences to the shortest. They are filled up to the longest."""
    if not sequences:
        raise ValueError("no sequences")
    shortest = min(map(len, sequences))
    padded = torch.stack([sequence[:shortest] for sequence in sequences])
    return padded, torch.ones_like(padded, dtype=torch.bool)


def pad_and_stack__first_is_longest(sequences, value):
    """You took the first sequence for the longest. Any may be."""
    if not sequences:
        raise ValueError("no sequences")
    padded = sequences[0].new_full((len(sequences), len(sequences[0])), value)
    mask = torch.zeros_like(padded, dtype=torch.bool)
    for row, sequence in enumerate(sequences):
        padded[row, : len(sequence)] = sequence
        mask[row, : len(sequence)] = True
    return padded, mask


def pad_and_stack__sorted(sequences, value):
    """You put the longest first. The sequences keep their order."""
    if not sequences:
        raise ValueError("no sequences")
    sequences = sorted(sequences, key=len, reverse=True)
    pad = torch.nn.utils.rnn.pad_sequence
    padded = pad(sequences, batch_first=True, padding_value=value)
    ones = [torch.ones_like(s, dtype=torch.bool) for s in sequences]
    return padded, pad(ones, batch_first=True)


def pad_and_stack__fills_the_list(sequences, value):
    """You replaced the sequences in the list that was passed in. Make a list of your own."""
    if not sequences:
        raise ValueError("no sequences")
    longest = max(map(len, sequences))
    lengths = torch.tensor([len(s) for s in sequences], device=sequences[0].device)
    for row, sequence in enumerate(sequences):
        filling = sequence.new_full((longest - len(sequence),), value)
        sequences[row] = torch.cat((sequence, filling))
    mask = torch.arange(longest, device=lengths.device) < lengths[:, None]
    return torch.stack(sequences), mask


def pad_and_stack__index_error(sequences, value):
    """An empty list fails at sequences[0] with IndexError. Raise ValueError for it."""
    device = sequences[0].device
    pad = torch.nn.utils.rnn.pad_sequence
    padded = pad(sequences, batch_first=True, padding_value=value)
    lengths = torch.tensor([len(s) for s in sequences], device=device)
    return padded, torch.arange(padded.shape[1], device=device) < lengths[:, None]


def pad_and_stack__empty_for_nothing(sequences, value):
    """You made an empty tensor of an empty list. Raise ValueError for it."""
    if not sequences:
        return torch.empty(0, 0), torch.empty(0, 0, dtype=torch.bool)
    pad = torch.nn.utils.rnn.pad_sequence
    padded = pad(sequences, batch_first=True, padding_value=value)
    ones = [torch.ones_like(s, dtype=torch.bool) for s in sequences]
    return padded, pad(ones, batch_first=True)


def pad_and_stack__refuses_empty_sequences(sequences, value):
    """You refused empty sequences. They become rows of filling; only an empty list is refused."""
    if not sequences or not all(map(len, sequences)):
        raise ValueError("no sequences")
    pad = torch.nn.utils.rnn.pad_sequence
    padded = pad(sequences, batch_first=True, padding_value=value)
    ones = [torch.ones_like(s, dtype=torch.bool) for s in sequences]
    return padded, pad(ones, batch_first=True)


def pad_and_stack__one_too_long(sequences, value):
    """Your rows are one longer than the longest sequence, which needs no filling."""
    if not sequences:
        raise ValueError("no sequences")
    padded = sequences[0].new_full((len(sequences), 1 + max(map(len, sequences))), value)
    mask = torch.zeros_like(padded, dtype=torch.bool)
    for row, sequence in enumerate(sequences):
        padded[row, : len(sequence)] = sequence
        mask[row, : len(sequence)] = True
    return padded, mask


def pad_and_stack__mask_on_the_cpu(sequences, value):
    """You made the mask on the CPU. Give it the device of the sequences."""
    if not sequences:
        raise ValueError("no sequences")
    pad = torch.nn.utils.rnn.pad_sequence
    padded = pad(sequences, batch_first=True, padding_value=value)
    lengths = torch.tensor([len(s) for s in sequences])
    return padded, torch.arange(padded.shape[1]) < lengths[:, None]


def pad_and_stack__list_of_rows(sequences, value):
    """You returned a list of rows. One tensor is asked for, and its mask: stack them."""
    longest = max(map(len, sequences))
    rows = [torch.cat((s, s.new_full((longest - len(s),), value))) for s in sequences]
    return rows, [torch.arange(longest, device=s.device) < len(s) for s in sequences]


def append_ones_column__plain_ones(matrix):
    """Your ones are float32 on the CPU, as torch.ones makes them. Give them dtype and device of the
    matrix."""
    return torch.cat((matrix, torch.ones(len(matrix), 1)), dim=1)


def append_ones_column__vector(matrix):
    """Ones of shape (rows,) are a vector, which torch.cat does not join. A column is (rows, 1)."""
    return torch.cat((matrix, matrix.new_ones(len(matrix))), dim=1)


def append_ones_column__float32_ones(matrix):
    """Your integers became floats, as beside the ones of torch.ones, which are float32. Give those
    the matrix's dtype."""
    ones = torch.ones(len(matrix), 1, device=matrix.device)
    return torch.cat((matrix, ones), dim=1)


def append_ones_column__ones_on_the_cpu(matrix):
    """You made the ones on the CPU. Give them the device of the matrix."""
    return torch.cat((matrix, torch.ones(len(matrix), 1, dtype=matrix.dtype)), dim=1)


def append_ones_column__row(matrix):
    """You added a row of ones. A column needs dim=1 in torch.cat, and (0, 1) in pad."""
    return torch.cat((matrix, matrix.new_ones(1, matrix.shape[1])), dim=0)


def append_ones_column__in_front(matrix):
    """You put the ones on the left. They belong on the right, after the matrix."""
    return torch.cat((matrix.new_ones(len(matrix), 1), matrix), dim=1)


def append_ones_column__ones_like(matrix):
    """You added as many columns of ones as the matrix has, as ones_like(matrix) is. One is asked
    for."""
    return torch.cat((matrix, torch.ones_like(matrix)), dim=1)


def append_ones_column__first_column_like(matrix):
    """A matrix without columns has no first column to copy the shape of. Use its length."""
    return torch.cat((matrix, torch.ones_like(matrix[:, 0])[:, None]), dim=1)


def append_ones_column__last_overwritten(matrix):
    """You wrote the ones over the last column. They need a column of their own."""
    result = matrix.clone()
    result[:, -1:] = 1
    return result


def append_ones_column__zeros(matrix):
    """You added zeros. Ones are asked for."""
    return torch.nn.functional.pad(matrix, (0, 1))


def append_ones_column__both_sides(matrix):
    """You added a column on either side, as pad's (1, 1) does. Only the right one is asked for."""
    return torch.nn.functional.pad(matrix, (1, 1), value=1)


def append_ones_column__added(matrix):
    """You added 1 to the elements. A column of ones is put beside them."""
    return matrix + 1


def append_ones_column__float32_buffer(matrix):
    """You went through float32, as torch.ones alone is, in which float64 and large integers lose
    digits."""
    result = torch.ones(len(matrix), matrix.shape[1] + 1, device=matrix.device)
    result[:, :-1] = matrix
    return result.to(matrix.dtype)


def split_like__never_raises(x, sizes):
    """Slices stop at the end without an error, so sizes that do not add up go unnoticed."""
    parts, start = [], 0
    for size in sizes:
        parts.append(x[start : start + size])
        start += size
    return tuple(parts)


def split_like__list(x, sizes):
    """You returned a list, and looked for no sizes that do not add up. A tuple is asked for, or
    ValueError."""
    parts, start = [], 0
    for size in sizes:
        parts.append(x[start : start + size])
        start += size
    return parts


def split_like__starts_over(x, sizes):
    """Each of your parts starts at 0. A part starts where the last one ended."""
    if sum(sizes) != len(x):
        raise ValueError("the sizes do not add up")
    return tuple(x[:size] for size in sizes)


def split_like__chunks(x, sizes):
    """Your parts are of one length, as torch.chunk makes them. Each part has its own."""
    if sum(sizes) != len(x):
        raise ValueError("the sizes do not add up")
    return torch.chunk(x, len(sizes))


def split_like__copies(x, sizes):
    """Your parts are copies, as clone makes them, and picking by positions. A slice of x is a
    view."""
    if sum(sizes) != len(x):
        raise ValueError("the sizes do not add up")
    return tuple(part.clone() for part in torch.split(x, sizes))


def split_like__contiguous_copies(x, sizes):
    """contiguous copies a part that is not contiguous. Leave it as the view it is."""
    if sum(sizes) != len(x):
        raise ValueError("the sizes do not add up")
    return tuple(part.contiguous() for part in torch.split(x, sizes))


def split_like__refuses_too_much_only(x, sizes):
    """You let sizes through that leave something over. They raise ValueError too."""
    if sum(sizes) > len(x):
        raise ValueError("the sizes do not add up")
    return tuple(x[end - size : end] for size, end in zip(sizes, np.cumsum(sizes), strict=True))


def split_like__refuses_too_little_only(x, sizes):
    """You let sizes through that add up to more than there is. They raise ValueError too."""
    if sum(sizes) < len(x):
        raise ValueError("the sizes do not add up")
    return tuple(x[end - size : end] for size, end in zip(sizes, np.cumsum(sizes), strict=True))


def split_like__counts_elements(x, sizes):
    """You counted the elements of all axes, as numel does. The sizes add up to the length of the
    first."""
    if sum(sizes) != x.numel():
        raise ValueError("the sizes do not add up")
    return torch.split(x, sizes)


def split_like__rest_added(x, sizes):
    """You returned what is left over as one more part. Sizes that do not add up are an error."""
    if sum(sizes) > len(x):
        raise ValueError("the sizes do not add up")
    rest = len(x) - sum(sizes)
    return torch.split(x, [*sizes, rest] if rest else sizes)


def split_like__assert(x, sizes):
    """You raised AssertionError, as assert does, which can be switched off. Raise ValueError."""
    assert sum(sizes) == len(x), "the sizes do not add up"
    return torch.split(x, sizes)


def split_like__is_not(x, sizes):
    """You refused equal lengths that are large, as `is not` does: it compares objects, and equal
    ints may be two of them. Use !=."""
    if sum(sizes) is not len(x):
        raise ValueError("the sizes do not add up")
    return torch.split(x, sizes)


def split_like__last_axis(x, sizes):
    """You cut along the last axis. The first one is asked for: dim=0."""
    if sum(sizes) != x.shape[-1]:
        raise ValueError("the sizes do not add up")
    return torch.split(x, sizes, dim=-1)


def split_like__from_the_end(x, sizes):
    """x[-0:] is all of x, so a length of 0 goes wrong. Count from the front."""
    if sum(sizes) != len(x):
        raise ValueError("the sizes do not add up")
    parts = []
    for size in reversed(sizes):
        parts.append(x[-size:])
        x = x[:-size]
    return tuple(reversed(parts))


def split_like__sizes_as_indices(x, sizes):
    """You took the sizes for places to cut at, as tensor_split does. They are the lengths of the
    parts."""
    if sum(sizes) != len(x):
        raise ValueError("the sizes do not add up")
    return torch.tensor_split(x, sizes[:-1])


def split_like__refuses_zero(x, sizes):
    """You refused a length of 0. It gives an empty part."""
    if sum(sizes) != len(x) or 0 in sizes:
        raise ValueError("the sizes do not add up")
    return torch.split(x, sizes)


def split_like__changes_the_sizes(x, sizes):
    """You took the lengths out of the list that was passed in. Go over it instead."""
    if sum(sizes) != len(x):
        raise ValueError("the sizes do not add up")
    parts = []
    while sizes:
        size = sizes.pop(0)
        parts.append(x[:size])
        x = x[size:]
    return tuple(parts)
