"""What k08_broadcasting can draw: two shapes that meet, and what comes of it."""

from collections.abc import Callable, Iterator
from typing import Any

import torch

from ..harness.language import tr
from ..harness.showing.drawings import Grids, Stretched, Words, attempted

Function = Callable[..., Any]


def columns(center_columns: Function) -> Iterator[Grids]:
    """A row of means is taken off every row."""
    matrix = torch.tensor([[1.0, 2.0, 9.0], [3.0, 8.0, 4.0], [5.0, 2.0, 5.0]])
    yield Grids(
        title=tr("The row of the columns' means is read again for each row of the matrix."),
        given={"matrix": matrix.clone(), "means": Stretched(matrix.mean(dim=0), (3, 3))},
        found={"center_columns": center_columns(matrix)},
    )


def shares(normalize_rows: Function) -> Iterator[Grids]:
    """Every column is divided by a column of sums."""
    matrix = torch.tensor([[1.0, 3.0, 0.0, 4.0], [6.0, 2.0, 1.0, 1.0], [0.0, 0.0, 0.0, 0.0]])
    sums = matrix.sum(dim=1, keepdim=True)
    yield Grids(
        title=tr("The column of the rows' sums is read again for each column of the matrix."),
        given={"matrix": matrix.clone(), "sums": Stretched(sums, (3, 4))},
        found={"normalize_rows": normalize_rows(matrix)},
    )


def table(outer_sum: Function) -> Iterator[Grids]:
    """A column meets a row."""
    a, b = torch.tensor([10.0, 20.0, 30.0]), torch.tensor([1.0, 2.0, 3.0, 4.0])
    yield Grids(
        title=tr("A column and a row, each read again, make a table of all sums."),
        given={
            tr("a as a column"): Stretched(a[:, None].clone(), (3, 4)),
            tr("b as a row"): Stretched(b[None, :].clone(), (3, 4)),
        },
        found={"outer_sum": outer_sum(a, b)},
    )


def pairs(pairwise_distances: Function) -> Iterator[Grids]:
    """Every point of one set meets every point of the other."""
    a = torch.tensor([[0.0, 0.0], [3.0, 4.0], [6.0, 0.0]])
    b = torch.tensor([[6.0, 8.0], [0.0, 4.0]])
    yield Grids(
        title=tr("Each point of a is read again for each point of b, and the other way round."),
        given={
            tr("a along a new axis"): Stretched(a[:, None].clone(), (3, 2, 2)),
            tr("b along a new axis"): Stretched(b[None].clone(), (3, 2, 2)),
        },
        found={"pairwise_distances": pairwise_distances(a, b)},
    )


def channels(scale_channels: Function) -> Iterator[Grids]:
    """A factor for each channel meets images."""
    images = torch.arange(1.0, 9.0).reshape(1, 2, 2, 2)
    factors = torch.tensor([10.0, 100.0])
    stretched = Stretched(factors[:, None, None].clone(), (1, 2, 2, 2))
    yield Grids(
        title=tr("Each channel's factor is read again for all pixels of the channel."),
        given={"images": images.clone(), "factors": stretched},
        found={"scale_channels": scale_channels(images, factors)},
    )


def shapes(broadcast_shape: Function) -> Iterator[Grids]:
    """Two tensors are stretched to the shape that is told; two others do not fit."""
    column, row = torch.tensor([[10], [20], [30], [40]]), torch.tensor([1, 2, 3])
    told = attempted(lambda: broadcast_shape((4, 1), (3,)))
    told = tuple(told) if isinstance(told, list) else told
    stretched = {
        tr("(4, 1) stretched"): Stretched(column, told),
        tr("(3,) stretched"): Stretched(row, told),
    }
    yield Grids(
        title=tr("Shapes (4, 1) and (3,) are stretched to the shape that broadcast_shape tells."),
        given={tr("shape (4, 1)"): column, tr("shape (3,)"): row},
        found={"broadcast_shape": told} | ({} if isinstance(told, Words) else stretched),
    )
    yield Grids(
        title=tr("Lengths 4 and 3 do not fit, since neither of them is 1."),
        given={tr("shape (4,)"): torch.tensor([10, 20, 30, 40]), tr("shape (3,)"): row},
        found={"broadcast_shape": attempted(lambda: broadcast_shape((4,), (3,)), ValueError)},
    )


def accident(squared_error: Function) -> Iterator[Grids]:
    """A column of predictions meets a row of targets, which broadcasting would let pass."""
    prediction, target = torch.tensor([[1.0], [2.0], [7.0]]), torch.tensor([3.0, 3.0, 6.0])
    yield Grids(
        title=tr("Of equal shapes there are as many differences as elements."),
        given={"prediction": prediction.flatten(), "target": target.clone()},
        found={"squared_error": squared_error(prediction.flatten(), target.clone())},
    )
    yield Grids(
        title=tr("A column and a row would be stretched to nine differences, which nobody meant."),
        given={
            tr("prediction, shape (3, 1)"): Stretched(prediction, (3, 3)),
            tr("target, shape (3,)"): Stretched(target, (3, 3)),
        },
        found={"squared_error": attempted(lambda: squared_error(prediction, target), ValueError)},
    )
