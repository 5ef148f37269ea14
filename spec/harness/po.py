"""gettext's catalogues as they are written: texts with their translations."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

QUOTED = r'(?:"[^\n]*"\n)+'
ENTRY = re.compile(
    rf"^(?P<flags>(?:#[^~\n].*\n)*)msgid (?P<one>{QUOTED})"
    rf"(?:msgid_plural (?P<many>{QUOTED}))?(?P<said>(?:msgstr(?:\[\d\])? {QUOTED})+)",
    re.MULTILINE,
)
SAID = re.compile(rf"msgstr(?:\[\d\])? ({QUOTED})")
FUZZY = re.compile(r"^#,.*\bfuzzy\b", re.MULTILINE)
PLURAL = re.compile(r"Plural-Forms:.*plural=(.*);")
ESCAPED = re.compile(r"\\(.)")
LETTERS = {"n": "\n", "t": "\t"}


def _english(number: int) -> int:
    return int(number != 1)


@dataclass
class Translations:
    """What texts are in a language, and which form of several a number takes."""

    texts: dict[str, str] = field(default_factory=dict)
    forms: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    form_of: Callable[[int], int] = _english

    def add(self, source: str) -> None:
        """Adds a catalogue's texts: those that are translated, and not marked as fuzzy."""
        for entry in ENTRY.finditer(source + "\n"):
            one, many, flags = entry["one"], entry["many"], entry["flags"]
            said = [_text(each) for each in SAID.findall(entry["said"])]
            if one == '""\n':
                self._head(said[0])
            elif all(said) and not ("fuzzy" in flags and FUZZY.search(flags)):
                if many:
                    self.forms[_text(one), _text(many)] = said
                else:
                    self.texts[_text(one)] = said[0]

    def _head(self, head: str) -> None:
        plural = PLURAL.search(head)
        if plural:
            self.form_of = gettext.c2py(plural[1])


def _text(quoted: str) -> str:
    """The text of lines in quotation marks."""
    text = "".join(line[1:-1] for line in quoted.splitlines())
    if "\\" not in text:
        return text
    return ESCAPED.sub(lambda found: LETTERS.get(found[1], found[1]), text)


def read(folder: Path) -> Translations:
    """All catalogues of a folder together."""
    translations = Translations()
    for path in sorted(folder.glob("*.po")):
        translations.add(path.read_text(encoding="utf-8"))
    return translations
