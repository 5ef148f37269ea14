"""torch-katas init: a folder of one's own."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from spec.course import folder, messages, state, updating
from spec.course.state import Refused
from spec.harness import language
from spec.harness.files.catalogue import KATAS, ROOT, SOLUTIONS, katas
from spec.tests.inner import run

K08 = "k08_broadcasting.py"
CODE = """
import sys
from pathlib import Path
from spec.course import folder, messages, updating
place = Path(sys.argv[1])
print(messages.made(folder.made(place)))
print(messages.updated(updating.update(place)))
print("loaded", *sorted({"torch", "pytest", "numpy", "rich"} & set(sys.modules)))
"""


def test_a_folder_speaks_the_language_it_was_made_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stubs, README, updates and earned solutions too, whatever the system's language is."""
    for name in (language.VARIABLE, *language.OF_THE_SYSTEM):
        monkeypatch.delenv(name, raising=False)
    place = tmp_path / "mine"
    with language.chosen("ru"):
        folder.made(place)
    assert "Вычесть из каждого столбца" in (place / K08).read_text("utf-8")
    shutil.copy(SOLUTIONS / K08, place)
    monkeypatch.chdir(place)
    with language.chosen():
        assert language.spoken() == "ru"
        report = updating.update(place)
    assert not (report.refreshed or report.kept), report
    seen = run(place, K08, "--device=cpu").output
    assert "готов" in seen and "solutions/" in seen
    earned = (place / "solutions" / K08).read_text("utf-8")
    assert "Вычесть из каждого столбца" in earned and "a[:, None] + b[None, :]" in earned


def test_a_folder_gets_all_that_one_needs_and_nothing_heavy_is_loaded(tmp_path: Path) -> None:
    """The stubs at its top; an update right after has nothing to do."""
    place = tmp_path / "mine"
    seen = subprocess.run(
        [sys.executable, "-c", CODE, str(place)], cwd=ROOT, capture_output=True, text=True
    )
    assert seen.stdout.splitlines()[1:] == [messages.NOTHING, "loaded"], seen.stderr
    stubs = {f"{kata.name}.py" for kata in katas()}
    there = {path.name for path in place.iterdir()}
    assert there == {*stubs, "README.md", ".gitignore", ".vscode", state.HIDDEN}
    for name in stubs:
        assert (place / name).read_bytes() == (KATAS / name).read_bytes()
    assert json.loads((place / ".vscode" / "settings.json").read_text())
    assert state.version(place) == state.VERSION


def test_pytest_runs_the_folder_s_katas(tmp_path: Path) -> None:
    """Without a word more, and not what is remembered of them."""
    folder.made(tmp_path, {"k08_broadcasting": (KATAS / K08).read_text(encoding="utf-8")})
    seen = run(tmp_path, "--co", "-q")
    assert "k08_broadcasting.py::" in seen.output
    assert state.HIDDEN not in seen.output


def test_what_is_there_stays(tmp_path: Path) -> None:
    """Katas and other files, and the rest is added; it is said which."""
    (tmp_path / K08).write_text("mine\n")
    (tmp_path / "README.md").write_text("mine\n")
    result = folder.made(tmp_path)
    assert (tmp_path / K08).read_text() == (tmp_path / "README.md").read_text() == "mine\n"
    assert result.stayed == (K08, "README.md")
    assert len(result.written) == len(katas()) - 1 + 2
    assert f"{K08}, README.md" in messages.made(result)
    assert state.Memory(tmp_path).handed_out(K08) is None
    assert folder.made(tmp_path).written == ()


@pytest.mark.parametrize("where", ["a.txt", str(ROOT / "spec"), str(ROOT / "solutions")])
def test_no_folder_is_made_where_none_can_be(tmp_path: Path, where: str) -> None:
    """In the place of a file, or where the course itself lies."""
    (tmp_path / "a.txt").write_text("mine\n")
    with pytest.raises(Refused):
        folder.made(tmp_path / where)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_the_rules_are_those_of_every_kata() -> None:
    """The same words as in the README of the course, to which each kata points."""
    ours = (ROOT / "README.md").read_text(encoding="utf-8")
    rules = ours.partition("unless its docstring says otherwise:\n\n")[2].partition("\n\n")[0]
    assert rules.count("\n- ") == 5
    assert rules in folder.templates()["README.md"]


def test_settings_are_those_of_the_checkout() -> None:
    """With this folder in the place of katas/."""
    ours = json.loads((ROOT / ".vscode" / "settings.json").read_text())
    theirs = json.loads(folder.SETTINGS)
    assert theirs == {**ours, "python.testing.pytestArgs": ["."]}
