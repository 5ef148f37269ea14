"""What the function in focus needs: its first failure, in full, and what is not started."""

import textwrap
from collections.abc import Iterable
from typing import Any

from ..explaining.lines import UNBROKEN, Rows, lines
from ..explaining.notes import Note
from ..explaining.progress import Progress, State, focus
from ..language import tr, trn
from ..rendering import unmarked
from ..tensors import MARK, UNMARK
from ..verdicts import Kind

ONE_OTHER = "{others} more rule of {function}: --all shows them"
OTHERS = "{others} more rules of {function}: --all shows them"
EDGES = "{entry.place} {entry.function} works; {left} edges are left"
ONLY = "[{devices} only]"
PRINTED = {
    "Captured stdout call": "printed in this test",
    "Captured stdout setup": "printed before this test",
    "Captured stderr call": "written to stderr in this test",
}
ONE_EDGE = "{entry.place} {entry.function} works; one edge is left"


def show(writer: Any, entries: list[Progress], everything: bool) -> None:
    """The first function that is not finished, or all of them: what fails, what is not started."""
    unfinished = [entry for entry in entries if not entry.done]
    if not unfinished:
        return
    first = focus(entries)
    shown = unfinished if everything else [entry for entry in unfinished if entry is first]
    if any(entry.failures for entry in shown):
        writer.sep("=", tr("what to mend"))
    said: set[str] = set()
    for entry in shown:
        if entry.failures and not (entry.whole_file and entry.file in said):
            show_failures(writer, entry, everything)
            said.add(entry.file)
    file = shown[0].file
    waiting = [e for e in unfinished if e.not_started and (everything or e.file == file)]
    if waiting:
        writer.sep("=", tr("not started"))
        width = max(len(entry.place) for entry in waiting)
        for entry in waiting:
            writer.line(f"{entry.place:<{width}}  {entry.function}")
        writer.line()


def show_failures(writer: Any, entry: Progress, everything: bool) -> None:
    """One function: its first failing rule, or all of them, the mistake and the way to a hint."""
    writer.line(headline(entry))
    rules = _rules(entry.failures)
    alike = all(rule[0].rows == rules[0][0].rows for rule in rules)
    shown = rules if everything and not alike else rules[:1]
    for position, rule in enumerate(shown):
        rows = [*_rows(rule, entry)]
        if position == len(shown) - 1:
            rows += entry.explained(rule[0])
        others = len(rules) - len(shown)
        if others and not alike:
            more = trn(ONE_OTHER, OTHERS, others).format(others=others, function=entry.function)
            rows.append(("also", more))
        if rule[0].kind is Kind.TEST and position == len(shown) - 1:
            rows.append(("hint", entry.hint_command()))
        for line in lines(rows, writer.fullwidth):
            writer.line(coloured(writer, line))
        for title, text in rule[0].printed:
            writer.line(f"  -- {tr(PRINTED.get(title, title))} --")
            writer.line(textwrap.indent(text, "  "))
        writer.line()


def headline(entry: Progress) -> str:
    """Where the function is, and that it works where only edges are left."""
    if entry.whole_file:
        return entry.file
    if entry.state is not State.WORKS:
        return f"{entry.place} {entry.function}"
    left = len({note.test for note in entry.edges.failures})
    return trn(ONE_EDGE, EDGES, left).format(entry=entry, left=left)


def first_rule(entry: Progress) -> tuple[Rows, int]:
    """A function's first failing rule, with what explains it, and how many others fail."""
    rules = _rules(entry.failures)
    alike = all(rule[0].rows == rules[0][0].rows for rule in rules)
    rows = [*_rows(rules[0], entry), *entry.explained(rules[0][0])]
    return rows, 0 if alike else len(rules) - 1


def _rules(failures: Iterable[Note]) -> list[list[Note]]:
    """The failures, those of one rule together, on several devices, ordinary and otherwise."""
    tests: dict[str, list[Note]] = {}
    for note in failures:
        tests.setdefault(note.rule, []).append(note)
    return list(tests.values())


def _rows(rule: list[Note], entry: Progress) -> Rows:
    """The rows of the first failure, and for which devices they hold if another's were passed."""
    shown = rule[0]
    failed = dict.fromkeys(note.device for note in rule if note.test == shown.test and note.device)
    if not entry.held.get(shown.test):
        return shown.rows
    where = "  " + tr(ONLY).format(devices=", ".join(failed)).replace(" ", UNBROKEN)
    return [(label, value + where if label == "rule" else value) for label, value in shown.rows]


def coloured(writer: Any, line: str) -> str:
    """The line with what differs in red, where the terminal has colours."""
    if not writer.hasmarkup:
        return unmarked(line)
    before, *parts = line.split(MARK)
    text = before
    for part in parts:
        wrong, _, after = part.partition(UNMARK)
        text += writer.markup(wrong, red=True, bold=True) + after
    return text
