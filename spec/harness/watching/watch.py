"""--watch: save a file, see the verdict.

What it takes is loaded where it is asked for, since this is part of every run.
"""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds --watch."""
    parser.getgroup("torch-katas").addoption(
        "--watch",
        action="store_true",
        help="Wait for a file to be saved, run it, the function in focus first, and wait again.",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Watches instead of running, if asked to."""
    if not config.getoption("watch"):
        return None
    from spec.harness.watching.session import watch

    return watch(config)
