"""What is known of one collected test: a case, put on the item when it is collected."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis.control import should_note

from .. import devices, settings
from ..checks.copies import copied
from ..files import sources
from ..files.catalogue import Kata
from ..files.sources import Unit
from ..language import tr
from ..limits import TIME_LIMIT
from ..verdicts import Kind
from .collecting import EDGES, KataModule, is_edge
from .promises import EXAMPLE, STATE


@dataclass(eq=False)
class Case:
    """One test of one function of an answer, on one device."""

    kata: Kata
    path: Path
    unit: Unit
    edge: bool  # whether it is about what is promised besides the idea
    name: str  # the test and its parameters, the device left out
    device: torch.device | None
    limit: float  # seconds
    order: int  # where it stands in the spec
    example: dict[str, Any] = field(default_factory=dict)  # the smallest that fails

    @property
    def rule(self) -> str:
        """The test's name, whether it was tried on ordinary arguments or on others."""
        return self.name.removesuffix(f"-{EDGES}")

    @property
    def function(self) -> str:
        """The name of the function, the class or the part of one that it judges."""
        return self.unit.name


_case: pytest.StashKey[Case] = pytest.StashKey()


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item: pytest.Item) -> None:
    """Puts its case on each test of a spec, and has others look for it where its function is."""
    module = item.getparent(KataModule)
    if module is not None and isinstance(item, pytest.Function):
        name = sources.function_of(module.kata, item.originalname) or item.originalname
        unit = sources.units(module.kata).get(name) or Unit(name, name)
        device: Any = item.callspec.params.get("device") if hasattr(item, "callspec") else None
        _, order, title = item.reportinfo()
        item.stash[_case] = Case(
            module.kata,
            item.path,
            unit,
            is_edge(item),
            _name(item, device),
            device,
            _limit(item),
            order or 0,
        )
        place = item.path, sources.line_of(module.kata, module.written, unit.name) - 1, title
        item.reportinfo = lambda: place  # type: ignore[method-assign]
        item.user_properties.append(("tier", "edge" if is_edge(item) else "core"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the tests of each function in the order of its lesson."""
    modules: dict[Any, int] = {}

    def place(item: pytest.Item) -> tuple[int, int, int]:
        module = modules.setdefault(item.getparent(pytest.Module), len(modules))
        if not is_case(item):
            return module, 0, 0
        case = case_of(item)
        units = list(sources.units(case.kata))
        order = units.index(case.function) if case.function in units else len(units)
        return module, order, stage(case)

    items.sort(key=place)


def stage(case: Case) -> int:
    """When a test has its turn: the example, the core, edges by name, laws' edges, the state."""
    turns = (
        is_example(case),
        not case.edge,
        not is_about_state(case) and case.rule == case.name,
        not is_about_state(case),
    )
    return turns.index(True) if any(turns) else len(turns)


def is_example(case: Case) -> bool:
    """Whether this is the example of a docstring."""
    return case.name == f"test_{case.function}_{EXAMPLE}"


def is_about_state(case: Case) -> bool:
    """Whether this asks if a function leaves the global state as it was."""
    return case.name == f"test_{case.function}_{STATE}"


def case_of(item: pytest.Item) -> Case:
    """The case that this test is."""
    return item.stash[_case]


def is_case(item: pytest.Item) -> bool:
    """Whether this is a test of a spec, and none of pytest's other items."""
    return _case in item.stash


def subject_of(item: pytest.Item) -> Any:
    """The implementation that this test is held against."""
    module = item.getparent(KataModule)
    assert module is not None
    return module.subject


def _name(item: pytest.Function, device: torch.device | None) -> str:
    parts = item.callspec.id.split("-") if hasattr(item, "callspec") else []
    return "-".join([item.originalname, *(p for p in parts if not device or p != device.type)])


def _limit(item: pytest.Item) -> float:
    """The seconds that a test may take: its mark, else --timeout, else the default."""
    mark = item.get_closest_marker("timeout")
    if mark:
        return float(mark.args[0] if mark.args else mark.kwargs["timeout"])
    asked = item.config.getoption("timeout", None)
    return TIME_LIMIT if asked is None else float(asked)


@dataclass
class Failures:
    """Which tests of a run have failed so far."""

    focus: tuple[Path, str] | None = None  # the first function whose core fails
    edges: tuple[Path, str] | None = None  # the first function that fails at all
    tests: dict[tuple[Path, str], str] = field(default_factory=dict)  # and the first device
    functions: set[tuple[Path, str]] = field(default_factory=set)
    lost: dict[str, str] = field(default_factory=dict)  # devices that can't be used, and since when
    found: set[str] = field(default_factory=set)  # devices that could be used


_failures: pytest.StashKey[Failures] = pytest.StashKey()


def failures(config: pytest.Config) -> Failures:
    """The failures of this run so far."""
    return config.stash.setdefault(_failures, Failures())


def note_failure(item: pytest.Item, started: bool = True) -> None:
    """Notes that this test has failed, and that its function is not finished, or not started.

    A watcher shows what was written rather than what is not started.
    """
    case, known = case_of(item), failures(item.config)
    if started or not settings.of(item.config).watched:
        known.edges = known.edges or (case.path, case.function)
        if not case.edge:
            known.focus = known.focus or (case.path, case.function)
    known.functions.add((case.path, case.function))
    if started:
        known.tests.setdefault((case.path, case.name), case.device.type if case.device else "")


def is_read(item: pytest.Item) -> bool:
    """Whether somebody will read how this test fails: that of the function in focus, or all."""
    asked, case = settings.of(item.config), case_of(item)
    known = failures(item.config)
    focus = known.focus or (known.edges if case.edge else None)
    everything = asked.everything or asked.pictures is not None or asked.recorded
    return asked.shrink and (everything or focus in (None, (case.path, case.function)))


def is_told(item: pytest.Item) -> bool:
    """Whether this test has failed on another device already, so that its text is known."""
    case = case_of(item)
    return (case.path, case.name) in failures(item.config).tests


SINCE = "{device} can't be used any more: {place}."
FAILS_ON_CPU = "{function} fails this test on the CPU, where it is mended first."


def lose(config: pytest.Config, device: torch.device, place: str) -> None:
    """From now on no test of this run is run on this device."""
    since = tr(SINCE).format(device=device.type, place=place)
    failures(config).lost.setdefault(device.type, since)


def left_out(item: pytest.Item) -> tuple[Kind, str] | None:
    """Why a test is not run on its accelerator, if it is not: of what kind, and in a sentence.

    What fails on the CPU may end the device there: a bad index does, on CUDA.
    """
    case, known = case_of(item), failures(item.config)
    if case.device is None or not devices.is_accelerator(case.device):
        return None
    if case.device.type in known.lost:
        return Kind.NOT_RUN, known.lost[case.device.type]
    if known.tests.get((case.path, case.name)) == "cpu":
        return Kind.TOLD, tr(FAILS_ON_CPU).format(function=case.function)
    return None


def has_failed(item: pytest.Item) -> bool:
    """Whether a test of this function has failed before."""
    case = case_of(item)
    return (case.path, case.function) in failures(item.config).functions


PLAIN = "_without_hypothesis"  # where a test keeps itself as it was before @given


def remember_example(item: pytest.Function) -> None:
    """Keeps the arguments of the smallest failing example of a Hypothesis test."""
    test = item.obj
    plain = getattr(test, PLAIN, test.hypothesis.inner_test)

    @functools.wraps(plain)
    def remember(*arguments: object, **named: object) -> object:
        if should_note():
            drawn = {n: value for n, value in named.items() if n not in item.funcargs}
            case_of(item).example = {name: copied(value) for name, value in drawn.items()}
        return plain(*arguments, **named)

    setattr(test, PLAIN, plain)
    test.hypothesis.inner_test = remember


def replayable(item: pytest.Function) -> tuple[Callable[..., None], dict[str, Any]]:
    """The test without Hypothesis around it, and the arguments of its smallest example."""
    fixed = {name: item.funcargs[name] for name in item._fixtureinfo.argnames}
    drawn = {name: copied(value) for name, value in case_of(item).example.items()}
    return getattr(item.obj, PLAIN, item.obj), {**fixed, **drawn}
