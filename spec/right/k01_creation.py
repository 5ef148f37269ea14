"""Other right answers that the spec of k01_creation must accept."""

import math
import random
import struct

import numpy as np
import torch


def from_values__as_tensor(values):
    """Uses as_tensor, which has to copy a list."""
    return torch.as_tensor(values)


def from_values__stacked(values):
    """Makes the innermost vectors and stacks them, once it knows the dtype."""

    def numbers(item):
        return [x for part in item for x in numbers(part)] if isinstance(item, list) else [item]

    def build(item):
        if all(not isinstance(part, list) for part in item):
            return torch.tensor(item, dtype=dtype)
        return torch.stack([build(part) for part in item])

    kinds = {type(x) for x in numbers(values)}
    if kinds == {bool}:
        dtype = torch.bool
    else:
        dtype = torch.int64 if kinds and float not in kinds else torch.float32
    return build(values)


def from_values__through_numpy(values):
    """Goes through NumPy and makes float32 of its floats."""
    array = np.array(values)
    return torch.from_numpy(array.astype(np.float32) if array.dtype == np.float64 else array)


def from_values__packed(values):
    """Packs the numbers into bytes and reads those, in the shape found on the way down."""
    shape, flat = [len(values)], values
    while flat and isinstance(flat[0], list):
        shape.append(len(flat[0]))
        flat = [item for part in flat for item in part]
    if not flat:
        return torch.zeros(shape)
    kinds = {type(x) for x in flat}
    letter, dtype = ("d", torch.float64) if float in kinds else ("q", torch.int64)
    packed = bytearray(struct.pack(f"={len(flat)}{letter}", *flat))
    x = torch.frombuffer(packed, dtype=dtype).reshape(shape)
    return x.float() if float in kinds else x.bool() if kinds == {bool} else x


def as_float32__asarray(values):
    """Uses torch.asarray."""
    return torch.asarray(values, dtype=torch.float32)


def as_float32__always_a_copy(values):
    """Copies whatever comes."""
    if isinstance(values, torch.Tensor):
        return values.detach().clone().float()
    return torch.tensor(values, dtype=torch.float32)


def as_float32__converted_afterwards(values):
    """Infers the dtype first, and converts then."""
    return torch.as_tensor(values).to(torch.float32)


def as_float32__by_type(values):
    """Treats each kind of data in its own way."""
    if isinstance(values, torch.Tensor):
        return values.float()
    return torch.from_numpy(np.array(values, dtype=np.float32))


def as_float32__written_in(values):
    """Makes room and writes the numbers into it, those of a list one by one."""
    if isinstance(values, list):
        flat = np.array(values, dtype=object)
        result = torch.empty(flat.shape)
        for index in np.ndindex(flat.shape):
            result[index] = flat[index]
        return result
    data = torch.as_tensor(values)
    return torch.empty(data.shape, device=data.device).copy_(data)


def copy_of__clone(array):
    """Clones a tensor that shares."""
    return torch.from_numpy(array).clone()


def copy_of__numpy_copy(array):
    """Copies in NumPy."""
    return torch.from_numpy(array.copy())


def copy_of__to_copy(array):
    """Asks to() for a copy."""
    shared = torch.as_tensor(array)
    return shared.to(shared.dtype, copy=True)


def copy_of__asarray(array):
    """Asks asarray for a copy."""
    return torch.asarray(array, copy=True)


def copy_of__filled_in(array):
    """Copies into an empty tensor."""
    shared = torch.from_numpy(array)
    return torch.empty(array.shape, dtype=shared.dtype).copy_(shared)


def copy_of__bytes(array):
    """Copies the bytes and reads them as numbers."""
    dtype = torch.from_numpy(array).dtype
    if array.size == 0:
        return torch.empty(array.shape, dtype=dtype)
    return torch.frombuffer(bytearray(array.tobytes()), dtype=dtype).reshape(array.shape)


def window_onto__as_tensor(array):
    """Uses as_tensor, which shares an array's memory."""
    return torch.as_tensor(array)


def window_onto__asarray(array):
    """Uses asarray and forbids the copy."""
    return torch.asarray(array, copy=False)


def window_onto__dlpack(array):
    """Hands the memory over by DLPack."""
    return torch.from_dlpack(array)


def window_onto__view(array):
    """Looks through one more view."""
    return torch.from_numpy(array[...]).detach()


def window_onto__strides(array):
    """Finds the array's elements in its storage by offset and strides."""
    shared = torch.from_numpy(array)
    strides = [step // array.itemsize for step in array.strides]
    flat = torch.empty(0, dtype=shared.dtype).set_(shared.untyped_storage())
    return flat.as_strided(array.shape, strides, shared.storage_offset())


def identity__diagonal(size, device):
    """Puts a vector of ones on the diagonal."""
    return torch.diag(torch.ones(size, device=device))


def identity__compared(size, device):
    """Compares row and column numbers."""
    numbers = torch.arange(size, device=device)
    return (numbers[:, None] == numbers[None, :]).float()


def identity__moved(size, device):
    """Makes it on the CPU and moves it."""
    return torch.eye(size).to(device)


def identity__filled_diagonal(size, device):
    """Writes ones into zeros."""
    matrix = torch.zeros(size, size).to(device)
    for i in range(size):
        matrix[i, i] = 1
    return matrix


def identity__numpy(size, device):
    """Moves NumPy's identity."""
    return torch.tensor(np.eye(size), dtype=torch.float32, device=device)


def identity__every_so_many(size, device):
    """Writes a one at every (size + 1)-th place of a vector."""
    flat = torch.zeros(size * size, device=device)
    flat[:: size + 1] = 1
    return flat.view(size, size)


def filled__empty_and_fill(shape, value, dtype, device):
    """Fills what is empty."""
    return torch.empty(shape, dtype=dtype, device=device).fill_(value)


def filled__assigned(shape, value, dtype, device):
    """Assigns to every element."""
    result = torch.zeros(*shape, dtype=dtype, device=device) if shape else torch.zeros(())
    result = result.to(dtype=dtype, device=device)
    result[...] = value
    return result


def filled__expanded_and_cloned(shape, value, dtype, device):
    """Repeats one element and gives each memory of its own then."""
    one = torch.tensor(value, dtype=dtype, device=device)
    return one.expand(shape).clone(memory_format=torch.contiguous_format)


def filled__converted(shape, value, dtype, device):
    """Fills on the CPU with the value's own, widest dtype, and converts then."""
    widest = torch.float64 if isinstance(value, float) else torch.int64
    return torch.full(shape, value, dtype=widest).to(dtype).to(device)


def filled__list(shape, value, dtype, device):
    """Repeats the value in a list."""
    return torch.tensor([value] * math.prod(shape), dtype=dtype, device=device).reshape(shape)


def filled__masked(shape, value, dtype, device):
    """Fills zeros where a mask is True, which is everywhere."""
    everywhere = torch.ones(shape, dtype=torch.bool, device=device)
    return torch.zeros(shape, dtype=dtype, device=device).masked_fill(everywhere, value)


def evenly_spaced__weights(start, stop, count, device):
    """Mixes the ends with weights."""
    weight = torch.arange(count, dtype=torch.float32, device=device) / max(count - 1, 1)
    return start * (1 - weight) + stop * weight


def evenly_spaced__steps(start, stop, count, device):
    """Goes from start step by step."""
    if count == 1:
        return torch.tensor([start], dtype=torch.float32, device=device)
    step = (stop - start) / (count - 1)
    return start + step * torch.arange(count, device=device, dtype=torch.float32)


def evenly_spaced__stretched(start, stop, count, device):
    """Stretches the points from 0 to 1."""
    return start + (stop - start) * torch.linspace(0, 1, count, device=device)


def evenly_spaced__added_up(start, stop, count, device):
    """Adds step to step in Python's floats, which are float64."""
    points, point = [], float(start)
    for _ in range(count):
        points.append(point)
        point += (stop - start) / max(count - 1, 1)
    return torch.tensor(points, device=device)


def evenly_spaced__numpy(start, stop, count, device):
    """Lets NumPy space the points."""
    return torch.tensor(np.linspace(start, stop, count, dtype=np.float32), device=device)


def evenly_spaced__list(start, stop, count, device):
    """Works the points out in plain Python."""
    points = [start + (stop - start) * i / (count - 1) for i in range(1, count)]
    return torch.tensor([start, *points], dtype=torch.float32).to(device)


def evenly_spaced__lerp(start, stop, count, device):
    """Interpolates between the ends."""
    ends = torch.tensor([start, stop], dtype=torch.float32, device=device)
    return torch.lerp(ends[0], ends[1], torch.linspace(0, 1, count, device=device))


def evenly_spaced__double(start, stop, count, device):
    """Spaces the points in float64 on the CPU and rounds once."""
    return torch.linspace(start, stop, count, dtype=torch.float64).float().to(device)


def standard_normal__in_place(shape, seed, device):
    """Draws into an empty tensor."""
    generator = torch.Generator(device)
    generator.manual_seed(seed)
    return torch.empty(shape, device=device).normal_(generator=generator)


def standard_normal__normal(shape, seed, device):
    """Uses torch.normal."""
    generator = torch.Generator(device=device).manual_seed(seed)
    return torch.normal(0.0, 1.0, shape, generator=generator, device=device)


def standard_normal__moved(shape, seed, device):
    """Draws on the CPU and moves the numbers."""
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed)).to(device)


def standard_normal__numpy(shape, seed, device):
    """Draws with a generator of NumPy's."""
    draws = np.random.default_rng(seed).standard_normal(shape, dtype=np.float32)
    return torch.as_tensor(draws, device=device)


def standard_normal__forked(shape, seed, device):
    """Seeds the global generator within fork_rng, which puts it back."""
    with torch.random.fork_rng(devices=[]):
        torch.random.default_generator.manual_seed(seed)
        return torch.randn(shape).to(device)


def standard_normal__box_muller(shape, seed, device):
    """Makes normal numbers of uniform ones."""
    generator = torch.Generator().manual_seed(seed)
    first, second = torch.rand(2, *shape, generator=generator, dtype=torch.float64)
    draws = (-2 * torch.log1p(-first)).sqrt() * torch.cos(2 * math.pi * second)
    return draws.to(device, torch.float32)


def standard_normal__python(shape, seed, device):
    """Draws with a generator of Python's."""
    generator = random.Random(seed)
    draws = [generator.gauss(0.0, 1.0) for _ in range(math.prod(shape))]
    return torch.tensor(draws, dtype=torch.float32, device=device).reshape(shape)


def standard_normal__inverse(shape, seed, device):
    """Puts uniform numbers through the inverse of the normal law."""
    generator = torch.Generator().manual_seed(seed)
    uniform = torch.rand(shape, generator=generator, dtype=torch.float64)
    draws = torch.special.ndtri(uniform.clamp(min=1e-12))
    return draws.to(device, torch.float32)


def standard_normal__put_back(shape, seed, device):
    """Seeds NumPy's global generator and puts its state back."""
    before = np.random.get_state()
    try:
        np.random.seed(seed)
        return torch.tensor(np.random.standard_normal(shape), dtype=torch.float32).to(device)
    finally:
        np.random.set_state(before)
