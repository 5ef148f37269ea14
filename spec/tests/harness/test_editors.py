"""What editors and other tools read of a test: its place, and its own message."""

from pathlib import Path

import pytest

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
'''


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
    assert (lines["outer_sum"], lines["center_columns"], lines["normalize_rows"]) == (5, 9, 0)
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
