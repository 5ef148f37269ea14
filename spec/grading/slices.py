"""What of a file decides how a function's tests end, as a key under which results are kept.

Half a class writes the same line. A function is examined once for all who wrote it alike, with
the same things around it: the same code, judged by the same tests on the same examples, ends alike.
"""

import ast
import functools
import hashlib
import sys
from importlib.metadata import version
from pathlib import Path

from spec.harness import catalogue
from spec.harness.catalogue import SPEC, Definition, Kata

Node = ast.stmt


def keys(kata: Kata, source: str, settings: str) -> dict[str, str]:
    """A key for each function of a kata: what it is made of, and what judges it."""
    names = catalogue.promised(kata)
    try:
        parts = _parts(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        whole = _digest(source)
        return {name: _digest(name, whole, judge(kata), settings) for name in names}
    context = [_text(node) for node in parts.get("", [])]
    return {
        name: _digest(name, *context, *_code(parts, kata, name), judge(kata), settings)
        for name in names
    }


def _parts(source: str) -> dict[str, list[Node]]:
    """The definitions of a file by name, and under "" every other statement at its top level."""
    parts: dict[str, list[Node]] = {}
    for node in ast.parse(source).body:
        plain = isinstance(node, Definition) and not node.decorator_list
        name = node.name if plain else ""  # type: ignore[attr-defined]
        parts.setdefault(name, []).append(node)
    return parts


def _code(parts: dict[str, list[Node]], kata: Kata, function: str) -> list[str]:
    """The code of a function, of what its tests call besides, and of all that these use."""
    waiting = [function, *_called_together(kata, function)]
    waiting += [name for node in parts.get("", []) for name in _names(node)]
    found: dict[str, list[Node]] = {}
    while waiting:
        name = waiting.pop()
        if name in parts and name not in found and name:
            found[name] = parts[name]
            waiting += [used for node in parts[name] for used in _names(node)]
    return [_text(node) for name in sorted(found) for node in found[name]]


def _names(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _text(node: ast.AST) -> str:
    """The code without docstrings, places and layout."""
    copy = ast.parse(ast.unparse(node))
    for inner in ast.walk(copy):
        body = getattr(inner, "body", None)
        if isinstance(body, list) and body and _is_text(body[0]):
            body[0] = ast.Pass()
    return ast.dump(copy)


def _is_text(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


@functools.cache
def _called_together(kata: Kata, function: str) -> tuple[str, ...]:
    """Functions of the kata that the tests of this one may call, themselves or through helpers."""
    tree = ast.parse(kata.spec.read_text(encoding="utf-8"))
    defined = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    tests = [name for name in defined if catalogue.function_of(kata, name) == function]
    waiting, seen, called = tests, set(tests), set[str]()
    while waiting:
        node = defined[waiting.pop()]
        for inner in ast.walk(node):
            if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name):
                called |= {inner.attr} if inner.value.id == "kata" else set()
            if isinstance(inner, ast.Name) and inner.id in defined and inner.id not in seen:
                seen.add(inner.id)
                waiting.append(inner.id)
    return tuple(sorted((called & set(catalogue.promised(kata))) - {function}))


@functools.cache
def judge(kata: Kata) -> str:
    """What judges a kata: its spec, its known mistakes, and the machinery."""
    ours = [kata.spec, kata.wrong, kata.solution, *_machinery()]
    return _digest(*(path.read_text(encoding="utf-8") for path in ours), _versions())


@functools.cache
def _machinery() -> tuple[Path, ...]:
    folders = (SPEC / "harness", SPEC / "grading")
    return tuple(sorted(path for folder in folders for path in folder.glob("*.py")))


@functools.cache
def _versions() -> str:
    return f"{sys.version} {[version(name) for name in ('torch', 'numpy', 'pytest', 'hypothesis')]}"


def _digest(*texts: str) -> str:
    digest = hashlib.sha256()
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()
