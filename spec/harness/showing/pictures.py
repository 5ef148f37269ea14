"""--pictures: one HTML page a run, which draws failing calls as grids, and curves where they help.

The page stands alone: it opens from the disk, and asks the network for nothing.
"""

import functools
from pathlib import Path
from typing import Any

from ..explaining.notes import Note
from ..explaining.progress import Progress, by_file, focus
from ..files import catalogue
from ..settings import PAGE
from . import plots


def write(folder: Path, entries: list[Progress], devices: list[str]) -> Path:
    """Writes the page of a run, and returns its place."""
    unfinished = [entry for entry in entries if not entry.done]
    text = _template().render(
        files=by_file(entries),
        focus=focus(entries),
        devices=devices,
        failing=[(entry, _rules(entry)) for entry in unfinished if entry.failures],
        waiting=[entry for entry in unfinished if entry.not_started and not entry.failures],
        plots=plots.of(entries),
        hint=plots.missing() if _wants_plots(entries) else None,
    )
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / PAGE
    page.write_text(text, encoding="utf-8")
    return page


def _rules(entry: Progress) -> list[tuple[Note, list[str]]]:
    """Each failing test once, with the devices that it fails on."""
    rules: dict[str, tuple[Note, list[str]]] = {}
    for note in entry.failures:
        _, devices = rules.setdefault(note.rule, (note, []))
        devices += [note.device] if note.device and note.device not in devices else []
    return list(rules.values())


def _wants_plots(entries: list[Progress]) -> bool:
    katas = {entry.kata for entry in entries}
    return any(kata.name in katas and plots.needs(kata) for kata in catalogue.katas())


@functools.cache
def _template() -> Any:
    import jinja2

    source = (catalogue.SPEC / "harness" / "showing" / "pictures.html").read_text(encoding="utf-8")
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(source)
