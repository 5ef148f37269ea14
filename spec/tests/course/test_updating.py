"""torch-katas update: what becomes of a folder, also where it is interrupted at any moment."""

import os
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from spec.course import disk, folder, messages, state, updating
from spec.course.left import Why
from spec.course.state import Refused
from spec.course.updating import Report, update
from spec.harness.files.catalogue import SOLUTIONS, SPEC


def stub(*names: str, words: str = "Do it.", top: str = "import math\n\n\n") -> str:
    """A small stub with these functions."""
    text = "\n\n\n".join(
        f'def {name}(x):\n    """{words}"""\n    raise NotImplementedError' for name in names
    )
    return f'"""A lesson."""\n\n{top}{text}\n'


OLD = {
    "k01_alone": stub("alone"),
    "k02_begun": stub("first", "second"),
    "k03_words": stub("told"),
    "k04_broken": stub("broken"),
    "k05_mended": stub("mended"),
    "k06_moved": stub("one", "two", "three"),
    "k07_same": stub("same"),
    "k08_gone": stub("gone"),
}
NEW = {
    "k01_alone": stub("alone", words="Do it anew."),
    "k02_begun": stub("second", "third", "first", words="Do it anew."),
    "k03_words": stub("told", words="Do it anew."),
    "k04_broken": stub("broken", words="Do it anew."),
    "k05_mended": stub("mended", words="Do it anew."),
    "k06_inserted": stub("inserted"),
    "k07_same": stub("same"),
    "k09_moved": stub("one", "two", "three", words="Do it anew."),
}
BODY = "    raise NotImplementedError\n"


def write(place: Path, name: str, old: str, new: str) -> None:
    """The learner exchanges one text for another in a file."""
    path = place / f"{name}.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def tree(place: Path) -> dict[str, bytes]:
    """All files of a folder."""
    files = (path for path in place.rglob("*") if path.is_file())
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with work half done, in which all that can happen to a kata happens."""
    where = tmp_path / "mine"
    folder.made(where, OLD)
    write(where, "k05_mended", "def mended", "def (mended")
    update(where, course={**OLD, "k05_mended": stub("mended", words="In between.")})
    write(where, "k05_mended", "def (mended", "def mended")
    write(where, "k02_begun", BODY, "    y = x + 1  # mine\n    return y\n")
    write(where, "k03_words", "Do it.", "Do it.\n    My words.\n    ")
    write(where, "k03_words", BODY, "    return 3\n")
    write(where, "k04_broken", BODY, "    return (\n")
    write(where, "k05_mended", BODY, "    return 5\n")
    write(where, "k06_moved", BODY, "    return 6\n")
    write(where, "k06_moved", "Do it.", "Do it.\n    Moved.\n    ")
    write(where, "k08_gone", BODY, "    return 8\n")
    return where


def fate(report: Report) -> dict[str, tuple[str, ...]]:
    """The names in a report."""
    return {
        "added": report.added,
        "refreshed": report.refreshed,
        "carried": report.carried,
        "kept": tuple(each.name for each in report.kept),
        "unchanged": report.unchanged,
    }


FATES = {
    "added": ("k06_inserted",),
    "refreshed": ("k01_alone",),
    "carried": ("k02_begun", "k03_words", "k05_mended", "k09_moved"),
    "kept": ("k08_gone", "k03_words", "k04_broken", "k09_moved"),
    "unchanged": ("k07_same",),
}


def test_each_file_has_its_fate(place: Path) -> None:
    """New, refreshed, carried, kept with a copy or beside a stub, moved, gone, or as it was."""
    broken = (place / "k04_broken.py").read_bytes()
    report = update(place, course=NEW)
    assert fate(report) == FATES
    assert report.moved == (("k06_moved", "k09_moved"),)
    files = {name: content.decode() for name, content in tree(place).items()}
    assert files["k01_alone.py"] == NEW["k01_alone"]
    assert "y = x + 1  # mine\n    return y" in files["k02_begun.py"]
    assert files["k02_begun.py"].count("Do it anew.") == 3
    assert "My words." in files["k03_words.py.old"]
    assert files["k04_broken.py"] == broken.decode()
    assert files["k04_broken.py.new"] == NEW["k04_broken"]
    assert "return 5" in files["k05_mended.py"]
    assert "k05_mended.py.new" not in files
    assert "return 6" in files["k09_moved.py"]
    assert "Moved." in files["k06_moved.py.old"]
    assert "k06_moved.py" not in files
    assert "return 8" in files["k08_gone.py"]
    kept = {each.name: each for each in report.kept}
    assert kept["k03_words"].copy == place / "k03_words.py.old"
    assert kept["k04_broken"].beside == place / "k04_broken.py.new"


def test_a_dry_run_writes_nothing_and_says_the_same(place: Path) -> None:
    """What it tells is what is done then."""
    before = tree(place)
    told = update(place, dry_run=True, course=NEW)
    assert tree(place) == before
    done = update(place, course=NEW)
    assert fate(told) == fate(done) == FATES
    said, after = messages.updated(told), messages.updated(done)
    assert said == f"{messages.DRY}\n{after}"


def test_a_second_update_changes_nothing(place: Path) -> None:
    """And says only what is so still."""
    update(place, course=NEW)
    before = {path: path.stat().st_mtime_ns for path in place.rglob("*")}
    report = update(place, course=NEW)
    assert {path: path.stat().st_mtime_ns for path in place.rglob("*")} == before
    assert fate(report)["kept"] == ("k08_gone", "k04_broken")
    assert not (report.added or report.refreshed or report.carried or report.moved)


class Killed(BaseException):
    """The process is no more."""


class Dying(SimpleNamespace):
    """The module os until one of its deeds, which is half done or not at all."""

    def __init__(self, last: int) -> None:
        super().__init__(count=0, names=[])
        for name in ("open", "write", "fsync", "replace", "unlink", "makedirs", "chmod"):
            setattr(self, name, self._deed(name, last))

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def _deed(self, name: str, last: int) -> Any:
        def deed(*words: Any, **options: Any) -> Any:
            self.names.append(name)
            if self.count == last:
                if name == "write":
                    os.write(words[0], words[1][: len(words[1]) // 2])
                raise Killed
            self.count += 1
            return getattr(os, name)(*words, **options)

        return deed


@pytest.mark.parametrize("stride", [11, pytest.param(1, marks=pytest.mark.slow)])
def test_an_update_that_is_killed_anywhere_can_be_repeated(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stride: int
) -> None:
    """It ends the same, tells the same, and at the moment of death all lines are there."""
    mine = ["# mine", "My words.", "return (", "return 5", "return 6", "Moved.", "return 8"]
    shutil.copytree(place, tmp_path / "whole")
    whole = update(tmp_path / "whole", course=NEW)
    number, died = 0, True
    while died:
        where = tmp_path / f"dead{number}"
        shutil.copytree(place, where)
        monkeypatch.setattr(disk, "os", Dying(number))
        try:
            update(where, course=NEW)
            died = False
        except Killed:
            there = b"\n".join(v for name, v in tree(where).items() if state.HIDDEN not in name)
            assert not [line for line in mine if line.encode() not in there], number
        monkeypatch.setattr(disk, "os", os)
        report = update(where, course=NEW) if died else whole
        assert tree(where) == tree(tmp_path / "whole"), number
        told = {(kept.name, kept.copy and kept.copy.name) for kept in report.kept}
        assert told == {(kept.name, kept.copy and kept.copy.name) for kept in whole.kept}, number
        shutil.rmtree(where)
        number += stride
    assert number > 60


def test_a_file_is_on_the_disk_before_it_takes_its_place(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever happens to the machine, there is the old file or the new one."""
    seen = Dying(-1)
    monkeypatch.setattr(disk, "os", seen)
    update(place, course=NEW)
    replaced = [n for n, name in enumerate(seen.names) if name == "replace"]
    assert len(replaced) > 10
    for number in replaced:
        before = [name for name in seen.names[:number] if name not in ("chmod", "makedirs")]
        assert before[-3:] == ["open", "write", "fsync"]


def test_what_an_interrupted_update_wrote_may_be_worked_on(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The learner goes on with a file before the update is repeated."""
    monkeypatch.setattr(disk, "os", Dying(40))
    with pytest.raises(Killed):
        update(place, course=NEW)
    monkeypatch.setattr(disk, "os", os)
    write(place, "k02_begun", "# mine", "# mine\n    # later")
    update(place, course=NEW)
    assert "# mine\n    # later\n    return y" in (place / "k02_begun.py").read_text()


def test_a_folder_that_remembers_nothing_is_updated_too(place: Path) -> None:
    """As one that came from git: what is not started is refreshed, the rest carried."""
    shutil.rmtree(place / state.HIDDEN)
    report = update(place, course=NEW)
    assert (place / "k01_alone.py").read_text() == NEW["k01_alone"]
    assert "return y" in (place / "k02_begun.py").read_text()
    assert "return 6" in (place / "k09_moved.py").read_text()
    assert "My words." in (place / "k03_words.py.old").read_text()
    whys = {left.why for kept in report.kept for left in kept.left}
    assert whys == {Why.BROKEN, Why.UNKNOWN, Why.GONE} - {Why.GONE}
    assert update(place, course=NEW).carried == ()


def test_copies_are_never_overwritten(place: Path) -> None:
    """The next copy has the next name, and one that is there already serves again."""
    (place / "k03_words.py.old").write_text("of an earlier day\n")
    report = update(place, course=NEW)
    assert (place / "k03_words.py.old").read_text() == "of an earlier day\n"
    assert next(k.copy for k in report.kept if k.name == "k03_words") == place / "k03_words.py.old2"


def test_a_stub_beside_a_file_is_the_learner_s_once_touched(place: Path) -> None:
    """Then the next one has another name; an untouched one follows the course."""
    update(place, course=NEW)
    later = {**NEW, "k04_broken": stub("broken", words="Later.")}
    update(place, course=later)
    assert (place / "k04_broken.py.new").read_text() == later["k04_broken"]
    (place / "k04_broken.py.new").write_text("mine\n")
    last = {**NEW, "k04_broken": stub("broken", words="Last.")}
    update(place, course=last)
    assert (place / "k04_broken.py.new").read_text() == "mine\n"
    assert (place / "k04_broken.py.new2").read_text() == last["k04_broken"]
    write(place, "k04_broken", "(\n", "4\n")
    update(place, course=last)
    assert "Last." in (place / "k04_broken.py").read_text()
    assert [path.name for path in place.glob("*.new*")] == ["k04_broken.py.new"]


def test_both_files_of_a_kata_with_two_names_stay(place: Path) -> None:
    """Nobody can say which of them counts."""
    (place / "k09_moved.py").write_text("def one(x):\n    return 'mine too'\n")
    report = update(place, course=NEW)
    assert (place / "k06_moved.py").exists()
    assert "mine too" in (place / "k09_moved.py").read_text()
    assert Why.TWO in {left.why for kept in report.kept for left in kept.left}


def test_a_kata_is_known_by_its_functions_where_its_words_changed(tmp_path: Path) -> None:
    """Half of the functions of both."""
    folder.made(tmp_path, {"k06_walks": OLD["k06_moved"]})
    write(tmp_path, "k06_walks", BODY, "    return 6\n")
    report = update(tmp_path, course={"k07_paths": stub("one", "two", "four")})
    assert report.moved == (("k06_walks", "k07_paths"),)
    assert "return 6" in (tmp_path / "k07_paths.py").read_text()


def test_ends_of_lines_marks_and_rights_stay(tmp_path: Path) -> None:
    """A file is written as its editor writes it; an untouched one with other ends is untouched."""
    folder.made(tmp_path, OLD)
    begun, alone = tmp_path / "k02_begun.py", tmp_path / "k01_alone.py"
    text = OLD["k02_begun"].replace(BODY, "    return 'ä'\n", 1).replace("\n", "\r\n")
    begun.write_bytes(b"\xef\xbb\xbf" + text.encode())
    begun.chmod(0o640)
    alone.write_bytes(OLD["k01_alone"].replace("\n", "\r\n").encode())
    report = update(tmp_path, course=NEW)
    assert "k01_alone" in report.refreshed
    assert [kept.name for kept in report.kept] == ["k08_gone"]
    raw = begun.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and b"return '\xc3\xa4'\r\n" in raw
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert begun.stat().st_mode & 0o777 == 0o640


def test_another_coding_becomes_utf_8(tmp_path: Path) -> None:
    """The line that named it goes, into the copy."""
    folder.made(tmp_path, OLD)
    text = "# coding: latin-1\n" + OLD["k02_begun"].replace(BODY, "    return 'ä'\n", 1)
    (tmp_path / "k02_begun.py").write_bytes(text.encode("latin-1"))
    report = update(tmp_path, course=NEW)
    now = (tmp_path / "k02_begun.py").read_text(encoding="utf-8")
    assert "return 'ä'" in now and "latin-1" not in now
    assert (tmp_path / "k02_begun.py.old").read_bytes() == text.encode("latin-1")
    assert "coding: latin-1" in messages.updated(report)


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"# coding: nonsense\n", b"x = '\x00'\n"])
def test_what_is_no_text_stays(tmp_path: Path, raw: bytes) -> None:
    """The stub lies beside it."""
    folder.made(tmp_path, OLD)
    (tmp_path / "k02_begun.py").write_bytes(raw)
    update(tmp_path, course=NEW)
    assert (tmp_path / "k02_begun.py").read_bytes() == raw
    assert (tmp_path / "k02_begun.py.new").read_text() == NEW["k02_begun"]


def test_a_file_that_is_saved_meanwhile_is_left_alone(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was planned for it is no longer true."""
    versioned, later = state.note, "def first(x):\n    return 'just now'\n"

    def note(*words: Any) -> Any:
        (place / "k02_begun.py").write_text(later)
        return versioned(*words)

    monkeypatch.setattr(state, "note", note)
    report = update(place, course=NEW)
    assert (place / "k02_begun.py").read_text() == later
    assert Why.BUSY in {left.why for kept in report.kept for left in kept.left}
    assert "k02_begun" not in report.carried


def test_a_kata_that_can_t_be_read_harms_no_other(place: Path) -> None:
    """A folder of its name, say."""
    (place / "k01_alone.py").unlink()
    (place / "k01_alone.py").mkdir()
    report = update(place, course=NEW)
    assert "k02_begun" in report.carried
    assert Why.UNREADABLE in {left.why for kept in report.kept for left in kept.left}


def test_what_is_handed_out_beside_the_katas_follows_unless_touched(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """README.md and the like; what was deleted stays away."""
    (place / ".gitignore").unlink()
    settings = place / ".vscode" / "settings.json"
    settings.write_text("{}")
    monkeypatch.setattr(updating, "templates", lambda: dict.fromkeys(folder.templates(), "new\n"))
    report = update(place, course=NEW)
    assert (place / "README.md").read_text() == "new\n"
    assert "README.md" in report.refreshed
    assert settings.read_text() == "{}"
    assert not (place / ".gitignore").exists()


@pytest.mark.parametrize("where", ["nowhere", "a.txt", ".", str(SOLUTIONS), str(SPEC)])
def test_a_folder_without_katas_is_refused(tmp_path: Path, where: str) -> None:
    """A folder that isn't there, a file, one without katas, and where the answers are."""
    (tmp_path / "a.txt").write_text("")
    with pytest.raises(Refused):
        update(tmp_path / where, course=NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_of_a_newer_kind_is_refused(place: Path) -> None:
    """It is laid out in a way that nobody here knows."""
    (place / state.HIDDEN / "version").write_text("2\n")
    before = tree(place)
    with pytest.raises(Refused, match="newer"):
        update(place, course=NEW)
    assert tree(place) == before
