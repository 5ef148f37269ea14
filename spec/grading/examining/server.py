"""The process that examines: torch is loaded once, and each submission's file gets a fork of it.

Requests come as lines of JSON on the standard input, replies leave as lines on the standard output;
when the input ends, so does the server, and all that it started with it.
"""

import json
import os
import selectors
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from ...harness.files.catalogue import ROOT
from . import collecting
from .collecting import Collected
from .jobs import Child, Job, conclude, goes_on, reply_to
from .messages import Request

GLANCE = 0.2  # seconds


def main() -> None:
    """Serves until the input ends."""
    sys.path.insert(0, str(ROOT))
    replies = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    requests = os.dup(0)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    base = Path(tempfile.mkdtemp(prefix="torch-katas-"))
    server = Server(collecting.prepare(base), requests, replies)
    try:
        server.serve()
    finally:
        server.stop()
        shutil.rmtree(base, ignore_errors=True)


class Server:
    """Takes requests, has each examined, and replies."""

    def __init__(self, collected: Collected, requests: int, replies: BinaryIO) -> None:
        self.collected, self.replies = collected, replies
        self.requests, self.waiting = requests, bytearray()
        self.selector = selectors.DefaultSelector()
        self.selector.register(requests, selectors.EVENT_READ)
        self.jobs: dict[int, Job] = {}
        self.serial = 0

    def serve(self) -> None:
        """Goes round until there is no more input."""
        while True:
            for key, _ in self.selector.select(GLANCE):
                if key.fd == self.requests:
                    data = os.read(self.requests, 1 << 16)
                    if not data:
                        return
                    self.take(data)
                elif key.fd in self.jobs and not self.child_of(key.fd).read():
                    self.ended(key.fd)
            for descriptor in list(self.jobs):
                child = self.child_of(descriptor)
                if child.is_late():
                    child.late = True
                    child.run.kill()

    def child_of(self, descriptor: int) -> Child:
        """The child at the other end of this pipe."""
        child = self.jobs[descriptor].child
        assert child is not None
        return child

    def take(self, data: bytes) -> None:
        """Begins with the requests that have come in whole."""
        *lines, rest = (bytes(self.waiting) + data).split(b"\n")
        self.waiting = bytearray(rest)
        for line in lines:
            order = json.loads(line)
            source = Path(order["source"])
            request = Request(**{**order, "source": b""})
            self.serial += 1
            home = self.collected.base / f"{self.serial}"
            home.mkdir()
            self.begin(Job(request, source, home, list(request.functions)))

    def begin(self, job: Job) -> None:
        """Starts a child for what is left of a job."""
        job.attempts += 1
        job.child = Child(self.collected, job)
        self.jobs[job.child.pipe] = job
        self.selector.register(job.child.pipe, selectors.EVENT_READ)

    def ended(self, descriptor: int) -> None:
        """Draws the conclusions when a child has ended: replies, or takes up the rest."""
        job = self.jobs.pop(descriptor)
        self.selector.unregister(descriptor)
        child = job.child
        assert child is not None
        code = child.close()
        conclude(job, child, code)
        if goes_on(job):
            self.begin(job)
            return
        shutil.rmtree(job.home, ignore_errors=True)
        job.source.unlink(missing_ok=True)
        self.replies.write(json.dumps(asdict(reply_to(job))).encode() + b"\n")
        self.replies.flush()

    def stop(self) -> None:
        """Ends everything that runs."""
        for job in self.jobs.values():
            if job.child is not None:
                job.child.run.kill()


if __name__ == "__main__":
    main()
