"""A session of --watch, from the first look at the katas until its person quits.

This process never runs a kata itself: it has a run for each save, forked or by a spare process.
"""

import signal
import sys
import time
from pathlib import Path

import pytest

from ..language import tr
from . import keys, runners
from .keyboard import Lender, note_beside
from .saves import Saves
from .watcher import Watcher

ENDS = ("SIGTERM", "SIGHUP")  # the second where the terminal is closed
HELD = "{kata} is saved, and will run when you leave the debugger: c goes on, q ends this run."
GLANCE = 0.03  # seconds between two looks at the files, the keys and the run that is on


def watch(config: pytest.Config) -> int:
    """Watches until its person quits; the exit code."""
    watcher = Watcher(config)
    for name in ENDS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: sys.exit(1))
    capture = config.pluginmanager.getplugin("capturemanager")
    capture.suspend_global_capture(in_=True)  # the keys are for this process
    runner: runners.Runner | None = None
    try:
        runner = runners.runner(config)
        with keys.reading() as pressed:
            _loop(watcher, runner, pressed)
    except KeyboardInterrupt:
        return int(pytest.ExitCode.INTERRUPTED)
    finally:
        watcher.stop()
        if runner is not None:
            runner.close()
        watcher.clear()
        watcher.display.leave()
    return 0


def _loop(watcher: Watcher, runner: runners.Runner, pressed: keys.Pressed) -> None:
    saves, keyboard = Saves(watcher.paths), Lender(note_beside(watcher.answer))
    saved: list[Path] = []
    watcher.begin(runner)
    try:
        while True:
            new = saves.new()
            saved = [*(path for path in saved if path not in new), *new]
            if keyboard.is_lent() and runners.is_busy(runner):
                watcher.display.keep()
                for path in new:
                    print(f"\n{tr(HELD).format(kata=path.name)}", flush=True)
            else:
                keyboard.take_back()
                watcher.saved(saved)
                saved = []
                for key in pressed():
                    if not watcher.press(key):
                        return
                watcher.glance()
            time.sleep(GLANCE)
    finally:
        watcher.stop()
        keyboard.take_back()
