"""Another right answer to each function of a kata, as a file that stands by itself."""

import ast
import re
from collections.abc import Iterator

from .catalogue import Kata
from .sources import promised, read

HEAD = '"""Another right answer to each function of {kata}, one way of many."""'


def another_way(kata: Kata) -> str:
    """The source of one other right answer to each function, with what these need."""
    text = read(kata.right)
    nodes = ast.parse(text).body
    answers = ((name, _answer(nodes, name)) for name in promised(kata))
    chosen = {node: name for name, node in answers if node is not None}
    needed = {*chosen, *_helpers(nodes, {*chosen})}
    parts = [HEAD.format(kata=kata.name), "\n".join(_imports(nodes, needed))]
    for node in nodes:
        if node in needed:
            part = _segment(text, node)
            for each, name in chosen.items():
                part = re.sub(rf"\b{each.name}\b", name, part)
            parts.append(f"\n{part}" if isinstance(node, Defined) else part)
    return "\n\n".join(part for part in parts if part) + "\n"


Defined = ast.FunctionDef | ast.ClassDef


def _answer(nodes: list[ast.stmt], name: str) -> ast.FunctionDef | ast.ClassDef | None:
    """The first answer to a function."""
    answers = (node for node in nodes if isinstance(node, Defined))
    return next((node for node in answers if node.name.startswith(f"{name}__")), None)


def _helpers(nodes: list[ast.stmt], of: set[ast.stmt]) -> set[ast.stmt]:
    """What else at the top level these use, and what that uses."""
    found: set[ast.stmt] = set()
    while True:
        used = {n.id for node in of | found for n in ast.walk(node) if isinstance(n, ast.Name)}
        more = {node for node in nodes if used & set(_names(node))} - found - of
        if not more:
            return found
        found |= more


def _names(node: ast.stmt) -> Iterator[str]:
    """What a statement at the top level defines, imports left out."""
    if isinstance(node, Defined):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (n.id for t in node.targets for n in ast.walk(t) if isinstance(n, ast.Name))


def _imports(nodes: list[ast.stmt], of: set[ast.stmt]) -> Iterator[str]:
    """The imports that these need, a line each."""
    used = {n.id for node in of for n in ast.walk(node) if isinstance(n, ast.Name)}
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [a for a in node.names if (a.asname or a.name.partition(".")[0]) in used]
            if names:
                node.names = names
                yield ast.unparse(node)


def _segment(text: str, node: ast.stmt) -> str:
    first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
    return "\n".join(text.splitlines()[first - 1 : node.end_lineno])
