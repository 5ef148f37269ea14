"""What k09_cat_stack can draw: pieces, and what they are joined to."""

from collections.abc import Callable, Iterator
from typing import Any

import torch

from ..harness.language import tr
from ..harness.showing.drawings import Grids, attempted, named

Function = Callable[..., Any]

A, B = torch.tensor([[1, 2], [3, 4]]), torch.tensor([[50, 60], [70, 80]])


def below(join_rows: Function) -> Iterator[Grids]:
    """Matrices one below the other."""
    yield Grids(
        title=tr("Joined by rows, the second matrix lies below the first."),
        given={"first": A, "second": B},
        found={"join_rows": join_rows([A.clone(), B.clone()])},
    )


def beside(join_columns: Function) -> Iterator[Grids]:
    """Matrices side by side."""
    yield Grids(
        title=tr("Joined by columns, the second matrix stands beside the first."),
        given={"first": A, "second": B},
        found={"join_columns": join_columns([A.clone(), B.clone()])},
    )


def batch(make_batch: Function) -> Iterator[Grids]:
    """Images along a new axis."""
    yield Grids(
        title=tr("In a batch the images lie on top of each other, along a new axis."),
        given={tr("image 0"): A[None], tr("image 1"): B[None]},
        found={"make_batch": make_batch([A[None].clone(), B[None].clone()])},
    )


def alternating(interleave: Function) -> Iterator[Grids]:
    """Rows in turn."""
    yield Grids(
        title=tr("Interleaved, the rows of both matrices take turns."),
        given={"a": A, "b": B},
        found={"interleave": interleave(A.clone(), B.clone())},
    )


def padded(pad_and_stack: Function) -> Iterator[Grids]:
    """Sequences of different lengths as a batch, and its mask."""
    sequences = [torch.tensor([3, 1, 4, 1]), torch.tensor([2, 7]), torch.tensor([0, 5, 0])]
    yield Grids(
        title=tr("Short sequences are filled up on the right, and the mask says what is real."),
        given={f"sequence {number}": x.clone() for number, x in enumerate(sequences)},
        found=named(pad_and_stack(sequences, 0), "padded", "mask"),
        note=tr("A 0 may be real or filling: only lengths tell."),
    )


def ones(append_ones_column: Function) -> Iterator[Grids]:
    """A column of ones on the right."""
    yield Grids(
        title=tr("The column of ones stands on the right of the matrix."),
        given={"matrix": B},
        found={"append_ones_column": append_ones_column(B.clone())},
    )


def parts(split_like: Function) -> Iterator[Grids]:
    """A tensor cut into parts; and lengths that do not add up."""
    x = torch.tensor([[1, 2], [3, 4], [5, 6], [7, 8]])
    yield Grids(
        title=tr("The rows are cut into a part of three and a part of one."),
        given={"x": x.clone()},
        found=named(split_like(x, [3, 1]), tr("part of 3"), tr("part of 1")),
    )
    yield Grids(
        title=tr("Parts of three and two rows can't be cut from four."),
        given={"x": x.clone()},
        found={"split_like": attempted(lambda: split_like(x, [3, 2]), ValueError, RuntimeError)},
    )
