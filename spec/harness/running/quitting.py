"""Whoever leaves a debugger with `q` or Ctrl-D ends the run: no function has failed by that."""

from collections.abc import Generator
from typing import Any, NoReturn

import pytest
import pytest_timeout
from _pytest.outcomes import Exit

from .. import limits
from ..language import tr

COMMANDS = ("do_quit", "do_q", "do_exit", "do_EOF")
QUIT = "Quitting debugger"


def pytest_enter_pdb(pdb: Any) -> None:
    """Has the commands that leave a debugger interrupt the run, with no word about the function."""

    def leave(argument: str) -> NoReturn:
        """Ends the run; pytest's own way would make an error of it that the function raised."""
        pdb.set_quit()
        raise limits.quitting()

    for name in COMMANDS:
        setattr(pdb, name, leave)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """Ends the run where a debugger was left after a failure, or while it was explained.

    The next test has a time limit again, which pytest-timeout would switch off for good.
    """
    try:
        return (yield from _ending())
    finally:
        pytest_timeout.SUPPRESS_TIMEOUT = False


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup() -> Generator[None, object, object]:
    """Ends the run where a debugger was left while a kata was imported."""
    return (yield from _ending())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call() -> Generator[None, object, object]:
    """Ends the run where a debugger was left within a function."""
    return (yield from _ending())


def _ending() -> Generator[None, object, object]:
    try:
        return (yield)
    except limits.Quit:
        raise Exit(tr(QUIT)) from None
