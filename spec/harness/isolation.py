"""The same torch state before each test, checked after; the time limit; who pressed Ctrl-C."""

import contextlib
import ctypes
import random
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from spec.harness.verdicts import Kind, Verdict

AGAIN = 0.5  # seconds after which a swallowed verdict is raised anew
GLANCE = 0.1  # seconds between two looks at the clock
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


@contextlib.contextmanager
def limited(
    seconds: float, verdict: Callable[[], Verdict], device: torch.device | None = None
) -> Iterator[None]:
    """Raises the verdict inside, again and again, once the time is up; 0 means no limit.

    Again, since a bare `except:` in a kata would swallow it the first time. A signal interrupts
    more than another thread can, a long sleep for one; but on a simulated device torch may ask
    Python for the device where an exception from a signal handler would end the process.
    """
    if not seconds or threading.current_thread() is not threading.main_thread():
        yield
    elif hasattr(signal, "setitimer") and (device is None or device.type == "cpu"):
        with _by_signal(seconds, verdict):
            yield
    else:
        with _by_thread(seconds, verdict):
            yield


@contextlib.contextmanager
def _by_signal(seconds: float, verdict: Callable[[], Verdict]) -> Iterator[None]:
    def expire(signum: int, frame: Any) -> None:
        raise verdict()

    previous = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


@contextlib.contextmanager
def _by_thread(seconds: float, verdict: Callable[[], Verdict]) -> Iterator[None]:
    class Expired(Verdict):
        """The verdict, as a class that Python can raise in another thread."""

        def __init__(self) -> None:
            known = verdict()
            super().__init__(known.kind, known.problem, known.advice)

    watched = _Watched(threading.get_ident(), time.monotonic() + seconds, Expired)
    _watch(watched)
    try:
        yield
    finally:
        while watched in _watched:
            with contextlib.suppress(Expired):  # one that was raised, but arrives only now
                with _lock:
                    _watched.remove(watched)
                for _ in range(100):
                    pass


@dataclass(eq=False)
class _Watched:
    """Code under a time limit: its thread, when its time is up, and what is raised then."""

    thread: int
    until: float
    error: type[Verdict]


_watched: list[_Watched] = []
_lock = threading.Lock()
_watcher: threading.Thread | None = None


def _watch(watched: _Watched) -> None:
    """Hands over to the one thread that looks at the clock; a forked process starts its own."""
    global _watcher
    _watched.append(watched)
    if _watcher is None or not _watcher.is_alive():
        _watcher = threading.Thread(target=_look_at_the_clock, daemon=True)
        _watcher.start()


def _look_at_the_clock() -> None:
    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
    while True:
        time.sleep(GLANCE)
        with _lock:
            for watched in [watched for watched in _watched if time.monotonic() > watched.until]:
                raise_in(ctypes.c_ulong(watched.thread), ctypes.py_object(watched.error))
                watched.until = time.monotonic() + AGAIN


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
