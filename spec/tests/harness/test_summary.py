"""The end of a run: one function in focus, the board, and the way on."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from spec.harness import settings, typed
from spec.harness.explaining.progress import Progress, Tally, focus
from spec.harness.files import sources
from spec.harness.files.catalogue import KATAS, SOLUTIONS, katas
from spec.harness.showing import board
from spec.tests.inner import run

K08 = "k08_broadcasting.py"

TWO_WRONG = """
import torch


def center_columns(matrix):
    return matrix - matrix.mean(dim=1, keepdim=True)


def outer_sum(a, b):
    return b[:, None] + a


def normalize_rows(matrix):
    raise NotImplementedError
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A learner's folder with two functions wrong, one not started and four missing."""
    (tmp_path / K08).write_text(TWO_WRONG, encoding="utf-8")
    return tmp_path


def test_only_the_first_unfinished_function_is_shown(folder: Path) -> None:
    """A learner wants one thing to do; the rest is counted."""
    seen = run(folder, ".")
    assert "center_columns(matrix)" in seen.output
    assert "outer_sum(a, b)" not in seen.output
    assert seen.output.count("  rule ") == 1
    assert f"Mend center_columns: {K08}:5" in seen.output


def test_all_shows_every_function(folder: Path) -> None:
    """--all is there for whoever wants to see everything."""
    seen = run(folder, ".", "--all")
    assert "center_columns(matrix)" in seen.output
    assert "outer_sum(a, b)" in seen.output
    assert "You averaged each row" in seen.output
    assert "transposed" in seen.output


def test_other_rules_of_the_function_are_counted(folder: Path) -> None:
    """Whoever mends the first failure knows that there are more."""
    seen = run(folder, ".", "-k", "center_columns")
    assert re.search(r"also +\d more rules? of center_columns: --all shows them", seen.output)


def test_a_failure_on_all_devices_is_told_once(folder: Path) -> None:
    """The same text for each device would be noise; a failure on one alone says so."""
    both = run(folder, ".", "-k", "outer_sum_adds", "--all")
    assert both.output.count("outer_sum(a, b)") == 1
    assert " only]" not in both.output


def test_not_started_is_no_failure_to_read(folder: Path) -> None:
    """What was never written takes one line."""
    seen = run(folder, ".", "-k", "normalize_rows")
    assert "what to mend" not in seen.output
    assert f"{K08}:13  normalize_rows" in seen.output
    assert "Begin with normalize_rows" in seen.output


def test_the_board_has_a_line_for_each_kata_and_fits_the_screen(tmp_path: Path) -> None:
    """80 columns, all katas, the state in a word."""
    shutil.copytree(KATAS, tmp_path / "katas")
    shutil.copy(SOLUTIONS / "k08_broadcasting.py", tmp_path / "katas")
    seen = run(tmp_path, "katas", "--device=cpu")
    _, _, text = seen.output.partition("= board =")
    lines = text.splitlines()[1 : 1 + len(katas())]
    assert [line.split()[0] for line in lines] == [f"katas/{kata.name}.py" for kata in katas()]
    assert [line.split()[1] for line in lines].count("done") == 1
    assert lines[0].split()[1] == "current"
    shown = seen.output[seen.output.index("collected") :]
    assert all(len(line) <= 80 for line in shown.splitlines())
    assert re.search(r"7 of \d+ functions work, 7 are done, on cpu\.", text)


def test_the_board_is_the_same_with_workers(folder: Path) -> None:
    """-n 2 changes nothing of what a learner sees."""
    alone, together = run(folder, "."), run(folder, ".", "-n", "2")
    assert "= board =" in together.output
    assert _board(alone.output) == _board(together.output)


def test_the_last_function_ends_the_course(capsys: pytest.CaptureFixture[str]) -> None:
    """When everything is green the board says so, and where to compare."""
    entries = [
        Progress(kata.name, f"katas/{kata.name}.py", 1, function, Tally(2), Tally(1))
        for kata in katas()
        for function in _functions(kata.name)
    ]
    assert focus(entries) is None
    said = " ".join(board.next_step(entries, ["cpu", "sim"]))
    assert "All katas are done, on cpu, sim" in said
    assert "solutions/" in said


def test_a_finished_kata_points_to_its_solution(tmp_path: Path) -> None:
    """Whoever finishes one file may compare it."""
    shutil.copy(SOLUTIONS / K08, tmp_path)
    seen = run(tmp_path, ".", "--device=cpu")
    assert "solutions/k08_broadcasting.py, one way of many" in seen.output


def test_colours_mark_what_differs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a terminal a differing element is red; elsewhere there are no colours at all."""
    plain = run(folder, ".", "-k", "center_columns")
    assert "\x1b[" not in plain.output
    coloured = run(folder, ".", "-k", "center_columns", "--color=yes")
    assert re.search(r"\x1b\[31m\x1b\[1m ?-?\d", coloured.output)
    assert not re.search("[\x02\x03]", plain.output + coloured.output)


def test_no_colours_where_nobody_looks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CI has none unless it is told to."""
    monkeypatch.setenv("CI", "true")
    assert "\x1b[" not in run(folder, ".", "-k", "center_columns").output


@pytest.mark.parametrize("option", ["--tb=long", "-vv"])
def test_pytests_own_view_can_be_had(folder: Path, option: str) -> None:
    """Whoever wants tracebacks gets pytest's."""
    seen = run(folder, ".", "-k", "outer_sum_adds", option)
    assert "what to mend" not in seen.output
    assert "= FAILURES =" in seen.output
    assert "def test_outer_sum_adds_every_pair" in seen.output


@pytest.mark.parametrize(
    ("called", "python", "path", "shown"),
    [
        ("/a/.venv/bin/pytest", "/a/.venv/bin/python", None, ".venv/bin/pytest"),
        ("/a/my venv/bin/pytest", "/a/my venv/bin/python", None, "'my venv/bin/pytest'"),
        ("/a/.venv/bin/pytest", "/a/.venv/bin/python", "/a/.venv/bin/pytest", "pytest"),
        ("/lib/pytest/__main__.py", "/a/.venv/bin/python", None, ".venv/bin/python -m pytest"),
        ("/lib/pytest/__main__.py", "/usr/bin/python", "/usr/bin/python", "python -m pytest"),
        (
            "/lib/pytest/__main__.py",
            "/a/v/bin/python3",
            "/usr/bin/python3",
            "v/bin/python3 -m pytest",
        ),
        ("/ext/run_pytest_script.py", "/a/v/bin/python", None, "v/bin/python -m pytest"),
        ("/ext/run_pytest_script.py", "/a/v/bin/python", "/a/v/bin/pytest", "pytest"),
    ],
)
def test_the_command_shown_is_one_that_works(
    monkeypatch: pytest.MonkeyPatch, called: str, python: str, path: str | None, shown: str
) -> None:
    """The next step is spelt as this run was: with its interpreter, where PATH has another."""
    monkeypatch.setattr("sys.argv", [called, "katas"])
    monkeypatch.setattr("sys.executable", python)
    monkeypatch.setattr(Path, "cwd", lambda: Path("/a"))
    monkeypatch.setattr(
        "shutil.which", lambda name: path if path and path.endswith(f"/{name}") else None
    )
    assert settings.pytest_as_called() == shown


def test_every_command_is_quoted(folder: Path) -> None:
    """A folder may have a name with a space, in any language."""
    mine = folder / "мои katas"
    mine.mkdir()
    (folder / K08).rename(mine / K08)
    seen = run(folder, "мои katas", "-k", "center_columns")
    assert "Then run: pytest 'мои katas/k08_broadcasting.py' -k center_columns" in seen.output
    assert "pytest 'мои katas/k08_broadcasting.py' --hint center_columns" in seen.output
    hinted = run(folder, "мои katas", "-k", "center_columns", "--hint")
    assert "pytest 'мои katas/k08_broadcasting.py' --hint center_columns:2" in hinted.output


@pytest.mark.parametrize(
    ("word", "typed_as"),
    [
        ("katas/k08_broadcasting.py", "katas/k08_broadcasting.py"),
        ("C:\\мои\\katas", "C:\\мои\\katas"),
        ("C:\\my katas", '"C:\\my katas"'),
        ("this & that", '"this & that"'),
        ("it's(1)", '"it\'s(1)"'),
    ],
)
def test_windows_knows_double_quotes_alone(
    monkeypatch: pytest.MonkeyPatch, word: str, typed_as: str
) -> None:
    """cmd takes single quotes for letters, and & for the end of a command."""
    monkeypatch.setattr(sys, "platform", "win32")
    assert typed.quoted("pytest", word) == f"pytest {typed_as}"


def _functions(name: str) -> list[str]:
    from spec.harness.files import catalogue

    kata = catalogue.named(name)
    return list(sources.units(kata))


def _board(output: str) -> str:
    _, _, text = output.partition("= board =")
    return re.sub(r"=+ .* in .*", "", text).strip()
