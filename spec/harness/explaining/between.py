"""What a test wrote between a call and its failure: into an argument, or into what came back."""

from collections.abc import Iterator, Sequence

import numpy as np

from ..checks.copies import snapshot
from ..checks.plain import TENSORS
from ..language import tr
from ..running.subject import Call
from .called import named

KNOWN = (*TENSORS, np.ndarray)  # what is no lookalike
INTO = "{name} was written into, and now\n  {text}"
RESULT = "{name} was written into"  # what it is now, stands below


def written(call: Call, parameters: Sequence[str]) -> str | None:
    """What has changed since the call ended, as text; None if nothing has."""
    if not call.returned:
        return None
    names = [*parameters[: len(call.arguments)], *call.named]
    for name, then, now in zip(names, call.left, call.given, strict=False):
        for part, value in _changes(name, then, now):
            return tr(INTO).format(name=part, text=named(part, value).replace("\n", "\n  "))
    for part, _ in _changes("result", call.came, call.result):
        return tr(RESULT).format(name=part)
    return None


def _changes(name: str, then: object, now: object) -> Iterator[tuple[str, object]]:
    """The parts of a value that are others now, by name."""
    if then is now:
        return
    if isinstance(then, list | tuple) and isinstance(now, list | tuple) and len(then) == len(now):
        for position, (before, after) in enumerate(zip(then, now, strict=True)):
            yield from _changes(f"{name}[{position}]", before, after)
    elif isinstance(then, dict) and isinstance(now, dict) and then.keys() == now.keys():
        for key in then:
            yield from _changes(f"{name}[{key!r}]", then[key], now[key])
    elif type(now) in KNOWN and snapshot(then) != snapshot(now):
        yield name, now
