"""From submissions to results: each function examined once for all who wrote it alike."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from ..harness import language
from ..harness.files import catalogue
from ..harness.files.catalogue import Kata
from ..harness.language import tr
from . import alike
from .examining.messages import Reply, Request
from .intake.pointing import pointers, reaches
from .intake.submissions import Submission
from .outcomes import Ledger, Outcome, Result

Examine = Callable[[list[Request]], Iterable[tuple[Request, Reply]]]


@dataclass(frozen=True)
class Settings:
    """How functions are examined."""

    devices: tuple[str, ...] = ("auto",)
    timeout: float = 10.0  # seconds a test
    limit: float = 120.0  # seconds of computing a file
    examples: int | None = None
    fresh: bool = False  # nothing is taken over from others who wrote the same
    trust: bool = False  # a file that reaches out is run where walls are missing, too

    def as_text(self) -> str:
        """What of the settings decides how tests end."""
        spoken = language.spoken()  # in which what is found is told
        said = "" if spoken == language.ENGLISH else f" {spoken}"
        return f"{self.devices} {self.timeout} {self.examples}{said}"


@dataclass
class File:
    """One kata of one person, as it will be examined."""

    result: Result
    kata: Kata
    source: bytes
    keys: dict[str, str]
    reaching: bool = False  # whether it may do more than its code says

    def own_key(self, function: str) -> str:
        """The key of an outcome that is this person's alone."""
        return f"{self.result.person}/{self.kata.name}/{self.keys[function]}"


def prepare(
    submission: Submission, settings: Settings, counted: Collection[str] | None = None
) -> tuple[Result, list[File]]:
    """Looks through a person's files of the katas that count, and finds what decides about each.

    What reaches out may do other things than its code says, and so is nobody else's measure.
    """
    result = Result(submission)
    files = []
    for name in sorted(set(submission.files) & set(counted or submission.files)):
        kata, source = catalogue.named(name), submission.files[name]
        found = pointers(source)
        if found:
            result.pointers[name] = found
        reaching = reaches(found)
        keys = (alike.keys_of_whole if reaching else alike.keys)(kata, source, settings.as_text())
        if settings.fresh or reaching:
            keys = {function: f"{submission.person}: {key}" for function, key in keys.items()}
        files.append(File(result, kata, source, keys, reaching))
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
                    note = tr("tampered with: {tampered}").format(tampered=reply.tampered)
                    outcome = replace(
                        outcome,
                        passed=0,
                        edges_passed=0,
                        rows=[],
                        mistake=None,
                        note=note,
                        tampered=reply.tampered,
                    )
                alone = reply.tampered or outcome.note or outcome.whole_file
                key = file.keys[outcome.function]
                own = file.own_key(outcome.function)
                ledger.add(own if alone else key, outcome, keep=not reply.fault)
                known += 1 if alone else alike.pop(key, 0)
            yield known


def settle(files: list[File], ledger: Ledger) -> None:
    """Writes what is known into the results."""
    for file in files:
        for function in file.keys:
            outcome = outcome_of(file, function, ledger)
            assert outcome is not None
            file.result.outcomes[file.kata.name, function] = outcome
            if outcome.tampered:
                file.result.tampered[file.kata.name] = outcome.note


def outcome_of(file: File, function: str, ledger: Ledger) -> Outcome | None:
    """What is known of a function of a file: what it did alone, or what all like it do."""
    alone = ledger.known.get(file.own_key(function))
    return alone or ledger.known.get(file.keys[function])


def _requests(
    files: list[File], ledger: Ledger, settings: Settings
) -> tuple[list[Request], dict[int, File]]:
    """Requests for the functions that nobody has had examined yet.

    What several people share gets a process of its own: nothing else that one of them wrote runs
    before it. What is one person's alone is examined together.
    """
    unknown = {
        id(file): [name for name in file.keys if outcome_of(file, name, ledger) is None]
        for file in files
    }
    common = Counter(file.keys[name] for file in files for name in unknown[id(file)])
    claimed: set[str] = set()
    requests: list[Request] = []
    behind: dict[int, File] = {}
    for file in files:
        wanted = [name for name in unknown[id(file)] if file.keys[name] not in claimed]
        claimed |= {file.keys[name] for name in wanted}
        shared = [name for name in wanted if common[file.keys[name]] > 1]
        own = [name for name in wanted if name not in shared]
        for functions in [[name] for name in shared] + ([own] if own else []):
            behind[len(requests)] = file
            requests.append(_request(len(requests), file, functions, settings))
    return requests, behind


def _request(number: int, file: File, functions: list[str], settings: Settings) -> Request:
    return Request(
        number,
        file.kata.name,
        file.source,
        functions,
        list(settings.devices),
        settings.timeout,
        settings.limit,
        settings.examples,
        guarded=file.reaching and not settings.trust,
    )
