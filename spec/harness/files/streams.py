"""The standard streams while a file is imported: what it does to them ends with the import."""

import codecs
import contextlib
import io
import sys
from collections.abc import Iterator
from typing import Any


@contextlib.contextmanager
def lent() -> Iterator[None]:
    """Lends stand-ins for the standard streams, which may be replaced, detached or closed."""
    before = {name: getattr(sys, name) for name in ("stdin", "stdout", "stderr")}
    for name in ("stdout", "stderr"):
        if before[name] is not None:
            setattr(sys, name, io.TextIOWrapper(_Lent(before[name]), "utf-8", write_through=True))
    try:
        yield
    finally:
        for name, stream in before.items():
            with contextlib.suppress(Exception):
                getattr(sys, name).flush()
            setattr(sys, name, stream)


class _Lent(io.RawIOBase):
    """Bytes for a text stream: closing or detaching this one leaves that one as it is."""

    def __init__(self, stream: Any) -> None:
        super().__init__()
        self._stream = stream
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._newlines = io.IncrementalNewlineDecoder(decoder, translate=True)

    def writable(self) -> bool:
        """It is written to."""
        return True

    def write(self, data: Any) -> int:
        """Passes on what was written."""
        self._stream.write(self._newlines.decode(bytes(data)))
        return len(data)

    def fileno(self) -> int:
        """The file behind the stream."""
        number: int = self._stream.fileno()
        return number

    def isatty(self) -> bool:
        """Whether a terminal is behind the stream."""
        return bool(self._stream.isatty())
