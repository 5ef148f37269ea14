"""What editors and other tools read of a test: its place, and its own message."""

import sys
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from _pytest.terminal import TerminalReporter

from spec.harness.files import catalogue
from spec.harness.files.catalogue import KATAS, ROOT, SOLUTIONS
from spec.harness.running.cases import case_of
from spec.tests.inner import run

K08 = "k08_broadcasting.py"
WRONG = '''"""Broadcasting."""

import torch


def outer_sum(a, b):
    return b[:, None] + a


def center_columns(matrix):
    return matrix - matrix.mean(dim=1, keepdim=True)


def normalize_rows(matrix):
    raise NotImplementedError
'''
MISTAKE = "mistake   You averaged each row (dim=1)."
HINT = "hint      pytest k08_broadcasting.py --hint center_columns"


class Seen:
    """Keeps the items and the reports of a run."""

    def __init__(self) -> None:
        self.items: list[pytest.Item] = []
        self.reports: list[pytest.TestReport] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Keeps what will be run."""
        self.items = session.items

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keeps how a test ended."""
        self.reports += [report] if report.when == "call" else []


def collected(folder: Path, *paths: str) -> list[pytest.Item]:
    """The tests of these paths."""
    seen = Seen()
    run(folder, *paths, "--collect-only", "--device=cpu", plugins=[seen])
    return seen.items


@pytest.mark.parametrize("folder", [KATAS, SOLUTIONS], ids=lambda folder: folder.name)
def test_a_test_is_where_its_function_is(folder: Path) -> None:
    """Every test of every kata, those of a class's parts at the method that they are about."""
    items = collected(ROOT, str(folder))
    assert len({case_of(item).kata for item in items}) == len(catalogue.katas())
    for item in items:
        file, line, _ = item.location
        assert ROOT / file == item.path == folder / item.path.name
        text = item.path.read_text("utf-8").splitlines()[line or 0].split("(")[0].split(":")[0]
        unit = case_of(item).unit
        names = [f"    def {name}" for name in unit.methods]
        assert text in (names or [f"def {unit.owner}", f"class {unit.owner}"]), item.nodeid


def test_a_report_is_where_its_function_is(tmp_path: Path) -> None:
    """A function that is not there is looked for at the top of the file."""
    (tmp_path / K08).write_text(WRONG)
    seen = Seen()
    run(tmp_path, ".", "--device=cpu", plugins=[seen])
    lines = {case_of(item).function: item.location[1] for item in seen.items}
    assert (lines["outer_sum"], lines["center_columns"], lines["broadcast_shape"]) == (5, 9, 0)
    places = {item.nodeid: item.location for item in seen.items}
    assert {report.nodeid: report.location for report in seen.reports} == places


@pytest.mark.parametrize("source", [b"def outer_sum(a, b:\n", b'"\xff"\n', b"\0"])
def test_what_cannot_be_read_is_shown_at_its_top(tmp_path: Path, source: bytes) -> None:
    """Its tests are listed all the same."""
    (tmp_path / K08).write_bytes(source)
    assert {item.location[:2] for item in collected(tmp_path, ".")} == {(K08, 0)}


def test_a_test_of_an_answer_is_where_the_answer_is() -> None:
    """Who writes wrong answers finds them too."""
    kata = catalogue.named("k08_broadcasting")
    lines = kata.wrong.read_text("utf-8").splitlines()
    for item in collected(ROOT, str(kata.wrong)):
        assert f"def {item.nodeid.split('::')[1]}(" in lines[item.location[1] or 0]


class SetsVerbosity:
    """As TeamCity's and PyCharm's plugin does, which wants whole messages."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Sets what a person would have to ask for."""
        config.option.verbose = 2


COLUMNS = (".", "--device=cpu", "-k", "test_center_columns")


def test_a_plugin_does_not_ask_for_pytests_own_view(tmp_path: Path) -> None:
    """Only a person does."""
    (tmp_path / K08).write_text(WRONG)
    seen = run(tmp_path, *COLUMNS, plugins=[SetsVerbosity()])
    assert "what to mend" in seen.output
    assert "CheckFailure" not in seen.output


ASKED = ("-vv", "--tb=short", "--verbosity=2", "-qvvv")


@pytest.mark.parametrize("asked", ASKED)
def test_a_person_asks_for_it_wherever_pytest_reads_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    """On the command line, in the environment and in a settings file."""
    (tmp_path / K08).write_text(WRONG)
    assert "= FAILURES =" in run(tmp_path, *COLUMNS, asked).output
    assert "= FAILURES =" in run(tmp_path, *COLUMNS, "-o", f"addopts={asked}").output
    monkeypatch.setenv("PYTEST_ADDOPTS", asked)
    assert "= FAILURES =" in run(tmp_path, *COLUMNS).output


@pytest.mark.parametrize(
    "asked", ["-qvvv", *(pytest.param(each, marks=pytest.mark.slow) for each in ASKED[:-1])]
)
def test_a_person_asks_for_it_of_workers_too(tmp_path: Path, asked: str) -> None:
    """The process that runs the tests is told."""
    (tmp_path / K08).write_text(WRONG)
    assert "CheckFailure" in run(tmp_path, *COLUMNS, asked, "-n1").output


def test_the_message_of_a_test_has_the_mistake_and_the_way_to_a_hint(tmp_path: Path) -> None:
    """As the bubble of an editor shows it."""
    (tmp_path / K08).write_text(WRONG)
    seen = Seen()
    run(tmp_path, *COLUMNS, plugins=[seen])
    message = next(report.longreprtext for report in seen.reports if report.failed)
    assert message.startswith(f"{K08}:10 center_columns\n  rule ")
    assert MISTAKE in message
    assert HINT in message


def test_every_message_in_a_report_file_has_them(tmp_path: Path) -> None:
    """Also those of functions that are not in focus."""
    (tmp_path / K08).write_text(WRONG)
    run(tmp_path, ".", "--device=cpu", "--junitxml=report.xml")
    texts = {
        str(case.get("name")): str(failure.text)
        for case in ElementTree.parse(tmp_path / "report.xml").iter("testcase")
        for failure in case.iter("failure")
    }
    for function in ("outer_sum", "center_columns"):
        first = next(text for name, text in texts.items() if name.startswith(f"test_{function}"))
        assert "\n  mistake " in first
        assert f"--hint {function}" in first


@pytest.mark.parametrize("editor", ["vscode_pytest", "teamcity"])
def test_an_editor_gets_every_message_in_full(tmp_path: Path, editor: str) -> None:
    """It shows each test by itself, so that there is no function in focus."""

    class Editor:
        def pytest_configure(self, config: pytest.Config) -> None:
            """Is there, as these are."""
            if editor == "teamcity":
                config._teamcityReporting = self  # type: ignore[attr-defined]
            else:
                config.pluginmanager.register(ModuleType(editor), editor)

    (tmp_path / K08).write_text(WRONG)
    seen = Seen()
    run(tmp_path, ".", "--device=cpu", plugins=[Editor(), seen])
    for function in ("outer_sum", "center_columns"):
        failed = [
            r.longreprtext for r in seen.reports if r.failed and f"test_{function}" in r.nodeid
        ]
        assert any("\n  mistake " in text for text in failed), "\n".join(failed)


def test_what_is_not_started_has_no_text(tmp_path: Path) -> None:
    """Other tools show each text by itself."""
    (tmp_path / K08).write_text(WRONG)
    seen = Seen()
    run(tmp_path, ".", "--device=cpu", "-k", "normalize_rows", plugins=[seen])
    assert len(seen.reports) > 3
    assert {(report.outcome, report.longreprtext) for report in seen.reports} == {("failed", "")}


class Instant(TerminalReporter):  # type: ignore[misc]
    """A reporter that shows failures at once, and lists them by name after everything."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Shows what failed."""
        super().pytest_runtest_logreport(report)
        if report.failed:
            self.print_failure(report)

    def print_failure(self, report: pytest.TestReport) -> None:
        """As others do."""
        self.line(f"at once: {report.nodeid}\n{report.longreprtext}")

    def summary_stats(self) -> None:
        """As others do."""
        for report in self.stats.get("failed", []):
            self.line(f"at last: {report.nodeid}")


class InPlaceOfPytests:
    """Has such a reporter take the place of pytest's own."""

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """As pytest-sugar, pytest-instafail and pytest-pretty do."""
        manager = config.pluginmanager
        manager.unregister(manager.getplugin("terminalreporter"))
        manager.register(Instant(config, sys.stdout), "terminalreporter")


def test_another_reporter_leaves_our_list_last(tmp_path: Path) -> None:
    """It shows what fails in its way, and nothing of what is not started."""
    (tmp_path / K08).write_text(WRONG)
    output = run(tmp_path, ".", "--device=cpu", plugins=[InPlaceOfPytests()]).output
    at_once, at_last = output.index("at once: "), output.rindex("at last: ")
    assert at_once < at_last < output.index("= what to mend =") < output.index("= board =")
    assert MISTAKE in output[at_once:at_last]
    assert "at once: k08_broadcasting.py::test_normalize_rows" not in output
    assert "at last: k08_broadcasting.py::test_normalize_rows" not in output
    assert f"{K08}:14  normalize_rows" in output
    assert "0 of 7 functions work" in output
