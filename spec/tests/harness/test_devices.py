"""Devices: what is asked for, what is there, and what a refusal says."""

import os
import re
import types
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from spec.harness import devices
from spec.harness.running import state
from spec.tests.inner import run

CPU = torch.device("cpu")
HAS_ACCELERATOR = any(devices._has(name) for name in devices.REAL)
without_gpu = pytest.mark.skipif(HAS_ACCELERATOR, reason="this machine has an accelerator")


def test_auto_is_the_cpu_and_one_accelerator() -> None:
    """Where there is no accelerator, a simulated one takes its place."""
    there = devices.selected(["auto"])
    assert there[0] == CPU
    assert len(there) == 2
    assert there[1].type == ("sim" if not HAS_ACCELERATOR else there[1].type)


def test_devices_are_listed_once_and_the_cpu_first() -> None:
    """Asking twice, or for auto and all at once, changes nothing."""
    assert devices.selected(["auto", "cpu"]) == devices.selected(["auto"])
    assert devices.selected(["cpu", "cpu"]) == [CPU]
    assert devices.selected(["all"])[0] == CPU


@without_gpu
@pytest.mark.parametrize("name", ["cuda", "mps", "xpu"])
def test_a_device_that_is_not_there_is_a_usage_error(tmp_path: Path, name: str) -> None:
    """Exit code 4, and a sentence on what this torch build can do; never a skip."""
    seen = run(tmp_path, ".", "--device", name)
    assert seen.status == pytest.ExitCode.USAGE_ERROR
    assert f"--device {name}: torch {torch.__version__}" in seen.output
    assert "It can run on: cpu, sim" in seen.output


def test_an_unknown_device_is_a_usage_error(tmp_path: Path) -> None:
    """The choices are listed."""
    seen = run(tmp_path, ".", "--device", "tpu")
    assert seen.status == pytest.ExitCode.USAGE_ERROR
    assert "auto" in seen.output


def test_examples_must_be_a_number_above_zero(tmp_path: Path) -> None:
    """No examples would prove nothing."""
    assert run(tmp_path, ".", "--examples", "0").status == pytest.ExitCode.USAGE_ERROR


@without_gpu
def test_the_header_says_what_runs_and_what_does_not(tmp_path: Path) -> None:
    """Nobody takes the simulated device for a GPU."""
    seen = run(tmp_path, ".")
    why = "finds no such device" if torch.backends.cuda.is_built() else "has none"
    assert f"devices: cpu, sim (no CUDA: torch {torch.__version__} {why})" in seen.output


def test_examples_reach_hypothesis(tmp_path: Path) -> None:
    """--examples N tries N on every device; without it the first device has the most."""
    (tmp_path / "k08_broadcasting.py").write_text(
        "def outer_sum(a, b):\n"
        "    with open('calls', 'a') as calls:\n"
        "        calls.write(a.device.type + ' ')\n"
        "    return a[:, None] + b\n"
    )

    def calls(*options: str) -> list[str]:
        (tmp_path / "calls").unlink(missing_ok=True)
        run(tmp_path, ".", "-k", "test_outer_sum_adds", "--core", *options)
        return (tmp_path / "calls").read_text().split()

    default = calls()
    other = devices.selected(["auto"])[1].type
    assert default.count("cpu") > 3 * default.count(other) > 0
    more = calls("--examples", "60")
    assert more.count("cpu") == more.count(other) == 60


@pytest.mark.parametrize(("before", "after"), [(None, "1"), ("0", "0")])
def test_cuda_is_told_to_wait_before_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, before: str | None, after: str
) -> None:
    """So that an error comes from its own line; unless somebody has said otherwise."""
    monkeypatch.delenv("CUDA_LAUNCH_BLOCKING", raising=False)
    if before is not None:
        monkeypatch.setenv("CUDA_LAUNCH_BLOCKING", before)
    told: list[str | None] = []

    def has(name: str) -> bool:
        told.append(os.environ.get("CUDA_LAUNCH_BLOCKING"))
        return False

    monkeypatch.setattr(devices, "_has", has)
    devices.selected(["auto"])
    assert set(told) == {after}


@pytest.mark.parametrize("fp64", [True, False])
def test_xpu_has_float64_where_its_properties_say_so(
    monkeypatch: pytest.MonkeyPatch, fp64: bool
) -> None:
    """Intel's larger devices have it; Apple's never, and all others always."""
    monkeypatch.setattr(
        torch.xpu, "get_device_properties", lambda _: types.SimpleNamespace(has_fp64=fp64)
    )
    assert devices.has_dtype(torch.device("xpu", 0), torch.float64) == fp64
    assert devices.has_dtype(torch.device("xpu", 0), torch.float32)
    assert not devices.has_dtype(torch.device("mps", 0), torch.float64)
    assert not devices.has_denormals(torch.device("mps", 0))
    assert devices.has_dtype(torch.device("cuda", 0), torch.float64)
    assert devices.has_denormals(CPU)


def test_how_sim_plays_others_is_no_learners_business(tmp_path: Path) -> None:
    """The option is there, and --help is silent about it."""
    seen = run(tmp_path, "--help")
    assert "--device" in seen.output
    assert "sim-as" not in seen.output


PRECISION: dict[str, Callable[[], None]] = {
    "float32 matmul precision": lambda: torch.set_float32_matmul_precision("high"),
    "matmul.allow_tf32": lambda: setattr(torch.backends.cuda.matmul, "allow_tf32", True),
    "cudnn.allow_tf32": lambda: setattr(torch.backends.cudnn, "allow_tf32", False),
    "matmul.fp32_precision": lambda: setattr(torch.backends.cuda.matmul, "fp32_precision", "tf32"),
    "conv.fp32_precision": lambda: setattr(
        getattr(torch.backends.cudnn, "conv"),  # noqa: B009
        "fp32_precision",
        "ieee",
    ),
    "fp32_precision": lambda: setattr(torch.backends, "fp32_precision", "tf32"),
}


@pytest.mark.parametrize("way", PRECISION)
def test_the_precision_of_float32_is_watched_and_put_back(
    way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By whichever of its names, old and new, it is changed."""
    # PyTorch's own tests forbid it for the whole process, once they are imported.
    backends = vars(torch.backends)["m"]
    monkeypatch.setattr(backends, "__allow_nonbracketed_mutation_flag", True)
    state.reset()
    assert state.disturbed("f") is None
    PRECISION[way]()
    changed = state.disturbed("f")
    state.reset()
    assert changed is not None
    assert re.match(r"f changed (torch's float32|cuDNN's)", changed.problem)
    assert state.disturbed("f") is None
    assert torch.get_float32_matmul_precision() == "highest"
    assert not torch.backends.cuda.matmul.allow_tf32
    assert torch.backends.cudnn.allow_tf32


def test_a_device_without_a_seed_for_all_is_seeded_too() -> None:
    """torch.mps has manual_seed, and no manual_seed_all."""
    seeded: list[int] = []
    state._seed(types.SimpleNamespace(manual_seed=seeded.append))
    assert seeded == [state.SEED]
    assert not hasattr(torch.mps, "manual_seed_all")
