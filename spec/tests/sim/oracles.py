"""Judges of sim that are not ours: PyTorch's OpInfo database, run on the CPU and on sim.

A sample counts as compared only if the CPU gave a result for it; an operator only if at least one
of its samples was compared.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor
from torch.utils._pytree import tree_leaves, tree_map

from spec.harness.sim import generators

OpInfo = Any
SEED = 20


@dataclass
class Verdict:
    """What one operator's samples showed."""

    name: str
    compared: int = 0
    uncompared: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def operators(gradients: bool = False) -> list[OpInfo]:
    """Return the operators of the database that take float32, or that also have gradients."""
    from torch.testing._internal.common_methods_invocations import op_db

    return [
        op for op in op_db if torch.float32 in op.dtypes and (op.supports_autograd or not gradients)
    ]


def full_name(op: OpInfo) -> str:
    """Return an operator's name, with its variant if the database has several."""
    return f"{op.name}.{op.variant_test_name}" if op.variant_test_name else str(op.name)


def samples(op: OpInfo, count: int, gradients: bool = False) -> Iterator[Any]:
    """Yield the first samples of an operator, in float32 on the CPU."""
    made = op.sample_inputs("cpu", torch.float32, requires_grad=gradients)
    return itertools.islice(made, count)


@contextmanager
def same_numbers() -> Iterator[None]:
    """Let sim draw the CPU's random numbers, which outside of this comparison it never does."""
    mixed_in, generators.SIM_SEED = generators.SIM_SEED, 0
    try:
        yield
    finally:
        generators.SIM_SEED = mixed_in


def twin(value: Any, device: torch.device | str, memo: dict[int, Tensor]) -> Any:
    """Return arguments for a device: whole storages are copied, so that views stay views."""

    def move(part: Any) -> Any:
        if part == "cpu" if isinstance(part, str) else isinstance(part, torch.device):
            return torch.device(device)
        if not isinstance(part, Tensor):
            return part
        storage = part.untyped_storage()
        key = storage.data_ptr() or id(part)
        if key not in memo:
            flat = torch.empty(0, dtype=torch.uint8).set_(storage)
            memo[key] = flat.clone().to(device)
        bytes_ = memo[key].untyped_storage()
        moved = torch.empty(0, dtype=part.dtype, device=device)
        moved.set_(bytes_, part.storage_offset(), part.size(), part.stride())
        return moved.requires_grad_(part.requires_grad)

    return tree_map(move, value)


def run(op: Callable[..., Any], sample: Any, device: torch.device | str) -> tuple[Any, Any]:
    """Return a sample's arguments on a device, and what the operator makes of them."""
    memo: dict[int, Tensor] = {}
    arguments = twin((sample.input, sample.args, sample.kwargs), device, memo)
    torch.manual_seed(SEED)
    given, args, kwargs = arguments
    return arguments, op(given, *args, **kwargs)


def judge(
    op: OpInfo, device: torch.device, count: int, gradients: bool, values: bool = True
) -> Verdict:
    """Compare an operator on sim with the CPU: results, or gradients."""
    verdict = Verdict(full_name(op))
    outcome = gradients_of if gradients else results_of
    with same_numbers():
        for sample in samples(op, count, gradients):
            try:
                expected = outcome(op, sample, "cpu")
            except Exception as error:
                verdict.uncompared.append(f"{type(error).__name__}: {error}")
                continue
            try:
                got = outcome(op, sample, device)
            except Exception as error:
                verdict.problems.append(f"{type(error).__name__}: {str(error)[:160]}")
                continue
            verdict.compared += 1
            verdict.problems += differences(expected, got, device, values)
    return verdict


def results_of(op: OpInfo, sample: Any, device: torch.device | str) -> list[Any]:
    """Return the operator's results as a flat list, each tensor with what it shares with others."""
    arguments, result = run(op, sample, device)
    given = [leaf for leaf in tree_leaves(arguments) if isinstance(leaf, Tensor)]
    results = list(tree_leaves(result))
    return results + [sharing(leaf, given) for leaf in results if isinstance(leaf, Tensor)]


def sharing(result: Tensor, given: list[Tensor]) -> str:
    """Return in words whose memory a result lies in, and what autograd knows of it."""
    if result.layout is not torch.strided:
        return "no memory"
    aliased = [
        torch._C._is_alias_of(result, tensor)  # type: ignore[attr-defined]
        for tensor in given
    ]
    same = [result is tensor for tensor in given]
    base = result._base
    base_is = [base is tensor for tensor in given] if base is not None else None
    return (
        f"offset {result.storage_offset()}, version {result._version}, view {result._is_view()}, "
        f"arguments aliased {aliased}, returned {same}, base {base_is}"
    )


def gradients_of(op: OpInfo, sample: Any, device: torch.device | str) -> list[Any]:
    """Return the gradients of every tensor among the arguments that wants one."""
    arguments, result = run(op, sample, device)
    if sample.output_process_fn_grad is not None:
        result = sample.output_process_fn_grad(result)
    inputs = [leaf for leaf in tree_leaves(arguments) if wants_gradient(leaf)]
    outputs = [leaf for leaf in tree_leaves(result) if wants_gradient(leaf)]
    if not outputs or not inputs:
        raise ValueError("nothing in this sample has a gradient")
    weights = [weight(output.detach(), device) for output in outputs]
    return list(torch.autograd.grad(outputs, inputs, weights, allow_unused=True))


def weight(output: Tensor, device: torch.device | str) -> Tensor:
    """Return a gradient to start from: distinct numbers, the same on every device."""
    numbers = torch.linspace(-1, 2, output.numel()).reshape(output.shape).to(output.dtype)
    return numbers.to(device)


def wants_gradient(leaf: Any) -> bool:
    """Tell whether a value is a tensor that takes part in backward."""
    return isinstance(leaf, Tensor) and leaf.requires_grad


def differences(
    expected: list[Any], got: list[Any], device: torch.device, values: bool
) -> Iterable[str]:
    """Yield what distinguishes results on sim from the CPU's."""
    if len(expected) != len(got):
        yield f"{len(got)} results, {len(expected)} on the CPU"
    for there, here in zip(expected, got, strict=False):
        if not isinstance(there, Tensor) or not isinstance(here, Tensor):
            if type(there) is not type(here) or repr(there) != repr(here):
                yield f"{here!r}, on the CPU {there!r}"
            continue
        if here.device != device:
            yield f"the result is on {here.device}"
        for name in ("shape", "dtype", "layout"):
            if getattr(here, name) != getattr(there, name):
                yield f"{name} {getattr(here, name)}, on the CPU {getattr(there, name)}"
        if here.layout is torch.strided and here.stride() != there.stride():
            yield f"stride {here.stride()}, on the CPU {there.stride()}"
        if values and here.shape == there.shape and not same_bits(here.cpu(), there):
            yield "values differ"


def same_bits(first: Tensor, second: Tensor) -> bool:
    """Tell whether two CPU tensors of one shape and dtype agree in every bit."""
    return torch.equal(bits(first), bits(second))


def bits(tensor: Tensor) -> Tensor:
    """Return a CPU tensor's elements as bytes."""
    plain = tensor.detach().resolve_conj().resolve_neg()
    plain = plain.clone(memory_format=torch.contiguous_format)
    return torch.empty(0, dtype=torch.uint8).set_(plain.untyped_storage())
