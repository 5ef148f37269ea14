"""Every check is seen to pass and to fail, with its message."""

import inspect
import math
import re

import numpy as np
import pytest
import torch

from spec.harness import rendering
from spec.harness.checks import laws, results
from spec.harness.checks.results import (
    assert_metadata,
    assert_raises,
    assert_tensor,
    assert_that,
    assert_value,
)
from spec.harness.verdicts import CheckFailure, Kind, Verdict

X = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


class AlwaysEqual(torch.Tensor):
    """Claims to be equal to everything, and answers True to every question."""

    def __eq__(self, other: object) -> bool:  # type: ignore[override]
        return True

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):  # type: ignore[no-untyped-def]
        return True


def test_assert_that_passes_and_fails() -> None:
    """A condition that does not hold fails with the sentence for the learner."""
    assert_that(True, "never shown")
    with pytest.raises(CheckFailure, match="two of them differ"):
        assert_that(False, "two of them differ")


def test_assert_tensor_accepts_a_tensor_an_array_and_a_list() -> None:
    """The expected side may be any of them; dtype and device come from `like`."""
    assert_tensor(X.clone(), X)
    assert_tensor(X.clone(), X.numpy().astype(np.float64), like=X)
    assert_tensor(X.clone(), X.tolist(), dtype=torch.float32, device=torch.device("cpu"))
    assert_tensor(torch.nn.Parameter(X.clone()), X)
    assert_tensor(X.T.contiguous().T, X)
    assert_tensor(torch.tensor(3), 3, dtype=torch.int64, device=torch.device("cpu"))
    assert_tensor(torch.zeros(0, 3), torch.zeros(0, 3))
    assert_tensor(torch.tensor([math.nan, math.inf]), torch.tensor([math.nan, math.inf]))


@pytest.mark.parametrize(
    ("actual", "problem"),
    [
        (None, "is a return missing"),
        ([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], "not list"),
        (X.numpy(), "not ndarray"),
        (X.as_subclass(AlwaysEqual), "not AlwaysEqual"),
        (X[:1], "wrong shape"),
        (X[None], "wrong shape"),
        (X.flatten(), "wrong shape"),
        (X.double(), "wrong dtype"),
        (X.long(), "wrong dtype"),
        (X.to("meta"), "wrong device"),
        (X.to_sparse(), "wrong layout"),
        (X + 0.1, "6 of 6 elements differ, first at index (0, 0): 1.1"),
        (X.flip(1), "4 of 6 elements differ, first at index (0, 0): 3.0 for 1.0"),
        (X / torch.tensor([1.0, 1.0, 0.0]), "2 of 6 elements differ, first at index (0, 2)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_assert_tensor_fails(actual: object, problem: str) -> None:
    """Type, layout, shape, dtype, device and values must all be as expected."""
    with pytest.raises(CheckFailure, match=re.escape(problem)):
        assert_tensor(actual, X)


def test_assert_tensor_never_broadcasts_to_compare() -> None:
    """A 0-D tensor of ones is no matrix of ones."""
    with pytest.raises(CheckFailure, match="wrong shape"):
        assert_tensor(torch.tensor(1.0), torch.ones(2, 2))


def test_assert_tensor_tells_float64_from_what_went_through_float32() -> None:
    """A float64 result is compared to 1e-11."""
    third = torch.tensor(1 / 3, dtype=torch.float64)
    assert_tensor(third + 1e-13, third)
    with pytest.raises(CheckFailure):
        assert_tensor(third.float().double(), third)


def test_assert_tensor_compares_integers_exactly() -> None:
    """Large integers that float64 cannot tell apart are told apart."""
    large = torch.tensor([2**60])
    with pytest.raises(CheckFailure):
        assert_tensor(large + 1, large)


def test_assert_tensor_takes_other_tolerances() -> None:
    """With atol=0 a tiny value is no zero."""
    tiny = torch.tensor([1e-20])
    assert_tensor(torch.zeros(1), tiny)
    with pytest.raises(CheckFailure):
        assert_tensor(torch.zeros(1), tiny, atol=0)


def test_assert_tensor_wants_to_know_dtype_and_device() -> None:
    """A spec that names neither is itself at fault."""
    with pytest.raises(TypeError, match="needs dtype"):
        assert_tensor(X, [1.0])


def test_assert_metadata_passes_and_fails() -> None:
    """It returns the tensor, and refuses another shape."""
    cpu = torch.device("cpu")
    assert assert_metadata(X, shape=(2, 3), dtype=torch.float32, device=cpu) is X
    with pytest.raises(CheckFailure, match="wrong shape"):
        assert_metadata(X, shape=(3, 2), dtype=torch.float32, device=cpu)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (3, 3),
        ((1, 2), (1, 2)),
        (torch.Size([1, 2]), (1, 2)),
        (0.5, 0.5),
        (math.nan, math.nan),
        (True, True),
        ([], []),
        (torch.float32, torch.float32),
    ],
    ids=repr,
)
def test_assert_value_passes(actual: object, expected: object) -> None:
    """Equal values of one type are equal."""
    assert_value(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (4, 3),
        (3.0, 3),
        (True, 1),
        (1, True),
        ([1, 2], (1, 2)),
        ((1, 2, 3), (1, 2)),
        ((1, 2.0), (1, 2)),
        ((2, 1), (1, 2)),
        (torch.tensor(3), 3),
        (np.int64(3), 3),
        (None, 3),
        (0.5 + 1e-15, 0.5),
        (torch.float64, torch.float32),
    ],
    ids=repr,
)
def test_assert_value_fails(actual: object, expected: object) -> None:
    """Another value fails, and an equal one of another type too."""
    with pytest.raises(CheckFailure):
        assert_value(actual, expected)


def test_assert_value_is_not_fooled_by_an_overridden_eq() -> None:
    """An int subclass that calls itself equal to everything is no answer."""

    class Anything(int):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = int.__hash__

    with pytest.raises(CheckFailure):
        assert_value(Anything(4), 3)


def test_assert_value_takes_a_tolerance() -> None:
    """A float may be off by as much as the spec allows."""
    assert_value(0.5 + 1e-10, 0.5, atol=1e-9)
    with pytest.raises(CheckFailure):
        assert_value(0.5 + 1e-8, 0.5, atol=1e-9)


def _raise(error: BaseException) -> None:
    raise error


def test_assert_raises_passes_on_the_error_named() -> None:
    """The named error or one derived from it, with a message or bare."""
    assert_raises(ValueError, _raise, ValueError("rows must be at least 1"))
    assert_raises(LookupError, _raise, KeyError("weight"))


def test_assert_raises_takes_one_of_several() -> None:
    """Where torch's own error is as good, either will do."""
    assert_raises((ValueError, RuntimeError), _raise, RuntimeError("no such view"))


def test_assert_raises_fails_on_other_errors() -> None:
    """Another error is not what the docstring promises."""
    with pytest.raises(CheckFailure, match="another error"):
        assert_raises(ValueError, _raise, TypeError("no"))


def test_assert_raises_fails_where_nothing_is_raised() -> None:
    """A function that returns has not raised."""
    with pytest.raises(CheckFailure, match="no error is raised") as caught:
        assert_raises(ValueError, lambda: 3)
    assert caught.value.got == "3"


def test_assert_raises_lets_a_verdict_pass() -> None:
    """A function that is not started has not raised its error either."""
    verdict = Verdict(Kind.NOT_STARTED, "not started", "write it")
    with pytest.raises(Verdict):
        assert_raises(ValueError, _raise, verdict)


def test_assert_raises_takes_no_failed_check_for_an_assertion_error() -> None:
    """Where AssertionError will do, the harness's own finding, such as a None, is none."""
    with pytest.raises(CheckFailure, match="returned None"):
        assert_raises((ValueError, AssertionError), _raise, CheckFailure("f returned None"))


def test_every_public_check_counts_itself_and_is_tested() -> None:
    """A check that does not count would let a test pass that checks nothing."""
    here = "".join(path.read_text() for path in _test_files())
    for module in (results, laws):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_"):
                continue
            if name in ("count", "effort"):
                continue
            source = inspect.getsource(function)
            assert re.search(r"\b(count|_plain_tensor)\(", source), name
            assert len(re.findall(rf"\b{name}\(", here)) >= 2, f"{name} is not tested"


def _test_files():  # type: ignore[no-untyped-def]
    from pathlib import Path

    folder = Path(__file__).parent
    return [folder / "test_results.py", folder / "test_laws.py"]


def test_what_is_shown_has_no_address() -> None:
    """Where an object lies in memory says nothing, and differs from run to run."""
    assert rendering.show([object()]) == "[<object object>]"


def test_what_is_shown_has_no_path() -> None:
    """A class is called by its name, wherever the file lies that defines it."""
    node = type("Node", (), {"__module__": "katas.k13@/home/an odd, name/k13.py"})
    assert rendering.show([node(), node()]) == "[<Node object>, <Node object>]"


def test_modules_and_optimizers_take_one_line() -> None:
    """What is learnt from them is short."""
    model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU())
    assert "\n" not in rendering.show(model)
    optimizer = torch.optim.Optimizer(model.parameters(), {"lr": 0.1})
    assert rendering.show([optimizer]) == "[Optimizer(lr=0.1)]"
