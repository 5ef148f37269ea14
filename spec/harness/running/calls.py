"""The kata as a spec sees it: its functions, and a record of what was asked and answered."""

import ast
import functools
import linecache
import re
import traceback
from typing import Any

import torch

from ..checks.copies import copied
from ..checks.plain import plain
from ..files.loading import Implementation
from ..files.sources import promised
from . import hearing, rules
from .entries import note
from .objects import listen
from .subject import Subject

RAISE = re.compile(r"\braise\b")


class KataUnderTest:
    """The `kata` argument of a spec test: `kata.center_columns(matrix)` calls and records."""

    def __init__(self, subject: Subject) -> None:
        self.__subject = subject

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in promised(self.__subject.implementation.kata):
            raise AttributeError(name)
        return recorded(name, self.__subject.require(name), self.__subject)


def recorded(name: str, value: Any, subject: Subject) -> Any:
    """What is called, recording its calls and held to the standing rules; a class as it is."""
    definition = promised(subject.implementation.kata)[name]
    if isinstance(definition, ast.ClassDef) and issubclass(type(value), type):
        listen(name, value, subject)
        return value

    standing = rules.rules_of(subject.implementation.kata, name)

    @functools.wraps(value)
    def call(*arguments: object, **named: object) -> object:
        __tracebackhide__ = True
        entry = note(name, arguments, named)
        if entry is not None:
            subject.calls.append(entry)
        values = [*arguments, *named.values()]
        copies = [*entry.arguments, *entry.named.values()] if entry else values
        before = rules.given(standing, arguments, named, copies)
        try:
            with hearing.heard(entry):
                result = value(*arguments, **named)
        except NotImplementedError as error:
            if raised_in(subject.implementation, error):
                raise subject.not_started(name) from None
            raise
        except torch.AcceleratorError as error:  # Hypothesis will have another one
            subject.broke_at = subject.broke_at or own_line(subject.implementation, error)
            raise
        result = plain(result)
        for argument in values:
            plain(argument)
        if entry is not None:
            entry.result, entry.returned = result, True
            entry.given, entry.left = values, [copied(argument) for argument in values]
            entry.came = copied(result)
        rules.check(standing, before, result)
        return result

    return call


def raised_in(implementation: Implementation, error: BaseException) -> bool:
    """Whether a `raise` of the implementation's own file raised this error, not what it called."""
    frames = list(traceback.walk_tb(error.__traceback__))
    if not frames:
        return False
    path, (frame, line) = str(implementation.path), frames[-1]
    linecache.checkcache(path)
    own = frame.f_code.co_filename == path
    return own and bool(RAISE.search(linecache.getline(path, line)))


def own_line(implementation: Implementation, error: BaseException) -> int | None:
    """The innermost line of the implementation's own file that an error came through."""
    path = str(implementation.path)
    frames = traceback.walk_tb(error.__traceback__)
    lines = [line for frame, line in frames if frame.f_code.co_filename == path]
    return lines[-1] if lines else None
