"""What k15_init_symmetry can draw: neurons that stay twins as they learn, and others that part."""

from collections.abc import Callable, Iterator
from typing import Any

import torch

from ..harness.language import tr
from ..harness.showing.drawings import Curves, numbers

Function = Callable[..., Any]

SIZES = [2, 4, 1]
STEPS = 500
CPU = torch.device("cpu")
BY_CHANCE = "These weights are drawn by chance: yours need not be the expected ones."


def twins(zero_init: Function) -> Iterator[Curves]:
    """Neurons that begin as equals."""
    equal = [(torch.full_like(weight, 0.3), bias) for weight, bias in zero_init(SIZES, CPU)]
    yield _learning(
        tr("From equal weights, all four hidden neurons learn the same for ever."), equal
    )


def apart(random_init: Function) -> Iterator[Curves]:
    """Neurons that begin with weights of their own."""
    title = tr("From Xavier's random weights, each hidden neuron learns something of its own.")
    yield _learning(title, random_init(SIZES, 0, CPU), tr(BY_CHANCE))


def parting(break_symmetry: Function) -> Iterator[Curves]:
    """Equals that get a little noise."""
    equal = [(torch.full((4, 2), 0.3), torch.zeros(4)), (torch.full((1, 4), 0.3), torch.zeros(1))]
    title = tr("After a little noise, neurons that were equal part ways.")
    yield _learning(title, break_symmetry(equal, 0.2, 0), tr(BY_CHANCE))


def _learning(title: str, parameters: Any, note: str = "") -> Curves:
    """The weight of each hidden neuron for the first feature, step by step."""
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(64, 2, generator=generator)
    target = (x[:, :1] * x[:, 1:]).tanh()
    leaves = [t.detach().clone().requires_grad_() for layer in parameters for t in layer]
    weights = []
    for _ in range(STEPS):
        hidden = torch.sigmoid(x @ leaves[0].T + leaves[1])
        loss = (hidden @ leaves[2].T + leaves[3] - target).square().mean()
        with torch.no_grad():
            for leaf, gradient in zip(leaves, torch.autograd.grad(loss, leaves), strict=True):
                leaf -= 0.25 * gradient
        weights.append(leaves[0][:, 0].tolist())
    neurons = zip(*weights, strict=True)
    return Curves(
        title=title,
        across=tr("step"),
        up=tr("a weight of each neuron"),
        x=numbers(range(STEPS)),
        lines={f"neuron {number}": line for number, line in enumerate(neurons, 1)},
        note=note,
    )
