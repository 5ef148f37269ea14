"""What a module says to a person goes through tr: no sentence stands beside it."""

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from spec.harness.files import catalogue
from spec.harness.files.catalogue import SPEC
from spec.tools import harness_texts
from spec.tools.harness_texts import CHECKS, FUNCTIONS, Module

SILENT = ("harness/sim", "grading/sandbox", "grading/examining")  # they say nothing to a person

# Where a text of several words is none for a person: patterns, names, what other programs read.
NOT_READ = {
    *("compile", "match", "search", "fullmatch", "sub", "findall", "split", "partition"),
    *("replace", "startswith", "endswith", "removeprefix", "removesuffix", "import_module"),
    *("getoption", "getplugin", "addinivalue_line", "eval", "exec", "parse", "legend"),
    *("AssertionError", "RuntimeError", "TypeError", "SyntaxError", "ZeroDivisionError"),
    *("tensors", "Formula", "numbered", "exit"),
}

# Constants and files whose sentences no learner reads, or reads as they are.
UNTRANSLATED = {
    "course/__main__.py:KNOWN": "what pytest reads",
    "course/functions.py": "what Python reads",
    "course/road.py": "README's table, which README.ru.md has",
    "course/handing.py:FOR_INSTRUCTORS": "a heading of README.md",
    "course/standing.py": "states, which the board says",
    "grading/intake/gradebooks.py": "headings of gradebooks; what it says itself is looked up",
    "grading/intake/names.py": "kinds of ids; what is said of files is looked up",
    "grading/intake/allowlist.py:REACHES": "which the page looks up",
    "grading/reports/drafts.py": "a file for who writes katas",
    "grading/reports/exports.py:NOT_HANDED_IN": "in a table that other programs read, too",
    "grading/reports/exports.py:FAILURE": "what programs read",
    "grading/reports/exports.py:NOT_DONE": "what programs read",
    "grading/scoring.py:EXAMPLE": "TOML",
    "harness/explaining/diagnosis.py:OUTSIDE": "torch's words",
    "harness/explaining/lacking.py:ANSWERS": "Python's words",
    "harness/explaining/noting.py:OF_THE_TEST": "pytest's words",
    "harness/showing/drawings.py:SAME": "which figures and grids say",
    "harness/explaining/progress.py": "states, which the board says",
    "harness/files/homes.py:NOT_STARTED": "a state, which the board says",
    "harness/files/ways.py": "a file of answers, for who reads code",
    "harness/plugin.py:EDGE": "what pytest --markers lists",
    "harness/rendering.py": "values, as Python shows them",
    "harness/showing/failures.py:PRINTED": "keys: pytest's words",
    "harness/showing/summary.py:WITHOUT_A_LETTER": "pytest's last line",
    "harness/typed.py": "commands",
    "harness/verdicts.py": "names of kinds",
    "harness/explaining/meanings.py:MEANINGS": "patterns: torch's words",
}
WORDS = re.compile(r"(?<![\w.\-/{])[A-Za-z][a-z']+(?![\w.(/}])")


def is_sentence(text: str) -> bool:
    """Whether a text has two words that follow each other."""
    return bool(re.search(rf"{WORDS.pattern} {WORDS.pattern}", re.sub(r"`[^`]*`", "", text)))


@functools.cache
def looked_up() -> frozenset[str]:
    """All that any module of the machinery says."""
    texts = list(harness_texts.of_machinery())
    return frozenset(each for text in texts for each in (text.english, text.many) if each)


def forgotten(path: Path) -> Iterator[str]:
    """The sentences of a module that no call of tr has, and constants that are used without."""
    module, name = Module(path), path.relative_to(SPEC).as_posix()
    if name in UNTRANSLATED:
        return
    known = looked_up() | {text.english for text in harness_texts.of_module(path)}
    tables = {*harness_texts.TABLES.get(name, ()), *harness_texts.FORMS.get(name, ())}
    for part, node in _read(module, name):
        text = _text(node)
        if text is not None and text not in known and is_sentence(text):
            yield f"{name}:{node.lineno}: {text}"
        elif isinstance(node, ast.Name) and node.id not in tables and part not in tables:
            text = _text(module.constants.get(node.id))
            is_used = isinstance(node.ctx, ast.Load) and f"{name}:{node.id}" not in UNTRANSLATED
            if is_used and text is not None and is_sentence(text):
                yield f"{name}:{node.lineno}: {node.id} without tr"


def _read(module: Module, name: str) -> Iterator[tuple[str, Any]]:
    """The nodes that may be read by a person, each with the constant that it is part of."""
    silent = _silent(module.tree)
    is_spec = "/" not in name  # whose constants outside of functions are ids and names of axes
    for statement in module.tree.body:
        target = getattr(statement, "targets", [getattr(statement, "target", None)])[0]
        part = ast.unparse(target) if target is not None else ""
        if f"{name}:{part}" in UNTRANSLATED or (is_spec and part):
            continue
        for node in ast.walk(statement):
            if node not in silent and hasattr(node, "lineno"):
                yield part, node


def _text(node: ast.AST | None) -> str | None:
    if isinstance(node, ast.JoinedStr):
        parts = [v.value if isinstance(v, ast.Constant) else "{}" for v in node.values]
        return "".join(map(str, parts))
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if is_text and isinstance(node, ast.Constant) else None


def _silent(tree: ast.Module) -> set[ast.AST]:
    """The nodes that nobody reads: docstrings, patterns, keys; and what tr is called with."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            documented = ast.get_docstring(node) is not None
            found |= set(ast.walk(node.body[0])) if documented else set()
        if isinstance(node, ast.FunctionDef):
            found |= {each for part in node.decorator_list for each in ast.walk(part)}
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            if name in (*FUNCTIONS, *CHECKS, *NOT_READ):
                found |= {each for part in (*node.args, *node.keywords) for each in ast.walk(part)}
        if isinstance(node, ast.Assert):
            found |= set(ast.walk(node))
        if isinstance(node, ast.JoinedStr):
            found |= {
                each
                for part in node.values
                for each in ast.walk(part)
                if isinstance(each, ast.Constant)
            }
    return found


def modules() -> list[Path]:
    """Those that say something to a learner or an instructor."""
    rooms = [path for room in harness_texts.ROOMS for path in sorted((SPEC / room).rglob("*.py"))]
    ours = [path for kata in catalogue.katas() for path in (kata.spec, kata.plots) if path.exists()]
    return [p for p in [*rooms, *ours] if not p.relative_to(SPEC).as_posix().startswith(SILENT)]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SPEC).as_posix())
def test_no_text_is_forgotten(path: Path) -> None:
    """Every sentence is looked up, so that translate finds it and a person reads it."""
    assert not list(forgotten(path))
