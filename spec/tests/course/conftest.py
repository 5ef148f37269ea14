"""A disk that does not keep one waiting, and a folder with work half done."""

import os
from pathlib import Path

import pytest

from spec.course import folder
from spec.course.updating import update
from spec.tests.course.folders import BODY, OLD, stub, write


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here outlasts the machine."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


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
