"""What k12_chain_rule can draw: graphs whose arrows are derivatives, and slopes."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import torch

from ..harness.language import tr
from ..harness.showing.drawings import Curves, Graph, Grids, numbers

Function = Callable[..., Any]

EDGES = {
    ("x", "a"): 2.0,
    ("x", "b"): 3.0,
    ("a", "c"): 5.0,
    ("b", "c"): -1.0,
    ("b", "d"): 4.0,
    ("c", "p"): 10.0,
    ("d", "p"): 0.5,
}
PATHS = ("xacp", "xbcp", "xbdp")


def product(product_rule: Function) -> Iterator[Curves]:
    """The slope of a product of two functions."""
    x = torch.linspace(-3, 3, 61)
    slope = product_rule(x.clone(), torch.ones(61), x.sin(), x.cos())
    yield Curves(
        title=tr("The slope of x · sin(x), found from the values and slopes of both factors."),
        across="x",
        up=tr("slope"),
        x=numbers(x),
        lines={"": numbers(slope)},
    )


def step(chain: Function) -> Iterator[Graph]:
    """From two x through three z to p."""
    outer = torch.tensor([10.0, 1.0, 2.0])
    inner = torch.tensor([[1.0, 2.0], [4.0, -3.0], [0.5, 6.0]])
    x1, x2 = numbers(chain(outer.clone(), inner.clone()))
    arrows = [(f"x{j + 1}", f"z{i + 1}", f"{inner[i, j]:g}") for j in range(2) for i in range(3)]
    arrows += [(f"z{i + 1}", "p", f"{outer[i]:g}") for i in range(3)]
    yield Graph(
        title=tr("Each x reaches p through every z, and the products of all ways add up."),
        boxes={
            "x1": {"dp/dx1": x1},
            "x2": {"dp/dx2": x2},
            **{f"z{i + 1}": {f"dp/dz{i + 1}": float(outer[i])} for i in range(3)},
            "p": {},
        },
        arrows=tuple(arrows),
        note=tr("Beside each arrow stands its derivative."),
    )


def jacobians(chain_jacobians: Function) -> Iterator[Grids]:
    """Three steps as one."""
    last = torch.tensor([[1.0, 10.0]])
    middle = torch.tensor([[1.0, 0.0, 2.0], [0.0, 3.0, 1.0]])
    first = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    yield Grids(
        title=tr("The Jacobians of three steps multiply to that of the whole way."),
        given={
            tr("last step"): last.clone(),
            tr("middle step"): middle.clone(),
            tr("first step"): first.clone(),
        },
        found={"chain_jacobians": chain_jacobians([last, middle, first])},
    )


def fork(two_paths: Function) -> Iterator[Graph]:
    """Both inputs reach p on two paths."""
    x1, x2 = torch.tensor(2.0), torch.tensor(1.0)
    by_x1, by_x2 = (float(slope) for slope in two_paths(x1.clone(), x2.clone()))
    z1, z2 = x1 * x2, x1 + x2.sin()
    yield Graph(
        title=tr("From x1 and from x2 two paths lead to p = z1² · z2, one through each z."),
        boxes={
            "x1": {"value": 2.0, "dp/dx1": by_x1},
            "x2": {"value": 1.0, "dp/dx2": by_x2},
            "z1": {"value": float(z1)},
            "z2": {"value": float(z2)},
            "p": {"value": float(z1 * z1 * z2)},
        },
        arrows=(
            ("x1", "z1", f"{x2:.3g}"),
            ("x2", "z1", f"{x1:.3g}"),
            ("x1", "z2", "1"),
            ("x2", "z2", f"{x2.cos():.3g}"),
            ("z1", "p", f"{2 * z1 * z2:.3g}"),
            ("z2", "p", f"{z1 * z1:.3g}"),
        ),
        note=tr(
            "Here z1 = x1 · x2 and z2 = x1 + sin(x2). Beside each arrow stands its derivative."
        ),
    )


def bell(sigmoid_slope: Function) -> Iterator[Curves]:
    """The slope of the sigmoid."""
    x = torch.linspace(-8, 8, 81)
    yield Curves(
        title=tr("The sigmoid is steepest at 0, and flat far out."),
        across="x",
        up=tr("slope"),
        x=numbers(x),
        lines={"": numbers(sigmoid_slope(x))},
    )


def shares(softmax_jacobian: Function) -> Iterator[Grids]:
    """How the outputs of softmax change with the logits."""
    logits = torch.tensor([1.0, 2.0, 3.0]).log()
    yield Grids(
        title=tr("Each output of softmax rises with its own logit, and falls with the others."),
        given={"softmax": logits.softmax(dim=0)},
        found={"softmax_jacobian": softmax_jacobian(logits)},
    )


def paths(sum_over_paths: Function) -> Iterator[Graph]:
    """A graph with the product of each path, all by the same function."""
    nodes = dict.fromkeys(node for arrow in EDGES for node in arrow)
    products = {}
    for way in PATHS:
        alone = {arrow: EDGES[arrow] for arrow in itertools.pairwise(way)}
        factors = " · ".join(f"{factor:g}" for factor in alone.values())
        products[f"{' → '.join(way)}: {factors}"] = float(sum_over_paths(alone, "x", "p"))
    whole = {node: float(sum_over_paths(dict(EDGES), "x", node)) for node in nodes}
    yield Graph(
        title=tr("Three paths lead from x to p; the products along them add up."),
        boxes={node: {f"d{node}/dx": total} for node, total in whole.items()},
        arrows=tuple((*arrow, f"{factor:g}") for arrow, factor in EDGES.items()),
        sums={**products, tr("all paths"): whole["p"]},
        note=tr("Each path's product is what sum_over_paths says of its arrows alone."),
    )
