"""Which worker runs which tests, with `-n`: what a module shares is made once, the longest first.

xdist's own `--dist loadgroup` would be told by marks, but with pytest 9.2 it does nothing, and says
so nowhere.
"""

import functools
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from spec.harness import language

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import LoadScopeScheduling

SHARED = re.compile(r'scope="module"|functools\.cache')  # in the text of a module's tests
REMEMBERED = "spec/seconds"  # in pytest's cache, which may be lost at any time


os.environ[language.VARIABLE] = language.ENGLISH  # whatever the machine's is


def pytest_runtest_setup() -> None:
    """Every test begins in English, whatever language this run was asked for."""
    language.choose()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Where there are workers each has a core, on which threads of its own would only wait."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(
    config: pytest.Config, log: "Producer"
) -> "LoadScopeScheduling | None":
    """Takes the place of xdist's usual scheduler, but not of one that was asked for."""
    if config.getoption("dist") != "load":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class Balanced(LoadScopeScheduling):  # type: ignore[misc]
        """Modules that share something are units, and so is every other test."""

        def __init__(self) -> None:
            super().__init__(config, log)
            self.before: dict[str, float] = config.cache.get(REMEMBERED, {}) if config.cache else {}
            self.now: dict[str, float] = {}

        def _split_scope(self, nodeid: str) -> str:
            path = nodeid.partition("::")[0]
            return path if _shares(config.rootpath / path) else nodeid

        def _assign_work_unit(self, node: Any) -> None:
            """The unit that took longest last time comes first; one that is new before all."""
            longest = max(self.workqueue, key=lambda unit: self.before.get(unit, float("inf")))
            self.workqueue.move_to_end(longest, last=False)
            super()._assign_work_unit(node)

        def mark_test_complete(self, node: Any, item_index: int, duration: float = 0) -> None:
            """Notes how long the unit has taken."""
            unit = self._split_scope(self.registered_collections[node][item_index])
            self.now[unit] = self.now.get(unit, 0) + duration
            super().mark_test_complete(node, item_index, duration)

        def pytest_sessionfinish(self) -> None:
            """Remembers how long each unit took."""
            if config.cache:
                config.cache.set(REMEMBERED, {**self.before, **self.now})

    scheduler = Balanced()
    config.pluginmanager.register(scheduler)
    return scheduler


@functools.cache
def _shares(path: Path) -> bool:
    """Whether the tests of a module share something of their own."""
    return bool(SHARED.search(path.read_text(encoding="utf-8")))
