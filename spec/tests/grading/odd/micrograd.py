# k13_backprop.Node: a graph with underscores and closures
import math


class Node:
    def __init__(self, value, _inputs=(), _op=""):
        self.value = float(value)
        self.grad = 0.0
        self.inputs = tuple(_inputs)
        self._op = _op
        self._backward = lambda slope: ()

    def _lift(self, other):
        return other if isinstance(other, Node) else Node(other)

    def __add__(self, other):
        other = self._lift(other)
        out = Node(self.value + other.value, (self, other), "+")
        out._backward = lambda slope: ((self, slope), (other, slope))
        return out

    def __mul__(self, other):
        other = self._lift(other)
        out = Node(self.value * other.value, (self, other), "*")
        out._backward = lambda slope: ((self, slope * other.value), (other, slope * self.value))
        return out

    def __pow__(self, other):
        other = self._lift(other)
        x, n = self.value, other.value
        out = Node(x**n, (self, other), "**")

        def slopes(slope):
            by_base = 0.0 if n == 0 else n * x ** (n - 1)
            by_exponent = out.value * math.log(x) if x > 0 else 0.0
            return ((self, slope * by_base), (other, slope * by_exponent))

        out._backward = slopes
        return out

    def __rpow__(self, other):
        return self._lift(other) ** self

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-self._lift(other))

    def __rsub__(self, other):
        return self._lift(other) + (-self)

    def __truediv__(self, other):
        other = self._lift(other)
        out = Node(self.value / other.value, (self, other), "/")
        out._backward = lambda slope: (
            (self, slope / other.value),
            (other, -slope * self.value / other.value**2),
        )
        return out

    def __rtruediv__(self, other):
        return self._lift(other) / self

    __radd__ = __add__
    __rmul__ = __mul__

    def exp(self):
        out = Node(math.exp(self.value), (self,), "exp")
        out._backward = lambda slope: ((self, slope * out.value),)
        return out

    def tanh(self):
        out = Node(math.tanh(self.value), (self,), "tanh")
        out._backward = lambda slope: ((self, slope * (1 - out.value**2)),)
        return out

    def relu(self):
        out = Node(max(0.0, self.value), (self,), "relu")
        out._backward = lambda slope: ((self, slope * float(self.value > 0)),)
        return out

    def backward(self):
        slopes = {id(node): 0.0 for node in topological_order(self)}
        slopes[id(self)] = 1.0
        for node in reversed(topological_order(self)):
            slope = slopes[id(node)]
            node.grad += slope
            for source, part in node._backward(slope):
                slopes[id(source)] += part


def topological_order(node):
    order, seen, stack = [], set(), [(node, False)]
    while stack:
        current, ready = stack.pop()
        if ready:
            order.append(current)
        elif id(current) not in seen:
            seen.add(id(current))
            stack.append((current, True))
            stack.extend((source, False) for source in current.inputs)
    return order
