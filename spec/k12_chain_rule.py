"""What a right k12_chain_rule does.

Teaches that slopes multiply along a path and that paths add up, with numbers, with Jacobians and
on a graph. Leaves the machine that does it to k13, and whole networks to k14.
"""

import itertools
import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from spec.harness.checks import (
    WIDE,
    array,
    assert_raises,
    assert_tensor,
    assert_that,
    assert_value,
    by_hand,
    effort,
    has_dtype,
    tensors,
    unchanged,
)

# Small, so that sums which cancel lose little; 0.1 and 1/3 show what passes through float32.
SMALL = (0.0, 1.0, -1.0, 2.0, 0.1, -2.0, 0.5, 1 / 3, -0.7, 1.7, -0.3, 2.9)

NAMES = ("x", "a", "b", "c", "p")
ARROWS = [(start, end) for i, start in enumerate(NAMES) for end in NAMES[i + 1 :]]
DERIVATIVES = st.sampled_from([1.0, 2.0, -1.0, 1 / 3, 3.0, 0.0, -2.5, 0.1])


def loose(x):
    """Tolerances for results of float32 in which sums of products may cancel."""
    return {"rtol": 1e-5, "atol": 2e-4} if x.dtype == torch.float32 else {}


def forgiven(x, size=0.0):
    """Tolerances for slopes of functions between 0 and 1, of arguments of this size."""
    return {"rtol": 0.0, "atol": (1e-6 if x.dtype == torch.float32 else 1e-12) * (1 + size)}


def floats(device):
    """The floating dtypes that the device has."""
    return [dtype for dtype in (torch.float32, torch.float64) if has_dtype(device, dtype)]


@given(drawn=tensors("...", "...", "...", "...", values=SMALL, max_side=3))
def test_product_rule_adds_one_term_for_each_factor(kata, device, drawn):
    """The slope of f·g is df·g + f·dg at each point."""
    f, df, g, dg = drawn
    expected = array(df) * array(g) + array(f) * array(dg)
    assert_tensor(kata.product_rule(f, df, g, dg), expected, like=f)


def test_product_rule_tells_values_from_slopes(kata, device):
    """At one point with f = 2, df = 3, g = 5, dg = 7 the slope is 3·5 + 2·7."""
    f, df, g, dg = (torch.tensor(value, device=device) for value in (2.0, 3.0, 5.0, 7.0))
    assert_tensor(kata.product_rule(f, df, g, dg), 29.0, like=f)


def test_product_rule_is_defined_where_a_factor_is_zero(kata, device):
    """A factor that is 0 leaves the other one times its slope: nothing is divided by."""
    f, g = (torch.tensor(v, device=device) for v in ([0.0, 2.0, 0.0], [5.0, 0.0, 0.0]))
    df, dg = (torch.tensor(v, device=device) for v in ([3.0, 3.0, 3.0], [7.0, 7.0, 7.0]))
    assert_tensor(kata.product_rule(f, df, g, dg), [15.0, 14.0, 0.0], like=f)


def test_product_rule_keeps_the_digits_beside_large_numbers(kata, device):
    """A factor and its slope may both be large: f·df is no part of the answer, nor is g·dg."""
    for dtype in floats(device):
        large = torch.tensor([1e6, -1e6], dtype=dtype, device=device)
        small, slope = (torch.tensor([v, v], dtype=dtype, device=device) for v in (0.5, 0.25))
        expected = [750_000.0, -750_000.0]
        assert_tensor(kata.product_rule(large, large, small, slope), expected, like=large)
        assert_tensor(kata.product_rule(small, slope, large, large), expected, like=large)


def test_product_rule_leaves_its_arguments_alone(kata, device):
    """Values and slopes are as they were."""
    for dtype in floats(device):
        values = torch.tensor([[2.0, 3.0, 5.0, 7.0]] * 2, dtype=dtype, device=device)
        f, df, g, dg = (column.clone() for column in values.T)
        with unchanged(f, df, g, dg):
            kata.product_rule(f, df, g, dg)


def test_product_rule_is_by_hand(kata, device):
    """Values and slopes are all that is needed; autograd is not used."""
    x = torch.tensor([1.0, 2.0], device=device)
    with by_hand():
        kata.product_rule(x, x, x, x)


@given(drawn=tensors("k", "k n", values=SMALL))
def test_chain_sums_over_what_lies_between(kata, device, drawn):
    """Entry j of dp/dx is the sum over all z of dp/dz[i] times dz[i]/dx[j]."""
    outer, inner = drawn
    k, n = inner.shape
    p, z = array(outer), array(inner)
    expected = np.array([sum(p[i] * z[i, j] for i in range(k)) for j in range(n)], dtype=float)
    assert_tensor(kata.chain(outer, inner), expected, like=outer, **loose(outer))


def test_chain_sums_over_z_and_not_over_x(kata, device):
    """With as many z as x, the sum still runs over the rows of dz/dx, a row for each z."""
    outer = torch.tensor([10.0, 1.0], device=device)
    inner = torch.tensor([[1.0, 2.0], [3.0, 4.0]], device=device)
    assert_tensor(kata.chain(outer, inner), [13.0, 24.0], like=outer)


def test_chain_of_one_z_has_one_product_for_each_x(kata, device):
    """With a single z there is one path from each x, and no more to add."""
    outer = torch.tensor([3.0], device=device)
    inner = torch.tensor([[1.0, -2.0, 0.5]], device=device)
    assert_tensor(kata.chain(outer, inner), [3.0, -6.0, 1.5], like=outer)


def test_chain_through_no_z_is_zero(kata, device):
    """Where p depends on no z at all, it does not change with x either."""
    outer, inner = torch.ones(0, device=device), torch.ones(0, 3, device=device)
    assert_tensor(kata.chain(outer, inner), [0.0, 0.0, 0.0], like=outer)


def test_chain_to_no_x_is_empty(kata, device):
    """Where there is no x, dp/dx has no entries."""
    for k in (0, 1, 2):
        outer, inner = torch.ones(k, device=device), torch.ones(k, 0, device=device)
        assert_tensor(kata.chain(outer, inner), np.zeros(0), like=outer)


def test_chain_leaves_its_arguments_alone(kata, device):
    """Both sets of derivatives are as they were."""
    for dtype in floats(device):
        outer = torch.tensor([2.0, 3.0], dtype=dtype, device=device)
        inner = torch.ones(2, 3, dtype=dtype, device=device)
        with unchanged(outer, inner):
            kata.chain(outer, inner)


def test_chain_is_by_hand(kata, device):
    """The derivatives are given; autograd is not used."""
    outer, inner = torch.ones(2, device=device), torch.ones(2, 3, device=device)
    with by_hand():
        kata.chain(outer, inner)


@given(
    drawn=tensors("outputs a", "a b", "b inputs", values=SMALL, max_side=3),
    steps=st.integers(1, 3),
)
def test_chain_jacobians_multiplies_from_output_to_input(kata, device, drawn, steps):
    """The result is the matrix product of the list, its first matrix leftmost."""
    jacobians = list(drawn[:steps])
    expected = array(jacobians[0])
    for jacobian in jacobians[1:]:
        expected = (expected[:, :, None] * array(jacobian)[None]).sum(axis=1)
    first = jacobians[0]
    assert_tensor(kata.chain_jacobians(jacobians), expected, like=first, **loose(first))


def test_chain_jacobians_keeps_the_order(kata, device):
    """Square matrices fit in any order, and only the order of the list gives the chain."""
    swap = torch.tensor([[0.0, 1.0], [1.0, 0.0]], device=device)
    shear = torch.tensor([[1.0, 2.0], [0.0, 1.0]], device=device)
    scale = torch.tensor([[3.0, 0.0], [0.0, 5.0]], device=device)
    result = kata.chain_jacobians([swap, shear, scale])
    assert_tensor(result, [[0.0, 5.0], [3.0, 10.0]], like=swap)


def test_chain_jacobians_of_one_is_that_matrix(kata, device):
    """A chain of a single step has that step's Jacobian."""
    only = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], device=device)
    assert_tensor(kata.chain_jacobians([only]), [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], like=only)


def test_chain_jacobians_takes_a_long_chain(kata, device):
    """Every matrix of the list counts, however many there are, and in its place."""
    steps = [torch.tensor([[i, 1.0], [-1.0, 1.0]], device=device) for i in range(1, 9)]
    steps.append(torch.tensor([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]], device=device))
    expected = np.eye(2)
    for count, step in enumerate(steps, start=1):
        columns = array(step).T
        expected = np.array([[sum(row * column) for column in columns] for row in expected])
        assert_tensor(kata.chain_jacobians(steps[:count]), expected, like=step)


def test_chain_jacobians_keeps_axes_of_one_and_none(kata, device):
    """The result is a matrix, (outputs, inputs), also where one of both is 1, or any length 0."""
    for lengths in ((1, 3, 1), (1, 2), (2, 1), (1, 1), (2, 0, 3), (0, 2), (2, 3, 0), (1, 0, 0, 1)):
        shapes = list(itertools.pairwise(lengths))
        jacobians = [torch.ones(shape, device=device) for shape in shapes]
        expected = np.full((lengths[0], lengths[-1]), math.prod(lengths[1:-1]))
        assert_tensor(kata.chain_jacobians(jacobians), expected, like=jacobians[0])


def test_chain_jacobians_leaves_its_argument_alone(kata, device):
    """The list and each matrix in it are as they were."""
    for count, dtype in itertools.product((1, 2, 3), floats(device)):
        one = torch.tensor([[2.0, 1.0], [0.0, 3.0]], dtype=dtype, device=device)
        jacobians = [one.clone() for _ in range(count)]
        with unchanged(jacobians):
            kata.chain_jacobians(jacobians)


def test_chain_jacobians_is_by_hand(kata, device):
    """Neither autograd nor a ready-made product of a whole list is used."""
    jacobians = [torch.ones(2, 3, device=device), torch.ones(3, 5, device=device)]
    for some in (jacobians, [*jacobians, torch.ones(5, 2, device=device)]):
        with by_hand("linalg_multi_dot", "multi_dot", "chain_matmul"):
            kata.chain_jacobians(some)


@given(drawn=tensors("...", "...", values=SMALL, max_side=3))
def test_two_paths_adds_both_paths_of_each_input(kata, device, drawn):
    """Each derivative has a term through z1 = x1·x2 and one through z2 = x1 + sin(x2)."""
    x1, x2 = drawn
    a, b = array(x1), array(x2)
    # p written out is a³b² + a²b² sin b, whose derivatives need no chain rule.
    by_x1 = 3 * a**2 * b**2 + 2 * a * b**2 * np.sin(b)
    by_x2 = 2 * a**3 * b + 2 * a**2 * b * np.sin(b) + a**2 * b**2 * np.cos(b)
    result = kata.two_paths(x1, x2)
    assert_that(
        isinstance(result, tuple) and len(result) == 2,
        f"the result should be a tuple of two tensors, and is a {type(result).__name__}",
    )
    assert_tensor(result[0], by_x1, like=x1, **loose(x1))
    assert_tensor(result[1], by_x2, like=x1, **loose(x1))


def test_two_paths_of_two_and_half_a_turn(kata, device):
    """At x1 = 2, x2 = π the sine is 0 and the cosine -1: dp/dx1 = 12π², dp/dx2 = 16π - 4π²."""
    x1, x2 = torch.tensor([2.0], device=device), torch.tensor([math.pi], device=device)
    dp_dx1, dp_dx2 = kata.two_paths(x1, x2)
    assert_tensor(dp_dx1, [12 * math.pi**2], like=x1, **loose(x1))
    assert_tensor(dp_dx2, [16 * math.pi - 4 * math.pi**2], like=x1, **loose(x1))


def test_two_paths_is_flat_where_an_input_is_zero(kata, device):
    """Where x1 or x2 is 0, z1 is 0, and both derivatives are 0: nothing is divided by."""
    x1 = torch.tensor([0.0, 2.0, 0.0], device=device)
    x2 = torch.tensor([3.0, 0.0, 0.0], device=device)
    dp_dx1, dp_dx2 = kata.two_paths(x1, x2)
    assert_tensor(dp_dx1, [0.0, 0.0, 0.0], like=x1)
    assert_tensor(dp_dx2, [0.0, 0.0, 0.0], like=x1)


def test_two_paths_leaves_its_arguments_alone(kata, device):
    """x1 and x2 are as they were."""
    for dtype in floats(device):
        x1 = torch.tensor([1.0, 2.0], dtype=dtype, device=device)
        x2 = torch.tensor([0.5, 3.0], dtype=dtype, device=device)
        with unchanged(x1, x2):
            kata.two_paths(x1, x2)


def test_two_paths_is_by_hand(kata, device):
    """The derivatives are written out; autograd is not used."""
    x1, x2 = torch.tensor([1.0, 2.0], device=device), torch.tensor([0.5, 3.0], device=device)
    with by_hand():
        kata.two_paths(x1, x2)


@given(x=tensors("...", values=WIDE))
def test_sigmoid_slope_is_the_derivative_everywhere(kata, device, x):
    """The slope at x is 1 / (exp(x/2) + exp(-x/2))², a bell that is flat far out."""
    expected = (0.5 / np.cosh(array(x) / 2)) ** 2
    assert_tensor(kata.sigmoid_slope(x), expected, like=x, **forgiven(x))


def test_sigmoid_slope_at_zero_is_a_quarter(kata, device):
    """The sigmoid is steepest at 0, and its slope there is 1/4."""
    x = torch.tensor(0.0, device=device)
    assert_tensor(kata.sigmoid_slope(x), 0.25, like=x, **forgiven(x))


def test_sigmoid_slope_is_finite_far_out(kata, device):
    """At ±50, ±90, ±100, ±800 and ±1000 the slope is 0, and neither NaN nor inf."""
    for dtype in floats(device):
        x = torch.tensor([50.0, 90.0, 100.0, 800.0, 1000.0], dtype=dtype, device=device)
        assert_tensor(kata.sigmoid_slope(x), [0.0] * 5, like=x, **forgiven(x))
        assert_tensor(kata.sigmoid_slope(-x), [0.0] * 5, like=x, **forgiven(x))


def test_sigmoid_slope_leaves_its_argument_alone(kata, device):
    """x is as it was."""
    for dtype in floats(device):
        x = torch.tensor([0.0, 1.0, -1000.0], dtype=dtype, device=device)
        with unchanged(x):
            kata.sigmoid_slope(x)


def test_sigmoid_slope_is_by_hand(kata, device):
    """The formula is written out; autograd is not used."""
    x = torch.tensor([0.0, 1.0, -3.0], device=device)
    with by_hand("sigmoid_backward"):
        kata.sigmoid_slope(x)


@given(logits=tensors("n", values=WIDE, sides={"n": (1, 5)}))
def test_softmax_jacobian_tells_how_each_output_follows_each_logit(kata, device, logits):
    """Entry [i, j] is s[i] (1 - s[i]) where i = j, and -s[i] s[j] elsewhere."""
    weights = [math.exp(logit) for logit in array(logits) - array(logits).max()]
    s = [weight / sum(weights) for weight in weights]
    expected = [[a * ((i == j) - b) for j, b in enumerate(s)] for i, a in enumerate(s)]
    size = np.abs(array(logits)).max()
    assert_tensor(kata.softmax_jacobian(logits), expected, like=logits, **forgiven(logits, size))


def test_softmax_jacobian_of_unequal_logits(kata, device):
    """With outputs 1/6, 2/6 and 3/6 the diagonal is 5, 8, 9 of 36, and the rest is negative."""
    expected = np.array([[5.0, -2.0, -3.0], [-2.0, 8.0, -6.0], [-3.0, -6.0, 9.0]]) / 36
    for dtype in floats(device):
        logits = torch.tensor([0.0, math.log(2), math.log(3)], dtype=dtype, device=device)
        jacobian = kata.softmax_jacobian(logits)
        assert_tensor(jacobian, expected, like=logits, **forgiven(logits, math.log(3)))


def test_softmax_jacobian_of_one_logit_is_zero(kata, device):
    """The softmax of a single logit is always 1, and does not change."""
    logits = torch.tensor([3.0], device=device)
    assert_tensor(kata.softmax_jacobian(logits), [[0.0]], like=logits, **forgiven(logits, 3.0))


def test_softmax_jacobian_is_finite_far_out(kata, device):
    """Logits of ±1000 give numbers, neither NaN nor inf, and as right as others."""
    half = [[0.25, -0.25], [-0.25, 0.25]]
    for size, dtype in itertools.product((100.0, 1000.0, -100.0, -1000.0), floats(device)):
        logits = torch.tensor([size, size], dtype=dtype, device=device)
        assert_tensor(kata.softmax_jacobian(logits), half, like=logits, **forgiven(logits, 1000))
    apart = torch.tensor([1000.0, 0.0, -1000.0], device=device)
    assert_tensor(kata.softmax_jacobian(apart), np.zeros((3, 3)), like=apart, **forgiven(apart))


def test_softmax_jacobian_tells_large_logits_apart(kata, device):
    """Only differences of logits count: 1000 and 999 have the Jacobian of 1 and 0."""
    product = math.e / (1 + math.e) ** 2
    expected = [[product, -product], [-product, product]]
    for first in (1.0, 1000.0, 100.0, -99.0, -999.0):
        logits = torch.tensor([first, first - 1], device=device)
        jacobian = kata.softmax_jacobian(logits)
        assert_tensor(jacobian, expected, like=logits, **forgiven(logits, abs(first)))


def test_softmax_jacobian_leaves_its_argument_alone(kata, device):
    """The logits are as they were."""
    for dtype in floats(device):
        logits = torch.tensor([0.0, 1.0, -1000.0], dtype=dtype, device=device)
        with unchanged(logits):
            kata.softmax_jacobian(logits)


def test_softmax_jacobian_is_by_hand(kata, device):
    """The formula is written out; autograd is not used."""
    logits = torch.tensor([0.0, 1.0, 3.0], device=device)
    with by_hand("softmax_backward_data", "_softmax_backward_data"):
        kata.softmax_jacobian(logits)


def walked(edges, source, target):
    """The sum over paths, by walking each of them; for small graphs without cycles."""
    if source == target:
        return 1.0
    onward = [(end, derivative) for (start, end), derivative in edges.items() if start == source]
    return float(sum(derivative * walked(edges, end, target) for end, derivative in onward))


def diamonds(count):
    """Forks that join again, one behind the other, each a path of 2·2 and one of 0.5·(-4)."""
    edges = {}
    for i in range(count):
        edges |= {(f"j{i}", f"up{i}"): 2.0, (f"up{i}", f"j{i + 1}"): 2.0}
        edges |= {(f"j{i}", f"down{i}"): 0.5, (f"down{i}", f"j{i + 1}"): -4.0}
    return edges


def line(count):
    """A chain of arrows from 0 to count whose derivatives are 2 and 0.5 in turn."""
    return {(i, i + 1): (2.0, 0.5)[i % 2] for i in range(count)}


def fan(count):
    """Paths from 0 to count, side by side, through each of the nodes between."""
    between = range(1, count)
    return {(0, i): 1.0 for i in between} | {(i, count): 1.0 for i in between}


@given(
    arrows=st.lists(st.sampled_from(ARROWS), unique=True),
    derivatives=st.lists(DERIVATIVES, min_size=len(ARROWS), max_size=len(ARROWS)),
    ends=st.sampled_from([("x", "p"), ("x", "c"), ("a", "p"), ("p", "x"), ("b", "b")]),
)
def test_sum_over_paths_adds_the_products_of_all_paths(kata, arrows, derivatives, ends):
    """Derivatives multiply along a path, and paths add up, in whatever order arrows come."""
    edges = dict(zip(arrows, derivatives, strict=False))
    expected = walked(edges, *ends)
    assert_value(kata.sum_over_paths(edges, *ends), expected, rtol=1e-9, atol=1e-9)


def test_sum_over_paths_of_one_path_multiplies(kata):
    """Along a single path the derivatives multiply."""
    edges = {("h", "p"): 5.0, ("x", "z"): 2.0, ("z", "h"): -3.0}
    assert_value(kata.sum_over_paths(edges, "x", "p"), -30.0)


def test_sum_over_paths_adds_paths_that_share_arrows(kata):
    """x reaches p by a and b, both through c: the four products of that square all count."""
    edges = {
        ("x", "a"): 2.0,
        ("x", "b"): 3.0,
        ("a", "c"): 5.0,
        ("b", "c"): 7.0,
        ("c", "p"): 11.0,
        ("c", "q"): 13.0,
        ("q", "p"): 17.0,
    }
    assert_value(kata.sum_over_paths(edges, "x", "p"), 31.0 * 232.0)


@pytest.mark.parametrize("backward", [False, True])
def test_sum_over_paths_adds_a_short_cut_to_a_long_way(kata, backward):
    """Paths of different lengths meet, and all of them go on, wherever their arrows stand."""
    edges = {
        ("x", "c"): 100.0,
        ("c", "p"): 2.0,
        ("x", "a"): 3.0,
        ("a", "b"): 5.0,
        ("b", "c"): 7.0,
        ("x", "p"): 1000.0,
    }
    if backward:
        edges = dict(reversed(edges.items()))
    assert_value(kata.sum_over_paths(edges, "x", "p"), 1410.0)


def test_sum_over_paths_leaves_out_what_is_on_no_path(kata):
    """Arrows into the source, out of the target and of other parts of the graph count nowhere."""
    edges = {
        ("w", "x"): 100.0,
        ("x", "p"): 3.0,
        ("w", "p"): 50.0,
        ("p", "q"): 7.0,
        ("x", "q"): 11.0,
        ("lone", "other"): 13.0,
    }
    assert_value(kata.sum_over_paths(edges, "x", "p"), 3.0)


def test_sum_over_paths_from_a_node_to_itself_is_one(kata):
    """The path of no arrows has the product 1.0, whatever arrows there are, or none."""
    edges = {("w", "x"): 5.0, ("x", "p"): 3.0, ((0, 1), "p"): 2.0}
    for node in ("w", "x", "p", "elsewhere"):
        assert_value(kata.sum_over_paths(edges, node, node), 1.0)
    assert_value(kata.sum_over_paths({}, "x", "x"), 1.0)
    assert_value(kata.sum_over_paths(edges, (0, 1), tuple(range(2))), 1.0)


def test_sum_over_paths_to_where_no_path_leads_is_zero(kata):
    """Against the arrows, across to another part, from or to an unknown node: 0.0."""
    edges = {("x", "p"): 3.0, ("a", "b"): 2.0}
    for source, target in (("p", "x"), ("x", "b"), ("x", "new"), ("new", "x"), ("new", "newer")):
        assert_value(kata.sum_over_paths(edges, source, target), 0.0)
    assert_value(kata.sum_over_paths({}, "x", "p"), 0.0)


def test_sum_over_paths_knows_nodes_by_any_name(kata):
    """Nodes may be ints, and 0 is a node like any other."""
    edges = {(1, 0): 2.0, (2, 1): 3.0, (2, 0): 5.0, (0, -1): 7.0}
    assert_value(kata.sum_over_paths(edges, 2, 0), 11.0)
    assert_value(kata.sum_over_paths(edges, 0, -1), 7.0)
    assert_value(kata.sum_over_paths(edges, 0, 0), 1.0)


def test_sum_over_paths_tells_names_of_different_kinds_apart(kata):
    """1, "1" and (0, 0) are three nodes of one graph, and "" is a node as well."""
    edges = {(1, "a"): 2.0, ("1", "a"): 3.0, ("a", (0, 0)): 5.0, ((0, 0), ""): 7.0}
    for source, target, total in ((1, "", 70.0), ("1", "", 105.0), (1, (0, 0), 10.0)):
        assert_value(kata.sum_over_paths(edges, source, target), total)


def test_sum_over_paths_refuses_a_cycle_on_the_way(kata):
    """A cycle between source and target makes endlessly many paths: ValueError."""
    two = {("x", "a"): 1.0, ("a", "b"): 1.0, ("b", "a"): 0.5, ("b", "p"): 1.0}
    assert_raises(ValueError, kata.sum_over_paths, two, "x", "p")
    through = {("x", "p"): 1.0, ("p", "a"): 1.0, ("a", "x"): 1.0}
    assert_raises(ValueError, kata.sum_over_paths, through, "x", "p")


def test_sum_over_paths_refuses_a_cycle_anywhere(kata):
    """A cycle raises behind the target, beside the way, where no path comes near, and before."""
    behind = {("x", "p"): 2.0, ("p", "a"): 1.0, ("a", "b"): 1.0, ("b", "a"): 1.0}
    beside = {("x", "p"): 3.0, ("x", "a"): 1.0, ("a", "b"): 0.0, ("b", "a"): 0.0}
    apart = {("x", "p"): 5.0, ("a", "b"): 1.0, ("b", "c"): 1.0, ("c", "a"): 1.0}
    before = {("x", "p"): 7.0, ("a", "b"): 1.0, ("b", "a"): 1.0, ("b", "x"): 1.0}
    for edges in (behind, beside, apart, before):
        assert_raises(ValueError, kata.sum_over_paths, edges, "x", "p")
        assert_raises(ValueError, kata.sum_over_paths, edges, "p", "x")


def test_sum_over_paths_refuses_a_cycle_where_the_answer_would_be_plain(kata):
    """A cycle raises also where the target is unknown, and where source equals target."""
    edges = {("x", "p"): 1.0, ("a", "b"): 1.0, ("b", "a"): 1.0}
    for source, target in (("x", "unknown"), ("new", "newer"), ("x", "x"), ("a", "a")):
        assert_raises(ValueError, kata.sum_over_paths, edges, source, target)


def test_sum_over_paths_refuses_an_arrow_from_a_node_to_itself(kata):
    """The shortest cycle is a single arrow."""
    on_the_way = {("x", "a"): 2.0, ("a", "a"): 0.5, ("a", "p"): 3.0}
    assert_raises(ValueError, kata.sum_over_paths, on_the_way, "x", "p")
    apart = {("x", "p"): 1.0, ("a", "a"): 0.5}
    assert_raises(ValueError, kata.sum_over_paths, apart, "x", "p")
    assert_raises(ValueError, kata.sum_over_paths, {("x", "x"): 1.0}, "x", "x")


def test_sum_over_paths_takes_a_fork_that_joins_for_no_cycle(kata):
    """A node that is reached twice is no cycle, as long as no way leads back."""
    edges = {("x", "a"): 1.0, ("x", "b"): 1.0, ("a", "b"): 1.0, ("b", "p"): 1.0, ("a", "p"): 1.0}
    assert_value(kata.sum_over_paths(edges, "x", "p"), 3.0)


def steps(kata, edges, source, target):
    """How many steps of Python a call takes."""
    return effort(lambda: kata.sum_over_paths(edges, source, target)).steps


def test_sum_over_paths_answers_at_once_for_many_paths(kata):
    """60 forks in a row make 2⁶⁰ paths; the work grows with the arrows, not with the paths."""
    apart = {("lone", "other"): 1.0}
    small, large = diamonds(5) | apart, diamonds(10) | apart
    for source, near, far in (("j0", "j5", "j10"), ("j0", "other", "other"), ("lone", "j5", "j10")):
        assert_that(
            steps(kata, large, source, far) <= 3 * steps(kata, small, source, near),
            f"from {source} to {far} past 10 forks the work is far more than twice that past 5: "
            "it grows with the number of paths, which doubles with each fork",
        )
    assert_value(kata.sum_over_paths(diamonds(60), "j0", "j60"), 2.0**60)
    assert_value(kata.sum_over_paths(diamonds(60) | apart, "j0", "other"), 0.0)


def test_sum_over_paths_works_on_each_arrow_a_few_times(kata):
    """Four times the arrows take four times the work, in a row or side by side."""
    for shape in (line, lambda count: dict(reversed(line(count).items())), fan):
        assert_that(
            steps(kata, shape(200), 0, 200) <= 8 * steps(kata, shape(50), 0, 50),
            "four times the arrows take far more than four times the work: each of them is looked "
            "at again and again",
        )


def test_sum_over_paths_answers_at_once_for_a_long_chain(kata):
    """A chain of 10,000 arrows neither overflows Python's stack nor takes long."""
    assert_value(kata.sum_over_paths(line(10_001), 0, 10_001), 2.0)
    assert_value(kata.sum_over_paths(dict(reversed(line(10_001).items())), 0, 10_001), 2.0)


def test_sum_over_paths_refuses_a_long_cycle_at_once(kata):
    """A chain of 10,000 arrows that is closed raises, and so do 60 forks that lead back."""
    assert_raises(ValueError, kata.sum_over_paths, line(10_000) | {(10_000, 0): 1.0}, 0, 10_000)
    assert_raises(ValueError, kata.sum_over_paths, diamonds(60) | {("j60", "j0"): 1.0}, "j0", "j60")


def test_sum_over_paths_leaves_its_argument_alone(kata):
    """The arrows are as they were, also where they make a cycle."""
    edges = {("x", "a"): 2.0, ("x", "b"): 3.0, ("a", "p"): 5.0, ("b", "p"): 7.0}
    with unchanged(edges):
        kata.sum_over_paths(edges, "x", "p")
    edges[("p", "a")] = 11.0
    with unchanged(edges):
        assert_raises(ValueError, kata.sum_over_paths, edges, "x", "p")
