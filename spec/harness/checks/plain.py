"""What a call hands back, as what it is: exact Python values and tensors without attributes."""

from typing import Any

import numpy as np
import torch

EXACT = (bool, int, float, complex, str, bytes, type(None))
TENSORS = (torch.Tensor, torch.nn.Parameter)
DEEPEST = 16  # lists within each other
OF_A_FILE = 1 << 9  # the flag of a class that Python code made


def plain(value: Any, deepest: int = DEEPEST) -> Any:
    """The value itself where it is plain; else what is plain about it, all else left behind.

    A number whose class says that it equals everything is that number; a tensor keeps its place
    in the graph and its memory, and loses attributes under which its methods would be sought.
    """
    kind = type(value)
    if kind in EXACT:
        return value
    if issubclass(kind, np.generic):
        return np.generic.view(value) if kind.__flags__ & OF_A_FILE else value
    if kind in TENSORS:
        _bare(value)
    elif issubclass(kind, float):
        return float.__pos__(value)
    elif issubclass(kind, int):
        return int.__pos__(value)
    elif issubclass(kind, str):
        return str.__str__(value)
    elif deepest and issubclass(kind, list | tuple):
        return _sequence(value, kind, deepest)
    elif deepest and issubclass(kind, dict):
        return _table(value, kind, deepest)
    return value


def _bare(tensor: torch.Tensor) -> None:
    """Takes from a tensor what was set on it under the name of something that all tensors have."""
    own = object.__getattribute__(tensor, "__dict__")
    for name in [name for name in own if hasattr(torch.Tensor, name)]:
        del own[name]


def _sequence(value: Any, kind: type, deepest: int) -> Any:
    base = list if issubclass(kind, list) else tuple
    items = [*base.__iter__(value)]
    made = [plain(item, deepest - 1) for item in items]
    same = all(new is old for new, old in zip(made, items, strict=True))
    return value if same and not kind.__flags__ & OF_A_FILE else base(made)


def _table(value: Any, kind: type, deepest: int) -> Any:
    items = [*dict.items(value)]
    made = {plain(key, 0): plain(item, deepest - 1) for key, item in items}
    same = all(made.get(key) is item for key, item in items if type(key) in EXACT)
    return value if same and not kind.__flags__ & OF_A_FILE else made
