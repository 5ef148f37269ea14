"""What a run was asked for: one dataclass under one stash key, and what follows from it."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from . import typed

if TYPE_CHECKING:
    import torch

DEVICES = ("auto", "cpu", "cuda", "sim", "mps", "xpu", "all")
PAGE = "katas.html"  # in the folder of pictures
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
    recorded: bool = False  # whether a file, another process or an editor takes every failure
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
    return bool(config.getoption("plain_pytest", False))


def asks_for_plain_pytest(config: pytest.Config) -> bool:
    """Whether a person asks for pytest's own view, whatever a plugin makes of the options."""
    variable = shlex.split(os.environ.get("PYTEST_ADDOPTS", ""))
    words = [*config.getini("addopts"), *variable, *config.invocation_params.args]
    asked = config._parser.parse_known_args(words)
    return asked.tbstyle in ("long", "short", "native") or asked.verbose >= 2


def is_recorded(config: pytest.Config) -> bool:
    """Whether a file, another process or an editor takes every failure."""
    if config.getoption("xmlpath", None) or hasattr(config, "workerinput"):
        return True
    return config.pluginmanager.hasplugin("vscode_pytest") or hasattr(config, "_teamcityReporting")


def device_names(config: pytest.Config) -> list[str]:
    """The devices of this run."""
    return [device.type for device in of(config).devices]


def command(*words: str) -> str:
    """A command that runs this pytest with these words, as a person can type it."""
    return f"{pytest_as_called()} {typed.quoted(*words)}"


def hint_command(file: str, function: str, step: int = 1) -> str:
    """What a person types to get a hint."""
    return command(file, "--hint", function if step == 1 else f"{function}:{step}")


def pytest_as_called() -> str:
    """How this pytest is started: `pytest` where the shell finds it, else as it was typed."""
    called, found = Path(sys.argv[0]), shutil.which("pytest")
    if called.stem == "pytest":
        same = found and Path(found).resolve() == called.resolve()
        return "pytest" if same else typed.path(called)
    if called.name != "__main__.py" and found and Path(found).parent == Path(sys.executable).parent:
        return "pytest"
    return f"{typed.interpreter()} -m pytest"
