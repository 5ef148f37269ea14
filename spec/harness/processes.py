"""Processes that run tests beside this one: forked from it, or living in a group of their own."""

import contextlib
import importlib
import os
import signal
import sys
import warnings
from collections.abc import Callable
from typing import Any, Protocol

import pytest

from . import devices


class Run(Protocol):
    """A process that runs tests."""

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""

    def kill(self) -> None:
        """Ends it, with all that it started."""


def can_fork() -> bool:
    """Whether a fork is safe and worth it: not on macOS, whose libraries forbid it.

    Nor where there is an accelerator, which each fork would have to start anew.
    """
    return hasattr(os, "fork") and sys.platform != "darwin" and not devices.accelerators()


class Forked:
    """A forked process, which does one thing and ends."""

    def __init__(self, work: Callable[[], int]) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        with warnings.catch_warnings():
            # The threads that Python warns of are NumPy's; they hold nothing that a run needs.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid = os.fork()
        if not self.pid:
            _live_alone(work)
        self.code: int | None = None

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.code = os.waitstatus_to_exitcode(status) if pid else None
        return self.code

    def kill(self) -> None:
        """Ends it, with all that it started."""
        kill_group(self.pid)
        if self.code is None:
            _, status = os.waitpid(self.pid, 0)
            self.code = os.waitstatus_to_exitcode(status)


def _live_alone(work: Callable[[], int]) -> None:
    """The child's whole life: a group of its own, and work."""
    code = 1
    try:
        lead_a_group()
        code = work()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def lead_a_group() -> None:
    """Makes this process the first of a group, which ends with all that it starts."""
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)


def kill_group(pid: int) -> None:
    """Ends the process that leads a group, and all others in it."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # it is too young to have a group
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


NEEDED = (  # by every run, and imported late
    "faulthandler",
    "hypothesis.internal.conjecture.engine",
    "hypothesis.internal.conjecture.shrinker",
    "numpy.random",
    "pdb",
    f"{__package__}.checks.laws",
    f"{__package__}.checks.oracles",
    f"{__package__}.checks.strategies",
    "torch._subclasses.schema_check_mode",
    "torch.utils._device",
)


def load_what_runs_need(config: pytest.Config) -> None:
    """Imports what every run needs, so that none has to wait for it."""
    import torch

    torch.set_num_threads(1)
    plugin: Any = config.pluginmanager.get_plugin(f"{__package__}.plugin")
    plugin.bring(config)
    for name in NEEDED:
        importlib.import_module(name)
    if not torch.backends.cuda.is_built() and not torch.backends.mps.is_built():
        devices.selected(config.getoption("--device") or ["auto"], config.getoption("--sim-as"))
