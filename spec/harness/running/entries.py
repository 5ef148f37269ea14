"""Which calls are written down: those that may be shown."""

import contextlib
from collections.abc import Iterator

from hypothesis.control import currently_in_test_context, should_note

from ..checks.copies import copied
from .subject import Call

_searching = False


@contextlib.contextmanager
def searching() -> Iterator[None]:
    """Within, no call is written down: if one fails, it will be made again."""
    global _searching
    _searching = True
    try:
        yield
    finally:
        _searching = False


def is_noted() -> bool:
    """Whether this may be what is shown: of what Hypothesis only tries, the smallest comes last."""
    return not _searching and (not currently_in_test_context() or should_note())


def note(name: str, arguments: tuple[object, ...], named: dict[str, object]) -> Call | None:
    """A call with its arguments as they are before it, if it may be shown."""
    if not is_noted():
        return None
    return Call(
        name,
        tuple(copied(argument) for argument in arguments),
        {key: copied(argument) for key, argument in named.items()},
    )
