"""--reset: a file becomes its stub again."""

import sys
from pathlib import Path

import pytest

from ..texts import say, shown
from . import homes
from .catalogue import Kata, find, is_there, kata_of, katas
from .stubs import is_begun, memory_of, names_beside, stub

REFUSED = """--reset {path}: name the files of katas to begin anew, such as k08_broadcasting.py"""

NO_SOLUTION = """--reset {path}: a stub is made of the solution, and {solution} is not there"""

UNWRITABLE = """--reset {path}: nothing can be written beside it: {why}. It is as it was."""


def reset(kata: Kata, path: Path) -> str:
    """Puts the stub in the place of an answer, which is kept beside it; says what was done."""
    kept = None
    fresh = path.with_name(f".{path.name}.part")
    try:
        fresh.write_text(stub(kata), encoding="utf-8")
        if path.exists() and is_begun(path):
            kept = next(each for each in names_beside(path) if not each.exists())
            path.rename(kept)
        fresh.replace(path)
        if memory_of(path).exists():
            memory_of(path).write_text(stub(kata), encoding="utf-8")
    finally:
        fresh.unlink(missing_ok=True)
    what = f" What you wrote is kept in {shown(kept)}." if kept else ""
    return f"{shown(path)} is not started.{what}"


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
            kata = find(path.stem) or Kata(path.stem)
            say(reset(kata, path))
            homes.forget(path, kata)
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
