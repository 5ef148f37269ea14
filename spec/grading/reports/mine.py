"""What one person has, told to that person before they hand in."""

from spec.grading.outcomes import Result
from spec.grading.reports import exports
from spec.grading.scoring import Scheme, points

POINTS = "You have {points:.1f} of {most:g} points for {katas}."
LEFT = "Not done yet:"
ALL_DONE = "Everything in these files is done."
LINES = "Whoever grades will be shown these lines. They cost no points, and may be fine:"
FILES = "These files are not taken:"


def show(result: Result, scheme: Scheme) -> None:
    """Says what an instructor will see, in words for the learner."""
    print("\n".join(_lines(result, scheme)))


def _lines(result: Result, scheme: Scheme) -> list[str]:
    katas = list(dict.fromkeys(kata for kata, _ in scheme.weights))
    lines = [
        POINTS.format(
            points=points(result, scheme),
            most=scheme.most,
            katas=katas[0] if len(katas) == 1 else f"{len(katas)} katas",
        )
    ]
    ended = exports.causes(result)
    for kata, cause in ended.items():
        lines += ["", exports.WHOLE.format(kata=kata), cause]
    left = [
        f"  {kata} {function}: {exports.said(outcome)}"
        for (kata, function), outcome in result.outcomes.items()
        if not (outcome.done or kata in ended)
    ]
    lines += ["", LEFT, *left] if left else []
    if all(outcome.done for outcome in result.outcomes.values()):
        lines.append(ALL_DONE)
    pointed = [
        f"  {kata}.py:{pointer.line} ({pointer.weight}) {pointer.sentence}"
        for kata, found in result.pointers.items()
        for pointer in found
    ]
    lines += ["", LINES, *pointed] if pointed else []
    if result.ignored:
        lines += ["", FILES, *(f"  {line}" for line in exports.ignored(result))]
    return lines
