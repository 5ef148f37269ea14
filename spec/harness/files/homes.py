"""Where a learner's katas are at home, and what is kept beside them: how far each function is.

A folder that `torch-katas init` has made bears a mark; a checkout is a home too.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from .catalogue import IS_CHECKOUT, KATAS, ROOT, Kata, packed

MARK = ".torch-katas"
PROGRESS = "progress.json"
NOT_STARTED = "not started"


@dataclass
class Standing:
    """How far the functions of a kata are, by name, and when that changed last."""

    states: dict[str, str] = field(default_factory=dict)
    when: float = 0.0  # seconds since the epoch


def is_own(folder: Path) -> bool:
    """Whether a folder was made for a learner's katas alone."""
    return (folder / MARK).is_dir() and folder != ROOT


def earns(home: Path) -> bool:
    """Whether solutions come to this home as katas are done, and not before."""
    return is_own(home) or (home == ROOT and bool(packed()))


def home_of(path: Path) -> Path | None:
    """The home of a kata's file; None where it lies elsewhere."""
    folder = path.absolute().parent
    if IS_CHECKOUT and folder == KATAS:
        return ROOT
    return folder if is_own(folder) else None


def home_at(folder: Path) -> Path | None:
    """The home that somebody is in, be it in a folder of it."""
    for place in (folder.absolute(), *folder.absolute().parents):
        if is_own(place) or (IS_CHECKOUT and place == ROOT):
            return place
    return None


def solution(kata: Kata, path: Path) -> Path | None:
    """Where the solution lies open for whoever wrote this file; None before it was earned."""
    home = home_of(path)
    if home is None and is_own(path.absolute().parent.parent):
        return None  # one that was earned
    place = home / "solutions" / kata.solution.name if home else kata.solution
    return place if place.exists() else None


def standing(home: Path) -> dict[str, Standing]:
    """How far each kata of a home was when it was run last."""
    try:
        known = json.loads((home / MARK / PROGRESS).read_text(encoding="utf-8"))
        return {name: Standing(**known[name]) for name in known}
    except (OSError, ValueError, TypeError):
        return {}


def _not_started(states: dict[str, str]) -> dict[str, str]:
    return {name: state for name, state in states.items() if state == NOT_STARTED}


def forget(path: Path, kata: Kata) -> None:
    """Knows no more how far a kata is, as it was begun anew."""
    home = home_of(path)
    known = standing(home).get(kata.name) if home else None
    if home and known:
        remember(home, kata, dict.fromkeys(known.states, NOT_STARTED))


def remember(home: Path, kata: Kata, states: dict[str, str]) -> Standing:
    """Keeps how far some functions of a kata are, where anything can be kept."""
    known = standing(home)
    mine = known.setdefault(kata.name, Standing())
    if states.items() - mine.states.items() - _not_started(states).items():
        mine.when = time.time()
    mine.states |= states
    with contextlib.suppress(OSError):
        (home / MARK).mkdir(exist_ok=True)
        fresh = home / MARK / f"{PROGRESS}.{os.getpid()}"
        fresh.write_text(json.dumps({name: vars(known[name]) for name in known}), encoding="utf-8")
        fresh.replace(home / MARK / PROGRESS)
    return mine
