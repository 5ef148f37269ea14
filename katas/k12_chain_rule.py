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

The rules of every kata are in README.md.
"""

import torch


def product_rule(
    f: torch.Tensor, df: torch.Tensor, g: torch.Tensor, dg: torch.Tensor
) -> torch.Tensor:
    """Find the slope of the product f·g from the values and slopes of both factors.

    Args:
        f: the values of a function of x at some points, any shape, float32 or float64.
        df: its slopes there.
        g: the values of another function.
        dg: its slopes.

    Returns:
        The slope of f·g at each point, in f's shape. No autograd.

    Example:
        >>> x = torch.tensor([1.0, 2.0, 3.0])
        >>> product_rule(x, torch.ones(3), x * x, 2 * x)  # x · x² is x³, whose slope is 3x²
        tensor([ 3., 12., 27.])

    Edges:
        - Values and slopes may be 0.
        - Some may be a million times larger than others, and no digits are lost.
    """
    raise NotImplementedError


def chain(outer: torch.Tensor, inner: torch.Tensor) -> torch.Tensor:
    """Find dp/dx where p depends on several z, and each z on several x.

    Args:
        outer: dp/dz, (k,), float32 or float64.
        inner: dz/dx, (k, n), where entry [i, j] says how z[i] changes with x[j].

    Returns:
        dp/dx, (n,), an entry for each x. No autograd.

    Example:
        >>> chain(torch.tensor([10.0, 1.0]), torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
        tensor([14., 25., 36.])

    Edges:
        - Where there is no z (k is 0), p does not change with x: zeros.
        - Where there is no x (n is 0), the result is empty.
    """
    raise NotImplementedError


def chain_jacobians(jacobians: list[torch.Tensor]) -> torch.Tensor:
    """Multiply the Jacobians of a chain of steps into that of the whole chain.

    Args:
        jacobians: matrices, float32 or float64, the output's step first: (outputs, a), (a, b),
            ..., (z, inputs).

    Returns:
        Their matrix product, (outputs, inputs). No autograd, no torch.linalg.multi_dot and no
        torch.chain_matmul.

    Example:
        >>> last = torch.tensor([[1.0, 10.0]])
        >>> first = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        >>> chain_jacobians([last, first])
        tensor([[41., 52., 63.]])

    Edges:
        - Of a single matrix the product is that matrix, itself or a copy.
        - The result is a matrix also where lengths are 1 or 0.
    """
    raise NotImplementedError


def two_paths(x1: torch.Tensor, x2: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Find dp/dx1 and dp/dx2 for z1 = x1·x2, z2 = x1 + sin(x2), p = z1²·z2.

    Args:
        x1: any shape, float32 or float64.
        x2: like x1; everything is elementwise. The slope of sin is cos.

    Returns:
        The tensors (dp_dx1, dp_dx2), in x1's shape. No autograd.

    Example:
        >>> dp_dx1, dp_dx2 = two_paths(torch.tensor([1.0, 2.0]), torch.tensor([2.0, torch.pi]))
        >>> dp_dx1
        tensor([ 19.2744, 118.4353])
        >>> dp_dx2
        tensor([ 5.9726, 10.7871])

    Edges:
        - Where x1 or x2 is 0, both derivatives are 0.
    """
    raise NotImplementedError


def sigmoid_slope(x: torch.Tensor) -> torch.Tensor:
    """Find the slope of the sigmoid, 1 / (1 + exp(-x)), at each element.

    Args:
        x: any shape, float32 or float64, elements from -1000 to 1000.

    Returns:
        The slopes, in x's shape. No autograd and no ready-made derivative; torch.sigmoid is
        welcome. See https://en.wikipedia.org/wiki/Logistic_function#Derivative

    Example:
        >>> sigmoid_slope(torch.tensor([0.0, 1.0, -2.0]))
        tensor([0.2500, 0.1966, 0.1050])

    Edges:
        - Though exp(1000) is inf, no slope is NaN or inf.
        - A tiny slope, far out, may come out as 0.
        - A 0-D tensor has a slope too.
    """
    raise NotImplementedError


def softmax_jacobian(logits: torch.Tensor) -> torch.Tensor:
    """Find how each output of softmax, exp(logits) / exp(logits).sum(), changes with each logit.

    Args:
        logits: (n,), float32 or float64, elements from -1000 to 1000.

    Returns:
        A matrix, (n, n), with the derivative of output i by logit j at [i, j]. No autograd and
        no ready-made derivative; torch.softmax is welcome. See
        https://en.wikipedia.org/wiki/Softmax_function#Neural_networks

    Example:
        >>> softmax_jacobian(torch.tensor([1.0, 2.0, 3.0]).log())  # the outputs are 1/6, 2/6, 3/6
        tensor([[ 0.1389, -0.0556, -0.0833],
                [-0.0556,  0.2222, -0.1667],
                [-0.0833, -0.1667,  0.2500]])

    Edges:
        - Though exp(1000) is inf, no entry is NaN or inf.
        - Large logits are told apart: 1000 and 999 give what 1 and 0 give.
        - A single logit has the Jacobian [[0]].
    """
    raise NotImplementedError


def sum_over_paths(edges: dict[tuple[str, str], float], source: str, target: str) -> float:
    """Add up all paths from source to target, each with the product of the derivatives along it.

    Args:
        edges: maps each arrow (start, end) to its derivative, in no particular order.
        source: the name of a node.
        target: the name of a node.

    Returns:
        The sum, 0.0 if no path leads from source to target. Plain Python, without torch.

    Raises:
        ValueError: if the arrows make a cycle.

    Example:
        >>> edges = {("x", "a"): 2.0, ("x", "b"): 3.0, ("a", "p"): 10.0, ("b", "p"): 100.0}
        >>> sum_over_paths(edges, "x", "p")
        320.0

    Edges:
        - From a node to itself leads one path, of no arrows: 1.0.
        - A node that no arrow touches has no path to another one: 0.0.
        - A derivative may be 0.0.
        - A cycle counts also off all paths, or where its derivatives are 0.0. An arrow from a node
          to itself is one.
        - 40 forks in a row make 2⁴⁰ paths, and are answered at once.
    """
    raise NotImplementedError
