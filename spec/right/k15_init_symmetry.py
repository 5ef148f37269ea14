"""More right answers to k15_init_symmetry: function__how, each fulfils the whole docstring."""

import math
import random

import numpy as np
import torch

Parameters = list[tuple[torch.Tensor, torch.Tensor]]
CPU = torch.device("cpu")


# ---------------------------------------------------------------- helpers


def _pairs(sizes):
    return list(zip(sizes[:-1], sizes[1:]))


def _predict(x, parameters):
    *hidden, (weight, bias) = parameters
    for w, b in hidden:
        x = torch.sigmoid(x @ w.T + b)
    return x @ weight.T + bias


def _loss(x, target, parameters):
    return torch.nn.functional.mse_loss(_predict(x, parameters), target)


def _backprop(x, target, parameters):
    """Gradients by hand: a list of (weight's, bias's)."""
    with torch.no_grad():
        inputs, signal = [], x
        for i, (w, b) in enumerate(parameters):
            if i:
                signal = signal.sigmoid()
            inputs.append(signal)
            signal = torch.addmm(b, signal, w.T)
        delta = 2 * (signal - target) / target.numel()
        gradients = []
        for (w, _), a in zip(reversed(parameters), reversed(inputs)):
            gradients.append((delta.T @ a, delta.sum(0)))
            if len(gradients) < len(parameters):
                delta = (delta @ w) * a * (1 - a)
        return gradients[::-1]


def _twins_each(weight, bias):
    return all(
        bool((t.amax(0) - t.amin(0)).max() <= 100 * torch.finfo(t.dtype).eps * t.abs().max())
        for t in (weight.detach(), bias.detach())
    )


def _twins_together(weight, bias):
    both = torch.cat([weight.detach(), bias.detach()[:, None]], 1)
    return bool(
        (both - both[:1]).abs().max() <= 100 * torch.finfo(both.dtype).eps * both.abs().max()
    )


# ---------------------------------------------------------------- zero_init


def zero_init__one_buffer(sizes: list[int], device: torch.device) -> Parameters:
    pairs = _pairs(sizes)
    lengths = [n for i, o in pairs for n in (i * o, o)]
    pieces = iter(torch.zeros(sum(lengths), dtype=torch.float32, device=device).split(lengths))
    return [(next(pieces).view(o, i), next(pieces)) for i, o in pairs]


def zero_init__nested_lists(sizes: list[int], device: torch.device) -> Parameters:
    network = []
    for k in range(1, len(sizes)):
        weight = torch.tensor([[0.0] * sizes[k - 1]] * sizes[k], dtype=torch.float32, device=device)
        network.append((weight, weight.new_zeros(sizes[k])))
    return network


def zero_init__skip_init(sizes: list[int], device: torch.device) -> Parameters:
    network = []
    for i, o in _pairs(sizes):
        layer = torch.nn.utils.skip_init(torch.nn.Linear, i, o, device=device, dtype=torch.float32)
        network.append((layer.weight.detach().zero_(), layer.bias.detach().zero_()))
    return network


# ---------------------------------------------------------------- random_init


def random_init__uniform(sizes: list[int], seed: int, device: torch.device) -> Parameters:
    generator = torch.Generator("cpu").manual_seed(seed)
    network = []
    for i, o in _pairs(sizes):
        bound = math.sqrt(6 / (i + o))
        weight = torch.empty(o, i, dtype=torch.float32, device=CPU)
        weight.uniform_(-bound, bound, generator=generator)
        network.append((weight.to(device), torch.zeros(o, dtype=torch.float32, device=device)))
    return network


def random_init__nn_init(sizes: list[int], seed: int, device: torch.device) -> Parameters:
    generator = torch.Generator("cpu").manual_seed(seed)
    network = []
    for i, o in _pairs(sizes):
        weight = torch.empty(o, i, dtype=torch.float32, device=CPU)
        torch.nn.init.xavier_normal_(weight, generator=generator)
        network.append((weight.to(device), torch.zeros(o, dtype=torch.float32, device=device)))
    return network


def random_init__generator_on_device(
    sizes: list[int], seed: int, device: torch.device
) -> Parameters:
    generator = torch.Generator(device).manual_seed(seed)  # wants a device with a generator
    kind = dict(dtype=torch.float32, device=device)
    return [
        (
            torch.randn((o, i), generator=generator, **kind).mul_((2 / (i + o)) ** 0.5),
            torch.zeros(o, **kind),
        )
        for i, o in _pairs(sizes)
    ]


def random_init__numpy_generator(sizes: list[int], seed: int, device: torch.device) -> Parameters:
    chance = np.random.default_rng(seed)
    network = []
    for i, o in _pairs(sizes):
        weight = chance.normal(0.0, math.sqrt(2 / (i + o)), (o, i)).astype(np.float32)
        network.append(
            (
                torch.from_numpy(weight).to(device),
                torch.zeros(o, dtype=torch.float32, device=device),
            )
        )
    return network


def random_init__python_random(sizes: list[int], seed: int, device: torch.device) -> Parameters:
    chance = random.Random(seed)
    network = []
    for i, o in _pairs(sizes):
        sigma = math.sqrt(2 / (i + o))
        rows = [[chance.gauss(0.0, sigma) for _ in range(i)] for _ in range(o)]
        network.append(
            (
                torch.tensor(rows, dtype=torch.float32, device=device),
                torch.tensor([0.0] * o, dtype=torch.float32, device=device),
            )
        )
    return network


def random_init__global_state_put_back(
    sizes: list[int], seed: int, device: torch.device
) -> Parameters:
    state = torch.get_rng_state()
    try:
        torch.default_generator.manual_seed(seed)  # the CPU's only, unlike torch.manual_seed
        weights = [
            torch.randn(o, i, dtype=torch.float32, device=CPU) * math.sqrt(2 / (i + o))
            for i, o in _pairs(sizes)
        ]
    finally:
        torch.set_rng_state(state)
    return [
        (w.to(device), torch.zeros(len(w), dtype=torch.float32, device=device)) for w in weights
    ]


def random_init__all_at_once_box_muller(
    sizes: list[int], seed: int, device: torch.device
) -> Parameters:
    pairs = _pairs(sizes)
    lengths = [i * o for i, o in pairs]
    generator = torch.Generator("cpu").manual_seed(seed)
    u, v = torch.rand(2, sum(lengths), dtype=torch.float64, device=CPU, generator=generator)
    normal = (-2 * torch.log1p(-u)).sqrt() * torch.cos(2 * math.pi * v)
    return [
        (
            (piece.reshape(o, i) * math.sqrt(2 / (i + o))).float().to(device),
            torch.zeros(o, dtype=torch.float32, device=device),
        )
        for piece, (i, o) in zip(normal.split(lengths), pairs)
    ]


# ---------------------------------------------------------------- hidden_gradients


def hidden_gradients__by_hand(
    x: torch.Tensor, target: torch.Tensor, parameters: Parameters
) -> torch.Tensor:
    with torch.no_grad():
        activations = [x]
        for w, b in parameters[:-1]:
            activations.append(torch.sigmoid(activations[-1] @ w.T + b))
        w, b = parameters[-1]
        delta = (activations[-1] @ w.T + b - target) * (2 / target.numel())
        for k in range(len(parameters) - 1, 0, -1):
            a = activations[k]
            delta = (delta @ parameters[k][0]) * (a - a * a)
        return torch.einsum("bo,bi->oi", delta, x)


def hidden_gradients__backward(
    x: torch.Tensor, target: torch.Tensor, parameters: Parameters
) -> torch.Tensor:
    weight = parameters[0][0].detach().clone().requires_grad_()
    rest = [(w.detach(), b.detach()) for w, b in parameters[1:]]
    with torch.enable_grad():
        loss = _loss(x.detach(), target.detach(), [(weight, parameters[0][1].detach()), *rest])
        loss.backward()
    return weight.grad


def hidden_gradients__func_grad(
    x: torch.Tensor, target: torch.Tensor, parameters: Parameters
) -> torch.Tensor:
    (weight, bias), *rest = [(w.detach(), b.detach()) for w, b in parameters]

    def loss(w):
        return (_predict(x.detach(), [(w, bias), *rest]) - target.detach()).square().mean()

    return torch.func.grad(loss)(weight)


def hidden_gradients__sample_by_sample(
    x: torch.Tensor, target: torch.Tensor, parameters: Parameters
) -> torch.Tensor:
    parts = [
        _backprop(x[k : k + 1].detach(), target[k : k + 1].detach(), parameters)[0][0]
        for k in range(len(x))
    ]
    return torch.stack(parts).mean(0)


def hidden_gradients__modules(
    x: torch.Tensor, target: torch.Tensor, parameters: Parameters
) -> torch.Tensor:
    layers = []
    for w, b in parameters:
        layer = torch.nn.utils.skip_init(
            torch.nn.Linear, w.shape[1], w.shape[0], device=w.device, dtype=w.dtype
        )
        with torch.no_grad():
            layer.weight.copy_(w)
            layer.bias.copy_(b)
        layers += [layer, torch.nn.Sigmoid()]
    net = torch.nn.Sequential(*layers[:-1])
    with torch.enable_grad():
        torch.nn.MSELoss()(net(x.detach()), target.detach()).backward()
    return net[0].weight.grad


# ---------------------------------------------------------------- neurons_are_twins


def neurons_are_twins__together(weight: torch.Tensor, bias: torch.Tensor) -> bool:
    both = torch.column_stack([weight, bias])
    tolerance = 100 * torch.finfo(both.dtype).eps * both.abs().max()
    return not ((both - both[0]).abs() > tolerance).any().item()


def neurons_are_twins__isclose(weight: torch.Tensor, bias: torch.Tensor) -> bool:
    def same(t):
        atol = 100 * torch.finfo(t.dtype).eps * t.abs().max().item()
        return torch.isclose(t, t[:1].expand_as(t), rtol=0.0, atol=atol).all().item()

    return same(weight) and same(bias)


def neurons_are_twins__python_loops(weight: torch.Tensor, bias: torch.Tensor) -> bool:
    eps = torch.finfo(weight.dtype).eps
    rows = [row + [b] for row, b in zip(weight.tolist(), bias.tolist())]
    tolerance = 100 * eps * max(abs(v) for row in rows for v in row)
    return all(max(column) - min(column) <= tolerance for column in zip(*rows))


def neurons_are_twins__all_pairs(weight: torch.Tensor, bias: torch.Tensor) -> bool:
    eps = torch.finfo(weight.dtype).eps
    w_far = (weight[:, None] - weight[None]).abs().max()
    b_far = (bias[:, None] - bias[None]).abs().max()
    w_size, b_size = weight.abs().max(), bias.abs().max()
    return bool(w_far <= 100 * eps * w_size) and bool(b_far <= 100 * eps * b_size)


def neurons_are_twins__sorted(weight: torch.Tensor, bias: torch.Tensor) -> bool:
    for t in (weight, bias.unsqueeze(1)):
        ordered = t.detach().sort(dim=0).values
        largest = torch.linalg.vector_norm(t.detach(), ord=math.inf)
        if bool(torch.any(ordered[-1] - ordered[0] > largest * (100 * torch.finfo(t.dtype).eps))):
            return False
    return True


# ---------------------------------------------------------------- symmetry_survives


def symmetry_survives__sgd(
    x: torch.Tensor,
    target: torch.Tensor,
    parameters: Parameters,
    learning_rate: float,
    steps: int,
) -> bool:
    network = [tuple(t.detach().clone().requires_grad_() for t in layer) for layer in parameters]
    optimizer = torch.optim.SGD([t for layer in network for t in layer], lr=learning_rate)
    x, target = x.detach(), target.detach()
    with torch.enable_grad():
        for _ in range(steps):
            optimizer.zero_grad()
            _loss(x, target, network).backward()
            optimizer.step()
    return _twins_each(*network[0])


def symmetry_survives__by_hand(
    x: torch.Tensor,
    target: torch.Tensor,
    parameters: Parameters,
    learning_rate: float,
    steps: int,
) -> bool:
    network = [(w.detach().clone(), b.detach().clone()) for w, b in parameters]
    for _ in range(steps):
        for (w, b), (dw, db) in zip(network, _backprop(x.detach(), target.detach(), network)):
            w -= learning_rate * dw
            b -= learning_rate * db
    return _twins_together(*network[0])


def symmetry_survives__func_grad(
    x: torch.Tensor,
    target: torch.Tensor,
    parameters: Parameters,
    learning_rate: float,
    steps: int,
) -> bool:
    tensors = [t.detach() for layer in parameters for t in layer]
    x, target = x.detach(), target.detach()

    def loss(flat):
        return (_predict(x, list(zip(flat[::2], flat[1::2]))) - target).pow(2).mean()

    gradient = torch.func.grad(loss)
    for _ in range(steps):
        tensors = [t - learning_rate * d for t, d in zip(tensors, gradient(tensors))]
    return _twins_each(tensors[0], tensors[1])


def symmetry_survives__one_vector(
    x: torch.Tensor,
    target: torch.Tensor,
    parameters: Parameters,
    learning_rate: float,
    steps: int,
) -> bool:
    shapes = [t.shape for layer in parameters for t in layer]
    lengths = [math.prod(s) for s in shapes]
    theta = torch.cat([t.detach().reshape(-1) for layer in parameters for t in layer])

    def cut(vector):
        parts = [p.reshape(s) for p, s in zip(vector.split(lengths), shapes)]
        return list(zip(parts[::2], parts[1::2]))

    with torch.enable_grad():
        for _ in range(steps):
            theta = theta.detach().requires_grad_()
            (slope,) = torch.autograd.grad(_loss(x.detach(), target.detach(), cut(theta)), theta)
            theta = theta.detach() - learning_rate * slope
    return _twins_together(*cut(theta)[0])


# ---------------------------------------------------------------- break_symmetry


def break_symmetry__normal_(parameters: Parameters, scale: float, seed: int) -> Parameters:
    generator = torch.Generator("cpu").manual_seed(seed)
    network = []
    for weight, bias in parameters:
        noise = torch.empty(weight.shape, dtype=weight.dtype, device=CPU)
        noise.normal_(0.0, scale, generator=generator)
        network.append((weight.detach() + noise.to(weight.device), bias.detach().clone()))
    return network


def break_symmetry__torch_normal(parameters: Parameters, scale: float, seed: int) -> Parameters:
    generator = torch.Generator("cpu").manual_seed(seed)
    return [
        (
            torch.normal(weight.detach().cpu(), float(scale), generator=generator).to(
                weight.device
            ),
            bias.detach().clone(),
        )
        for weight, bias in parameters
    ]


def break_symmetry__biases_too(parameters: Parameters, scale: float, seed: int) -> Parameters:
    generator = torch.Generator("cpu").manual_seed(seed)

    def noisy(t):
        noise = torch.randn(t.shape, dtype=t.dtype, device=CPU, generator=generator)
        return torch.add(t.detach(), noise.to(t.device), alpha=scale)

    return [(noisy(weight), noisy(bias)) for weight, bias in parameters]


def break_symmetry__numpy_generator(parameters: Parameters, scale: float, seed: int) -> Parameters:
    chance = np.random.default_rng(seed)
    network = []
    for weight, bias in parameters:
        noise = torch.from_numpy(np.asarray(chance.normal(0.0, scale, tuple(weight.shape))))
        copy = weight.detach().clone()
        copy = copy + noise.to(dtype=weight.dtype).to(weight.device)
        network.append((copy, bias.detach().clone()))
    return network


def break_symmetry__python_random(parameters: Parameters, scale: float, seed: int) -> Parameters:
    chance = random.Random(seed)
    network = []
    for weight, bias in parameters:
        noise = [chance.gauss(0.0, scale) for _ in range(weight.numel())]
        noise = torch.tensor(noise, dtype=weight.dtype, device=weight.device).reshape(weight.shape)
        network.append((noise.add_(weight.detach()), bias.detach().clone()))
    return network


def break_symmetry__generator_on_device(
    parameters: Parameters, scale: float, seed: int
) -> Parameters:
    device = parameters[0][0].device
    generator = torch.Generator(device).manual_seed(seed)  # wants a device with a generator
    network = []
    for weight, bias in parameters:
        noise = torch.randn(weight.shape, dtype=weight.dtype, device=device, generator=generator)
        network.append((weight.detach() + noise * scale, bias.detach().clone()))
    return network


def break_symmetry__global_state_put_back(
    parameters: Parameters, scale: float, seed: int
) -> Parameters:
    state = torch.get_rng_state()
    try:
        torch.default_generator.manual_seed(seed)
        noises = [torch.randn(w.shape, dtype=w.dtype, device=CPU) * scale for w, _ in parameters]
    finally:
        torch.set_rng_state(state)
    return [
        (w.detach() + n.to(w.device), b.detach().clone()) for (w, b), n in zip(parameters, noises)
    ]


def break_symmetry__bias_handed_on(parameters: Parameters, scale: float, seed: int) -> Parameters:
    """Right by the letter, but see notes.md: the new network shares the biases' memory."""
    generator = torch.Generator("cpu").manual_seed(seed)
    return [
        (
            w.detach()
            + scale
            * torch.randn(w.shape, dtype=w.dtype, device=CPU, generator=generator).to(w.device),
            b,
        )
        for w, b in parameters
    ]
