"""Other right answers that the spec of k01_creation must accept."""

import math
import random

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


def identity__diagonal(size, device):
    """Puts a vector of ones on the diagonal."""
    return torch.diag(torch.ones(size, device=device))


def identity__compared(size, device):
    """Compares row and column numbers."""
    numbers = torch.arange(size, device=device)
    return (numbers[:, None] == numbers[None, :]).float()


def identity__filled_diagonal(size, device):
    """Writes ones into zeros."""
    matrix = torch.zeros(size, size).to(device)
    for i in range(size):
        matrix[i, i] = 1
    return matrix


def identity__numpy(size, device):
    """Moves NumPy's identity."""
    return torch.tensor(np.eye(size), dtype=torch.float32, device=device)


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


def evenly_spaced__numpy(start, stop, count, device):
    """Lets NumPy space the points."""
    return torch.tensor(np.linspace(start, stop, count, dtype=np.float32), device=device)


def evenly_spaced__list(start, stop, count, device):
    """Works the points out in plain Python."""
    points = [start + (stop - start) * i / (count - 1) for i in range(1, count)]
    return torch.tensor([start, *points], dtype=torch.float32).to(device)


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
