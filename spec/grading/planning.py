"""From submissions to results: each function examined once for all who wrote it alike."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from spec.grading import alike
from spec.grading.examining.messages import Reply, Request
from spec.grading.intake.screening import FILE, screen
from spec.grading.intake.submissions import Submission
from spec.grading.outcomes import Ledger, Outcome, Result
from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import Kata

Examine = Callable[[list[Request]], Iterable[tuple[Request, Reply]]]


@dataclass(frozen=True)
class Settings:
    """How functions are examined."""

    devices: tuple[str, ...] = ("auto",)
    timeout: float = 10.0  # seconds a test
    limit: float = 120.0  # seconds of computing a file
    examples: int | None = None
    fresh: bool = False  # nothing is taken over from others who wrote the same

    def as_text(self) -> str:
        """What of the settings decides how tests end."""
        return f"{self.devices} {self.timeout} {self.examples}"


@dataclass
class File:
    """One kata of one person, as it will be examined."""

    result: Result
    kata: Kata
    source: str
    keys: dict[str, str]

    def own_key(self, function: str) -> str:
        """The key of an outcome that is this person's alone."""
        return f"{self.result.person}/{self.kata.name}/{self.keys[function]}"


def prepare(submission: Submission, settings: Settings) -> tuple[Result, list[File]]:
    """Screens a person's files, and finds what decides about each function."""
    result = Result(submission.person, ignored=dict(submission.ignored))
    files = []
    for name in sorted(submission.files):
        kata = catalogue.named(name)
        source, refusals = screen(submission.files[name])
        if refusals:
            result.refusals[name] = refusals
        keys = alike.keys(kata, source, settings.as_text())
        if settings.fresh:
            keys = {function: f"{submission.person}: {key}" for function, key in keys.items()}
        files.append(File(result, kata, source, keys))
    return result, files


def examine_all(
    files: list[File], ledger: Ledger, settings: Settings, examine: Examine
) -> Iterator[int]:
    """Has everything examined that is not known; yields how many functions are settled each time.

    What a file did alone, end its process or tamper with the judges, is not taken over for
    others; whoever wrote the same is examined in another round.
    """
    while True:
        requests, behind = _requests(files, ledger, settings)
        functions = [(file, name) for file in files for name in file.keys]
        unknown = [pair for pair in functions if outcome_of(*pair, ledger) is None]
        alike = Counter(file.keys[name] for file, name in unknown)
        known = len(functions) - len(unknown)
        yield known
        if not requests:
            return
        for request, reply in examine(requests):
            file = behind[request.id]
            file.result.walls = reply.walls
            for outcome in reply.outcomes:
                if reply.tampered:
                    note = f"tampered with: {reply.tampered}"
                    outcome = replace(outcome, passed=0, rows=[], mistake=None, note=note)
                alone = reply.tampered or outcome.note or outcome.whole_file
                key = file.keys[outcome.function]
                ledger.add(file.own_key(outcome.function) if alone else key, outcome)
                known += 1 if alone else alike.pop(key, 0)
            yield known


def settle(files: list[File], ledger: Ledger) -> None:
    """Writes what is known into the results."""
    for file in files:
        owners = sources.units(file.kata)
        for function in file.keys:
            outcome = outcome_of(file, function, ledger)
            assert outcome is not None
            for refusal in file.result.refusals.get(file.kata.name, ()):
                if refusal.part in (owners[function].owner, FILE):
                    note = f"line {refusal.line} was left out: {refusal.reason}"
                    outcome = replace(outcome, note=note, rows=[])
            file.result.outcomes[file.kata.name, function] = outcome
            if outcome.note.startswith("tampered"):
                file.result.tampered[file.kata.name] = outcome.note


def outcome_of(file: File, function: str, ledger: Ledger) -> Outcome | None:
    """What is known of a function of a file: what it did alone, or what all like it do."""
    alone = ledger.known.get(file.own_key(function))
    return alone or ledger.known.get(file.keys[function])


def _requests(
    files: list[File], ledger: Ledger, settings: Settings
) -> tuple[list[Request], dict[int, File]]:
    """A request for each file that has a function which nobody has had examined yet."""
    claimed: set[str] = set()
    requests: list[Request] = []
    behind: dict[int, File] = {}
    for file in files:
        wanted = [
            function
            for function, key in file.keys.items()
            if key not in claimed and outcome_of(file, function, ledger) is None
        ]
        if not wanted:
            continue
        claimed |= {file.keys[function] for function in wanted}
        behind[len(requests)] = file
        requests.append(
            Request(
                len(requests),
                file.kata.name,
                file.source,
                wanted,
                list(settings.devices),
                settings.timeout,
                settings.limit,
                settings.examples,
            )
        )
    return requests, behind
