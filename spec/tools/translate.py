"""Brings new and changed texts into a language's catalogues, and says how much is translated.

    python -m spec.tools.translate ru [kata ...]

The beginning of a kata's name is enough; no name means all. What is translated stays; a text that
has changed is marked fuzzy, and is shown in English until somebody has looked at it.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from spec.harness import markdown
from spec.harness.files import catalogue
from spec.harness.files.catalogue import ROOT, SPEC, Kata
from spec.tools import catalogues, harness_texts, learners_texts
from spec.tools.catalogues import Done
from spec.tools.learners_texts import Text

README = ROOT / "README.md"
COMMON = {
    "harness": harness_texts.of_machinery,
    "everywhere": learners_texts.of_any_kata,
    "readme": learners_texts.of_readmes,
}


def main(arguments: list[str] | None = None) -> None:
    """Writes the catalogues of those that are asked for, and a line for each."""
    parser = argparse.ArgumentParser(prog="python -m spec.tools.translate", description=__doc__)
    parser.add_argument("language", help="such as ru")
    parser.add_argument("katas", nargs="*", help="or harness, everywhere, readme")
    asked = parser.parse_args(arguments)
    total = Done(0, 0, 0)
    for name, texts in wanted(asked.katas):
        done = written(SPEC / asked.language / f"{name}.po", asked.language, texts)
        print(f"{name}: {done}")
        total += done
    print(f"all: {total}")
    page = markdown.translated(README.read_text(encoding="utf-8"), asked.language)
    readme(asked.language).write_text(page, encoding="utf-8", newline="\n")


def readme(name: str) -> Path:
    """The project's README in a language."""
    return SPEC.parent / f"README.{name}.md"


def wanted(names: list[str]) -> Iterator[tuple[str, list[Text]]]:
    """The catalogues whose names begin so, each with its texts."""
    for name in [*COMMON, *(kata.name for kata in catalogue.katas())]:
        if not names or name.startswith(tuple(names)):
            yield name, list(COMMON[name]() if name in COMMON else of_kata(catalogue.named(name)))


def of_kata(kata: Kata) -> Iterator[Text]:
    """What a learner reads of a kata, what its spec says, and what is drawn with it."""
    yield from learners_texts.of_kata(kata)
    for path in (kata.spec, kata.plots):
        if path.exists():
            yield from harness_texts.of_module(path)


def written(path: Path, language: str, texts: list[Text]) -> Done:
    """Writes a catalogue anew; how much of it is done."""
    old, first = catalogues.read(path, language), path.with_name("harness.po")
    old.metadata.update(catalogues.read(first, language).metadata)  # how the language counts
    new = catalogues.brought_up(old, texts)
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"{new}\n")
    return catalogues.done(new)


if __name__ == "__main__":
    main()
