"""Random numbers on sim: of its own, seeded by torch.manual_seed, and never the CPU's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from spec.harness import sim

Draw = Callable[[torch.device], Tensor]

DRAWS: dict[str, Draw] = {
    "rand": lambda d: torch.rand(9, device=d),
    "randn_like": lambda d: torch.randn_like(torch.ones(9, device=d)),
    "randperm": lambda d: torch.randperm(50, device=d),
    "in place": lambda d: torch.empty(9, device=d).uniform_(),
    "dropout": lambda d: F.dropout(torch.ones(99, device=d)),
    "native_dropout": lambda d: torch.native_dropout(torch.ones(99, device=d), 0.5, True)[0],
    "multinomial": lambda d: torch.multinomial(torch.ones(50, device=d), 20),
    "rrelu": lambda d: F.rrelu(-torch.ones(9, device=d), training=True),
    "attention": lambda d: F.scaled_dot_product_attention(
        torch.ones(1, 8, 8, device=d),
        torch.ones(1, 8, 8, device=d),
        torch.ones(1, 8, 8, device=d),
        dropout_p=0.5,
    ),
}


@pytest.fixture(scope="module")
def accelerator() -> torch.device:
    """The simulated accelerator."""
    return sim.register()


@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS)
def test_a_seed_repeats_the_draw_and_leaves_the_cpu_alone(
    accelerator: torch.device, draw: Draw
) -> None:
    """torch.manual_seed seeds sim; drawing there does not move the CPU's random numbers."""
    torch.manual_seed(3)
    cpu_state = torch.get_rng_state()
    first, second = draw(accelerator), draw(accelerator)

    assert torch.equal(torch.get_rng_state(), cpu_state)
    torch.manual_seed(3)
    assert torch.equal(draw(accelerator), first)
    assert not torch.equal(first, second)


def test_a_seed_gives_other_numbers_than_on_the_cpu(accelerator: torch.device) -> None:
    """The same seed gives CPU and device different numbers, by default and by generator."""
    torch.manual_seed(3)
    drawn = [torch.rand(9), torch.rand(9, device=accelerator).cpu()]
    for device in (torch.device("cpu"), accelerator):
        generator = torch.Generator(device).manual_seed(3)
        drawn.append(torch.rand(9, device=device, generator=generator).cpu())

    assert torch.equal(drawn[0], drawn[2])
    assert not torch.equal(drawn[0], drawn[1])
    assert not torch.equal(drawn[2], drawn[3])


def test_a_generator_knows_its_device_and_seed(accelerator: torch.device) -> None:
    """A generator on sim has sim's device, its own seed and a state to go back to."""
    generator = torch.Generator(device="sim")

    assert generator.device == accelerator
    assert generator.manual_seed(11) is generator
    assert generator.initial_seed() == 11
    state = generator.get_state()
    first = torch.rand(5, device=accelerator, generator=generator)
    generator.set_state(state)
    assert torch.equal(torch.rand(5, device=accelerator, generator=generator), first)
    assert generator.seed() == generator.initial_seed()


@pytest.mark.parametrize(
    "draw",
    [
        lambda d, g: torch.rand(3, device=d, generator=g),
        lambda d, g: torch.empty(3, device=d).normal_(generator=g),
        lambda d, g: torch.randperm(3, device=d, generator=g),
        lambda d, g: torch.multinomial(torch.ones(3, device=d), 2, generator=g),
        lambda d, g: torch.bernoulli(torch.ones(3, device=d), generator=g),
    ],
)
def test_a_cpu_generator_cannot_draw_on_the_device(
    accelerator: torch.device, draw: Callable[[torch.device, torch.Generator], Tensor]
) -> None:
    """A generator draws on its own device only, in CUDA's words."""
    draw(accelerator, torch.Generator(accelerator))

    with pytest.raises(RuntimeError, match=r"Expected a 'sim' device .* found 'cpu'"):
        draw(accelerator, torch.Generator())


def test_fork_rng_protects_both_devices(accelerator: torch.device) -> None:
    """After fork_rng CPU and sim draw what they would have drawn without it."""
    torch.manual_seed(1)
    expected = torch.rand(3), torch.rand(3, device=accelerator)
    torch.manual_seed(1)

    with torch.random.fork_rng(), torch.random.fork_rng(device_type="sim"):
        torch.rand(30), torch.rand(30, device=accelerator)

    assert torch.equal(torch.rand(3), expected[0])
    assert torch.equal(torch.rand(3, device=accelerator), expected[1])


def test_generators_of_the_cpu_are_pytorchs_own(accelerator: torch.device) -> None:
    """On the CPU torch.Generator makes what it made before, and every generator is one."""
    generator = torch.Generator()

    assert type(generator) is type(torch.default_generator)
    assert isinstance(generator, torch.Generator)
    assert isinstance(torch.default_generator, torch.Generator)
    assert isinstance(torch.Generator("sim"), torch.Generator)
    assert not isinstance(3, torch.Generator)
    with pytest.raises(RuntimeError, match="invalid device ordinal"):
        torch.Generator("sim:1")
