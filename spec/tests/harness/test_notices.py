"""What is noticed beside values: dtypes, devices, types, and what cannot be looked at."""

from dataclasses import replace

import pytest
import torch

from spec.harness import sim
from spec.harness.checks import CheckFailure
from spec.harness.explaining import echoes, facts
from spec.harness.verdicts import About, Kind, Verdict
from spec.tests.noticing import FINE, LONG, WANTED, seen


def test_another_dtype_is_known_for_that_of_an_argument() -> None:
    """If just one has it."""
    error = CheckFailure("", wanted=torch.float64, actual=torch.float32)
    said = echoes.DTYPE.format(dtype="torch.float32", name="x")
    assert facts.notice(error, seen({"x": WANTED, "y": FINE})) == said
    assert facts.notice(error, seen({"x": WANTED, "y": LONG})) is None


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
