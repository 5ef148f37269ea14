"""What an examination says is believed as far as its shape goes, and one costs no other."""

import json
import os
import struct
import time
from pathlib import Path
from typing import Any

import pytest

from spec.grading import planning
from spec.grading.examining import jobs, messages
from spec.grading.examining.examination import Examination
from spec.grading.examining.jobs import Job
from spec.grading.examining.messages import (
    Began,
    Declined,
    Ended,
    Finished,
    Imported,
    Request,
    Started,
)
from spec.grading.examining.shapes import LONGEST, Misshapen
from spec.grading.intake.submissions import Submission
from spec.grading.sandbox import channel, standins, walls
from spec.grading.sandbox.channel import Forged, Receiver
from spec.grading.sandbox.seals import Seals
from spec.harness.explaining.notes import Note
from spec.harness.files.catalogue import Kata
from spec.harness.verdicts import Kind

K08 = Kata("k08_broadcasting")
REQUEST = Request(0, K08.name, b"", ["outer_sum"], ["cpu"], 1.0, 1.0, None, guarded=True)
NOTE = Note("k", "f", 1, "outer_sum", Kind.TEST, order=(1, 2, "x"), rows=[("got", "\ud800")])


def through_a_pipe(message: messages.Message) -> messages.Message:
    """The message as it arrives."""
    return messages.received(json.loads(json.dumps(messages.sent(message))))


@pytest.mark.parametrize(
    "message",
    [
        Began(["no network"], [("test_a", "outer_sum", True)]),
        Declined(["no network"]),
        Started("test_a"),
        Imported(),
        Ended("test_a", True, 0.5, None, None),
        Finished(None),
    ],
    ids=lambda message: type(message).__name__,
)
def test_what_an_examination_says_arrives(message: messages.Message) -> None:
    """Every kind of message, with what is in it."""
    assert through_a_pipe(message) == message


def test_a_note_arrives_as_text_that_can_be_written() -> None:
    """Half a character becomes a question mark, and nobody reads megabytes."""
    long = Ended("t", False, 0.5, Note(**{**vars(NOTE), "rows": [("got", "x" * 10**6)]}), None)
    arrived = through_a_pipe(Ended("t", False, 0.5, NOTE, None))
    assert isinstance(arrived, Ended) and arrived.note is not None
    assert arrived.note.kind is Kind.TEST
    assert arrived.note.rows == [("got", "?")]
    clipped = through_a_pipe(long)
    assert isinstance(clipped, Ended) and clipped.note is not None
    assert len(clipped.note.rows[0][1]) <= LONGEST


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"end": True},
        {"kind": ["Ended"]},
        {"kind": "Path", "test": "x"},
        {"kind": "Started"},
        {"kind": "Started", "test": ["x"]},
        {"kind": "Started", "test": "x" * (LONGEST + 1)},
        {"kind": "Started", "test": "x", "more": 1},
        {"kind": "Ended", "test": "x", "passed": 1, "seconds": 1, "note": None, "tampered": None},
        {
            "kind": "Ended",
            "test": "x",
            "passed": True,
            "seconds": float("nan"),
            "note": None,
            "tampered": None,
        },
        {"kind": "Began", "walls": {}, "tests": []},
        {"kind": "Began", "walls": [], "tests": [["a", "b"]]},
    ],
)
def test_what_has_another_shape_is_refused(data: Any) -> None:
    """Whoever holds the key still can't hand the reader what it does not expect."""
    with pytest.raises(Misshapen):
        messages.received(data)


def test_no_more_is_read_than_an_examination_can_have_to_say(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A flood ends one examination; so does JSON that is no message."""
    monkeypatch.setattr(channel, "MOST", 1000)
    with pytest.raises(Forged, match="too much"):
        Receiver(b"k").feed(bytes(1001))
    body = b"[" * 100_000
    signed = struct.pack(">I32s", len(body), channel._signature(b"k", body)) + body
    monkeypatch.setattr(channel, "MOST", 10**6)
    with pytest.raises(Forged, match="no JSON"):
        Receiver(b"k").feed(signed)


class Ran:
    """A child that has ended, and what it said."""

    def __init__(self, *told: messages.Message) -> None:
        self.messages, self.forged, self.late = list(told), False, False


def concluded(*told: messages.Message) -> Job:
    """A job after such a child."""
    job = Job(REQUEST, Path("source"), Path("home"), ["outer_sum"])
    jobs.conclude(job, Ran(*told), 1)
    return job


def test_where_no_examination_begins_one_person_is_told_so() -> None:
    """The class goes on."""
    assert concluded().fault == "no examination began (exit code 1)"
    assert concluded(Started("x")).fault == "no examination began (exit code 1)"


def test_what_ends_the_process_while_it_is_imported_is_tried_once() -> None:
    """Each function of the file would end so; where it was imported, only the one that was on."""
    tests = [("test_a", "outer_sum", False), ("test_b", "center_columns", False)]
    began, started = Began([], tests), Started("test_a")
    for told, left in (([began, started], []), ([began, started, Imported()], ["center_columns"])):
        job = Job(REQUEST, Path("source"), Path("home"), ["outer_sum", "center_columns"])
        jobs.conclude(job, Ran(*told), 1)  # type: ignore[arg-type]
        assert job.left == left
        assert all(outcome.passed == 0 for outcome in job.outcomes.values())


@pytest.mark.parametrize(
    ("passed", "waited", "late"),
    [(5, 0, False), (100, 0, True), (100, 95, False), (100, None, False), (200, None, True)],
)
def test_what_sleeps_has_had_its_time_and_what_waits_for_a_processor_has_not(
    passed: float, waited: float | None, late: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy machine takes no points; where nothing tells how busy it is, there is patience."""
    monkeypatch.setattr(jobs, "_waited", lambda pid: waited)
    child: Any = object.__new__(jobs.Child)
    child.limit, child.began, child.run = 1.0, time.monotonic() - passed, Ran()
    child.run.pid = 0
    assert child.is_late() is late


@pytest.mark.parametrize("standing", [[], list(walls.WALLS)], ids=["no walls", "all walls"])
def test_what_reaches_out_is_not_run_where_walls_are_missing(
    standing: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is declined before anything of it runs, and the report says why."""
    monkeypatch.setattr(standins, "install", lambda packages: None)
    told: list[dict[str, Any]] = []

    class Sender:
        def send(self, message: dict[str, Any]) -> None:
            told.append(message)

    class NoTests:
        seals = Seals()

        def of(self, functions: list[str]) -> list[pytest.Item]:
            return []

    Examination(NoTests(), REQUEST, Sender(), lambda: standing).run()  # type: ignore[arg-type]
    assert [each["kind"] for each in told] == ["Began", "Finished" if standing else "Declined"]
    job = concluded(Began([], []), Declined([walls.NETWORK]))
    assert job.fault is not None and walls.NETWORK in job.fault and "--trust" in job.fault


def test_only_what_reaches_out_and_is_not_trusted_is_guarded() -> None:
    """The rest runs where walls are missing, too."""
    for code, trust, guarded in (
        (b"import os\nos.fork()\n", False, True),
        (b"import os\nos.fork()\n", True, False),
        (b"import os\n", False, False),
    ):
        settings = planning.Settings(trust=trust)
        _, (file,) = planning.prepare(Submission("anna", {K08.name: code}), settings)
        request = planning._request(0, file, ["outer_sum"], settings)
        assert request.guarded is guarded


@pytest.mark.skipif(not hasattr(os, "fork"), reason="grading needs a fork")
def test_what_people_share_is_examined_apart(tmp_path: Path) -> None:
    """What one leaves behind in a process is not there when another's code is tried."""
    from spec.grading.outcomes import Ledger

    right = K08.solution.read_bytes()
    leaky = right + b"\n\ndef helper():\n    return 1\n"
    own = right.replace(b"def outer_sum", b"def other():\n    return 2\n\n\ndef outer_sum", 1)
    people = {"anna": leaky, "bob": own.replace(b"a[:, None] + b", b"b + a[:, None]")}
    settings = planning.Settings()
    files = []
    for person, source in people.items():
        _, theirs = planning.prepare(Submission(person, {K08.name: source}), settings)
        files += theirs
    requests, behind = planning._requests(files, Ledger(tmp_path / "ledger"), settings)
    common = set(files[0].keys.values()) & set(files[1].keys.values())
    assert common
    for request in requests:
        keys = {behind[request.id].keys[function] for function in request.functions}
        assert len(keys) == 1 or not keys & common
