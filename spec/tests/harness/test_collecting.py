"""pytest behaves with katas as its users expect."""

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from spec.harness.checks import results
from spec.harness.files.catalogue import KATAS, ROOT, SOLUTIONS
from spec.tests.inner import run

K08 = "k08_broadcasting.py"
RIGHT = "def outer_sum(a, b):\n    return a[:, None] + b\n"
WRONG = "def outer_sum(a, b):\n    return b[:, None] + a\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A submission that holds the solution of one kata."""
    shutil.copy(SOLUTIONS / K08, tmp_path)
    return tmp_path


def test_any_folder_is_held_to_the_spec(folder: Path) -> None:
    """A folder anywhere on the disk will do."""
    seen = run(folder, str(folder), "--device", "cpu")
    assert seen.status == pytest.ExitCode.OK
    assert " passed" in seen.output


def test_a_node_id_names_the_implementation(folder: Path) -> None:
    """Tests are found in the file that the learner edits."""
    seen = run(folder, ".", "--collect-only", "-q")
    ids = [line for line in seen.output.splitlines() if "::" in line]
    assert ids
    assert all(line.startswith(f"{K08}::test_") for line in ids)
    assert f"{K08}::test_outer_sum_adds_every_pair[cpu]" in ids


def test_collecting_does_not_run_the_implementation(tmp_path: Path) -> None:
    """--collect-only lists the tests of a file that can't even be imported."""
    (tmp_path / K08).write_text("raise SystemExit\n")
    seen = run(tmp_path, ".", "--collect-only", "-q")
    assert seen.status == pytest.ExitCode.OK
    assert "test_outer_sum_adds_every_pair" in seen.output


def test_a_single_file_and_a_single_test_can_be_named(folder: Path) -> None:
    """file and file::test select what they say, and nothing is collected twice."""
    whole = run(folder, K08, "--device", "cpu", "-q", "--collect-only").output.count("::test_")
    assert whole == run(folder, ".", "--device", "cpu", "-q", "--collect-only").output.count(
        "::test_"
    )
    one = run(folder, f"{K08}::test_outer_sum_adds_every_pair[cpu]", "-q")
    assert "1 passed" in one.output


def test_k_selects_by_function(folder: Path) -> None:
    """-k with a function's name runs that function's tests."""
    seen = run(folder, ".", "-k", "outer_sum", "--device", "cpu", "-v")
    names = re.findall(r"::(test_\w+)", seen.output)
    assert names
    assert all(name.startswith("test_outer_sum_") for name in names)


def test_last_failed_runs_what_failed(tmp_path: Path) -> None:
    """--lf runs the failures of the last run, and only those, also once they are mended."""
    (tmp_path / K08).write_text(WRONG)
    cache = ("-o", f"cache_dir={tmp_path}/cache", "-p", "cacheprovider", "--device", "cpu")
    first = run(tmp_path, ".", *cache, "-k", "outer_sum")
    failed = int(re.search(r"(\d+) failed", first.output).group(1))  # type: ignore[union-attr]
    (tmp_path / K08).write_text(RIGHT)
    again = run(tmp_path, ".", *cache, "--lf")
    assert f"{failed} passed" in again.output
    assert again.status == pytest.ExitCode.OK


def test_last_failed_still_tells_of_a_file_that_broke(tmp_path: Path) -> None:
    """Between the runs the file became invalid: the failed tests say so."""
    (tmp_path / K08).write_text(WRONG)
    cache = ("-o", f"cache_dir={tmp_path}/cache", "-p", "cacheprovider", "--device", "cpu")
    run(tmp_path, ".", *cache, "-k", "outer_sum")
    (tmp_path / K08).write_text("def outer_sum(a, b:\n")
    again = run(tmp_path, ".", *cache, "--lf")
    assert "is not valid Python" in again.output
    assert "FF" not in again.output, "a letter for each test says nothing more"


def test_two_workers_give_the_same_result(tmp_path: Path) -> None:
    """-n 2 counts and explains as one process does."""
    (tmp_path / K08).write_text(WRONG)
    alone = run(tmp_path, ".", "--device", "cpu", "--all")
    shared = run(tmp_path, ".", "--device", "cpu", "--all", "-n", "2")
    count = re.compile(r"\d+ failed[^=]*(?= in )")
    assert count.findall(alone.output) == count.findall(shared.output)
    assert "Every element of a meets every element of b" in shared.output
    assert "k08_broadcasting.py has no function center_columns." in shared.output


def test_junit_names_the_tests_and_their_failures(tmp_path: Path) -> None:
    """--junitxml holds a case for each test, its tier, and the learner's text where it failed."""
    (tmp_path / K08).write_text(WRONG)
    run(tmp_path, ".", "--device", "cpu", "--junitxml", "report.xml", "-k", "outer_sum")
    cases = list(ElementTree.parse(tmp_path / "report.xml").iter("testcase"))
    failures = [case for case in cases if case.find("failure") is not None]
    tiers = [case.find("properties/property").get("value") for case in cases]  # type: ignore[union-attr]
    assert tiers == sorted(tiers)  # type: ignore[type-var]
    assert set(tiers) == {"core", "edge"}
    assert failures
    assert "Every element of a meets every element of b" in str(failures[1].find("failure").text)  # type: ignore[union-attr]


def test_two_folders_do_not_disturb_each_other(tmp_path: Path) -> None:
    """A right and a wrong answer of one name, in one run."""
    for name, source in (("ada", RIGHT), ("bob", WRONG)):
        (tmp_path / name).mkdir()
        (tmp_path / name / K08).write_text(source)
    seen = run(tmp_path, "ada", "bob", "-k", "test_outer_sum_adds", "--device", "cpu")
    assert "2 failed, 2 passed" in seen.output
    assert f"bob/{K08}:1 outer_sum" in seen.output


def test_a_file_that_is_no_kata_is_left_alone(folder: Path) -> None:
    """Notes and helpers beside the katas are not run."""
    (folder / "notes.py").write_text("raise SystemExit\n")
    (folder / "k99_unknown.py").write_text("raise SystemExit\n")
    seen = run(folder, ".", "--device", "cpu", "-q")
    assert seen.status == pytest.ExitCode.OK


def test_a_folder_without_katas_says_so(tmp_path: Path) -> None:
    """Nothing was tried, so nothing is passed, and the names that would do are listed."""
    (tmp_path / "broadcasting.py").write_text("")
    seen = run(tmp_path, ".")
    assert seen.status == pytest.ExitCode.NO_TESTS_COLLECTED
    assert "No kata in ." in seen.output
    assert "k08_broadcasting" in seen.output


def test_a_name_that_is_nearly_a_katas_is_pointed_out(folder: Path) -> None:
    """A misspelt file would otherwise be passed over in silence."""
    (folder / "k04_reshapes.py").write_text("")
    seen = run(folder, ".", "--device", "cpu")
    assert "k04_reshapes.py is no kata. Is it meant as k04_reshape.py?" in seen.output


def test_ctrl_c_ends_the_run(tmp_path: Path) -> None:
    """A person's Ctrl-C is no mistake of the kata: pytest stops, with its own exit code."""
    (tmp_path / K08).write_text(
        "import os, signal\n\n\n"
        "def outer_sum(a, b):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    return a[:, None] + b\n"
    )
    command = [sys.executable, "-m", "pytest", str(tmp_path), "-k", "outer_sum", "--device", "cpu"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == pytest.ExitCode.INTERRUPTED
    assert "KeyboardInterrupt" in ended.stdout


def test_a_kata_can_import_its_neighbours(tmp_path: Path) -> None:
    """A helper module beside the kata is found, and each folder has its own."""
    for name, order in (("ada", "a[:, None] + b"), ("bob", "b[:, None] + a")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "helper.py").write_text(f"def table(a, b):\n    return {order}\n")
        (tmp_path / name / K08).write_text("from helper import table as outer_sum\n")
    seen = run(tmp_path, "ada", "bob", "-k", "test_outer_sum_adds", "--device", "cpu")
    assert "2 failed, 2 passed" in seen.output
    assert not list(tmp_path.rglob("__pycache__"))


def test_nothing_is_written_beside_the_katas(folder: Path) -> None:
    """No bytecode, no cache, no example database."""
    run(folder, ".", "--device", "cpu")
    assert [path.name for path in folder.iterdir()] == [K08]


def test_failures_are_the_same_twice(tmp_path: Path) -> None:
    """Runs are deterministic: the same examples, the same text."""
    (tmp_path / K08).write_text(WRONG)
    first, second = (run(tmp_path, ".", "--device", "cpu", "-k", "outer_sum") for _ in range(2))
    assert first.summary == second.summary


def test_pytests_own_view_can_be_had(tmp_path: Path) -> None:
    """--tb=long shows the traceback that pytest would show."""
    (tmp_path / K08).write_text(WRONG)
    options = ("-k", "test_outer_sum_adds", "--device", "cpu")
    assert "CheckFailure" not in run(tmp_path, ".", *options).output
    assert "CheckFailure" in run(tmp_path, ".", *options, "--tb=long").output
    assert "CheckFailure" in run(tmp_path, ".", *options, "-vv").output


def test_a_spec_test_that_checks_nothing_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test without a check would pass whatever it is given."""

    (tmp_path / K08).write_text(RIGHT)
    monkeypatch.setattr(results, "count", lambda: None)
    seen = run(tmp_path, ".", "-k", "test_outer_sum_adds", "--device", "cpu")
    assert "performs no check" in seen.output
    assert seen.status == pytest.ExitCode.TESTS_FAILED


def test_the_stubs_of_the_repository_are_not_started(tmp_path: Path) -> None:
    """A fresh clone ends with exit code 1 and says where to begin."""
    shutil.copytree(KATAS, tmp_path / "katas", ignore=shutil.ignore_patterns("__pycache__"))
    seen = run(tmp_path, "katas")
    assert seen.status == pytest.ExitCode.TESTS_FAILED
    assert "Begin with" in seen.output
    assert re.search(r"=+ \d+ not started in", seen.output)


def test_conftest_is_a_dozen_lines() -> None:
    """The machinery lives under spec/."""
    assert len((ROOT / "conftest.py").read_text().splitlines()) <= 12
