"""Tests are spread over workers so that what a module shares is made once, by the row's line."""

import configparser
import os
import shlex
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from spec.harness.files.catalogue import ROOT, SPEC

SHARES = """
import pytest, time

@pytest.fixture(scope="module")
def expensive(request):
    note("made", request)

@pytest.mark.parametrize("number", range(12))
def test_it(expensive, number, request):
    time.sleep(0.02)
    note("shared", request)
"""
ALONE = """
import pytest, time

@pytest.mark.parametrize("number", range(24))
def test_it(number, request):
    time.sleep(0.02)
    note("single", request)
"""
NOTE = """
def note(what, request):
    with open({notes!r}, "a") as file:
        file.write(f"{{what}} {{request.config.workerinput['workerid']}}\\n")
"""


def spec_row() -> list[str]:
    """The words of the row `spec` in tox.ini, without pytest itself."""
    rows = configparser.ConfigParser(interpolation=None)
    rows.read(ROOT / "tox.ini", encoding="utf-8")
    return shlex.split(rows["rows"]["spec"])[1:]


def run_row(folder: Path) -> dict[str, list[str]]:
    """Runs the row's line in a folder with a conftest like ours; the workers of each note."""
    tests, notes = folder / "spec" / "tests", folder / "notes"
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = slow\n", encoding="utf-8")
    tests.mkdir(parents=True, exist_ok=True)
    notes.unlink(missing_ok=True)
    shutil.copy(SPEC / "tests" / "conftest.py", tests)
    for name, text in {"shares": SHARES, "alone": ALONE}.items():
        text += NOTE.format(notes=str(notes))
        (tests / f"test_{name}.py").write_text(text, encoding="utf-8")
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "TOX_"))}
    plain |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", *spec_row(), "-p", "xdist"]
    ended = subprocess.run(command, cwd=folder, env=plain, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    workers = defaultdict(list)
    for line in notes.read_text(encoding="utf-8").splitlines():
        what, worker = line.split()
        workers[what].append(worker)
    return workers


def test_what_a_module_shares_is_made_once_and_the_rest_is_spread(tmp_path: Path) -> None:
    """Also in a second run, which knows how long each took."""
    pytest.importorskip("xdist")
    for _ in range(2):
        workers = run_row(tmp_path)
        assert len(workers["made"]) == 1
        assert workers["shared"] == workers["made"] * 12
        assert len(workers["single"]) == 24
        assert len(set(workers["single"])) == 2
        assert list((tmp_path / ".pytest_cache" / "v" / "spec").iterdir())
