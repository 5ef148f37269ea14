"""What k15_init_symmetry can draw, with what the learner has finished."""

from collections.abc import Iterator
from typing import Any

import torch

from ..harness.language import tr
from ..harness.showing.plots import Plot, figure, svg

CAPTION = "A weight of each of 4 hidden neurons, learning from {start}."
EQUAL = "equal weights"
XAVIER = "Xavier's"
SIZES = [2, 4, 1]


def symmetry(zero_init: Any, random_init: Any) -> Iterator[Plot]:
    """One weight of each hidden neuron while the network learns, from equals and not."""
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(64, 2, generator=generator)
    target = (x[:, :1] * x[:, 1:]).tanh()
    cpu = torch.device("cpu")
    equal = [(torch.full_like(weight, 0.3), bias) for weight, bias in zero_init(SIZES, cpu)]
    starts = {EQUAL: equal, XAVIER: random_init(SIZES, 0, cpu)}
    for title, parameters in starts.items():
        canvas, axis = figure()
        axis.plot(list(_first_weights(parameters, x, target)))
        axis.set_xlabel(tr("step"))
        yield Plot(svg(canvas), tr(CAPTION).format(start=tr(title)))


def _first_weights(parameters: Any, x: torch.Tensor, target: torch.Tensor) -> Iterator[list[float]]:
    """The weight of each hidden neuron for the first feature, step by step."""
    leaves = [t.detach().clone().requires_grad_() for layer in parameters for t in layer]
    for _ in range(400):
        hidden = torch.sigmoid(x @ leaves[0].T + leaves[1])
        loss = (hidden @ leaves[2].T + leaves[3] - target).square().mean()
        with torch.no_grad():
            for leaf, gradient in zip(leaves, torch.autograd.grad(loss, leaves), strict=True):
                leaf -= 0.5 * gradient
        yield leaves[0][:, 0].tolist()
