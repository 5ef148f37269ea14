"""A learner's text carried into a newer course: one kind of edit after the other."""

import ast

import pytest

from spec.course import functions
from spec.course.carrying import Carried, carried
from spec.course.left import Why
from spec.course.pieces import pieces_of_text
from spec.tests.course.lessons import AREA, BASE, CUBE, EDGE, NEW, VOLUME, edited, same, whys


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


def test_what_acts_does_so_in_the_same_order() -> None:
    """A seed is set before what it is for, wherever the functions around them go."""
    head, *rest = NEW.split("\n\n\n")
    new = "\n\n\n".join([head, rest[-1].rstrip(), *rest[:-1]]) + "\n"
    text = edited(
        ("def edge(", "torch.manual_seed(0)\n\n\ndef edge("),
        ("class Box", "WEIGHT = torch.rand(3)\n\n\nclass Box"),
    )
    result = carried(BASE, text, new).text
    assert result.index("class Box") < result.index("def edge(")
    assert result.index("manual_seed") < result.index("WEIGHT")


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
    own = "HALF = 0.5\n\n\ndef twice(f):\n    return f\n\n\nUNIT = area(1)"
    text = same(
        ("def edge(area: float)", f"{own}\n\n\n@twice\ndef edge(area: float)"),
        ("class Box", "print(area(1))\n\n\nclass Box"),
        ("def area(side: float)", "def area(side: float, kind=SIZE)"),
        (AREA, '    """Tell the area."""\n    return 3 + HALF\n'),
    ).replace("import torch\n", "")
    exec(compile(text, "kata", "exec"), {})


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
    begun = carried(None, edited((EDGE, f"{EDGE}    4\n")), NEW)
    assert "raise NotImplementedError\n    4\n" in begun.text


def test_a_comment_above_a_docstring_goes_below_it() -> None:
    """It is in the body then."""
    text = same((AREA, "    # mine\n" + AREA.replace("raise NotImplementedError", "return 3")))
    assert 'be 0.\n    """\n    # mine\n    return 3\n' in text


def test_what_would_be_no_python_is_not_written() -> None:
    """The file stays, where the two can't be had together."""
    body = "    yield 1\n    return 2\n"
    text = edited((AREA, f'    """Tell the area."""\n{body}'))
    result = carried(BASE, text, NEW.replace("def area", "async def area"))
    assert result.text == text and not result.whole
    assert whys(result) == [("", Why.MIXED)]


def test_a_body_that_is_not_the_learner_s_is_found() -> None:
    """Whatever the reason may be."""
    (piece,) = pieces_of_text("def area(side):\n    return side")
    functions.verify(piece, ("def area(side):", '    """Tell it."""', "    return side"))
    with pytest.raises(SyntaxError):
        functions.verify(piece, ("def area(side):", "    return side + 1"))
