"""allowlist.toml as sets of names, and what an instructor is told of what does not stand there."""

import enum
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from ...harness.language import tr


class Weight(enum.StrEnum):
    """How far a line goes beyond what a kata needs."""

    UNUSUAL = "unusual"
    REACHES = "reaches out"


Found = tuple[Weight, str]

_TABLES = tomllib.loads((Path(__file__).parent / "allowlist.toml").read_text(encoding="utf-8"))


def _words(table: str, name: str) -> frozenset[str]:
    return frozenset(_TABLES[table][name].split())


COURSE = _words("modules", "course")
REPLACED = _words("modules", "replaced")
MODULES = COURSE | _words("modules", "everyday") | set(_TABLES["ordinary"])
ORDINARY = {module: _words("ordinary", module) for module in _TABLES["ordinary"]}
UNUSUAL_PARTS = {
    module: _words("unusual", module) if module in _TABLES["unusual"] else frozenset()
    for module in ORDINARY
}
READ = COURSE | {name for name in MODULES if name.partition(".")[0] in sys.stdlib_module_names}
FUNCTIONS = _words("reaching", "functions")
BUILTINS, UNUSUAL_BUILTINS = _words("reaching", "builtins"), _words("unusual_names", "builtins")
ATTRIBUTES = _words("reaching", "attributes")
METHODS, NAMES = _words("special", "methods"), _words("special", "names")
READABLE = _words("special", "attributes") | METHODS
SETTABLE = _words("settable", "attributes")
PATHS, UNUSUAL_PATHS = _words("settable", "paths"), _words("settable", "unusual")

BY_NAME = {"getattr", "hasattr", "setattr", "delattr"}
SPLITTING = {"join", "split", "rsplit", "partition", "rpartition", "replace", "startswith"}
INTERPRETERS = ("_", "f_", "g", "gi", "tb", "co_", "cr", "ag")  # how names of frames begin
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
SPECIAL = re.compile(r"__\w*?[a-z]\w*?__")
PIECE = re.compile(r"^__$|^__[a-z]+$|^[a-z_]*[a-z]__$")
FRAME = re.compile(r"\b(f|gi|tb|co|cr|ag)_(back|builtins|code|consts|frame|globals|locals|next)\b")
FIELD = re.compile(r"\{\w*\.(?P<rest>\w*)")
UNCOUNTED = {"unpack", "unpack_from", "iter_unpack", "tobytes", "memoryview", "frombytes"}
LOOPING = ("numpy.frompyfunc", "numpy.vectorize")

DEEP = "It is nested too deeply to be looked at."
HIDDEN = "It holds characters that can't be seen, or that turn text round."
CODEC = "It is written in an encoding in which other text runs than is shown."
MODULE = "It imports {name}, which a kata does not need."
ABSENT = "It imports {name}, which is not installed here; what took its place does nothing."
PART = "It uses {name}, which a kata does not need."
INSIDE = "It reaches for {name}, which is an inside of something else."
SETS = "It sets {name}, which is not the file's own."
COMPUTED = "It computes the name of an attribute for {name}."
DEFINES = "It gives the name {name}, which belongs to the interpreter, to something."
TEXT = "A text holds a name of the interpreter, or a piece of one."
TEMPLATE = "A template reads an attribute."
PIECES = "A template is put together of pieces."
RUN_TEXT = "It runs a text as code."
AS_VALUE = "It hands on {name} itself, so that what is used of it can't be seen."
FOREIGN = "It calls a method of {name} on something that may be no {name}."
IN_A_CLASS = "It imports inside a class."
ADDRESS = "It computes with the address of an object."
A_CLASS = "It makes a class without the word class."
METACLASS = "It writes a class with a metaclass."
LOOP = "It loops over numbers of an array in a way that no check counts."


def set_path(path: str) -> Iterator[Found]:
    """What is to be said where something imported is set."""
    if any(path == fine or path.startswith(f"{fine}.") for fine in PATHS):
        return
    unusual = any(path == each or path.startswith(f"{each}.") for each in UNUSUAL_PATHS)
    yield (Weight.UNUSUAL if unusual else Weight.REACHES), tr(SETS).format(name=path)


def part(name: str) -> str:
    """That a line uses something which a kata does not need."""
    return tr(PART).format(name=name)


def inside(name: str) -> str:
    """That a line reaches for the inside of something else."""
    return tr(INSIDE).format(name=name)
