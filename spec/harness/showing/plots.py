"""Curves and a decision surface, drawn with what the learner's finished functions compute.

What a kata can draw stands in spec/plots under its name: a public function a drawing, whose
parameters are the functions of the kata that it needs.
"""

import ast
import importlib.util
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from .. import limits, typed
from ..explaining.progress import Progress
from ..files import catalogue, sources
from ..files.catalogue import Kata
from ..files.loading import load, load_ours
from ..language import tr
from ..running import state
from ..verdicts import Verdict

ENOUGH = 10.0  # seconds that a drawing may take

NEEDED = "Curves and the decision surface need matplotlib: {command}"


class Plot(NamedTuple):
    """A drawing as SVG, and what it shows."""

    svg: str
    caption: str


def missing() -> str | None:
    """What to do to get drawings, where there can be none."""
    if importlib.util.find_spec("matplotlib"):
        return None
    return tr(NEEDED).format(command=typed.installing("pictures"))


def needs(kata: Kata) -> dict[str, list[str]]:
    """The drawings of a kata, and which of its functions each needs."""
    if not kata.plots.exists():
        return {}
    drawings = sources.definitions(kata.plots.read_text(encoding="utf-8"))
    return {
        name: [argument.arg for argument in node.args.args]
        for name, node in drawings.items()
        if isinstance(node, ast.FunctionDef)
    }


def of(entries: list[Progress]) -> list[Plot]:
    """The drawings that the finished functions of these katas allow."""
    if missing():
        return []
    done = {(entry.file, entry.function) for entry in entries if entry.done}
    found = []
    for file, name in dict.fromkeys((entry.file, entry.kata) for entry in entries):
        kata = catalogue.named(name)
        for drawing, functions in needs(kata).items():
            if all((file, function) in done for function in functions):
                found += _drawn(Path(file), kata, drawing, functions)
    return found


def _drawn(file: Path, kata: Kata, drawing: str, functions: list[str]) -> list[Plot]:
    """The drawing, unless the learner's functions fail on our example, which no spec asks for."""
    module = load(kata, file.resolve(), ENOUGH).module
    if module is None:
        return []
    draw: Any = getattr(load_ours(kata, kata.plots).module, drawing)
    state.reset()
    try:
        with limits.limited(ENOUGH, lambda: limits.endless(drawing, ENOUGH)):
            plots: Iterator[Plot] = draw(*(getattr(module, name) for name in functions))
            return list(plots)
    except (Exception, Verdict):
        return []
    finally:
        state.reset()


def figure() -> tuple[Any, Any]:
    """A figure without a window, legible on light and dark."""
    from matplotlib.figure import Figure

    canvas = Figure(figsize=(4.6, 3.2), layout="constrained")
    canvas.patch.set_alpha(0)
    axis = canvas.add_subplot()
    axis.patch.set_alpha(0)
    for spine in axis.spines.values():
        spine.set_color("gray")
    axis.tick_params(colors="gray")
    axis.xaxis.label.set_color("gray")
    return canvas, axis


def svg(canvas: Any) -> str:
    """The drawing as an element to stand within a page."""
    for axis in canvas.axes:
        if axis.get_legend():
            for text in axis.get_legend().get_texts():
                text.set_color("gray")
    buffer = io.StringIO()
    canvas.savefig(buffer, format="svg", metadata={"Date": None})
    text = buffer.getvalue()
    return text[text.index("<svg") :]
