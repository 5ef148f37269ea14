"""The gradebooks of Canvas and Moodle as they export them: who is in them, and where points go.

Moodle has two: the gradebook, and the grading worksheet of one assignment. They are told by their
columns, and written back with the same ones.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...harness.language import tr
from .names import IdKind

DELIMITERS = ",;\t:"
MARK = "\ufeff"  # of the order of bytes, as Excel wants it
POINTS_POSSIBLE = "points possible"  # Canvas's row with what an assignment is worth
TEST_STUDENT = "student, test"  # whom Canvas has in every course
DECIMAL_COMMA = re.compile(r"-?\d+,\d+")

CANT_READ = "{path} can't be read: {error}"
UNKNOWN = (
    "{path} is no gradebook as Canvas or Moodle export it: there is no line with the columns "
    "Student and ID, or First name, Last name and Email address, or Identifier and Grade; "
    "Moodle's names may be Russian."
)
WHICH = "{path} has {number} columns for points; say which one with --column: {columns}"
NO_COLUMN = "{path} has no column {column}. It has {columns}"


class BadRoster(Exception):
    """A file that can't be used as a roster, and why."""


@dataclass(frozen=True)
class Layout:
    """The columns of one platform, in lower case."""

    platform: str
    needed: frozenset[str]
    names: tuple[tuple[str, ...], ...]  # columns that together are a name
    ids: dict[IdKind, tuple[str, ...]]
    points: tuple[str, ...]  # how a column for points is called, the surest sign first
    most: str = ""  # a column with what a row's points are out of


# Of Canvas: what is no assignment, whether it has a number or not.
CANVAS_OTHERS = (
    "student$|id$|sis |integration id$|root account$|section$|notes$|.*(current|final|unposted) "
    "|.*override|.*read only"
)
NO_POINTS = r"(?<!\(feedback\))(?<!\(letter\))(?<!\(percentage\))"  # of Moodle

CANVAS = Layout(
    "Canvas",
    frozenset({"student", "id"}),
    (("student",),),
    {
        IdKind.CANVAS: ("id",),
        IdKind.STUDENT: ("sis user id",),
        IdKind.LOGIN: ("sis login id",),
        IdKind.EMAIL: ("sis login id",),
    },
    (r".+ \(\d+\)", rf"(?!{CANVAS_OTHERS}).+"),
)
MOODLE = Layout(
    "Moodle",
    frozenset({"first name", "email address"}),
    (("first name", "last name"), ("first name", "surname")),
    {
        IdKind.STUDENT: ("id number",),
        IdKind.LOGIN: ("username",),
        IdKind.EMAIL: ("email address",),
    },
    (r"assignment: ?.+" + NO_POINTS, r"(?!course total).+ \(real\)"),
)
MOODLE_IN_RUSSIAN = Layout(
    "Moodle",
    frozenset({"имя", "адрес электронной почты"}),
    (("имя", "фамилия"),),
    {
        IdKind.STUDENT: ("индивидуальный номер",),
        IdKind.LOGIN: ("логин",),
        IdKind.EMAIL: ("адрес электронной почты",),
    },
    (
        r"задание: ?.+(?<!\(отзыв\))(?<!\(буква\))(?<!\(проценты\))",
        r"(?!итог).+ \(значение\)",
    ),
)
WORKSHEET = Layout(
    "Moodle's worksheet",
    frozenset({"identifier", "grade"}),
    (("full name",),),
    {
        IdKind.PARTICIPANT: ("identifier",),
        IdKind.STUDENT: ("id number",),
        IdKind.LOGIN: ("username",),
        IdKind.EMAIL: ("email address",),
    },
    ("grade",),
    most="maximum grade",
)


@dataclass(frozen=True)
class Student:
    """One row: where it is, who it is, and what the points are out of."""

    row: int
    name: str
    names: tuple[str, ...]  # the parts of the name as the columns have them
    ids: Mapping[IdKind, tuple[str, ...]]
    most: float | None


@dataclass
class Gradebook:
    """A gradebook, and the column that takes the points."""

    rows: list[list[str]]
    layout: Layout
    column: int
    delimiter: str
    newline: str
    mark: str
    students: list[Student] = field(default_factory=list)

    def filled(self, shares: Mapping[int, float], most: float) -> str:
        """The file with points in these rows; the shares are of what a row's points are out of."""
        rows = [list(row) for row in self.rows]
        comma = any(DECIMAL_COMMA.fullmatch(cell.strip()) for row in rows for cell in row)
        for student in self.students:
            if student.row in shares:
                row = rows[student.row]
                row += [""] * (self.column + 1 - len(row))
                points = shares[student.row] * (student.most or most)
                number = f"{points:.2f}"
                row[self.column] = number.replace(".", ",") if comma else number
        text = io.StringIO()
        csv.writer(text, delimiter=self.delimiter, lineterminator=self.newline).writerows(rows)
        return self.mark + text.getvalue()


def read(path: Path, column: str | None = None) -> Gradebook:
    """The gradebook in a file; BadRoster where it is none, or has no one place for points."""
    try:
        whole = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadRoster(tr(CANT_READ).format(path=path, error=error)) from None
    text = whole.removeprefix(MARK)
    mark = MARK if text != whole else ""
    for delimiter in DELIMITERS:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        header = [_folded(cell) for cell in rows[0]] if rows else []
        for layout in (CANVAS, WORKSHEET, MOODLE, MOODLE_IN_RUSSIAN):
            if layout.needed <= set(header):
                place = _column(path, rows[0], layout, column)
                newline = "\r\n" if "\r\n" in text else "\n"
                book = Gradebook(rows, layout, place, delimiter, newline, mark)
                book.students = list(_students(book, header))
                return book
    raise BadRoster(tr(UNKNOWN).format(path=path))


def _column(path: Path, header: list[str], layout: Layout, wanted: str | None) -> int:
    """Which column takes the points: the one that was asked for, or the only one that can."""
    if wanted is not None:
        found = [i for i, cell in enumerate(header) if _folded(wanted) in _ways(cell)]
        if len(found) != 1:
            columns = "; ".join(cell.strip() for cell in header)
            raise BadRoster(tr(NO_COLUMN).format(path=path, column=wanted, columns=columns))
        return found[0]
    cells = [_folded(cell) for cell in header]
    ways = ([i for i, c in enumerate(cells) if re.fullmatch(way, c)] for way in layout.points)
    found = next(filter(None, ways), [])
    if len(found) != 1:
        columns = "; ".join(header[i].strip() for i in found) or tr("there is none")
        raise BadRoster(tr(WHICH).format(path=path, number=len(found), columns=columns))
    return found[0]


def _ways(cell: str) -> set[str]:
    """How a column may be called: with or without the platform's number, kind and unit."""
    plain = re.sub(r" \((\d+|real|значение)\)$", "", _folded(cell))
    return {_folded(cell), plain, re.sub(r"^(assignment|задание): ?", "", plain)}


def _students(book: Gradebook, header: list[str]) -> Iterator[Student]:
    """The rows that are people."""
    places = {name: i for i, name in reversed(list(enumerate(header)))}
    parts = next((n for n in book.layout.names if set(n) <= set(places)), book.layout.names[0][:1])
    possible: float | None = None
    for number, row in enumerate(book.rows[1:], start=1):
        cells = {name: row[i].strip() for name, i in places.items() if i < len(row)}
        names = tuple(cells.get(part, "") for part in parts)
        name = " ".join(filter(None, names))
        if book.layout is CANVAS and _folded(name).startswith(POINTS_POSSIBLE):
            possible = _number(row[book.column] if book.column < len(row) else "")
            continue
        ids = {
            kind: tuple(filter(None, (cells.get(column, "") for column in columns)))
            for kind, columns in book.layout.ids.items()
        }
        if not any(ids.values()) or (book.layout is CANVAS and not name):
            continue
        if book.layout is CANVAS and _folded(name) == TEST_STUDENT:
            continue
        most = _number(cells.get(book.layout.most, "")) if book.layout.most else possible
        yield Student(number, name or next(iter(filter(None, ids.values())))[0], names, ids, most)


def _number(text: str) -> float | None:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def _folded(cell: str) -> str:
    return " ".join(cell.split()).casefold()
