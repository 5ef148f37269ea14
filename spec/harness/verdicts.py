"""How a test ends when it is not a question of right or wrong values."""

import enum
from collections.abc import Callable, Sequence
from typing import Self

import torch


class Kind(enum.Enum):
    """Why a test ended as it did, from the whole file down to one rule of one test."""

    FILE = "file"  # it could not be read or imported
    MISSING = "missing"  # no function of this name, or with other parameters
    NOT_STARTED = "not started"
    ENDLESS = "endless"
    ESCAPED = "escaped"  # it tried to end the test
    DISTURBED = "disturbed"  # it left torch's or Python's state changed
    LOST = "lost"  # the device can't be used any more
    TOLD = "told"  # it was not run there, since it fails on the CPU
    NOT_RUN = "not run"  # it was not run there, since the device was lost before
    TEST = "test"  # a rule does not hold, or an error was raised


OF_A_FUNCTION = (Kind.MISSING, Kind.ENDLESS, Kind.ESCAPED)


class Verdict(BaseException):
    """Ends a test at once with a sentence for the learner.

    It is a BaseException so that neither Hypothesis nor an `except Exception` in a kata
    holds it up, tries smaller examples or swallows it.
    """

    def __init__(self, kind: Kind, problem: str, advice: str, line: int | None = None) -> None:
        super().__init__(problem, advice)
        self.caught: int | None = None  # the line of the file at which it was ended
        self.kind = kind
        self.problem = problem
        self.advice = advice
        self.line = line

    def afresh(self) -> Self:
        """Itself, to be raised once more: without the frames of the times before, which add up."""
        return self.with_traceback(None)


class About(enum.Enum):
    """What a check that did not hold was about."""

    OTHER = "other"
    TYPE = "type"
    LAYOUT = "layout"
    SHAPE = "shape"
    DTYPE = "dtype"
    DEVICE = "device"
    VALUES = "values"
    RAISES = "raises"
    ARGUMENT = "argument"  # it was written into
    NOTHING = "nothing"  # None came back
    MEMORY = "memory"  # it is shared, and should not be
    COPY = "copy"  # it is not shared, and should be
    LOOP = "loop"
    BY_HAND = "by hand"  # what is asked for was called ready-made
    RANDOM = "random"  # a global random state was changed


Side = str | Callable[[], str] | None
UNSEEN = object()  # no value was looked at


class CheckFailure(AssertionError):
    """A check of a spec that did not hold, with the two sides a learner compares.

    A side may be given as a function that makes its text, since most failures are only steps in
    Hypothesis' search for a smaller one, and nobody reads them. `wanted` and `actual` are the
    sides themselves, where a value was looked at, and `shape` is the right one, where no values are
    asked for; `example` is the code that led there, where it is to be seen.
    """

    def __init__(
        self,
        problem: str,
        expected: Side = None,
        got: Side = None,
        about: About = About.OTHER,
        wanted: object = UNSEEN,
        actual: object = UNSEEN,
        example: Sequence[str] = (),
        shape: tuple[int, ...] | None = None,
    ) -> None:
        super().__init__(problem)
        self.example = example
        self.shape = shape
        self.about = about
        self.wanted = wanted
        self.actual = actual
        self.problem = problem
        self._expected, self._got = expected, got

    @property
    def has_actual(self) -> bool:
        """Whether a value was looked at."""
        return self.actual is not UNSEEN

    @property
    def tensors(self) -> tuple[torch.Tensor, torch.Tensor] | None:
        """Both sides, where they are tensors."""
        if isinstance(self.wanted, torch.Tensor) and isinstance(self.actual, torch.Tensor):
            return self.wanted, self.actual
        return None

    @property
    def has_both(self) -> bool:
        """Whether a value was looked at, and the right one is known."""
        return self.has_actual and self.wanted is not UNSEEN

    @property
    def expected(self) -> str | None:
        """What was asked for, as text."""
        return self._expected() if callable(self._expected) else self._expected

    @property
    def got(self) -> str | None:
        """What came instead, as text."""
        return self._got() if callable(self._got) else self._got
