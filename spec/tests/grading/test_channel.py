"""A message counts only if the examination sent it, whole and in its turn."""

import os

import pytest

from spec.grading.sandbox.channel import Forged, Receiver, Sender

KEY = b"k" * 32


def sent(*messages: dict[str, object], key: bytes = KEY) -> bytes:
    """The bytes that a sender writes for these messages."""
    read, write = os.pipe()
    sender = Sender(write, key)
    for message in messages:
        sender.send(message)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        return pipe.read()


def test_messages_arrive_whole_however_they_are_cut() -> None:
    """A pipe keeps no boundaries."""
    data = sent({"test": "a"}, {"test": "b", "passed": True})
    receiver, found = Receiver(KEY), []
    for byte in data:
        found += receiver.feed(bytes([byte]))
    assert found == [{"test": "a"}, {"test": "b", "passed": True}]


@pytest.mark.parametrize(
    "data",
    [
        sent({"passed": True}, key=b"x" * 32),
        b'{"passed": true}' + bytes(64),
        bytes(3) + b"\x01" + bytes(33),
        b"\xff" * 64,
    ],
    ids=["another key", "no frame", "no signature", "too long"],
)
def test_what_is_not_signed_is_refused(data: bytes) -> None:
    """Whoever finds the pipe does not find the key."""
    with pytest.raises(Forged):
        Receiver(KEY).feed(data)


def test_a_message_said_again_is_refused() -> None:
    """What was sent once can't be sent by others."""
    data = sent({"passed": True})
    receiver = Receiver(KEY)
    receiver.feed(data)
    with pytest.raises(Forged):
        receiver.feed(data)
