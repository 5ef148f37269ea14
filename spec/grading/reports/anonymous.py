"""Code without its author: what it does is kept, and whatever may be somebody's name is not."""

import ast
import builtins
import functools
import itertools
import keyword
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ...harness.files import catalogue, sources
from ...harness.files.catalogue import Kata
from ..intake.matching import folded
from ..intake.naming import is_taken
from ..outcomes import Result

WORDS = re.compile(r"[^\W\d_]+")
PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]")  # of someName and some_name
EINSUM = re.compile(r"[a-zA-Z. ]{0,8}(,[a-zA-Z. ]{0,8})*->[a-zA-Z. ]{0,8}")
SHORT = 2  # letters that say nothing of anybody
Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def people_in(results: Iterable[Result]) -> frozenset[str]:
    """The words of everybody's names."""
    names = [result.person for result in results]
    names += [each.name for result in results for each in result.submission.submitters]
    return frozenset(word for name in names for word in folded(name))


@dataclass(frozen=True)
class Vocabulary:
    """The words that a kata uses itself, and those that are people's names."""

    known: frozenset[str]
    people: frozenset[str]

    @classmethod
    def of(cls, kata: Kata, people: frozenset[str]) -> "Vocabulary":
        """The words of a kata's own files."""
        return cls(_words_of(kata), people)

    def has(self, text: str) -> bool:
        """Whether a name or a text is made of such words alone."""
        known = (len(word) <= SHORT or word in self.known for word in _split(text))
        return all(known) and not self.names_somebody(text)

    def names_somebody(self, text: str) -> bool:
        """Whether one of the words is in somebody's name."""
        return any(self.people & {word, *folded(word)} for word in _split(text))


def _split(text: str) -> list[str]:
    return [part.casefold() for word in WORDS.findall(text) for part in PARTS.findall(word)]


@functools.cache
def _words_of(kata: Kata) -> frozenset[str]:
    texts = [
        sources.read(path)
        for path in (kata.solution, kata.stub, kata.spec, kata.wrong, kata.right)
        if catalogue.is_there(path)
    ]
    return frozenset(
        word for text in (*dir(builtins), *keyword.kwlist, *texts) for word in _split(text)
    )


class Anonymous(ast.NodeTransformer):
    """Gives new names to what is bound, where the vocabulary lacks it, and takes texts out."""

    def __init__(self, given: dict[str, str], vocabulary: Vocabulary, code: list[ast.stmt]) -> None:
        self.vocabulary = vocabulary
        self.names = dict(given)
        self.attributes: dict[str, str] = {}
        self.own: set[str] = set()  # functions that are called with names of their parameters
        self.texts: dict[str, str] = {}
        nodes = [node for statement in code for node in ast.walk(statement)]
        self.there = {getattr(node, "id", getattr(node, "arg", "")) for node in nodes}
        for node in nodes:
            self._note(node)

    def _note(self, node: ast.AST) -> None:
        """Thinks of names for what this binds."""
        if isinstance(node, ast.Name):
            if not (isinstance(node.ctx, ast.Load) and is_taken(node.id)):
                self._rename(node.id)  # one that nobody binds is an error, and stays one
        elif isinstance(node, ast.arg):
            self._rename(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            self.own.add(node.name)
            self._rename(node.name)
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            self._rename(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            self._rename(node.rest)
        elif isinstance(node, ast.alias) and node.asname:
            self._rename(node.asname)
        elif isinstance(node, ast.ClassDef):
            self.own.add(node.name)
            self._rename(node.name)
            for inner in node.body:
                for name in _members(inner):
                    self._rename_attribute(name)
        elif isinstance(node, ast.Attribute):
            if isinstance(node.ctx, ast.Store) or self.vocabulary.names_somebody(node.attr):
                self._rename_attribute(node.attr)
        elif isinstance(node, ast.keyword) and self.vocabulary.names_somebody(node.arg or ""):
            self._rename(str(node.arg))

    def _rename(self, name: str) -> None:
        special = name.startswith("__") and is_taken(name)
        if special or name in self.names or self.vocabulary.has(name):
            return
        free = (f"value_{number}" for number in itertools.count(1))
        taken = {*self.there, *self.names.values()}
        self.names[name] = next(each for each in free if each not in taken)

    def _rename_attribute(self, name: str) -> None:
        if not self.vocabulary.has(name) and not is_taken(name):
            self._rename(name)
            self.attributes[name] = self.names[name]

    def visit(self, node: ast.AST) -> Any:
        """The node with other names and texts, and without a docstring."""
        if isinstance(node, Documented) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        for name in ("id", "arg", "name", "rest", "asname"):
            value = getattr(node, name, None)
            if isinstance(value, str) and not isinstance(node, ast.keyword | ast.alias):
                setattr(node, name, self.names.get(value, value))
        if isinstance(node, ast.alias):
            self._alias(node)
        elif isinstance(node, ast.Attribute):
            node.attr = self.attributes.get(node.attr, node.attr)
        elif isinstance(node, ast.Global | ast.Nonlocal):
            node.names = [self.names.get(name, name) for name in node.names]
        elif isinstance(node, ast.Call):
            self._call(node)
        elif isinstance(node, ast.Constant):
            node.value = self._constant(node.value)
        return self.generic_visit(node)

    def _alias(self, node: ast.alias) -> None:
        name = node.asname or node.name
        if name in self.names:
            node.asname = self.names[name]

    def _call(self, node: ast.Call) -> None:
        """Names of arguments, where the function called is the person's own."""
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        for each in node.keywords:
            if each.arg and (called in self.own or self.vocabulary.names_somebody(each.arg)):
                each.arg = self.names.get(each.arg, each.arg)

    def _constant(self, value: Any) -> Any:
        if isinstance(value, bytes) and not self.vocabulary.has(value.decode("latin-1")):
            return b""
        if not isinstance(value, str) or EINSUM.fullmatch(value) or self.vocabulary.has(value):
            return value
        return self.texts.setdefault(value, f"text {len(self.texts) + 1}")


def _members(node: ast.stmt) -> set[str]:
    """The attributes that a statement in a class's body makes."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    names = [inner for inner in ast.walk(node) if isinstance(inner, ast.Name)]
    return {name.id for name in names if isinstance(name.ctx, ast.Store)}
