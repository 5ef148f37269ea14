"""Who is suspected of a failure, in which order they are tried, and what clears them."""

from collections import Counter

import pytest

from spec.harness.explaining import diagnosis, suspects
from spec.harness.explaining.choosing import EVERYWHERE
from spec.harness.explaining.diagnosis import Known
from spec.harness.files import catalogue
from spec.harness.verdicts import About, CheckFailure, Kind, Verdict

K08 = catalogue.named("k08_broadcasting")


@pytest.mark.parametrize(
    ("check", "mistakes"),
    [
        (About.DEVICE, ["on_the_cpu"]),
        (About.DTYPE, ["in_float32", "in_float64", "in_int64"]),
        (About.VALUES, []),
        (RuntimeError, []),
        (None, []),
    ],
)
def test_what_a_check_is_just_about_is_tried_first(check: object, mistakes: list[str]) -> None:
    """A function may have too many mistakes for one that is so likely to wait."""
    names = [f"center_columns{EVERYWHERE}{name}" for name in mistakes]
    assert suspects.about(K08, "center_columns", check) == names


def test_few_mistakes_are_about_true_and_false() -> None:
    """Of those that show in the source none is."""
    of_truths = {
        name.partition(EVERYWHERE)[2]
        for function in ("center_columns", "broadcast_shape")
        for name in suspects.general_mistakes(K08, function)
        if suspects.is_of_truths(K08, name)
    }
    assert of_truths == {"inverted", "nothing"}


def test_those_who_explain_most_are_suspected_or_else_all_since_two_may_together() -> None:
    """Of the core, where it fails."""
    mind = Known(rules={"a": False, "b": False, "c": True})
    mind.core, mind.edges = Counter(most=2, some=1), Counter(other=1)
    assert mind.suspects() == ["most"]
    mind.core = Counter(some=1, another=1)
    assert mind.suspects() == ["some", "another"]
    mind.rules = {"c": True}
    assert mind.suspects() == ["other"]


@pytest.mark.parametrize(
    ("failed", "cleared"),
    [
        (CheckFailure("", about=About.ARGUMENT), True),
        (CheckFailure("", about=About.RANDOM), True),
        (Verdict(Kind.DISTURBED, "", ""), True),
        (CheckFailure("", about=About.VALUES), False),
        (Verdict(Kind.ESCAPED, "", ""), False),
        (ValueError(), False),
    ],
)
def test_the_last_suspect_is_cleared_by_an_edge_where_it_leaves_traces(
    failed: BaseException, cleared: bool
) -> None:
    """Whoever does not write into an argument is told of nobody who does."""
    assert diagnosis._leaves_traces(failed) is cleared
