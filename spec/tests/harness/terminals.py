"""A terminal in which --watch is running, for tests to type into."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spec.harness.files.catalogue import ROOT
from spec.tests.inner import of_dev

PATIENCE = 120  # seconds, for a busy machine; a right answer comes at once
READY = "q quit"
PROMPT = r"\(Pdb\) "
NO_FORK = "from torch_katas.harness import processes\nprocesses.can_fork = lambda: False\n"


def watching(folder: Path, forks: bool, *options: str) -> Any:
    """A terminal in which the folder is watched, with forks or without."""
    arguments = ["-m", "pytest", ".", "--watch", "--device=cpu", "-c", str(ROOT / "pyproject.toml")]
    if not forks:
        (folder / "no_fork.py").write_text(NO_FORK, encoding="utf-8")
        arguments += ["-p", "no_fork"]
    return of_dev("pexpect").spawn(
        sys.executable,
        [*arguments, f"--rootdir={folder}", *options],
        cwd=str(folder),
        timeout=PATIENCE,
        dimensions=(50, 100),
        env={**os.environ, "NO_COLOR": "1"},
        encoding="utf-8",
    )


def descendants(pid: int) -> set[int]:
    """The processes that this one has started, and those that they have."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = [line.split() for line in listed.stdout.splitlines()]
    found, before = {pid}, set[int]()
    while found != before:
        before, found = found, found | {int(each) for each, of in pairs if int(of) in found}
    return found - {pid}


def wait_for(condition: Callable[[], object]) -> None:
    """Waits until the condition holds."""
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)
