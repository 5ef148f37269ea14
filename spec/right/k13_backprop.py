"""Other right answers that the spec of k13_backprop must accept."""

import graphlib
import heapq
import itertools
import math
import operator
from collections import Counter, deque

import numpy as np


class Node__closures:
    """Each operation leaves a function that hands its slope on; numbers leave no trace."""

    def __init__(self, value):
        self.value = value
        self.grad = 0.0
        self.inputs = ()
        self._hand_on = None

    def _result(self, value, *pairs):
        out = type(self)(value)
        pairs = [(node, slope) for node, slope in pairs if isinstance(node, type(self))]
        out.inputs = tuple(node for node, _ in pairs)

        def hand_on(upstream, slopes):
            for node, slope in pairs:
                slopes[id(node)] = slopes.get(id(node), 0.0) + upstream * slope

        out._hand_on = hand_on
        return out

    def _value(self, other):
        return other.value if isinstance(other, type(self)) else other

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

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

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


class Node__sets_and_steps:
    """Keeps inputs in a set, and a step that adds to a dict; powers are of numbers alone."""

    def __init__(self, data, children=()):
        self.value = data
        self.grad = 0
        self.inputs = set(children)
        self._step = lambda slope, slopes: None

    @staticmethod
    def _add(slopes, node, slope):
        slopes[node] = slopes.get(node, 0) + slope

    def _unary(self, value, derivative):
        out = type(self)(value, (self,))
        out._step = lambda slope, slopes: self._add(slopes, self, slope * derivative)
        return out

    def __add__(self, other):
        other = other if isinstance(other, type(self)) else type(self)(other)
        out = type(self)(self.value + other.value, (self, other))

        def step(slope, slopes):
            self._add(slopes, self, slope)
            self._add(slopes, other, slope)

        out._step = step
        return out

    def __mul__(self, other):
        other = other if isinstance(other, type(self)) else type(self)(other)
        out = type(self)(self.value * other.value, (self, other))

        def step(slope, slopes):
            self._add(slopes, self, slope * other.value)
            self._add(slopes, other, slope * self.value)

        out._step = step
        return out

    def __pow__(self, other):
        if not isinstance(other, (int, float)):
            raise TypeError("only powers of int and float")
        return self._unary(self.value**other, other * self.value ** (other - 1))

    def __rpow__(self, other):
        value = other**self.value
        return self._unary(value, value * math.log(other))

    def __neg__(self):
        return self * -1

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return other + (-self)

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        return self * other**-1

    def __rtruediv__(self, other):
        return other * self**-1

    def exp(self):
        value = math.exp(self.value)
        return self._unary(value, value)

    def tanh(self):
        value = math.tanh(self.value)
        return self._unary(value, 1 - value**2)

    def relu(self):
        value = 0 if self.value < 0 else self.value
        return self._unary(value, value > 0)

    def backward(self):
        order, seen = [], []
        waiting = [(self, False)]
        while waiting:
            node, ready = waiting.pop()
            if ready:
                order.insert(0, node)
            elif node not in seen:
                seen.append(node)
                waiting.append((node, True))
                waiting += [(source, False) for source in node.inputs]
        slopes = {self: 1}
        for node in order:
            node.grad += slopes[node]
            node._step(slopes[node], slopes)


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
        return type(self)(self.value + other.value, (self, other), (1.0, 1.0))

    def __radd__(self, other):
        return self.lift(other).__add__(self)

    def __neg__(self):
        return type(self)(-self.value, (self,), (-1.0,))

    def __sub__(self, other):
        return self + -self.lift(other)

    def __rsub__(self, other):
        return self.lift(other) + -self

    def __mul__(self, other):
        other = self.lift(other)
        return type(self)(self.value * other.value, (self, other), (other.value, self.value))

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        other = self.lift(other)
        partials = (1 / other.value, -self.value / other.value**2)
        return type(self)(self.value / other.value, (self, other), partials)

    def __rtruediv__(self, other):
        return self.lift(other) / self

    def __pow__(self, other):
        other = self.lift(other)
        x, n = self.value, other.value
        partials = (0.0 if n == 0 else n * x ** (n - 1), x**n * math.log(x) if x > 0 else math.nan)
        return type(self)(x**n, (self, other), partials)

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


class Node__counted:
    """Counts how often each node is used, and lets it go on when all uses have come in."""

    def __init__(self, value, inputs=(), derivatives=()):
        self.value = value
        self.grad = 0.0
        self.inputs = inputs
        self.derivatives = derivatives

    def _made(self, value, inputs, derivatives):
        return type(self)(value, inputs=tuple(inputs), derivatives=derivatives)

    def _both(self, other):
        return self, other if isinstance(other, type(self)) else type(self)(other)

    def __add__(self, other):
        a, b = self._both(other)
        return self._made(a.value + b.value, [a, b], [1.0, 1.0])

    def __sub__(self, other):
        a, b = self._both(other)
        return self._made(a.value - b.value, [a, b], [1.0, -1.0])

    def __rsub__(self, other):
        return type(self)(other) - self

    def __mul__(self, other):
        a, b = self._both(other)
        if a is b:
            return self._made(a.value * a.value, [a], [2 * a.value])
        return self._made(a.value * b.value, [a, b], [b.value, a.value])

    def __truediv__(self, other):
        a, b = self._both(other)
        return a * b._made(1 / b.value, [b], [-1 / (b.value * b.value)])

    def __rtruediv__(self, other):
        return type(self)(other) / self

    def __pow__(self, other):
        a, b = self._both(other)
        by_b = math.log(a.value) * a.value**b.value if a.value > 0 else 0.0
        by_a = 0.0
        if b.value != 0:
            by_a = b.value * math.pow(a.value, b.value - 1)
        return self._made(math.pow(a.value, b.value), [a, b], [by_a, by_b])

    def __rpow__(self, other):
        return type(self)(float(other)).__pow__(self)

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


class Node__words:
    """Keeps the operation as a word, and works its derivatives out only in the backward pass."""

    def __init__(self, value):
        self.value = float(value)
        self.grad = 0.0
        self.inputs = ()
        self.word = "leaf"
        self.operands = ()
        self.depth = 0

    @classmethod
    def apply(cls, word, *operands):
        a, *b = (o.value if isinstance(o, cls) else float(o) for o in operands)
        node = cls(
            {
                "+": lambda: a + b[0],
                "-": lambda: a - b[0],
                "*": lambda: a * b[0],
                "/": lambda: a / b[0],
                "**": lambda: math.pow(a, b[0]),
                "exp": lambda: math.exp(a),
                "tanh": lambda: math.tanh(a),
                "relu": lambda: a if a > 0 else 0,
            }[word]()
        )
        node.word, node.operands = word, operands
        node.inputs = tuple(o for o in operands if isinstance(o, cls))
        node.depth = 1 + max(source.depth for source in node.inputs)
        return node

    def derivatives(self):
        a, *b = (o.value if isinstance(o, type(self)) else float(o) for o in self.operands)
        match self.word:
            case "+":
                return 1, 1
            case "-":
                return 1, -1
            case "*":
                return b[0], a
            case "/":
                return 1 / b[0], -self.value / b[0]
            case "**":
                by_exponent = math.log(a) * self.value if a > 0 else math.inf
                return b[0] and b[0] * math.pow(a, b[0] - 1), by_exponent
            case "exp":
                return (self.value,)
            case "tanh":
                return ((1 - self.value) * (1 + self.value),)
            case "relu":
                return (self.value > 0,)

    def __add__(self, other):
        return self.apply("+", self, other)

    def __radd__(self, other):
        return self.apply("+", other, self)

    def __sub__(self, other):
        return self.apply("-", self, other)

    def __rsub__(self, other):
        return self.apply("-", other, self)

    def __mul__(self, other):
        return self.apply("*", self, other)

    def __rmul__(self, other):
        return self.apply("*", other, self)

    def __truediv__(self, other):
        return self.apply("/", self, other)

    def __rtruediv__(self, other):
        return self.apply("/", other, self)

    def __pow__(self, other):
        return self.apply("**", self, other)

    def __rpow__(self, other):
        return self.apply("**", other, self)

    def __neg__(self):
        return self.apply("-", 0, self)

    def exp(self):
        return self.apply("exp", self)

    def tanh(self):
        return self.apply("tanh", self)

    def relu(self):
        return self.apply("relu", self)

    def backward(self):
        family, news = {self}, [self]
        while news:
            news = list({source for node in news for source in node.inputs} - family)
            family.update(news)
        slopes = dict.fromkeys(family, 0.0)
        slopes[self] = 1.0
        for node in sorted(family, key=lambda node: -node.depth):
            node.grad += slopes[node]
            if node.inputs:
                for operand, derivative in zip(node.operands, node.derivatives(), strict=True):
                    if operand in slopes:
                        slopes[operand] += slopes[node] * derivative


_tape = []


class Node__tape:
    """Writes every node on one tape, which backward reads from its own place to the beginning."""

    def __init__(self, value, *parts):
        self.value, self.grad, self.parts = value, 0, parts
        self.place = len(_tape)
        _tape.append(self)

    @property
    def inputs(self):
        return tuple(source for source, _ in self.parts)

    def node(self, other):
        return other if isinstance(other, type(self)) else type(self)(other)

    def __add__(self, other):
        other = self.node(other)
        return type(self)(self.value + other.value, (self, 1), (other, 1))

    def __mul__(self, other):
        other = self.node(other)
        return type(self)(self.value * other.value, (self, other.value), (other, self.value))

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -self.node(other)

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * self.node(other) ** -1

    def __rtruediv__(self, other):
        return self**-1 * other

    def __pow__(self, other):
        other = self.node(other)
        x, n = self.value, other.value
        try:
            by_base = n * x ** (n - 1)
        except ZeroDivisionError:
            by_base = 0
        return type(self)(x**n, (self, by_base), (other, x**n * math.log(abs(x) or 1)))

    def __rpow__(self, other):
        return type(self)(other) ** self

    def exp(self):
        e = math.exp(self.value)
        return type(self)(e, (self, e))

    def tanh(self):
        e = (self * 2).exp()
        return (e - 1) / (e + 1)

    def relu(self):
        return type(self)(max(0, self.value), (self, int(self.value > 0)))

    def backward(self):
        slopes = {self.place: 1}
        for node in _tape[self.place :: -1]:
            if node.place in slopes:
                node.grad += slopes[node.place]
                for source, derivative in node.parts:
                    step = slopes[node.place] * derivative
                    slopes[source.place] = slopes.get(source.place, 0) + step


class Node__a_class_each:
    """Has a class for each operation, and keeps nodes that went in twice only once."""

    def __init__(self, value):
        self._value, self._grad, self._operands = value, 0.0, ()

    @property
    def value(self):
        return self._value

    @property
    def grad(self):
        return self._grad

    @grad.setter
    def grad(self, slope):
        self._grad = slope

    @property
    def inputs(self):
        return tuple(dict.fromkeys(self._operands))

    def _apply(self, operation, *operands):
        kind = type(self)
        nodes = [o if isinstance(o, kind) else kind(o) for o in operands]
        node = kind(operation.function(*[node.value for node in nodes]))
        node._operation, node._operands = operation, nodes
        return node

    def __add__(self, other):
        return self._apply(_Sum, self, other)

    def __radd__(self, other):
        return self._apply(_Sum, other, self)

    def __sub__(self, other):
        return self._apply(_Difference, self, other)

    def __rsub__(self, other):
        return self._apply(_Difference, other, self)

    def __mul__(self, other):
        return self._apply(_Product, self, other)

    def __rmul__(self, other):
        return self._apply(_Product, other, self)

    def __truediv__(self, other):
        return self._apply(_Quotient, self, other)

    def __rtruediv__(self, other):
        return self._apply(_Quotient, other, self)

    def __pow__(self, other):
        return self._apply(_Power, self, other)

    def __rpow__(self, other):
        return self._apply(_Power, other, self)

    def __neg__(self):
        return self._apply(_Difference, -0.0, self)

    def exp(self):
        return self._apply(_Exponential, self)

    def tanh(self):
        return self._apply(_Tangent, self)

    def relu(self):
        return self._apply(_Ramp, self)

    def backward(self):
        marks, order, waiting = {}, [], [self]
        while waiting:
            node = waiting[-1]
            if marks.setdefault(node, "new") == "new":
                marks[node] = "open"
                waiting += [source for source in node.inputs if source not in marks]
            else:
                waiting.pop()
                if marks[node] == "open":
                    marks[node] = "done"
                    order.append(node)
        slopes = np.zeros(len(order))
        slopes[-1] = 1
        places = {node: place for place, node in enumerate(order)}
        for node in reversed(order):
            slope = slopes[places[node]]
            node.grad += slope
            if node._operands:
                places_before = [places[source] for source in node._operands]
                values = [source.value for source in node._operands]
                derivatives = node._operation.derivatives(node.value, *values)
                np.add.at(slopes, places_before, slope * np.array(derivatives))


class _Sum:
    function = operator.add

    @staticmethod
    def derivatives(_, x, y):
        return 1.0, 1.0


class _Difference:
    function = operator.sub

    @staticmethod
    def derivatives(_, x, y):
        return 1.0, -1.0


class _Product:
    function = operator.mul

    @staticmethod
    def derivatives(_, x, y):
        return y, x


class _Quotient:
    function = operator.truediv

    @staticmethod
    def derivatives(_, x, y):
        return 1 / y, -x / y / y


class _Power:
    function = operator.pow

    @staticmethod
    def derivatives(value, x, n):
        return n * x ** (n - 1) if n else 0.0, math.log(x) * value if x > 0 else math.nan


class _Exponential:
    function = np.exp

    @staticmethod
    def derivatives(value, _):
        return (value,)


class _Tangent:
    function = np.tanh

    @staticmethod
    def derivatives(value, _):
        return (1 - value**2,)


class _Ramp:
    @staticmethod
    def function(x):
        return x if x >= 0 else 0

    @staticmethod
    def derivatives(_, x):
        return (float(x >= 0),)


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


def topological_order__from_the_leaves(node):
    """Begins with the leaves; a node follows as soon as the last of its inputs has its place."""
    made, missing, leaves, waiting = {}, {node: len(node.inputs)}, [], [node]
    while waiting:
        entry = waiting.pop()
        if not entry.inputs:
            leaves.append(entry)
        for source in entry.inputs:
            made.setdefault(source, []).append(entry)
            if source not in missing:
                missing[source] = len(source.inputs)
                waiting.append(source)
    order = leaves
    for entry in order:
        for user in made.get(entry, ()):
            missing[user] -= 1
            if missing[user] == 0:
                order.append(user)
    return order


def topological_order__by_height(node):
    """Sorts by the longest way to a leaf."""
    heights, waiting = {}, [node]
    while waiting:
        missing = [source for source in waiting[-1].inputs if source not in heights]
        waiting += missing
        if not missing:
            entry = waiting.pop()
            heights[entry] = 1 + max((heights[source] for source in entry.inputs), default=0)
    return sorted(heights, key=heights.get)


def topological_order__layers(node):
    """Peels the graph from the result, a layer of nodes that nobody uses any more at a time."""
    uses, seen, waiting = Counter(), {node}, [node]
    while waiting:
        for source in waiting.pop().inputs:
            uses[source] += 1
            if source not in seen:
                seen.add(source)
                waiting.append(source)
    layers = [[node]]
    while layers[-1]:
        uses.subtract(source for entry in layers[-1] for source in entry.inputs)
        below = dict.fromkeys(source for entry in layers[-1] for source in entry.inputs)
        layers.append([source for source in below if not uses[source]])
    return [entry for layer in reversed(layers) for entry in layer]


def topological_order__sought_in_a_list(node):
    """Seeks in the list itself what has its place: slower, and no less right."""
    order, waiting = [], [node]
    while waiting:
        last = waiting[-1]
        missing = [source for source in last.inputs if source not in order]
        waiting.extend(missing)
        if not missing:
            waiting.pop()
            if last not in order:
                order.append(last)
    return order


def topological_order__tuple(node):
    """Yields the nodes one by one, and gives a tuple, which is as good."""
    placed = set()

    def visited(waiting):
        while waiting:
            entry, done = waiting.pop()
            if done:
                yield entry
            elif entry not in placed:
                placed.add(entry)
                waiting += [(entry, True), *((source, False) for source in entry.inputs)]

    return tuple(visited([(node, False)]))
