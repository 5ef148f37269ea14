"""Independent ways to compute what is right: only what more than one spec needs."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch

from ..devices import has_dtype


def array(x: torch.Tensor) -> np.ndarray:
    """The tensor's values in NumPy: floats as float64, everything else as it is."""
    values = x.detach().cpu().numpy()
    return values.astype(np.float64) if x.is_floating_point() else values.copy()


def central_difference(
    function: Callable[[np.ndarray], Any], point: np.ndarray, step: float = 1e-6
) -> np.ndarray:
    """The gradient of a scalar function of a float64 array by central differences."""
    gradient = np.empty(point.shape)
    for index in np.ndindex(point.shape):
        shift = np.zeros(point.shape)
        shift[index] = step
        gradient[index] = (function(point + shift) - function(point - shift)) / (2 * step)
    return gradient


def precise(device: torch.device) -> torch.dtype:
    """The most precise floating dtype that the device can hold."""
    return torch.float64 if has_dtype(device, torch.float64) else torch.float32


def floating(device: torch.device) -> list[torch.dtype]:
    """float32, and float64 where the device has it."""
    return [dtype for dtype in (torch.float32, torch.float64) if has_dtype(device, dtype)]


def counting(*shape: int, device: torch.device) -> torch.Tensor:
    """0, 1, 2 … in row-major order."""
    return torch.arange(math.prod(shape), device=device).reshape(shape)


Parameters = list[tuple[torch.Tensor, torch.Tensor]]


def as_network(drawn: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor, Parameters]:
    """Input, target and the (weight, bias) of each layer, of tensors drawn in this order."""
    x, target, *flat = drawn
    return x, target, list(zip(flat[::2], flat[1::2], strict=True))


def arrays(parameters: Parameters) -> list[tuple[np.ndarray, np.ndarray]]:
    """The (weight, bias) of each layer in NumPy."""
    return [(array(weight), array(bias)) for weight, bias in parameters]
