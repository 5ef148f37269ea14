"""What one person has, told to that person before they hand in."""

from collections.abc import Iterator
from pathlib import Path

from ...harness import settings
from ...harness.language import tr
from ..outcomes import Result
from ..scoring import Scheme, points
from . import exports

POINTS = "You have {points:.1f} of {most:g} points for {katas}."
LEFT = "Not done yet:"
NOT_STARTED = "  {kata}: not started: {functions}"
MORE = "What fails, and on which arguments, is shown by: {command}"
TAMPERED = "Whoever grades is told that something in {kata} changes what judges it."
ALL_DONE = "Everything in these files is done."
LINES = "Whoever grades will be shown these lines. They cost no points, and may be fine:"
FILES = "These files are not taken:"


def show(result: Result, scheme: Scheme, place: Path) -> None:
    """Says what an instructor will see of the katas in this place, in words for the learner."""
    print("\n".join(_lines(result, scheme, place)))


def _lines(result: Result, scheme: Scheme, place: Path) -> list[str]:
    katas = list(dict.fromkeys(kata for kata, _ in scheme.weights))
    lines = [
        tr(POINTS).format(
            points=points(result, scheme),
            most=scheme.most,
            katas=katas[0] if len(katas) == 1 else f"{len(katas)} katas",
        )
    ]
    ended = exports.causes(result)
    for kata, cause in ended.items():
        lines += ["", tr(exports.WHOLE).format(kata=kata), cause]
    left = list(_left(result, ended))
    more = tr(MORE).format(command=settings.command(str(place)))
    lines += ["", tr(LEFT), *left, "", more] if left else []
    if result.outcomes and all(outcome.done for outcome in result.outcomes.values()):
        lines += ["", tr(ALL_DONE)]
    lines += [line for kata in result.tampered for line in ("", tr(TAMPERED).format(kata=kata))]
    pointed = [
        f"  {kata}.py:{pointer.line} ({tr(pointer.weight)}) {pointer.sentence}"
        for kata, found in result.pointers.items()
        for pointer in found
    ]
    lines += ["", tr(LINES), *pointed] if pointed else []
    if result.ignored:
        lines += ["", tr(FILES), *(f"  {line}" for line in exports.ignored(result))]
    return lines


def _left(result: Result, ended: dict[str, str]) -> Iterator[str]:
    """What is not done yet: each function with its mistake, and how many are not started."""
    for kata in dict.fromkeys(kata for kata, _ in result.outcomes if kata not in ended):
        own = {name: outcome for (of, name), outcome in result.outcomes.items() if of == kata}
        for function, outcome in own.items():
            if not (outcome.done or outcome.not_started):
                yield f"  {kata} {function}: {exports.said(outcome)}"
                if outcome.mistake:
                    yield f"    {outcome.mistake}"
        waiting = [function for function, outcome in own.items() if outcome.not_started]
        if waiting:
            yield tr(NOT_STARTED).format(kata=kata, functions=", ".join(waiting))
