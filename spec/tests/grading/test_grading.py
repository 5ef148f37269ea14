"""A class graded: points, mistakes, reports for people and programs, and dangerous files."""

import csv
import json
import os
import re
import stat
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from spec.grading.examining import client
from spec.grading.outcomes import Outcome
from spec.grading.reports import exports
from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import Kata
from spec.tests.grading.classroom import Graded, hand_in, nothing, submission

K08 = Kata("k08_broadcasting")
BOMB = 50 * 2**20

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="grading needs a fork")


def test_mistakes_are_named_and_counted(tmp_path: Path) -> None:
    """The page says what to teach again."""
    wrong = "def center_columns(m):\n    return m - m.mean(dim=1, keepdim=True)\n"
    for person in ("anna", "bob"):
        hand_in(tmp_path / "class" / person, K08, submission(K08, wrong))
    graded = Graded(tmp_path / "class", tmp_path / "out")
    assert graded.function("anna", "center_columns")["mistake"].startswith("You averaged each row")
    text = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<td class="number">2</td><td>You averaged each row', text)
    assert re.search(r"0 of 2 done", text)
    assert "http" not in re.sub(r"file://\S*", "", text)


def test_the_report_is_the_same_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same input gives the same report, but for times; and a second run asks nobody."""
    place = tmp_path / "class"
    place.mkdir()
    hand_in(place / "anna", K08, submission(K08, nothing(K08, "outer_sum")))
    hand_in(place / "bob", K08, K08.solution.read_text(encoding="utf-8"))
    first = Graded(place, tmp_path / "one")
    second = Graded(place, tmp_path / "two", "--jobs", "1")
    assert _timeless(first.out) == _timeless(second.out)
    before = {path.name: path.read_bytes() for path in first.out.iterdir()}
    monkeypatch.setattr(client, "Server", None)
    Graded(place, tmp_path / "one")
    assert before == {path.name: path.read_bytes() for path in first.out.iterdir()}


BROKEN_AT_IMPORT = {
    "annotation": "def outer_sum(u, v: Tenser):\n    return u[:, None] + v\n",
    "order": "TABLE = outer_sum(torch.ones(1), torch.ones(1))\n",
    "import": "from torch import Tenser\n",
    "decorator": "import math\n@math.sqrt\ndef helper():\n    pass\n",
    "helper": "def helper(x: int = torch.Tenser):\n    pass\n",
    "compiler": "def outer_sum(u, v):\n    break\n",
    "class": "class Helper:\n    def f():\n        raise ValueError\n    x = f()\n",
}


def test_a_file_that_fails_at_import_takes_no_points_from_others(tmp_path: Path) -> None:
    """Nor is it given any for functions that others wrote alike in a file that does run."""
    place = tmp_path / "class"
    for person, code in BROKEN_AT_IMPORT.items():
        hand_in(place / f"a_{person}", K08, submission(K08, f"import torch\n{code}"))
    hand_in(place / "b", K08, submission(K08, "from torch import Tensor\nimport torch\n"))
    graded = Graded(place, tmp_path / "out")
    points = {person: told["points"] for person, told in graded.people.items()}
    assert points == {"b": 100.0, **{f"a_{person}": 0.0 for person in BROKEN_AT_IMPORT}}


def _timeless(out: Path) -> dict[str, str]:
    found = {}
    for path in out.iterdir():
        if path.name != "ledger.jsonl":
            text = path.read_text(encoding="utf-8")
            text = re.sub(r'(seconds": |time="|,)\d+\.\d+', r"\1", text)
            found[path.name] = text
    return found


def test_an_interrupted_run_goes_on(tmp_path: Path) -> None:
    """What is in the ledger is taken from there, a line cut off in the middle aside."""
    place, out = tmp_path / "class", tmp_path / "out"
    place.mkdir()
    hand_in(place / "anna", K08, K08.solution.read_text(encoding="utf-8"))
    whole = Graded(place, out)
    ledger = out / "ledger.jsonl"
    lines = ledger.read_text(encoding="utf-8").splitlines(keepends=True)
    ledger.write_text("".join(lines[:3]) + lines[3][:40], encoding="utf-8")
    (out / "grades.json").unlink()
    again = Graded(place, out)
    assert [e["passed"] for e in again.people["anna"]["functions"]] == [
        e["passed"] for e in whole.people["anna"]["functions"]
    ]
    assert len(ledger.read_text(encoding="utf-8").splitlines()) >= len(lines)


def test_dangerous_files_are_left_alone(tmp_path: Path) -> None:
    """A zip that climbs out, a zip bomb, links, large files and strange names."""
    place = tmp_path / "class"
    place.mkdir()
    right = K08.solution.read_text(encoding="utf-8")
    with zipfile.ZipFile(place / "climber.zip", "w") as archive:
        archive.writestr("../../../climbed/k08_broadcasting.py", right)
        archive.writestr("/absolute.txt", "x")
    with zipfile.ZipFile(place / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("k08_broadcasting.py", " " * BOMB)
    with zipfile.ZipFile(place / "linked.zip", "w") as archive:
        link = zipfile.ZipInfo("k08_broadcasting.py")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    (place / "broken.zip").write_bytes(b"PK\x03\x04 nothing")
    links = place / "links"
    links.mkdir()
    (links / "k08_broadcasting.py").symlink_to("/etc/passwd")
    (links / "deep").symlink_to("/")
    large = place / "large"
    large.mkdir()
    (large / "k08_broadcasting.py").write_text("#" * (2**20 + 1))
    extras = place / "extras"
    hand_in(extras, K08, right)
    for name in ("conftest.py", "torch.py", "pytest.ini", "evil.pth"):
        (extras / name).write_text("raise SystemExit\n")
    (extras / "spec").mkdir()
    (extras / "spec" / "__init__.py").write_text("raise SystemExit\n")
    steering = place / "\x1b[31mred\u202e"
    hand_in(steering, K08, right)
    hand_in(place / "=1+1", K08, right)

    graded = Graded(place, tmp_path / "out")

    def done(person: str) -> int:
        return sum(e["passed"] == e["total"] for e in graded.people[person]["functions"])

    assert done("climber") == done("extras") == done("=1+1") == len(sources.promised(K08))
    for person in ("bomb", "linked", "broken", "links", "large"):
        assert done(person) == 0
        assert graded.people[person]["ignored"]
    assert set(graded.people["extras"]["ignored"]) == {
        "conftest.py",
        "torch.py",
        "pytest.ini",
        "evil.pth",
        "spec/__init__.py",
    }
    assert not (tmp_path.parent / "climbed").exists()
    assert "\x1b" not in graded.output
    assert "root:" not in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    with (tmp_path / "out" / "grades.csv").open(encoding="utf-8", newline="") as file:
        people = {row["person"] for row in csv.DictReader(file)}
    assert "'=1+1" in people


def test_single_files_make_a_person(tmp_path: Path) -> None:
    """anna__k08_broadcasting.py and anna__k05_flatten.py are one person's."""
    place = tmp_path / "class"
    place.mkdir()
    for name in ("k08_broadcasting", "k05_flatten"):
        kata = catalogue.named(name)
        text = kata.solution.read_text(encoding="utf-8")
        (place / f"anna__{name}.py").write_text(text, encoding="utf-8")
    graded = Graded(place, tmp_path / "out", "--device", "cpu")
    assert list(graded.people) == ["anna"]
    assert {e["kata"] for e in graded.people["anna"]["functions"]} == {
        "k08_broadcasting",
        "k05_flatten",
    }


def test_junit_and_gradescope_say_the_same(tmp_path: Path) -> None:
    """One person's folder, as an autograder gets it; the points are the table's."""
    place = tmp_path / "submission"
    hand_in(place, K08, submission(K08, nothing(K08, "outer_sum")))
    weights = tmp_path / "weights.toml"
    weights.write_text('[weights]\n"k08_broadcasting.outer_sum" = 3\n', encoding="utf-8")
    graded = Graded(place, tmp_path / "out", "--gradescope", "--strict", "--weights", str(weights))
    assert graded.code == 1
    report = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    by_name = {test["name"]: test for test in report["tests"]}
    assert by_name["k08_broadcasting: outer_sum"]["max_score"] == pytest.approx(
        100 * 3 / 9, abs=1e-3
    )
    assert report["score"] == pytest.approx(sum(t["score"] for t in report["tests"]), abs=1e-2)
    assert sum(t["max_score"] for t in report["tests"]) == pytest.approx(100, abs=1e-2)
    suites = ElementTree.parse(tmp_path / "out" / "junit.xml").getroot()
    (suite,) = suites
    assert suite.get("failures") == "1"
    assert "outer_sum" in [c.get("name") for c in suite if c.find("failure") is not None]


def test_a_file_is_read_as_python_reads_it(tmp_path: Path) -> None:
    """A byte order mark, a coding line by any of its names, bytes of another encoding."""
    place = tmp_path / "class"
    right = K08.solution.read_text(encoding="utf-8")
    sources_of = {
        "bom": b"\xef\xbb\xbf" + right.encode(),
        "utf8": f"# -*- coding: utf8 -*-\n{right}".encode(),
        "cp1251": f"# coding: cp1251\nТЕКСТ = 'да'\n{right}".encode("cp1251", "replace"),
        "misspelt": f"# -*- coding: uft-8 -*-\n{right}".encode(),
        "undeclared": "ТЕКСТ = 'да'\n".encode("cp1251") + right.encode(),
    }
    for person, source in sources_of.items():
        (place / person).mkdir(parents=True)
        (place / person / "k08_broadcasting.py").write_bytes(source)
    graded = Graded(place, tmp_path / "out", "--device", "cpu")
    points = {person: told["points"] for person, told in graded.people.items()}
    assert points == {"bom": 100, "utf8": 100, "cp1251": 100, "misspelt": 0, "undeclared": 0}
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert page.count("Mend this first") == 2


def test_words_that_no_file_can_hold_stop_nobody(tmp_path: Path) -> None:
    """Half a character, in an error and in what is printed."""
    code = (
        "def outer_sum(a, b):\n    print('\\ud800')\n    raise ValueError('\\ud800 \\x00 \\x1b')\n"
    )
    hand_in(tmp_path / "class" / "anna", K08, submission(K08, code))
    graded = Graded(tmp_path / "class", tmp_path / "out", "--device", "cpu")
    assert graded.code == 0
    assert graded.function("anna", "outer_sum")["passed"] == 0
    ElementTree.parse(tmp_path / "out" / "junit.xml")


def test_no_cell_is_a_formula() -> None:
    """A name that begins with = stays a name in a spreadsheet."""
    assert exports.harmless("=SUM(A1)") == "'=SUM(A1)"
    assert exports.harmless("anna") == "anna"


def test_edges_are_a_quarter_of_a_function() -> None:
    """Three quarters of the points are for the core; what has no edges has no such quarter."""
    works = Outcome("outer_sum", 6, 10, edges_passed=0, edges_total=4)
    assert works.works
    assert works.share(0.25) == 0.75
    assert works.share(0.5) == 0.5
    half = Outcome("outer_sum", 5, 10, edges_passed=2, edges_total=4)
    assert not half.works
    assert half.share(0.25) == 0.75 * 3 / 6 + 0.25 * 2 / 4
    assert Outcome("outer_sum", 3, 4).share(0.25) == 0.75
    assert Outcome("sgd_step", 4, 10, edges_passed=4, edges_total=4).share(0.25) == 0


@pytest.mark.slow
def test_nothing_is_worth_nothing(tmp_path: Path) -> None:
    """Not even where a function is promised to return None, and changes something instead."""
    for kata in catalogue.katas():
        code = "\n\n".join(nothing(kata, name) for name in sources.promised(kata))
        hand_in(tmp_path / "class" / "anna", kata, code)
    graded = Graded(tmp_path / "class", tmp_path / "out", "--device", "cpu")
    assert graded.people["anna"]["points"] == 0
