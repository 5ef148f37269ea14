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
    """A number in a graph of calculations; every operation makes a new node and changes none.

    Attributes:
        value: the number, a float or an int.
        grad: 0.0 at first; backward adds slopes to it.
        inputs: the tuple of nodes that it was made from.

    Example:
        >>> x, w, b = Node(2.0), Node(3.0), Node(1.0)
        >>> p = x * w + b
        >>> p.value
        7.0
        >>> p.backward()
        >>> (x.grad, w.grad, b.grad)  # w, x, and 1
        (3.0, 2.0, 1.0)
    """

    value: float
    grad: float
    inputs: tuple["Node", ...]

    def __init__(self, value: float) -> None:
        """Make a leaf, which was made from no other node: inputs is ().

        Example:
            >>> x = Node(3.5)
            >>> (x.value, x.grad)
            (3.5, 0.0)
        """
        self.value = value
        self.grad = 0.0
        self.inputs = ()
        self._steps: tuple[tuple[Node, float], ...] = ()

    def __add__(self, other: "Node | float") -> "Node":
        """Make the node self + other.

        Args:
            other: a Node, or a number.

        Returns:
            A new Node, whose inputs are self and other. A plain number may be among them as a
            Node, or be left out; so in all operations.

        Example:
            >>> x, y = Node(2.0), Node(5.0)
            >>> total = x + y
            >>> (total.value, total.grad)
            (7.0, 0.0)

        Edges:
            - x + 0 is a new node too.
            - After total = x, total += y makes a new node, and x keeps its value.
        """
        other = _node(other)
        return _made(self.value + other.value, (self, 1.0), (other, 1.0))

    def __mul__(self, other: "Node | float") -> "Node":
        """Make the node self · other.

        Args:
            other: a Node, or a number.

        Returns:
            A new Node, whose inputs are self and other; of x * x, x once or twice.

        Example:
            >>> (Node(2.0) * Node(5.0)).value
            10.0

        Edges:
            - x * 1 is a new node too, and so is what *= makes.
        """
        other = _node(other)
        return _made(self.value * other.value, (self, other.value), (other, self.value))

    def __radd__(self, other: float) -> "Node":
        """Make the node other + self, where other is a number; Python calls it for 2 + x.

        Example:
            >>> x, y = Node(2.0), Node(5.0)
            >>> (4 + x).value
            6.0
            >>> sum([x, y]).value  # sum begins with 0 + x
            7.0
        """
        return _node(other) + self

    def __rmul__(self, other: float) -> "Node":
        """Make the node other · self, where other is a number.

        Example:
            >>> (3 * Node(5.0)).value
            15.0
        """
        return _node(other) * self

    def __neg__(self) -> "Node":
        """Make the node -self.

        This operation and those below may be made of others: x - y as x + (-y), say.
        """
        return _made(-self.value, (self, -1.0))

    def __sub__(self, other: "Node | float") -> "Node":
        """Make the node self - other, where other is a Node or a number."""
        other = _node(other)
        return _made(self.value - other.value, (self, 1.0), (other, -1.0))

    def __rsub__(self, other: float) -> "Node":
        """Make the node other - self, where other is a number.

        Example:
            >>> x = Node(2.0)
            >>> ((x - 5).value, (5 - x).value)
            (-3.0, 3.0)
        """
        return _node(other) - self

    def __truediv__(self, other: "Node | float") -> "Node":
        """Make the node self / other, where other is a Node or a number, and not 0."""
        other = _node(other)
        value = self.value / other.value
        return _made(value, (self, 1 / other.value), (other, -value / other.value))

    def __rtruediv__(self, other: float) -> "Node":
        """Make the node other / self, where other is a number and self is not 0.

        Example:
            >>> x = Node(4.0)
            >>> ((x / 2).value, (2 / x).value)
            (2.0, 0.5)
        """
        return _node(other) / self

    def __pow__(self, other: float) -> "Node":
        """Make the node self to the power of other, where other is a number.

        Where self is negative, other is a whole number (2 or 2.0).

        Example:
            >>> (Node(3.0) ** 2).value
            9.0

        Edges:
            - Where self is 0, other is a whole number above 0.
        """
        slope = other * self.value ** (other - 1)
        return _made(self.value**other, (self, slope))

    def __rpow__(self, other: float) -> "Node":
        """Make the node other to the power of self, where other is a number above 0.

        Example:
            >>> (2 ** Node(3.0)).value
            8.0
        """
        value = other**self.value
        return _made(value, (self, value * math.log(other)))

    def exp(self) -> "Node":
        """Make the node e to the power of self.

        Example:
            >>> round(Node(1.0).exp().value, 3)
            2.718
        """
        value = math.exp(self.value)
        return _made(value, (self, value))

    def tanh(self) -> "Node":
        """Make the node tanh(self), whose slope is 1 - tanh².

        Example:
            >>> round(Node(0.5).tanh().value, 3)
            0.462

        Edges:
            - self may be any number from -100 to 100; far out the slope is 0.
        """
        value = math.tanh(self.value)
        return _made(value, (self, 1 - value * value))

    def relu(self) -> "Node":
        """Make the node max(0, self), whose slope is 1 above 0, and 0 below.

        Example:
            >>> (Node(3.0).relu().value, Node(-3.0).relu().value)
            (3.0, 0.0)

        Edges:
            - At 0 itself the slope is 0 or 1.
        """
        return _made(max(0.0, self.value), (self, 1.0 if self.value > 0 else 0.0))

    def backward(self) -> None:
        """Add d self / d node to the grad of every node that self was made from, and 1 to its own.

        A node that is used twice collects both slopes. What is in grad already stays and is added
        to. Shared parts are worked on once, however many paths lead there. Nothing else changes.

        Example:
            >>> x, w, b = Node(2.0), Node(5.0), Node(1.0)
            >>> a = x * w
            >>> p = a + b
            >>> p.backward()
            >>> (p.grad, a.grad, x.grad, w.grad)
            (1.0, 1.0, 5.0, 2.0)

        Edges:
            - A second call on the same result adds the same slopes again.
            - A result that shares nodes with an earlier one adds its own slopes alone: what grad
              has collected before is not handed on.
            - A chain of 5,000 nodes does not overflow Python's stack.
        """
        slopes = {id(self): 1.0}
        for node in reversed(topological_order(self)):
            slope = slopes[id(node)]
            node.grad += slope
            for source, derivative in node._steps:
                slopes[id(source)] = slopes.get(id(source), 0.0) + slope * derivative


def topological_order(node: Node) -> list[Node]:
    """List all that a node was made from, each after its inputs, the node itself last.

    Args:
        node: a Node.

    Returns:
        A list with each node once, leaves too; any such order will do. Plain numbers of an
        operation may be left out.

    Example:
        >>> x, y = Node(3.0), Node(2.0)
        >>> product = x * y
        >>> order = topological_order(product + x)
        >>> len(order)
        4
        >>> order.index(product) > order.index(y)
        True

    Edges:
        - Nodes are told apart by identity: two with the same value are two.
        - A chain of 5,000 nodes does not overflow Python's stack.
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
