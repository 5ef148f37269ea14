"""Failures fit the smallest window that is common."""

import pytest

from spec.harness.files import catalogue
from spec.tools.bench_screens import COLUMNS, LINES, height, of_kata, report


def test_a_line_counts_as_the_window_shows_it() -> None:
    """What is longer than the window takes several of its lines, and an empty line takes one."""
    assert height("a" * COLUMNS) == 1
    assert height("a" * (COLUMNS + 1) + "\n\nb") == 4


def test_the_report_says_how_many_fit_and_names_the_tallest() -> None:
    """Median, nine of ten, worst."""
    said = report({f"f{lines}": lines for lines in (1, 2, 3, 4, 5, 6, 7, 8, 9, 30)})
    assert said.startswith("10 failures: median 5.5 lines, 9 of 10 within 9, worst 30; 90.0% fit")
    assert said.splitlines()[1].split() == ["30", "f30"]


def test_each_rule_that_is_broken_is_a_screen() -> None:
    """All begin with the function; those of one answer are numbered."""
    first = of_kata("k08_broadcasting", 60)
    every = of_kata("k08_broadcasting", 60, "--all")
    assert set(first) < set(every)
    for text in every.values():
        assert text.startswith("spec/wrong/k08_broadcasting.py:")
        assert text.count("\n  rule ") == 1
        assert height(text) <= LINES


@pytest.mark.slow
def test_nine_of_ten_failures_of_the_catalogue_fit_the_window() -> None:
    """Of a part of the answers of each kata, each rule that they break."""
    seen: dict[str, str] = {}
    for kata in catalogue.katas():
        seen.update(of_kata(kata.name, 20, "--all"))
    tall = [name for name, text in seen.items() if height(text) > LINES]
    assert len(seen) > 18 * 10
    assert len(tall) <= len(seen) / 10, tall
    assert not [name for name, text in seen.items() if height(text) > 2 * LINES]
