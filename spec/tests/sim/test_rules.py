"""Which mixtures of devices sim refuses, in which words, and what a learner gets wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from spec.harness import sim
from spec.harness.sim import rules

SAME_DEVICE = "Expected all tensors to be on the same device, but "


@pytest.fixture(scope="module")
def accelerator() -> torch.device:
    """The simulated accelerator."""
    return sim.register()


def assign_row(x: Tensor, other: Tensor) -> Tensor:
    """Return x with its first row taken from another tensor."""
    x[0] = other[0]
    return x


ACCEPTED: dict[str, Callable[[Tensor, Tensor], Any]] = {
    "a 0-dim CPU tensor as a number": lambda x, cpu: x + torch.tensor(1.0),
    "the same, reversed": lambda x, cpu: torch.tensor(1.0) - x,
    "a 0-dim CPU tensor in where": lambda x, cpu: torch.where(x > 0, torch.tensor(1.0), x),
    "CPU indices": lambda x, cpu: x[torch.tensor([0, 2])],
    "a CPU mask as index": lambda x, cpu: x[torch.tensor([True, False, True])],
    "NumPy indices": lambda x, cpu: x[np.array([0, 2])],
    "a 0-dim CPU value at CPU indices": lambda x, cpu: x.index_put_(
        (torch.tensor([0]),), torch.tensor(3.0)
    ),
    "assignment from the CPU": lambda x, cpu: x[:].copy_(cpu),
    "assignment of a row from the CPU": lambda x, cpu: assign_row(x, cpu),
    "numbers": lambda x, cpu: x.remainder(2).pow(2).clamp(0, 1) // 1 % 3,
    "a foreach over both devices": lambda x, cpu: torch._foreach_add([x, cpu], [x, cpu])[0],
}

REFUSED: dict[str, tuple[str, Callable[[Tensor, Tensor], Any]]] = {
    "x + cpu": ("found at least two devices, sim:0 and cpu!", lambda x, cpu: x + cpu),
    "cpu + x": ("found at least two devices, sim:0 and cpu!", lambda x, cpu: cpu + x),
    "x == cpu": ("found at least two devices", lambda x, cpu: x == cpu),
    "cpu += x": ("found at least two devices", lambda x, cpu: cpu.add_(x)),
    "0-dim cpu += x": (
        "found at least two devices",
        lambda x, cpu: torch.tensor(0.0).add_(x[0, 0]),
    ),
    "out=cpu": ("found at least two devices", lambda x, cpu: torch.add(x, x, out=cpu)),
    "mm into out=cpu": (
        "got self is on sim:0, different from other tensors on cpu .* wrapper_CUDA_mm_out_out",
        lambda x, cpu: torch.mm(x, x.T, out=cpu),
    ),
    "allclose": ("found at least two devices", torch.allclose),
    "mse_loss": ("found at least two devices", F.mse_loss),
    "where": ("found at least two devices", lambda x, cpu: torch.where(cpu > 0, x, x)),
    "masked_fill": ("found at least two devices", lambda x, cpu: x.masked_fill(cpu > 0, 0)),
    "CPU values": ("found at least two devices", lambda x, cpu: x.index_put_((x[:, 0] > 0,), cpu)),
    "x @ cpu": ("got mat2 is on cpu, .* in method wrapper_CUDA_mm", lambda x, cpu: x @ cpu.T),
    "linear": (
        "got mat1 is on cpu, .* wrapper_CUDA_addmm",
        lambda x, cpu: F.linear(cpu, x, x[:, 0]),
    ),
    "linear weight": ("wrapper_CUDA_mm", lambda x, cpu: F.linear(x, cpu)),
    "conv1d": ("got weight is on cpu", lambda x, cpu: F.conv1d(x[None], cpu[None])),
    "batch_norm": ("got weight is on cpu", lambda x, cpu: nn.BatchNorm1d(4)(x)),
    "layer_norm": ("got weight is on cpu", lambda x, cpu: nn.LayerNorm(4)(x)),
    "embedding": (
        r"got index is on cpu, different from other tensors on sim:0 "
        r"\(when checking argument in method wrapper_CUDA__index_select\)",
        lambda x, cpu: F.embedding(torch.tensor([0]), x),
    ),
    "cross_entropy": (
        "got target is on cpu",
        lambda x, cpu: F.cross_entropy(x, torch.tensor([0, 1, 2])),
    ),
    "cat": ("got tensors is on cpu", lambda x, cpu: torch.cat([x, cpu])),
    "cat reversed": ("got tensors is on sim:0, .* cpu", lambda x, cpu: torch.cat([cpu, x])),
    "stack": ("got tensors is on cpu", lambda x, cpu: torch.stack([x, cpu])),
    "hstack": ("got tensors is on cpu", lambda x, cpu: torch.hstack([x, cpu])),
    "einsum": ("wrapper_CUDA_bmm", lambda x, cpu: torch.einsum("ij,ij->i", x, cpu)),
    "gather": ("got index is on cpu", lambda x, cpu: x.gather(0, torch.zeros(1, 4).long())),
    "scatter": ("got index is on cpu", lambda x, cpu: x.scatter(0, torch.zeros(1, 4).long(), x)),
    "index_select": ("got index is on cpu", lambda x, cpu: x.index_select(0, torch.tensor([0]))),
    "equal": ("wrapper_CUDA__equal", torch.equal),
    "clamp": ("got min is on cpu, .* wrapper_CUDA_clamp_Tensor", lambda x, cpu: x.clamp(cpu)),
    "clamp to 0-dim": ("got min is on cpu", lambda x, cpu: x.clamp(torch.tensor(0.0))),
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_cuda_accepts_lives_on_the_device(accelerator: torch.device, case: str) -> None:
    """A mixture that CUDA accepts gives the CPU's values, on the device."""
    cpu = torch.arange(12.0).reshape(3, 4)
    x = torch.full((3, 4), 2.0)

    got = ACCEPTED[case](x.clone().to(accelerator), cpu)

    assert got.device == accelerator
    assert torch.equal(got.cpu(), ACCEPTED[case](x.clone(), cpu))


@pytest.mark.parametrize("case", REFUSED)
def test_what_cuda_refuses_is_refused_in_its_words(accelerator: torch.device, case: str) -> None:
    """A mixture that CUDA refuses raises RuntimeError with CUDA's message, and writes nothing."""
    words, call = REFUSED[case]
    cpu = torch.arange(12.0).reshape(3, 4)
    x = torch.ones(3, 4, device=accelerator)

    with pytest.raises(RuntimeError, match=SAME_DEVICE + words if "got" in words else words):
        call(x, cpu)

    assert cpu.tolist() == torch.arange(12.0).reshape(3, 4).tolist()
    assert x.tolist() == [[1.0] * 4] * 3


def test_a_cpu_tensor_cannot_be_indexed_from_the_device(accelerator: torch.device) -> None:
    """Indices may come from the CPU to the device, never the other way."""
    with pytest.raises(RuntimeError, match=r"on the same device as the indexed tensor \(cpu\)"):
        torch.ones(3)[torch.tensor([0], device=accelerator)]


def test_copies_cross_devices_in_both_directions(accelerator: torch.device) -> None:
    """copy_ and assignment take values from any device."""
    x, cpu = torch.ones(3, device=accelerator), torch.zeros(3)

    cpu[:] = x
    x[1:] = torch.tensor([5.0, 7.0])

    assert (cpu.tolist(), x.tolist()) == ([1, 1, 1], [1, 5, 7])


def test_a_cpu_leaf_gets_its_gradient_on_the_cpu(accelerator: torch.device) -> None:
    """A 0-dim CPU leaf in a computation on the device has its gradient on the CPU."""
    scale = torch.tensor(2.0, requires_grad=True)

    (scale * torch.ones(3, device=accelerator)).sum().backward()

    assert scale.grad is not None and (scale.grad.device.type, scale.grad.item()) == ("cpu", 3)


def test_a_gradient_stays_on_its_tensors_device(accelerator: torch.device) -> None:
    """A gradient from another device is refused, given to backward or assigned to .grad."""
    x = torch.ones(3, device=accelerator, requires_grad=True)

    with pytest.raises(RuntimeError, match="expected device sim:0 but got cpu"):
        (x * 2).backward(torch.ones(3))
    with pytest.raises(RuntimeError, match="device"):
        x.grad = torch.ones(3)


def test_declarations_are_read_from_the_installed_torch() -> None:
    """The rules know operators of both kinds, and the kernels that composites hide."""
    unchecked, structured, hidden = rules.declarations()

    assert {"add.Tensor", "where.self"} <= unchecked
    assert not {"mm", "index_select", "clamp.Tensor"} & unchecked
    assert {"mm", "add.out"} <= structured
    assert {"add.Tensor", "native_layer_norm", "convolution_backward"} <= set(hidden)
    assert "select_scatter" not in hidden


def test_missing_declarations_are_said(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Without native_functions.yaml sim says what is missing and what to do."""
    request.addfinalizer(rules.declarations.cache_clear)
    rules.declarations.cache_clear()
    monkeypatch.setattr(rules, "DECLARATIONS", "packaged/nowhere.yaml")

    with pytest.raises(RuntimeError, match=r"torchgen/packaged/nowhere\.yaml is missing"):
        rules.declarations()


def standardized(x: Tensor) -> Tensor:
    """Return columns of mean zero; the answer that the mistakes below are measured by."""
    return x - x.mean(0)


def with_a_new_cpu_tensor(x: Tensor) -> Tensor:
    """Forget the device of a new tensor."""
    return x - torch.ones(x.shape[1]) * x.mean(0)


def through_numpy(x: Tensor) -> Tensor:
    """Compute with NumPy."""
    return torch.from_numpy(x.numpy() - x.numpy().mean(0))


def asking_for_cuda(x: Tensor) -> Tensor:
    """Take the device from torch.cuda.is_available(), which knows of no other accelerator."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    return x - torch.ones(x.shape[1], device=device) * x.mean(0)


def with_a_cpu_generator(x: Tensor) -> Tensor:
    """Draw on the device from a generator on the CPU."""
    noise = torch.randn(x.shape, device=x.device, generator=torch.Generator().manual_seed(0))
    return x - x.mean(0) + 0 * noise


def moved_to_the_cpu(x: Tensor) -> Tensor:
    """Leave the result on the CPU."""
    return (x - x.mean(0)).cpu()


@pytest.mark.parametrize(
    ("mistake", "error", "words"),
    [
        (with_a_new_cpu_tensor, RuntimeError, "same device"),
        (through_numpy, TypeError, "can't convert sim:0"),
        (asking_for_cuda, RuntimeError, "same device"),
        (with_a_cpu_generator, RuntimeError, "Expected a 'sim' device type for generator"),
        (moved_to_the_cpu, AssertionError, "device"),
    ],
)
def test_a_learners_mistake_passes_on_the_cpu_and_fails_on_sim(
    accelerator: torch.device,
    mistake: Callable[[Tensor], Tensor],
    error: type[Exception],
    words: str,
) -> None:
    """What goes unnoticed on the CPU is an error on sim."""
    x = torch.arange(6.0).reshape(3, 2)

    torch.testing.assert_close(mistake(x), standardized(x))

    with pytest.raises(error, match=words):
        torch.testing.assert_close(mistake(x.to(accelerator)), standardized(x.to(accelerator)))
