"""A class graded again: what changed and why, the roster that was filled in, and drafts."""

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from spec.grading import alike
from spec.grading.examining import client
from spec.grading.examining.messages import Reply, Request
from spec.grading.intake.submissions import Submission
from spec.grading.outcomes import Outcome, Result
from spec.grading.reports import drafts
from spec.grading.reports.report import Report
from spec.grading.scoring import Scheme
from spec.harness.files.catalogue import Kata
from spec.tests.grading.classroom import Graded, nothing, submission

K08 = Kata("k08_broadcasting")
ROSTER = (
    "First name,Surname,ID number,Email address,Assignment: Homework (Real)\n"
    "Anna,Petrova,1,a@x.edu,-\nBob,Smith,2,b@x.edu,-\nMax,Absent,3,m@x.edu,-\n"
)
ODD = """
import math as ivans_math

GREETING = "hello from {who}"


def {who}_twice(u, {who}=2):
    '''{who} wrote this.'''
    return u * {who}  # {who}


def outer_sum(a, b):
    "{who}"
    {who}s_sum = a[:, None] + {who}_twice(b, {who}=3)
    if ivans_math.pi < 3:
        raise ValueError("{who}: " + GREETING)
    return {who}s_sum
"""


def moodle(path: Path, **files: str) -> Path:
    """The zip file that Moodle lets an instructor download."""
    with zipfile.ZipFile(path, "w") as archive:
        for number, (person, source) in enumerate(files.items()):
            name = f"{person.replace('_', ' ')}_{number}_assignsubmission_file/{K08.name}.py"
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 30, 21, 5, 0)), source)
    return path


def rows(path: Path) -> list[dict[str, str]]:
    """A CSV file's lines."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def forget() -> None:
    """Nothing is remembered of our own files, or of what was handed in."""
    for each in vars(alike).values():
        if hasattr(each, "cache_clear"):
            each.cache_clear()


@pytest.mark.skipif("fork" not in dir(__import__("os")), reason="needs a fork to be quick")
def test_a_class_again_after_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what is affected is examined, and everybody who has other points is told why."""
    right = K08.solution.read_text(encoding="utf-8")
    lazy = submission(K08, nothing(K08, "outer_sum"))
    odd = {who: submission(K08, ODD.format(who=who.lower())) for who in ("Ivan", "Mary")}
    people = {"Anna_Petrova": right, "Bob_Smith": lazy, **odd}
    place, out = moodle(tmp_path / "class.zip", **people), tmp_path / "out"
    (tmp_path / "book.csv").write_text(ROSTER, encoding="utf-8")
    draft = tmp_path / "draft.py"
    options = ["--device", "cpu", "--roster", str(tmp_path / "book.csv"), "--draft", str(draft)]
    first = Graded(place, out, *options)

    assert not (out / "changes.csv").exists()
    bob = first.people["Bob Smith"]["points"]
    assert first.people["Anna Petrova"]["handed_in"] == "2026-11-30 21:05"
    assert "1 handed in nothing:\n  Max Absent\n" in first.output
    assert "Ivan is not in the roster" in first.output
    filled = (out / "book_with_points.csv").read_text(encoding="utf-8")
    expected = ROSTER.replace("a@x.edu,-", "a@x.edu,100.00")
    assert filled == expected.replace("b@x.edu,-", f"b@x.edu,{bob:.2f}")

    text = draft.read_text(encoding="utf-8")
    assert "# 2 people, in: " in text and "PLACEHOLDER" in text
    assert not re.search("ivan|mary|hello", text, re.I)
    made: dict[str, object] = {}
    exec(compile(text, str(draft), "exec"), made)
    torch = __import__("torch")
    answer = made["outer_sum__draft_1"](torch.ones(2), torch.ones(3))  # type: ignore[operator]
    assert answer.tolist() == [[4.0] * 3] * 2

    asked: list[Request] = []
    examine = client.examine

    def counted(requests: list[Request], jobs: int) -> Iterator[tuple[Request, Reply]]:
        asked.extend(requests)
        return examine(requests, jobs)

    monkeypatch.setattr(client, "examine", counted)
    weights = tmp_path / "weights.toml"
    weights.write_text('[weights]\n"k08_broadcasting.outer_sum" = 3\n')
    heavier = Graded(place, out, *options, "--weights", str(weights))
    assert asked == []
    changed = {row["person"]: row for row in rows(out / "changes.csv")}
    assert set(changed) == {"Bob Smith", "Ivan", "Mary"}
    assert changed["Bob Smith"]["had"] == f"{bob:.2f}"
    assert changed["Bob Smith"]["has"] == f"{heavier.people['Bob Smith']['points']:.2f}"
    assert (changed["Bob Smith"]["why"], changed["Bob Smith"]["functions"]) == (
        "weights changed",
        "",
    )

    promise = alike.promise
    monkeypatch.setattr(
        alike, "promise", lambda kata, name: promise(kata, name) + "!" * (name == "outer_sum")
    )
    forget()
    people = {"Anna_Petrova": lazy, "Bob_Smith": right, "Eve": right}
    again = Graded(moodle(place, **people), out, *options, "--katas", K08.name)
    forget()
    assert again.people["Bob Smith"]["points"] == 100
    assert [request.functions for request in asked] == [["outer_sum"], ["outer_sum"]]
    changed = {row["person"]: row for row in rows(out / "changes.csv")}
    why = {person: row["why"].split("; ") for person, row in changed.items()}
    assert why["Eve"] == ["handed in for the first time"] and changed["Eve"]["had"] == ""
    assert why["Mary"] == ["no longer there"] and changed["Mary"]["has"] == ""
    assert why["Bob Smith"] == [
        "k08_broadcasting handed in anew",
        "spec of k08_broadcasting changed",
        "weights changed",
    ]
    assert re.fullmatch(
        r"k08_broadcasting outer_sum: 0 of (\d+), now \1 of \1", changed["Bob Smith"]["functions"]
    )
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "no longer there" in page and "Max Absent" in page


def test_a_function_is_examined_again_for_its_own_tests_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test or a mistake of one function is nothing to the others; a helper is to all."""
    before = {name: alike.promise(K08, name) for name in ("outer_sum", "center_columns")}
    spec, wrong = tmp_path / "spec.py", tmp_path / "wrong.py"

    texts = [path.read_text(encoding="utf-8") for path in (K08.spec, K08.wrong)]

    def changed(path: str, text: str) -> set[str]:
        spec.write_text(texts[0], encoding="utf-8")
        wrong.write_text(texts[1], encoding="utf-8")
        with (tmp_path / path).open("a", encoding="utf-8") as file:
            file.write(text)
        forget()
        return {name for name in before if alike.promise(K08, name) != before[name]}

    monkeypatch.setattr(Kata, "spec", property(lambda kata: spec))
    monkeypatch.setattr(Kata, "wrong", property(lambda kata: wrong))
    assert changed("spec.py", "# no more\n") == set()
    test = "\n\ndef test_outer_sum_is_more(kata):\n    pass\n"
    assert changed("spec.py", test) == {"outer_sum"}
    assert changed("spec.py", "\n\ndef helper():\n    pass\n") == set(before)
    mistake = '\n\ndef center_columns__new(m):\n    """You did."""\n'
    assert changed("wrong.py", mistake) == {"center_columns"}
    monkeypatch.undo()
    forget()


def drafted(source: str, function: str, *people: str) -> str:
    """The draft of what these people wrote alike in a function that nobody knows a mistake of."""
    results = []
    for person in people:
        result = Result(Submission(person, {K08.name: source.encode()}))
        result.outcomes[K08.name, function] = Outcome(function, 0, 3, rows=[("rule", "It holds.")])
        results.append(result)
    return drafts.written(Report(results, {}, Scheme({(K08.name, function): 1.0})))


def test_drafts_run_without_their_authors() -> None:
    """Classes, attributes, nested functions, einsum, and names that others import as well."""
    source = (
        "from torch import einsum as outer\nimport torch as ivan\n\n"
        "class Ivan:\n    petya = 1\n"
        "    def __init__(self, vasya):\n        self.vasya = vasya\n"
        "    def kolya(self, u):\n        return self.vasya + self.petya - u\n\n"
        "def outer_sum(a, b):\n"
        "    def vova(u, *, lena=0):\n        return Ivan(vasya=u).kolya(lena)\n"
        "    kinds = {'petya': 1, 'kolya': 2}\n"
        "    return outer('i,j->ij', vova(a, lena=kinds['kolya']), ivan.ones_like(b))\n"
    )
    text = drafted(source, "outer_sum", "Ivan")
    assert not re.search("ivan|vasya|petya|kolya|vova|lena", text, re.I)
    assert "'i,j->ij'" in text and "# 1 person, in: It holds." in text
    made: dict[str, object] = {}
    exec(compile(text, "draft", "exec"), made)
    torch = __import__("torch")
    answer = made["outer_sum__draft_1"](torch.zeros(2), torch.ones(3))  # type: ignore[operator]
    assert answer.tolist() == [[-1.0] * 3] * 2


def test_mistakes_in_names_are_drafted_without_them() -> None:
    """What is bound nowhere stays an error; what torch has keeps its name."""
    source = (
        "from torch import *\nimport torch.nn.functional as F\n\n"
        "def outer_sum(a, b):\n"
        "    c = linspace(0, 1, 2) + F.softplus(a, beta=1).ivan(petrov=2)\n"
        "    return c + nobody_knows_it\n"
    )
    text = drafted(source, "outer_sum", "Ivan Petrov")
    assert "linspace(0, 1, 2) + F.softplus(a, beta=1)" in text
    assert not re.search("ivan|petrov|nobody_knows", text, re.I)
    assert "\nfrom torch import *\n" in text
    compile(text, "draft", "exec")


def test_what_reaches_out_is_no_draft() -> None:
    """Nor is a file that can't be read; then the file of drafts says that there is nothing."""
    result = Result(Submission("eve", {K08.name: b"def outer_sum(a, b):\n    return (\n"}))
    result.outcomes[K08.name, "outer_sum"] = Outcome("outer_sum", 0, 3)
    report = Report([result], {}, Scheme({(K08.name, "outer_sum"): 1.0}))
    assert drafts.written(report).endswith(f"{drafts.NOBODY}\n")
    report_of_all = json.dumps(drafts.HEAD)
    assert "eve" not in report_of_all
