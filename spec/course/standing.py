"""Where a learner was: how far each kata is, what comes next, and three commands."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from ..harness import typed
from ..harness.files import catalogue, homes, sources
from ..harness.files.homes import NOT_STARTED, Standing
from ..harness.language import tr, trn

ELSEWHERE = "  torch-katas update brings it"
NOT_YET = "Nothing was run here yet."
LAST = "Last run: {when}."
SO_FAR = "{works} of {functions} functions work, {done} are done."
BEGIN = "Begin with {function} in {file}."
ITS_EDGES = "All functions work. The edges of {function} in {file} are left."
FINISHED = "All katas are done. Well done."
COMMANDS = {
    "torch-katas watch": "tries what you save",
    "torch-katas run": "tries all that you wrote",
    "torch-katas hint {function}": "gives a hint",
}
AGO = (
    ("{n} month ago", "{n} months ago", 30),
    ("{n} week ago", "{n} weeks ago", 7),
    ("{n} day ago", "{n} days ago", 1),
)
WORKS = ("works", "done")


def lines(home: Path) -> Iterator[str]:
    """What somebody who comes back wants to know."""
    known = homes.standing(home)
    katas = catalogue.katas()
    folder = catalogue.KATAS if home == catalogue.ROOT else home
    states = {
        (kata.name, name): known.get(kata.name, Standing()).states.get(name, NOT_STARTED)
        for kata in katas
        for name in sources.units(kata)
    }
    last = max((each.when for each in known.values()), default=0.0)
    yield tr(LAST).format(when=_ago(time.time() - last)) if last else tr(NOT_YET)
    longest = max(len(kata.name) for kata in katas)
    for kata in katas:
        mine = [states[kata.name, name] for name in sources.units(kata)]
        works, done = sum(s in WORKS for s in mine), mine.count("done")
        of = f"{len(mine):<2}"
        missing = "" if (folder / kata.stub.name).exists() else tr(ELSEWHERE)
        share = tr("  {works:>2}/{of} work  {done:>2}/{of} done")
        said = share.format(works=works, done=done, of=of)
        yield f"{kata.name:<{longest}}{said}{missing}"
    yield ""
    every = list(states.values())
    works, done = sum(s in WORKS for s in every), every.count("done")
    yield tr(SO_FAR).format(works=works, functions=len(every), done=done)
    kata_name, function = _next(states, max(known, key=lambda name: known[name].when, default=""))
    file = typed.path(folder / f"{kata_name}.py")
    said = tr(BEGIN if works < len(every) else ITS_EDGES if done < len(every) else FINISHED)
    yield said.format(function=function, file=file)
    yield ""
    commands = [(command.format(function=function), tr(what)) for command, what in COMMANDS.items()]
    wide = max(len(command) for command, _ in commands)
    for command, what in commands:
        yield f"  {command:<{wide}}  {what}"


def _next(states: dict[tuple[str, str], str], last: str) -> tuple[str, str]:
    """The first function that does not work, before all others of the kata that was at hand last.

    Where all work, the first that is not done; where all are, the last of all.
    """
    order = [key for key in states if key[0] == last] + list(states)
    for wanted in (WORKS, ("done",)):
        for key in order:
            if states[key] not in wanted:
                return key
    return list(states)[-1]


def _ago(seconds: float) -> str:
    """How long ago, in the largest unit that fits."""
    for one, many, days in AGO:
        number = int(seconds // (days * 86_400))
        if number >= 2:
            return trn(one, many, number).format(n=number)
    return tr("yesterday") if seconds > 86_400 else tr("today")
