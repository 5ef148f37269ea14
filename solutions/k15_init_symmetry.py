"""Initial weights: why zeros won't do, and what a little noise is good for.

Lecture: Инициализация весов и проблема симметрии.

The network of this kata is that of k14, spelt out again: fully connected layers with a sigmoid,
s(z) = 1 / (1 + exp(-z)) or torch.sigmoid, between them and none after the last,

    x  ->  linear  ->  sigmoid  ->  linear  ->  sigmoid  ->  ...  ->  linear  ->  prediction

A linear layer computes x @ weight.T + bias, with weight (out, in) and bias (out,); x is
(batch, in), a sample a row. A network is a list with one tuple (weight, bias) for each layer, at
least one. The loss is the mean squared error: the mean of (prediction - target)² over all elements.
Numbers are moderate in this kata: what goes into a sigmoid lies between -30 and 30.

A neuron of the first layer is a row of its weight together with an entry of its bias. Give two
neurons the same numbers, and they answer the same to every sample. If the next layer treats both
alike too, their gradients are the same, each step moves them alike, and they stay twins for ever:
a hundred neurons learn what one could. Zeros everywhere are the purest case of it; there, the
first step moves the last layer only, since nothing comes back through weights of zero.

The remedy is chance: draw every weight by itself. How large? If the weights are too small, signals
fade from layer to layer; if too large, sigmoids saturate. Xavier (or Glorot) initialization keeps
the size of signals, forward and backward: mean 0 and variance 2 / (in + out) for each layer.

Autograd is welcome in this kata: torch.autograd.grad(loss, tensors) gives the gradients.

Rules of every kata: a result lies on the device of the arguments and keeps their floating dtype,
with all its digits. Arguments stay as they were; they may be non-contiguous, and an axis may have
length 1, or 0 where the result is still defined. Numeric dtypes are uint8, int8 to int64, float32
and float64. An error has a message. Its words, and a view or a copy, a loop or none, are yours to
choose where a docstring leaves them open.
"""

import torch

Parameters = list[tuple[torch.Tensor, torch.Tensor]]


def zero_init(sizes: list[int], device: torch.device) -> Parameters:
    """Make a network in which all weights and biases are zero.

    sizes: a list of two ints or more, each at least 1: the length of a sample, then the number of
    neurons of each layer; device: where the tensors go.
    Returns a list with one tuple (weight, bias) for each pair of neighbours (in, out) in sizes:
    weight is (out, in), bias (out,), both float32. Tensors may share memory.

    >>> zero_init([4, 2, 1], torch.device("cpu"))
    [(tensor([[0., 0., 0., 0.],
            [0., 0., 0., 0.]]), tensor([0., 0.])), (tensor([[0., 0.]]), tensor([0.]))]
    """
    return [
        (torch.zeros(out, into, device=device), torch.zeros(out, device=device))
        for into, out in _pairs(sizes)
    ]


def random_init(sizes: list[int], seed: int, device: torch.device) -> Parameters:
    """Make a network with Xavier's random weights and biases of zero.

    sizes and device: as in zero_init; seed: an int from 0 to 2**32 - 1.
    Returns a list of tuples (weight, bias), shaped as in zero_init, float32. The weights of a
    layer have mean 0 and variance 2 / (in + out), drawn from a normal or from a uniform
    distribution, whichever you like; every weight of every layer is drawn by itself.
    The same seed on the same device gives the same weights, another seed others; the global
    random states (torch's, NumPy's, Python's) are left as they were: torch.Generator helps.
    The formula: https://proceedings.mlr.press/v9/glorot10a.html, equations 12 and 16.

    >>> (weight, bias), = random_init([300, 100], 0, torch.device("cpu"))
    >>> weight.shape, bias.shape
    (torch.Size([100, 300]), torch.Size([100]))
    >>> 0.0047 < weight.var().item() < 0.0053, bias.any().item()
    (True, False)
    """
    generator = torch.Generator(device=device).manual_seed(seed)
    parameters = []
    for into, out in _pairs(sizes):
        draws = torch.randn(out, into, generator=generator, device=device)
        scale = (2 / (into + out)) ** 0.5
        parameters.append((scale * draws, torch.zeros(out, device=device)))
    return parameters


def hidden_gradients(x: torch.Tensor, target: torch.Tensor, parameters: Parameters) -> torch.Tensor:
    """Compute the gradient of the loss with respect to the first layer's weight.

    x: (batch, in), target: (batch, out), parameters: a network of any number of layers; all
    float32 or all float64; no length is 0, and no tensor requires grad or is passed twice. The
    loss is the mean squared error.
    Returns a tensor of the shape, dtype and device of the first layer's weight: a row for each
    neuron. The arguments stay as they are: requires_grad and .grad too. Autograd is allowed.

    >>> x, target = torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0]])
    >>> first = (torch.tensor([[0.0, 0.0], [0.0, 0.0]]), torch.tensor([0.0, 0.0]))
    >>> last = (torch.tensor([[2.0, 2.0]]), torch.tensor([0.0]))
    >>> hidden_gradients(x, target, [first, last])
    tensor([[-1., -2.],
            [-1., -2.]])
    """
    return _gradients(x, target, parameters)[0][0]


def neurons_are_twins(weight: torch.Tensor, bias: torch.Tensor) -> bool:
    """Tell whether all neurons of a layer are the same, up to rounding.

    weight: (neurons, in) and bias: (neurons,), no length 0, finite, both float32 or both float64.
    All rows of weight must be equal, and all entries of bias. Two numbers count as equal if they
    differ by at most 100 eps times the largest absolute entry of weight and bias together, eps
    being that of the dtype (torch.finfo). So the tolerance grows and shrinks with the layer:
    1e-20 and 2e-20 differ in a layer of such numbers, and are equal beside a weight of 1.
    Hold any two neurons against each other, or each against the first, as you like.
    Returns a bool of Python. A single neuron is its own twin; zeros are twins.

    >>> weight = torch.tensor([[1.0, 2.0], [1.0, 2.0]])
    >>> neurons_are_twins(weight, torch.tensor([3.0, 3.0]))
    True
    >>> neurons_are_twins(weight, torch.tensor([3.0, 4.0]))
    False
    """
    neurons = torch.column_stack([weight, bias])
    spread = neurons.amax(dim=0) - neurons.amin(dim=0)
    tolerance = 100 * torch.finfo(neurons.dtype).eps * neurons.abs().max()
    return bool((spread <= tolerance).all())


def symmetry_survives(
    x: torch.Tensor,
    target: torch.Tensor,
    parameters: Parameters,
    learning_rate: float,
    steps: int,
) -> bool:
    """Train a network and tell whether the neurons of its first layer are twins afterwards.

    x, target, parameters: as in hidden_gradients. The training is plain gradient descent on the
    mean squared error of all samples at once: in each step every weight and every bias, of all
    layers together, becomes itself minus learning_rate times its gradient.
    learning_rate: a float, 0 or more; steps: an int, 0 or more. Numbers are so moderate and steps
    so few that all stays finite and rounding decides nothing.
    Returns a bool of Python: whether the first layer, after the last step, holds twins in the
    sense of neurons_are_twins. What it held before does not matter; after 0 steps it is judged
    as it is. The arguments stay as they are, as in hidden_gradients. Autograd is allowed.

    >>> x = torch.tensor([[0.0, 1.0], [1.0, 1.0], [2.0, 0.0]])
    >>> target = torch.tensor([[1.0], [0.0], [1.0]])
    >>> symmetry_survives(x, target, zero_init([2, 3, 1], torch.device("cpu")), 0.1, 20)
    True
    >>> symmetry_survives(x, target, random_init([2, 3, 1], 0, torch.device("cpu")), 0.1, 20)
    False
    """
    for _ in range(steps):
        gradients = _gradients(x, target, parameters)
        parameters = [
            (weight - learning_rate * grad_weight, bias - learning_rate * grad_bias)
            for (weight, bias), (grad_weight, grad_bias) in zip(parameters, gradients, strict=True)
        ]
    return neurons_are_twins(*parameters[0])


def break_symmetry(parameters: Parameters, scale: float, seed: int) -> Parameters:
    """Make a new network by adding a little noise to every weight.

    parameters: as in hidden_gradients; scale: a float, 0 or more; seed: as in random_init.
    To every weight of every layer a number of its own is added, drawn from the normal
    distribution with mean 0 and standard deviation scale. Biases may get such noise too, or be
    handed on as they are, the same tensors or copies. With scale 0 no number changes.
    Returns a list of tuples (weight, bias) with the shapes, dtype and device of parameters, which
    stay unchanged. The same seed on the same device gives the same noise, another seed another;
    the global random states (torch's, NumPy's, Python's) are left as they were.

    >>> zeros = zero_init([4, 2, 1], torch.device("cpu"))
    >>> first, last = break_symmetry(zeros, 0.1, 0)
    >>> neurons_are_twins(*zeros[0]), neurons_are_twins(*first)
    (True, False)
    """
    device = parameters[0][0].device
    generator = torch.Generator(device=device).manual_seed(seed)

    def noise(x: torch.Tensor) -> torch.Tensor:
        return scale * torch.randn(x.shape, generator=generator, dtype=x.dtype, device=device)

    return [(weight + noise(weight), bias.clone()) for weight, bias in parameters]


def _pairs(sizes: list[int]) -> list[tuple[int, int]]:
    return [(sizes[i], sizes[i + 1]) for i in range(len(sizes) - 1)]


def _gradients(x: torch.Tensor, target: torch.Tensor, parameters: Parameters) -> Parameters:
    """The gradients of the mean squared error for all weights and biases."""
    layers = [(w.detach().requires_grad_(), b.detach().requires_grad_()) for w, b in parameters]
    *hidden, (weight, bias) = layers
    for w, b in hidden:
        x = torch.sigmoid(x @ w.T + b)
    loss = (x @ weight.T + bias - target).square().mean()
    gradients = iter(torch.autograd.grad(loss, [tensor for layer in layers for tensor in layer]))
    return [(next(gradients), next(gradients)) for _ in layers]
