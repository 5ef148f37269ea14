"""Random numbers on sim: generators of its own, and the default one that torch.manual_seed seeds.

A sim generator is a CPU engine under another label. The label cannot be kept on the Python object,
which does not survive dispatch, so a generator is known by the address of its engine.
"""

from __future__ import annotations

import functools
import weakref
from typing import Any, NamedTuple

import torch

from . import characters, rules

ENGINE: type[torch._C.Generator] = torch._C.Generator
SIM_SEED = 0x51D_5EED  # without it the same seed would give sim the numbers of the CPU
sim_engines: set[int] = set()


class Draw(NamedTuple):
    """Where an operator takes its generator; position None: it uses the CPU's default one."""

    position: int | None
    name: str


class GeneratorType(type(ENGINE)):  # type: ignore[misc]
    """Makes every generator an instance of torch.Generator, wherever it was made."""

    def __instancecheck__(cls, instance: object) -> bool:
        """Tell whether this is a generator of any device."""
        return isinstance(instance, ENGINE)


class SimGenerator(ENGINE):  # type: ignore[misc,valid-type]
    """A generator whose device is sim:0."""

    def __init__(self) -> None:
        """Enter the engine in the list of sim's."""
        address = self._cdata
        sim_engines.add(address)
        weakref.finalize(self, sim_engines.discard, address)
        self.manual_seed(super().initial_seed())

    @property
    def device(self) -> torch.device:
        """The device that this generator draws for."""
        return torch.device("sim", 0)

    def manual_seed(self, seed: int) -> SimGenerator:
        """Seed the engine; the same seed gives other numbers than on the CPU, as CUDA does."""
        super().manual_seed(seed ^ SIM_SEED)
        return self

    def initial_seed(self) -> int:
        """Return the seed as it was given."""
        return super().initial_seed() ^ SIM_SEED

    def seed(self) -> int:
        """Seed the engine with a number that nobody chose, and return the number."""
        super().seed()
        return self.initial_seed()


class Generator(ENGINE, metaclass=GeneratorType):  # type: ignore[misc,valid-type]
    """Stands in for torch.Generator, which cannot be asked for a generator on sim."""

    def __new__(cls, device: Any = "cpu") -> Any:
        """Make a generator on the device."""
        asked = torch.device(device)
        if asked.type != "sim":
            return ENGINE(device=device)
        rules.check_ordinal(asked)
        return SimGenerator()


def draw(op: torch._ops.OpOverload) -> Draw | None:
    """Find where an operator takes its random numbers from; None if it draws none."""
    for position, argument in enumerate(op._schema.arguments):
        if "Generator" in str(argument.type):
            return Draw(
                len(op._schema.arguments) if argument.kwarg_only else position, argument.name
            )
    return Draw(None, "") if torch.Tag.nondeterministic_seeded in op.tags else None


@functools.cache
def default() -> SimGenerator:
    """Return the generator of draws that name none, seeded like the CPU's at its first use."""
    generator = SimGenerator()
    generator.manual_seed(torch.initial_seed())
    return generator


def seed(number: int) -> None:
    """Seed the generator of draws that name none."""
    characters.check_alive()
    default().manual_seed(int(number))


def run(op: torch._ops.OpOverload, where: Draw, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """Run an operator that draws, from the generator it was given or from sim's default one."""
    __tracebackhide__ = True
    if where.position is None:
        return with_default_state(op, args, kwargs)
    positional = where.position < len(args)
    given = args[where.position] if positional else kwargs.get(where.name)
    if given is not None and given._cdata not in sim_engines:
        raise RuntimeError(rules.GENERATOR.format(expected="sim", found=given.device.type))
    if given is None and positional:
        args = [*args[: where.position], default(), *args[where.position + 1 :]]
    elif given is None:
        kwargs = {**kwargs, where.name: default()}
    return op(*args, **kwargs)


def with_default_state(op: torch._ops.OpOverload, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """Run an operator that draws from the CPU's default generator on the state of sim's."""
    __tracebackhide__ = True
    cpu_state = torch.default_generator.get_state()
    torch.default_generator.set_state(default().get_state())
    try:
        return op(*args, **kwargs)
    finally:
        default().set_state(torch.default_generator.get_state())
        torch.default_generator.set_state(cpu_state)
