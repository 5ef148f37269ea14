"""A known mistake is recognised whoever wrote it down, and nothing else is."""

import ast
from pathlib import Path

import pytest

from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import Kata
from spec.tests.inner import run
from spec.tests.naming import Named, functions_only, submissions

pytestmark = pytest.mark.slow

each_kata = pytest.mark.parametrize("kata", catalogue.katas(), ids=lambda kata: kata.name)
K08 = catalogue.find("k08_broadcasting")
NAMED_AT_LEAST = 0.96


@each_kata
def test_wrong_answers_are_named(kata: Kata, tmp_path: Path) -> None:
    """96 of 100 mistakes are told to whoever makes them, and none is taken for another."""
    names = submissions(kata, kata.wrong, tmp_path)
    wrong = sources.definitions(kata.wrong.read_text(encoding="utf-8"))
    seen = Named()
    functions_only(tmp_path, names, "auto", seen)

    words = seen.words()
    told = {name: words.get((name, name.partition("__")[0])) for name in names}
    right = {name: " ".join((ast.get_docstring(wrong[name]) or "").split()) for name in names}
    mistaken = {name: words for name, words in told.items() if words not in (None, right[name])}
    missed = [name for name, words in told.items() if words is None]
    print(f"{kata.name}: {len(names) - len(missed) - len(mistaken)} of {len(names)} named")
    assert not mistaken
    assert len(missed) <= (1 - NAMED_AT_LEAST) * len(names), f"not named: {missed}"


@each_kata
def test_right_answers_are_never_diagnosed(kata: Kata, tmp_path: Path) -> None:
    """Whoever is right is told of no mistake."""
    names = submissions(kata, kata.right, tmp_path)
    seen = Named()
    functions_only(tmp_path, names, "cpu", seen)

    assert not seen.words()


def test_stubs_are_never_diagnosed() -> None:
    """What is not started is no mistake."""
    seen = Named()
    run(catalogue.ROOT, "katas", "--device=cpu", "--all", plugins=[seen])

    assert seen.noted
    assert not any(seen.words().values())


def test_two_mistakes_in_two_functions_are_both_named(tmp_path: Path) -> None:
    """With --all, each function has its own words."""
    (tmp_path / "k08_broadcasting.py").write_text(
        "def center_columns(m):\n    return m - m.mean(1, keepdim=True)\n\n\n"
        "def outer_sum(x, y):\n    return y[:, None] + x\n"
    )
    seen = run(tmp_path, ".", "--device=cpu", "--all")
    assert "mistake   You averaged each row (dim=1)." in seen.output
    assert "mistake   Your result is transposed" in seen.output


def test_an_unknown_mistake_is_not_guessed_at(tmp_path: Path) -> None:
    """No match, no word of a mistake."""
    (tmp_path / "k08_broadcasting.py").write_text(
        "def center_columns(m):\n    return m - m.mean(dim=0) + 0.25\n"
    )
    seen = run(tmp_path, ".", "--device=cpu", "-k", "center_columns")
    assert "what to mend" in seen.output
    assert "  mistake  " not in seen.output
