"""torch's compiler is loaded when something is compiled, and works as if it had always been there.

So is whatever else a run of right answers has no use for.
"""

import shutil
import subprocess
import sys

import pytest

from spec.harness.files.catalogue import SOLUTIONS

KATAS = ("k08_broadcasting.py", "k18_training_loop.py")
TESTS = "averages_down_the_rows or takes_a_step_for_each_batch"
AFTER = """
import sys

def pytest_unconfigure():
    print("loaded:", *sys.modules)
    import torch
    weight = torch.nn.Parameter(torch.ones(2))
    optimizer = torch.optim.SGD([weight], lr=0.25)

    @torch.compile(backend="eager")
    def step(x):
        (weight * x).sum().backward()
        optimizer.step()
        optimizer.zero_grad()
        return weight * 2

    print("compiled:", step(torch.ones(2)).tolist())
    print("left alone:", vars(torch.optim.Optimizer.zero_grad.__wrapped__.__dynamo_disable))
"""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is printed after a run of right answers, one of which trains."""
    folder = tmp_path_factory.mktemp("mine")
    for name in KATAS:
        shutil.copy(SOLUTIONS / name, folder)
    (folder / "after.py").write_text(AFTER)
    options = ["-q", "-p", "after", "--device=cpu", "-k", TESTS, *KATAS]
    command = [sys.executable, "-m", "pytest", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def said(output: str, what: str) -> str:
    """What follows these words on their line."""
    return next(line for line in output.splitlines() if line.startswith(what)).removeprefix(what)


def test_only_what_is_used_is_loaded(output: str) -> None:
    """A run of right answers waits for no tool that it has no use for, even where they train."""
    modules = said(output, "loaded:").split()
    assert "torch.optim.sgd" in modules
    for name in ("matplotlib", "jinja2", "rich", "torch._dynamo.config", "sympy"):
        assert name not in modules, name
    assert not any("wrong" in name for name in modules)


def test_what_is_compiled_later_is_compiled_as_ever(output: str) -> None:
    """It comes out the same, and the compiler leaves alone what optimizers have asked it to."""
    assert said(output, "compiled:") == " [1.5, 1.5]"
    assert "'_torchdynamo_disable': True" in said(output, "left alone:")
