"""No save is lost: files are known by what they are, however they came to be so."""

import os
import shutil
import time
from pathlib import Path

import pytest

from spec.harness.watching.saves import COARSE, Saves

OLD = 1_700_000_000  # seconds since 1970


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two files that were saved long ago."""
    folder = tmp_path / "katas"
    folder.mkdir()
    for name in ("a.py", "b.py"):
        (folder / name).write_text("one\n", encoding="utf-8")
        os.utime(folder / name, (OLD, OLD))
    return folder


@pytest.fixture
def saves(folder: Path) -> Saves:
    """What is watched: the two files, and one that may come."""
    return Saves([folder / "a.py", folder / "b.py", folder / "c.py"])


def names(saves: Saves) -> list[str]:
    """The files saved since the last look."""
    saves.again = 0.0
    return [path.name for path in saves.new()]


def test_what_is_not_saved_is_not_new(saves: Saves, folder: Path) -> None:
    """Nor is it when it is only read, or its neighbour is saved."""
    assert names(saves) == []
    (folder / "a.py").read_text(encoding="utf-8")
    (folder / "notes.md").write_text("…", encoding="utf-8")
    assert names(saves) == []


def test_all_that_was_saved_is_new_once_the_last_one_last(saves: Saves, folder: Path) -> None:
    """Save all, a formatter and git write several at once; a file that comes is among them."""
    for number, name in enumerate(("b.py", "c.py", "a.py")):
        (folder / name).write_text("two\n", encoding="utf-8")
        os.utime(folder / name, (OLD + 9 + number, OLD + 9 + number))
    assert names(saves) == ["b.py", "c.py", "a.py"]
    assert names(saves) == []


def test_a_save_that_changes_nothing_is_one(saves: Saves, folder: Path) -> None:
    """Whoever saves wants an answer."""
    (folder / "a.py").write_text("one\n", encoding="utf-8")
    assert names(saves) == ["a.py"]


def test_a_slow_drive_is_not_kept_busy(saves: Saves, monkeypatch: pytest.MonkeyPatch) -> None:
    """The longer a look takes, the longer is none."""
    looks, at_once = [0.0], Path.stat

    def slow(path: Path) -> os.stat_result:
        looks.append(time.monotonic())
        time.sleep(0.05)
        return at_once(path)

    monkeypatch.setattr(Path, "stat", slow)
    for _ in range(10):
        assert saves.new() == []
    assert len(looks) - 1 == len(saves.paths)


def test_two_saves_within_one_tick_of_the_clock_are_two(saves: Saves, folder: Path) -> None:
    """Some file systems count time in seconds, and a text may keep its length."""
    now = os.stat(folder).st_mtime
    for text in ("two\n", "six\n"):
        (folder / "a.py").write_text(text, encoding="utf-8")
        os.utime(folder / "a.py", (now, now))
        assert names(saves) == ["a.py"], text
    os.utime(folder / "b.py", (now - 2 * COARSE, now - 2 * COARSE))
    assert names(saves) == ["b.py"]


def test_a_file_may_take_the_place_of_another(saves: Saves, folder: Path) -> None:
    """Editors write beside and rename; what comes may be as old and as long as what was there."""
    new = folder / "a.py.new"
    new.write_text("two\n", encoding="utf-8")
    os.utime(new, (OLD, OLD))
    new.replace(folder / "a.py")
    assert names(saves) == ["a.py"]


def test_a_folder_may_take_the_place_of_another(saves: Saves, folder: Path) -> None:
    """It is renamed, deleted and made again, or swapped; what comes back as it was is not new."""
    away = folder.rename(folder.with_name("away"))
    assert names(saves) == []
    shutil.copytree(away, folder)
    assert names(saves) == []
    (folder / "b.py").write_text("two\n", encoding="utf-8")
    assert names(saves) == ["b.py"]

    shutil.rmtree(folder)
    assert names(saves) == []
    away.rename(folder)
    assert names(saves) == ["b.py"]


@pytest.mark.skipif(os.name == "nt", reason="links need a permission on Windows")
def test_the_target_of_a_link_is_looked_at(saves: Saves, folder: Path) -> None:
    """The link itself stays as it is when its target is saved."""
    target = folder.with_name("mine.py")
    (folder / "a.py").rename(target)
    (folder / "a.py").symlink_to(target)
    assert names(saves) == []
    target.write_text("two\n", encoding="utf-8")
    assert names(saves) == ["a.py"]
