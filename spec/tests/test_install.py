"""A learner's install: what the README's first line makes, and what a person makes of it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from spec.harness.files.catalogue import KATAS, ROOT, SOLUTIONS, SPEC
from spec.tests.inner import NEEDED, run

K08 = "k08_broadcasting.py"
FOR_DEVELOPMENT = ("distributed", "expecttest", "matplotlib", "pexpect", "ruff", "sklearn", "yaml")
HIDES = f"import sys\nsys.modules.update(dict.fromkeys({FOR_DEVELOPMENT}))\n"


def pytest_of_a_learner(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs pytest in the repository where only README's first line has been typed."""
    (folder / "as_a_learner.py").write_text(HIDES)
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "TOX_"))}
    command = [sys.executable, "-m", "pytest", "-p", "as_a_learner", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, *arguments],
        cwd=ROOT,
        env=plain | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )


def test_the_whole_repository_is_collected(tmp_path: Path) -> None:
    """As an editor does at the root of a project: no errors, and nothing of .venv."""
    seen = pytest_of_a_learner(tmp_path, ".", "--collect-only", "-q")
    assert seen.returncode == pytest.ExitCode.OK, seen.stdout[-3000:]
    assert "katas/k01_creation.py::test_" in seen.stdout
    assert "Is it meant as" not in seen.stdout


@pytest.mark.parametrize(
    ("files", "few", "needed"),
    [
        (
            ["harness/test_watch.py", "test_commands.py", "grading/test_cluster.py"],
            "",
            ["distributed", "pexpect", "yaml"],
        ),
        (
            ["tools/test_new.py", "sim/test_oracles.py", "harness/test_plots.py"],
            "passes_ruff or (operators and sample and forward) or (is_expected and k13)",
            ["expecttest", "matplotlib", "ruff"],
        ),
    ],
    ids=["modules", "tests"],
)
def test_what_needs_more_is_skipped_with_its_reason(
    tmp_path: Path, files: list[str], few: str, needed: list[str]
) -> None:
    """Whoever only learns lacks nothing, and is told what the rest needs."""
    named = [f"spec/tests/{file}" for file in files]
    seen = pytest_of_a_learner(tmp_path, *named, "-k", few, "-rs", "-q")
    assert not re.search(r"\d (passed|failed)", seen.stdout), seen.stdout[-3000:]
    told = [name for name in FOR_DEVELOPMENT if NEEDED.format(name=name) in seen.stdout]
    assert told == needed


def test_folders_that_pytest_leaves_alone_hold_no_misplaced_katas(tmp_path: Path) -> None:
    """Virtual environments above all, which hold files of names much like those of katas."""
    shutil.copy(SOLUTIONS / K08, tmp_path)
    for folder in (".venv", "build", "env"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "broadcasting.py").write_text("")
    (tmp_path / "env" / "pyvenv.cfg").write_text("")
    few = (".", "--device=cpu", "-k", "test_center_columns_averages")
    assert "is no kata" not in run(tmp_path, *few).output
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "broadcasting.py").write_text("")
    assert "mine/broadcasting.py is no kata." in run(tmp_path, *few).output


@pytest.mark.parametrize("test", ["", "::test_outer_sum_adds_every_pair[cpu]"])
def test_who_names_a_spec_is_told_which_kata_to_name(test: str) -> None:
    """One line, and no error for each of its tests."""
    named = f"spec/{K08}{test}"
    seen = run(ROOT, named)
    assert seen.status == pytest.ExitCode.USAGE_ERROR
    said = f"{named} is what judges. Name the file that it judges: pytest katas/{K08}"
    assert seen.output.strip() == f"ERROR: {said}"
    assert run(ROOT, named, "--help").status == pytest.ExitCode.OK


def test_a_checkout_without_solutions_works_and_says_what_it_lacks(tmp_path: Path) -> None:
    """Tests run; mistakes have no name, examples are not compared, and no stub can be made."""
    shutil.copytree(SPEC, tmp_path / "spec", ignore=shutil.ignore_patterns("tests"))
    shutil.copytree(KATAS, tmp_path / "katas")
    shutil.copy(ROOT / "conftest.py", tmp_path)
    text = (SOLUTIONS / K08).read_text("utf-8").replace("matrix.mean(dim=0)", "matrix.mean()")
    (tmp_path / "katas" / K08).write_text(text, "utf-8")
    (tmp_path / "katas" / "k09_cat_stack.py").write_text("def join_rows(:\n", "utf-8")

    def told(*asked: str) -> str:
        command = [sys.executable, "-m", "pytest", "--device=cpu", *asked]
        seen = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert "Traceback" not in seen.stdout + seen.stderr
        return seen.stdout + seen.stderr

    seen = told("katas", "--all")
    assert "no solution of any kata: mistakes have no name there" in seen
    assert "Each column has its own mean taken off" in seen and "mistake " not in seen
    assert "katas/k09_cat_stack.py:1 is not valid Python" in seen
    assert "6 are done" in seen
    assert "a stub is made of the solution" in told(f"katas/{K08}", "--reset")
    assert "hint for center_columns" in told(f"katas/{K08}", "--hint", "center_columns")


@pytest.mark.parametrize("level", ["1", "2"])
def test_python_without_docstrings_or_assertions_is_refused(level: str) -> None:
    """Rules are docstrings, and so are the words for a mistake."""
    seen = subprocess.run(
        [sys.executable, "-m", "pytest", f"katas/{K08}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONOPTIMIZE": level},
        capture_output=True,
        text=True,
    )
    assert seen.returncode == pytest.ExitCode.USAGE_ERROR
    assert "PYTHONOPTIMIZE" in seen.stderr.strip().splitlines()[-1]


def test_an_editor_is_told_where_the_katas_are() -> None:
    """What VS Code reads: pytest, and the folder of the README's first line."""
    told = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    assert told["python.testing.pytestEnabled"] is True
    assert told["python.testing.unittestEnabled"] is False
    (folder,) = told["python.testing.pytestArgs"]
    assert ROOT / folder == KATAS
