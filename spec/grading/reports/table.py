"""The table that ends a run on the terminal."""

import argparse
from collections.abc import Iterable
from typing import Any

from spec.grading import scoring
from spec.grading.outcomes import Result
from spec.grading.reports import page
from spec.grading.scoring import Scheme


def show(results: list[Result], scheme: Scheme, options: argparse.Namespace) -> None:
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
    missing = page.missing_walls(results)
    if missing:
        console.print(f"Missing on this machine: {'; '.join(missing)}.", markup=False)
    console.print(f"Report: {(options.out / 'index.html').resolve().as_uri()}", soft_wrap=True)


def _notes(result: Result) -> Iterable[str]:
    if result.tampered:
        yield f"tampered: {', '.join(result.tampered)}"
    refused = sum(map(len, result.refusals.values()))
    if refused:
        yield f"{refused} refused"
    if result.ignored:
        yield f"{len(result.ignored)} files ignored"
