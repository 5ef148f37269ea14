"""What of a file runs while it is imported, and whether that can fail, or do anything to the rest.

Where it can't, whoever does not use what a statement defines need not have it: two files are alike
in one function whatever helpers, hints and classes stand beside it.
"""

import ast
import collections.abc
from typing import Any

Known = dict[str, Any]  # what names stand for, as far as anybody can tell by reading

MISSING, SOMETHING = object(), object()


class Plain:
    """Stands for a class that does nothing when another one is made of it."""


HARMLESS = (
    *(ast.FunctionDef, ast.arguments, ast.arg, ast.Pass),
    *(ast.Constant, ast.Tuple, ast.List, ast.Load),
)
ABSTRACT = ("Collection", "Generator", "Iterable", "Iterator", "Mapping", "Sequence")
GENERIC = (list, tuple, dict, set, *(getattr(collections.abc, name) for name in ABSTRACT))
WRAPPERS = (property, staticmethod, classmethod)
OF_A_CLASS = {"__slots__", "__qualname__", "__classcell__"}  # what Python reads from its body
MAY_BE_A_BASE = 1 << 10  # the flag of a class


class Emptied(ast.NodeTransformer):
    """Leaves out the bodies of functions."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.body = [ast.Pass()]
        return node


def harmless(node: ast.stmt, known: Known) -> Known | None:
    """What a statement defines, where that can neither fail nor do anything else; else None.

    Of functions in it there are the heads alone.
    """
    if isinstance(node, ast.FunctionDef):
        plain = not _is_special(node.name) and not node.decorator_list and _is_plain(node, known)
        return {node.name: SOMETHING} if plain else None
    if isinstance(node, ast.ClassDef):
        return None if _is_special(node.name) else _class(node, known)
    return _assigned(node, known)


def _assigned(node: ast.stmt, known: Known) -> Known | None:
    """The same of a constant, or of another name for a type."""
    if not (isinstance(node, ast.Assign) and len(node.targets) == 1):
        return None
    target, value = node.targets[0], node.value
    if not isinstance(target, ast.Name) or _is_special(target.id) or not _is_plain(value, known):
        return None
    return {target.id: _value(value, known) if _is_name(value) else SOMETHING}


def _class(node: ast.ClassDef, known: Known) -> Known | None:
    """The same of a class, whose body sees its own names first."""
    if node.keywords or node.decorator_list or len(node.bases) > 1 or _is_generic_class(node):
        return None
    if not all(_is_base(base, known) for base in node.bases):
        return None
    inner, defined = known.copy(), set()
    for each in node.body:
        if isinstance(each, ast.Pass):
            continue
        found = _method(each, inner) or _assigned(each, inner)
        if found is None or OF_A_CLASS & set(found):
            return None
        inner |= found
        defined |= set(found)
    return {node.name: SOMETHING if "__init_subclass__" in defined else Plain}


def _is_generic_class(node: ast.ClassDef) -> bool:
    return bool(getattr(node, "type_params", []))


def _method(node: ast.stmt, known: Known) -> Known | None:
    if not isinstance(node, ast.FunctionDef) or not _is_plain(node, known):
        return None
    wrapped = [_value(wrapper, known) for wrapper in node.decorator_list]
    known_to_us = all(any(each is kind for kind in WRAPPERS) for each in wrapped)
    return {node.name: SOMETHING} if known_to_us else None


def _is_base(node: ast.expr, known: Known) -> bool:
    """Whether a class can be made of this one, and nothing runs then."""
    value = _value(node, known)
    if type(value) is not type or not value.__flags__ & MAY_BE_A_BASE:
        return False
    return not any("__init_subclass__" in vars(base) for base in value.__mro__[:-1])


def _is_special(name: str) -> bool:
    """Whether Python may look for a name like this one by itself."""
    return name.startswith("__") and name.endswith("__")


def _is_name(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Attribute)


def _value(node: ast.expr, known: Known) -> Any:
    """What a name or a dotted name stands for, or MISSING."""
    if isinstance(node, ast.Attribute):
        return getattr(_value(node.value, known), node.attr, MISSING)
    return known.get(node.id, MISSING) if isinstance(node, ast.Name) else MISSING


def _is_plain(node: ast.AST, known: Known) -> bool:
    """Whether this can't fail: a function's head, of names, constants and types that are known."""
    if isinstance(node, ast.Name | ast.Attribute):
        # In a class, a name with two underscores before it is another one.
        mangled = isinstance(node, ast.Name) and node.id.startswith("__")
        return not mangled and _value(node, known) is not MISSING
    if isinstance(node, ast.Subscript):
        return _is_hint(node, known) and _is_plain(node.slice, known)
    if isinstance(node, ast.BinOp):
        sides = (node.left, node.right)
        return _is_type(node, known) and all(_is_plain(side, known) for side in sides)
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub) and _is_number(node.operand)
    return isinstance(node, HARMLESS) and all(
        _is_plain(child, known) for child in ast.iter_child_nodes(node)
    )


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _is_hint(node: ast.Subscript, known: Known) -> bool:
    """Whether this is a type of others, of as many as it takes."""
    value, inner = _value(node.value, known), node.slice
    if value is collections.abc.Callable:
        two = isinstance(inner, ast.Tuple) and len(inner.elts) == 2
        first = inner.elts[0] if isinstance(inner, ast.Tuple) and two else None
        every = isinstance(first, ast.Constant) and first.value is ...
        return every or isinstance(first, ast.List)
    return any(value is kind for kind in GENERIC)


def _is_type(node: ast.expr, known: Known) -> bool:
    """Whether this is a type that can stand beside | in a hint, or is made so of some."""
    if isinstance(node, ast.BinOp):
        is_none = isinstance(node.right, ast.Constant) and node.right.value is None
        right = is_none or _is_type(node.right, known)
        return isinstance(node.op, ast.BitOr) and right and _is_type(node.left, known)
    if isinstance(node, ast.Subscript):
        return _is_hint(node, known)
    among: Any = type(_value(node, known))
    return among.__or__ is type.__or__  # and no metaclass has its own
