"""What the spec of k13_backprop must reject too, though no learner would write it."""

import math

import numpy as np

from ..wrong.k13_backprop import _Node, _order


class Node__waits_for_every_user(_Node):
    """You waited for all nodes that were made from one, also for those that this result lacks."""

    def made(self, value, inputs, slopes):
        node = super().made(value, inputs, slopes)
        for source in inputs:
            source.users = getattr(source, "users", 0) + 1
        return node

    def backward(self):
        slopes, heard, ready = {id(self): 1.0}, {}, [self]
        while ready:
            node = ready.pop()
            node.grad += slopes[id(node)]
            for source, derivative in zip(node.inputs, node.slopes, strict=True):
                slope = slopes[id(node)] * derivative
                slopes[id(source)] = slopes.get(id(source), 0.0) + slope
                heard[id(source)] = heard.get(id(source), 0) + 1
                if heard[id(source)] == source.users:
                    ready.append(source)


class Node__grad_begins_as_one(_Node):
    """grad begins as 1.0. Only backward puts slopes there; before it, grad is 0.0."""

    def __init__(self, value):
        super().__init__(value)
        self.grad = 1.0


class Node__float32(_Node):
    """You keep values in float32, where 0.1 is only about 0.1. A Python float has more digits."""

    def made(self, value, inputs, slopes):
        return super().made(float(np.float32(value)), inputs, slopes)


class Node__nothing_to_do(_Node):
    """x + 0 gave x itself. Each operation makes a new node, which has a grad of its own."""

    def __add__(self, other):
        return self if not isinstance(other, _Node) and other == 0 else super().__add__(other)

    def __radd__(self, other):
        return self + other


class Node__grows_in_place(_Node):
    """x += y wrote into x. Leave __iadd__ out, and Python makes a new node of x + y."""

    def __iadd__(self, other):
        self.value += self.node(other).value
        return self


class Node__in_place_addition(_Node):
    """x + y changed x. An operation makes a new node."""

    def __add__(self, other):
        result = super().__add__(other)
        self.value = result.value
        return result


class Node__floor_division(_Node):
    """You divided with //, which rounds down. / is asked for."""

    def __truediv__(self, other):
        other = self.node(other)
        value = self.value // other.value
        return self.made(value, (self, other), (1 / other.value, -self.value / other.value**2))


class Node__whole_powers_only(_Node):
    """You put the exponent through int, so x ** 0.5 is 1. It may be any number."""

    def __pow__(self, other):
        return super().__pow__(other if isinstance(other, _Node) else int(other))


class Node__no_slope_at_zero(_Node):
    """You gave x = 0 the slope 0 in every power. That of x ** 1 is 1 there too."""

    def __pow__(self, other):
        result = super().__pow__(other)
        if self.value == 0:
            result.slopes = (0.0, 0.0)
        return result


class Node__relu_leaks(_Node):
    """Below 0 relu is exactly 0. Yours leaks a little, as leaky ReLU does."""

    def relu(self):
        open_ = self.value > 0
        return self.made(
            self.value if open_ else 0.01 * self.value, (self,), (1.0 if open_ else 0.01,)
        )


class Node__relu_absolute(_Node):
    """You took the absolute value. relu makes negatives 0."""

    def relu(self):
        return self.made(abs(self.value), (self,), (math.copysign(1.0, self.value),))


class Node__relu_cuts_at_one(_Node):
    """relu begins to rise at 0. Yours begins at 1."""

    def relu(self):
        open_ = self.value > 1
        return self.made(self.value if open_ else 0.0, (self,), (float(open_),))


class Node__slope_times_value(_Node):
    """You multiplied by the node's value on the way. Only derivatives multiply along a path."""

    def backward(self):
        slopes = {id(self): 1.0}
        for node in reversed(_order(self)):
            slope = slopes[id(node)]
            node.grad += slope
            for source, derivative in zip(node.inputs, node.slopes, strict=True):
                hand = slope * derivative * (node.value if node is not self else 1.0)
                slopes[id(source)] = slopes.get(id(source), 0.0) + hand


def topological_order__first_of_each_path(node):
    """You walked every path and then took out what came twice: 60 forks make 2⁶⁰ paths."""
    every, waiting = [], [node]
    while waiting:
        last = waiting.pop()
        every.append(last)
        waiting.extend(last.inputs)
    last_place = {id(entry): place for place, entry in enumerate(every)}
    kept = [entry for place, entry in enumerate(every) if last_place[id(entry)] == place]
    wanted = {id(entry) for entry in kept}
    return [entry for entry in _order(node) if id(entry) in wanted]


def topological_order__empties_inputs(node):
    """You took the inputs out of the nodes. Only look at them."""
    order = _order(node)
    for entry in order:
        entry.inputs = ()
    return order


def topological_order__clears_grads(node):
    """You set grads to 0 on the way. Only inputs are to be looked at."""
    order = _order(node)
    for entry in order:
        entry.grad = 0.0
    return order
