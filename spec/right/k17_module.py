"""Other right answers that the spec of k17_module must accept."""

import copy
import itertools
import math

import torch
from torch import nn
from torch.nn import functional as F


class Affine__as_torch_does(nn.Module):
    """Fills empty tensors as nn.Linear does, and leaves the sum to torch.nn.functional."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(outputs, inputs))
        self.bias = nn.Parameter(torch.empty(outputs))
        bound = 1 / math.sqrt(inputs)
        nn.init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        nn.init.uniform_(self.bias, -bound, bound)

    def forward(self, x):
        return F.linear(x, self.weight, self.bias)


class Affine__bias_first(nn.Module):
    """Makes the bias first, at random too, and calls the base class by name."""

    def __init__(self, inputs, outputs):
        nn.Module.__init__(self)
        self.bias = nn.Parameter(torch.rand(outputs), requires_grad=True)
        self.weight = nn.Parameter(torch.rand(outputs, inputs) - 0.5)

    def forward(self, x):
        return torch.addmm(self.bias, x, self.weight.t())


class Affine__registered(nn.Module):
    """Registers the parameters by name, and sums products."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.register_parameter("weight", nn.Parameter(torch.randn(outputs, inputs) * 0.01))
        self.register_parameter("bias", nn.Parameter(torch.zeros(outputs)))

    def forward(self, x):
        return (x[:, None, :] * self.weight).sum(dim=-1) + self.bias


class Affine__einsum(nn.Module):
    """Names the axes."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(nn.init.orthogonal_(torch.empty(outputs, inputs)))
        self.bias = nn.Parameter(torch.full((outputs,), 0.1))

    def forward(self, x):
        return torch.einsum("bi,oi->bo", x, self.weight).add(self.bias)


def parameter_count__loop(model):
    """Adds up in a loop, with lengths multiplied."""
    total = 0
    for _, parameter in model.named_parameters():
        if parameter.requires_grad:
            total += math.prod(parameter.shape)
    return total


def parameter_count__filtered(model):
    """Filters first, as is often written."""
    trained = filter(lambda parameter: parameter.requires_grad, model.parameters())
    return sum(map(torch.numel, trained))


def parameter_count__by_identity(model):
    """Walks through the modules, and keeps each parameter by its identity."""
    found = {id(p): p for module in model.modules() for p in module.parameters(recurse=False)}
    return sum(p.nelement() for p in found.values() if p.requires_grad)


class Stack__sequential(nn.Sequential):
    """Is an nn.Sequential itself."""

    def __init__(self, layers):
        super().__init__(*layers)


class Stack__sequential_inside(nn.Module):
    """Hands it all to an nn.Sequential."""

    def __init__(self, layers):
        super().__init__()
        self.body = nn.Sequential(*layers)

    def forward(self, x):
        return self.body(x)


class Stack__by_name(nn.Module):
    """Enters each layer under a name of its own."""

    def __init__(self, layers):
        super().__init__()
        self.count = len(layers)
        for i, layer in enumerate(layers):
            setattr(self, f"layer{i}", layer)

    def forward(self, x):
        for i in range(self.count):
            x = getattr(self, f"layer{i}")(x)
        return x


class Stack__list_and_add_module(nn.Module):
    """Keeps a plain list for the order, and enters the layers besides."""

    def __init__(self, layers):
        super().__init__()
        self.order = list(layers)
        for i, layer in enumerate(layers):
            self.add_module(str(i), layer)

    def forward(self, x):
        result = x
        for layer in self.order:
            result = layer(result)
        return result


class Stack__module_dict(nn.Module):
    """Uses names as keys."""

    def __init__(self, layers):
        super().__init__()
        self.layers = nn.ModuleDict({f"{i}": layer for i, layer in enumerate(layers)})

    def forward(self, x):
        for layer in self.layers.values():
            x = layer(x)
        return x


def with_dropout_off__on_a_copy(model, x):
    """Lets a copy predict, so that nothing is to be put back."""
    with torch.no_grad():
        return copy.deepcopy(model).eval()(x)


def with_dropout_off__detached(model, x):
    """Takes the result out of the graph afterwards."""
    modes = {module: module.training for module in model.modules()}
    try:
        return model.eval()(x).detach()
    finally:
        for module, mode in modes.items():
            module.training = mode


@torch.no_grad()
def with_dropout_off__outer_modules_first(model, x):
    """Puts modes back with train(), from the outside in, so that the inner ones come last."""
    modes = [(module, module.training) for module in model.modules()]
    for module, _ in modes:
        module.training = False
    try:
        result = model(x)
    finally:
        for module, mode in modes:
            module.train(mode)
    return result


def with_dropout_off__inference_mode(model, x):
    """Uses inference_mode, and lists of names."""
    before = [name for name, module in model.named_modules() if module.training]
    model.eval()
    try:
        with torch.inference_mode():
            return model(x)
    finally:
        for name in before:
            model.get_submodule(name).training = True


def save_weights__deep_copy(model):
    """Copies the whole state_dict deeply."""
    return copy.deepcopy(model.state_dict())


def save_weights__parameters_and_buffers(model):
    """Goes through parameters and buffers."""
    state = {}
    with torch.no_grad():
        for name, tensor in itertools.chain(model.named_parameters(), model.named_buffers()):
            state[name] = tensor.clone()
    return state


def save_weights__copied_in_place(model):
    """Writes into new tensors."""
    saved = {}
    for name, tensor in model.state_dict().items():
        saved[name] = torch.empty_like(tensor).copy_(tensor)
    return saved


def load_weights__by_hand(model, state):
    """Copies into the tensors that state_dict() hands out."""
    own = model.state_dict()
    if own.keys() != state.keys():
        raise KeyError("the names differ")
    for name, tensor in own.items():
        if tensor.shape != state[name].shape:
            raise ValueError(f"{name} has another shape")
        tensor.copy_(state[name])


def load_weights__copied_data(model, state):
    """Gives each tensor a copy as its memory."""
    own = dict(itertools.chain(model.named_parameters(), model.named_buffers()))
    strange = set(own) ^ set(state)
    if strange:
        raise KeyError(f"unknown or missing: {strange}")
    for name, tensor in own.items():
        if tensor.size() != state[name].size():
            raise RuntimeError("the shapes differ")
        tensor.data = state[name].clone()


def momentum_step__data(parameters, velocities, learning_rate, momentum):
    """Works on .data, which autograd does not see."""
    for p, v in zip(parameters, velocities, strict=True):
        if p.grad is None:
            continue
        v.data = momentum * v.data + p.grad.data
        p.data = p.data - learning_rate * v.data


def momentum_step__copied(parameters, velocities, learning_rate, momentum):
    """Computes new tensors and copies them in."""
    with torch.no_grad():
        for i in range(len(parameters)):
            if parameters[i].grad is not None:
                velocities[i].copy_(velocities[i] * momentum + parameters[i].grad)
                parameters[i].copy_(parameters[i] - velocities[i] * learning_rate)


@torch.no_grad()
def momentum_step__two_loops(parameters, velocities, learning_rate, momentum):
    """Renews all velocities first, and then moves all parameters."""
    pairs = [(p, v) for p, v in zip(parameters, velocities, strict=False) if p.grad is not None]
    for parameter, velocity in pairs:
        velocity *= momentum
        velocity += parameter.grad
    for parameter, velocity in pairs:
        parameter.add_(velocity, alpha=-learning_rate)


@torch.no_grad()
def momentum_step__slices(parameters, velocities, learning_rate, momentum):
    """Writes through an index of all elements."""
    for parameter, velocity in zip(parameters, velocities, strict=True):
        if parameter.grad is not None:
            velocity[...] = torch.add(parameter.grad, velocity, alpha=momentum)
            parameter[...] = parameter - learning_rate * velocity
