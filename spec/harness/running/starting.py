"""The start of a run: what was asked for, on which devices, and the header that says so."""

import gc

import pytest

from .. import devices, settings, sim
from ..files import catalogue
from ..language import tr

WITHOUT_SOLUTIONS = (
    "no solution of {katas}: mistakes have no name there, and examples of docstrings are not "
    "compared. `git checkout solutions` brings it back."
)


def pytest_configure(config: pytest.Config) -> None:
    """Finds out what was asked for; a device that is missing is an error before anything runs."""
    asked = settings.of(config)
    asked.core = config.getoption("core")
    asked.examples = config.getoption("examples")
    asked.everything = config.getoption("all_failures")
    asked.pictures = config.getoption("pictures")
    asked.hints = len(config.getoption("hint") or ())
    if asked.examples is not None and asked.examples < 1:
        raise pytest.UsageError(tr("--examples: at least 1"))
    character = config.getoption("sim_as")
    if character not in sim.CHARACTERS:
        raise pytest.UsageError(
            tr("--sim-as: one of {names}").format(names=", ".join(sim.CHARACTERS))
        )
    config.option.plain_pytest = settings.asks_for_plain_pytest(config)
    try:
        asked.devices = devices.selected(config.getoption("device") or ["auto"], character)
    except devices.Unavailable as error:
        raise pytest.UsageError(str(error)) from None


def pytest_sessionstart(session: pytest.Session) -> None:
    """Finds out who else listens, now that all who do are there."""
    settings.of(session.config).recorded = settings.is_recorded(session.config)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the edges, if asked to."""
    if settings.of(config).core:
        edges = {item for item in items if item.get_closest_marker("edge")}
        config.hook.pytest_deselected(items=[item for item in items if item in edges])
        items[:] = [item for item in items if item not in edges]


def pytest_collection_finish() -> None:
    """Spares garbage collection what importing torch left behind, which is never garbage.

    pytest collects several times at the end of a run; it would cost a third of a short one.
    """
    gc.freeze()


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Says what runs and what does not."""
    runs = devices.header(settings.of(config).devices)
    katas = catalogue.katas()
    gone = [kata.name for kata in katas if not catalogue.is_there(kata.solution)]
    named = ", ".join(gone) if len(gone) < len(katas) else tr("any kata")
    return [runs, *([tr(WITHOUT_SOLUTIONS).format(katas=named)] if gone else [])]
