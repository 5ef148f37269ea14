"""Backward on sim: in the calling thread, and without an abort when a hook raises.

The engine holds a guard of the node's device while it calls a hook. Written in Python, that guard
cannot be left while a Python exception is on its way: the process would abort. So a hook's
exception is put aside, the hook returns something that the engine itself refuses, and the exception
is raised again where the backward was called. Backwards on the CPU raise as they always did.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.autograd import graph

Function = Callable[..., Any]


class PutAside(threading.local):
    """The exception that a hook raised in this thread's backward, until it is raised again."""

    exception: BaseException | None = None


put_aside = PutAside()


def install() -> None:
    """Replace the way into a backward, and the ways to give it a hook."""
    engine = run_backward(graph._engine_run_backward)
    for module in (graph, torch.autograd):
        vars(module).update(_engine_run_backward=engine)
    node = torch.autograd.function.BackwardCFunction
    for owner, name, refused in (
        (Tensor, "register_hook", refused_gradient),
        (Tensor, "register_post_accumulate_grad_hook", refused_gradient),
        (node, "register_hook", refused_gradients),
        (node, "register_prehook", refused_gradients),
    ):
        setattr(owner, name, registering(getattr(owner, name), refused))
    hooks = graph.saved_tensors_hooks
    hooks.__init__ = saving(hooks.__init__)  # type: ignore[method-assign]


def run_backward(original: Function) -> Function:
    """Run backward in the calling thread, and raise what a hook has put aside."""

    @functools.wraps(original)
    def engine_run_backward(*args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        # The engine starts its threads at the first backward of the process. If that came before
        # sim, nodes of sim have no thread to run in; the calling thread is always there.
        try:
            with torch.autograd.set_multithreading_enabled(False):
                return original(*args, **kwargs)
        except Exception:
            if put_aside.exception is None:
                raise
        exception, put_aside.exception = put_aside.exception, None
        raise exception

    return engine_run_backward


def registering(original: Function, refused: Function) -> Function:
    """Return a method that registers hooks, changed so that it registers them guarded."""

    @functools.wraps(original)
    def register(self: Any, hook: Function, *args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        return original(self, guarded(hook, refused), *args, **kwargs)

    return register


def saving(original: Function) -> Function:
    """Return the initialiser of saved_tensors_hooks, changed so that it guards unpack_hook."""

    @functools.wraps(original)
    def initialise(self: Any, pack_hook: Function, unpack_hook: Function) -> None:
        original(self, pack_hook, guarded(unpack_hook, refused_tensor))

    return initialise


def guarded(hook: Function, refused: Function) -> Function:
    """Return a hook that puts its exception aside and returns what the engine refuses."""

    def call(*args: Any) -> Any:
        __tracebackhide__ = True
        try:
            return hook(*args)
        except BaseException as exception:
            if torch._C._current_graph_task_id() == -1 or on_cpu(args):
                raise
            put_aside.exception = exception
            return refused(*args)

    return functools.update_wrapper(call, hook)


def on_cpu(args: tuple[Any, ...]) -> bool:
    """Tell whether a hook's arguments are gradients on the CPU, where raising is safe."""
    flat = [part for value in args for part in (value if isinstance(value, tuple) else (value,))]
    tensors = [part for part in flat if isinstance(part, Tensor)]
    return bool(tensors) and all(tensor.is_cpu for tensor in tensors)


def refused_gradient(gradient: Tensor) -> Tensor:
    """Return a gradient that the engine refuses: another rank, another device."""
    return torch.empty((0,) * (gradient.dim() + 1), device="cpu")


def refused_gradients(gradients: tuple[Tensor, ...], *_: Any) -> tuple[Tensor | None, ...]:
    """Return gradients that the engine refuses: one too many."""
    return (*gradients, None)


def refused_tensor(*_: Any) -> None:
    """Return what the engine refuses as a saved tensor: no tensor."""
