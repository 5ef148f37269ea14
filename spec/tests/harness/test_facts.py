"""What is noticed of a wrong result is true, and silent where it is not."""

import pytest
import torch

from spec.harness.checks import CheckFailure, assert_tensor
from spec.harness.explaining import facts

WANTED = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]])
SQUARE = torch.tensor([[1.0, 2.0], [3.0, 5.0]])
FINE = torch.tensor([1 / 3, 2 / 3], dtype=torch.float64)


def noticed(got: torch.Tensor, wanted: torch.Tensor = WANTED) -> str | None:
    """What is said of this result in the place of that one."""
    with pytest.raises(CheckFailure) as caught:
        assert_tensor(got, wanted)
    return facts.notice(caught.value)


@pytest.mark.parametrize(
    ("got", "wanted", "said"),
    [
        (-WANTED, WANTED, facts.SIGN),
        (WANTED * 3, WANTED, facts.FACTOR_OF_AXIS.format(factor="3", axis=1)),
        (WANTED / 2, WANTED, facts.FACTOR_OF_AXIS.format(factor="1/2", axis=0)),
        (WANTED * 1.5, WANTED, facts.FACTOR.format(factor="1.5")),
        (WANTED + 1, WANTED, facts.SHIFT.format(direction="too large", shift="1")),
        (WANTED - 0.5, WANTED, facts.SHIFT.format(direction="too small", shift="0.5")),
        (WANTED.T, WANTED, facts.TRANSPOSED),
        (SQUARE.T, SQUARE, facts.TRANSPOSED),
        (WANTED[None].permute(0, 2, 1), WANTED[None], facts.PERMUTED),
        (WANTED.flatten(), WANTED, facts.RESHAPED),
        (WANTED[..., None], WANTED, facts.RESHAPED),
        (WANTED.flip(1), WANTED, facts.REVERSED.format(axis=1)),
        (WANTED.flatten()[[1, 0, 2, 3, 4, 5]].reshape(2, 3), WANTED, facts.REORDERED),
        (FINE.float().double(), FINE, facts.DIGITS),
    ],
)
def test_a_plain_difference_is_noticed(got: torch.Tensor, wanted: torch.Tensor, said: str) -> None:
    """A sign, a factor, a shift, an order, a shape, digits."""
    assert noticed(got, wanted) == said


@pytest.mark.parametrize(
    ("got", "wanted"),
    [
        (WANTED * torch.tensor([1.0, 2.0, 3.0]), WANTED),
        (WANTED + torch.tensor([0.0, 0.0, 1.0]), WANTED),
        (WANTED[:, :2], WANTED),
        (torch.zeros(2, 3), WANTED),
        (torch.full((2, 3), float("nan")), WANTED),
        (torch.full((3,), 2.0), torch.full((3,), 1.0)),
        (torch.tensor([True, False]), torch.tensor([False, True])),
        (torch.tensor([2.0]), torch.tensor([1.0])),
        (-torch.tensor([0.0, 1.0, 3.0]), torch.tensor([0.0, 1.0, 2.0])),
        (WANTED.double() + 0.01, WANTED.double() * 2),
    ],
)
def test_nothing_is_said_that_might_be_chance(got: torch.Tensor, wanted: torch.Tensor) -> None:
    """Equal numbers, single ones and differences without a rule."""
    assert noticed(got, wanted) is None
