"""What is said of wrong answers is measured as a learner would read it."""

import ast

import pytest

from spec.harness.explaining import suspects
from spec.harness.files import catalogue
from spec.harness.verdicts import About, CheckFailure
from spec.tools import naming, second

K08 = catalogue.named("k08_broadcasting")
NAMES = ("center_columns__over_rows", "outer_sum__product")


def test_an_answer_is_told_of_without_its_own_words(capsys: pytest.CaptureFixture[str]) -> None:
    """What the catalogue lacks is noticed, or another mistake is named; code and time stand by."""
    answers = {name: suspects.catalogued(K08)[name] for name in NAMES}
    known = naming.told(K08, answers)
    assert [each.mistakes for each in known] == [[each.own] for each in known]
    unknown = naming.told(K08, answers, without_own=True)
    assert [each.name for each in unknown] == list(NAMES)
    for each in unknown:
        assert each.own not in each.mistakes
        assert each.kind in naming.KINDS[:2]
        assert 0 < each.seconds < 2
        assert each.code in each.text()
        assert each.own in each.text()
    naming._line("k08", unknown)
    assert "    2 answers:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "in_words"),
    [
        (CheckFailure("gradients were on while the model ran"), True),
        (CheckFailure("x.grad is 2.0, and should be 4.0"), False),
        (CheckFailure("x.relu() is x itself, and should be a new node"), True),
        (CheckFailure("the result differs", about=About.VALUES), False),
        (ValueError("no"), False),
    ],
)
def test_what_a_check_says_in_words_of_its_own_counts_as_said(
    error: BaseException, in_words: bool
) -> None:
    """Not what was measured, nor that something differs."""
    assert naming._is_worded(error) is in_words


@pytest.mark.parametrize(
    ("rows", "in_words"),
    [
        ([("problem", "asked for"), ("do", "Return it.")], True),
        ([("problem", "known")], True),
        ([("problem", "unknown")], False),
        ([("problem", "what came back has no `T`: it is a list, or holds one.")], True),
        ([("raised", "NameError")], False),
    ],
)
def test_what_is_lacking_or_comes_with_advice_counts_as_said(
    rows: list[tuple[str, str]], in_words: bool
) -> None:
    """And so does a problem that is in words of its own."""
    assert naming._is_in_words(rows, {"known"}) is in_words


def test_a_second_mistake_is_made_in_the_first() -> None:
    """Each kind is made somewhere, and is another answer that can still be read."""
    made = second.with_second(K08)
    assert {name.partition("___")[2] for name in made} == set(second.SECOND)
    for name, definition in made.items():
        first = suspects.catalogued(K08)[name.partition("___")[0]]
        assert ast.unparse(definition) != ast.unparse(first)
        assert definition.name == first.name
