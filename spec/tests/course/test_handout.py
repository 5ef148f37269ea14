"""A copy of the course for learners: it runs, names mistakes, and no answer lies open in it."""

import ast
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from spec.course import handing
from spec.course.handing import Handout
from spec.course.state import Refused
from spec.harness.files import catalogue
from spec.harness.files.catalogue import SOLUTIONS
from spec.harness.files.sources import promised, read

K08, K09 = "k08_broadcasting", "k09_cat_stack"
WRONG = "matrix - matrix.mean(dim=1, keepdim=True)"


def pytest_in(folder: Path, *arguments: str) -> str:
    """What pytest says in a folder, in a process of its own."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--device=cpu"]
    ended = subprocess.run([*command, *arguments], cwd=folder, capture_output=True, text=True)
    return ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def handout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two katas, handed out."""
    place = tmp_path_factory.mktemp("handout") / "course"
    (said,) = handing.made(Handout(place, (K08, K09)))
    assert "2 katas" in said and "out of sight,\nnot secret" in said
    return place


def test_no_answer_lies_open(handout: Path) -> None:
    """Neither solutions nor right or wrong answers; and nothing of other katas."""
    open_ones = [path for path in handout.rglob("*") if path.is_file()]
    texts = {path: path.read_text("utf-8") for path in open_ones if path.name != "answers.zip"}
    for kata in map(catalogue.named, (K08, K09)):
        bodies = [ast.unparse(ast.Module(node.body[1:], [])) for node in promised(kata).values()]
        assert bodies and all(bodies)
        for path, text in texts.items():
            tree = text if path.suffix != ".py" else ast.unparse(ast.parse(text))
            assert not [body for body in bodies if "\n" in body and body in tree], path
        assert read(kata.wrong) not in texts.values()
    assert {path.stem for path in open_ones if path.stem.startswith("k0")} == {K08, K09}
    assert not [path for path in open_ones if {"wrong", "right", "solutions"} & set(path.parts)]


def test_it_names_mistakes_and_a_solution_is_earned(handout: Path) -> None:
    """As in a checkout, but that the solution was not there before."""
    text = (SOLUTIONS / f"{K08}.py").read_text("utf-8")
    mine = handout / "katas" / f"{K08}.py"
    stub = mine.read_text("utf-8")
    mine.write_text(text.replace("matrix - matrix.mean(dim=0)", WRONG), "utf-8")
    seen = pytest_in(handout, "katas")
    assert "mistake   You averaged each row" in seen and "7 of" not in seen
    assert not (handout / "solutions").exists()
    mine.write_text(text, "utf-8")
    seen = pytest_in(handout, "katas")
    assert f"Its solution is now in solutions/{K08}.py" in seen
    assert "7 of 14 functions work, 7 are done" in seen
    assert "kept in" in pytest_in(handout, f"katas/{K08}.py", "--reset")
    assert mine.read_text("utf-8") == stub


def test_what_is_listed_for_installing_is_there(handout: Path) -> None:
    """pip finds every package that pyproject.toml names."""
    settings = tomllib.loads((handout / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    places = settings["package-dir"]
    for name in settings["packages"]:
        inner = Path("spec", *name.split(".")[1:])
        assert (handout / places.get(name, inner)).is_dir(), name
    assert "*.zip" in settings["package-data"]["*"]
    assert "For instructors" not in (handout / "README.md").read_text("utf-8")
    in_russian = (handout / "README.ru.md").read_text("utf-8")
    assert "\n## Маршрут\n" in in_russian and "## Преподавателям" not in in_russian


def test_mistakes_may_be_left_out(tmp_path: Path) -> None:
    """And it may be one file."""
    place = tmp_path / "course.zip"
    said = list(handing.made(Handout(place, (K08,), mistakes=False)))
    assert handing.WITHOUT_MISTAKES in said and "one kata" in said[0]
    with zipfile.ZipFile(place) as course:
        assert f"course/katas/{K08}.py" in course.namelist()
        course.extractall(tmp_path)
    mine = tmp_path / "course" / "katas" / f"{K08}.py"
    text = (SOLUTIONS / f"{K08}.py").read_text("utf-8")
    mine.write_text(text.replace("matrix - matrix.mean(dim=0)", WRONG), "utf-8")
    seen = pytest_in(tmp_path / "course", "katas", "-k", "center_columns")
    assert "mistake " not in seen and "problem " in seen


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Handout(Path("new"), ("k99_magic",)), "k99_magic is no kata; there are: k01_creation"),
        (Handout(Path("full")), "there is something already. Name a new folder."),
        (Handout(Path("file.zip")), "there is something already. Name a new folder."),
    ],
)
def test_what_can_not_be_made_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: Handout, said: str
) -> None:
    """And what was there stays as it was."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "file.zip").write_text("mine")
    with pytest.raises(Refused, match=said):
        list(handing.made(wanted))
    assert not (tmp_path / "new").exists()
    assert (tmp_path / "full" / "mine.txt").read_text() == "mine"
