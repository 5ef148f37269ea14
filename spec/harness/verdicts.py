"""How a test ends when it is not a question of right or wrong values."""

import enum


class Kind(enum.Enum):
    """What a verdict is about, from the whole file down to one test."""

    FILE = "file"
    FUNCTION = "function"
    NOT_STARTED = "not started"
    TEST = "test"


class Verdict(BaseException):
    """Ends a test at once with a sentence for the learner.

    It is a BaseException so that neither Hypothesis nor an `except Exception` in a kata
    holds it up, tries smaller examples or swallows it.
    """

    def __init__(self, kind: Kind, problem: str, advice: str, line: int | None = None) -> None:
        super().__init__(problem, advice)
        self.kind = kind
        self.problem = problem
        self.advice = advice
        self.line = line


class CheckFailure(AssertionError):
    """A check of a spec that did not hold, with the two sides a learner compares."""

    def __init__(self, problem: str, expected: str | None = None, got: str | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.expected = expected
        self.got = got
