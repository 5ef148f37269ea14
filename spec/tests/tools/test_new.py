"""spec.tools.new: six files that hold together, or a line that says why not."""

import subprocess
import sys
from pathlib import Path

import pytest

from spec.harness.files import catalogue
from spec.harness.files.catalogue import ROOT, Kata
from spec.tests import proofs
from spec.tests.inner import of_dev
from spec.tools import new

NAME = "k19_sample"


@pytest.fixture
def made(workshop: Path) -> Kata:
    """A kata as it has just been made."""
    new.make(Kata(NAME))
    catalogue.katas.cache_clear()
    return Kata(NAME)


def test_what_is_made_holds_together(made: Kata) -> None:
    """Only the words are missing: each side is proved like that of any other kata."""
    for prove in (
        proofs.files,
        proofs.solution,
        proofs.stub,
        proofs.stub_text,
        proofs.right,
        proofs.wrong,
        proofs.answers_named,
        proofs.hinted,
        proofs.examples,
    ):
        proof = prove(made)
        assert not proof.problems, f"{prove.__name__}: {proof.text}"
    assert len(proofs.answers(made.wrong)) == 2
    assert len(proofs.answers(made.right)) == 1


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=" ".join)
def test_what_is_made_passes_ruff(made: Kata, command: list[str]) -> None:
    """An author begins with clean files, in the places where they will lie."""
    of_dev("ruff")
    for path in (path for path in new.paths(made) if path.suffix == ".py"):
        place = ROOT / path.relative_to(catalogue.ROOT)
        ran = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--no-cache", "--stdin-filename", place, "-"],
            cwd=ROOT,
            input=path.read_text(encoding="utf-8"),
            encoding="utf-8",
            capture_output=True,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr


def test_it_says_what_to_do_next(workshop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each of the six files is named, and the tool that judges them."""
    new.main([NAME])
    said = capsys.readouterr().out
    for path in new.paths(Kata(NAME)):
        assert path.is_file()
        assert path.relative_to(workshop).as_posix() in said
    assert f"python -m spec.tools.check {NAME}" in said


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "one name is wanted"),
        (["k19_one", "k20_two"], "one name is wanted"),
        (["sample"], "is no kata's name"),
        (["k9_sample"], "is no kata's name"),
        (["k19_Sample"], "is no kata's name"),
        (["k19_"], "is no kata's name"),
        (["k19_../sample"], "is no kata's name"),
        (["k08_sample"], "the number is taken by k08_broadcasting"),
        (["k08_broadcasting"], "the number is taken by k08_broadcasting"),
        (["k19_begun"], "there is already a file spec/wrong/k19_begun.py"),
    ],
)
def test_a_bad_name_is_refused_in_one_line(
    workshop: Path, arguments: list[str], reason: str
) -> None:
    """Nothing is written, least of all over somebody's file."""
    (catalogue.SPEC / "wrong" / "k19_begun.py").write_text("mine\n")
    before = sorted(workshop.rglob("*"))
    with pytest.raises(SystemExit) as refused:
        new.main(arguments)
    said = str(refused.value.code)
    assert reason in said
    assert "\n" not in said
    assert sorted(workshop.rglob("*")) == before
    assert (catalogue.SPEC / "wrong" / "k19_begun.py").read_text() == "mine\n"
