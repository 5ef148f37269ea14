"""The board: a line a kata, the total, and the next step."""

from collections.abc import Sequence
from typing import Any

from spec.harness import rendering
from spec.harness.explaining.progress import Progress, by_file, focus
from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import SOLUTIONS
from spec.harness.settings import pytest_as_called

COLOURS = {"done": "green", "not started": "yellow"}

FINISHED = """All katas are done, on {devices}: {functions} functions. Well done.
Now compare with solutions/, which holds one way of many."""


def show(writer: Any, entries: list[Progress], devices: Sequence[str]) -> None:
    """The whole board, for the functions that were tried."""
    if not entries:
        return
    writer.sep("=", "board")
    files = by_file(entries)
    next_one = focus(entries)
    width = max(map(len, files))
    for file, functions in files.items():
        done = sum(entry.done for entry in functions)
        state = _state(functions, next_one)
        passed, total = sum(e.passed for e in functions), sum(e.total for e in functions)
        writer.write(f"{file:<{width}}  ")
        writer.write(f"{state:<11}", **{COLOURS.get(state, "red"): True})
        writer.line(f"  {done:>2}/{len(functions)} functions  {passed:>4}/{total} tests")
    writer.line()
    for line in next_step(entries, devices):
        writer.line(line)


def next_step(entries: list[Progress], devices: Sequence[str]) -> list[str]:
    """How many functions are done, and what comes next."""
    where = ", ".join(devices)
    entry = focus(entries)
    if entry is None and _are_all_katas(entries):
        return FINISHED.format(devices=where, functions=len(entries)).splitlines()
    done = sum(entry.done for entry in entries)
    verb = "is" if done == 1 else "are"
    said = [f"{done} of {len(entries)} functions {verb} done, on {where}."]
    if entry is None:
        return [*said, f"Compare with {_solution(entries[-1])}, one way of many."]
    if entry.whole_file:
        task, selection = "Mend the file", ""
    else:
        verb = "Mend" if entry.failures else "Begin with"
        task, selection = f"{verb} {entry.function}", f" -k {entry.function}"
    again = f"{pytest_as_called()} {entry.file}{selection}"
    return [*said, f"{task}: {entry.place}", f"Then run: {again}"]


def _state(functions: list[Progress], next_one: Progress | None) -> str:
    """In a word: done, current (it holds the function in focus), not started, begun."""
    if all(entry.done for entry in functions):
        return "done"
    if next_one in functions:
        return "current"
    return "begun" if any(e.passed or e.failures for e in functions) else "not started"


def _are_all_katas(entries: list[Progress]) -> bool:
    katas = catalogue.katas()
    promised = {(kata.name, name) for kata in katas for name in sources.promised(kata)}
    return {(entry.kata, entry.function) for entry in entries} == promised


def _solution(entry: Progress) -> str:
    return rendering.shown(SOLUTIONS / f"{entry.kata}.py")
