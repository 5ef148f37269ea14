"""Which devices a spec runs on: what was asked for, what is there, and what is not."""

import contextlib
import os
from collections.abc import Iterable

import torch

from . import sim
from .language import tr
from .settings import DEVICES

REAL = ("cuda", "mps", "xpu")

_row: torch.device | None = None
_ordinary = False


class Unavailable(Exception):
    """A device was asked for by name that this machine or this torch build does not have."""


def selected(asked: Iterable[str], character: str = "cuda") -> list[torch.device]:
    """The devices that these choices stand for, CPU first, sim registered where it is one.

    CUDA is told, before it starts, to wait for each operator, so that an error comes from its line.
    """
    os.environ.setdefault("CUDA_LAUNCH_BLOCKING", "1")
    names: list[str] = []
    for choice in asked:
        names += [name for name in _expand(choice) if name not in names]
    return [_device(name, character) for name in sorted(names, key=DEVICES.index)]


def header(devices: Iterable[torch.device]) -> str:
    """One line on what runs and what does not: `devices: cpu, sim (no CUDA: …)`."""
    names = [device.type for device in devices]
    said = tr("devices: {names}").format(names=", ".join(names))
    if "cuda" in names or _has("cuda"):
        return said
    return f"{said} ({tr('no CUDA: {why}').format(why=_why_not('cuda'))})"


def accelerators() -> list[str]:
    """The real accelerators that this machine has."""
    return [name for name in REAL if _has(name)]


def warm(device: torch.device) -> None:
    """Has a real accelerator start now rather than with the first test on it."""
    if device.type in REAL:
        with contextlib.suppress(Exception):  # a device that can't be used is told by a test
            torch.zeros(1, device=device)


def enter(device: torch.device | None, ordinary: bool = False) -> None:
    """Makes this the row under test: where strategies draw, and whether ordinary arguments only."""
    global _row, _ordinary
    _row, _ordinary = device, ordinary


def is_ordinary() -> bool:
    """Whether the row under test is a core: it draws ordinary arguments only."""
    return _ordinary


def row() -> torch.device:
    """The device of the row under test."""
    if _row is None:
        raise RuntimeError("a spec test that draws tensors takes the argument `device`")
    return _row


def is_accelerator(device: torch.device | None) -> bool:
    """Whether this is a device, and not the CPU."""
    return device is not None and device.type != "cpu"


def has_dtype(device: torch.device, dtype: torch.dtype) -> bool:
    """Whether the device can hold this dtype: Apple's has no float64, nor have some of Intel's."""
    if device.type == "sim":
        return sim.has_dtype(dtype)
    if dtype not in (torch.float64, torch.complex128) or device.type not in ("mps", "xpu"):
        return True
    return device.type == "xpu" and bool(torch.xpu.get_device_properties(device).has_fp64)


def has_denormals(device: torch.device) -> bool:
    """Whether the device computes with numbers below the smallest normal one; Apple's has 0."""
    return sim.has_denormals() if device.type == "sim" else device.type != "mps"


def _expand(choice: str) -> list[str]:
    there = accelerators()
    if choice == "auto":
        return ["cpu", *(there[:1] or ["sim"])]
    if choice == "all":
        return ["cpu", *(there or ["sim"])]
    if choice in REAL and not _has(choice):
        why, there_is = _why_not(choice), _what_there_is()
        raise Unavailable(f"--device {choice}: {why}. {there_is}")
    if choice == "sim" and there:
        raise Unavailable(
            tr(
                "--device sim: this machine has a real accelerator, {there}, which takes its "
                "place. Use --device {there}"
            ).format(there=there[0])
        )
    return [choice]


def _device(name: str, character: str) -> torch.device:
    if name == "sim":
        return sim.register(character)
    return torch.device(name) if name == "cpu" else torch.device(name, 0)


def _has(name: str) -> bool:
    if name == "mps":
        return torch.backends.mps.is_available()
    return bool(getattr(torch, name).is_available())


def _why_not(name: str) -> str:
    if name == "mps":
        built = torch.backends.mps.is_built()
    elif name == "xpu":
        built = torch.xpu._is_compiled()
    else:
        built = torch.version.cuda is not None or getattr(torch.version, "hip", None) is not None
    said = tr("torch {version} finds no such device") if built else tr("torch {version} has none")
    return said.format(version=torch.__version__)


def _what_there_is() -> str:
    there = accelerators()
    return tr("It can run on: {names}").format(names=", ".join(["cpu", *(there or ["sim"])]))
