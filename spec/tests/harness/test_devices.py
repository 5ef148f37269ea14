"""Devices: what is asked for, what is there, and what a refusal says."""

import types
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


def test_a_device_without_a_seed_for_all_is_seeded_too() -> None:
    """torch.mps has manual_seed, and no manual_seed_all."""
    seeded: list[int] = []
    state._seed(types.SimpleNamespace(manual_seed=seeded.append))
    assert seeded == [state.SEED]
    assert not hasattr(torch.mps, "manual_seed_all")
