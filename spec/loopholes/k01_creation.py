"""What the spec of k01_creation must reject too, though no learner would write it."""

import numpy as np
import torch


def from_values__float_and_back(values):
    """On the way through float32 large ints lose their last digits."""
    x = torch.tensor(values)
    return x.float().to(x.dtype)


def from_values__squeezed(values):
    """You dropped the axes of length 1. [[1]] has shape (1, 1)."""
    return torch.tensor(values).squeeze()


def from_values__reversed(values):
    """You reversed the list that was passed in; the caller still needs it."""
    values.reverse()
    return torch.tensor(values).flip(0)


def as_float32__truncated(values):
    """You made integers on the way, and the fractions are gone."""
    return torch.as_tensor(values).long().float()


def as_float32__half(values):
    """float16 on the way keeps three digits only, and nothing above 65504."""
    return torch.as_tensor(values).half().float()


def as_float32__through_int32(values):
    """int32 ends at 2**31 - 1, and larger ints come out as others. Convert to float32 at once."""
    x = torch.as_tensor(values)
    return x.float() if x.is_floating_point() else x.int().float()


def as_float32__cut_off(values):
    """You cut off the digits that do not fit. Conversion rounds to the nearest float32."""
    x = torch.as_tensor(values)
    if isinstance(values, torch.Tensor) and x.dtype == torch.float64:
        x = (x.contiguous().view(torch.int64) & -(2**29)).view(torch.float64)
    return x.float()


def as_float32__at_least_1d(values):
    """A 0-D array or tensor got an axis. Its shape stays ()."""
    return torch.atleast_1d(torch.as_tensor(values, dtype=torch.float32))


def as_float32__array_with_an_axis(values):
    """ascontiguousarray gives a 0-D array an axis. The shape stays ()."""
    if isinstance(values, np.ndarray):
        values = np.ascontiguousarray(values)
    return torch.as_tensor(values, dtype=torch.float32)


def as_float32__flat(values):
    """You flattened the numbers. The shape is kept."""
    return torch.as_tensor(values, dtype=torch.float32).flatten()


def as_float32__in_place(values):
    """You converted the tensor that was passed in. Return a new one."""
    if isinstance(values, torch.Tensor):
        values.data = values.data.float()
        return values
    return torch.as_tensor(values, dtype=torch.float32)


def copy_of__through_float32(array):
    """On the way through float32 the last digits are lost."""
    x = torch.tensor(array)
    return x.float().to(x.dtype)


def copy_of__memory_order(array):
    """You read the elements in the order of memory. That of a transposed array is another."""
    return torch.tensor(array.ravel(order="K")).reshape(array.shape)


def window_onto__bools_as_numbers(array):
    """You read bools as uint8. The memory is the same, but the dtype stays bool."""
    return torch.from_numpy(array.view(np.uint8) if array.dtype == np.bool_ else array)


def window_onto__transposed(array):
    """You turned the axes round. The shape is that of the array."""
    return torch.from_numpy(array.T)


def window_onto__as_base(array):
    """You looked onto the larger array that this one is a part of."""
    return torch.from_numpy(array if array.base is None else array.base)


def window_onto__from_the_start(array):
    """You looked onto the memory from its start, but a part of an array may begin further on."""
    whole = torch.from_numpy(array if array.base is None else array.base)
    strides = [step // array.itemsize for step in array.strides]
    return whole.as_strided(array.shape, strides, 0)


def identity__at_least_one(size, device):
    """Size 0 is allowed and gives an empty matrix."""
    return torch.eye(max(size, 1), device=device)


def filled__through_a_float(shape, value, dtype, device):
    """float(value) cannot hold large ints exactly. Leave the value as it is."""
    return (
        torch.full(shape, int(float(value)), dtype=dtype, device=device)
        if (not dtype.is_floating_point and dtype != torch.bool)
        else torch.full(shape, value, dtype=dtype, device=device)
    )


def filled__as_integer(shape, value, dtype, device):
    """You made an int of the value. 0.5 stays 0.5 in a float dtype."""
    whole = value if value in (float("inf"), -float("inf")) or value != value else int(value)
    return torch.full(shape, whole, dtype=dtype, device=device)


def filled__first_element(shape, value, dtype, device):
    """You wrote the value into the first row only. fill_ reaches every element."""
    result = torch.zeros(shape, dtype=dtype, device=device)
    result[:1] = value
    return result


def filled__reversed_shape(shape, value, dtype, device):
    """You turned the shape round."""
    return torch.full(tuple(reversed(shape)), value, dtype=dtype, device=device)


def filled__unpacked_shape(shape, value, dtype, device):
    """Your tensor is one row around it too deep."""
    return torch.full((1, *shape), value, dtype=dtype, device=device)


def filled__number_in_a_vector(shape, value, dtype, device):
    """`shape or (1,)` takes () for no shape at all. () is the shape of a 0-D tensor."""
    return torch.full(shape or (1,), value, dtype=dtype, device=device)


def evenly_spaced__always_up(start, stop, count, device):
    """You sorted the ends. Where start is larger the points go down."""
    return torch.linspace(min(start, stop), max(start, stop), count, device=device)


def evenly_spaced__one_is_stop(start, stop, count, device):
    """A single point is start, not stop."""
    return torch.linspace(stop, start, count, device=device).flip(0)


def evenly_spaced__one_is_the_middle(start, stop, count, device):
    """A single point is start, not the middle."""
    if count == 1:
        return torch.tensor([(start + stop) / 2], device=device)
    return torch.linspace(start, stop, count, device=device)


def evenly_spaced__rounded(start, stop, count, device):
    """You rounded the points, and close ones are the same then."""
    return torch.linspace(start, stop, count, device=device).round(decimals=4)


def standard_normal__few_seeds(shape, seed, device):
    """You shortened the seed, so that many seeds give the same values."""
    generator = torch.Generator(device=device).manual_seed(seed % 1000)
    return torch.randn(shape, generator=generator, device=device)


def standard_normal__wide_uniform(shape, seed, device):
    """Mean and variance are right, but the draws are uniform. Use randn."""
    generator = torch.Generator(device=device).manual_seed(seed)
    return (torch.rand(shape, generator=generator, device=device) - 0.5) * 12**0.5


def standard_normal__truncated(shape, seed, device):
    """You cut off what is beyond 2. One draw in 22 lies there."""
    generator = torch.Generator(device=device).manual_seed(seed)
    return torch.randn(shape, generator=generator, device=device).clamp(-2, 2)


def standard_normal__cut_at_three(shape, seed, device):
    """You cut off what is beyond 3. One draw in 370 lies there, and the tails belong to the law."""
    generator = torch.Generator(device=device).manual_seed(seed)
    return torch.randn(shape, generator=generator, device=device).clamp(-3, 3)


def standard_normal__three_uniforms(shape, seed, device):
    """A sum of a few uniform numbers only looks normal: it never goes beyond 3. Use randn."""
    generator = torch.Generator(device=device).manual_seed(seed)
    return (torch.rand((3, *shape), generator=generator, device=device).sum(dim=0) - 1.5) * 2


def standard_normal__twelve_uniforms(shape, seed, device):
    """A sum of twelve uniform numbers comes close, but its tails are too thin. Use randn."""
    generator = torch.Generator(device=device).manual_seed(seed)
    return torch.rand((12, *shape), generator=generator, device=device).sum(dim=0) - 6


def standard_normal__positive(shape, seed, device):
    """You took absolute values. Half of the draws are negative."""
    generator = torch.Generator(device=device).manual_seed(seed)
    return torch.randn(shape, generator=generator, device=device).abs()


def standard_normal__mean_one(shape, seed, device):
    """Your draws scatter around 1. The mean is 0."""
    generator = torch.Generator(device=device).manual_seed(seed)
    return torch.randn(shape, generator=generator, device=device) + 1


def standard_normal__repeated_rows(shape, seed, device):
    """You drew one row and repeated it. Every element is a draw of its own."""
    generator = torch.Generator(device=device).manual_seed(seed)
    return torch.randn(shape[-1:], generator=generator, device=device).expand(shape).clone()
