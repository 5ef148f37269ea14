"""What of a submission may run: its syntax tree against what a kata can need.

A definition or a statement that is refused is cut out and named with its line; the rest runs.
"""

import ast
import codecs
import io
import re
import tokenize
from collections.abc import Iterator
from types import ModuleType
from typing import Any, NamedTuple

from spec.grading.intake import vocabulary
from spec.grading.intake.names import bindings as bindings_of
from spec.grading.intake.names import bound, imported, own_attributes, used
from spec.grading.intake.names import docstrings as docstrings_of
from spec.grading.intake.names import selves as selves_of
from spec.harness.files.sources import Definition

PLAIN = {"__name__", "__slots__", "__all__"}  # of the interpreter's names, those that tell nothing
READABLE = vocabulary.SPECIAL_METHODS | {"__name__"}  # attributes that anybody may look at
DEEPEST = 100  # nested pieces of code
HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

FILE = "this file"


class Refusal(NamedTuple):
    """What was cut out of a file, and why."""

    line: int
    part: str  # the function, class or statement that is cut out
    reason: str


class Screened(NamedTuple):
    """What is left of a file, line by line where it was, and what is not."""

    source: str
    refusals: list[Refusal]


def screen(source: str) -> Screened:
    """The source without what is refused."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source.encode("utf-8")).readline)
        tree = ast.parse(source)
        depth = _depth(tree)
    except (SyntaxError, ValueError):
        return Screened(source, [])  # it can't run, and the learner is told why
    except (RecursionError, MemoryError):
        return Screened("", [Refusal(1, FILE, "it is nested too deeply to be read")])
    if codecs.lookup(encoding).name not in ("utf-8", "utf-8-sig"):
        return Screened("", [Refusal(1, FILE, f"it says that it is {encoding}; use UTF-8")])
    if depth > DEEPEST:
        return Screened("", [Refusal(1, FILE, "it is nested too deeply to be read")])
    lines = source.splitlines(keepends=True)
    bindings, own = bindings_of(tree), own_attributes(tree)
    refusals = []
    left = list(tree.body)
    for node in tree.body:
        first, last = _lines_of(node)
        hidden = HIDDEN.search("".join(lines[first - 1 : last]))
        found = [(first, "it holds characters that can't be seen")] if hidden else []
        found += list(_reasons(node, bindings, own))
        if found:
            refusals.append(Refusal(*found[0][:1], _name(node), found[0][1]))
            left.remove(node)
    refusals += _orphans(left, tree)
    for node in tree.body:
        if node not in left:
            first, last = _lines_of(node)
            lines[first - 1 : last] = ["\n"] * (last - first + 1)
    refusals.sort()
    return Screened("".join(lines), refusals)


def _lines_of(node: ast.stmt) -> tuple[int, int]:
    """The first and the last line of a statement, decorators included."""
    first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
    return first, node.end_lineno or first


def _orphans(left: list[ast.stmt], tree: ast.Module) -> list[Refusal]:
    """Takes out the statements that run at import and need a name which was left out already.

    They would end the import of the whole file; a function that needs such a name fails alone.
    """
    found: list[Refusal] = []
    while True:
        there = {name for node in left for name in bound(node)}
        gone = {name for node in tree.body if node not in left for name in bound(node)} - there
        lost = [n for n in left if not isinstance(n, Definition) and used(n) & gone]
        if not lost:
            return found
        for node in lost:
            left.remove(node)
            name = min(used(node) & gone)
            found.append(Refusal(node.lineno, _name(node), f"it needs {name}, which is left out"))


def _name(node: ast.stmt) -> str:
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return node.name
    return ast.unparse(node).splitlines()[0][:60]


def _depth(tree: ast.AST) -> int:
    """How many nodes lie within each other at most, found without recursion."""
    deepest, waiting = 0, [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [(child, depth + 1) for child in ast.iter_child_nodes(node)]
    return deepest


def _reasons(part: ast.AST, bindings: dict[str, Any], own: set[str]) -> Iterator[tuple[int, str]]:
    """Why a part of a file is refused, with lines."""
    docstrings = docstrings_of(part)
    bases = {id(n.value) for n in ast.walk(part) if isinstance(n, ast.Attribute)}
    selves = selves_of(part)
    called = {id(n.func): n for n in ast.walk(part) if isinstance(n, ast.Call)}
    for node in ast.walk(part):
        line = getattr(node, "lineno", 1)
        for reason in (
            *_imports(node),
            *_names(node, bindings, bases, called),
            *_attributes(node, bindings, bases, own, selves),
            *_others(node, docstrings),
        ):
            yield line, reason


def _imports(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            if alias.name not in vocabulary.MODULES:
                yield f"a kata does not need the module {alias.name}"
    if isinstance(node, ast.ImportFrom):
        if node.level or node.module not in vocabulary.MODULES:
            yield f"a kata does not need the module {'.' * node.level}{node.module or ''}"
            return
        for alias in node.names:
            value = getattr(imported(node.module), alias.name, None)
            if node.module == "sys" and alias.name not in vocabulary.SYS:
                yield f"a kata does not need sys.{alias.name}"
            elif alias.name != "*":
                yield from _value(value, f"{node.module}.{alias.name}", may_be_module=True)
            if alias.name.startswith("_") and node.module != "__future__":
                yield f"{alias.name} is not meant for others"


def _names(
    node: ast.AST, bindings: dict[str, Any], bases: set[int], called: dict[int, ast.Call]
) -> Iterator[str]:
    if not isinstance(node, ast.Name):
        return
    name = node.id
    if name in vocabulary.BY_NAME and id(node) in called:
        call = called[id(node)]
        yield from _by_name(call, name)
        if name == "getattr" and call.args and isinstance(call.args[0], ast.Name | ast.Attribute):
            named = ast.Attribute(call.args[0], _beginning(call.args[1]) or "", ast.Load())
            yield from _resolved(named, bindings)
    elif name in vocabulary.BUILTINS:
        yield f"a kata does not need {name}"
    elif name.startswith("__") and name not in PLAIN | vocabulary.SPECIAL_METHODS:
        yield f"{name} belongs to the interpreter"
    if name == "type" and id(node) in called and len(called[id(node)].args) != 1:
        yield "a class is written with the word class"
    if name in bindings and isinstance(node.ctx, ast.Load):
        value = bindings[name]
        if isinstance(value, ModuleType) and id(node) not in bases:
            yield f"the module {name} is used as a value"
        elif not isinstance(value, ModuleType):
            yield from _value(value, name)


def _by_name(call: ast.Call, name: str) -> Iterator[str]:
    """getattr(x, "shape") is as good as x.shape; a name that is computed can't be checked."""
    known = _beginning(call.args[1]) if len(call.args) in (2, 3) else None
    if not known:
        yield f"{name} with a name that can't be read"
        return
    whole = isinstance(call.args[1], ast.Constant)
    if known.startswith("_") or known in vocabulary.ATTRIBUTES:
        yield f"{known} is not meant for others"
    if not (isinstance(call.args[0], ast.Name) and call.args[0].id == "self"):
        if not whole:
            yield f"{name} with a name that can't be read"
        elif name == "setattr" and vocabulary.is_taken(known):
            yield f"{known} is not yours to set"


def _beginning(name: ast.expr) -> str | None:
    """The text that a name begins with: all of "shape", the first letters of f"weight{i}"."""
    if isinstance(name, ast.JoinedStr) and name.values:
        name = name.values[0]
    if isinstance(name, ast.BinOp):
        name = name.left
    plain = isinstance(name, ast.Constant) and isinstance(name.value, str)
    return name.value if plain else None  # type: ignore[attr-defined]


def _attributes(
    node: ast.AST, bindings: dict[str, Any], bases: set[int], own: set[str], selves: set[int]
) -> Iterator[str]:
    if not isinstance(node, ast.Attribute):
        return
    name = node.attr
    special = name in READABLE and isinstance(node.ctx, ast.Load)
    known = special or (name in own and _root(node) not in bindings) or name.startswith("_foreach_")
    if name.startswith("_") and not known:
        yield f"{name} is not meant for others"
    if name in vocabulary.ATTRIBUTES:
        yield f"a kata does not need {name}"
    if isinstance(node.ctx, ast.Load):
        yield from _resolved(node, bindings, id(node) in bases)
    elif _root(node) in bindings:
        yield f"something of {_root(node)} is set"
    elif id(node) not in selves and (name not in own or vocabulary.is_taken(name)):
        yield f"{name} is not yours to set"


def _resolved(
    node: ast.Attribute, bindings: dict[str, Any], is_base: bool = False
) -> Iterator[str]:
    """What a dotted name stands for, if it begins with something imported."""
    names: list[str] = []
    inner: ast.expr = node
    while isinstance(inner, ast.Attribute):
        names.append(inner.attr)
        inner = inner.value
    if not isinstance(inner, ast.Name) or inner.id not in bindings:
        return
    value, path = bindings[inner.id], inner.id
    for name in reversed(names):
        if isinstance(value, ModuleType) and value.__name__ == "sys" and name not in vocabulary.SYS:
            yield f"a kata does not need sys.{name}"
        value, path = getattr(value, name, None), f"{path}.{name}"
    yield from _value(value, path, may_be_module=is_base)


def _value(value: Any, path: str, may_be_module: bool = False) -> Iterator[str]:
    if isinstance(value, ModuleType):
        if value.__name__ not in vocabulary.MODULES:
            yield f"a kata does not need {path}"
        elif not may_be_module:
            yield f"the module {path} is used as a value"
    elif any(value is refused for refused in _REFUSED):
        yield f"a kata does not need {path}"


_REFUSED = vocabulary.refused_objects()


def _root(node: ast.expr) -> str | None:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _others(node: ast.AST, docstrings: set[int]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and id(node) not in docstrings:
        if isinstance(node.value, str) and "__" in node.value.replace("__main__", ""):
            yield "a text holds a name of the interpreter"
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        special = node.name.startswith("__") and node.name not in vocabulary.SPECIAL_METHODS
        if special or isinstance(node, ast.AsyncFunctionDef):
            yield f"a kata does not need {node.name}"
    elif isinstance(node, ast.ClassDef) and node.keywords:
        yield "a class with a metaclass"
    elif isinstance(node, ast.MatchClass):
        for name in node.kwd_attrs:
            if name.startswith("_") or name in vocabulary.ATTRIBUTES:
                yield f"{name} is not meant for others"
