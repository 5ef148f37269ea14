"""What torch says of itself and of its devices: run by doctor in a process of its own, as JSON."""

import json
from typing import Any

import torch


def found() -> dict[str, Any]:
    """The version, what it was built for, the accelerator if there is one, and what that lacks."""
    device, lacks = _accelerator()
    return {"version": torch.__version__, "build": _build(), "device": device, "lacks": lacks}


def _build() -> str:
    if torch.version.cuda:
        return f"CUDA {torch.version.cuda}"
    if getattr(torch.version, "hip", None):
        return f"ROCm {torch.version.hip}"
    if torch.backends.mps.is_built():
        return "CPU and MPS"
    return "XPU" if torch.xpu._is_compiled() else "CPU"


def _accelerator() -> tuple[str | None, str | None]:
    if torch.cuda.is_available():
        return torch.cuda.get_device_name(), _fault()
    if torch.backends.mps.is_available():
        return "Apple's GPU (mps)", "float64"
    if torch.xpu.is_available():
        exact = torch.xpu.get_device_properties().has_fp64
        return torch.xpu.get_device_name(), None if exact else "float64"
    return None, None


def _fault() -> str | None:
    """Why the GPU computes nothing, if so: this torch may have no code for it."""
    try:
        torch.ones(2, device="cuda").sum().item()
    except RuntimeError as error:
        return str(error).splitlines()[0]
    return None


if __name__ == "__main__":
    print(json.dumps(found()))
