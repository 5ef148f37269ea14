"""What pytest is handed: the options, and what answers them at once; the rest comes with a run."""

import pytest

pytest_plugins = [
    "spec.harness.options",
    "spec.harness.consoles",
    "spec.harness.files.reset",
    "spec.harness.showing.hints",
    "spec.harness.watching.watch",
]

OF_A_RUN = (  # they load torch, which takes seconds
    "spec.harness.running.starting",
    "spec.harness.running.collecting",
    "spec.harness.running.cases",
    "spec.harness.running.judging",
    "spec.harness.running.quitting",
    "spec.harness.explaining.noting",
    "spec.harness.showing.summary",
    "spec.harness.watching.child",
)

EDGE = "edge: what a function promises besides its idea; --core leaves it out"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Brings what a run needs, before others look at what was asked for."""
    config.addinivalue_line("markers", EDGE)
    if not config.getoption("help") and not config.getoption("version"):
        bring(config)


def bring(config: pytest.Config) -> None:
    """Loads what a run needs, as plugins."""
    for name in OF_A_RUN:
        config.pluginmanager.import_plugin(name)
