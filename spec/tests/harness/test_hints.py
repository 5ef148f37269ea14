"""--hint: one step at a time, and a clear word where there is none."""

import re
import shutil
from pathlib import Path

import pytest

from spec.harness.files import catalogue
from spec.harness.files.catalogue import KATAS, ROOT, Kata
from spec.tests import proofs
from spec.tests.inner import run

each_kata = pytest.mark.parametrize("kata", catalogue.katas(), ids=lambda kata: kata.name)
K08 = "katas/k08_broadcasting.py"


@each_kata
def test_every_function_has_three_steps(kata: Kata) -> None:
    """From a nudge to nearly the answer, for each function, in the kata's order."""
    proof = proofs.hinted(kata)
    assert not proof.problems, proof.text


@each_kata
def test_no_hint_gives_the_answer_away(kata: Kata) -> None:
    """No line of the solution stands in a hint."""
    text = re.sub(r"\s+", "", kata.hints.read_text(encoding="utf-8"))
    for line in kata.solution.read_text(encoding="utf-8").splitlines():
        code = line.strip()
        if code.startswith("return ") and len(code) > 30:
            assert re.sub(r"\s+", "", code.removeprefix("return ")) not in text, code


def test_a_hint_comes_one_step_at_a_time() -> None:
    """The name alone gives the first step, repeated the second, and a number any."""
    first = run(ROOT, K08, "--hint", "center_columns").output
    second = run(ROOT, K08, "--hint", "center_columns", "--hint", "center_columns").output
    third = run(ROOT, K08, "--hint", "center_columns:3").output
    assert "1 of 3" in first
    assert "--hint center_columns:2" in first
    assert "2 of 3" in second
    assert "3 of 3" in third
    assert "more" not in third
    assert "passed" not in first


def test_without_a_name_the_function_in_focus_is_meant() -> None:
    """The hint follows the board."""
    seen = run(ROOT, K08, "--device=cpu", "--hint")
    _, _, after = seen.output.partition("= board =")
    assert "hint for center_columns" in after
    assert "1 of 3" in after


def test_a_name_that_is_none_lists_those_that_are() -> None:
    """A slip of the pen is pointed out."""
    seen = run(ROOT, K08, "--hint", "centre_columns")
    assert seen.status == pytest.ExitCode.USAGE_ERROR
    assert "there is no such function in k08_broadcasting" in seen.output
    assert "Is center_columns meant?" in seen.output
    assert "k08_broadcasting: center_columns, normalize_rows" in seen.output


def test_a_step_that_is_none_is_an_error() -> None:
    """center_columns:x asks for nothing."""
    seen = run(ROOT, K08, "--hint", "center_columns:x")
    assert seen.status == pytest.ExitCode.USAGE_ERROR
    assert "a step is 1, 2 or 3" in seen.output


def test_a_function_is_found_without_its_kata() -> None:
    """The name is enough."""
    assert "hint for sum_over_paths" in run(ROOT, "--hint", "sum_over_paths").output


def test_the_next_hint_is_asked_for_where_the_first_was(tmp_path: Path) -> None:
    """The command names the file that was meant, if its folder was named, too."""
    shutil.copytree(KATAS, tmp_path / "mine")
    more = "pytest mine/k08_broadcasting.py --hint center_columns:2"
    for named in ("mine", "mine/k08_broadcasting.py"):
        assert more in run(tmp_path, named, "--hint", "center_columns").output
