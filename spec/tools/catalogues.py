"""A gettext catalogue brought up to date: what is translated stays, what has changed is marked."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polib

from spec.tools.learners_texts import Text

ALIKE = 0.6  # above which a new text is an old one that was changed


@dataclass(frozen=True)
class Done:
    """How much of a catalogue is translated."""

    texts: int
    translated: int
    fuzzy: int

    def __add__(self, other: "Done") -> "Done":
        """Both together."""
        return Done(
            self.texts + other.texts,
            self.translated + other.translated,
            self.fuzzy + other.fuzzy,
        )

    def __str__(self) -> str:
        """In words."""
        share = 100 * self.translated / max(self.texts, 1)
        fuzzy = f", {self.fuzzy} to be looked at" if self.fuzzy else ""
        return f"{self.translated} of {self.texts} texts ({share:.1f} %){fuzzy}"


def read(path: Path, language: str) -> polib.POFile:
    """The catalogue that a file holds, or a new one."""
    if path.exists():
        return polib.pofile(str(path), wrapwidth=0)
    new = polib.POFile(wrapwidth=0)
    new.metadata = {
        "Project-Id-Version": "torch-katas",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    return new


def brought_up(old: polib.POFile, texts: Iterable[Text]) -> polib.POFile:
    """A catalogue of these texts, in their order, with what the old one says of them.

    A text that is new takes over the translation of the one that is most like it among those that
    are gone, as fuzzy: it is not shown before someone has looked. Those that nothing takes over
    become comments at the end.
    """
    new = polib.POFile(wrapwidth=0)
    new.metadata, new.header = old.metadata, old.header
    entries = _entries(texts, forms(old))
    known = {entry.msgid: entry for entry in [*old.obsolete_entries(), *_current(old)]}
    gone = {key: entry for key, entry in known.items() if key not in entries and _is_said(entry)}
    for key, entry in entries.items():
        if key in known:
            _keep(known[key], entry)
        else:
            changed = next(iter(difflib.get_close_matches(key, gone, 1, ALIKE)), None)
            if changed is not None:
                _take_over(gone.pop(changed), entry)
        new.append(entry)
    for entry in gone.values():
        entry.obsolete, entry.occurrences, entry.comment = True, [], ""
        new.append(entry)
    return new


def done(catalogue: polib.POFile) -> Done:
    """How much of a catalogue is translated, and how much of it has to be looked at again."""
    entries = _current(catalogue)
    return Done(
        len(entries),
        sum(entry.translated() for entry in entries),
        sum(entry.fuzzy for entry in entries),
    )


def _current(catalogue: polib.POFile) -> list[polib.POEntry]:
    return [entry for entry in catalogue if not entry.obsolete]


def _is_said(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr or any(entry.msgstr_plural.values()))


def forms(catalogue: polib.POFile) -> int:
    """How many forms a language has for different numbers, as the catalogue's head says."""
    found = re.search(r"nplurals=(\d+)", catalogue.metadata.get("Plural-Forms", ""))
    return int(found[1]) if found else 2


def _entries(texts: Iterable[Text], forms: int) -> dict[str, polib.POEntry]:
    """An entry for each text; one that stands in several places has several comments."""
    entries: dict[str, polib.POEntry] = {}
    for text in texts:
        entry = entries.setdefault(text.english, polib.POEntry(msgid=text.english))
        if text.many:
            entry.msgid_plural, entry.msgstr_plural = text.many, dict.fromkeys(range(forms), "")
        comments = [*entry.comment.splitlines(), text.what]
        entry.comment = "\n".join(dict.fromkeys(comments))
        entry.occurrences = list(dict.fromkeys([*entry.occurrences, (text.place, "")]))
    return entries


def _keep(old: polib.POEntry, entry: polib.POEntry) -> None:
    """What is said of a text stays, with its flags and the translator's own comments."""
    entry.msgstr = old.msgstr
    if old.msgid_plural and len(old.msgstr_plural) == len(entry.msgstr_plural):
        entry.msgstr_plural = old.msgstr_plural
    entry.flags, entry.tcomment = old.flags, old.tcomment
    entry.previous_msgid = old.previous_msgid
    entry.previous_msgid_plural = old.previous_msgid_plural


def _take_over(old: polib.POEntry, entry: polib.POEntry) -> None:
    """The translation of a text that has changed, marked, with what it is a translation of."""
    _keep(old, entry)
    entry.previous_msgid = old.previous_msgid if old.fuzzy and old.previous_msgid else old.msgid
    entry.flags = list(dict.fromkeys([*old.flags, "fuzzy"]))
