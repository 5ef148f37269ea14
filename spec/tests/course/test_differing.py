"""Where the learner and the course differ about a function, and what is told of it."""

import pytest

from spec.course import functions
from spec.course.carrying import carried
from spec.course.left import Why
from spec.tests.course.lessons import AREA, BASE, EDGE, NEW, edited, same, whys


@pytest.mark.parametrize(
    ("mine", "why", "there"),
    [
        ("def area(side):", (), "def area(side):"),
        ("def area(side, *, fine=True):", (), "def area(side, *, fine=True):"),
        ("def area(side: float) -> float:  # mine", (), "def area(side: float) -> float:  # mine"),
        (
            "def area(\n    side: float,\n) -> float:",
            (),
            "def area(\n    side: float,\n) -> float:",
        ),
        ("def area(*side):", (("area", Why.SIGNATURE_MINE),), "def area(*side):"),
        ("def area(x):", (("area", Why.SIGNATURE_THEIRS),), "def area(side: float) -> float:"),
        ("async def area(side):", (("area", Why.SIGNATURE_MINE),), "async def area(side):"),
    ],
)
def test_a_signature_stays_if_calls_fit_or_the_body_needs_it(
    mine: str, why: tuple[tuple[str, Why], ...], there: str
) -> None:
    """Else it is the course's; what does not fit is listed in both versions."""
    body = (
        "    return side\n"
        if "side" in mine and "x" not in mine.partition(")")[0]
        else "    return 3\n"
    )
    text = edited(
        ("def area(side: float) -> float:", mine), (AREA, f'    """Tell the area."""\n{body}')
    )
    result = carried(BASE, text, NEW)
    assert [each for each in whys(result) if each[1] is not Why.LINES] == list(why)
    assert there in result.text
    for left in result.left:
        assert left.why is Why.LINES or (left.yours in mine and "side: float" in left.ours)


def test_a_parameter_that_the_course_renames_is_kept_where_the_body_uses_it() -> None:
    """The body would not know the new one; a new one that hides a name is no help either."""
    new = NEW.replace("def area(side: float)", "def area(length: float, SIZE: int = 1)")
    uses = carried(BASE, edited((AREA, '    """Tell the area."""\n    return side\n')), new)
    assert "def area(side: float)" in uses.text
    assert whys(uses) == [("area", Why.SIGNATURE_MINE)]
    hides = carried(BASE, edited((AREA, '    """Tell the area."""\n    return SIZE\n')), new)
    assert "def area(side: float)" in hides.text
    free = carried(BASE, edited((AREA, '    """Tell the area."""\n    return 3\n')), new)
    assert "def area(length: float, SIZE" in free.text
    assert not free.left


def test_a_function_that_the_course_dropped_stays_at_the_end() -> None:
    """It is listed; one that was not started goes."""
    new = NEW.replace("def edge(", "def border(").replace("def area(", "def surface(")
    result = carried(BASE, edited((EDGE, '    """Tell the edge."""\n    return 7\n')), new)
    assert whys(result) == [("edge", Why.GONE)]
    assert result.text.index("class Box") < result.text.index("def edge(")
    assert "def area(" not in result.text


@pytest.mark.parametrize("elsewhere", ["from mine import area", "area = abs", "from mine import *"])
def test_a_function_that_comes_from_elsewhere_is_not_hidden(elsewhere: str) -> None:
    """The learner has split the file, say: a stub below the import would take its place."""
    old = f"def area(side: float) -> float:\n{AREA}\n\n"
    text = same(
        (old, ""), ("SIZE = 3\n", f"SIZE = 3\n{elsewhere}\n"), why=(("area", Why.ELSEWHERE),)
    )
    assert "def area" not in text and elsewhere in text


def test_a_function_that_was_deleted_comes_back() -> None:
    """It is not started."""
    assert "def area(" in same((f"def area(side: float) -> float:\n{AREA}\n\n", ""))


def test_of_two_of_a_name_both_stay_and_the_last_gets_the_text() -> None:
    """It is the one that Python takes."""
    both = "def area(side):\n    return 1\n\n\ndef area(side: float) -> float:\n"
    text = same(
        ("def area(side: float) -> float:\n", both),
        (AREA, '    """Tell the area."""\n    return 2\n'),
    )
    first, second = text.split("def area(")[1:]
    assert "return 1" in first and "square" not in first
    assert "return 2" in second and "square" in second


def test_words_in_a_docstring_that_is_new_in_the_course_are_listed_and_lost() -> None:
    """The course's are the promise."""
    text = edited(
        ('"""Tell the area."""\n    raise', '"""Tell the area.\n\n    Mine.\n    """\n    raise'),
        ('"""Lesson one."""', '"""Lesson one.\n\nMy lesson.\n"""'),
        ('"""A box."""', '"""A box of mine."""'),
    )
    result = carried(BASE, text, NEW)
    assert whys(result) == [("area", Why.DOCSTRING), ("Box", Why.DOCSTRING), ("", Why.DOCSTRING)]
    assert {"Mine.", "My lesson.", '"""A box of mine."""'} <= set(result.lost)
    assert "Mine." not in result.text


def test_words_in_a_docstring_stay_where_the_course_has_it_as_before() -> None:
    """Whatever else is new in the file."""
    changes = (
        ('"""Tell the area."""\n    raise', '"""Tell the area.\n\n    Mine.\n    """\n    raise'),
        ('"""Lesson one."""', '"""Lesson one.\n\nMy lesson.\n"""'),
        ('"""A box."""', '"""A box of mine."""'),
    )
    result = carried(BASE, edited(*changes), BASE + "\nOTHER = 4\n")
    assert not result.left and not result.lost and "OTHER = 4" in result.text
    assert all(word in result.text for word in ("Mine.", "My lesson.", "A box of mine."))


def test_a_function_in_one_line_gets_a_docstring() -> None:
    """Which takes more lines; the one is listed."""
    old = f"def area(side: float) -> float:\n{AREA}"
    one = "def area(side: float) -> float: return 'é', side  # short\n"
    result = carried(BASE, edited((old, one)), NEW)
    assert '    """\n    return \'é\', side  # short\n' in result.text
    assert whys(result) == [("", Why.LINES)]


def test_a_function_where_the_course_has_a_class_stays() -> None:
    """Neither can be carried into the other."""
    new = NEW + '\n\nclass own:\n    """A class."""\n\n    def f(self):\n        """Do."""\n'
    result = carried(BASE, edited(("SIZE = 3", "SIZE = 3\ndef own():\n    return 3")), new)
    assert whys(result) == [("own", Why.MIXED)]
    assert "def own():\n    return 3" in result.text


def test_code_of_the_course_s_own_that_changed_is_listed() -> None:
    """The learner's stays."""
    base = BASE + '\n\ndef given():\n    """Give."""\n    return 1\n'
    result = carried(
        base, base.replace("return 1", "return 2"), base.replace("return 1", "return 3")
    )
    assert whys(result) == [("given", Why.BODY)]
    assert "return 2" in result.text


def test_a_body_that_would_be_another_stays_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The function is the learner's to the letter, and that is told."""
    wrong = ("def area(side: float) -> float:", "    return 4")
    monkeypatch.setattr(functions, "merged", lambda *_: (wrong, []))
    mine = '    """Tell the area."""\n    return 3\n'
    result = carried(BASE, edited((AREA, mine)), NEW)
    assert whys(result) == [("area", Why.MIXED)]
    assert f"def area(side: float) -> float:\n{mine}" in result.text
