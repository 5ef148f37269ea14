"""spec.tools.check: one kata judged, side by side."""

import re
from pathlib import Path
from unittest import mock

import pytest

from spec.harness.files import catalogue
from spec.harness.files.catalogue import Kata
from spec.tools import bench, check, new

SIDES = ["files", *check.SIDES]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is really timed: torch takes 2 seconds, and pytest 3."""

    def seconds(command: list[str]) -> float:
        return 2.0 if command == bench.IMPORT_TORCH else 3.0

    monkeypatch.setattr(bench, "seconds", seconds)


@pytest.fixture
def kata(workshop: Path) -> Kata:
    """A kata whose placeholders have been replaced."""
    made = Kata("k19_sample")
    new.make(made)
    for path in new.paths(made):
        edit(path, new.PLACEHOLDER, "Replaced")
    catalogue.katas.cache_clear()
    return made


def edit(path: Path, old: str, text: str) -> None:
    """Puts another text in the place of one that is there."""
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, text), encoding="utf-8")


def table(
    kata: Kata, capsys: pytest.CaptureFixture[str], *sides: str
) -> tuple[int, dict[str, str]]:
    """The exit code, and what is said of each side, or of these sides alone."""
    asked = {side: check.SIDES[side] for side in sides or check.SIDES if side != "files"}
    with mock.patch.object(check, "SIDES", asked):
        status = check.main([kata.name.partition("_")[0]])
    first, said = capsys.readouterr().out.split("\n", 1)
    assert first == kata.name
    parts = re.split(r"^  (\w+) +", said, flags=re.MULTILINE)[1:]
    return status, dict(zip(parts[::2], parts[1::2], strict=True))


def test_a_kata_that_holds(kata: Kata, capsys: pytest.CaptureFixture[str]) -> None:
    """Every side is ok, the time is a note, and the exit code is 0."""
    status, said = table(kata, capsys)
    assert status == 0
    assert list(said) == SIDES
    assert said["timing"] == "note  pytest takes 1.5 times as long as `import torch`\n"
    assert all(text.startswith("ok") for side, text in said.items() if side != "timing")


def test_placeholders_are_named_with_their_lines(
    workshop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What has just been made lacks its author's words, and nothing else."""
    made = Kata("k19_sample")
    new.make(made)
    catalogue.katas.cache_clear()
    status, said = table(made, capsys)
    assert status == 1
    assert [side for side, text in said.items() if "FAIL" in text] == ["placeholders"]
    for path in (made.solution, made.spec, made.wrong, made.right, made.hints):
        lines = path.read_text(encoding="utf-8").splitlines()
        numbers = [str(n) for n, line in enumerate(lines, 1) if new.PLACEHOLDER in line]
        place = f"{path.relative_to(workshop).as_posix()}, line {', '.join(numbers)}\n"
        assert place in said["placeholders"]


BROKEN = {
    "a solution that is wrong": (
        "solution",
        "matrix * factors[:, None]",
        "matrix + factors[:, None]",
        {"solution": "test_scale_rows_does_not_scale_columns", "docstrings": "is not true"},
    ),
    "a stub that is written": (
        "stub",
        "raise NotImplementedError",
        "return matrix * factors[:, None]",
        {"stub": "passes"},
    ),
    "a stub from before": (
        "stub",
        "of the same dtype",
        "of any dtype",
        {"stub": "is not the solution without bodies"},
    ),
    "a right answer that is refused": (
        "right",
        "(matrix.T * factors).T",
        "matrix.T * factors",
        {"right": "fails"},
    ),
    "a wrong answer that is right": (
        "wrong",
        "matrix + factors[:, None]",
        "matrix * factors[:, None]",
        {"wrong": "lets scale_rows__added through"},
    ),
    "a wrong answer for nothing": (
        "wrong",
        "scale_rows__added",
        "scale_cols__added",
        {"wrong": "scale_cols__added is named for no function"},
    ),
    "a hint too few": ("hints", "3. ", "", {"hints": "2 hints, not 3"}),
    "hints for nothing": ("hints", "## scale_rows", "## scale_cols", {"hints": "scale_cols"}),
    "no example": ("solution", ">>>", "...", {"docstrings": "has no example"}),
    "a spec that can't be imported": (
        "spec",
        "import numpy as np",
        "import nunpy as np",
        {"solution": "No module named 'nunpy'"},
    ),
    "a file that is no Python": ("right", "def ", "deff ", {"files": "is not valid Python"}),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_does_not_hold_is_said(
    kata: Kata, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    """The side at fault says what is wrong, and the exit code is 1."""
    file, old, text, faults = BROKEN[what]
    edit(getattr(kata, file), old, text)
    status, said = table(kata, capsys, *faults)
    assert status == 1
    for side, words in faults.items():
        assert said[side].startswith("FAIL")
        assert words in " ".join(said[side].split()), said[side]


def test_mistakes_that_only_a_device_shows_are_named(
    kata: Kata, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are well and good in ABOUT_DEVICES, and a fault outside."""
    lost = '\n\ndef scale_rows__lost(matrix, factors):\n    """Goes."""\n    {}\n'
    body = "return (matrix.cpu() * factors.cpu()[:, None]).cpu()"
    text = kata.wrong.read_text(encoding="utf-8") + lost.format(body)
    listed = text.replace("\n\n\n", '\n\nABOUT_DEVICES = ("scale_rows__lost",)\n\n\n', 1)
    kata.wrong.write_text(listed, encoding="utf-8")
    status, said = table(kata, capsys, "wrong")
    assert status == 0
    assert "by the accelerator alone: scale_rows__lost" in said["wrong"]
    kata.wrong.write_text(text, encoding="utf-8")
    status, said = table(kata, capsys, "wrong")
    assert status == 1
    assert "scale_rows__lost is rejected by the accelerator alone" in " ".join(
        said["wrong"].split()
    )


def test_a_loophole_that_is_open_is_said(kata: Kata, capsys: pytest.CaptureFixture[str]) -> None:
    """What nobody would write must be rejected as well."""
    text = kata.wrong.read_text(encoding="utf-8").replace("scale_rows__", "scale_rows__odd_")
    kata.loopholes.parent.mkdir()
    kata.loopholes.write_text(
        text.replace("matrix + factors[:, None]", "matrix * factors[:, None]"), encoding="utf-8"
    )
    status, said = table(kata, capsys, "wrong", "loopholes")
    assert status == 1
    assert said["wrong"].startswith("ok")
    assert "lets scale_rows__odd_added through" in " ".join(said["loopholes"].split())


def test_an_answer_on_both_shelves_is_said(kata: Kata, capsys: pytest.CaptureFixture[str]) -> None:
    """A kata needs no loopholes; one that there is stands on its own shelf alone."""
    status, said = table(kata, capsys, "wrong", "loopholes")
    assert status == 0
    assert "there are none" in said["loopholes"]
    text = kata.wrong.read_text(encoding="utf-8")
    kata.loopholes.parent.mkdir()
    kata.loopholes.write_text(text, encoding="utf-8")
    status, said = table(kata, capsys, "wrong", "loopholes")
    assert status == 1
    assert said["loopholes"].startswith("ok")
    assert "scale_rows__added is on both shelves" in " ".join(said["wrong"].split())


def test_long_docstrings_are_noted(kata: Kata, capsys: pytest.CaptureFixture[str]) -> None:
    """They are no failure, since most are longer than is wanted."""
    for path in (kata.solution, kata.stub):
        edit(path, "of the same dtype.", "of the same dtype." + "\n            word" * 120)
    status, said = table(kata, capsys, "docstrings")
    assert status == 0
    assert "45 are wanted" in said["docstrings"]
    assert re.search(r"over 120 words: scale_rows \(1\d\d\)", said["docstrings"])


def test_a_name_that_is_none_is_refused_in_one_line(workshop: Path) -> None:
    """And the katas that there are stand in it."""
    with pytest.raises(SystemExit) as refused:
        check.main(["k99"])
    assert str(refused.value.code) == check.NO_KATA.format(wanted="k99", known="k08_broadcasting")


def test_no_name_means_all(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each kata is judged once, however it is named."""
    judged: list[str] = []

    def judge(kata: Kata) -> bool:
        judged.append(kata.name)
        return True

    monkeypatch.setattr(check, "judge", judge)
    assert check.main([]) == 0
    assert check.main(["k08", "k08_broad"]) == 0
    assert judged == ["k08_broadcasting"] * 2
