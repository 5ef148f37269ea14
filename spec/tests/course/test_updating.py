"""torch-katas update: what becomes of the files of a folder."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from spec.course import disk, folder, messages, state, updating
from spec.course.left import Why
from spec.course.state import Refused
from spec.course.updating import update
from spec.harness.files.catalogue import SOLUTIONS, SPEC
from spec.tests.course.folders import BODY, FATES, NEW, OLD, fate, stub, tree, write


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


def test_a_copy_of_the_learner_s_own_is_no_kata(place: Path) -> None:
    """However much it looks like one."""
    (place / "k02_begun_backup.py").write_text(OLD["k02_begun"])
    report = update(place, course=NEW)
    assert (place / "k02_begun_backup.py").read_text() == OLD["k02_begun"]
    assert fate(report) == FATES


def test_of_two_older_names_the_file_that_was_written_in_counts(tmp_path: Path) -> None:
    """The other one goes if nobody wrote in it, and else stays."""
    stubs = {f"k0{n}_walks": OLD["k06_moved"] for n in range(1, 5)}
    folder.made(tmp_path, stubs)
    for number in (2, 4):
        write(tmp_path, f"k0{number}_walks", BODY, f"    return {number}\n")
    report = update(tmp_path, course={"k09_walks": NEW["k09_moved"]})
    assert report.moved == (("k02_walks", "k09_walks"),)
    assert sorted(path.name for path in tmp_path.glob("k*")) == ["k04_walks.py", "k09_walks.py"]
    assert "return 2" in (tmp_path / "k09_walks.py").read_text()
    assert [kept.name for kept in report.kept] == ["k04_walks"]


def test_the_same_words_make_a_kata_the_same(tmp_path: Path) -> None:
    """Whatever its functions are now; the one that was written stays at the end."""
    folder.made(tmp_path, {"k06_moved": OLD["k06_moved"]})
    write(tmp_path, "k06_moved", BODY, "    return 6\n")
    report = update(tmp_path, course={"k09_moved": stub("four", "five")})
    assert report.moved == (("k06_moved", "k09_moved"),)
    assert (tmp_path / "k09_moved.py").read_text().endswith("return 6\n")


def test_what_nobody_has_any_more_is_forgotten(place: Path) -> None:
    """A kata that the course dropped and the learner deleted, and what a killed update left."""
    update(place, course=NEW)
    (place / "k08_gone.py").unlink()
    for where in (place, place / state.HIDDEN, place / state.HIDDEN / "stubs"):
        (where / disk.PART).write_text("half a fi")
    update(place, course=NEW)
    assert not [name for name in tree(place) if "k08_gone" in name or disk.PART in name]


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
