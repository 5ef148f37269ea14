"""What k13_backprop can draw: the graph of an expression, and XOR learnt by a network of nodes."""

import math
from collections.abc import Callable, Iterator
from typing import Any

from ..harness.language import tr
from ..harness.showing.drawings import Curves, Graph, Picture, Plane

XOR = {(0.0, 0.0): 0.0, (0.0, 1.0): 1.0, (1.0, 0.0): 1.0, (1.0, 1.0): 0.0}
HIDDEN = 4
STEPS = 300
RATE = 0.15
ACROSS = tuple(-0.25 + 1.5 * i / 20 for i in range(21))


def values(Node: Any) -> Iterator[Graph]:
    """An expression in which x is used twice: its values, then its slopes."""
    named = _expression(Node)
    result = next(reversed(named.values()))
    arrows = _arrows(named)
    yield Graph(
        title=tr("Forward: (x·w + b)·x becomes a graph, and each node has its value."),
        boxes={name: {"value": float(node.value)} for name, node in named.items()},
        arrows=arrows,
    )
    result.backward()
    yield Graph(
        title=tr("Backward: each node has the slope of the result, and x collects two of them."),
        boxes={
            name: {"value": float(node.value), "grad": float(node.grad)}
            for name, node in named.items()
        },
        arrows=arrows,
    )


def order(Node: Any, topological_order: Callable[[Any], Any]) -> Iterator[Graph]:
    """The place of each node in a topological order."""
    named = _expression(Node)
    ordered = list(topological_order(next(reversed(named.values()))))
    places = {id(node): number for number, node in enumerate(ordered, 1)}
    place = {name: float(places.get(id(node), math.nan)) for name, node in named.items()}
    arrows = _arrows(named)
    right = sum(place[start] < place[end] for start, end, _ in arrows)
    yield Graph(
        title=tr("In a topological order each node comes after those that it was made from."),
        boxes={name: {"place": number} for name, number in place.items()},
        arrows=arrows,
        said=tr("{right} of {count} arrows lead to a later place").format(
            right=right, count=len(arrows)
        ),
        note=tr("Any such order will do: yours need not be the expected one."),
        free=("place",),
    )


def xor(Node: Any) -> Iterator[Picture]:
    """A network of nodes learns XOR."""
    numbers, losses = _start(), []
    for _ in range(STEPS):
        weights = [Node(number) for number in numbers]
        loss = sum((_answer(weights, a, b) - target) ** 2 for (a, b), target in XOR.items()) * 0.25
        losses.append(float(loss.value))
        loss.backward()
        numbers = [weight.value - RATE * weight.grad for weight in weights]
    yield Curves(
        title=tr("A network of nodes learns XOR, and its loss falls."),
        across=tr("step"),
        up=tr("loss"),
        x=tuple(map(float, range(STEPS))),
        lines={"": tuple(losses)},
    )
    weights = [Node(number) for number in numbers]
    shares = [[float(_answer(weights, a, b).value) for a in ACROSS] for b in ACROSS]
    right = sum((_answer(weights, a, b).value > 0.5) == (t > 0.5) for (a, b), t in XOR.items())
    yield Plane(
        title=tr("The trained network tells the corners of a square apart, across the middle."),
        across=tr("first input"),
        up=tr("second input"),
        x=ACROSS,
        y=ACROSS,
        heights=tuple(tuple(min(max(share, 0.0), 1.0) for share in row) for row in shares),
        is_share=True,
        dots=(((0.0, 1.0), (0.0, 1.0)), ((0.0, 1.0), (1.0, 0.0))),
        said=tr("{right} of 4 corners right").format(right=right),
    )


def _expression(Node: Any) -> dict[str, Any]:
    x, w, b = Node(2.0), Node(3.0), Node(1.0)
    product = x * w
    total = product + b
    return {"x": x, "w": w, "b": b, "x·w": product, "x·w + b": total, "result": total * x}


def _arrows(named: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """From each node's inputs to itself, as the nodes say themselves, in whatever order."""
    return tuple(
        (start, name, "")
        for name, node in named.items()
        for start, source in named.items()
        if any(source is each for each in node.inputs)
    )


def _start() -> list[float]:
    """Weights that differ, without chance: two and a bias for each hidden neuron, then the last."""
    hidden = [((7 * i) % 11 - 5) / 4 for i in range(1, 3 * HIDDEN + 1)]
    last = [((5 * i) % 7 - 3) / 4 for i in range(1, HIDDEN + 1)]
    return [*hidden, *last, 0.0]


def _answer(weights: list[Any], a: float, b: float) -> Any:
    """What the network makes of two inputs: a layer of tanh, and a sum."""
    result = weights[-1]
    for i in range(HIDDEN):
        by_a, by_b, bias = weights[3 * i : 3 * i + 3]
        result = result + weights[3 * HIDDEN + i] * (by_a * a + by_b * b + bias).tanh()
    return result
