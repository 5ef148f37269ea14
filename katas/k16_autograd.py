"""Autograd: PyTorch finds the gradients, and you say of what.

Lecture: torch.autograd.

Give a tensor requires_grad=True, and PyTorch records every operation that it takes part in. The
record is the graph: each result knows what it was computed from (its grad_fn), down to the leaves,
which are the tensors that you made yourself. Call backward() on a 0-D result, and the graph is
walked back; every leaf that requires grad finds its gradient in .grad:

    w = torch.tensor([1.0, 4.0], requires_grad=True)
    (w * w * w).sum().backward()
    w.grad                              # tensor([ 3., 48.])

backward() adds to what .grad already holds, so whoever wants a fresh gradient clears it first.
torch.autograd.grad(y, x) hands you the gradients instead, a tuple with one for each input, and
touches no .grad. With create_graph=True they have a graph themselves and can be differentiated
again. An x that y does not depend on is an error, unless you ask for None (allow_unused=True) or
zeros (materialize_grads=True); a y that requires no grad is an error even then.

There are three ways out of the graph. x.detach() is the same memory without a past. Inside
torch.no_grad() nothing is recorded, so there a leaf may be changed in place; but what requires
grad goes on doing so, and so does a view of it. And a leaf with requires_grad_(False) is a plain
tensor of numbers to every later operation. None of this has to do with eval(): that switches
layers such as Dropout and BatchNorm, each of which keeps a flag of its own, `training`, to the way
they work after training.

Rules of every kata: a result lies on the device of the arguments and keeps their floating dtype,
with all its digits. Arguments stay as they were; they may be non-contiguous, and an axis may have
length 1, or 0 where the result is still defined. Numeric dtypes are uint8, int8 to int64, float32
and float64. An error has a message. Its words, and a view or a copy, a loop or none, are yours to
choose where a docstring leaves them open.
"""

from collections.abc import Callable, Iterable

import torch

Function = Callable[[torch.Tensor], torch.Tensor]


def gradient_at(function: Function, x: torch.Tensor) -> torch.Tensor:
    """Compute the gradient of a function at x.

    function: takes a tensor like x and returns a 0-D tensor that depends on it. It may close over
    other tensors, some of which require grad, but none computed from x. x: any shape, float32 or
    float64; it may require grad already, hold a gradient in .grad, or be computed from others.
    Returns a tensor of x's shape, dtype and device that has no graph: requires_grad is False.
    Nothing is left behind: x keeps its values, requires_grad and .grad, and no other tensor's
    .grad changes, be it one that the function closes over or one that x was computed from.

    >>> gradient_at(lambda x: (x * x).sum(), torch.tensor([3.0, -1.0]))
    tensor([ 6., -2.])
    """
    raise NotImplementedError


def accumulate(function: Function, points: list[torch.Tensor]) -> torch.Tensor:
    """Add up the gradients of a function at several points, as repeated backward() does.

    function: takes one tensor like a point and returns a 0-D tensor that depends on it. It may
    close over leaves that require grad, and their .grad may change; no point is among them or
    computed from them. points: a list of one tensor or more, of one shape, dtype and device, all
    float32 or all float64; each may require grad already, hold a gradient in .grad, or be computed
    from other tensors. One that comes twice counts twice.
    Returns the sum of the gradients, a tensor of a point's shape, dtype and device, with a graph
    or without. Each backward() adds to .grad, so .grad can do the sum; other ways are as good.
    The list stays as it is, and so do the points (values, requires_grad and .grad) and the .grad
    of whatever they were computed from.

    >>> points = [torch.tensor([1.0, 2.0]), torch.tensor([10.0, 20.0])]
    >>> accumulate(lambda x: (x * x).sum(), points)
    tensor([22., 44.])
    """
    raise NotImplementedError


def second_derivative(function: Function, x: torch.Tensor) -> torch.Tensor:
    """Compute the second derivative of an elementwise function at every element of x.

    function: takes a tensor like x and returns one of the same shape and dtype, of whose elements
    each depends on x in its own place or not at all; made of operations that autograd can
    differentiate twice. It may close over leaves that require grad, and their .grad may change; x
    is not among them or computed from them. x: any shape, float32 or float64; it may require grad
    already, hold a gradient, or be computed from others.
    Returns a tensor of x's shape, dtype and device, with a graph or without. A line has second
    derivative 0, also w · x where w requires grad, and so has a constant, even one that is no part
    of any graph: zeros, no error.
    x keeps its values, requires_grad and .grad, and what it was computed from keeps its .grad.

    >>> second_derivative(lambda x: x**3, torch.tensor([1.0, -2.0]))
    tensor([  6., -12.])
    >>> second_derivative(lambda x: 5 * x + 1, torch.tensor([1.0, -2.0]))
    tensor([0., 0.])
    """
    raise NotImplementedError


def stop_gradient(x: torch.Tensor) -> torch.Tensor:
    """Take a tensor out of the graph: to later operations it is a plain tensor of numbers.

    x: any shape, bool or any numeric dtype; a floating one may require grad or be computed from
    others.
    Returns a tensor with x's values, shape, dtype and device that shares x's memory: what is
    written into either shows in both. It does not require grad and has no grad_fn, so no gradient
    flows back through it. x itself stays as it is, in the graph if it was there.

    >>> x = torch.tensor([2.0, 3.0], requires_grad=True)
    >>> stop_gradient(x * x)
    tensor([4., 9.])
    >>> (x * stop_gradient(x)).sum().backward()
    >>> x.grad
    tensor([2., 3.])
    """
    raise NotImplementedError


def predict(model: torch.nn.Module, x: torch.Tensor) -> torch.Tensor:
    """Ask a model for its answer to x, without a graph and in eval mode.

    model: a module with any submodules, each in one place; it computes a tensor from x. x: a
    tensor that the model takes, on the model's device; it does not require grad.
    Returns what the model gives when it and all its submodules are in eval mode (Dropout lets
    everything pass, BatchNorm uses its running statistics and leaves them as they are). The result
    has no graph: requires_grad is False; an inference tensor is fine.
    Afterwards the model and each submodule are in the mode in which they were: where the model
    trains, but one BatchNorm in it was set to eval(), that one stays so. The same holds when the
    model raises an error, which reaches the caller. Parameters and buffers stay as they are.

    >>> model = torch.nn.Dropout(0.5)
    >>> predict(model, torch.tensor([1.0, 2.0, 3.0]))
    tensor([1., 2., 3.])
    >>> model.training
    True
    """
    raise NotImplementedError


def sgd_step(parameters: Iterable[torch.Tensor], learning_rate: float) -> None:
    """Move every parameter a step against its gradient, and clear the gradient.

    parameters: leaves, float32 or float64, none of them twice, in any iterable: a list, say, or
    the generator that model.parameters() returns; it may be empty. learning_rate: a float, 0 or
    more.
    Each parameter that has a gradient, and so requires grad, becomes
    parameter - learning_rate · gradient, in place: it is the same tensor in the same memory, still
    a leaf that requires grad. Afterwards its .grad is None or zeros. A parameter whose .grad is
    None, as that of a frozen one is, is left alone: values, .grad and requires_grad.

    >>> w = torch.tensor([1.0, 2.0], requires_grad=True)
    >>> (w * w).sum().backward()
    >>> sgd_step([w], 0.25)
    >>> w
    tensor([0.5000, 1.0000], requires_grad=True)
    """
    raise NotImplementedError


def freeze(model: torch.nn.Module, names: list[str]) -> None:
    """Let the parameters of these names get no gradient from now on.

    model: a module with any submodules. names: a list of full names as in named_parameters(),
    "0.weight" or "head.bias", none of them twice; it may be empty. Part of a name does not count,
    nor does the name of a module or a buffer.
    After it, backward() leaves the .grad of these parameters as it is (None, or an old gradient,
    which you may clear); all other parameters are left alone, those frozen earlier included. The
    frozen ones are the same tensors as before, still parameters of the model, with their values.
    Raises KeyError with a message if any name is unknown, and then nothing is frozen.

    >>> model = torch.nn.Linear(2, 1)
    >>> freeze(model, ["weight"])
    >>> model(torch.ones(3, 2)).sum().backward()
    >>> model.weight.grad, model.bias.grad
    (None, tensor([3.]))
    """
    raise NotImplementedError
