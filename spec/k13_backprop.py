"""What a right k13_backprop does.

Teaches the graph of a calculation, the topological order and the backward pass over it, on plain
numbers. Leaves tensors and layers to k14, and the real torch.autograd to k16.
"""

import math
import operator
from unittest import mock

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from spec.harness.checks import CheckFailure, assert_that, assert_value, effort, show

# What is made of x alone: its text, how, its value, its slope, and where to try it.
EVERYWHERE = (2.0, -1.5, 0.25)
ABOVE_ZERO = (2.0, 0.25)
FAR_OUT = (18.0, -18.0, 100.0, -100.0)
OF_ONE = [
    ("x + 2", lambda x: x + 2, lambda x: x + 2, lambda x: 1.0, EVERYWHERE),
    ("2 + x", lambda x: 2 + x, lambda x: 2 + x, lambda x: 1.0, EVERYWHERE),
    ("x - 2", lambda x: x - 2, lambda x: x - 2, lambda x: 1.0, EVERYWHERE),
    ("2 - x", lambda x: 2 - x, lambda x: 2 - x, lambda x: -1.0, EVERYWHERE),
    ("x * 3", lambda x: x * 3, lambda x: 3 * x, lambda x: 3.0, EVERYWHERE),
    ("3 * x", lambda x: 3 * x, lambda x: 3 * x, lambda x: 3.0, EVERYWHERE),
    ("x / 4", lambda x: x / 4, lambda x: 0.25 * x, lambda x: 0.25, EVERYWHERE),
    ("4 / x", lambda x: 4 / x, lambda x: 4 * x**-1, lambda x: -4 * x**-2, EVERYWHERE),
    ("x + -2", lambda x: x + -2, lambda x: x - 2, lambda x: 1.0, EVERYWHERE),
    ("0 - x", lambda x: 0 - x, lambda x: -1 * x, lambda x: -1.0, EVERYWHERE),
    ("x * 0", lambda x: x * 0, lambda x: 0.0, lambda x: 0.0, EVERYWHERE),
    ("0 / x", lambda x: 0 / x, lambda x: 0.0, lambda x: 0.0, EVERYWHERE),
    ("x + 0.5", lambda x: x + 0.5, lambda x: x + 0.5, lambda x: 1.0, EVERYWHERE),
    ("0.1 + x", lambda x: 0.1 + x, lambda x: x + 0.1, lambda x: 1.0, EVERYWHERE),
    ("0.5 - x", lambda x: 0.5 - x, lambda x: 0.5 - x, lambda x: -1.0, EVERYWHERE),
    ("x * 0.1", lambda x: x * 0.1, lambda x: x * 0.1, lambda x: 0.1, EVERYWHERE),
    ("-0.5 * x", lambda x: -0.5 * x, lambda x: x / -2, lambda x: -0.5, EVERYWHERE),
    ("x / -0.1", lambda x: x / -0.1, lambda x: x * -10, lambda x: -10.0, EVERYWHERE),
    ("0.3 / x", lambda x: 0.3 / x, lambda x: 0.3 / x, lambda x: -0.3 / (x * x), EVERYWHERE),
    ("x ** 2", lambda x: x**2, lambda x: x * x, lambda x: 2 * x, EVERYWHERE),
    ("x ** 3", lambda x: x**3, lambda x: x * x * x, lambda x: 3 * x * x, EVERYWHERE),
    ("x ** 1", lambda x: x**1, lambda x: x, lambda x: 1.0, EVERYWHERE),
    ("x ** -1", lambda x: x**-1, lambda x: 1 / x, lambda x: -1 / (x * x), EVERYWHERE),
    ("x ** -2", lambda x: x**-2, lambda x: 1 / (x * x), lambda x: -2 / (x * x * x), EVERYWHERE),
    ("x ** 3.0", lambda x: x**3.0, lambda x: x * x * x, lambda x: 3 * x * x, EVERYWHERE),
    ("x ** 0.5", lambda x: x**0.5, math.sqrt, lambda x: 0.5 / math.sqrt(x), ABOVE_ZERO),
    ("x ** -1.5", lambda x: x**-1.5, lambda x: x**-1.5, lambda x: -1.5 * x**-2.5, ABOVE_ZERO),
    ("2 ** x", lambda x: 2**x, math.exp2, lambda x: math.log(2) * math.exp2(x), EVERYWHERE),
    ("0.5 ** x", lambda x: 0.5**x, lambda x: 2**-x, lambda x: -math.log(2) * 2**-x, EVERYWHERE),
    ("1 ** x", lambda x: 1**x, lambda x: 1.0, lambda x: 0.0, EVERYWHERE),
    ("-x", lambda x: -x, lambda x: -1 * x, lambda x: -1.0, EVERYWHERE),
    ("x.exp()", lambda x: x.exp(), math.exp, math.exp, EVERYWHERE),
    ("x.tanh()", lambda x: x.tanh(), math.tanh, lambda x: math.cosh(x) ** -2, EVERYWHERE),
    ("x.relu()", lambda x: x.relu(), lambda x: max(0.0, x), lambda x: float(x > 0), EVERYWHERE),
]

# What is made of x and y: its text, how, its value, its slope in each, and where to try it.
PAIRS = ((2.5, 0.75), (-1.5, -3.0), (0.5, -2.0), (-0.25, 4.0))
POWERS = ((2.5, 0.75), (0.25, -1.5), (2.0, 0.0))
OF_TWO = [
    ("x + y", lambda x, y: x + y, lambda x, y: x + y, lambda x, y: 1.0, lambda x, y: 1.0, PAIRS),
    ("x - y", lambda x, y: x - y, lambda x, y: x - y, lambda x, y: 1.0, lambda x, y: -1.0, PAIRS),
    ("x * y", lambda x, y: x * y, lambda x, y: x * y, lambda x, y: y, lambda x, y: x, PAIRS),
    (
        "x / y",
        lambda x, y: x / y,
        lambda x, y: x * y**-1,
        lambda x, y: y**-1,
        lambda x, y: -x * y**-2,
        PAIRS,
    ),
    (
        "x ** y",
        lambda x, y: x**y,
        lambda x, y: math.exp(y * math.log(x)),
        lambda x, y: y / x * math.exp(y * math.log(x)),
        lambda x, y: math.log(x) * math.exp(y * math.log(x)),
        POWERS,
    ),
]

# Steps of random calculations that stay where everything is defined, smooth and not large.
STEPS = {
    "{} + {}": lambda a, b: a + b,
    "{} - {}": lambda a, b: a - b,
    "{} * {}.tanh()": lambda a, b: a * b.tanh(),
    "{} / (1 + {} ** 2)": lambda a, b: a / (1 + b**2),
    "(0.5 + {} * {}.tanh()) * 2 - 2": lambda a, b: (0.5 + a * b.tanh()) * 2 - 2,
    "(1.5 + {}.tanh()) ** {}.tanh()": lambda a, b: (1.5 + a.tanh()) ** b.tanh(),
    "-{} / 2 + 3 / (2 + {}.tanh())": lambda a, b: -a / 2 + 3 / (2 + b.tanh()),
    "{}.tanh().exp() + 2 ** {}.tanh()": lambda a, b: a.tanh().exp() + 2 ** b.tanh(),
    "({} + 0.123456).relu() + {}": lambda a, b: (a + 0.123456).relu() + b,
}
LEAVES = (2.0, -1.0, 0.5)
CALCULATIONS = st.lists(
    st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 9), st.integers(0, 9)),
    min_size=1,
    max_size=7,
)


def assert_number(what, actual, expected):
    """A Python number equals what is expected, to rounding; `what` names it in the failure."""
    __tracebackhide__ = True
    number = isinstance(actual, (int, float)) and not isinstance(actual, bool)
    close = number and np.isclose(actual, expected, rtol=1e-11, atol=1e-11)
    assert_that(bool(close), f"{what} is {show(actual)}, and should be {expected!r}")


def listed(nodes):
    """Nodes as text, each by its value; where they lie in memory would tell nothing."""
    if not isinstance(nodes, (list, tuple)):
        return f"of type {type(nodes).__name__}"
    entries = [f"Node({show(n.value)})" if hasattr(n, "value") else show(n) for n in nodes[:20]]
    text = ", ".join([*entries, "..."] if len(nodes) > len(entries) else entries)
    return f"[{text}]" if isinstance(nodes, list) else f"({text})"


def assert_told(condition, problem, got):
    """The condition holds; what came back instead is told in words of its own."""
    __tracebackhide__ = True
    try:
        assert_that(condition, problem)
    except CheckFailure:
        raise CheckFailure(problem, got=got) from None


def calculated(steps, leaves):
    """All values of a calculation, leaves first, each made of two of those before it."""
    values = list(leaves)
    for text, i, j in steps:
        values.append(STEPS[text](values[i % len(values)], values[j % len(values)]))
    return values


def written(steps):
    """The calculation as text, a line a step."""
    lines = [f"v{i} = Node({leaf})" for i, leaf in enumerate(LEAVES)]
    for count, (text, i, j) in enumerate(steps, start=len(LEAVES)):
        lines.append(f"v{count} = {text.format(f'v{i % count}', f'v{j % count}')}")
    return "; ".join(lines)


def ancestors(node):
    """All nodes that can be reached through inputs, the node itself too, by identity."""
    found, waiting = {id(node): node}, [node]
    while waiting:
        for source in waiting.pop().inputs:
            assert_that(
                hasattr(source, "inputs"), f"inputs holds {show(source)}, and should hold nodes"
            )
            if id(source) not in found:
                found[id(source)] = source
                waiting.append(source)
    return found


def forks(node, count):
    """A result of forks that join again, one behind the other; its slope is 2 for each of them."""
    for _ in range(count):
        node = node * 0.5 + node * 1.5
    return node


def chain(node, other, count):
    """A result at the end of a chain of `count` steps, four times a whole number; its slope is 1.

    The chain goes now through the left side and now through the right one.
    """
    for step in range(count):
        node = other - node if step % 2 else node + other
    return node


def work(node, call):
    """The steps of Python of one call; a node sought in a list is compared with each in Python."""
    with mock.patch.object(type(node), "__eq__", lambda one, other: one is other):
        return effort(call).steps


def assert_little_work(few, many, times, problem):
    """The larger graph takes at most so many times the steps of the smaller one."""
    __tracebackhide__ = True
    assert_told(many <= times * few, problem, f"more than {times} times the steps of Python")


def test_Node_begins_as_a_leaf(kata):
    """A new node has its value, a grad of 0.0, and was made from no other node: inputs is ()."""
    x = kata.Node(3.5)
    assert_number("Node(3.5).value", x.value, 3.5)
    assert_number("Node(3.5).grad", x.grad, 0.0)
    assert_value(x.inputs, ())


@pytest.mark.parametrize(
    ("text", "made", "value", "slope", "points"), OF_ONE, ids=[row[0] for row in OF_ONE]
)
def test_Node_goes_with_numbers_and_functions(kata, text, made, value, slope, points):
    """Each operation has its value and its slope, whichever side the number is on."""
    for at in points:
        x = kata.Node(at)
        p = made(x)
        assert_number(f"({text}).value at x = {at}", p.value, value(at))
        assert_number(f"x.grad before backward, for {text},", x.grad, 0.0)
        p.backward()
        assert_number(f"x.grad after ({text}).backward() at x = {at}", x.grad, slope(at))


@pytest.mark.parametrize(
    ("text", "made", "value", "by_x", "by_y", "points"), OF_TWO, ids=[row[0] for row in OF_TWO]
)
def test_Node_goes_with_another_node(kata, text, made, value, by_x, by_y, points):
    """Each operation on two nodes has its value, and a slope in each of the two."""
    for at in points:
        x, y = (kata.Node(number) for number in at)
        where = "at x = {}, y = {}".format(*at)
        p = made(x, y)
        assert_number(f"({text}).value {where}", p.value, value(*at))
        p.backward()
        assert_number(f"x.grad after ({text}).backward() {where}", x.grad, by_x(*at))
        assert_number(f"y.grad after ({text}).backward() {where}", y.grad, by_y(*at))


def test_Node_of_a_whole_number_is_as_good(kata):
    """Node(7) goes wherever Node(7.0) goes."""
    for text, made, value, by_x, by_y in (
        ("x + y", lambda x, y: x + y, 9.0, 1.0, 1.0),
        ("x * y", lambda x, y: x * y, 14.0, 2.0, 7.0),
        ("x / y", lambda x, y: x / y, 3.5, 0.5, -1.75),
        ("x ** y", lambda x, y: x**y, 49.0, 14.0, 49 * math.log(7)),
        ("x.relu() - y.exp()", lambda x, y: x.relu() - y.exp(), 7 - math.e**2, 1.0, -(math.e**2)),
        ("-x + y.tanh()", lambda x, y: -x + y.tanh(), math.tanh(2) - 7, -1.0, math.cosh(2) ** -2),
    ):
        x, y = kata.Node(7), kata.Node(2)
        p = made(x, y)
        assert_number(f"({text}).value at x = 7, y = 2", p.value, value)
        p.backward()
        assert_number(f"x.grad after ({text}).backward() at x = 7, y = 2", x.grad, by_x)
        assert_number(f"y.grad after ({text}).backward() at x = 7, y = 2", y.grad, by_y)


def test_Node_adds_up_in_python_s_own_sum(kata):
    """sum() begins with the number 0, to which nodes can be added."""
    x, y = kata.Node(2.0), kata.Node(5.0)
    total = sum([x, y, x])
    assert_number("sum([x, y, x]).value", total.value, 9.0)
    total.backward()
    assert_number("x.grad", x.grad, 2.0)
    assert_number("y.grad", y.grad, 1.0)


def test_Node_remembers_the_nodes_it_was_made_from(kata):
    """inputs is a tuple of the very nodes that went into a sum or a product, and of no others."""
    x, y = kata.Node(2.0), kata.Node(5.0)
    for text, p in (("x + y", x + y), ("x * y", x * y)):
        assert_that(
            isinstance(p.inputs, tuple) and {id(node) for node in p.inputs} == {id(x), id(y)},
            f"({text}).inputs is {listed(p.inputs)}, and should be a tuple of the nodes x and y",
        )
    twice = (x * x).inputs
    assert_that(
        isinstance(twice, tuple) and {id(node) for node in twice} == {id(x)},
        f"(x * x).inputs is {listed(twice)}, and should be a tuple of the node x",
    )


def test_Node_keeps_the_way_back_to_every_leaf(kata):
    """Whatever is made of x and y, both can be reached again through inputs."""
    results = [(text, made, (at,)) for text, made, *_, points in OF_ONE for at in points]
    results += [(text, made, at) for text, made, *_, points in OF_TWO for at in points]
    for text, made, values in results:
        leaves = [kata.Node(value) for value in values]
        p = made(*leaves)
        found = ancestors(p)
        assert_that(
            all(isinstance(node.inputs, tuple) for node in found.values()),
            f"inputs should be a tuple; for {text} it is {listed(p.inputs)}",
        )
        assert_that(
            all(id(leaf) in found for leaf in leaves),
            f"from {text} not all of its leaves can be reached through inputs",
        )


def test_Node_operations_make_a_new_node(kata):
    """Also where the number stays the same, the result is a node of its own."""
    x = kata.Node(2.5)
    for text, p in (
        ("x + 0", x + 0),
        ("0 + x", 0 + x),
        ("x - 0.0", x - 0.0),
        ("x * 1", x * 1),
        ("1.0 * x", 1.0 * x),
        ("x / 1", x / 1),
        ("x ** 1", x**1),
        ("x.relu()", x.relu()),
        ("sum([x])", sum([x])),
    ):
        assert_that(p is not x, f"{text} is x itself, and should be a new node")
        assert_number(f"({text}).value at x = 2.5", p.value, 2.5)


def test_Node_keeps_its_value_where_a_total_grows(kata):
    """After total = x, total += y makes a new node and x stays as it was, and so with -= and *=."""
    x, y = kata.Node(3.0), kata.Node(2.0)
    for text, grown, value in (
        ("total += y", operator.iadd, 5.0),
        ("total -= y", operator.isub, 1.0),
        ("total *= y", operator.imul, 6.0),
        ("total /= y", operator.itruediv, 1.5),
        ("total **= y", operator.ipow, 9.0),
    ):
        total = grown(x, y)
        assert_number(f"total.value after total = x; {text}", total.value, value)
        assert_number(f"x.value after total = x; {text}", x.value, 3.0)
        assert_that(total is not x, f"after {text}, total is still the node x")


def test_Node_operations_leave_their_arguments_alone(kata):
    """An operation makes a new node; x and y keep value, grad and inputs."""
    x, y = kata.Node(2.5), kata.Node(0.75)
    for _, made, *_ in OF_TWO:
        made(x, y).backward()
    for _, made, *_ in OF_ONE:
        made(x).backward()
    assert_number("x.value afterwards", x.value, 2.5)
    assert_number("y.value afterwards", y.value, 0.75)
    assert_value(x.inputs, ())
    assert_value(y.inputs, ())


@given(steps=CALCULATIONS, early=st.integers(0, 9))
def test_Node_backward_finds_the_slope_of_every_node(kata, steps, early):
    """Two backward calls, on an earlier result and the last, add up the slopes of both."""
    nodes = calculated(steps, [kata.Node(leaf) for leaf in LEAVES])
    tensors = [torch.tensor(leaf, dtype=torch.float64, requires_grad=True) for leaf in LEAVES]
    tensors = calculated(steps, tensors)
    early %= len(nodes)

    expected = np.zeros(len(nodes))
    for result in (early, -1):
        nodes[result].backward()
        expected += [
            0.0 if slope is None else slope.item()
            for slope in torch.autograd.grad(
                tensors[result], tensors, retain_graph=True, allow_unused=True
            )
        ]
    called = f"{written(steps)}; v{early}.backward(); v{len(nodes) - 1}.backward()"
    for i, (node, tensor) in enumerate(zip(nodes, tensors, strict=True)):
        assert_number(f"after {called}: v{i}.value", node.value, tensor.item())
        assert_number(f"after {called}: v{i}.grad", node.grad, float(expected[i]))


def test_Node_backward_reaches_every_node_between(kata):
    """Nodes between the result and the leaves get their slopes too, and the result gets 1."""
    x = kata.Node(3.0)
    a = x * x
    b = a * 2.0
    p = b + 1.0
    p.backward()
    for name, node, slope in (("p", p, 1.0), ("b", b, 1.0), ("a", a, 2.0), ("x", x, 12.0)):
        assert_number(f"{name}.grad after p.backward()", node.grad, slope)


def test_Node_backward_of_a_leaf_reaches_that_leaf(kata):
    """A leaf's slope with respect to itself is 1."""
    x = kata.Node(3.0)
    x.backward()
    assert_number("x.grad after x.backward()", x.grad, 1.0)


@pytest.mark.parametrize(
    ("text", "made", "slope"),
    [
        ("x + x", lambda x: x + x, 2.0),
        ("x * x", lambda x: x * x, 6.0),
        ("x - x", lambda x: x - x, 0.0),
        ("x / x", lambda x: x / x, 0.0),
        ("x ** x", lambda x: x**x, 27.0 * (1 + math.log(3.0))),
        ("x * x * x", lambda x: x * x * x, 27.0),
        ("(x + 1) * (x - 1)", lambda x: (x + 1) * (x - 1), 6.0),
    ],
    ids=["x + x", "x * x", "x - x", "x / x", "x ** x", "x * x * x", "(x + 1) * (x - 1)"],
)
def test_Node_backward_collects_from_every_use(kata, text, made, slope):
    """A node that is used twice, in one operation or in several, collects both slopes."""
    x = kata.Node(3.0)
    made(x).backward()
    assert_number(f"x.grad after ({text}).backward() at x = 3.0", x.grad, slope)


def test_Node_backward_waits_for_the_longest_way(kata):
    """A node hands its slope on only when it has collected from short ways and long ones."""
    for text, made in (
        ("a + ((a * 3 + 1) * 2)", lambda a: a + ((a * 3 + 1) * 2)),
        ("((a * 3 + 1) * 2) + a", lambda a: ((a * 3 + 1) * 2) + a),
    ):
        x = kata.Node(5.0)
        a = x * x
        made(a).backward()
        assert_number(f"a.grad after ({text}).backward()", a.grad, 7.0)
        assert_number(f"x.grad after ({text}).backward(), where a = x * x,", x.grad, 70.0)


def test_Node_backward_of_the_same_result_adds_again(kata):
    """A second call adds the same slopes a second time, no more and no less."""
    x, y = kata.Node(3.0), kata.Node(-2.0)
    a = x * y
    p = a * a + x
    p.backward()
    once = (x.grad, y.grad, a.grad)
    p.backward()
    p.backward()
    for name, node, slope in zip("xya", (x, y, a), once, strict=True):
        assert_number(f"{name}.grad after three p.backward()", node.grad, 3 * slope)
    assert_number("x.grad after one p.backward()", once[0], 25.0)


def test_Node_backward_adds_to_what_other_results_left(kata):
    """Two results that share a leaf leave the sum of their slopes in it."""
    x = kata.Node(4.0)
    (x * x).backward()
    (x * 3.0).backward()
    assert_number("x.grad after (x * x).backward() and (x * 3).backward()", x.grad, 11.0)


def test_Node_backward_is_not_misled_by_earlier_runs(kata):
    """Slopes that a shared node has collected before are not handed on a second time."""
    x = kata.Node(2.0)
    a = x * 3.0
    b = a * a
    a.backward()
    b.backward()
    assert_number("x.grad after a.backward() and b.backward()", x.grad, 3.0 + 36.0)
    assert_number("a.grad after a.backward() and b.backward()", a.grad, 1.0 + 12.0)

    y = kata.Node(2.0)
    c = y * 3.0
    d, e = c * c, c * 5.0
    d.backward()
    e.backward()
    assert_number("y.grad after two results of c = y * 3", y.grad, 36.0 + 15.0)


def test_Node_backward_adds_one_to_its_own_grad(kata):
    """A result that was a step of another one before keeps what it has and adds 1."""
    x = kata.Node(2.0)
    a = x * 3.0
    (a * 5.0).backward()
    a.backward()
    assert_number("a.grad after (a * 5).backward() and a.backward()", a.grad, 6.0)
    assert_number("x.grad after (a * 5).backward() and a.backward()", x.grad, 18.0)


def test_Node_backward_begins_anew_where_a_grad_was_cleared(kata):
    """Setting the leaf's grad back to 0.0 is enough; what is left in between does not count."""
    x = kata.Node(2.0)
    a = x * x
    p = a * 3.0
    p.backward()
    x.grad = 0.0
    p.backward()
    assert_number("x.grad, cleared before the second p.backward(),", x.grad, 12.0)


def test_Node_backward_leaves_other_nodes_alone(kata):
    """What the result was not made from keeps its grad; every node keeps value and inputs."""
    x, y = kata.Node(2.0), kata.Node(7.0)
    a = x * x
    beside, behind, apart = x * 5.0, a + 1.0, y * 2.0
    before = [(node.value, [id(source) for source in node.inputs]) for node in (x, a, behind)]
    a.backward()
    for name, node in (("x * 5", beside), ("a + 1", behind), ("y", y), ("y * 2", apart)):
        assert_number(f"the grad of {name} after a.backward(), a = x * x,", node.grad, 0.0)
    after = [(node.value, [id(source) for source in node.inputs]) for node in (x, a, behind)]
    assert_that(before == after, "backward changed the value or the inputs of a node")


def test_Node_backward_tells_equal_values_apart(kata):
    """Two nodes of one value are two nodes, each with a slope of its own."""
    x, y = kata.Node(3.0), kata.Node(3.0)
    a, b = x * 2.0, y * 2.0
    (a * 5.0 + b * 7.0).backward()
    assert_number("x.grad", x.grad, 10.0)
    assert_number("y.grad", y.grad, 14.0)


def test_Node_to_the_power_of_zero_is_flat(kata):
    """x ** 0 is 1 everywhere, so its slope is 0, at x = 0 too, also where 0 is a node."""
    for at in (0.0, 2.0, -3.0):
        for text, zero in (("0", 0), ("0.0", 0.0), ("Node(0.0)", kata.Node(0.0))):
            x = kata.Node(at)
            p = x**zero
            assert_number(f"(x ** {text}).value at x = {at}", p.value, 1.0)
            p.backward()
            assert_number(f"x.grad after (x ** {text}).backward() at x = {at}", x.grad, 0.0)
            reached = id(x) in ancestors(p)
            assert_that(reached, f"from x ** {text}, x cannot be reached through inputs")


def test_Node_zero_to_a_power_has_its_slope(kata):
    """At x = 0 the slope of x ** 1 is 1, and of x ** 2 and x ** 3 it is 0."""
    for exponent, slope in ((1, 1.0), (2, 0.0), (3.0, 0.0)):
        for text, power in ((f"{exponent}", exponent), (f"Node({exponent})", kata.Node(exponent))):
            x = kata.Node(0.0)
            p = x**power
            assert_number(f"(x ** {text}).value at x = 0", p.value, 0.0)
            p.backward()
            assert_number(f"x.grad after (x ** {text}).backward() at x = 0", x.grad, slope)


def test_Node_below_zero_has_powers_with_whole_nodes(kata):
    """A negative base has its slope also where the whole exponent is a node."""
    for exponent, value, slope in ((3.0, -8.0, 12.0), (2, 4.0, -4.0), (-1.0, -0.5, -0.25)):
        x, power = kata.Node(-2.0), kata.Node(exponent)
        p = x**power
        assert_number(f"(x ** y).value at x = -2, y = {exponent}", p.value, value)
        p.backward()
        what = f"x.grad after (x ** y).backward() at x = -2, y = {exponent}"
        assert_number(what, x.grad, slope)


def test_Node_relu_bends_at_zero(kata):
    """max(0, 0) is 0, and the slope there is that of one side, 0 or 1."""
    x = kata.Node(0.0)
    p = x.relu()
    assert_number("Node(0.0).relu().value", p.value, 0.0)
    p.backward()
    assert_that(
        x.grad in (0, 1), f"x.grad after x.relu().backward() at x = 0 is {show(x.grad)}, not 0 or 1"
    )


def test_Node_tanh_is_flat_far_out(kata):
    """At 18 and beyond the value is 1 and the slope 0, at -18 and below the value is -1."""
    for at in FAR_OUT:
        x = kata.Node(at)
        p = x.tanh()
        assert_number(f"x.tanh().value at x = {at}", p.value, math.copysign(1.0, at))
        p.backward()
        assert_number(f"x.grad after x.tanh().backward() at x = {at}", x.grad, 0.0)


def test_Node_backward_visits_shared_parts_once(kata):
    """60 forks that join again have 2⁶⁰ paths; the work grows with the nodes, not the paths."""
    small, large = forks(kata.Node(1.0), 5), forks(kata.Node(1.0), 10)
    few, many = work(small, small.backward), work(large, large.backward)
    problem = "for twice the forks, backward does far more than twice the work: it walks every path"
    assert_little_work(few, many, 4, problem)
    x = kata.Node(1.0)
    forks(x, 60).backward()
    assert_number("x.grad behind 60 forks", x.grad, 2.0**60)


def test_Node_backward_visits_a_node_used_twice_once(kata):
    """y = y + y, 60 times over, is 60 nodes, not 2⁶⁰."""

    def doubled(node, count):
        for _ in range(count):
            node = node + node
        return node

    small, large = doubled(kata.Node(1.0), 6), doubled(kata.Node(1.0), 12)
    few, many = work(small, small.backward), work(large, large.backward)
    problem = "for twice the doublings, backward does far more than twice the work"
    assert_little_work(few, many, 4, problem)
    x = kata.Node(1.0)
    doubled(x, 60).backward()
    assert_number("x.grad behind 60 doublings", x.grad, 2.0**60)


def test_Node_backward_takes_a_chain_of_50_000_nodes(kata):
    """A long chain neither overflows Python's stack nor takes more than its share of steps."""
    x, y = kata.Node(3.0), kata.Node(0.5)
    small, large = chain(x, y, 20), chain(x, y, 200)
    few, many = work(small, small.backward), work(large, large.backward)
    problem = "on a chain ten times as long, backward does far more work for each node"
    assert_little_work(few, many, 20, problem)
    x = kata.Node(3.0)
    p = chain(x, y, 50_000) * 5.0
    assert_number("the value at the end of the chain", p.value, 15.0)
    p.backward()
    assert_number("x.grad behind a chain of 50,000 nodes", x.grad, 5.0)


def assert_order(order, node, known):
    """The list is a topological order of the node's ancestors, all of `known` among them."""
    __tracebackhide__ = True
    got = listed(order)
    assert_told(isinstance(order, list), "the result should be a list", got)
    reached = ancestors(node)
    places = {id(entry): place for place, entry in enumerate(order)}
    assert_told(
        all(id(entry) in reached for entry in order),
        "something stands in the order that the node was not made from",
        got,
    )
    different = f"of {len(order)} entries only {len(places)} are different nodes"
    assert_told(len(places) == len(order), different, got)
    assert_told(bool(order) and order[-1] is node, "the node itself should stand last", got)
    wanted = {id(entry) for entry in known} | {key for key, n in reached.items() if n.inputs}
    missing = len(wanted - set(places))
    assert_told(not missing, f"{missing} of the nodes that it was made from are missing", got)
    for entry in order:
        for source in entry.inputs:
            assert_told(
                places.get(id(source), -1) < places[id(entry)],
                f"a node of value {show(entry.value)} stands before its input of value "
                f"{show(source.value)}",
                got,
            )


@given(steps=CALCULATIONS)
def test_topological_order_puts_each_node_after_its_inputs(kata, steps):
    """Each node stands exactly once and after its inputs, leaves included, the node itself last."""
    nodes = calculated(steps, [kata.Node(leaf) for leaf in LEAVES])
    for node in (nodes[-1], nodes[len(nodes) // 2]):
        reached = ancestors(node)
        known = [other for other in nodes if id(other) in reached]
        assert_order(kata.topological_order(node), node, known)


def test_topological_order_of_a_leaf_is_that_leaf(kata):
    """A node that was made from nothing stands alone."""
    x = kata.Node(3.0)
    assert_order(kata.topological_order(x), x, [x])


def test_topological_order_includes_the_leaves(kata):
    """x and w, from which the product was made, stand before it."""
    x, w, b = kata.Node(2.0), kata.Node(3.0), kata.Node(1.0)
    product = x * w
    p = product + b
    assert_order(kata.topological_order(p), p, [x, w, b, product, p])


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
        assert_order(kata.topological_order(p), p, [x, y, a if p.inputs else x, b, c, p])


def test_topological_order_leaves_out_what_was_made_from_a_node(kata):
    """Only what the node was made from counts, not what was made from it or beside it."""
    x, y = kata.Node(2.0), kata.Node(3.0)
    a = x * y
    rest = [a + x, a * y, y + y]
    assert_order(kata.topological_order(a), a, [x, y, a])
    assert_order(kata.topological_order(rest[0]), rest[0], [x, y, a])


def test_topological_order_tells_equal_values_apart(kata):
    """Nodes with the same value are different nodes, and each has its place."""
    x, y, z = kata.Node(2.0), kata.Node(2.0), kata.Node(4.0)
    a, b = x * y, x + y
    p = a * z + b
    assert_order(kata.topological_order(p), p, [x, y, z, a, b, p])


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
        assert_told(node.value == value, "the value of a node was changed", got)
        assert_told(node.grad == grad, "the grad of a node was changed", got)
    now = [[id(source) for source in node.inputs] for node in (x, y, a, p)]
    assert_told(inputs == now, "the inputs of a node were changed", got)


def test_topological_order_visits_shared_parts_once(kata):
    """60 forks that join again have 2⁶⁰ paths; the work grows with the nodes, not the paths."""
    small, large = forks(kata.Node(1.0), 5), forks(kata.Node(1.0), 10)
    few = work(small, lambda: kata.topological_order(small))
    many = work(large, lambda: kata.topological_order(large))
    problem = "twice the forks take far more than twice the work: every path is walked"
    assert_little_work(few, many, 4, problem)
    x = kata.Node(1.0)
    p = forks(x, 60)
    assert_order(kata.topological_order(p), p, [x])


def test_topological_order_takes_a_chain_of_50_000_nodes(kata):
    """A long chain neither overflows Python's stack nor takes more than its share of steps."""
    x, y = kata.Node(3.0), kata.Node(0.5)
    small, large = chain(x, y, 20), chain(x, y, 200)
    few = work(small, lambda: kata.topological_order(small))
    many = work(large, lambda: kata.topological_order(large))
    problem = "on a chain ten times as long, each node takes far more work"
    assert_little_work(few, many, 20, problem)
    p = chain(x, y, 50_000)
    order = kata.topological_order(p)
    places = {id(node): place for place, node in enumerate(order)}
    for condition, problem in (
        (len(places) == len(order) > 50_000, "a node of the long chain is missing"),
        (order[-1] is p and id(x) in places, "an end of the long chain is missing"),
        (
            all(places.get(id(source), -1) < places[id(n)] for n in order for source in n.inputs),
            "a node of the long chain stands before its input",
        ),
    ):
        assert_told(condition, problem, listed(order))
