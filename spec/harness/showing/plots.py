"""Curves and a decision surface, drawn with what the learner's finished functions compute."""

import importlib.util
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import torch

from spec.harness import limits
from spec.harness.explaining.progress import Progress
from spec.harness.files import catalogue
from spec.harness.files.loading import load
from spec.harness.running import state
from spec.harness.verdicts import Verdict

ENOUGH = 10.0  # seconds that a drawing may take

NEEDED = "Curves and the decision surface need matplotlib: pip install -e '.[pictures]'."


class Plot(NamedTuple):
    """A drawing as SVG, and what it shows."""

    svg: str
    caption: str


def missing() -> str | None:
    """What to do to get drawings, where there can be none."""
    return None if importlib.util.find_spec("matplotlib") else NEEDED


def of(entries: list[Progress]) -> list[Plot]:
    """The drawings that the finished functions of these katas allow."""
    if missing():
        return []
    done = {(entry.file, entry.function): entry for entry in entries if entry.done}
    found = []
    for file in dict.fromkeys(entry.file for entry in entries):
        kata = Path(file).stem
        for functions, draw in DRAWN.get(kata, ()):
            if all((file, function) in done for function in functions):
                found += _drawn(file, kata, draw)
    return found


def _drawn(file: str, name: str, draw: "Draw") -> list[Plot]:
    """The drawing, unless the learner's functions fail on our example, which no spec asks for."""
    kata = catalogue.find(name)
    assert kata is not None
    module = load(kata, Path(file).resolve(), ENOUGH).module
    if module is None:
        return []

    state.reset()
    try:
        with limits.limited(ENOUGH, lambda: limits.endless(name, ENOUGH)):
            return list(draw(module))
    except (Exception, Verdict):
        return []
    finally:
        state.reset()


Draw = Callable[[Any], Iterator[Plot]]


def descent(kata: Any) -> Iterator[Plot]:
    """k11: three learning rates walk down the same valley."""
    scales = torch.tensor([1.0, 12.0])
    start = torch.tensor([-4.0, 1.5])
    figure, axis = _figure()
    grid = torch.linspace(-5, 5, 80)
    valley = 0.5 * (scales[0] * grid[None, :] ** 2 + scales[1] * (grid[:, None] / 2.5) ** 2)
    axis.contour(grid, grid / 2.5, valley, levels=12, colors="gray", linewidths=0.5)
    for rate, colour in ((0.02, "tab:blue"), (0.1, "tab:green"), (0.16, "tab:orange")):
        path = kata.descend(lambda point: scales * point, start, rate, 30)
        axis.plot(path[:, 0], path[:, 1], "o-", markersize=3, color=colour, label=f"rate {rate}")
    axis.legend(frameon=False)
    yield Plot(_svg(figure), "descend: 30 steps down the same valley at three learning rates.")


def line(kata: Any) -> Iterator[Plot]:
    """k11: the line that is fitted, and how its error falls."""
    generator = torch.Generator().manual_seed(0)
    x = torch.linspace(-1, 2, 40)
    y = 1.5 * x - 0.7 + 0.3 * torch.randn(40, generator=generator)
    figure, axis = _figure()
    axis.plot(x, y, "o", markersize=3, color="gray")
    for steps, colour in ((1, "tab:orange"), (5, "tab:green"), (60, "tab:blue")):
        slope, intercept = kata.fit_line(x, y, 0.1, steps)
        noun = "step" if steps == 1 else "steps"
        axis.plot(x, slope * x + intercept, color=colour, label=f"{steps} {noun}")
    axis.legend(frameon=False)
    yield Plot(_svg(figure), "fit_line: the line after 1, 5 and 60 steps of gradient descent.")


def symmetry(kata: Any) -> Iterator[Plot]:
    """k15: one weight of each hidden neuron while the network learns, from equals and not."""
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(64, 2, generator=generator)
    target = (x[:, :1] * x[:, 1:]).tanh()
    cpu = torch.device("cpu")
    equal = [(torch.full_like(weight, 0.3), bias) for weight, bias in kata.zero_init(SIZES, cpu)]
    starts = {"equal weights": equal, "Xavier's": kata.random_init(SIZES, 0, cpu)}
    for title, parameters in starts.items():
        figure, axis = _figure()
        axis.plot(list(_first_weights(parameters, x, target)))
        axis.set_xlabel("step")
        yield Plot(_svg(figure), f"A weight of each of 4 hidden neurons, learning from {title}.")


SIZES = [2, 4, 1]


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


def history(kata: Any) -> Iterator[Plot]:
    """k17: the loss and the accuracy that fit reports."""
    x, y = _moons(400)
    torch.manual_seed(0)
    model = kata.MLP([2, 16, 2])
    told = kata.fit(model, (x[:300], y[:300]), (x[300:], y[300:]), 40, 0.1, 0)
    figure, axis = _figure()
    axis.plot(told["train_loss"], label="train_loss")
    axis.plot(told["validation_accuracy"], label="validation_accuracy")
    axis.set_xlabel("epoch")
    axis.legend(frameon=False)
    yield Plot(_svg(figure), "fit: loss and accuracy, epoch by epoch, on two half-moons.")


def surface(kata: Any) -> Iterator[Plot]:
    """k17: which side of the border each point of the plane is on."""
    x, y = _moons(600)
    model = kata.solve_moons(x, y, 0).eval()
    across, up = torch.linspace(-1.6, 2.6, 120), torch.linspace(-1.2, 1.7, 100)
    points = torch.cartesian_prod(across, up)
    with torch.no_grad():
        share = model(points).softmax(1)[:, 1].reshape(120, 100).T
    figure, axis = _figure()
    axis.contourf(across, up, share, levels=10, cmap="coolwarm", alpha=0.6)
    axis.contour(across, up, share, levels=[0.5], colors="black", linewidths=1)
    axis.scatter(x[:, 0], x[:, 1], c=y, s=4, cmap="coolwarm")
    yield Plot(_svg(figure), "solve_moons: the model's border between the two half-moons.")


def _moons(count: int) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(1)
    y = torch.arange(count) % 2
    t = torch.pi * torch.rand(count, generator=generator)
    x = torch.stack([torch.cos(t), torch.sin(t)], dim=1)
    x[y == 1] = torch.tensor([1.0, 0.5]) - x[y == 1]
    return x + 0.12 * torch.randn(count, 2, generator=generator), y


DRAWN: dict[str, tuple[tuple[tuple[str, ...], Draw], ...]] = {
    "k11_loss_descent": ((("descend",), descent), (("fit_line",), line)),
    "k15_init_symmetry": ((("zero_init", "random_init"), symmetry),),
    "k17_training_loop": ((("MLP", "fit"), history), (("solve_moons",), surface)),
}


def _figure() -> tuple[Any, Any]:
    """A figure without a window, legible on light and dark."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4.6, 3.2), layout="constrained")
    figure.patch.set_alpha(0)
    axis = figure.add_subplot()
    axis.patch.set_alpha(0)
    for spine in axis.spines.values():
        spine.set_color("gray")
    axis.tick_params(colors="gray")
    axis.xaxis.label.set_color("gray")
    return figure, axis


def _svg(figure: Any) -> str:
    """The drawing as an element to stand within a page."""
    for axis in figure.axes:
        if axis.get_legend():
            for text in axis.get_legend().get_texts():
                text.set_color("gray")
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    text = buffer.getvalue()
    return text[text.index("<svg") :]
