"""Files to draw with, and what is seen of their drawings."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from spec.harness.files.catalogue import Kata
from spec.harness.files.loading import Implementation, load_ours
from spec.harness.running.subject import Subject
from spec.harness.showing import plots
from spec.harness.showing.drawings import YOURS
from spec.harness.showing.figures import Figure
from spec.harness.showing.plots import Drawing


def handed_in(folder: Path, kata: Kata, text: str) -> Subject:
    """The solution with what comes after it, as a learner's file."""
    path = folder / f"{kata.name}.py"
    path.write_text(kata.solution.read_text("utf-8") + "\n\n" + text, encoding="utf-8")
    return plots.subject_of(kata, path)


def with_answer(kata: Kata, path: Path, answer: str) -> Subject:
    """The solution with an answer of spec/wrong or spec/right in its function's place."""
    solution, answers = load_ours(kata, kata.solution), load_ours(kata, path)
    function, module = answer.partition("__")[0], ModuleType(answer)
    vars(module).update(vars(solution.module))
    setattr(module, function, getattr(answers.module, answer))
    definitions = {**solution.definitions, function: answers.definitions[answer]}
    return Subject(Implementation(kata, path, module, None, definitions))


def drawings_of(subject: Subject) -> Iterator[Drawing]:
    """All drawings of a kata."""
    for name in plots.needs(subject.implementation.kata):
        yield plots.drawn(subject, name)


def names(figure: Figure) -> list[str]:
    """What the sides of a figure are called, without what is said of them."""
    if figure.views[0].macro == "grids":
        return [panel["title"].partition(", ")[2] for panel in figure.views[0].drawn]
    return [view.name.partition(":")[0] for view in figure.views]


def is_different(figure: Figure) -> bool:
    """Whether it shows the learner's side apart from the expected one."""
    return any(name.split(" ")[0] == YOURS for name in names(figure))
