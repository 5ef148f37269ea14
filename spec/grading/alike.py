"""What of a file decides how a function's tests end, as a key under which results are kept.

Half a class writes the same line. A function is examined once for all who wrote it alike, with
the same things around it: the same code, judged by the same tests on the same examples, ends alike.
"""

import ast
import builtins
import functools
import hashlib
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from ..harness.files import sources
from ..harness.files.catalogue import EVERYWHERE, SPEC, Kata
from ..harness.files.sources import Definition, Unit
from . import heads
from .heads import Emptied, Known
from .intake.allowlist import COURSE
from .intake.naming import loaded

Documented = ast.Module | ast.FunctionDef | ast.ClassDef


class Part(NamedTuple):
    """A statement at a file's top level: its code, and the names that it uses."""

    name: str  # what it defines; "" if it does more
    code: str
    uses: set[str]
    head: str  # what of it runs at import already, which can end the import of the whole file
    needs: set[str]


def keys(kata: Kata, source: bytes, settings: str) -> dict[str, str]:
    """A key for each function of a kata: what it is made of, and what judges it."""
    return dict(_keys(kata, source, settings))


@functools.lru_cache(maxsize=1024)
def _keys(kata: Kata, source: bytes, settings: str) -> dict[str, str]:
    """The same, made once where several handed in the same file."""
    names = sources.units(kata)
    try:
        tree = ast.parse(source)
        compile(tree, "", "exec", dont_inherit=True)  # finds more that is wrong than parsing does
        parts = list(_parts(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return keys_of_whole(kata, source, settings)
    return {
        name: digest(name, *_code(parts, kata, names[name]), judge(kata, name), settings)
        for name in names
    }


def keys_of_whole(kata: Kata, source: bytes, settings: str) -> dict[str, str]:
    """The same where any part of the file may decide about any other."""
    whole = digest(source)
    return {name: digest(name, whole, judge(kata, name), settings) for name in sources.units(kata)}


def _parts(tree: ast.Module) -> Iterator[Part]:
    """The statements of a file, imports one by one."""
    for node in ast.walk(tree):
        if isinstance(node, Documented) and ast.get_docstring(node, clean=False) is not None:
            node.body[0] = ast.Pass()
    known = vars(builtins).copy()
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _imports(node)
            known |= bindings(node)
        else:
            part, defined = _part(node, known)
            yield part
            for name in bound(node):
                known.pop(name, None)
            known |= defined


def _imports(node: ast.Import | ast.ImportFrom) -> Iterator[Part]:
    """A part for each name; whoever does not use it need not have it, if it is there at all."""
    for alias in node.names:
        if isinstance(node, ast.Import):
            single: ast.Import | ast.ImportFrom = ast.Import([alias])
        else:
            single = ast.ImportFrom(node.module, [alias], node.level)
        code, found = ast.dump(single), bindings(single)
        plain = len(found) == 1 and None not in found.values() and alias.name != "*"
        if plain and getattr(node, "module", None) != "__future__":
            yield Part(found.popitem()[0], code, set(), "", set())
        else:
            yield Part("", code, set(), code, set())


def _part(node: ast.stmt, known: Known) -> tuple[Part, Known]:
    """A statement as a part, and what the names that it defines stand for, where that is known."""
    code, uses = ast.dump(node), used(node)
    head = Emptied().visit(node) if isinstance(node, Definition) else node
    defined = heads.harmless(head, known)
    if defined is not None:
        (name,) = defined
        return Part(name, code, uses, "", set()), defined
    if isinstance(node, Definition) and not any(map(_runs_bodies, ast.walk(head))):
        return Part(node.name, code, uses, ast.dump(head), used(head)), {}
    return Part("", code, uses, code, uses), {}


def bindings(node: ast.Import | ast.ImportFrom) -> dict[str, Any]:
    """What each name stands for that is imported from a module of the course."""
    found: dict[str, Any] = {}
    for alias in node.names:
        if isinstance(node, ast.Import):
            name = alias.name if alias.asname else alias.name.partition(".")[0]
            if name in COURSE:
                found[alias.asname or name] = loaded(name)
        elif node.module in COURSE and not node.level:
            module = loaded(node.module)
            if alias.name == "*":
                public = getattr(module, "__all__", None) or dir(module)
                found |= {name: getattr(module, name, None) for name in public if name[0] != "_"}
            else:
                found[alias.asname or alias.name] = getattr(module, alias.name, None)
    return found


def used(node: ast.AST) -> set[str]:
    """The names that stand in a piece of code."""
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def bound(node: ast.stmt) -> set[str]:
    """The names that a statement at the top level of a file defines, or deletes."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, Definition):
        return {node.name}
    names = [inner for inner in ast.walk(node) if isinstance(inner, ast.Name)]
    return {name.id for name in names if not isinstance(name.ctx, ast.Load)}


def _runs_bodies(node: ast.AST) -> bool:
    """Whether this may run the body of a function that stands in the same statement."""
    return isinstance(node, ast.Call) or bool(getattr(node, "decorator_list", []))


def _code(parts: list[Part], kata: Kata, unit: Unit) -> Iterator[str]:
    """The code of a function, of what its tests call besides, and of all that these use."""
    waiting = {unit.owner, *_called_together(kata, unit)}
    waiting |= {name for part in parts for name in part.needs}
    found: set[str] = {""}
    while waiting:
        found |= waiting
        waiting = {n for part in parts if part.name in waiting for n in part.uses} - found
    yield from filter(None, (part.code if part.name in found else part.head for part in parts))


@functools.cache
def _called_together(kata: Kata, unit: Unit) -> tuple[str, ...]:
    """Functions of the kata that the tests of this one may call, in its example or in a helper."""
    tree = ast.parse(kata.spec.read_text(encoding="utf-8"))
    defined = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    tests = [name for name in defined if sources.function_of(kata, name) == unit.name]
    examples = [ast.parse(example.source) for example in sources.examples(kata, unit)]
    waiting, seen, called = tests, set(tests), {name for tree in examples for name in used(tree)}
    while waiting:
        node = defined[waiting.pop()]
        for inner in ast.walk(node):
            if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name):
                called |= {inner.attr} if inner.value.id == "kata" else set()
            if isinstance(inner, ast.Name) and inner.id in defined and inner.id not in seen:
                seen.add(inner.id)
                waiting.append(inner.id)
    return tuple(sorted((called & set(sources.promised(kata))) - {unit.owner}))


@functools.cache
def judge(kata: Kata, function: str) -> str:
    """What judges a function: its spec, and the machinery."""
    return digest(promise(kata, function), machine())


@functools.cache
def promise(kata: Kata, function: str) -> str:
    """The kata's spec, mistakes and solution, without what is about another function alone."""
    unit = sources.units(kata)[function]
    tests = [
        piece.digest
        for piece in _pieces(kata.spec)
        if sources.function_of(kata, piece.name) in (function, None)
    ]
    mistakes = _pieces(kata.wrong)
    waiting = {p.name for p in mistakes if _is_about(unit.owner, p.name)}
    kept: set[str] = set()
    while waiting:
        kept |= waiting
        waiting = {name for p in mistakes if p.name in waiting for name in p.uses} - kept
    own = [piece.digest for piece in mistakes if piece.name in kept]
    return digest(sources.read(kata.solution), "", *tests, "", *own)


@functools.cache
def machine() -> str:
    """The machinery and the packages below it, which judge every function."""
    ours = [*EVERYWHERE, *_machinery()]
    return digest(*map(sources.read, ours), _versions())


class _Piece(NamedTuple):
    """A statement of one of our own files."""

    name: str  # what it defines, "" if it is something else
    digest: str
    uses: set[str]


@functools.cache
def _pieces(path: Path) -> list[_Piece]:
    return [
        _Piece(getattr(node, "name", ""), digest(ast.dump(node)), used(node))
        for node in ast.parse(sources.read(path)).body
    ]


def _is_about(owner: str, name: str) -> bool:
    """Whether this is a mistake in a function, or no mistake at all: a helper, an import."""
    function, _, mistake = name.partition("__")
    return not function or not mistake or function == owner


@functools.cache
def _machinery() -> tuple[Path, ...]:
    folders = (SPEC / "harness", SPEC / "grading")
    return tuple(sorted(path for folder in folders for path in folder.rglob("*.py")))


@functools.cache
def _versions() -> str:
    return f"{sys.version} {[version(name) for name in ('torch', 'numpy', 'pytest', 'hypothesis')]}"


def digest(*texts: str | bytes) -> str:
    """What stands for these texts, and for no others."""
    found = hashlib.sha256()
    for text in texts:
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()
