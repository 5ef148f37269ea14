"""What is noticed beside values: dtypes, devices, types, and what cannot be looked at."""

from dataclasses import replace

import pytest
import torch

from spec.harness import sim
from spec.harness.checks import CheckFailure, assert_metadata
from spec.harness.explaining import echoes, facts, layouts
from spec.harness.explaining.facts import Seen
from spec.harness.running.subject import Call
from spec.harness.verdicts import About, Kind, Verdict
from spec.tests.noticing import FINE, LONG, WANTED, seen


def test_another_dtype_is_known_for_that_of_an_argument() -> None:
    """If just one has it."""
    error = CheckFailure("", wanted=torch.float64, actual=torch.float32)
    said = echoes.DTYPE.format(dtype="torch.float32", name="x")
    assert facts.notice(error, seen({"x": WANTED, "y": FINE})) == said
    assert facts.notice(error, seen({"x": WANTED, "y": LONG})) is None


def test_a_dtype_of_another_kind_than_the_arguments_is_noticed() -> None:
    """Fractions where none came in, whole numbers where fractions did; not for what is bool."""
    to_float = CheckFailure("", wanted=torch.int64, actual=torch.float32)
    whole = WANTED.int()
    said = echoes.FRACTIONS.format(dtype="torch.float32")
    assert facts.notice(to_float, seen({"x": whole, "y": whole.long()})) == said
    assert facts.notice(to_float, seen({"x": whole, "y": FINE})) is None
    assert facts.notice(to_float, seen()) is None
    to_int = CheckFailure("", wanted=torch.float32, actual=torch.int64)
    said = echoes.WHOLE.format(dtype="torch.int64", name="x", other="torch.float32")
    assert facts.notice(to_int, seen({"x": WANTED, "y": whole})) == said
    assert facts.notice(to_int, seen({"y": whole})) is None


def test_a_shape_is_compared_where_no_values_are_asked_for() -> None:
    """As that of random numbers."""
    with pytest.raises(CheckFailure) as caught:
        assert_metadata(torch.ones(()), shape=(1,), dtype=torch.float32, device=WANTED.device)
    assert facts.notice(caught.value, seen()) == layouts.ONE_AXIS_LESS


def gave(*results: object) -> Seen:
    """A test in which a function gave these, one after the other, for different arguments."""
    calls = [Call("f", (i,), {}, result=each, returned=True) for i, each in enumerate(results)]
    return replace(seen(), calls=calls, result=results[-1])


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ((True, True), facts.BOTH_CALLS.format(got=True)),
        ((0, 0, 0), facts.EACH_CALL.format(count=3, got=0)),
        ((True, True, False), facts.ONLY_CALL.format(count=3, got=False)),
        ((True, False, False), None),
        ((True, False), None),
        ((1, 1, 2), None),
        ((True,), None),
        ((LONG, LONG), None),
        ((1, True), None),
    ],
)
def test_what_the_calls_of_a_test_have_in_common_is_noticed(
    results: tuple[object, ...], said: str | None
) -> None:
    """One answer to different questions, or one that differs from all before."""
    assert facts.notice(CheckFailure("called so"), gave(*results)) == said


def test_of_one_question_that_is_asked_twice_nothing_is_noticed() -> None:
    """The same answer is what it should be."""
    here = gave(True, True)
    same = replace(here, calls=[here.calls[0]] * 2)
    assert facts.notice(CheckFailure("called so"), same) is None


def test_of_an_error_about_types_the_argument_that_is_no_tensor_is_named() -> None:
    """It may be of several types; of other errors, and of several such, nothing is said."""
    said = facts.IS_A.format(name="x", kind="of type list")
    assert facts.notice(TypeError("no list"), seen({"x": [1], "y": LONG})) == said
    assert facts.notice(ValueError("no list"), seen({"x": [1], "y": LONG})) is None
    assert facts.notice(TypeError("no list"), seen({"x": [1], "y": [2]})) is None
    assert facts.notice(TypeError("no tuple"), seen({"x": [1], "y": LONG})) is None
    number = facts.IS_A.format(name="y", kind="of type float")
    assert facts.notice(TypeError("no float"), seen({"x": LONG, "y": 0.5})) == number


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
