"""Beside other plugins, in another order, on a full disk: the same verdicts, or one sentence."""

import errno
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from _pytest.runner import runtestprotocol

from spec.harness import consoles
from spec.harness.files.catalogue import SOLUTIONS
from spec.tests.inner import run

K08 = "k08_broadcasting.py"
SOLUTION = (SOLUTIONS / K08).read_text("utf-8")
RIGHT = "matrix - matrix.mean(dim=0)"
WRONG = "matrix - matrix.mean(dim=1, keepdim=True)"
PYTEST = (sys.executable, "-m", "pytest")
FEW = ("-k", "test_center_columns")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A kata with one function wrong."""
    assert RIGHT in SOLUTION
    (tmp_path / K08).write_text(SOLUTION.replace(RIGHT, WRONG), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("variable", "option"),
    [("1", ()), ("", ("--disable-plugin-autoload",)), ("", ("-p", "no:timeout"))],
)
def test_other_plugins_need_not_be_there(
    tmp_path: Path, variable: str, option: tuple[str, ...]
) -> None:
    """pytest-timeout for one, whose hook we have."""
    shutil.copy(SOLUTIONS / K08, tmp_path)
    seen = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "torch_katas.harness.plugin",
            *option,
            *FEW,
            "--device=cpu",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": variable},
        capture_output=True,
        text=True,
    )
    assert seen.returncode == pytest.ExitCode.OK, seen.stdout + seen.stderr


class RunsAgain:
    """Gives each test that fails a second try, as pytest-rerunfailures does."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        """The report of a first failure has an outcome of its own."""
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        for attempt in (1, 2):
            reports = runtestprotocol(item, nextitem=nextitem, log=False)
            failed = any(report.failed for report in reports)
            for report in reports:
                if report.failed and attempt == 1:
                    report.outcome = "rerun"  # type: ignore[assignment]
                item.ihook.pytest_runtest_logreport(report=report)
            if not failed:
                break
        return True

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """A letter of its own."""
        return ("rerun", "R", "RERUN") if str(report.outcome) == "rerun" else None


def test_a_test_that_is_run_again_counts_once(folder: Path) -> None:
    """And its failure is explained as if it had been run once."""
    once = run(folder, ".", *FEW).summary
    again = run(folder, ".", *FEW, plugins=[RunsAgain()]).summary
    assert "  mistake " in once
    assert re.sub(r", \d+ rerun", "", again) == once


class Backwards:
    """Runs the tests in another order, as pytest-randomly does."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """The accelerator's row comes before the CPU's."""
        items.reverse()


def test_the_example_shown_is_one_that_was_made_small(folder: Path) -> None:
    """Whichever device had its turn first."""
    law = ("-k", "test_center_columns_leaves_each_column_with_zero_mean")
    seen = run(folder, ".", *law, "--core", plugins=[Backwards()]).summary
    assert " only]" not in seen
    assert "device='sim:0'" in seen.partition("  expected ")[0]
    small = run(folder, ".", *law, "--core", "--device=sim").summary
    assert seen.partition("  expected ")[2].partition("  problem ")[0] in small


class RunsEachTestElsewhere:
    """Has the option of pytest-forked, whose processes can't send what a kata's tests report."""

    def pytest_addoption(self, parser: pytest.Parser) -> None:
        """As that plugin does."""
        parser.addoption("--forked", action="store_true")


def test_processes_that_can_not_report_are_refused(folder: Path) -> None:
    """Every test would fail in them, also those of a right answer."""
    seen = run(folder, ".", "--forked", plugins=[RunsEachTestElsewhere()])
    assert seen.status == pytest.ExitCode.USAGE_ERROR
    assert "--forked. Leave it out." in seen.output
    assert run(folder, ".", *FEW, plugins=[RunsEachTestElsewhere()]).status != seen.status


def test_a_full_disk_leaves_a_file_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--reset writes the new file before it puts the old one away."""

    def full(path: Path, *_: object, **__: object) -> None:
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    before = (folder / K08).read_text("utf-8")
    monkeypatch.setattr(Path, "write_text", full)
    seen = run(folder, K08, "--reset")
    assert seen.status == pytest.ExitCode.USAGE_ERROR
    said = f"--reset {K08}: nothing can be written beside it: No space left on device."
    assert seen.output.strip() == f"ERROR: {said} It is as it was."
    assert [path.name for path in folder.iterdir()] == [K08]
    assert (folder / K08).read_text("utf-8") == before


def test_pictures_that_have_no_place_end_in_a_line(folder: Path) -> None:
    """The rest of the screen is as ever."""
    (folder / "out").write_text("a file")
    seen = run(folder, ".", *FEW, "--pictures", "out")
    assert seen.status == pytest.ExitCode.TESTS_FAILED
    assert "No pictures: out: File exists" in seen.output
    assert "Mend center_columns" in seen.output


def test_a_compiler_is_named_as_what_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """torch.compile changes Python's recursion limit, which no learner has asked for."""
    compiles = f"__import__('sys').setrecursionlimit(2000) or {RIGHT}"
    (tmp_path / K08).write_text(SOLUTION.replace(RIGHT, compiles), encoding="utf-8")
    alone = run(tmp_path, ".", *FEW, "--device=cpu").output
    assert "center_columns changed Python's recursion limit from" in " ".join(alone.split())
    name = "torch._inductor.compile_fx"
    monkeypatch.setitem(sys.modules, name, ModuleType(name))
    beside = run(tmp_path, ".", *FEW, "--device=cpu").output
    assert "center_columns compiles with torch.compile" in " ".join(beside.split())


BROADCASTS = """
def squared_error(prediction, target):
    return (prediction - target).square().mean()
"""


@pytest.mark.parametrize(("encoding", "sign"), [("cp866", "x"), ("cp1252", "×")])
def test_a_console_of_few_letters_gets_the_others_spelt(
    tmp_path: Path, encoding: str, sign: str
) -> None:
    """Or as numbers, in a folder of any name: what was found is said all the same."""
    folder = tmp_path / "дерево ∞"
    folder.mkdir()
    (folder / K08).write_text(BROADCASTS, encoding="utf-8")
    for asked, said in (
        (("--device=cpu", "-k", "squared_error"), f"averages n {sign} n differences"),
        (("--hint", "squared_error"), "hint for squared_error"),
        (("--reset",), "is not started"),
    ):
        seen = subprocess.run(
            [*PYTEST, "-p", "no:cacheprovider", f"{folder.name}/{K08}", *asked],
            cwd=tmp_path,
            env={**os.environ, "PYTHONIOENCODING": encoding, "COLUMNS": "80"},
            capture_output=True,
        )
        assert not seen.stderr
        words = " ".join(seen.stdout.decode(encoding).split())
        assert said in words, words
        assert r"\u221e" in words


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("|a|² - 2ab", "cp1251", "|a|^2 - 2ab"),
        ("x⁻¹⁰ …", "ascii", "x^-10 ..."),
        ("n × n ± π → −1", "ascii", "n x n +- pi -> -1"),
        ("a ──┐ │", "cp1252", "a --+ |"),
        ("дерево ＝", "ascii", r"\u0434\u0435\u0440\u0435\u0432\u043e ="),
        ("дерево ²", "utf-8", "дерево ²"),
    ],
)
def test_a_letter_is_spelt(text: str, encoding: str, shown: str) -> None:
    """In those that there are; what can't be spelt is numbered."""
    assert text.encode(encoding, consoles.SPELT).decode(encoding) == shown
