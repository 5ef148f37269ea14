"""--hint: a function's hints, from a nudge to nearly the answer, one step at a time."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .. import settings, texts
from ..explaining.lines import lines
from ..files import catalogue, sources
from ..files.catalogue import Kata
from ..language import tr

if TYPE_CHECKING:
    from ..explaining.progress import Progress

WIDTH = 80
STEP = re.compile(r"^\d+\. ", re.MULTILINE)
HEADING = re.compile(r"^## (\w+)\n", re.MULTILINE)

NO_HINT = "There is no hint for {function} yet."
NO_STEP = "--hint {asked}: a step is 1, 2 or 3"
NONE = """--hint {asked}: there is no such function{where}.{meant} There are:
{known}"""


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Prints the hints that were asked for by name, and runs nothing."""
    named = [asked for asked in config.getoption("hint") or () if asked]
    if not named:
        return None
    for name in dict.fromkeys(asked.partition(":")[0] for asked in named):
        kata, path = _kata_with(name, config)
        steps = [asked for asked in named if asked.partition(":")[0] == name]
        for line in _told(kata, texts.shown(path), name, _wanted(steps), WIDTH):
            texts.say(line)
    return 0


def of(kata: Kata) -> dict[str, list[str]]:
    """The hints of each function of a kata, in steps."""
    if not kata.hints.exists():
        return {}
    _, *parts = HEADING.split(kata.hints.read_text(encoding="utf-8"))
    return {
        name: [" ".join(step.split()) for step in STEP.split(text)[1:]]
        for name, text in zip(parts[::2], parts[1::2], strict=True)
    }


def of_focus(entry: Progress, step: int, width: int) -> list[str]:
    """One step of the hints for the function in focus."""
    return _told(catalogue.named(entry.kata), entry.file, entry.function, step, width)


def _told(kata: Kata, file: str, function: str, step: int, width: int) -> list[str]:
    """One step of the hints for a function, and how to see the next."""
    steps = of(kata).get(function, [])
    if not steps:
        return [tr(NO_HINT).format(function=function)]
    step = max(1, min(step, len(steps)))
    number = tr("{step} of {steps}").format(step=step, steps=len(steps))
    rows = [(number, tr(steps[step - 1]))]
    if step < len(steps):
        rows.append(("more", settings.hint_command(file, function, step + 1)))
    return [tr("hint for {function}").format(function=function), *lines(rows, width)]


def _wanted(asked: list[str]) -> int:
    """The step: the last one named, or else as many as the option was repeated."""
    step = asked[-1].partition(":")[2]
    if not step:
        return len(asked)
    if not step.isdigit() or int(step) < 1:
        raise pytest.UsageError(tr(NO_STEP).format(asked=asked[-1]))
    return int(step)


def _kata_with(name: str, config: pytest.Config) -> tuple[Kata, Path]:
    """The kata that has this function, and its file, among those named or else among all."""
    paths = [_path(argument) for argument in config.args]
    named = [kata for kata in map(catalogue.kata_of, paths) if kata]
    katas = named or list(catalogue.katas())
    for kata in katas:
        if name in sources.units(kata):
            files = [path / kata.stub.name if path.is_dir() else path for path in paths]
            there = (file for file in files if file.name == kata.stub.name and file.exists())
            stub = kata.stub if catalogue.IS_CHECKOUT else Path(kata.stub.name)
            return kata, next(there, stub)
    known = "\n".join(f"  {kata.name}: {', '.join(sources.units(kata))}" for kata in katas)
    where = tr(" in {katas}").format(katas=", ".join(k.name for k in named)) if named else ""
    every = [function for kata in katas for function in sources.units(kata)]
    close = difflib.get_close_matches(name, every, n=1)
    meant = tr(" Is {name} meant?").format(name=close[0]) if close else ""
    raise pytest.UsageError(tr(NONE).format(asked=name, where=where, meant=meant, known=known))


def _path(argument: Any) -> Path:
    return Path(str(argument).partition("::")[0])
