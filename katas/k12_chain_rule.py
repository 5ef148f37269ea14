"""The chain rule: slopes multiply along a path, and paths add up.

Lecture: Детали градиентного спуска: цепное правило; граф вычислений.

Gradient descent asks how the loss p changes when a weight x changes, and between the two lie
many steps. The chain rule takes them one by one. Say p is made from z1 and z2, and both of these
are made from x. Nudge x a little: z1 moves by dz1/dx times the nudge, z2 by dz2/dx times the
nudge, and p feels both of them:

    dp/dx = dp/dz1 · dz1/dx  +  dp/dz2 · dz2/dx          x ──→ z1 ──┐
                                                         │          ├──→ p
                                                         └───→ z2 ──┘

Draw an arrow for each step, write its derivative beside it, and the rule reads: multiply along
each path from x to p, then add the products of all paths. To forget a path is the commonest
mistake; to walk every path one at a time is the slowest way, for 60 forks in a row make 2⁶⁰.

With vectors, all derivatives of one step make a matrix, its Jacobian: entry [i, j] says how
output i changes with input j. A matrix product multiplies along the paths and adds over what
lies between, so a chain of steps is a product of Jacobians, the output's first.

Everything here is by hand: autograd and torch's ready-made derivatives are refused, its functions
for values (torch.sin, torch.sigmoid, torch.softmax) are welcome. All numbers are finite, and so
are their sums and products. k13 turns the same rule into a machine.

Rules of every kata: a result lies on the device of the arguments and keeps their floating dtype,
with all its digits. Arguments stay as they were; they may be non-contiguous, and an axis may have
length 1, or 0 where the result is still defined. Numeric dtypes are uint8, int8 to int64, float32
and float64. An error has a message. Its words, and a view or a copy, a loop or none, are yours to
choose where a docstring leaves them open.
"""

from collections.abc import Hashable

import torch


def product_rule(
    f: torch.Tensor, df: torch.Tensor, g: torch.Tensor, dg: torch.Tensor
) -> torch.Tensor:
    """Find the slope of the product f·g from the values and slopes of both factors.

    f, g: values of two functions of x; df, dg: their slopes at the same points. All four have
    one shape (any, 0-D too), all float32 or all float64. x reaches f·g along two paths, through f
    and through g.
    Returns the slope of f·g at each point, elementwise; shape and dtype kept.
    By hand: no autograd.

    >>> x = torch.tensor([1.0, 2.0, 3.0])
    >>> product_rule(x, torch.ones(3), x * x, 2 * x)  # x · x² is x³, whose slope is 3x²
    tensor([ 3., 12., 27.])
    """
    raise NotImplementedError


def chain(outer: torch.Tensor, inner: torch.Tensor) -> torch.Tensor:
    """Find dp/dx where p depends on z, and z on x.

    outer: (k,), dp/dz, an entry for each z; inner: (k, n), dz/dx, where entry [i, j] says how
    z[i] changes with x[j]. k and n may be 0; both float32 or both float64.
    Returns dp/dx, (n,): entry j sums outer[i] times inner[i, j] over all z. Where there is no z
    (k = 0), p does not depend on x: zeros. Dtype kept. By hand: no autograd.

    >>> chain(torch.tensor([10.0, 1.0]), torch.tensor([[1.0, 2.0, 0.0], [5.0, 0.0, 3.0]]))
    tensor([15., 20.,  3.])
    """
    raise NotImplementedError


def chain_jacobians(jacobians: list[torch.Tensor]) -> torch.Tensor:
    """Multiply the Jacobians of a chain of steps into the Jacobian of the whole chain.

    jacobians: a list of at least one matrix, all float32 or all float64, from the output's step
    to the input's: the first is (outputs, a), the next (a, b), and so on to the last, (z, inputs).
    Any of these lengths may be 0.
    Returns their matrix product in that order, (outputs, inputs); dtype kept. Of a single matrix
    the product is that matrix, itself or a copy.
    By hand: no autograd, and no torch.linalg.multi_dot or torch.chain_matmul, which take the
    whole list at once.

    >>> last = torch.tensor([[1.0, 10.0]])
    >>> first = torch.tensor([[1.0, 2.0, 3.0], [0.0, 1.0, 0.0]])
    >>> chain_jacobians([last, first])
    tensor([[ 1., 12.,  3.]])
    """
    raise NotImplementedError


def two_paths(x1: torch.Tensor, x2: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Find dp/dx1 and dp/dx2 for z1 = x1·x2, z2 = x1 + sin(x2), p = z1²·z2.

    x1, x2: one shape (any, 0-D too), both float32 or both float64; everything is elementwise.
    Each of them reaches p along two paths, through z1 and through z2. The slope of sin is cos.
    Returns the tuple (dp_dx1, dp_dx2), two tensors of that shape and dtype.
    By hand: no autograd.

    >>> two_paths(torch.tensor([1.0, 2.0]), torch.tensor([2.0, torch.pi]))
    (tensor([ 19.2744, 118.4353]), tensor([ 5.9726, 10.7871]))
    """
    raise NotImplementedError


def sigmoid_slope(x: torch.Tensor) -> torch.Tensor:
    """Find the slope of the sigmoid, 1 / (1 + exp(-x)), at each element.

    x: any shape, 0-D too, float32 or float64, elements from -1000 to 1000.
    Returns the slopes; shape and dtype kept. None is NaN or inf, though exp(1000) is inf: mind
    what you do with it. An error of 1e-6 (float32) or 1e-12 (float64) is forgiven, so a tiny
    slope may come out as 0.
    By hand: no autograd and no ready-made derivative; torch.sigmoid is welcome.
    The formula: https://en.wikipedia.org/wiki/Logistic_function#Derivative

    >>> sigmoid_slope(torch.tensor([0.0, 1000.0]))
    tensor([0.2500, 0.0000])
    """
    raise NotImplementedError


def softmax_jacobian(logits: torch.Tensor) -> torch.Tensor:
    """Find how each output of softmax changes with each logit.

    logits: (n,), n at least 1, float32 or float64, elements from -1000 to 1000. Softmax gives
    s[i] = exp(logits[i]) / (the sum of all exp(logits[j])): each logit stands in one numerator,
    and in every denominator.
    Returns (n, n), with the derivative of s[i] with respect to logits[j] at [i, j]; dtype kept.
    No entry is NaN or inf here either; an error of 1e-6 (float32) or 1e-12 (float64) times 1 + the
    largest |logit| is forgiven.
    By hand: no autograd and no ready-made derivative; torch.softmax is welcome.
    The formula: https://en.wikipedia.org/wiki/Softmax_function#Neural_networks

    >>> softmax_jacobian(torch.tensor([7.0, 7.0]))
    tensor([[ 0.2500, -0.2500],
            [-0.2500,  0.2500]])
    """
    raise NotImplementedError


def sum_over_paths(
    edges: dict[tuple[Hashable, Hashable], float], source: Hashable, target: Hashable
) -> float:
    """Add up all paths from source to target, each with the product of the derivatives along it.

    edges: maps (start, end) to the derivative of that arrow, a float; the arrows come in no
    particular order. Nodes are known by their names: strings, ints and tuples, also mixed, so 1
    and "1" are two nodes. This is plain Python, and its standard library is welcome.
    Returns a float: 1.0 where source equals target (the path of no arrows), be there arrows or
    not; else 0.0 where no path leads there, also where source or target has no arrow at all.
    However many paths there are, each arrow is worked on a few times: 60 forks that join again,
    one behind the other, answer at once, and so does a chain of 10,000 arrows.
    Raises ValueError where the arrows make a cycle, anywhere: even if no path from source to
    target comes near it, if source equals target, or if its derivatives are 0. An arrow from a
    node to itself is a cycle.

    >>> edges = {("x", "a"): 2.0, ("x", "b"): 3.0, ("a", "p"): 10.0, ("b", "p"): 100.0}
    >>> sum_over_paths(edges, "x", "p")
    320.0
    """
    raise NotImplementedError
