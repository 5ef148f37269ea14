"""The course as somebody has it who installed a wheel: run by `tox -e wheel`, outside a checkout.

Nothing here imports what is tested: all is typed as a person types it.
"""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

K08 = "k08_broadcasting.py"
RIGHT, WRONG = "matrix - matrix.mean(dim=0)", "matrix - matrix.mean(dim=1, keepdim=True)"


def typed(folder: Path, *words: str, code: int | None = 0) -> str:
    """What a command of this environment says in a folder."""
    command = [str(Path(sys.executable).parent / words[0]), *words[1:]]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    said = ended.stdout + ended.stderr
    assert code is None or ended.returncode == code, said
    assert "Traceback" not in said
    return said


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder made by the first command."""
    place = tmp_path_factory.mktemp("person")
    typed(place, "torch-katas", "init", "mine")
    return place / "mine"


def installed() -> Path:
    """Where the package lies."""
    found = importlib.util.find_spec("torch_katas")
    assert found is not None and found.origin is not None
    return Path(found.origin).parent


def test_it_bears_one_name_that_no_other_has(tmp_path: Path) -> None:
    """And it lies where packages lie, not in a checkout."""
    assert "site-packages" in installed().parts
    names = ("spec", "katas", "solutions", "torch_katas")
    code = f"from importlib.util import find_spec; print([n for n in {names} if find_spec(n)])"
    assert typed(tmp_path, "python", "-c", code) == "['torch_katas']\n"


def test_a_folder_has_the_katas_and_little_else(home: Path) -> None:
    """No answers, and pytest runs what is there."""
    assert len(list(home.glob("k??_*.py"))) == len(list(installed().glob("k??_*.py"))) >= 18
    assert {path.name for path in home.iterdir() if not path.name.startswith((".", "k"))} == {
        "README.md"
    }
    assert "0 of 132 functions work" in typed(home, "pytest", code=1)
    assert "0 of 132 functions work" in typed(home, "torch-katas")


def test_a_mistake_is_named_and_a_solution_earned(home: Path) -> None:
    """Three functions of a kata wrong, then all of it right."""
    text = (installed() / "solutions" / K08).read_text("utf-8")
    stub = (home / K08).read_text("utf-8")
    (home / K08).write_text(text.replace(RIGHT, WRONG), "utf-8")
    assert "mistake   You averaged each row" in typed(home, "torch-katas", "run", K08, code=1)
    assert not (home / "solutions").exists()
    (home / K08).write_text(text, "utf-8")
    assert "Its solution is now in" in typed(home, "pytest", K08)
    assert (home / "solutions" / K08).read_text("utf-8") == text
    assert "7 of 132 functions work, 7 are done." in typed(home, "torch-katas")
    assert "points for k08_broadcasting" in typed(home, "torch-katas", "grade", K08, "--me")
    assert "kept in" in typed(home, "torch-katas", "reset", "k08_broadcasting")
    assert (home / K08).read_text("utf-8") == stub


def test_all_else_is_done_by_one_name(home: Path) -> None:
    """A hint, the doctor, an update where nothing is new, and a class."""
    assert "hint for outer_sum" in typed(home, "torch-katas", "hint", "outer_sum")
    assert "Nothing is to be done" in typed(home, "torch-katas", "doctor")
    typed(home, "torch-katas", "update")
    people = home.parent / "class"
    for person in ("ada", "bob"):
        (people / person).mkdir(parents=True)
        (people / person / K08).write_text(
            (installed() / "solutions" / K08).read_text("utf-8"), "utf-8"
        )
    seen = typed(home.parent, "torch-katas", "grade", "class", "--out", "report")
    assert "ada" in seen and "100" in seen
    assert (home.parent / "report" / "index.html").exists()
    assert "needs a checkout" in typed(home, "torch-katas", "handout", "new", code=2)


def test_the_solutions_in_it_are_right(tmp_path: Path) -> None:
    """The specs, the machinery and the solutions are all there."""
    for path in (installed() / "solutions").glob("*.py"):
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")
    assert "All katas are done, on cpu, sim" in typed(
        tmp_path, "pytest", "--device", "cpu", "--device", "sim", "--examples", "3"
    )
