"""What pytest is handed: the options, the devices, the effort, and the header that says so."""

from __future__ import annotations

import argparse
import gc
import sys

import pytest

from spec.harness import devices, settings, sim
from spec.harness.files import catalogue
from spec.harness.settings import FIRST_DEVICE, OTHER_DEVICES

pytest_plugins = [
    "spec.harness.running.collecting",
    "spec.harness.running.cases",
    "spec.harness.running.judging",
    "spec.harness.running.quitting",
    "spec.harness.explaining.noting",
    "spec.harness.files.reset",
    "spec.harness.showing.hints",
    "spec.harness.showing.pictures",
    "spec.harness.showing.summary",
    "spec.harness.watching.child",
    "spec.harness.watching.watch",
]


A_COPY = (
    "The specs in {folder} are a copy without the solutions, which they need. In the folder of "
    "torch-katas install it in place: pip install -c constraints.txt -e ."
)
OPTIMIZED = (
    "Python runs without docstrings or assertions, which the specs are made of. Leave out -O, and "
    "the variable PYTHONOPTIMIZE."
)
EDGE = "edge: what a function promises besides its idea; --core leaves it out"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds --core, --device, --examples and --all."""
    group = parser.getgroup("torch-katas")
    group.addoption(
        "--core",
        action="store_true",
        help="Run the core of each function alone, and leave the edges for later.",
    )
    group.addoption(
        "--device",
        action="append",
        choices=devices.CHOICES,
        help="Device to run on, repeatable. auto (the default) is the CPU and the accelerator "
        "there is, or else sim, a simulated one; all is every device there is.",
    )
    # For tests: which accelerator sim plays, in what that one lacks.
    group.addoption("--sim-as", choices=sim.CHARACTERS, default="cuda", help=argparse.SUPPRESS)
    group.addoption(
        "--examples",
        type=int,
        metavar="N",
        help="Hypothesis examples a test, on every device. By default "
        f"{FIRST_DEVICE[False]} ordinary ones and {FIRST_DEVICE[True]} of all kinds on the first "
        f"device, and {OTHER_DEVICES[False]} and {OTHER_DEVICES[True]} on each of the others.",
    )
    group.addoption(
        "--all",
        action="store_true",
        dest="all_failures",
        help="Show every failure; by default only those of the first unfinished function.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Finds out what was asked for; a device that is missing is an error before anything runs."""
    config.addinivalue_line("markers", EDGE)
    asked = settings.of(config)
    asked.core = config.getoption("core")
    asked.examples = config.getoption("examples")
    asked.everything = config.getoption("all_failures")
    asked.pictures = config.getoption("pictures")
    asked.hints = len(config.getoption("hint") or ())
    if asked.examples is not None and asked.examples < 1:
        raise pytest.UsageError("--examples: at least 1")
    if config.getoption("help") or config.getoption("version"):
        return
    _refuse_what_can_not_work()
    config.option.plain_pytest = settings.asks_for_plain_pytest(config)
    try:
        asked.devices = devices.selected(
            config.getoption("device") or ["auto"], config.getoption("sim_as")
        )
    except devices.Unavailable as error:
        raise pytest.UsageError(str(error)) from None


def _refuse_what_can_not_work() -> None:
    """Says in a sentence what would end in errors far from their cause."""
    if not catalogue.SOLUTIONS.is_dir():
        raise pytest.UsageError(A_COPY.format(folder=catalogue.ROOT))
    if sys.flags.optimize:
        raise pytest.UsageError(OPTIMIZED)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Finds out who else listens, now that all who do are there."""
    settings.of(session.config).recorded = settings.is_recorded(session.config)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the edges, if asked to."""
    if settings.of(config).core:
        edges = {item for item in items if item.get_closest_marker("edge")}
        config.hook.pytest_deselected(items=[item for item in items if item in edges])
        items[:] = [item for item in items if item not in edges]


def pytest_collection_finish() -> None:
    """Spares garbage collection what importing torch left behind, which is never garbage.

    pytest collects several times at the end of a run; it would cost a third of a short one.
    """
    gc.freeze()


def pytest_report_header(config: pytest.Config) -> str:
    """Says what runs and what does not."""
    return devices.header(settings.of(config).devices)
