"""A kata's stub: its solution minus the bodies; and how what is kept beside a file is named."""

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path

from .. import docstrings, language
from .catalogue import Kata
from .homes import MARK
from .sources import definitions, is_untouched, read

MEMORY = f"{MARK}/stubs"  # in a folder of one's own: what an update takes for its base
NOT_STARTED = "raise NotImplementedError"


def stub(kata: Kata) -> str:
    """What a learner is handed of a kata."""
    return stub_of(read(kata.solution))


def stub_in(kata: Kata, name: str) -> str:
    """The same in a language."""
    return stub(kata) if name == language.ENGLISH else docstrings.translated(stub(kata), name)


def stub_of(solution: str) -> str:
    """The source of the stub: the solution's text, each body replaced, private helpers left out."""
    lines = solution.splitlines()
    tree = ast.parse(solution)
    for node in reversed(tree.body):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            _hollow(node, lines)
        elif _is_private_name(node):
            del lines[node.lineno - 1 : node.end_lineno]
    text = "\n".join(lines).rstrip() + "\n"
    while "\n\n\n\n" in text:
        text = text.replace("\n\n\n\n", "\n\n\n")
    return text


def _hollow(node: ast.FunctionDef | ast.ClassDef, lines: list[str]) -> None:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    if node.name.startswith("_") and not node.name.startswith("__"):
        del lines[first - 1 : node.end_lineno]
        return
    if isinstance(node, ast.ClassDef):
        for child in reversed(node.body):
            if isinstance(child, ast.FunctionDef):
                _hollow(child, lines)
        return
    docstring = node.body[0]
    assert ast.get_docstring(node), f"{node.name} has no docstring"
    indent = " " * docstring.col_offset
    lines[docstring.end_lineno : node.end_lineno] = [indent + NOT_STARTED]


def _is_private_name(node: ast.stmt) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else []
    return any(isinstance(target, ast.Name) and target.id.startswith("_") for target in targets)


def memory_of(path: Path) -> Path:
    """Where a folder of one's own remembers how a file in it was handed out."""
    return path.parent / MEMORY / path.name


def is_begun(path: Path) -> bool:
    """Whether there is anything in a file that could be missed."""
    try:
        found = definitions(read(path))
    except (SyntaxError, ValueError, LookupError):
        return True
    return not found or not all(map(is_untouched, found.values()))


def names_beside(path: Path, ending: str = "old") -> Iterator[Path]:
    """k08_broadcasting.py.old, .old2, .old3 …"""
    yield path.with_name(f"{path.name}.{ending}")
    for number in itertools.count(2):
        yield path.with_name(f"{path.name}.{ending}{number}")
