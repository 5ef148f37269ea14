"""Other right answers that the spec of k13_backprop must accept."""

import graphlib
import heapq
import itertools
import math
from collections import Counter, deque
from dataclasses import dataclass, field


class Node__closures:
    """Each operation leaves a function that hands its slope on; numbers leave no trace."""

    def __init__(self, value):
        self.value = value
        self.grad = 0.0
        self.inputs = ()
        self._hand_on = None

    def _result(self, value, *pairs):
        out = Node__closures(value)
        pairs = [(node, slope) for node, slope in pairs if isinstance(node, Node__closures)]
        out.inputs = tuple(node for node, _ in pairs)

        def hand_on(upstream, slopes):
            for node, slope in pairs:
                slopes[id(node)] = slopes.get(id(node), 0.0) + upstream * slope

        out._hand_on = hand_on
        return out

    @staticmethod
    def _value(other):
        return other.value if isinstance(other, Node__closures) else other

    def __add__(self, other):
        return self._result(self.value + self._value(other), (self, 1), (other, 1))

    def __mul__(self, other):
        number = self._value(other)
        return self._result(self.value * number, (self, number), (other, self.value))

    def __pow__(self, other):
        n = self._value(other)
        log = math.log(self.value) if self.value > 0 else 0
        slope = n * self.value ** (n - 1) if n != 0 else 0
        return self._result(self.value**n, (self, slope), (other, self.value**n * log))

    def __rpow__(self, other):
        value = other**self.value
        return self._result(value, (self, value * math.log(other)))

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return (-self) + other

    def __truediv__(self, other):
        return self * other**-1

    def __rtruediv__(self, other):
        return self**-1 * other

    __radd__, __rmul__ = __add__, __mul__

    def exp(self):
        e = math.exp(self.value)
        return self._result(e, (self, e))

    def tanh(self):
        t = math.tanh(self.value)
        return self._result(t, (self, 1 - t**2))

    def relu(self):
        return self._result(0 if self.value < 0 else self.value, (self, self.value > 0))

    def backward(self):
        order, done, stack = [], set(), [(self, False)]
        while stack:
            node, ready = stack.pop()
            if ready:
                order.append(node)
            elif node not in done:
                done.add(node)
                stack.append((node, True))
                stack.extend((source, False) for source in node.inputs)
        slopes = {id(self): 1.0}
        for node in reversed(order):
            node.grad += slopes[id(node)]
            if node._hand_on:
                node._hand_on(slopes[id(node)], slopes)


_serial = itertools.count()


class Node__numbered:
    """Numbers the nodes as they are made; backward takes the youngest that waits."""

    __slots__ = ("grad", "inputs", "number", "partials", "value")

    def __init__(self, value, inputs=(), partials=()):
        self.value, self.grad = float(value), 0.0
        self.inputs, self.partials = inputs, partials
        self.number = next(_serial)

    @classmethod
    def lift(cls, other):
        return other if isinstance(other, cls) else cls(other)

    def __add__(self, other):
        other = self.lift(other)
        return Node__numbered(self.value + other.value, (self, other), (1.0, 1.0))

    def __radd__(self, other):
        return self.lift(other).__add__(self)

    def __neg__(self):
        return Node__numbered(-self.value, (self,), (-1.0,))

    def __sub__(self, other):
        return self + -self.lift(other)

    def __rsub__(self, other):
        return self.lift(other) + -self

    def __mul__(self, other):
        other = self.lift(other)
        return Node__numbered(self.value * other.value, (self, other), (other.value, self.value))

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        other = self.lift(other)
        partials = (1 / other.value, -self.value / other.value**2)
        return Node__numbered(self.value / other.value, (self, other), partials)

    def __rtruediv__(self, other):
        return self.lift(other) / self

    def __pow__(self, other):
        other = self.lift(other)
        x, n = self.value, other.value
        partials = (0.0 if n == 0 else n * x ** (n - 1), x**n * math.log(x) if x > 0 else math.nan)
        return Node__numbered(x**n, (self, other), partials)

    def __rpow__(self, other):
        return self.lift(other) ** self

    def exp(self):
        return math.e**self

    def tanh(self):
        e = (2 * self).exp()
        return (e - 1) / (e + 1)

    def relu(self):
        return self * float(self.value >= 0)

    def backward(self):
        slopes, heap = {self.number: 1.0}, [(-self.number, self)]
        while heap:
            _, node = heapq.heappop(heap)
            slope = slopes.pop(node.number)
            node.grad += slope
            for source, partial in zip(node.inputs, node.partials, strict=True):
                if source.number not in slopes:
                    slopes[source.number] = 0.0
                    heapq.heappush(heap, (-source.number, source))
                slopes[source.number] += slope * partial


@dataclass(eq=False, repr=False)
class Node__counted:
    """Counts how often each node is used, and lets it go on when all uses have come in."""

    value: float
    grad: float = 0.0
    inputs: tuple = ()
    derivatives: list = field(default_factory=list)

    def _made(self, value, inputs, derivatives):
        return Node__counted(value, inputs=tuple(inputs), derivatives=derivatives)

    def _both(self, other):
        return self, other if isinstance(other, Node__counted) else Node__counted(other)

    def __add__(self, other):
        a, b = self._both(other)
        return self._made(a.value + b.value, [a, b], [1.0, 1.0])

    def __sub__(self, other):
        a, b = self._both(other)
        return self._made(a.value - b.value, [a, b], [1.0, -1.0])

    def __rsub__(self, other):
        return Node__counted(other) - self

    def __mul__(self, other):
        a, b = self._both(other)
        if a is b:
            return self._made(a.value * a.value, [a], [2 * a.value])
        return self._made(a.value * b.value, [a, b], [b.value, a.value])

    def __truediv__(self, other):
        a, b = self._both(other)
        return a * b._made(1 / b.value, [b], [-1 / (b.value * b.value)])

    def __rtruediv__(self, other):
        return Node__counted(other) / self

    def __pow__(self, other):
        a, b = self._both(other)
        by_b = math.log(a.value) * a.value**b.value if a.value > 0 else 0.0
        by_a = 0.0
        if b.value != 0:
            by_a = b.value * math.pow(a.value, b.value - 1)
        return self._made(math.pow(a.value, b.value), [a, b], [by_a, by_b])

    def __rpow__(self, other):
        return Node__counted(float(other)).__pow__(self)

    def __neg__(self):
        return 0 - self

    def exp(self):
        e = math.exp(self.value)
        return self._made(e, [self], [e])

    def tanh(self):
        return self._made(math.tanh(self.value), [self], [1 / math.cosh(self.value) ** 2])

    def relu(self):
        return self._made(max(self.value, 0), [self], [1 if self.value > 0 else 0])

    def backward(self):
        uses, reached, waiting = Counter(), {id(self)}, [self]
        while waiting:
            for source in waiting.pop().inputs:
                uses[id(source)] += 1
                if id(source) not in reached:
                    reached.add(id(source))
                    waiting.append(source)
        slopes, ready = Counter({id(self): 1.0}), deque([self])
        while ready:
            node = ready.popleft()
            node.grad += slopes[id(node)]
            for source, derivative in zip(node.inputs, node.derivatives, strict=True):
                slopes[id(source)] += slopes[id(node)] * derivative
                uses[id(source)] -= 1
                if not uses[id(source)]:
                    ready.append(source)

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other


def topological_order__two_visits(node):
    """Puts each node on the stack twice: to open it, and to place it when its inputs are done."""
    order, opened, stack = [], set(), [(node, False)]
    while stack:
        entry, done = stack.pop()
        if done:
            order.append(entry)
        elif entry not in opened:
            opened.add(entry)
            stack.append((entry, True))
            stack += [(source, False) for source in entry.inputs]
    return order


def topological_order__iterators(node):
    """Keeps an iterator over the inputs of each node on the way."""
    order, seen, stack = [], {id(node)}, [(node, iter(node.inputs))]
    while stack:
        _, sources = stack[-1]
        source = next((s for s in sources if id(s) not in seen), None)
        if source is None:
            order.append(stack.pop()[0])
        else:
            seen.add(id(source))
            stack.append((source, iter(source.inputs)))
    return order


def topological_order__graphlib(node):
    """Leaves the order to the standard library."""
    graph, waiting = {}, [node]
    while waiting:
        entry = waiting.pop()
        if entry not in graph:
            graph[entry] = entry.inputs
            waiting.extend(entry.inputs)
    return list(graphlib.TopologicalSorter(graph).static_order())


def topological_order__from_the_result(node):
    """Counts the uses of each node, takes those used no more, and turns the order round."""
    uses, found = Counter(), {id(node): node}
    waiting = deque([node])
    while waiting:
        for source in waiting.popleft().inputs:
            uses[id(source)] += 1
            if id(source) not in found:
                found[id(source)] = source
                waiting.append(source)
    order = [node]
    for entry in order:
        for source in entry.inputs:
            uses[id(source)] -= 1
            if uses[id(source)] == 0:
                order.append(source)
    order.reverse()
    return order


def topological_order__generators(node):
    """Goes in recursion's order by generators, driven from a loop."""

    def visit(entry, placed, order):
        for source in entry.inputs:
            if source not in placed:
                placed.add(source)
                yield visit(source, placed, order)
        order.append(entry)

    order = []
    stack = [visit(node, {node}, order)]
    while stack:
        step = next(stack[-1], None)
        if step is None:
            stack.pop()
        else:
            stack.append(step)
    return order
