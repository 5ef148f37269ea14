"""Initial weights: why zeros won't do, and what a little noise is good for.

Lecture: Инициализация весов и проблема симметрии.

The network of this kata is that of k14, spelt out again: fully connected layers with a sigmoid,
s(z) = 1 / (1 + exp(-z)) or torch.sigmoid, between them and none after the last,

    x  ->  linear  ->  sigmoid  ->  linear  ->  sigmoid  ->  ...  ->  linear  ->  prediction

A linear layer computes x @ weight.T + bias, with weight (out, in) and bias (out,); x is
(batch, in), a sample a row. A network is a list with one tuple (weight, bias) for each layer, at
least one. The loss is the mean squared error: the mean of (prediction - target)² over all elements.
Training is plain gradient descent on all samples at once, and autograd is welcome:
torch.autograd.grad(loss, tensors) gives gradients. What goes into a sigmoid is between -30 and 30.

A neuron of the first layer is a row of its weight together with an entry of its bias. Give two
neurons the same numbers, and they answer the same to every sample. If the next layer treats both
alike too, their gradients are the same, each step moves them alike, and they stay twins for ever:
a hundred neurons learn what one could. Zeros everywhere are the purest case of it; there, the
first step moves the last layer only, since nothing comes back through weights of zero.

The remedy is chance: draw every weight by itself. How large? If the weights are too small, signals
fade from layer to layer; if too large, sigmoids saturate. Xavier (or Glorot) initialization keeps
the size of signals, forward and backward: mean 0 and variance 2 / (in + out) for each layer
(https://proceedings.mlr.press/v9/glorot10a.html, equations 12 and 16).

The rules of every kata are in README.md.
"""

import torch

Parameters = list[tuple[torch.Tensor, torch.Tensor]]


def zero_init(sizes: list[int], device: torch.device) -> Parameters:
    """Make a network whose weights and biases are zero.

    Args:
        sizes: the length of a sample, then each layer's number of neurons.
        device: where the tensors go.

    Returns:
        A list of tuples (weight, bias), one for each pair of neighbours (in, out) in sizes;
        shapes (out, in) and (out,), float32.

    Example:
        >>> zero_init([4, 2, 1], torch.device("cpu"))
        [(tensor([[0., 0., 0., 0.],
                [0., 0., 0., 0.]]), tensor([0., 0.])), (tensor([[0., 0.]]), tensor([0.]))]

    Edges:
        - A size may be 1; no axis is lost.
    """
    raise NotImplementedError


def random_init(sizes: list[int], seed: int, device: torch.device) -> Parameters:
    """Make a network with Xavier's random weights and biases of zero.

    Args:
        sizes, device: as in zero_init.
        seed: an int.

    Returns:
        As zero_init, but each weight is drawn by itself, normal or uniform, mean 0, variance
        2 / (in + out). The same seed gives the same weights, another others.

    Example:
        >>> (weight, bias), = random_init([300, 100], 0, torch.device("cpu"))
        >>> weight.shape, bias.shape
        (torch.Size([100, 300]), torch.Size([100]))
        >>> 0.0045 < weight.var().item() < 0.0055, bias.any().item()
        (True, False)

    Edges:
        - torch's, NumPy's and Python's global random states stay as they were: torch.Generator
          helps.
        - A weight alone in its layer is drawn like any other.
        - Any seed from 0 to 2**32 - 1 gives weights of its own.
    """
    raise NotImplementedError


def hidden_gradients(x: torch.Tensor, target: torch.Tensor, parameters: Parameters) -> torch.Tensor:
    """Compute the gradient of the loss with respect to the first layer's weight.

    Args:
        x: (batch, in).
        target: (batch, out).
        parameters: a network; no tensor requires grad or comes twice.

    Returns:
        A tensor like the first layer's weight, a row for each neuron.

    Example:
        >>> x, target = torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0]])
        >>> first = (torch.tensor([[0.0, 0.0], [0.0, 0.0]]), torch.tensor([0.0, 0.0]))
        >>> last = (torch.tensor([[2.0, 6.0]]), torch.tensor([0.0]))
        >>> hidden_gradients(x, target, [first, last])
        tensor([[1., 2.],
                [3., 6.]])

    Edges:
        - The network may be a single layer, which no sigmoid follows.
        - No tensor is left with a .grad.
    """
    raise NotImplementedError


def neurons_are_twins(weight: torch.Tensor, bias: torch.Tensor) -> bool:
    """Tell whether all neurons of a layer are the same, up to rounding.

    Args:
        weight: (neurons, in).
        bias: (neurons,).

    Returns:
        A Python bool: whether all rows of weight are equal, and all entries of bias. A rounding
        error makes no difference.

    Example:
        >>> weight = torch.tensor([[1.0, 2.0], [1.0, 2.0]])
        >>> neurons_are_twins(weight, torch.tensor([3.0, 3.0]))
        True
        >>> neurons_are_twins(weight, torch.tensor([3.0, 4.0]))
        False

    Edges:
        - A single neuron is its own twin.
        - What counts as rounding goes by the largest absolute entry of weight and bias together:
          one eps of the dtype (torch.finfo) times that is forgiven, 10,000 times as much is not.
    """
    raise NotImplementedError


def symmetry_survives(
    x: torch.Tensor,
    target: torch.Tensor,
    parameters: Parameters,
    learning_rate: float,
    steps: int,
) -> bool:
    """Train a network and tell whether its first layer's neurons are twins afterwards.

    Args:
        x, target, parameters: as in hidden_gradients.
        learning_rate: a float.
        steps: an int.

    Returns:
        A Python bool. In each step all weights and biases become themselves minus learning_rate
        times their gradients.

    Example:
        >>> x, target = torch.tensor([[1.0], [2.0]]), torch.tensor([[3.0], [5.0]])
        >>> first = (torch.tensor([[0.5], [0.5]]), torch.tensor([0.1, 0.1]))
        >>> alike = (torch.tensor([[2.0, 2.0]]), torch.tensor([0.0]))
        >>> unlike = (torch.tensor([[2.0, 3.0]]), torch.tensor([0.0]))
        >>> symmetry_survives(x, target, [first, alike], 0.1, 4)
        True
        >>> symmetry_survives(x, target, [first, unlike], 0.1, 4)
        False

    Edges:
        - With 0 steps or a learning_rate of 0 the layer is judged as it is.
        - Rounding is judged as in neurons_are_twins, and float64 is trained in float64.
        - No tensor is left with a .grad.
    """
    raise NotImplementedError


def break_symmetry(parameters: Parameters, scale: float, seed: int) -> Parameters:
    """Make a new network by adding a little noise to every weight.

    Args:
        parameters: as in hidden_gradients.
        scale: a float.
        seed: as in random_init.

    Returns:
        A network like parameters, with a normal number of its own (mean 0, standard deviation
        scale) added to each weight. Biases stay, or get such noise too.

    Example:
        >>> weight, bias = torch.tensor([[1.0, 2.0], [1.0, 2.0]]), torch.tensor([3.0, 3.0])
        >>> (noisy, _), = break_symmetry([(weight, bias)], 0.1, 0)
        >>> torch.equal(noisy[0], noisy[1]), (noisy - weight).abs().max().item() < 1.0
        (False, True)

    Edges:
        - With scale 0 no number changes.
        - torch's, NumPy's and Python's global random states stay as they were.
        - A weight alone in its layer gets noise like any other.
        - Seeds are as in random_init: any from 0 to 2**32 - 1 gives noise of its own.
        - float64 weights keep their digits.
    """
    raise NotImplementedError
