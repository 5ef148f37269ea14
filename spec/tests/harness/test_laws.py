"""Each law is seen to hold and to be broken, on every device."""

import contextlib
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch

from spec.harness import devices
from spec.harness.checks import cost
from spec.harness.checks.cost import assert_no_loops
from spec.harness.checks.laws import (
    assert_owns_memory,
    assert_shares_memory,
    by_hand,
    random_states_kept,
    unchanged,
)
from spec.harness.verdicts import CheckFailure


@pytest.fixture(params=["cpu", "auto"])
def device(request: pytest.FixtureRequest) -> Iterator[torch.device]:
    """The CPU, and the accelerator that there is."""
    yield devices.selected([request.param])[-1]


@pytest.fixture
def x(device: torch.device) -> torch.Tensor:
    """A matrix whose elements can be told apart."""
    return torch.arange(6.0, device=device).reshape(2, 3)


@pytest.mark.parametrize(
    "view",
    [
        lambda x: x,
        lambda x: x.T,
        lambda x: x.reshape(3, 2),
        lambda x: x[1:, ::2],
        lambda x: x[None].expand(4, 2, 3),
        lambda x: x.unfold(1, 2, 1),
        lambda x: x[:0],
        lambda x: x[0, 0],
    ],
)
def test_assert_shares_memory_passes_for_views(x: torch.Tensor, view) -> None:  # type: ignore[no-untyped-def]
    """Whatever the strides, a view shows what is written into the argument."""
    before = x.clone()
    assert_shares_memory(view(x), x)
    assert torch.equal(x, before)


@pytest.mark.parametrize(
    "copy",
    [
        lambda x: x.clone(),
        lambda x: x.T.reshape(6),
        lambda x: torch.stack([x, x]),
        lambda x: x[[0, 1]],
        lambda x: x.cpu().clone().to(x.device),
    ],
)
def test_assert_shares_memory_fails_for_copies(x: torch.Tensor, copy) -> None:  # type: ignore[no-untyped-def]
    """A copy does not."""
    with pytest.raises(CheckFailure, match="is a copy"):
        assert_shares_memory(copy(x), x)
    assert torch.equal(x.cpu(), torch.arange(6.0).reshape(2, 3))


def test_assert_shares_memory_holds_for_integers_and_bools(device: torch.device) -> None:
    """The law is about bytes, so every dtype will do."""
    for dtype in (torch.int64, torch.uint8, torch.bool, torch.float64):
        x = torch.ones(3, dtype=dtype, device=device)
        assert_shares_memory(x[1:], x)


def test_assert_owns_memory_passes_and_fails(x: torch.Tensor) -> None:
    """A copy owns its memory; a view of any argument does not."""
    other = torch.zeros(3, device=x.device)
    assert_owns_memory(x.clone(), x, other)
    with pytest.raises(CheckFailure, match="shares memory"):
        assert_owns_memory(x.T, other, x)


def test_unchanged_passes_for_reading(x: torch.Tensor) -> None:
    """Reading, and writing into a copy, changes nothing."""
    with unchanged(x, [x], np.ones(2), {"x": x}):
        x.clone().add_(1)


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x.add_(1),
        lambda x: x[0, 0].fill_(9.0),
        lambda x: x.unsqueeze_(0),
        lambda x: x.t_(),
        lambda x: x.requires_grad_(),
        lambda x: x.zero_().copy_(torch.arange(6.0).reshape(2, 3) + 1e-7),
    ],
)
def test_unchanged_fails_for_writing(x: torch.Tensor, change) -> None:  # type: ignore[no-untyped-def]
    """A change of values, shape, strides or requires_grad is noticed."""
    with pytest.raises(CheckFailure, match="was modified"), unchanged(x):
        change(x)


def test_unchanged_sees_the_minus_of_a_zero(device: torch.device) -> None:
    """Values are compared by their bits."""
    x = torch.zeros(1, device=device)
    with pytest.raises(CheckFailure), unchanged(x):
        x.neg_()


def test_unchanged_watches_lists_arrays_and_dicts() -> None:
    """A list that lost an item was modified, and an array that was written into."""
    for value, change in (
        ([1, 2], lambda v: v.pop()),
        ([torch.ones(1)], lambda v: v[0].zero_()),
        ([torch.ones(1)], lambda v: v.__setitem__(0, torch.ones(1))),
        (np.ones(2), lambda v: v.fill(0)),
        ({"a": 1.0}, lambda v: v.update(b=2.0)),
    ):
        with pytest.raises(CheckFailure), unchanged(value):
            change(value)


def test_assert_no_loops_passes_for_whole_tensor_operations(device: torch.device) -> None:
    """As many operations for any size."""
    small, large = torch.ones(3, device=device), torch.ones(31, device=device)
    assert_no_loops(lambda: (small * 2 + 1).sum(), lambda: (large * 2 + 1).sum())


def test_assert_no_loops_fails_where_a_loop_hides_in_steps_for_nothing() -> None:
    """As many steps for a small input as for a large one are still too many."""

    def padded(x: torch.Tensor) -> None:
        for _ in range(20_000):
            pass
        x + 1

    with pytest.raises(CheckFailure, match="for a small input"):
        assert_no_loops(lambda: padded(torch.ones(1)), lambda: padded(torch.ones(9)))


@pytest.mark.parametrize(
    ("loop", "noun"),
    [
        (lambda x: sum((row * 2 for row in x), start=torch.zeros(())), "torch operations"),
        (lambda x: torch.tensor([2 * value for value in x.tolist()]), "steps of Python"),
        (lambda x: torch.tensor(list(map(abs, x.tolist()))), "steps of Python"),
        (lambda x: np.vectorize(lambda v: 2 * v)(x.cpu().numpy()), "steps of Python"),
        (lambda x: torch.stack([x[i] for i in range(len(x))]), "torch operations"),
    ],
)
def test_assert_no_loops_fails_for_loops(device: torch.device, loop, noun: str) -> None:  # type: ignore[no-untyped-def]
    """Loops of torch, of Python, of NumPy and of builtins are all noticed."""
    small, large = torch.ones(3, device=device), torch.ones(31, device=device)
    with pytest.raises(CheckFailure, match=noun):
        assert_no_loops(lambda: loop(small), lambda: loop(large))


def test_effort_grows_with_the_work() -> None:
    """Twice the loop is twice the steps."""
    once = cost.effort(lambda: [None for _ in range(100)])
    twice = cost.effort(lambda: [None for _ in range(200)])
    assert 1.8 < twice.steps / once.steps < 2.2
    assert once.operations == 0


def test_effort_counts_the_first_call_like_any_other() -> None:
    """A function that never ran before takes as many steps as it does afterwards."""
    names: dict[str, Any] = {}
    exec("def total(n):\n    return sum(i * i for i in range(n))\n", names)
    first, second = (cost.effort(lambda: names["total"](9)).steps for _ in range(2))
    assert first == second > 9


def test_by_hand_passes_for_building_blocks(device: torch.device) -> None:
    """torch.exp is a building block; it is not named."""
    x = torch.ones(2, device=device)
    with by_hand("sigmoid"):
        1 / (1 + torch.exp(-x))


@pytest.mark.parametrize(
    "ready_made",
    [
        lambda x: torch.sigmoid(x),
        lambda x: x.sigmoid(),
        lambda x: x.clone().sigmoid_(),
        lambda x: torch.nn.functional.sigmoid(x),
        lambda x: torch.nn.Sigmoid()(x),
    ],
)
def test_by_hand_fails_for_the_ready_made_function(device: torch.device, ready_made) -> None:  # type: ignore[no-untyped-def]
    """However it is spelt, the function itself is refused."""
    with pytest.raises(CheckFailure, match="by hand"), by_hand("sigmoid", "sigmoid_"):
        ready_made(torch.ones(2, device=device))


def test_by_hand_remembers_what_was_swallowed(device: torch.device) -> None:
    """A bare except around the refused call does not hide it."""
    with pytest.raises(CheckFailure), by_hand("sigmoid"), contextlib.suppress(Exception):
        torch.sigmoid(torch.ones(2, device=device))


@torch.jit.script
def _compiled(x):  # type: ignore[no-untyped-def]
    return torch.tanh(x)


_kept = _compiled.__call__
_traced = torch.jit.trace(torch.nn.Tanh(), torch.zeros(2))


@pytest.mark.parametrize("way", [_compiled, _kept, _traced])
def test_by_hand_refuses_what_is_compiled(way) -> None:  # type: ignore[no-untyped-def]
    """Nobody sees what it does; elsewhere it may be called."""
    with pytest.raises(CheckFailure, match="look into"), by_hand("sigmoid"):
        way(torch.ones(2))
    assert torch.equal(way(torch.ones(2)), torch.ones(2).tanh())


def _backward(x: torch.Tensor) -> None:
    (x.requires_grad_() ** 2).sum().backward()


def _grad(x: torch.Tensor) -> None:
    torch.autograd.grad((x.requires_grad_() ** 2).sum(), x)


def _func(x: torch.Tensor) -> None:
    torch.func.grad(lambda v: (v**2).sum())(x)


def _jvp(x: torch.Tensor) -> None:
    torch.func.jvp(lambda v: v**2, (x,), (x,))


def _jacobian(x: torch.Tensor) -> None:
    torch.autograd.functional.jacobian(lambda v: v**2, x)


def _from_import(x: torch.Tensor) -> None:
    from torch.autograd import grad

    grad((x.requires_grad_() ** 2).sum(), x)


@pytest.mark.parametrize("way", [_backward, _grad, _func, _jvp, _jacobian, _from_import])
def test_by_hand_refuses_autograd(device: torch.device, way) -> None:  # type: ignore[no-untyped-def]
    """Every way to have the gradient computed is refused, and works again afterwards."""
    with pytest.raises(CheckFailure, match="autograd"), by_hand():
        way(torch.ones(2, device=device))
    way(torch.ones(2, device=device))


def test_random_states_kept_passes_for_a_generator(device: torch.device) -> None:
    """Draws from a generator of one's own leave the global states alone."""
    with random_states_kept(device):
        torch.randn(3, generator=torch.Generator(device).manual_seed(0), device=device)
        np.random.default_rng(0).normal()
        random.Random(0).random()


@pytest.mark.parametrize(
    ("draw", "library"),
    [
        (lambda device: torch.rand(1), "torch"),
        (lambda device: torch.manual_seed(0), "torch"),
        (lambda device: torch.rand(1, device=device), "torch"),
        (lambda device: np.random.rand(), "NumPy"),
        (lambda device: random.random(), "Python"),
    ],
)
def test_random_states_kept_fails_for_global_draws(device: torch.device, draw, library) -> None:  # type: ignore[no-untyped-def]
    """A draw from any of the global generators is noticed."""
    torch.manual_seed(99)  # so that another test's seed is not the one that is set here
    with pytest.raises(CheckFailure, match=library), random_states_kept(device):
        draw(device)
