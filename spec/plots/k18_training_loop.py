"""What k18_training_loop can draw, with what the learner has finished."""

from collections.abc import Iterator
from typing import Any

import torch

from ..harness.language import tr
from ..harness.showing.plots import Plot, figure, svg

FIT = "fit: loss and accuracy, epoch by epoch, on two half-moons."
SOLVE_MOONS = "solve_moons: the model's border between the two half-moons."


def history(MLP: Any, fit: Any) -> Iterator[Plot]:
    """The loss and the accuracy that fit reports."""
    x, y = _moons(400)
    torch.manual_seed(0)
    model = MLP([2, 16, 2])
    told = fit(model, (x[:300], y[:300]), (x[300:], y[300:]), 40, 0.1, 0)
    canvas, axis = figure()
    axis.plot(told["train_loss"], label="train_loss")
    axis.plot(told["validation_accuracy"], label="validation_accuracy")
    axis.set_xlabel(tr("epoch"))
    axis.legend(frameon=False)
    yield Plot(svg(canvas), tr(FIT))


def surface(solve_moons: Any) -> Iterator[Plot]:
    """Which side of the border each point of the plane is on."""
    x, y = _moons(600)
    model = solve_moons(x, y, 0).eval()
    across, up = torch.linspace(-1.6, 2.6, 120), torch.linspace(-1.2, 1.7, 100)
    points = torch.cartesian_prod(across, up)
    with torch.no_grad():
        share = model(points).softmax(1)[:, 1].reshape(120, 100).T
    canvas, axis = figure()
    axis.contourf(across, up, share, levels=10, cmap="coolwarm", alpha=0.6)
    axis.contour(across, up, share, levels=[0.5], colors="black", linewidths=1)
    axis.scatter(x[:, 0], x[:, 1], c=y, s=4, cmap="coolwarm")
    yield Plot(svg(canvas), tr(SOLVE_MOONS))


def _moons(count: int) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(1)
    y = torch.arange(count) % 2
    t = torch.pi * torch.rand(count, generator=generator)
    x = torch.stack([torch.cos(t), torch.sin(t)], dim=1)
    x[y == 1] = torch.tensor([1.0, 0.5]) - x[y == 1]
    return x + 0.12 * torch.randn(count, 2, generator=generator), y
