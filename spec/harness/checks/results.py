"""What a spec asserts about one result: a tensor, a Python value, an error.

Each check counts itself, so that a test which performed none is found out.
"""

import functools
from collections.abc import Callable

import numpy as np
import torch

from .. import tensors
from ..rendering import aligned, show, sides
from ..verdicts import UNSEEN, About, CheckFailure
from .plain import plain

performed = 0

TOLERANCES = {torch.float32: (1.3e-6, 1e-5), torch.float64: (1e-11, 1e-11)}


def count() -> None:
    """Notes that a check was performed."""
    global performed
    performed += 1


def assert_that(condition: bool, problem: str) -> None:
    """The condition holds; `problem` says to the learner what is wrong where it does not."""
    __tracebackhide__ = True
    count()
    if not condition:
        raise CheckFailure(problem)


def assert_tensor(
    actual: object,
    expected: object,
    *,
    like: torch.Tensor | None = None,
    dtype: torch.dtype | None = None,
    device: torch.device | None = None,
    rtol: float | None = None,
    atol: float | None = None,
) -> None:
    """`actual` is a plain tensor with the type, dtype, device, shape and values expected.

    `expected` is a tensor, an array, a number or a nested list. Dtype and device come from the
    arguments of that name, else from `like`, else from `expected` where it is a tensor.
    Values are compared in float64 by torch.isclose's rule, NaN equal to NaN; a float32
    result within torch.testing's tolerances, a float64 result within 1e-11, others exactly.
    """
    __tracebackhide__ = True
    source = like if like is not None else expected
    if isinstance(source, torch.Tensor):
        dtype, device = dtype or source.dtype, device or source.device
    if dtype is None or device is None:
        raise TypeError("assert_tensor needs dtype= and device=, or like=, or an expected tensor")
    wanted = _wanted(expected, dtype)
    result = _plain_tensor(actual, tuple(wanted.shape), dtype, device, wanted)
    _assert_values(result, wanted, rtol, atol)


def assert_metadata(
    actual: object, *, shape: tuple[int, ...], dtype: torch.dtype, device: torch.device
) -> torch.Tensor:
    """`actual` is a plain strided tensor of this shape, dtype and device; returns it."""
    __tracebackhide__ = True
    return _plain_tensor(actual, shape, dtype, device)


def _plain_tensor(
    actual: object,
    shape: tuple[int, ...],
    dtype: torch.dtype,
    device: torch.device,
    values: torch.Tensor | None = None,
) -> torch.Tensor:
    __tracebackhide__ = True
    count()
    actual = plain(actual)
    if type(actual) not in (torch.Tensor, torch.nn.Parameter):
        what = "None: is a return missing?" if actual is None else type(actual).__name__
        raise CheckFailure(
            f"a torch.Tensor is asked for, not {what}",
            got=show(actual),
            about=About.TYPE,
            wanted=UNSEEN if values is None else values,
            actual=actual,
        )
    assert isinstance(actual, torch.Tensor)
    facts = (
        ("layout", torch.strided, actual.layout),
        ("shape", shape, tuple(actual.shape)),
        ("dtype", dtype, actual.dtype),
        ("device", device, actual.device),
    )
    for noun, wanted, got in facts:
        if wanted != got:
            raise CheckFailure(
                f"the result has the wrong {noun}",
                expected=f"{noun} {wanted}",
                got=aligned(f"{noun} {got}: ", show(actual)),
                about=About(noun),
                wanted=UNSEEN if values is None else values,
                actual=actual,
                shape=shape if noun == "shape" and values is None else None,
            )
    return actual


def assert_value(actual: object, expected: object, *, rtol: float = 0.0, atol: float = 0.0) -> None:
    """`actual` is a plain Python value of `expected`'s type, equal to it.

    A float may be off by `atol` + `rtol` times the expected size; everything else is exact.
    True is no int, a 0-D tensor no number, and a list no tuple.
    """
    __tracebackhide__ = True
    count()
    actual, kind = plain(actual), type(expected)
    alike = isinstance(actual, kind) and isinstance(actual, bool) == isinstance(expected, bool)
    if not alike:
        raise CheckFailure(
            f"the result should be of type {kind.__name__}, not {type(actual).__name__}",
            expected=show(expected),
            got=show(actual),
            about=About.TYPE,
            wanted=expected,
            actual=actual,
        )
    if not _equal(actual, expected, rtol, atol):
        wanted, got = sides(expected, actual)
        raise CheckFailure(
            "the result differs",
            expected=wanted,
            got=got,
            about=About.VALUES,
            wanted=expected,
            actual=actual,
        )


def assert_raises(
    errors: type[Exception] | tuple[type[Exception], ...],
    function: Callable[..., object],
    *arguments: object,
) -> None:
    """Calling the function with these arguments raises this error, or one of these."""
    __tracebackhide__ = True
    count()
    kinds = errors if isinstance(errors, tuple) else (errors,)
    wanted = " or ".join(kind.__name__ for kind in kinds)
    try:
        result = function(*arguments)
    except CheckFailure:
        raise
    except kinds:
        return
    except Exception as raised:
        got = f"{type(raised).__name__}: {raised}"
        raise CheckFailure(
            "another error is raised",
            expected=wanted,
            got=got,
            about=About.RAISES,
            actual=type(raised).__name__,
        ) from raised
    raise CheckFailure(
        "no error is raised",
        expected=wanted,
        got=show(result),
        about=About.RAISES,
        actual=result,
    )


def _wanted(expected: object, dtype: torch.dtype) -> torch.Tensor:
    if isinstance(expected, torch.Tensor):
        return expected.detach().cpu().to(dtype)
    array = np.asarray(expected)
    with np.errstate(over="ignore"):
        return torch.from_numpy(np.ascontiguousarray(array).reshape(array.shape)).to(dtype)


def _assert_values(
    actual: torch.Tensor, wanted: torch.Tensor, rtol: float | None, atol: float | None
) -> None:
    __tracebackhide__ = True
    got = actual.detach().cpu()
    if wanted.is_floating_point():
        default_rtol, default_atol = TOLERANCES[wanted.dtype]
        close = torch.isclose(
            got.double(),
            wanted.double(),
            rtol=default_rtol if rtol is None else rtol,
            atol=default_atol if atol is None else atol,
            equal_nan=True,
        )
    else:
        close = got == wanted
    if bool(close.all()):
        return
    first = tuple((~close).nonzero()[0].tolist())
    wrong = (~close).flatten().nonzero().flatten().tolist()
    there = wanted.to(actual.device)
    both = functools.cache(lambda: tensors.sides(there, actual, wrong))
    raise CheckFailure(
        _differing(len(wrong), close.numel(), first, got[first], wanted[first]),
        expected=lambda: both()[0],
        got=lambda: both()[1],
        about=About.VALUES,
        wanted=wanted,
        actual=actual,
    )


def _differing(
    wrong: int, count: int, first: tuple[int, ...], got: torch.Tensor, wanted: torch.Tensor
) -> str:
    """How many elements differ, and the first pair of them."""
    if count == 1:
        return "the number differs"
    where = f", first at index {first}: {_number(got)} for {_number(wanted)}"
    return f"{wrong} of {count} elements differ{where}"


def _number(element: torch.Tensor) -> str:
    """An element as NumPy prints it, with the digits that its dtype has."""
    return str(element.numpy()) if element.dtype in TOLERANCES else str(element.item())


def _equal(actual: object, expected: object, rtol: float, atol: float) -> bool:
    if isinstance(expected, float) and isinstance(actual, float):
        return bool(np.isclose(actual, expected, rtol=rtol, atol=atol, equal_nan=True))
    if isinstance(expected, (list, tuple)) and isinstance(actual, (list, tuple)):
        return len(actual) == len(expected) and all(
            type(a) is type(e) and _equal(a, e, rtol, atol)
            for a, e in zip(actual, expected, strict=True)
        )
    return actual is expected or type(expected).__eq__(expected, actual) is True
