"""The device rules of sim: which mixtures of devices CUDA refuses, and in which words.

CUDA's wrappers are generated from native_functions.yaml, which every torch wheel carries. An
operator without ``device_check: NoCheck`` demands one device of all its tensors, 0-dim ones
included; an operator with it checks for itself, nearly always in TensorIterator, which lets a
0-dim CPU tensor take part as a number. So the rules follow the installed version, and there is no
table of operators here to keep in step.
"""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor

DECLARATIONS = "packaged/ATen/native/native_functions.yaml"

NO_DECLARATIONS = """torchgen/{path} is missing from this installation of torch, and sim takes its
device rules from that file. Install torch from an official wheel, or run with --device cpu."""

FIRST_DIFFERENT = (
    "Expected all tensors to be on the same device, but got {name} is on {device}, different from "
    "other tensors on {common} (when checking argument in method {method})"
)
TWO_DEVICES = (
    "Expected all tensors to be on the same device, but found at least two devices, {common} and "
    "{device}!"
)
INDICES = "indices should be either on cpu or on the same device as the indexed tensor ({device})"
GENERATOR = "Expected a '{expected}' device type for generator but found '{found}'"
ORDINAL = "sim error: invalid device ordinal: there is one device, sim:0, and got {device}"

COMPOSITE = ("CompositeExplicitAutograd", "CompositeExplicitAutogradNonFunctional")

# CUDA's indexing kernels take indices from the CPU, so TensorIterator never sees those.
INDEXING = frozenset(
    {"index", "index_put", "index_put_", "_index_put_impl_", "_unsafe_index", "_unsafe_index_put"}
)


class Declarations(NamedTuple):
    """What native_functions.yaml says: who checks devices, and which kernels CUDA has itself."""

    unchecked: frozenset[str]
    structured: frozenset[str]
    hidden: tuple[str, ...]


@functools.cache
def declarations() -> Declarations:
    """Read the operators' declarations from the installed torchgen.

    Splitting the text takes 2 ms where a YAML parser takes seconds.
    """
    found = importlib.util.find_spec("torchgen")
    folders = (found.submodule_search_locations or []) if found else []
    files = [Path(folder, DECLARATIONS) for folder in folders]
    text = next((file.read_text("utf-8") for file in files if file.is_file()), None)
    if text is None:
        raise RuntimeError(NO_DECLARATIONS.format(path=DECLARATIONS))
    unchecked, structured, hidden = set(), set(), []
    for entry in text.split("\n- func: ")[1:]:
        name = entry[: entry.index("(")]
        if "\n  device_check: NoCheck" in entry:
            unchecked.add(name)
        delegate = "\n  structured_delegate:" in entry
        if delegate or "\n  structured: True" in entry:
            structured.add(name)
        if delegate or has_hidden_kernel(entry):
            hidden.append(name)
    return Declarations(frozenset(unchecked), frozenset(structured), tuple(hidden))


def has_hidden_kernel(entry: str) -> bool:
    """Tell whether CUDA has a kernel of its own where a new device gets a composite of others."""
    if "Composite" not in entry:
        return False
    lines = entry.partition("\n  dispatch:\n")[2].splitlines()
    keys = {key.strip() for line in lines for key in line.partition(":")[0].split(",")}
    # An implicit composite has no derivative of its own: take the kernel only if the CPU does.
    implicit = "CompositeImplicitAutograd" in keys and "CPU" in keys
    return "CUDA" in keys and (implicit or not keys.isdisjoint(COMPOSITE))


def overload_name(op: torch._ops.OpOverload) -> str:
    """Return an operator's name as native_functions.yaml spells it: ``add.Tensor``, ``mm``."""
    return op._schema.name.removeprefix("aten::") + (
        f".{op._schema.overload_name}" if op._schema.overload_name else ""
    )


def check_devices(op: torch._ops.OpOverload, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Raise RuntimeError if CUDA would refuse this mixture of CPU and sim tensors."""
    __tracebackhide__ = True
    if op._schema.name.removeprefix("aten::") in INDEXING:
        check_indexing(op, args, kwargs)
    elif overload_name(op) in declarations().unchecked:
        check_iterator(tensors(op, args, kwargs))
    else:
        check_wrapper(op, args, kwargs)


def tensors(
    op: torch._ops.OpOverload, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Iterator[tuple[str, Tensor, bool]]:
    """Yield name, tensor and whether it is written, for each tensor among the arguments."""
    for position, argument in enumerate(op._schema.arguments):
        if position < len(args) and not argument.kwarg_only:
            value = args[position]
        else:
            value = kwargs.get(argument.name)
        written = argument.alias_info is not None and argument.alias_info.is_write
        for part in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(part, Tensor):
                yield argument.name, part, written


def check_wrapper(op: torch._ops.OpOverload, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Demand the first tensor's device of all, as CUDA's generated wrappers do (out= first)."""
    __tracebackhide__ = True
    outs = {argument.name for argument in op._schema.arguments if argument.is_out}
    found = sorted(tensors(op, args, kwargs), key=lambda entry: entry[0] not in outs)
    common = found[0][1].device
    for name, tensor, _ in found:
        if tensor.device != common:
            raise RuntimeError(
                FIRST_DIFFERENT.format(
                    name=name, device=tensor.device, common=common, method=wrapper_name(op)
                )
            )


def check_iterator(found: Iterator[tuple[str, Tensor, bool]]) -> None:
    """Let a CPU tensor pass only as a number: 0-dim and not written, as TensorIterator does."""
    __tracebackhide__ = True
    entries = list(found)
    common = next(tensor.device for _, tensor, _ in entries if not tensor.is_cpu)
    for _, tensor, written in entries:
        if tensor.device != common and (written or tensor.dim() or not tensor.is_cpu):
            raise RuntimeError(TWO_DEVICES.format(common=common, device=tensor.device))


def check_indexing(
    op: torch._ops.OpOverload, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> None:
    """Let CPU indices into a sim tensor pass, never the reverse; CPU values only as a number."""
    __tracebackhide__ = True
    found = list(tensors(op, args, kwargs))
    indexed = next(tensor for name, tensor, _ in found if name == "self")
    for name, tensor, _ in found:
        if name == "indices" and not tensor.is_cpu and tensor.device != indexed.device:
            raise RuntimeError(INDICES.format(device=indexed.device))
    check_iterator(entry for entry in found if entry[0] != "indices" or not entry[1].is_cpu)


def wrapper_name(op: torch._ops.OpOverload) -> str:
    """Return the name of CUDA's wrapper, which its error message mentions."""
    base, overload = op._schema.name.removeprefix("aten::"), op._schema.overload_name
    base += "_out" if any(a.is_out for a in op._schema.arguments) else ""
    if overload_name(op) in declarations().structured:
        return f"wrapper_CUDA_{base}_{overload}".removesuffix("_" if not overload else "")
    return f"wrapper_CUDA_{overload}_{base}"


def check_ordinal(device: torch.device) -> None:
    """Raise RuntimeError for any sim device but the first, which is the only one."""
    __tracebackhide__ = True
    if device.index not in (None, 0):
        raise RuntimeError(ORDINAL.format(device=device))
