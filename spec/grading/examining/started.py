"""The same where no process can be forked, on macOS and Windows: each file's starts from nothing.

Run as a program, this is such a process. It takes seconds more a file, and all else is alike.
"""

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, replace
from pathlib import Path

from ...harness.files.catalogue import ROOT
from ..sandbox.channel import KEY_BYTES, Forged, Receiver, Sender
from . import messages
from .jobs import PATIENCE, Job, conclude, goes_on, reply_to
from .messages import Message, Reply, Request
from .shapes import Misshapen


def examine(requests: Iterable[Request], jobs: int) -> Iterator[tuple[Request, Reply]]:
    """Has all requests examined, so many at a time, and gives them back as they are done."""
    with ThreadPoolExecutor(jobs) as pool:
        try:
            futures = {pool.submit(examine_one, request): request for request in requests}
            for future in as_completed(futures):
                yield futures[future], future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def examine_one(request: Request) -> Reply:
    """Has one request examined, in as many processes as it takes."""
    with tempfile.TemporaryDirectory(prefix="torch-katas-", ignore_cleanup_errors=True) as base:
        source, home = Path(base) / "source", Path(base) / "home"
        source.write_bytes(request.source)
        job = Job(request, source, home, list(request.functions))
        while job.attempts == 0 or goes_on(job):
            job.attempts += 1
            home.mkdir(exist_ok=True)
            child = Process(job)
            conclude(job, child, child.run())
        return reply_to(job)


class Process:
    """One process, and what came from it."""

    def __init__(self, job: Job) -> None:
        self.messages: list[Message] = []
        self.forged = self.late = False
        self._key = secrets.token_bytes(KEY_BYTES)
        self._limit = job.request.limit + PATIENCE
        request = replace(job.request, functions=list(job.left), source=b"")
        self._order = {
            "key": self._key.hex(),
            "request": {**asdict(request), "source": ""},
            "source": str(job.source),
            "home": str(job.home),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def run(self) -> int:
        """Hears it to its end; the exit code, negative for a signal."""
        assert self._process.stdin is not None and self._process.stdout is not None
        clock = threading.Timer(self._limit, self._be_late)
        clock.start()
        try:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.write(json.dumps(self._order).encode())
                self._process.stdin.close()
            receiver = Receiver(self._key)
            while data := os.read(self._process.stdout.fileno(), 1 << 16):
                if not self.forged:
                    self._take(receiver, data)
        finally:
            clock.cancel()
            self._kill()
            self._process.stdout.close()
        return self._process.wait()

    def _take(self, receiver: Receiver, data: bytes) -> None:
        try:
            self.messages += map(messages.received, receiver.feed(data))
        except (Forged, Misshapen):
            self.forged = True
            self._kill()

    def _be_late(self) -> None:
        self.late = True
        self._kill()

    def _kill(self) -> None:
        """Ends it with all that it started, unless it has come to its own end."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            if not (self.late or self.forged):
                self._process.wait(1)
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()


def main() -> int:
    """Examines what the order on the input says."""
    from . import collecting, examination

    order = json.loads(sys.stdin.buffer.read())
    told = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    request = Request(**{**order["request"], "source": b""})
    home = Path(order["home"])
    tests = collecting.prepare(home.parent).tests(request)
    sender = Sender(told, bytes.fromhex(order["key"]))
    return examination.run(tests, request, Path(order["source"]), home, sender)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
