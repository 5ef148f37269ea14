"""The table that ends a run on the terminal."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ...harness.language import tr
from .. import scoring
from ..intake.pointing import reaches
from ..outcomes import Result
from . import exports, page
from .changes import Change
from .report import Report

STRAYS = "Not taken, since nobody knows whose or what it is:"
MISSING = "{number} handed in nothing:"
UNCLEAR = "Whose row these are is not clear, so their points are not written:"
ROSTER = "Roster with points: {file}, beside the report."
CHANGED = "{number} have other points or functions than in the report before: see changes.csv."
WALLS = "Missing on this machine: {missing}."
FEW = 20  # that are named in the terminal


def show(report: Report, changed: list[Change], out: Path) -> None:
    """A line a person, and what is to be known besides."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    results, scheme = report.results, report.scheme
    times = any(map(exports.handed_in, results))
    names = ["person", "points", "done", "of", *([tr("handed in")] if times else []), ""]
    table = Table(box=None, pad_edge=False)
    for name in names:
        table.add_column(name, justify="right" if name in ("points", "done", "of") else "left")
    for result in results:
        done = sum(outcome.done for outcome in result.outcomes.values())
        earned = scoring.points(result, scheme)
        cells = [result.person, f"{earned:.1f}", str(done), str(len(scheme.weights))]
        cells += [exports.handed_in(result)] if times else []
        table.add_row(*map(Text, [*cells, "; ".join(_notes(result))]))
    console = Console()
    console.print(table)
    for line in _lines(report, changed):
        console.print(line, markup=False, soft_wrap=True)
    console.print(f"Report: {(out / 'index.html').resolve().as_uri()}", soft_wrap=True)


def _lines(report: Report, changed: list[Change]) -> Iterator[str]:
    """What is to be known of all."""
    if report.strays:
        yield tr(STRAYS)
        yield from _few([f"{name} {why}" for name, why in report.strays.items()])
    if report.roster is not None:
        matched = report.roster.matched
        if matched.missing:
            yield tr(MISSING).format(number=len(matched.missing))
            yield from _few(matched.missing)
        if matched.unclear:
            yield tr(UNCLEAR)
            yield from _few([line for lines in matched.unclear.values() for line in lines])
        yield tr(ROSTER).format(file=report.roster.name)
    if changed:
        yield tr(CHANGED).format(number=len(changed))
    missing = page.missing_walls(report.results)
    if missing:
        yield tr(WALLS).format(missing="; ".join(missing))


def _few(lines: list[str]) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:FEW])
    if len(lines) > FEW:
        yield tr("  and {value} more").format(value=len(lines) - FEW)


def _notes(result: Result) -> Iterable[str]:
    if result.tampered:
        yield f"tampered: {', '.join(result.tampered)}"
    found = [pointer for found in result.pointers.values() for pointer in found]
    if reaches(found):
        yield tr("reaches out: {names}").format(
            names=", ".join(k for k, each in result.pointers.items() if reaches(each))
        )
    elif found:
        yield tr("unusual lines")
    if not result.outcomes and result.ignored:
        yield from exports.ignored(result, 1)
    elif result.ignored:
        yield tr("{count} files not taken").format(count=len(result.ignored))
