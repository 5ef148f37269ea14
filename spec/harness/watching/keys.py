"""Single keys, read as they are pressed, where there is a terminal."""

import contextlib
import re
import sys
from collections.abc import Callable, Iterator

Pressed = Callable[[], list[str]]

SEQUENCE = re.compile(r"\x1b(\[[0-9;]*[@-~]|O.|.)?", re.DOTALL)  # an arrow, say, or Alt and a key
RUSSIAN = str.maketrans("йцукенгшщзфывапролдячсмить", "qwertyuiopasdfghjklzxcvbnm")


def keys_in(text: str) -> list[str]:
    """The keys that were pressed, as on an English keyboard: Shift and the layout don't matter."""
    return list(SEQUENCE.sub("", text).lower().translate(RUSSIAN))


@contextlib.contextmanager
def reading() -> Iterator[Pressed]:
    """Within, calling the result gives the keys pressed since the last call; it never waits."""
    if not (sys.stdin and sys.stdin.isatty()):
        yield list
    elif sys.platform == "win32":
        yield _on_windows
    else:
        with _unbuffered():
            yield _on_unix


if sys.platform == "win32":
    import msvcrt

    def _on_windows() -> list[str]:
        keys = ""
        while msvcrt.kbhit():
            key = msvcrt.getwch()
            if key in ("\x00", "\xe0") and msvcrt.kbhit():  # an arrow, say, in two parts
                msvcrt.getwch()
            else:
                keys += key
        return keys_in(keys)

else:
    import os
    import select
    import termios
    import tty

    @contextlib.contextmanager
    def _unbuffered() -> Iterator[None]:
        before = termios.tcgetattr(sys.stdin)
        tty.setcbreak(sys.stdin)
        try:
            yield
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)

    def _on_unix() -> list[str]:
        if not select.select([sys.stdin], [], [], 0)[0]:
            return []
        return keys_in(os.read(sys.stdin.fileno(), 1024).decode(errors="replace"))
