"""What a spec asserts about how a result came about: memory, arguments, by hand."""

import contextlib
import functools
import random
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import numpy as np
import torch
from torch.overrides import TorchFunctionMode

from ..language import tr
from ..rendering import show
from ..verdicts import About, CheckFailure
from .copies import bits, copied, snapshot
from .results import count


def assert_shares_memory(result: torch.Tensor, owner: torch.Tensor) -> None:
    """Every element of `result` lies in `owner`'s memory: what is written there shows here.

    Seen by writing, not by comparing addresses, so that it holds on any device.
    """
    __tracebackhide__ = True
    count()
    before = bits(result)
    with _memory_flipped(owner):
        changed = (bits(result) != before).any(dim=1)
    if not bool(changed.all()):
        raise CheckFailure(
            "the result is a copy: writing into the argument does not show in it",
            expected=tr("a view, which shares the argument's memory"),
            about=About.COPY,
        )


def assert_owns_memory(result: torch.Tensor, *others: torch.Tensor) -> None:
    """Writing into `result` changes none of the others."""
    __tracebackhide__ = True
    count()
    before = [bits(other) for other in others]
    with _memory_flipped(result):
        after = [bits(other) for other in others]
    if not all(torch.equal(a, b) for a, b in zip(before, after, strict=True)):
        raise CheckFailure(
            "the result shares memory: writing into it changes the argument too",
            expected=tr("a tensor with memory of its own"),
            about=About.MEMORY,
        )


@contextlib.contextmanager
def unchanged(*arguments: object) -> Iterator[None]:
    """Leaves the arguments as they were: values, shape, strides, requires_grad, list items."""
    __tracebackhide__ = True
    before = [(snapshot(argument), copied(argument)) for argument in arguments]
    yield
    count()
    for argument, (old, copy) in zip(arguments, before, strict=True):
        if snapshot(argument) != old:
            raise CheckFailure(
                "an argument was modified; work on a copy, or out of place",
                expected=tr("the argument still {value}").format(value=show(copy)),
                got=show(argument),
                about=About.ARGUMENT,
            )


@contextlib.contextmanager
def random_states_kept(device: torch.device) -> Iterator[None]:
    """Leaves the global random states as they were: torch's, NumPy's and Python's."""
    __tracebackhide__ = True
    before = _random_states(device)
    yield
    count()
    for library, old, new in zip(RANDOM, before, _random_states(device), strict=True):
        if old != new:
            raise CheckFailure(
                tr(CHANGED).format(library=library),
                about=About.RANDOM,
            )


READY_MADE = "{name} is the function you are asked to write by hand"
CHANGED = "{library}'s global random state was changed; draw from a generator of your own"
RANDOM = ("torch", "torch", "NumPy", "Python")


def _random_states(device: torch.device) -> tuple[object, ...]:
    on_device = b""
    if device.type != "cpu":
        on_device = torch.get_device_module(device).get_rng_state().numpy().tobytes()
    name, keys, *rest = np.random.get_state()
    return (
        torch.get_rng_state().numpy().tobytes(),
        on_device,
        (name, np.asarray(keys).tobytes(), *rest),
        random.getstate(),
    )


@contextlib.contextmanager
def by_hand(*names: str) -> Iterator[None]:
    """Neither autograd nor a torch function of one of these names is used inside."""
    __tracebackhide__ = True
    watch = _Watch(frozenset(names))
    with contextlib.ExitStack() as stack:
        for target in AUTOGRAD:
            stack.enter_context(mock.patch(target, watch.autograd))
        stack.enter_context(mock.patch.object(_Compiled, "watch", watch))
        stack.enter_context(watch)
        yield
    count()
    if watch.seen:
        raise CheckFailure(watch.seen[0], about=About.BY_HAND)


AUTOGRAD = (
    "torch.autograd._engine_run_backward",
    "torch.autograd.graph._engine_run_backward",
    "torch.autograd.forward_ad.enter_dual_level",
)


class _Watch(TorchFunctionMode):
    """Refuses autograd and torch functions by name, and remembers what it refused."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__()
        self.names = names
        self.seen: list[str] = []

    def refuse(self, problem: str) -> None:
        self.seen.append(problem)
        raise CheckFailure(problem, about=About.BY_HAND)

    def autograd(self, *_: object, **__: object) -> None:
        self.refuse(tr("autograd computes the gradient here; write the formula out by hand"))

    def compiled(self) -> None:
        self.refuse(tr("torch.jit runs what nobody can look into; write it out in Python"))

    def __torch_function__(
        self, func: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> object:
        name = getattr(func, "__name__", "")
        if name in self.names:
            self.refuse(tr(READY_MADE).format(name=name))
        return func(*args, **(kwargs or {}))


class _Compiled:
    """What TorchScript compiled, a function or a module's method: nothing in it can be watched."""

    watch: _Watch | None = None

    @staticmethod
    def told_of(call: Callable[..., object]) -> Callable[..., object]:
        """The same call, of which the watch is told that is there then."""

        @functools.wraps(call)
        def told(*arguments: object, **named: object) -> object:
            if _Compiled.watch is not None:
                _Compiled.watch.compiled()
            return call(*arguments, **named)

        return told


# Once, and before an answer is there that could keep the call as it was.
for kind in (torch._C.ScriptFunction, torch._C.ScriptMethod):
    setattr(kind, "__call__", _Compiled.told_of(kind.__call__))  # noqa: B010, mypy knows better


@contextlib.contextmanager
def _memory_flipped(x: torch.Tensor) -> Iterator[None]:
    """Within, every byte that lies behind `x` has its lowest bit flipped."""
    storage = x.untyped_storage()
    raw = torch.empty(0, dtype=torch.uint8, device=x.device)
    raw.set_(storage, 0, (storage.nbytes(),), (1,))
    raw.bitwise_xor_(1)
    try:
        yield
    finally:
        raw.bitwise_xor_(1)
