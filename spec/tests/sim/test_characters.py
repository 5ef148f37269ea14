"""Which accelerators sim can play, each held to what the installed torch says of it."""

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from spec.harness import sim
from spec.harness.files.catalogue import ROOT
from spec.harness.sim import characters, registration

PLAYED = [name for name in sim.CHARACTERS if name != "cuda"]
MPS_WORDS = "Cannot convert a MPS Tensor to float64 dtype"
XPU_WORDS = "Required aspect fp64 is not supported on the device"
ASSERTED = "^CUDA error: device-side assert triggered\n"


@pytest.fixture(autouse=True)
def as_cuda_afterwards() -> Iterator[None]:
    """Leaves sim as it is for everybody else."""
    yield
    sim.register()


LISTS_DTYPES = """
import json
from torch.testing._internal.common_methods_invocations import op_db

if hasattr(op_db[0], "dtypesIfMPS"):
    on = {name: {str(d) for op in op_db for d in op.supported_dtypes(name)} for name in NAMES}
    print(json.dumps({name: sorted(dtypes) for name, dtypes in on.items()}))
"""


def test_mps_lacks_the_dtypes_that_no_operator_of_torch_has_there() -> None:
    """Those of CUDA's, over all of PyTorch's own list of operators.

    Its tests change much of a process that imports them.
    """
    command = [sys.executable, "-c", f"NAMES = 'cuda', 'mps'\n{LISTS_DTYPES}"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if not listed.strip():
        pytest.skip(f"torch {torch.__version__} does not list what MPS has")
    on_cuda, on_mps = (set(dtypes) for dtypes in json.loads(listed).values())
    assert {str(dtype) for dtype in sim.CHARACTERS["mps"].lacks} == on_cuda - on_mps
    assert on_cuda > on_mps > {"torch.float32", "torch.float16", "torch.int64", "torch.bool"}


@pytest.mark.parametrize("name", sim.CHARACTERS)
def test_sim_has_the_names_of_what_it_plays(name: str) -> None:
    """torch.sim lacks what the installed torch's module lacks of torch.cuda, and nothing else."""
    sim.register(name)
    played = getattr(torch, sim.CHARACTERS[name].module)
    there = {each for each in registration.NAMES if hasattr(torch.sim, each)}  # type: ignore[attr-defined]
    assert there == {each for each in registration.NAMES if hasattr(played, each)}
    assert not set(dir(torch.sim)) & (set(dir(torch.cuda)) - set(dir(played)))  # type: ignore[attr-defined]
    assert ("manual_seed_all" in there) == (name != "mps")


FLOAT64: dict[str, Callable[[torch.device], Any]] = {
    "created": lambda device: torch.zeros(2, dtype=torch.float64, device=device),
    "made of numbers": lambda device: torch.tensor([1.0], dtype=torch.float64, device=device),
    "moved": lambda device: torch.ones(2, dtype=torch.float64).to(device),
    "converted": lambda device: torch.ones(2, device=device).double(),
    "summed": lambda device: torch.ones(2, device=device).sum(dtype=torch.float64),
    "promoted": lambda device: torch.add(
        torch.ones(2, device=device, dtype=torch.int64), torch.tensor(1.0, dtype=torch.float64)
    ),
}


@pytest.mark.parametrize("way", FLOAT64)
def test_float64_is_refused_in_the_devices_own_words(way: str) -> None:
    """However it would come about; and CUDA has it."""
    for name, error, words in (("mps", TypeError, MPS_WORDS), ("xpu", RuntimeError, XPU_WORDS)):
        device = sim.register(name)
        assert not sim.has_dtype(torch.float64)
        with pytest.raises(error, match=words):
            FLOAT64[way](device)
    assert FLOAT64[way](sim.register()).dtype == torch.float64
    assert sim.has_dtype(torch.float64)


@pytest.mark.parametrize("name", PLAYED)
def test_what_needs_no_float64_goes_on(name: str) -> None:
    """Numbers, other dtypes, copies to the CPU, gradients and printing."""
    device = sim.register(name)
    x = torch.tensor([1.0, 2.5], device=device, requires_grad=True)
    (x * 2.5 / 3).sum().backward()
    assert x.grad is not None and x.grad.device.type == "sim"
    assert x.detach().cpu().double().tolist() == [1.0, 2.5]
    assert repr(x.detach()) == "tensor([1.0000, 2.5000], device='sim:0')"
    assert (torch.arange(3, device=device) / 2).dtype == torch.float32


@pytest.mark.parametrize("name", sim.CHARACTERS)
def test_mps_alone_takes_tiny_numbers_for_zero(name: str) -> None:
    """In what it computes; a copy stays as it is, and so does the CPU."""
    device = sim.register(name)
    tiny = torch.tensor([1e-20, 1e-45])
    there = tiny.to(device)
    assert sim.has_denormals() == (name != "mps")
    assert bool((there * there[0]).any()) == sim.has_denormals()
    assert bool((there > 0).all()) == sim.has_denormals()
    assert there.cpu().tolist() == tiny.tolist()
    assert bool((tiny * tiny[0]).any())


@pytest.mark.parametrize("name", sim.CHARACTERS)
def test_the_global_seed_reaches_the_device(name: str) -> None:
    """Also where torch has no manual_seed_all for it, without a warning."""
    device = sim.register(name)
    with warnings.catch_warnings(action="error"):
        draws = []
        for _ in range(2):
            torch.manual_seed(3)
            draws.append(torch.rand(4, device=device).tolist())
    assert draws[0] == draws[1]


BEYOND = 5
INDEXED: dict[str, Callable[[Tensor, Tensor], Any]] = {
    "x[index]": lambda x, index: x[index],
    "x[-index]": lambda x, index: x[-index],
    "x[index] = value": lambda x, index: x.index_put_((index,), torch.tensor(1.0)),
    "gather": lambda x, index: x.gather(0, index[None]),
    "scatter": lambda x, index: x.scatter(0, index[None], x),
    "index_select": lambda x, index: x.index_select(0, index),
    "index_add": lambda x, index: x.index_add(0, index, x[:1]),
    "index_copy": lambda x, index: x.index_copy(0, index, x[:1]),
    "take": lambda x, index: x.take(index + 20),
    "embedding": lambda x, index: F.embedding(index, x),
    "cross_entropy": lambda x, index: F.cross_entropy(x[:1], index),
    "one_hot": lambda x, index: F.one_hot(index, 3),
}


@pytest.mark.parametrize("way", INDEXED)
def test_a_bad_index_is_the_end_of_cuda(way: str) -> None:
    """It, and every later operator, copy and seeding, raises CUDA's words until a new start."""
    device = sim.register("asserting")
    x, index = torch.ones(3, 4, device=device), torch.tensor([BEYOND], device=device)
    later: list[Callable[[], Any]] = [
        lambda: INDEXED[way](x, index),
        lambda: x + 1,
        x.cpu,
        lambda: torch.ones(2).to(device),
        lambda: torch.empty(2, device=device),
        lambda: torch.manual_seed(0),
        lambda: torch.sim.manual_seed_all(0),  # type: ignore[attr-defined]
    ]
    for call in later:
        with pytest.raises(RuntimeError, match=ASSERTED):
            call()
    assert x.shape == (3, 4)
    assert (torch.ones(2, device=sim.register("asserting")) + 1).tolist() == [2, 2]


@pytest.mark.parametrize("way", INDEXED)
def test_a_bad_index_is_an_ordinary_error_elsewhere(way: str) -> None:
    """Also on sim as it usually is."""
    device = sim.register()
    x, index = torch.ones(3, 4, device=device), torch.tensor([BEYOND], device=device)
    with pytest.raises((IndexError, RuntimeError), match=r"out of|must be smaller"):
        INDEXED[way](x, index)
    assert (x[:1] + 1).tolist() == [[2] * 4]


@pytest.mark.parametrize(
    "call",
    [
        lambda x: x[BEYOND],
        lambda x: x.sum(BEYOND),
        lambda x: x[0, 0, 0],
        lambda x: x[torch.tensor([True], device=x.device)],
        lambda x: x.select(0, BEYOND),
    ],
)
def test_what_cuda_sees_before_it_starts_does_no_harm(call: Callable[[Tensor], Any]) -> None:
    """A number as index, an axis, a mask's shape: these are errors of Python's."""
    x = torch.ones(3, 4, device=sim.register("asserting"))
    with pytest.raises(IndexError):
        call(x)
    assert not characters.Stage.lost
    assert x.sum().item() == 12


def passed(*arguments: str) -> None:
    """All tests of a run of pytest, in a process of its own, pass."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]
    done = subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "failed" not in done.stdout and "not run" not in done.stdout


@pytest.mark.parametrize(
    "name", ["mps", *(pytest.param(n, marks=pytest.mark.slow) for n in PLAYED if n != "mps")]
)
def test_the_solutions_are_right_on_each_accelerator(name: str) -> None:
    """Whatever it lacks: neither they nor their specs need it."""
    passed("solutions/", "--device=sim", f"--sim-as={name}", "--examples=3")


@pytest.mark.slow
@pytest.mark.parametrize("name", PLAYED)
def test_right_answers_are_right_on_each_accelerator(name: str) -> None:
    """However they are written."""
    files = sorted(map(str, (ROOT / "spec" / "right").glob("*.py")))
    passed(*files, "--device=sim", f"--sim-as={name}", "--examples=3")
