"""What needs a process of its own to show: the order of things, forks, the CPU beside sim."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest
import torch

from spec.harness import sim
from spec.harness.files.catalogue import ROOT
from spec.tests import warm

TRAIN = """
    def train(device):
        net = torch.nn.Linear(3, 1).to(device)
        net(torch.ones(2, 3, device=device)).sum().backward()
        return net.weight.grad.tolist()
"""


PRELUDE = "import torch\nfrom spec.harness import sim\n" + textwrap.dedent(TRAIN)


def run(code: str) -> str:
    """Run code in a new process and return what it prints; a warning is an error there."""
    return warm.printed_by(warm.run_code, PRELUDE + textwrap.dedent(code))


def test_importing_registers_nothing() -> None:
    """Importing sim leaves torch as it was; registering loads no module of torch's besides sim."""
    code = """
        import sys
        print(torch._C._get_privateuse1_backend_name(), sim.is_registered())
        before = set(sys.modules)
        sim.register()
        print(sorted(set(sys.modules) - before))
    """
    command = [sys.executable, "-W", "error", "-c", PRELUDE + textwrap.dedent(code)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines() == ["privateuseone False", "['torch.sim']"], done.stderr


def test_registering_after_a_backward_still_trains() -> None:
    """A process that has run a backward before sim was there runs one on sim as well."""
    assert run("train('cpu'); print(train(sim.register()))") == "[[2.0, 2.0, 2.0]]"


def test_a_second_copy_of_the_module_uses_the_first() -> None:
    """A copy of sim that was imported under another name finds sim registered."""
    code = """
        import importlib.util, pathlib
        sim.register()
        path = pathlib.Path(sim.__file__).with_name("registration.py")
        spec = importlib.util.spec_from_file_location("spec.harness.sim.another", path)
        another = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(another)
        print(another.is_registered(), another.register(), train("sim"))
    """
    assert run(code) == "True sim:0 [[2.0, 2.0, 2.0]]"


def test_another_backend_in_the_place_is_said() -> None:
    """If PyTorch's place for a new device is taken, registering says by whom."""
    code = """
        torch.utils.rename_privateuse1_backend("other")
        try:
            sim.register()
        except RuntimeError as error:
            print(error)
    """
    assert "has taken PyTorch's one place for a device of one's own: \"other\"" in run(code)


FORK = """
    import os
    sim.register()
    {before}
    child = os.fork()
    if child == 0:
        try:
            print(train("sim"), flush=True)
        except RuntimeError as error:
            print(str(error).splitlines()[0][:74], flush=True)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
def test_a_forked_child_trains_if_its_parent_ran_no_backward() -> None:
    """After registration and forward operations in the parent, a forked child runs a backward."""
    assert run(FORK.format(before="torch.ones(3, device='sim') + 1")) == "[[2.0, 2.0, 2.0]]"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
@pytest.mark.parametrize("device", ["cpu", "sim"])
def test_a_backward_before_a_fork_is_told_in_pytorchs_words(device: str) -> None:
    """After a backward in the parent a child's backward is refused, and does not hang."""
    refusal = "Unable to handle autograd's threading in combination with fork-based"
    assert run(FORK.format(before=f"train('{device}')")).startswith(refusal[:70])


def test_the_cpu_works_as_without_sim() -> None:
    """Random streams, dropout, pinning and loaders on the CPU are the same before and after."""
    code = """
        import warnings
        from torch.utils.data import DataLoader, TensorDataset

        def behaviour():
            torch.manual_seed(5)
            net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Dropout(), torch.nn.ReLU())
            optimizer = torch.optim.Adam(net.parameters(), lr=0.1)
            for _ in range(3):
                optimizer.zero_grad()
                net(torch.randn(7, 3)).sum().backward()
                optimizer.step()
            with torch.random.fork_rng():
                torch.rand(3)
            generator = torch.Generator().manual_seed(1)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                data = TensorDataset(torch.arange(6.0))
                batches = [
                    batch.tolist()
                    for workers in (0, 1)
                    for (batch,) in DataLoader(data, 2, pin_memory=True, num_workers=workers)
                ]
            numbers = [net[0].weight.tolist(), torch.rand(3).tolist(), batches]
            drawn = torch.rand(3, generator=generator).tolist()
            return numbers, drawn, generator.device, optimizer.defaults["foreach"]

        before = behaviour()
        sim.register()
        print(before == behaviour(), torch.ones(2).pin_memory().tolist())
    """
    assert run(code) == "True [1.0, 1.0]"


def test_threads_train_as_one_after_another() -> None:
    """Trainings in four threads end where they end in sequence."""
    code = """
        from concurrent.futures import ThreadPoolExecutor
        device = sim.register()

        def training(start):
            weight = torch.full((3,), float(start), device=device, requires_grad=True)
            for _ in range(20):
                loss = (weight * weight.sin()).sum()
                (gradient,) = torch.autograd.grad(loss, weight)
                weight = (weight - 0.1 * gradient).detach().requires_grad_()
            return weight.tolist()

        with ThreadPoolExecutor(4) as pool:
            print(list(pool.map(training, range(8))) == [training(i) for i in range(8)])
    """
    assert run(code) == "True"


def test_backward_does_not_end_the_process() -> None:
    """SystemExit and KeyboardInterrupt in a hook come back out of backward."""
    code = """
        x = torch.ones(3, device=sim.register(), requires_grad=True)
        for kind in (SystemExit, KeyboardInterrupt):
            def hook(gradient):
                raise kind
            handle = x.register_hook(hook)
            try:
                (x * 2).sum().backward()
            except BaseException as error:
                print(type(error).__name__)
            handle.remove()
    """
    assert run(code).split() == ["SystemExit", "KeyboardInterrupt"]


def test_what_has_no_effect_says_so() -> None:
    """autocast warns that it is off, and changes no dtype."""
    x = torch.ones(2, 2, device=sim.register())

    with pytest.warns(UserWarning, match="not supported"), torch.autocast("sim"):
        assert (x @ x).dtype == torch.float32
