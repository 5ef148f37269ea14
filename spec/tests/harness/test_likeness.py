"""What counts as the same differs in the last digits of its numbers, and in nothing else."""

import numpy as np
import pytest
import torch

from spec.harness import sim
from spec.harness.checks.likeness import Rule, alike, same

ONES = torch.ones(2, 3)
TINY = torch.tensor([1e-9, 2e-9])
NAN = float("nan")


class Thing:
    """Equals everything, and is shown as what it is called."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __eq__(self, other: object) -> bool:
        return True

    def __repr__(self) -> str:
        return f"Thing({self.name})"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (ONES, ONES + 1e-7),
        (ONES, torch.nn.Parameter(ONES)),
        (torch.tensor([0.0, NAN]), torch.tensor([-0.0, NAN])),
        ([1, (ONES, "a")], (1, [ONES, "a"])),
        ({"a": ONES, "b": 1}, {"a": ONES, "b": 1}),
        (np.ones(3), np.ones(3) + 1e-9),
        (0.1 + 0.2, 0.3),
        (NAN, NAN),
        (torch.float32, torch.float32),
        (None, None),
        (TINY, -TINY),
    ],
)
def test_the_same_but_for_last_digits_is_alike(a: object, b: object) -> None:
    """Whatever holds it, and whichever of both is the right one."""
    assert alike(a, b, Rule())
    assert alike(b, a, Rule())


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (ONES, ONES + 1e-3),
        (ONES, ONES.double()),
        (ONES, ONES.T),
        (ONES, ONES.numpy()),
        (ONES, ONES.to(sim.register())),
        (torch.tensor([2**53]), torch.tensor([2**53 + 1])),
        ([1, 2], [1, 2, 3]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (np.ones(3), np.ones(3, np.float32)),
        (1, True),
        (1.0, 1),
        ("a", "b"),
        (Thing("a"), Thing("a")),
    ],
)
def test_what_differs_in_more_is_not_alike(a: object, b: object) -> None:
    """In shape, dtype, type, device, order, or by being an object of its own."""
    assert not alike(a, b, Rule())
    assert not alike(b, a, Rule())


def test_a_rule_may_allow_more_or_less() -> None:
    """Another device, any number for a float, what is shown the same; or less near 0."""
    assert alike(ONES, ONES.to(sim.register()), Rule(anywhere=True))
    shown = Rule(shown=True)
    assert alike(1.0, torch.tensor(1), shown)
    assert not alike(1.0, "1", shown)
    assert alike(Thing("a"), Thing("a"), shown)
    assert not alike(Thing("a"), Thing("b"), shown)
    assert not alike(1, True, shown)
    assert not alike(TINY, -TINY, Rule(scaled=True))
    assert alike(TINY, TINY * (1 + 1e-7), Rule(scaled=True))


def test_the_same_numbers_may_be_of_another_dtype() -> None:
    """But not in another shape."""
    assert same(ONES, ONES.int())
    assert not same(ONES, ONES.T)
