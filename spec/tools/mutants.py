"""Mutation testing: small faults put into the solutions, which the specs must notice.

    python -m spec.tools.mutants [kata ...]

cosmic-ray makes the mutants, and each keyword argument is left out once. They run in one
process a kata, each against the tests of the function that was changed, since a pytest start for
each of thousands would take hours.
Mutants that no test could tell from the solution are listed in equivalent_mutants.txt, with the
reason; a survivor that is not listed, or one listed that is killed, fails the run.
"""

import ast
import difflib
import itertools
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import ROOT, Kata
from spec.tests.inner import Outcomes, run
from spec.tools.check import chosen

EQUIVALENT = Path(__file__).with_name("equivalent_mutants.txt")
NEEDS_ARGUMENTS = ("core/VariableReplacer", "core/VariableInserter")
TIME_LIMIT = "5"


@dataclass(frozen=True)
class Mutant:
    """A solution with one fault: the function it lies in, what changed, and the whole source."""

    kata: str
    function: str
    change: str
    source: str

    @property
    def name(self) -> str:
        """The mutant in one line, as equivalent_mutants.txt lists it."""
        return f"{self.kata} {self.function}: {self.change}"


def mutants(kata: Kata) -> Iterator[Mutant]:
    """Every mutant of a solution whose code differs; docstrings and annotations are left alone."""
    source = kata.solution.read_text(encoding="utf-8")
    seen = {_code(source)}
    for mutated in itertools.chain(_by_cosmic_ray(source), _without_keywords(source)):
        code = _code(mutated)
        if code is not None and code not in seen:
            seen.add(code)
            yield _described(kata, source, mutated)


def _by_cosmic_ray(source: str) -> Iterator[str]:
    """Operators, comparisons, numbers and truth values exchanged; loops and errors emptied."""
    for name in sorted(set(operator_names()) - set(NEEDS_ARGUMENTS)):
        operator = get_operator(name)()
        for occurrence in itertools.count():
            mutated = mutate_code(source, operator, occurrence)
            if mutated is None:
                break
            yield mutated


def _without_keywords(source: str) -> Iterator[str]:
    """Each keyword argument left out once: dtype=, device=, dim=, keepdim= are easily forgotten."""
    starts = [0, *itertools.accumulate(map(len, source.splitlines(keepends=True)))]
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for keyword in (keyword for call in calls for keyword in call.keywords):
        first = starts[keyword.lineno - 1] + keyword.col_offset
        last = starts[(keyword.end_lineno or 0) - 1] + (keyword.end_col_offset or 0)
        before, after = source[:first].rstrip(), source[last:]
        yield (before[:-1] if before.endswith(",") else before) + (
            after if before.endswith(",") else after.lstrip().removeprefix(",").lstrip()
        )


def _code(source: str) -> str | None:
    """What the source does, as text; None where it is no longer Python."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        if isinstance(node, ast.arg):
            node.annotation = None
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            value = body[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                value.value = ""
    return ast.unparse(tree)


def _described(kata: Kata, source: str, mutated: str) -> Mutant:
    before, after = source.splitlines(), mutated.splitlines()
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    _, first, last, there, until = next(c for c in matcher.get_opcodes() if c[0] != "equal")
    old = " ".join(line.strip() for line in before[first:last])
    new = " ".join(line.strip() for line in after[there:until])
    owner = next(
        (
            node.name
            for node in ast.parse(source).body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            and node.lineno <= first + 1 <= (node.end_lineno or 0)
        ),
        "module",
    )
    return Mutant(kata.name, owner, f"{old} -> {new}", mutated)


class Narrowed(Outcomes):
    """Runs each mutant only against the tests of the function in which it lies."""

    def __init__(self, kata: Kata, targets: dict[str, str]) -> None:
        super().__init__(stop_early=True)
        self.kata = kata
        self.targets = targets

    def subject(self, nodeid: str) -> str:
        """The mutant's folder."""
        return nodeid.partition("::")[0].split("/")[-2]

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makeitem(self, collector: Any, name: str) -> list[object] | None:
        """Leaves out the tests of other functions."""
        target = self.targets.get(collector.path.parent.name)
        unit = sources.units(self.kata).get(sources.function_of(self.kata, name) or "")
        wanted = target not in sources.promised(self.kata) or (
            unit is not None and unit.owner == target
        )
        return None if wanted or not name.startswith("test_") else []


def survivors(name: str) -> tuple[int, list[str]]:
    """How many mutants a kata has, and which of them no test noticed."""
    kata = catalogue.named(name)
    found = list(mutants(kata))
    if not found:
        return 0, []
    with tempfile.TemporaryDirectory() as folder:
        targets = {}
        for number, mutant in enumerate(found):
            place = Path(folder) / f"m{number:05}"
            place.mkdir()
            (place / f"{name}.py").write_text(mutant.source, encoding="utf-8")
            targets[place.name] = mutant.function
        seen = Narrowed(kata, targets)
        ran = run(Path(folder), ".", f"--timeout={TIME_LIMIT}", plugins=[seen])
        assert ran.status in (0, 1), ran.output[-3000:]
    alive = [mutant.name for number, mutant in enumerate(found) if not seen.failed[f"m{number:05}"]]
    return len(found), alive


def listed(names: list[str]) -> dict[str, str]:
    """The equivalent mutants of these katas and why they are equivalent."""
    entries: dict[str, str] = {}
    reason = ""
    for line in EQUIVALENT.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            reason = line.removeprefix("# ")
        elif line.partition(" ")[0] in names:
            entries[line] = reason
    return entries


def main(arguments: list[str]) -> int:
    """Prints a line a kata, then what is wrong; returns the exit code."""
    names = list(dict.fromkeys(k.name for wanted in arguments or [""] for k in chosen(wanted)))
    total, alive = 0, []
    print(f"{'kata':<20} {'mutants':>8} {'killed':>8} {'equivalent':>11} {'survived':>9}")
    equivalent = listed(names)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for name, (count, living) in zip(names, pool.map(survivors, names), strict=True):
            known = [mutant for mutant in living if mutant in equivalent]
            killed = count - len(living)
            left = len(living) - len(known)
            print(f"{name:<20} {count:>8} {killed:>8} {len(known):>11} {left:>9}", flush=True)
            total += count
            alive += living
    unlisted = [mutant for mutant in alive if mutant not in equivalent]
    stale = [mutant for mutant in equivalent if mutant not in alive]
    for mutant in unlisted:
        print(f"survived: {mutant}")
    for mutant in stale:
        print(f"listed as equivalent, but killed or gone: {mutant}")
    return 1 if unlisted or stale else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
