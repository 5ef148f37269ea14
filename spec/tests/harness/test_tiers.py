"""Core and edges: what runs when, how far a function is, and what every function is held to."""

import re
import shutil
from pathlib import Path

import pytest

from spec.harness.explaining.notes import Note
from spec.harness.explaining.progress import Progress, State, Tally, focus
from spec.harness.files.catalogue import SOLUTIONS
from spec.harness.verdicts import Kind
from spec.tests.inner import Run, run

K08 = "k08_broadcasting.py"


def tried(folder: Path, body: str, *options: str, function: str = "center_columns") -> Run:
    """A run of k08's solution, in which one function has this body."""
    source = (SOLUTIONS / K08).read_text(encoding="utf-8")
    ours = re.search(rf"(def {function}\(.*?\n    \"\"\"\n)(.*?)(?=\n\n\n|\Z)", source, re.DOTALL)
    assert ours is not None
    text = source[: ours.start(2)] + body + source[ours.end(2) :]
    (folder / K08).write_text(text, encoding="utf-8")
    return run(folder, ".", "--device=cpu", *options)


def ids(folder: Path, *options: str) -> list[str]:
    """The tests of k08 in the order in which they run."""
    shutil.copy(SOLUTIONS / K08, folder)
    seen = run(folder, ".", "--collect-only", "-q", "--device=cpu", *options)
    return [line.partition("::")[2] for line in seen.output.splitlines() if "::" in line]


def test_a_law_runs_as_core_and_as_edges(tmp_path: Path) -> None:
    """The same test, on ordinary arguments and on all that is promised."""
    names = ids(tmp_path, "-k", "outer_sum_adds_every_pair")
    assert names == [f"test_outer_sum_adds_every_pair[cpu{tier}]" for tier in ("", "-edges")]


def test_the_example_comes_first_and_edges_come_last(tmp_path: Path) -> None:
    """A learner is shown what is before their eyes, then the idea, then all else."""
    names = [name for name in ids(tmp_path) if name.startswith("test_outer_sum_")]
    assert names[0] == "test_outer_sum_example"
    assert names[-1] == "test_outer_sum_global_state"
    edges = [name for name in ids(tmp_path, "-m", "edge") if name.startswith("test_outer_sum_")]
    assert edges
    assert names[-len(edges) :] == edges


def test_core_leaves_the_edges_out(tmp_path: Path) -> None:
    """--core runs cores alone, ends with 0 when they hold, and says what is left."""
    body = "    assert matrix.is_contiguous()\n    return matrix - matrix.mean(dim=0)\n"
    whole = tried(tmp_path, body)
    assert whole.status == pytest.ExitCode.TESTS_FAILED
    core = tried(tmp_path, body, "--core")
    assert core.status == pytest.ExitCode.OK
    assert "All 7 functions work, on cpu." in core.output
    assert "run without --core" in core.output


def test_a_function_that_works_is_told_so(tmp_path: Path) -> None:
    """What is left of it is shown as what it is: edges."""
    body = "    assert matrix.is_contiguous()\n    return matrix - matrix.mean(dim=0)\n"
    seen = tried(tmp_path, body)
    assert re.search(r"center_columns works; (one edge is|\d edges are) left", seen.output)
    assert re.search(r"k08_broadcasting.py  works +7/7 work +6/7 done", seen.output)
    assert "center_columns works. Its edges are left: " in seen.output


def test_focus_goes_to_the_first_function_that_does_not_work(tmp_path: Path) -> None:
    """An edge of an earlier one can wait."""
    tried(tmp_path, "    assert matrix.is_contiguous()\n    return matrix - matrix.mean(0)\n")
    path = tmp_path / K08
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("return a[:, None] + b", "return b[:, None] + a"), "utf-8")
    seen = run(tmp_path, ".", "--device=cpu")
    assert "Mend outer_sum: " in seen.output
    assert re.search(r"\d outer_sum\n  rule ", seen.output)


def _progress(core: Tally, edges: Tally) -> Progress:
    return Progress("k08_broadcasting", K08, 1, "outer_sum", core, edges)


FAILED = [Note("k08_broadcasting", K08, 1, "outer_sum", Kind.TEST)]


@pytest.mark.parametrize(
    ("core", "edges", "state"),
    [
        (Tally(not_started=2), Tally(not_started=1), State.NOT_STARTED),
        (Tally(1, 1), Tally(), State.FAILING),
        (Tally(1, 0, FAILED), Tally(3), State.FAILING),
        (Tally(2), Tally(0, 0, FAILED), State.WORKS),
        (Tally(2), Tally(), State.WORKS),
        (Tally(2), Tally(1), State.DONE),
        (Tally(), Tally(1), State.DONE),
    ],
)
def test_a_function_is_in_one_of_four_states(core: Tally, edges: Tally, state: State) -> None:
    """Not started, failing, works, done."""
    assert _progress(core, edges).state is state


def test_edges_come_into_focus_when_all_functions_work() -> None:
    """Not before."""
    works, fails = _progress(Tally(2), Tally(0, 0, FAILED)), _progress(Tally(0, 0, FAILED), Tally())
    assert focus([works, fails]) is fails
    assert focus([works, _progress(Tally(2), Tally(1))]) is works


def test_an_argument_that_was_written_into_is_told_before_any_other_rule(tmp_path: Path) -> None:
    """On the first call that did it, and with the argument as it was before."""
    seen = tried(tmp_path, "    matrix -= matrix.mean(dim=1, keepdim=True)\n    return matrix\n")
    assert "You wrote into the argument matrix" in seen.output
    assert (
        "called    center_columns(matrix)\n              matrix = tensor([[1., 2., 9.],"
        in seen.output
    )
    assert "expected  matrix still tensor([[1., 2., 9.],\n" in seen.output


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("    matrix - matrix.mean(dim=0)\n", "center_columns returned None: is a return missing?"),
        ("    return (matrix - matrix.mean(dim=0)).double()\n", "the result has the wrong dtype"),
        (
            "    return matrix - matrix.mean(dim=1, keepdim=True)\n",
            "the example gives something else",
        ),
    ],
)
def test_the_first_test_is_the_docstrings_example(tmp_path: Path, body: str, told: str) -> None:
    """It is what a learner has before their eyes; and standing rules hold there already."""
    seen = tried(tmp_path, body)
    assert "rule      The example in the docstring comes out as it is shown." in seen.output
    assert told in " ".join(seen.output.split())


def test_whoever_returns_nothing_passes_nothing(tmp_path: Path) -> None:
    """Not even a rule about what is left alone."""
    seen = tried(tmp_path, "    matrix.mean()\n", "-k", "center_columns")
    assert " passed" not in seen.output


def test_a_changed_global_state_costs_one_edge(tmp_path: Path) -> None:
    """It is put back, and told once; the other tests go on."""
    body = "    torch.manual_seed(0)\n    return matrix - matrix.mean(dim=0)\n"
    seen = tried(tmp_path, body)
    assert "center_columns works; one edge is left" in seen.output
    assert "center_columns changed torch's random seed" in seen.output
    assert re.search(r"= 1 failed, \d+ passed in", seen.output)
