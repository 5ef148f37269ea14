"""A file's lesson and docstrings in another language; its code stays as it is, to the letter."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable, Iterator, Mapping

from . import language
from .passages import Passage, passages

WIDTH = 100
QUOTES = '"""'

Documented = (ast.Module, ast.ClassDef, ast.FunctionDef)


def translated(source: str, name: str) -> str:
    """A source with its docstrings in this language, text by text, as far as they are known."""
    texts = language.translations(name).texts
    return replaced(source, lambda _, node: _said(node, texts))


def relanguaged(source: str, known: Mapping[str, str], wanted: str) -> str:
    """A source that somebody has edited: the docstrings that are one of ours are those wanted.

    `known` has files with the docstrings that are to be replaced, by whatever name.
    """
    ours = [of(each) for each in known.values()]
    new = of(wanted)

    def other(name: str, node: ast.AST) -> str | None:
        is_ours = any(_clean(each.get(name)) == _clean(_value(node)) for each in ours)
        return new.get(name) if is_ours else None

    return replaced(source, other)


def of(source: str) -> dict[str, str]:
    """The docstrings of a module, its functions, classes and methods, as they stand in the file."""
    found = ((name, _value(node)) for name, node in documented(ast.parse(source)))
    return {name: value for name, value in found if value is not None}


def replaced(source: str, other: Callable[[str, ast.AST], str | None]) -> str:
    """A source in which each docstring gives way to another, where there is one."""
    lines = source.split("\n")
    nodes = list(documented(ast.parse(source)))
    for name, node in sorted(nodes, key=lambda each: _statement(each[1]).lineno, reverse=True):
        text = other(name, node)
        if text is not None and QUOTES not in text and "\\" not in text:
            _put(lines, _statement(node), text)
    return "\n".join(lines)


def documented(node: ast.AST, name: str = "") -> Iterator[tuple[str, ast.AST]]:
    """What has a docstring, and what is in it, by name: the module's is empty, or Node.backward."""
    if isinstance(node, Documented):
        if _value(node) is not None:
            yield name, node
        for child in node.body:
            yield from documented(child, f"{name}.{getattr(child, 'name', '')}".lstrip("."))


def _put(lines: list[str], statement: ast.stmt, text: str) -> None:
    """Puts a docstring in the place of the one that a statement is."""
    column, last = statement.col_offset, (statement.end_lineno or statement.lineno) - 1
    before = lines[statement.lineno - 1].encode()[:column].decode()
    after = lines[last].encode()[statement.end_col_offset :].decode()
    if "\n" in text and text.rpartition("\n")[2].strip():
        text += f"\n{' ' * column}"
    new = f"{before}{QUOTES}{text}{QUOTES}{after}"
    lines[statement.lineno - 1 : last + 1] = new.split("\n")


def _said(node: ast.AST, texts: Mapping[str, str]) -> str | None:
    """A docstring with the passages that are known in their other language."""
    value, column = _value(node) or "", _statement(node).col_offset
    lines, found = value.expandtabs().split("\n"), passages(value)
    for passage in reversed(found):
        said = texts.get(passage.text)
        if said is not None:
            lines[passage.start : passage.end] = _lines(passage, said, column)
    new = "\n".join(lines)
    if "\n" not in new and len(new) + column + 2 * len(QUOTES) > WIDTH:
        new = "\n".join(_wrapped(new, " " * (column + len(QUOTES)), " " * column, len(QUOTES)))
    return new if new != value else None


def _lines(passage: Passage, said: str, column: int) -> list[str]:
    """The lines of a passage; its first has no indentation where it begins the docstring."""
    first = passage.start == 0
    if passage.drawn:
        return textwrap.indent(said, passage.indent).split("\n")
    lead = " " * (column + len(QUOTES)) if first else passage.lead
    indent = passage.indent or " " * column
    return _wrapped(said, lead, indent, len(lead) if first else 0)


def _wrapped(said: str, lead: str, indent: str, cut: int) -> list[str]:
    wrapped = textwrap.wrap(
        said,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [wrapped[0][cut:], *wrapped[1:]]


def _statement(node: ast.AST) -> ast.stmt:
    """The statement that a docstring is."""
    assert isinstance(node, Documented)
    return node.body[0]


def _value(node: ast.AST) -> str | None:
    """A docstring as it stands in the file."""
    assert isinstance(node, Documented)
    return ast.get_docstring(node, clean=False)


def _clean(text: str | None) -> str:
    """A docstring without the indentation and the line breaks that an editor may change."""
    return " ".join((text or "").split())
