"""Of an edge the argument that makes it one is named."""

import pytest
import torch

from spec.harness.explaining import facts, givens
from spec.harness.verdicts import CheckFailure
from spec.tests.noticing import WANTED, seen


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (torch.tensor(2.0), givens.SCALAR),
        (torch.zeros(0, 3), givens.EMPTY),
        (torch.tensor([2.0]), givens.ONE),
        (torch.ones(1).expand(3), givens.EXPANDED),
        (WANTED.T, givens.NOT_CONTIGUOUS),
        (torch.tensor([1.0, float("nan")]), givens.NAN),
        (torch.tensor([1.0, float("inf")]), givens.INFINITE),
        (torch.tensor([1, 2], dtype=torch.uint8), givens.WHOLE.replace("{dtype}", "uint8")),
        (torch.tensor([1.0, 2.0], dtype=torch.float64), givens.DOUBLE),
        (torch.ones(1, 3), givens.ONE_LONG.replace("{axis}", "0")),
        (torch.tensor([1.0, 3e9]), givens.HUGE.replace("{number:.0e}", "3e+09")),
        (torch.tensor([1.0, 3e-9]), givens.TINY.replace("{number:.0e}", "3e-09")),
        ([], givens.NO_ITEMS),
    ],
)
def test_of_an_edge_the_argument_that_is_special_is_named(value: object, said: str) -> None:
    """What is special about it, only at an edge, and only where it is."""
    failure = CheckFailure("")
    edge = seen({"n": 3, "x": value}, edge=True)
    assert facts.notice(failure, edge) == said.format(name="x")
    assert facts.notice(failure, seen({"n": 3, "x": value})) is None
    assert facts.notice(failure, seen({"n": 3, "x": WANTED}, edge=True)) is None


def test_of_several_special_arguments_the_least_ordinary_is_named() -> None:
    """That there are whole numbers tells less than that a list is empty."""
    whole = torch.tensor([1, 2], dtype=torch.uint8)
    edge = seen({"x": whole, "rows": [], "columns": []}, edge=True)
    assert facts.notice(CheckFailure(""), edge) == givens.NO_ITEMS.format(name="rows")
