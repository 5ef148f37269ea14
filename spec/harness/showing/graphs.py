"""Where the boxes and arrows of a graph stand: a row a step, and arrows from row to row."""

import functools
import itertools
import statistics
from collections.abc import Callable
from dataclasses import dataclass

from .drawings import Graph, alike

WIDTH, GAP = 90.0, 9.0  # of a box, and between two
LINE, APART = 15.0, 52.0  # the height of a line of text, and what is left between two rows
LEAN = 0.3  # how far an arrow's ends lean to where it goes
BESIDE = 0.24  # where on its first part an arrow's words stand

Point = tuple[float, float]


@dataclass(frozen=True)
class Fact:
    """A line in a box: its name, what is there, and what was expected where that differs."""

    name: str
    number: str
    instead: str


@dataclass(frozen=True)
class Box:
    """A box: its name, its corner above on the left, and its lines."""

    name: str
    x: float
    y: float
    facts: list[Fact]


@dataclass(frozen=True)
class Arrow:
    """A line from box to box, and the words beside it."""

    points: list[Point]
    text: str
    at: Point


@dataclass(frozen=True)
class Layout:
    """All that there is to be drawn, and how large it is."""

    width: float
    height: float
    wide: float  # each box
    high: float
    boxes: list[Box]
    arrows: list[Arrow]


def layout(graph: Graph, expected: Graph | None) -> Layout:
    """Boxes below those that lead to them; long arrows pass between the boxes of other rows.

    What differs from an expected graph is marked.
    """
    depths = _depths(graph)
    ways = [_way(arrow, depths) for arrow in graph.arrows]
    rows = _rows(graph, depths, ways)
    broad = max(sum(_width(place, graph) for place in row) for row in rows)
    across = {place: x for row in rows for place, x in _across(row, graph, broad).items()}
    lines = 1 + max((len(found) for found in graph.boxes.values()), default=0)
    high = LINE * lines + 8
    down = {place: row * (high + APART) + 1 for row, places in enumerate(rows) for place in places}
    wanted = expected.boxes if expected else graph.boxes
    boxes = [
        Box(name, across[name] - WIDTH / 2, down[name], facts(found, wanted[name], graph.free))
        for name, found in graph.boxes.items()
    ]
    arrows = [
        _arrow(way, text, across, lambda place: (down[place], down[place] + high))
        for way, (_, _, text) in zip(ways, graph.arrows, strict=True)
    ]
    return Layout(broad, max(down.values()) + high + 1, WIDTH, high, boxes, arrows)


def facts(
    found: dict[str, float], wanted: dict[str, float], free: tuple[str, ...] = ()
) -> list[Fact]:
    """Numbers by name, and what was expected in place of those that differ."""
    differs = {name for name, number in wanted.items() if not alike(found.get(name), number)}
    differs -= {*free}
    return [
        Fact(name, f"{number:.4g}", f"{wanted[name]:.4g}" if name in differs else "")
        for name, number in found.items()
    ]


def _depths(graph: Graph) -> dict[str, int]:
    """The row of each box: one below the lowest of those that lead to it."""
    before: dict[str, list[str]] = {name: [] for name in graph.boxes}
    for start, end, _ in graph.arrows:
        before[end].append(start)

    @functools.cache
    def depth(name: str) -> int:
        return max((depth(each) + 1 for each in before[name]), default=0)

    return {name: depth(name) for name in graph.boxes}


def _way(arrow: tuple[str, str, str], depths: dict[str, int]) -> list[str]:
    """The box where an arrow begins, its places in the rows that it passes, and where it ends."""
    start, end, _ = arrow
    passed = range(depths[start] + 1, depths[end])
    return [start, *(f"{start} to {end}, row {row}" for row in passed), end]


def _rows(graph: Graph, depths: dict[str, int], ways: list[list[str]]) -> list[list[str]]:
    """The rows from above, in each the places ordered by where those stand that lead there."""
    rows: list[list[str]] = [[] for _ in range(max(depths.values(), default=0) + 1)]
    for name in graph.boxes:
        rows[depths[name]].append(name)
    led: dict[str, list[str]] = {}
    for way in ways:
        for depth, (before, place) in enumerate(itertools.pairwise(way), depths[way[0]] + 1):
            led.setdefault(place, []).append(before)
            if place not in rows[depth]:
                rows[depth].append(place)
    stand: dict[str, float] = {}
    for row in rows:
        middles = {place: [stand[each] for each in led.get(place, ())] for place in row}
        row.sort(key=lambda place: statistics.mean(middles[place] or [0.0]))
        stand |= {place: (i + 0.5) / len(row) for i, place in enumerate(row)}
    return rows


def _width(place: str, graph: Graph) -> float:
    return WIDTH + GAP if place in graph.boxes else GAP


def _across(row: list[str], graph: Graph, broad: float) -> dict[str, float]:
    """How far from the left the middle of each place is, when the row has this breadth."""
    widths = [_width(place, graph) for place in row]
    spare = (broad - sum(widths)) / len(row)
    found, left = {}, 0.0
    for place, width in zip(row, widths, strict=True):
        found[place] = left + (width + spare) / 2
        left += width + spare
    return found


def _arrow(
    way: list[str], text: str, across: dict[str, float], span: Callable[[str], Point]
) -> Arrow:
    """The line through the places of a way, below each of them from its top to its bottom."""
    first, *between, last = way
    begin = across[first] + _lean(across[way[1]] - across[first])
    end = across[last] + _lean(across[way[-2]] - across[last])
    points = [(begin, span(first)[1])]
    points += [(across[place], y) for place in between for y in span(place)]
    points += [(end, span(last)[0] - 3)]
    (x, y), (x2, y2) = points[:2]
    return Arrow(points, text, (x + BESIDE * (x2 - x), y + BESIDE * (y2 - y) + 4))


def _lean(distance: float) -> float:
    return max(-WIDTH / 3, min(WIDTH / 3, LEAN * distance))
