"""The process that examines: torch is loaded once, and each submission's file gets a fork of it.

Requests come as lines of JSON on the standard input, replies leave as lines on the standard output;
when the input ends, so does the server, and all that it started with it.
"""

import json
import os
import secrets
import selectors
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from spec.grading.channel import KEY_BYTES, Forged, Receiver, Sender
from spec.grading.outcomes import Outcome
from spec.harness.catalogue import ROOT
from spec.harness.progress import Facts, Progress
from spec.harness.verdicts import Kind

ATTEMPTS = 8  # how often a file is taken up again after one of its functions ended the process
GLANCE = 0.2  # seconds


@dataclass
class Job:
    """One request, and what is known of it so far."""

    request: dict[str, Any]
    home: Path
    left: list[str]  # functions that are still to be examined
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    walls: list[str] = field(default_factory=list)
    tampered: str | None = None  # what was found changed
    attempts: int = 0
    child: "Child | None" = None


class Child:
    """One fork: its pipe, and what came over it."""

    def __init__(self, config: Any, job: Job) -> None:
        from spec.grading import examination
        from spec.harness.runs import Forked

        key = secrets.token_bytes(KEY_BYTES)
        self.pipe, write = os.pipe()
        request = dict(job.request)
        request.pop("id"), request.pop("limit")
        task = examination.Task(**{**request, "functions": list(job.left)})
        examination.load_what_judges(task.kata)

        def work() -> int:
            os.close(self.pipe)
            return examination.run(config, task, job.home, Sender(write, key))

        self.until = time.monotonic() + job.request["limit"]
        self.run = Forked(work)
        os.close(write)
        self.receiver = Receiver(key)
        self.messages: list[dict[str, Any]] = []
        self.forged = False
        self.late = False

    def read(self) -> bool:
        """Takes what has come; False at the end."""
        data = os.read(self.pipe, 1 << 16)
        try:
            self.messages += self.receiver.feed(data)
        except (Forged, ValueError, KeyError):
            self.forged = True
            self.run.kill()
        return bool(data)

    def close(self) -> int:
        """The exit code, once everything of it has ended."""
        os.close(self.pipe)
        code = self.run.poll()
        self.run.kill()
        return self.run.code if code is None and self.run.code is not None else code or 0


def main() -> None:
    """Serves until the input ends."""
    sys.path.insert(0, str(ROOT))
    replies = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    requests = os.dup(0)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    base = Path(tempfile.mkdtemp(prefix="torch-katas-"))
    server = Server(_prepared(base), base, requests, replies)
    try:
        server.serve()
    finally:
        server.stop()
        shutil.rmtree(base, ignore_errors=True)


def _prepared(base: Path) -> Any:
    """pytest, ready to run, with everything loaded that a run can need; nothing has run yet."""
    import torch
    from _pytest.config import _prepareconfig

    from spec.harness.watch import load_what_runs_need

    torch.set_num_threads(1)
    options = ["-c", str(ROOT / "pyproject.toml"), f"--rootdir={base}", "-p", "no:cacheprovider"]
    options.append(f"--confcutdir={base}")
    quiet = [
        "--noconftest",
        "-qq",
        "--tb=no",
        "--no-header",
        "--no-summary",
        "--disable-warnings",
        "-s",
    ]
    config = _prepareconfig([*options, *quiet, "-p", "spec.harness.plugin", str(base)])
    load_what_runs_need(config)
    import torch._dynamo  # an optimizer does it late, and replaces functions of torch with its own

    assert torch._dynamo
    return config


class Server:
    """Takes requests, has each examined, and replies."""

    def __init__(self, config: Any, base: Path, requests: int, replies: BinaryIO) -> None:
        self.config, self.base, self.replies = config, base, replies
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
                if time.monotonic() > child.until:
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
            request = json.loads(line)
            self.serial += 1
            home = self.base / f"{self.serial}"
            home.mkdir()
            self.begin(Job(request, home, list(request["functions"])))

    def begin(self, job: Job) -> None:
        """Starts a child for what is left of a job."""
        job.attempts += 1
        job.child = Child(self.config, job)
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
        if job.left and job.attempts < ATTEMPTS:
            self.begin(job)
            return
        for function in job.left:
            job.outcomes[function] = Outcome(function, 0, 0, note="the file ends every process")
        shutil.rmtree(job.home, ignore_errors=True)
        reply = {
            "id": job.request["id"],
            "outcomes": [asdict(outcome) for outcome in job.outcomes.values()],
            "walls": job.walls,
            "tampered": job.tampered,
        }
        self.replies.write(json.dumps(reply).encode() + b"\n")
        self.replies.flush()

    def stop(self) -> None:
        """Ends everything that runs."""
        for job in self.jobs.values():
            if job.child is not None:
                job.child.run.kill()


def conclude(job: Job, child: Child, code: int) -> None:
    """What a child that has ended tells of its job.

    Only a child that came to its end, with its canaries dead, is believed; if it did not, the
    function that was on has failed, and the others are examined anew without it.
    """
    first = child.messages[0] if child.messages else {}
    if "walls" not in first:
        raise RuntimeError(f"no examination of {job.request['kata']} began (exit code {code})")
    job.walls = first["walls"]
    tests: dict[str, list[str]] = defaultdict(list)
    for test, function in first["tests"]:
        tests[function].append(test)
    last = child.messages[-1]
    if "end" in last and not child.forged:
        job.tampered = job.tampered or last["tampered"]
        for function in job.left:
            told = [m for m in child.messages if "passed" in m and m["test"] in tests[function]]
            cleared = [m for m in child.messages if m.get("of") == function]
            acquitted = [name for message in cleared for name in message["acquitted"]]
            job.outcomes[function] = _outcome(job, function, tests[function], told, acquitted)
        job.left = []
        return
    started = next((m["start"] for m in reversed(child.messages) if "start" in m), None)
    guilty = next((name for name in tests if started in tests[name]), None)
    if child.forged or guilty is None:
        job.tampered = "the channel"
        guilty = job.left[0]
    why = "it did not end in time" if child.late else _ending(code)
    job.outcomes[guilty] = Outcome(guilty, 0, len(tests[guilty]), note=why)
    job.left = [function for function in job.left if function != guilty]


def _ending(code: int) -> str:
    return f"it ended the process (signal {-code})" if code < 0 else "it ended the process"


def _outcome(
    job: Job, function: str, tests: list[str], told: list[dict[str, Any]], acquitted: list[str]
) -> Outcome:
    """The points of a function: a test that was not told of has not passed."""
    entry = Progress(job.request["kata"], "", 1, function, acquitted=acquitted)
    for message in told:
        facts: Facts = message["facts"]
        if message["passed"] or facts["kind"] is not None:
            entry.count({**facts, "kind": None if message["passed"] else facts["kind"]})
        job.tampered = job.tampered or message["tampered"]
    passed = len({m["test"] for m in told if m["passed"]})
    failures = sorted(entry.failures, key=lambda facts: facts["order"])
    not_started = not passed and bool(entry.not_started) and not failures
    return Outcome(
        function,
        passed,
        len(tests),
        seconds=sum(m["seconds"] for m in told),
        mistake=entry.mistake() if failures else None,
        rows=failures[0]["rows"] if failures else [],
        not_started=not_started,
        note="not every test ended" if len(told) < len(tests) else "",
        whole_file=bool(failures) and failures[0]["kind"] == Kind.FILE.value,
    )


if __name__ == "__main__":
    main()
