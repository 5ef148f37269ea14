"""Nonlinearity: why a network of lines needs a bend.

Lecture: Нелинейности в нейронах.

A linear layer multiplies by a matrix and adds a bias. Put one behind another, substitute the
first into the second and expand the brackets: what comes out is one matrix and one bias again.

    x  ->  linear  ->  linear  ->  y        is        x  ->  linear  ->  y

However many there are, the pile can draw a straight line (in more dimensions a plane) between
two classes, and nothing else. XOR is the smallest problem that this cannot solve: of the corners
of a square, two opposite ones are 1 and the other two are 0, and no line separates the pairs.

So each neuron bends its result before it hands it on. Two bends are met everywhere:

    sigmoid(x) = 1 / (1 + exp(-x))       smoothly from 0 to 1
    relu(x) = the larger of x and 0      a line with one kink, cheap and quick to train

With either in between, layers no longer collapse, and two hidden neurons suffice for XOR. You
will write both bends, collapse what has none, solve XOR with weights of your own, and put
functions to the test: a map is linear if f(a + b) = f(a) + f(b) and f(c·a) = c·f(a) for all a, b
and c. Mind that a layer with a bias is called linear but fails that test; mathematicians say it
is affine.

The rules of every kata are in README.md.
"""

from collections.abc import Callable

import torch


def sigmoid(x: torch.Tensor) -> torch.Tensor:
    """Squash each element to between 0 and 1: the sigmoid, 1 / (1 + exp(-x)).

    Args:
        x: any shape, float32 or float64, finite.

    Returns:
        A tensor of x's shape and dtype. By hand: neither autograd nor torch's own sigmoid, expit
        or logsigmoid.

    Example:
        >>> sigmoid(torch.tensor([-2.0, 0.0, 3.0]))
        tensor([0.1192, 0.5000, 0.9526])

    Edges:
        - At -1000 the result is 0, at 1000 it is 1, not NaN.
        - Small results keep their digits: sigmoid(-50) is 1.93e-22 and not 0.
        - x may be 0-D or empty.
    """
    return 1 / (1 + torch.exp(-x))


def relu(x: torch.Tensor) -> torch.Tensor:
    """Keep what is positive and replace what is negative by 0.

    Args:
        x: any shape, float32 or float64.

    Returns:
        A tensor of x's shape and dtype. By hand: neither autograd nor torch's own relu or its
        family; torch.where, torch.maximum and torch.clamp are welcome.

    Example:
        >>> relu(torch.tensor([-2.0, 0.0, 3.0]))
        tensor([0., 0., 3.])

    Edges:
        - inf stays inf, -inf becomes 0, and NaN stays NaN.
        - The smallest and the largest numbers stay exactly as they are.
        - x may be 0-D or empty.
    """
    return torch.where(x < 0, torch.zeros_like(x), x)


def two_linear_layers(
    x: torch.Tensor, w1: torch.Tensor, b1: torch.Tensor, w2: torch.Tensor, b2: torch.Tensor
) -> torch.Tensor:
    """Send a batch through two linear layers, with nothing in between.

    Args:
        x: (batch, in), a sample a row.
        w1: (hidden, in), a row for each neuron, as in torch.nn.Linear.
        b1: (hidden,).
        w2: (out, hidden).
        b2: (out,).

    Returns:
        (batch, out), dtype kept.

    Example:
        >>> x = torch.tensor([[1.0, 2.0], [0.0, 1.0], [3.0, 0.0]])
        >>> w1, b1 = torch.tensor([[1.0, 1.0]]), torch.tensor([-4.0])
        >>> w2, b2 = torch.tensor([[10.0], [1.0]]), torch.tensor([0.0, 5.0])
        >>> two_linear_layers(x, w1, b1, w2, b2)
        tensor([[-10.,   4.],
                [-30.,   2.],
                [-10.,   4.]])

    Edges:
        - Any length may be 0 or 1.
    """
    return (x @ w1.T + b1) @ w2.T + b2


def collapse(
    w1: torch.Tensor, b1: torch.Tensor, w2: torch.Tensor, b2: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Find the one linear layer that computes the same as two of them, whatever the input.

    Args:
        w1: (hidden, in).
        b1: (hidden,).
        w2: (out, hidden).
        b2: (out,).

    Returns:
        A tuple (w, b) of shapes (out, in) and (out,): x @ w.T + b is what both layers give.

    Example:
        >>> w1, b1 = torch.tensor([[1.0, 1.0]]), torch.tensor([-4.0])
        >>> w2, b2 = torch.tensor([[10.0], [1.0]]), torch.tensor([0.0, 5.0])
        >>> w, b = collapse(w1, b1, w2, b2)
        >>> w
        tensor([[10., 10.],
                [ 1.,  1.]])
        >>> b
        tensor([-40.,   1.])

    Edges:
        - Any length may be 0 or 1.
    """
    return w2 @ w1, w2 @ b1 + b2


def xor_network() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Choose weights by hand with which linear, ReLU, linear computes XOR.

    Returns:
        A tuple (w1, b1, w2, b2) of shapes (hidden, 2), (hidden,), (1, hidden) and (1,), float32
        on the CPU, with as many hidden neurons as you like. relu(x @ w1.T + b1) @ w2.T + b2 is
        exactly 0 for the inputs (0, 0) and (1, 1), and exactly 1 for (0, 1) and (1, 0).

    Example:
        >>> w1, b1, w2, b2 = xor_network()
        >>> corners = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
        >>> (corners @ w1.T + b1).clamp(min=0) @ w2.T + b2
        tensor([[0.],
                [1.],
                [1.],
                [0.]])
    """
    w1, b1 = torch.tensor([[1.0, 1.0], [1.0, 1.0]]), torch.tensor([0.0, -1.0])
    w2, b2 = torch.tensor([[1.0, -2.0]]), torch.tensor([0.0])
    return w1, b1, w2, b2


def is_linear(function: Callable[[torch.Tensor], torch.Tensor], features: int, seed: int) -> bool:
    """Judge whether a function is linear, by trying it on random points.

    Args:
        function: takes a float64 tensor of shape (features,) and returns a float64 tensor.
        features: at least 1.
        seed: an int that decides the points: the same seed tries the same points.

    Returns:
        Whether f(a + b) = f(a) + f(b) and f(c·a) = c·f(a), up to rounding, at all points tried.
        Try some twenty pairs, of both signs and near 1 in size: a few agree by luck.

    Example:
        >>> is_linear(lambda x: 3 * x, 2, 0)
        True
        >>> is_linear(lambda x: 3 * x + 1, 2, 0)
        False

    Edges:
        - |x| and ReLU are told from a linear map for every seed.
        - Outputs may have any shape, () too, and one that is not linear is enough.
        - Another seed tries other points.
        - The global random states stay as they were.
    """
    generator = torch.Generator().manual_seed(seed)
    for _ in range(20):
        a, b = torch.randn(2, features, dtype=torch.float64, generator=generator)
        c = torch.randn((), generator=generator).item()
        if not _equal(function(a + b), function(a), function(b)):
            return False
        if not _equal(function(c * a), c * function(a)):
            return False
    return True


def _equal(whole: torch.Tensor, *parts: torch.Tensor) -> bool:
    """Whether the parts sum to the whole, to 1e-9 of the largest output."""
    size = torch.stack((whole, *parts)).abs().max()
    return bool((whole - sum(parts)).abs().max() <= 1e-9 * size)
