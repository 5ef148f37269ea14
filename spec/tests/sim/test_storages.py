"""The memory under a tensor on sim: who shares it, how long it lives, how it is saved."""

from __future__ import annotations

import copy
import io
import pickle
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

from spec.harness import sim


@pytest.fixture(scope="module")
def accelerator() -> torch.device:
    """The simulated accelerator."""
    return sim.register()


def test_memory_outlives_the_tensor_it_was_made_for(accelerator: torch.device) -> None:
    """A view keeps the memory alive, and so does a tensor that only a graph has saved."""
    views = [torch.full((1000,), float(i), device=accelerator)[10:20] for i in range(50)]
    weight = torch.ones(1000, device=accelerator, requires_grad=True)
    outputs = [(weight * torch.full((1000,), float(i), device=accelerator)) for i in range(50)]
    noise = [torch.randn(1000, device=accelerator) for _ in range(100)]

    torch.stack([output.sum() for output in outputs]).sum().backward()

    assert len(noise) == 100
    assert [view.mean().item() for view in views] == [float(i) for i in range(50)]
    assert weight.grad is not None and weight.grad.tolist() == [sum(range(50))] * 1000


def test_growing_keeps_old_views_on_the_same_memory(accelerator: torch.device) -> None:
    """After resize_ a view that was made before sees what is written."""
    x = torch.zeros(2, device=accelerator)
    view = x[:1]

    assert x.resize_(100) is x
    x.fill_(3)

    assert (tuple(x.shape), view.tolist()) == ((100,), [3.0])


@pytest.mark.parametrize("source", [lambda x: x, lambda x: x.untyped_storage()])
def test_set_puts_a_tensor_on_the_memory_of_another(
    accelerator: torch.device, source: Callable[[Any], Any]
) -> None:
    """After set_ the two tensors are aliases, and both see what is written."""
    x, y = torch.zeros(4, device=accelerator), torch.zeros(2, device=accelerator)

    assert y.set_(source(x)) is y
    x.fill_(3)

    assert (y.tolist(), y.is_set_to(x), y.data_ptr()) == ([3.0] * 4, True, x.data_ptr())
    assert x.set_().device == accelerator  # type: ignore[call-overload]
    assert (x.numel(), y.tolist()) == (0, [3.0] * 4)


def test_conjugates_and_negatives_copy_as_their_values(accelerator: torch.device) -> None:
    """A lazily conjugated or negated tensor is copied within sim and to the CPU as it reads."""
    z = torch.tensor([1 + 2j, 3 - 4j], device=accelerator)
    made = [z.conj().cpu(), torch.empty_like(z).copy_(z.conj()).cpu(), z.conj().clone().cpu()]
    onto = torch.zeros_like(z)
    onto.conj().copy_(z)

    assert [part.tolist() for part in made] == [[1 - 2j, 3 + 4j]] * 3
    assert onto.tolist() == [1 - 2j, 3 + 4j]
    assert z.conj().imag.cpu().tolist() == z.conj().imag.tolist() == [-2.0, 4.0]


@pytest.mark.parametrize("pack", [copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))])
def test_copies_and_pickles_stay_on_the_device(
    accelerator: torch.device, pack: Callable[[Any], Any]
) -> None:
    """deepcopy and pickle give a tensor of its own memory on the same device."""
    x = torch.arange(6.0, device=accelerator).reshape(2, 3)
    net = nn.Linear(3, 2).to(accelerator)

    for original, packed in ((x, pack(x)), (x[1:], pack(x[1:])), (net.weight, pack(net).weight)):
        assert packed.device == accelerator
        assert torch.equal(packed, original)
        assert packed.untyped_storage().data_ptr() != original.untyped_storage().data_ptr()
        assert (packed.detach() + 1).sum().isfinite()


@pytest.mark.parametrize("map_location", [None, "sim", "cpu", torch.device("cpu")])
def test_save_and_load_keep_or_map_the_device(accelerator: torch.device, map_location: Any) -> None:
    """torch.load puts tensors where they were, or where map_location says."""
    net, file = nn.Linear(3, 2).to(accelerator), io.BytesIO()
    torch.save(net.state_dict(), file)
    file.seek(0)

    loaded = torch.load(file, map_location=map_location, weights_only=True)

    expected = "sim" if map_location in (None, "sim") else "cpu"
    assert {tensor.device.type for tensor in loaded.values()} == {expected}
    nn.Linear(3, 2).load_state_dict(loaded)
    assert torch.equal(loaded["weight"].cpu(), net.weight.detach().cpu())
