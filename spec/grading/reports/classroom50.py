"""One person's results as Classroom 50's runner takes them: a result.json.

The form is classroom50/result/v1, as foundation50/classroom50 publishes it in
schemas/result-v1.schema.json; these fields of it are relied on. From the runner's environment come
classroom (CLASSROOM), assignment (ASSIGNMENT), submission (SUBMISSION_TAG), commit (COMMIT_URL),
release (RELEASE_URL), review (REVIEW_URL, else the commit), and owner (OWNER) and assignment_type
(ASSIGNMENT_TYPE), which it stamps itself; what it does not say is left out. Ours are datetime,
score, max-score and tests, of which each has test-name, passed, score, max-score, and output, as
more is allowed there. Scores are integers, and the sum of the tests' is the whole.
"""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ..outcomes import Result
from ..scoring import Scheme, points
from . import exports

SCHEMA = "classroom50/result/v1"
NEEDED = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
}
STAMPED = {"owner": "OWNER", "assignment_type": "ASSIGNMENT_TYPE"}
WORTH = 100  # points of a function, where others have a multiple of its weight
MOST = 10_000  # times the least weight
TINY = 1e-9


def missing(environment: Mapping[str, str]) -> list[str]:
    """What the runner should have said and has not."""
    return [name for name in NEEDED.values() if not environment.get(name)]


def result(found: Result, scheme: Scheme, environment: Mapping[str, str]) -> str:
    """The result.json of one person."""
    fields = {**NEEDED, "review": "REVIEW_URL", **STAMPED}
    told = {field: environment[name] for field, name in fields.items() if environment.get(name)}
    if "commit" in told:
        told.setdefault("review", told["commit"])
    tests = _tests(found, scheme)
    report = {
        "schema": SCHEMA,
        **told,
        "datetime": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def _tests(found: Result, scheme: Scheme) -> list[dict[str, Any]]:
    """A test a function, its worth and what was earned in whole points."""
    keys, ended = list(scheme.weights), exports.causes(found)
    least = min(weight for weight in scheme.weights.values() if weight)
    worth = [round(WORTH * min(each / least, MOST)) for each in scheme.weights.values()]
    outcomes = [found.outcomes.get(key) for key in keys]
    shares = [outcome.share(scheme.edges) if outcome else 0.0 for outcome in outcomes]
    most = [
        each if outcome and outcome.done else max(each - 1, 0)
        for each, outcome in zip(worth, outcomes, strict=True)
    ]
    exact = [min(w * share, m) for w, share, m in zip(worth, shares, most, strict=True)]
    earned = math.floor(sum(worth) * points(found, scheme) / scheme.most + TINY)
    scores = _shared_out(exact, min(earned, sum(most)), most)
    return [
        {
            "test-name": f"{kata}: {function}",
            "passed": bool(outcome and outcome.done),
            "score": score,
            "max-score": each,
            "output": exports.words(outcome, kata in ended),
        }
        for (kata, function), outcome, score, each in zip(
            keys, outcomes, scores, worth, strict=True
        )
    ]


def _shared_out(exact: list[float], total: int, most: list[int]) -> list[int]:
    """Whole numbers next to these whose sum is the total, as near as their limits allow."""
    found = [math.floor(each + TINY) for each in exact]
    order = sorted(range(len(exact)), key=lambda i: found[i] - exact[i])
    for place in order:
        if sum(found) < total and exact[place] > 0 and found[place] < most[place]:
            found[place] += 1
    return found
