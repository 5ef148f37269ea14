"""What holds for every function of every kata: its arguments stay, its result is where they are.

A spec names the functions that are exceptions, in tuples at its top level: CHANGES_ARGUMENTS,
OTHER_DTYPE and OTHER_DEVICE.
"""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from ..checks.copies import snapshot
from ..files import sources
from ..files.catalogue import Kata
from ..language import tr
from ..rendering import aligned, show
from ..verdicts import About, CheckFailure

FEW = 1 << 12  # elements of a tensor that are compared one by one; a larger one counts its writes


@dataclass(frozen=True)
class Rules:
    """Which of the standing rules hold for a function, and what its parameters are called."""

    function: str
    parameters: tuple[str, ...]
    keeps_arguments: bool
    returns_something: bool
    keeps_dtype: bool
    keeps_device: bool


@functools.cache
def rules_of(kata: Kata, function: str) -> Rules:
    """The standing rules for a function of a kata."""
    definition = sources.promised(kata)[function]
    names = tuple(sources.parameters(definition))
    return Rules(
        function,
        names,
        keeps_arguments=function not in _named(kata, "CHANGES_ARGUMENTS"),
        returns_something=not sources.returns_nothing(definition),
        keeps_dtype="dtype" not in names and function not in _named(kata, "OTHER_DTYPE"),
        keeps_device="device" not in names and function not in _named(kata, "OTHER_DEVICE"),
    )


def _named(kata: Kata, constant: str) -> Sequence[str]:
    names: Sequence[str] = sources.constant(kata, constant, ())
    return names


@dataclass(frozen=True)
class Given:
    """The arguments of a call as they were before it."""

    names: list[str]
    values: list[object]
    snapshots: list[object]
    copies: list[object]


def given(
    rules: Rules, arguments: tuple[object, ...], named: dict[str, object], copies: list[object]
) -> Given:
    """Takes down the arguments of a call, before it, with copies of them that a failure shows."""
    names = [*rules.parameters[: len(arguments)], *named]
    values = [*arguments, *named.values()]
    with torch._C.DisableTorchFunction():
        return Given(names, values, [_state(value) for value in values], copies)


def check(rules: Rules, before: Given, result: object) -> None:
    """Raises the failure of the first standing rule that a call broke."""
    __tracebackhide__ = True
    with torch._C.DisableTorchFunction():
        if rules.keeps_arguments:
            _check_arguments(before)
        if rules.returns_something and result is None:
            problem = tr("{function} returned None: is a return missing?").format(
                function=rules.function
            )
            raise CheckFailure(problem, about=About.NOTHING)
        if rules.keeps_device:
            _check_device(before, result)
        if rules.keeps_dtype:
            _check_dtype(before, result)


def _check_arguments(before: Given) -> None:
    __tracebackhide__ = True
    together = zip(before.names, before.values, before.snapshots, before.copies, strict=False)
    for name, value, snapshot_before, copy in together:
        if _state(value) != snapshot_before:
            changed, old, new = _changed(name, copy, value)
            raise CheckFailure(
                tr("You wrote into the argument {name}: work on a copy, or out of place.").format(
                    name=name
                ),
                expected=aligned(f"{tr('{name} still').format(name=changed)} ", show(old)),
                got=aligned(f"{tr('{name} now').format(name=changed)} ", show(new)),
                about=About.ARGUMENT,
                actual=value,
            )


def _changed(name: str, old: Any, new: Any) -> tuple[str, object, object]:
    """The part of an argument that was written into: its name, before and after."""
    if isinstance(old, list | tuple) and isinstance(new, list | tuple) and len(old) == len(new):
        for position, (before, after) in enumerate(zip(old, new, strict=True)):
            if snapshot(before) != snapshot(after):
                return _changed(f"{name}[{position}]", before, after)
    return name, old, new


def _check_device(before: Given, result: object) -> None:
    __tracebackhide__ = True
    there = {tensor.device for tensor in _tensors(before.values)}
    for tensor in _tensors([result]):
        if len(there) == 1 and tensor.device not in there:
            raise CheckFailure(
                "the result has the wrong device",
                expected=f"{tr('device')} {there.pop()}",
                got=aligned(f"{tr('device')} {tensor.device}: ", show(tensor)),
                about=About.DEVICE,
                actual=tensor,
            )


def _check_dtype(before: Given, result: object) -> None:
    __tracebackhide__ = True
    there = {tensor.dtype for tensor in _tensors(before.values) if tensor.is_floating_point()}
    for tensor in _tensors([result]):
        if len(there) == 1 and tensor.is_floating_point() and tensor.dtype not in there:
            raise CheckFailure(
                "the result has the wrong dtype",
                expected=f"dtype {there.pop()}",
                got=aligned(f"dtype {tensor.dtype}: ", show(tensor)),
                about=About.DTYPE,
                actual=tensor,
            )


def _tensors(values: Sequence[object]) -> Iterator[torch.Tensor]:
    """The tensors among values, and in their lists, tuples and dicts."""
    for value in values:
        if isinstance(value, torch.Tensor):
            yield value
        elif isinstance(value, list | tuple):
            yield from _tensors(value)
        elif isinstance(value, dict):
            yield from _tensors(list(value.values()))


def _state(value: Any) -> object:
    """What of an argument must stay, in a form that compares; no count of operations shows it."""
    if isinstance(value, torch.Tensor):
        unseen = torch._C._len_torch_dispatch_stack() > 0
        if unseen or value.numel() > FEW:
            return (value._version, tuple(value.shape), value.stride(), value.requires_grad)
    if isinstance(value, list | tuple):
        return [(id(item), _state(item)) for item in value]
    return snapshot(value)
