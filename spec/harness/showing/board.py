"""The board: a line a kata, the total, and the next step."""

from collections.abc import Sequence
from typing import Any

from spec.harness import rendering
from spec.harness.explaining.progress import Progress, State, by_file, focus
from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import SOLUTIONS
from spec.harness.settings import command
from spec.harness.verdicts import Kind

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


def show(writer: Any, entries: list[Progress], devices: Sequence[str]) -> None:
    """The whole board, for the functions that were tried."""
    if not entries:
        return
    writer.sep("=", "board")
    files = by_file(entries)
    next_one = focus(entries)
    width = max(map(len, files))
    for file, functions in files.items():
        works, done = sum(e.works for e in functions), sum(e.state is State.DONE for e in functions)
        state = _state(functions, next_one)
        passed, total = sum(e.passed for e in functions), sum(e.total for e in functions)
        of = len(functions)
        writer.write(f"{file:<{width}}  ")
        writer.write(f"{state:<11}", **{COLOURS.get(state, "red"): True})
        writer.line(f"  {works:>2}/{of} work  {done:>2}/{of} done  {passed:>3}/{total} tests")
    writer.line()
    for line in next_step(entries, devices):
        writer.line(line)


def next_step(entries: list[Progress], devices: Sequence[str]) -> list[str]:
    """How many functions work, how many are done, and what comes next."""
    entry = focus(entries)
    facts = {
        "devices": ", ".join(devices),
        "functions": len(entries),
        "works": sum(each.works for each in entries),
        "done": sum(each.state is State.DONE for each in entries),
    }
    left = sum(each.not_run for each in entries)
    if entry is None and not facts["done"] and not left:
        return [ALL_WORK.format(**facts), EDGES_WERE_LEFT_OUT]
    if entry is None and _are_all_katas(entries) and not left:
        return FINISHED.format(**facts).splitlines()
    said = [SO_FAR.format(**facts), *([NOT_RUN.format(left=left)] if left else [])]
    said += [n.rows[0][1] for each in entries for n in each.failures if n.kind is Kind.LOST]
    if entry is None:
        return [*said, COMPARE.format(solution=_solution(entries[-1]))]
    if entry.whole_file:
        task, words = MEND_THE_FILE, [entry.file]
    else:
        begun = MEND if entry.failures else BEGIN
        task = ITS_EDGES if entry.state is State.WORKS else begun
        words = [entry.file, "-k", entry.function]
    return [*said, task.format(entry=entry), RUN.format(command=command(*words))]


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


def _solution(entry: Progress) -> str:
    return rendering.shown(SOLUTIONS / f"{entry.kata}.py")
