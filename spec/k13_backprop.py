"""What a right k13_backprop does.

Teaches the graph of a calculation, the topological order and the backward pass over it, on plain
numbers. Leaves tensors and layers to k14, and the real torch.autograd to k16.
"""

import math
import operator

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from .harness.checks import CheckFailure, assert_that, count, edge, effort, show, tr

PARTS = {
    "Node_leaf": ("__init__",),
    "Node_add": ("__add__",),
    "Node_mul": ("__mul__",),
    "Node_numbers": ("__radd__", "__rmul__"),
    "Node_operators": (
        "__neg__",
        "__sub__",
        "__rsub__",
        "__truediv__",
        "__rtruediv__",
        "__pow__",
        "__rpow__",
    ),
    "Node_functions": ("exp", "tanh", "relu"),
    "Node_backward": ("backward",),
    "Node_slopes": ("backward",),
    "Node_shared": ("backward",),
    "Node_again": ("backward",),
    "Node_large": ("backward",),
}

# What is made of x alone: its text, how, its value, its slope, and where to try it.
EVERYWHERE = (2.0, -1.5, 0.25)
ABOVE_ZERO = (2.0, 0.25)
FAR_OUT = (18.0, -18.0, 100.0, -100.0)
WITH_NUMBERS = [
    ("x + 2", lambda x: x + 2, lambda x: x - -2, lambda x: 1.0, EVERYWHERE),
    ("2 + x", lambda x: 2 + x, lambda x: x - -2, lambda x: 1.0, EVERYWHERE),
    ("x * 3", lambda x: x * 3, lambda x: x + x + x, lambda x: 3.0, EVERYWHERE),
    ("3 * x", lambda x: 3 * x, lambda x: x + x + x, lambda x: 3.0, EVERYWHERE),
    ("x + 0.5", lambda x: x + 0.5, lambda x: x - -0.5, lambda x: 1.0, EVERYWHERE),
    ("0.1 + x", lambda x: 0.1 + x, lambda x: x - -0.1, lambda x: 1.0, EVERYWHERE),
    ("x * 0.1", lambda x: x * 0.1, lambda x: x / 10, lambda x: 0.1, EVERYWHERE),
    ("-0.5 * x", lambda x: -0.5 * x, lambda x: x / -2, lambda x: -0.5, EVERYWHERE),
]
OPERATORS = [
    ("-x", lambda x: -x, lambda x: 0 - x, lambda x: -1.0, EVERYWHERE),
    ("x - 2", lambda x: x - 2, lambda x: x + -2, lambda x: 1.0, EVERYWHERE),
    ("5 - x", lambda x: 5 - x, lambda x: -x + 5, lambda x: -1.0, EVERYWHERE),
    ("x / 4", lambda x: x / 4, lambda x: 0.25 * x, lambda x: 0.25, EVERYWHERE),
    ("4 / x", lambda x: 4 / x, lambda x: 4 * x**-1, lambda x: -4 * x**-2, EVERYWHERE),
    ("x ** 2", lambda x: x**2, lambda x: x * x, lambda x: 2 * x, EVERYWHERE),
    ("x ** 3", lambda x: x**3, lambda x: x * x * x, lambda x: 3 * x * x, EVERYWHERE),
    ("x ** -1", lambda x: x**-1, lambda x: 1 / x, lambda x: -1 / (x * x), EVERYWHERE),
    ("x ** 3.0", lambda x: x**3.0, lambda x: x * x * x, lambda x: 3 * x * x, EVERYWHERE),
    ("x ** 0.5", lambda x: x**0.5, math.sqrt, lambda x: 0.5 / math.sqrt(x), ABOVE_ZERO),
    ("x ** -1.5", lambda x: x**-1.5, lambda x: x**-1.5, lambda x: -1.5 * x**-2.5, ABOVE_ZERO),
    ("2 ** x", lambda x: 2**x, math.exp2, lambda x: math.log(2) * math.exp2(x), EVERYWHERE),
    ("0.5 ** x", lambda x: 0.5**x, lambda x: 2**-x, lambda x: -math.log(2) * 2**-x, EVERYWHERE),
]
FUNCTIONS = [
    ("x.exp()", lambda x: x.exp(), math.exp, math.exp, EVERYWHERE),
    ("x.tanh()", lambda x: x.tanh(), math.tanh, lambda x: math.cosh(x) ** -2, EVERYWHERE),
    ("x.relu()", lambda x: x.relu(), lambda x: max(0.0, x), lambda x: float(x > 0), EVERYWHERE),
]

# What is made of x and y: its text, how, its value, its slope in each, and where to try it.
PAIRS = ((2.5, 0.75), (-1.5, -3.0), (0.5, -2.0), (-0.25, 4.0))
SUM_AND_PRODUCT = [
    ("x + y", lambda x, y: x + y, lambda x, y: x + y, lambda x, y: 1.0, lambda x, y: 1.0, PAIRS),
    ("x * y", lambda x, y: x * y, lambda x, y: x * y, lambda x, y: y, lambda x, y: x, PAIRS),
]
OF_TWO = [
    ("x - y", lambda x, y: x - y, lambda x, y: -y + x, lambda x, y: 1.0, lambda x, y: -1.0, PAIRS),
    (
        "x / y",
        lambda x, y: x / y,
        lambda x, y: x * y**-1,
        lambda x, y: y**-1,
        lambda x, y: -x * y**-2,
        PAIRS,
    ),
]

# Steps of random calculations that stay where everything is defined, smooth and not large.
STEPS = {
    "{} + {}": lambda a, b: a + b,
    "{} - {}": lambda a, b: a - b,
    "{} * {}.tanh()": lambda a, b: a * b.tanh(),
    "{} / (1 + {} ** 2)": lambda a, b: a / (1 + b**2),
    "(0.5 + {} * {}.tanh()) * 2 - 2": lambda a, b: (0.5 + a * b.tanh()) * 2 - 2,
    "-{} / 2 + 3 / (2 + {}.tanh())": lambda a, b: -a / 2 + 3 / (2 + b.tanh()),
    "{}.tanh().exp() + 2 ** {}.tanh()": lambda a, b: a.tanh().exp() + 2 ** b.tanh(),
    "({} + 0.123456).relu() + {}": lambda a, b: (a + 0.123456).relu() + b,
}
LEAVES = (2.0, -1.0, 0.5)
CALCULATIONS = st.lists(
    st.tuples(st.sampled_from(list(STEPS)), st.integers(0, 9), st.integers(0, 9)),
    min_size=1,
    max_size=7,
)
SUMS_AND_PRODUCTS = st.lists(
    st.tuples(st.sampled_from(("+", "*")), st.integers(0, 9), st.integers(0, 9)),
    min_size=1,
    max_size=7,
)
NUMBERS = st.integers(2, 9).map(float)
CHAINS = st.lists(st.tuples(st.sampled_from(("+", "*")), NUMBERS), min_size=1, max_size=4)
ARITHMETIC = {"+": operator.add, "*": operator.mul}

EFFORT = 16  # times the work for twice the forks; along every path it is 64 times


def with_ids(rows):
    """Rows of a table as parameters, each by its text."""
    return [pytest.param(*row, id=row[0]) for row in rows]


def assert_number(what, actual, expected):
    """A Python number equals what is expected, to rounding; `what` names it in the failure."""
    __tracebackhide__ = True
    number = isinstance(actual, (int, float)) and not isinstance(actual, bool)
    close = number and np.isclose(actual, expected, rtol=1e-9, atol=1e-9)
    got = show(float(actual)) if number else show(actual)
    count()
    if not close:
        problem = tr("{what} is {got}, and should be {wanted}").format(
            what=what, got=got, wanted=float(expected)
        )
        raise CheckFailure(problem, wanted=float(expected), actual=actual)


def listed(nodes):
    """Nodes as text, each by its value; where they lie in memory would tell nothing."""
    if not isinstance(nodes, (list, tuple, set)):
        return tr("of type {kind}").format(kind=type(nodes).__name__)
    first = list(nodes)[:20]
    entries = [f"Node({show(n.value)})" if hasattr(n, "value") else show(n) for n in first]
    text = ", ".join([*entries, "..."] if len(nodes) > len(entries) else entries)
    return f"({text})" if isinstance(nodes, tuple) else f"[{text}]"


def assert_told(condition, problem, got):
    """The condition holds; what came back instead is told in words of its own."""
    __tracebackhide__ = True
    try:
        assert_that(condition, problem)
    except CheckFailure:
        raise CheckFailure(problem, got=got) from None


def inputs_of(what, node):
    """The nodes that a node was made from; another collection than a tuple will do."""
    __tracebackhide__ = True
    inputs = node.inputs
    some = isinstance(inputs, (tuple, list, set, frozenset))
    if not (some and all(hasattr(source, "inputs") for source in inputs)):
        got = listed(inputs) if some else show(inputs)
        assert_told(
            False, tr("the inputs of {what} should be a tuple of nodes").format(what=what), got
        )
    return list(inputs)


def assert_made_from(what, node, sources):
    """inputs holds exactly these nodes, each once or twice."""
    __tracebackhide__ = True
    inputs = inputs_of(what, node)
    assert_told(
        {id(each) for each in inputs} == {id(each) for each in sources},
        tr("the inputs of {what} should be {nodes}, those very nodes").format(
            what=what, nodes=listed(tuple(sources))
        ),
        listed(node.inputs),
    )


def assert_new(what, node, *sources):
    """An operation made a node, and gave back none of those that went in."""
    __tracebackhide__ = True
    assert_told(
        hasattr(node, "value") and hasattr(node, "inputs"),
        tr("{what} should be a Node").format(what=what),
        show(node),
    )
    for name, source in zip("xy", sources, strict=False):
        assert_that(
            node is not source,
            tr("{what} is {name} itself, and should be a new node").format(what=what, name=name),
        )


def assert_unchanged(name, node, value):
    """A leaf is as it was made."""
    __tracebackhide__ = True
    assert_number(tr("{name}.value afterwards").format(name=name), node.value, value)
    assert_number(tr("{name}.grad afterwards").format(name=name), node.grad, 0.0)
    assert_made_from(f"{name} afterwards", node, [])


def assert_operation(kata, text, made, value, points):
    """An operation has its value, makes a new node, and keeps the way back to what went in."""
    __tracebackhide__ = True
    for point in points:
        at = point if isinstance(point, tuple) else (point,)
        leaves = [kata.Node(number) for number in at]
        where = ", ".join(f"{n} = {number}" for n, number in zip("xy", at, strict=False))
        p = made(*leaves)
        assert_new(text, p, *leaves)
        assert_number(
            tr("({text}).value at {where}").format(text=text, where=where), p.value, value(*at)
        )
        assert_number(tr("({text}).grad, before any backward,").format(text=text), p.grad, 0.0)
        found = ancestors(p)
        for name, leaf in zip("xy", leaves, strict=False):
            reached = id(leaf) in found
            assert_that(
                reached,
                tr("from {text}, {name} can't be reached through inputs, at {where}").format(
                    text=text, name=name, where=where
                ),
            )
        for name, leaf, number in zip("xy", leaves, at, strict=False):
            assert_unchanged(name, leaf, number)


def calculated(steps, leaves, made=STEPS):
    """All values of a calculation, leaves first, each made of two of those before it."""
    values = list(leaves)
    for text, i, j in steps:
        values.append(made[text](values[i % len(values)], values[j % len(values)]))
    return values


def written(steps):
    """The calculation as text, a line a step."""
    lines = [f"v{i} = Node({leaf})" for i, leaf in enumerate(LEAVES)]
    for known, (text, i, j) in enumerate(steps, start=len(LEAVES)):
        lines.append(f"v{known} = {text.format(f'v{i % known}', f'v{j % known}')}")
    return "; ".join(lines)


def ancestors(node):
    """All nodes that can be reached through inputs, the node itself too, by identity."""
    found, waiting = {id(node): node}, [node]
    while waiting:
        last = waiting.pop()
        for source in inputs_of(tr("a node"), last):
            if id(source) not in found:
                found[id(source)] = source
                waiting.append(source)
    return found


def forks(node, count):
    """A result of forks that join again, one behind the other; its slope is 2 for each of them."""
    for _ in range(count):
        node = node * 0.5 + node * 1.5
    return node


def doubled(node, count):
    """A result of sums of a node with itself, one behind the other."""
    for _ in range(count):
        node = node + node
    return node


def chain(node, other, count):
    """A result at the end of a chain of `count` steps; its slope is 1.

    The chain goes now through the left side and now through the right one.
    """
    for step in range(count):
        node = other + node if step % 2 else node + other
    return node


def assert_little_work(small, large):
    """Twice the forks take a few times the work, which is counted in steps of Python."""
    __tracebackhide__ = True
    few, many = effort(small).steps, effort(large).steps
    problem = tr("12 forks take far more than twice the work of 6: every path is walked")
    assert_told(
        many <= EFFORT * few,
        problem,
        tr("more than {effort} times the steps of Python").format(effort=EFFORT),
    )


def test_Node_leaf_has_its_value(kata):
    """A node has the value that it was made of, each its own."""
    x, y = kata.Node(3.5), kata.Node(-2.0)
    assert_number(tr("x.value of x = Node(3.5)"), x.value, 3.5)
    assert_number(tr("y.value of y = Node(-2.0)"), y.value, -2.0)


def test_Node_leaf_has_no_slope_yet(kata):
    """grad is 0.0 at first; only backward puts slopes there."""
    x, y = kata.Node(3.5), kata.Node(-2.0)
    x.grad += 4.0
    assert_number(tr("y.grad of a new node"), y.grad, 0.0)
    assert_number(tr("x.grad after x.grad += 4.0"), x.grad, 4.0)


def test_Node_leaf_was_made_from_no_other_node(kata):
    """inputs of a leaf is ()."""
    assert_made_from("Node(3.5)", kata.Node(3.5), [])


@edge
def test_Node_leaf_of_a_whole_number_is_as_good(kata):
    """Node(7) has the value 7."""
    assert_number("Node(7).value", kata.Node(7).value, 7)


@given(a=NUMBERS, b=NUMBERS)
def test_Node_add_adds_the_values(kata, a, b):
    """The value of x + y is the sum of both values."""
    total = kata.Node(a) + kata.Node(b)
    assert_new("x + y", total)
    assert_number(tr("(x + y).value at x = {a}, y = {b}").format(a=a, b=b), total.value, a + b)


def test_Node_add_remembers_what_it_was_made_from(kata):
    """inputs holds the very nodes that went in, and no others."""
    x, y = kata.Node(2.0), kata.Node(5.0)
    total = x + y
    assert_made_from("x + y", total, [x, y])
    assert_made_from("total + x", total + x, [total, x])


def test_Node_add_makes_a_new_node(kata):
    """x and y stay as they were; the sum is a node of its own, with a grad of 0.0."""
    x, y = kata.Node(2.0), kata.Node(5.0)
    total = x + y
    assert_new("x + y", total, x, y)
    assert_number("(x + y).grad", total.grad, 0.0)
    assert_unchanged("x", x, 2.0)
    assert_unchanged("y", y, 5.0)


def test_Node_add_goes_on_from_a_sum(kata):
    """A sum is a node like any other, and can be added to."""
    x, y = kata.Node(2.0), kata.Node(5.0)
    assert_number(tr("((x + y) + x).value at x = 2.0, y = 5.0"), ((x + y) + x).value, 9.0)
    assert_made_from("x + x", x + x, [x])


@edge
def test_Node_add_keeps_x_where_a_total_grows(kata):
    """After total = x, total += y makes a new node, and x stays as it was."""
    x, y = kata.Node(3.0), kata.Node(2.0)
    total = operator.iadd(x, y)
    assert_number(tr("total.value after total = x; total += y"), total.value, 5.0)
    assert_number(tr("x.value after total = x; total += y"), x.value, 3.0)
    assert_that(total is not x, "after total += y, total is still the node x")


@given(a=NUMBERS, b=NUMBERS)
def test_Node_mul_multiplies_the_values(kata, a, b):
    """The value of x * y is the product of both values."""
    product = kata.Node(a) * kata.Node(b)
    assert_new("x * y", product)
    assert_number(tr("(x * y).value at x = {a}, y = {b}").format(a=a, b=b), product.value, a * b)


def test_Node_mul_remembers_what_it_was_made_from(kata):
    """inputs holds the very nodes that went in, and no others."""
    x, y = kata.Node(2.0), kata.Node(5.0)
    product = x * y
    assert_made_from("x * y", product, [x, y])
    assert_made_from("product + x", product + x, [product, x])
    assert_made_from("x * x", x * x, [x])


def test_Node_mul_makes_a_new_node(kata):
    """x and y stay as they were; the product is a node of its own, with a grad of 0.0."""
    x, y = kata.Node(2.0), kata.Node(5.0)
    product = x * y
    assert_new("x * y", product, x, y)
    assert_number("(x * y).grad", product.grad, 0.0)
    assert_unchanged("x", x, 2.0)
    assert_unchanged("y", y, 5.0)


@edge
def test_Node_mul_keeps_x_where_a_total_grows(kata):
    """After total = x, total *= y makes a new node, and x stays as it was."""
    x, y = kata.Node(3.0), kata.Node(2.0)
    total = operator.imul(x, y)
    assert_number(tr("total.value after total = x; total *= y"), total.value, 6.0)
    assert_number(tr("x.value after total = x; total *= y"), x.value, 3.0)


@pytest.mark.parametrize(("text", "made", "value", "slope", "points"), with_ids(WITH_NUMBERS))
def test_Node_numbers_go_on_either_side(kata, text, made, value, slope, points):
    """A number, int or float, can be added and multiplied on the left as on the right."""
    assert_operation(kata, text, made, value, points)


def test_Node_numbers_begin_python_s_own_sum(kata):
    """sum() begins with the number 0, to which nodes can be added."""
    x, y = kata.Node(2.0), kata.Node(5.0)
    total = sum([x, y, x])
    assert_new("sum([x, y, x])", total, x, y)
    assert_number(tr("sum([x, y, x]).value at x = 2.0, y = 5.0"), total.value, 9.0)


@edge
@pytest.mark.parametrize(
    ("text", "made"),
    with_ids(
        [
            ("x + 0", lambda x: x + 0),
            ("0 + x", lambda x: 0 + x),
            ("x * 1", lambda x: x * 1),
            ("1.0 * x", lambda x: 1.0 * x),
            ("sum([x])", lambda x: sum([x])),
        ]
    ),
)
def test_Node_numbers_that_change_nothing_make_a_new_node(kata, text, made):
    """Also where the value stays the same, the result is a node of its own."""
    assert_operation(kata, text, made, lambda x: x, (2.5,))


@pytest.mark.parametrize(("text", "made", "value", "by_x", "by_y", "points"), with_ids(OF_TWO))
def test_Node_operators_go_with_another_node(kata, text, made, value, by_x, by_y, points):
    """Each operator has its value, and both nodes can be reached again through inputs."""
    assert_operation(kata, text, made, value, points)


@pytest.mark.parametrize(("text", "made", "value", "slope", "points"), with_ids(OPERATORS))
def test_Node_operators_go_with_numbers(kata, text, made, value, slope, points):
    """Each operator has its value, whichever side the number is on, and keeps the way back to x."""
    assert_operation(kata, text, made, value, points)


@edge
def test_Node_operators_that_change_nothing_make_a_new_node(kata):
    """Also where the value stays the same, the result is a node of its own."""
    for text, made in (
        ("x - 0.0", lambda x: x - 0.0),
        ("x / 1", lambda x: x / 1),
        ("x ** 1", lambda x: x**1),
    ):
        assert_operation(kata, text, made, lambda x: x, (2.5,))


@edge
def test_Node_operators_take_powers_of_zero(kata):
    """A node of value 0 has powers."""
    for exponent in (1, 2, 3.0):
        p = kata.Node(0.0) ** exponent
        assert_number(
            tr("(x ** {exponent}).value at x = 0.0").format(exponent=exponent), p.value, 0.0
        )


@pytest.mark.parametrize(("text", "made", "value", "slope", "points"), with_ids(FUNCTIONS))
def test_Node_functions_have_their_values(kata, text, made, value, slope, points):
    """Each function has its value, and x can be reached again through inputs."""
    assert_operation(kata, text, made, value, points)


@edge
def test_Node_functions_bend_at_zero(kata):
    """max(0, 0) is 0."""
    assert_number(tr("x.relu().value at x = 0.0"), kata.Node(0.0).relu().value, 0.0)


@edge
def test_Node_functions_go_far_out(kata):
    """From 18 on tanh is 1 to all digits, and from -18 down it is -1."""
    for at in FAR_OUT:
        assert_number(
            tr("x.tanh().value at x = {at}").format(at=at),
            kata.Node(at).tanh().value,
            math.copysign(1.0, at),
        )


def assert_order(order, node, known):
    """The list is a topological order of the node's ancestors, all of `known` among them."""
    __tracebackhide__ = True
    got = listed(order)
    assert_told(isinstance(order, (list, tuple)), tr("the result should be a list"), got)
    reached = ancestors(node)
    places = {id(entry): place for place, entry in enumerate(order)}
    assert_told(
        all(id(entry) in reached for entry in order),
        tr("something stands in the order that the node was not made from"),
        got,
    )
    different = tr("of {entries} entries only {nodes} are different nodes").format(
        entries=len(order), nodes=len(places)
    )
    assert_told(len(places) == len(order), different, got)
    assert_told(bool(order) and order[-1] is node, tr("the node itself should stand last"), got)
    wanted = {id(entry) for entry in known} | {key for key, n in reached.items() if n.inputs}
    missing = len(wanted - set(places))
    assert_told(
        not missing,
        tr("{missing} of the nodes that it was made from are missing").format(missing=missing),
        got,
    )
    for entry in order:
        for source in entry.inputs:
            assert_told(
                places.get(id(source), -1) < places[id(entry)],
                tr("a node of value {value} stands before its input of value {input}").format(
                    value=show(entry.value), input=show(source.value)
                ),
                got,
            )


def test_topological_order_puts_inputs_first(kata):
    """x and w stand before their product, and the product before the sum."""
    x, w, b = kata.Node(2.0), kata.Node(3.0), kata.Node(1.0)
    product = x * w
    p = product + b
    assert_order(kata.topological_order(p), p, [x, w, b, product, p])


@given(steps=SUMS_AND_PRODUCTS)
def test_topological_order_puts_each_node_after_its_inputs(kata, steps):
    """Each node stands exactly once and after its inputs, leaves included, the node itself last."""
    nodes = calculated(steps, [kata.Node(leaf) for leaf in LEAVES], ARITHMETIC)
    for node in (nodes[-1], nodes[len(nodes) // 2]):
        reached = ancestors(node)
        known = [other for other in nodes if id(other) in reached]
        assert_order(kata.topological_order(node), node, known)


def test_topological_order_lists_a_shared_node_once(kata):
    """A node that is used twice, in one operation or in two, stands once."""
    x = kata.Node(2.0)
    square = x * x
    p = square + x
    q = p * square
    assert_order(kata.topological_order(q), q, [x, square, p, q])


def test_topological_order_waits_for_the_longest_way(kata):
    """A node stands before all that was made from it, at the end of short ways and of long."""
    x, y = kata.Node(2.0), kata.Node(3.0)
    a = x * y
    b = a + y
    c = b * y
    for p in (a + c, c + a, x * c, c * x):
        assert_order(kata.topological_order(p), p, [x, y, a, b, c, p])


def test_topological_order_leaves_out_what_was_made_from_a_node(kata):
    """Only what the node was made from counts, not what was made from it or beside it."""
    x, y = kata.Node(2.0), kata.Node(3.0)
    a = x * y
    rest = [a + x, a * y, y + y]
    assert_order(kata.topological_order(a), a, [x, y, a])
    assert_order(kata.topological_order(rest[0]), rest[0], [x, y, a])


def test_topological_order_of_a_leaf_is_that_leaf(kata):
    """A node that was made from nothing stands alone."""
    x = kata.Node(3.0)
    assert_order(kata.topological_order(x), x, [x])


def test_topological_order_can_be_asked_again(kata):
    """A second call, and one on a part of the same graph, give whole orders again."""
    x, y = kata.Node(2.0), kata.Node(3.0)
    a = x * y
    p = a + x
    for node, known in ((p, [x, y, a, p]), (p, [x, y, a, p]), (a, [x, y, a]), (p, [x, y, a, p])):
        assert_order(kata.topological_order(node), node, known)


def test_topological_order_leaves_the_graph_alone(kata):
    """Values, grads and inputs are as they were."""
    x, y = kata.Node(2.0), kata.Node(3.0)
    a = x * y
    p = a + x
    x.grad = 5.0
    inputs = [[id(source) for source in node.inputs] for node in (x, y, a, p)]
    got = listed(kata.topological_order(p))
    for node, value, grad in ((x, 2.0, 5.0), (y, 3.0, 0.0), (a, 6.0, 0.0), (p, 8.0, 0.0)):
        assert_told(node.value == value, tr("the value of a node was changed"), got)
        assert_told(node.grad == grad, tr("the grad of a node was changed"), got)
    now = [[id(source) for source in node.inputs] for node in (x, y, a, p)]
    assert_told(inputs == now, tr("the inputs of a node were changed"), got)


def test_topological_order_visits_shared_parts_once(kata):
    """60 forks that join again have 2⁶⁰ paths; the work grows with the nodes, not the paths."""
    small, large = forks(kata.Node(1.0), 6), forks(kata.Node(1.0), 12)
    assert_little_work(lambda: kata.topological_order(small), lambda: kata.topological_order(large))
    x = kata.Node(1.0)
    p = forks(x, 60)
    assert_order(kata.topological_order(p), p, [x])


@edge
def test_topological_order_tells_equal_values_apart(kata):
    """Nodes with the same value are different nodes, and each has its place."""
    x, y, z = kata.Node(2.0), kata.Node(2.0), kata.Node(4.0)
    a, b = x * y, x + y
    p = a * z + b
    assert_order(kata.topological_order(p), p, [x, y, z, a, b, p])


@edge
def test_topological_order_takes_a_chain_of_5_000_nodes(kata):
    """A long chain does not overflow Python's stack."""
    x = kata.Node(3.0)
    p = chain(x, kata.Node(0.5), 5_000)
    assert_order(kata.topological_order(p), p, [x])


def test_Node_backward_gives_each_leaf_its_slope(kata):
    """In x * w + b, b moves the result as much as itself, and x as many times as w is large."""
    x, w, b = kata.Node(2.0), kata.Node(5.0), kata.Node(1.0)
    p = x * w + b
    p.backward()
    for name, node, slope in (("b", b, 1.0), ("x", x, 5.0), ("w", w, 2.0)):
        assert_number(
            tr("{name}.grad after p.backward(), p = x * w + b,").format(name=name), node.grad, slope
        )


def test_Node_backward_begins_with_one(kata):
    """A node's slope with respect to itself is 1, whether it was made from others or not."""
    x, y = kata.Node(3.0), kata.Node(4.0)
    p = x * y
    for name, node in (("p", p), ("x", kata.Node(3.0))):
        node.backward()
        assert_number(tr("{name}.grad after {name}.backward()").format(name=name), node.grad, 1.0)


def test_Node_backward_reaches_every_node_between(kata):
    """Nodes between the result and the leaves get their slopes too."""
    x, y, z, b = (kata.Node(number) for number in (3.0, 4.0, 2.0, 1.0))
    a = x * y
    c = a * z
    p = c + b
    p.backward()
    for name, node, slope in (("c", c, 1.0), ("a", a, 2.0), ("x", x, 8.0), ("y", y, 6.0)):
        assert_number(
            tr("{name}.grad after p.backward(), p = (x * y) * z + b,").format(name=name),
            node.grad,
            slope,
        )


@given(start=NUMBERS, steps=CHAINS)
def test_Node_backward_multiplies_along_a_chain(kata, start, steps):
    """Along a chain the slopes of the steps multiply, and sums let them through."""
    p, text, slope = x, _, _ = kata.Node(start), "x", 1.0
    for sign, number in steps:
        p = ARITHMETIC[sign](p, kata.Node(number))
        text = f"({text} {sign} {number})"
        slope *= number if sign == "*" else 1.0
    p.backward()
    assert_number(
        tr("x.grad after {text}.backward() at x = {start}").format(text=text, start=start),
        x.grad,
        slope,
    )


def test_Node_backward_tells_equal_values_apart(kata):
    """Two nodes of one value are two nodes, each with a slope of its own."""
    x, y = kata.Node(3.0), kata.Node(3.0)
    a, b = x * 2.0, y * 2.0
    (a * 5.0 + b * 7.0).backward()
    assert_number("x.grad", x.grad, 10.0)
    assert_number("y.grad", y.grad, 14.0)


def test_Node_backward_leaves_other_nodes_alone(kata):
    """What the result was not made from takes no part, even if it was made from the same nodes."""
    x, y, z = kata.Node(2.0), kata.Node(7.0), kata.Node(4.0)
    a = x * y
    beside, behind = x * 5.0, a + z
    a.backward()
    assert_number(tr("x.grad after a.backward(), a = x * y,"), x.grad, 7.0)
    for name, node in (("x * 5", beside), ("a + z", behind), ("z", z)):
        assert_number(
            tr("the grad of {name} after a.backward(), a = x * y,").format(name=name),
            node.grad,
            0.0,
        )
    for name, node, value in (("x", x, 2.0), ("y", y, 7.0), ("a", a, 14.0)):
        assert_number(tr("{name}.value after a.backward()").format(name=name), node.value, value)


@pytest.mark.parametrize(
    ("text", "made", "value", "by_x", "by_y", "points"), with_ids(SUM_AND_PRODUCT + OF_TWO)
)
def test_Node_slopes_of_two_nodes(kata, text, made, value, by_x, by_y, points):
    """Each operation has a slope in each of its two nodes."""
    for at in points:
        x, y = (kata.Node(number) for number in at)
        made(x, y).backward()
        where = tr("at x = {}, y = {}").format(*at)
        assert_number(
            tr("x.grad after ({text}).backward() {where}").format(text=text, where=where),
            x.grad,
            by_x(*at),
        )
        assert_number(
            tr("y.grad after ({text}).backward() {where}").format(text=text, where=where),
            y.grad,
            by_y(*at),
        )


@pytest.mark.parametrize(
    ("text", "made", "value", "slope", "points"), with_ids(WITH_NUMBERS + FUNCTIONS + OPERATORS)
)
def test_Node_slopes_of_one_node(kata, text, made, value, slope, points):
    """Each operation has its slope, whichever side the number is on."""
    for at in points:
        x = kata.Node(at)
        made(x).backward()
        assert_number(
            tr("x.grad after ({text}).backward() at x = {at}").format(text=text, at=at),
            x.grad,
            slope(at),
        )


@edge
def test_Node_slopes_of_whole_numbers(kata):
    """Node(7) goes wherever Node(7.0) goes."""
    for text, made, by_x, by_y in (
        ("x * y", lambda x, y: x * y, 2.0, 7.0),
        ("x / y", lambda x, y: x / y, 0.5, -1.75),
        ("x ** 3 + y", lambda x, y: x**3 + y, 147.0, 1.0),
        ("x.relu() - y.exp()", lambda x, y: x.relu() - y.exp(), 1.0, -(math.e**2)),
    ):
        x, y = kata.Node(7), kata.Node(2)
        made(x, y).backward()
        assert_number(
            tr("x.grad after ({text}).backward() at x = 7, y = 2").format(text=text), x.grad, by_x
        )
        assert_number(
            tr("y.grad after ({text}).backward() at x = 7, y = 2").format(text=text), y.grad, by_y
        )


@edge
def test_Node_slopes_of_powers_of_zero(kata):
    """At x = 0 the slope of x ** 1 is 1, and of x ** 2 and x ** 3 it is 0."""
    for exponent, slope in ((1, 1.0), (2, 0.0), (3.0, 0.0)):
        x = kata.Node(0.0)
        (x**exponent).backward()
        assert_number(
            tr("x.grad after (x ** {exponent}).backward() at x = 0").format(exponent=exponent),
            x.grad,
            slope,
        )


@edge
def test_Node_slopes_of_relu_at_zero(kata):
    """At 0 itself the slope is that of one side, 0 or 1."""
    x = kata.Node(0.0)
    x.relu().backward()
    problem = tr("x.grad after x.relu().backward() at x = 0 is {grad}, not 0 or 1").format(
        grad=show(x.grad)
    )
    assert_that(x.grad in (0, 1), problem)


@edge
def test_Node_slopes_of_tanh_far_out(kata):
    """From 18 on, and from -18 down, tanh is flat."""
    for at in FAR_OUT:
        x = kata.Node(at)
        x.tanh().backward()
        assert_number(tr("x.grad after x.tanh().backward() at x = {at}").format(at=at), x.grad, 0.0)


@pytest.mark.parametrize(
    ("text", "made", "slope"),
    with_ids(
        [
            ("x + x", lambda x: x + x, 2.0),
            ("x * x", lambda x: x * x, 6.0),
            ("x * x + x", lambda x: x * x + x, 7.0),
            ("x * x * x", lambda x: x * x * x, 27.0),
            ("(x + 1) * (x - 1)", lambda x: (x + 1) * (x - 1), 6.0),
            ("x - x", lambda x: x - x, 0.0),
            ("x / x", lambda x: x / x, 0.0),
        ]
    ),
)
def test_Node_shared_collects_from_every_use(kata, text, made, slope):
    """A node that is used twice, in one operation or in several, collects both slopes."""
    x = kata.Node(3.0)
    made(x).backward()
    assert_number(
        tr("x.grad after ({text}).backward() at x = 3.0").format(text=text), x.grad, slope
    )


def test_Node_shared_waits_for_the_longest_way(kata):
    """A node hands its slope on only when it has collected from short ways and long ones."""
    for text, made in (
        ("a + ((a * 3 + 1) * 2)", lambda a: a + ((a * 3 + 1) * 2)),
        ("((a * 3 + 1) * 2) + a", lambda a: ((a * 3 + 1) * 2) + a),
    ):
        x = kata.Node(5.0)
        a = x * x
        made(a).backward()
        assert_number(tr("a.grad after ({text}).backward()").format(text=text), a.grad, 7.0)
        assert_number(
            tr("x.grad after ({text}).backward(), where a = x * x,").format(text=text), x.grad, 70.0
        )


@given(steps=CALCULATIONS)
def test_Node_shared_or_not_has_the_slope_of_every_node(kata, steps):
    """In any calculation each node gets the slope of the result in it."""
    nodes = calculated(steps, [kata.Node(leaf) for leaf in LEAVES])
    nodes[-1].backward()
    called = f"{written(steps)}; v{len(nodes) - 1}.backward()"
    slopes = true_slopes(steps, -1)
    for i, (node, slope) in enumerate(zip(nodes, slopes, strict=True)):
        assert_number(tr("after {called}: v{i}.grad").format(called=called, i=i), node.grad, slope)


def true_slopes(steps, result):
    """The slope of one of the values of a calculation in each of them."""
    tensors = [torch.tensor(leaf, dtype=torch.float64, requires_grad=True) for leaf in LEAVES]
    tensors = calculated(steps, tensors)
    found = torch.autograd.grad(tensors[result], tensors, allow_unused=True)
    return [0.0 if slope is None else slope.item() for slope in found]


def test_Node_again_adds_to_what_other_results_left(kata):
    """Two results that share a leaf leave the sum of their slopes in it."""
    x = kata.Node(4.0)
    (x * x).backward()
    (x * 3.0).backward()
    assert_number(tr("x.grad after (x * x).backward() and (x * 3).backward()"), x.grad, 11.0)


def test_Node_again_adds_the_same_slope_again(kata):
    """A second call on the same result adds once more what the first did."""
    x, y = kata.Node(3.0), kata.Node(-2.0)
    p = x * y
    p.backward()
    p.backward()
    assert_number(tr("x.grad after two p.backward(), p = x * y,"), x.grad, -4.0)
    assert_number(tr("y.grad after two p.backward(), p = x * y,"), y.grad, 6.0)


def test_Node_again_begins_anew_where_a_grad_was_cleared(kata):
    """Where grad was set back to 0.0, a new calculation leaves its own slope there alone."""
    x = kata.Node(2.0)
    (x * x * 3.0).backward()
    x.grad = 0.0
    (x * x * 5.0).backward()
    assert_number(tr("x.grad, cleared before (x * x * 5).backward(),"), x.grad, 20.0)


@edge
def test_Node_again_adds_in_every_node(kata):
    """Three calls on the same result leave three times the slopes, between as in the leaves."""
    x, y = kata.Node(3.0), kata.Node(-2.0)
    a = x * y
    p = a * a + x
    for _ in range(3):
        p.backward()
    for name, node, slope in (("p", p, 1.0), ("a", a, -12.0), ("x", x, 25.0), ("y", y, -36.0)):
        what = tr("{name}.grad after three p.backward(), p = a * a + x, a = x * y,").format(
            name=name
        )
        assert_number(what, node.grad, 3 * slope)


@edge
def test_Node_again_is_not_misled_by_earlier_runs(kata):
    """Slopes that a shared node has collected before are not handed on a second time."""
    y = kata.Node(2.0)
    c = y * 3.0
    d, e = c * c, c * 5.0
    d.backward()
    e.backward()
    what = tr("y.grad after d.backward() and e.backward(), d = c * c, e = c * 5, c = y * 3,")
    assert_number(what, y.grad, 36.0 + 15.0)


@edge
def test_Node_again_adds_one_to_its_own_grad(kata):
    """A result that was a step of another one before keeps what it has and adds 1."""
    x = kata.Node(2.0)
    a = x * 3.0
    (a * 5.0).backward()
    a.backward()
    assert_number(tr("a.grad after (a * 5).backward() and a.backward()"), a.grad, 6.0)
    assert_number(tr("x.grad after (a * 5).backward() and a.backward()"), x.grad, 18.0)


@edge
@given(steps=CALCULATIONS, early=st.integers(0, 9))
def test_Node_again_adds_up_two_results(kata, steps, early):
    """Two backward calls, on an earlier result and the last, add up the slopes of both."""
    nodes = calculated(steps, [kata.Node(leaf) for leaf in LEAVES])
    early %= len(nodes)
    nodes[early].backward()
    nodes[-1].backward()
    expected = np.add(true_slopes(steps, early), true_slopes(steps, -1))
    called = f"{written(steps)}; v{early}.backward(); v{len(nodes) - 1}.backward()"
    for i, (node, slope) in enumerate(zip(nodes, expected, strict=True)):
        assert_number(
            tr("after {called}: v{i}.grad").format(called=called, i=i), node.grad, float(slope)
        )


def test_Node_large_graphs_have_their_shared_parts_visited_once(kata):
    """60 forks that join again have 2⁶⁰ paths; the work grows with the nodes, not the paths."""
    assert_little_work(forks(kata.Node(1.0), 6).backward, forks(kata.Node(1.0), 12).backward)
    x = kata.Node(1.0)
    forks(x, 60).backward()
    assert_number(tr("x.grad behind 60 forks"), x.grad, 2.0**60)


def test_Node_large_sums_with_themselves_are_visited_once(kata):
    """y = y + y, 60 times over, is 60 nodes, not 2⁶⁰."""
    assert_little_work(doubled(kata.Node(1.0), 6).backward, doubled(kata.Node(1.0), 12).backward)
    x = kata.Node(1.0)
    doubled(x, 60).backward()
    assert_number(tr("x.grad behind 60 doublings"), x.grad, 2.0**60)


@edge
def test_Node_large_chains_of_5_000_nodes(kata):
    """A long chain does not overflow Python's stack."""
    x = kata.Node(3.0)
    p = chain(x, kata.Node(0.5), 5_000)
    p.backward()
    assert_number(tr("x.grad behind a chain of 5,000 nodes"), x.grad, 1.0)
