"""--reset: a file becomes its stub again."""

import sys
from pathlib import Path

import pytest

from .. import docstrings, language
from ..language import tr
from ..texts import say, shown
from . import homes
from .catalogue import Kata, find, is_there, kata_of, katas
from .sources import read
from .stubs import is_begun, memory_of, names_beside, stub_in

REFUSED = """--reset {path}: name the files of katas to begin anew, such as k08_broadcasting.py"""

NO_SOLUTION = """--reset {path}: a stub is made of the solution, and {solution} is not there"""

SPEAKS = "{path} speaks {language} now. What you wrote in it stays as it is."

UNWRITABLE = """--reset {path}: nothing can be written beside it: {why}. It is as it was."""


def reset(kata: Kata, path: Path, name: str = language.ENGLISH) -> str:
    """Puts the stub in the place of an answer, which is kept beside it; says what was done."""
    kept = None
    if path.exists() and is_begun(path):
        kept = next(each for each in names_beside(path) if not each.exists())
    stub = stub_in(kata, name)
    _write(path, stub, stub, kept)
    said = [tr("{path} is not started.").format(path=shown(path))]
    said += [tr("What you wrote is kept in {kept}.").format(kept=shown(kept))] if kept else []
    return " ".join(said)


def put_into(kata: Kata, path: Path, name: str) -> str | None:
    """Puts what an answer says of ours into another language, and leaves what its writer wrote.

    None where there is nothing to do: no answer, or one that is in that language already.
    """
    if not path.exists() or not is_begun(path):
        return None
    try:
        before = read(path)
        stubs = {each: stub_in(kata, each) for each in language.languages()}
        after = docstrings.relanguaged(before, stubs, stubs[name])
    except (SyntaxError, ValueError, LookupError):
        return None
    if after == before:
        return None
    _write(path, after, stubs[name], None)
    return tr(SPEAKS).format(path=shown(path), language=name)


def _write(path: Path, text: str, stub: str, kept: Path | None) -> None:
    """Writes a file in one go, and what it was handed out as; what it was may be kept, too."""
    fresh = path.with_name(f".{path.name}.part")
    try:
        fresh.write_text(text, encoding="utf-8")
        if kept is not None:
            path.rename(kept)
        fresh.replace(path)
        if memory_of(path).exists():
            memory_of(path).write_text(stub, encoding="utf-8")
    finally:
        fresh.unlink(missing_ok=True)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Resets the files that are named, and runs nothing.

    Where a language is asked for, too, an answer that is begun gets its docstrings in that one,
    and is begun anew only if it has them.
    """
    if not config.getoption("reset"):
        return None
    name = language.spoken()
    is_asked = language.typed(config.invocation_params.args) is not None
    paths = [Path(argument) for argument in config.args]
    for path in paths:
        kata = kata_of(path)
        if kata is None or path.resolve() == kata.solution:
            raise pytest.UsageError(tr(REFUSED).format(path=path))
        if not is_there(kata.solution):
            raise pytest.UsageError(
                tr(NO_SOLUTION).format(path=path, solution=shown(kata.solution))
            )
    for path in paths:
        try:
            kata = find(path.stem) or Kata(path.stem)
            said = put_into(kata, path, name) if is_asked else None
            if said is None:
                said = reset(kata, path, name)
                homes.forget(path, kata)
            say(said)
        except OSError as error:
            raise pytest.UsageError(tr(UNWRITABLE).format(path=path, why=error.strerror)) from None
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
