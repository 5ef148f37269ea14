"""What a watcher knows of a file: what was written, how far its functions are, which is shown."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .. import texts
from ..explaining.progress import Progress, State, focus
from ..files import sources
from ..files.catalogue import Kata
from ..files.sources import Definition, Unit

FINISHED = (State.WORKS, State.DONE)


@dataclass
class File:
    """One file that answers a kata, and the functions that its learner is at."""

    path: Path
    kata: Kata
    entries: list[Progress] = field(default_factory=list)
    at_hand: list[str] = field(default_factory=list)  # written since the run before, or broken
    standing: dict[str, State] = field(default_factory=dict)  # how far all was before this run
    done: set[str] = field(default_factory=set)  # what was ever done
    written: dict[str, Definition] | None = None  # when it was read last

    def read(self) -> None:
        """Notes which functions were written since the last run, where there was one."""
        if any(not entry.whole_file for entry in self.entries):
            self.standing = {entry.function: entry.state for entry in self.entries}
        try:
            now = sources.definitions(sources.read(self.path))
        except (OSError, SyntaxError, ValueError):
            return  # what is wrong with it is said where it is run
        if self.written is not None:
            units = sources.units(self.kata).values()
            changed = [u.name for u in units if _text(u, now) != _text(u, self.written)]
            self.at_hand = changed or self.at_hand
        self.written = now

    def first(self) -> list[str]:
        """The functions to try first: those at hand, or else the one in focus."""
        begun = [name for name in self.at_hand if not self._is_stub(name)]
        entry = focus(self.entries)
        return begun or ([entry.function] if entry else [])

    def then(self) -> list[str]:
        """The functions that were finished, to be tried next: whether they still are."""
        finished = [name for name, state in self.standing.items() if state in FINISHED]
        return [name for name in finished if name not in self.first()]

    def learn(self, entries: Iterable[Progress], whole: bool) -> None:
        """Takes what a run has found, of all functions or of the first ones."""
        new = list(entries)
        found = {entry.function for entry in new}
        kept = [] if whole else [entry for entry in self.entries if entry.function not in found]
        order = list(sources.units(self.kata))
        self.entries = sorted([*kept, *new], key=lambda entry: order.index(entry.function))
        if new and not new[0].whole_file and not any(_fails(e) for e in self._mine()):
            self.at_hand = [e.function for e in new if self._is_broken(e)] or self.at_hand
        self.done |= {entry.function for entry in new if entry.state is State.DONE}

    def shown(self) -> Progress | None:
        """The function that its learner wants to know of; None if nothing is known.

        That is the one at hand, and of several the first whose core fails, or whose edges do; where
        none is at hand, the one in focus.
        """
        mine = self._mine()
        if self.entries and self.entries[0].whole_file:
            return self.entries[0]
        chosen = [e for e in mine if _fails(e)] or [e for e in mine if e.failures]
        return next(iter(chosen), None) or next(reversed(mine), None) or focus(self.entries)

    def task(self) -> Progress | None:
        """The function that is shown, where it is to be mended or begun before all others."""
        shown = self.shown()
        is_broken = shown is not None and shown.function in self.done and not shown.done
        return shown if shown and (is_broken or not shown.works) else None

    def next(self) -> Progress | None:
        """The function to go on with here when the one that is shown is left."""
        shown = self.shown()
        return focus(entry for entry in self.entries if entry is not shown)

    @property
    def name(self) -> str:
        """The file as a reader wants it named."""
        return texts.shown(self.path)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do in it, as far as is known."""
        return bool(self.entries) and focus(self.entries) is None

    @property
    def works(self) -> bool:
        """Whether each of its functions is known to work, and none has anything left to do."""
        known = len(self.entries) == len(sources.units(self.kata))
        return self.is_done and known and all(entry.works for entry in self.entries)

    def _mine(self) -> list[Progress]:
        """What is known of the functions at hand, but for what is not started."""
        mine = [entry for entry in self.entries if entry.function in self.at_hand]
        return [entry for entry in mine if entry.passed or entry.failures]

    def _is_broken(self, entry: Progress) -> bool:
        before = self.standing.get(entry.function)
        return (before in FINISHED and _fails(entry)) or (
            before is State.DONE and bool(entry.failures)
        )

    def _is_stub(self, name: str) -> bool:
        unit = sources.units(self.kata)[name]
        definition = (self.written or {}).get(unit.owner)
        return definition is not None and sources.is_untouched(definition)


def _fails(entry: Progress) -> bool:
    """Whether a function was begun and its core does not hold."""
    return bool(entry.failures) and not entry.works


def _text(unit: Unit, found: dict[str, Definition]) -> str:
    """What is written of a unit; of a class's part, its methods."""
    definition = found.get(unit.owner)
    if definition is None:
        return ""
    nodes = [n for n in (sources.method_of(definition, m) for m in unit.methods) if n]
    return "\n".join(map(ast.dump, nodes or [definition]))
