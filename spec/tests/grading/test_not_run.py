"""Points where tests were not run on an accelerator."""

from pathlib import Path

import pytest

from spec.grading.examining.jobs import Job, _outcome
from spec.grading.examining.messages import Ended, Request
from spec.harness.explaining.notes import Note
from spec.harness.verdicts import Kind

KATA, FUNCTION = "k08_broadcasting", "outer_sum"


def ended(test: str, kind: Kind | None) -> Ended:
    """What the examination tells of a test that ended so."""
    note = Note(KATA, f"{KATA}.py", 1, FUNCTION, kind=kind, test=test)
    return Ended(test, passed=kind is None, seconds=0.0, note=note, tampered=None)


@pytest.mark.parametrize(
    ("kind", "passed", "total"), [(Kind.TOLD, 1, 3), (Kind.NOT_RUN, 1, 2), (None, 2, 3)]
)
def test_only_what_somebody_else_prevented_is_left_out(
    kind: Kind | None, passed: int, total: int
) -> None:
    """What fails on the CPU fails on the device too; a lost device is no fault of this function."""
    request = Request(1, KATA, b"", [FUNCTION], [], 1.0, 1.0, None)
    job = Job(request, Path(), Path(), [FUNCTION])
    tests = {"a[cpu]": False, "b[cpu]": True, "b[cuda]": True}
    told = [ended("a[cpu]", None), ended("b[cpu]", Kind.TEST), ended("b[cuda]", kind)]
    outcome = _outcome(job, FUNCTION, tests, list(told))
    assert (outcome.passed, outcome.total, outcome.note) == (passed, total, "")
