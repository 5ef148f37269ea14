"""Failures to be looked at, and results that differ in a plain way."""

import torch

from spec.harness.explaining.facts import Seen
from spec.harness.files.sources import definitions

WANTED = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]])
SQUARE = torch.tensor([[1.0, 2.0], [3.0, 5.0]])
LONG = torch.tensor([1.5, 4.0, 2.25, 9.0])
FINE = torch.tensor([1 / 3, 2 / 3], dtype=torch.float64)
MIXED = torch.tensor([-1.0, 2.0, -3.0, 4.0])


def seen(
    arguments: dict[str, object] | None = None, source: str | None = None, edge: bool = False
) -> Seen:
    """A failure of a call with these arguments, of a function with this source."""
    definition = None if source is None else next(iter(definitions(source).values()))
    return Seen(arguments or {}, definition, edge, False, False, None, False)
