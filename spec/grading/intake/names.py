"""The names in a file: which it uses and defines, and what they stand for."""

import ast
import importlib
from types import ModuleType
from typing import Any

from spec.grading.intake import vocabulary
from spec.harness.files.sources import Definition


def bindings(tree: ast.AST) -> dict[str, Any]:
    """What each imported name stands for, wherever in the file it is imported."""
    found: dict[str, Any] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.name if alias.asname else alias.name.partition(".")[0]
                if name in vocabulary.MODULES:
                    found[alias.asname or name] = imported(name)
        elif isinstance(node, ast.ImportFrom) and node.module in vocabulary.MODULES:
            module = imported(node.module)
            for alias in node.names:
                if alias.name == "*":
                    public = getattr(module, "__all__", None) or dir(module)
                    found |= {n: getattr(module, n, None) for n in public if n[0] != "_"}
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


def imported(name: str) -> ModuleType | None:
    """The module of this name; None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def own_attributes(tree: ast.AST) -> set[str]:
    """Attributes and methods that this file itself defines."""
    found = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            found |= {child.name for child in node.body if isinstance(child, ast.FunctionDef)}
            found |= {
                name.id
                for child in node.body
                if isinstance(child, ast.Assign | ast.AnnAssign)
                for name in ast.walk(child)
                if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
            }
    return {name for name in found if not name.startswith("__")}


def docstrings(part: ast.AST) -> set[int]:
    """The texts that stand alone, which nothing reads."""
    return {
        id(node.value)
        for node in ast.walk(part)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def selves(part: ast.AST) -> set[int]:
    """Attributes of `self` in methods that leave the name alone."""
    found: set[int] = set()
    for klass in (node for node in ast.walk(part) if isinstance(node, ast.ClassDef)):
        for method in (node for node in klass.body if isinstance(node, ast.FunctionDef)):
            if not method.args.args:
                continue
            name = method.args.args[0].arg
            inside = [node for node in ast.walk(method) if isinstance(node, ast.Name)]
            if any(node.id == name and isinstance(node.ctx, ast.Store) for node in inside):
                continue
            found |= {
                id(node)
                for node in ast.walk(method)
                if isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == name
            }
    return found
