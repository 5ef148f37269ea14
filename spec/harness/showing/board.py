"""The board: a line a kata, the total, and the next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from .. import texts
from ..explaining.progress import Progress, State, by_file, focus
from ..files import catalogue, homes, sources
from ..files.catalogue import Kata
from ..language import tr
from ..settings import command
from ..verdicts import Kind

# How far the functions of a file are, in a word of 11 letters at most.
STATES = ("done", "works", "current", "begun", "not started", "not run")
COLOURS = {"done": "green", "works": "green", "not started": "yellow", "not run": "yellow"}

FINISHED = """All katas are done, on {devices}: {functions} functions. Well done.
Now compare with solutions/, which holds one way of many."""
ALL_WORK = "All {functions} functions work, on {devices}. Well done."
EDGES_WERE_LEFT_OUT = "Their edges were left out: run without --core to see what is left."
SO_FAR = "{works} of {functions} functions work, {done} are done, on {devices}."
COMPARE = "Compare with {solution}, one way of many."
NOT_RUN = "Not run: {left} tests, since their device can't be used any more."
MEND_THE_FILE = "Mend the file: {entry.place}"
MEND = "Mend {entry.function}: {entry.place}"
BEGIN = "Begin with {entry.function}: {entry.place}"
ITS_EDGES = "{entry.function} works. Its edges are left: {entry.place}"
RUN = "Then run: {command}"


def show(
    writer: Any, entries: list[Progress], devices: Sequence[str], at: Progress | None = None
) -> None:
    """The whole board, for the functions that were tried; at one of them, if not that in focus."""
    if not entries:
        return
    writer.sep("=", tr("board"))
    for kata in table(entries, at):
        writer.write(kata.before)
        writer.write(kata.state, **kata.style)
        writer.line(kata.after)
    writer.line()
    for line in next_step(entries, devices, at):
        writer.line(line)


@dataclass(frozen=True)
class Line:
    """The line of a file, and how its state in the middle of it is drawn."""

    before: str
    state: str
    after: str
    style: dict[str, bool]


def table(entries: list[Progress], at: Progress | None = None, brief: bool = False) -> list[Line]:
    """A line a file; where there is little room, without its folder and its tests."""
    files, next_one = by_file(entries), at or focus(entries)
    names = {file: PurePath(file).stem if brief else file for file in files}
    longest = max(map(len, names.values()), default=0)
    digits = max((len(str(len(functions))) for functions in files.values()), default=0)
    found = []
    for file, functions in files.items():
        works, done = sum(e.works for e in functions), sum(e.state is State.DONE for e in functions)
        state, of = _state(functions, next_one), f"{len(functions):<{digits}}"
        passed, total = sum(e.passed for e in functions), sum(e.total for e in functions)
        after = tr("  {works:>2}/{of} work  {done:>2}/{of} done").format(
            works=works, done=done, of=of
        )
        if not brief:
            after += tr("  {passed:>3}/{total} tests").format(passed=passed, total=total)
        style = {COLOURS.get(state, "red"): True}
        found.append(Line(f"{names[file]:<{longest}}  ", f"{tr(state):<11}", after, style))
    return found


def in_short(kata: Kata, mine: list[Progress], entries: list[Progress], of: int) -> list[str]:
    """How many functions of a kata are done, how many of all, and how many others work."""
    done, own = (sum(e.state is State.DONE for e in each) for each in (entries, mine))
    works = sum(entry.state is State.WORKS for entry in entries)
    number = kata.name.partition("_")[0]
    of_all = tr("{done} of {of}").format(done=done, of=of)
    return [f"{number} {own}/{len(sources.units(kata))}", of_all, tr("works {n}").format(n=works)]


def next_step(
    entries: list[Progress], devices: Sequence[str], at: Progress | None = None
) -> list[str]:
    """How many functions work, how many are done, and what comes next."""
    entry = at or focus(entries)
    if entry is None:
        return so_far(entries, devices)
    words = [entry.file] if entry.whole_file else [entry.file, "-k", _selecting(entry)]
    then = tr(RUN).format(command=command(*words))
    return [*so_far(entries, devices), task(entry), then]


def _selecting(entry: Progress) -> str:
    """What picks a function's tests, and not those of a file whose name has the same word in it."""
    name = entry.function
    return f"test_{name}_" if name in entry.kata else name


def so_far(entries: list[Progress], devices: Sequence[str]) -> list[str]:
    """How many functions work and how many are done; where nothing is left, what to do then."""
    entry = focus(entries)
    facts = {
        "devices": ", ".join(devices),
        "functions": len(entries),
        "works": sum(each.works for each in entries),
        "done": sum(each.state is State.DONE for each in entries),
    }
    left = sum(each.not_run for each in entries)
    if entry is None and not facts["done"] and not left:
        return [tr(ALL_WORK).format(**facts), tr(EDGES_WERE_LEFT_OUT)]
    if entry is None and _are_all_katas(entries) and not left:
        return tr(FINISHED).format(**facts).splitlines()
    said = [tr(SO_FAR).format(**facts), *([tr(NOT_RUN).format(left=left)] if left else [])]
    said += [n.rows[0][1] for each in entries for n in each.failures if n.kind is Kind.LOST]
    if entry is None:
        solution = homes.solution(catalogue.named(entries[-1].kata), Path(entries[-1].file))
        return [*said, tr(COMPARE).format(solution=texts.shown(solution))] if solution else said
    return said


def task(entry: Progress) -> str:
    """What is to be done with a function that is not finished, and where it is."""
    if entry.whole_file:
        return tr(MEND_THE_FILE).format(entry=entry)
    if entry.state is State.WORKS:
        return tr(ITS_EDGES).format(entry=entry)
    return tr(MEND if entry.failures else BEGIN).format(entry=entry)


def _state(functions: list[Progress], next_one: Progress | None) -> str:
    """In a word: done, works, current (it holds the function in focus), not started, begun."""
    if all(entry.state is State.DONE for entry in functions):
        return "done"
    if all(entry.state is State.NOT_RUN for entry in functions):
        return "not run"
    if all(entry.works for entry in functions):
        return "works"
    if next_one in functions:
        return "current"
    return "begun" if any(e.passed or e.failures for e in functions) else "not started"


def _are_all_katas(entries: list[Progress]) -> bool:
    katas = catalogue.katas()
    promised = {(kata.name, name) for kata in katas for name in sources.units(kata)}
    return {(entry.kata, entry.function) for entry in entries} == promised
