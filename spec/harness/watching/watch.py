"""--watch: save a file, see the verdict.

Everything heavy is loaded in this process, which never runs a kata: it forks a run for each save.
"""

import signal
import sys
import time

import pytest

from spec.harness.processes import load_what_runs_need
from spec.harness.watching import keys
from spec.harness.watching.saves import Saves
from spec.harness.watching.watcher import Watcher

ENDS = ("SIGTERM", "SIGHUP")  # the second where the terminal is closed
GLANCE = 0.03  # seconds between two looks at the files, the keys and the run that is on


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
    if not config.getoption("watch") or config.getoption("watched"):
        return None
    watcher = Watcher(config)
    for name in ENDS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: sys.exit(1))
    capture = config.pluginmanager.getplugin("capturemanager")
    capture.suspend_global_capture(in_=True)  # the keys are for this process
    load_what_runs_need(config)
    try:
        with keys.reading() as pressed:
            _loop(watcher, pressed)
    except KeyboardInterrupt:
        return int(pytest.ExitCode.INTERRUPTED)
    finally:
        watcher.stop()
        watcher.clear()
        watcher.display.leave()
    return 0


def _loop(watcher: Watcher, pressed: keys.Pressed) -> None:
    saves = Saves(watcher.paths)
    watcher.begin()
    while True:
        watcher.saved(saves.new())
        for key in pressed():
            if not watcher.press(key):
                return
        watcher.glance()
        time.sleep(GLANCE)
