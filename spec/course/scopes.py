"""Which names a statement gives a meaning to, and which it needs: at once, or when it is called."""

import ast
from collections.abc import Iterable, Iterator

from .pieces import Function, Unit

Nodes = Iterable[ast.AST]


def bound(nodes: Nodes) -> set[str]:
    """The names that are given a meaning where these statements stand."""
    found: set[str] = set()
    for node in _here(nodes):
        if isinstance(node, Unit):
            found.add(node.name)
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add(node.asname or node.name.partition(".")[0])
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            found.add(node.name)
    return found


def takes_all(nodes: Nodes) -> bool:
    """Whether one of these statements is `from somewhere import *`."""
    return "*" in bound(nodes)


def comes_first(nodes: Nodes) -> bool:
    """Whether these are imports from __future__, which nothing but a docstring may precede."""
    return any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in nodes)


def read_at_once(nodes: Nodes) -> set[str]:
    """The names that are looked up as soon as these statements are reached."""
    return {n.id for n in _here(nodes) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def called_at_once(nodes: Nodes) -> set[str]:
    """Those of them whose insides may be run then: by a call, a decorator or an operator."""
    plain: set[str] = set()
    for node in nodes:
        if isinstance(node, Function):
            hints = [a.annotation for a in ast.walk(node.args) if isinstance(a, ast.arg)]
            rest = [*node.decorator_list, *node.args.defaults, *node.args.kw_defaults]
            plain |= read_at_once(h for h in hints if h) - read_at_once(r for r in rest if r)
    return read_at_once(nodes) - plain


def acts(nodes: Nodes) -> bool:
    """Whether these are statements that call something: a seed that is set, a text printed."""
    plain = [node for node in nodes if not isinstance(node, Unit)]
    return any(isinstance(node, ast.Call) for node in _here(plain))


def mentioned(nodes: Nodes) -> set[str]:
    """All names that occur in these statements, however deep, and those after a dot."""
    every = [child for node in nodes for child in ast.walk(node)]
    names = {node.id for node in every if isinstance(node, ast.Name)}
    return names | {node.attr for node in every if isinstance(node, ast.Attribute)}


def _here(nodes: Nodes) -> Iterator[ast.AST]:
    """The nodes that are run where they stand: not what waits in functions to be called."""
    left = list(nodes)
    while left:
        node = left.pop()
        yield node
        if isinstance(node, Function):
            left += node.decorator_list
            left += list(ast.iter_child_nodes(node.args))
            left += [node.returns] if node.returns else []
        elif isinstance(node, ast.Lambda):
            left += list(ast.iter_child_nodes(node.args))
        elif isinstance(node, ast.ClassDef):
            outside = [*node.decorator_list, *node.bases, *(k.value for k in node.keywords)]
            inside = [n for n in _here(node.body) if not _binds(n)]
            yield from inside
            left += outside
        else:
            left += list(ast.iter_child_nodes(node))


def _binds(node: ast.AST) -> bool:
    """Whether a node in a class gives a meaning to a name of that class alone."""
    stores = isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
    named = isinstance(node, ast.alias | ast.ExceptHandler | ast.MatchAs | ast.MatchStar)
    return stores or named or isinstance(node, Unit)
