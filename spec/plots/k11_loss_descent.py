"""What k11_loss_descent can draw, with what the learner has finished."""

from collections.abc import Iterator
from typing import Any

import torch

from ..harness.language import tr, trn
from ..harness.showing.plots import Plot, figure, svg

DESCEND = "descend: 30 steps down the same valley at three learning rates."
FIT_LINE = "fit_line: the line after 1, 5 and 60 steps of gradient descent."


def descent(descend: Any) -> Iterator[Plot]:
    """Three learning rates walk down the same valley."""
    scales = torch.tensor([1.0, 12.0])
    start = torch.tensor([-4.0, 1.5])
    canvas, axis = figure()
    grid = torch.linspace(-5, 5, 80)
    valley = 0.5 * (scales[0] * grid[None, :] ** 2 + scales[1] * (grid[:, None] / 2.5) ** 2)
    axis.contour(grid, grid / 2.5, valley, levels=12, colors="gray", linewidths=0.5)
    for rate, colour in ((0.02, "tab:blue"), (0.1, "tab:green"), (0.16, "tab:orange")):
        path = descend(lambda point: scales * point, start, rate, 30)
        axis.plot(
            path[:, 0],
            path[:, 1],
            "o-",
            markersize=3,
            color=colour,
            label=tr("rate {rate}").format(rate=rate),
        )
    axis.legend(frameon=False)
    yield Plot(svg(canvas), tr(DESCEND))


def line(fit_line: Any) -> Iterator[Plot]:
    """The line that is fitted, and how its error falls."""
    generator = torch.Generator().manual_seed(0)
    x = torch.linspace(-1, 2, 40)
    y = 1.5 * x - 0.7 + 0.3 * torch.randn(40, generator=generator)
    canvas, axis = figure()
    axis.plot(x, y, "o", markersize=3, color="gray")
    for steps, colour in ((1, "tab:orange"), (5, "tab:green"), (60, "tab:blue")):
        slope, intercept = fit_line(x, y, 0.1, steps)
        after = trn("{n} step", "{n} steps", steps).format(n=steps)
        axis.plot(x, slope * x + intercept, color=colour, label=after)
    axis.legend(frameon=False)
    yield Plot(svg(canvas), tr(FIT_LINE))
