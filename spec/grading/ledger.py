"""Results that are known already, kept in a file: an interrupted run goes on where it was."""

import json
from dataclasses import asdict
from pathlib import Path

from spec.grading.outcomes import Outcome


class Ledger:
    """Outcomes by key. A line is added as each is known; a line cut off in the middle is lost."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: dict[str, Outcome] = {}
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                try:
                    entry = json.loads(line)
                    self.known[entry["key"]] = Outcome(**entry["outcome"])
                except (ValueError, TypeError, KeyError):
                    continue

    def add(self, key: str, outcome: Outcome) -> None:
        """Notes an outcome, here and in the file."""
        self.known[key] = outcome
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, "outcome": asdict(outcome)}) + "\n")
