"""A drawing with the learner's functions, who may not be done: under the guards of a test."""

import contextlib
import io
import pdb
import sys
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .. import limits
from ..language import tr
from ..running import state
from ..running.calls import own_line, raised_in
from ..running.subject import Subject
from ..texts import shown
from ..verdicts import Kind, Verdict
from .drawings import Picture

Draw = Callable[..., Iterable[Picture]]

ENOUGH = 10.0  # seconds that a drawing may take

NOT_STARTED = "{name} is not started."
RAISED = "{name} raised {error}, at {place}."
ENDED = "{names} tried to end the run, by {error}."
UNFIT = "What came of {names} can't be drawn. {error}."


@dataclass
class Side:
    """The pictures that some functions have led to, and why there are no more of them."""

    pictures: list[Picture] = field(default_factory=list)
    problem: str = ""


def drawn(draw: Draw, subject: Subject, names: list[str]) -> Side:
    """What a drawing yields with a subject's functions, as far as these go."""
    side = Side()
    try:
        with guarded(draw.__name__):
            for picture in draw(*(subject.require(name) for name in names)):
                side.pictures.append(picture)
    except BaseException as error:
        side.problem = problem(error, subject, names)
    return side


@contextlib.contextmanager
def guarded(name: str) -> Iterator[None]:
    """Within, code is limited in time and prints nothing, and what is global is put back after."""
    state.reset()
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            _silence(),
            limits.limited(ENOUGH, lambda: limits.endless(name, ENOUGH)),
        ):
            yield
    finally:
        state.reset()


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Takes what is printed, gives nothing to read, and passes over breakpoints."""
    streams = {"stdin": sys.stdin, "stdout": sys.stdout, "stderr": sys.stderr}
    hook, set_trace = sys.breakpointhook, pdb.set_trace
    for name in streams:
        setattr(sys, name, io.TextIOWrapper(io.BytesIO(), "utf-8"))
    sys.breakpointhook = pdb.set_trace = lambda *_, **__: None
    try:
        yield
    finally:
        sys.breakpointhook, pdb.set_trace = hook, set_trace
        for name, stream in streams.items():
            setattr(sys, name, stream)


def problem(error: BaseException, subject: Subject, names: list[str]) -> str:
    """Why a drawing came to no end, in a sentence; a person's own Ctrl-C goes on its way."""
    if limits.interrupted() and isinstance(error, KeyboardInterrupt | limits.Quit):
        raise error
    name = _culprit(error, subject)
    if isinstance(error, Verdict):
        if error.kind is Kind.ENDLESS and error not in subject.ended.values():
            error = limits.endless(name or " or ".join(names), ENOUGH)
            subject.ended |= {name: error} if name else {}
        return error.problem
    said = f"{type(error).__name__}: {error}".rstrip(": ").partition("\n")[0]
    if isinstance(error, NotImplementedError) and raised_in(subject.implementation, error):
        return tr(NOT_STARTED).format(name=_innermost(error))
    if not isinstance(error, Exception):
        return tr(ENDED).format(names=name or ", ".join(names), error=type(error).__name__)
    if name is not None:
        line = own_line(subject.implementation, error)
        place = f"{shown(subject.implementation.path)}:{line}"
        return tr(RAISED).format(name=name, error=said, place=place)
    return tr(UNFIT).format(names=", ".join(names), error=said)


def _culprit(error: BaseException, subject: Subject) -> str | None:
    """The function or class of the learner's file that an error came through first."""
    path = str(subject.implementation.path)
    for frame, _ in traceback.walk_tb(error.__traceback__):
        name = frame.f_code.co_qualname.partition(".")[0]
        if frame.f_code.co_filename == path and name in subject.implementation.definitions:
            return name
    return None


def _innermost(error: BaseException) -> Any:
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    return frame.f_code.co_qualname
