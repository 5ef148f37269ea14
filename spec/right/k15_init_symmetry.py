"""Other right answers that the spec of k15_init_symmetry must accept."""

import itertools
import math
import random

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


def _predict(x, parameters):
    *hidden, last = parameters
    for weight, bias in hidden:
        x = F.linear(x, weight, bias).sigmoid()
    return F.linear(x, *last)


def _by_hand(x, target, parameters):
    inputs = [x]
    for weight, bias in parameters[:-1]:
        inputs.append(torch.sigmoid(inputs[-1] @ weight.T + bias))
    prediction = inputs[-1] @ parameters[-1][0].T + parameters[-1][1]
    delta, gradients = 2 * (prediction - target) / target.numel(), []
    for (weight, _), a in zip(reversed(parameters), reversed(inputs), strict=True):
        gradients.insert(0, (delta.T @ a, delta.sum(dim=0)))
        delta = delta @ weight * a * (1 - a)
    return gradients


def _alike(rows):
    spread = rows.amax(dim=0) - rows.amin(dim=0)
    return bool((spread <= 100 * torch.finfo(rows.dtype).eps * rows.abs().max()).all())


def zero_init__new_zeros(sizes, device):
    """Makes one tensor and derives the others from it."""
    zero = torch.zeros((), device=device)
    return [
        (zero.new_zeros(out, into), zero.new_zeros(out)) for into, out in itertools.pairwise(sizes)
    ]


def zero_init__by_index(sizes, device):
    """Walks by index and moves tensors."""
    parameters = []
    for layer in range(1, len(sizes)):
        weight = torch.tensor([[0.0] * sizes[layer - 1]] * sizes[layer]).to(device)
        parameters.append((weight, torch.full((sizes[layer],), 0.0, device=device)))
    return parameters


def zero_init__parameters(sizes, device):
    """Takes them out of modules, as parameters."""
    layers = [nn.Linear(i, o, device=device) for i, o in itertools.pairwise(sizes)]
    for parameter in itertools.chain(*(layer.parameters() for layer in layers)):
        nn.init.zeros_(parameter)
    return [(layer.weight, layer.bias) for layer in layers]


def zero_init__without_copies(sizes, device):
    """Repeats a single zero in memory."""
    zero = torch.zeros(1, device=device)
    return [(zero.expand(o, i), zero.expand(o)) for i, o in itertools.pairwise(sizes)]


def zero_init__one_buffer(sizes, device):
    """Cuts all tensors out of one."""
    pairs = list(itertools.pairwise(sizes))
    lengths = [length for into, out in pairs for length in (into * out, out)]
    pieces = iter(torch.zeros(sum(lengths), device=device).split(lengths))
    return [(next(pieces).view(out, into), next(pieces)) for into, out in pairs]


def zero_init__shared(sizes, device):
    """Makes one tensor for all layers of the same shape."""
    made = {}

    def zeros(*shape):
        return made.setdefault(shape, torch.zeros(shape, device=device))

    return [(zeros(out, into), zeros(out)) for into, out in itertools.pairwise(sizes)]


def zero_init__lists(sizes, device):
    """Makes a tuple of lists."""
    return tuple(
        [torch.zeros(o, i, device=device), torch.zeros(o, device=device)]
        for i, o in itertools.pairwise(sizes)
    )


def random_init__uniform(sizes, seed, device):
    """Draws from a uniform distribution."""
    generator = torch.Generator(device).manual_seed(seed)
    parameters = []
    for into, out in itertools.pairwise(sizes):
        bound = math.sqrt(6 / (into + out))
        weight = torch.empty(out, into, device=device).uniform_(-bound, bound, generator=generator)
        parameters.append((weight, torch.zeros(out, device=device)))
    return parameters


def random_init__drawn_on_the_cpu(sizes, seed, device):
    """Draws on the CPU and moves the weights."""
    generator = torch.Generator().manual_seed(seed)
    return [
        (
            torch.randn(o, i, generator=generator).mul_((2 / (i + o)) ** 0.5).to(device),
            torch.zeros(o).to(device),
        )
        for i, o in itertools.pairwise(sizes)
    ]


def random_init__numpy(sizes, seed, device):
    """Draws with NumPy."""
    numbers = np.random.default_rng(seed)
    return [
        (
            torch.tensor(
                numbers.normal(0.0, np.sqrt(2 / (i + o)), size=(o, i)),
                dtype=torch.float32,
                device=device,
            ),
            torch.zeros(o, device=device),
        )
        for i, o in itertools.pairwise(sizes)
    ]


def random_init__nn_init(sizes, seed, device):
    """Uses torch's own Xavier with a generator."""
    generator = torch.Generator(device=device)
    generator.manual_seed(seed)
    parameters = []
    for into, out in itertools.pairwise(sizes):
        weight = torch.empty(out, into, device=device)
        nn.init.xavier_normal_(weight, generator=generator)
        parameters.append((weight, torch.zeros(out, device=device)))
    return parameters


def random_init__forked(sizes, seed, device):
    """Seeds torch's global generator within fork_rng, which puts it back, and draws on the CPU."""
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)
        return [
            (
                nn.init.xavier_uniform_(torch.empty(o, i)).to(device),
                torch.zeros(o, device=device),
            )
            for i, o in itertools.pairwise(sizes)
        ]


def random_init__python(sizes, seed, device):
    """Draws a number at a time with Python's random."""
    numbers = random.Random(seed)
    parameters = []
    for into, out in itertools.pairwise(sizes):
        bound = (6 / (into + out)) ** 0.5
        rows = [[numbers.uniform(-bound, bound) for _ in range(into)] for _ in range(out)]
        parameters.append((torch.tensor(rows, device=device), torch.zeros(out, device=device)))
    return parameters


def random_init__box_muller(sizes, seed, device):
    """Draws uniform numbers for all layers at once, and makes normal ones of them."""
    pairs = list(itertools.pairwise(sizes))
    lengths = [into * out for into, out in pairs]
    generator = torch.Generator().manual_seed(seed)
    u, v = torch.rand(2, sum(lengths), dtype=torch.float64, generator=generator)
    normal = (-2 * torch.log1p(-u)).sqrt() * torch.cos(2 * math.pi * v)
    parameters = []
    for piece, (into, out) in zip(normal.split(lengths), pairs, strict=True):
        weight = (piece.reshape(out, into) * math.sqrt(2 / (into + out))).float()
        parameters.append((weight.to(device), torch.zeros(out, device=device)))
    return parameters


def random_init__a_seed_for_each_layer(sizes, seed, device):
    """Derives a seed for each layer from the one that is passed in."""
    children = np.random.SeedSequence(seed).spawn(len(sizes) - 1)
    parameters = []
    for child, (into, out) in zip(children, itertools.pairwise(sizes), strict=True):
        generator = torch.Generator(device).manual_seed(int(child.generate_state(1)[0]))
        draws = torch.randn(out, into, generator=generator, device=device)
        scale = math.sqrt(2 / (into + out))
        parameters.append((draws * scale, torch.zeros(out, device=device)))
    return parameters


def random_init__one_draw(sizes, seed, device):
    """Draws the numbers of all layers at once and cuts them; the biases are a single zero."""
    pairs = list(itertools.pairwise(sizes))
    generator = torch.Generator(device=device).manual_seed(seed)
    draws = torch.randn(sum(i * o for i, o in pairs), generator=generator, device=device)
    zero, start, parameters = torch.zeros(1, device=device), 0, []
    for into, out in pairs:
        weight = draws[start : start + into * out].view(into, out).T
        parameters.append((weight.mul_(math.sqrt(2 / (into + out))), zero.expand(out)))
        start += into * out
    return parameters


def random_init__truncated(sizes, seed, device):
    """Cuts a normal distribution's tails off, as trunc_normal_ and Keras do."""
    generator = torch.Generator(device=device).manual_seed(seed)
    parameters = []
    for i, o in itertools.pairwise(sizes):
        draws = torch.rand(o, i, generator=generator, device=device)
        weight = torch.special.ndtri(0.02275 + 0.9545 * draws) / 0.87963
        parameters.append((math.sqrt(2 / (i + o)) * weight, torch.zeros(o, device=device)))
    return parameters


def random_init__layers_as_lists(sizes, seed, device):
    """Makes a list of lists."""
    generator = torch.Generator(device).manual_seed(seed)
    layers = []
    for into, out in itertools.pairwise(sizes):
        weight = torch.randn(out, into, device=device, generator=generator)
        layers.append([weight * (2 / (into + out)) ** 0.5, torch.zeros(out, device=device)])
    return layers


def hidden_gradients__by_hand(x, target, parameters):
    """Writes the chain rule out."""
    return _by_hand(x, target, parameters)[0][0]


def hidden_gradients__backward(x, target, parameters):
    """Calls backward on clones and reads .grad."""
    clones = [(w.clone().requires_grad_(), b.clone().requires_grad_()) for w, b in parameters]
    F.mse_loss(_predict(x, clones), target).backward()
    return clones[0][0].grad


def hidden_gradients__functional(x, target, parameters):
    """Differentiates a function of the first weight."""
    (first, bias), rest = parameters[0], parameters[1:]

    def loss(weight):
        return (_predict(x, [(weight, bias), *rest]) - target).pow(2).mean()

    return torch.func.grad(loss)(first)


def hidden_gradients__sample_by_sample(x, target, parameters):
    """Averages the gradients of the samples, one after another."""
    samples = [_by_hand(x[i : i + 1], target[i : i + 1], parameters)[0][0] for i in range(len(x))]
    return torch.stack(samples).mean(dim=0)


def hidden_gradients__sigmoid_spelt_out(x, target, parameters):
    """Writes the sigmoid's formula out."""
    weight = parameters[0][0].detach().requires_grad_()
    layers = [(weight, parameters[0][1]), *parameters[1:]]
    for i, (w, b) in enumerate(layers):
        x = (x if i == 0 else 1 / (1 + torch.exp(-x))) @ w.T + b
    return torch.autograd.grad(((x - target) ** 2).sum() / target.numel(), weight)[0]


def hidden_gradients__module(x, target, parameters):
    """Calls a module with the caller's tensors in its parameters' place."""
    layers = []
    for weight, _ in parameters:
        out, into = weight.shape
        layers += [nn.utils.skip_init(nn.Linear, into, out, device="cpu"), nn.Sigmoid()]
    model = nn.Sequential(*layers[:-1])
    tensors = {}
    for i, (weight, bias) in enumerate(parameters):
        tensors |= {f"{2 * i}.weight": weight.clone(), f"{2 * i}.bias": bias}
    leaf = tensors["0.weight"].requires_grad_()
    nn.MSELoss()(torch.func.functional_call(model, tensors, (x,)), target).backward(inputs=[leaf])
    return leaf.grad


def hidden_gradients__in_double(x, target, parameters):
    """Computes in float64 whatever comes in, and rounds last; on the CPU, and back."""
    layers = [(w.cpu().double(), b.cpu().double()) for w, b in parameters]
    return _by_hand(x.cpu().double(), target.cpu().double(), layers)[0][0].to(x)


def neurons_are_twins__range(weight, bias):
    """Compares the largest and the smallest entry of each column."""
    return _alike(torch.cat([weight, bias.unsqueeze(1)], dim=1))


def neurons_are_twins__from_the_first(weight, bias):
    """Measures the distance from the first neuron."""
    largest = max(weight.abs().max().item(), bias.abs().max().item())
    spread = max((weight - weight[0]).abs().max().item(), (bias - bias[0]).abs().max().item())
    return spread <= 100 * torch.finfo(weight.dtype).eps * largest


def neurons_are_twins__all_pairs(weight, bias):
    """Measures the distance between any two neurons."""
    rows = torch.cat([bias[:, None], weight], dim=1)
    far = torch.linalg.vector_norm(rows[:, None] - rows, ord=math.inf)
    return not (far > rows.abs().max() * (100 * torch.finfo(rows.dtype).eps)).item()


def neurons_are_twins__sorted(weight, bias):
    """Sorts each column, and the bias, and compares the ends."""
    largest = torch.maximum(weight.abs().amax(), bias.abs().amax())
    limit = largest * (100 * torch.finfo(weight.dtype).eps)
    columns = weight.sort(dim=0).values, bias.sort().values
    return not any((ends[-1] - ends[0] > limit).any().item() for ends in columns)


def neurons_are_twins__loop(weight, bias):
    """Compares neuron after neuron, in Python."""
    rows = [[*row, last] for row, last in zip(weight.tolist(), bias.tolist(), strict=True)]
    largest = max(abs(entry) for row in rows for entry in row)
    limit = 100 * torch.finfo(weight.dtype).eps * largest
    return all(abs(p - q) <= limit for row in rows for p, q in zip(row, rows[0], strict=True))


def neurons_are_twins__allclose(weight, bias):
    """Gives allclose the tolerance that is asked for."""
    eps = torch.finfo(weight.dtype).eps
    limit = 100 * eps * max(weight.abs().max().item(), bias.abs().max().item())
    same = torch.allclose(weight, weight[:1].expand_as(weight), rtol=0.0, atol=limit)
    return same and torch.allclose(bias, bias[:1].expand_as(bias), rtol=0.0, atol=limit)


def neurons_are_twins__neighbours(weight, bias):
    """Holds each neuron against the next."""
    rows = torch.cat([weight, bias[:, None]], dim=1)
    limit = 100 * torch.finfo(rows.dtype).eps * rows.abs().max()
    return bool((rows.diff(dim=0).abs() <= limit).all())


def neurons_are_twins__norm_of_all(weight, bias):
    """Measures by the length of the whole layer."""
    rows = torch.cat([weight, bias[:, None]], dim=1)
    return bool((rows - rows[0]).abs().max() <= 100 * torch.finfo(rows.dtype).eps * rows.norm())


def neurons_are_twins__from_the_mean(weight, bias):
    """Measures the distance from the mean neuron, with a tolerance of 1000 eps."""
    rows = torch.cat([weight, bias[:, None]], dim=1)
    limit = 1000 * torch.finfo(rows.dtype).eps * rows.abs().max()
    return bool(((rows - rows.mean(dim=0)).abs() <= limit).all())


def neurons_are_twins__tight(weight, bias):
    """Forgives 10 eps of the largest entry."""
    rows = torch.cat([weight, bias[:, None]], dim=1)
    spread = rows.amax(dim=0) - rows.amin(dim=0)
    return bool(spread.max() <= 10 * torch.finfo(rows.dtype).eps * rows.abs().max())


def symmetry_survives__by_hand(x, target, parameters, learning_rate, steps):
    """Writes the gradients out."""
    for _ in range(steps):
        parameters = [
            tuple(p - learning_rate * g for p, g in zip(layer, slopes, strict=True))
            for layer, slopes in zip(parameters, _by_hand(x, target, parameters), strict=True)
        ]
    weight, bias = parameters[0]
    return _alike(torch.cat([weight, bias[:, None]], dim=1))


def symmetry_survives__optimizer(x, target, parameters, learning_rate, steps):
    """Lets torch.optim.SGD train clones."""
    clones = [(w.clone().requires_grad_(), b.clone().requires_grad_()) for w, b in parameters]
    optimizer = torch.optim.SGD(itertools.chain(*clones), lr=learning_rate)
    for _ in range(steps):
        optimizer.zero_grad()
        F.mse_loss(_predict(x, clones), target).backward()
        optimizer.step()
    weight, bias = clones[0]
    with torch.no_grad():
        return _alike(torch.cat([weight, bias[:, None]], dim=1))


def symmetry_survives__no_grad(x, target, parameters, learning_rate, steps):
    """Updates clones in place, without a graph."""
    clones = [(w.clone().requires_grad_(), b.clone().requires_grad_()) for w, b in parameters]
    for _ in range(steps):
        (_predict(x, clones) - target).square().mean().backward()
        with torch.no_grad():
            for tensor in itertools.chain(*clones):
                tensor -= learning_rate * tensor.grad
                tensor.grad = None
    weight, bias = (tensor.detach() for tensor in clones[0])
    return _alike(torch.cat([weight, bias[:, None]], dim=1))


def symmetry_survives__one_vector(x, target, parameters, learning_rate, steps):
    """Holds all parameters in one vector, and differentiates a function of that."""
    shapes = [tensor.shape for layer in parameters for tensor in layer]
    vector = torch.cat([tensor.reshape(-1) for layer in parameters for tensor in layer])

    def cut(vector):
        parts = vector.split([math.prod(shape) for shape in shapes])
        tensors = [part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)]
        return list(zip(tensors[::2], tensors[1::2], strict=True))

    slope = torch.func.grad(lambda vector: F.mse_loss(_predict(x, cut(vector)), target))
    for _ in range(steps):
        vector = vector - learning_rate * slope(vector)
    weight, bias = cut(vector)[0]
    return _alike(torch.cat([weight, bias[:, None]], dim=1))


def symmetry_survives__module(x, target, parameters, learning_rate, steps):
    """Trains a module made of the parameters."""
    layers = []
    for weight, bias in parameters:
        out, into = weight.shape
        layer = nn.utils.skip_init(nn.Linear, into, out, device=weight.device, dtype=weight.dtype)
        with torch.no_grad():
            layer.weight.copy_(weight)
            layer.bias.copy_(bias)
        layers += [layer, nn.Sigmoid()]
    model = nn.Sequential(*layers[:-1])
    for _ in range(steps):
        model.zero_grad()
        nn.MSELoss()(model(x), target).backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.sub_(parameter.grad, alpha=learning_rate)
    return _alike(torch.cat([model[0].weight.data, model[0].bias.data[:, None]], dim=1))


def break_symmetry__biases_too(parameters, scale, seed):
    """Gives noise to the biases as well."""
    generator = torch.Generator(device=parameters[0][0].device).manual_seed(seed)

    def noisy(x):
        return x + scale * torch.randn(x.shape, generator=generator, dtype=x.dtype, device=x.device)

    return [(noisy(weight), noisy(bias)) for weight, bias in parameters]


def break_symmetry__torch_normal(parameters, scale, seed):
    """Fills tensors with normal_ and adds them; biases are handed on as they are."""
    generator = torch.Generator(device=parameters[0][0].device)
    generator.manual_seed(seed)
    return [
        (
            torch.empty_like(weight, memory_format=torch.contiguous_format)
            .normal_(0.0, scale, generator=generator)
            .add_(weight),
            bias,
        )
        for weight, bias in parameters
    ]


def break_symmetry__around_the_weights(parameters, scale, seed):
    """Draws numbers with the weights as their means, on the CPU."""
    generator = torch.Generator().manual_seed(seed)
    return [
        (torch.normal(weight.cpu(), scale, generator=generator).to(weight.device), bias)
        for weight, bias in parameters
    ]


def break_symmetry__python(parameters, scale, seed):
    """Draws a number at a time with Python's random, for weights and biases."""
    numbers = random.Random(seed)

    def noisy(x):
        noise = [numbers.gauss(0.0, scale) for _ in range(x.numel())]
        return x + torch.tensor(noise, dtype=x.dtype, device=x.device).reshape(x.shape)

    return [(noisy(weight), noisy(bias)) for weight, bias in parameters]


def break_symmetry__drawn_on_the_cpu(parameters, scale, seed):
    """Draws on the CPU in float32 and moves the noise."""
    generator = torch.Generator().manual_seed(seed)
    return [
        (weight + scale * torch.randn(weight.shape, generator=generator).to(weight), bias.clone())
        for weight, bias in parameters
    ]


def break_symmetry__numpy(parameters, scale, seed):
    """Draws with NumPy."""
    numbers = np.random.default_rng(seed)
    result = []
    for weight, bias in parameters:
        noise = numbers.normal(0.0, scale, size=tuple(weight.shape))
        result.append((weight + torch.from_numpy(noise).to(weight), bias))
    return result


def break_symmetry__layers_as_lists(parameters, scale, seed):
    """Makes a tuple of lists."""
    numbers = np.random.default_rng(seed)
    noise = (numbers.normal(0.0, scale, size=tuple(weight.shape)) for weight, _ in parameters)
    return tuple(
        [weight + torch.from_numpy(drawn).to(weight), bias]
        for (weight, bias), drawn in zip(parameters, noise, strict=True)
    )
