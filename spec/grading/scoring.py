"""Points: a function earns the share of its core and of its edges that passed, by its weight."""

import math
import tomllib
from dataclasses import dataclass
from pathlib import Path

from ..harness.files import catalogue, sources
from ..harness.files.catalogue import Kata
from ..harness.language import tr
from .outcomes import Result

POINTS = 100.0  # that a person can earn
EDGES = 0.25  # of the points of a function

EXAMPLE = """[weights]
k08_broadcasting = 2               # every function of the kata counts twice
"k18_training_loop.solve_moons" = 0  # one function, here for nothing"""


class BadWeights(Exception):
    """A file of weights that can't be used, and why."""


Weights = dict[tuple[str, str], float]


@dataclass(frozen=True)
class Scheme:
    """What is counted: the weight of each function, the points of all, and the edges' share."""

    weights: Weights
    edges: float = EDGES
    most: float = POINTS


def weights(path: Path | None, katas: list[str]) -> Weights:
    """The weight of each function of these katas: 1, or what the file says."""
    even = {
        (kata.name, function): 1.0
        for kata in catalogue.katas()
        if kata.name in katas
        for function in sources.units(kata)
    }
    if path is None:
        return even
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("weights", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadWeights(
            tr("{path} can't be read: {error}. It should look like this:\n{example}").format(
                path=path, error=error, example=EXAMPLE
            )
        ) from None
    wanted: dict[str, float] = {}
    for name, weight in _flat(table).items():
        kata, _, function = name.partition(".")
        known = catalogue.find(kata)
        if known is None or (function and function not in _names(known)):
            raise BadWeights(
                tr("{path}: there is no {name}. It should look like this:\n{example}").format(
                    path=path, name=name, example=EXAMPLE
                )
            )
        if (
            isinstance(weight, bool)
            or not isinstance(weight, int | float)
            or not 0 <= weight < math.inf
        ):
            raise BadWeights(
                tr("{path}: the weight of {name} is {weight!r}, and no number from 0 up").format(
                    path=path, name=name, weight=weight
                )
            )
        wanted[name] = float(weight)
    for key in even:
        kata, function = key
        owner = sources.units(catalogue.named(kata))[function].owner
        names = [f"{kata}.{function}", f"{kata}.{owner}", kata]
        even[key] = next((wanted[name] for name in names if name in wanted), 1.0)
    if not any(even.values()):
        raise BadWeights(tr("{path}: every weight is 0").format(path=path))
    return even


def points(result: Result, scheme: Scheme) -> float:
    """A person's points."""
    total = sum(scheme.weights.values())
    earned = sum(
        weight * result.outcomes[key].share(scheme.edges)
        for key, weight in scheme.weights.items()
        if key in result.outcomes
    )
    return scheme.most * earned / total if total else 0.0


def complete(result: Result, scheme: Scheme) -> bool:
    """Whether a person has done all that counts."""
    counted = [key for key, weight in scheme.weights.items() if weight]
    return all(key in result.outcomes and result.outcomes[key].done for key in counted)


def _names(kata: Kata) -> set[str]:
    return {*sources.units(kata), *sources.promised(kata)}


def _flat(table: dict[str, object]) -> dict[str, object]:
    """k08 = 2, "k08.f" = 3 and a table [weights.k08] alike."""
    found: dict[str, object] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            found |= {f"{name}.{inner}": weight for inner, weight in value.items()}
        else:
            found[name] = value
    return found
