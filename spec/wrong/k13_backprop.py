"""Mistakes that the spec of k13_backprop must reject, each with the words that name it."""

import math


def _order(node):
    """A right topological order, for answers that are wrong elsewhere."""
    order, placed, waiting = [], set(), [node]
    while waiting:
        last = waiting[-1]
        missing = [source for source in last.inputs if id(source) not in placed]
        waiting.extend(missing)
        if not missing:
            waiting.pop()
            if id(last) not in placed:
                placed.add(id(last))
                order.append(last)
    return order


class _Node:
    """A right node, of which each class below changes one thing."""

    def __init_subclass__(cls):
        cls.__name__ = "Node"  # which Python's own error messages quote

    def __init__(self, value):
        self.value = value
        self.grad = 0.0
        self.inputs = ()
        self.slopes = ()

    def made(self, value, inputs, slopes):
        node = type(self)(value)
        node.inputs, node.slopes = inputs, slopes
        return node

    def node(self, other):
        return other if isinstance(other, _Node) else type(self)(other)

    def __add__(self, other):
        other = self.node(other)
        return self.made(self.value + other.value, (self, other), (1.0, 1.0))

    def __radd__(self, other):
        return self.node(other) + self

    def __sub__(self, other):
        other = self.node(other)
        return self.made(self.value - other.value, (self, other), (1.0, -1.0))

    def __rsub__(self, other):
        return self.node(other) - self

    def __mul__(self, other):
        other = self.node(other)
        return self.made(self.value * other.value, (self, other), (other.value, self.value))

    def __rmul__(self, other):
        return self.node(other) * self

    def __truediv__(self, other):
        other = self.node(other)
        value = self.value / other.value
        return self.made(value, (self, other), (1 / other.value, -value / other.value))

    def __rtruediv__(self, other):
        return self.node(other) / self

    def __pow__(self, other):
        other = self.node(other)
        value = self.value**other.value
        by_base = other.value * self.value ** (other.value - 1) if other.value else 0.0
        by_exponent = value * math.log(self.value) if self.value > 0 else 0.0
        return self.made(value, (self, other), (by_base, by_exponent))

    def __rpow__(self, other):
        return self.node(other) ** self

    def __neg__(self):
        return self.made(-self.value, (self,), (-1.0,))

    def exp(self):
        value = math.exp(self.value)
        return self.made(value, (self,), (value,))

    def tanh(self):
        value = math.tanh(self.value)
        return self.made(value, (self,), (1 - value * value,))

    def relu(self):
        return self.made(max(0.0, self.value), (self,), (float(self.value > 0),))

    def backward(self):
        slopes = {id(self): 1.0}
        for node in reversed(_order(self)):
            slope = slopes[id(node)]
            node.grad += slope
            for source, derivative in zip(node.inputs, node.slopes, strict=True):
                slopes[id(source)] = slopes.get(id(source), 0.0) + slope * derivative


class Node__grad_is_the_running_slope(_Node):
    """You handed on grad itself, in which earlier runs have left slopes. Keep this run's slopes
    apart, and add them to grad."""

    def backward(self):
        self.grad = 1.0
        for node in reversed(_order(self)):
            for source, derivative in zip(node.inputs, node.slopes, strict=True):
                source.grad += node.grad * derivative


class Node__overwrites_the_grad(_Node):
    """A second use replaced the slope of the first, as `=` does. A node that is used twice collects
    both: `+=`."""

    def backward(self):
        self.grad = 1.0
        for node in reversed(_order(self)):
            for source, derivative in zip(node.inputs, node.slopes, strict=True):
                source.grad = node.grad * derivative


class Node__walks_every_path(_Node):
    """You called backward on each input in turn: right, but 60 forks make 2⁶⁰ paths."""

    def backward(self, slope=1.0):
        self.grad += slope
        for source, derivative in zip(self.inputs, self.slopes, strict=True):
            source.backward(slope * derivative)


class Node__recursive_order(_Node):
    """The order is found by recursion, and a long chain overflows Python's stack. Use a list."""

    def backward(self):
        order, placed = [], set()

        def visit(node):
            if id(node) not in placed:
                placed.add(id(node))
                for source in node.inputs:
                    visit(source)
                order.append(node)

        visit(self)
        slopes = {id(self): 1.0}
        for node in reversed(order):
            slope = slopes[id(node)]
            node.grad += slope
            for source, derivative in zip(node.inputs, node.slopes, strict=True):
                slopes[id(source)] = slopes.get(id(source), 0.0) + slope * derivative


class Node__no_number_on_the_left(_Node):
    """2 + x fails: the int 2 knows nothing of nodes, so Python asks x.__radd__. Define it, and its
    like."""

    def __radd__(self, other):
        return NotImplemented

    def __rsub__(self, other):
        return NotImplemented

    def __rmul__(self, other):
        return NotImplemented

    def __rtruediv__(self, other):
        return NotImplemented

    def __rpow__(self, other):
        return NotImplemented


class Node__sum_and_product_alone_from_the_left(_Node):
    """A number on the left works with + and * alone. -, / and ** ask for __rsub__, __rtruediv__ and
    __rpow__, in which the sides are not alike."""

    def __rsub__(self, other):
        return NotImplemented

    def __rtruediv__(self, other):
        return NotImplemented

    def __rpow__(self, other):
        return NotImplemented


class Node__no_number_on_the_right(_Node):
    """x + 2 fails: you took for granted that the other side is a node. Make a node of a number."""

    def node(self, other):
        return other


class Node__queue_without_order(_Node):
    """You handed on all that grad had collected, more than once or from earlier runs too. Hand on
    this run's slope, once it is whole."""

    def backward(self):
        self.grad, waiting = 1.0, [self]
        while waiting:
            node = waiting.pop(0)
            for source, derivative in zip(node.inputs, node.slopes, strict=True):
                source.grad += node.grad * derivative
                waiting.append(source)


class Node__clears_all_grads_first(_Node):
    """You set all grads to 0 before you began. What is in grad already is added to."""

    def backward(self):
        for node in _order(self):
            node.grad = 0.0
        super().backward()


class Node__grad_of_the_result_counts_again(_Node):
    """You added 1 to the result's grad and handed on the sum, with what stood there before."""

    def backward(self):
        self.grad += 1.0
        for node in reversed(_order(self)):
            for source, derivative in zip(node.inputs, node.slopes, strict=True):
                source.grad += node.grad * derivative


class Node__clears_between(_Node):
    """You cleared the grads between result and leaves. They too are added to."""

    def backward(self):
        for node in _order(self):
            if node.inputs:
                node.grad = 0.0
        super().backward()


class Node__own_grad_overwritten(_Node):
    """The result's own grad ends as 1, whatever it was before. It may have collected slopes: add
    1."""

    def backward(self):
        self.grad = 0.0
        super().backward()


class Node__leaves_only(_Node):
    """You filled the leaves only. Every node on the way collects its slope too."""

    def backward(self):
        kept = [(node, node.grad) for node in _order(self) if node.inputs]
        super().backward()
        for node, grad in kept:
            node.grad = grad


class Node__forgets_to_begin_with_one(_Node):
    """The result's slope with respect to itself is 1. You began with 0, and all stayed 0."""

    def backward(self):
        for node in reversed(_order(self)):
            for source, derivative in zip(node.inputs, node.slopes, strict=True):
                source.grad += node.grad * derivative


class Node__one_step_only(_Node):
    """You reached the inputs of the result, and not what they were made from."""

    def backward(self):
        self.grad += 1.0
        for source, derivative in zip(self.inputs, self.slopes, strict=True):
            source.grad += derivative


class Node__breadth_first(_Node):
    """You went breadth first: a node at the end of a short way hands on before the long arrives."""

    def backward(self):
        slopes, waiting, seen = {id(self): 1.0}, [self], {id(self)}
        for node in waiting:
            slope = slopes[id(node)]
            for source, derivative in zip(node.inputs, node.slopes, strict=True):
                slopes[id(source)] = slopes.get(id(source), 0.0) + slope * derivative
                if id(source) not in seen:
                    seen.add(id(source))
                    waiting.append(source)
        for node in waiting:
            node.grad += slopes[id(node)]


class Node__depth_first_once(_Node):
    """You left a node at its first visit, before the slopes of its other uses had arrived."""

    def backward(self):
        slopes, waiting, seen, reached = {id(self): 1.0}, [self], set(), []
        while waiting:
            node = waiting.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            reached.append(node)
            for source, derivative in zip(node.inputs, node.slopes, strict=True):
                slopes[id(source)] = slopes.get(id(source), 0.0) + slopes[id(node)] * derivative
                waiting.append(source)
        for node in reached:
            node.grad += slopes[id(node)]


class Node__runs_once_only(_Node):
    """A second backward does nothing: marks of the first are still there, or what it walks along is
    gone. Leave the nodes as they were, but for grad."""

    def backward(self):
        if not getattr(self, "done", False):
            self.done = True
            super().backward()


class Node__a_set_of_inputs(_Node):
    """You keep inputs in a set, so x * x has only one, and one of its slopes is lost."""

    def made(self, value, inputs, slopes):
        kept = dict(zip(inputs, slopes, strict=True))
        return super().made(value, tuple(kept), tuple(kept.values()))


class Node__frees_the_graph(_Node):
    """A second backward finds nothing to walk along: inputs were emptied, as torch frees its graph,
    or are passed over as done already."""

    def backward(self):
        order = _order(self)
        super().backward()
        for node in order:
            node.inputs = node.slopes = ()


class Node__result_without_its_one(_Node):
    """You left out the result's own grad. Its slope with respect to itself is 1."""

    def backward(self):
        before = self.grad
        super().backward()
        self.grad = before


class Node__slopes_by_value(_Node):
    """You told nodes apart by their values. Two nodes of one value are two: compare identities."""

    def backward(self):
        slopes = {self.value: 1.0}
        for node in reversed(_order(self)):
            slope = slopes[node.value]
            node.grad += slope
            for source, derivative in zip(node.inputs, node.slopes, strict=True):
                slopes[source.value] = slopes.get(source.value, 0.0) + slope * derivative


class Node__inputs_are_values(_Node):
    """inputs holds numbers. It is the tuple of the nodes themselves."""

    def made(self, value, inputs, slopes):
        node = super().made(value, inputs, slopes)
        node.sources, node.inputs = inputs, tuple(source.value for source in inputs)
        return node


class Node__inputs_of_a_leaf_is_none(_Node):
    """A leaf has None for inputs. It was made from no nodes: ()."""

    def __init__(self, value):
        super().__init__(value)
        self.inputs = None


class Node__inputs_are_copies(_Node):
    """You made new nodes of the inputs. Slopes must reach the nodes that went in themselves."""

    def made(self, value, inputs, slopes):
        return super().made(value, tuple(type(self)(source.value) for source in inputs), slopes)


class Node__grad_begins_as_none(_Node):
    """grad is None at first. It begins as 0.0, to which slopes are added."""

    def __init__(self, value):
        super().__init__(value)
        self.grad = None

    def backward(self):
        for node in _order(self):
            node.grad = node.grad or 0.0
        super().backward()


class Node__floats_only(_Node):
    """You refused ints. They are numbers too: isinstance(other, (int, float))."""

    def node(self, other):
        if not isinstance(other, (_Node, float)):
            raise TypeError("a node or a float is needed")
        return super().node(other)


class Node__sum_is_a_number(_Node):
    """x + y gave a plain number. An operation makes a Node, or nothing can be added to its grad."""

    def __add__(self, other):
        return self.value + self.node(other).value


class Node__product_is_a_number(_Node):
    """x * y gave a plain number. An operation makes a Node, which remembers x and y."""

    def __mul__(self, other):
        return self.value * self.node(other).value


class Node__operations_forget(_Node):
    """The new node has the value, but its inputs are empty: it forgot what it was made from."""

    def made(self, value, inputs, slopes):
        return type(self)(value)


class Node__sum_forgets_the_right_side(_Node):
    """Your sum remembers one of its two nodes. Both went in, so both stand in inputs."""

    def __add__(self, other):
        return self.made(self.value + self.node(other).value, (self,), (1.0,))


class Node__addition_of_slopes_wrong(_Node):
    """In a sum each side has the slope 1. You used the other side's value, as in a product."""

    def __add__(self, other):
        other = self.node(other)
        return self.made(self.value + other.value, (self, other), (other.value, self.value))


class Node__minus_lost(_Node):
    """In x - y the slope in y is -1. You lost the sign."""

    def __sub__(self, other):
        other = self.node(other)
        return self.made(self.value - other.value, (self, other), (1.0, 1.0))


class Node__rsub_is_sub(_Node):
    """2 - x is not x - 2. In __rsub__ the number stands on the left."""

    def __rsub__(self, other):
        return self - other


class Node__minus_forgets_its_node(_Node):
    """You made 2 - x from the value of x alone, so no slope finds its way back to x."""

    def __rsub__(self, other):
        return type(self)(other - self.value)


class Node__negation_without_slope(_Node):
    """The slope of -x is -1. You handed the slope on as it was."""

    def __neg__(self):
        return self.made(-self.value, (self,), (1.0,))


class Node__own_factor(_Node):
    """In x * y the slope in x is y. You used each side's own value."""

    def __mul__(self, other):
        other = self.node(other)
        return self.made(self.value * other.value, (self, other), (self.value, other.value))


class Node__division_slope_not_squared(_Node):
    """The slope of x / y in y is -x / y². You left out the square."""

    def __truediv__(self, other):
        other = self.node(other)
        value = self.value / other.value
        return self.made(value, (self, other), (1 / other.value, -value))


class Node__division_slope_without_minus(_Node):
    """The slope of x / y in y is negative: a larger y makes less of it."""

    def __truediv__(self, other):
        other = self.node(other)
        value = self.value / other.value
        return self.made(value, (self, other), (1 / other.value, value / other.value))


class Node__rtruediv_is_truediv(_Node):
    """4 / x is not x / 4. In __rtruediv__ the number stands above."""

    def __rtruediv__(self, other):
        return self / other


class Node__power_not_lowered(_Node):
    """The slope of xⁿ is n·xⁿ⁻¹. You left the exponent as it was."""

    def __pow__(self, other):
        result = super().__pow__(other)
        base, exponent = result.inputs
        result.slopes = (exponent.value * result.value, result.slopes[1])
        return result


class Node__power_without_factor(_Node):
    """The slope of xⁿ is n·xⁿ⁻¹. You left out the factor n."""

    def __pow__(self, other):
        result = super().__pow__(other)
        base, exponent = result.inputs
        slope = base.value ** (exponent.value - 1) if exponent.value else 0.0
        result.slopes = (slope, result.slopes[1])
        return result


class Node__log_of_the_exponent(_Node):
    """The slope of 2ˣ is 2ˣ·log 2. You took the logarithm of x."""

    def __pow__(self, other):
        result = super().__pow__(other)
        base, exponent = result.inputs
        log = math.log(exponent.value) if exponent.value > 0 else 0.0
        result.slopes = (result.slopes[0], result.value * log)
        return result


class Node__exponential_without_log(_Node):
    """Only eˣ is its own slope. That of 2ˣ is 2ˣ·log 2."""

    def __pow__(self, other):
        result = super().__pow__(other)
        result.slopes = (result.slopes[0], result.value)
        return result


class Node__log_of_a_negative_base(_Node):
    """You took the logarithm of every base. x ** 2 has no need of it, and at x = -3 it fails."""

    def __pow__(self, other):
        result = super().__pow__(other)
        result.slopes = (result.slopes[0], result.value * math.log(self.value))
        return result


class Node__quotient_for_a_power(_Node):
    """You divided the power by its base, which fails at x = 0. Lower the exponent instead."""

    def __pow__(self, other):
        result = super().__pow__(other)
        base, exponent = result.inputs
        slope = exponent.value * result.value / base.value if exponent.value else 0.0
        result.slopes = (slope, result.slopes[1])
        return result


class Node__rpow_is_pow(_Node):
    """2 ** x is not x ** 2. In __rpow__ the number is the base."""

    def __rpow__(self, other):
        return self**other


class Node__exp_slope_of_one(_Node):
    """The slope of eˣ is eˣ, not 1."""

    def exp(self):
        return self.made(math.exp(self.value), (self,), (1.0,))


class Node__exp_like_a_power(_Node):
    """x·eˣ⁻¹ is the rule for xⁿ. In eˣ the exponent varies, and the slope is eˣ itself."""

    def exp(self):
        return self.made(math.exp(self.value), (self,), (self.value * math.exp(self.value - 1),))


class Node__tanh_of_the_input(_Node):
    """The slope of tanh is 1 minus the square of its value, not of x."""

    def tanh(self):
        return self.made(math.tanh(self.value), (self,), (1 - self.value**2,))


class Node__tanh_not_squared(_Node):
    """The slope of tanh is 1 - tanh². You left out the square."""

    def tanh(self):
        value = math.tanh(self.value)
        return self.made(value, (self,), (1 - value,))


class Node__tanh_like_a_sigmoid(_Node):
    """s·(1 - s) is the slope of the sigmoid. That of tanh is 1 - tanh²."""

    def tanh(self):
        value = math.tanh(self.value)
        return self.made(value, (self,), (value * (1 - value),))


class Node__relu_always_open(_Node):
    """Below 0 relu is flat, and its slope there is 0. You handed every slope on."""

    def relu(self):
        return self.made(max(0.0, self.value), (self,), (1.0,))


class Node__relu_half_open_at_zero(_Node):
    """At 0 itself the slope of relu is that of one side, 0 or 1. You took the middle."""

    def relu(self):
        slope = 0.5 if self.value == 0 else float(self.value > 0)
        return self.made(max(0.0, self.value), (self,), (slope,))


class Node__relu_of_a_positive_is_itself(_Node):
    """Above 0 you returned x itself. Each operation makes a new node."""

    def relu(self):
        return self if self.value > 0 else super().relu()


class Node__relu_slope_is_the_value(_Node):
    """The slope of relu above 0 is 1. You used the value."""

    def relu(self):
        value = max(0.0, self.value)
        return self.made(value, (self,), (value,))


class Node__relu_forgets_its_input(_Node):
    """Where relu is 0 you made a leaf. It was made from x all the same."""

    def relu(self):
        return super().relu() if self.value > 0 else type(self)(0.0)


class Node__steps_do_not_multiply(_Node):
    """You added each step's own derivative. Times the slope of the node above, says k12's rule."""

    def backward(self):
        self.grad += 1.0
        for node in reversed(_order(self)):
            for source, derivative in zip(node.inputs, node.slopes, strict=True):
                source.grad += derivative


class Node__walks_from_the_leaves(_Node):
    """You walked the order from its beginning, where no slope has arrived yet. Begin at its end."""

    def backward(self):
        slopes = {id(self): 1.0}
        for node in _order(self):
            slope = slopes.get(id(node), 0.0)
            node.grad += slope
            for source, derivative in zip(node.inputs, node.slopes, strict=True):
                slopes[id(source)] = slopes.get(id(source), 0.0) + slope * derivative


class Node__overwrites_on_every_path(_Node):
    """grad is set with `=` on each path, so the last path wins. Slopes of several uses add up."""

    def backward(self, slope=1.0):
        self.grad = slope
        for source, derivative in zip(self.inputs, self.slopes, strict=True):
            source.backward(slope * derivative)


def topological_order__put_together(node):
    """You put the orders of the inputs one behind the other, so what they share stands twice."""
    order = []
    for source in node.inputs:
        order += topological_order__put_together(source)
    return [*order, node]


def topological_order__recursive(node):
    """A call for each node of a long chain overflows Python's stack. Keep the nodes to visit in a
    list of your own."""
    order, placed = [], set()

    def visit(entry):
        if id(entry) not in placed:
            placed.add(id(entry))
            for source in entry.inputs:
                visit(source)
            order.append(entry)

    visit(node)
    return order


def topological_order__before_its_inputs(node):
    """You placed a node when you first met it. It has to wait until its inputs have places."""
    order, seen, waiting = [], set(), [node]
    while waiting:
        entry = waiting.pop()
        if id(entry) not in seen:
            seen.add(id(entry))
            order.append(entry)
            waiting.extend(entry.inputs)
    return order[::-1]


def topological_order__breadth_first(node):
    """A breadth-first walk, turned round: a node at the end of a short way comes too late."""
    order, seen = [node], {id(node)}
    for entry in order:
        for source in entry.inputs:
            if id(source) not in seen:
                seen.add(id(source))
                order.append(source)
    return order[::-1]


def topological_order__result_first(node):
    """Your order runs from the result to the leaves. Each node comes after its inputs."""
    return _order(node)[::-1]


def topological_order__each_use(node):
    """A node that is used twice stands twice. Each stands once: remember what has its place."""
    order, waiting = [], [node]
    while waiting and len(order) < 100_000:
        last = waiting.pop()
        order.append(last)
        waiting.extend(last.inputs)
    return order[::-1]


def topological_order__without_leaves(node):
    """You left out the leaves. They have a place too, before what was made from them."""
    return [entry for entry in _order(node) if entry.inputs] or [node]


def topological_order__without_the_node(node):
    """You left out the node itself. It stands last."""
    return _order(node)[:-1]


def topological_order__lone_leaf_forgotten(node):
    """A leaf on its own has an order too: the list of that leaf. You returned an empty one."""
    return _order(node) if node.inputs else []


def topological_order__marked_too_early(node):
    """You marked inputs as seen when you put them on the list, so a later use passed them by."""
    order, seen, waiting = [], {id(node)}, [(node, False)]
    while waiting:
        entry, ready = waiting.pop()
        if ready:
            order.append(entry)
            continue
        waiting.append((entry, True))
        for source in entry.inputs:
            if id(source) not in seen:
                seen.add(id(source))
                waiting.append((source, False))
    return order


def topological_order__by_the_shortest_way(node):
    """You sorted by the shortest way from the result. What counts is the longest."""
    far, found = {id(node): 0}, [node]
    for entry in found:
        for source in entry.inputs:
            if id(source) not in far:
                far[id(source)] = far[id(entry)] + 1
                found.append(source)
    return sorted(found, key=lambda entry: -far[id(entry)])


def topological_order__by_value(node):
    """You told nodes apart by their values. Two nodes of one value are two: use id."""
    order, values = [], set()
    for entry in _order(node):
        if entry.value not in values or entry is node:
            values.add(entry.value)
            order.append(entry)
    return order


def topological_order__values(node):
    """You listed values. The nodes themselves are asked for."""
    return [entry.value for entry in _order(node)]


def topological_order__sorted_by_value(node):
    """You sorted by value, which says nothing about what was made from what."""
    return sorted(_order(node), key=lambda entry: entry.value)


def topological_order__iterator(node):
    """You returned an iterator, as reversed() does. A list is asked for."""
    return reversed(_order(node)[::-1])


def topological_order__first_input_only(node):
    """You followed the first input of each node. Follow them all."""
    order = [node]
    while order[-1].inputs:
        order.append(order[-1].inputs[0])
    return order[::-1]


def topological_order__one_level(node):
    """You listed the node and its inputs. Their inputs belong there too, down to the leaves."""
    return [*{id(source): source for source in node.inputs}.values(), node]


def topological_order__marks_the_nodes(node):
    """What you noted as visited outlives the call, so a second one passes it by. Begin anew."""
    order = [entry for entry in _order(node) if not getattr(entry, "visited", False)]
    for entry in order:
        entry.visited = True
    return order
