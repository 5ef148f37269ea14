"""What the command line of grading takes."""

import argparse
import math
import os
import sys
from pathlib import Path
from typing import NoReturn

from ..harness import settings
from ..harness.files import catalogue
from ..harness.language import tr
from . import scoring

NO_NUMBER = "{text} is no number from {least:g} up"
NO_SHARE = "{text} is no share: a number from 0 to 1 is asked for"
ONE_PERSON = ("me", "gradescope", "classroom50")
A_CLASS = ("roster", "draft")
APART = "--{one} and --{other} don't go together"
COLUMN = "--column is for --roster: it names the column that takes the points"
OUT = "--out REPORT is needed: the folder to write the report to"


class _Parser(argparse.ArgumentParser):
    """Says in one line what is wrong."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}", file=sys.stderr)
        sys.exit(2)


def parsed(description: str | None, arguments: list[str] | None) -> argparse.Namespace:
    """The options; what is wrong with them ends the program with exit code 2."""
    parser = _parser(description)
    options = parser.parse_args(arguments)
    if options.out is None and not options.me:
        parser.error(tr(OUT))
    alone = [name for name in ONE_PERSON if getattr(options, name)]
    of_class = [name for name in A_CLASS if getattr(options, name) is not None]
    if len(alone) > 1:
        parser.error(tr(APART).format(one=alone[0], other=alone[1]))
    if alone and of_class:
        parser.error(tr(APART).format(one=alone[0], other=of_class[0]))
    if options.classroom50 and options.strict:
        parser.error(tr(APART).format(one="classroom50", other="strict"))
    if options.column is not None and options.roster is None:
        parser.error(tr(COLUMN))
    return options


COMMAND = "python -m spec.grading" if catalogue.PACKAGE == "spec" else "torch-katas grade"


def _parser(description: str | None) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=COMMAND,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("submissions", type=Path, metavar="SUBMISSIONS")
    add("--out", type=Path, metavar="REPORT", help=tr("folder to write to"))
    add("--me", action="store_true", help=tr("your own katas, as an instructor will see them"))
    add("--weights", type=Path, metavar="FILE", help=tr("a TOML file of weights"))
    add(
        "--katas",
        nargs="+",
        choices=[kata.name for kata in catalogue.katas()],
        metavar="KATA",
        help=tr("the katas that count; by default all that anybody handed in"),
    )
    add(
        "--roster", type=Path, metavar="FILE", help=tr("a gradebook of Canvas or Moodle to fill in")
    )
    add("--column", metavar="NAME", help=tr("the roster's column for the points"))
    add("--draft", type=Path, metavar="FILE", help=tr("write mistakes that nobody knows as drafts"))
    add("--device", action="append", choices=settings.DEVICES)
    add("--jobs", type=_count, default=os.cpu_count() or 1, help=tr("processes at a time"))
    add("--timeout", type=_seconds, default=10.0, help=tr("seconds a test"))
    add("--limit", type=_seconds, default=120.0, help=tr("seconds of computing a file"))
    add("--examples", type=_count, help=tr("Hypothesis examples a test"))
    add("--edges", type=_share, default=scoring.EDGES, help=tr("the edges' share of a function"))
    add("--fresh", action="store_true", help=tr("examine what others wrote alike, too"))
    add("--trust", action="store_true", help=tr("run files that reach out where walls are missing"))
    add("--gradescope", action="store_true", help=tr("one person; write Gradescope's results.json"))
    add(
        "--classroom50",
        action="store_true",
        help=tr("one person; write Classroom 50's result.json"),
    )
    add("--lang", metavar="LANGUAGE", help=tr("speak this language, such as ru"))
    add("--strict", action="store_true", help=tr("exit with 1 if what counts is not done"))
    add("--scheduler", metavar="ADDRESS", help=tr("a Dask cluster that does the work"))
    return parser


def _count(text: str) -> int:
    """A number of things, at least one."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(tr(NO_NUMBER).format(text=text, least=1))
    return int(text)


def _seconds(text: str) -> float:
    """A time that something can be done in."""
    seconds = _number(text)
    if not 0 < seconds < math.inf:
        raise argparse.ArgumentTypeError(
            tr("{text} is no time that something can be done in").format(text=text)
        )
    return seconds


def _share(text: str) -> float:
    """A number from 0 to 1."""
    share = _number(text)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(tr(NO_SHARE).format(text=text))
    return share


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
