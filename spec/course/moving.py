"""Katas are numbered, and a course that grows numbers them anew: which one is it now?"""

from .pieces import CAN_T_PARSE, Unit, parsed

ENOUGH = 0.5  # of the functions of two katas, to take them for one


def successor(name: str, text: str, course: dict[str, str]) -> str | None:
    """The kata of the course that one of another name has become, if there is one and no other.

    That is the one with the same words after its number, else the one with the same functions.
    """
    words = name.partition("_")[2]
    same = [other for other in course if other.partition("_")[2] == words]
    if len(same) == 1:
        return same[0]
    own = _functions(text)
    shares = {other: _share(own, _functions(stub)) for other, stub in course.items()}
    close = [other for other, share in shares.items() if share >= ENOUGH]
    return close[0] if len(close) == 1 else None


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _functions(text: str) -> set[str]:
    try:
        return {node.name for node in parsed(text).body if isinstance(node, Unit)}
    except CAN_T_PARSE:
        return set()
