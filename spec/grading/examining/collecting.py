"""The tests of a kata, collected once before the first submission: a fork finds them ready to run.

All of this is ours alone; nothing that anybody handed in has run in this process.
"""

import contextlib
import gc
import io
from dataclasses import dataclass
from pathlib import Path

import pytest

from ...harness import settings
from ...harness.checks import cost
from ...harness.explaining import suspects
from ...harness.files import catalogue, sources
from ...harness.files.catalogue import PACKAGE, Kata
from ...harness.processes import load_what_runs_need
from ...harness.running import drawn
from ...harness.running.collecting import KataModule
from ..sandbox.seals import Seals
from . import pages
from .messages import Request

OPTIONS = (
    *("-p", "no:cacheprovider", "-p", "no:faulthandler", "-p", f"{PACKAGE}.harness.plugin"),
    *("-p", "no:logging", "--noconftest", "-qq", "--tb=no", "--no-header", "--no-summary"),
    *("--disable-warnings", "-s"),
)


@dataclass
class Tests:
    """A kata's tests, and the module that stands for the file which they will judge."""

    kata: Kata
    session: pytest.Session
    module: KataModule
    seals: Seals

    @property
    def items(self) -> list[pytest.Item]:
        """All of them, in the order of the lesson."""
        return self.session.items

    def of(self, functions: list[str]) -> list[pytest.Item]:
        """The tests of some functions."""
        return [item for item in self.items if self.function_of(item) in functions]

    def draw(self, functions: list[str]) -> None:
        """Draws the examples of some functions' laws, for every fork to come."""
        for item in self.of(functions):
            drawn.draw(item)
        gc.freeze()

    def function_of(self, item: pytest.Item) -> str | None:
        """The function that a test is about."""
        return sources.function_of(self.kata, getattr(item, "originalname", item.name))


class Collected:
    """The tests of all katas that were asked for so far."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self._known: dict[tuple[object, ...], Tests] = {}

    def tests(self, request: Request) -> Tests:
        """The tests of a request's kata, as they run on its devices within its time."""
        key = (request.kata, *request.devices, request.timeout, request.examples)
        if key not in self._known:
            self._known[key] = self._collect(request)
            seals = Seals()
            for tests in self._known.values():
                tests.seals = seals  # what was loaded since counts as well
            # Collecting garbage would look through all that is loaded, and copy it into each fork.
            gc.freeze()
            pages.join()
        return self._known[key]

    def _collect(self, request: Request) -> Tests:
        kata = catalogue.named(request.kata)
        path = self.base / f"{kata.name}.py"
        path.write_bytes(catalogue.raw(kata.solution))
        suspects.make_ready(kata)
        for function in sources.promised(kata):
            cost.reference(kata.name, function)  # within walls nothing of ours is seen
        config = configured(self.base, path)
        config.option.device = request.devices
        config.option.examples = request.examples
        config.option.timeout = request.timeout
        config.option.all_failures = True
        with contextlib.redirect_stdout(io.StringIO()):
            config._do_configure()
            settings.of(config).brief = True
            session = pytest.Session.from_config(config)
            config.hook.pytest_sessionstart(session=session)
            config.hook.pytest_collection(session=session)
        (module,) = {item.getparent(KataModule) for item in session.items}
        assert module is not None
        return Tests(kata, session, module, Seals())


def configured(base: Path, path: Path) -> pytest.Config:
    """pytest with our options and none of whoever starts it, for this file."""
    from _pytest.config import _prepareconfig

    settings_of_none = base / "pytest.ini"
    settings_of_none.write_text("[pytest]\n", encoding="utf-8")
    places = ["-c", str(settings_of_none), f"--rootdir={base}", f"--confcutdir={base}"]
    return _prepareconfig([*places, *OPTIONS, str(path)])


def prepare(base: Path) -> Collected:
    """Loads everything that a run can need; nothing is collected yet."""
    import torch

    torch.set_num_threads(1)
    load_what_runs_need(configured(base, base))
    import torch._dynamo  # an optimizer does it late, and replaces functions of torch with its own

    assert torch._dynamo
    return Collected(base)
