"""What is noticed of a failure is true, and silent where it would not be."""

import numpy as np
import pytest
import torch
from hypothesis import given as drawn
from hypothesis import strategies as st

from spec.harness.checks import CheckFailure, assert_tensor, assert_value
from spec.harness.explaining import echoes, facts, items, layouts, numbers
from spec.harness.verdicts import About
from spec.tests.noticing import FINE, LONG, MIXED, SQUARE, WANTED, seen

FLOAT = facts.A.format(kind="float")
TRUTHS = torch.tensor([True, True, False])


def too_few(got: int, wanted: int) -> str:
    """That some are missing."""
    return items.LESS.format(noun=items.RESULTS, got=got, wanted=wanted)


def too_many(got: int, wanted: int) -> str:
    """That there are some that should not be."""
    return items.MORE.format(noun=items.RESULTS, got=got, wanted=wanted)


def noticed(got: object, wanted: object, **arguments: object) -> str | None:
    """What is said of this result in the place of that one."""
    with pytest.raises(CheckFailure) as caught:
        if isinstance(wanted, torch.Tensor):
            assert_tensor(got, wanted)
        else:
            assert_value(got, wanted)
    return facts.notice(caught.value, seen(arguments))


@pytest.mark.parametrize(
    ("got", "wanted", "said"),
    [
        (-WANTED, WANTED, numbers.SIGN),
        (WANTED * 3, WANTED, numbers.FACTOR_OF_AXIS.format(factor="3", axis=1, n=3)),
        (WANTED / 2, WANTED, numbers.FACTOR_OF_AXIS.format(factor="1/2", axis=0, n=2)),
        (WANTED * 1.5, WANTED, numbers.FACTOR.format(factor="1.5")),
        (WANTED + 1, WANTED, numbers.SHIFT.format(direction=numbers.TOO_LARGE, shift="1")),
        (WANTED - 0.5, WANTED, numbers.SHIFT.format(direction=numbers.TOO_SMALL, shift="0.5")),
        (WANTED.square(), WANTED, "This is the square of the right result."),
        (WANTED.exp(), WANTED, "This is exp of the right result."),
        (1 - WANTED, WANTED, "This is 1 minus the right result."),
        (MIXED.abs(), MIXED, "This is the right result without its sign."),
        (LONG.trunc(), LONG, "This is the right result with its fractions cut off."),
        (WANTED * torch.tensor([3.0, 2.0, 4.0]), WANTED, numbers.FACTORS.format(axis=0)),
        (WANTED + torch.tensor([[2.0], [1.0]]), WANTED, numbers.SHIFTS.format(axis=1)),
        (torch.zeros(2, 3), WANTED, numbers.ZEROS),
        (torch.full((2, 3), 8.0), WANTED, numbers.CONSTANT.format(number="8")),
        (torch.full((2, 3), float("nan")), WANTED, numbers.NANS),
        (torch.full((2, 3), float("inf")), WANTED, numbers.INFINITE),
        (~TRUTHS, TRUTHS, numbers.NEGATED),
        (torch.ones(3, dtype=torch.bool), TRUTHS, numbers.FALSELY_TRUE),
        (torch.zeros(3, dtype=torch.bool), TRUTHS, numbers.FALSELY_FALSE),
        (LONG + torch.tensor([0, 0, 7.0, 0]), LONG, numbers.ONE_INDEX.format(index=2, axis=0)),
        (LONG + torch.tensor([0, 1, 7.0, 4]), LONG, numbers.ONE_RIGHT.format(index=0, axis=0)),
        (SQUARE + torch.tensor([[0, 7], [3, 0]]), SQUARE, numbers.DIAGONAL),
        (SQUARE + torch.tensor([[7, 0], [0, 3]]), SQUARE, numbers.OFF_DIAGONAL),
        (FINE.float().double(), FINE, numbers.DIGITS),
        (WANTED.T, WANTED, layouts.TRANSPOSED),
        (SQUARE.T, SQUARE, layouts.TRANSPOSED),
        (WANTED[None].permute(0, 2, 1), WANTED[None], layouts.PERMUTED),
        (WANTED.flatten(), WANTED, layouts.RESHAPED),
        (WANTED[..., None], WANTED, layouts.AXIS_MORE),
        (WANTED, WANTED[:, None], layouts.AXIS_LESS),
        (WANTED.flip(1), WANTED, layouts.REVERSED.format(axis=1)),
        (WANTED.roll(1, 1), WANTED, layouts.ROLLED.format(axis=1, steps=1)),
        (WANTED.flatten()[[1, 0, 2, 3, 4, 5]].reshape(2, 3), WANTED, layouts.REORDERED),
        (WANTED[:, :2], WANTED, layouts.PART_FIRST.format(axis=1, got=2, wanted=3)),
        (WANTED[:, 1:], WANTED, layouts.PART_LAST.format(axis=1, got=2, wanted=3)),
        (WANTED, WANTED[:, :2], layouts.MORE_FIRST.format(axis=1)),
        (WANTED, WANTED[:, 1:], layouts.MORE_LAST.format(axis=1)),
        (LONG.expand(3, 4), LONG[None], layouts.REPEATED.format(axis=0)),
        (LONG.expand(3, 4), LONG, layouts.REPEATED.format(axis=0)),
        (WANTED.sum(0), WANTED, layouts.SUMMED.format(axis=0)),
        (WANTED.mean(1), WANTED, layouts.AVERAGED.format(axis=1)),
        (WANTED[1], WANTED, layouts.SELECTED.format(axis=0, index=1)),
        (WANTED, WANTED.sum(1), layouts.NOT_SUMMED.format(axis=1)),
        (WANTED, WANTED.mean(1), layouts.NOT_AVERAGED.format(axis=1)),
        (torch.ones(3, 2), WANTED, layouts.LENGTHS_EXCHANGED),
        (torch.ones(2, 4, 5), WANTED, layouts.ONE_AXIS_MORE),
        (torch.ones(5), WANTED, layouts.ONE_AXIS_LESS),
        (torch.ones(2, 5), WANTED, layouts.ONE_LENGTH.format(axis=1, got=5, wanted=3)),
        (WANTED.double(), WANTED, facts.DTYPE_ONLY),
        (
            2.5,
            torch.tensor(2.5),
            facts.TYPE_ONLY.format(got=FLOAT, wanted=facts.A_NUMBER),
        ),
        (
            torch.tensor(2.5),
            2.5,
            facts.TYPE_ONLY.format(got=facts.A_NUMBER, wanted=FLOAT),
        ),
        (list(WANTED), WANTED, facts.TYPE_ONLY.format(got="of type list", wanted="a tensor")),
        (WANTED.shape, 2, facts.OTHER_TYPE.format(got="of type Size", wanted="of type int")),
        (None, WANTED, facts.OTHER_TYPE.format(got="None", wanted="a tensor")),
        (WANTED.numpy(), WANTED, facts.TYPE_ONLY.format(got="a NumPy array", wanted="a tensor")),
        (
            [1, 2],
            (1, 2),
            items.LIST_FOR_TUPLE.format(noun=items.RESULTS, got="list", wanted="tuple"),
        ),
        ((2, 1), (1, 2), items.REVERSED.format(noun=items.RESULTS)),
        ([2, 3, 1], [1, 2, 3], items.ORDER.format(noun=items.ITEMS)),
        (
            [1, 2, 5, 4, 3, 6],
            [1, 2, 3, 4, 5, 6],
            items.EXCHANGED.format(noun=items.ITEMS, one="third", other="fifth"),
        ),
        ((1,), (1, 2), too_few(1, 2) + items.FIRST_RIGHT),
        ((2,), (1, 2), too_few(1, 2) + items.LAST_RIGHT),
        ((7,), (1, 2), too_few(1, 2)),
        ((), (1, 2), too_few(0, 2)),
        ((1, 1), (1, 1, 1), too_few(2, 3)),
        ((1, 2, 3), (1, 2), too_many(3, 2) + items.MORE_LAST),
        ((0, 1, 2), (1, 2), too_many(3, 2) + items.MORE_FIRST),
        (
            ("a", "c"),
            ("a", "b"),
            items.ONLY.format(which="second", count=2, noun=items.RESULTS),
        ),
        ([2, 3, 4], [1, 2, 3], numbers.SHIFT.format(direction=numbers.TOO_LARGE, shift="1")),
        ([-0.5, 1.5], [0.5, -1.5], numbers.SIGN),
        ([True, True, True], [True, False, True], numbers.FALSELY_TRUE),
        (-2.5, 2.5, numbers.SIGN),
        (4, 3, echoes.ONE_MORE),
        (2, 3, echoes.ONE_LESS),
        (torch.ones(3, 4), WANTED, layouts.EVERY_LENGTH.format(direction="too long", shift=1)),
        (
            torch.ones(4, 1, 3),
            torch.ones(2, 3, 3),
            layouts.SEVERAL_LENGTHS.format(axes="0 and 1", got="4 and 1", wanted="2 and 3"),
        ),
        (
            (WANTED, -WANTED, 5),
            (-WANTED, LONG, 5),
            items.DIFFER.format(those=items.SOME.format(count=3, differ=2, noun=items.RESULTS))
            + items.FIRST_OF_THEM.format(which="first", fact=numbers.SIGN),
        ),
        (
            (-WANTED, -LONG),
            (WANTED, LONG),
            items.ALIKE.format(those=items.BOTH.format(noun=items.RESULTS), fact=numbers.SIGN),
        ),
        (float("nan"), 2.5, numbers.NANS),
    ],
)
def test_a_plain_difference_is_noticed(got: object, wanted: object, said: str) -> None:
    """A sign, a factor, a shift, an order, a shape, a part, digits, an item."""
    assert noticed(got, wanted) == said


@pytest.mark.parametrize(
    ("got", "wanted", "said"),
    [
        (WANTED + torch.tensor([0.1, 0.3, 1.0]), WANTED, numbers.SHIFTS.format(axis=0)),
        (WANTED + torch.tensor([0, 0.3, 1]), WANTED, numbers.ONE_RIGHT.format(index=0, axis=1)),
        (WANTED * torch.tensor([1.0, 3, 2]), WANTED, numbers.ONE_RIGHT.format(index=0, axis=1)),
        (torch.zeros(0, 3, 2), torch.zeros(0, 2, 3), layouts.LENGTHS_EXCHANGED),
        (torch.tensor(0.0), torch.tensor(0.25), facts.TOO_SMALL),
        (9, 3, facts.TOO_LARGE),
        (torch.tensor([0.0, -1, 0]), torch.tensor([0.3, -0.2, 0.6]), facts.NONE_RIGHT),
        (WANTED + torch.tensor([[0.3, 1, 2], [2, 1, 0]]), WANTED, facts.ONE_RIGHT),
        (WANTED + torch.tensor([[0.0, 1, 2], [2, 1, 0]]), WANTED, facts.SOME_RIGHT),
        (WANTED.square() + WANTED, WANTED, facts.NONE_RIGHT),
        (
            torch.full((3,), 2.0),
            torch.full((3,), 1.0),
            numbers.OTHER_CONSTANT.format(got=2, wanted=1),
        ),
        (-torch.tensor([0.0, 1.0, 3.0, 0]), torch.tensor([0.0, 1.0, 2.0, 0]), facts.SOME_RIGHT),
        (WANTED.double() + 0.01, WANTED.double() * 2, facts.NONE_RIGHT),
        (torch.tensor([2.0]), torch.tensor([1.0]), facts.TOO_LARGE),
        (
            (torch.tensor(1), torch.tensor(2)),
            (1, 2),
            items.ALIKE.format(
                those=items.BOTH.format(noun=items.RESULTS),
                fact=facts.TYPE_ONLY.format(got=facts.A_NUMBER, wanted="of type int"),
            ),
        ),
        (4.0, 2.0, facts.TOO_LARGE),
        (1.7, 2.5, facts.TOO_SMALL),
        (True, False, None),
        (
            torch.ones(3, 5),
            WANTED,
            layouts.SEVERAL_LENGTHS.format(axes="0 and 1", got="3 and 5", wanted="2 and 3"),
        ),
        (WANTED.double() + 1, WANTED, facts.BOTH),
        (1, 2.5, facts.OTHER_TYPE.format(got="of type int", wanted="of type float")),
    ],
)
def test_nothing_is_said_that_might_be_chance(
    got: object, wanted: object, said: str | None
) -> None:
    """Equal numbers, single ones and differences without a rule: at most how many are right."""
    right = 0
    if isinstance(got, torch.Tensor) and isinstance(wanted, torch.Tensor):
        right = int((got == wanted).sum()) if got.shape == wanted.shape else 0
    assert noticed(got, wanted) == (
        said and said.format(right=right, count=len(np.ravel(np.asarray(wanted))))
    )


@pytest.mark.parametrize(
    ("got", "wanted", "arguments", "said"),
    [
        (MIXED.relu(), MIXED, {"x": MIXED}, numbers.WHERE.format(name="x", kind="negative")),
        (MIXED, MIXED.relu(), {"x": MIXED}, echoes.ARGUMENT.format(name="x")),
        (WANTED[1], WANTED[0], {"x": WANTED}, echoes.PART.format(name="x", index=1, axis=0)),
        (
            WANTED[:, 1:2],
            WANTED[:, :1],
            {"x": WANTED},
            echoes.PART.format(name="x", index=1, axis=1),
        ),
        (torch.ones(3), LONG[:3], {"x": torch.ones(2, 3)}, numbers.CONSTANT.format(number="1")),
        (3, 7, {"x": WANTED}, echoes.LENGTH.format(number=3, name="x", axis=1)),
        (LONG, MIXED.long(), {"x": LONG}, echoes.ARGUMENT.format(name="x")),
        (6, 9, {"x": WANTED}, echoes.COUNT.format(number=6, name="x")),
        (3, 9, {"x": torch.ones(3)}, echoes.ITS_LENGTH.format(number=3, name="x")),
        (3, 9, {"x": torch.ones(4, 5, 6)}, echoes.RANK.format(number=3, name="x")),
        (2, 9, {"x": WANTED}, facts.TOO_SMALL),
        (
            WANTED * 4,
            WANTED,
            {"x": LONG},
            numbers.FACTOR_OF_ARGUMENT.format(factor="4", name="x", n=4, axis=0),
        ),
        (
            torch.tensor(12.5),
            torch.tensor(2.5),
            {"x": torch.ones(5)},
            numbers.FACTOR_OF_ARGUMENT.format(factor="5", name="x", n=5, axis=0),
        ),
        (
            torch.tensor(10.5),
            torch.tensor(1.75),
            {"x": WANTED},
            numbers.FACTOR_OF_COUNT.format(factor="6", name="x", n=6),
        ),
    ],
)
def test_a_difference_that_the_arguments_explain_is_noticed(
    got: object, wanted: object, arguments: dict[str, object], said: str
) -> None:
    """Where they are negative, how long they are, that one came back."""
    assert noticed(got, wanted, **arguments) == said


def test_of_several_results_the_wrong_one_is_named() -> None:
    """A pair of which the second has another sign."""
    error = CheckFailure(
        "differs", about=About.VALUES, wanted=(WANTED, LONG), actual=(WANTED, -LONG)
    )
    said = items.OF_ONE.format(count=2, noun=items.RESULTS, which="second", fact=numbers.SIGN)
    assert facts.notice(error, seen()) == said


def test_entries_are_named() -> None:
    """Of a dict the entry that differs, or that is missing."""
    wanted = {"a": LONG, "b": MIXED}
    other_type = facts.OTHER_TYPE.format(got="of type str", wanted="a tensor")
    for got, said in (
        ({"a": LONG, "b": -MIXED}, items.OF_ENTRY.format(name="b", fact=numbers.SIGN)),
        ({"a": LONG, "b": "?"}, items.OF_ENTRY.format(name="b", fact=other_type)),
        ({"b": MIXED}, items.NO_ENTRY.format(name="a")),
        ({"a": MIXED, "b": LONG}, items.ENTRIES_DIFFER.format(count=2, differ=2, names="'a', 'b'")),
        ({"a": LONG, "b": MIXED, "c": 1}, items.ENTRY_TOO_MANY.format(name="c")),
    ):
        error = CheckFailure("", about=About.VALUES, wanted=wanted, actual=got)
        assert facts.notice(error, seen()) == said


def test_numbers_that_are_nearly_right_are_called_so() -> None:
    """Nothing is said of how many are right, where the difference is too small for that."""
    assert noticed(WANTED * (1 + 2e-5), WANTED) == numbers.NEARLY_RIGHT.format(difference=1.4e-4)


@drawn(st.integers(0, 10**6))
def test_numbers_without_a_rule_have_no_fact_but_their_count(number: int) -> None:
    """Two results that were drawn apart."""
    generator = torch.Generator().manual_seed(number)
    wanted, got = torch.randn(2, 3, 4, generator=generator).unbind()
    assert noticed(got, wanted) == facts.NONE_RIGHT.format(count=12)
