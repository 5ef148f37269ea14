"""Hold sim against PyTorch's own suites, in a process of its own, and print the outcome as JSON.

A process of its own, because importing PyTorch's test suite changes global flags of PyTorch, and
because FakeTensorMode can abort the process.
"""

from __future__ import annotations

import collections
import json
import subprocess
import sys
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from spec.harness import sim
from spec.tests.inner import of_dev
from spec.tests.sim import mixes, oracles

ROOT = Path(__file__).parents[3]
# What these return is memory that nobody has written.
UNWRITTEN = (
    *("empty", "empty_like", "empty_permuted", "empty_strided"),
    *("new_empty", "new_empty_strided"),
)


def in_processes_of_their_own(every: int) -> dict[str, Any]:
    """Judge each n-th operator of PyTorch's database, two parts at a time; return the findings."""
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda part: in_a_process(part, every), PARTS))
    return dict(zip(PARTS, found, strict=True))


def in_a_process(part: str, every: int) -> Any:
    """Judge one part in a process of its own; PyTorch's database needs expecttest."""
    of_dev("expecttest")
    command = [sys.executable, "-m", "spec.tests.sim.judging", part, str(every)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def judge_forward(every: int) -> list[dict[str, Any]]:
    """Judge what each n-th operator returns."""
    device = sim.register()
    return [
        asdict(oracles.judge(op, device, 3, gradients=False, values=op.name not in UNWRITTEN))
        for op in oracles.operators()[::every]
    ]


def judge_gradients(every: int) -> list[dict[str, Any]]:
    """Judge the gradients of each n-th operator that has any."""
    device = sim.register()
    return [
        asdict(oracles.judge(op, device, 2, gradients=True))
        for op in oracles.operators(gradients=True)[::every]
    ]


def judge_mixtures(every: int) -> dict[str, Any]:
    """Judge the mixtures of devices of each n-th operator by both judges."""
    sim.register()
    count: collections.Counter[str] = collections.Counter()
    differ: dict[str, list[str]] = collections.defaultdict(list)
    cannot: collections.Counter[str] = collections.Counter()
    watch = mixes.Watch()
    for op in oracles.operators()[::every]:
        for mix in mixes.mixes(op, 3):
            with watch:
                ours = mixes.outcome_on_sim(mix)
            theirs = mixes.outcome_on_cuda(mix)
            count["all"] += 1
            if theirs.startswith(mixes.FAILED):
                cannot[theirs[len(mixes.FAILED) :][:70].strip()] += 1
                continue
            count["judged"] += 1
            if ours != theirs:
                line = f"{mix.describe()}: {ours} on sim, {theirs} by FakeTensorMode"
                differ[oracles.full_name(op)].append(line)
    return {
        "mixtures": count["all"],
        "judged": count["judged"],
        "cannot": dict(cannot),
        "differ": differ,
        "declared": watch.judged,
        "undeclared": watch.problems,
    }


PARTS: dict[str, Callable[[int], Any]] = {
    "forward": judge_forward,
    "mixtures": judge_mixtures,
    "gradients": judge_gradients,
}

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    print(json.dumps(PARTS[sys.argv[1]](int(sys.argv[2]))))
