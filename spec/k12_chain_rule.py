"""What a right k12_chain_rule does.

Teaches that slopes multiply along a path and that paths add up, with numbers, with Jacobians and
on a graph. Leaves the machine that does it to k13, and whole networks to k14.
"""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from spec.harness.checks import assert_raises, assert_tensor, assert_that, assert_value
from spec.harness.laws import by_hand, effort, unchanged
from spec.harness.oracles import array
from spec.harness.strategies import WIDE, tensors

# Small, so that sums which cancel lose little; 0.1 and 1/3 show what passes through float32.
SMALL = (0.0, 1.0, -1.0, 2.0, 0.1, -2.0, 0.5, 1 / 3, -0.7, 1.7, -0.3, 2.9)

NAMES = ("x", "a", "b", "c", "p")
ARROWS = [(start, end) for i, start in enumerate(NAMES) for end in NAMES[i + 1 :]]
DERIVATIVES = st.sampled_from([1.0, 2.0, -1.0, 0.5, 3.0, 0.0, -2.5])


def loose(x):
    """Tolerances for results of float32 in which sums of products may cancel."""
    return {"rtol": 1e-5, "atol": 2e-4} if x.dtype == torch.float32 else {}


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


def test_product_rule_leaves_its_arguments_alone(kata, device):
    """Values and slopes are as they were."""
    f, df, g, dg = (torch.tensor([v, 1.0], device=device) for v in (2.0, 3.0, 5.0, 7.0))
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


def test_chain_leaves_its_arguments_alone(kata, device):
    """Both sets of derivatives are as they were."""
    outer, inner = torch.tensor([2.0, 3.0], device=device), torch.ones(2, 3, device=device)
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
    """Every matrix of the list counts, however many there are."""
    steps = [torch.tensor([[1.0, i], [0.0, 1.0]], device=device) for i in range(1, 8)]
    assert_tensor(kata.chain_jacobians(steps), [[1.0, 28.0], [0.0, 1.0]], like=steps[0])


def test_chain_jacobians_leaves_its_argument_alone(kata, device):
    """The list and each matrix in it are as they were."""
    for count in (1, 2, 3):
        jacobians = [torch.tensor([[2.0, 1.0], [0.0, 3.0]], device=device) for _ in range(count)]
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


def test_two_paths_of_one_and_half_a_turn(kata, device):
    """At x1 = 1, x2 = π the sine is 0 and the cosine -1: dp/dx1 = 3π², dp/dx2 = 2π - π²."""
    x1, x2 = torch.tensor([1.0], device=device), torch.tensor([math.pi], device=device)
    dp_dx1, dp_dx2 = kata.two_paths(x1, x2)
    assert_tensor(dp_dx1, [3 * math.pi**2], like=x1, **loose(x1))
    assert_tensor(dp_dx2, [2 * math.pi - math.pi**2], like=x1, **loose(x1))


def test_two_paths_leaves_its_arguments_alone(kata, device):
    """x1 and x2 are as they were."""
    x1, x2 = torch.tensor([1.0, 2.0], device=device), torch.tensor([0.5, 3.0], device=device)
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
    assert_tensor(kata.sigmoid_slope(x), expected, like=x)


def test_sigmoid_slope_at_zero_is_a_quarter(kata, device):
    """The sigmoid is steepest at 0, and its slope there is 1/4."""
    x = torch.tensor(0.0, device=device)
    assert_tensor(kata.sigmoid_slope(x), 0.25, like=x)


def test_sigmoid_slope_is_finite_far_out(kata, device):
    """At ±50, ±90, ±100, ±800 and ±1000 the slope is 0, and neither NaN nor inf."""
    x = torch.tensor([50.0, 90.0, 100.0, 800.0, 1000.0], device=device)
    assert_tensor(kata.sigmoid_slope(x), [0.0] * 5, like=x)
    assert_tensor(kata.sigmoid_slope(-x), [0.0] * 5, like=x)


def test_sigmoid_slope_leaves_its_argument_alone(kata, device):
    """x is as it was."""
    x = torch.tensor([0.0, 1.0, -1000.0], device=device)
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
    assert_tensor(kata.softmax_jacobian(logits), expected, like=logits)


def test_softmax_jacobian_of_unequal_logits(kata, device):
    """With outputs 1/6, 2/6 and 3/6 the diagonal is 5, 8, 9 of 36, and the rest is negative."""
    logits = torch.tensor([0.0, math.log(2.0), math.log(3.0)], device=device)
    expected = np.array([[5.0, -2.0, -3.0], [-2.0, 8.0, -6.0], [-3.0, -6.0, 9.0]]) / 36
    assert_tensor(kata.softmax_jacobian(logits), expected, like=logits)


def test_softmax_jacobian_of_one_logit_is_zero(kata, device):
    """The softmax of a single logit is always 1, and does not change."""
    logits = torch.tensor([3.0], device=device)
    assert_tensor(kata.softmax_jacobian(logits), [[0.0]], like=logits)


def test_softmax_jacobian_is_finite_far_out(kata, device):
    """Logits of ±1000 give numbers, neither NaN nor inf."""
    half = [[0.25, -0.25], [-0.25, 0.25]]
    for size in (100.0, 1000.0, -100.0, -1000.0):
        logits = torch.tensor([size, size], device=device)
        assert_tensor(kata.softmax_jacobian(logits), half, like=logits)
    apart = torch.tensor([1000.0, 0.0, -1000.0], device=device)
    assert_tensor(kata.softmax_jacobian(apart), np.zeros((3, 3)), like=apart)


def test_softmax_jacobian_leaves_its_argument_alone(kata, device):
    """The logits are as they were."""
    logits = torch.tensor([0.0, 1.0, -1000.0], device=device)
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
    edges = {("w", "x"): 5.0, ("x", "p"): 3.0}
    for node in ("w", "x", "p", "elsewhere"):
        assert_value(kata.sum_over_paths(edges, node, node), 1.0)
    assert_value(kata.sum_over_paths({}, "x", "x"), 1.0)


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


def test_sum_over_paths_refuses_a_cycle_on_the_way(kata):
    """A cycle between source and target makes endlessly many paths: ValueError."""
    two = {("x", "a"): 1.0, ("a", "b"): 1.0, ("b", "a"): 0.5, ("b", "p"): 1.0}
    assert_raises(ValueError, kata.sum_over_paths, two, "x", "p")
    through = {("x", "p"): 1.0, ("p", "a"): 1.0, ("a", "x"): 1.0}
    assert_raises(ValueError, kata.sum_over_paths, through, "x", "p")


def test_sum_over_paths_refuses_a_cycle_anywhere(kata):
    """A cycle raises where no path comes near it, before the source, and behind the target."""
    apart = {("x", "p"): 1.0, ("a", "b"): 1.0, ("b", "c"): 1.0, ("c", "a"): 1.0}
    before = {("x", "p"): 1.0, ("a", "b"): 1.0, ("b", "a"): 1.0, ("b", "x"): 1.0}
    behind = {("x", "p"): 1.0, ("p", "a"): 1.0, ("a", "b"): 1.0, ("b", "a"): 1.0}
    beside = {("x", "p"): 1.0, ("x", "a"): 1.0, ("a", "b"): 0.0, ("b", "a"): 0.0}
    for edges in (apart, before, behind, beside):
        assert_raises(ValueError, kata.sum_over_paths, edges, "x", "p")
        assert_raises(ValueError, kata.sum_over_paths, edges, "p", "x")


def test_sum_over_paths_refuses_a_cycle_where_the_answer_would_be_plain(kata):
    """A cycle raises also where source is target, and where the target is unknown."""
    edges = {("x", "p"): 1.0, ("a", "b"): 1.0, ("b", "a"): 1.0}
    assert_raises(ValueError, kata.sum_over_paths, edges, "x", "x")
    assert_raises(ValueError, kata.sum_over_paths, edges, "a", "a")
    assert_raises(ValueError, kata.sum_over_paths, edges, "x", "unknown")


def test_sum_over_paths_refuses_an_arrow_from_a_node_to_itself(kata):
    """The shortest cycle is a single arrow."""
    assert_raises(ValueError, kata.sum_over_paths, {("x", "x"): 1.0}, "x", "x")
    edges = {("x", "p"): 1.0, ("a", "a"): 0.5}
    assert_raises(ValueError, kata.sum_over_paths, edges, "x", "p")


def test_sum_over_paths_takes_a_fork_that_joins_for_no_cycle(kata):
    """A node that is reached twice is no cycle, as long as no way leads back."""
    edges = {("x", "a"): 1.0, ("x", "b"): 1.0, ("a", "b"): 1.0, ("b", "p"): 1.0, ("a", "p"): 1.0}
    assert_value(kata.sum_over_paths(edges, "x", "p"), 3.0)


def test_sum_over_paths_answers_at_once_for_many_paths(kata):
    """60 forks in a row make 2⁶⁰ paths; the work grows with the arrows, not with the paths."""
    small, large = diamonds(5), diamonds(10)
    few = effort(lambda: kata.sum_over_paths(small, "j0", "j5")).steps
    many = effort(lambda: kata.sum_over_paths(large, "j0", "j10")).steps
    assert_that(
        many <= 4 * few,
        f"5 forks in a row take {few} steps of Python and 10 take {many}: the work grows with "
        "the number of paths, which doubles with each fork",
    )
    assert_value(kata.sum_over_paths(diamonds(60), "j0", "j60"), 2.0**60)


def test_sum_over_paths_answers_at_once_for_a_long_chain(kata):
    """A chain of 10,000 arrows neither overflows Python's stack nor takes long."""
    few = effort(lambda: kata.sum_over_paths(line(40), 0, 40)).steps
    many = effort(lambda: kata.sum_over_paths(line(80), 0, 80)).steps
    assert_that(
        many <= 4 * few,
        f"a chain of 40 arrows takes {few} steps of Python and one of 80 takes {many}",
    )
    assert_value(kata.sum_over_paths(line(10_001), 0, 10_001), 2.0)
    assert_value(kata.sum_over_paths(dict(reversed(line(10_001).items())), 0, 10_001), 2.0)


def test_sum_over_paths_leaves_its_argument_alone(kata):
    """The arrows are as they were."""
    edges = {("x", "a"): 2.0, ("x", "b"): 3.0, ("a", "p"): 5.0, ("b", "p"): 7.0}
    with unchanged(edges):
        kata.sum_over_paths(edges, "x", "p")
