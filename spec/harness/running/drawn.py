"""A law's examples, drawn once for all who answer: they are the same for everybody.

Drawing takes longer than most functions do. An answer that holds on all of them has passed; for one
that does not, Hypothesis begins anew, and tells of it.
"""

import functools
import random
from typing import Any

import numpy as np
import pytest
from hypothesis import is_hypothesis_test

from .. import devices
from . import cases, judging, state
from .cases import case_of
from .entries import searching

Examples = list[dict[str, Any]]

_drawn: pytest.StashKey[Examples] = pytest.StashKey()


def draw(item: pytest.Item) -> None:
    """Draws a law's examples, and keeps them with the test; no answer is asked.

    Not on a real accelerator, which would be started for it.
    """
    if not isinstance(item, pytest.Function) or not is_hypothesis_test(item.obj):
        return
    case, examples = case_of(item), Examples()
    if _drawn in item.stash or (case.device and case.device.type not in ("cpu", "sim")):
        return
    given = item._fixtureinfo.argnames

    plain = getattr(item.obj, cases.PLAIN, item.obj.hypothesis.inner_test)

    @functools.wraps(plain)
    def record(**arguments: object) -> None:
        examples.append({name: each for name, each in arguments.items() if name not in given})

    state.reset(case.device)
    devices.enter(case.device, ordinary=not case.edge)
    judging.give_effort(item)
    try:
        item.obj.hypothesis.inner_test = record
        item.obj(**dict.fromkeys(given))
    finally:
        item.obj.hypothesis.inner_test = plain
        devices.enter(None)
        state.reset(case.device)
    item.stash[_drawn] = examples


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Tries the examples that are drawn already; where one fails, nothing has been said yet."""
    examples = pyfuncitem.stash.get(_drawn, None)
    if examples is None:
        return None
    test = getattr(pyfuncitem.obj, cases.PLAIN)
    fixed = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    try:
        with searching():
            for drawn in examples:
                random.seed(0)  # as Hypothesis does for each
                np.random.seed(0)
                test(**fixed, **drawn)
    except Exception:
        state.reset(case_of(pyfuncitem).device)
        return None
    return True
