"""What k18_training_loop can draw: what fit reports, a border, and digits that are read wrong."""

from collections.abc import Callable, Iterator
from typing import Any

import torch

from ..harness.language import tr
from ..harness.showing import moons
from ..harness.showing.drawings import Curves, Picture, Plane, Tiles, numbers, rows

Function = Callable[..., Any]

EPOCHS = 12
SHOWN = 12  # digits
BY_CHANCE = "How a network begins is chance: yours need not be the expected one."


def history(MLP: Any, fit: Function) -> Iterator[Curves]:
    """The loss and the accuracy that fit reports."""
    x, y = moons.half_moons(240)
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
    x, y = moons.half_moons(600)
    model = solve_moons(x.clone(), y.clone(), 0).eval()
    title = tr("The trained model's border runs between the two half-moons.")
    with torch.no_grad():
        plane = moons.border(
            title, x, y, lambda points: model(points).softmax(1)[:, 1], tr(BY_CHANCE)
        )
    yield plane


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
