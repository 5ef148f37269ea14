"""--watch: save a file, see the verdict.

What it takes is loaded where it is asked for, since this is part of every run.
"""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Watches instead of running, if asked to."""
    if not config.getoption("watch") or config.getoption("help"):
        return None
    from .session import watch

    return watch(config)
