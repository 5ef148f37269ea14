"""--watch: save a file, see the verdict.

Everything heavy is loaded in this process, which never runs a kata: it forks a run for each save.
"""

import signal
import sys
from pathlib import Path

import pytest

from spec.harness.processes import load_what_runs_need
from spec.harness.watching import keys
from spec.harness.watching.watcher import Watcher

ENDS = ("SIGTERM", "SIGHUP")  # the second where the terminal is closed
TOGETHER, PAUSE, GLANCE = 200, 10, 50  # milliseconds: one save, its end, how long to wait for it


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
        watcher.writer.line()
    return 0


def _loop(watcher: "Watcher", pressed: keys.Pressed) -> None:
    import watchfiles

    watcher.begin()
    for changes in watchfiles.watch(
        *{file.parent for file in watcher.files} | watcher.folders,
        watch_filter=None,
        debounce=TOGETHER,
        step=PAUSE,
        rust_timeout=GLANCE,
        yield_on_timeout=True,
        recursive=False,
    ):
        saved = [Path(name) for change, name in changes if change != watchfiles.Change.deleted]
        for path in sorted(set(saved)):
            watcher.saved(path)
        for key in pressed():
            if not watcher.press(key):
                return
        watcher.glance()
