"""A folder of one's own: what is remembered there, and when a solution appears."""

import shutil
import time
from pathlib import Path

import pytest

from spec.course import __main__ as command
from spec.course import standing
from spec.harness.files import catalogue, homes, sources, ways
from spec.harness.files.catalogue import SOLUTIONS
from spec.tests.inner import run

K08, K09 = "k08_broadcasting", "k09_cat_stack"
WRONG = "matrix - matrix.mean(dim=1, keepdim=True)"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with the mark of one's own, and k08 done but for one function."""
    (tmp_path / homes.MARK).mkdir()
    text = (SOLUTIONS / f"{K08}.py").read_text("utf-8")
    right = "matrix - matrix.mean(dim=0)"
    assert right in text
    (tmp_path / f"{K08}.py").write_text(text.replace(right, WRONG), "utf-8")
    shutil.copy(catalogue.named(K09).stub, tmp_path)
    return tmp_path


def finish(home: Path) -> None:
    """Makes the last function right."""
    shutil.copy(SOLUTIONS / f"{K08}.py", home)


def test_a_solution_appears_when_its_kata_is_done_and_not_before(home: Path) -> None:
    """With another way beside it; and no run takes them for katas, unless they are named."""
    assert "Its solution" not in run(home, "--device=cpu").output
    assert not (home / "solutions").exists()
    finish(home)
    seen = run(home, "--device=cpu").output
    assert f"{K08} is done. Its solution is now in solutions/{K08}.py, and another way" in seen
    assert "solutions" not in run(home, "--device=cpu", "--collect-only", "-q").output
    named = run(home, "solutions", "--device=cpu", "-q").output
    assert "14 of 14 functions work" in named


def test_a_kata_may_be_done_in_several_runs(home: Path) -> None:
    """What a run leaves out stays as it was; what it does not finish is not counted."""
    run(home, "--device=cpu", f"{K08}.py")
    finish(home)
    run(home, "--device=cpu", f"{K08}.py", "-k", "center_columns_averages")
    assert not (home / "solutions").exists()
    named = f"{K08}.py::test_center_columns_averages_down_the_rows[cpu]"
    run(home, "--device=cpu", named)
    assert not (home / "solutions").exists()
    run(home, "--device=cpu", f"{K08}.py", "-k", "center_columns")
    assert (home / "solutions" / f"{K08}.py").exists()


def test_elsewhere_no_solution_appears_and_nothing_is_remembered(tmp_path: Path) -> None:
    """A folder of anybody's is left as it was."""
    shutil.copy(SOLUTIONS / f"{K08}.py", tmp_path)
    assert "done" in run(tmp_path, "--device=cpu", "-k", "outer_sum").output
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".py"] == [f"{K08}.py"]
    assert not (tmp_path / homes.MARK).exists()


def test_who_comes_back_is_told_where_they_were(home: Path) -> None:
    """The kata at hand goes on, whatever else was run; when it is done, the first that is not."""
    run(home, "--device=cpu")
    (home / homes.MARK / homes.PROGRESS).write_text(
        (home / homes.MARK / homes.PROGRESS)
        .read_text("utf-8")
        .replace(f'"when": {int(time.time())}', f'"when": {int(time.time()) - 90 * 86_400}'),
        "utf-8",
    )
    told = "\n".join(standing.lines(home))
    assert "6 of 132 functions work, 6 are done." in told
    assert f"Begin with center_columns in {home / K08}.py." in told
    finish(home)
    run(home, "--device=cpu", f"{K08}.py")
    told = "\n".join(standing.lines(home))
    assert f"Begin with from_values in {home / 'k01_creation.py'}." in told
    assert f"k10_nonlinearity    0/6  work   0/6  done{standing.ELSEWHERE}" in told
    run(home, f"{K08}.py", "--reset")
    assert "0 of 132 functions work" in "\n".join(standing.lines(home))


@pytest.mark.parametrize(
    ("days", "said"), [(0.1, "today"), (1.5, "yesterday"), (13, "13 days"), (100, "3 months")]
)
def test_how_long_ago_is_said_roughly(home: Path, days: float, said: str) -> None:
    """In the largest unit of which there are at least two."""
    homes.remember(home, catalogue.named(K08), {"outer_sum": "done"})
    known = homes.standing(home)[K08].when
    path = home / homes.MARK / homes.PROGRESS
    text = path.read_text("utf-8").replace(str(known), str(known - days * 86_400))
    path.write_text(text, "utf-8")
    assert next(standing.lines(home)).startswith(f"Last run: {said}")


def test_what_was_remembered_badly_is_forgotten(home: Path) -> None:
    """A file that was cut short, or that someone else wrote, ends no run."""
    for text in ("", "{", "[]", '{"k08_broadcasting": 3}', '{"k08_broadcasting": {"age": 3}}'):
        (home / homes.MARK / homes.PROGRESS).write_text(text, "utf-8")
        assert homes.standing(home) == {}
    (home / homes.MARK / homes.PROGRESS).unlink()
    (home / homes.MARK / homes.PROGRESS).mkdir()  # nothing can be written there
    homes.remember(home, catalogue.named(K08), {"outer_sum": "done"})


def test_where_there_is_no_home_one_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One command, and no list of zeros."""
    monkeypatch.chdir(tmp_path)
    assert command.main([]) == 2
    assert "torch-katas init FOLDER" in capsys.readouterr().out


def test_there_is_another_way_to_every_function() -> None:
    """Each stands by itself: all names that it uses are there."""
    for kata in catalogue.katas():
        scope: dict[str, object] = {"__name__": kata.name}
        exec(compile(ways.another_way(kata), kata.name, "exec"), scope)
        assert set(sources.promised(kata)) <= set(scope), kata.name


@pytest.mark.slow
def test_every_other_way_is_right(tmp_path: Path) -> None:
    """As it is written into a learner's folder."""
    for kata in catalogue.katas():
        (tmp_path / f"{kata.name}.py").write_text(ways.another_way(kata), "utf-8")
    seen = run(tmp_path, "--device=cpu", "--device=sim", "-q")
    assert "All katas are done" in seen.output
