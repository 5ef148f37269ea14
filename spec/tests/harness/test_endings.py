"""How much two endings of a test are the same: it takes more than the same words or shape."""

from dataclasses import replace
from typing import Any

import pytest
import torch

from spec.harness.explaining.endings import Ending, Likeness, is_bare, is_even, likeness
from spec.harness.verdicts import About

X = torch.tensor([1.0, 2.0])


def ended(about: About, result: Any, problem: str = "differs") -> Ending:
    """A check that did not hold of a call that gave this."""
    words = ("check", "f(x)", problem, "1", str(result))
    return Ending(words, about, "f(x)", True, result, True, "1", numbers=True)


@pytest.mark.parametrize(
    ("seen", "other", "like"),
    [
        (ended(About.VALUES, X), ended(About.VALUES, X), Likeness.EXACT),
        (ended(About.VALUES, X), ended(About.VALUES, X * 1.00001), Likeness.LOOSE),
        (ended(About.VALUES, X), ended(About.VALUES, X + 1), Likeness.NONE),
        (ended(About.SHAPE, X), ended(About.SHAPE, X.double()), Likeness.LOOSE),
        (ended(About.SHAPE, X), ended(About.SHAPE, X + 1), Likeness.NONE),
        (ended(About.SHAPE, X), ended(About.SHAPE, X[:1]), Likeness.NONE),
        (ended(About.OTHER, X, "3 of 4"), ended(About.OTHER, X, "2 of 4"), Likeness.LOOSE),
        (ended(About.OTHER, X, "in eval"), ended(About.OTHER, X, "in train"), Likeness.NONE),
        (ended(About.LOOP, X, "9 steps"), ended(About.LOOP, X, "8 steps"), Likeness.LOOSE),
    ],
)
def test_two_endings_are_alike_by_what_the_check_is_about(
    seen: Ending, other: Ending, like: Likeness
) -> None:
    """Numbers for values; of a shape that it is the same, and of a spec's own words all of them."""
    assert likeness(seen, other) is like


def test_of_a_shape_more_is_not_asked_where_numbers_are_drawn() -> None:
    """Nobody knows which are right."""
    seen, other = (replace(ended(About.SHAPE, x), numbers=False) for x in (X, X + 1))
    assert likeness(seen, other) is Likeness.LOOSE


@pytest.mark.parametrize(
    ("result", "bare", "even"),
    [
        (True, True, False),
        ([True, (False,)], True, False),
        (torch.tensor([True, False]), True, False),
        (torch.ones(0, 3), True, False),
        ((), True, False),
        (torch.zeros(2, 3), False, True),
        (torch.full((2,), torch.nan), False, True),
        (torch.zeros(1), False, False),
        (X, False, False),
        (1, False, False),
        (None, False, False),
        ([True, 1], False, False),
    ],
)
def test_some_results_tell_little_of_the_code(result: object, bare: bool, even: bool) -> None:
    """True and False, nothing at all, or one number throughout."""
    assert (is_bare(result), is_even(result)) == (bare, even)
