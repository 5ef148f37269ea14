"""The harness is a good guest: in an environment it is noticed by none but runs about katas."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from spec import door
from spec.harness.files.catalogue import ROOT, SOLUTIONS

K08 = "k08_broadcasting.py"
CLAIMS = """
def pytest_addoption(parser):
    for name in {options}:
        parser.addoption(name, default="theirs")
"""
LISTS = """
import gc, sys

def test_it(request):
    print("\\nfrozen", gc.get_freeze_count(), "theirs", request.config.getoption("--device", None))
    print("loaded", *sorted(sys.modules))
"""


def pytest_of(folder: Path, *arguments: str) -> str:
    """What pytest says in a folder, as a person starts it there."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "TOX_"))}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    ended = subprocess.run(command, cwd=folder, env=plain, capture_output=True, text=True)
    return ended.stdout + ended.stderr


def loaded(output: str) -> set[str]:
    """The modules that a test has found."""
    line = next(line for line in output.splitlines() if line.startswith("loaded "))
    return set(line.split()[1:])


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """Somebody else's project, which has options of all our names, and a package `spec`."""
    (tmp_path / "conftest.py").write_text(CLAIMS.format(options=sorted(door.OPTIONS)))
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "__init__.py").write_text("")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_it.py").write_text(LISTS)
    return tmp_path


def test_another_project_has_its_options_and_nothing_of_ours(foreign: Path) -> None:
    """What its tests find loaded is what they find without us, but for the door itself."""
    output = pytest_of(foreign, "-s")
    assert "1 passed" in output
    assert "frozen 0 theirs theirs" in output
    assert loaded(output) - loaded(pytest_of(foreign, "-s", "-p", "no:torch-katas")) == {
        "torch_katas",
        "torch_katas.door",
    }
    assert "torch" not in loaded(output)
    assert "devices:" not in output


def test_its_help_does_not_speak_of_ours(foreign: Path) -> None:
    """And that of the katas' home does."""
    assert "lecture" not in pytest_of(foreign, "--help")
    assert "\ntorch-katas:\n" not in pytest_of(foreign, "--help")
    assert "\ntorch-katas:\n" in pytest_of(ROOT, "--help")


def test_every_option_of_ours_is_known_at_the_door(pytestconfig: pytest.Config) -> None:
    """The door knows their names without loading what adds them."""
    group = pytestconfig._parser.getgroup("torch-katas")
    assert {name for option in group.options for name in option.names()} == door.OPTIONS


@pytest.mark.parametrize("place", ["", "course/homework"])
def test_a_folder_of_katas_is_held_to_the_specs(tmp_path: Path, place: str) -> None:
    """Wherever it is, from within it and by its name, with our options and with workers."""
    (tmp_path / "from").mkdir()
    folder = tmp_path / "mine" / place
    folder.mkdir(parents=True)
    shutil.copy(SOLUTIONS / K08, folder)
    few = ("--device=cpu", "-k", "test_center_columns_averages")
    assert "1 passed" in pytest_of(tmp_path / "mine", *few)
    assert "1 passed" in pytest_of(tmp_path / "from", str(tmp_path / "mine"), *few, "-n1")
    named = f"{folder / K08}::test_center_columns_averages_down_the_rows[cpu]"
    assert "1 passed" in pytest_of(tmp_path / "from", named, "--device=cpu")


def test_a_virtual_environment_is_no_folder_of_katas(foreign: Path) -> None:
    """It may hold this project, whose katas nobody wants to run then."""
    (foreign / "env" / "katas").mkdir(parents=True)
    (foreign / "env" / "pyvenv.cfg").write_text("")
    shutil.copy(SOLUTIONS / K08, foreign / "env" / "katas")
    assert "torch" not in loaded(pytest_of(foreign, "-s"))


def test_a_project_with_such_options_of_its_own_comes_first(foreign: Path) -> None:
    """Where it holds katas too, they stay out, and one line says why."""
    shutil.copy(SOLUTIONS / K08, foreign / "tests")
    output = pytest_of(foreign, "-s")
    assert "1 passed" in output
    assert "torch-katas: stays out, as --all, --core, --device," in output


def test_whoever_uses_our_options_in_a_wrong_folder_is_told(tmp_path: Path) -> None:
    """Not that they are unknown, but that there is no kata."""
    assert "No kata in ." in pytest_of(tmp_path, ".", "--core")
    assert "--watch .: there is no kata to watch" in pytest_of(tmp_path, ".", "--watch")
    assert "unrecognized arguments: --unknown" in pytest_of(tmp_path, ".", "--unknown")
