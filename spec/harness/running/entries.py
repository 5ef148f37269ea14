"""Which calls are written down: those that may be shown."""

from hypothesis.control import currently_in_test_context, should_note

from ..checks.copies import copied
from .subject import Call


def is_noted() -> bool:
    """Whether this may be what is shown: of what Hypothesis only tries, the smallest comes last."""
    return not currently_in_test_context() or should_note()


def note(name: str, arguments: tuple[object, ...], named: dict[str, object]) -> Call | None:
    """A call with its arguments as they are before it, if it may be shown."""
    if not is_noted():
        return None
    return Call(
        name,
        tuple(copied(argument) for argument in arguments),
        {key: copied(argument) for key, argument in named.items()},
    )
