"""Modules: layers and models that know their own weights, and an optimizer that moves them.

Lecture: MLP (Полносвязные слои); Функция потерь (градиентный спуск).

A layer is an nn.Module: it holds tensors, and its forward, which runs when you call the module,
computes with them. A model is a module that holds others. super().__init__() opens the books of a
module; what you assign to self afterwards is entered under its name, if it is an nn.Parameter or
itself an nn.Module:

    class Scale(nn.Module):
        def __init__(self, size):
            super().__init__()
            self.factor = nn.Parameter(torch.ones(size))

        def forward(self, x):
            return x * self.factor

What is in the books is found: parameters() hands it to an optimizer, to() moves it to a GPU,
state_dict() lists it for saving, eval() passes the mode on to it. A plain tensor, or a module in a
plain Python list, computes as well, but is never trained, moved or saved, and no error says so.

An optimizer knows parameters as tensors, not by name, and changes them in place: put another under
the same name, and it goes on moving the old one. With momentum it keeps a velocity for each, in
which steps of one direction add up, and steps back and forth cancel out.

The rules of every kata are in README.md.
"""

import torch
from torch import nn


class Affine(nn.Module):
    """A linear layer by hand, with weight and bias as its parameters, and no nn.Linear.

    Args:
        inputs: how many features a sample has, 1 or more.
        outputs: how many neurons the layer has, 1 or more.

    Attributes:
        weight: (outputs, inputs), random at first.
        bias: (outputs,).

    Example:
        >>> layer = Affine(3, 2)
        >>> sorted((name, tuple(each.shape)) for name, each in layer.named_parameters())
        [('bias', (2,)), ('weight', (2, 3))]
        >>> with torch.no_grad():
        ...     _ = layer.weight.copy_(torch.tensor([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]]))
        ...     _ = layer.bias.copy_(torch.tensor([0.5, 5.0]))
        >>> layer(torch.tensor([[1.0, 0.0, 2.0]])).detach()
        tensor([[ 7.5000, 75.0000]])

    Edges:
        - A batch may be empty.
        - After double() it computes in float64.
    """

    def __init__(self, inputs: int, outputs: int) -> None:
        """Make weight and bias; no two neurons start with the same weights."""
        super().__init__()
        self.weight = nn.Parameter(nn.init.xavier_normal_(torch.empty(outputs, inputs)))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Compute the layer for a batch.

        Args:
            x: (batch, inputs).

        Returns:
            (batch, outputs): the products of a sample and a row of weight, summed, plus the bias.
        """
        return x @ self.weight.T + self.bias


def parameter_count(model: nn.Module) -> int:
    """Count the numbers that training can change.

    Args:
        model: a module with any submodules.

    Returns:
        An int: the elements of all parameters that require grad, and no buffers. A parameter that
        the model uses in two places counts once.

    Example:
        >>> parameter_count(nn.Linear(3, 2))
        8

    Edges:
        - A model with nothing to train has 0.
    """
    return sum(each.numel() for each in model.parameters() if each.requires_grad)


class Stack(nn.Module):
    """Layers one after the other: each takes what the one before it gives.

    parameters(), to(), eval() and state_dict() of the stack reach every layer.

    Args:
        layers: a list of modules, which the stack takes as they are, without copies.

    Example:
        >>> stack = Stack([nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2)])
        >>> len(list(stack.parameters()))
        4
        >>> Stack([nn.ReLU(), nn.Flatten(0)])(torch.tensor([[1.0, -2.0], [-3.0, 4.0]]))
        tensor([1., 0., 0., 4.])

    Edges:
        - A layer that comes twice is applied twice, and its parameters are found once.
        - A stack of no layers gives back what it is given.
    """

    def __init__(self, layers: list[nn.Module]) -> None:
        """Keep the layers where the module finds them."""
        super().__init__()
        self.layers = nn.ModuleList(layers)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Apply the layers in their order.

        Args:
            x: what the first layer takes.

        Returns:
            What the last layer gives.
        """
        for layer in self.layers:
            x = layer(x)
        return x


def with_dropout_off(model: nn.Module, x: torch.Tensor) -> torch.Tensor:
    """Let a model predict in eval mode, then put its modes back.

    Args:
        model: a module with any submodules.
        x: what the model takes.

    Returns:
        What the model gives in eval mode, without a graph. Afterwards the model is in the mode in
        which it was before.

    Example:
        >>> model = nn.Sequential(nn.Dropout(0.5), nn.Flatten())
        >>> with_dropout_off(model, torch.tensor([[1.0, 2.0, 3.0]]))
        tensor([[1., 2., 3.]])
        >>> model.training
        True

    Edges:
        - A submodule in another mode than the model is put back into its own.
        - Where the model raises an error, it reaches the caller, and the modes are put back too.
    """
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        with torch.no_grad():
            return model(x)
    finally:
        for module, mode in modes:
            module.training = mode


def save_weights(model: nn.Module) -> dict[str, torch.Tensor]:
    """Keep a model's weights as they are now, while training goes on.

    Args:
        model: a module with any submodules.

    Returns:
        A dict with the names and values of model.state_dict(), whose tensors have memory of their
        own.

    Example:
        >>> model = nn.Linear(2, 1)
        >>> _ = nn.init.constant_(model.weight, 3.0)
        >>> saved = save_weights(model)
        >>> _ = nn.init.constant_(model.weight, 7.0)
        >>> saved["weight"]
        tensor([[3., 3.]])

    Edges:
        - The tensors have no graph and do not require grad.
        - Buffers keep their dtypes: what counts batches is int64.
    """
    return {name: tensor.clone() for name, tensor in model.state_dict().items()}


def load_weights(model: nn.Module, state: dict[str, torch.Tensor]) -> None:
    """Put saved weights back into a model, in place.

    Args:
        model: a module whose parameters and buffers get the numbers saved under their names. They
            stay the same tensors, and share no memory with state.
        state: what save_weights returned, for this model or one made alike.

    Raises:
        KeyError, RuntimeError or ValueError: the names or shapes are not those of the model.

    Example:
        >>> model = nn.Linear(2, 1)
        >>> load_weights(model, {"weight": torch.tensor([[1.0, 2.0]]), "bias": torch.tensor([5.0])})
        >>> model(torch.tensor([[10.0, 100.0]])).detach()
        tensor([[215.]])

    Edges:
        - A frozen parameter gets its numbers too, and stays frozen.
    """
    model.load_state_dict(state)


def momentum_step(
    parameters: list[torch.Tensor],
    velocities: list[torch.Tensor],
    learning_rate: float,
    momentum: float,
) -> None:
    """Move every parameter by its velocity, in place: gradient descent with a memory.

    Args:
        parameters: leaves with gradients in .grad.
        velocities: a tensor like it for each parameter, zeros before the first step. Each becomes
            momentum · velocity + gradient, and the parameter then falls by
            learning_rate · velocity.
        learning_rate: 0 or more.
        momentum: from 0 to 1.

    Example:
        >>> w = torch.tensor([1.0, 2.0], requires_grad=True)
        >>> velocity = torch.tensor([10.0, 0.0])
        >>> w.grad = torch.tensor([3.0, 4.0])
        >>> momentum_step([w], [velocity], 0.1, 0.5)
        >>> velocity
        tensor([8., 4.])
        >>> w.detach()
        tensor([0.2000, 1.6000])

    Edges:
        - A parameter whose .grad is None stays as it is, and so does its velocity.
        - Gradients are left as they are; to clear them is the caller's business.
        - A list may be empty.
    """
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities, strict=True):
            if parameter.grad is not None:
                velocity.mul_(momentum).add_(parameter.grad)
                parameter -= learning_rate * velocity
