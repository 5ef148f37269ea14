"""Calls of what a kata's class makes, as `Affine(3, 2)(x)`: the last one can be shown.

A class is handed to a spec as it is, so its own methods have to tell of their calls.
"""

import contextlib
import functools
from typing import Any
from weakref import WeakKeyDictionary

import torch

from ..checks.copies import copied
from ..rendering import call_text
from .entries import is_noted, note
from .subject import Call, Subject

LONGEST = 40  # characters of how an object was made
UNKNOWN = "{name}(…)"

_listeners: WeakKeyDictionary[type, tuple[str, Subject]] = WeakKeyDictionary()
_made: WeakKeyDictionary[object, str] = WeakKeyDictionary()


def listen(name: str, kind: type, subject: Subject) -> None:
    """From now on the subject knows of calls of this class's modules."""
    if not issubclass(kind, torch.nn.Module):
        return
    is_known = kind in _listeners
    _listeners[kind] = name, subject
    if not is_known:
        if "__init__" in vars(kind):
            _tell_of_making(kind, name)
        _tell_of_calls(kind)


def _tell_of_making(kind: Any, name: str) -> None:
    """Has a class remember with what each of its objects was made."""
    made = kind.__init__

    @functools.wraps(made)
    def init(self: object, *arguments: object, **named: object) -> None:
        __tracebackhide__ = True
        with contextlib.suppress(TypeError):  # a class may make its objects unhashable
            if is_noted() and self not in _made:
                _made[self] = _shortly(call_text(name, arguments, named), name)
                _, subject = _listeners[kind]
                subject.objects[name] = Call(name, arguments, named)
        made(self, *arguments, **named)

    kind.__init__ = init


def _shortly(text: str, name: str) -> str:
    """How an object was made, where that fits in front of a call."""
    return text if len(text) <= LONGEST and "\n" not in text else UNKNOWN.format(name=name)


def _tell_of_calls(kind: Any) -> None:
    """Has a class tell its listener of the calls of its objects."""
    called = kind.__call__

    @functools.wraps(called)
    def call(self: object, *arguments: object, **named: object) -> object:
        __tracebackhide__ = True
        listener = _listeners.get(type(self))
        if listener is None:
            return called(self, *arguments, **named)
        name, subject = listener
        text = UNKNOWN.format(name=name)
        with contextlib.suppress(TypeError):
            text = _made.get(self, text)
        entry = note(text, arguments, named)
        if entry is not None:
            subject.objects[name] = entry
        result = called(self, *arguments, **named)
        if entry is not None:
            entry.result, entry.returned, entry.came = result, True, copied(result)
            entry.given = [*arguments, *named.values()]
            entry.left = [copied(argument) for argument in entry.given]
        return result

    kind.__call__ = call
