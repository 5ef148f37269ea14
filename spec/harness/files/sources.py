"""What stands in a kata's file: its functions and classes, read without running it."""

import ast
import functools

from spec.harness.files.catalogue import Kata

Definition = ast.FunctionDef | ast.ClassDef


@functools.lru_cache(maxsize=64)
def definitions(source: str) -> dict[str, Definition]:
    """The public functions and classes at the top level of a module's source, by name."""
    return {
        node.name: node
        for node in ast.parse(source).body
        if isinstance(node, Definition) and not node.name.startswith("_")
    }


@functools.cache
def promised(kata: Kata) -> dict[str, Definition]:
    """The functions and classes that an answer to this kata defines."""
    return definitions(kata.solution.read_text(encoding="utf-8"))


def function_of(kata: Kata, test: str) -> str | None:
    """The function a test belongs to: the longest whose name it begins with, after `test_`."""
    owners = [name for name in promised(kata) if test.startswith(f"test_{name}_")]
    return max(owners, key=len, default=None)


def parameters(definition: Definition) -> list[str]:
    """The names of the parameters that a caller passes."""
    if isinstance(definition, ast.FunctionDef):
        return [argument.arg for argument in definition.args.args]
    for node in definition.body:
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            return [argument.arg for argument in node.args.args[1:]]
    return []


def is_untouched(definition: Definition) -> bool:
    """Whether nothing but `raise NotImplementedError` stands in it, docstrings aside."""
    body = [node for node in definition.body if not _is_docstring(node)]
    if isinstance(definition, ast.ClassDef):
        methods = [node for node in body if isinstance(node, ast.FunctionDef)]
        return bool(methods) and all(is_untouched(method) for method in methods)
    return len(body) == 1 and _raises_not_implemented(body[0])


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _raises_not_implemented(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Raise) or node.exc is None:
        return False
    error = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return isinstance(error, ast.Name) and error.id == "NotImplementedError"
