"""Pictures of both sides as what stands on the page: views with names, and words for who listens.

Curves and planes need matplotlib; all else is drawn by the page's own template.
"""

import html
import importlib.util
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..language import tr
from . import canvases, graphs, grids
from .drawings import EXPECTED, YOURS, Curves, Graph, Grids, Picture, Plane, Tiles, sides

ALONE = "{problem} This is what is expected."


@dataclass(frozen=True)
class View:
    """One side of a figure: its name, a macro of the template, what it draws; the same in words."""

    name: str
    macro: str
    drawn: Any
    words: str


@dataclass(frozen=True)
class Figure:
    """A picture on the page; `problem` says why the learner's side is missing."""

    title: str
    views: list[View]
    note: str
    problem: str


def figures(
    yours: Sequence[Picture], expected: Sequence[Picture], problem: str, key: str
) -> list[Figure]:
    """A figure for each picture of either side."""
    found = []
    for number, (own, wanted) in enumerate(itertools.zip_longest(yours, expected)):
        shown = wanted if own is None else own
        if isinstance(shown, Curves | Plane) and not has_matplotlib():
            continue
        views = _views(own, wanted, f"{key}-{number}")
        missing = tr(ALONE).format(problem=problem) if own is None else ""
        found.append(Figure(shown.title, views, shown.note, missing))
    return found


def has_matplotlib() -> bool:
    """Whether curves can be drawn."""
    return importlib.util.find_spec("matplotlib") is not None


def _views(yours: Any, expected: Any, key: str) -> list[View]:
    shown = expected if yours is None else yours
    both = sides(yours, expected)
    if isinstance(shown, Grids):
        return [View("", "grids", grids.panels(yours, expected), "")]
    if isinstance(shown, Curves):
        words = "; ".join(f"{name}: {_curve_words(side)}" for name, side in both.items())
        views = canvases.curves(both, key)
        return [_svg(name, shown.title, svg, words) for name, svg in views.items()]
    if isinstance(shown, Plane):
        return [
            _svg(_name(name, both[name]), shown.title, svg, both[name].said)
            for name, svg in canvases.planes(both, key).items()
        ]
    return [_templated(name, side, both) for name, side in both.items()]


def _templated(name: str, side: Picture, both: dict[str, Any]) -> View:
    """A view that the template draws."""
    if isinstance(side, Graph):
        wanted = both.get(EXPECTED) if name == YOURS else None
        drawn = {"layout": graphs.layout(side, wanted), "sums": _sums(side, wanted)}
        return View(_name(name, side), "graph", drawn, f"{side.title} {_graph_words(side)}")
    assert isinstance(side, Tiles)
    captions = "; ".join(caption for _, caption in side.tiles)
    return View(_name(name, side), "tiles", side.tiles, f"{side.title} {captions}")


def _name(name: str, side: Picture) -> str:
    return f"{tr(name)}: {side.said}" if side.said else tr(name)


def _svg(name: str, title: str, svg: str, words: str) -> View:
    label = html.escape(f"{title} {words}".strip())
    return View(
        tr(name), "svg", svg.replace("<svg", f'<svg role="img" aria-label="{label}"', 1), words
    )


def _curve_words(side: Curves) -> str:
    ways = [
        tr("{name} from {first:.3g} to {last:.3g}")
        .format(name=name, first=line[0], last=line[-1])
        .strip()
        for name, line in side.lines.items()
        if line
    ]
    return ", ".join(ways)


def _graph_words(side: Graph) -> str:
    boxes = [
        f"{name}: {', '.join(f'{fact} {number:.4g}' for fact, number in facts.items())}"
        for name, facts in side.boxes.items()
    ]
    to = tr("{start} to {end}")
    ways = [(to.format(start=start, end=end), text) for start, end, text in side.arrows]
    arrows = "; ".join(f"{way} {text}".strip() for way, text in ways)
    return f"{'; '.join(boxes)}. {tr('Arrows: {arrows}').format(arrows=arrows)}."


def _sums(side: Graph, wanted: Graph | None) -> list[graphs.Fact]:
    return graphs.facts(side.sums, wanted.sums if wanted else side.sums)
