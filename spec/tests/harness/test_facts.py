"""What is noticed of a failure is true, and silent where it would not be."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given as drawn
from hypothesis import strategies as st

from spec.harness import sim
from spec.harness.checks import CheckFailure, assert_tensor, assert_value
from spec.harness.explaining import code, echoes, facts, givens, layouts, numbers, slips
from spec.harness.explaining.facts import Seen
from spec.harness.files.sources import definitions
from spec.harness.verdicts import About, Kind, Verdict

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
        ([1, 2], (1, 2), facts.LIST_FOR_TUPLE.format(got="list", wanted="tuple")),
        ((2, 1), (1, 2), facts.ITEMS_ORDER),
        ((1,), (1, 2), facts.ITEMS_LESS.format(got=1, wanted=2)),
        ((1, 2, 3), (1, 2), facts.ITEMS_MORE.format(got=3, wanted=2)),
        (("a", "c"), ("a", "b"), facts.ITEM.format(which="second", count=2)),
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
            facts.ITEMS_DIFFER.format(those=facts.SOME.format(count=3, differ=2))
            + facts.FIRST_OF_THEM.format(which="first", fact=numbers.SIGN),
        ),
        (
            (-1.5, -2.5),
            (1.5, 2.5),
            facts.ITEMS_ALIKE.format(those=facts.ALL.format(count=2), fact=numbers.SIGN),
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
        (WANTED + torch.tensor([[0.3, 1, 2], [2, 1, 0]]), WANTED, facts.SOME_RIGHT),
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
            facts.ITEMS_ALIKE.format(
                those=facts.ALL.format(count=2),
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
    (
        About.RAISES,
        "def f(x):\n    if x:\n        raise ValueError\n    raise TypeError",
        code.NONE_REACHED.format(lines="3", line=4),
    ),
    (About.ARGUMENT, "def f(x):\n    return x.pop()", code.WRITES.format(line=2)),
    (
        About.ARGUMENT,
        "def f(x):\n    y = []\n    y.append(1)\n    return x.pop()",
        code.WRITES.format(line=4),
    ),
    (About.LOOP, "def f(x):\n    y = x\n    for _ in x:\n        y += 1", code.LOOP.format(line=3)),
    (About.LOOP, "def f(x):\n    return [2 * a for a in x]", code.LOOP.format(line=2)),
    (About.LOOP, "def f(x):\n    return sum(x)", code.ONE_BY_ONE.format(name="sum", line=2)),
    (About.ARGUMENT, "def f(x):\n    x -= 1\n    return x", code.WRITES.format(line=2)),
    (About.ARGUMENT, "def f(x):\n    return x.sub_(1)", code.WRITES.format(line=2)),
    (About.ARGUMENT, "def f(x):\n    x[0] = 1\n    return x", code.WRITES.format(line=2)),
    (About.ARGUMENT, "def f(x):\n    x -= 1\n    x += 1", code.WRITE.format(lines="2", line=3)),
    (About.DEVICE, "def f(x):\n    return torch.zeros(3)", code.WITHOUT_DEVICE.format(line=2)),
    (About.COPY, "def f(x):\n    return x.clone()", code.COPIES.format(name="clone", line=2)),
    (About.RANDOM, "def f(x):\n    return x + torch.rand(2)", code.DRAWS.format(line=2)),
    (About.RANDOM, "def f(x):\n    np.random.seed(x)", code.DRAWS.format(line=2)),
    (About.RANDOM, "def f(x):\n    torch.manual_seed(x)", code.DRAWS.format(line=2)),
]


@pytest.mark.parametrize(("about", "source", "said"), FACTS_OF_CODE)
def test_the_line_is_named(about: About, source: str, said: str) -> None:
    """That nothing is returned, raised, that a loop, an in-place edit or a maker is in a line."""
    assert facts.notice(CheckFailure("", about=about), seen(source=source)) == said


@pytest.mark.parametrize(
    ("about", "source"),
    [
        (About.NOTHING, "def f(x):\n    return x"),
        (About.LOOP, "def f(x):\n    return g(x)"),
        (About.LOOP, "def f(x):\n    return x.sum() / len(x)"),
        (About.ARGUMENT, "def f(x):\n    y = x.__add__(1)\n    return y"),
        (About.DEVICE, "def f(x):\n    return torch.zeros(3, device=x.device)"),
        (About.DEVICE, "def f(x):\n    return np.zeros(x)"),
        (About.COPY, "def f(x):\n    return x.clone() + x.clone()"),
        (About.COPY, "def f(x):\n    return x.clone() + (\n        x.clone())"),
        (About.RANDOM, "def f(x):\n    return torch.rand(2, generator=x)"),
        (About.RANDOM, "def f(x):\n    return np.random.default_rng(x)"),
        (About.RANDOM, "def f(x):\n    return x.seed()"),
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


SLIPS = [
    ("def f(x, n):\n    return x", slips.UNUSED_PARAMETER.format(function="f", name="n")),
    ("def f(x):\n    for p in x:\n        q = p", slips.UNUSED_VALUE.format(line=3, name="q")),
    ("def f(x):\n    x.clamp(0)\n    return x", slips.NOT_KEPT.format(line=2, code="x.clamp(0)")),
    ("def f(x):\n    x == 0\n    return x", slips.NOT_KEPT.format(line=2, code="x == 0")),
    ("def f(x):\n    return x\n    x += 1", slips.NEVER_REACHED.format(line=3, word="return")),
    (
        "def f(x):\n    for p in x:\n        p += 1\n        return p",
        slips.FIRST_ROUND.format(line=4, loop=2),
    ),
    (
        "class C:\n    def f(self, x, n):\n        return x",
        slips.UNUSED_PARAMETER.format(function="f", name="n"),
    ),
]


@pytest.mark.parametrize(("source", "said"), SLIPS)
def test_what_is_left_unused_is_named(source: str, said: str) -> None:
    """A parameter, a value, a result, a line, all rounds of a loop but the first."""
    assert facts.notice(CheckFailure(""), seen(source=source)) == said


@pytest.mark.parametrize(
    "source",
    [
        "def f(x, n):\n    def g():\n        return n\n    return x + g()",
        "def f(x, _):\n    return x",
        "def f(x, n):\n    return locals()",
        "def f(x):\n    total = 0\n    for p in x:\n        total += p",
        "def f(x):\n    _, n = x\n    for unused in n:\n        x.add_(1)",
        "def f(x):\n    x.clamp_(0)\n    x.sort()\n    torch.clamp(x, 0, out=x)",
        "def f(x):\n    x[0] = 1\n    x.grad = None",
        "def f(x):\n    for p in x:\n        if p:\n            continue\n        return p",
        "def f(x):\n    for p in x:\n        if p:\n            return p",
        "def f(x):\n    global y\n    y = x",
        "class C:\n    y = 1\n    def f(self, x):\n        self.y = x",
        "class C:\n    def f(self):\n        return 1",
    ],
)
def test_what_is_used_is_not_called_unused(source: str) -> None:
    """Used further inside, in place, for what it does, on purpose, or left for another round."""
    assert facts.notice(CheckFailure(""), seen(source=source)) is None


def test_entries_are_named() -> None:
    """Of a dict the entry that differs, or that is missing."""
    wanted = {"a": LONG, "b": MIXED}
    other_type = facts.OTHER_TYPE.format(got="of type str", wanted="a tensor")
    for got, said in (
        ({"a": LONG, "b": -MIXED}, facts.OF_ENTRY.format(name="b", fact=numbers.SIGN)),
        ({"a": LONG, "b": "?"}, facts.OF_ENTRY.format(name="b", fact=other_type)),
        ({"b": MIXED}, facts.NO_ENTRY.format(name="a")),
        ({"a": MIXED, "b": LONG}, None),
    ):
        error = CheckFailure("", about=About.VALUES, wanted=wanted, actual=got)
        assert facts.notice(error, seen()) == said


def test_another_dtype_is_known_for_that_of_an_argument() -> None:
    """If just one has it."""
    error = CheckFailure("", wanted=torch.float64, actual=torch.float32)
    said = echoes.DTYPE.format(dtype="torch.float32", name="x")
    assert facts.notice(error, seen({"x": WANTED, "y": FINE})) == said
    assert facts.notice(error, seen({"x": WANTED, "y": LONG})) is None


def test_numbers_that_are_nearly_right_are_called_so() -> None:
    """Nothing is said of how many are right, where the difference is too small for that."""
    assert noticed(WANTED * (1 + 2e-5), WANTED) == numbers.NEARLY_RIGHT.format(difference=1.4e-4)


def test_of_an_error_about_types_the_argument_that_is_no_tensor_is_named() -> None:
    """It may be of several types; of other errors, and of several such, nothing is said."""
    said = facts.IS_A.format(name="x", kind="of type list")
    assert facts.notice(TypeError(), seen({"x": [1], "y": LONG})) == said
    assert facts.notice(ValueError(), seen({"x": [1], "y": LONG})) is None
    assert facts.notice(TypeError(), seen({"x": [1], "y": [2]})) is None
    number = facts.IS_A.format(name="y", kind="of type float")
    assert facts.notice(TypeError(), seen({"x": LONG, "y": 0.5})) == number


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ([LONG], facts.CAME_BACK.format(kind="of type list")),
        ({"a": LONG, "b": 1}, facts.ENTRIES.format(names="'a', 'b'")),
        (facts.NOTHING, None),
    ],
)
def test_what_came_back_is_named_where_a_spec_cannot_use_it(result: object, said: str) -> None:
    """Only where the error is the spec's, and not one of the learner's lines."""
    here = replace(seen(), result=result)
    assert facts.notice(KeyError(), here) == said
    assert facts.notice(KeyError(), replace(here, line=3)) is None
    assert facts.notice(CheckFailure(""), here) is None


def test_of_several_special_arguments_the_least_ordinary_is_named() -> None:
    """That there are whole numbers tells less than that a list is empty."""
    whole = torch.tensor([1, 2], dtype=torch.uint8)
    edge = seen({"x": whole, "rows": [], "columns": []}, edge=True)
    assert facts.notice(CheckFailure(""), edge) == givens.NO_ITEMS.format(name="rows")


def test_the_same_numbers_elsewhere_are_right_but_for_the_device() -> None:
    """Whatever the check was about; other numbers, or another dtype, are not."""
    here, there = WANTED, WANTED.to(sim.register())
    said = facts.DEVICE_ONLY.format(device="sim")
    assert facts.notice(CheckFailure("", wanted=here, actual=there), seen()) == said
    for other in (there + 1, there.int()):
        assert facts.notice(CheckFailure("", wanted=here, actual=other), seen()) != said


def test_nothing_is_added_to_a_verdict() -> None:
    """Neither what came back nor what the code leaves unused has to do with it."""
    verdict = Verdict(Kind.DISTURBED, "changed", "put it back")
    here = replace(seen({"x": LONG}, "def f(x):\n    pass", edge=True), result=LONG)
    assert facts.notice(verdict, here) is None


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
