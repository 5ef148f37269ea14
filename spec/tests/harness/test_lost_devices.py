"""What a learner is told where an accelerator lacks something, or can't be used any more."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from spec.harness import devices, sim
from spec.harness.explaining import diagnosis, noting
from spec.harness.files.catalogue import SOLUTIONS
from spec.harness.sim.characters import Stage
from spec.tests.inner import Run, run

HAS_ACCELERATOR = any(devices._has(name) for name in devices.REAL)
pytestmark = pytest.mark.skipif(HAS_ACCELERATOR, reason="sim gives way to this machine's own")

INDEXING, BROADCASTING = "k03_indexing", "k08_broadcasting"
SWAPPED = "    return matrix[columns, rows]\n"
ONLY_THERE = """    if matrix.device.type != "cpu":
        return matrix[torch.tensor([1000], device=matrix.device)]
"""
AND_SWALLOWS = """    if matrix.device.type != "cpu":
        try:
            return matrix[torch.tensor([1000], device=matrix.device)]
        except RuntimeError:
            pass
"""
RIGHT = "    return matrix[rows, columns]\n"


@pytest.fixture(autouse=True)
def as_cuda_afterwards() -> Iterator[None]:
    """Leaves sim as it is for everybody else."""
    yield
    sim.register()


def tried(folder: Path, body: str, *options: str, kata: str = INDEXING, at: str = "") -> Run:
    """A run of two katas' solutions, in which one function has this body."""
    for name in (INDEXING, BROADCASTING):
        text = (SOLUTIONS / f"{name}.py").read_text(encoding="utf-8")
        if name == kata:
            function = at or "pick_pairs"
            before, _, rest = text.partition(f"def {function}(")
            docstring, quotes, after = rest.partition('\n    """\n')
            _, _, following = after.partition("\n\n\n")
            text = f"{before}def {function}({docstring}{quotes}{body}\n\n{following}"
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return run(folder, ".", "--examples=3", *options)


def text_of(seen: Run) -> str:
    """What was shown, in one line."""
    return " ".join(seen.output.split())


BOTH = ("--device=cpu", "--device=sim")
MEANS_OF_ROWS = "    return matrix - matrix.mean(dim=1, keepdim=True)\n"


@pytest.mark.parametrize("name", sim.CHARACTERS)
@pytest.mark.parametrize("where", [BOTH, ("--device=sim",)])
def test_the_first_wrong_function_is_told_on_each_accelerator(
    tmp_path: Path, name: str, where: tuple[str, ...]
) -> None:
    """With its verdict and its mistake, also where torch has no manual_seed_all."""
    seen = tried(
        tmp_path, MEANS_OF_ROWS, *where, f"--sim-as={name}", kata=BROADCASTING, at="center_columns"
    )
    assert seen.status == pytest.ExitCode.TESTS_FAILED
    assert "Mend center_columns: " in seen.output
    assert "  mistake   You averaged each row (dim=1)." in seen.output
    assert "15 of 16 functions work" in seen.output


def test_float64_on_a_device_without_it_is_told_as_any_error(tmp_path: Path) -> None:
    """In the device's words, and at the learner's line."""
    body = "    return (matrix - matrix.double().mean(dim=0)).to(matrix.dtype)\n"
    options = (*BOTH, "--sim-as=mps")
    seen = tried(tmp_path, body, *options, kata=BROADCASTING, at="center_columns")
    assert "raised    TypeError: Cannot convert a MPS Tensor to float64 dtype" in seen.output
    assert "matrix.double()" in seen.output
    assert "[sim only]" in seen.output


def test_what_fails_on_the_cpu_is_not_run_on_the_accelerator(tmp_path: Path) -> None:
    """It would be the end of CUDA; all else runs there, and no function but this one suffers."""
    seen = tried(tmp_path, SWAPPED, *BOTH, "--sim-as=asserting")
    assert not Stage.lost
    assert "15 of 16 functions work, 15 are done, on cpu, sim." in seen.output
    assert "  mistake   You swapped rows and columns." in seen.output
    assert "unusable" not in seen.output
    assert re.search(r"\d+ failed, \d+ passed, \d+ not run", seen.output)


def test_a_device_assert_is_told_once_and_costs_nobody_else(tmp_path: Path) -> None:
    """What happened, in which line, and how to see the index; the rest there is not run."""
    seen = tried(tmp_path, ONLY_THERE + RIGHT, *BOTH, "--sim-as=asserting")
    told = (
        "problem pick_pairs made sim unusable, at k03_indexing.py:161: CUDA error: device-side "
        "assert triggered do Run with --device cpu: there the error names the index that is out "
        "of range. Nothing else can run on sim until pytest is started again."
    )
    assert text_of(seen).count(told) == 1
    counts = re.findall(r"(\d+) (?:failed|passed|not run)", seen.output)[-3:]
    failed, passed, left = map(int, counts)
    assert failed == 1
    assert min(passed, left) > 80
    assert "15 of 16 functions work, 15 are done, on cpu, sim." in seen.output
    assert f"Not run: {left} tests, since their device can't be used any more." in seen.output
    unusable = "pick_pairs made sim unusable, at k03_indexing.py:161: "
    assert f"\n{unusable}CUDA error: device-side assert triggered\n" in seen.output
    assert re.search(r"k08_broadcasting.py +done +7/7 work", seen.output)


def test_an_assert_that_the_function_swallows_is_laid_at_its_door(tmp_path: Path) -> None:
    """Whatever the test makes of it."""
    seen = tried(tmp_path, AND_SWALLOWS + RIGHT, *BOTH, "--sim-as=asserting", "--all")
    assert len(re.findall("problem pick_pairs made sim unusable, at k03", text_of(seen))) == 1
    assert "15 of 16 functions work, 15 are done" in seen.output


def test_no_known_mistake_is_the_end_of_the_device(tmp_path: Path) -> None:
    """A function fails there alone, and of the mistakes it is compared with some index badly."""
    body = "    return torch.stack([matrix.cpu()[i, j] for i, j in zip(rows, columns)])\n"
    seen = tried(tmp_path, body, *BOTH, "--sim-as=asserting", "-k", "pick_pairs_takes")
    assert "[sim only]" in seen.output
    assert not Stage.lost
    assert "not run" not in seen.output


def test_functions_none_of_whose_tests_were_run_are_called_so(tmp_path: Path) -> None:
    """Neither done nor at fault."""
    some = "test_pick_pairs_takes or test_outer_sum_adds"
    options = ("--device=sim", "--sim-as=asserting", "-k", some)
    seen = tried(tmp_path, ONLY_THERE + RIGHT, *options)
    assert re.search(r"k08_broadcasting.py +not run +0/1 work +0/1 done +0/0 tests", seen.output)
    assert "0 of 2 functions work, 0 are done" in seen.output


def test_a_device_that_was_lost_before_the_run_is_nobodys_fault(tmp_path: Path) -> None:
    """As in a notebook, where pytest runs again in the same process."""

    class Before:
        """Somebody else has used the device."""

        def pytest_collection_finish(self) -> None:
            """Ends it."""
            Stage.lost = True

    (tmp_path / f"{BROADCASTING}.py").write_text(
        (SOLUTIONS / f"{BROADCASTING}.py").read_text(encoding="utf-8"), encoding="utf-8"
    )
    seen = run(tmp_path, ".", *BOTH, "--sim-as=asserting", plugins=[Before()])
    assert "sim could not be used before this run began: CUDA error" in text_of(seen)
    assert "restart the kernel" in text_of(seen)
    assert " 1 failed, " in seen.output


def test_an_explanation_that_fails_ends_no_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The failure is told without it, and a warning says so."""

    def broken(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(diagnosis, "candidates", broken)
    monkeypatch.setattr(diagnosis, "acquit", broken)
    monkeypatch.setattr(noting, "rows", broken)
    seen = tried(tmp_path, SWAPPED, "--device=cpu", "-W", "always")
    assert seen.status == pytest.ExitCode.TESTS_FAILED
    assert "problem   IndexError: index 2 is out of bounds" in seen.output
    assert "RuntimeError: a fault of ours" in seen.output
    assert "Mend pick_pairs" in seen.output
