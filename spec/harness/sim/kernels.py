"""Tensors of sim and the kernels that work on them.

A sim tensor is a plain torch.Tensor on a storage that is labelled sim. A kernel makes CPU tensors
over the same memory, runs the operator on them and labels the results. Data is never copied.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

import torch
from torch import Tensor

from . import characters, generators, rules
from .characters import Stage
from .storages import CPU, NAME, Storage, labelled, memory

OpOverload = torch._ops.OpOverload

CPU_KEY = torch._C.DispatchKeySet(torch._C.DispatchKey.CPU)
NUMBERS = frozenset({int, float, bool, complex})
ATOMS = NUMBERS | {str, type(None), torch.dtype, torch.layout}
create = torch._C._acc.create_empty_tensor
SET = torch.ops.aten.set_.source_Storage_storage_offset

NOT_STRIDED = "sim has no {kind} tensors: {op} cannot return one there. Do this step on the CPU."


class Call(list[tuple[Tensor, Storage, Tensor, Storage]]):
    """What one call has lent to the CPU: its tensor and storage, and sim's tensor and storage."""

    mixed = False  # whether CPU tensors came with the call


class Plan(NamedTuple):
    """What has to be known about an operator, looked up once."""

    only_metadata: bool
    foreach: bool
    moves_results: bool
    numbers: tuple[int, ...]
    draw: generators.Draw | None


@functools.cache
def plan(op: OpOverload) -> Plan:
    """Decide how calls of this operator are run."""
    returns_view = op.is_view and op.has_kernel_for_dispatch_key(torch._C.DispatchKey.CPU)
    return Plan(
        only_metadata=returns_view or op is SET,
        foreach=op._schema.name.startswith("aten::_foreach"),
        moves_results=torch.Tag.inplace_view in op.tags
        or any(argument.is_out for argument in op._schema.arguments),
        numbers=number_positions(op),
        draw=generators.draw(op),
    )


def number_positions(op: OpOverload) -> tuple[int, ...]:
    """Return where a number may arrive for a tensor that this overload, from Python, insists on."""
    if torch._C._should_allow_numbers_as_tensors(op._schema.name.removeprefix("aten::")):
        return ()
    arguments = enumerate(op._schema.arguments)
    return tuple(place for place, argument in arguments if str(argument.type) == "Tensor")


def run(op: OpOverload, *args: Any, **kwargs: Any) -> Any:
    """Run an operator on the CPU, over the memory of its sim tensors."""
    __tracebackhide__ = True
    todo = plan(op)
    if todo.only_metadata:
        return op.redispatch(CPU_KEY, *args, **kwargs)
    characters.check_alive()
    call = Call()
    host_args = [lend(value, call) for value in args]
    host_kwargs = {name: lend(value, call) for name, value in kwargs.items()} if kwargs else kwargs
    if call.mixed:
        if todo.foreach:
            return op.redispatch(CPU_KEY, *args, **kwargs)
        if call:
            rules.check_devices(op, args, kwargs)
    target = op.overloadpacket if todo.numbers and has_number(args, todo.numbers) else op
    result = compute(target, todo.draw, host_args, host_kwargs)
    if todo.moves_results:
        follow(call)
    return label(result, call, op)


def compute(op: Any, draw: generators.Draw | None, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """Run an operator on the CPU, under the conditions of the accelerator that sim plays."""
    __tracebackhide__ = True
    flushes = Stage.character.flushes
    if flushes:
        torch.set_flush_denormal(True)
    try:
        if draw is None:
            return op(*args, **kwargs)
        return generators.run(op, draw, args, kwargs)
    except Exception as error:
        characters.fall(error)
        raise
    finally:
        if flushes:
            torch.set_flush_denormal(False)


def has_number(args: tuple[Any, ...], positions: tuple[int, ...]) -> bool:
    """Tell whether one of these arguments is a number."""
    # A loop is a third faster here than any().
    for position in positions:  # noqa: SIM110
        if position < len(args) and type(args[position]) in NUMBERS:
            return True
    return False


def lend(value: Any, call: Call) -> Any:
    """Return the argument as the CPU may see it: tensors and devices exchanged."""
    kind = type(value)
    if kind in ATOMS:
        return value
    if kind is list or kind is tuple:
        return [lend(part, call) for part in value]
    if isinstance(value, Tensor):
        return lend_tensor(value, call)
    if kind is torch.device and value.type == NAME:
        rules.check_ordinal(value)
        return CPU
    return value


def lend_tensor(tensor: Tensor, call: Call) -> Tensor:
    """Return a CPU tensor over the same memory; a tensor of another device is returned as it is."""
    if tensor.is_cpu:
        call.mixed = True
        return tensor
    try:
        storage = tensor.untyped_storage()
        host_storage = storage.host  # type: ignore[attr-defined]
    except (AttributeError, NotImplementedError):
        if tensor.device.type != NAME:
            return tensor
        host_storage = memory(storage)
    host = empty(tensor.dtype).detach()
    host.set_(host_storage, tensor.storage_offset(), tensor.size(), tensor.stride())
    if tensor.is_conj():
        torch._C._set_conj(host, True)
    if tensor.is_neg():
        torch._C._set_neg(host, True)
    call.append((host, host_storage, tensor, storage))
    return host


@functools.cache
def empty(dtype: torch.dtype) -> Tensor:
    """Return an empty CPU tensor, whose detached copies are the cheapest new tensors there are."""
    with torch.inference_mode(False):
        return torch.empty(0, dtype=dtype, device=CPU)


def label(result: Any, call: Call, op: OpOverload) -> Any:
    """Return a CPU result as sim's: arguments as themselves, the rest as new tensors."""
    if isinstance(result, Tensor):
        return label_tensor(result, call, op)
    if isinstance(result, (list, tuple)):
        return type(result)(label(part, call, op) for part in result)
    return result


def label_tensor(host: Tensor, call: Call, op: OpOverload) -> Tensor:
    """Return the sim tensor over the same memory as a CPU result."""
    __tracebackhide__ = True
    for lent, _, tensor, _ in call:
        if host is lent:
            return tensor
    characters.check_dtype(host.dtype)
    tensor = create((0,), host.dtype)
    place(tensor, labelled(strided_storage(host, op)), host)
    if host.is_conj():
        torch._C._set_conj(tensor, True)
    if host.is_neg():
        torch._C._set_neg(tensor, True)
    return tensor


def place(tensor: Tensor, storage: Storage, like: Tensor) -> None:
    """Put a sim tensor on a storage, with the offset, size and stride of another tensor."""
    SET.redispatch(CPU_KEY, tensor, storage, like.storage_offset(), like.size(), like.stride())


def strided_storage(host: Tensor, op: OpOverload) -> Storage:
    """Return a result's storage; raise NotImplementedError for a tensor that has no plain one."""
    __tracebackhide__ = True
    if host.is_quantized:
        raise NotImplementedError(NOT_STRIDED.format(kind="quantized", op=op))
    try:
        return host.untyped_storage()
    except NotImplementedError:
        kind = str(host.layout).removeprefix("torch.")
        raise NotImplementedError(NOT_STRIDED.format(kind=kind, op=op)) from None


def follow(call: Call) -> None:
    """Give sim tensors the size, stride and storage that their CPU tensors got in the call."""
    for host, lent_storage, tensor, storage in call:
        host_storage = host.untyped_storage()
        moved = host_storage is not lent_storage or host_storage.data_ptr() != storage.data_ptr()
        if moved or host_storage.nbytes() != storage.nbytes():
            place(tensor, labelled(host_storage), host)
        elif geometry(host) != geometry(tensor):
            place(tensor, storage, host)


def geometry(tensor: Tensor) -> tuple[Any, ...]:
    """Return where in its storage a tensor lies."""
    return tensor.storage_offset(), tensor.size(), tensor.stride()


def copy_(tensor: Tensor, source: Tensor, non_blocking: bool = False) -> Tensor:
    """Copy across devices in either direction, which CUDA allows as well."""
    __tracebackhide__ = True
    characters.check_alive()
    call = Call()
    lend(tensor, call).copy_(lend(source, call))
    return tensor


def to_copy(
    tensor: Tensor,
    *,
    dtype: torch.dtype | None = None,
    layout: torch.layout | None = None,
    device: torch.device | None = None,
    pin_memory: bool | None = None,
    non_blocking: bool = False,
    memory_format: torch.memory_format | None = None,
) -> Tensor:
    """Copy a tensor to another device or dtype; non_blocking has no effect, there is no stream."""
    __tracebackhide__ = True
    characters.check_alive()
    op = torch.ops.aten._to_copy.default
    target = tensor.device if device is None else device
    call = Call()
    copy = op(
        lend(tensor, call),
        dtype=dtype,
        layout=layout,
        device=lend(target, call),
        memory_format=memory_format,
    )
    return label_tensor(copy, call, op) if target.type == NAME else copy


def set_storage(tensor: Tensor, source: Storage) -> Tensor:
    """Put a tensor on the whole of a storage."""
    size = source.nbytes() // tensor.element_size()
    return SET.redispatch(CPU_KEY, tensor, source, 0, [size], [1])


def zeros(size: list[int], **options: Any) -> Tensor:
    """Return zeros in place of a tensor of zeros without storage."""
    __tracebackhide__ = True
    return torch.zeros(size, **options)


def pin_memory(tensor: Tensor, device: torch.device | None = None) -> Tensor:
    """Copy a CPU tensor where pinned memory is asked for: sim has none, and needs none."""
    return tensor.clone()


def kernel(name: str) -> Callable[..., Any]:
    """Return a kernel that runs the operator of this name, resolved at its first call."""
    packet, _, overload = name.partition(".")
    found: list[OpOverload] = []

    def call(*args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        if not found:
            found.append(getattr(getattr(torch.ops.aten, packet), overload or "default"))
        return run(found[0], *args, **kwargs)

    return call
