"""A process that has everything loaded and waits for orders: what runs katas where no fork can."""

import contextlib
import os
import queue
import signal
import sys
import threading
from multiprocessing.connection import Connection

import pytest

from .. import devices, processes
from . import child
from .child import Order


def live(line: Connection, arguments: list[str]) -> None:
    """Does what the line orders, one after the other, and says how each run ended.

    A kata is imported by its own run alone, so whatever was saved before the order is what runs.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    processes.lead_a_group()
    with contextlib.suppress(OSError):  # there is none
        sys.stdin = os.fdopen(0, closefd=False)  # a debugger's, in place of the null device
    orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(line, orders), daemon=True).start()
    while True:
        config = _prepared(arguments)
        order = orders.get()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        code = child.run(config, order)
        sys.stdout.flush()
        sys.stderr.flush()
        line.send(code)


def _listen(line: Connection, orders: "queue.SimpleQueue[Order]") -> None:
    """Passes orders on, and ends this process with all that it started when the watcher ends."""
    try:
        while True:
            orders.put(line.recv())
    except (EOFError, OSError):
        if hasattr(os, "killpg"):
            processes.kill_group(os.getpid())
        os._exit(1)


def _prepared(arguments: list[str]) -> pytest.Config:
    """pytest, ready to run, with all loaded that a run needs, and an accelerator started."""
    from _pytest.config import _prepareconfig

    config = _prepareconfig(arguments)
    capture = config.pluginmanager.getplugin("capturemanager")
    capture.suspend_global_capture(in_=True)
    processes.load_what_runs_need(config)
    asked = config.getoption("--device") or ["auto"]
    try:
        for device in devices.selected(asked, config.getoption("--sim-as")):
            devices.warm(device)
    except devices.Unavailable:
        pass  # the run says so
    return config
