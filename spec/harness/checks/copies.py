"""Copies and snapshots of arguments, as they were before a call."""

import numpy as np
import torch

from ..tensors import FEW


def copied(value: object) -> object:
    """The value as it is now, even if a call goes on to change it; large tensors stay shared."""
    if torch._C._len_torch_dispatch_stack():
        return value  # a copy would show in the count of operations
    if type(value) is torch.Tensor and value.numel() <= FEW and value.grad_fn is None:
        twin = torch.empty(0, dtype=value.dtype, device=value.device)
        storage = value.untyped_storage().clone()
        twin.set_(storage, value.storage_offset(), value.shape, value.stride())
        return twin.requires_grad_(value.requires_grad)
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (list, tuple) and len(value) <= FEW:  # type: ignore[arg-type]
        return type(value)(copied(item) for item in value)  # type: ignore[call-arg,attr-defined]
    if type(value) is dict and len(value) <= FEW:
        return {key: copied(item) for key, item in value.items()}
    return value


def bits(x: torch.Tensor) -> torch.Tensor:
    """A copy of the elements' bytes, on the CPU, a row an element."""
    flat = x.detach().cpu().reshape(-1).clone(memory_format=torch.contiguous_format)
    return flat.view(torch.uint8).reshape(flat.numel(), flat.element_size())


def snapshot(value: object) -> object:
    """What of a value must stay as it is, in a form that compares with ==."""
    if isinstance(value, torch.Tensor):
        facts = (tuple(value.shape), value.stride(), value.dtype, value.device)
        return (*facts, value.requires_grad, bits(value).numpy().tobytes())
    if isinstance(value, np.ndarray):
        return (value.shape, value.strides, value.dtype, value.tobytes())
    if isinstance(value, (list, tuple)):
        return [(id(item), snapshot(item)) for item in value]
    if isinstance(value, dict):
        return [(key, id(item), snapshot(item)) for key, item in value.items()]
    return repr(value)
