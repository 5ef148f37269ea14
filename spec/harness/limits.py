"""The time limit, and who pressed Ctrl-C."""

import contextlib
import ctypes
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest_timeout
import torch

from .language import tr
from .verdicts import Kind, Verdict

TIME_LIMIT = 30.0

AGAIN = 0.5  # seconds after which a swallowed verdict is raised anew
GLANCE = 0.1  # seconds between two looks at the clock

_ended_by_a_person = False


def interrupted() -> bool:
    """Whether a person ended the run, as against code that raised KeyboardInterrupt."""
    return _ended_by_a_person


class Quit(BaseException):
    """A person left the debugger by ending the run; neither Hypothesis nor pdb holds it up."""


def quitting() -> Quit:
    """What ends the run, which is interrupted from now on."""
    global _ended_by_a_person
    _ended_by_a_person = True
    return Quit()


def note_ctrl_c() -> None:
    """From now on a real Ctrl-C is told from `raise KeyboardInterrupt`."""

    def handler(signum: int, frame: Any) -> None:
        global _ended_by_a_person
        _ended_by_a_person = True
        signal.default_int_handler(signum, frame)

    global _ended_by_a_person
    _ended_by_a_person = False
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
    Where the system tells for how long the code was kept from running by others, as Linux does,
    it is given that time back; and whoever is in a debugger has all the time there is.
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
    time = _Time(seconds)

    def expire(signum: int, frame: Any) -> None:
        if pytest_timeout.is_debugging(sys.gettrace()):
            time.begin()
            signal.setitimer(signal.ITIMER_REAL, GLANCE, AGAIN)
        elif (left := time.left()) > 0:
            signal.setitimer(signal.ITIMER_REAL, max(left, GLANCE), AGAIN)
        else:
            raise verdict()

    previous = signal.signal(signal.SIGALRM, expire)
    around, _ = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
        if around:  # a limit around this one, which looks itself how much time is left
            signal.setitimer(signal.ITIMER_REAL, GLANCE, AGAIN)


@contextlib.contextmanager
def _by_thread(seconds: float, verdict: Callable[[], Verdict]) -> Iterator[None]:
    class Expired(Verdict):
        """The verdict, as a class that Python can raise in another thread."""

        def __init__(self) -> None:
            known = verdict()
            super().__init__(known.kind, known.problem, known.advice)

    timed = _Timed(threading.get_ident(), monotonic() + seconds, Expired, _Time(seconds))
    _time(timed)
    try:
        yield
    finally:
        while timed in _timed:
            with contextlib.suppress(Expired):  # one that was raised, but arrives only now
                with _lock:
                    _timed.remove(timed)
                for _ in range(100):
                    pass


@dataclass(eq=False)
class _Timed:
    """Code under a time limit: its thread, when its time is up, and what is raised then."""

    thread: int
    until: float
    error: type[Verdict]
    time: "_Time"


_timed: list[_Timed] = []
_lock = threading.Lock()
_clock: threading.Thread | None = None


def _time(timed: _Timed) -> None:
    """Hands over to the one thread that looks at the clock; a forked process starts its own."""
    global _clock
    _timed.append(timed)
    if _clock is None or not _clock.is_alive():
        _clock = threading.Thread(target=_look_at_the_clock, daemon=True)
        _clock.start()


def _look_at_the_clock() -> None:
    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
    while True:
        sleep(GLANCE)
        with _lock:
            for timed in [timed for timed in _timed if monotonic() > timed.until]:
                if _is_debugged(timed.thread):
                    timed.time.begin()
                elif (left := timed.time.left()) > 0:
                    timed.until = monotonic() + left
                else:
                    raise_in(ctypes.c_ulong(timed.thread), ctypes.py_object(timed.error))
                    timed.until = monotonic() + AGAIN


def _is_debugged(thread: int) -> bool:
    """Whether a debugger traces this thread, also where it waits for a person's next command.

    On the outermost frame bdb leaves its mark for good.
    """
    frames = [frame for frame, _ in traceback.walk_stack(sys._current_frames().get(thread))]
    return any(pytest_timeout.is_debugging(trace) for trace in {f.f_trace for f in frames[:-1]})


class _Time:
    """The time that this thread has: others who have the cores meanwhile do not use it up."""

    def __init__(self, seconds: float) -> None:
        self.told_by = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self.seconds = seconds
        self.begin()

    def begin(self) -> None:
        """From now on it has all its seconds."""
        self.until = monotonic() + self.seconds - self._waited()

    def left(self) -> float:
        """How much of it is left."""
        return self.until + self._waited() - monotonic()

    def _waited(self) -> float:
        """The seconds for which this thread could have run, but did not; 0 if it can't be known."""
        try:
            return int(self.told_by.read_text(encoding="ascii").split()[1]) / 1e9
        except (OSError, ValueError, IndexError):
            return 0.0


def endless(function: str, seconds: float) -> Verdict:
    """The verdict on a function that did not return in time."""
    return Verdict(
        Kind.ENDLESS,
        tr("{function} did not return within {seconds:g} seconds.").format(
            function=function, seconds=seconds
        ),
        tr("Look for a loop that never ends. If it is only slow, give it longer: --timeout 300."),
    )
