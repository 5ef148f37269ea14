# k08_broadcasting.outer_sum: annotations as text
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypedDict

if TYPE_CHECKING:
    import torch


class Pair(NamedTuple):
    left: "torch.Tensor"
    right: "torch.Tensor"


class Options(TypedDict, total=False):
    verbose: bool


class Adds(Protocol):
    def __call__(self, a: "torch.Tensor", b: "torch.Tensor") -> "torch.Tensor": ...


def outer_sum(a: torch.Tensor, b: "torch.Tensor", options: Options | None = None) -> "torch.Tensor":
    pair: Pair = Pair(a, b)
    return pair.left[:, None] + pair.right
