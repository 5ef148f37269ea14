"""How long a learner waits, as ratios to `python -c "import torch"` in the same run.

Run it by hand: python -m spec.tools.bench. The figures are medians; a busy machine shows in
their spread, which is why no test compares them with a constant.
"""

import os
import statistics
import subprocess
import sys
import time

from spec.harness.files import catalogue
from spec.harness.files.catalogue import ROOT

PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
IMPORT_TORCH = [sys.executable, "-c", "import torch"]
ROUNDS = 5


def commands() -> dict[str, list[str]]:
    """What is timed, by the words of the table."""
    each = {
        f"solution of {kata.name}, cpu and accelerator": [*PYTEST, str(kata.solution)]
        for kata in catalogue.katas()
    }
    return {
        "import torch": IMPORT_TORCH,
        "all solutions, cpu and accelerator": [*PYTEST, "solutions"],
        "all stubs": [*PYTEST, "katas"],
        **each,
    }


def seconds(command: list[str]) -> float:
    """The wall time of one run."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    return time.perf_counter() - start


def measured(timed: dict[str, list[str]], rounds: int) -> dict[str, list[float]]:
    """Times all commands in turn, so that a slow minute hits all of them; a first run is free."""
    taken: dict[str, list[float]] = {name: [] for name in timed}
    for command in timed.values():
        seconds(command)
    for _ in range(rounds):
        for name, command in timed.items():
            taken[name].append(seconds(command))
    return taken


def main() -> None:
    """Times all commands and prints a table."""
    taken = measured(commands(), ROUNDS)
    unit = statistics.median(taken["import torch"])
    for name, values in taken.items():
        low, middle, high = min(values), statistics.median(values), max(values)
        print(f"{name:<50} {middle / unit:5.2f} x   ({low:.2f} to {high:.2f} s)")


if __name__ == "__main__":
    main()
