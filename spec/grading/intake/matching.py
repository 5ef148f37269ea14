"""Which row of a gradebook is whose: by ids first, then by names; what is not clear is said.

Nobody is guessed: a submission that fits two rows, and a row that fits two submissions, get none.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ...harness.language import tr
from .gradebooks import Student
from .gradescope import Submitter
from .names import IdKind
from .submissions import Submission

STRANGER = "{name} is not in the roster"
SEVERAL = "{name} may be {rows}"
CONTESTED = "{name} is not the only one who may be {row}"

# Letters that Unicode does not take apart into a plain one and an accent.
PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe"})


@dataclass
class Matched:
    """Rows with their people, people without a row, and rows without people."""

    people: dict[int, str] = field(default_factory=dict)  # by row
    unclear: dict[str, list[str]] = field(default_factory=dict)  # by person, in sentences
    missing: list[str] = field(default_factory=list)  # who handed in nothing


def matched(students: list[Student], submissions: Iterable[Submission]) -> Matched:
    """Finds the row of everybody who handed something in."""
    result = Matched()
    found = [
        (submission.person, submitter, _rows(students, submitter))
        for submission in submissions
        for submitter in submission.submitters
    ]
    claims = Counter(rows[0].row for _, _, rows in found if len(rows) == 1)
    for person, submitter, rows in found:
        if len(rows) == 1 and claims[rows[0].row] == 1:
            result.people[rows[0].row] = person
            continue
        names = " or ".join(f"{row.name} (line {row.row + 1})" for row in rows)
        words = (tr(STRANGER), tr(CONTESTED), tr(SEVERAL))[min(len(rows), 2)]
        result.unclear.setdefault(person, []).append(
            words.format(name=submitter.name, row=names, rows=names)
        )
    thought_of = {row.row for _, _, rows in found for row in rows}
    result.missing = [student.name for student in students if student.row not in thought_of]
    return result


def _rows(students: list[Student], submitter: Submitter) -> list[Student]:
    """The rows that may be somebody's, by the surest sign that there is."""
    for kind, text in submitter.ids:
        rows = [s for s in students if _same(kind, text, s.ids.get(kind, ()))]
        if rows:
            return rows
    own = submitter.name.casefold()
    rows = [s for s in students if own in {i.casefold() for i in _written(s)}]
    return rows or [s for s in students if _called(s, submitter.name)]


def _same(kind: IdKind, text: str, ids: tuple[str, ...]) -> bool:
    if kind is IdKind.PARTICIPANT:  # a worksheet says it in words: Participant 12
        return text in {match[0] for each in ids if (match := re.search(r"\d+$", each))}
    return text.casefold() in {each.casefold() for each in ids}


def _written(student: Student) -> set[str]:
    """The ids by which people name files and folders: a student's number, a login, an address."""
    kinds = (IdKind.STUDENT, IdKind.LOGIN, IdKind.EMAIL)
    return {each for kind in kinds for each in student.ids.get(kind, ())}


def _called(student: Student, name: str) -> bool:
    """Whether a name is a student's, whatever its case, accents, order and spaces."""
    own, words = folded(name), folded(student.name)
    if sorted(own) == sorted(words):
        return bool(own)
    parts = ["".join(folded(part)) for cell in student.names for part in cell.split(",")]
    glued = "".join(own)
    return bool(own) and glued in {"".join(words), "".join(parts), "".join(reversed(parts))}


def folded(name: str) -> list[str]:
    """The words of a name without case and accents."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(PLAIN))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", re.sub(r"['’`-]", " ", bare))
