"""Which lines of a file an instructor may want to look at: what a kata does not need.

Nothing is cut out, and no point depends on it. allowlist.toml says what a kata can need.
"""

import ast
import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import decode_source

from ...harness.language import tr
from . import allowlist as known
from .allowlist import Weight
from .looking import Look
from .texts import laid_open


@dataclass(frozen=True, order=True)
class Pointer:
    """A line to look at, and why."""

    line: int
    weight: str
    sentence: str


MOST = 20  # pointers of a file


def pointers(source: bytes) -> list[Pointer]:
    """The lines of a file that may want to be looked at, in their order."""
    return list(_pointers(source))


@functools.lru_cache(maxsize=1024)
def _pointers(source: bytes) -> list[Pointer]:
    """The same, looked for once where several handed in the same file."""
    try:
        tree = ast.parse(source)
        text = decode_source(source)
        depth = _depth(tree)
    except (SyntaxError, ValueError):
        return []  # it can't run, and the learner is told why
    except (RecursionError, MemoryError):
        depth = DEEPEST
    if depth >= DEEPEST:
        return [Pointer(1, Weight.REACHES, tr(known.DEEP))]
    found = set(_of_text(source, text))
    tree = laid_open(tree, text)
    look = Look(tree)
    for node in ast.walk(tree):
        for weight, sentence in look.at(node):
            found.add(Pointer(getattr(node, "lineno", 1), weight, sentence))
    ordered = sorted(found)
    reaching = [pointer for pointer in ordered if pointer.weight == Weight.REACHES]
    kept = set((reaching + [p for p in ordered if p not in reaching])[:MOST])
    return [pointer for pointer in ordered if pointer in kept]


def reaches(found: Iterable[Pointer]) -> bool:
    """Whether one of these lines reaches out."""
    return any(pointer.weight == Weight.REACHES for pointer in found)


DEEPEST = 200  # nested pieces of code


def _depth(tree: ast.AST) -> int:
    """How many nodes lie within each other at most, found without recursion."""
    deepest, waiting = 0, [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [(child, depth + 1) for child in ast.iter_child_nodes(node)]
    return deepest


def _of_text(source: bytes, text: str) -> Iterator[Pointer]:
    hidden = known.UNSEEN.search(text)
    if hidden:
        yield Pointer(text.count("\n", 0, hidden.start()) + 1, Weight.UNUSUAL, tr(known.HIDDEN))
    plain = bytes(byte for byte in source.replace(b"\r\n", b"\n") if byte < 128)
    if plain.replace(b"\r", b"\n") != "".join(filter(str.isascii, text)).encode():
        yield Pointer(1, Weight.REACHES, tr(known.CODEC))
