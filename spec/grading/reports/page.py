"""The instructor's page: what each person has, and what to teach again."""

import functools
from collections import Counter
from collections.abc import Iterable
from typing import Any

from ...harness import language
from ...harness.files.catalogue import SPEC
from ...harness.language import tr, trn
from ..intake.pointing import reaches
from ..outcomes import Result
from ..sandbox.walls import WALLS
from ..scoring import Scheme, points
from . import exports, groups
from .changes import Change
from .report import Report


def render(report: Report, changed: list[Change]) -> str:
    """One page that stands alone."""
    results, scheme = report.results, report.scheme
    katas = list(dict.fromkeys(kata for kata, _ in scheme.weights))
    people: list[dict[str, Any]] = [
        {
            "name": result.person,
            "points": points(result, scheme),
            "katas": {kata: _done(result, kata, scheme) for kata in katas},
            "result": result,
            "causes": exports.causes(result),
        }
        for result in results
    ]
    return str(
        _template().render(
            language=language.spoken(),
            people=people,
            katas=katas,
            most=scheme.most,
            functions=[_of_function(kata, name, results) for kata, name in scheme.weights],
            strays=list(report.strays.items()),
            roster=report.roster and report.roster.matched,
            changed=changed,
            handed_in=exports.handed_in,
            reaching=[p for p in people if any(map(reaches, p["result"].pointers.values()))],
            missing=missing_walls(results),
            ignored=exports.ignored,
            said=exports.said,
            plain=exports.plain,
        )
    )


def missing_walls(results: Iterable[Result]) -> list[str]:
    """The walls that did not stand around some submission."""
    standing = [set(result.walls) for result in results if result.walls is not None]
    return [wall for wall in WALLS if any(wall not in known for known in standing)]


def _done(result: Result, kata: str, scheme: Scheme) -> dict[str, Any] | None:
    outcomes = [result.outcomes.get(key) for key in scheme.weights if key[0] == kata]
    if not any(outcomes):
        return None
    done = sum(outcome.done for outcome in outcomes if outcome)
    return {"done": done, "of": len(outcomes)}


def _of_function(kata: str, function: str, results: list[Result]) -> dict[str, Any]:
    """How a class did in one function: the mistakes, the commonest first."""
    having = [result for result in results if (kata, function) in result.outcomes]
    outcomes = [result.outcomes[kata, function] for result in having]
    failed = [outcome for outcome in outcomes if not outcome.done]
    mistakes = Counter(outcome.mistake for outcome in failed if outcome.mistake)
    return {
        "kata": kata,
        "name": function,
        "done": len(outcomes) - len(failed),
        "of": len(outcomes),
        "not_started": sum(outcome.not_started for outcome in failed),
        "mistakes": sorted(mistakes.items(), key=lambda item: (-item[1], item[0])),
        "whole_file": sum(bool(exports.cause(result, kata)) for result in having),
        "unknown": [(g.ending, len(g.results)) for g in groups.unknown(results, kata, function)],
    }


@functools.cache
def _template() -> Any:
    import jinja2

    source = (SPEC / "grading" / "reports" / "page.html").read_text(encoding="utf-8")
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.globals.update(tr=tr, trn=trn)
    return environment.from_string(source)
