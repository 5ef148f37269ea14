"""Messages from a process under examination: framed, numbered and signed.

The key is in the memory of both ends and nowhere else; what is not signed with it did not come
from the examination, and what is missing in between was lost.
"""

import hashlib
import hmac
import json
import os
import struct
from typing import Any

KEY_BYTES = 32
LONGEST = 1 << 20  # bytes of a message
MOST = 1 << 25  # bytes of all that one examination says
_HEAD = struct.Struct(">I32s")


class Forged(Exception):
    """What came over the channel is not what the examination sent."""


class Sender:
    """The end of the process under examination."""

    def __init__(self, descriptor: int, key: bytes) -> None:
        self._descriptor, self._key, self._count = descriptor, key, 0

    def send(self, message: dict[str, Any]) -> None:
        """Sends a message, all of it."""
        body = json.dumps({**message, "number": self._count}).encode()
        self._count += 1
        data = _HEAD.pack(len(body), _signature(self._key, body)) + body
        while data:
            data = data[os.write(self._descriptor, data) :]


class Receiver:
    """The end of the grader: bytes in, messages out."""

    def __init__(self, key: bytes) -> None:
        self._key, self._buffer, self._count, self._all = key, bytearray(), 0, 0

    def feed(self, data: bytes) -> list[dict[str, Any]]:
        """The messages that these bytes complete; Forged if they are not genuine."""
        self._buffer += data
        self._all += len(data)
        if self._all > MOST:
            raise Forged("too much")
        found = []
        while len(self._buffer) >= _HEAD.size:
            size, signature = _HEAD.unpack_from(self._buffer)
            if size > LONGEST:
                raise Forged("too long")
            if len(self._buffer) < _HEAD.size + size:
                break
            body = bytes(self._buffer[_HEAD.size : _HEAD.size + size])
            del self._buffer[: _HEAD.size + size]
            if not hmac.compare_digest(signature, _signature(self._key, body)):
                raise Forged("not signed")
            try:
                message = json.loads(body)
            except (ValueError, RecursionError):
                raise Forged("no JSON") from None
            if not isinstance(message, dict) or message.pop("number", None) != self._count:
                raise Forged("out of order")
            self._count += 1
            found.append(message)
        return found


def _signature(key: bytes, body: bytes) -> bytes:
    return hmac.new(key, body, hashlib.sha256).digest()
