"""What the spec of k06_dtype_device must reject too, though no learner would write it."""

import math

import numpy as np
import torch

ABOUT_DEVICES = ("to_device_of__moved_in_place",)


def to_device_of__moved_in_place(x, reference):
    """You moved x itself through x.data. x.to(...) leaves it where it is."""
    x.data = x.data.to(reference.device)
    return x


def like__expanded(x, reference):
    """You took over the reference's shape too. The shape is that of x."""
    return torch.zeros_like(reference) + x.to(reference)


def like__rounded(x, reference):
    """You rounded. A float that becomes an integer just loses its fraction: -2.7 becomes -2."""
    return x.double().round().to(reference)


def like__floored(x, reference):
    """floor goes down, so -2.7 becomes -3. Conversion cuts toward zero."""
    whole = not (reference.is_floating_point() or reference.dtype == torch.bool)
    return (x.double().floor() if whole and x.is_floating_point() else x).to(reference)


def like__through_float64(x, reference):
    """float64 on the way holds integers up to 2**53 only. Convert once, from dtype to dtype."""
    return x.double().to(reference)


def like__positive(x, reference):
    """For a bool you asked whether x is above 0. Anything but 0 becomes True, -1 as well."""
    return (x > 0).to(reference.device) if reference.dtype == torch.bool else x.to(reference)


def like__in_place(x, reference):
    """You changed x itself through x.data. Return a new tensor."""
    x.data = x.data.to(reference)
    return x


def add_across__result_cut(a, b):
    """You cut the sum to the dtype of a. Integers plus floats are floats."""
    return (a + b.to(a.device)).to(a.dtype)


def add_across__floats(a, b):
    """You made floats of everything. Integers stay integers."""
    return a.float() + b.to(a.device).float()


def add_across__same_shape(a, b):
    """You brought both to one shape that only the first one decides. Let them broadcast."""
    return a + b.to(a.device).expand(a.shape)


def add_across__through_a_list(a, b):
    """Through a list b loses its dtype: float64 comes back as float32."""
    return a + torch.tensor(b.tolist(), device=a.device)


def mean_of__kept_axes(x):
    """Your mean kept axes of length 1. It is asked for as a 0-D tensor."""
    return x.to(x.dtype if x.is_floating_point() else torch.float32).mean().reshape(1)


def mean_of__in_place(x):
    """x.to(...) is x itself where the dtype is right already, and `/=` then writes into it."""
    y = x.to(x.dtype if x.is_floating_point() else torch.float32)
    y /= y.numel()
    return y.sum()


def mean_of__median(x):
    """That is the median, the element in the middle. The mean is the sum over the count."""
    return x.to(x.dtype if x.is_floating_point() else torch.float32).median()


def to_pixels__clamped_above_only(x):
    """You clamped at the upper end only. What is below 0 becomes 0."""
    return (x * 255).round().clamp(max=255).to(torch.int64).to(torch.uint8)


def to_pixels__clamped_below_only(x):
    """You clamped at the lower end only. What is above 1 becomes 255."""
    return (x * 255).round().clamp(min=0, max=1e6).to(torch.int64).to(torch.uint8)


def to_pixels__in_place_after_double(x):
    """x.double() is x itself where x is float64, and names that end in _ then write into it."""
    return x.double().clamp_(0, 1).mul_(255).round_().to(torch.uint8)


def to_pixels__through_float32(x):
    """You rounded in float32. What is just below a tie in float64 is lost there."""
    return (x.float().clamp(0, 1) * 255).round().to(torch.uint8)


def to_numpy__float64(x):
    """You made float64 of everything. The dtype is kept."""
    return x.detach().cpu().double().numpy()


def to_numpy__float32(x):
    """You made float32 of everything. The dtype is kept."""
    return x.detach().cpu().float().numpy()


def to_numpy__flat(x):
    """You flattened it. The shape is kept."""
    return x.detach().cpu().flatten().numpy()


def to_numpy__squeezed(x):
    """You dropped axes of length 1. The shape is kept."""
    return x.detach().cpu().squeeze().numpy()


def to_numpy__at_least_1d(x):
    """A 0-D tensor has become an array of shape (1,). Its shape is ()."""
    return np.ascontiguousarray(x.detach().cpu().numpy())


def to_numpy__number(x):
    """A 0-D tensor has become a number. It should be an array of shape ()."""
    values = x.detach().cpu().numpy()
    return values[()] if values.ndim == 0 else values


def nbytes__span(x):
    """You measured how far x reaches in memory. Gaps do not count, and repetitions do."""
    if x.numel() == 0:
        return 0
    steps = zip(x.shape, x.stride(), strict=True)
    return (1 + sum((n - 1) * step for n, step in steps)) * x.element_size()


def nbytes__expanded_once(x):
    """You left out axes that repeat without a copy. Each repetition counts."""
    steps = zip(x.shape, x.stride(), strict=True)
    return math.prod(n for n, step in steps if step or not n) * x.element_size()


def promoted__number_ignored(a, b):
    """You left Python numbers out. 0.5 makes floats of integers, and 1 integers of bools."""
    if not isinstance(a, torch.Tensor):
        return b.dtype
    return torch.result_type(a, b) if isinstance(b, torch.Tensor) else a.dtype


def promoted__added_in_place(a, b):
    """You wrote the sum into a. `+=` changes the argument: use `+`."""
    if isinstance(a, torch.Tensor) and torch.result_type(a, b) == a.dtype:
        a += b
        return a.dtype
    return (a + b).dtype
