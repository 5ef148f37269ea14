"""What no known mistake explains, in groups that end alike.

Examples are drawn alike for all, so that the same mistake ends in the same words.
"""

from collections import defaultdict
from dataclasses import dataclass

from ..outcomes import Result
from . import exports


@dataclass(frozen=True)
class Group:
    """People whose function fails in the same way, and in which."""

    kata: str
    function: str
    ending: str
    results: list[Result]


def unknown(results: list[Result], kata: str, function: str) -> list[Group]:
    """The groups of a function, the largest first."""
    found: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        outcome = result.outcomes.get((kata, function))
        if outcome is None or outcome.done:
            continue
        if not (outcome.mistake or outcome.not_started or exports.cause(result, kata)):
            found[exports.plain(outcome) or exports.said(outcome)].append(result)
    groups = [Group(kata, function, ending, people) for ending, people in found.items()]
    return sorted(groups, key=lambda group: (-len(group.results), group.ending))
