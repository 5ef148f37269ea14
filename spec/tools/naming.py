"""How well mistakes are explained, measured on the catalogue itself.

    python -m spec.tools.naming alone [kata ...] [--every 4] [--save FILE]
    python -m spec.tools.naming pairs [kata ...] [--count 300] [--seed 0] [--save FILE]
    python -m spec.tools.naming shown [kata ...] [--count 20] [--seed 0]

`alone` hands in each wrong answer while the catalogue lacks it and all with its words: what is
said then is what an unknown mistake is told. Told is of a mistake; noticed, of a fact; said, by the
screen without either, where the check that failed says in words of its own what is wrong. `pairs`
makes a second mistake in wrong answers, a general one, and sees whether the one that is shown is
named. Both print a line a kata, with the time that explaining takes, and save what was said beside
the code, for whoever judges whether it is true. `shown` prints failures as a learner reads them.
"""

import argparse
import ast
import contextlib
import random
import re
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from spec.harness.explaining import diagnosis, facts, general, suspects
from spec.harness.explaining.endings import is_bare
from spec.harness.files import sources
from spec.harness.files.catalogue import Kata
from spec.harness.files.sources import Definition
from spec.harness.rendering import unmarked
from spec.harness.verdicts import About, CheckFailure
from spec.tests.inner import run
from spec.tests.naming import Named, functions_only, handed_in
from spec.tools.check import chosen
from spec.tools.second import SECOND, with_second

# What is timed, by the module that it is called from.
EXPLAINING = ((diagnosis, "candidates"), (diagnosis, "acquit"), (facts, "notice"))
KINDS = ("told", "noticed", "said", "neither")
# Problems in words of their own that say what was measured, and not what is wrong.
SYMPTOM = re.compile(
    r"should come near|should have the shapes|\bis (-?\d|nan|tensor).*, and should"
)
LACKS = (
    "what came back has no ", "what came back can't be ", "what came back is ", "there is None",
)  # fmt: skip
WITHIN = 0.3  # seconds that explaining a function's failures may take


@dataclass(frozen=True)
class Told:
    """What the first screen says of one answer, and what it is."""

    name: str
    code: str
    own: str  # the words for the mistake that it is
    test: str
    rows: list[tuple[str, str]]
    mistakes: list[str]
    notice: str | None
    seconds: float  # that explaining took
    in_words: bool  # whether the check that failed says what is wrong

    @property
    def kind(self) -> str:
        """Told of a mistake; noticed, or an error of torch is put plainly; said; or neither."""
        if self.mistakes:
            return "told"
        plainly = any(row == "meaning" for row, _ in self.rows)
        if self.notice or plainly:
            return "noticed"
        return "said" if self.in_words else "neither"

    def text(self) -> str:
        """All of it, to be judged by reading."""
        said = [("mistake", words) for words in self.mistakes] or [("notice", str(self.notice))]
        lines = [f"{row:>9} | {unmarked(words)}" for row, words in [*self.rows, *said]]
        return "\n".join([f"## {self.name} [{self.kind}] {self.test}", *lines, self.own, self.code])


@dataclass
class Watching:
    """Knows whose answer is being tried, leaves it out of the catalogue, and counts the time."""

    without_own: bool
    folder: str = ""
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    in_words: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        """Notes the folder that a test is about."""
        self.folder = item.path.parent.name

    @contextlib.contextmanager
    def installed(self) -> Iterator[None]:
        """Looks at what is asked of the catalogue, and how long explaining takes."""
        with contextlib.ExitStack() as stack:
            for module, name in EXPLAINING:
                timed = self._timed(getattr(module, name))
                stack.enter_context(mock.patch.object(module, name, timed))
            noticing = self._reading(facts.notice)
            stack.enter_context(mock.patch.object(facts, "notice", noticing))
            known = suspects.known_mistakes
            lacking = self._lacking(known) if self.without_own else known
            stack.enter_context(mock.patch.object(suspects, "known_mistakes", lacking))
            yield

    def _timed(self, explain: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any) -> Any:
            start = time.process_time()
            try:
                return explain(*arguments)
            finally:
                self.seconds[self.folder] += time.process_time() - start

        return timed

    def _reading(self, notice: Callable[..., Any]) -> Callable[..., Any]:
        """Notes which problems are put in words of their own; a True or False is none of them."""

        def reading(error: BaseException, seen: facts.Seen) -> Any:
            if _is_worded(error) and not is_bare(seen.result):
                self.in_words[self.folder].add(str(error))
            return notice(error, seen)

        return reading

    def _lacking(self, known: Callable[[Kata], dict[str, str]]) -> Callable[..., dict[str, str]]:
        def lacking(kata: Kata) -> dict[str, str]:
            every = known(kata)
            own = every.get(self.folder)
            return {name: words for name, words in every.items() if words != own}

        return lacking


def told(kata: Kata, answers: dict[str, Definition], without_own: bool = False) -> list[Told]:
    """What is said first of each of these answers, by function__name, where a test rejects it."""
    if not answers:
        return []
    for function in sources.promised(kata):
        suspects.general_mistakes(kata, function)  # made once, which is no one answer's time
    seen, watching = Named(), Watching(without_own)
    known = suspects.known_mistakes(kata)
    with tempfile.TemporaryDirectory() as folder, watching.installed():
        names = handed_in(kata, kata.wrong, Path(folder), answers)
        functions_only(Path(folder), names, "auto", seen, watching)
    shown = seen.shown()
    found = []
    for name in names:
        entry = shown.get((name, suspects.function_of(name)))
        if entry is not None:
            first = entry.failures[0]
            found.append(
                Told(
                    name,
                    ast.unparse(answers[name]),
                    known.get(name.partition("___")[0], ""),
                    first.test,
                    first.rows,
                    entry.mistakes(),
                    first.notice,
                    watching.seconds[name],
                    _is_in_words(first.rows, watching.in_words[name]),
                )
            )
    return found


def _is_worded(error: BaseException) -> bool:
    """Whether a spec has put a problem in words of its own, other than what was measured."""
    worded = isinstance(error, CheckFailure) and error.about is About.OTHER
    return worded and not SYMPTOM.search(str(error))


def _is_in_words(rows: list[tuple[str, str]], problems: set[str]) -> bool:
    """Whether the problem is one of these, or is what is lacking, or comes with what to do."""
    said = dict(rows)
    lacks = "expected" not in said and said.get("problem", "").startswith(LACKS)
    return "do" in said or lacks or said.get("problem") in problems


def second_words(kata: Kata, names: list[str]) -> dict[tuple[str, str], set[str]]:
    """What may be said of each second mistake: what is, where the answer is right beside it."""
    wanted = {(suspects.function_of(name), name.partition("___")[2]) for name in names}
    right = sources.promised(kata)
    alone = {}
    for f, second in wanted:
        made = ast.unparse(SECOND[second][0](right[f], kata))
        alone[f"{f}____{second}"] = sources.definitions(made)[f]
    operators = general.operators(kata)
    words = {(f, second): {general.words(operators[second])} for f, second in wanted}
    for each in told(kata, alone):
        words[suspects.function_of(each.name), each.name.partition("____")[2]] |= set(each.mistakes)
    return words


def _line(kata: str, found: list[Told], *more: str) -> None:
    kinds = [each.kind for each in found]
    taken = sorted(each.seconds for each in found) or [0.0]
    counts = " ".join(f"{kind} {kinds.count(kind):>4}" for kind in KINDS)
    within = sum(seconds <= WITHIN for seconds in taken)
    print(
        f"{kata:<20} {len(found):>5} answers: {counts}", *more,
        f"| {statistics.median(taken):.2f} s, at most {taken[-1]:.2f}, {within} within {WITHIN}",
        flush=True,
    )  # fmt: skip


def alone(katas: list[Kata], options: argparse.Namespace) -> list[Told]:
    """Each wrong answer of these katas, or every so manyth, where the catalogue lacks it."""
    found = []
    for kata in katas:
        names = list(suspects.catalogued(kata).items())[options.offset :: options.every]
        said = told(kata, dict(names), without_own=True)
        _line(kata.name, said)
        found += said
    return found


def pairs(katas: list[Kata], options: argparse.Namespace) -> list[Told]:
    """So many wrong answers with a second mistake, drawn from all that these katas have."""
    possible = [(kata, *each) for kata in katas for each in with_second(kata).items()]
    draw = random.Random(options.seed).sample(possible, min(options.count, len(possible)))
    found = []
    for kata in katas:
        answers = {name: made for of, name, made in draw if of is kata}
        said = told(kata, answers)
        words = second_words(kata, list(answers))
        true = [each for each in said if _true(each, words)]
        _line(kata.name, said, f"| named truly {len(true)}")
        found += [each for each in said if each not in true]
    return found


def _true(each: Told, second: dict[tuple[str, str], set[str]]) -> bool:
    allowed = second[suspects.function_of(each.name), each.name.partition("___")[2]] | {each.own}
    return bool(each.mistakes) and set(each.mistakes) <= allowed


def shown(katas: list[Kata], options: argparse.Namespace) -> list[Told]:
    """So many wrong answers of these katas as a learner reads them, the catalogue as it is."""
    possible = [(kata, *each) for kata in katas for each in suspects.catalogued(kata).items()]
    for kata, name, definition in random.Random(options.seed).sample(possible, options.count):
        with tempfile.TemporaryDirectory() as folder:
            handed_in(kata, kata.wrong, Path(folder), {name: definition})
            ran = run(Path(folder), name, "-k", f"test_{suspects.function_of(name)}_")
        print(f"{'=' * 100}\n{name}\n{ast.unparse(definition)}\n{ran.summary}", flush=True)
    return []


MEASURES = {"alone": alone, "pairs": pairs, "shown": shown}


def main(arguments: list[str]) -> int:
    """Measures what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m spec.tools.naming", description=__doc__)
    parser.add_argument("measure", choices=MEASURES)
    parser.add_argument("katas", nargs="*", help="the beginnings of their names; none is all")
    parser.add_argument("--every", type=int, default=1, help="one wrong answer in so many")
    parser.add_argument("--offset", type=int, default=0, help="the first of them")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--save", type=Path, help="where to write what was said, beside the code")
    options = parser.parse_args(arguments)
    katas = list(dict.fromkeys(k for wanted in options.katas or [""] for k in chosen(wanted)))
    found = MEASURES[options.measure](katas, options)
    if options.save:
        text = "\n\n".join(each.text() for each in found)
        options.save.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
