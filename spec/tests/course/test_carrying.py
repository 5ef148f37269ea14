"""A learner's text carried into a newer course: one kind of edit after the other."""

import ast

import pytest

from spec.course.carrying import Carried, carried
from spec.course.left import Why

BASE = '''"""Lesson one."""

import math

import torch

SIZE = 3


def area(side: float) -> float:
    """Tell the area."""
    raise NotImplementedError


def edge(area: float) -> float:
    """Tell the edge."""
    raise NotImplementedError


class Box:
    """A box."""

    side: float

    def __init__(self, side: float) -> None:
        """Make it."""
        raise NotImplementedError

    def volume(self) -> float:
        """Tell the volume."""
        raise NotImplementedError
'''

NEW = '''"""Lesson two."""

import torch

DEPTH = 4


def edge(area: float, digits: int = 3) -> float:
    """Tell the edge, rounded."""
    raise NotImplementedError


def area(side: float) -> float:
    """Tell the area of a square.

    Edges:
        - It may be 0.
    """
    raise NotImplementedError


def added(x: int) -> int:
    """Do it."""
    raise NotImplementedError


class Box:
    """A box, any box."""

    side: float
    depth: float

    def volume(self) -> float:
        """Tell the volume again."""
        raise NotImplementedError

    def __init__(self, side: float) -> None:
        """Make it again."""
        raise NotImplementedError
'''

AREA = '    """Tell the area."""\n    raise NotImplementedError\n'
EDGE = '    """Tell the edge."""\n    raise NotImplementedError\n'
CUBE = '        """Tell the volume."""\n        return self.side**3\n'
VOLUME = '        """Tell the volume."""\n        raise NotImplementedError\n'


def edited(*changes: tuple[str, str]) -> str:
    """The old stub with some texts exchanged for others."""
    text = BASE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def whys(result: Carried) -> list[tuple[str, Why]]:
    """What is left, and why."""
    return [(left.name, left.why) for left in result.left]


def same(*changes: tuple[str, str], why: tuple[tuple[str, Why], ...] = ()) -> str:
    """The carried text, in which all lines of the learner's are, but for what is left."""
    result = carried(BASE, edited(*changes), NEW)
    assert whys(result) == list(why)
    assert not result.lost
    ast.parse(result.text)
    return result.text


def test_an_untouched_text_becomes_the_new_one() -> None:
    """To the letter."""
    assert carried(BASE, BASE, NEW) == Carried(NEW)


def test_a_body_gets_the_new_text_place_and_signature() -> None:
    """Comments, blank lines and what is nested stay in it."""
    body = (
        "    # first\n\n    def inner(x):\n        return x\n\n    return inner(side)\n    # last\n"
    )
    text = same((AREA, f'    """Tell the area."""\n{body}'))
    assert f'        - It may be 0.\n    """\n{body}' in text
    assert text.index("def edge") < text.index("def area") < text.index("def added")
    text = same((EDGE, '    """Tell the edge."""\n    return area\n'))
    assert (
        'digits: int = 3) -> float:\n    """Tell the edge, rounded."""\n    return area\n' in text
    )


def test_methods_are_carried_one_by_one() -> None:
    """The class has the new order and text, and what the learner put into it."""
    text = same(
        (VOLUME, f"{CUBE}\n    def own(self): ...\n"),
        ("    side: float\n", "    side: float\n    mine = 3  # of mine\n"),
    )
    names = [n.name for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef)]
    assert [n for n in names if n in ("volume", "__init__", "own")] == ["volume", "__init__", "own"]
    assert "    mine = 3  # of mine\n" in text
    assert '"""Tell the volume again."""\n        return self.side**3\n' in text


@pytest.mark.parametrize(
    "own",
    [
        "import numpy as np",
        "from os import path; import sys",
        "MINE = 3  # of mine",
        "# a note\n# of mine",
        "def _helper(x):\n    return x",
        "class _Mine:\n    size = 3",
        "try:\n    import numpy\nexcept ImportError:\n    numpy = None",
        "TABLE = {\n    'a': 1,\n\n    # b\n    'b': 2,\n}",
        "x = 1; y = 2",
        'if __name__ == "__main__":\n    print(3)',
        "@staticmethod\ndef mine(): return 3",
        "async def later():\n    return 3",
    ],
)
@pytest.mark.parametrize("above", ["SIZE = 3\n", "def area(", "def edge(", "class Box:\n", None])
def test_what_stands_between_functions_stays(own: str, above: str | None) -> None:
    """Anywhere, at the end too, where no line may end it."""
    text = edited((above, f"{own}\n\n{above}")) if above else f"{BASE}\n\n{own}"
    result = carried(BASE, text, NEW)
    assert own in result.text
    assert not result.left and not result.lost


def test_from_future_comes_first_and_a_shebang_before_all() -> None:
    """As Python and the shell want it."""
    text = same(
        (
            '"""Lesson one."""\n',
            '#!/usr/bin/env python3\n"""Lesson one."""\nfrom __future__ import annotations\n',
        )
    )
    assert text.startswith('#!/usr/bin/env python3\n"""Lesson two."""\nfrom __future__ import')


def test_what_the_course_dropped_stays_where_it_is_used() -> None:
    """An import and a constant; without a use they go."""
    text = same((AREA, '    """Tell the area."""\n    return math.pi * SIZE\n'))
    assert "import math\n" in text and "SIZE = 3\n" in text
    text = same((AREA, '    """Tell the area."""\n    return 3\n'))
    assert "import math" not in text and "SIZE" not in text


def test_nothing_comes_before_what_it_needs() -> None:
    """A default, a decorator, a call: names are bound as they were."""
    text = same(
        ("def edge(", "HALF = 0.5\n\n\ndef twice(f):\n    return f\n\n\ndef edge("),
        ("class Box", "print(area(1))\n\n\nclass Box"),
        ("def area(side: float)", "def area(side: float, kind=SIZE)"),
        ("def edge(", "@twice\ndef edge("),
        (AREA, '    """Tell the area."""\n    return 3 + HALF\n'),
    ).replace("import torch\n", "")
    exec(compile(text, "kata", "exec"), {})


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


def test_words_in_a_docstring_are_listed_and_lost() -> None:
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


def test_a_function_in_one_line_gets_a_docstring() -> None:
    """Which takes more lines; the one is listed."""
    old = f"def area(side: float) -> float:\n{AREA}"
    one = "def area(side: float) -> float: return 'é', side  # short\n"
    result = carried(BASE, edited((old, one)), NEW)
    assert '    """\n    return \'é\', side  # short\n' in result.text
    assert whys(result) == [("", Why.LINES)]


@pytest.mark.parametrize("indent", ["\t", "  ", "        "])
def test_another_indent_stays(indent: str) -> None:
    """The course's text is moved to it."""
    text = BASE.replace("    ", indent).replace("raise NotImplementedError", "return 3")
    result = carried(BASE, text, NEW)
    assert not result.left
    tree = ast.parse(result.text)
    docs = {n.name: ast.get_docstring(n) for n in tree.body if isinstance(n, ast.FunctionDef)}
    assert docs["area"] == "Tell the area of a square.\n\nEdges:\n    - It may be 0."
    assert f"\n{indent * 2}return 3\n" in result.text


def test_form_feeds_and_other_breaks_end_no_line() -> None:
    """They stand in bodies and texts as before."""
    body = '    """Tell the area."""\n\x0c    return """\u2028\x0b"""\n'
    assert 'return """\u2028\x0b"""' in same((AREA, body))


def test_texts_over_lines_keep_their_indent() -> None:
    """They are values, whatever they look like."""
    body = "    text = '''\ndef edge():\n  # no comment\n'''\n    return text\n"
    assert body in same((AREA, f'    """Tell the area."""\n{body}'))


@pytest.mark.parametrize("broken", ["def (", "  return", '"""', "x = \x00", "(" * 300])
def test_what_is_no_python_stays_as_it_is(broken: str) -> None:
    """To the letter."""
    text = f"{BASE}\n{broken}\n"
    result = carried(BASE, text, NEW)
    assert result.text == text and not result.whole
    assert whys(result) == [("", Why.BROKEN)]


def test_a_course_that_stays_changes_nothing() -> None:
    """Not even a text that the learner wrote into, or one that is no Python."""
    for text in (edited((EDGE, '    """Mine."""\n    return 3\n')), "def ("):
        assert carried(BASE, text, BASE) == Carried(text)


def test_without_a_base_what_is_not_started_is_the_course_s() -> None:
    """All other text may be the learner's."""
    mine = carried(None, edited((AREA, '    """Tell the area."""\n    return 3\n')), NEW)
    assert 'It may be 0.\n    """\n    return 3\n' in mine.text
    assert '"""Tell the edge, rounded."""\n    raise NotImplementedError' in mine.text
    assert whys(mine) == [("", Why.UNKNOWN)]
    assert '"""Tell the edge."""' in mine.lost


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
