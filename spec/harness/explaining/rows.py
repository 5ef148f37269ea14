"""A failure as labelled rows of text."""

import textwrap
from collections.abc import Sequence

import pytest

from spec.harness.explaining import errors
from spec.harness.running.cases import case_of, subject_of
from spec.harness.running.subject import Subject
from spec.harness.verdicts import CheckFailure, Verdict

LABEL = 10
NARROWEST = 60
UNBROKEN = "\N{NO-BREAK SPACE}"
CODE = ("called", "expected", "got", "at", "with", "hint", "more")

Rows = Sequence[tuple[str, str]]


def rows(item: pytest.Function, error: BaseException) -> Rows:
    """The failure as labelled texts, in the order in which a learner needs them."""
    if isinstance(error, Verdict):
        return [("problem", error.problem), *_caught(error, subject_of(item)), ("do", error.advice)]
    subject, function = subject_of(item), case_of(item).unit.owner
    said = [("rule", " ".join((item.obj.__doc__ or item.name).split()))]
    call = subject.last_call(function)
    if call is not None:
        said.append(("called", str(call)))
    if isinstance(error, CheckFailure):
        got = error.got or (call.answer() if call else None)
        said += [("expected", error.expected)] if error.expected else []
        said += [("got", got)] if got else []
        return [*said, ("problem", error.problem)]
    returned = call is not None and call.returned
    return [*said, *_raised(error, subject, returned)]


def _caught(verdict: Verdict, subject: Subject) -> Rows:
    """Where the learner's code was when its time was up."""
    path = subject.implementation.path
    return [("at", errors.place(path, verdict.caught))] if verdict.caught else []


def _raised(error: BaseException, subject: Subject, returned: bool) -> Rows:
    """What the function raised and where; or that the spec could not use what it returned."""
    message = f"{type(error).__name__}: {error}".rstrip(": ")
    path = subject.implementation.path
    own = errors.own_lines(error, path)
    if not own:
        problem = "the spec can't use what came back" if returned else "the spec failed"
        return [("problem", f"{problem}: {message}")]
    meaning = errors.meaning(error)
    tensors = errors.own_tensors(error, path)
    return [
        ("raised", message),
        *([("meaning", meaning)] if meaning else []),
        ("at", "\n".join(own)),
        *([("with", "\n".join(tensors))] if tensors else []),
    ]


def lines(rows: Rows, width: int) -> list[str]:
    """The rows as text: what follows in a row is indented under its beginning; prose is wrapped."""
    indent = " " * (LABEL + 2)
    text = []
    for label, value in rows:
        parts = value.splitlines() or [""]
        if label not in CODE:
            room = max(width, NARROWEST) - len(indent)
            parts = [line for part in parts for line in _wrapped(part, room)]
        first, *rest = parts
        text += [f"  {label:<{LABEL}}{first}", *(indent + line for line in rest)]
    return text


def _wrapped(text: str, room: int) -> list[str]:
    """Lines of at most this length; code, which begins with spaces, stays as it is."""
    if text.startswith(" "):
        return [text]
    wrapped = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False)
    return [line.replace(UNBROKEN, " ") for line in wrapped] or [""]
