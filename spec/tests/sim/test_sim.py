"""What a tensor on sim does: as a tensor on CUDA, with PyTorch's own words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.utils._python_dispatch import TorchDispatchMode

from spec.harness import sim


@pytest.fixture(scope="module")
def accelerator() -> torch.device:
    """The simulated accelerator."""
    return sim.register()


def test_a_second_registration_is_the_first(accelerator: torch.device) -> None:
    """Registering again returns the same device and changes nothing."""
    before = torch.Generator, torch.autograd.graph._engine_run_backward

    assert sim.register() == accelerator == torch.device("sim", 0)
    assert sim.is_registered()
    assert before == (torch.Generator, torch.autograd.graph._engine_run_backward)


def test_a_tensor_is_a_plain_tensor(accelerator: torch.device) -> None:
    """Neither a tensor nor a parameter on sim has a type of its own."""
    assert type(torch.ones(2, device=accelerator)) is Tensor
    assert type(nn.Linear(2, 2).to(accelerator).weight) is nn.Parameter


def test_a_tensor_prints_as_on_cuda(accelerator: torch.device) -> None:
    """A tensor prints its device, an element formats as a number."""
    x = torch.tensor([1.0, 2.0], device=accelerator)

    assert repr(x) == "tensor([1., 2.], device='sim:0')"
    assert f"{x[1]:.2f}" == "2.00"
    assert "grad_fn=<MulBackward0>" in repr(x.requires_grad_() * 2)
    assert repr(nn.Parameter(x)).startswith("Parameter containing:")


def test_flags_say_which_device_it_is(accelerator: torch.device) -> None:
    """A sim tensor is neither CPU's nor CUDA's; sim without an index is not sim:0, as on CUDA."""
    x = torch.ones(2, device="sim")

    assert (x.is_sim, x.is_cpu, x.is_cuda, x.get_device()) == (True, False, False, 0)  # type: ignore[attr-defined]
    assert x.type() == "torch.sim.FloatTensor"
    assert x.device == accelerator != torch.device("sim")
    assert x.to("sim") is x


@pytest.mark.filterwarnings("ignore:__array__")
@pytest.mark.parametrize("convert", [Tensor.numpy, np.array], ids=lambda f: f.__name__)
@pytest.mark.parametrize("requires_grad", [False, True])
def test_numpy_is_refused_until_it_is_copied_to_the_cpu(
    accelerator: torch.device, convert: Callable[[Tensor], Any], requires_grad: bool
) -> None:
    """NumPy reads host memory alone: .numpy() on a device tensor is a TypeError that says so."""
    x = torch.ones(2, device=accelerator, requires_grad=requires_grad)

    with pytest.raises(TypeError, match=r"can't convert sim:0 .* Use Tensor\.cpu\(\)"):
        convert(x)

    assert x.detach().cpu().numpy().tolist() == x.numpy(force=True).tolist() == [1.0, 1.0]


def test_values_can_be_read_one_by_one(accelerator: torch.device) -> None:
    """Python numbers come back from tolist, item, float, len and iteration."""
    x = torch.tensor([3.0, 5.0], device=accelerator)

    assert x.tolist() == [3.0, 5.0] == [float(part) for part in x]
    assert (x[1].item(), len(x), [7, 8, 9, 10][x[0].int()]) == (5.0, 2, 10)


KINDS: dict[str, Callable[[Tensor], Tensor]] = {
    "itself": lambda x: x,
    "row": lambda x: x[1],
    "columns": lambda x: x[:, 1:3],
    "steps": lambda x: x[::2],
    "newaxis": lambda x: x[None],
    "transpose": lambda x: x.T,
    "view": lambda x: x.view(5, 3),
    "reshape of a view": lambda x: x.T.reshape(15),
    "flatten": lambda x: x.flatten(),
    "expand": lambda x: x[:1].expand(3, 5),
    "permute": lambda x: x.permute(1, 0),
    "unfold": lambda x: x.unfold(1, 2, 1),
    "as_strided": lambda x: x.as_strided((2, 2), (1, 2), 3),
    "diagonal": lambda x: x.diagonal(),
    "chunk": lambda x: x.chunk(2)[1],
    "split": lambda x: x.split(2)[1],
    "unbind": lambda x: x.unbind()[2],
    "narrow": lambda x: x.narrow(0, 1, 2),
    "squeeze": lambda x: x[:1].squeeze(),
    "detach": lambda x: x.detach(),
    "real of complex": lambda x: torch.view_as_complex(x[:, :2].contiguous()).real,
    "conjugate": lambda x: torch.complex(x, x).conj(),
    "imaginary of conjugate": lambda x: torch.complex(x, x).conj().imag,
    "view of bytes": lambda x: x.view(torch.uint8),
    "clone": lambda x: x.clone(),
    "contiguous": lambda x: x.contiguous(),
    "contiguous of a view": lambda x: x.T.contiguous(),
    "in place": lambda x: x.mul_(2),
    "out": lambda x: torch.add(x, 1, out=x),
    "boolean mask": lambda x: x[x > 0],
    "to the same": lambda x: x.to(x.device),
}


def sharing(x: Tensor, result: Tensor) -> dict[str, Any]:
    """Return what PyTorch says about the memory that a result shares with its input."""
    flags = {
        "view": result._is_view(),
        "base": result._base is x,
        "returned": result is x,
        "alias": torch._C._is_alias_of(result, x),  # type: ignore[attr-defined]
        "set to": result.is_set_to(x),
        "stride": result.stride(),
        "offset": result.storage_offset(),
        "version": result._version,
        "contiguous": result.is_contiguous(),
        "conjugate": (result.is_conj(), result.is_neg()),
        "distance": result.data_ptr() - x.data_ptr(),
    }
    shared = result.untyped_storage().data_ptr() == x.untyped_storage().data_ptr()
    return {**flags, "shared": shared, "distance": flags["distance"] if shared else None}


@pytest.mark.parametrize("kind", KINDS)
def test_views_share_memory_as_on_the_cpu(accelerator: torch.device, kind: str) -> None:
    """A result is a view, an alias or a copy exactly where the CPU's is."""
    there = torch.linspace(-1, 1, 15).reshape(3, 5).clone()
    here = there.to(accelerator)

    expected, got = KINDS[kind](there), KINDS[kind](here)

    assert sharing(here, got) == sharing(there, expected)
    assert torch.equal(got.cpu(), expected)


class Counted(TorchDispatchMode):
    """Lists the operators that run."""

    def __init__(self) -> None:
        """Start with no operators."""
        super().__init__()
        self.seen: list[str] = []

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Note the operator and run it."""
        self.seen.append(str(func))
        return func(*args, **(kwargs or {}))


def test_a_mode_counts_the_same_operators_as_on_the_cpu(accelerator: torch.device) -> None:
    """What sim does on the CPU stays hidden from a mode that counts operators."""
    seen = []
    for device in ("cpu", accelerator):
        net, x = nn.Linear(3, 2).to(device), torch.ones(5, 3, device=device)
        with Counted() as counted:
            net(x).tanh().sum().backward()
        seen.append(counted.seen)

    assert seen[0] == seen[1] != []


def test_inference_mode_gives_views_and_results(accelerator: torch.device) -> None:
    """Inside inference_mode views, reshapes and a whole model work, with the CPU's flags."""
    flags = []
    for device in ("cpu", accelerator):
        x, net = torch.ones(3, 4, device=device), nn.Linear(4, 2).to(device)
        with torch.inference_mode():
            y = net(x)
            made = [x[None], x.T, x.reshape(12), x.view(-1), x.detach(), y, y[None], y.T, y.view(6)]
            made += [torch.ones(2, device=device)[0], x.clone().unsqueeze_(0), x.squeeze()]
        flags.append([(part.is_inference(), part._is_view(), part.shape) for part in made])

    assert flags[0] == flags[1]


def test_a_default_device_makes_tensors_on_sim(accelerator: torch.device) -> None:
    """Under torch.device as a context, factories and modules make theirs on sim."""
    with accelerator:
        made = [torch.ones(2), torch.arange(3), torch.tensor([1]), torch.rand(2), torch.eye(2)]
        made += [nn.Linear(2, 2).weight, torch.full((2,), 3), torch.linspace(0, 1, 3)]
        assert torch.from_numpy(np.ones(2)).device.type == "cpu"
        loss = (made[0] * torch.ones(2, requires_grad=True)).sum()
        torch.autograd.backward(loss)

    assert {tensor.device for tensor in made} == {accelerator}


def test_it_is_the_current_accelerator(accelerator: torch.device) -> None:
    """torch.accelerator finds sim; torch.cuda still finds nothing."""
    current = torch.accelerator.current_accelerator()

    assert current is not None and current.type == "sim"
    assert torch.accelerator.device_count() == 1
    assert torch.get_device_module("sim") is torch.sim  # type: ignore[attr-defined]
    assert torch.sim.synchronize() is None  # type: ignore[attr-defined]
    assert not torch.cuda.is_available()


@pytest.mark.parametrize("make", [lambda d: torch.ones(2, device=d), lambda d: torch.ones(2).to(d)])
def test_there_is_only_one_device(accelerator: torch.device, make: Callable[[str], Tensor]) -> None:
    """sim:1 is an invalid ordinal."""
    with pytest.raises(RuntimeError, match="invalid device ordinal"):
        make("sim:1")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "make",
    [
        Tensor.to_sparse,
        Tensor.to_sparse_csr,
        Tensor.to_mkldnn,
        lambda x: torch.quantize_per_tensor(x, 0.1, 0, torch.quint8),
        lambda x: torch.sparse_coo_tensor(torch.zeros(1, 2, dtype=torch.long), x[0], (2,)),
    ],
    ids=["sparse", "sparse_csr", "mkldnn", "quantized", "sparse_coo_tensor"],
)
def test_what_is_not_simulated_is_refused(
    accelerator: torch.device, make: Callable[[Tensor], Tensor]
) -> None:
    """A layout that sim lacks is refused, never made on another device."""
    with pytest.raises((NotImplementedError, RuntimeError)):
        make(torch.eye(2, device=accelerator))
