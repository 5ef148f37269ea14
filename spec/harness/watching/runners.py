"""Who runs what a watcher orders: a fork of it, or where there is none, a spare process."""

import contextlib
import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Protocol

import pytest

from .. import language, processes
from ..processes import Run
from . import child, spare
from .child import Order

SOON = 1.0  # seconds after which a run has had the machine for itself


class Runner(Protocol):
    """What starts runs."""

    run: Run | None  # the last one

    def start(self, order: Order) -> Run:
        """Starts a run."""

    def close(self) -> None:
        """Ends what waits for orders."""


def runner(config: pytest.Config) -> Runner:
    """The quickest there is on this machine."""
    return Forks(config) if processes.can_fork() else Spares(config)


def is_busy(runner: Runner) -> bool:
    """Whether a run is on."""
    return runner.run is not None and runner.run.poll() is None


class Forks:
    """A fork of this process for each run, so that nothing is loaded anew."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.run: Run | None = None
        processes.load_what_runs_need(config)

    def start(self, order: Order) -> Run:
        """Starts a run."""
        self.run = processes.Forked(lambda: child.run(self.config, order))
        return self.run

    def close(self) -> None:
        """Ends nothing, as nothing waits."""


class Spares:
    """One process that is loaded, taken by the next run; another is then started behind it.

    Runs that nobody waits for are done by one process after another, each kata once.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.arguments = [str(argument) for argument in config.invocation_params.args]
        self.arguments.append(f"{language.OPTION}={language.spoken()}")
        self.spare: Spare | None = None
        self.looker: Spare | None = None
        self.run: Run | None = None
        self.prepare()

    def prepare(self) -> None:
        """Has a process wait for the next order."""
        if self.spare is None:
            self.spare = Spare(self.arguments)

    def start(self, order: Order) -> Run:
        """Starts a run."""
        process = self._looker(order.kata) if order.quiet else None
        if process is None:
            self.prepare()
            process, self.spare = self.spare, None
        assert process is not None
        process.order(order)
        if order.quiet:
            self.looker = process
            self.prepare()
        self.run = Spared(process, order, self.prepare)
        return self.run

    def _looker(self, kata: Path) -> "Spare | None":
        process = self.looker
        return process if process and process.is_free() and kata not in process.seen else None

    def close(self) -> None:
        """Ends what waits for orders."""
        for process in (self.spare, self.looker):
            if process is not None:
                process.kill()


class Spare:
    """A process that has everything loaded, or soon will, and takes orders over a line."""

    def __init__(self, arguments: list[str]) -> None:
        spawning = multiprocessing.get_context("spawn")
        self.line, theirs = spawning.Pipe()
        self.process = spawning.Process(target=spare.live, args=(theirs, arguments))
        self.process.start()
        theirs.close()
        self.seen: set[Path] = set()
        self.code: int | None = 0  # of the run before; None while one is on

    def order(self, order: Order) -> None:
        """Has it run a kata."""
        self.seen.add(order.kata)
        self.code = None
        with contextlib.suppress(OSError):  # it has ended, which the poll will notice
            self.line.send(order)

    def is_free(self) -> bool:
        """Whether it waits for another order."""
        return self.code is not None and self.process.is_alive()

    def poll(self) -> int | None:
        """The exit code of the run, or of the process where it has ended; None while it runs."""
        if self.code is None and self.line.poll():
            try:
                self.code = self.line.recv()
            except (EOFError, OSError):
                self.process.join()
                self.code = self.process.exitcode
        return self.code

    def kill(self) -> None:
        """Ends it, with all that it started; once, as its number may be another's later."""
        if self.line.closed:
            return
        self.line.close()
        if hasattr(os, "killpg") and self.process.pid:
            processes.kill_group(self.process.pid)
        self.process.kill()
        self.process.join()


class Spared:
    """A run in a spare process, which ends with it unless other quiet runs follow."""

    def __init__(self, process: Spare, order: Order, prepare: Callable[[], None]) -> None:
        self.process, self.order, self.prepare = process, order, prepare
        self.began = monotonic()
        self.code: int | None = None

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        if self.code is None:
            self.code = self.process.poll()
            if self.code is not None and not self.order.more:
                self.process.kill()
            if self.code is not None or monotonic() - self.began > SOON:
                self.prepare()
        return self.code

    def kill(self) -> None:
        """Ends it, with all that it started."""
        if self.code is None:
            self.process.kill()
