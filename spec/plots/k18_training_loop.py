"""What k18_training_loop can draw: what fit reports, a border, and digits that are read wrong."""

from collections.abc import Callable, Iterator
from typing import Any

import torch

from ..harness.language import tr
from ..harness.showing.drawings import Curves, Picture, Plane, Tiles, numbers, path, rows

Function = Callable[..., Any]

EPOCHS = 12
SHOWN = 12  # digits
BY_CHANCE = "How a network begins is chance: yours need not be the expected one."


def history(MLP: Any, fit: Function) -> Iterator[Curves]:
    """The loss and the accuracy that fit reports."""
    x, y = _moons(240)
    torch.manual_seed(0)
    model = MLP([2, 16, 2])
    told = fit(model, (x[:160], y[:160]), (x[160:], y[160:]), 30, 0.1, 0)
    yield Curves(
        title=tr("Epoch by epoch the training loss falls, and the accuracy rises."),
        across=tr("epoch"),
        up=tr("loss, and share of right answers"),
        x=numbers(range(1, 31)),
        lines={
            "loss": numbers(told["train_loss"]),
            "accuracy": numbers(told["validation_accuracy"]),
        },
        note=tr(BY_CHANCE),
    )


def border(solve_moons: Function) -> Iterator[Plane]:
    """Which side of the border each point of the plane is on."""
    x, y = _moons(600)
    model = solve_moons(x.clone(), y.clone(), 0).eval()
    across, up = torch.linspace(-1.6, 2.6, 60), torch.linspace(-1.2, 1.7, 42)
    points = torch.cartesian_prod(up, across).flip(1)
    with torch.no_grad():
        shares = model(points).softmax(1)[:, 1].reshape(42, 60)
        right = (model(x).argmax(1) == y).float().mean()
    yield Plane(
        title=tr("The trained model's border runs between the two half-moons."),
        across="x",
        up="y",
        x=numbers(across),
        y=numbers(up),
        heights=rows(shares),
        is_share=True,
        dots=(path(x[y == 0]), path(x[y == 1])),
        said=tr("{right:.0%} of the points on their side").format(right=right),
        note=tr(BY_CHANCE),
    )


def digits(
    MLP: Any, minibatches: Function, train_epoch: Function, accuracy: Function
) -> Iterator[Picture]:
    """Handwritten digits: how well they are read, epoch by epoch, and those that are read wrong."""
    from sklearn.datasets import load_digits

    data = load_digits()
    x, y = torch.tensor(data.data, dtype=torch.float32) / 16, torch.tensor(data.target)
    train, rest = (x[:1200], y[:1200]), (x[1200:], y[1200:])
    torch.manual_seed(0)
    model = MLP([64, 32, 10])
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    shares = []
    for epoch in range(EPOCHS):
        batches = minibatches(*train, 32, epoch)
        train_epoch(model, batches, torch.nn.functional.cross_entropy, optimizer)
        shares.append(float(accuracy(model, *rest)))
    yield Curves(
        title=tr(
            "With each epoch more of the handwritten digits that were held out are read right."
        ),
        across=tr("epoch"),
        up=tr("accuracy"),
        x=numbers(range(1, EPOCHS + 1)),
        lines={"": tuple(shares)},
        note=tr(BY_CHANCE),
    )
    with torch.no_grad():
        read = model.eval()(rest[0]).argmax(1)
    wrong = (read != rest[1]).nonzero().flatten().tolist()
    yield Tiles(
        title=tr("Some of the handwritten digits that the trained network reads wrong."),
        tiles=tuple(
            (
                rows(rest[0][i].reshape(8, 8)),
                tr("{digit} read as {read}").format(digit=rest[1][i], read=read[i]),
            )
            for i in wrong[:SHOWN]
        ),
        said=tr("{wrong} of {all} read wrong").format(wrong=len(wrong), all=len(read)),
        note=tr(BY_CHANCE),
    )


def _moons(count: int) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(1)
    y = torch.arange(count) % 2
    t = torch.pi * torch.rand(count, generator=generator)
    x = torch.stack([torch.cos(t), torch.sin(t)], dim=1)
    x[y == 1] = torch.tensor([1.0, 0.5]) - x[y == 1]
    return x + 0.12 * torch.randn(count, 2, generator=generator), y
