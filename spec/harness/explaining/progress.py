"""How far each function is, found from the reports of a run, in plain data that can be sent on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from spec.harness.files import catalogue, sources
from spec.harness.verdicts import Kind

ACQUITTAL = "acquittal"  # the kind of a note that clears suspects

Facts = Mapping[str, Any]  # what a report notes of one test: see report.facts


@dataclass
class Progress:
    """One function of one file: what became of its tests."""

    kata: str
    file: str
    line: int
    function: str
    passed: int = 0
    not_started: int = 0
    failures: list[Facts] = field(default_factory=list)
    acquitted: list[str] = field(default_factory=list)

    @property
    def done(self) -> bool:
        """Whether all of its tests that ran have passed."""
        return not self.failures and not self.not_started

    @property
    def total(self) -> int:
        """How many of its tests ran."""
        return self.passed + self.not_started + len(self.failures)

    @property
    def place(self) -> str:
        """Where the function is, as an editor understands it: path and line."""
        return f"{self.file}:{self.line}"

    @property
    def whole_file(self) -> bool:
        """Whether it failed for a reason that has nothing to do with the function itself."""
        return bool(self.failures) and self.failures[0]["kind"] == Kind.FILE.value

    def count(self, facts: Facts) -> None:
        """Takes one more test into account."""
        if facts["kind"] == ACQUITTAL:
            self.acquitted += facts["acquitted"]
        elif facts["kind"] is None:
            self.passed += 1
        elif facts["kind"] == Kind.NOT_STARTED.value:
            self.not_started += 1
        else:
            self.failures.append(facts)

    def mistake(self) -> str | None:
        """The words for the one known mistake that fails every one of these tests alike, if any."""
        found = [facts.get("mistakes") or {} for facts in self.failures]
        shared = [name for name in found[0] if all(name in others for others in found)]
        shared = [name for name in shared if name not in self.acquitted]
        return found[0][shared[0]] if len(shared) == 1 else None


def gather(noted: Iterable[Facts]) -> list[Progress]:
    """All functions that were tried, in the order of katas, files and functions."""
    functions: dict[tuple[str, str], Progress] = {}
    for facts in noted:
        key = (facts["file"], facts["function"])
        if key not in functions:
            functions[key] = Progress(
                facts["name"], facts["file"], facts["line"], facts["function"]
            )
        functions[key].count(facts)
    for entry in functions.values():
        entry.failures.sort(key=lambda facts: facts["order"])
    return sorted(functions.values(), key=_position)


def focus(progress: Iterable[Progress]) -> Progress | None:
    """The first function that is not finished."""
    return next((entry for entry in progress if not entry.done), None)


def by_file(progress: Iterable[Progress]) -> dict[str, list[Progress]]:
    """The functions of each file."""
    files: dict[str, list[Progress]] = {}
    for entry in progress:
        files.setdefault(entry.file, []).append(entry)
    return files


def _position(entry: Progress) -> tuple[str, str, int]:
    kata = catalogue.find(entry.kata)
    assert kata is not None
    return entry.kata, entry.file, list(sources.promised(kata)).index(entry.function)


def noted(reports: Iterable[Any]) -> list[Facts]:
    """What the reports note of katas."""
    return [report.kata for report in reports if getattr(report, "kata", None)]
