"""What stands at the boundary between an answer and its judge, whatever kind of thing it is."""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from spec.harness.checks.plain import plain
from spec.harness.files.catalogue import Kata
from spec.harness.files.loading import Implementation
from spec.harness.running.calls import recorded
from spec.harness.running.subject import Subject
from spec.harness.verdicts import CheckFailure

K08 = Kata("k08_broadcasting")


def zeroing(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """An answer that changes its arguments."""
    a.zero_()
    return a[:, None] + b


class Called:
    """The same as an object."""

    def __call__(self, a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        return zeroing(a, b)


class Made:
    """The same as a class that makes something else."""

    def __new__(cls, a: torch.Tensor, b: torch.Tensor) -> Any:
        return zeroing(a, b)


@pytest.mark.parametrize(
    "answer",
    [zeroing, functools.partial(zeroing), functools.lru_cache(zeroing), Called(), Made],
    ids=["function", "partial", "cached", "object", "class"],
)
def test_whatever_is_called_is_held_to_the_rules(answer: Callable[..., Any]) -> None:
    """A function's promises are those of whatever stands in its place."""
    subject = Subject(Implementation(K08, K08.solution))
    with pytest.raises(CheckFailure, match=r"outer_sum|argument|modified|changed"):
        recorded("outer_sum", answer, subject)(torch.ones(2), torch.ones(3))


def test_a_number_of_numpy_in_a_class_of_its_own_is_made_plain() -> None:
    """It keeps its value and its dtype, and loses how it compares."""

    class Near(np.float64):
        def __eq__(self, other: object) -> bool:
            return True

    assert type(plain(Near(1.5))) is np.float64
    assert plain(Near(1.5)) == 1.5
    assert plain(Near(1.5)) != 2.0
    single = np.float32(0.5)
    assert plain(single) is single
