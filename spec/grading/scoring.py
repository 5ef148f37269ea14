"""Points: a function earns the share of its tests that passed, times its weight."""

import tomllib
from pathlib import Path

from spec.grading.outcomes import Result
from spec.harness.files import catalogue, sources

POINTS = 100.0  # that a person can earn

EXAMPLE = """[weights]
k08_broadcasting = 2               # every function of the kata counts twice
"k17_training_loop.solve_moons" = 0  # one function, here for nothing"""


class BadWeights(Exception):
    """A file of weights that can't be used, and why."""


Weights = dict[tuple[str, str], float]


def weights(path: Path | None, katas: list[str]) -> Weights:
    """The weight of each function of these katas: 1, or what the file says."""
    even = {
        (kata.name, function): 1.0
        for kata in catalogue.katas()
        if kata.name in katas
        for function in sources.promised(kata)
    }
    if path is None:
        return even
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("weights", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadWeights(
            f"{path} can't be read: {error}. It should look like this:\n{EXAMPLE}"
        ) from None
    wanted: dict[str, float] = {}
    for name, weight in _flat(table).items():
        kata, _, function = name.partition(".")
        known = catalogue.find(kata)
        if known is None or (function and function not in sources.promised(known)):
            raise BadWeights(f"{path}: there is no {name}. It should look like this:\n{EXAMPLE}")
        if not isinstance(weight, int | float) or isinstance(weight, bool) or weight < 0:
            raise BadWeights(f"{path}: the weight of {name} is {weight!r}, and no number from 0 up")
        wanted[name] = float(weight)
    for key in even:
        even[key] = wanted.get(".".join(key), wanted.get(key[0], 1.0))
    if not any(even.values()):
        raise BadWeights(f"{path}: every weight is 0")
    return even


def points(result: Result, weighed: Weights, most: float) -> float:
    """A person's points, of so many."""
    total = sum(weighed.values())
    earned = sum(
        weight * result.outcomes[key].share
        for key, weight in weighed.items()
        if key in result.outcomes
    )
    return most * earned / total if total else 0.0


def _flat(table: dict[str, object]) -> dict[str, object]:
    """k08 = 2, "k08.f" = 3 and a table [weights.k08] alike."""
    found: dict[str, object] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            found |= {f"{name}.{inner}": weight for inner, weight in value.items()}
        else:
            found[name] = value
    return found
