"""What a run was asked for: one dataclass under one stash key, and what follows from it."""

import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import torch

from spec.harness import rendering

FIRST_DEVICE = {False: 12, True: 20}  # examples of a law on the first device: core, edges
OTHER_DEVICES = {False: 3, True: 4}  # on each of the others


@dataclass
class Settings:
    """What a run was asked for, on the command line or by who runs pytest from within."""

    devices: list[torch.device] = field(default_factory=list)
    examples: int | None = None  # of Hypothesis a test; None: as many as a learner waits for
    core: bool = False  # the edges are left out
    everything: bool = False  # every failure is to be shown
    pictures: Path | None = None  # the folder to draw into
    hints: int = 0  # the step of the hint for the function in focus
    recorded: bool = False  # whether a file or another process takes every failure
    watched: bool = False  # whether a watcher shows the results
    answers: list[str] | None = None  # the only answers wanted, if not all
    brief: bool = False  # whether one small example a function will do
    shrink: bool = True  # False where nobody will read the example


_key: pytest.StashKey[Settings] = pytest.StashKey()


def of(config: pytest.Config) -> Settings:
    """The settings of the run that this configuration is for."""
    return config.stash.setdefault(_key, Settings())


def examples_of(first: bool, edges: bool) -> int:
    """How many examples a law tries: most on the first device, the rest is handling."""
    return (FIRST_DEVICE if first else OTHER_DEVICES)[edges]


def plain_pytest(config: pytest.Config) -> bool:
    """Whether pytest's own view was asked for."""
    return config.getoption("tbstyle") in ("long", "short", "native") or (
        config.get_verbosity() >= 2
    )


def device_names(config: pytest.Config) -> list[str]:
    """The devices of this run."""
    return [device.type for device in of(config).devices]


def pytest_as_called() -> str:
    """How this pytest is started: `pytest` where the shell finds it, else the path typed."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return "python -m pytest"
    found = shutil.which("pytest")
    if called.stem != "pytest" or (found and Path(found).resolve() == called.resolve()):
        return "pytest"
    return rendering.shown(called)
