"""Zip files, as platforms and people make them: whole, without harm, and each person's own."""

import zipfile
from pathlib import Path
from typing import Any

import pytest

from spec.grading.intake import places, submissions
from spec.tests.grading.test_intake import K08, K09, class_of, people, zipped


def test_times_are_those_of_the_outermost_zip_file(tmp_path: Path) -> None:
    """A platform's own come before those of a person's clock; the first year says nothing."""
    inner = zipped(tmp_path / "hw.zip", f"{K08}.py", when=(2020, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for person in ("Anna_1", "Bob_2"):
            entry = zipfile.ZipInfo(
                f"{person}_assignsubmission_file/hw.zip", (2026, 11, 30, 21, 5, 0)
            )
            archive.writestr(entry, inner)
    found = submissions.find(tmp_path / "all.zip")
    assert [(each.person, each.time) for each in found.people] == [
        ("Anna", "2026-11-30 21:05"),
        ("Bob", "2026-11-30 21:05"),
    ]
    for when in ((1980, 1, 1, 0, 0, 0), (2026, 0, 31, 31, 63, 62)):
        zipped(tmp_path / "old.zip", f"{K08}.py", when=when)
        assert submissions.alone(tmp_path / "old.zip").time == ""


def test_a_download_is_taken_as_it_comes(tmp_path: Path) -> None:
    """A zip file is its own folder; one kata is one person's; what is broken is said."""
    zipped(tmp_path / "class.zip", f"anna/{K08}.py", f"bob/{K08}.py")
    assert people(submissions.find(tmp_path / "class.zip")) == {"anna": [K08], "bob": [K08]}
    (tmp_path / f"{K08}.py").write_text("right")
    assert submissions.alone(tmp_path / f"{K08}.py").files == {K08: b"right"}
    (tmp_path / "broken.zip").write_bytes(b"PK nothing")
    assert "broken.zip" in submissions.alone(tmp_path / "broken.zip").ignored


def test_nothing_of_a_zip_file_is_kept_open_or_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or a class of a thousand would run out of files, and a bomb within a bomb out of memory."""
    inner = zipped(tmp_path / "inner.zip", f"{K08}.py")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.zip", inner)
        archive.writestr("b/c.zip", bytes(places.LARGEST_ZIP + 1))
    opened: list[zipfile.ZipFile] = []
    honest = zipfile.ZipFile.__init__

    def noted(self: zipfile.ZipFile, *arguments: Any, **named: Any) -> None:
        honest(self, *arguments, **named)
        opened.append(self)

    monkeypatch.setattr(zipfile.ZipFile, "__init__", noted)
    found = submissions.alone(tmp_path / "outer.zip")
    assert found.files == {K08: b"right"}
    assert found.ignored == {"b/c.zip": places.TOO_LARGE_ZIP}
    assert len(opened) == 4 and all(archive.fp is None for archive in opened)


def test_files_that_cant_be_read_try_nobodys_patience(tmp_path: Path) -> None:
    """After fifty of somebody's no more are tried."""
    with zipfile.ZipFile(tmp_path / "eve.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(submissions.PATIENCE + 2):
            archive.writestr(f"{number:03}/{K08}.py", bytes(places.LARGEST + 1))
    why = list(submissions.alone(tmp_path / "eve.zip").ignored.values())
    assert why.count(places.TOO_LARGE) == submissions.PATIENCE
    assert why.count(submissions.NOT_TRIED.format(number=submissions.PATIENCE)) == 2


def test_nobody_hands_in_anothers_name(tmp_path: Path) -> None:
    """Metadata within what one of several people handed in are no export's."""
    class_of(tmp_path, f"anna/{K08}.py", f"eve/one/{K08}.py", f"eve/two/{K08}.py")
    (tmp_path / "eve" / "submission_metadata.yml").write_text(
        "one:\n  :submitters:\n  - :name: anna\n"
    )
    found = submissions.find(tmp_path)
    assert [each.submitters[0].name for each in found.people].count("anna") == 1


def test_zips_as_they_come(tmp_path: Path) -> None:
    """Backslashes, capitals, what a Mac adds, zips in folders, and a zip of a whole class."""
    with zipfile.ZipFile(tmp_path / "anna.ZIP", "w") as archive:
        archive.writestr(f"katas\\{K08}.py", "right")
        archive.writestr(f"__MACOSX/katas/._{K08}.py", "junk")
        archive.writestr(f"__MACOSX/{K08}.py", "junk")
    (tmp_path / "bob").mkdir()
    with zipfile.ZipFile(tmp_path / "bob" / "hw.zip", "w") as archive:
        archive.writestr(f"{K08} (1).py", "copy")
        archive.writestr(f"{K08}.py", "right")
        archive.writestr(f"../../{K09}.py", "up")
    intake = submissions.find(tmp_path)
    assert people(intake) == {"anna": [K08], "bob": [K08, K09]}
    assert all(each.files[K08] == b"right" for each in intake.people)
    whole = tmp_path / "other"
    whole.mkdir()
    with zipfile.ZipFile(whole / "download.zip", "w") as archive:
        for person in ("Eve_1", "Max_2"):
            archive.writestr(f"{person}_assignsubmission_file_/{K08}.py", "right")
    assert people(submissions.find(whole)) == {"Eve": [K08], "Max": [K08]}


def test_a_project_with_a_large_environment_is_read_whole(tmp_path: Path) -> None:
    """What tools leave behind is left out before anything is counted."""
    with zipfile.ZipFile(tmp_path / "anna.zip", "w") as archive:
        for number in range(21_000):
            archive.writestr(f".venv/lib/{number}.py", "")
        archive.writestr(f"katas/{K08}.py", "right")
    (anna,) = submissions.find(tmp_path).people
    assert anna.files == {K08: b"right"}
    assert not anna.ignored
