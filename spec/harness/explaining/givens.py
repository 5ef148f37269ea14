"""What is special about the arguments of a call that is no ordinary one."""

from collections.abc import Iterable

import torch

SCALAR = "{name} is 0-D here: it has no axis."
EMPTY = "{name} has an axis of length 0 here: no element."
ONE = "{name} has a single element here."
EXPANDED = "{name} is expanded here: several of its elements are one place in memory."
NOT_CONTIGUOUS = "{name} is not contiguous here: its elements do not lie in memory in this order."
NAN = "{name} holds NaN here."
INFINITE = "{name} holds infinity here."
WHOLE = "{name} is of dtype {dtype} here: whole numbers."
DOUBLE = "{name} is float64 here."
HUGE = "{name} holds numbers as large as {number:.0e} here."
TINY = "{name} holds numbers as small as {number:.0e} here."
ONE_LONG = "{name} has an axis of length 1 here, axis {axis}."
NO_ITEMS = "{name} is empty here."

LARGE, SMALL = 1e4, 1e-4


def special(arguments: Iterable[tuple[str, object]]) -> str | None:
    """What about these arguments, by name, is out of the ordinary: the first that there is."""
    return next((s for name, value in arguments if (s := _of_one(name, value))), None)


def _of_one(name: str, value: object) -> str | None:
    if isinstance(value, list | tuple | dict | str) and not value:
        return NO_ITEMS.format(name=name)
    if isinstance(value, list | tuple):
        items = (_of_one(f"{name}[{i}]", item) for i, item in enumerate(value))
        return next((said for said in items if said), None)
    return _of_tensor(name, value) if isinstance(value, torch.Tensor) else None


def _of_tensor(name: str, value: torch.Tensor) -> str | None:
    x = value.detach()
    if x.numel() == 0:
        return EMPTY.format(name=name)
    if any(n > 1 and step == 0 for n, step in zip(x.shape, x.stride(), strict=True)):
        return EXPANDED.format(name=name)
    if not x.is_contiguous():
        return NOT_CONTIGUOUS.format(name=name)
    if x.is_floating_point():
        return _of_floats(name, x.cpu().double()) or _of_count(name, x)
    if x.dtype != torch.bool and x.dtype != torch.int64:
        return WHOLE.format(name=name, dtype=str(x.dtype).removeprefix("torch."))
    return _of_count(name, x)


def _of_floats(name: str, x: torch.Tensor) -> str | None:
    if bool(x.isnan().any()):
        return NAN.format(name=name)
    if bool(x.isinf().any()):
        return INFINITE.format(name=name)
    sizes = x[x != 0].abs()
    if sizes.numel() and float(sizes.max()) > LARGE:
        return HUGE.format(name=name, number=float(sizes.max()))
    if sizes.numel() and float(sizes.min()) < SMALL:
        return TINY.format(name=name, number=float(sizes.min()))
    return None


def _of_count(name: str, x: torch.Tensor) -> str | None:
    if x.dim() == 0:
        return SCALAR.format(name=name)
    if x.numel() == 1:
        return ONE.format(name=name)
    if x.dtype == torch.float64:
        return DOUBLE.format(name=name)
    return ONE_LONG.format(name=name, axis=x.shape.index(1)) if 1 in x.shape else None
