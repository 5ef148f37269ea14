"""--pictures: one HTML page a run, which draws failing calls as grids, and what katas can draw.

The page stands alone: it opens from the disk, and asks the network for nothing. What is newest is
on top: the functions at hand, the one in focus, those that are begun, then those that are done.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import language
from ..explaining.notes import Note
from ..explaining.progress import Progress, by_file, focus
from ..files import catalogue
from ..language import tr
from ..settings import PAGE
from . import plots
from .plots import Drawing


@dataclass(frozen=True)
class Section:
    """A function on the page: the rules that fail, and the drawings that it is needed for."""

    entry: Progress
    rules: list[tuple[Note, list[str]]]
    drawings: list[Drawing]

    @property
    def is_wide(self) -> bool:
        """Whether it wants the whole breadth of the page."""
        return bool(self.rules) or sum(len(drawing.figures) for drawing in self.drawings) > 1


def write(
    folder: Path, entries: list[Progress], devices: list[str], at_hand: Sequence[str] = ()
) -> Path:
    """Writes the page of a run, and returns its place."""
    sections = _sections(entries, at_hand)
    drawings = [drawing for section in sections for drawing in section.drawings]
    filled = [section for section in sections if section.rules or section.drawings]
    shown = [section.entry for section in filled]
    text = _template().render(
        language=language.spoken(),
        files=by_file(entries),
        focus=focus(entries),
        devices=devices,
        sections=filled,
        waiting=[entry for entry in entries if entry.not_started and entry not in shown],
        hint=plots.missing() if any(drawing.lacks for drawing in drawings) else None,
    )
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / PAGE
    page.write_text(text, encoding="utf-8")
    return page


def _sections(entries: list[Progress], at_hand: Sequence[str]) -> list[Section]:
    """All functions, the newest first, each with the drawings that were not drawn above it."""
    first = focus(entries)
    top = [entry for entry in entries if entry.function in at_hand]
    top += [] if first is None or first in top else [first]
    ordered = _newest_first(entries, top)
    here = {entry.file for entry in top}
    drawings: dict[int, list[Drawing]] = {}
    for file, functions in by_file(ordered).items():
        for entry, drawing in plots.of(functions, everything=file in here):
            drawings.setdefault(id(entry), []).append(drawing)
    return [Section(entry, _rules(entry), drawings.get(id(entry), [])) for entry in ordered]


def _newest_first(entries: list[Progress], top: list[Progress]) -> list[Progress]:
    """Those on top, those that are begun and those that are done, then what is not started."""
    rest = [entry for entry in entries if entry not in top]
    begun = [entry for entry in reversed(rest) if plots.is_begun(entry)]
    waiting = [entry for entry in rest if not plots.is_begun(entry)]
    return [*top, *sorted(begun, key=lambda entry: entry.done), *waiting]


def _rules(entry: Progress) -> list[tuple[Note, list[str]]]:
    """Each failing test once, with the devices that it fails on."""
    rules: dict[str, tuple[Note, list[str]]] = {}
    for note in entry.failures:
        _, devices = rules.setdefault(note.rule, (note, []))
        devices += [note.device] if note.device and note.device not in devices else []
    return list(rules.values())


@functools.cache
def _template() -> Any:
    import jinja2

    room = jinja2.FileSystemLoader(catalogue.SPEC / "harness" / "showing")
    environment = jinja2.Environment(
        loader=room, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["tr"] = tr
    return environment.get_template("pictures.html")
