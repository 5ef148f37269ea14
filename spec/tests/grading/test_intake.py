"""Nobody is lost on the way in: names, zips and folders as platforms and people write them."""

import os
import time
import zipfile
from pathlib import Path

import pytest

from spec.grading.intake import names, places, submissions
from spec.grading.intake.names import IdKind, owner_of
from spec.grading.intake.submissions import Intake

K08, K09 = "k08_broadcasting", "k09_cat_stack"


def class_of(folder: Path, *paths: str) -> Intake:
    """What is taken in of a folder with these files."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(f"# {path}\n", encoding="utf-8")
    return submissions.find(folder)


def people(intake: Intake) -> dict[str, list[str]]:
    """Each person's katas."""
    return {each.person: sorted(each.files) for each in intake.people}


def zipped(path: Path, *names: str, when: tuple[int, ...] = (2026, 11, 30, 21, 5, 0)) -> bytes:
    """A zip file with these files in it, all of one time."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name, when), "right")  # type: ignore[arg-type]
    return path.read_bytes()


@pytest.mark.parametrize(
    ("name", "person"),
    [
        (f"anna__{K08}.py", "anna"),
        (f"Anna Petrova_12345_assignsubmission_file_{K08}.py", "Anna Petrova"),
        (f"petrovanna_12_3456_{K08}.py", "petrovanna"),
        (f"petrovanna_LATE_12_3456_{K08}-1.py", "petrovanna"),
        (f"ivan_{K08}.py", "ivan"),
        ("max__K08_Broadcasting.py", "max"),
        (f"zoe__{K08}-1.py", "zoe"),
        (f"zoe__{K08} (1).py", "zoe"),
        (f"Анна - {K08} — copy.py".replace(" — ", " "), "Анна"),
    ],
)
def test_a_file_with_a_name_around_the_katas_is_that_persons(
    name: str, person: str, tmp_path: Path
) -> None:
    """README's form, Moodle's, Canvas's, and what people make up."""
    intake = class_of(tmp_path, name, f"other__{K08}.py")
    assert people(intake) == {person: [K08], "other": [K08]}
    assert not intake.strays


def test_the_same_name_twice_is_two_people(tmp_path: Path) -> None:
    """Moodle's numbers tell them apart."""
    names = [f"Li Wei_{number}_assignsubmission_file_{K08}.py" for number in (1, 2)]
    more = f"Li Wei_1_assignsubmission_file_{K09}.py"
    assert people(class_of(tmp_path, *names, more)) == {"Li Wei": [K08, K09], "Li Wei (2)": [K08]}


def test_all_that_a_platform_has_of_somebody_is_one_persons(tmp_path: Path) -> None:
    """Several files, zips and folders, those that can't be read, and those that are no katas."""
    moodle, canvas = tmp_path / "moodle", tmp_path / "canvas"
    texts = "Anna P_1_assignsubmission_onlinetext/onlinetext.html"
    found = class_of(moodle, f"Anna P_1_assignsubmission_file/{K08}.py", texts)
    assert people(found) == {"Anna P": [K08]}
    assert list(found.people[0].ignored) == [texts]
    canvas.mkdir()
    zipped(canvas / "pannaann_1_11_hw.zip", f"{K09}.py")
    (canvas / "pannaann_1_12_more.zip").write_bytes(b"PK")
    (canvas / "smithbob_LATE_2_13_notes.ipynb").write_text("{}")
    found = class_of(canvas, f"pannaann_1_10_{K08}.py")
    anna, bob = found.people
    assert (set(anna.files), list(anna.ignored)) == ({K08, K09}, ["pannaann_1_12_more.zip"])
    assert (bob.person, bob.files, bob.late) == ("smithbob", {}, True)
    assert bob.submitters[0].ids == ((IdKind.CANVAS, "2"),)
    assert not found.strays


def test_moodles_folders_and_gradescopes_export(tmp_path: Path) -> None:
    """Folders are named for people by a platform's rules, or by what lies beside them."""
    moodle, gradescope = tmp_path / "moodle", tmp_path / "gradescope"
    folder = "Anna Petrova_12345_assignsubmission_file_"
    assert people(class_of(moodle, f"{folder}/{K08}.py")) == {"Anna Petrova": [K08]}
    export = "assignment_9_export"
    files = [f"{export}/submission_{number}/{K08}.py" for number in (1, 2)]
    class_of(gradescope, *files)
    (gradescope / export / "submission_metadata.yml").write_text(
        "submission_1:\n  :submitters:\n  - :name: Anna\n    :sid: '1'\n    :email: a@x.edu\n"
        "  :created_at: 2026-11-30 20:12:22.180432000 Z\n  :score: 1.0\n"
        "  :history:\n  - :id: 7\n    :created_at: 2026-10-01 10:00:00.000000000 Z\n"
        "submission_2:\n  :submitters:\n  - :name: Bob\n  - :name: Eve\n"
        "  :created_at: !ruby/object:ActiveSupport::TimeWithZone\n"
        "    utc: &1 2026-11-30 21:00:00.000000000 Z\n"
    )
    anna, pair = submissions.find(gradescope).people
    assert (anna.person, list(anna.files), anna.time) == ("Anna", [K08], "2026-11-30 20:12 UTC")
    assert anna.submitters[0].ids == ((IdKind.STUDENT, "1"), (IdKind.EMAIL, "a@x.edu"))
    assert (pair.person, list(pair.files)) == ("Bob, Eve", [K08])
    assert pair.time == "2026-11-30 21:00 UTC"
    assert [each.name for each in pair.submitters] == ["Bob", "Eve"]


def test_ids_and_times_come_from_the_names_that_platforms_write() -> None:
    """A number of one platform is nobody's number of another."""
    moodle = owner_of("Anna Petrova_12_assignsubmission_file_")
    assert (moodle.person, moodle.ids) == ("Anna Petrova", ((IdKind.PARTICIPANT, "12"),))
    canvas = owner_of("petrovaanna_LATE_34_56")
    assert (canvas.person, canvas.ids) == ("petrovaanna", ((IdKind.CANVAS, "34"),))
    assert canvas.late and not moodle.late
    blackboard = owner_of("HW 1_apetrova_attempt_2026-11-30-23-59-07")
    assert (blackboard.person, blackboard.time) == ("apetrova", "2026-11-30 23:59")
    brightspace = owner_of("123-456 - Anna Petrova - Nov 30, 2026 1159 PM")
    assert (brightspace.person, brightspace.time) == ("Anna Petrova", "2026-11-30 23:59")
    assert owner_of("anna").ids == () and owner_of("anna").time == ""


def test_one_folder_too_high_is_still_several_people(tmp_path: Path) -> None:
    """Siblings that hold the same kata are several; one person's folders are not."""
    intake = class_of(tmp_path / "a", f"hw1/anna/{K08}.py", f"hw1/ivan/deep/{K08}.py")
    assert people(intake) == {"anna": [K08], "ivan": [K08]}
    one = class_of(tmp_path / "b", f"anna/old/{K08}.py", f"anna/new/{K08}.py", f"bob/{K08}.py")
    assert people(one) == {"anna": [K08], "bob": [K08]}


def test_a_handout_beside_the_people_is_named_and_nobodys(tmp_path: Path) -> None:
    """It does not make one person of all."""
    intake = class_of(tmp_path, f"{K08}.py", f"anna/{K08}.py", f"ivan/{K08}.py")
    assert people(intake) == {"anna": [K08], "ivan": [K08]}
    assert list(intake.strays) == [f"{K08}.py"]


def test_of_a_folder_of_ones_own_what_was_written_counts(tmp_path: Path) -> None:
    """Solutions that appeared in it, and what torch-katas keeps there, are passed over."""
    earned = [f"anna/solutions/{K08}.py", f"anna/solutions/another_way/{K08}.py"]
    kept = f"anna/.torch-katas/stubs/{K08}.py"
    (person,) = class_of(tmp_path, f"anna/{K08}.py", *earned, kept).people
    assert (person.files, person.ignored) == ({K08: f"# anna/{K08}.py\n".encode()}, {})
    (alone,) = class_of(tmp_path / "other", *earned[:1]).people
    assert alone.files  # somebody's folder that is called so


def test_one_persons_katas_and_a_whole_project_are_one_person(tmp_path: Path) -> None:
    """Of a project the katas count, and the solutions do not."""
    assert people(class_of(tmp_path / "anna", f"{K08}.py", f"{K09}.py")) == {"anna": [K08, K09]}
    paths = [f"{folder}/{K08}.py" for folder in ("katas", "solutions", "spec", "spec/wrong")]
    (project,) = class_of(tmp_path / "project", *paths).people
    assert project.files == {K08: f"# katas/{K08}.py\n".encode()}
    (inner,) = class_of(tmp_path / "class", *(f"bob/{path}" for path in paths)).people
    assert (inner.person, inner.files) == ("bob", {K08: f"# bob/katas/{K08}.py\n".encode()})


def test_what_is_not_taken_is_named_with_a_guess(tmp_path: Path) -> None:
    """Nobody vanishes without a word."""
    (tmp_path / "leo").mkdir()
    intake = class_of(
        tmp_path,
        f"anna__{K08}.py",
        "bob__k08_brodcasting.py",
        f"eve__{K08}.ipynb",
        f"max__{K08}.py.txt",
        "notes.txt",
        "tim.rar",
        "tom.tar.gz",
        f"{K08}/readme.md",
    )
    assert people(intake) == {"anna": [K08], "tim": [], "tom": [], K08: []}
    assert set(intake.strays) == {
        "bob__k08_brodcasting.py",
        f"eve__{K08}.ipynb",
        f"max__{K08}.py.txt",
        "notes.txt",
        "leo/",
    }
    assert K08 in intake.strays["bob__k08_brodcasting.py"]
    assert "export it" in intake.strays[f"eve__{K08}.ipynb"]
    (tim,) = [each for each in intake.people if each.person == "tim"]
    assert tim.ignored == {"tim.rar": places.CANT_UNPACK}


def test_what_systems_leave_behind_is_nobody(tmp_path: Path) -> None:
    """Nor is a report of ours."""
    junk = [f"{name}/{K08}.py" for name in ("__MACOSX", ".git", ".ipynb_checkpoints")]
    intake = class_of(tmp_path, f"anna/{K08}.py", *junk, "report/ledger.jsonl", "report/a.py")
    assert people(intake) == {"anna": [K08]}
    assert not intake.strays


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that is closed")
def test_a_folder_that_is_closed_costs_that_person_alone(tmp_path: Path) -> None:
    """It is named, and the class goes on."""
    class_of(tmp_path, f"anna/{K08}.py", f"bob/{K08}.py")
    (tmp_path / "bob").chmod(0)
    try:
        intake = submissions.find(tmp_path)
    finally:
        (tmp_path / "bob").chmod(0o700)
    assert people(intake) == {"anna": [K08], "bob": []}


def test_names_that_no_terminal_shows(tmp_path: Path) -> None:
    """Bytes that are no text, and characters that steer, are shown as lines."""
    folder = os.fsencode(tmp_path) + b"/\xff\x1b[31m"
    os.mkdir(folder)
    with open(folder + f"/{K08}.py".encode(), "w") as file:
        file.write("right")
    (person,) = submissions.find(tmp_path).people
    assert person.person.isprintable()
    assert person.person.encode("utf-8")
    assert person.files == {K08: b"right"}


@pytest.mark.parametrize(
    "name",
    [
        f"{K08}{'1' * 200}x.py",
        f"{K08}{'-1' * 100}x.py",
        f"{K08}{' (1)' * 60} .py",
        f"{K08}{' copy' * 50}x.py",
        "_1" * 30_000,
        "a_attempt_" * 6_000,
        f"1-1 - {' - ' * 20_000}",
        K08 * 4_000,
    ],
    ids=lambda name: name[:30],
)
def test_no_name_takes_long_to_read(name: str) -> None:
    """One that is made for it would stop the whole class."""
    start = time.process_time()
    assert names.taken_apart(name) is None
    owner_of(name)
    names.guess(name)
    assert time.process_time() - start < 2


def test_no_number_of_folders_takes_long_to_read(tmp_path: Path) -> None:
    """The time grows as the number does, and not as its square."""
    with zipfile.ZipFile(tmp_path / "eve.zip", "w") as archive:
        for number in range(12_000):
            archive.writestr(f"{number}/deep/notes.md", "")
        archive.writestr(f"z/{K08}.py", "right")
    start = time.process_time()
    found = submissions.find(tmp_path)
    assert people(found) == {"eve": [K08]}
    assert time.process_time() - start < 9
