"""What the function in focus needs: its first failure, in full, and what is not started."""

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from spec.harness.explaining.notes import Note
from spec.harness.explaining.progress import Progress, State, focus
from spec.harness.explaining.rows import UNBROKEN, Rows, lines
from spec.harness.rendering import MARK, UNMARK, unmarked
from spec.harness.verdicts import Kind

EDGES = "{entry.place} {entry.function} works; {left} edges are left"
ONE_EDGE = "{entry.place} {entry.function} works; one edge is left"


def show(writer: Any, entries: list[Progress], devices: Sequence[str], everything: bool) -> None:
    """The first function that is not finished, or all of them: what fails, what is not started."""
    unfinished = [entry for entry in entries if not entry.done]
    if not unfinished:
        return
    first = focus(entries)
    shown = unfinished if everything else [entry for entry in unfinished if entry is first]
    if any(entry.failures for entry in shown):
        writer.sep("=", "what to mend")
    said: set[str] = set()
    for entry in shown:
        if entry.failures and not (entry.whole_file and entry.file in said):
            show_failures(writer, entry, devices, everything)
            said.add(entry.file)
    file = shown[0].file
    waiting = [e for e in unfinished if e.not_started and (everything or e.file == file)]
    if waiting:
        writer.sep("=", "not started")
        width = max(len(entry.place) for entry in waiting)
        for entry in waiting:
            writer.line(f"{entry.place:<{width}}  {entry.function}")
        writer.line()


def show_failures(writer: Any, entry: Progress, devices: Sequence[str], everything: bool) -> None:
    """One function: its first failing rule, or all of them, the mistake and the way to a hint."""
    writer.line(_headline(entry))
    rules = _rules(entry.failures)
    alike = all(rule[0].rows == rules[0][0].rows for rule in rules)
    shown = rules if everything and not alike else rules[:1]
    for position, rule in enumerate(shown):
        rows = [*_rows(rule, devices)]
        if position == len(shown) - 1:
            rows += entry.explained(rule[0])
        others = len(rules) - len(shown)
        if others and not alike:
            noun = "rule" if others == 1 else "rules"
            rows.append(("also", f"{others} more {noun} of {entry.function}: --all shows them"))
        if rule[0].kind is Kind.TEST and position == len(shown) - 1:
            rows.append(("hint", entry.hint_command()))
        for line in lines(rows, writer.fullwidth):
            writer.line(_coloured(writer, line))
        for title, text in rule[0].printed:
            writer.line(f"  -- {title} --")
            writer.line(textwrap.indent(text, "  "))
        writer.line()


def _headline(entry: Progress) -> str:
    if entry.whole_file:
        return entry.file
    if entry.state is not State.WORKS:
        return f"{entry.place} {entry.function}"
    left = len({note.test for note in entry.edges.failures})
    return (ONE_EDGE if left == 1 else EDGES).format(entry=entry, left=left)


def _rules(failures: Iterable[Note]) -> list[list[Note]]:
    """The failures, those of one rule together, on several devices, ordinary and otherwise."""
    tests: dict[str, list[Note]] = {}
    for note in failures:
        tests.setdefault(note.rule, []).append(note)
    return list(tests.values())


def _rows(rule: list[Note], devices: Sequence[str]) -> Rows:
    """The rows of the first device, and for which devices they hold."""
    rows = rule[0].rows
    there = {note.device for note in rule}
    failed = [device for device in devices if device in there]
    if not failed:
        return rows
    # What fails on the first device is not run on the others.
    only = " only" if set(failed) < set(devices) and devices[0] not in failed else ""
    where = "  " + f"[{', '.join(failed)}{only}]".replace(" ", UNBROKEN)
    return [(label, value + where if label == "rule" else value) for label, value in rows]


def _coloured(writer: Any, line: str) -> str:
    """The line with what differs in red, where the terminal has colours."""
    if not writer.hasmarkup:
        return unmarked(line)
    before, *parts = line.split(MARK)
    text = before
    for part in parts:
        wrong, _, after = part.partition(UNMARK)
        text += writer.markup(wrong, red=True, bold=True) + after
    return text
