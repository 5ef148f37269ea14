"""What the spec of k17_module must reject too, though no learner would write it."""

import torch
from torch import nn

from ..wrong.k17_module import _Affine, _Stack


class Affine__parameters_of_a_linear(nn.Module):
    """You took the parameters of an nn.Linear inside, which has them too. Make your own."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)
        self.weight, self.bias = self.linear.weight, self.linear.bias
        del self.linear.weight, self.linear.bias

    def forward(self, x):
        return x @ self.weight.T + self.bias


class Affine__bias_subtracted(_Affine):
    """You subtract the bias. It is to be added."""

    def forward(self, x):
        return x @ self.weight.T - self.bias


class Affine__same_row(nn.Module):
    """Every neuron starts with the same row, so they are twins. Draw each by itself."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(inputs).repeat(outputs, 1))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return x @ self.weight.T + self.bias


class Affine__always_float32(_Affine):
    """You convert to float32, so that double() is of no use."""

    def forward(self, x):
        return x.float() @ self.weight.float().T + self.bias.float()


def parameter_count__frozen_only(model):
    """You counted those that are frozen. The others are asked for."""
    return sum(each.numel() for each in model.parameters() if not each.requires_grad)


def parameter_count__equal_ones_once(model):
    """You took equal numbers for shared ones. Two layers that look alike are still two."""
    seen = {
        (each.shape, tuple(each.flatten().tolist()))
        for each in model.parameters()
        if each.requires_grad
    }
    return sum(shape.numel() for shape, _ in seen)


def parameter_count__text(model):
    """You return text. The number itself is asked for, an int."""
    return f"{sum(each.numel() for each in model.parameters() if each.requires_grad):,}"


def parameter_count__needs_a_parameter(model):
    """You take it that there is a parameter. A model may have none."""
    first, *rest = [each.numel() for each in model.parameters() if each.requires_grad]
    return sum(rest, first)


class Stack__parameters_only(nn.Module):
    """You entered the parameters and left the layers in a plain list: modes don't reach these."""

    def __init__(self, layers):
        super().__init__()
        self.layers = layers
        self.numbers = nn.ParameterList(p for layer in layers for p in layer.parameters())

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class Stack__own_parameters_method(nn.Module):
    """You wrote parameters() anew. to(), eval() and state_dict() still find nothing."""

    def __init__(self, layers):
        super().__init__()
        self.layers = layers

    def parameters(self, recurse=True):
        return iter({id(p): p for layer in self.layers for p in layer.parameters()}.values())

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class Stack__backwards(_Stack):
    """You apply the last layer first."""

    def forward(self, x):
        for layer in reversed(self.layers):
            x = layer(x)
        return x


class Stack__used_up(nn.Module):
    """An iterator can be walked through once, so a second call finds no layers."""

    def __init__(self, layers):
        super().__init__()
        self.layers = nn.ModuleList(layers)
        self.order = iter(self.layers)

    def forward(self, x):
        for layer in self.order:
            x = layer(x)
        return x


class Stack__each_once(nn.Module):
    """A set has each layer once, so one that comes twice is applied once."""

    def __init__(self, layers):
        super().__init__()
        self.layers = nn.ModuleList(dict.fromkeys(layers))

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


def save_weights__gradients(model):
    """You saved gradients. The numbers of the parameters are asked for."""
    return {name: torch.zeros_like(each) for name, each in model.state_dict().items()}


def save_weights__half(model):
    """You saved in half precision, and the digits are lost."""
    return {name: each.half().to(each.dtype) for name, each in model.state_dict().items()}


def save_weights__all_float(model):
    """You made everything floating. What counts batches is an integer."""
    return {name: each.float().clone() if not each.is_floating_point() else each.clone()
            for name, each in model.state_dict().items()}  # fmt: skip


def load_weights__added(model, state):
    """You added the saved numbers to what was there. They are to take its place."""
    with torch.no_grad():
        for name, mine in model.state_dict().items():
            mine += state[name]


def load_weights__thaws(model, state):
    """You let all parameters require grad. One that was frozen is to stay so."""
    model.load_state_dict(state)
    model.requires_grad_(True)


def load_weights__frozen_left_out(model, state):
    """You left frozen parameters as they were. They get their numbers too."""
    own = dict(model.named_parameters())
    kept = {name: each.detach().clone() for name, each in own.items() if not each.requires_grad}
    model.load_state_dict(state)
    model.load_state_dict({**state, **kept})


def load_weights__empties_the_state(model, state):
    """You took the numbers out of the caller's dict. Leave it as it is."""
    own = model.state_dict()
    model.load_state_dict(state)
    for name in own:
        state.pop(name)


def momentum_step__one_velocity(parameters, velocities, learning_rate, momentum):
    """You use the first velocity for all. Each parameter has its own."""
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                velocities[0].mul_(momentum).add_(parameter.grad)
                parameter -= learning_rate * velocities[0]


def momentum_step__needs_a_parameter(parameters, velocities, learning_rate, momentum):
    """You take it that there is a parameter. The list may be empty."""
    assert parameters[0].is_leaf
    with torch.no_grad():
        for parameter, velocity in zip(parameters, velocities):
            if parameter.grad is not None:
                velocity.mul_(momentum).add_(parameter.grad)
                parameter -= learning_rate * velocity
