"""What is plain of a failure when no known mistake explains it: true by construction."""

import contextlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from spec.harness.explaining import code, givens
from spec.harness.explaining.layouts import of_order, of_shapes
from spec.harness.explaining.numbers import of_scalars, of_values, same
from spec.harness.files.sources import Definition
from spec.harness.verdicts import About, CheckFailure

DTYPE_ONLY = "The numbers are right; only their dtype is another."
DEVICE_ONLY = "The numbers are right, but they lie on the device {device}."
TYPE_ONLY = "The numbers are right, but what came back is {got} and not {wanted}."
OTHER_TYPE = "What came back is {got}, where {wanted} is asked for."
TOO_LARGE, TOO_SMALL = "The number is too large.", "The number is too small."
ITEM = "Only the {which} of {count} results differs."
OF_ITEM = "Of {count} results the {which} differs. {fact}"
ITEMS_MORE = "There are more items than should be: {got} for {wanted}."
ITEMS_LESS = "There are fewer items than should be: {got} for {wanted}."
ITEMS_ORDER = "These are the right items in another order."
LIST_FOR_TUPLE = "The items are right, but they come in a {got} and not in a {wanted}."
NONE_RIGHT = "Shape and dtype are right, but none of the {count} numbers is."
SOME_RIGHT = "Shape and dtype are right, and so are {right} of the {count} numbers."
ON_DEVICE = "The same rule holds on the CPU."
MANY = 1 << 14  # elements, of which more are not looked at
A_TENSOR, A_NUMBER, AN_ARRAY, A = "a tensor", "a 0-D tensor", "a NumPy array", "of type {kind}"
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


@dataclass(frozen=True)
class Seen:
    """What a failure is looked at together with."""

    arguments: dict[str, object]  # of the last call, as they were before it
    definition: Definition | None  # the learner's own
    edge: bool
    elsewhere: bool  # whether it was on an accelerator
    held_on_cpu: bool  # whether the same rule held there
    line: int | None  # their innermost line that the error, or its cause, came through
    own_raise: bool  # whether that line is a `raise` of their own


def notice(error: BaseException, seen: Seen) -> str | None:
    """One sentence on what is plain of a failure, if there is something.

    What came back may be anything, and not bear being looked at.
    """
    with contextlib.suppress(Exception):
        return _notice(error, seen)
    return None


def _notice(error: BaseException, seen: Seen) -> str | None:
    said = _of_check(error, seen) if isinstance(error, CheckFailure) else _of_error(error, seen)
    if said is None and seen.edge:
        said = givens.special(seen.arguments.items())
    return said or (ON_DEVICE if seen.held_on_cpu else None)


def _of_error(error: BaseException, seen: Seen) -> str | None:
    if seen.own_raise:
        return code.RAISED_HERE.format(line=seen.line)
    return code.of_device(seen.definition) if seen.elsewhere and seen.definition else None


def _of_check(error: CheckFailure, seen: Seen) -> str | None:
    given = {n: _plain(v) for n, v in seen.arguments.items() if isinstance(v, torch.Tensor)}
    if error.has_both and error.about is not About.RAISES:
        said = _of_place(error) or _of_both(error.wanted, error.actual, given)
        if said:
            return said
    if error.about is About.BY_HAND and seen.line is not None:
        return code.CALLED.format(line=seen.line)
    if error.about is About.RAISES and error.__cause__ and seen.line is not None:
        return code.OTHER_ERROR.format(line=seen.line)
    return _of_code(error, seen.definition) if seen.definition is not None else None


def _of_place(error: CheckFailure) -> str | None:
    if error.about is not About.DEVICE or error.tensors is None:
        return None
    wanted, got = error.tensors
    return DEVICE_ONLY.format(device=got.device.type) if same(wanted, _plain(got)) else None


def _of_code(error: CheckFailure, definition: Definition) -> str | None:
    if error.about is About.NOTHING:
        return code.of_nothing(definition)
    if error.about is About.RAISES:
        return code.of_missing_error(definition) if not error.__cause__ else None
    if error.about is About.LOOP:
        return code.of_loops(definition)
    if error.about is About.ARGUMENT:
        return code.of_writing(definition)
    if error.about is About.DEVICE:
        return code.of_device(definition)
    if error.about is About.DTYPE and isinstance(error.actual, torch.Tensor):
        return code.of_dtype(definition, str(error.actual.dtype).removeprefix("torch."))
    return None


def _of_both(wanted: Any, got: Any, given: dict[str, torch.Tensor]) -> str | None:
    """How what came back differs from what is right."""
    if isinstance(wanted, list | tuple) and isinstance(got, list | tuple):
        return _of_items(wanted, got, given)
    x, y = _tensor(wanted), _tensor(got)
    other_type = type(wanted) is not type(got) and not _are_tensors(wanted, got)
    if other_type and (x is None or y is None or not same(x, y)):
        return OTHER_TYPE.format(got=_kind(got), wanted=_kind(wanted))
    if x is None or y is None or max(x.numel(), y.numel()) > MANY:
        return None
    if other_type:
        return TYPE_ONLY.format(got=_kind(got), wanted=_kind(wanted))
    if x.shape != y.shape:
        return of_shapes(x, y)
    if x.dtype != y.dtype:
        return DTYPE_ONLY if same(x, y) else None
    if x.numel() == 1:
        if x.dtype == torch.bool:
            return None
        return _of_one(x.double().item(), y.double().item(), given)
    plain = x.dtype != torch.bool and bool(x.isfinite().all() and y.isfinite().all())
    order = of_order(x, y) if plain and not same(-x.double(), y) else None
    return order or of_values(x, y, given) or _of_count(x, y)


def _of_one(wanted: float, got: float, given: dict[str, torch.Tensor]) -> str | None:
    said = of_scalars(wanted, got, given)
    if said or (not wanted < got and not got < wanted):
        return said
    return TOO_LARGE if got > wanted else TOO_SMALL


def _of_count(x: torch.Tensor, y: torch.Tensor) -> str:
    """How many of the numbers are right, where nothing plainer can be said."""
    right = int(torch.isclose(x.double(), y.double(), 1e-4, 1e-6, equal_nan=True).sum())
    return (SOME_RIGHT if right else NONE_RIGHT).format(right=right, count=x.numel())


def _of_items(wanted: Any, got: Any, given: dict[str, torch.Tensor]) -> str | None:
    if len(wanted) != len(got):
        said = ITEMS_MORE if len(got) > len(wanted) else ITEMS_LESS
        return said.format(got=len(got), wanted=len(wanted))
    differ = [i for i, (w, g) in enumerate(zip(wanted, got, strict=True)) if not _alike(w, g)]
    if not differ:
        if type(got) is type(wanted):
            return None
        return LIST_FOR_TUPLE.format(got=type(got).__name__, wanted=type(wanted).__name__)
    if len(differ) > 1 and _reordered(list(wanted), list(got)):
        return ITEMS_ORDER
    first = differ[0]
    if len(wanted) == 1 or first >= len(ORDINALS):
        return _of_both(wanted[first], got[first], given)
    place = {"which": ORDINALS[first], "count": len(wanted)}
    fact = _of_both(wanted[first], got[first], given)
    if fact and len(differ) == 1:
        return OF_ITEM.format(fact=fact, **place)
    facts = {_of_both(wanted[i], got[i], given) for i in differ}
    if len(facts) == 1 and None not in facts:
        return fact
    return ITEM.format(**place) if len(differ) == 1 else None


def _reordered(wanted: list[Any], got: list[Any]) -> bool:
    left = list(wanted)
    for item in got:
        match = next((i for i, other in enumerate(left) if _alike(other, item)), None)
        if match is None:
            return False
        del left[match]
    return True


def _alike(wanted: Any, got: Any) -> bool:
    if isinstance(wanted, list | tuple):
        same_length = isinstance(got, list | tuple) and len(wanted) == len(got)
        return same_length and all(map(_alike, wanted, got))
    x, y = _tensor(wanted), _tensor(got)
    if x is None or y is None:
        return type(wanted) is type(got) and bool(wanted == got)
    return same(x, y) and x.dtype == y.dtype


def _are_tensors(*values: object) -> bool:
    return all(isinstance(value, torch.Tensor) for value in values)


def _kind(value: object) -> str:
    if isinstance(value, torch.Tensor):
        return A_TENSOR if value.dim() else A_NUMBER
    if value is None:
        return str(value)
    return AN_ARRAY if isinstance(value, np.ndarray) else A.format(kind=type(value).__name__)


def _tensor(value: object) -> torch.Tensor | None:
    """A value as a tensor on the CPU, where it is numbers."""
    if isinstance(value, torch.Tensor):
        return _plain(value) if not value.is_complex() else None
    try:
        if isinstance(value, bool | int | float | np.ndarray):
            return torch.as_tensor(value)
        if isinstance(value, list) and value:
            tensors = _are_tensors(*value)
            return _plain(torch.stack(value)) if tensors else torch.tensor(value)
    except (TypeError, ValueError, RuntimeError, OverflowError):
        return None
    return None


def _plain(tensor: torch.Tensor) -> torch.Tensor:
    return tensor.detach().cpu()
