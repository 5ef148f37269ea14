"""The table that ends a run on the terminal."""

import argparse
from collections.abc import Iterable
from typing import Any

from spec.grading import scoring
from spec.grading.intake.pointing import reaches
from spec.grading.outcomes import Result
from spec.grading.reports import exports, page
from spec.grading.scoring import Scheme

STRAYS = "Not taken, since nobody knows whose or what it is:"
FEW = 20  # of these, that are named in the terminal


def show(
    results: list[Result], strays: dict[str, str], scheme: Scheme, options: argparse.Namespace
) -> None:
    """A line a person, and what is to be known besides."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in ("person", "points", "done", "of", ""):
        table.add_column(name, justify="right" if name in ("points", "done", "of") else "left")
    for result in results:
        done = sum(outcome.done for outcome in result.outcomes.values())
        earned = scoring.points(result, scheme)
        notes = "; ".join(_notes(result))
        cells: Iterable[Any] = (
            result.person,
            f"{earned:.1f}",
            str(done),
            str(len(scheme.weights)),
            notes,
        )
        table.add_row(*map(Text, cells))
    console = Console()
    console.print(table)
    if strays:
        console.print(STRAYS, markup=False)
        for name, why in list(strays.items())[:FEW]:
            console.print(f"  {name} {why}", markup=False, soft_wrap=True)
        if len(strays) > FEW:
            console.print(f"  and {len(strays) - FEW} more", markup=False)
    missing = page.missing_walls(results)
    if missing:
        console.print(f"Missing on this machine: {'; '.join(missing)}.", markup=False)
    console.print(f"Report: {(options.out / 'index.html').resolve().as_uri()}", soft_wrap=True)


def _notes(result: Result) -> Iterable[str]:
    if result.tampered:
        yield f"tampered: {', '.join(result.tampered)}"
    found = [pointer for found in result.pointers.values() for pointer in found]
    if reaches(found):
        yield f"reaches out: {', '.join(k for k, each in result.pointers.items() if reaches(each))}"
    elif found:
        yield "unusual lines"
    if not result.outcomes and result.ignored:
        yield from exports.ignored(result, 1)
    elif result.ignored:
        yield f"{len(result.ignored)} files not taken"
