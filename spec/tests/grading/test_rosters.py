"""Gradebooks of Canvas and Moodle: who is whose row, and the file as it came with points in it."""

from pathlib import Path

import pytest

from spec.grading.intake import gradebooks, matching
from spec.grading.intake.gradebooks import BadRoster, Gradebook
from spec.grading.intake.gradescope import Submitter
from spec.grading.intake.matching import Matched
from spec.grading.intake.names import IdKind, owner_of
from spec.grading.intake.submissions import Submission

CANVAS = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Homework 1 (555),Homework 2 (556),Final\r\n"
    ",,,,,Manual Posting,,\r\n"
    "    Points Possible,,,,,10.00,100.00,(read only)\r\n"
    '"Petrova, Anna",101,s101,anna@x.edu,A,,50,\r\n'
    '"Álvarez, José",102,s102,jose@x.edu,A,,,\r\n'
    '"Wei, Li",103,s103,li@x.edu,A,,,\r\n'
    '"Wei, Li",104,s104,wei@x.edu,A,,,\r\n'
    '"Student, Test",105,,12ab,A,,,\r\n'
)
MOODLE = (
    "First name,Surname,ID number,Institution,Department,Email address,"
    "Assignment: Homework 1 (Real),Assignment: Homework 1 (Feedback),Course total (Real)\n"
    "Anna,Petrova,s101,,,anna@x.edu,-,,-\n"
    "Ёлка,Зимина,s102,,,yolka@x.edu,-,,-\n"
)
RUSSIAN = (
    "\ufeffИмя;Фамилия;Индивидуальный номер;Учреждение (организация);Отдел;"
    "Адрес электронной почты;Задание: Тензоры (Значение);Задание: Тензоры (Отзыв);"
    "Итоговая оценка за курс (Значение);Последние загруженные из этого курса\r\n"
    "Анна;Петрова;s101;;;anna@x.edu;-;;-;1\r\n"
    "Ёлка;Зимина;s102;;;yolka@x.edu;-;;7,50;1\r\n"
)
WORKSHEET = (
    "Identifier;Full name;Email address;Status;Grade;Maximum Grade;Feedback comments\n"
    "Participant 9000;Anna Petrova;anna@x.edu;Submitted;;20,00;\n"
    "Participant 9001;Bob Smith;bob@x.edu;;7,50;20,00;\n"
)


def book_of(folder: Path, text: str, column: str | None = None) -> Gradebook:
    """The gradebook in a file with this text."""
    path = folder / "book.csv"
    path.write_bytes(text.encode("utf-8"))
    return gradebooks.read(path, column)


def submitted(*names: str) -> list[Submission]:
    """Submissions by people of these names, as platforms write them."""
    owners = [owner_of(name) for name in names]
    return [
        Submission(f"{owner.person} {place}", submitters=[Submitter(owner.person, owner.ids)])
        for place, owner in enumerate(owners)
    ]


def match(folder: Path, text: str, *names: str) -> Matched:
    """Who is whose row."""
    column = "Homework 1" if text == CANVAS else None
    return matching.matched(book_of(folder, text, column).students, submitted(*names))


@pytest.mark.parametrize(
    ("text", "name", "row"),
    [
        (CANVAS, "smithrobert_101_77", 3),  # the number counts, whatever the name
        (CANVAS, "petrovaanna", 3),
        (CANVAS, "anna petrova", 3),
        (CANVAS, "AnnaPetrova", 3),
        (CANVAS, "s101", 3),
        (CANVAS, "anna@x.edu", 3),
        (CANVAS, "Jose Alvarez", 4),
        (CANVAS, "ÁLVAREZ José", 4),
        (MOODLE, "Anna Petrova_9000_assignsubmission_file", 1),
        (MOODLE, "зимина елка", 2),
        (RUSSIAN, "Петрова Анна_9000_assignsubmission_file", 1),
        (RUSSIAN, "s102", 2),
        (RUSSIAN, "yolka@x.edu", 2),
        (WORKSHEET, "Nobody Knows_9001_assignsubmission_file", 2),
    ],
)
def test_a_row_is_found_by_ids_and_then_by_names(
    text: str, name: str, row: int, tmp_path: Path
) -> None:
    """Names are compared without case, accents, order and spaces."""
    found = match(tmp_path, text, name)
    assert list(found.people) == [row]
    assert not found.unclear


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["Anna"], "Anna is not in the roster"),
        (["petrova a"], "petrova a is not in the roster"),
        (["petrovaanna_999_77"], None),  # no such number, but there is such a name
        (["anna_s101_77"], "anna_s101_77 is not in the roster"),
        (["Li Wei"], "Li Wei may be Wei, Li (line 6) or Wei, Li (line 7)"),
        (["Anna Petrova", "s101"], "s101 is not the only one who may be Petrova, Anna (line 4)"),
        (["*"], "* is not in the roster"),
    ],
)
def test_what_is_not_clear_is_said_and_not_guessed(
    names: list[str], words: str | None, tmp_path: Path
) -> None:
    """Whoever fits two rows, and a row that fits two people, get no points written."""
    found = match(tmp_path, CANVAS, *names)
    said = [line for lines in found.unclear.values() for line in lines]
    assert (words in said) if words else not said
    assert bool(found.people) is (words is None)


def test_who_handed_in_nothing_is_named(tmp_path: Path) -> None:
    """Not those who may have, nor Canvas's own test student."""
    found = match(tmp_path, CANVAS, "petrovaanna_101_77", "Li Wei")
    assert found.missing == ["Álvarez, José"]


def test_a_pair_has_a_row_each(tmp_path: Path) -> None:
    """What was handed in together is written twice."""
    pair = [Submitter("A. P.", ((IdKind.STUDENT, "s101"),)), Submitter("José Álvarez")]
    students = book_of(tmp_path, CANVAS, "Homework 1").students
    assert matching.matched(students, [Submission("pair", submitters=pair)]).people == {
        3: "pair",
        4: "pair",
    }


def test_points_are_written_into_the_same_columns(tmp_path: Path) -> None:
    """Out of what the platform says, with its marks, line ends, delimiters and decimal commas."""
    canvas = book_of(tmp_path, CANVAS, "homework 1").filled({3: 0.884, 4: 1.0}, 100)
    expected = CANVAS.replace("A,,50,", "A,8.84,50,").replace(
        "jose@x.edu,A,,", "jose@x.edu,A,10.00,"
    )
    assert canvas == expected
    assert book_of(tmp_path, MOODLE).filled({1: 0.5}, 100) == MOODLE.replace(
        "anna@x.edu,-", "anna@x.edu,50.00"
    )
    for column in (None, "тензоры"):
        russian = book_of(tmp_path, RUSSIAN, column).filled({1: 0.5}, 100)
        assert russian == RUSSIAN.replace("anna@x.edu;-", "anna@x.edu;50,00")
    worksheet = book_of(tmp_path, WORKSHEET).filled({1: 0.5}, 100)
    assert worksheet == WORKSHEET.replace("Submitted;;", "Submitted;10,00;")


@pytest.mark.parametrize(
    ("header", "place"),
    [
        ("Student,ID,SIS User ID,SIS Login ID,Section,HW,HW Final Score,Current Score", 5),
        ("Student,ID,SIS Login ID,Section,Final project (7),Assignments Current Points", 4),
        ("First name,Last name,Email address,Quiz: A (Real),Course total (Real)", 3),
        ("First name,Last name,Email address,Assignment:A,Assignment:A (Feedback)", 3),
    ],
)
def test_the_only_column_that_can_take_points_takes_them(
    header: str, place: int, tmp_path: Path
) -> None:
    """Whatever versions of a platform call it; totals and remarks take none."""
    assert book_of(tmp_path, f"{header}\n").column == place


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        (CANVAS, None, "2 columns for points; say which one with --column: Homework 1 (555);"),
        (CANVAS, "Homework 3", "has no column Homework 3. It has Student; ID;"),
        ("name,points\nanna,3\n", None, "is no gradebook as Canvas or Moodle export it"),
        ("", None, "is no gradebook as Canvas or Moodle export it"),
        ("First name,Surname,Email address\nA,B,c\n", None, "0 columns for points"),
    ],
)
def test_what_is_no_gradebook_is_explained(
    text: str, column: str | None, words: str, tmp_path: Path
) -> None:
    """And where points could go in several places, they go nowhere."""
    with pytest.raises(BadRoster, match=r".*") as error:
        book_of(tmp_path, text, column)
    assert words in str(error.value)
    (tmp_path / "latin.csv").write_bytes("Имя".encode("cp1251"))
    for name in ("latin.csv", "missing.csv"):
        with pytest.raises(BadRoster, match="can't be read"):
            gradebooks.read(tmp_path / name)
