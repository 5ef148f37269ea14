"""--reset: a file becomes its stub again, which is its solution minus the bodies."""

import ast
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..texts import say, shown
from .catalogue import Kata, find, is_there, kata_of, katas
from .sources import definitions, is_untouched, read

NOT_STARTED = "raise NotImplementedError"

REFUSED = """--reset {path}: name the files to begin anew, such as katas/k08_broadcasting.py"""

NO_SOLUTION = """--reset {path}: a stub is made of the solution, and {solution} is not there"""

UNWRITABLE = """--reset {path}: nothing can be written beside it: {why}. It is as it was."""


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


def reset(kata: Kata, path: Path) -> str:
    """Puts the stub in the place of an answer, which is kept beside it; says what was done."""
    stub = stub_of(read(kata.solution))
    kept = None
    fresh = path.with_name(f"{path.name}.new")
    try:
        fresh.write_text(stub, encoding="utf-8")
        if path.exists() and _is_begun(path):
            kept = next(each for each in _names_beside(path) if not each.exists())
            path.rename(kept)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    what = f" What you wrote is kept in {shown(kept)}." if kept else ""
    return f"{shown(path)} is not started.{what}"


def _is_begun(path: Path) -> bool:
    """Whether there is anything in a file that could be missed."""
    try:
        found = definitions(read(path))
    except (SyntaxError, ValueError, LookupError):
        return True
    return not found or not all(map(is_untouched, found.values()))


def _names_beside(path: Path) -> Iterator[Path]:
    """k08_broadcasting.py.old, .old2, .old3 …"""
    yield path.with_name(f"{path.name}.old")
    for number in itertools.count(2):
        yield path.with_name(f"{path.name}.old{number}")


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Resets the files that are named, and runs nothing."""
    if not config.getoption("reset"):
        return None
    paths = [Path(argument) for argument in config.args]
    for path in paths:
        kata = kata_of(path)
        if kata is None or path.resolve() == kata.solution:
            raise pytest.UsageError(REFUSED.format(path=path))
        if not is_there(kata.solution):
            raise pytest.UsageError(NO_SOLUTION.format(path=path, solution=shown(kata.solution)))
    for path in paths:
        try:
            say(reset(find(path.stem) or Kata(path.stem), path))
        except OSError as error:
            raise pytest.UsageError(UNWRITABLE.format(path=path, why=error.strerror)) from None
    return 0


def main(names: list[str]) -> None:
    """Writes the stubs of these katas anew from their solutions."""
    for name in names:
        kata = find(name)
        if kata is None:
            sys.exit(f"{name} is no kata; there are: {', '.join(kata.name for kata in katas())}")
        say(reset(kata, kata.stub))


if __name__ == "__main__":
    main(sys.argv[1:])
