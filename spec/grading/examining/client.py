"""Has submissions' files examined: by a server beside this process, or by many on a cluster."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from ...harness import language
from ...harness.files.catalogue import ROOT
from .messages import Reply, Request, reply_of

DIED = """The process that examines submissions has ended (exit code {code}). What it had found out
is kept; run the same command again to go on. Its last words:
{words}"""


def can_serve() -> bool:
    """Whether a server can fork here: not on macOS, whose libraries forbid it, nor on Windows."""
    return hasattr(os, "fork") and sys.platform != "darwin"


class ServerDied(Exception):
    """The server is gone."""


class Server:
    """A server process, started when the first request comes."""

    def __init__(self) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115, closed with the server
        self._files = tempfile.TemporaryDirectory(prefix="torch-katas-")
        environment = {**os.environ, "PYTORCH_NVML_BASED_CUDA_CHECK": "1"}
        environment[language.VARIABLE] = language.spoken()
        self.process = subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.server"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )

    def send(self, request: Request) -> None:
        """Hands over a request; the server takes as many as it is sent.

        The file goes by the disk, so that the memory which each process under examination
        inherits from the server holds nobody's answers.
        """
        assert self.process.stdin is not None
        place = Path(self._files.name) / f"{request.id}"
        place.write_bytes(request.source)
        data = {**asdict(request), "source": str(place)}
        try:
            self.process.stdin.write(json.dumps(data).encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise self._died() from None

    def receive(self) -> Reply:
        """The next reply, in whatever order they come."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise self._died()
        return reply_of(json.loads(line))

    def close(self) -> None:
        """Ends the server and all that it has started."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        self._errors.close()
        self._files.cleanup()

    def _died(self) -> ServerDied:
        self.process.wait()
        self._errors.seek(0)
        words = self._errors.read().decode(errors="replace").strip().splitlines()[-3:]
        return ServerDied(DIED.format(code=self.process.wait(), words="\n".join(words)))


def examine(requests: Iterable[Request], jobs: int) -> Iterator[tuple[Request, Reply]]:
    """Has all requests examined, so many at a time, and gives them back as they are done."""
    server = Server()
    try:
        waiting: dict[int, Request] = {}
        todo = iter(requests)
        while True:
            while len(waiting) < jobs and (request := next(todo, None)) is not None:
                waiting[request.id] = request
                server.send(request)
            if not waiting:
                return
            reply = server.receive()
            yield waiting.pop(reply.id), reply
    finally:
        server.close()
