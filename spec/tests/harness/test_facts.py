"""What is noticed of a failure is true, and silent where it would not be."""

import numpy as np
import pytest
import torch
from hypothesis import given as drawn
from hypothesis import strategies as st

from spec.harness.checks import CheckFailure, assert_tensor, assert_value
from spec.harness.explaining import code, facts, givens, layouts, numbers
from spec.harness.explaining.facts import Seen
from spec.harness.files.sources import definitions
from spec.harness.verdicts import About

WANTED = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]])
SQUARE = torch.tensor([[1.0, 2.0], [3.0, 5.0]])
LONG = torch.tensor([1.5, 4.0, 2.25, 9.0])
FINE = torch.tensor([1 / 3, 2 / 3], dtype=torch.float64)
MIXED = torch.tensor([-1.0, 2.0, -3.0, 4.0])
FLOAT = facts.A.format(kind="float")
TRUTHS = torch.tensor([True, True, False])


def seen(
    arguments: dict[str, object] | None = None, source: str | None = None, edge: bool = False
) -> Seen:
    """A failure of a call with these arguments, of a function with this source."""
    definition = None if source is None else next(iter(definitions(source).values()))
    return Seen(arguments or {}, definition, edge, False, False, None, False)


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
        (WANTED * torch.tensor([1.0, 2.0, 4.0]), WANTED, numbers.FACTORS.format(axis=0)),
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
        ([1, 2], (1, 2), facts.LIST_FOR_TUPLE.format(got="list", wanted="tuple")),
        ((2, 1), (1, 2), facts.ITEMS_ORDER),
        ((1,), (1, 2), facts.ITEMS_LESS.format(got=1, wanted=2)),
        ((1, 2, 3), (1, 2), facts.ITEMS_MORE.format(got=3, wanted=2)),
        (("a", "c"), ("a", "b"), facts.ITEM.format(which="second", count=2)),
        (-2.5, 2.5, numbers.SIGN),
        (4, 3, numbers.SHIFT.format(direction=numbers.TOO_LARGE, shift="1")),
        (float("nan"), 2.5, numbers.NANS),
    ],
)
def test_a_plain_difference_is_noticed(got: object, wanted: object, said: str) -> None:
    """A sign, a factor, a shift, an order, a shape, a part, digits, an item."""
    assert noticed(got, wanted) == said


@pytest.mark.parametrize(
    ("got", "wanted", "said"),
    [
        (WANTED + torch.tensor([0.0, 0.3, 1.0]), WANTED, numbers.SHIFTS.format(axis=0)),
        (WANTED + torch.tensor([[0.3, 1, 2], [2, 1, 0]]), WANTED, facts.SOME_RIGHT),
        (WANTED.square() + WANTED, WANTED, facts.NONE_RIGHT),
        (torch.full((3,), 2.0), torch.full((3,), 1.0), facts.NONE_RIGHT),
        (-torch.tensor([0.0, 1.0, 3.0, 0]), torch.tensor([0.0, 1.0, 2.0, 0]), facts.SOME_RIGHT),
        (WANTED.double() + 0.01, WANTED.double() * 2, facts.NONE_RIGHT),
        (torch.tensor([2.0]), torch.tensor([1.0]), facts.TOO_LARGE),
        (4.0, 2.0, facts.TOO_LARGE),
        (1.7, 2.5, facts.TOO_SMALL),
        (True, False, None),
        (torch.ones(3, 5), WANTED, None),
        ((7, 9), (1, 2), None),
        (WANTED.double() + 1, WANTED, None),
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
        (MIXED, MIXED.relu(), {"x": MIXED}, numbers.ARGUMENT.format(name="x")),
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
    said = facts.OF_ITEM.format(count=2, which="second", fact=numbers.SIGN)
    assert facts.notice(error, seen()) == said


FACTS_OF_CODE = [
    (About.NOTHING, "def f(x):\n    x + 1", code.NO_RETURN.format(function="f")),
    (About.NOTHING, "def f(x):\n    return", code.EMPTY_RETURN.format(line=2)),
    (
        About.NOTHING,
        "def f(x):\n    for _ in x:\n        return x",
        code.RETURN_IN.format(block="for", line=2),
    ),
    (About.RAISES, "def f(x):\n    return x", code.NO_RAISE.format(function="f")),
    (
        About.RAISES,
        "def f(x):\n    if x:\n        raise ValueError\n    return x",
        code.RAISE_NOT_REACHED.format(line=3),
    ),
    (About.LOOP, "def f(x):\n    y = x\n    for _ in x:\n        y += 1", code.LOOP.format(line=3)),
    (About.LOOP, "def f(x):\n    return [2 * a for a in x]", code.LOOP.format(line=2)),
    (About.ARGUMENT, "def f(x):\n    x -= 1\n    return x", code.WRITES.format(line=2)),
    (About.ARGUMENT, "def f(x):\n    return x.sub_(1)", code.WRITES.format(line=2)),
    (About.ARGUMENT, "def f(x):\n    x[0] = 1\n    return x", code.WRITES.format(line=2)),
    (About.DEVICE, "def f(x):\n    return torch.zeros(3)", code.WITHOUT_DEVICE.format(line=2)),
]


@pytest.mark.parametrize(("about", "source", "said"), FACTS_OF_CODE)
def test_the_line_is_named(about: About, source: str, said: str) -> None:
    """That nothing is returned, raised, that a loop, an in-place edit or a maker is in a line."""
    assert facts.notice(CheckFailure("", about=about), seen(source=source)) == said


@pytest.mark.parametrize(
    ("about", "source"),
    [
        (About.NOTHING, "def f(x):\n    return x"),
        (About.RAISES, "def f(x):\n    if x:\n        raise ValueError\n    raise TypeError"),
        (About.LOOP, "def f(x):\n    return g(x)"),
        (About.ARGUMENT, "def f(x):\n    x -= 1\n    x += 1\n    return x"),
        (About.ARGUMENT, "def f(x):\n    y = x.__add__(1)\n    return y"),
        (About.DEVICE, "def f(x):\n    return torch.zeros(3, device=x.device)"),
        (About.DEVICE, "def f(x):\n    return np.zeros(3)"),
    ],
)
def test_no_line_is_named_where_it_might_be_another(about: About, source: str) -> None:
    """Two places, a place elsewhere, or none."""
    assert facts.notice(CheckFailure("", about=about), seen(source=source)) is None


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


class Unbearable(torch.Tensor):
    """Raises at whatever is done with it."""

    @classmethod
    def __torch_function__(cls, *_: object, **__: object) -> object:
        """Raises."""
        raise RuntimeError("leave me alone")


def test_what_cannot_be_looked_at_is_no_accident() -> None:
    """Nothing that comes back ends the run."""
    thing = torch.zeros(3).as_subclass(Unbearable)
    failure = CheckFailure("", about=About.VALUES, wanted=LONG, actual=thing)
    assert facts.notice(failure, seen({"x": thing}, edge=True)) is None


@drawn(st.integers(0, 10**6))
def test_numbers_without_a_rule_have_no_fact_but_their_count(number: int) -> None:
    """Two results that were drawn apart."""
    generator = torch.Generator().manual_seed(number)
    wanted, got = torch.randn(2, 3, 4, generator=generator).unbind()
    assert noticed(got, wanted) == facts.NONE_RIGHT.format(count=12)
