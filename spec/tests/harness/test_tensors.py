"""A tensor as text: few lines, whole, with digits enough."""

from collections.abc import Callable
from typing import Any

import pytest
import torch

from spec.harness.checks.results import assert_tensor, assert_value
from spec.harness.explaining.called import called
from spec.harness.rendering import show
from spec.harness.running.subject import Call
from spec.harness.tensors import FEW, TALLEST, telling, text
from spec.harness.verdicts import CheckFailure


def failure(check: Callable[..., None], *arguments: Any, **named: Any) -> CheckFailure:
    """The failure of a check that does not hold."""
    with pytest.raises(CheckFailure) as caught:
        check(*arguments, **named)
    return caught.value


def test_a_tensor_has_no_empty_lines() -> None:
    """Four axes are printed without the double blank lines that torch puts between blocks."""
    said = text(torch.arange(24).reshape(2, 2, 3, 2))
    assert "\n\n" not in said
    assert len(said.splitlines()) == 4
    assert text(torch.arange(8).reshape(2, 2, 2)).splitlines()[1].strip() == "[2, 3]],"


@pytest.mark.parametrize("shape", [(24, 1), (2, 2, 2, 2, 2, 2), (16, 4), (1, 1, 1, 1, 60), (64,)])
def test_no_tensor_is_tall_or_wide(shape: tuple[int, ...]) -> None:
    """Whatever its shape, it takes a few lines of the window."""
    said = text(torch.arange(0, torch.Size(shape).numel()).reshape(shape) / 8).splitlines()
    assert len(said) <= TALLEST
    assert max(map(len, said)) <= 68


def test_of_a_tall_tensor_the_lines_that_differ_are_shown() -> None:
    """Where rows are left out, those with a wrong element stay."""
    wanted, got = torch.zeros(16, 4), torch.zeros(16, 4)
    got[11, 2] = 7
    failed = failure(assert_tensor, got, wanted)
    assert failed.got is not None
    assert "\x027.\x03" in failed.got
    assert len(failed.got.splitlines()) <= TALLEST
    assert "…" in failed.got


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        (torch.tensor([0.5, 1.0]), torch.tensor([0.50002, 1.0])),
        (torch.tensor(0.5), torch.tensor(0.50002)),
        (torch.tensor(0.1, dtype=torch.float64), torch.tensor(0.1 + 1e-9, dtype=torch.float64)),
        (torch.tensor([[1e-9]]), torch.tensor([[1.001e-9]])),
    ],
    ids=["a row", "0-D", "0-D float64", "tiny"],
)
def test_what_differs_never_prints_alike(wanted: torch.Tensor, got: torch.Tensor) -> None:
    """There are as many digits as it takes, and no more where four will do."""
    failed = failure(assert_tensor, got, wanted, atol=0.0)
    assert failed.expected != failed.got
    assert "\x02" in (failed.got or "")
    assert failure(assert_tensor, wanted + 1, wanted).got != text(wanted + 1, 8)


def test_plain_numbers_that_differ_never_print_alike() -> None:
    """In a list numbers are rounded, unless that would hide how two lists differ."""
    rough = failure(assert_value, [0.1234567891, 2.0], [0.5, 2.0])
    assert rough.got == "[0.123457, 2.0]"
    assert show([1 / 3e6, -2.000000000001, -1 / 3, 123456.789012]) == (
        "[3.33333e-07, -2.0, -0.333333, 123456.789012]"
    )
    close = failure(assert_value, [0.1234567891, 2.0], [0.1234567892, 2.0])
    assert close.got != close.expected


def test_arguments_that_differ_never_print_alike() -> None:
    """A tensor that is a little more than the tolerance beside it shows that it is."""
    a, b = torch.tensor(0.0), torch.tensor(0.5000001192092896)
    _, arguments = called(Call("near", (a, b, 0.5), {}), ["a", "b", "tolerance"])
    assert arguments[1] == "b = tensor(0.50000012)  shape ()"
    assert telling([torch.tensor([0.25, 0.5]), 0.5]) == 4


def test_a_learners_print_options_change_nothing() -> None:
    """What is printed does not depend on what a kata has set."""
    before = text(torch.tensor([1 / 3]))
    with torch._tensor_str.printoptions(precision=1):
        assert text(torch.tensor([1 / 3])) == before


def test_few_elements_are_shown() -> None:
    """A large tensor is told by dtype, shape and device."""
    assert text(torch.zeros(FEW + 1)) == f"<float32 tensor of shape ({FEW + 1},) on cpu>"
