"""What a run was asked for, and what it keeps in mind: where each is found."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from spec.harness import rendering

if TYPE_CHECKING:
    import torch

FIRST_DEVICE = 20
OTHER_DEVICES = 4

devices_key: pytest.StashKey[list[torch.device]] = pytest.StashKey()
watched_key: pytest.StashKey[bool] = pytest.StashKey()  # whether a watcher shows the results
answers_key: pytest.StashKey[list[str]] = pytest.StashKey()  # the only answers wanted, if set
focus_key: pytest.StashKey[tuple[Path, str]] = pytest.StashKey()  # the first unfinished function
failed_key: pytest.StashKey[set[tuple[Path, str]]] = pytest.StashKey()  # tests, device aside
unfinished_key: pytest.StashKey[set[tuple[Path, str]]] = pytest.StashKey()  # functions that fail
brief_key: pytest.StashKey[bool] = pytest.StashKey()  # whether one small example a function will do
shrink_key: pytest.StashKey[bool] = pytest.StashKey()  # False where nobody will read the example


def plain_pytest(config: pytest.Config) -> bool:
    """Whether pytest's own view was asked for."""
    return config.getoption("tbstyle") in ("long", "short", "native") or (
        config.get_verbosity() >= 2
    )


def device_names(config: pytest.Config) -> list[str]:
    """The devices of this run."""
    return [device.type for device in config.stash[devices_key]]


def pytest_as_called() -> str:
    """How this pytest is started: `pytest` where the shell finds it, else the path typed."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return "python -m pytest"
    found = shutil.which("pytest")
    if called.stem != "pytest" or (found and Path(found).resolve() == called.resolve()):
        return "pytest"
    return rendering.shown(called)
