"""What a function prints, call by call: a learner wants to read the call that failed."""

import contextlib
import sys
from collections.abc import Iterator
from typing import Any

from .subject import Call

MOST = 200_000  # characters of a call that are kept


class _Heard:
    """A stream that passes everything on, and keeps the beginning of what is written."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._said: list[str] = []
        self._room = MOST

    def write(self, text: str) -> int:
        """Writes through, as a stream does."""
        written: int = self._stream.write(text)
        if self._room > 0:
            self._said.append(text[: self._room])
            self._room -= len(text)
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextlib.contextmanager
def heard(call: Call | None) -> Iterator[None]:
    """Notes on the call what is printed while it runs."""
    if call is None:
        yield
        return
    ear: Any = _Heard(sys.stdout)
    try:
        with contextlib.redirect_stdout(ear):
            yield
    finally:
        call.printed += "".join(ear._said)
