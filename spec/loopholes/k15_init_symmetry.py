"""What the spec of k15_init_symmetry must reject too, though no learner would write it."""

import math

import torch
import torch.nn.functional as F

from ..wrong.k15_init_symmetry import (
    _layers,
    _noisy,
    _normal,
    _randn,
    _slopes,
    _step,
    _twins,
    _uniform,
)


def zero_init__squeezed(sizes, device):
    """You squeezed the weights: a layer of one neuron lost an axis. It is (out, in), 1 included."""
    return [
        (torch.zeros(o, i, device=device).squeeze(), torch.zeros(o, device=device))
        for i, o in _layers(sizes)
    ]


def zero_init__biases_of_one(sizes, device):
    """You made biases of one. Weights and biases are zero here."""
    return [
        (torch.zeros(o, i, device=device), torch.ones(o, device=device)) for i, o in _layers(sizes)
    ]


def random_init__geometric_mean(sizes, seed, device):
    """You took the geometric mean of in and out. Xavier's rule takes the arithmetic one."""
    return _normal(sizes, seed, device, lambda i, o: 1 / math.sqrt(i * o))


def random_init__positive(sizes, seed, device):
    """torch.rand gives numbers from 0 to 1: your weights are all positive. Their mean is 0."""
    return _uniform(sizes, seed, device, lambda i, o: 0.0, lambda i, o: 2 * math.sqrt(6 / (i + o)))


def random_init__signs(sizes, seed, device):
    """You drew only the sign. The distribution is normal or uniform."""
    return [
        (math.sqrt(2 / sum(w.shape)) * torch.sign(w), b)
        for w, b in _normal(sizes, seed, device, lambda i, o: 1)
    ]


def random_init__standardized(sizes, seed, device):
    """You forced mean and variance onto the draws; a weight alone in its layer gets nan by that.
    Multiply them by sqrt(2 / (in + out)), no more."""
    return [
        ((w - w.mean()) / w.std() * math.sqrt(2 / sum(w.shape)), b)
        for w, b in _normal(sizes, seed, device, lambda i, o: 1)
    ]


def random_init__orthogonal(sizes, seed, device):
    """Your rows are orthogonal. Each weight is drawn by itself, whatever the others are."""
    generator = torch.Generator(device=device).manual_seed(seed)
    parameters = []
    for i, o in _layers(sizes):
        weight, gain = torch.empty(o, i, device=device), math.sqrt(2 * max(i, o) / (i + o))
        torch.nn.init.orthogonal_(weight, gain, generator)
        parameters.append((weight, torch.zeros(o, device=device)))
    return parameters


def random_init__mirrored(sizes, seed, device):
    """You drew half of the neurons, and took the others' weights from them with another sign."""
    return [
        (torch.cat([w[: len(w) // 2], -w[: len(w) - len(w) // 2]]), b)
        for w, b in _normal(sizes, seed, device, lambda i, o: 2 / (i + o))
    ]


def random_init__laplace(sizes, seed, device):
    """Your weights have the right variance, but neither a normal nor a uniform distribution."""
    return [
        (torch.sign(w - 0.5) * -torch.log(1 - (2 * w - 1).abs()) / math.sqrt(sum(w.shape)), b)
        for w, b in _uniform(sizes, seed, device, lambda i, o: 0.0, lambda i, o: 1.0)
    ]


def random_init__one_row_repeated(sizes, seed, device):
    """You drew one row and repeated it: all neurons of a layer are the same."""
    return [
        (w[:1].repeat(len(w), 1), b)
        for w, b in _normal(sizes, seed, device, lambda i, o: 2 / (i + o))
    ]


def random_init__one_column_repeated(sizes, seed, device):
    """You drew one number for a neuron. Each of its weights is drawn by itself."""
    return [
        (w[:, :1].repeat(1, w.shape[1]), b)
        for w, b in _normal(sizes, seed, device, lambda i, o: 2 / (i + o))
    ]


def random_init__seed_modulo(sizes, seed, device):
    """You cut the seed short, so that different seeds give the same weights. Pass it on whole."""
    return _normal(sizes, seed % 1000, device, lambda i, o: 2 / (i + o))


def hidden_gradients__absolute_error(x, target, parameters):
    """You used the absolute error. The loss is the mean squared error."""
    return _slopes(x, target, parameters, F.l1_loss)[0][0]


def hidden_gradients__through_float32(x, target, parameters):
    """You computed in float32, so float64 lost its precision. Keep the dtype."""
    layers = [(w.float(), b.float()) for w, b in parameters]
    return _slopes(x.float(), target.float(), layers)[0][0].to(x.dtype)


def neurons_are_twins__ignores_the_weight(weight, bias):
    """You compared the biases alone. Twins have the same weights too."""
    return _twins(torch.zeros_like(weight), bias)


def neurons_are_twins__first_and_last(weight, bias):
    """You compared the first and the last neuron. Those between count too."""
    ends = [0, -1]
    return _twins(weight[ends], bias[ends])


def neurons_are_twins__any_pair(weight, bias):
    """You were content with any two twins. All neurons must be the same."""
    if len(weight) == 1:
        return True
    return any(_twins(weight[[i, j]], bias[[i, j]]) for i in range(len(weight)) for j in range(i))


def neurons_are_twins__absolute_values(weight, bias):
    """You compared sizes. A sign makes a difference too."""
    return _twins(weight.abs(), bias.abs())


def neurons_are_twins__through_float32(weight, bias):
    """You compared in float32, where small differences of float64 vanish."""
    return _twins(weight.float(), bias.float())


def neurons_are_twins__in_place(weight, bias):
    """You subtracted in place: `-=` changes the caller's weight. Use `-`."""
    result = _twins(weight, bias)
    weight -= weight[0].clone()
    return result


def symmetry_survives__last_layer_only(x, target, parameters, learning_rate, steps):
    """You trained the last layer alone. All layers take every step."""
    for _ in range(steps):
        parameters = parameters[:-1] + _step(x, target, parameters, learning_rate)[-1:]
    return _twins(*parameters[0])


def symmetry_survives__first_and_last(x, target, parameters, learning_rate, steps):
    """You trained the first layer and the last. Those between them take every step too."""
    for _ in range(steps):
        new = _step(x, target, parameters, learning_rate)
        parameters = [*new[:1], *parameters[1:-1], *new[1:][-1:]]
    return _twins(*parameters[0])


def symmetry_survives__only_if_twins_before(x, target, parameters, learning_rate, steps):
    """You also asked what the layer was before. Only what it is after the last step counts."""
    before = _twins(*parameters[0])
    for _ in range(steps):
        parameters = _step(x, target, parameters, learning_rate)
    return before and _twins(*parameters[0])


def symmetry_survives__through_float32(x, target, parameters, learning_rate, steps):
    """You trained in float32, where small differences of float64 vanish. Keep the dtype."""
    parameters = [(w.float(), b.float()) for w, b in parameters]
    for _ in range(steps):
        parameters = _step(x.float(), target.float(), parameters, learning_rate)
    return _twins(*parameters[0])


def break_symmetry__positive(parameters, scale, seed):
    """Your noise is never negative. Its mean is 0."""
    return _noisy(parameters, seed, lambda w, g: scale * _randn(w, g).abs())


def break_symmetry__one_number_for_a_neuron(parameters, scale, seed):
    """You drew one number for a neuron. Every weight gets one of its own."""
    return _noisy(parameters, seed, lambda w, g: scale * _randn(w[:, :1], g))


def break_symmetry__first_neuron_only(parameters, scale, seed):
    """You gave noise to one neuron of a layer. Every weight gets a number of its own."""
    first = [torch.arange(len(w), device=w.device)[:, None] == 0 for w, _ in parameters]
    noisy = _noisy(parameters, seed, lambda w, g: scale * _randn(w, g))
    return [
        (torch.where(mask, n, w), b)
        for mask, (n, b), (w, _) in zip(first, noisy, parameters, strict=True)
    ]


def break_symmetry__large_noise_on_biases(parameters, scale, seed):
    """The noise on your biases has standard deviation 1. If they get any, it is that of scale."""
    generator = torch.Generator(device=parameters[0][0].device).manual_seed(seed)
    return [
        (w + scale * _randn(w, generator), b + bool(scale) * _randn(b, generator))
        for w, b in parameters
    ]


def break_symmetry__centred(parameters, scale, seed):
    """You subtracted the draws' own mean, so that a weight alone in its layer gets no noise."""
    noisy = _noisy(parameters, seed, lambda w, g: scale * _randn(w, g))
    return [(n - (n - w).mean(), b) for (n, b), (w, _) in zip(noisy, parameters, strict=True)]


def break_symmetry__through_float32(parameters, scale, seed):
    """You went through float32, so float64 weights lost their digits. Keep the dtype."""
    layers = [(w.float(), b.float()) for w, b in parameters]
    dtype = parameters[0][0].dtype
    noisy = _noisy(layers, seed, lambda w, g: scale * _randn(w, g))
    return [(w.to(dtype), b.to(dtype)) for w, b in noisy]


def break_symmetry__drops_the_biases(parameters, scale, seed):
    """You made the biases zero. They stay, or get noise."""
    noisy = _noisy(parameters, seed, lambda w, g: scale * _randn(w, g))
    return [(w, torch.zeros_like(b)) for w, b in noisy]
