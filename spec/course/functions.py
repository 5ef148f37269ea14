"""A function from two texts: the course's docstring and signature, the learner's body."""

import ast
import itertools
from dataclasses import dataclass

from .left import Left, Why
from .pieces import Function, Piece, header_end, indent_of, is_text, parsed, stripped
from .signatures import choice, key

Lines = tuple[str, ...]


@dataclass(frozen=True)
class Parts:
    """What a function or class is made of, in lines."""

    decorators: tuple[Lines, ...]
    header: Lines  # from `def` to the colon, and a comment after it
    doc: Lines
    body: Lines  # a function's, without the docstring
    code: tuple[ast.stmt, ...]
    indent: str  # of the header
    inner: str  # of the body


def parts(piece: Piece) -> Parts:
    """Takes a definition apart."""
    node, lines, at = piece.unit, piece.lines, piece.first + 1
    start, (end, column) = node.lineno - at, header_end(piece)
    indent = indent_of(lines[start])
    doc, code = (node.body[0], node.body[1:]) if is_text(node.body[0]) else (None, node.body)
    in_line = node.body[0].lineno - at == end
    header = lines[start : end + 1]
    if in_line:
        header = (*header[:-1], header[-1][:column])
    inner = indent + "    "
    if not in_line:
        inner = indent_of(lines[node.body[0].lineno - at])
    said: Lines = ()
    before: Lines = ()
    after = end + 1
    if doc is not None:
        first, after = doc.lineno - at, doc.end_lineno - at + 1  # type: ignore[operator]
        said = lines[first:after]
        if in_line:
            said = (inner + _from(lines[first], doc.col_offset), *said[1:])
        before = tuple(line for line in lines[end + 1 : first] if line.strip())
    body = lines[after:]
    if code:
        beginning = min([code[0].lineno, *(d.lineno for d in _decorators(code[0]))]) - at
        if beginning < after:  # it shares a line with what is before it
            body = (inner + _from(lines[beginning], code[0].col_offset), *lines[beginning + 1 :])
            last = doc.end_lineno if doc is not None else 0
            if doc is not None and last == code[0].lineno:
                said = (*said[:-1], _until(lines[beginning], doc, in_line, inner))
    return Parts(_decorated(piece), header, said, before + body, tuple(code), indent, inner)


def _from(line: str, offset: int) -> str:
    """A line from an offset on, which is in bytes."""
    return line.encode()[offset:].decode()


def _until(line: str, doc: ast.stmt, in_line: bool, inner: str) -> str:
    """The line in which a docstring ends, without what follows it there."""
    text = line.encode()[: doc.end_col_offset].decode()
    if doc.lineno == doc.end_lineno:
        return inner + text.encode()[doc.col_offset :].decode() if in_line else text
    return text


def _decorators(node: ast.stmt) -> list[ast.expr]:
    return getattr(node, "decorator_list", [])


def _decorated(piece: Piece) -> tuple[Lines, ...]:
    """The lines of each decorator, and of the comments below it."""
    node, found = piece.unit, []
    starts = [0]
    for decorator in node.decorator_list[1:]:
        start = decorator.lineno - 1 - piece.first
        while not piece.lines[start].lstrip().startswith("@"):
            start -= 1
        starts.append(start)
    starts.append(node.lineno - 1 - piece.first)
    for low, high in itertools.pairwise(starts):
        found.append(piece.lines[low:high])
    return tuple(found) if node.decorator_list else ()


def reindented(lines: Lines, old: str, new: str) -> Lines:
    """The same lines, moved to another indent."""
    if old == new:
        return lines
    return tuple(
        new + line[len(old) :] if line.strip() and line.startswith(old) else line for line in lines
    )


def decorators(base: Parts | None, edited: Parts, new: Parts) -> Lines:
    """The decorators that stay: the course's, and those that the learner added."""
    before = [stripped(each) for each in base.decorators] if base else []
    mine = [stripped(each) for each in edited.decorators]
    theirs = [stripped(each) for each in new.decorators]
    if base and mine == before:
        kept: tuple[Lines, ...] = ()
    elif base and theirs == before:
        return tuple(line for each in edited.decorators for line in each)
    else:
        kept = tuple(e for e in edited.decorators if stripped(e) not in (*before, *theirs))
    lines = tuple(line for each in new.decorators for line in each)
    return tuple(line for each in kept for line in each) + reindented(
        lines, new.indent, edited.indent
    )


def merged(base: Piece | None, edited: Piece, new: Piece, name: str) -> tuple[Lines, list[Left]]:
    """A function's lines with the learner's body, and what of it could not be carried."""
    before, mine, theirs = parts(base) if base else None, parts(edited), parts(new)
    left: list[Left] = []
    header, why = _header(base, edited, new)
    if why:
        left.append(Left(name, why, _text(mine.header), _text(theirs.header)))
    doc = reindented(theirs.doc, theirs.inner, mine.inner)
    own = own_words(before.doc if before else (), mine.doc, theirs.doc)
    is_as_before = before is not None and stripped(before.doc) == stripped(theirs.doc)
    if is_as_before or (not theirs.doc and (own or not mine.code)):
        doc = mine.doc
    elif own and before:
        left.append(Left(name, Why.DOCSTRING, _text(own), _text(theirs.doc)))
    if before and _dump(theirs.code) not in (_dump(before.code), _dump(mine.code)):
        left.append(Left(name, Why.BODY, _text(mine.body), _text(theirs.body)))
    return (*decorators(before, mine, theirs), *header, *doc, *mine.body), left


def _header(base: Piece | None, edited: Piece, new: Piece) -> tuple[Lines, Why | None]:
    """The lines from `def` to the colon, and why their choice is worth a word, if it is."""
    before, mine, theirs = parts(base) if base else None, parts(edited), parts(new)
    moved = reindented(theirs.header, theirs.indent, mine.indent)
    own, course = edited.unit, new.unit
    assert isinstance(own, Function) and isinstance(course, Function)
    if key(own) == key(course):
        as_handed_out = before and stripped(before.header) == stripped(mine.header)
        return (moved if as_handed_out else mine.header), None
    was = base.unit if base and isinstance(base.unit, Function) else None
    keeps, listed = choice(was, own, course, mine.code)
    why = Why.SIGNATURE_MINE if keeps else Why.SIGNATURE_THEIRS
    return (mine.header if keeps else moved), (why if listed else None)


def verify(mine: Piece, lines: Lines) -> None:
    """Raises SyntaxError where a function's body isn't the learner's any more."""
    (node,) = parsed("\n".join(("if True:", *lines) if indent_of(lines[0]) else lines)).body
    while not isinstance(node, Function):
        assert isinstance(node, ast.If)
        (node,) = node.body
    code = node.body[is_text(node.body[0]) :]
    if _dump(tuple(code)) != _dump(parts(mine).code):
        raise SyntaxError("the body is not what it was")


def class_header(
    base: Piece | None, edited: Piece, new: Piece, name: str
) -> tuple[Lines, list[Left]]:
    """The lines of a class above its body, and whether the course has another than the learner."""
    before, mine, theirs = parts(base) if base else None, parts(edited), parts(new)
    own, course = _bases(edited), _bases(new)
    was = _bases(base) if base else None
    left: list[Left] = []
    header = mine.header
    if own == was or (own == course and before and before.header == mine.header):
        header = reindented(theirs.header, theirs.indent, mine.indent)
    elif own != course and course != was:
        left.append(Left(name, Why.SIGNATURE_MINE, _text(mine.header), _text(theirs.header)))
    return (*decorators(before, mine, theirs), *header), left


def _bases(piece: Piece) -> list[str]:
    node = piece.unit
    assert isinstance(node, ast.ClassDef)
    return [ast.dump(each) for each in (*node.bases, *node.keywords)]


def own_words(before: Lines, mine: Lines, theirs: Lines) -> Lines:
    """The lines of a docstring that are neither the older course's nor the new one's."""
    known = {line.strip() for line in (*before, *theirs)}
    return tuple(line for line in mine if line.strip() and line.strip() not in known)


def _text(lines: Lines) -> str:
    return "\n".join(lines)


def _dump(nodes: tuple[ast.stmt, ...]) -> str:
    return "\n".join(map(ast.dump, nodes))
