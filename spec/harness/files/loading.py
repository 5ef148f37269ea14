"""Import one implementation file alone; what went wrong, in a sentence."""

import contextlib
import functools
import importlib.util
import itertools
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from .. import limits
from ..language import tr
from ..texts import shown
from ..verdicts import Kind, Verdict
from . import streams
from .catalogue import PACKAGE, Kata, is_ours, raw
from .sources import Definition, definitions, line_of, read

OURS = 10.0  # seconds; our own files import at once


@dataclass
class Implementation:
    """A file that answers a kata: its module, or the reason why there is none."""

    kata: Kata
    path: Path
    module: ModuleType | None = None
    problem: Verdict | None = None
    definitions: dict[str, Definition] = field(default_factory=dict)

    def line_of(self, function: str) -> int:
        """The line on which a function, a class or a part of one is defined, or 1."""
        return line_of(self.kata, self.definitions, function)

    def place(self, function: str) -> str:
        """The function's place as an editor understands it: path and line."""
        return f"{shown(self.path)}:{self.line_of(function)}"


def load(kata: Kata, path: Path, limit: float) -> Implementation:
    """Runs the file in a module of its own; never raises for what the file does."""
    implementation = Implementation(kata, path)
    try:
        implementation.definitions = definitions(read(path))
    except Exception as error:
        implementation.problem = _unreadable(path, error)
        return implementation
    try:
        with limits.limited(limit, lambda: _endless(path)), streams.lent():
            implementation.module = _run(path)
    except Verdict as verdict:
        own = [f for f in traceback.extract_tb(verdict.__traceback__) if f.filename == str(path)]
        verdict.line = verdict.caught = own[-1].lineno if own else None
        implementation.problem = verdict
    except SyntaxError as error:
        say = _unreadable if error.filename == str(path) else _failed
        implementation.problem = say(path, error)
    except (KeyboardInterrupt, limits.Quit) as error:
        if limits.interrupted():
            raise
        implementation.problem = _failed(path, error)
    except BaseException as error:
        implementation.problem = _failed(path, error)
    return implementation


@functools.cache
def load_ours(kata: Kata, path: Path) -> Implementation:
    """A file of ours, the solution or the answers of a kata, loaded once."""
    return load(kata, path, OURS)


class _Loader(importlib.machinery.SourceFileLoader):
    """Compiles the source as it stands: no bytecode is read or left behind."""

    def get_code(self, fullname: str) -> object:  # type: ignore[override]
        path = self.get_filename(fullname)
        return self.source_to_code(raw(Path(path)), path)


def _run(path: Path) -> ModuleType:
    name = f"{path.parent.name}.{path.stem}@{path}"
    if is_ours(path):
        name = f"{PACKAGE}.{path.parent.name}.{path.stem}@"  # so that it can import its neighbours
    spec = importlib.util.spec_from_file_location(name, path, loader=_Loader(name, str(path)))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    with _siblings(path.parent):
        spec.loader.exec_module(module)
    return module


@contextlib.contextmanager
def _siblings(folder: Path) -> Iterator[None]:
    """Lets a file import its neighbours, without their names or bytecode staying behind."""
    newest, dont_write = next(reversed(sys.modules)), sys.dont_write_bytecode
    sys.path.insert(0, str(folder))
    sys.dont_write_bytecode = True
    try:
        yield
    finally:
        sys.dont_write_bytecode = dont_write
        sys.path.remove(str(folder))
        for name in list(itertools.takewhile(lambda name: name != newest, reversed(sys.modules))):
            origin = getattr(sys.modules[name], "__file__", None)
            if origin and Path(origin).parent == folder and "@" not in name:
                del sys.modules[name]


def _endless(path: Path) -> Verdict:
    return Verdict(
        Kind.FILE,
        tr("{path} is still running after the time limit, before any function was called.").format(
            path=shown(path)
        ),
        tr("Look for a loop at the top level of the file that never ends."),
    )


def _unreadable(path: Path, error: Exception) -> Verdict:
    if isinstance(error, SyntaxError):
        text = f"\n    {error.text.strip()}" if error.text else ""
        line = error.lineno or 1  # 0 where the encoding is wrong
        return Verdict(
            Kind.FILE,
            tr("{path}:{line} is not valid Python: {msg}.{text}").format(
                path=shown(path), line=line, msg=error.msg, text=text
            ),
            tr(
                "Python could not read the file, so nothing in it was tried. Mend this line, or "
                "the one before it, and run again."
            ),
            line,
        )
    if isinstance(error, UnicodeDecodeError):
        line = error.object.count(b"\n", 0, error.start) + 1
        return Verdict(
            Kind.FILE,
            tr("{path}:{line} is no text that Python can read: {error}.").format(
                path=shown(path), line=line, error=error
            ),
            tr(
                "Save the file as UTF-8 text. If a line at its top names another coding, remove it."
            ),
            line,
        )
    text = f"{type(error).__name__}: {error}"
    return Verdict(
        Kind.FILE,
        tr("{path} can't be read: {text}.").format(path=shown(path), text=text),
        tr("Save the file where you can read it yourself."),
    )


def _failed(path: Path, error: BaseException) -> Verdict:
    own = [
        frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)
    ]
    line = own[-1].lineno if own else 1
    code = f"\n    {own[-1].line}" if own else ""
    text = f"{type(error).__name__}: {error}".rstrip(": ")
    if isinstance(error, ImportError) and error.path:
        text = text.replace(f" ({error.path})", "")
    return Verdict(
        Kind.FILE,
        tr("{path}:{line} fails while Python imports the file: {text}{code}").format(
            path=shown(path), line=line, text=text, code=code
        ),
        tr("No function of the file could be tried. Mend or remove this line and run again."),
        line,
    )


_serial = itertools.count()


def spec_of_its_own(path: Path) -> ModuleType:
    """The spec as a module of its own: Hypothesis wants its tests bound to one folder only."""
    name = f"{PACKAGE}.{path.stem}_{next(_serial)}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
