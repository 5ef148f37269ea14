"""A class graded: points, mistakes, reports for people and programs, and dangerous files."""

import csv
import json
import os
import re
import stat
import time
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from spec.grading import __main__
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


def test_the_report_is_the_same_twice(tmp_path: Path) -> None:
    """The same input gives the same report, but for times; and a second run asks nobody."""
    place = tmp_path / "class"
    place.mkdir()
    hand_in(place / "anna", K08, submission(K08, nothing(K08, "outer_sum")))
    hand_in(place / "bob", K08, K08.solution.read_text(encoding="utf-8"))
    first = Graded(place, tmp_path / "one")
    second = Graded(place, tmp_path / "two", "--jobs", "1")
    assert _timeless(first.out) == _timeless(second.out)
    before = {path.name: path.read_bytes() for path in first.out.iterdir()}
    start = time.perf_counter()
    Graded(place, tmp_path / "one")
    assert before == {path.name: path.read_bytes() for path in first.out.iterdir()}
    assert time.perf_counter() - start < 60


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


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing", "--out", "out"], "there is no such folder"),
        (["empty", "--out", "out"], "no katas here"),
        (["class", "--out", "out", "--weights", "none.toml"], "can't be read"),
        (["class", "--out", "out", "--weights", "typo.toml"], "there is no k08_broadcastin"),
        (["class", "--out", "out", "--weights", "negative.toml"], "no number from 0 up"),
        (["class", "--out", "out", "--device", "cuda"], "--device cuda"),
        (["class", "--out", "out", "--weights", "nan.toml"], "no number from 0 up"),
        (["class", "--out", "out", "--jobs", "0"], "--jobs: 0 is no number from 1 up"),
        (["class", "--out", "out", "--limit", "0"], "--limit: 0 is no time"),
        (["class", "--out", "out", "--timeout", "nan"], "--timeout: nan is no time"),
        (["class", "--out", "out", "--edges", "nan"], "--edges: nan is no share"),
        (["class"], "--out REPORT is needed"),
        (["class", "--out", "typo.toml"], "can't be written"),
    ],
)
def test_bad_input_is_explained(
    arguments: list[str],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is wrong, and how it should look; no traceback."""
    if "cuda" in arguments:
        import torch

        if torch.cuda.is_available():
            pytest.skip("there is CUDA here")
    (tmp_path / "empty").mkdir()
    (tmp_path / "class").mkdir()
    for person in ("anna", "bob"):
        hand_in(tmp_path / "class" / person, K08, "")
    (tmp_path / "typo.toml").write_text("[weights]\nk08_broadcastin = 2\n")
    (tmp_path / "nan.toml").write_text("[weights]\nk08_broadcasting = nan\n")
    (tmp_path / "negative.toml").write_text("[weights]\nk08_broadcasting = -2\n")
    monkeypatch.chdir(tmp_path)
    try:
        code: Any = __main__.main(arguments)
        said = "".join(capsys.readouterr())
    except SystemExit as exit:
        code, said = exit.code, "".join(capsys.readouterr()) + str(exit.code)
    assert words in said
    assert "Traceback" not in said
    assert code == 2


ONE_PERSON = {
    "a copy alone": ["k08_broadcasting (1).py"],
    "nothing": [],
    "something else": ["notes.txt"],
    "a project": ["katas/k08_broadcasting.py", "solutions/k08_broadcasting.py", "spec/a.py"],
    "beside junk": ["katas/k08_broadcasting.py", ".git/config", "__MACOSX/katas/a.py"],
    "several folders": ["anna/k08_broadcasting.py", "bob/k08_broadcasting.py"],
}


@pytest.mark.parametrize("paths", ONE_PERSON.values(), ids=ONE_PERSON)
def test_gradescope_always_has_one_person_and_results(paths: list[str], tmp_path: Path) -> None:
    """Whatever is handed in: what was found is graded, what is missing is said."""
    place, out = tmp_path / "submission", tmp_path / "out"
    place.mkdir()
    for path in paths:
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(K08.stub.read_bytes())
    options = ["--gradescope", "--device", "cpu", "--katas", "k08_broadcasting"]
    assert __main__.main([str(place), "--out", str(out), *options]) == 0
    report = json.loads((out / "results.json").read_text(encoding="utf-8"))
    assert report["score"] == 0
    assert len(report["tests"]) == len(sources.units(K08))
    found = any("k08" in path for path in paths)
    assert ("Found: k08_broadcasting." if found else "No katas were found") in report["output"]


def test_gradescope_is_told_where_there_is_no_grading(tmp_path: Path) -> None:
    """The student reads a sentence, and not that the autograder failed."""
    out = tmp_path / "out"
    assert __main__.main([str(tmp_path / "missing"), "--out", str(out), "--gradescope"]) == 2
    report = json.loads((out / "results.json").read_text(encoding="utf-8"))
    assert "there is no such folder" in report["output"]
    assert report["score"] == 0


def test_only_what_counts_is_examined_and_asked_for(tmp_path: Path) -> None:
    """--katas leaves the others alone, and --strict is content when these are done."""
    place = tmp_path / "anna"
    hand_in(place, K08, K08.solution.read_text(encoding="utf-8"))
    other = Kata("k09_cat_stack")
    hand_in(place, other, other.stub.read_text(encoding="utf-8"))
    options = ("--strict", "--device", "cpu", "--katas", "k08_broadcasting")
    graded = Graded(place, tmp_path / "out", *options)
    assert graded.code == 0
    assert {e["kata"] for e in graded.people["anna"]["functions"]} == {"k08_broadcasting"}


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


SUITE = {"name", "tests", "failures", "errors", "skipped", "time"}  # as junit-10.xsd has it


def test_junit_is_what_programs_expect(tmp_path: Path) -> None:
    """junit-10.xsd asks for errors, and knows no attributes but these."""
    hand_in(tmp_path / "class" / "anna", K08, submission(K08, nothing(K08, "outer_sum")))
    Graded(tmp_path / "class", tmp_path / "out", "--device", "cpu")
    (suite,) = ElementTree.parse(tmp_path / "out" / "junit.xml").getroot()
    assert set(suite.attrib) == SUITE
    assert suite.get("errors") == "0"
    for case in suite:
        assert set(case.attrib) == {"classname", "name", "time"}
        for failure in case:
            assert (failure.tag, set(failure.attrib)) == ("failure", {"type", "message"})


def test_a_learner_sees_at_home_what_an_instructor_will_see(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Points, what is left, and the lines that will be shown; nothing is written."""
    code = nothing(K08, "outer_sum") + "\nimport os\nos.environ['A'] = 'b'\n"
    hand_in(tmp_path / "katas", K08, submission(K08, code))
    assert __main__.main([str(tmp_path / "katas"), "--me", "--device", "cpu"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"You have \d\d\.\d of 100 points for k08_broadcasting\.", said)
    assert "k08_broadcasting outer_sum: 0 of" in said
    assert re.search(r"k08_broadcasting\.py:\d+ \(unusual\) It sets os\.environ", said)
    assert [path.name for path in tmp_path.iterdir()] == ["katas"]


def test_no_cell_is_a_formula() -> None:
    """A name that begins with = stays a name in a spreadsheet."""
    assert exports._harmless("=SUM(A1)") == "'=SUM(A1)"
    assert exports._harmless("anna") == "anna"


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
