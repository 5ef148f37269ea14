"""What the names in a file stand for: modules and what is in them, or the file's own."""

import ast
import importlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

UNKNOWN = object()

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Names:
    """The names of one file."""

    imported: dict[str, str] = field(default_factory=dict)  # a name, and the path behind it
    attributes: set[str] = field(default_factory=set)  # of instances of the file's own classes
    classes: dict[str, ast.ClassDef] = field(default_factory=dict)
    bound: set[str] = field(default_factory=set)  # whatever else is bound anywhere
    foreign: set[str] = field(default_factory=set)  # variables with what something imported made

    def path(self, node: ast.AST) -> str | None:
        """The dotted path of an expression that begins with something imported."""
        names: list[str] = []
        while isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        if isinstance(node, ast.Name) and node.id in self.imported:
            return ".".join([self.imported[node.id], *reversed(names)])
        return None


def names_of(nodes: Sequence[ast.AST], known: frozenset[str]) -> Names:
    """Reads all names of a file; what a star brings is known of the known modules alone."""
    names = Names()
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names.imported |= _imported(node, known)
        elif isinstance(node, ast.ClassDef):
            names.classes[node.name] = node
            names.attributes |= _attributes(node)
        elif isinstance(node, Function):
            names.bound.add(node.name)
        elif isinstance(node, ast.arg):
            names.bound.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.bound.add(node.id)
    for _ in range(2):  # T = torch.Tensor; U = T
        for node in nodes:
            if isinstance(node, ast.Assign) and (path := names.path(node.value)):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        names.imported.setdefault(target.id, path)
    for node in nodes:
        if isinstance(node, ast.Assign):
            _note_foreign(names, node.value, node.targets)
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            _note_foreign(names, node.context_expr, [node.optional_vars])
    return names


def _note_foreign(names: Names, value: ast.expr, targets: list[ast.expr]) -> None:
    if isinstance(value, ast.Call) and names.path(value.func):
        names.foreign |= {target.id for target in targets if isinstance(target, ast.Name)}


def value_of(path: str, known: frozenset[str]) -> Any:
    """What a dotted path stands for, UNKNOWN where a module would have to be loaded for it."""
    parts = path.split(".")
    for end in range(len(parts), 0, -1):
        if (name := ".".join(parts[:end])) in known and (module := loaded(name)) is not None:
            value: Any = module
            for part in parts[end:]:
                value = getattr(value, part, UNKNOWN)
            return value
    return UNKNOWN


def loaded(name: str) -> ModuleType | None:
    """The module of this name; None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _imported(node: ast.Import | ast.ImportFrom, known: frozenset[str]) -> dict[str, str]:
    found = {}
    for alias in node.names:
        if isinstance(node, ast.Import):
            top = alias.name.partition(".")[0]
            found[alias.asname or top] = alias.name if alias.asname else top
        elif alias.name != "*":
            found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        elif node.module in known and (module := loaded(node.module)) is not None:
            public = getattr(module, "__all__", None) or dir(module)
            found |= {name: f"{node.module}.{name}" for name in public if name[0] != "_"}
    return found


def _attributes(klass: ast.ClassDef) -> set[str]:
    """What methods of a class set on their self, and what stands in its body."""
    found: set[str] = set()
    for statement in klass.body:
        if isinstance(statement, Function):
            found.add(statement.name)
            own = receiver(statement)
            found |= {
                node.attr
                for node in ast.walk(statement)
                if isinstance(node, ast.Attribute)
                and isinstance(node.ctx, ast.Store)
                and isinstance(node.value, ast.Name)
                and node.value.id == own
            }
        for node in (
            ast.walk(statement) if isinstance(statement, ast.Assign | ast.AnnAssign) else ()
        ):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)  # one of __slots__
    return found


def receiver(method: Function) -> str | None:
    """The name of a method's self; None where it has none, or binds the name to something else."""
    positional = [*method.args.posonlyargs, *method.args.args]
    if not positional:
        return None
    name = positional[0].arg
    for node in ast.walk(method):
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store):
            return None
    return name


def beginning(name: ast.expr) -> tuple[str | None, bool]:
    """The text that a name begins with, and whether that is all of it: f"weight{i}" is not."""
    if isinstance(name, ast.Constant):
        return (name.value, True) if isinstance(name.value, str) else (None, False)
    if isinstance(name, ast.JoinedStr) and name.values:
        return beginning(name.values[0])[0], False
    return None, False


def is_taken(name: str) -> bool:
    """Whether torch, NumPy or Python gives an attribute of this name to its own objects."""
    return any(hasattr(each, name) for each in _owners())


def _owners() -> tuple[Any, ...]:
    import numpy as np
    import torch

    return (
        *(torch, torch.Tensor, torch.nn.Module, torch.nn.functional, torch.optim.Optimizer),
        *(torch.Generator, np, np.ndarray, is_taken, type, [], {}, "", Exception()),
    )
