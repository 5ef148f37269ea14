"""What stands in a kata's file: its functions and classes, read without running it."""

import ast
import contextlib
import doctest
import functools
import io
import tokenize
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import catalogue
from .catalogue import Kata

Definition = ast.FunctionDef | ast.ClassDef


def read(path: Path) -> str:
    """The text of a file, decoded as Python does: by its mark or declaration, else as UTF-8."""
    raw = catalogue.raw(path)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
    except SyntaxError:  # what is wrong with it is said where the file is run
        encoding = "utf-8"
    return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


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
    """The functions and classes that an answer to this kata defines.

    Where there is no solution to tell, the learner's own file does, and for what is missing there
    the known mistakes in it.
    """
    if catalogue.is_there(kata.solution):
        return definitions(read(kata.solution))
    found: dict[str, Definition] = {}
    with contextlib.suppress(OSError, SyntaxError, ValueError):
        found |= definitions(read(kata.stub))
    if catalogue.is_there(kata.wrong):
        for name, mistake in definitions(read(kata.wrong)).items():
            found.setdefault(name.partition("__")[0], mistake)
    return found


@dataclass(frozen=True)
class Unit:
    """What is judged, shown and counted by itself: a function, a class, or a part of a class."""

    name: str
    owner: str  # the function or class that an answer defines
    methods: tuple[str, ...] = ()  # that a part of a class is about


@functools.cache
def units(kata: Kata) -> dict[str, Unit]:
    """The units of a kata by name, in the order of the lesson.

    A spec that judges a class in parts says so in `PARTS`, a part's name and its methods, and
    then the order is that in which the spec comes to them.
    """
    parts: dict[str, tuple[str, ...]] = constant(kata, "PARTS", {})
    split = {name: _beginning(name, list(promised(kata))) for name in parts}
    found = [Unit(name, split[name] or name, tuple(parts[name])) for name in parts]
    found += [Unit(name, name) for name in promised(kata) if name not in split.values()]
    names = [unit.name for unit in found]
    if parts:
        tests = [_beginning(name.removeprefix("test_"), names) for name in spec_tests(kata)]
        found.sort(key=lambda unit: tests.index(unit.name) if unit.name in tests else len(tests))
    return {unit.name: unit for unit in found}


def line_of(kata: Kata, found: dict[str, Definition], unit: str) -> int:
    """The line on which a file defines a unit, of a class's part the first method; else 1."""
    known = units(kata).get(unit) or Unit(unit, unit)
    definition = found.get(known.owner)
    if definition is None:
        return 1
    methods = [node for node in definition.body if isinstance(node, ast.FunctionDef)]
    return next((n.lineno for n in methods if n.name in known.methods), definition.lineno)


def function_of(kata: Kata, test: str) -> str | None:
    """The unit a test belongs to: the longest whose name it begins with, after `test_`."""
    return _beginning(test.removeprefix("test_"), list(units(kata)))


def _beginning(text: str, names: list[str]) -> str | None:
    return max((name for name in names if text.startswith(f"{name}_")), key=len, default=None)


def spec_tests(kata: Kata) -> list[str]:
    """The names of the tests of a kata's spec, in its order."""
    return [name for name in definitions(_spec(kata)) if name.startswith("test_")]


def constant(kata: Kata, name: str, default: Any) -> Any:
    """What a spec says at its top level under this name, in plain literals."""
    value = _constants(kata).get(name)
    return default if value is None else ast.literal_eval(value)


@functools.cache
def _constants(kata: Kata) -> dict[str, ast.expr]:
    assigned = (node for node in ast.parse(_spec(kata)).body if isinstance(node, ast.Assign))
    return {ast.unparse(node.targets[0]): node.value for node in assigned}


@functools.cache
def _spec(kata: Kata) -> str:
    return kata.spec.read_text(encoding="utf-8")


@functools.cache
def examples(kata: Kata, unit: Unit) -> list[doctest.Example]:
    """The examples in a unit's docstring.

    Those of a method belong to the first part that is about it, those of a whole class to its last.
    """
    owner = promised(kata)[unit.owner]
    parts = [each for each in units(kata).values() if each.owner == unit.owner]
    earlier = {name for part in parts[: parts.index(unit)] for name in part.methods}
    own = set(unit.methods) - earlier
    methods = [node for node in owner.body if isinstance(node, ast.FunctionDef)]
    documented: list[Definition] = [node for node in methods if node.name in own]
    documented += [owner] if unit == parts[-1] else []
    parser = doctest.DocTestParser()
    return [e for node in documented for e in parser.get_examples(ast.get_docstring(node) or "")]


def returns_nothing(definition: Definition) -> bool:
    """Whether a function is promised to return None."""
    return isinstance(definition, ast.FunctionDef) and (
        isinstance(definition.returns, ast.Constant) and definition.returns.value is None
    )


def parameters(definition: Definition) -> list[str]:
    """The names of the parameters that a caller passes."""
    if isinstance(definition, ast.FunctionDef):
        return [argument.arg for argument in definition.args.args]
    for node in definition.body:
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            return [argument.arg for argument in node.args.args[1:]]
    return []


def called_with(definition: Definition) -> list[str]:
    """The same of a call that computes: of what a class made, those of its forward."""
    for node in definition.body if isinstance(definition, ast.ClassDef) else ():
        if isinstance(node, ast.FunctionDef) and node.name == "forward":
            return parameters(node)[1:]
    return parameters(definition)


def method_of(definition: Definition, name: str) -> ast.stmt | None:
    """The last statement of a class's body that gives it this method: a def, or `f = g`."""
    found = None
    for node in definition.body:
        names = [ast.unparse(target) for target in getattr(node, "targets", ())]
        if name in (*names, getattr(node, "name", None)):
            found = node
    return found


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
