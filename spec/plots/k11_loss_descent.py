"""What k11_loss_descent can draw: losses, slopes and ways down."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import torch

from ..harness.language import tr
from ..harness.showing.drawings import Curves, Plane, numbers, path, rows

Function = Callable[..., Any]


def parabola(mean_squared_error: Function) -> Iterator[Curves]:
    """The loss of one prediction out of two, for all that it may be."""
    x = torch.linspace(-2, 4, 61)
    losses = [
        mean_squared_error(torch.tensor([p, 2.0]), torch.tensor([1.0, 2.0])) for p in x.tolist()
    ]
    yield Curves(
        title=tr("The mean squared error is least where the prediction meets its target, 1."),
        across=tr("prediction"),
        up=tr("loss"),
        x=numbers(x),
        lines={"": numbers(losses)},
    )


def slopes(slope: Function) -> Iterator[Curves]:
    """The measured slope of a sine."""
    x = torch.linspace(-math.pi, math.pi, 61)
    yield Curves(
        title=tr("The slope of the sine, measured point by point, runs like the cosine."),
        across="x",
        up=tr("slope of sin at x"),
        x=numbers(x),
        lines={"": numbers(slope(math.sin, point, 0.5) for point in x.tolist())},
    )


def descent(descend: Function) -> Iterator[Plane]:
    """Three learning rates walk down the same valley."""
    scales = torch.tensor([1.0, 12.0])
    across, up = torch.linspace(-5, 5, 60), torch.linspace(-2, 2, 40)
    valley = 0.5 * (scales[0] * across[None, :] ** 2 + scales[1] * up[:, None] ** 2)
    paths = {}
    for rate in (0.02, 0.1, 0.16):
        start = torch.tensor([-4.0, 1.5])
        paths[f"rate {rate}"] = path(descend(lambda at: scales * at, start, rate, 30))
    yield Plane(
        title=tr("Thirty steps lead down the same valley at three learning rates."),
        across=tr("first parameter"),
        up=tr("second parameter"),
        x=numbers(across),
        y=numbers(up),
        heights=rows(valley),
        is_share=False,
        paths=paths,
        note=tr("The thin lines join points of equal loss."),
    )


def line(fit_line: Function) -> Iterator[Curves]:
    """The line that is fitted, after few steps and after many."""
    generator = torch.Generator().manual_seed(0)
    x = torch.linspace(-1, 2, 40)
    y = 1.5 * x - 0.7 + 0.3 * torch.randn(40, generator=generator)
    lines = {}
    for steps, name in ((1, tr("1 step")), (5, tr("5 steps")), (60, tr("60 steps"))):
        slope, intercept = fit_line(x.clone(), y.clone(), 0.1, steps)
        lines[name] = numbers(slope * x + intercept)
    yield Curves(
        title=tr("With more steps of gradient descent the line comes to lie among the points."),
        across="x",
        up="y",
        x=numbers(x),
        lines=lines,
        dots=(numbers(x), numbers(y)),
    )


def yes_or_no(binary_cross_entropy: Function) -> Iterator[Curves]:
    """The loss of one logit, for both answers."""
    x = torch.linspace(-6, 6, 61)
    lines = {
        f"target {target}": numbers(
            binary_cross_entropy(logit[None], torch.tensor([float(target)])) for logit in x
        )
        for target in (1, 0)
    }
    yield Curves(
        title=tr("A logit on the wrong side of 0 costs the more, the further it is out."),
        across=tr("logit"),
        up=tr("loss"),
        x=numbers(x),
        lines=lines,
    )


def one_of_three(cross_entropy: Function) -> Iterator[Curves]:
    """The loss of a sample, by the logit of its class."""
    x = torch.linspace(-6, 6, 61)
    losses = [
        cross_entropy(
            torch.stack([p, torch.tensor(0.0), torch.tensor(1.0)])[None], torch.tensor([0])
        )
        for p in x
    ]
    yield Curves(
        title=tr(
            "The loss falls as the right class's logit rises above those of the others, 0 and 1."
        ),
        across=tr("logit of the right class"),
        up=tr("loss"),
        x=numbers(x),
        lines={"": numbers(losses)},
    )
