"""Backpropagation: a graph of numbers that finds all its slopes in one backward walk.

Lecture: Граф вычислений; общий алгоритм; принципы обратного распространения ошибки.

Every calculation is a graph. Each number is a node, and a node remembers which nodes it was made
from; the numbers that you begin with are the leaves:

    x ──→ x·w ──→ x·w + b          x = Node(2.0); w = Node(3.0); b = Node(1.0)
    w ──↗          ↑               p = x * w + b
    b ─────────────┘

Python builds it for you: `x * w` calls x.__mul__(w), and `2 * w`, where the number knows nothing
of nodes, calls w.__rmul__(2). This is the forward pass, which fills in the values.

The backward pass goes the other way. The result's slope with respect to itself is 1. Take the
nodes from the result to the leaves; each hands its slope on to the nodes it was made from, times
the derivative of that one step, and a node that is handed several slopes adds them up. So every
arrow is worked on once, however many of k12's paths run over it. These slopes are a calculation of
their own: grad only collects what each backward finds.

A node may hand on its slope only when everything made from it has handed on its own. An order in
which each node comes after its inputs is called topological; walk it from the end.

Graphs get deep: Python allows about a thousand nested calls, so keep a list of what is still to
do instead of recursing. This is all that torch.autograd does; k16 uses the real one.
"""

import math


class Node:
    """A number in a graph of calculations.

    value: the number, an int or a float. grad: a number, 0.0 at first, which collects slopes when
    backward runs, and which a user may set. inputs: the tuple of nodes that this one was made
    from, () for a leaf. Further attributes and helpers are yours to choose.

    +, -, *, / and ** with a node or a number (int or float) on either side, unary -, exp(), tanh()
    and relu() each make a new node, x + 0 and sum([x]) too, and change none; no more does x += y.
    inputs of a sum or a product of two nodes are these two (of x * x, x once or twice); a number
    may become a node in inputs or leave no trace there, and an operation may be made of several
    (x - y of x and -y, say), as long as all nodes that went in can be reached through inputs.

    All numbers and slopes are 0 or between 1e-100 and 1e100 in size. An error of 1e-11 times
    1 + that size is forgiven.

    >>> x, y = Node(3.0), Node(2.0)
    >>> p = x * y + 1 / y
    >>> p.value
    6.5
    >>> p.backward()
    >>> (x.grad, y.grad)  # y, and x - 1/y²
    (2.0, 2.75)
    """

    value: float
    grad: float
    inputs: tuple["Node", ...]

    def __init__(self, value: float) -> None:
        """Make a leaf of this value: grad is 0.0 and inputs is ()."""
        self.value = value
        self.grad = 0.0
        self.inputs = ()
        self._steps: tuple[tuple[Node, float], ...] = ()

    def __add__(self, other: "Node | float") -> "Node":
        """Make the node self + other."""
        other = _node(other)
        return _made(self.value + other.value, (self, 1.0), (other, 1.0))

    def __radd__(self, other: float) -> "Node":
        """Make the node other + self, where other is a number. sum([x, y]) begins with 0 + x."""
        return _node(other) + self

    def __sub__(self, other: "Node | float") -> "Node":
        """Make the node self - other."""
        other = _node(other)
        return _made(self.value - other.value, (self, 1.0), (other, -1.0))

    def __rsub__(self, other: float) -> "Node":
        """Make the node other - self, where other is a number."""
        return _node(other) - self

    def __mul__(self, other: "Node | float") -> "Node":
        """Make the node self · other."""
        other = _node(other)
        return _made(self.value * other.value, (self, other.value), (other, self.value))

    def __rmul__(self, other: float) -> "Node":
        """Make the node other · self, where other is a number."""
        return _node(other) * self

    def __truediv__(self, other: "Node | float") -> "Node":
        """Make the node self / other; other is not 0."""
        other = _node(other)
        value = self.value / other.value
        return _made(value, (self, 1 / other.value), (other, -value / other.value))

    def __rtruediv__(self, other: float) -> "Node":
        """Make the node other / self, where other is a number; self is not 0."""
        return _node(other) / self

    def __pow__(self, other: "Node | float") -> "Node":
        """Make the node self to the power of other.

        self > 0: other is any number, and both slopes are asked for.
        self < 0: other is a whole number (2 or 2.0). self = 0: a whole number, 0 or more; 0 ** 0
        is 1. In both cases the slope in self is asked for; the slope in other may be anything, nan
        too, but must not raise an error.
        The slope of x ** 0 in x is 0 for every x, also at x = 0.
        """
        other = _node(other)
        base, exponent = self.value, other.value
        value = base**exponent
        by_base = exponent * base ** (exponent - 1) if exponent != 0 else 0.0
        by_exponent = value * math.log(base) if base > 0 else math.nan
        return _made(value, (self, by_base), (other, by_exponent))

    def __rpow__(self, other: float) -> "Node":
        """Make the node other to the power of self, where other is a positive number."""
        return _node(other) ** self

    def __neg__(self) -> "Node":
        """Make the node -self."""
        return _made(-self.value, (self, -1.0))

    def exp(self) -> "Node":
        """Make the node e to the power of self."""
        value = math.exp(self.value)
        return _made(value, (self, value))

    def tanh(self) -> "Node":
        """Make the node tanh(self), where self is between -100 and 100; its slope is 1 - tanh²."""
        value = math.tanh(self.value)
        return _made(value, (self, 1 - value * value))

    def relu(self) -> "Node":
        """Make the node max(0, self): its slope is 1 above 0, 0 below, and 0 or 1 at 0 itself."""
        return _made(max(0.0, self.value), (self, 1.0 if self.value > 0 else 0.0))

    def backward(self) -> None:
        """Add d self / d node to the grad of self (d self / d self is 1) and of every ancestor.

        An ancestor is a node that can be reached through inputs. Paths add up, so a node that is
        used twice collects both slopes. What is in grad already stays and is added to: after two
        backward calls there is twice as much. But grad takes no part in the calculation: a result
        that shares nodes with one that was run backward before still adds its own slopes alone.
        Values, inputs and the grad of all other nodes stay as they are.

        Shared parts are visited once, so the work grows with the number of arrows: 60 forks that
        join again, one behind the other, take about as long as a chain. A chain of 50,000 nodes
        does not overflow Python's stack.
        """
        slopes = {id(self): 1.0}
        for node in reversed(topological_order(self)):
            slope = slopes[id(node)]
            node.grad += slope
            for source, derivative in node._steps:
                slopes[id(source)] = slopes.get(id(source), 0.0) + slope * derivative


def topological_order(node: Node) -> list[Node]:
    """List all that a node was made from, each after its inputs, the node itself last.

    node: a Node; nothing in its graph is changed.
    Returns a list in which the node and each of its ancestors, leaves too, stands exactly once,
    and after all its inputs; there may be several such orders, and any of them will do. Nodes are
    told apart by identity: two with the same value are two. Constants, the plain numbers in an
    operation, may appear as nodes or not.
    Shared parts are visited once, so the work grows with the number of arrows, and a chain of
    50,000 nodes does not overflow Python's stack.

    >>> x, y = Node(3.0), Node(2.0)
    >>> product = x * y
    >>> order = topological_order(product + x)
    >>> len(order), order.index(product) > order.index(y)
    (4, True)
    """
    order: list[Node] = []
    placed: set[int] = set()
    waiting = [node]
    while waiting:
        last = waiting[-1]
        missing = [source for source in last.inputs if id(source) not in placed]
        if missing:
            waiting.extend(missing)
            continue
        waiting.pop()
        if id(last) not in placed:
            placed.add(id(last))
            order.append(last)
    return order


def _node(value: "Node | float") -> Node:
    return value if isinstance(value, Node) else Node(value)


def _made(value: float, *steps: tuple[Node, float]) -> Node:
    """A node of this value, from its inputs, each with the derivative with respect to it."""
    node = Node(value)
    node.inputs = tuple(source for source, _ in steps)
    node._steps = steps
    return node
