"""What explains a failure may fail itself: the run goes on without it, and a warning says so."""

import warnings
from collections.abc import Callable
from typing import TypeVar

from ..language import tr

T = TypeVar("T")

UNTOLD = "the explanation of a failure failed itself, please report it: {error}"


class Untold(UserWarning):
    """A failure could not be explained as it should be: that is a fault of ours."""


def guarded(explain: Callable[[], T], instead: T) -> T:
    """What explains a failure, or what comes in its place where that fails."""
    try:
        return explain()
    except Exception as error:
        warnings.warn(
            tr(UNTOLD).format(error=f"{type(error).__name__}: {error}"), Untold, stacklevel=2
        )
        return instead
