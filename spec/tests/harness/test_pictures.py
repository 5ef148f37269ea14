"""--pictures: a page that stands alone and shows what the terminal says."""

import html.parser
import importlib.util
import re
import shutil
from pathlib import Path

import pytest
import torch

from spec.harness.explaining.panels import MOST, panel
from spec.harness.explaining.progress import Progress, Tally
from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import SOLUTIONS
from spec.harness.settings import PAGE
from spec.harness.showing import figures, pictures, plots
from spec.tests.inner import of_dev, run

WRONG = """
import torch


def center_columns(matrix):
    return matrix - matrix.mean(dim=1, keepdim=True)


def scale_channels(images, factors):
    return images * factors[:, None]
"""
VOID = {"meta", "link", "br"}  # elements of HTML that have no end


class Reader(html.parser.HTMLParser):
    """Notes what is wrong with a page: of its elements, ids and addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.used: list[str] = []
        self.unnamed: list[str] = []  # drawings that say nothing to who listens
        self.headings: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Notes an element that is open from now on, and what it refers to."""
        self.handle_startendtag(tag, attributes)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Notes what an element refers to."""
        found = {name: value or "" for name, value in attributes}
        if len(found) < len(attributes):
            self.wrong.append(f"{tag}: {attributes}")
        self.ids += [found["id"]] if "id" in found else []
        for name, value in found.items():
            self.used += re.findall(r"url\(#([^)]*)\)", value)
            self.used += [value.removeprefix("#")] if name in ("src", "href", "xlink:href") else []
        if tag == "svg" and not (found.get("aria-label") or found.get("aria-hidden")):
            self.unnamed.append(str(attributes))

    def handle_endtag(self, tag: str) -> None:
        """Closes an element."""
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        """Notes the functions in the order of the page."""
        if self.open[-1:] == ["h2"]:
            self.headings.append(data.strip())


def read(page: str) -> Reader:
    """A page that was read to its end."""
    seen = Reader()
    seen.feed(page)
    seen.close()
    return seen


def entries(file: Path, done: bool = True, only: str = "") -> list[Progress]:
    """The functions of a file, or one of them, as if their tests had passed, or were skipped."""
    kata = catalogue.kata_of(file)
    assert kata is not None
    tally = Tally(passed=1) if done else Tally(not_started=1)
    units = [unit for unit in sources.units(kata) if only in ("", unit)]
    return [Progress(kata.name, str(file), 1, unit, tally, tally) for unit in units]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a kata with two functions wrong."""
    folder = tmp_path_factory.mktemp("wrong")
    (folder / "k08_broadcasting.py").write_text(WRONG, encoding="utf-8")
    seen = run(folder, ".", "--pictures", "out")
    assert (folder / "out" / PAGE).as_uri() in seen.output  # which a terminal makes clickable
    return (folder / "out" / PAGE).read_text(encoding="utf-8")


def assert_whole_and_alone(page: str) -> None:
    """Every element is closed, what is referred to is there, and nothing is fetched."""
    seen = read(page)
    assert not seen.wrong
    assert not seen.open
    assert not seen.unnamed
    assert len(seen.ids) == len(set(seen.ids))
    assert set(seen.used) <= set(seen.ids)
    assert "<script" not in page and "@import" not in page and "<style" in page
    assert not re.search(r"\w://|xmlns|<image|<img|data:", page)
    assert "prefers-color-scheme: dark" in page


def test_the_page_is_whole_and_alone(page: str) -> None:
    """With failing calls on it."""
    assert_whole_and_alone(page)


def test_a_page_with_all_kinds_of_drawings_is_whole_and_alone(tmp_path: Path) -> None:
    """Curves, planes, graphs, grids and digits, of two people's files with the same name."""
    of_dev("matplotlib")
    of_dev("sklearn")
    found = entries(SOLUTIONS / "k18_training_loop.py", only="accuracy")
    for person in ("ada", "emmy"):
        (tmp_path / person).mkdir()
        shutil.copy(SOLUTIONS / "k13_backprop.py", tmp_path / person)
        found += entries(tmp_path / person / "k13_backprop.py", only="Node_add")
    found += entries(SOLUTIONS / "k08_broadcasting.py")
    page = pictures.write(tmp_path / "out", found, ["cpu"]).read_text("utf-8")
    assert_whole_and_alone(page)
    assert page.count('<svg class="graph"') == 6  # values, slopes and order, of two people
    assert page.count("read as") > 12
    assert page.count("<clipPath") > 4
    assert page.count(" again") > 12
    assert not re.search(r"#[0-9a-f]{6}(?![0-9a-f])", page.partition("</style>")[2])


def test_what_is_at_hand_is_on_top_then_the_focus_then_what_was_done_last(tmp_path: Path) -> None:
    """What is not started comes last, and only where the learner is; the board comes below."""
    found = entries(SOLUTIONS / "k08_broadcasting.py") + entries(SOLUTIONS / "k09_cat_stack.py")
    for entry in found:
        if entry.function in ("outer_sum", "scale_channels", "interleave"):
            entry.core, entry.edges = Tally(not_started=1), Tally(not_started=1)
    page = pictures.write(tmp_path, found, ["cpu"]).read_text("utf-8")
    headings = read(page).headings
    assert headings[0] == "outer_sum"
    assert headings[1:3] == ["split_like", "append_ones_column"]
    assert headings[-4:] == ["center_columns", "scale_channels", "Not started", "The board"]
    assert "interleave" not in headings and "<code>interleave</code>" in page
    page = pictures.write(tmp_path, found, ["cpu"], at_hand=["make_batch"]).read_text("utf-8")
    headings = read(page).headings
    assert headings[:3] == ["make_batch", "outer_sum", "split_like"]
    assert headings[-3:] == ["scale_channels", "interleave", "The board"]


def test_each_drawing_stands_with_the_first_function_that_it_needs(tmp_path: Path) -> None:
    """Those of a network with the function that is in focus, and once."""
    found = entries(SOLUTIONS / "k14_mlp.py")
    (focus,) = (entry for entry in found if entry.function == "mse_backward")
    focus.core = Tally(not_started=1)
    page = pictures.write(tmp_path, found, ["cpu"]).read_text("utf-8")
    border = "The border between two half-moons"
    assert page.count(f"<figcaption>{border}") == bool(importlib.util.find_spec("matplotlib"))
    assert border in page.partition("</section>")[0] or not importlib.util.find_spec("matplotlib")


def test_every_failing_function_is_drawn(page: str) -> None:
    """Input, expected and got, with shape and strides, and the mistake by name."""
    assert page.count("<h2 id=") == 7  # two wrong, five missing
    for title in ("matrix", "expected", "got"):
        assert f"<strong>{title}</strong>" in page
    assert re.search(r"shape \(\d, \d\), strides \(\d, \d\), float32, cpu", page)
    assert 'class="below wrong"' in page or 'class="above wrong"' in page
    assert "You averaged each row" in page


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


def test_who_lacks_what_curves_need_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that the shell takes, where pip is and where uv is used."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    said = plots.missing() or ""
    assert said.endswith(": uv pip install -c constraints.txt -e '.[pictures]'")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: True if name == "pip" else None)
    said = plots.missing() or ""
    assert said.endswith(" -m pip install -c constraints.txt -e '.[pictures]'")


def test_a_page_says_what_its_drawings_lack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, and only where a drawing lacks it."""
    monkeypatch.setattr(figures, "has_matplotlib", lambda: False)
    monkeypatch.setattr(plots, "PACKAGES", ("no_such_package",))
    curve = entries(SOLUTIONS / "k12_chain_rule.py", only="sigmoid_slope")
    grid = entries(SOLUTIONS / "k12_chain_rule.py", only="softmax_jacobian")
    said = "Curves and borders need matplotlib"
    assert pictures.write(tmp_path, curve, ["cpu"]).read_text("utf-8").count(said) == 1
    assert said not in pictures.write(tmp_path, grid, ["cpu"]).read_text("utf-8")
