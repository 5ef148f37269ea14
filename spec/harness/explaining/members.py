"""Which part of a result a check is about, by the name that the docstring gives it."""

import ast
import re
from collections.abc import Iterator

import torch

from ..files.sources import Definition
from ..language import tr
from ..running.subject import Call

NAMES = re.compile(r"\((\w+(?:, \w+)+)\)")  # as a docstring writes a tuple
OF = "{name} of result[{position}]"
DEEPEST = 3


def name_of(part: object, call: Call, definition: Definition) -> str | None:
    """The name of a tensor in the tuple or list that came back; None where it is no part of one."""
    if not isinstance(part, torch.Tensor) or not isinstance(call.result, list | tuple):
        return None
    path = next(_paths(part, call.result), None)
    return _named(path, call.result, _names(definition)) if path else None


def _paths(part: object, whole: object, deepest: int = DEEPEST) -> Iterator[tuple[int, ...]]:
    if part is whole:
        yield ()
    elif deepest and isinstance(whole, list | tuple):
        for position, item in enumerate(whole):
            for rest in _paths(part, item, deepest - 1):
                yield position, *rest


def _named(
    path: tuple[int, ...], result: list[object] | tuple[object, ...], names: list[str]
) -> str:
    """A path by the names, where they are of the tuple in which its first or last step is."""
    first, *rest = path
    if len(names) == len(result) and isinstance(result, tuple):
        return names[first] + "".join(f"[{step}]" for step in rest)
    inner = result[first]
    if len(rest) == 1 and isinstance(inner, tuple) and len(inner) == len(names):
        return tr(OF).format(name=names[rest[0]], position=first)
    return "result" + "".join(f"[{step}]" for step in path)


def _names(definition: Definition) -> list[str]:
    """The names in the first tuple of a docstring's Returns."""
    _, _, returns = (ast.get_docstring(definition) or "").partition("Returns:")
    found = NAMES.search(returns.partition("\n\n")[0])
    names = found[1].split(", ") if found else []
    return names if all(name.isidentifier() for name in names) else []
