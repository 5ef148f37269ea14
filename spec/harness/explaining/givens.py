"""What is special about the arguments of a call that is no ordinary one."""

from collections.abc import Iterable

import torch

from ..language import tr

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

# The least ordinary first: of these the first that holds is said.
BY_RANK = (
    EMPTY, NO_ITEMS, NAN, INFINITE, SCALAR, EXPANDED, NOT_CONTIGUOUS, HUGE, TINY, ONE, ONE_LONG,
    WHOLE, DOUBLE,
)  # fmt: skip

LARGE, SMALL = 1e4, 1e-4

Special = tuple[int, str]  # how ordinary it is after all, and what is said


def special(arguments: Iterable[tuple[str, object]]) -> str | None:
    """What about these arguments, by name, is the least ordinary."""
    found = [each for name, value in arguments if (each := _of_one(name, value))]
    return min(found, key=lambda each: each[0])[1] if found else None


def _said(words: str, name: str, **more: object) -> Special:
    return BY_RANK.index(words), tr(words).format(name=name, **more)


def _of_one(name: str, value: object) -> Special | None:
    if isinstance(value, list | tuple | dict | str) and not value:
        return _said(NO_ITEMS, name)
    if isinstance(value, list | tuple):
        items = (_of_one(f"{name}[{i}]", item) for i, item in enumerate(value))
        return next((said for said in items if said), None)
    return _of_tensor(name, value) if isinstance(value, torch.Tensor) else None


def _of_tensor(name: str, value: torch.Tensor) -> Special | None:
    x = value.detach()
    if x.numel() == 0:
        return _said(EMPTY, name)
    if any(n > 1 and step == 0 for n, step in zip(x.shape, x.stride(), strict=True)):
        return _said(EXPANDED, name)
    if not x.is_contiguous():
        return _said(NOT_CONTIGUOUS, name)
    if x.is_floating_point():
        return _of_floats(name, x.cpu().double()) or _of_count(name, x)
    if x.dtype != torch.bool and x.dtype != torch.int64:
        return _said(WHOLE, name, dtype=str(x.dtype).removeprefix("torch."))
    return _of_count(name, x)


def _of_floats(name: str, x: torch.Tensor) -> Special | None:
    if bool(x.isnan().any()):
        return _said(NAN, name)
    if bool(x.isinf().any()):
        return _said(INFINITE, name)
    sizes = x[x != 0].abs()
    if sizes.numel() and float(sizes.max()) > LARGE:
        return _said(HUGE, name, number=float(sizes.max()))
    if sizes.numel() and float(sizes.min()) < SMALL:
        return _said(TINY, name, number=float(sizes.min()))
    return None


def _of_count(name: str, x: torch.Tensor) -> Special | None:
    if x.dim() == 0:
        return _said(SCALAR, name)
    if x.numel() == 1:
        return _said(ONE, name)
    if x.dtype == torch.float64:
        return _said(DOUBLE, name)
    return _said(ONE_LONG, name, axis=x.shape.index(1)) if 1 in x.shape else None
