"""--pictures: a page that stands alone and shows what the terminal says."""

import html.parser
import re
import shutil
from pathlib import Path

import pytest
import torch

from spec.harness.explaining.panels import MOST, panel
from spec.harness.files import catalogue
from spec.harness.files.catalogue import SOLUTIONS
from spec.harness.settings import PAGE
from spec.harness.showing import plots
from spec.tests.inner import of_dev, run

WRONG = """
import torch


def center_columns(matrix):
    return matrix - matrix.mean(dim=1, keepdim=True)


def scale_channels(images, factors):
    return images * factors[:, None]
"""
VOID = {"meta", "link", "br", "path", "use", "rect"}


class Balance(html.parser.HTMLParser):
    """Notes elements that are not closed in the order in which they were opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Notes what an element links to."""
        if tag not in VOID:
            self.open.append(tag)
        self.links += [v for k, v in attributes if k in ("src", "href") and v and v[0] != "#"]

    def handle_endtag(self, tag: str) -> None:
        """Closes an element."""
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.wrong.append(tag)


@pytest.fixture
def page(tmp_path: Path) -> str:
    """The page of a kata with two functions wrong."""
    (tmp_path / "k08_broadcasting.py").write_text(WRONG, encoding="utf-8")
    run(tmp_path, ".", "--pictures", str(tmp_path / "out"))
    return (tmp_path / "out" / PAGE).read_text(encoding="utf-8")


def test_the_page_is_whole_and_alone(page: str) -> None:
    """Every element is closed, and nothing is fetched."""
    seen = Balance()
    seen.feed(page)
    assert not seen.wrong
    assert not seen.open
    assert not seen.links
    assert "<script" not in page
    assert "prefers-color-scheme: dark" in page


def test_every_failing_function_is_drawn(page: str) -> None:
    """Input, expected and got, with shape and strides, and the mistake by name."""
    assert page.count("<h2 id=") == 7  # two wrong, five missing
    for title in ("matrix", "expected", "got"):
        assert f"<strong>{title}</strong>" in page
    assert re.search(r"shape \(\d, \d\), strides \(\d, \d\), float32, cpu", page)
    assert 'class="below wrong"' in page or 'class="above wrong"' in page
    assert "You averaged each row" in page


def test_the_place_of_the_page_is_said(tmp_path: Path) -> None:
    """As an address that a terminal makes clickable."""
    (tmp_path / "k08_broadcasting.py").write_text(WRONG, encoding="utf-8")
    seen = run(tmp_path, ".", "--pictures", "out")
    assert (tmp_path / "out" / PAGE).as_uri() in seen.output


def test_a_panel_holds_what_can_be_seen() -> None:
    """A grid for each index of the leading axes; what differs is marked; NaN is NaN's equal."""
    x = torch.tensor([[[1.0, float("nan")]], [[-4.0, 0.0]]])
    wanted = torch.tensor([[[1.0, float("nan")]], [[-4.0, 2.0]]])
    drawn = panel("got", x, wanted)
    assert drawn["shape"] == [2, 1, 2]
    assert [grid["label"] for grid in drawn["grids"]] == ["[0]", "[1]"]
    cells = [cell for grid in drawn["grids"] for row in grid["rows"] for cell in row]
    assert [cell["wrong"] for cell in cells] == [False, False, False, True]
    assert [cell["sign"] for cell in cells] == ["above", "odd", "below", "above"]
    assert cells[2]["strength"] == max(cell["strength"] for cell in cells)


@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0), (1, 1, 1, 1, 1)])
def test_any_shape_can_be_drawn(shape: tuple[int, ...]) -> None:
    """From a single number to rank 5, and nothing at all."""
    drawn = panel("x", torch.ones(shape, dtype=torch.bool))
    cells = [cell for grid in drawn["grids"] for row in grid["rows"] for cell in row]
    assert len(cells) == torch.ones(shape).numel()


def test_what_is_no_small_tensor_is_text() -> None:
    """Lists and large tensors are described."""
    assert panel("x", [1, 2])["text"] == "[1, 2]"
    assert "too many to draw" in panel("x", torch.zeros(MOST + 1))["text"]


@pytest.mark.parametrize("name", [kata.name for kata in catalogue.katas() if kata.plots.exists()])
def test_finished_functions_are_drawn(name: str, tmp_path: Path) -> None:
    """Curves and the decision surface, as SVG within the page."""
    of_dev("matplotlib")
    shutil.copy(SOLUTIONS / f"{name}.py", tmp_path)
    run(tmp_path, ".", "--device=cpu", "--pictures", "out")
    page = (tmp_path / "out" / PAGE).read_text(encoding="utf-8")
    assert page.count("<svg") == 2
    assert set(re.findall(r'(?:href|src)="(.)', page)) <= {"#"}


def test_who_lacks_what_curves_need_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that the shell takes, where pip is and where uv is used."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    said = plots.missing() or ""
    assert said.endswith(": uv pip install -c constraints.txt -e '.[pictures]'")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: True if name == "pip" else None)
    said = plots.missing() or ""
    assert said.endswith(" -m pip install -c constraints.txt -e '.[pictures]'")
