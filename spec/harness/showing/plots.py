"""What katas draw, with the learner's functions and with the solution's, side by side.

What a kata can draw stands in spec/plots under its name: a public function a drawing, whose
parameters are the functions of the kata that it needs. It yields pictures; those that came before
an error are kept.
"""

import ast
import functools
import importlib.util
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import typed
from ..explaining.progress import Progress, State
from ..files import catalogue, sources
from ..files.catalogue import Kata
from ..files.loading import load, load_ours
from ..language import tr
from ..running.subject import Subject
from ..verdicts import Kind, Verdict
from . import trying
from .figures import Figure, figures
from .trying import Side

NEEDED = "Curves and borders need matplotlib, and handwritten digits scikit-learn: {command}"
PACKAGES = ("matplotlib", "sklearn")


@dataclass(frozen=True)
class Drawing:
    """What a drawing of a kata has led to, and the functions that it needs."""

    name: str
    functions: list[str]
    figures: list[Figure]
    lacks: bool  # a package that it would need


def missing() -> str | None:
    """What to do to get all drawings, where some can't be made."""
    if all(importlib.util.find_spec(package) for package in PACKAGES):
        return None
    return tr(NEEDED).format(command=typed.installing("pictures"))


@functools.cache
def needs(kata: Kata) -> dict[str, list[str]]:
    """The drawings of a kata, and which of its functions each needs."""
    if not kata.plots.exists():
        return {}
    drawings = sources.definitions(kata.plots.read_text(encoding="utf-8"))
    return {
        name: sources.parameters(node)
        for name, node in drawings.items()
        if isinstance(node, ast.FunctionDef)
    }


def is_begun(entry: Progress) -> bool:
    """Whether anything of a function was written, as far as its tests tell."""
    return entry.state not in (State.NOT_STARTED, State.NOT_RUN)


def of(functions: Sequence[Progress], everything: bool) -> Iterator[tuple[Progress, Drawing]]:
    """The drawings with the functions of one file, each with the first that it needs.

    Those that need nothing that is begun are left out, unless everything is asked for.
    """
    kata = catalogue.named(functions[0].kata)
    owners = [sources.units(kata)[entry.function].owner for entry in functions]
    begun = {owner for owner, e in zip(owners, functions, strict=True) if is_begun(e)}
    subject = None
    for name, needed in needs(kata).items():
        places = [owners.index(each) for each in needed if each in owners]
        if places and (everything or begun.intersection(needed)):
            subject = subject or subject_of(kata, Path(functions[0].file), functions)
            yield functions[min(places)], drawn(subject, name)


def subject_of(kata: Kata, file: Path, entries: Sequence[Progress] = ()) -> Subject:
    """The file to draw with; what is known not to return, in a test, is not called again."""
    with trying.guarded(file.name):
        subject = Subject(load(kata, file.resolve(), trying.ENOUGH))
    for entry in entries:
        for note in entry.failures:
            words = dict(note.rows).get("problem")
            if note.kind is Kind.ENDLESS and words:
                subject.ended[entry.function] = Verdict(Kind.ENDLESS, words, "")
    return subject


def drawn(subject: Subject, name: str) -> Drawing:
    """A drawing with the learner's functions and with the solution's."""
    kata = subject.implementation.kata
    functions, expected = needs(kata)[name], expected_of(kata, name)
    yours = trying.drawn(draw_of(kata, name), subject, functions)
    file = zlib.crc32(bytes(subject.implementation.path))
    key = f"{kata.name}-{name}-{file:x}"  # no other file's pictures have it
    try:
        with trying.guarded(name):
            found = figures(yours.pictures, expected.pictures, yours.problem, key)
    except (Exception, Verdict) as error:
        problem = trying.problem(error, subject, functions)
        found = figures([], expected.pictures, problem, key)
    most = max(len(yours.pictures), len(expected.pictures), 1)
    return Drawing(name, functions, found, lacks=len(found) < most)


@functools.cache
def expected_of(kata: Kata, name: str) -> Side:
    """The pictures that the solution leads to; none where there is no solution."""
    subject = Subject(load_ours(kata, kata.solution))
    return trying.drawn(draw_of(kata, name), subject, needs(kata)[name])


def draw_of(kata: Kata, name: str) -> trying.Draw:
    """The drawing of this name, as it stands in spec/plots."""
    draw: trying.Draw = getattr(load_ours(kata, kata.plots).module, name)
    return draw
