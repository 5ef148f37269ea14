"""Two half-moons of points, and the border that somebody has learnt between them."""

from collections.abc import Callable

import torch

from ..language import tr
from .drawings import Plane, numbers, path, rows

NOISE = 0.12


def half_moons(count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Points of two classes, x of shape (count, 2) and y of shape (count,), always the same."""
    generator = torch.Generator().manual_seed(1)
    y = torch.arange(count) % 2
    t = torch.pi * torch.rand(count, generator=generator)
    x = torch.stack([torch.cos(t), torch.sin(t)], dim=1)
    x[y == 1] = torch.tensor([1.0, 0.5]) - x[y == 1]
    return x + NOISE * torch.randn(count, 2, generator=generator), y


def border(
    title: str,
    x: torch.Tensor,
    y: torch.Tensor,
    share: Callable[[torch.Tensor], torch.Tensor],
    note: str = "",
) -> Plane:
    """The plane by the share of class 1 that is seen at each of its points, and the moons in it."""
    across, up = torch.linspace(-1.6, 2.6, 60), torch.linspace(-1.2, 1.7, 42)
    points = torch.cartesian_prod(up, across).flip(1)
    right = ((share(x) > 0.5) == (y == 1)).float().mean()
    return Plane(
        title=title,
        across="x",
        up="y",
        x=numbers(across),
        y=numbers(up),
        heights=rows(share(points).reshape(42, 60).clamp(0, 1)),
        is_share=True,
        dots=(path(x[y == 0]), path(x[y == 1])),
        said=tr("{right:.0%} of the points on their side").format(right=right),
        note=note,
    )
