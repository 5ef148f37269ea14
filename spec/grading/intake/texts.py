"""Texts in a file that run as code, and code in it that never runs.

Annotations are evaluated by whoever asks for them, doctest runs docstrings, timeit runs what it is
handed, and torch.jit reads comments about types. What stands behind `__name__ == "__main__"` does
not run where a class is graded.
"""

import ast
import doctest
import io
import re
import textwrap
import tokenize
from collections.abc import Iterator

from .naming import Function

Text = tuple[str, int]  # and the line on which it stands

TIMERS = {"timeit", "repeat", "Timer"}
TYPES = re.compile(r"#\s*type:(.*)")
UNKNOWN = "\0"  # in a template: what can't be read
FIELD = re.compile(r"\{([^{}:!]*)")  # and the name that stands in it
WIDTH = re.compile(r"(\{[^{}:!\0]*[:!])[^{}]*")  # what follows the name is how it is laid out


def laid_open(tree: ast.Module, text: str) -> ast.Module:
    """The file without what never runs, and behind it what its texts hold of code."""
    body = [kept for node in tree.body for kept in _without_main(node, tree)]
    found = list(_annotations(body))
    if "doctest" in text:
        found += _examples(body)
    if "timeit" in text:
        found += _timed(body)
    if "jit" in text:
        found += _comments(text)
    hidden = [node for code, line in found for node in _parsed(code, line)]
    return ast.Module(body + hidden, [])


def _without_main(node: ast.stmt, tree: ast.Module) -> list[ast.stmt]:
    """The statement; of one that asks if the file was started, what runs where it was not."""
    is_main = isinstance(node, ast.If) and ast.unparse(node.test) in (
        "__name__ == '__main__'",
        "'__main__' == __name__",
    )
    if not is_main or "__name__" in _given(tree):
        return [node]
    assert isinstance(node, ast.If)
    return node.orelse


def _given(tree: ast.Module) -> set[str]:
    """The names of the interpreter that a file gives to something, in whatever way."""
    names: set[str | None] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        names |= {getattr(node, "name", None), getattr(node, "asname", None)} - {None}
        if isinstance(node, ast.Global):
            names |= set(node.names)
    return {name for name in names if isinstance(name, str)}


def _annotations(body: list[ast.stmt]) -> Iterator[Text]:
    for node in _walk(body):
        for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            for inner in ast.walk(annotation) if annotation is not None else ():
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                    yield inner.value, inner.lineno


def _examples(body: list[ast.stmt]) -> Iterator[Text]:
    for node in _walk(body):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ">>>" in node.value:
            try:
                examples = doctest.DocTestParser().get_examples(node.value)
            except ValueError:
                continue  # nor can doctest run it
            for example in examples:
                yield example.source, node.lineno + example.lineno


def _timed(body: list[ast.stmt]) -> Iterator[Text]:
    for node in _walk(body):
        if isinstance(node, ast.Call) and is_timer(node):
            for each in _walk([*node.args, *(word.value for word in node.keywords)]):
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield each.value, each.lineno


def is_timer(node: ast.Call) -> bool:
    """Whether this calls what runs a text and measures its time."""
    return ast.unparse(node.func).rpartition(".")[2] in TIMERS


def _comments(text: str) -> Iterator[Text]:
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return
    for token in tokens:
        found = TYPES.match(token.string) if token.type == tokenize.COMMENT else None
        for piece in found[1].split("->") if found else ():
            yield piece.strip(), token.start[0]


def _parsed(code: str, line: int) -> list[ast.stmt]:
    """The statements of a text, all of them on one line; none where it is no code."""
    try:
        tree = ast.parse(textwrap.dedent(code))
    except (SyntaxError, ValueError):
        return []
    for node in ast.walk(tree):
        if hasattr(node, "lineno"):
            node.lineno = line
    return tree.body


def _walk(nodes: list[ast.stmt] | list[ast.expr]) -> Iterator[ast.AST]:
    for node in nodes:
        yield from ast.walk(node)


class Templates:
    """What can be read of the templates that a file fills in."""

    def __init__(self, tree: ast.Module) -> None:
        self.values: dict[str, list[ast.expr | None]] = {}
        constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        self.literal = {value for value in constants if isinstance(value, str)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        self.values.setdefault(target.id, []).append(node.value)
            elif isinstance(node, ast.AugAssign | ast.For | ast.comprehension | ast.NamedExpr):
                for inner in ast.walk(node.target):
                    if isinstance(inner, ast.Name):
                        self.values.setdefault(inner.id, []).append(None)
            elif isinstance(node, ast.arg):
                self.values.setdefault(node.arg, []).append(None)
            elif isinstance(node, Function | ast.ClassDef):
                self.values.setdefault(node.name, []).append(None)

    def is_computed(self, template: ast.expr) -> bool:
        """Whether the name in one of its fields, or all of it, can't be read."""
        return any(
            UNKNOWN in WIDTH.sub(r"\1", text) or any("." in name for name in FIELD.findall(text))
            for text in self.texts(template)
            if text not in self.literal  # where it is looked at as a text
        )

    def texts(self, node: ast.expr, deepest: int = 64) -> list[str]:
        """What an expression may be as text."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return [node.value]
        if isinstance(node, ast.JoinedStr):
            parts = [getattr(each, "value", UNKNOWN) for each in node.values]
            return ["".join(each if isinstance(each, str) else UNKNOWN for each in parts)]
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and deepest:
            left, right = self.texts(node.left, deepest - 1), self.texts(node.right, deepest - 1)
            return [a + b for a in left for b in right][:64]
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) and deepest:
            sides = self.texts(node.left, deepest - 1), self.texts(node.right, deepest - 1)
            return next((side for side in sides if side != [UNKNOWN]), [UNKNOWN])
        if isinstance(node, ast.IfExp) and deepest:
            return self.texts(node.body, deepest - 1) + self.texts(node.orelse, deepest - 1)
        if isinstance(node, ast.Name) and deepest and node.id in self.values:
            values = self.values[node.id]
            return [
                text
                for value in values
                for text in (self.texts(value, deepest - 1) if value else [UNKNOWN])
            ][:64]
        return [UNKNOWN]
