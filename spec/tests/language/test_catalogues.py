"""Every language's catalogues: of texts that exist, translated without a fault, and nearly all."""

from pathlib import Path

import polib
import pytest

from spec.harness import consoles, language, po
from spec.harness.files.catalogue import SPEC
from spec.tools import catalogues, faults, translate
from spec.tools.catalogues import Done

COVERED = {"ru": 0.99}  # the share of texts that is translated, or more

LANGUAGES = language.languages()[1:]
FILES = [path for name in LANGUAGES for path in sorted((SPEC / name).glob("*.po"))]
each_file = pytest.mark.parametrize(
    "path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}"
)
each_language = pytest.mark.parametrize("name", LANGUAGES)


@each_language
def test_catalogues_are_up_to_date(name: str) -> None:
    """Each text of the sources is in them, and no other: translate would write the same."""
    for stem, texts in translate.wanted([]):
        path = SPEC / name / f"{stem}.po"
        new = catalogues.brought_up(catalogues.read(path, name), texts)
        command = f"python -m spec.tools.translate {name} {stem}"
        assert f"{new}\n" == path.read_text(encoding="utf-8"), f"run {command}"


@each_file
def test_what_is_translated_has_no_fault(path: Path) -> None:
    """Placeholders, code, shapes and numbers are the English text's, terms the glossary's."""
    terms = faults.glossary(path.parent / "glossary.md")
    found = [
        f"{entry.msgid}\n  {entry.msgstr}\n  {fault}"
        for entry in polib.pofile(str(path))
        if entry.translated()
        for fault in faults.faults(entry, terms)
    ]
    assert not found, "\n".join(found)


@each_language
def test_nearly_all_is_translated(name: str) -> None:
    """As many as COVERED says; what is missing is printed."""
    total, missing = Done(0, 0, 0), []
    for path in sorted((SPEC / name).glob("*.po")):
        catalogue = polib.pofile(str(path))
        total += catalogues.done(catalogue)
        missing += [
            f"{path.stem}: {entry.msgid}"
            for entry in catalogue
            if not (entry.obsolete or entry.translated())
        ]
    print("\n".join(missing))
    assert total.translated >= COVERED[name] * total.texts, str(total)


@each_language
def test_one_english_text_is_one_text(name: str) -> None:
    """What stands in several katas is said in the same words in each."""
    said: dict[str, str] = {}
    for path in sorted((SPEC / name).glob("*.po")):
        for entry in polib.pofile(str(path)):
            if entry.translated() and not entry.msgid_plural:
                known = said.setdefault(entry.msgid, entry.msgstr)
                assert known == entry.msgstr, f"{path.stem}: {entry.msgid}"


@each_file
def test_a_catalogue_is_read_as_gettext_means_it(path: Path) -> None:
    """The reader of ours, which needs nothing installed, finds what polib finds."""
    ours, theirs = po.Translations(), polib.pofile(str(path))
    ours.add(path.read_text(encoding="utf-8"))
    entries = [entry for entry in theirs if entry.translated()]
    assert ours.texts == {e.msgid: e.msgstr for e in entries if not e.msgid_plural}
    assert ours.forms == {
        (e.msgid, e.msgid_plural): list(e.msgstr_plural.values()) for e in entries if e.msgid_plural
    }


@each_language
def test_a_language_says_how_it_counts(name: str) -> None:
    """The head of harness.po has the rule for numbers."""
    assert "nplurals" in polib.pofile(str(SPEC / name / "harness.po")).metadata["Plural-Forms"]


@pytest.mark.parametrize("encoding", ["cp1251", "cp866"])
def test_consoles_of_old_show_russian(encoding: str) -> None:
    """What letters they lack is spelt with others, and no letter by its number."""
    known = po.read(SPEC / "ru")
    said = "".join(
        [*known.texts.values(), *(each for form in known.forms.values() for each in form)]
    )
    letters = "".join(sorted(set(said) - {"\\"}))
    spelt = letters.encode(encoding, consoles.SPELT).decode(encoding)
    assert "\\" not in spelt
