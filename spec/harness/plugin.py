"""What pytest is handed: the options, and what answers them at once; the rest comes with a run."""

import sys
from collections.abc import Generator

import pytest

from . import consoles, language
from .files import catalogue
from .language import tr

pytest_plugins = [
    f"{__package__}.{module}"
    for module in ("options", "files.reset", "showing.hints", "watching.watch")
]

OF_A_RUN = (  # they load torch, which takes seconds
    "running.starting",
    "running.compiler",
    "running.collecting",
    "running.cases",
    "running.judging",
    "running.drawn",
    "running.quitting",
    "explaining.noting",
    "showing.keeping",
    "showing.summary",
    "watching.child",
)

A_COPY = (
    "The specs in {folder} are a copy without the solutions, which they need. In the folder of "
    "torch-katas install it in place: pip install -c constraints.txt -e ."
)
OPTIMIZED = (
    "Python runs without docstrings or assertions, which the specs are made of. Leave out -O, and "
    "the variable PYTHONOPTIMIZE."
)
FORKED = "The tests of a kata can't be run in the processes of --forked. Leave it out."
EDGE = "edge: what a function promises besides its idea; --core leaves it out"


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, object, object]:
    """Refuses what can't work, and has all else be shown on any console."""
    if not _only_tells_of_pytest(config):
        _refuse_what_can_not_work(config)
    with language.chosen(config.getoption("lang")) as trouble, consoles.spelling():
        if trouble:
            print(trouble, file=sys.stderr)
        config.option.lang = language.spoken()  # for workers, too
        return (yield)


def _refuse_what_can_not_work(config: pytest.Config) -> None:
    """Says in a sentence what would end in errors far from their cause."""
    solutions = any(catalogue.is_there(kata.solution) for kata in catalogue.katas())
    if not (solutions or catalogue.KATAS.is_dir()):
        raise pytest.UsageError(tr(A_COPY).format(folder=catalogue.ROOT))
    if sys.flags.optimize:
        raise pytest.UsageError(tr(OPTIMIZED))
    if config.getoption("forked", False):
        raise pytest.UsageError(tr(FORKED))


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Brings what a run needs, before others look at what was asked for."""
    language.choose(config.getoption("lang"))
    config.addinivalue_line("markers", EDGE)
    if not _only_tells_of_pytest(config):
        bring(config)


def _only_tells_of_pytest(config: pytest.Config) -> bool:
    """Whether help or the version was asked for, whatever else."""
    return bool(config.getoption("help") or config.getoption("version"))


def bring(config: pytest.Config) -> None:
    """Loads what a run needs, as plugins."""
    for name in OF_A_RUN:
        config.pluginmanager.import_plugin(f"{__package__}.{name}")
