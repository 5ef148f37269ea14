"""What is plain of a failure when no known mistake explains it: true by construction."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

import numpy as np
import torch

from ..checks.likeness import same
from ..files.sources import Definition
from ..running.subject import Call
from ..verdicts import About, CheckFailure, Verdict
from . import code, givens, items
from .echoes import echoed, of_counts, of_dtypes
from .layouts import of_lengths, of_order, of_shapes
from .numbers import of_relation, of_scalars, of_values
from .slips import of_slips

DTYPE_ONLY = "The numbers are right; only their dtype is another."
DEVICE_ONLY = "The numbers are right, but they lie on the device {device}."
TYPE_ONLY = "The numbers are right, but what came back is {got} and not {wanted}."
OTHER_TYPE = "What came back is {got}, where {wanted} is asked for."
TOO_LARGE, TOO_SMALL = "The number is too large.", "The number is too small."
BOTH = "Both the dtype and the numbers differ."
IS_A = "{name} is {kind} here."
NONE_RIGHT = "Shape and dtype are right, but none of the {count} numbers is."
SOME_RIGHT = "Shape and dtype are right, and so are {right} of the {count} numbers."
ONE_RIGHT = "Shape and dtype are right, and so is one of the {count} numbers."
BOTH_CALLS = "Both calls in this test gave {got}."
EACH_CALL = "Each of the {count} calls in this test gave {got}."
ONLY_CALL = "Of the {count} calls in this test this one alone gave {got}."
ON_DEVICE = "The same rule holds on the CPU."
MANY = 1 << 14  # elements, of which more are not looked at
A_TENSOR, A_NUMBER, AN_ARRAY, A = "a tensor", "a 0-D tensor", "a NumPy array", "of type {kind}"
CAME_BACK = "What came back is {kind}."
ENTRIES = "What came back is a dict with the entries {names}."
NOTHING = object()
PLAIN = (bool, int, float, str)


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
    result: object = NOTHING  # of the last call, where it ended
    calls: Sequence[Call] = ()  # all of this test


def notice(error: BaseException, seen: Seen) -> str | None:
    """One sentence on what is plain of a failure, if there is something; a verdict says it all."""
    return None if isinstance(error, Verdict) else _safely(lambda: _notice(error, seen))


def _notice(error: BaseException, seen: Seen) -> str | None:
    given = {n: _plain(v) for n, v in seen.arguments.items() if isinstance(v, torch.Tensor)}
    definition = seen.definition
    looks: tuple[Callable[[], str | None], ...] = (
        lambda: _of_result(error, given),
        lambda: _of_code(error, seen),
        lambda: of_slips(definition) if definition else None,
        lambda: _of_calls(seen),
        lambda: _roughly(error.wanted, error.actual) if _has_values(error) else None,
        lambda: givens.special(seen.arguments.items()) if seen.edge else None,
        lambda: _of_kinds(error, seen),
        lambda: _of_use(error, seen),
        lambda: ON_DEVICE if seen.held_on_cpu else None,
    )
    return next((said for look in looks if (said := _safely(look))), None)


def _safely(look: Callable[[], str | None]) -> str | None:
    """What came back may be anything, and not bear being looked at."""
    with contextlib.suppress(Exception):
        return look()
    return None


def _of_result(error: BaseException, given: dict[str, torch.Tensor]) -> str | None:
    """What is plain of what came back, beside what is right."""
    if not isinstance(error, CheckFailure):
        return None
    if error.shape is not None and isinstance(error.actual, torch.Tensor):
        return of_lengths(error.shape, tuple(error.actual.shape))
    if not _has_values(error):
        return None
    return _of_place(error) or _of_both(error.wanted, error.actual, given)


def _has_values(error: BaseException) -> TypeGuard[CheckFailure]:
    if not isinstance(error, CheckFailure):
        return False
    return error.has_both and error.about is not About.RAISES


def _of_kinds(error: BaseException, seen: Seen) -> str | None:
    """Of what type an argument is that is no tensor, where an error is about types."""
    if not isinstance(error, TypeError | AttributeError):
        return None
    plain = (list, tuple, dict, str, float, int, np.ndarray)
    others = [name for name, value in seen.arguments.items() if isinstance(value, plain)]
    named = [name for name in others if type(seen.arguments[name]).__name__ in str(error)]
    kinds = [IS_A.format(name=name, kind=_kind(seen.arguments[name])) for name in named]
    return kinds[0] if len(kinds) == 1 else None


def _of_use(error: BaseException, seen: Seen) -> str | None:
    """Of what kind a result is that a spec could not use."""
    if isinstance(error, CheckFailure) or seen.line is not None or seen.result is NOTHING:
        return None
    if isinstance(seen.result, dict):
        return ENTRIES.format(names=", ".join(map(repr, seen.result)))
    return CAME_BACK.format(kind=_kind(seen.result))


def _of_place(error: CheckFailure) -> str | None:
    if error.tensors is None:
        return None
    wanted, got = error.tensors
    elsewhere = error.about is About.DEVICE or got.device != wanted.device
    right = elsewhere and wanted.dtype == got.dtype and same(_plain(wanted), _plain(got))
    return DEVICE_ONLY.format(device=got.device.type) if right else None


def _of_code(error: BaseException, seen: Seen) -> str | None:
    """Which of the learner's own lines it comes from."""
    if not isinstance(error, CheckFailure):
        if seen.own_raise:
            return code.RAISED_HERE.format(line=seen.line)
        return code.of_device(seen.definition) if seen.elsewhere and seen.definition else None
    if error.about is About.BY_HAND and seen.line is not None:
        return code.CALLED.format(line=seen.line)
    if error.about is About.RAISES and error.__cause__ and seen.line is not None:
        return code.OTHER_ERROR.format(line=seen.line)
    return code.of_check(error, seen.definition) if seen.definition is not None else None


def _of_calls(seen: Seen) -> str | None:
    """Whether all calls of a test gave the same plain value, or this one alone gave it."""
    results = [call.result for call in seen.calls if call.returned]
    if len({str(call) for call in seen.calls}) < 2 or seen.result is NOTHING:
        return None
    if len(set(map(type, results))) > 1 or type(seen.result) not in PLAIN:
        return None
    others, said = results.count(seen.result) - 1, {"count": len(results), "got": seen.result}
    if others == len(results) - 1:
        return (EACH_CALL if others > 1 else BOTH_CALLS).format(**said)
    alone = not others and isinstance(seen.result, bool) and len(results) > 2
    return ONLY_CALL.format(**said) if alone else None


def _of_both(
    wanted: Any, got: Any, given: dict[str, torch.Tensor], is_part: bool = False
) -> str | None:
    """How what came back, or a part of it, differs from what is right."""
    if isinstance(wanted, list | tuple) and isinstance(got, list | tuple):
        return _of_sequence(wanted, got, given, is_part)
    if isinstance(wanted, dict) and isinstance(got, dict):
        return items.of_entries(wanted, got, lambda x, y: _of_both(x, y, given, True))
    if type(wanted) is type(got) is int:
        return of_counts(wanted, got, given)
    if isinstance(wanted, torch.dtype) and isinstance(got, torch.dtype):
        return of_dtypes(wanted, got, given)
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
        return DTYPE_ONLY if same(x, y) else echoed(y, given)
    if x.numel() == 1:
        if x.dtype == torch.bool:
            return None
        return of_scalars(x.double().item(), y.double().item(), given)
    plain = x.dtype != torch.bool and bool(x.isfinite().all() and y.isfinite().all())
    order = of_order(x, y) if plain and not same(-x.double(), y) else None
    return order or of_values(x, y, given)


def _of_sequence(
    wanted: Sequence[Any], got: Sequence[Any], given: dict[str, torch.Tensor], is_part: bool
) -> str | None:
    """The same of a list or a tuple: as numbers, as entries with names, or item by item."""

    def look(right: Any, left: Any) -> str | None:
        return _of_both(right, left, given, is_part=True)

    of_one_kind = type(wanted) is type(got) and len(wanted) == len(got) > 1
    kinds = {type(each) for each in (*wanted, *got)}
    if of_one_kind and (kinds == {bool} or kinds <= {int, float}):
        dtype = torch.bool if kinds == {bool} else torch.float64
        x, y = torch.tensor(wanted, dtype=dtype), torch.tensor(got, dtype=dtype)
        if said := of_relation(x, y, given):
            return said
    right, left = items.named(wanted), items.named(got)
    if right is not None and left is not None and list(right) == list(left):
        return items.of_entries(right, left, look)
    return items.of_items(wanted, got, look, is_part)


def _roughly(wanted: Any, got: Any) -> str | None:
    """How many of the numbers are right, or how many of the results."""
    if isinstance(wanted, list | tuple) and isinstance(got, list | tuple):
        return items.roughly(wanted, got, lambda x, y: _of_both(x, y, {}, True) or _roughly(x, y))
    x, y = _tensor(wanted), _tensor(got)
    if x is None or y is None or x.shape != y.shape or torch.bool in (x.dtype, y.dtype):
        return None
    if x.dtype != y.dtype:
        return BOTH
    a, b = x.double(), y.double()
    right = int(torch.isclose(a, b, 1e-4, 1e-6, equal_nan=True).sum())
    if x.numel() == 1:
        if bool(a < b):
            return TOO_LARGE
        return TOO_SMALL if bool(a > b) else None
    words = ONE_RIGHT if right == 1 else SOME_RIGHT if right else NONE_RIGHT
    return words.format(right=right, count=x.numel())


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
