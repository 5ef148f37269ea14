"""Grade a class: python -m spec.grading SUBMISSIONS --out REPORT.

SUBMISSIONS is a folder of folders or zip files, one a person, or of files that are named
person__k08_broadcasting.py; or one person's folder of katas. REPORT gets index.html for you to
read, grades.csv, grades.json and junit.xml, and keeps what is known, so that a run that was
interrupted goes on where it was.
"""

import argparse
import os
import sys
from functools import partial
from pathlib import Path

from spec.grading import planning, scoring
from spec.grading.examining import client, cluster
from spec.grading.intake import submissions
from spec.grading.outcomes import Ledger, Result
from spec.grading.reports import exports, page
from spec.grading.reports.table import show
from spec.grading.scoring import Scheme
from spec.harness import devices
from spec.harness.files import catalogue

NOTHING = """{place}: no katas here. It may hold a folder or a zip file for each person, or files
named person__k08_broadcasting.py, or the katas of one person."""


def main(arguments: list[str] | None = None) -> int:
    """Grades, writes the report, and returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return grade(options)
    except (scoring.BadWeights, client.ServerDied, devices.Unavailable) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"\nInterrupted. Run the same again to go on; {options.out} keeps what is known.")
        return 130


def grade(options: argparse.Namespace) -> int:
    """Grades what the options say."""
    if not hasattr(os, "fork"):
        print("Grading needs a system that can fork: Linux, macOS, or WSL.", file=sys.stderr)
        return 2
    if not options.submissions.is_dir():
        print(f"{options.submissions}: there is no such folder.", file=sys.stderr)
        return 2
    devices.selected(options.device or ["auto"])
    found = submissions.find(options.submissions)
    if not any(submission.files for submission in found):
        print(NOTHING.format(place=options.submissions), file=sys.stderr)
        return 2
    handed_in = {name for submission in found for name in submission.files}
    weighed = scoring.weights(options.weights, options.katas or sorted(handed_in))
    scheme = Scheme(weighed, options.edges)
    settings = planning.Settings(
        devices=tuple(options.device or ["auto"]),
        timeout=options.timeout,
        limit=options.limit,
        examples=options.examples,
        fresh=options.fresh,
    )
    options.out.mkdir(parents=True, exist_ok=True)
    results = _examined(found, settings, options)
    _write(results, scheme, options)
    show(results, scheme, options)
    complete = all(o.done for result in results for o in result.outcomes.values())
    return 1 if options.strict and not complete else 0


def _examined(
    found: list[submissions.Submission], settings: planning.Settings, options: argparse.Namespace
) -> list[Result]:
    """The results of all, with a bar that shows how far it is."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    ledger = Ledger(options.out / "ledger.jsonl")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    results: list[Result] = []
    files: list[planning.File] = []
    with Progress(*columns, TimeElapsedColumn()) as bars:
        reading = bars.add_task("reading", total=len(found))
        for submission in found:
            result, theirs = planning.prepare(submission, settings)
            results.append(result)
            files += theirs
            bars.advance(reading)
        total = sum(len(file.keys) for file in files)
        examining = bars.add_task("functions", total=total)
        for known in planning.examine_all(files, ledger, settings, _examiner(options)):
            bars.update(examining, completed=known)
    planning.settle(files, ledger)
    return results


def _examiner(options: argparse.Namespace) -> planning.Examine:
    if options.scheduler is None:
        return partial(client.examine, jobs=options.jobs)
    try:
        import distributed
    except ImportError:
        sys.exit(cluster.MISSING)
    assert distributed
    return partial(cluster.examine, address=options.scheduler)


def _write(results: list[Result], scheme: Scheme, options: argparse.Namespace) -> None:
    texts = {
        "grades.csv": exports.to_csv(results, scheme),
        "grades.json": exports.to_json(results, scheme),
        "junit.xml": exports.to_junit(results),
        "index.html": page.render(results, scheme),
    }
    if options.gradescope:
        if len(results) != 1:
            sys.exit("--gradescope: one person's folder is asked for, as Gradescope hands it over")
        texts["results.json"] = exports.to_gradescope(results[0], scheme)
    for name, text in texts.items():
        (options.out / name).write_text(text, encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m spec.grading",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("submissions", type=Path, metavar="SUBMISSIONS")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="REPORT", help="folder to write to"
    )
    parser.add_argument("--weights", type=Path, metavar="FILE", help="a TOML file of weights")
    parser.add_argument(
        "--katas",
        nargs="+",
        choices=[kata.name for kata in catalogue.katas()],
        metavar="KATA",
        help="the katas that count; by default all that anybody handed in",
    )
    parser.add_argument("--device", action="append", choices=devices.CHOICES)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at a time")
    parser.add_argument("--timeout", type=float, default=10.0, help="seconds a test")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds of computing a file")
    parser.add_argument("--examples", type=int, help="Hypothesis examples a test")
    parser.add_argument(
        "--edges",
        type=_share,
        default=scoring.EDGES,
        help="the edges' share of a function's points",
    )
    parser.add_argument("--fresh", action="store_true", help="examine what others wrote alike, too")
    parser.add_argument("--gradescope", action="store_true", help="write Gradescope's results.json")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if anything is not done")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="a Dask cluster that does the work")
    return parser


def _share(text: str) -> float:
    """A number from 0 to 1."""
    share = float(text)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text} is no share: a number from 0 to 1 is asked for")
    return share


if __name__ == "__main__":
    sys.exit(main())
