"""Values as grids of their elements, side by side as they were given, found and expected."""

from typing import Any

import torch

from ..explaining.panels import Panel, panel
from ..language import tr
from .drawings import EXPECTED, SAME, YOURS, Grids, Stretched, Words, alike

UNFIT = "{shape} can't be stretched to {wanted}."


def panels(yours: Grids | None, expected: Grids | None) -> list[Panel]:
    """What was given, then each thing found: the learner's, and where it differs the expected."""
    shown = yours or expected
    assert shown is not None
    found = [_panel(name, value) for name, value in shown.given.items()]
    if yours is None or expected is None:
        side = YOURS if expected is None else EXPECTED
        return found + [_panel(f"{name}, {side}", v) for name, v in shown.found.items()]
    for name in dict.fromkeys([*yours.found, *expected.found]):
        own, wanted = yours.found.get(name), expected.found.get(name)
        if name in yours.found and name in expected.found and alike(own, wanted):
            found.append(_panel(f"{name}, {tr(SAME)}", own))
            continue
        if name in yours.found:
            found.append(_panel(f"{name}, {tr(YOURS)}", own, wanted))
        if name in expected.found:
            found.append(_panel(f"{name}, {tr(EXPECTED)}", wanted))
    return found


def _panel(title: str, value: object, wanted: object = None) -> Panel:
    if isinstance(value, Words):
        return {"title": title, "text": value.text}
    if isinstance(value, Stretched):
        return _stretched(title, value)
    return panel(title, value, wanted if isinstance(wanted, torch.Tensor) else None)


def _stretched(title: str, value: Stretched) -> Panel:
    """The panel of a tensor that is stretched, with those elements marked that are copies."""
    shape = tuple(value.x.shape)
    try:
        whole = value.x.expand(value.shape)
    except (RuntimeError, TypeError):
        return {"title": title, "text": tr(UNFIT).format(shape=shape, wanted=value.shape)}
    is_copy = torch.zeros(whole.shape, dtype=torch.bool)
    for axis in range(-whole.dim(), 0):
        if -axis > len(shape) or shape[axis] < whole.shape[axis]:
            is_copy.narrow(axis, 1, whole.shape[axis] - 1).fill_(True)
    found: dict[str, Any] = panel(title, whole)
    cells = [cell for each in found["grids"] for row in each["rows"] for cell in row]
    for cell, is_again in zip(cells, is_copy.flatten().tolist(), strict=True):
        cell["again"] = is_again
    return found
