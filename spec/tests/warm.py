"""A process that has loaded torch and done nothing with it, to be forked where a test needs one.

Where nothing can be forked each test has one that starts from nothing, and takes seconds more.
"""

import functools
import multiprocessing
import os
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

LOADED = ("pytest", "torch", "hypothesis.internal.conjecture.engine", "spec.harness.sim")
FORKS = sys.platform == "linux"
PATIENCE = 120.0  # seconds by the clock


@functools.cache
def _context() -> Any:
    """Where processes come from, as multiprocessing has it."""
    if not FORKS:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(LOADED))
    return context


def printed_by(work: Callable[..., None], *arguments: object) -> str:
    """What is printed by a function of a module in a new process, which must end well."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "printed"
        process = _context().Process(target=_printing, args=(place, work, arguments))
        process.start()
        process.join(PATIENCE)
        code = process.exitcode
        process.kill()
        output = place.read_text(encoding="utf-8")
    assert code == 0, output[-2000:]
    return output.strip()


def _printing(place: Path, work: Callable[..., None], arguments: tuple[object, ...]) -> None:
    """The new process's whole life."""
    with place.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    work(*arguments)


def run_code(code: str) -> None:
    """Runs code as a program of its own, to which a warning is an error."""
    warnings.simplefilter("error")
    exec(compile(code, "<code>", "exec"), {"__name__": "__main__"})
