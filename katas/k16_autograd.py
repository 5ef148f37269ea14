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
again. A y that has no graph is an error, and so is an x that y does not depend on, unless you ask
for None (allow_unused=True) or zeros (materialize_grads=True).

There are three ways out of the graph. x.detach() is the same memory without a past. Inside
torch.no_grad() nothing is recorded, so there a leaf may be changed in place; it goes on requiring
grad, and so does a view of it. And a leaf with requires_grad_(False) is a plain tensor of numbers
from then on. None of this has to do with eval(): that switches layers such as Dropout and
BatchNorm, each of which has a flag of its own, `training`, to the way they work after training.

The rules of every kata are in README.md.
"""

from collections.abc import Callable, Iterable

import torch

Function = Callable[[torch.Tensor], torch.Tensor]


def gradient_at(function: Function, x: torch.Tensor) -> torch.Tensor:
    """Compute the gradient of a function at x.

    Args:
        function: takes a tensor like x, returns a 0-D tensor.
        x: any shape, floating; it may require grad and hold a gradient.

    Returns:
        The gradient, like x, without a graph. x keeps its .grad.

    Example:
        >>> gradient_at(lambda x: (x * x).sum(), torch.tensor([3.0, -1.0]))
        tensor([ 6., -2.])

    Edges:
        - x may be computed from other tensors; their .grad stays as it is.
        - The function may use other tensors that require grad; their .grad may change, and the
          result has no graph (requires_grad is False) even then.
    """
    raise NotImplementedError


def accumulate(function: Function, points: list[torch.Tensor]) -> torch.Tensor:
    """Add up the gradients of a function at several points.

    Args:
        function: takes one point, returns a 0-D tensor.
        points: alike in shape and dtype; each may require grad and hold a gradient.

    Returns:
        The sum of the gradients, shaped like a point. The points keep their .grad.

    Example:
        >>> points = [torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0])]
        >>> accumulate(lambda x: (x**3).sum(), points)
        tensor([30., 60.])

    Edges:
        - A tensor that comes twice in the list counts twice.
        - The gradient may be the same at every point, as that of x.sum() is.
        - The list may hold a single point, and points may have no elements.
        - Points may be computed from other tensors; their .grad stays as it is.
        - The function may use other tensors that require grad; their .grad may change.
    """
    raise NotImplementedError


def second_derivative(function: Function, x: torch.Tensor) -> torch.Tensor:
    """Differentiate a function twice, at every element of x.

    Args:
        function: works element by element, on a tensor like x.
        x: any shape, floating; it may require grad and hold a gradient.

    Returns:
        The second derivatives, a tensor like x. x keeps its .grad.

    Example:
        >>> second_derivative(lambda x: x**3, torch.tensor([1.0, -2.0, 3.0]))
        tensor([  6., -12.,  18.])

    Edges:
        - A line, such as 5 * x + 1, has second derivative 0; so has w * x where w requires grad.
        - x may be computed from other tensors; their .grad stays as it is.
    """
    raise NotImplementedError


def stop_gradient(x: torch.Tensor) -> torch.Tensor:
    """Take a tensor out of the graph, so that no gradient flows back through it.

    Args:
        x: any shape and dtype.

    Returns:
        x's numbers in x's memory, without requires_grad. x itself stays in the graph.

    Example:
        >>> x = torch.tensor([2.0, 3.0], requires_grad=True)
        >>> stop_gradient(x * x)
        tensor([4., 9.])
        >>> (x * stop_gradient(x)).sum().backward()
        >>> x.grad
        tensor([2., 3.])

    Edges:
        - x may hold integers or bool, which never require grad.
    """
    raise NotImplementedError


def predict(model: torch.nn.Module, x: torch.Tensor) -> torch.Tensor:
    """Ask a model for its answer to x, in eval mode and without a graph.

    Args:
        model: any module.
        x: a tensor that it takes.

    Returns:
        The model's answer in eval mode. Afterwards the model is as it was, in mode, parameters
        and buffers.

    Example:
        >>> model = torch.nn.Dropout(0.5)
        >>> predict(model, torch.tensor([1.0, 2.0, 3.0]))
        tensor([1., 2., 3.])
        >>> model.training
        True

    Edges:
        - A submodule in another mode than the model, such as a BatchNorm set to eval(), is put back
          into its own.
        - A submodule that trains in a model that does not is in eval mode for the answer, too.
        - An error of the model's reaches you, and each mode is put back all the same.
    """
    raise NotImplementedError


def sgd_step(parameters: Iterable[torch.Tensor], learning_rate: float) -> None:
    """Move every parameter a step against its gradient, and clear the gradient.

    Args:
        parameters: leaves that require grad, in any iterable, such as model.parameters().
        learning_rate: a float.

    Each becomes parameter - learning_rate * gradient, in place, and requires grad as before; its
    .grad becomes None or zeros.

    Example:
        >>> w = torch.tensor([1.0, 2.0], requires_grad=True)
        >>> (w * w).sum().backward()
        >>> sgd_step([w], 0.25)
        >>> w
        tensor([0.5000, 1.0000], requires_grad=True)

    Edges:
        - A parameter whose .grad is None, as that of a frozen one is, is left alone.
        - A parameter stays in its memory: a tensor that shares it shows the step.
        - The iterable may be empty; a list and a generator do alike.
        - With a learning rate of 0, gradients are cleared and nothing moves.
        - A gradient that is infinite or NaN is cleared, too.
    """
    raise NotImplementedError


def freeze(model: torch.nn.Module, names: list[str]) -> None:
    """Let the parameters of these names get no gradient from now on.

    Args:
        model: any module.
        names: full names as in named_parameters(), such as "weight" or "head.bias".

    They stay its parameters, with their values; all others are left alone.

    Raises:
        KeyError: a name is unknown.

    Example:
        >>> model = torch.nn.Linear(2, 1)
        >>> freeze(model, ["weight"])
        >>> model(torch.ones(3, 2)).sum().backward()
        >>> model.weight.grad, model.bias.grad
        (None, tensor([3.]))

    Edges:
        - Part of a name is unknown, and so is the name of a module or a buffer.
        - names may be empty, or hold every name.
        - A gradient that a parameter has already stays as it is, or is cleared.
    """
    raise NotImplementedError
