"""A text of Python in pieces that cover each of its lines: statements, and comments between them.

Lines are told apart as Python does, by newlines alone: a form feed or U+2028 ends none.
"""

import ast
import re
import tokenize
import warnings
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from ..harness.files.sources import is_untouched

Function = ast.FunctionDef | ast.AsyncFunctionDef
Unit = Function | ast.ClassDef
CODING = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")  # as PEP 263 has it
CAN_T_PARSE = (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError)


class Kind(Enum):
    """What a piece is."""

    DOC = auto()
    IMPORT = auto()
    UNIT = auto()  # a function, method or class
    OTHER = auto()
    NOTE = auto()  # comments


@dataclass(frozen=True)
class Piece:
    """Some lines of a text, without the blank ones around them."""

    kind: Kind
    lines: tuple[str, ...]
    nodes: tuple[ast.stmt, ...] = ()
    blanks: int = 0  # lines that are blank before it
    tight: bool = False  # comments with code right below
    top: bool = False  # it begins a file
    first: int = 0  # the line of the text, from 0

    @cached_property
    def key(self) -> str:
        """What makes two pieces equal: all but the spaces at the ends of lines."""
        return stripped(self.lines)

    @property
    def unit(self) -> Unit:
        """The function or class that it is."""
        (node,) = self.nodes
        assert isinstance(node, Unit)
        return node


def stripped(lines: tuple[str, ...] | list[str]) -> str:
    """Lines as they are compared: without indents and blank lines."""
    return "\n".join(line.strip() for line in lines if line.strip())


def parsed(text: str) -> ast.Module:
    """The tree of a text; what Python would warn of is told when the file runs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def compiles(text: str) -> bool:
    """Whether Python could run a text."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<kata>", "exec", dont_inherit=True)
    except CAN_T_PARSE:
        return False
    return True


def indent_of(line: str) -> str:
    """The white space that a line begins with."""
    return line[: len(line) - len(line.lstrip(" \t\f"))]


def _is_deeper(line: str, indent: str) -> bool:
    return len(indent_of(line).expandtabs()) > len(indent.expandtabs())


def pieces_of_text(text: str) -> list[Piece]:
    """The pieces of a whole file."""
    lines = text.split("\n")
    return pieces(lines, parsed(text).body, 0, len(lines), "")


def pieces_of_class(piece: Piece) -> list[Piece]:
    """The pieces of a class's body."""
    node = piece.unit
    end, column = header_end(piece)
    at = piece.first
    if node.body[0].lineno - 1 - at == end:  # all in one line
        rest = piece.lines[end][column:].strip()
        indent = indent_of(piece.lines[end]) + "    "
        return [Piece(Kind.OTHER, (indent + rest, *piece.lines[end + 1 :]), tuple(node.body))]
    first = node.body[0].lineno - 1 - at
    lines = [""] * at + list(piece.lines)
    indent = indent_of(piece.lines[first])
    return pieces(lines, node.body, at + end + 1, len(lines), indent)


def pieces(lines: list[str], body: list[ast.stmt], low: int, high: int, indent: str) -> list[Piece]:
    """The pieces of some lines, from low to before high, which hold these statements."""
    found: list[Piece] = []
    at = low
    for group in _groups(body, lines):
        start, end = _start(group[0], lines), max(node.end_lineno or 0 for node in group)
        found += _notes(lines, at, start, followed=True)
        if isinstance(group[0], Unit):
            end = _with_its_comments(lines, end, high, indent)
        found.append(
            Piece(
                _kind(group, is_first=group[0] is body[0]),
                tuple(lines[start:end]),
                tuple(group),
                0 if found and found[-1].tight else _blanks(lines, low, start),
                first=start,
            )
        )
        at = end
    return found + _notes(lines, at, high, followed=False)


def _groups(body: list[ast.stmt], lines: list[str]) -> list[list[ast.stmt]]:
    """Statements that share no line with others; those that do are together."""
    groups: list[list[ast.stmt]] = []
    end = 0
    for node in body:
        if groups and _start(node, lines) < end:
            groups[-1].append(node)
        else:
            groups.append([node])
        end = node.end_lineno or 0
    return groups


def _start(node: ast.stmt, lines: list[str]) -> int:
    """The line, from 0, on which a statement begins, its decorators among it."""
    decorators = getattr(node, "decorator_list", [])
    if not decorators:
        return node.lineno - 1
    start = decorators[0].lineno - 1
    while start and not lines[start].lstrip().startswith("@"):
        start -= 1
    return start


def _kind(group: list[ast.stmt], is_first: bool) -> Kind:
    node = group[0]
    if len(group) > 1:
        imports = all(isinstance(each, ast.Import | ast.ImportFrom) for each in group)
        return Kind.IMPORT if imports else Kind.OTHER
    if isinstance(node, Unit):
        return Kind.UNIT
    if isinstance(node, ast.Import | ast.ImportFrom):
        return Kind.IMPORT
    return Kind.DOC if is_first and is_text(node) else Kind.OTHER


def is_text(node: ast.stmt) -> bool:
    """Whether a statement is nothing but a string, as a docstring is."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _with_its_comments(lines: list[str], end: int, high: int, indent: str) -> int:
    """The end of a function with the comments below it that are as deep as its body."""
    last = end
    for number in range(end, high):
        if lines[number].strip() and not _is_deeper(lines[number], indent):
            break
        if lines[number].strip():
            last = number + 1
    return last


def _notes(lines: list[str], low: int, high: int, followed: bool) -> list[Piece]:
    """Comments in paragraphs; what is no comment there is blank."""
    found, number = [], low
    while number < high:
        if not lines[number].strip():
            number += 1
            continue
        start = number
        while number < high and lines[number].strip():
            number += 1
        found.append(
            Piece(
                Kind.NOTE,
                tuple(lines[start:number]),
                blanks=_blanks(lines, low, start),
                tight=followed and number == high,
                top=start == 0,
                first=start,
            )
        )
    return found


def _blanks(lines: list[str], low: int, start: int) -> int:
    number = start
    while number > low and not lines[number - 1].strip():
        number -= 1
    return start - number


def header_end(piece: Piece) -> tuple[int, int]:
    """The line of a piece, and the column, where the colon of a `def` or `class` ends."""
    start = piece.unit.lineno - 1 - piece.first
    lines = (f"{line}\n" for line in piece.lines[start:])
    depth = 0
    for token in tokenize.generate_tokens(lambda: next(lines, "")):
        if token.type == tokenize.OP:
            depth += (token.string in "([{") - (token.string in ")]}")
            if token.string == ":" and not depth:
                return start + token.end[0] - 1, token.end[1]
    raise SyntaxError("no colon ends the line that begins a definition")


def is_not_started(piece: Piece) -> bool:
    """Whether a function is as a stub has it: no body, and nothing of anybody's beside it."""
    node = piece.unit
    if not isinstance(node, ast.FunctionDef) or node.decorator_list:
        return False
    documented = is_text(node.body[0])
    end = node.body[0].end_lineno if documented else node.lineno
    body = piece.lines[(end or 0) - piece.first :]
    alone = len(node.body) == 1 + documented
    return alone and is_untouched(node) and not any(line.strip().startswith("#") for line in body)
