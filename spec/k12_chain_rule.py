"""What a right k12_chain_rule does.

Teaches that slopes multiply along a path and that paths add up, with numbers, with Jacobians and
on a graph. Leaves the machine that does it to k13, and whole networks to k14.
"""

import itertools
import math

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from .harness.checks import (
    WIDE,
    array,
    assert_raises,
    assert_tensor,
    assert_that,
    assert_value,
    by_hand,
    edge,
    effort,
    either,
    floating,
    tensors,
    tr,
)

# Small, so that sums which cancel lose little; 0.1 and 1/3 show what passes through float32.
SMALL = (0.0, 1.0, -1.0, 2.0, 0.1, -2.0, 0.5, 1 / 3, -0.7, 1.7, -0.3, 3.0)
POINTS = (0.0, 1.0, 2.0, 0.5, 1.5, -1.0, -2.0, 2.5, -0.5, -1.5, 0.1, 1 / 3, -0.7)

NAMES = ("x", "a", "b", "c", "p")
ARROWS = [(start, end) for i, start in enumerate(NAMES) for end in NAMES[i + 1 :]]
FORK = [("x", "a"), ("a", "p"), ("x", "b"), ("b", "p"), ("a", "b"), ("x", "p")]
PRIMES = (2.0, 3.0, 5.0, 7.0, 11.0, 13.0)  # each product tells which arrows are in it
DERIVATIVES = st.sampled_from([1.0, 2.0, -1.0, 1 / 3, 3.0, 0.0, -2.5, 0.1])


def loose(x):
    """Tolerances for results of float32 in which sums of products may cancel."""
    return {"rtol": 1e-5, "atol": 2e-4} if x.dtype == torch.float32 else {}


def forgiven(x, size=0.0):
    """Tolerances for slopes of functions between 0 and 1, of arguments of this size."""
    return {"rtol": 0.0, "atol": (1e-6 if x.dtype == torch.float32 else 1e-12) * (1 + size)}


@given(drawn=tensors("...", "...", "...", "...", values=SMALL, max_side=3))
def test_product_rule_has_a_share_from_each_factor(kata, device, drawn):
    """f·g changes because f does and because g does, at each point by itself."""
    f, df, g, dg = drawn
    expected = array(df) * array(g) + array(f) * array(dg)
    assert_tensor(kata.product_rule(f, df, g, dg), expected, like=f)


def test_product_rule_tells_values_from_slopes(kata, device):
    """Four different numbers at a point: each of them has its own place."""
    f, df = torch.tensor([2.0, 10.0], device=device), torch.tensor([3.0, 1.0], device=device)
    g, dg = torch.tensor([5.0, 4.0], device=device), torch.tensor([7.0, 6.0], device=device)
    assert_tensor(kata.product_rule(f, df, g, dg), [29.0, 64.0], like=f)


def test_product_rule_is_by_hand(kata, device):
    """Values and slopes are all that is needed; autograd is not used."""
    x = torch.tensor([1.0, 2.0], device=device)
    with by_hand():
        kata.product_rule(x, x, x, x)


@edge
def test_product_rule_is_defined_where_a_factor_is_zero(kata, device):
    """A factor may be 0, and the product still has a slope there: nothing is divided by."""
    f, g = (torch.tensor(v, device=device) for v in ([0.0, 2.0, 0.0], [5.0, 0.0, 0.0]))
    df, dg = (torch.tensor(v, device=device) for v in ([3.0, 3.0, 3.0], [7.0, 7.0, 7.0]))
    assert_tensor(kata.product_rule(f, df, g, dg), [15.0, 14.0, 0.0], like=f)


@edge
def test_product_rule_keeps_the_digits_beside_large_numbers(kata, device):
    """A factor and its slope may both be large, and the digits of the others still count."""
    for dtype in floating(device):
        large = torch.tensor([1e6, -1e6], dtype=dtype, device=device)
        small, slope = (torch.tensor([v, v], dtype=dtype, device=device) for v in (0.5, 0.25))
        expected = [750_000.0, -750_000.0]
        assert_tensor(kata.product_rule(large, large, small, slope), expected, like=large)
        assert_tensor(kata.product_rule(small, slope, large, large), expected, like=large)


@given(drawn=tensors("k", "k n", values=SMALL))
def test_chain_adds_over_what_lies_between(kata, device, drawn):
    """Each x has one entry, in which all of its paths to p count, one through each z."""
    outer, inner = drawn
    k, n = inner.shape
    p, z = array(outer), array(inner)
    expected = np.array([sum(p[i] * z[i, j] for i in range(k)) for j in range(n)], dtype=float)
    assert_tensor(kata.chain(outer, inner), expected, like=outer, **loose(outer))


def test_chain_adds_over_z_and_not_over_x(kata, device):
    """With as many z as x the shapes fit either way; still each row of dz/dx belongs to a z."""
    outer = torch.tensor([10.0, 1.0], device=device)
    inner = torch.tensor([[1.0, 2.0], [3.0, 4.0]], device=device)
    assert_tensor(kata.chain(outer, inner), [13.0, 24.0], like=outer)


def test_chain_is_by_hand(kata, device):
    """The derivatives are given; autograd is not used."""
    outer, inner = torch.ones(2, device=device), torch.ones(2, 3, device=device)
    with by_hand():
        kata.chain(outer, inner)


@edge
def test_chain_of_one_z_has_one_path_for_each_x(kata, device):
    """With a single z there is one path from each x, and no more to add."""
    outer = torch.tensor([3.0], device=device)
    inner = torch.tensor([[1.0, -2.0, 0.5]], device=device)
    assert_tensor(kata.chain(outer, inner), [3.0, -6.0, 1.5], like=outer)


@edge
def test_chain_through_no_z_is_zero(kata, device):
    """Where p depends on no z at all, it does not change with x either."""
    outer, inner = torch.ones(0, device=device), torch.ones(0, 3, device=device)
    assert_tensor(kata.chain(outer, inner), [0.0, 0.0, 0.0], like=outer)


@edge
def test_chain_to_no_x_is_empty(kata, device):
    """Where there is no x, dp/dx has no entries."""
    for k in (2, 1, 0):
        outer, inner = torch.ones(k, device=device), torch.ones(k, 0, device=device)
        assert_tensor(kata.chain(outer, inner), np.zeros(0), like=outer)


@given(
    drawn=tensors("outputs a", "a b", "b inputs", values=SMALL, max_side=5),
    steps=either(st.integers(2, 3), st.integers(1, 3)),
)
def test_chain_jacobians_multiplies_from_output_to_input(kata, device, drawn, steps):
    """The matrices are multiplied in the order of the list, the output's step leftmost."""
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
    assert_tensor(kata.chain_jacobians([swap, shear]), [[0.0, 1.0], [1.0, 2.0]], like=swap)
    result = kata.chain_jacobians([swap, shear, scale])
    assert_tensor(result, [[0.0, 5.0], [3.0, 10.0]], like=swap)


def test_chain_jacobians_takes_a_long_chain(kata, device):
    """Every matrix of the list counts, however many there are, and in its place."""
    steps = [torch.tensor([[i, 1.0], [-1.0, 1.0]], device=device) for i in range(1, 9)]
    steps.append(torch.tensor([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]], device=device))
    expected = array(steps[0])
    for count, step in enumerate(steps[1:], start=2):
        columns = array(step).T
        expected = np.array([[sum(row * column) for column in columns] for row in expected])
        assert_tensor(kata.chain_jacobians(steps[:count]), expected, like=step)


def test_chain_jacobians_is_by_hand(kata, device):
    """Neither autograd nor a ready-made product of a whole list is used."""
    jacobians = [torch.ones(2, 3, device=device), torch.ones(3, 5, device=device)]
    for some in (jacobians, [*jacobians, torch.ones(5, 2, device=device)]):
        with by_hand("linalg_multi_dot", "multi_dot", "chain_matmul"):
            kata.chain_jacobians(some)


@edge
def test_chain_jacobians_of_one_is_that_matrix(kata, device):
    """A chain of a single step has that step's Jacobian."""
    only = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], device=device)
    assert_tensor(kata.chain_jacobians([only]), [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], like=only)


@edge
def test_chain_jacobians_keeps_axes_of_one_and_none(kata, device):
    """The result is a matrix, (outputs, inputs), also where one of both is 1, or any length 0."""
    for lengths in ((1, 3, 1), (1, 2), (2, 1), (1, 1), (2, 0, 3), (0, 2), (2, 3, 0), (1, 0, 0, 1)):
        shapes = list(itertools.pairwise(lengths))
        jacobians = [torch.ones(shape, device=device) for shape in shapes]
        expected = np.full((lengths[0], lengths[-1]), math.prod(lengths[1:-1]))
        assert_tensor(kata.chain_jacobians(jacobians), expected, like=jacobians[0])


def both_slopes(kata, x1, x2):
    """What two_paths returns, as long as these are two tensors."""
    result = kata.two_paths(x1, x2)
    assert_that(
        isinstance(result, tuple | list) and len(result) == 2,
        tr("the result should be a tuple of two tensors, and is a {kind}").format(
            kind=type(result).__name__
        ),
    )
    return result


@given(drawn=tensors("...", "...", values=POINTS, max_side=3))
def test_two_paths_adds_both_paths_of_each_input(kata, device, drawn):
    """Each input counts along both of its paths, the one through z1 and the one through z2."""
    x1, x2 = drawn
    a, b = array(x1), array(x2)
    # p written out is a³b² + a²b² sin b, whose derivatives need no chain rule.
    by_x1 = 3 * a**2 * b**2 + 2 * a * b**2 * np.sin(b)
    by_x2 = 2 * a**3 * b + 2 * a**2 * b * np.sin(b) + a**2 * b**2 * np.cos(b)
    dp_dx1, dp_dx2 = both_slopes(kata, x1, x2)
    assert_tensor(dp_dx1, by_x1, like=x1, **loose(x1))
    assert_tensor(dp_dx2, by_x2, like=x1, **loose(x1))


def test_two_paths_where_the_sine_is_easy(kata, device):
    """At x2 = π the sine is 0 and the cosine -1, so that each path can be followed on paper."""
    x1 = torch.tensor([2.0, 3.0], device=device)
    x2 = torch.tensor([math.pi, math.pi], device=device)
    dp_dx1, dp_dx2 = both_slopes(kata, x1, x2)
    square = math.pi**2
    assert_tensor(dp_dx1, [12 * square, 27 * square], like=x1, **loose(x1))
    by_x2 = [16 * math.pi - 4 * square, 54 * math.pi - 9 * square]
    assert_tensor(dp_dx2, by_x2, like=x1, **loose(x1))


def test_two_paths_is_by_hand(kata, device):
    """The derivatives are written out; autograd is not used."""
    x1, x2 = torch.tensor([1.0, 2.0], device=device), torch.tensor([0.5, 3.0], device=device)
    with by_hand():
        kata.two_paths(x1, x2)


@edge
def test_two_paths_is_flat_where_an_input_is_zero(kata, device):
    """Where x1 or x2 is 0, z1 is 0, and both derivatives are 0: nothing is divided by."""
    x1 = torch.tensor([0.0, 2.0, 0.0], device=device)
    x2 = torch.tensor([3.0, 0.0, 0.0], device=device)
    dp_dx1, dp_dx2 = both_slopes(kata, x1, x2)
    assert_tensor(dp_dx1, [0.0, 0.0, 0.0], like=x1)
    assert_tensor(dp_dx2, [0.0, 0.0, 0.0], like=x1)


@given(x=tensors("...", values=WIDE, max_side=3))
def test_sigmoid_slope_tells_how_steep_the_sigmoid_is(kata, device, x):
    """The slope at x says how fast the sigmoid rises there: a bell that is flat far out."""
    expected = (0.5 / np.cosh(array(x) / 2)) ** 2
    assert_tensor(kata.sigmoid_slope(x), expected, like=x, **forgiven(x))


def test_sigmoid_slope_where_the_sigmoid_is_a_plain_fraction(kata, device):
    """At 0 the sigmoid is 1/2, at ±log 3 it is 3/4 and 1/4, at log 9 it is 9/10."""
    at = [0.0, math.log(3), -math.log(3), math.log(9)]
    x = torch.tensor(at, device=device)
    assert_tensor(kata.sigmoid_slope(x), [0.25, 0.1875, 0.1875, 0.09], like=x, **forgiven(x))


def test_sigmoid_slope_is_by_hand(kata, device):
    """The formula is written out; autograd is not used."""
    x = torch.tensor([0.0, 1.0, -3.0], device=device)
    with by_hand("sigmoid_backward"):
        kata.sigmoid_slope(x)


@edge
def test_sigmoid_slope_is_finite_far_out(kata, device):
    """At ±50, ±90, ±100, ±800 and ±1000 the slope is 0, and neither NaN nor inf."""
    for dtype in floating(device):
        x = torch.tensor([50.0, 90.0, 100.0, 800.0, 1000.0], dtype=dtype, device=device)
        assert_tensor(kata.sigmoid_slope(x), [0.0] * 5, like=x, **forgiven(x))
        assert_tensor(kata.sigmoid_slope(-x), [0.0] * 5, like=x, **forgiven(x))


@edge
def test_sigmoid_slope_of_a_single_number(kata, device):
    """A 0-D tensor has one slope, 0-D again."""
    x = torch.tensor(0.0, device=device)
    assert_tensor(kata.sigmoid_slope(x), 0.25, like=x, **forgiven(x))


@given(logits=tensors("n", values=WIDE, sides={"n": (1, 5)}))
def test_softmax_jacobian_tells_how_each_output_follows_each_logit(kata, device, logits):
    """Entry [i, j] says how output i changes when logit j alone does."""
    weights = [math.exp(logit) for logit in array(logits) - array(logits).max()]
    s = [weight / sum(weights) for weight in weights]
    expected = [[a * ((i == j) - b) for j, b in enumerate(s)] for i, a in enumerate(s)]
    size = np.abs(array(logits)).max()
    assert_tensor(kata.softmax_jacobian(logits), expected, like=logits, **forgiven(logits, size))


def test_softmax_jacobian_where_the_outputs_are_plain_fractions(kata, device):
    """With outputs 1/8, 3/8 and 4/8 a logit lifts its own output, and lowers the others."""
    expected = np.array([[7.0, -3.0, -4.0], [-3.0, 15.0, -12.0], [-4.0, -12.0, 16.0]]) / 64
    logits = torch.tensor([0.0, math.log(3), math.log(4)], device=device)
    jacobian = kata.softmax_jacobian(logits)
    assert_tensor(jacobian, expected, like=logits, **forgiven(logits, math.log(4)))


def test_softmax_jacobian_is_by_hand(kata, device):
    """The formula is written out; autograd is not used."""
    logits = torch.tensor([0.0, 1.0, 3.0], device=device)
    with by_hand("softmax_backward_data", "_softmax_backward_data"):
        kata.softmax_jacobian(logits)


@edge
def test_softmax_jacobian_is_finite_far_out(kata, device):
    """Logits of ±1000 give numbers, neither NaN nor inf, and as right as others."""
    half = [[0.25, -0.25], [-0.25, 0.25]]
    for size, dtype in itertools.product((100.0, 1000.0, -100.0, -1000.0), floating(device)):
        logits = torch.tensor([size, size], dtype=dtype, device=device)
        assert_tensor(kata.softmax_jacobian(logits), half, like=logits, **forgiven(logits, 1000))
    apart = torch.tensor([1000.0, 0.0, -1000.0], device=device)
    assert_tensor(kata.softmax_jacobian(apart), np.zeros((3, 3)), like=apart, **forgiven(apart))


@edge
def test_softmax_jacobian_tells_large_logits_apart(kata, device):
    """Only differences of logits count: 1000 and 999 have the Jacobian of 1 and 0."""
    product = math.e / (1 + math.e) ** 2
    expected = [[product, -product], [-product, product]]
    for first in (1000.0, 100.0, -99.0, -999.0):
        logits = torch.tensor([first, first - 1], device=device)
        jacobian = kata.softmax_jacobian(logits)
        assert_tensor(jacobian, expected, like=logits, **forgiven(logits, abs(first)))


@edge
def test_softmax_jacobian_of_one_logit_is_zero(kata, device):
    """The softmax of a single logit is always 1, and does not change."""
    logits = torch.tensor([3.0], device=device)
    assert_tensor(kata.softmax_jacobian(logits), [[0.0]], like=logits, **forgiven(logits, 3.0))


def assert_sum(kata, edges, source, target, expected):
    """The sum over these paths is a number, int or float, and this one."""
    __tracebackhide__ = True
    total = kata.sum_over_paths(edges, source, target)
    number = float(total) if type(total) is int else total
    assert_value(number, expected, rtol=1e-9, atol=1e-9)


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


@given(arrows=st.permutations(FORK), count=st.integers(4, len(FORK)))
def test_sum_over_paths_adds_the_products_of_all_paths(kata, arrows, count):
    """Derivatives multiply along a path, and paths add up, in whatever order arrows come."""
    edges = dict(zip(arrows[:count], PRIMES, strict=False))
    assert_sum(kata, edges, "x", "p", walked(edges, "x", "p"))


def test_sum_over_paths_multiplies_along_one_path(kata):
    """Along a single path the derivatives multiply."""
    edges = {("h", "p"): 5.0, ("x", "z"): 2.0, ("z", "h"): -3.0}
    assert_sum(kata, edges, "x", "p", -30.0)


def test_sum_over_paths_adds_paths_that_share_arrows(kata):
    """Paths fork, meet in c and fork again: each way in goes on along each way out."""
    edges = {
        ("x", "a"): 2.0,
        ("x", "b"): 3.0,
        ("a", "c"): 5.0,
        ("b", "c"): 7.0,
        ("c", "p"): 11.0,
        ("c", "q"): 13.0,
        ("q", "p"): 17.0,
    }
    assert_sum(kata, edges, "x", "p", 31.0 * 232.0)


def test_sum_over_paths_adds_a_short_cut_to_a_long_way(kata):
    """Paths of different lengths meet, and all of them go on, wherever their arrows stand."""
    edges = {
        ("x", "c"): 100.0,
        ("c", "p"): 2.0,
        ("x", "a"): 3.0,
        ("a", "b"): 5.0,
        ("b", "c"): 7.0,
        ("x", "p"): 1000.0,
    }
    assert_sum(kata, edges, "x", "p", 1410.0)
    assert_sum(kata, dict(reversed(edges.items())), "x", "p", 1410.0)


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
    assert_sum(kata, edges, "x", "p", 3.0)


def test_sum_over_paths_to_where_no_path_leads_is_zero(kata):
    """Paths do not lead against an arrow, nor across to another part of the graph."""
    edges = {("x", "p"): 3.0, ("a", "b"): 2.0}
    for source, target in (("p", "x"), ("x", "b")):
        assert_sum(kata, edges, source, target, 0.0)


def test_sum_over_paths_takes_a_fork_that_joins_for_no_cycle(kata):
    """A node that is reached twice is no cycle, as long as no way leads back."""
    edges = {("x", "a"): 2.0, ("x", "b"): 3.0, ("a", "b"): 5.0, ("b", "p"): 7.0, ("a", "p"): 11.0}
    assert_sum(kata, edges, "x", "p", 113.0)


def test_sum_over_paths_refuses_a_cycle_on_the_way(kata):
    """A cycle between source and target makes endlessly many paths: ValueError."""
    edges = {("x", "a"): 2.0, ("a", "b"): 3.0, ("b", "a"): 0.5, ("b", "p"): 5.0}
    assert_raises(ValueError, kata.sum_over_paths, edges, "x", "p")


@edge
@given(
    arrows=st.lists(st.sampled_from(ARROWS), unique=True),
    derivatives=st.lists(DERIVATIVES, min_size=len(ARROWS), max_size=len(ARROWS)),
    ends=st.sampled_from([("x", "p"), ("x", "c"), ("a", "p"), ("p", "x"), ("b", "b")]),
)
def test_sum_over_paths_holds_for_any_graph(kata, arrows, derivatives, ends):
    """Few arrows or many, also with a derivative of 0, and from any node to any other."""
    edges = dict(zip(arrows, derivatives, strict=False))
    assert_sum(kata, edges, *ends, walked(edges, *ends))


@edge
def test_sum_over_paths_from_a_node_to_itself_is_one(kata):
    """The path of no arrows has the product 1.0, whatever arrows there are, or none."""
    edges = {("w", "x"): 5.0, ("x", "p"): 3.0}
    for node in ("w", "x", "p", "elsewhere"):
        assert_sum(kata, edges, node, node, 1.0)
    assert_sum(kata, {}, "x", "x", 1.0)


@edge
def test_sum_over_paths_to_a_node_without_arrows_is_zero(kata):
    """To or from a node that no arrow touches no path leads."""
    edges = {("x", "p"): 3.0, ("a", "b"): 2.0}
    for source, target in (("x", "new"), ("new", "x"), ("new", "newer")):
        assert_sum(kata, edges, source, target, 0.0)
    assert_sum(kata, {}, "x", "p", 0.0)


@edge
def test_sum_over_paths_refuses_an_arrow_from_a_node_to_itself(kata):
    """The shortest cycle is a single arrow."""
    edges = {("x", "a"): 2.0, ("a", "a"): 0.5, ("a", "p"): 3.0}
    assert_raises(ValueError, kata.sum_over_paths, edges, "x", "p")


@edge
def test_sum_over_paths_refuses_a_cycle_through_source_and_target(kata):
    """A cycle may also lead from the target back to the source."""
    edges = {("x", "p"): 2.0, ("p", "a"): 3.0, ("a", "x"): 5.0}
    assert_raises(ValueError, kata.sum_over_paths, edges, "x", "p")


@edge
def test_sum_over_paths_refuses_a_cycle_off_the_way(kata):
    """A cycle raises also behind the target, beside the way, before it, and far from it."""
    behind = {("x", "p"): 2.0, ("p", "a"): 1.0, ("a", "b"): 1.0, ("b", "a"): 1.0}
    beside = {("x", "p"): 3.0, ("x", "a"): 1.0, ("a", "b"): 0.0, ("b", "a"): 0.0}
    before = {("x", "p"): 7.0, ("a", "b"): 1.0, ("b", "a"): 1.0, ("b", "x"): 1.0}
    apart = {("x", "p"): 5.0, ("a", "b"): 1.0, ("b", "c"): 1.0, ("c", "a"): 1.0}
    for edges in (behind, beside, before, apart):
        assert_raises(ValueError, kata.sum_over_paths, edges, "x", "p")


def steps(kata, edges, source, target):
    """How many steps of Python a call takes."""
    return effort(lambda: kata.sum_over_paths(edges, source, target)).steps


@edge
def test_sum_over_paths_answers_at_once_for_many_paths(kata):
    """40 forks in a row make 2⁴⁰ paths; the work grows with the arrows, not with the paths."""
    apart = {("lone", "other"): 1.0}
    small, large = diamonds(6) | apart, diamonds(12) | apart
    for near, far in (("j6", "j12"), ("other", "other")):
        assert_that(
            steps(kata, large, "j0", far) <= 20 * steps(kata, small, "j0", near),
            tr(
                "from j0 to {far} past 12 forks the work is more than 20 times that past 6: it "
                "grows with the number of paths, which doubles with each fork"
            ).format(far=far),
        )
    assert_sum(kata, diamonds(40), "j0", "j40", 2.0**40)
