"""Which values count as the same: those that differ in the last digits of their numbers only."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from ..rendering import show
from .plain import EXACT, TENSORS

CLOSE = 1e-5
BY_VALUE = (*EXACT, torch.dtype, torch.device)  # what can be asked whether it is equal


@dataclass(frozen=True)
class Rule:
    """How much two values may differ and still be the same."""

    digits: float = CLOSE  # what a number may be off by, as a part of it, and near 0 as it is
    scaled: bool = False  # near 0, as a part of the largest number beside it
    anywhere: bool = False  # on whatever device
    shown: bool = False  # any number for a float, and other things where they are shown the same


def alike(a: Any, b: Any, rule: Rule) -> bool:
    """Whether two values are the same, item by item; -0 is 0, NaN is NaN, and True is not 1."""
    if isinstance(a, list | tuple):
        items = isinstance(b, list | tuple) and len(a) == len(b)
        return items and all(alike(*pair, rule) for pair in zip(a, b, strict=True))
    if isinstance(a, dict):
        names = isinstance(b, dict) and list(a) == list(b)
        return names and all(alike(a[name], b[name], rule) for name in a)
    if isinstance(a, torch.Tensor):
        return type(b) in TENSORS and _tensors(a, b, rule)
    if isinstance(a, np.ndarray):
        alike_but_for_numbers = isinstance(b, np.ndarray) and a.dtype == b.dtype
        return alike_but_for_numbers and same(torch.as_tensor(a), torch.as_tensor(b), rule)
    if isinstance(a, float):
        return _floats(a, b, rule)
    if type(a) in BY_VALUE:
        return type(a) is type(b) and bool(a == b)
    return a is b or (rule.shown and show(a) == show(b))


def same(a: torch.Tensor, b: torch.Tensor, rule: Rule = Rule()) -> bool:
    """Whether two tensors hold the same numbers in one shape, whatever their dtypes."""
    if a.shape != b.shape:
        return False
    x, y = a.double(), b.double()
    finite = x[x.isfinite()].abs() if rule.scaled else x.new_ones(1)
    near = rule.digits * (min(float(finite.max()), 1.0) if finite.numel() else 1.0)
    return bool(torch.isclose(x, y, rule.digits, near, equal_nan=True).all())


def _tensors(a: torch.Tensor, b: torch.Tensor, rule: Rule) -> bool:
    if (a.layout, a.dtype) != (b.layout, b.dtype):
        return False
    there = rule.anywhere or a.device.type == b.device.type
    x, y = a.detach().cpu(), b.detach().cpu()
    return there and (same(x, y, rule) if x.is_floating_point() else torch.equal(x, y))


def _floats(a: float, b: Any, rule: Rule) -> bool:
    if not isinstance(b, float) and (not rule.shown or isinstance(b, bool | str)):
        return False
    try:
        x, y = float(a), float(b)
    except (TypeError, ValueError):
        return False
    near = 1e-9 if rule.scaled else rule.digits
    close = math.isclose(x, y, rel_tol=rule.digits, abs_tol=near)
    return close or (math.isnan(x) and math.isnan(y))
