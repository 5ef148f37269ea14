"""What a file says whatever it calls: names that it binds, texts, sums of texts."""

import ast
from collections.abc import Iterator

from ...harness.language import tr
from . import allowlist as known
from .allowlist import Found, Weight
from .naming import Function


def bindings(node: ast.AST, methods: set[int], runs_docstrings: bool) -> Iterator[Found]:
    """Names of the interpreter that something is given, in whatever way Python has for it."""
    names: list[str | None] = []
    if isinstance(node, Function | ast.ClassDef):
        names = [node.name]
    elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        names = [node.id]
    elif isinstance(node, ast.alias):
        names = [node.asname]
    elif isinstance(node, ast.arg | ast.keyword):
        names = [node.arg]
    elif isinstance(node, ast.MatchAs | ast.MatchStar | ast.ExceptHandler):
        names = [node.name]
    elif isinstance(node, ast.MatchMapping):
        names = [node.rest]
    elif isinstance(node, ast.MatchClass):
        names = [name for name in node.kwd_attrs if name not in known.READABLE]
    elif isinstance(node, ast.Global | ast.Nonlocal):
        names = list(node.names)
    for name in names:
        if name and known.SPECIAL.fullmatch(name):
            fine = known.NAMES | known.METHODS if id(node) in methods else known.NAMES
            plain = isinstance(node, Function | ast.Name)
            if not (plain and name in fine) or (name == "__doc__" and runs_docstrings):
                yield Weight.REACHES, tr(known.DEFINES).format(name=name)


def text(node: ast.Constant, split: set[int]) -> Iterator[Found]:
    """A text that names a part of the interpreter, or a piece of such a name."""
    said = str(node.value)
    special = set(known.SPECIAL.findall(said)) - known.NAMES - known.METHODS - known.READABLE
    piece = known.PIECE.search(said) and id(node) not in split and not known.SPECIAL.fullmatch(said)
    if special or piece or known.FRAME.search(said):
        yield Weight.REACHES, tr(known.TEXT)
    for field in known.FIELD.finditer(said):
        odd = not field["rest"] or field["rest"].startswith(known.INTERPRETERS)
        yield (Weight.REACHES if odd else Weight.UNUSUAL), tr(known.TEMPLATE)


def operation(node: ast.BinOp) -> Iterator[Found]:
    """An address that is reckoned with, or a name that is put together of underscores."""
    for side, other in ((node.left, node.right), (node.right, node.left)):
        if isinstance(side, ast.Call):
            function = side.func
            if isinstance(function, ast.Name) and function.id == "id":
                yield Weight.REACHES, tr(known.ADDRESS)
        few = isinstance(other, ast.Constant) and other.value in (1, 2)
        if isinstance(node.op, ast.Mult) and few and getattr(side, "value", None) in ("_", "__"):
            yield Weight.REACHES, tr(known.TEXT)
