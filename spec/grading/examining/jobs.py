"""One request under examination: its forks, and what is concluded when one has ended."""

import os
import secrets
import signal
import time
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from ...harness.explaining.progress import Progress
from ...harness.processes import Forked
from ...harness.verdicts import Kind
from ..outcomes import Outcome
from ..sandbox import walls
from ..sandbox.channel import KEY_BYTES, Forged, Receiver, Sender
from . import examination, messages
from .collecting import Collected
from .messages import (
    Began,
    Cleared,
    Declined,
    Ended,
    Finished,
    Imported,
    Message,
    Reply,
    Request,
    Started,
)
from .shapes import Misshapen

PATIENCE = 120.0  # seconds by the clock beyond those of computing, for a machine that is busy
ASLEEP = 10.0  # the same, where the machine tells for how long others kept it from running
NOT_RUN = "not run: it reaches out, and here are no walls for that ({missing}); see --trust"
EVERY = "the file ends every process"
ATTEMPTS = 8  # how often a file is taken up again after one of its functions ended the process


@dataclass
class Job:
    """One request, and what is known of it so far."""

    request: Request
    source: Path  # where what was handed in lies
    home: Path
    left: list[str]  # functions that are still to be examined
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    walls: list[str] = field(default_factory=list)
    tampered: str | None = None  # what was found changed
    fault: str | None = None  # why there is no examination
    attempts: int = 0
    child: "Child | None" = None


class Told(Protocol):
    """What came from a process that has ended, and how it ended."""

    messages: list[Message]
    forged: bool
    late: bool


class Child:
    """One fork: its pipe, and what came over it."""

    def __init__(self, collected: Collected, job: Job) -> None:
        key = secrets.token_bytes(KEY_BYTES)
        self.pipe, write = os.pipe()
        request = replace(job.request, functions=list(job.left))
        tests = collected.tests(request)
        tests.draw(request.functions)

        def work() -> int:
            walls.close_all_but(0, 1, 2, write)
            return examination.run(tests, request, job.source, job.home, Sender(write, key))

        self.began, self.limit = time.monotonic(), request.limit
        self.run = Forked(work)
        os.close(write)
        self.receiver = Receiver(key)
        self.messages: list[Message] = []
        self.forged = False
        self.late = False

    def read(self) -> bool:
        """Takes what has come; False at the end."""
        data = os.read(self.pipe, 1 << 16)
        if not self.forged:
            try:
                self.messages += map(messages.received, self.receiver.feed(data))
            except (Forged, Misshapen):
                self.forged = True
                self.run.kill()
        return bool(data)

    def is_late(self) -> bool:
        """Whether it has had its time and has not ended: it may sleep, and use no processor."""
        taken = time.monotonic() - self.began - self.limit
        if taken < ASLEEP:
            return False
        waited = _waited(self.run.pid)
        return taken > PATIENCE if waited is None else taken - waited > ASLEEP

    def close(self) -> int:
        """The exit code, once everything of it has ended."""
        os.close(self.pipe)
        code = self.run.poll()
        self.run.kill()
        return self.run.code if code is None and self.run.code is not None else code or 0


def reply_to(job: Job) -> Reply:
    """What is said of a job that nothing more is done about."""
    for function in job.left:
        job.outcomes[function] = Outcome(function, 0, 0, note=job.fault or EVERY)
    outcomes = list(job.outcomes.values())
    return Reply(job.request.id, outcomes, job.walls, job.tampered, job.fault)


def goes_on(job: Job) -> bool:
    """Whether there is more to examine, after a process that has ended."""
    return bool(job.left) and job.attempts < ATTEMPTS and not job.fault


def _waited(pid: int) -> float | None:
    """The seconds for which others kept a child's own child from running; None if not told."""
    proc = Path("/proc")
    try:
        children = (proc / f"{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        told = (proc / (children or [str(pid)])[0] / "schedstat").read_text(encoding="ascii")
        return int(told.split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return None


def conclude(job: Job, child: Told, code: int) -> None:
    """What a child that has ended tells of its job.

    Only a child that came to its end is believed; if it did not, the function that was on has
    failed, and the others are examined anew without it, unless the file ends while it is imported.
    """
    first = child.messages[0] if child.messages else None
    if not isinstance(first, Began):
        job.fault = f"no examination began (exit code {code})"
        return
    job.walls = first.walls
    declined = next((m for m in child.messages if isinstance(m, Declined)), None)
    if declined is not None:
        job.fault = NOT_RUN.format(missing="; ".join(declined.missing))
        return
    tests: dict[str, dict[str, bool]] = defaultdict(dict)
    for test, function, edge in first.tests:
        tests[function][test] = edge
    last = child.messages[-1]
    if isinstance(last, Finished) and not child.forged:
        job.tampered = job.tampered or last.tampered
        for function in job.left:
            job.outcomes[function] = _outcome(job, function, tests[function], child.messages)
        job.left = []
        return
    on = [message.test for message in child.messages if isinstance(message, Started)]
    guilty = next((name for name in tests if on and on[-1] in tests[name]), None)
    if child.forged or guilty is None:
        job.tampered = "the channel"
        guilty = job.left[0]
    late = child.late or -code == getattr(signal, "SIGXCPU", None)
    why = "it did not end in time" if late else _ending(code)
    none = [guilty] if any(isinstance(m, Imported) for m in child.messages) else [*job.left]
    for function in none:
        edges = sum(tests[function].values())
        job.outcomes[function] = Outcome(function, 0, len(tests[function]), 0, edges, note=why)
    job.left = [function for function in job.left if function not in none]


def _ending(code: int) -> str:
    return f"it ended the process (signal {-code})" if code < 0 else "it ended the process"


def _outcome(job: Job, function: str, tests: dict[str, bool], told: list[Message]) -> Outcome:
    """The points of a function: a test that was not told of has not passed."""
    entry = Progress(job.request.kata, "", 1, function)
    ended = [m for m in told if isinstance(m, Ended) and m.test in tests]
    for message in ended:
        job.tampered = job.tampered or message.tampered
        if message.note is not None and message.passed == (message.note.kind is None):
            entry.count(message.note)
    for cleared in (m for m in told if isinstance(m, Cleared) and m.function == function):
        entry.acquitted += cleared.names
    # What another function kept from being run, by ending the device, is nobody's fault here.
    for message in ended:
        if message.note is not None and message.note.kind is Kind.NOT_RUN:
            tests = {name: edge for name, edge in tests.items() if name != message.test}
    ended = [message for message in ended if message.test in tests]
    passed = {message.test for message in ended if message.passed}
    failures = sorted(entry.failures, key=lambda note: note.order)
    not_started = not passed and bool(entry.not_started) and not failures
    return Outcome(
        function,
        len(passed),
        len(tests),
        sum(tests[test] for test in passed),
        sum(tests.values()),
        seconds=sum(message.seconds for message in ended),
        mistake=" ".join(entry.mistakes()) or None if failures else None,
        rows=failures[0].rows if failures else [],
        not_started=not_started,
        note="not every test ended" if len(ended) < len(tests) else "",
        whole_file=bool(failures) and failures[0].kind is Kind.FILE,
    )
