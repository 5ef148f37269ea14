"""The same torch state before each test, checked after."""

import contextlib
import random
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from .. import devices
from ..language import tr
from ..verdicts import Kind, Verdict

SEED = 20_240_229  # unlikely to be a learner's own choice, so that reseeding shows

COMPILER = "torch._inductor.compile_fx"  # which sets Python's recursion limit, and leaves it so
COMPILED = "{function} compiles with torch.compile, which changes settings of Python for good."
UNCOMPILED = "Write it without torch.compile: what is compiled gives the same, only faster."


def _matmul_precision() -> str:
    """float32's precision in matrix products, also where it was set by torch's newer names."""
    try:
        return torch.get_float32_matmul_precision()
    except RuntimeError:  # old and new names disagree
        return torch.backends.cuda.matmul.fp32_precision


def _allows_tf32() -> bool | str:
    """Whether cuDNN may compute in TF32, or, where it was set by newer names, in what it does."""
    try:
        return torch.backends.cudnn.allow_tf32
    except RuntimeError:
        return torch.backends.cudnn.conv.fp32_precision  # type: ignore[attr-defined]


def _setting(owner: Any, name: str) -> Callable[[Any], Any]:
    return lambda value: setattr(owner, name, value)


SETTINGS: dict[str, tuple[Callable[[], Any], Callable[[Any], Any], Any, str]] = {
    "torch's default dtype": (
        torch.get_default_dtype,
        torch.set_default_dtype,
        torch.float32,
        "Give the tensor its dtype with dtype= instead.",
    ),
    "torch's default device": (
        lambda: torch.get_default_device().type,
        lambda _: torch.set_default_device(None),
        "cpu",
        "Give the tensor its device with device= instead.",
    ),
    "torch's grad mode": (
        torch.is_grad_enabled,
        torch.set_grad_enabled,
        True,
        "Use `with torch.no_grad():`, which puts it back.",
    ),
    "torch's random seed": (
        torch.initial_seed,
        torch.default_generator.manual_seed,
        SEED,
        "Draw from a torch.Generator of your own instead.",
    ),
    "torch's thread count": (
        torch.get_num_threads,
        torch.set_num_threads,
        1,
        "Leave it alone: it holds for the whole process.",
    ),
    "torch's anomaly mode": (
        torch.is_anomaly_enabled,
        torch.autograd.set_detect_anomaly,
        False,
        "Use `with torch.autograd.detect_anomaly():`, which puts it back.",
    ),
    "torch's deterministic mode": (
        torch.are_deterministic_algorithms_enabled,
        torch.use_deterministic_algorithms,
        False,
        "Leave it alone: it holds for the whole process.",
    ),
    "torch's float32 matmul precision": (
        _matmul_precision,
        torch.set_float32_matmul_precision,
        "highest",
        "Leave it alone: it holds for the whole process.",
    ),
    "cuDNN's allow_tf32": (
        _allows_tf32,
        _setting(torch.backends.cudnn, "allow_tf32"),
        True,
        "Leave it alone: it holds for the whole process.",
    ),
    "torch's float32 precision": (
        lambda: getattr(torch.backends, "fp32_precision", "none"),
        _setting(torch.backends, "fp32_precision"),
        "none",
        "Leave it alone: it holds for the whole process.",
    ),
    "Python's recursion limit": (
        sys.getrecursionlimit,
        sys.setrecursionlimit,
        sys.getrecursionlimit(),
        "Use a loop and a list of your own instead of deep recursion.",
    ),
}


def reset(device: torch.device | None = None) -> None:
    """Puts torch, NumPy and Python into the state in which every test starts."""
    for getter, setter, wanted, _ in SETTINGS.values():
        if wanted != getter():
            setter(wanted)
    # Not torch.manual_seed, which keeps a formatted stack for each device that is not there.
    torch.default_generator.manual_seed(SEED)
    if devices.is_accelerator(device):
        with contextlib.suppress(RuntimeError):  # it can't be used any more: see failure_of
            _seed(torch.get_device_module(device))
    np.random.seed(SEED)
    random.seed(SEED)


def _seed(module: Any) -> None:
    """Seeds all devices of a kind; Apple's MPS is a single one, and has no word for all."""
    seed = getattr(module, "manual_seed_all", None) or module.manual_seed
    seed(SEED)


def failure_of(device: torch.device | None) -> str | None:
    """What a device says that can't compute any more, as CUDA after a bad index; else None."""
    if not devices.is_accelerator(device):
        return None
    try:
        torch.zeros(1, device=device).add_(1).item()
    except torch.OutOfMemoryError:
        return None
    except RuntimeError as error:
        return str(error).partition("\n")[0]
    return None


def disturbed(function: str) -> Verdict | None:
    """What of that state a test left changed, as a verdict on the function, if anything."""
    for noun, (getter, _, wanted, advice) in SETTINGS.items():
        now = getter()
        if now != wanted:
            problem = tr("{function} changed {noun} from {wanted} to {now} and left it so.").format(
                function=function, noun=tr(noun), wanted=wanted, now=now
            )
            if getter is sys.getrecursionlimit and COMPILER in sys.modules:
                problem, advice = tr(COMPILED).format(function=function), tr(UNCOMPILED)
            return Verdict(Kind.DISTURBED, problem, tr(advice))
    return None
