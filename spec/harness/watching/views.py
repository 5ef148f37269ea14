"""What a watcher says of a function: what fails, or that it is done and what comes next."""

import ast
import functools
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from _pytest._io import TerminalWriter

from .. import texts
from ..explaining.lines import Rows, lines
from ..explaining.progress import Progress, State
from ..files import catalogue, homes, sources
from ..files.catalogue import Kata
from ..language import tr, trn
from ..showing import board, failures, hints
from .course import File
from .fitting import Part, Worth

PASSED = "{entry.place} {entry.function}: all {entry.total} tests pass"
NOT_STARTED = "{entry.place} {entry.function} is not started"
KATA_DONE = "{file} is done: {functions} functions. Well done."
KATA_WORKS = "{file} works: {functions} functions. Their edges were left out."
COMPARE = "{solution}, one way of many"
ONE_OTHER = "{count} more rule of {entry.function}: a shows them"
OTHERS = "{count} more rules of {entry.function}: a shows them"
HINT = "hint for {entry.function}, {step} of {steps}"
NO_HINT = "There is no hint for {entry.function} yet."

SHORT = 4  # lines of a tensor that stay in any window
WORTH = {
    "rule": Worth.RULE,
    "also": Worth.NEXT,
    "called": Worth.CALL,
    "then": Worth.CALL,
    "printed": Worth.PRINTED,
    "expected": Worth.VALUES,
    "got": Worth.VALUES,
    "with": Worth.VALUES,
    "problem": Worth.WORDS,
    "raised": Worth.MISTAKE,
    "do": Worth.WORDS,
    "at": Worth.WORDS,
    "mistake": Worth.MISTAKE,
    "notice": Worth.MISTAKE,
}
Markup = Callable[..., str]  # text and styles to text as the terminal takes it

GREEN, BOLD, YELLOW = {"green": True}, {"bold": True}, {"yellow": True}
GAP = Part([""], Worth.SPACE)


def verdict(file: File, following: Progress | None, width: int) -> list[Part]:
    """How it stands with the function that the learner is at, and what comes next, if it is done.

    What comes next gives way to what is said of the function itself.
    """
    shown = file.shown()
    if shown is None and not file.is_done:
        return [words(file.name)]
    if shown is not None and not shown.done:
        parts = failing(shown, width) if shown.failures else task(shown, width)
        if file.task() is shown:
            return parts
    else:
        parts = passed(shown, width) if shown else []
        parts += kata_done(file, width) if file.works else []
    if following is None:
        return parts
    after = failing(following, width) if following.failures else task(following, width)
    return [*parts, *(replace(p, worth=min(p.worth, Worth.NEXT), least=0) for p in after)]


def failing(entry: Progress, width: int) -> list[Part]:
    """A function's first failing rule."""
    rows, others = failures.first_rule(entry)
    name = entry.place if entry.whole_file else failures.headline(entry)
    parts = [Part([name], Worth.NAME, 1, style=BOLD), *of_rows(rows, width)]
    if others:
        also = trn(ONE_OTHER, OTHERS, others).format(count=others, entry=entry)
        parts += of_rows([("also", also)], width)
    for title, text in entry.failures[0].printed:
        name = tr(failures.PRINTED.get(title, title))
        printed = [f"  -- {name} --", *(f"  {line}" for line in text.splitlines())]
        parts.append(Part(printed, Worth.PRINTED, 3, indent=2))
    return [*parts, GAP]


def of_rows(rows: Rows, width: int, worth: Worth | None = None) -> list[Part]:
    """Rows as parts, a row each, so that none is cut for the sake of another that tells less."""
    parts = []
    for row in rows:
        text = lines([row], width)
        mine = WORTH.get(row[0], Worth.REST) if worth is None else worth
        least = 0 if mine is Worth.NEXT else min(SHORT, len(text))
        parts.append(Part(text, mine, least, indent=12))
    return parts


def passed(entry: Progress, width: int) -> list[Part]:
    """That a function is done, what was learnt with it, and what to compare it with."""
    unit = sources.units(catalogue.named(entry.kata))[entry.function]
    kata = catalogue.named(entry.kata)
    done = Part([tr(PASSED).format(entry=entry)], Worth.NAME, 1, style=GREEN)
    rows = [("learnt", tr(summary(kata, entry.function)))]
    solution = homes.solution(kata, Path(entry.file))
    if entry.state is State.DONE and solution:
        line = sources.promised(kata)[unit.owner].lineno
        place = f"{texts.shown(solution.absolute())}:{line}"
        rows.append(("compare", tr(COMPARE).format(solution=place)))
    return [done, *of_rows(rows, width, Worth.MISTAKE), GAP]


def kata_done(file: File, width: int) -> list[Part]:
    """The same of a whole kata."""
    is_done = all(entry.state is State.DONE for entry in file.entries)
    said = tr(KATA_DONE if is_done else KATA_WORKS)
    solution = homes.solution(file.kata, file.path)
    rows = [("learnt", tr(summary(file.kata)))]
    if is_done and solution:
        rows.append(("compare", tr(COMPARE).format(solution=texts.shown(solution))))
    text = said.format(file=file.name, functions=len(file.entries))
    done = Part([text], Worth.NAME, 1, style={**GREEN, **BOLD})
    return [done, *of_rows(rows, width, Worth.MISTAKE), GAP]


def task(entry: Progress, width: int) -> list[Part]:
    """A function that is not started: where it is, and what its docstring says first."""
    said = tr(summary(catalogue.named(entry.kata), entry.function))
    name = Part([tr(NOT_STARTED).format(entry=entry)], Worth.NAME, 1, style=YELLOW)
    return [name, *of_rows([("task", said)], width, Worth.RULE), GAP]


def hint(entry: Progress, step: int, width: int) -> list[Part]:
    """A hint for the function, which takes the place of what is needed less."""
    steps = hints.of(catalogue.named(entry.kata)).get(entry.function, [])
    if not steps:
        return [Part([tr(NO_HINT).format(entry=entry)], Worth.NAME, 1), GAP]
    number = min(step, len(steps))
    name = tr(HINT).format(entry=entry, step=number, steps=len(steps))
    text = lines([("", tr(steps[number - 1]))], width)
    return [Part([name, *text], Worth.NAME, 1 + len(text)), GAP]


def step(entry: Progress) -> Part:
    """What to begin with, or to mend."""
    return Part([board.task(entry)], Worth.STEP, 1, style=BOLD)


def everything(entries: list[Progress], writer: Any) -> list[Part]:
    """All failures as a run without a watcher shows them, whatever the height of the window."""
    text = io.StringIO()
    plain = TerminalWriter(text)
    plain.hasmarkup, plain.fullwidth = writer.hasmarkup, writer.fullwidth
    failures.show(plain, entries, everything=True)
    return [Part(text.getvalue().splitlines(), Worth.NAME)]


def whole_board(
    entries: list[Progress],
    at: Progress | None,
    devices: Sequence[str],
    width: int,
    markup: Markup,
) -> list[Part]:
    """The board, a line a kata, and what is to be done at one of the functions."""
    whole = board.table(entries, at)
    longest = max(len(f"{line.before}{line.state}{line.after}") for line in whole)
    table = board.table(entries, at, brief=True) if longest > width else whole
    rows = [f"{each.before}{markup(each.state, **each.style)}{each.after}" for each in table]
    parts = [Part(rows, Worth.REST), GAP, Part(board.so_far(entries, devices), Worth.STEP, 1)]
    return [*parts, step(at)] if at else parts


def words(text: str, worth: Worth = Worth.NAME) -> Part:
    """A sentence of the watcher's own."""
    return Part(text.splitlines(), worth, 1)


def _promising(kata: Kata) -> Path:
    return kata.solution if catalogue.is_there(kata.solution) else kata.stub


@functools.cache
def summary(kata: Kata, function: str | None = None) -> str:
    """What the docstring of a kata, or of one of its functions, says first; in one line."""
    documented: list[ast.AST] = [ast.parse(sources.read(_promising(kata)))]
    if function is not None:
        unit = sources.units(kata)[function]
        owner = sources.promised(kata)[unit.owner]
        documented = [n for m in unit.methods if (n := sources.method_of(owner, m))]
        documented += [owner]
    for node in documented:
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            text = ast.get_docstring(node) or ""
            if text:
                return " ".join(text.partition("\n\n")[0].split())
    return ""
