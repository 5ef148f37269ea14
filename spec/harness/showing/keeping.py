"""What is kept at a learner's home after a run: how far all is, and the solutions earned."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from .. import docstrings, language, texts
from ..explaining.progress import Progress, State, by_file
from ..files import catalogue, homes, sources, ways
from ..files.catalogue import Kata
from ..language import tr
from ..running.cases import case_of, is_case

EARNED = "{kata} is done. Its solution is now in {solution}, and another way in {other}."
SELECTING = ("keyword", "markexpr", "lf", "core")  # options that leave tests out

_left_out: pytest.StashKey[set[tuple[str, str]]] = pytest.StashKey()


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Notes the functions of which not all tests run."""
    for item in filter(is_case, items):
        known = item.config.stash.setdefault(_left_out, set())
        known.add((str(item.path), case_of(item).function))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Passes over earned solutions, unless they are named."""
    if collection_path.name != "solutions" or not homes.earns(collection_path.parent):
        return None
    named = (config.invocation_params.dir / str(each).partition("::")[0] for each in config.args)
    return None if any(path.is_relative_to(collection_path) for path in named) else True


def keep(entries: list[Progress], config: pytest.Config) -> list[str]:
    """Remembers how far all is that was run whole; a line for each solution that was earned."""
    said = []
    for file, functions in by_file(entries).items():
        path = Path(file).absolute()
        home, kata = homes.home_of(path), catalogue.named(functions[0].kata)
        if home is not None:
            left_out = _not_whole(path, functions, config)
            states = {e.function: e.state.value for e in functions if e.function not in left_out}
            known = homes.remember(home, kata, states).states
            if homes.earns(home) and all(
                known.get(name) == State.DONE.value for name in sources.units(kata)
            ):
                said += _earn(kata, home)
    return said


def _not_whole(path: Path, functions: list[Progress], config: pytest.Config) -> set[str]:
    """The functions of which tests were left out, as far as can be known; else all."""
    is_spread = bool(config.getoption("numprocesses", None))
    selects = any(config.getoption(name, None) for name in SELECTING)
    named = any("::" in str(word) for word in config.args)
    if named or config.getoption("maxfail") or (is_spread and selects):
        return {entry.function for entry in functions}
    left_out = config.stash.get(_left_out, set())
    return {function for file, function in left_out if Path(file) == path}


def _earn(kata: Kata, home: Path) -> list[str]:
    """Puts the solution, and one other way, into a home where they are not yet."""
    solution = home / "solutions" / kata.solution.name
    other = home / "solutions" / "another_way" / kata.solution.name
    if solution.exists():
        return []
    with contextlib.suppress(OSError):
        other.parent.mkdir(parents=True, exist_ok=True)
        other.write_text(ways.another_way(kata), encoding="utf-8")
        text = docstrings.translated(sources.read(kata.solution), language.spoken())
        solution.write_text(text, encoding="utf-8")
        names = {"solution": texts.shown(solution), "other": texts.shown(other)}
        return [tr(EARNED).format(kata=kata.name, **names)]
    return []
