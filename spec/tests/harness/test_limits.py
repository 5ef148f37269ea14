"""The time limit on a machine that is busy with other things."""

import bdb
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
import torch

from spec.harness import limits
from spec.harness.verdicts import Verdict

SECONDS = 0.4
OTHERS = 3

told = pytest.mark.skipif(
    not Path("/proc/thread-self/schedstat").exists(), reason="the system does not tell who waits"
)
WAYS = {"signal": None, "thread": torch.device("meta")}
each_way = pytest.mark.parametrize("device", list(WAYS.values()), ids=list(WAYS))
each_way_within = pytest.mark.parametrize("within", list(WAYS.values()), ids=list(WAYS))


@pytest.fixture
def one_core_for_many() -> Iterator[None]:
    """Endless loops of others on one core, and this thread on the same."""
    before = os.sched_getaffinity(0)
    core = {min(before)}
    command = [sys.executable, "-c", "print(flush=True)\nwhile True: pass"]
    others = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(OTHERS)]
    try:
        for other in others:
            os.sched_setaffinity(other.pid, core)
        for other in others:
            assert other.stdout is not None
            other.stdout.readline()
        os.sched_setaffinity(0, core)
        yield
    finally:
        os.sched_setaffinity(0, before)
        for other in others:
            other.kill()
            other.communicate()


def run_into_the_limit(device: torch.device | None) -> None:
    """An endless loop, until the verdict ends it."""
    with (
        pytest.raises(Verdict, match="did not return within"),
        limits.limited(SECONDS, lambda: limits.endless("it", SECONDS), device),
    ):
        while True:
            pass


@told
@each_way
def test_what_others_take_is_given_back(
    device: torch.device | None, one_core_for_many: None
) -> None:
    """An endless loop ends all the same, and not before it has had its seconds."""
    computed = time.thread_time()
    run_into_the_limit(device)
    assert time.thread_time() - computed > SECONDS * 0.6


@each_way
def test_sleeping_is_not_given_back(device: torch.device | None) -> None:
    """Who sleeps could have computed."""
    started = time.process_time()
    with (
        pytest.raises(Verdict),
        limits.limited(SECONDS, lambda: limits.endless("it", SECONDS), device),
    ):
        for _ in range(1000):
            time.sleep(SECONDS / 10)
    assert time.process_time() - started < SECONDS


@each_way
@each_way_within
def test_a_limit_within_leaves_the_one_around_it_standing(
    device: torch.device | None, within: torch.device | None
) -> None:
    """The first test of a function loads the reference answer, under a limit of its own."""
    with (
        pytest.raises(Verdict, match="it did not return"),
        limits.limited(SECONDS, lambda: limits.endless("it", SECONDS), device),
    ):
        with limits.limited(60, lambda: limits.endless("the one within", 60), within):
            pass
        until = time.monotonic() + 20 * SECONDS
        while time.monotonic() < until:
            pass


@each_way
def test_a_debugger_has_all_the_time_there_is(device: torch.device | None) -> None:
    """Whoever sits before a debugger's prompt is not hurried, and then has the whole limit."""

    class Slow(bdb.Bdb):
        def user_line(self, frame: FrameType) -> None:
            time.sleep(3 * SECONDS)
            self.set_continue()

    def debugged() -> str:
        Slow().set_trace()
        return "not hurried"

    before = sys.gettrace()
    try:
        with limits.limited(SECONDS, lambda: limits.endless("it", SECONDS), device):
            assert debugged() == "not hurried"
            sys.settrace(before)
            time.sleep(SECONDS / 2)
        run_into_the_limit(device)
    finally:
        sys.settrace(before)
