"""An update that is interrupted: at any moment all is there, and it can be repeated."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from spec.course import disk, folder, state
from spec.course.updating import update
from spec.tests.course.folders import NEW, stub, tree, write


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


def test_what_a_killed_update_carried_is_known_when_it_is_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second copy of a stub is the learner's, and not taken for what was handed out."""
    for number in range(40):
        where = tmp_path / str(number)
        folder.made(where, {"k01_twice": stub("twice")})
        text = (where / "k01_twice.py").read_text()
        (where / "k01_twice.py").write_text(text + text[text.index("def twice") :])
        monkeypatch.setattr(disk, "os", Dying(number))
        with suppress(Killed):
            update(where, course={"k01_twice": stub("thrice")})
        monkeypatch.setattr(disk, "os", os)
        update(where, course={"k01_twice": stub("thrice")})
        assert (where / "k01_twice.py").read_text().count("def twice") == 1, number


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
