"""Memory in large pages: a fork copies one entry for 2 MB of what is loaded, and not 512.

Half of what a fork costs is those entries; what is written to afterwards is copied in small pages,
as ever.
"""

import ctypes
import sys
from collections.abc import Iterator
from pathlib import Path

LARGE = 2 << 20  # bytes, on every processor whose small pages are 4 KB
COLLAPSE = 25  # of madvise; since Linux 6.1, and refused by those before it
PRIVATE, HEAP = "rw-p", "[heap]"


def join() -> int:
    """Has Linux join the small pages of this process; how many large ones it has now.

    It may refuse any of them, and then a fork costs what it costs without.
    """
    if sys.platform != "linux":
        return 0
    madvise = ctypes.CDLL(None).madvise
    return sum(
        madvise(ctypes.c_void_p(place), ctypes.c_size_t(LARGE), COLLAPSE) == 0
        for first, last in _regions()
        for place in range(first, last, LARGE)
    )


def _regions() -> Iterator[tuple[int, int]]:
    """Where this process's own memory lies, as far as it fills whole large pages."""
    for line in Path("/proc/self/maps").read_text(encoding="ascii", errors="replace").splitlines():
        place, rights, _, _, _, *name = line.split()
        if rights == PRIVATE and name in ([], [HEAP]):
            first, last = (int(each, 16) for each in place.split("-"))
            yield -(-first // LARGE) * LARGE, last // LARGE * LARGE
