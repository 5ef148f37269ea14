"""What the spec of k09_cat_stack must reject too, though no learner would write it."""

import itertools

import torch


def join_rows__reversed(tensors):
    """You put each matrix above the last. The first in the list comes first."""
    result = tensors[0]
    for matrix in tensors[1:]:
        result = torch.cat((matrix, result))
    return result


def join_rows__takes_from_the_list(tensors):
    """pop takes the matrix out of the list that was passed in. Use tensors[0]."""
    result = tensors.pop(0)
    while tensors:
        result = torch.cat((result, tensors.pop(0)))
    return result


def join_rows__changes_the_list(tensors):
    """`matrices = tensors` is another name for the list passed in, so append changes it too."""
    matrices = tensors
    matrices.append(matrices[0][:0])
    return torch.cat(matrices)


def join_rows__without_empty_ones(tensors):
    """You left out matrices without elements. torch.cat takes them, and may get no others."""
    return torch.cat([matrix for matrix in tensors if matrix.numel() > 0])


def join_rows__through_float32(tensors):
    """float32 has too few digits for float64 and large integers. Join matrices as they are."""
    return torch.cat([matrix.float() for matrix in tensors]).to(tensors[0].dtype)


def join_columns__reversed(tensors):
    """Your columns come in reverse: the first matrix in the list comes first."""
    return torch.cat(tensors[::-1], dim=1)


def join_columns__reverses_the_list(tensors):
    """list.reverse changes the list that was passed in."""
    tensors.reverse()
    result = torch.cat(tensors[::-1], dim=1)
    return result


def join_columns__sorted(tensors):
    """You ordered the matrices by width. They keep the order of the list."""
    return torch.cat(sorted(tensors, key=lambda matrix: matrix.shape[1]), dim=1)


def join_columns__double(tensors):
    """You turned the matrices into float64. Keep their dtype."""
    return torch.cat([matrix.double() for matrix in tensors], dim=1)


def join_columns__transposed_in_place(tensors):
    """t_ turns the matrices that were passed in. Use t or T, or join along dim=1."""
    return torch.cat([matrix.t_() for matrix in tensors]).T


def make_batch__reversed(images):
    """Your images come in reverse: entry i of the batch is image i."""
    return torch.stack(images[::-1])


def make_batch__first_repeated(images):
    """expand repeats the first image. Each image has an entry of its own."""
    return images[0].expand(len(images), *images[0].shape)


def interleave__counted_places(a, b):
    """arange(1, 0, 2) is an error, so tensors of length 0 fail. Assign to slices, or use stack."""
    if len(a) != len(b):
        raise ValueError("unequal lengths")
    result = a.new_empty(2 * len(a), *a.shape[1:])
    result[torch.arange(0, 2 * len(a), 2, device=a.device)] = a
    result[torch.arange(1, 2 * len(a), 2, device=a.device)] = b
    return result


def interleave__multiplied_by_a_mask(a, b):
    """0 times NaN or infinity is NaN, so you spoil the neighbours of these. Place the entries."""
    if len(a) != len(b):
        raise ValueError("unequal lengths")
    even = torch.arange(2 * len(a), device=a.device) % 2 == 0
    even = even.reshape(2 * len(a), *[1] * (a.dim() - 1)).to(a.dtype)
    odd = (even == 0).to(a.dtype)
    twice = (a.repeat_interleave(2, dim=0), b.repeat_interleave(2, dim=0))
    return (twice[0] * even + twice[1] * odd).to(a.dtype)


def interleave__sorted(a, b):
    """You sorted. The entries alternate, whatever their size."""
    if len(a) != len(b):
        raise ValueError("unequal lengths")
    return torch.cat((a, b)).sort(dim=0).values


def interleave__written_into_a(a, b):
    """set_ changes the tensor that was passed in. Return the new one itself."""
    if len(a) != len(b):
        raise ValueError("unequal lengths")
    result = torch.stack((a, b), dim=1).flatten(0, 1)
    return a.set_(result)


def pad_and_stack__mask_without_nan(sequences, value):
    """You took NaN for filling. It may be a real element: the lengths make the mask."""
    if not sequences:
        raise ValueError("no sequences")
    pad = torch.nn.utils.rnn.pad_sequence
    padded = pad(sequences, batch_first=True, padding_value=value)
    return padded, pad([sequence == sequence for sequence in sequences], batch_first=True)


def pad_and_stack__marked_by_minus_one(sequences, value):
    """You marked the filling with -1, which real elements may be as well. Go by the lengths."""
    if not sequences:
        raise ValueError("no sequences")
    padded = sequences[0].new_zeros(len(sequences), max(map(len, sequences))) - 1
    for row, sequence in enumerate(sequences):
        padded[row, : len(sequence)] = sequence
    mask = padded != torch.full_like(padded, 0) - 1
    return padded.masked_fill(~mask, value), mask


def pad_and_stack__lengths_in_their_dtype(sequences, value):
    """You gave the lengths the dtype of the sequences: uint8 has no 300. Leave them int64."""
    if not sequences:
        raise ValueError("no sequences")
    pad = torch.nn.utils.rnn.pad_sequence
    padded = pad(sequences, batch_first=True, padding_value=value)
    lengths = torch.tensor([len(s) for s in sequences], device=padded.device).to(padded.dtype)
    return padded, torch.arange(padded.shape[1], device=padded.device) < lengths[:, None]


def pad_and_stack__sorts_the_list(sequences, value):
    """sort changes the list that was passed in, and the order of the rows."""
    if not sequences:
        raise ValueError("no sequences")
    sequences.sort(key=len)
    pad = torch.nn.utils.rnn.pad_sequence
    padded = pad(sequences, batch_first=True, padding_value=value)
    ones = [torch.ones_like(s, dtype=torch.bool) for s in sequences]
    return padded, pad(ones, batch_first=True)


def pad_and_stack__float32_value(sequences, value):
    """torch.tensor(0.1) is float32, so float64 is filled with 0.10000000149. Use the number."""
    if not sequences:
        raise ValueError("no sequences")
    shape = (len(sequences), max(map(len, sequences)))
    padded = sequences[0].new_empty(shape)
    padded[:] = torch.tensor(value, dtype=torch.float32, device=padded.device)
    mask = torch.zeros_like(padded, dtype=torch.bool)
    for row, sequence in enumerate(sequences):
        padded[row, : len(sequence)] = sequence
        mask[row, : len(sequence)] = True
    return padded, mask


def pad_and_stack__drops_empty_sequences(sequences, value):
    """You left out empty sequences. Each has a row, made of filling alone."""
    if not sequences:
        raise ValueError("no sequences")
    sequences = [s for s in sequences if len(s)] or sequences
    pad = torch.nn.utils.rnn.pad_sequence
    padded = pad(sequences, batch_first=True, padding_value=value)
    ones = [torch.ones_like(s, dtype=torch.bool) for s in sequences]
    return padded, pad(ones, batch_first=True)


def append_ones_column__in_place(matrix):
    """You wrote the ones over the last column of the matrix that was passed in."""
    last = matrix[:, -1:].clone()
    matrix[:, -1:] = 1
    return torch.cat((matrix[:, :-1], last, matrix[:, -1:]), dim=1)


def append_ones_column__times_zero(matrix):
    """0 times NaN or infinity is NaN, not 0. Make the ones themselves, of the matrix's dtype."""
    column = matrix[:, :1] if matrix.shape[1] else matrix.new_zeros(len(matrix), 1)
    return torch.cat((matrix, column * 0 + 1), dim=1)


def split_like__strided_from_the_start(x, sizes):
    """Memory need not begin where x does: x may be a slice. Add x.storage_offset(), or slice x."""
    if sum(sizes) != len(x):
        raise ValueError("the sizes do not add up")
    starts = itertools.accumulate(sizes, initial=0)
    return tuple(
        x.as_strided((size, *x.shape[1:]), x.stride(), start * x.stride(0))
        for size, start in zip(sizes, starts, strict=False)
    )


def split_like__drops_empty_parts(x, sizes):
    """You left out the lengths of 0. Each gives an empty part."""
    if sum(sizes) != len(x):
        raise ValueError("the sizes do not add up")
    return tuple(part for part in torch.split(x, sizes) if len(part))


def split_like__squeezed(x, sizes):
    """You dropped the first axis of parts of length 1. It stays: (1, ...)."""
    if sum(sizes) != len(x):
        raise ValueError("the sizes do not add up")
    return tuple(part[0] if len(part) == 1 else part for part in torch.split(x, sizes))
