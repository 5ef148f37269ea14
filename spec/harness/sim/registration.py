"""sim: a simulated accelerator, a second torch device on a machine that has no GPU.

A tensor on sim is a plain torch.Tensor. Its storage is labelled sim and lies over host memory; one
kernel for all operators runs them on the CPU, after checking devices as CUDA does, in CUDA's words.
Everything above the kernels is PyTorch's own code: autograd, views, printing, optimizers, errors of
``.numpy()``. So what runs on sim has its devices right; of CUDA's numerics and speed sim says
nothing. Results are the CPU's, bit for bit, and random numbers are other ones than the CPU's.

Not simulated:

- sparse, quantized, nested and mkldnn tensors: NotImplementedError.
- A second device: sim:1 is refused as an invalid ordinal.
- autocast: it warns and does nothing. torch.compile was not tried.
- Streams and events (there is no asynchrony), memory statistics, torch.accelerator.synchronize()
  (torch.sim.synchronize() is there), sharing memory between processes, dlpack.
- UntypedStorage.resize_, and making a bare storage on sim: a storage has no allocator there.
- Pinned memory: pin_memory() copies, is_pinned() stays False.
- CUDA's rounding and its non-determinism. A bad index is an ordinary error, save where sim is
  asked to play CUDA's device-side asserts (characters.py).

Laxer than CUDA:

- A sim generator is accepted by operators on CPU tensors.
- Several 0-dim CPU tensors are accepted beside sim tensors, where CUDA takes one.
- A forked process may use sim tensors of its parent. After a backward in the parent, though, on
  the CPU as well, a forked child can run none: PyTorch refuses. Register sim in the child instead.

Different from CUDA, and not to be mended from Python:

- ``parameter.data = parameter.data.to(device)`` is refused between the CPU and sim.
- ``module.to(device)`` makes new parameters if a weak reference holds the old ones.
- A hook on the grad_fn of a built-in operator (``tensor.grad_fn.register_hook``) must not raise,
  nor any hook that was registered before sim: the process aborts. All other hooks may raise.
- A signal handler that raises (Ctrl-C, a time limit) can abort the process if the signal arrives
  while PyTorch records an operator on sim for autograd.
- After resize_ has made a tensor larger, its older views still share its memory, and report its
  old address.
- Where convolution, where() and meshgrid word their refusal of mixed devices in their own way on
  CUDA, sim words it like the rest.

Registering replaces torch.Generator (a name imported from torch before still makes no generators
on sim), UntypedStorage.clone, Module.to, .cpu and .sim, the registration of backward hooks, and
where torch.manual_seed and printing ask for the device. It
makes sim torch.accelerator's current accelerator: register only where there is no other.
"""

from __future__ import annotations

import functools
import types
from typing import Any

import torch
from torch.utils import backend_registration

from . import backward, characters, generators, kernels, rules, storages
from .storages import NAME

TAKEN = """Another backend has taken PyTorch's one place for a device of one's own: "{name}".
Run without it, or choose another device than sim."""

# PyTorch tries packages in this order; the CPU has 10, CUDA 20.
PRIORITY = 15

libraries: list[torch.library.Library] = []


def register(character: str = "cuda") -> torch.device:
    """Make sim a device of this process, if it is not yet, and return it; it plays this character.

    RuntimeError if another backend has taken the place, or torch lacks native_functions.yaml.
    """
    if not is_registered():
        taken = torch._C._get_privateuse1_backend_name()
        if taken != "privateuseone":
            raise RuntimeError(TAKEN.format(name=taken))
        rules.declarations()
        backend_registration._setup_privateuseone_for_python_backend(
            NAME, backend_module=backend_module(), hook=hooks(), device_guard=device_guard()
        )
        install_kernels()
        install_patches()
    characters.play(character)
    show_names(vars(torch)[NAME])
    return torch.device(NAME, 0)


def is_registered() -> bool:
    """Tell whether sim is a device of this process, whoever registered it."""
    return torch._C._get_privateuse1_backend_name() == NAME


class Hooks(torch._C._acc.PrivateUse1Hooks):
    """What C++ asks about the backend."""


class DeviceGuard(torch._C._acc.DeviceGuard):
    """What C++ asks about the device."""


def hooks() -> Hooks:
    """Return the answers about the backend: it is there."""
    answers = Hooks()
    vars(answers).update(
        is_available=functools.partial(bool, 1),
        is_built=functools.partial(bool, 1),
        has_primary_context=(0,).__contains__,
    )
    return answers


def device_guard() -> DeviceGuard:
    """Return the answer about the device: its type."""
    guard = DeviceGuard()
    device_type = torch._C._autograd.DeviceType
    vars(guard).update(type_=functools.partial(getattr, device_type, "PrivateUse1"))
    return guard


def install_kernels() -> None:
    """Give PyTorch's dispatcher the fallback, and the kernels that a fallback does not reach."""
    every, aten = torch.library.Library("_", "IMPL"), torch.library.Library("aten", "IMPL")
    libraries.extend((every, aten))
    every.fallback(kernels.run, "PrivateUse1")
    # convolution chooses a backend by device, and for a device of one's own has none to choose.
    for name in (*rules.declarations().hidden, "convolution"):
        aten.impl(name, kernels.kernel(name), "PrivateUse1")
    aten.impl("set_.source_Storage", kernels.set_storage, "PrivateUse1")
    aten.impl("copy_", kernels.copy_, "PrivateUse1")
    aten.impl("_to_copy", kernels.to_copy, "PrivateUse1")
    aten.impl("_efficientzerotensor", kernels.zeros, "PrivateUse1")
    aten.impl("_pin_memory", kernels.pin_memory, "CPU")


def install_patches() -> None:
    """Replace what PyTorch offers no hook for; behaviour on the CPU stays as it was."""
    torch.Generator = generators.Generator  # type: ignore[misc]
    clone = torch.UntypedStorage.clone
    torch.UntypedStorage.clone = storages.cloning(clone)  # type: ignore[method-assign]
    for method in ("to", "cpu", NAME):
        original = getattr(torch.nn.Module, method)
        setattr(torch.nn.Module, method, keeping_parameters(original, method))
    torch.serialization.register_package(PRIORITY, storages.location_tag, storages.restore_location)
    # The original wants two names of torch.sim that torch.mps lacks.
    vars(torch.random)["_seed_custom_device"] = generators.seed
    printed = vars(torch._tensor_str)
    printed["tensor_totype"] = widening(printed["tensor_totype"])
    backward.install()


def widening(original: Any) -> Any:
    """Return the conversion before printing, which knows MPS and XPU, and not who plays them."""

    @functools.wraps(original)
    def tensor_totype(tensor: torch.Tensor) -> torch.Tensor:
        narrow = tensor.device.type == NAME and not characters.has_dtype(torch.float64)
        return tensor.float() if narrow else original(tensor)

    return tensor_totype


def keeping_parameters(original: Any, method: str) -> Any:
    """Return a Module method that moves parameters to or from sim without making new objects.

    CUDA keeps them, and an optimizer made before ``module.to(device)`` relies on that. Parameters
    that cannot be exchanged, because a weak reference holds them, become new ones.
    """

    @functools.wraps(original)
    def move(self: torch.nn.Module, *args: Any, **kwargs: Any) -> torch.nn.Module:
        if not crosses(self, destination(method, args, kwargs)):
            return original(self, *args, **kwargs)
        swaps = torch.__future__.get_swap_module_params_on_conversion()
        torch.__future__.set_swap_module_params_on_conversion(True)
        try:
            return original(self, *args, **kwargs)
        except RuntimeError as error:
            if "Couldn't swap" not in str(error):
                raise
        finally:
            torch.__future__.set_swap_module_params_on_conversion(swaps)
        return original(self, *args, **kwargs)

    return move


def destination(method: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str | None:
    """Return the type of the device that a Module method moves to; None if it moves nothing."""
    if method != "to":
        return method
    device = torch._C._nn._parse_to(*args, **kwargs)[0]
    return device.type if device is not None else None


def crosses(module: torch.nn.Module, target: str | None) -> bool:
    """Tell whether a parameter would come to sim from elsewhere, or leave it."""
    return target is not None and any(
        parameter.device.type != target and NAME in (parameter.device.type, target)
        for parameter in module.parameters()
    )


def backend_module() -> types.ModuleType:
    """Return the module torch.sim, which has the names that torch has for every backend."""
    module = types.ModuleType(f"torch.{NAME}", "The simulated accelerator's part of torch.")
    vars(module).update(
        _is_in_bad_fork=lambda: False,
        # Checkpointing asks for these dtypes; with none of them autocast warns and does nothing.
        get_amp_supported_dtype=list,
    )
    return module


def get_rng_state(device: Any = NAME) -> torch.Tensor:
    """Return the state of sim's random numbers."""
    return generators.default().get_state()


def set_rng_state(state: torch.Tensor, device: Any = NAME) -> None:
    """Put sim's random numbers into a state."""
    generators.default().set_state(state)


# One device, and the state of its random numbers, under the names that torch.cuda has for them.
NAMES: dict[str, Any] = {
    "manual_seed": generators.seed,
    "manual_seed_all": generators.seed,
    "get_rng_state": get_rng_state,
    "set_rng_state": set_rng_state,
    "is_initialized": lambda: True,
    "is_available": lambda: True,
    "current_device": lambda: 0,
    "device_count": lambda: 1,
    "set_device": lambda device: None,
    "synchronize": lambda device=None: None,
}


def show_names(module: types.ModuleType) -> None:
    """Give torch.sim the names that the installed torch has for the accelerator that sim plays."""
    played = vars(torch)[characters.Stage.character.module]
    for name, value in NAMES.items():
        if hasattr(played, name):
            setattr(module, name, value)
        else:
            vars(module).pop(name, None)
