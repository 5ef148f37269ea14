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

Rules of every kata: a result lies on the device of the arguments and keeps their floating dtype,
with all its digits. Arguments stay as they were; they may be non-contiguous, and an axis may have
length 1, or 0 where the result is still defined. Numeric dtypes are uint8, int8 to int64, float32
and float64. An error has a message. Its words, and a view or a copy, a loop or none, are yours to
choose where a docstring leaves them open.
"""

from collections.abc import Callable

import torch


def sigmoid(x: torch.Tensor) -> torch.Tensor:
    """Squash each element to between 0 and 1: the sigmoid, 1 / (1 + exp(-x)).

    x: any shape, 0-D and empty too, float32 or float64, finite.
    Returns a tensor of the same shape and dtype, as precise as the dtype allows over the whole
    range: sigmoid(-50) is 1.93e-22 and not 0. A relative error of 1e-5 in float32 and 1e-11 in
    float64 is forgiven, and what is too small for a normal number (torch.finfo(x.dtype).tiny)
    counts as 0. So at -1000 the result is 0, and at 1000 it is 1, not NaN; an inf on the way
    does no harm, only results count.
    By hand: no autograd, and no sigmoid, special.expit or logsigmoid of torch's, be it function,
    method or module. torch.exp is welcome, and so is whatever else is none of these.
    The formula: https://en.wikipedia.org/wiki/Logistic_function

    >>> sigmoid(torch.tensor([-1000.0, 0.0, 2.0]))
    tensor([0.0000, 0.5000, 0.8808])
    """
    raise NotImplementedError


def relu(x: torch.Tensor) -> torch.Tensor:
    """Keep what is positive and replace what is negative by 0.

    x: any shape, 0-D and empty too, float32 or float64, any value: relu(inf) is inf, relu(-inf)
    is 0, and NaN stays NaN.
    Returns a tensor of the same shape and dtype. Positive elements are exactly as they were,
    however small or large; a zero may be 0.0 or -0.0.
    By hand: no autograd, and no relu, relu6, leaky_relu, prelu, rrelu or threshold of torch's,
    be it function, method or module. torch.where, torch.maximum and torch.clamp are welcome, and
    so is whatever else is none of these.

    >>> relu(torch.tensor([-2.0, 0.0, 3.0, float("nan")]))
    tensor([0., 0., 3., nan])
    """
    raise NotImplementedError


def two_linear_layers(
    x: torch.Tensor, w1: torch.Tensor, b1: torch.Tensor, w2: torch.Tensor, b2: torch.Tensor
) -> torch.Tensor:
    """Send a batch through two linear layers, with nothing in between.

    x: (batch, in), a sample a row; w1: (hidden, in), b1: (hidden,), w2: (out, hidden),
    b2: (out,); all float32 or all float64; any length may be 0. A weight has a row for each
    neuron, as in torch.nn.Linear: neuron i of the first layer gives the sum over k of
    w1[i, k] times the sample's entry k, plus b1[i].
    Returns (batch, out), dtype kept. Anything may be used.
    As in: https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html

    >>> x = torch.tensor([[1.0, 2.0], [0.0, 1.0], [3.0, 0.0]])
    >>> w1, b1 = torch.tensor([[1.0, 1.0]]), torch.tensor([-4.0])
    >>> w2, b2 = torch.tensor([[10.0], [1.0]]), torch.tensor([0.0, 5.0])
    >>> two_linear_layers(x, w1, b1, w2, b2)
    tensor([[-10.,   4.],
            [-30.,   2.],
            [-10.,   4.]])
    """
    raise NotImplementedError


def collapse(
    w1: torch.Tensor, b1: torch.Tensor, w2: torch.Tensor, b2: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Find the one linear layer that computes the same as two of them, whatever the input.

    w1: (hidden, in), b1: (hidden,), w2: (out, hidden), b2: (out,), as in two_linear_layers.
    Returns the tuple (w, b) of shapes (out, in) and (out,), dtype kept, so that x @ w.T + b is
    two_linear_layers(x, w1, b1, w2, b2) for every x, but for rounding; weights and biases are of
    like size, so that none drowns in the digits of another.

    >>> w1, b1 = torch.tensor([[1.0, 1.0]]), torch.tensor([-4.0])
    >>> w2, b2 = torch.tensor([[10.0], [1.0]]), torch.tensor([0.0, 5.0])
    >>> w, b = collapse(w1, b1, w2, b2)
    >>> w
    tensor([[10., 10.],
            [ 1.,  1.]])
    >>> b
    tensor([-40.,   1.])
    """
    raise NotImplementedError


def xor_network() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Choose weights by hand with which linear, ReLU, linear computes XOR.

    Returns the tuple (w1, b1, w2, b2) of shapes (hidden, 2), (hidden,), (1, hidden) and (1,),
    float32, on the CPU, as torch's defaults are; how many hidden neurons there are is your
    choice. With them relu(x @ w1.T + b1) @ w2.T + b2, where relu(z) is the larger of z and 0,
    gives for the rows of x exactly these numbers, not 0.9999999:

        (0, 0) -> 0        (0, 1) -> 1        (1, 0) -> 1        (1, 1) -> 0

    >>> w1, b1, w2, b2 = xor_network()
    >>> corners = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    >>> (corners @ w1.T + b1).clamp(min=0) @ w2.T + b2
    tensor([[0.],
            [1.],
            [1.],
            [0.]])
    """
    raise NotImplementedError


def is_linear(function: Callable[[torch.Tensor], torch.Tensor], features: int, seed: int) -> bool:
    """Judge whether a function is linear, by trying it on random points.

    function: takes one float64 tensor on the CPU of shape (features,), which it leaves alone, and
    returns a float64 tensor of one finite number or more; its shape is the same for all points:
    (features,), another, or () for a 0-D tensor.
    features: at least 1. seed: an int from 0 to 2**32 - 1, which decides the points: the same
    seed tries the same points, another seed others. The global random states (torch's, NumPy's,
    Python's) stay as they were.
    Returns True if f(a + b) = f(a) + f(b) and f(c·a) = c·f(a) at all points tried, else False.
    Equal means to 1e-9 of the size of the outputs, be that 1e-15 or 1e15, so that rounding is
    forgiven; zeros are equal. Whether each element is held against its own size or against the
    largest one is your choice.
    One pair can agree by luck: of two positive points |a + b| is |a| + |b|. Try many points, some
    twenty pairs, say, with entries near 1 in size and of both signs, so that for every seed |x|
    and ReLU are told from a linear map, and so are x + 1 and constants.

    >>> is_linear(lambda x: 3 * x, features=2, seed=0)
    True
    >>> is_linear(lambda x: 3 * x + 1, features=2, seed=0)
    False
    """
    raise NotImplementedError
