"""What a learner sees of it fits the window, and what is needed most is never left out."""

import pytest

from spec.harness.watching.fitting import Part, Worth, fit, rows_of
from spec.harness.watching.keys import keys_in


def numbered(count: int, worth: Worth, least: int) -> Part:
    """A part of so many lines, which say which they are."""
    return Part([f"{worth.name} {i}" for i in range(count)], worth, least)


def failure() -> list[Part]:
    """A failure that is taller than most windows."""
    return [
        numbered(1, Worth.NAME, 1),
        numbered(2, Worth.RULE, 2),
        numbered(12, Worth.CALL, 4),
        numbered(12, Worth.VALUES, 4),
        numbered(12, Worth.VALUES, 4),
        numbered(2, Worth.MISTAKE, 2),
        numbered(6, Worth.PRINTED, 3),
        Part([""], Worth.SPACE),
        numbered(1, Worth.STEP, 1),
    ]


@pytest.mark.parametrize("columns", [60, 80, 9])
@pytest.mark.parametrize("rows", range(1, 60))
def test_no_window_is_too_small(columns: int, rows: int) -> None:
    """Whatever its size, no more is shown than it has room for."""
    shown = fit(failure(), columns, rows)
    assert sum(rows_of(line, columns) for part in shown for line in part.lines) <= rows


@pytest.mark.parametrize("rows", range(22, 60))
def test_the_name_the_rule_the_call_and_the_mistake_stay(rows: int) -> None:
    """Values are cut in their middle before a line of these is."""
    lines = [line for part in fit(failure(), 80, rows) for line in part.lines]
    for part in failure():
        if part.worth in (Worth.NAME, Worth.RULE, Worth.CALL, Worth.MISTAKE):
            assert [line for line in lines if line.startswith(part.worth.name)] == part.lines


def test_what_is_cut_says_so_and_how_to_see_it() -> None:
    """Both ends stay; the key shows the rest. What fits is left alone."""
    (cut,) = fit([Part([str(i) for i in range(9)], Worth.VALUES, 3, indent=2)], 80, 5)
    assert cut.lines == ["0", "1", "  … 5 lines: a shows them", "7", "8"]
    (whole,) = fit([Part(["0", "1"], Worth.VALUES, 1)], 80, 2)
    assert whole.lines == ["0", "1"]


def test_a_sentence_is_cut_at_spaces() -> None:
    """An address stays in one piece, so that it can be followed."""
    name = "katas/k08.py:31 center_columns: all 14 tests pass"
    (shown,) = fit([Part([name], Worth.NAME, 1)], 40, 9)
    assert shown.lines == ["katas/k08.py:31 center_columns: all 14", "tests pass"]
    (shown,) = fit([Part(["Pictures: file:///tmp/" + "x" * 40], Worth.NAME, 1)], 40, 9)
    assert shown.lines == ["Pictures:", "file:///tmp/" + "x" * 40]


def test_a_line_takes_as_many_rows_as_it_is_wide() -> None:
    """Colours and marks have no width; some letters have two columns."""
    assert rows_of("", 80) == 1
    assert rows_of("x" * 80, 80) == 1
    assert rows_of("x" * 81, 80) == 2
    assert rows_of("\x1b[31m" + "x" * 80 + "\x1b[0m", 80) == 1
    assert rows_of("字" * 41, 80) == 2


def test_a_key_is_known_by_its_place() -> None:
    """With Shift, on a Russian keyboard, and never as a part of an arrow or of Alt and a key."""
    assert keys_in("aB\r") == ["a", "b", "\r"]
    assert keys_in("ФиЙ") == ["a", "b", "q"]
    assert keys_in("\x1b[A\x1b[3~\x1bOP\x1bqh\x1b") == ["h"]
