"""The wrong answers that are put through failing tests, with the words for each.

Those of a kata's catalogue are written down one by one, as function__mistake. Those that can be
made in any function are made of the right answer, and called function__everywhere.mistake.
"""

import ast
import functools
import types
from collections.abc import Iterable

from ..files import sources
from ..files.catalogue import Kata, is_there
from ..files.loading import Implementation, load_ours
from ..running.subject import Subject
from ..verdicts import About
from . import general, spelling
from .choosing import EVERYWHERE, NEAR, is_general


@functools.cache
def known_mistakes(kata: Kata) -> dict[str, str]:
    """The names of a kata's wrong answers, and the words that a learner is told."""
    if not (is_there(kata.wrong) and is_there(kata.solution)):
        return {}
    module = load_ours(kata, kata.wrong).module
    known = [name for name in catalogued(kata) if hasattr(module, name)]
    return {name: general.words(getattr(module, name)) for name in known}


@functools.cache
def general_mistakes(kata: Kata, function: str) -> dict[str, str]:
    """The names of the general mistakes in this function that are told, with their words."""
    if not is_there(kata.solution):
        return {}
    return {
        f"{function}{EVERYWHERE}{name}": general.words(operator)
        for name, operator in general.operators(kata).items()
        if general.applied(kata, function, name) and general.is_told(kata, function, name)
    }


@functools.cache
def catalogued(kata: Kata) -> dict[str, sources.Definition]:
    """The wrong answers of a kata's catalogue as they are written."""
    return sources.definitions(sources.read(kata.wrong)) if is_there(kata.wrong) else {}


def make_ready(kata: Kata) -> None:
    """Reads and makes all that may be asked for, where it must be there beforehand."""
    known_mistakes(kata)
    catalogued(kata)
    for function in sources.promised(kata):
        general_mistakes(kata, function)


def function_of(name: str) -> str:
    """The function or class that a wrong answer stands for."""
    return name.partition("__")[0]


def is_in_source(kata: Kata, name: str) -> bool:
    """Whether a general mistake says what stands in the code, and not what came of it."""
    return general.kind(kata, name.partition(EVERYWHERE)[2]) == "IN_SOURCE"


def about(kata: Kata, function: str, check: object) -> list[str]:
    """The general mistakes that are just what such a check is about."""
    operators = general.about(kata, check.value) if isinstance(check, About) else set()
    names = general_mistakes(kata, function) if operators else ()
    return [name for name in names if name.partition(EVERYWHERE)[2] in operators]


def is_of_truths(kata: Kata, name: str) -> bool:
    """Whether a general mistake is one that shows in what is True or False alone."""
    return general.is_of_truths(kata, name.partition(EVERYWHERE)[2])


def words(kata: Kata, name: str) -> str:
    """What a learner who made this mistake is told."""
    among = general_mistakes(kata, function_of(name)) if is_general(name) else None
    return (known_mistakes(kata) if among is None else among)[name]


def spelt(kata: Kata, own: sources.Definition, names: Iterable[str]) -> dict[str, float]:
    """How closely each of these mistakes of the catalogue is written like an answer."""
    written = catalogued(kata)
    known = (name for name in names if not is_general(name))
    return {name: _closeness(own, written[name]) for name in known}


def _closeness(own: sources.Definition, written: sources.Definition) -> float:
    """The same of one; of a class that has the rest from another, only what differs is there."""
    close = spelling.closeness(own, written)
    bases = written.bases if isinstance(written, ast.ClassDef) else []
    is_part = any(isinstance(base, ast.Name) and base.id.startswith("_") for base in bases)
    return max(close, NEAR) if is_part else close


def suspect(kata: Kata, name: str) -> Subject:
    """The solution with this wrong answer in its function's place."""
    right, function = load_ours(kata, kata.solution), function_of(name)
    module = types.ModuleType(name)
    module.__dict__.update(vars(right.module))
    if is_general(name):
        operator = name.partition(EVERYWHERE)[2]
        answer, path = general.applied(kata, function, operator), general.path(kata, operator)
    else:
        answer, path = getattr(load_ours(kata, kata.wrong).module, name), kata.wrong
        answer.__name__ = answer.__qualname__ = function  # as errors of Python and torch call it
    setattr(module, function, answer)
    return Subject(Implementation(kata, path, module, definitions=right.definitions))
