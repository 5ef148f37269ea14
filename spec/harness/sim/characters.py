"""The characters of sim: which accelerator it plays, in what that accelerator lacks.

As CUDA it lacks nothing. As Apple's MPS it has no float64, no numbers
below the smallest normal one, and of torch.sim only what torch.mps has of torch.cuda; as Intel's
XPU it has no float64, as its smaller devices. As "asserting" it is CUDA again, with what CUDA does
at a bad index: the device can't be used by anybody until the process ends. As XPU it refuses
float64 as soon as a tensor would be made, where XPU itself waits for the first operator.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import torch

MPS_DOUBLE = (
    "Cannot convert a MPS Tensor to float64 dtype as the MPS framework doesn't support float64. "
    "Please use float32 instead."
)
MPS_OTHER = "Trying to convert {} to the MPS backend but it does not have support for that dtype."
XPU_DOUBLE = "Required aspect fp64 is not supported on the device"
ASSERT = (
    "CUDA error: device-side assert triggered\n"
    "CUDA kernel errors might be asynchronously reported at some other API call, so the stacktrace "
    "below might be incorrect.\n"
    "For debugging consider passing CUDA_LAUNCH_BLOCKING=1\n"
    "Compile with `TORCH_USE_CUDA_DSA` to enable device-side assertions.\n"
)

# How the CPU's kernels word that a value among the indices is out of range. Where CUDA looks at the
# arguments before it starts a kernel (a dimension, a mask's shape), it raises as the CPU does.
BAD_INDEX = re.compile(
    r"index -?\d+ is out of bounds for dimension"
    r"|index out of range in self"
    r"|Target -?\d+ is out of bounds"
    r"|tried to access index -?\d+ on a tensor"
    r"|Class values must be"
)


@dataclass(frozen=True)
class Character:
    """What sim lacks as one accelerator, and what it does at a bad index."""

    module: str = "cuda"  # torch's module for it, whose names torch.sim has
    lacks: Mapping[torch.dtype, tuple[type[Exception], str]] = field(default_factory=dict)
    flushes: bool = False  # whether a number below the smallest normal one becomes 0
    asserts: bool = False  # whether a bad index makes it unusable


CHARACTERS = {
    "cuda": Character(),
    "mps": Character(
        "mps",
        {
            torch.float64: (TypeError, MPS_DOUBLE),
            torch.complex128: (TypeError, MPS_OTHER.format("ComplexDouble")),
        },
        flushes=True,
    ),
    "xpu": Character(
        "xpu", dict.fromkeys((torch.float64, torch.complex128), (RuntimeError, XPU_DOUBLE))
    ),
    "asserting": Character(asserts=True),
}


class Stage:
    """Who is played, and whether a bad index has ended it."""

    character = CHARACTERS["cuda"]
    lost = False


def play(name: str) -> None:
    """Become another accelerator, one that works; KeyError if there is no such character."""
    Stage.character, Stage.lost = CHARACTERS[name], False


def has_dtype(dtype: torch.dtype) -> bool:
    """Tell whether sim can hold this dtype."""
    return dtype not in Stage.character.lacks


def has_denormals() -> bool:
    """Tell whether sim computes with numbers below the smallest normal one."""
    return not Stage.character.flushes


def check_dtype(dtype: torch.dtype) -> None:
    """Raise what the accelerator that is played raises where it lacks this dtype."""
    __tracebackhide__ = True
    refusal = Stage.character.lacks.get(dtype)
    if refusal is not None:
        error, words = refusal
        raise error(words)


def check_alive() -> None:
    """Raise the error of a bad index once more, if there was one."""
    __tracebackhide__ = True
    if Stage.lost:
        raise torch.AcceleratorError(ASSERT)


def fall(error: Exception) -> None:
    """Become unusable, and say so, if that is what this error of the CPU is on the device."""
    __tracebackhide__ = True
    if Stage.character.asserts and BAD_INDEX.search(str(error)):
        Stage.lost = True
        raise torch.AcceleratorError(ASSERT) from None
