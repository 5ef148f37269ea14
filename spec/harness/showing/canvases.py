"""Curves and planes as SVG by matplotlib, in the colours of the page on light and dark."""

import io
import math
import re
from typing import Any

from ..language import tr
from .drawings import EXPECTED, Curves, Numbers, Plane

SIZE = (3.85, 2.75)  # inches, so that it fits a narrow window
INK = "#010203"
SERIES = ("#0a0001", "#0a0002", "#0a0003", "#0a0004")
COLOURS = {INK: "currentColor"} | {c: f"var(--series-{n})" for n, c in enumerate(SERIES, 1)}
SIDES = ("#0b0001", "#0b0002")  # of a border
COLOURS |= {SIDES[0]: "var(--side-1)", SIDES[1]: "var(--side-2)"}
SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "torch-katas",
    "font.size": 9,
    **dict.fromkeys(
        ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"), INK
    ),
}
SHADES = 5  # on each side of a border
MARKS, CLASS = "ov", "class {number}"  # of the dots on each
FEW = 10  # dots that are drawn large
MANY = 2  # lines that can be told from the expected ones in one picture
BEYOND = 0.5  # of the expected height: how far what is not expected is followed
FAR = 1e30  # and where it is not followed at all
NO_NUMBER = "no number"
DOTS = "points"
BOTH = "{one} and {other}"
OUTSIDE = "outside, at {number:.3g}"

Views = dict[str, str]  # what each is called, and the SVG


def curves(sides: dict[str, Curves], key: str) -> Views:
    """Both sides in one picture, where there are few lines; else each by itself."""
    heights = _heights(list(sides.values()))
    if len(sides) > 1 and all(len(side.lines) <= MANY for side in sides.values()):
        one, other = sides
        return {tr(BOTH).format(one=one, other=other): _drawn_curves(sides, heights, key)}
    return {
        name: _drawn_curves({name: side}, heights, f"{key}-{number}")
        for number, (name, side) in enumerate(sides.items())
    }


def planes(sides: dict[str, Plane], key: str) -> Views:
    """Each side by itself."""
    return {
        name: _drawn_plane(side, f"{key}-{number}")
        for number, (name, side) in enumerate(sides.items())
    }


def _heights(sides: list[Curves]) -> tuple[float, float]:
    """From where to where the axis goes: what is expected, and a good way beyond it for yours."""
    *yours, expected = map(_finite, sides)
    low, high = min(expected, default=0.0), max(expected, default=1.0)
    room = BEYOND * (high - low) or 0.5
    own = [min(max(y, low - room), high + room) for side in yours for y in side]
    low, high = min([low, *own]), max([high, *own])
    margin = 0.06 * (high - low) or 0.5
    return low - margin, high + margin


def _finite(found: Curves) -> list[float]:
    shown = [*found.lines.values(), *([found.dots[1]] if found.dots else [])]
    return [y for line in shown for y in line if math.isfinite(y)]


def _drawn_curves(sides: dict[str, Curves], heights: tuple[float, float], key: str) -> str:
    shown = next(iter(sides.values()))
    canvas, axis = _figure(shown)
    if shown.dots:
        axis.plot(*shown.dots, "o", markersize=3, color=INK, alpha=0.45, label=DOTS)
    for side, found in sides.items():
        is_dashed = side == EXPECTED and len(sides) > 1
        style = {"linestyle": "--", "linewidth": 1.4} if is_dashed else {"linewidth": 2.2}
        for colour, (name, line) in zip(SERIES, found.lines.items(), strict=False):
            words = [name] * bool(name) + [side] * (len(sides) > 1)
            words += _unseen(line, heights)
            y = [each if abs(each) < FAR else math.nan for each in line[: len(found.x)]]
            ink = INK if is_dashed and len(found.lines) == 1 else colour
            axis.plot(found.x[: len(y)], y, color=ink, label=", ".join(words), **style)
    axis.set_ylim(*heights)
    axis.margins(x=0.02)
    _name_lines(canvas, axis)
    return _svg(canvas, key)


def _unseen(line: Numbers, heights: tuple[float, float]) -> list[str]:
    """What is said of a line of which nothing is to be seen."""
    seen = [y for y in line if math.isfinite(y)]
    if not seen:
        return [tr(NO_NUMBER)]
    low, high = heights
    return [] if any(low <= y <= high for y in seen) else [tr(OUTSIDE).format(number=seen[-1])]


def _name_lines(canvas: Any, axis: Any) -> None:
    """A legend above, where it lies on no line."""
    count = len([name for name in axis.get_legend_handles_labels()[1] if name])
    if count:
        style = {"frameon": False, "fontsize": 8.5, "labelcolor": INK, "handlelength": 1.6}
        canvas.legend(loc="outside upper left", ncols=2 if count in (2, 4) else 3, **style)


def _drawn_plane(found: Plane, key: str) -> str:
    canvas, axis = _figure(found)
    heights = [[h if math.isfinite(h) else math.nan for h in row] for row in found.heights]
    if found.is_share:
        _shade(axis, found.x, found.y, heights)
    else:
        axis.contour(found.x, found.y, heights, levels=12, colors=INK, linewidths=0.5, alpha=0.5)
    size = 3.2 if sum(len(x) for x, _ in found.dots) > FEW else 8
    for number, (x, y) in enumerate(found.dots):
        style = {"color": SIDES[number], "markersize": size, "markeredgewidth": 0}
        axis.plot(x, y, MARKS[number], label=CLASS.format(number=number), **style)
    for colour, (name, (x, y)) in zip(SERIES, found.paths.items(), strict=False):
        axis.plot(x, y, "o-", markersize=3, linewidth=1.6, color=colour, label=name)
    axis.set_xlim(min(found.x), max(found.x))
    axis.set_ylim(min(found.y), max(found.y))
    _name_lines(canvas, axis)
    return _svg(canvas, key)


def _shade(axis: Any, x: Numbers, y: Numbers, shares: list[list[float]]) -> None:
    """Both sides, the stronger the surer, and the border between them."""
    for colour, sign in zip(SIDES, (-1, 1), strict=True):
        for step in range(SHADES):
            inner, outer = (0.5 + sign * each * 0.5 / SHADES for each in (step, step + 1))
            levels = sorted((inner, outer + sign * 1e-6 * (step + 1 == SHADES)))
            axis.contourf(x, y, shares, levels=levels, colors=[colour], alpha=0.08 + 0.09 * step)
    axis.contour(x, y, shares, levels=[0.5], colors=INK, linewidths=1.6)


def _figure(shown: Curves | Plane) -> tuple[Any, Any]:
    """A figure without a window and without a ground of its own."""
    from matplotlib.figure import Figure

    with _settings():
        canvas = Figure(figsize=SIZE, layout="constrained")
        axis = canvas.add_subplot()
    canvas.patch.set_visible(False)
    axis.patch.set_visible(False)
    axis.spines[["top", "right"]].set_visible(False)
    axis.set_xlabel(shown.across)
    axis.set_ylabel(shown.up)
    return canvas, axis


def _settings() -> Any:
    import matplotlib

    return matplotlib.rc_context(SETTINGS)


def _svg(canvas: Any, key: str) -> str:
    """The drawing as an element to stand within a page, where no other has its ids."""
    buffer = io.StringIO()
    with _settings():
        canvas.savefig(
            buffer, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type"))
        )
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL)  # it would be the page's
    text = re.sub(r' xmlns(:\w+)?="[^"]*"', "", text)
    text = re.sub(r"font-family: [^;\"]*", "font-family: inherit", text)
    text = re.sub(r'<g id="[^"]*"', "<g", text)
    text = re.sub(r' id="([^"]*)"', rf' id="{key}-\1"', text)
    text = re.sub(r'(xlink:)?href="#', f'href="#{key}-', text)
    text = re.sub(r"url\(#", f"url(#{key}-", text)
    for placeholder, colour in COLOURS.items():
        text = text.replace(placeholder, colour)
    return text
