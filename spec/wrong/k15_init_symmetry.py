"""Mistakes that the spec of k15_init_symmetry must reject, each with the words that name it."""

import math
import random

import numpy as np
import torch
import torch.nn.functional as F

ABOUT_DEVICES = (
    "random_init__biases_on_the_cpu",
    "random_init__generator_on_the_cpu",
    "neurons_are_twins__through_numpy",
    "symmetry_survives__rate_on_the_cpu",
    "break_symmetry__noise_on_the_cpu",
    "break_symmetry__generator_on_the_cpu",
)


def _layers(sizes):
    return list(zip(sizes[:-1], sizes[1:], strict=True))


def _normal(sizes, seed, device, variance):
    generator = torch.Generator(device=device).manual_seed(seed)
    return [
        (
            math.sqrt(variance(i, o)) * torch.randn(o, i, generator=generator, device=device),
            torch.zeros(o, device=device),
        )
        for i, o in _layers(sizes)
    ]


def _uniform(sizes, seed, device, low, high):
    generator = torch.Generator(device=device).manual_seed(seed)
    parameters = []
    for i, o in _layers(sizes):
        draws = torch.rand(o, i, generator=generator, device=device)
        weight = low(i, o) + (high(i, o) - low(i, o)) * draws
        parameters.append((weight, torch.zeros(o, device=device)))
    return parameters


def _predict(x, parameters, activation=torch.sigmoid):
    for weight, bias in parameters[:-1]:
        x = activation(x @ weight.T + bias)
    weight, bias = parameters[-1]
    return x @ weight.T + bias


def _slopes(x, target, parameters, loss=F.mse_loss):
    leaves = [tensor.detach().requires_grad_() for pair in parameters for tensor in pair]
    prediction = _predict(x, list(zip(leaves[::2], leaves[1::2], strict=True)))
    slopes = torch.autograd.grad(loss(prediction, target), leaves)
    return list(zip(slopes[::2], slopes[1::2], strict=True))


def _step(x, target, parameters, learning_rate, loss=F.mse_loss):
    slopes = _slopes(x, target, parameters, loss)
    return [
        (w - learning_rate * gw, b - learning_rate * gb)
        for (w, b), (gw, gb) in zip(parameters, slopes, strict=True)
    ]


def _twins(weight, bias):
    rows = torch.cat([weight, bias[:, None]], dim=1)
    return bool(
        (rows - rows[0]).abs().max() <= 100 * torch.finfo(rows.dtype).eps * rows.abs().max()
    )


def _noisy(parameters, seed, noise):
    generator = torch.Generator(device=parameters[0][0].device).manual_seed(seed)
    return [(weight + noise(weight, generator), bias) for weight, bias in parameters]


def _randn(x, generator):
    return torch.randn(x.shape, generator=generator, dtype=x.dtype, device=x.device)


def zero_init__in_by_out(sizes, device):
    """Your weights are (in, out). A linear layer's weight is (out, in): a row is a neuron."""
    return [
        (torch.zeros(i, o, device=device), torch.zeros(o, device=device)) for i, o in _layers(sizes)
    ]


def zero_init__weights_alone(sizes, device):
    """You left out the biases. Each layer is a tuple (weight, bias)."""
    return [torch.zeros(o, i, device=device) for i, o in _layers(sizes)]


def zero_init__bias_of_inputs(sizes, device):
    """Your biases are as long as the layer's input. There is one for each neuron: (out,)."""
    return [
        (torch.zeros(o, i, device=device), torch.zeros(i, device=device)) for i, o in _layers(sizes)
    ]


def zero_init__bias_as_a_row(sizes, device):
    """Your biases are (1, out). They have one axis: (out,)."""
    return [
        (torch.zeros(o, i, device=device), torch.zeros(1, o, device=device))
        for i, o in _layers(sizes)
    ]


def zero_init__layer_too_few(sizes, device):
    """One layer is missing: the output layer counts too."""
    return [
        (torch.zeros(o, i, device=device), torch.zeros(o, device=device))
        for i, o in _layers(sizes)[:-1]
    ]


def zero_init__ones(sizes, device):
    """You made ones. All weights and biases are zero here."""
    return [
        (torch.ones(o, i, device=device), torch.ones(o, device=device)) for i, o in _layers(sizes)
    ]


def zero_init__pops_the_sizes(sizes, device):
    """You took the sizes out of the caller's list, as pop does. Only read it."""
    parameters, into = [], sizes.pop(0)
    while sizes:
        out = sizes.pop(0)
        parameters.append((torch.zeros(out, into, device=device), torch.zeros(out, device=device)))
        into = out
    return parameters


def random_init__global_seed_on_the_cpu(sizes, seed, device):
    """You reseeded torch's global generator, and left the tensors on the CPU. Draw from a
    torch.Generator of your own, and say device=."""
    torch.manual_seed(seed)
    return [(torch.randn(o, i) * math.sqrt(2 / (i + o)), torch.zeros(o)) for i, o in _layers(sizes)]


def random_init__global_seed(sizes, seed, device):
    """You reseeded torch's global generator, or drew from it. Draw from a torch.Generator of your
    own alone."""
    torch.manual_seed(seed)
    return [
        (
            torch.randn(o, i, device=device) * math.sqrt(2 / (i + o)),
            torch.zeros(o, device=device),
        )
        for i, o in _layers(sizes)
    ]


def random_init__he(sizes, seed, device):
    """Variance 2 / in is Kaiming's (He's), made for ReLU. Xavier's is 2 / (in + out)."""
    return _normal(sizes, seed, device, lambda i, o: 2 / i)


def random_init__variance_for_deviation(sizes, seed, device):
    """You multiplied by the variance. Multiply by its square root, the standard deviation."""
    return _normal(sizes, seed, device, lambda i, o: (2 / (i + o)) ** 2)


def random_init__standard_normal(sizes, seed, device):
    """Your weights have variance 1. Xavier's is 2 / (in + out): multiply by its square root."""
    return _normal(sizes, seed, device, lambda i, o: 1)


def random_init__generator_on_the_cpu(sizes, seed, device):
    """Your generator is the CPU's. It lives on the device it draws on: torch.Generator(device)."""
    generator = torch.Generator().manual_seed(seed)
    return [
        (
            math.sqrt(2 / (i + o)) * torch.randn(o, i, generator=generator, device=device),
            torch.zeros(o, device=device),
        )
        for i, o in _layers(sizes)
    ]


def random_init__in_by_out(sizes, seed, device):
    """Your weights are (in, out). A linear layer's weight is (out, in): a row is a neuron."""
    return [(w.T, b) for w, b in _normal(sizes, seed, device, lambda i, o: 2 / (i + o))]


def random_init__small_constant(sizes, seed, device):
    """You multiplied every layer by the same small number. Xavier's factor is the root of
    2 / (in + out), another one for each layer."""
    return _normal(sizes, seed, device, lambda i, o: 0.01**2)


def random_init__he_backward(sizes, seed, device):
    """Variance 2 / out is Kaiming's (He's) for the way back. Xavier's is 2 / (in + out)."""
    return _normal(sizes, seed, device, lambda i, o: 2 / o)


def random_init__lecun(sizes, seed, device):
    """Variance 1 / in looks at the way forward alone. Xavier's is 2 / (in + out)."""
    return _normal(sizes, seed, device, lambda i, o: 1 / i)


def random_init__one_over_out(sizes, seed, device):
    """Variance 1 / out looks at the way back alone. Xavier's is 2 / (in + out)."""
    return _normal(sizes, seed, device, lambda i, o: 1 / o)


def random_init__forgets_the_two(sizes, seed, device):
    """You took 1 / (in + out). The variance is 2 / (in + out)."""
    return _normal(sizes, seed, device, lambda i, o: 1 / (i + o))


def random_init__first_sizes_for_all(sizes, seed, device):
    """You used the first layer's sizes for every layer. Each has its own in and out."""
    return _normal(sizes, seed, device, lambda i, o: 2 / (sizes[0] + sizes[1]))


def random_init__gain_of_tanh(sizes, seed, device):
    """You multiplied by 5/3, the gain for tanh. Here the variance is 2 / (in + out) as it is."""
    return _normal(sizes, seed, device, lambda i, o: (5 / 3) ** 2 * 2 / (i + o))


def random_init__uniform_of_the_deviation(sizes, seed, device):
    """A uniform distribution over ±d has variance d² / 3. Its bound is sqrt(6 / (in + out))."""
    return _uniform(
        sizes,
        seed,
        device,
        lambda i, o: -math.sqrt(2 / (i + o)),
        lambda i, o: math.sqrt(2 / (i + o)),
    )


def random_init__torch_linear_default(sizes, seed, device):
    """±1 / sqrt(in) is nn.Linear's default. Xavier's bound is sqrt(6 / (in + out))."""
    return _uniform(
        sizes, seed, device, lambda i, o: -1 / math.sqrt(i), lambda i, o: 1 / math.sqrt(i)
    )


def random_init__rand(sizes, seed, device):
    """torch.rand gives numbers from 0 to 1, so your weights are all positive. Their mean is 0."""
    return _uniform(sizes, seed, device, lambda i, o: 0.0, lambda i, o: math.sqrt(2 / (i + o)))


def random_init__rand_unscaled(sizes, seed, device):
    """You took torch.rand as it is: numbers from 0 to 1. Xavier's have mean 0 and another size."""
    return _uniform(sizes, seed, device, lambda i, o: 0.0, lambda i, o: 1.0)


def random_init__seeded_for_each_layer(sizes, seed, device):
    """You seeded a generator anew for each layer, so that all draw the same numbers."""
    parameters = []
    for i, o in _layers(sizes):
        generator = torch.Generator(device=device).manual_seed(seed)
        draws = torch.randn(o, i, generator=generator, device=device)
        parameters.append((draws * math.sqrt(2 / (i + o)), torch.zeros(o, device=device)))
    return parameters


def random_init__random_biases(sizes, seed, device):
    """You drew the biases too. They are zero here."""
    return [
        (w, w.mean(dim=1) + 0.01) for w, _ in _normal(sizes, seed, device, lambda i, o: 2 / (i + o))
    ]


def random_init__ignores_the_seed(sizes, seed, device):
    """You never used the seed, so every call gives other weights."""
    return _normal(sizes, random.randrange(10**6), device, lambda i, o: 2 / (i + o))


def random_init__always_the_same(sizes, seed, device):
    """You used a seed of your own. The seed that is passed in decides."""
    return _normal(sizes, 42, device, lambda i, o: 2 / (i + o))


def random_init__zero_is_no_seed(sizes, seed, device):
    """You took seed 0 for no seed: `if seed` is false for it. 0 is a seed like any other."""
    return _normal(sizes, seed or 1, device, lambda i, o: 2 / (i + o))


def random_init__global_numpy_seed(sizes, seed, device):
    """You reseeded NumPy for everybody, as np.random.seed does. Use np.random.default_rng(seed)."""
    np.random.seed(seed)
    return [
        (
            torch.tensor(
                np.random.randn(o, i) * math.sqrt(2 / (i + o)), dtype=torch.float32, device=device
            ),
            torch.zeros(o, device=device),
        )
        for i, o in _layers(sizes)
    ]


def random_init__biases_on_the_cpu(sizes, seed, device):
    """You left the biases on the CPU. They belong on the device too: device=device."""
    return [
        (w, torch.zeros(len(w))) for w, _ in _normal(sizes, seed, device, lambda i, o: 2 / (i + o))
    ]


def random_init__unscaled_global_seed(sizes, seed, device):
    """Your weights have variance 1, where Xavier's have 2 / (in + out). And draw from a
    torch.Generator of your own, not from the global one."""
    torch.manual_seed(seed)
    return [
        (torch.randn(o, i, device=device), torch.zeros(o, device=device)) for i, o in _layers(sizes)
    ]


def hidden_gradients__leaves_requires_grad(x, target, parameters):
    """You had the caller's weight require grad, and left it so. Work on a detached copy."""
    first = parameters[0][0].requires_grad_()
    return torch.autograd.grad(F.mse_loss(_predict(x, parameters), target), first)[0]


def hidden_gradients__leaves_grad_behind(x, target, parameters):
    """You left a .grad on the caller's weight. Work on a detached copy."""
    first = parameters[0][0].requires_grad_()
    F.mse_loss(_predict(x, parameters), target).backward()
    first.requires_grad_(False)
    return first.grad


def hidden_gradients__sigmoid_at_the_end(x, target, parameters):
    """You put a sigmoid after the last layer too. The prediction is what that layer gives."""
    first = parameters[0][0].detach().requires_grad_()
    layers = [(first, parameters[0][1]), *parameters[1:]]
    loss = F.mse_loss(torch.sigmoid(_predict(x, layers)), target)
    return torch.autograd.grad(loss, first)[0]


def hidden_gradients__of_the_last_layer(x, target, parameters):
    """You returned the last layer's gradient. The first layer's is asked for."""
    return _slopes(x, target, parameters)[-1][0]


def hidden_gradients__of_the_bias(x, target, parameters):
    """You returned the gradient for the bias. That for the weight is asked for."""
    return _slopes(x, target, parameters)[0][1]


def hidden_gradients__tuple(x, target, parameters):
    """You returned a tuple, as torch.autograd.grad does. Its first entry is the gradient."""
    return _slopes(x, target, parameters)[0][:1]


def hidden_gradients__of_all_layers(x, target, parameters):
    """You returned the gradients of all layers. That of the first weight is asked for."""
    return [weight for weight, _ in _slopes(x, target, parameters)]


def hidden_gradients__of_the_sum(x, target, parameters):
    """You summed the squared errors. The loss is their mean over all elements."""
    return _slopes(x, target, parameters, lambda p, t: (p - t).square().sum())[0][0]


def hidden_gradients__mean_over_samples(x, target, parameters):
    """You averaged over the samples only. The mean runs over all elements, outputs too."""
    return _slopes(x, target, parameters, lambda p, t: (p - t).square().sum() / len(p))[0][0]


def hidden_gradients__half(x, target, parameters):
    """You halved the loss. It is the mean of the squares, without a factor."""
    return _slopes(x, target, parameters)[0][0] / 2


def hidden_gradients__downhill(x, target, parameters):
    """Your sign is that of the step. The gradient itself points uphill."""
    return -_slopes(x, target, parameters)[0][0]


def hidden_gradients__transposed(x, target, parameters):
    """Your gradient is transposed. It has the weight's shape, (neurons, in)."""
    return _slopes(x, target, parameters)[0][0].T


def hidden_gradients__relu(x, target, parameters):
    """You put ReLU between the layers. This network uses the sigmoid."""
    first = parameters[0][0].detach().requires_grad_()
    layers = [(first, parameters[0][1]), *parameters[1:]]
    loss = F.mse_loss(_predict(x, layers, torch.relu), target)
    return torch.autograd.grad(loss, first)[0]


def hidden_gradients__no_activation(x, target, parameters):
    """You left out the sigmoids between the layers."""
    first = parameters[0][0].detach().requires_grad_()
    layers = [(first, parameters[0][1]), *parameters[1:]]
    return torch.autograd.grad(F.mse_loss(_predict(x, layers, lambda z: z), target), first)[0]


def hidden_gradients__without_biases(x, target, parameters):
    """You left the biases out of the forward pass. Each layer adds its own."""
    return _slopes(x, target, [(w, torch.zeros_like(b)) for w, b in parameters])[0][0]


def hidden_gradients__sigmoid_of_the_sigmoid(x, target, parameters):
    """Your slope is s * (1 - s) with s taken of the sigmoid's output again. s is the output."""
    inputs = [x]
    for w, b in parameters[:-1]:
        inputs.append(torch.sigmoid(inputs[-1] @ w.T + b))
    weight, bias = parameters[-1]
    delta = 2 * (inputs[-1] @ weight.T + bias - target) / target.numel()
    for (w, _), a in zip(reversed(parameters[1:]), reversed(inputs[1:]), strict=True):
        delta = delta @ w * torch.sigmoid(a) * (1 - torch.sigmoid(a))
    return delta.T @ x


def hidden_gradients__two_layers(x, target, parameters):
    """You wrote it for two layers. There may be any number of them."""
    (w1, b1), (w2, b2) = parameters
    leaf = w1.detach().requires_grad_()
    loss = F.mse_loss(torch.sigmoid(x @ leaf.T + b1) @ w2.T + b2, target)
    return torch.autograd.grad(loss, leaf)[0]


def hidden_gradients__skips_the_middle(x, target, parameters):
    """You took the first layer and the last. Those between them count too."""
    return _slopes(x, target, [parameters[0], parameters[-1]])[0][0]


def neurons_are_twins__exact_weights_alone(weight, bias):
    """You left out the biases, which twins share too, and left no room for rounding in the
    weights."""
    return bool((weight == weight[0]).all())


def neurons_are_twins__exact(weight, bias):
    """You left no room for rounding: numbers that should be equal may differ in the last digit."""
    return bool((weight == weight[0]).all()) and bool((bias == bias[0]).all())


def neurons_are_twins__allclose(weight, bias):
    """torch.allclose's own tolerances, 1e-5 and 1e-8, take small or precise layers for equal."""
    return torch.allclose(weight, weight[:1]) and torch.allclose(bias, bias[:1])


def neurons_are_twins__ignores_the_bias(weight, bias):
    """You compared the weights alone. Twins have the same bias too."""
    return _twins(weight, torch.zeros_like(bias))


def neurons_are_twins__columns(weight, bias):
    """You compared columns. A neuron is a row of the weight."""
    return bool((weight == weight[:, :1]).all()) and bool((bias == bias[0]).all())


def neurons_are_twins__first_two(weight, bias):
    """You compared the first two neurons. All of them must be the same."""
    return _twins(weight[:2], bias[:2])


def neurons_are_twins__any_entry(weight, bias):
    """You were content with any equal entry. Every entry must be the same: all, not any."""
    return bool((weight == weight[0]).any()) and bool((bias == bias[0]).any())


def neurons_are_twins__all_entries(weight, bias):
    """You asked for one number throughout the layer. A neuron's weights may differ among
    themselves; what must agree are the neurons."""
    return bool((weight == weight[0, 0]).all()) and bool((bias == bias[0]).all())


def neurons_are_twins__sums(weight, bias):
    """You compared sums. Rows with the same sum may differ: compare entry by entry."""
    return _twins(weight.sum(dim=1, keepdim=True), bias)


def neurons_are_twins__less_than(weight, bias):
    """You asked for less than the tolerance, which is 0 in a layer of zeros: use <=."""
    rows = torch.cat([weight, bias[:, None]], dim=1)
    limit = 100 * torch.finfo(rows.dtype).eps * rows.abs().max()
    return bool(((rows - rows[0]).abs() < limit).all())


def neurons_are_twins__absolute_tolerance(weight, bias):
    """Your tolerance is a fixed number. It should grow and shrink with the numbers of the layer."""
    rows = torch.cat([weight, bias[:, None]], dim=1)
    return bool(((rows - rows[0]).abs() <= 1e-6).all())


def neurons_are_twins__eps_of_the_entry(weight, bias):
    """You measured each entry by itself. The tolerance goes by the largest entry of the layer."""
    rows = torch.cat([weight, bias[:, None]], dim=1)
    return bool(((rows - rows[0]).abs() <= 100 * torch.finfo(rows.dtype).eps * rows[0].abs()).all())


def neurons_are_twins__each_by_itself(weight, bias):
    """You measured the bias by its own largest entry, and the weight by its. The largest of both
    together counts: beside weights of 1, biases of 1e-20 are rounding."""
    return _twins(weight, weight[:, 0]) and _twins(bias[:, None], bias)


def neurons_are_twins__largest_weight(weight, bias):
    """You took the largest weight. The largest entry may be a bias."""
    rows = torch.cat([weight, bias[:, None]], dim=1)
    limit = 100 * torch.finfo(rows.dtype).eps * weight.abs().max()
    return bool(((rows - rows[0]).abs() <= limit).all())


def neurons_are_twins__deviation(weight, bias):
    """You took the standard deviation, which is nan for a single neuron. It is its own twin."""
    rows = torch.cat([weight, bias[:, None]], dim=1)
    return bool((rows.std(dim=0) <= 100 * torch.finfo(rows.dtype).eps * rows.abs().max()).all())


def neurons_are_twins__largest_without_abs(weight, bias):
    """You took the maximum, which may be negative or small. The largest absolute entry counts."""
    rows = torch.cat([weight, bias[:, None]], dim=1)
    return bool((rows - rows[0]).abs().max() <= 100 * torch.finfo(rows.dtype).eps * rows.max())


def neurons_are_twins__signed_difference(weight, bias):
    """You left out the absolute value: a row below the first one always passes."""
    rows = torch.cat([weight, bias[:, None]], dim=1)
    limit = 100 * torch.finfo(rows.dtype).eps * rows.abs().max()
    return bool((rows - rows[0] <= limit).all())


def neurons_are_twins__eps_of_float32(weight, bias):
    """You took float32's eps for float64 too. Each dtype has its own: torch.finfo(weight.dtype)."""
    rows = torch.cat([weight, bias[:, None]], dim=1)
    return bool((rows - rows[0]).abs().max() <= 100 * 1.1920929e-07 * rows.abs().max())


def neurons_are_twins__through_numpy(weight, bias):
    """You went through NumPy, which reads the CPU's memory only. Use torch's own operations."""
    rows = np.concatenate([weight.numpy(), bias.numpy()[:, None]], axis=1)
    limit = 100 * np.finfo(rows.dtype).eps * np.abs(rows).max()
    return bool((np.abs(rows - rows[0]) <= limit).all())


def symmetry_survives__trains_the_arguments(x, target, parameters, learning_rate, steps):
    """You had the caller's tensors require grad, and trained them. Train detached copies: the
    parameters stay as they are."""
    leaves = [tensor.requires_grad_() for pair in parameters for tensor in pair]
    optimizer = torch.optim.SGD(leaves, lr=learning_rate)
    for _ in range(steps):
        optimizer.zero_grad()
        F.mse_loss(_predict(x, parameters), target).backward()
        optimizer.step()
    return _twins(*(tensor.detach() for tensor in parameters[0]))


def symmetry_survives__in_place(x, target, parameters, learning_rate, steps):
    """You trained the caller's tensors. Train copies: the parameters stay unchanged."""
    for _ in range(steps):
        new = _step(x, target, parameters, learning_rate)
        for pair, fresh in zip(parameters, new, strict=True):
            for old, value in zip(pair, fresh, strict=True):
                old.copy_(value)
    return _twins(*parameters[0])


def symmetry_survives__gradients_pile_up(x, target, parameters, learning_rate, steps):
    """You never cleared the gradients, so that each step repeats the earlier ones: zero_grad."""
    leaves = [tensor.clone().requires_grad_() for pair in parameters for tensor in pair]
    layers = list(zip(leaves[::2], leaves[1::2], strict=True))
    for _ in range(steps):
        F.mse_loss(_predict(x, layers), target).backward()
        with torch.no_grad():
            for leaf in leaves:
                leaf -= learning_rate * leaf.grad
    return _twins(*(tensor.detach() for tensor in layers[0]))


def symmetry_survives__exact(x, target, parameters, learning_rate, steps):
    """You left no room for rounding. Judge the layer as neurons_are_twins does."""
    for _ in range(steps):
        parameters = _step(x, target, parameters, learning_rate)
    weight, bias = parameters[0]
    return bool((weight == weight[0]).all()) and bool((bias == bias[0]).all())


def symmetry_survives__does_not_train(x, target, parameters, learning_rate, steps):
    """You judged the layer as it came. Train it first."""
    return _twins(*parameters[0])


def symmetry_survives__one_step_too_many(x, target, parameters, learning_rate, steps):
    """You took one step too many. 0 steps leave the layer as it is."""
    for _ in range(steps + 1):
        parameters = _step(x, target, parameters, learning_rate)
    return _twins(*parameters[0])


def symmetry_survives__one_step_too_few(x, target, parameters, learning_rate, steps):
    """You took one step too few."""
    for _ in range(steps - 1):
        parameters = _step(x, target, parameters, learning_rate)
    return _twins(*parameters[0])


def symmetry_survives__single_step(x, target, parameters, learning_rate, steps):
    """You took one step, or each of your steps starts at the first parameters. A step goes on
    from where the last one led, as often as asked for."""
    if steps:
        parameters = _step(x, target, parameters, learning_rate)
    return _twins(*parameters[0])


def symmetry_survives__same_gradients_every_step(x, target, parameters, learning_rate, steps):
    """You computed the gradients once, before the loop. Each step takes new ones, where it is."""
    slopes = _slopes(x, target, parameters)
    for _ in range(steps):
        parameters = [
            (w - learning_rate * gw, b - learning_rate * gb)
            for (w, b), (gw, gb) in zip(parameters, slopes, strict=True)
        ]
    return _twins(*parameters[0])


def symmetry_survives__first_layer_only(x, target, parameters, learning_rate, steps):
    """You trained the first layer alone. All layers take every step."""
    for _ in range(steps):
        parameters = _step(x, target, parameters, learning_rate)[:1] + parameters[1:]
    return _twins(*parameters[0])


def symmetry_survives__sample_by_sample(x, target, parameters, learning_rate, steps):
    """You took a step for each sample. One step is for all samples at once."""
    for _ in range(steps):
        for i in range(len(x)):
            parameters = _step(x[i : i + 1], target[i : i + 1], parameters, learning_rate)
    return _twins(*parameters[0])


def symmetry_survives__layer_after_layer(x, target, parameters, learning_rate, steps):
    """You moved the last layer before you took the next one's gradient. All are taken first."""
    parameters = list(parameters)
    for _ in range(steps):
        for layer in reversed(range(len(parameters))):
            parameters[layer] = _step(x, target, parameters, learning_rate)[layer]
    return _twins(*parameters[0])


def symmetry_survives__weights_only(x, target, parameters, learning_rate, steps):
    """You left the biases where they were. They take every step too."""
    for _ in range(steps):
        new = _step(x, target, parameters, learning_rate)
        parameters = [(w, b) for (w, _), (_, b) in zip(new, parameters, strict=True)]
    return _twins(*parameters[0])


def symmetry_survives__last_layer(x, target, parameters, learning_rate, steps):
    """You looked at the last layer. The first one is asked about."""
    for _ in range(steps):
        parameters = _step(x, target, parameters, learning_rate)
    return _twins(*parameters[-1])


def symmetry_survives__judges_the_weight(x, target, parameters, learning_rate, steps):
    """You judged the weights alone. Twins have the same bias too."""
    for _ in range(steps):
        parameters = _step(x, target, parameters, learning_rate)
    weight, _ = parameters[0]
    return _twins(weight, torch.zeros_like(weight[:, 0]))


def symmetry_survives__all_hidden_layers(x, target, parameters, learning_rate, steps):
    """You judged every hidden layer. The first one is asked about, whatever the others hold."""
    for _ in range(steps):
        parameters = _step(x, target, parameters, learning_rate)
    return all(_twins(*layer) for layer in parameters[:-1] or parameters)


def symmetry_survives__uphill(x, target, parameters, learning_rate, steps):
    """You added the gradient. Descent subtracts it."""
    for _ in range(steps):
        parameters = _step(x, target, parameters, -learning_rate)
    return _twins(*parameters[0])


def symmetry_survives__sum_of_squares(x, target, parameters, learning_rate, steps):
    """You summed the squared errors. The loss is their mean over all elements."""
    for _ in range(steps):
        parameters = _step(
            x, target, parameters, learning_rate, lambda p, t: (p - t).square().sum()
        )
    return _twins(*parameters[0])


def symmetry_survives__half_the_loss(x, target, parameters, learning_rate, steps):
    """You halved the loss, so your steps are half as long."""
    for _ in range(steps):
        parameters = _step(x, target, parameters, learning_rate / 2)
    return _twins(*parameters[0])


def symmetry_survives__adam(x, target, parameters, learning_rate, steps):
    """You used Adam. Plain gradient descent is asked for: torch.optim.SGD, or by hand."""
    leaves = [tensor.clone().requires_grad_() for pair in parameters for tensor in pair]
    layers = list(zip(leaves[::2], leaves[1::2], strict=True))
    optimizer = torch.optim.Adam(leaves, lr=learning_rate)
    for _ in range(steps):
        optimizer.zero_grad()
        F.mse_loss(_predict(x, layers), target).backward()
        optimizer.step()
    return _twins(*(tensor.detach() for tensor in layers[0]))


def symmetry_survives__momentum(x, target, parameters, learning_rate, steps):
    """You gave SGD a momentum. Plain gradient descent has none."""
    leaves = [tensor.clone().requires_grad_() for pair in parameters for tensor in pair]
    layers = list(zip(leaves[::2], leaves[1::2], strict=True))
    optimizer = torch.optim.SGD(leaves, lr=learning_rate, momentum=0.9)
    for _ in range(steps):
        optimizer.zero_grad()
        F.mse_loss(_predict(x, layers), target).backward()
        optimizer.step()
    return _twins(*(tensor.detach() for tensor in layers[0]))


def symmetry_survives__all_along(x, target, parameters, learning_rate, steps):
    """You gave up at the first step without twins. Only the layer after the last one counts."""
    for _ in range(steps):
        parameters = _step(x, target, parameters, learning_rate)
        if not _twins(*parameters[0]):
            return False
    return _twins(*parameters[0])


def symmetry_survives__allclose(x, target, parameters, learning_rate, steps):
    """torch.allclose's own tolerances, 1e-5 and 1e-8, take small or precise layers for equal."""
    for _ in range(steps):
        parameters = _step(x, target, parameters, learning_rate)
    return all(torch.allclose(tensor, tensor[:1]) for tensor in parameters[0])


def symmetry_survives__replaces_items(x, target, parameters, learning_rate, steps):
    """The caller's parameters are the trained ones now, in the list or in its tensors. Build a new
    list, of new tensors."""
    for _ in range(steps):
        parameters[:] = _step(x, target, parameters, learning_rate)
    return _twins(*parameters[0])


def symmetry_survives__returns_the_opposite(x, target, parameters, learning_rate, steps):
    """You told whether the symmetry is broken. True means that it survives."""
    for _ in range(steps):
        parameters = _step(x, target, parameters, learning_rate)
    return not _twins(*parameters[0])


def symmetry_survives__rate_on_the_cpu(x, target, parameters, learning_rate, steps):
    """You made a tensor of the learning rate on the CPU. A plain number fits every device."""
    rate = torch.tensor([learning_rate], dtype=x.dtype)
    for _ in range(steps):
        parameters = _step(x, target, parameters, rate)
    return _twins(*parameters[0])


def break_symmetry__in_place(parameters, scale, seed):
    """You added the noise to the caller's tensors, as `+=` does. Use `+`, which makes new ones."""
    generator = torch.Generator(device=parameters[0][0].device).manual_seed(seed)
    for weight, _ in parameters:
        weight += scale * _randn(weight, generator)
    return parameters


def break_symmetry__global_seed(parameters, scale, seed):
    """You reseeded torch's global generator, or drew from it. Draw from a torch.Generator of your
    own alone."""
    torch.manual_seed(seed)
    return [(w + scale * torch.randn_like(w), b) for w, b in parameters]


def break_symmetry__rand(parameters, scale, seed):
    """Your noise is never negative, as that of torch.rand, and its mean not 0. Use randn."""
    return _noisy(
        parameters,
        seed,
        lambda w, g: scale * torch.rand(w.shape, generator=g, dtype=w.dtype, device=w.device),
    )


def break_symmetry__noise_on_the_cpu(parameters, scale, seed):
    """You drew the noise on the CPU. Draw it on the device of the weight, or move it there."""
    generator = torch.Generator().manual_seed(seed)
    return [
        (w + scale * torch.randn(w.shape, generator=generator, dtype=w.dtype), b)
        for w, b in parameters
    ]


def break_symmetry__generator_on_the_cpu(parameters, scale, seed):
    """Your generator is the CPU's. It lives on the device it draws on: torch.Generator(device)."""
    generator = torch.Generator().manual_seed(seed)
    return [(weight + scale * _randn(weight, generator), bias) for weight, bias in parameters]


def break_symmetry__without_scale(parameters, scale, seed):
    """You forgot the scale. It multiplies the noise."""
    return _noisy(parameters, seed, lambda w, g: _randn(w, g))


def break_symmetry__uniform(parameters, scale, seed):
    """Your noise is uniform, as that of rand. It comes from the normal distribution: randn."""
    return _noisy(
        parameters,
        seed,
        lambda w, g: (
            scale
            * math.sqrt(12)
            * (torch.rand(w.shape, generator=g, dtype=w.dtype, device=w.device) - 0.5)
        ),
    )


def break_symmetry__scale_as_variance(parameters, scale, seed):
    """You took scale for the variance. It is the standard deviation."""
    return _noisy(parameters, seed, lambda w, g: math.sqrt(scale) * _randn(w, g))


def break_symmetry__scale_squared(parameters, scale, seed):
    """You squared the scale. It is the standard deviation as it is."""
    return _noisy(parameters, seed, lambda w, g: scale**2 * _randn(w, g))


def break_symmetry__xavier(parameters, scale, seed):
    """You scaled the noise by Xavier's rule too. Its standard deviation is scale, as it is."""
    return _noisy(parameters, seed, lambda w, g: scale * math.sqrt(2 / sum(w.shape)) * _randn(w, g))


def break_symmetry__multiplied(parameters, scale, seed):
    """You made the noise a share of the weight, so that zeros stay zeros. Add it as it is."""
    return _noisy(parameters, seed, lambda w, g: scale * _randn(w, g) * w)


def break_symmetry__replaced(parameters, scale, seed):
    """You replaced the weights by noise. Add it to them."""
    return _noisy(parameters, seed, lambda w, g: scale * _randn(w, g) - w)


def break_symmetry__one_number_for_a_layer(parameters, scale, seed):
    """You drew one number for a whole layer: twins that are shifted alike stay twins."""
    return _noisy(parameters, seed, lambda w, g: scale * _randn(w[0, 0], g))


def break_symmetry__one_row_for_all_neurons(parameters, scale, seed):
    """You gave all neurons the same noise: twins that are shifted alike stay twins."""
    return _noisy(parameters, seed, lambda w, g: scale * _randn(w[0], g))


def break_symmetry__first_layer_only(parameters, scale, seed):
    """You gave noise to the first layer alone. Every weight of every layer gets some."""
    return _noisy(parameters[:1], seed, lambda w, g: scale * _randn(w, g)) + parameters[1:]


def break_symmetry__biases_only(parameters, scale, seed):
    """You gave noise to the biases alone. The weights need it, the biases may have it."""
    generator = torch.Generator(device=parameters[0][0].device).manual_seed(seed)
    return [(w.clone(), b + scale * _randn(b, generator)) for w, b in parameters]


def break_symmetry__seeded_for_each_layer(parameters, scale, seed):
    """You seeded a generator anew for each layer, so that all get the same noise."""
    return [_noisy([layer], seed, lambda w, g: scale * _randn(w, g))[0] for layer in parameters]


def break_symmetry__ignores_the_seed(parameters, scale, seed):
    """You never used the seed, so every call gives other noise."""
    return _noisy(parameters, random.randrange(10**6), lambda w, g: scale * _randn(w, g))


def break_symmetry__always_the_same(parameters, scale, seed):
    """You used a seed of your own. The seed that is passed in decides."""
    return _noisy(parameters, 0, lambda w, g: scale * _randn(w, g))


def break_symmetry__zero_is_no_seed(parameters, scale, seed):
    """You took seed 0 for no seed: `if seed` is false for it. 0 is a seed like any other."""
    return _noisy(parameters, seed or 1, lambda w, g: scale * _randn(w, g))


def break_symmetry__global_python_seed(parameters, scale, seed):
    """You reseeded Python's random for everybody. Use random.Random(seed), or a torch.Generator."""
    random.seed(seed)
    return [
        (w + torch.tensor([[random.gauss(0, scale) for _ in row] for row in w]).to(w), b)
        for w, b in parameters
    ]


def break_symmetry__replaces_items(parameters, scale, seed):
    """You put the new tensors into the caller's list. Build a new list."""
    parameters[:] = _noisy(parameters, seed, lambda w, g: scale * _randn(w, g))
    return parameters


def break_symmetry__float64_noise(parameters, scale, seed):
    """Your noise is float64, as NumPy draws it, and lifted float32 weights to that. Keep the
    dtype."""
    numbers = np.random.default_rng(seed)
    return [
        (w + torch.from_numpy(numbers.normal(0, scale, tuple(w.shape))).to(w.device), b)
        for w, b in parameters
    ]


def break_symmetry__global_seed_on_the_cpu(parameters, scale, seed):
    """You reseeded torch's global generator, and drew float32 noise on the CPU. Draw from a
    torch.Generator of your own, with the weight's dtype and device."""
    torch.manual_seed(seed)
    return [(w + scale * torch.randn(w.shape), b) for w, b in parameters]
