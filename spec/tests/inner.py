"""Runs pytest within a test, and gives back what a person would see."""

import contextlib
import functools
import io
import itertools
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import is_hypothesis_test
from xdist.plugin import _sys_path

from spec.harness import settings
from spec.harness.files.catalogue import ROOT
from spec.harness.running.cases import case_of, is_about_state

if str(ROOT) not in _sys_path:  # where workers look, which is copied before conftest.py is read
    _sys_path.append(str(ROOT))

NEEDED = "{name} comes with `pip install -c constraints.txt -e '.[dev]'`"


def of_dev(name: str) -> Any:
    """A module that only those who work on the project have; whoever lacks it skips the test."""
    return pytest.importorskip(name, reason=NEEDED.format(name=name))


@dataclass
class Run:
    """One run of pytest: its exit code and everything that it printed."""

    status: int
    output: str

    @property
    def summary(self) -> str:
        """What follows the progress lines, with times and colours taken out."""
        text = re.sub(r"\x1b\[[0-9;]*m", "", self.output)
        _, _, text = text.partition("\n\n")
        _, _, text = text.partition("\n\n")
        text = re.sub(r"=+ (.*) in [0-9.]+s( \([0-9:]+\))? =+", r"\1", text)
        return "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"


def run(folder: Path, *arguments: str, plugins: list[object] | None = None) -> Run:
    """Runs pytest in this folder within the process, with the repository's own settings."""
    output = io.StringIO()
    fixed = ["-c", str(ROOT / "pyproject.toml"), f"--rootdir={folder}", "-p", "no:cacheprovider"]
    fixed += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # the harness is imported already
    fixed += ["-W", "error::spec.harness.explaining.guarding.Untold"]  # a fault of ours
    as_called = mock.patch.object(settings, "pytest_as_called", lambda: "pytest")
    quietly = contextlib.redirect_stdout(output), contextlib.redirect_stderr(output)
    with _inside(folder), quietly[0], quietly[1], as_called:
        status = pytest.main([*fixed, "-p", "spec.harness.plugin", *arguments], plugins)
    return Run(int(status), output.getvalue())


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        with mock.patch.dict(os.environ, {"COLUMNS": "80"}):
            yield
    finally:
        os.chdir(before)


class Outcomes:
    """Collects how each test ended; an answer that is rejected is tried no further if asked."""

    def __init__(
        self,
        stop_early: bool,
        only: list[str] | None = None,
        rejected_by: Mapping[str, str] | None = None,
    ) -> None:
        self.stop_early, self.only = stop_early, only
        self.rejected_by = rejected_by or {}  # the test that has done it before, by answer
        self.passed: dict[str, list[str]] = defaultdict(list)
        self.failed: dict[str, list[str]] = defaultdict(list)
        self.skipped: list[str] = []
        self.texts: dict[str, str] = {}

    def pytest_configure(self, config: pytest.Config) -> None:
        """Spares Hypothesis the search for the smallest example, which nobody reads here."""
        settings.of(config).shrink = False
        settings.of(config).answers = self.only

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Tries each answer until it is rejected, first by the test that did it before."""
        if not self.stop_early or session.testsfailed or session.config.option.collectonly:
            return None  # pytest says what could not be collected
        rejected: Counter[str] = Counter()
        for answer, tests in itertools.groupby(session.items, lambda t: self.subject(t.nodeid)):
            turn = functools.partial(_turn, first=self.rejected_by.get(answer), rejected=rejected)
            waiting = sorted(tests, key=turn)
            while waiting and not self.failed[answer]:
                test, following = waiting.pop(0), next(iter(waiting), None)
                test.ihook.pytest_runtest_protocol(item=test, nextitem=following)
            if waiting:
                test.ihook.pytest_runtest_teardown(item=test, nextitem=None)
            rejected.update([test.name] if self.failed[answer] else [])
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Files a report under the answer that was tested; only a test's own end counts."""
        if report.skipped:
            self.skipped.append(report.nodeid)
        elif report.when != "call":
            assert report.passed, f"{report.nodeid} fails in {report.when}:\n{report.longrepr}"
        elif report.failed:
            self.failed[self.subject(report.nodeid)].append(report.nodeid)
            self.texts[report.nodeid] = str(report.longrepr)
        else:
            self.passed[self.subject(report.nodeid)].append(report.nodeid)

    def subject(self, nodeid: str) -> str:
        """The file, or the answer within a file, that a node id belongs to."""
        return nodeid.rpartition("::")[0].rpartition("::")[2]


def outcomes(
    path: Path,
    *devices: str,
    stop_early: bool = False,
    core: bool = False,
    only: list[str] | None = None,
    examples: int | None = None,
    rejected_by: Mapping[str, str] | None = None,
) -> Outcomes:
    """Runs pytest on a file or folder within this process, and sorts what came out."""
    seen = Outcomes(stop_early, only, rejected_by)
    options = [*(f"--device={device}" for device in devices), *(["--core"] if core else [])]
    options += [f"--examples={examples}"] if examples else []
    ran = run(ROOT, str(path), *options, plugins=[seen])
    if ran.status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise AssertionError(ran.output)  # as it is: pytest would reword an assert's message
    return seen


def _turn(
    test: pytest.Item, first: str | None, rejected: Counter[str]
) -> tuple[bool, bool, int, bool]:
    """Then come those that have rejected most, and what is quick; last what needs the others."""
    is_law = isinstance(test, pytest.Function) and is_hypothesis_test(test.obj)
    return is_about_state(case_of(test)), test.nodeid != first, -rejected[test.name], is_law
