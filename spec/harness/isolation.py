"""The same torch state before each test, checked after; the time limit; who pressed Ctrl-C."""

import contextlib
import random
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

from spec.harness.verdicts import Kind, Verdict

SEED = 20_240_229  # unlikely to be a learner's own choice, so that reseeding shows

_ctrl_c = False


def interrupted() -> bool:
    """Whether a person pressed Ctrl-C, as against code that raised KeyboardInterrupt."""
    return _ctrl_c


def note_ctrl_c() -> None:
    """From now on a real Ctrl-C is told from `raise KeyboardInterrupt`."""

    def handler(signum: int, frame: Any) -> None:
        global _ctrl_c
        _ctrl_c = True
        signal.default_int_handler(signum, frame)

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, handler)


def can_limit() -> bool:
    """Whether this system and thread have a timer that can interrupt Python."""
    in_main_thread = threading.current_thread() is threading.main_thread()
    return hasattr(signal, "setitimer") and in_main_thread


@contextlib.contextmanager
def limited(seconds: float, verdict: Callable[[], Verdict]) -> Iterator[None]:
    """Raises the verdict inside, again and again, once the time is up; 0 means no limit.

    Again, since a bare `except:` in a kata would swallow it the first time. Where the system
    has no such timer (Windows), pytest-timeout's own way of ending a test remains.
    """
    if not can_limit() or not seconds:
        yield
        return

    def expire(signum: int, frame: Any) -> None:
        raise verdict()

    previous = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


SETTINGS: dict[str, tuple[Callable[[], Any], Callable[[Any], Any], Any, str]] = {
    "torch's default dtype": (
        torch.get_default_dtype,
        torch.set_default_dtype,
        torch.float32,
        "Give the tensor its dtype with dtype= instead.",
    ),
    "torch's default device": (
        lambda: torch.get_default_device().type,
        lambda _: torch.set_default_device(None),
        "cpu",
        "Give the tensor its device with device= instead.",
    ),
    "torch's grad mode": (
        torch.is_grad_enabled,
        torch.set_grad_enabled,
        True,
        "Use `with torch.no_grad():`, which puts it back.",
    ),
    "torch's random seed": (
        torch.initial_seed,
        torch.default_generator.manual_seed,
        SEED,
        "Draw from a torch.Generator of your own instead.",
    ),
    "torch's thread count": (
        torch.get_num_threads,
        torch.set_num_threads,
        1,
        "Leave it alone: it holds for the whole process.",
    ),
    "torch's anomaly mode": (
        torch.is_anomaly_enabled,
        torch.autograd.set_detect_anomaly,
        False,
        "Use `with torch.autograd.detect_anomaly():`, which puts it back.",
    ),
    "torch's deterministic mode": (
        torch.are_deterministic_algorithms_enabled,
        torch.use_deterministic_algorithms,
        False,
        "Leave it alone: it holds for the whole process.",
    ),
    "Python's recursion limit": (
        sys.getrecursionlimit,
        sys.setrecursionlimit,
        sys.getrecursionlimit(),
        "Use a loop and a list of your own instead of deep recursion.",
    ),
}


def reset(device: torch.device | None = None) -> None:
    """Puts torch, NumPy and Python into the state in which every test starts."""
    for getter, setter, wanted, _ in SETTINGS.values():
        if wanted != getter():
            setter(wanted)
    # Not torch.manual_seed, which keeps a formatted stack for each device that is not there.
    torch.default_generator.manual_seed(SEED)
    if device is not None and device.type != "cpu":
        torch.get_device_module(device).manual_seed_all(SEED)
    np.random.seed(SEED)
    random.seed(SEED)


def disturbed(function: str) -> Verdict | None:
    """What of that state a test left changed, as a verdict on the function, if anything."""
    for noun, (getter, _, wanted, advice) in SETTINGS.items():
        now = getter()
        if now != wanted:
            problem = f"{function} changed {noun} from {wanted} to {now} and left it so."
            return Verdict(Kind.FUNCTION, problem, advice)
    return None


def endless(function: str, seconds: float) -> Verdict:
    """The verdict on a function that did not return in time."""
    return Verdict(
        Kind.FUNCTION,
        f"{function} did not return within {seconds:g} seconds.",
        "Look for a loop that never ends. If it is only slow, give it longer: --timeout 300.",
    )
