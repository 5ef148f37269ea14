"""Grade a class.

SUBMISSIONS is what Moodle, Canvas or Gradescope let you download, a zip file or a folder; or a
folder of folders or zip files, one a person, or of files that are named
person__k08_broadcasting.py; or one person's katas. REPORT gets index.html for you to read,
grades.csv, grades.json and junit.xml, and keeps what is known: a run that was interrupted goes on
where it was, and changes.csv says what is other than in the report before.
"""

import argparse
import contextlib
import os
import sys
import tempfile
from functools import partial
from pathlib import Path

from ..harness import consoles, devices, language
from ..harness.files import catalogue
from ..harness.language import tr
from . import planning, scoring
from .examining import client, cluster, started
from .intake import gradebooks, submissions
from .intake.submissions import Intake, Submission
from .options import parsed
from .outcomes import Ledger, Result
from .reports import changes, classroom50, drafts, exports, mine, page, report
from .reports.report import Report
from .reports.table import show
from .scoring import Scheme

NOTHING = """{place}: no katas here. It may hold a folder or a zip file for each person, or files
named person__k08_broadcasting.py, or the katas of one person."""
NO_SOLUTION = "Grading needs the solutions of all katas. There is none of: {katas}."
NO_FOLDER = "{place}: there is no such folder, zip file or kata."
NO_RUNNER = "No runner of Classroom 50 said {missing}, so result.json leaves these fields out."
NO_PLACE = "{file} can't be written: there is no such folder."
CANT_WRITE = "The report can't be written: {error}."
INTERRUPTED = "\nInterrupted. Run the same again to go on; {out} keeps what is known."


class WrongCommand(Exception):
    """What was asked for can't be done, and why."""


FAULTS = (
    WrongCommand,
    scoring.BadWeights,
    gradebooks.BadRoster,
    client.ServerDied,
    devices.Unavailable,
)


def main(arguments: list[str] | None = None) -> int:
    """Grades, writes the report, and returns the exit code: 0, or 1 with --strict, or 2."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(consoles.spelling())  # of anybody's name
        words = sys.argv[1:] if arguments is None else arguments
        trouble = stack.enter_context(language.chosen(language.typed(words)))
        if trouble:
            print(trouble, file=sys.stderr)
        options = parsed(__doc__, arguments)
        if options.out is None:
            options.out = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        try:
            return grade(options)
        except FAULTS as error:
            return _failed(str(error), options)
        except OSError as error:
            return _failed(tr(CANT_WRITE).format(error=error), options)
        except KeyboardInterrupt:
            print(tr(INTERRUPTED).format(out=options.out))
            return 130


def _failed(why: str, options: argparse.Namespace) -> int:
    """Says why there is no grading, to Gradescope too."""
    print(why, file=sys.stderr)
    if options.gradescope:
        with contextlib.suppress(OSError):
            options.out.mkdir(parents=True, exist_ok=True)
            (options.out / "results.json").write_text(exports.ungraded(why), encoding="utf-8")
    return 2


def grade(options: argparse.Namespace) -> int:
    """Grades what the options say."""
    if not options.submissions.exists():
        raise WrongCommand(tr(NO_FOLDER).format(place=options.submissions))
    if options.classroom50 and (missing := classroom50.missing(os.environ)):
        print(tr(NO_RUNNER).format(missing=", ".join(missing)), file=sys.stderr)
    if options.draft is not None and not options.draft.absolute().parent.is_dir():
        raise WrongCommand(tr(NO_PLACE).format(file=options.draft))
    devices.selected(options.device or ["auto"])
    intake = _taken_in(options)
    if gone := [kata.name for kata in catalogue.katas() if not catalogue.is_there(kata.solution)]:
        raise WrongCommand(tr(NO_SOLUTION).format(katas=", ".join(gone)))
    handed_in = {name for submission in intake.people for name in submission.files}
    counted = options.katas or sorted(handed_in) or [kata.name for kata in catalogue.katas()]
    scheme = Scheme(scoring.weights(options.weights, counted), options.edges)
    settings = planning.Settings(
        devices=tuple(options.device or ["auto"]),
        timeout=options.timeout,
        limit=options.limit,
        examples=options.examples,
        fresh=options.fresh,
        trust=options.trust or options.me,  # whose own files on their own machine these are
    )
    book = gradebooks.read(options.roster, options.column) if options.roster else None
    if options.roster:
        intake.strays.pop(options.roster.name, None)  # which may lie beside what was handed in
    options.out.mkdir(parents=True, exist_ok=True)
    results = _examined(intake.people, counted, settings, options)
    if options.me:
        mine.show(results[0], scheme, options.submissions)
    else:
        roster = report.filled(options.roster, book, results, scheme) if book else None
        basis = changes.basis(scheme, settings)
        _write(Report(results, intake.strays, scheme, basis, roster), options)
    complete = all(scoring.complete(result, scheme) for result in results)
    return 1 if options.strict and not complete else 0


def _taken_in(options: argparse.Namespace) -> Intake:
    on_a_platform = options.gradescope or options.classroom50
    if on_a_platform or options.me:
        intake = Intake([submissions.alone(options.submissions)])
    else:
        intake = submissions.find(options.submissions)
    if not on_a_platform and not any(person.files for person in intake.people):
        found = [f"{name} {why}" for name, why in intake.strays.items()]
        found += [
            f"{person.person}: {name} {why}"
            for person in intake.people
            for name, why in person.ignored.items()
        ]
        print(*found[: exports.FEW], sep="\n", end="\n" * bool(found), file=sys.stderr)
        raise WrongCommand(tr(NOTHING).format(place=options.submissions))
    return intake


def _examined(
    people: list[Submission],
    counted: list[str],
    settings: planning.Settings,
    options: argparse.Namespace,
) -> list[Result]:
    """The results of all, with a bar that shows how far it is."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    ledger = Ledger(options.out / "ledger.jsonl")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    results: list[Result] = []
    files: list[planning.File] = []
    with Progress(*columns, TimeElapsedColumn()) as bars:
        reading = bars.add_task("reading", total=len(people))
        for submission in people:
            result, theirs = planning.prepare(submission, settings, counted)
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
        examine = client.examine if client.can_serve() else started.examine
        return partial(examine, jobs=1 if _on_a_gpu(options) else options.jobs)
    try:
        import distributed
    except ImportError:
        raise WrongCommand(tr(cluster.MISSING)) from None
    assert distributed
    return partial(cluster.examine, address=options.scheduler)


def _on_a_gpu(options: argparse.Namespace) -> bool:
    """Whether files share one real accelerator, which is one process's at a time."""
    chosen = devices.selected(options.device or ["auto"])
    return any(devices.is_accelerator(device) and device.type != "sim" for device in chosen)


def _write(report: Report, options: argparse.Namespace) -> None:
    """Writes the report into its folder, and shows the table."""
    before = changes.before(options.out)
    found = changes.changes(before, report) if before else []
    texts = {
        "grades.csv": exports.to_csv(report.results, report.scheme),
        "grades.json": exports.to_json(report),
        "junit.xml": exports.to_junit(report.results),
        "index.html": page.render(report, found),
    }
    if found:
        texts["changes.csv"] = changes.to_csv(found)
    if report.roster is not None:
        texts[report.roster.name] = report.roster.text
    if options.gradescope:
        texts["results.json"] = exports.to_gradescope(report.results[0], report.scheme)
    if options.classroom50:
        told = classroom50.result(report.results[0], report.scheme, os.environ)
        texts["result.json"] = told
    for name, text in texts.items():
        (options.out / name).write_text(text, encoding="utf-8", newline="")
    if options.draft is not None:
        options.draft.write_text(drafts.written(report), encoding="utf-8")
    show(report, found, options.out)


if __name__ == "__main__":
    sys.exit(main())
