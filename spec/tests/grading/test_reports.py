"""What programs and people are handed: exit codes, Gradescope's results, JUnit, and --me."""

import io
import json
import os
import re
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from spec.grading import __main__
from spec.grading.intake.submissions import Submission
from spec.grading.outcomes import Outcome, Result
from spec.grading.reports import exports, mine, page
from spec.grading.reports.report import Report
from spec.grading.scoring import Scheme
from spec.harness.files import sources
from spec.harness.files.catalogue import Kata
from spec.tests.grading.classroom import Graded, hand_in, nothing, submission

K08, K09 = Kata("k08_broadcasting"), Kata("k09_cat_stack")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="grading needs a fork")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing", "--out", "out"], "there is no such folder"),
        (["empty", "--out", "out"], "no katas here"),
        (["broken.zip", "--out", "out"], "broken: broken.zip can't be opened (File is not a zip"),
        (["class", "--out", "out", "--roster", "typo.toml"], "is no gradebook as Canvas or Moodle"),
        (["class", "--out", "out", "--roster", "none.csv"], "can't be read"),
        (["class", "--out", "out", "--column", "HW"], "--column is for --roster"),
        (["class", "--out", "out", "--gradescope", "--draft", "d"], "don't go together"),
        (["class", "--out", "out", "--draft", "no/draft.py"], "no/draft.py can't be written"),
        (["class", "--me", "--roster", "none.csv"], "--me and --roster don't go together"),
        (["class", "--out", "out", "--classroom50", "--gradescope"], "don't go together"),
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
    (tmp_path / "broken.zip").write_text("PK")
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
    code += "\ndef center_columns(m):\n    return m - m.mean(dim=1, keepdim=True)\n"
    hand_in(tmp_path / "katas", K08, submission(K08, code))
    hand_in(tmp_path / "katas", Kata("k05_flatten"), "def f(:\n")
    hand_in(tmp_path / "katas", K09, K09.stub.read_text(encoding="utf-8"))
    assert __main__.main([str(tmp_path / "katas"), "--me", "--device", "cpu"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"You have \d\d\.\d of 100 points for 3 katas\.", said)
    assert "center_columns: 1 of 8 tests pass\n    You averaged each row (dim=1)." in said
    assert said.count("Nothing of k05_flatten could be tried. Mend this first:") == 1
    assert said.count("k05_flatten") == 2 and said.count("not started") == 1
    assert re.search(f"is shown by: .*pytest {re.escape(str(tmp_path / 'katas'))}\n", said)
    assert "k08_broadcasting outer_sum: 0 of" in said
    assert re.search(r"k08_broadcasting\.py:\d+ \(unusual\) It sets os\.environ", said)
    assert [path.name for path in tmp_path.iterdir()] == ["katas"]


def test_mistakes_that_nobody_knows_are_grouped_by_how_they_end(tmp_path: Path) -> None:
    """With how many people, and one example, whatever else stands in their files."""
    for person, factor in (("anna", 3), ("bob", 3), ("eve", 7)):
        code = (
            f"NAME = {person!r}\n\n\ndef outer_sum(a, b):\n    return a[:, None] + b * {factor}\n"
        )
        hand_in(tmp_path / "class" / person, K08, submission(K08, code))
    Graded(tmp_path / "class", tmp_path / "out", "--device", "cpu")
    text = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    counts = re.findall(r'<td class="number">(\d)</td><td><details', text)
    assert counts == ["2", "1"]


def test_a_name_that_a_terminal_lacks_is_escaped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table, the strays and what is wrong are shown on a terminal of any encoding."""
    roster = tmp_path / "book.csv"
    roster.write_text("First name,Surname,Email address,Assignment: Д\nЖанна,Я,a,\n", "utf-8")
    (tmp_path / "class" / "Анна").mkdir(parents=True)
    (tmp_path / "class" / "Боб").mkdir()
    for person in ("Анна", "Боб"):
        (tmp_path / "class" / person / "k08_brodcasting.py").write_text("")
    (tmp_path / "class" / "Анна" / f"{K08.name}.py").write_text("def (")
    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(shown, "ascii", write_through=True))
    options = ["--out", str(tmp_path / "out"), "--roster", str(roster), "--device", "cpu"]
    assert __main__.main([str(tmp_path / "class"), *options]) == 0
    assert __main__.main([str(tmp_path / "нет"), *options]) == 2
    said = shown.getvalue().decode("ascii")
    assert r"\u0410\u043d\u043d\u0430" in said and r"\u0416" in said


def test_what_ends_a_whole_file_is_said_once() -> None:
    """First what to do; then of each function only that nothing of it could be tried."""
    result = Result(Submission("anna"))
    for function in ("outer_sum", "center_columns"):
        rows = [("problem", "line 1 is not valid Python")]
        outcome = Outcome(function, 0, 8, rows=rows, whole_file=True)
        result.outcomes["k08_broadcasting", function] = outcome
        late = Outcome(function, 0, 8, note="no examination began")
        result.outcomes["k09_cat_stack", function] = late
    scheme = Scheme(dict.fromkeys(result.outcomes, 1.0))
    told = json.loads(exports.to_gradescope(result, scheme))
    whole = told["output"] + "".join(test["output"] for test in told["tests"])
    page_of = page.render(Report([result], {}, scheme), [])
    mine_of = "\n".join(mine._lines(result, scheme, Path("katas")))
    for text in (whole, page_of, mine_of):
        assert text.count("line 1 is not valid Python") == text.count("no examination began") == 1
    assert {test["output"] for test in told["tests"]} == {exports.NOTHING_TRIED}
