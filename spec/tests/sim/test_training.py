"""Training on sim: gradients, hooks, optimizers, modules and random numbers."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.func import grad, hessian, jacfwd, jacrev, jvp, vmap
from torch.utils.checkpoint import checkpoint
from torch.utils.data import DataLoader, TensorDataset

from spec.harness import sim

OPTIMIZERS = (
    *("SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Adamax", "NAdam", "RAdam", "Adadelta"),
    *("ASGD", "Rprop", "LBFGS"),
)


@pytest.fixture(scope="module")
def accelerator() -> torch.device:
    """The simulated accelerator."""
    return sim.register()


class Mistake(Exception):
    """Raised in a hook."""


def fail(*_: Any) -> Any:
    """Raise, whatever the hook is given."""
    raise Mistake("in a hook")


class Double(torch.autograd.Function):
    """Twice the input, with a gradient written by hand."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        """Double in place."""
        ctx.mark_dirty(x)
        return x.mul_(2)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        """Return twice the gradient."""
        return gradient * 2


def gradient_of(function: Callable[[Tensor], Tensor]) -> Callable[[Tensor], Tensor]:
    """Return a function that gives the gradient of another one's sum."""

    def compute(x: Tensor) -> Tensor:
        leaf = x.detach().clone().requires_grad_()
        function(leaf).sum().backward()
        assert leaf.grad is not None
        return leaf.grad

    return compute


def twice_differentiated(x: Tensor) -> Tensor:
    """Return the second derivative of x ** 3."""
    leaf = x.detach().clone().requires_grad_()
    (first,) = torch.autograd.grad((leaf**3).sum(), leaf, create_graph=True)
    return torch.autograd.grad(first.sum(), leaf)[0]


def anomalous(x: Tensor) -> Tensor:
    """Return a gradient under anomaly mode."""
    with torch.autograd.detect_anomaly(check_nan=False):
        return gradient_of(torch.sin)(x)


DIFFERENTIATED: dict[str, Callable[[Tensor], Any]] = {
    "in place": gradient_of(lambda x: (x * 2).add_(1).exp_()),
    "Function": gradient_of(lambda x: Double.apply(x * 1)),
    "checkpoint": gradient_of(lambda x: checkpoint(torch.sin, x, use_reentrant=False)),
    "reentrant checkpoint": gradient_of(lambda x: checkpoint(torch.sin, x, use_reentrant=True)),
    "second derivative": twice_differentiated,
    "anomaly mode": anomalous,
    "grad": grad(lambda x: x.sin().sum()),
    "vmap": vmap(lambda row: row.softmax(0)),
    "jacrev": jacrev(lambda x: x.sin().sum(0)),
    "jacfwd": jacfwd(lambda x: x.sin().sum(0)),
    "hessian": hessian(lambda x: (x**3).sum()),
    "jvp": lambda x: jvp(torch.sin, (x,), (x,))[1],
    "gradcheck": lambda x: torch.tensor(
        torch.autograd.gradcheck(torch.sin, x.double().requires_grad_())
    ),
    "gradgradcheck": lambda x: torch.tensor(
        torch.autograd.gradgradcheck(torch.sin, x.double().requires_grad_())
    ),
}


@pytest.mark.filterwarnings("ignore:Anomaly Detection", "ignore:.torch.jit.script.")
@pytest.mark.parametrize("way", DIFFERENTIATED)
def test_every_way_to_differentiate_gives_the_cpus_result(
    accelerator: torch.device, way: str
) -> None:
    """Autograd, functional transforms and checkpoints give what they give on the CPU."""
    x = torch.linspace(-1, 1, 6).reshape(2, 3)

    expected, got = DIFFERENTIATED[way](x), DIFFERENTIATED[way](x.to(accelerator))

    assert torch.equal(got.cpu(), expected)


def hook_on_a_result(x: Tensor) -> Tensor:
    """Fail in a hook on a result."""
    y = x * 2
    y.register_hook(fail)
    return y


def hook_on_a_leaf(x: Tensor) -> Tensor:
    """Fail in a hook on a leaf."""
    x.register_hook(fail)
    return x * 2


def hook_after_accumulating(x: Tensor) -> Tensor:
    """Fail in a post-accumulate-grad hook."""
    x.register_post_accumulate_grad_hook(fail)
    return x * 2


def hook_on_a_module(x: Tensor) -> Tensor:
    """Fail in a module's backward hook."""
    net = nn.Linear(3, 2).to(x.device)
    net.register_full_backward_hook(fail)
    return net(x)


def hook_before_a_module(x: Tensor) -> Tensor:
    """Fail in a module's backward pre-hook."""
    net = nn.Linear(3, 2).to(x.device)
    net.register_full_backward_pre_hook(fail)
    return net(x)


def hook_on_saved_tensors(x: Tensor) -> Tensor:
    """Fail when a saved tensor is unpacked."""
    with torch.autograd.graph.saved_tensors_hooks(lambda saved: saved, fail):
        return x * x


def hook_on_several_gradients(x: Tensor) -> Tensor:
    """Fail in a multi-grad hook."""
    torch.autograd.graph.register_multi_grad_hook((x,), fail)
    return x * 2


def recomputation(x: Tensor) -> Tensor:
    """Fail when a checkpoint is computed again."""
    calls = iter([lambda: None, fail])
    return checkpoint(lambda part: (next(calls)(), part.sin())[1], x, use_reentrant=False)


@pytest.mark.parametrize("place", ["cpu", "sim"])
@pytest.mark.parametrize(
    "prepare",
    [
        hook_on_a_result,
        hook_on_a_leaf,
        hook_after_accumulating,
        hook_on_a_module,
        hook_before_a_module,
        hook_on_saved_tensors,
        hook_on_several_gradients,
        recomputation,
    ],
)
def test_an_exception_in_a_hook_leaves_backward_as_it_is(
    accelerator: torch.device, prepare: Callable[[Tensor], Tensor], place: str
) -> None:
    """A hook that raises ends backward with its own exception, and the next backward is clean."""
    x = torch.ones(2, 3, device=place, requires_grad=True)

    with pytest.raises(Mistake, match="in a hook") as caught:
        prepare(x).sum().backward()

    assert caught.value.__context__ is None
    fresh = torch.ones(3, device=place, requires_grad=True)
    (fresh * 3).sum().backward()
    assert fresh.grad is not None and fresh.grad.tolist() == [3, 3, 3]


def test_a_hook_that_returns_a_gradient_replaces_it(accelerator: torch.device) -> None:
    """Hooks that do not raise work as they always did, and can be removed."""
    x = torch.ones(3, device=accelerator, requires_grad=True)
    handle = x.register_hook(lambda gradient: gradient * 5)
    (x * 2).sum().backward()
    handle.remove()
    (x * 2).sum().backward()

    assert x.grad is not None and x.grad.tolist() == [12, 12, 12]


def train(device: torch.device | str, name: str, before: bool = False) -> list[Tensor]:
    """Take five steps with the optimizer; return the parameters on the CPU."""
    net = nn.Sequential(nn.Linear(2, 5), nn.Tanh(), nn.Linear(5, 1))
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.copy_(torch.linspace(-1, 1, parameter.numel()).reshape(parameter.shape))
    options = {} if name == "LBFGS" else {"foreach": True}
    make = lambda: getattr(torch.optim, name)(net.parameters(), lr=0.01, **options)  # noqa: E731
    optimizer = make() if before else None
    net.to(device)
    optimizer = optimizer or make()
    x = torch.linspace(-1, 1, 14).reshape(7, 2).to(device)

    def closure() -> Tensor:
        optimizer.zero_grad()
        loss = ((net(x) - x[:, :1] * x[:, 1:]) ** 2).mean()
        loss.backward()
        return loss

    for _ in range(5):
        optimizer.step(closure)
    return [parameter.detach().cpu() for parameter in net.parameters()]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_five_steps_end_where_the_cpus_do(accelerator: torch.device, name: str) -> None:
    """Every optimizer, with the same foreach setting, gives the CPU's parameters exactly."""
    for got, expected in zip(train(accelerator, name), train("cpu", name), strict=True):
        assert torch.equal(got, expected)


@pytest.mark.parametrize("move", ["to", "sim"])
def test_moving_a_module_keeps_its_parameters(accelerator: torch.device, move: str) -> None:
    """Parameters stay the same objects, shared ones stay shared, and gradients move along."""
    net = nn.Sequential(nn.Linear(3, 3), nn.Linear(3, 3), nn.BatchNorm1d(3))
    net[1].weight = net[0].weight
    net(torch.ones(2, 3)).sum().backward()
    parameters = list(net.parameters())

    net.to(accelerator) if move == "to" else net.sim()  # type: ignore[operator]

    assert all(a is b for a, b in zip(net.parameters(), parameters, strict=True))
    assert net[0].weight is net[1].weight
    held = [*parameters, *net.buffers(), *(p.grad for p in parameters if p.grad is not None)]
    assert {tensor.device for tensor in held} == {accelerator}
    net.cpu()
    assert all(a is b for a, b in zip(net.parameters(), parameters, strict=True))
    assert not torch.__future__.get_swap_module_params_on_conversion()


def test_a_module_moves_while_a_graph_or_a_weak_reference_holds_it(
    accelerator: torch.device,
) -> None:
    """A graph does not keep parameters from moving; with a weak reference they become new ones."""
    held, referred = nn.Linear(3, 1), nn.Linear(3, 1)
    before = held.weight
    loss = held(torch.ones(2, 3)).sum()
    reference = weakref.ref(referred.weight)

    for net in (held.to(accelerator), referred.to(accelerator)):
        assert net(torch.ones(2, 3, device=accelerator)).device == accelerator

    assert held.weight is before
    assert loss.requires_grad
    assert reference() is not referred.weight


def test_an_optimizer_made_before_the_move_still_trains(accelerator: torch.device) -> None:
    """As on CUDA, module.to(device) does not leave an optimizer behind."""
    moved = train(accelerator, "Adam", before=True)
    assert all(torch.equal(a, b) for a, b in zip(moved, train("cpu", "Adam"), strict=True))


def test_data_loads_from_a_dataset_on_the_device(accelerator: torch.device) -> None:
    """A dataset of sim tensors yields batches on sim."""
    dataset = TensorDataset(torch.arange(6.0, device=accelerator))

    batches = [batch for (batch,) in DataLoader(dataset, batch_size=3)]

    assert [batch.device for batch in batches] == [accelerator] * 2
