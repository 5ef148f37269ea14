"""How many lines a learner reads of a failure: each wrong answer in focus, 80 columns wide.

    python -m spec.tools.bench_screens [--every N] [--all] [--out FOLDER] [kata ...]

The beginning of a name is enough, and no name means all. With --every 5, each fifth answer is
taken; with --all, each rule that it breaks, as a learner meets them one after another; with --out,
each screen is written to a file, to be read or compared. A line that is longer than the window
counts as the lines that it takes there.
"""

import argparse
import math
import re
import statistics
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from spec.harness import settings
from spec.harness.files import catalogue
from spec.harness.files.catalogue import ROOT
from spec.tests import proofs
from spec.tests.inner import run

LINES, COLUMNS = 24, 80  # of the smallest terminal that is common
WORST = 12  # screens that are named
BLOCK = re.compile(r"=+ what to mend =+\n(.*?)\n+=+ (?:not started|board) =+", re.DOTALL)


class Only:
    """Has one answer of a file run, and none of the others."""

    def __init__(self, answer: str) -> None:
        self.answer = answer

    def pytest_configure(self, config: pytest.Config) -> None:
        """Tells the collector which answer is wanted."""
        settings.of(config).answers = [self.answer]


def screens(path: Path, answer: str, *options: str) -> list[str]:
    """What a learner reads of an answer's failures: of the first, or with --all of each rule."""
    ran = run(ROOT, str(path), "--device=cpu", *options, plugins=[Only(answer)])
    found = BLOCK.search(ran.output)
    if not found:
        return []
    headline, *rules = re.split(r"^(?=  rule )", found[1], flags=re.MULTILINE)
    return [headline + rule.rstrip() for rule in rules] or [headline]


def of_kata(kata: str, every: int, *options: str) -> dict[str, str]:
    """The screens of a kata's wrong answers, by the names of kata and answer."""
    path = catalogue.named(kata).wrong
    return {
        f"{kata}.{answer}.{number}": text
        for answer in proofs.answers(path)[::every]
        for number, text in enumerate(screens(path, answer, *options), 1)
    }


def height(text: str) -> int:
    """The lines that a text takes in the window."""
    return sum(max(1, math.ceil(len(line) / COLUMNS)) for line in text.splitlines())


def report(heights: dict[str, int]) -> str:
    """Median, nine of ten and worst, how many fit the window, and the tallest by name."""
    if not heights:
        return "no failure"
    ordered = sorted(heights.values())
    nine = ordered[math.ceil(0.9 * len(ordered)) - 1]
    fit = sum(lines <= LINES for lines in ordered)
    tallest = sorted(heights.items(), key=lambda each: -each[1])[:WORST]
    return "\n".join(
        [
            f"{len(ordered)} failures: median {statistics.median(ordered):g} lines, "
            f"9 of 10 within {nine}, worst {ordered[-1]}; {fit / len(ordered):.1%} fit {LINES}",
            *(f"{lines:>5}  {name}" for name, lines in tallest),
        ]
    )


def main(words: list[str] | None = None) -> None:
    """Measures the katas that are asked for and prints what came out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("katas", nargs="*", default=[""])
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args(words)
    options = ["--all"] if asked.all else []
    names = [k.name for k in catalogue.katas() if k.name.startswith(tuple(asked.katas))]
    texts: dict[str, str] = {}
    with ProcessPoolExecutor() as pool:
        jobs = [pool.submit(of_kata, name, asked.every, *options) for name in names]
        for job in jobs:
            texts.update(job.result())
    for name, text in texts.items() if asked.out else ():
        asked.out.mkdir(parents=True, exist_ok=True)
        (asked.out / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")
    print(report({name: height(text) for name, text in texts.items()}))


if __name__ == "__main__":
    main()
