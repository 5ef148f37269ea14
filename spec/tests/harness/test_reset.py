"""--reset: begin anew, and lose nothing."""

from pathlib import Path

import pytest

from spec.harness.files.catalogue import KATAS, SOLUTIONS
from spec.tests.inner import run

K08 = "k08_broadcasting.py"
STUB = (KATAS / K08).read_text(encoding="utf-8")


def test_a_file_becomes_its_stub_and_is_kept(tmp_path: Path) -> None:
    """What was written stands beside the stub, and the message says where."""
    (tmp_path / K08).write_text("mine\n")
    seen = run(tmp_path, K08, "--reset")
    assert (tmp_path / K08).read_text(encoding="utf-8") == STUB
    assert (tmp_path / f"{K08}.old").read_text() == "mine\n"
    assert f"kept in {K08}.old" in seen.output
    assert "collected" not in seen.output


def test_what_is_kept_is_never_overwritten(tmp_path: Path) -> None:
    """A second reset takes the next name."""
    for text in ("first\n", "second\n", "third\n"):
        (tmp_path / K08).write_text(text)
        run(tmp_path, K08, "--reset")
    kept = {path.name: path.read_text() for path in tmp_path.glob("*.old*")}
    assert kept == {f"{K08}.old": "first\n", f"{K08}.old2": "second\n", f"{K08}.old3": "third\n"}


def test_a_folder_of_one_s_own_remembers_the_stub(tmp_path: Path) -> None:
    """An update takes what is handed out now for its base."""
    memory = tmp_path / ".torch-katas" / "stubs" / K08
    memory.parent.mkdir(parents=True)
    memory.write_text("older\n")
    (tmp_path / K08).write_text("mine\n")
    run(tmp_path, K08, "--reset")
    assert memory.read_text(encoding="utf-8") == STUB


def test_a_stub_is_left_alone(tmp_path: Path) -> None:
    """There is nothing to keep of a file that is not started."""
    (tmp_path / K08).write_text(STUB, encoding="utf-8")
    seen = run(tmp_path, K08, "--reset")
    assert "is not started" in seen.output
    assert [path.name for path in tmp_path.iterdir()] == [K08]


def test_a_deleted_file_comes_back(tmp_path: Path) -> None:
    """The stub can be had again."""
    run(tmp_path, K08, "--reset")
    assert (tmp_path / K08).read_text(encoding="utf-8") == STUB


@pytest.mark.parametrize("path", [".", "notes.py", str(SOLUTIONS / K08)])
def test_only_named_katas_are_reset(tmp_path: Path, path: str) -> None:
    """Not a whole folder by accident, no other file, and no reference answer."""
    (tmp_path / K08).write_text("mine\n")
    (tmp_path / "notes.py").write_text("notes = 1\n")
    before = (SOLUTIONS / K08).read_text(encoding="utf-8")
    seen = run(tmp_path, path, "--reset")
    assert seen.status == pytest.ExitCode.USAGE_ERROR
    assert "name the files of katas to begin anew" in seen.output
    assert (tmp_path / K08).read_text() == "mine\n"
    assert (SOLUTIONS / K08).read_text(encoding="utf-8") == before
