"""How much two pieces of code are written alike: of mistakes that behave alike, which one it is."""

import ast
import functools

from ..files.sources import Definition

STRUCTURE = (
    ast.AugAssign,
    ast.Compare,
    ast.For,
    ast.If,
    ast.IfExp,
    ast.Lambda,
    ast.Raise,
    ast.Return,
    ast.Slice,
    ast.Subscript,
    ast.Try,
    ast.While,
    ast.With,
    ast.comprehension,
    ast.cmpop,
    ast.operator,
    ast.unaryop,
)


def closeness(one: Definition, other: Definition) -> float:
    """From 0 to 1: the part of what either of them is written with that both are."""
    a, b = _vocabulary(one), _vocabulary(other)
    return len(a & b) / len(a | b) if a | b else 0.0


@functools.lru_cache(maxsize=4096)
def _vocabulary(definition: Definition) -> frozenset[str]:
    """What code is written with: calls, attributes, keywords, constants, operators, statements."""
    return frozenset(word for node in ast.walk(definition) for word in _words(node))


def _words(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Attribute):
        return [f".{node.attr}"]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return [f"{node.func.id}()"]
    if isinstance(node, ast.keyword):
        return [f"{node.arg}="]
    if isinstance(node, ast.Constant):
        text = isinstance(node.value, str)
        return [] if text else [repr(node.value)]
    return [type(node).__name__] if isinstance(node, STRUCTURE) else []
