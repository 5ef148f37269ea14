"""Independent ways to compute what is right: only what more than one spec needs."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch


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
