"""What a learner's own lines show, read without running them."""

import ast
from collections.abc import Callable, Iterator

import torch

from ..files.sources import Definition
from ..verdicts import About, CheckFailure

NO_RETURN = "{function} has no return."
EMPTY_RETURN = "The return in line {line} hands nothing back."
RETURN_IN = "Its only return stands inside the {block} of line {line}, and is not always reached."
NO_RAISE = "{function} has no raise, and nothing that it calls raises for these arguments."
RAISE_NOT_REACHED = "The raise in line {line} is not reached with these arguments."
NONE_REACHED = "Of the raises in lines {lines} and {line} none is reached with these arguments."
RAISED_HERE = "You raise this yourself, in line {line}; these arguments are allowed."
LOOP = "The loop is in line {line}."
ONE_BY_ONE = "Python's own {name}() in line {line} goes through a tensor one by one."
WRITES = "Line {line} writes in place."
WRITE = "Lines {lines} and {line} write in place."
COPIES = "{name} in line {line} makes a copy."
DRAWS = "Line {line} draws from the global generator, or seeds it."
DRAW = "Lines {lines} and {line} draw from the global generator, or seed it."
WITHOUT_DEVICE = "Line {line} makes a tensor without device=, which puts it on the CPU."
WITHOUT_DTYPE = "Line {line} makes a tensor without dtype=, which makes it {dtype}."
CALLED = "The call is in line {line}."
OTHER_ERROR = "That error comes from line {line}."
CONVERTS = "Line {line} converts to {dtype}, whatever comes in."

MAKERS = ("tensor", "zeros", "ones", "full", "empty", "eye", "arange", "linspace", "rand", "randn")
FLOATS = ("zeros", "ones", "empty", "eye", "linspace", "rand", "randn")
MUTATING = ("append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort", "update")
COPYING = ("clone", "copy", "deepcopy", "tensor", "array", "stack", "cat", "repeat", "tolist")
DRAWING = ("rand", "randn", "randint", "randperm", "normal", "bernoulli", "multinomial")
SEEDING = ("manual_seed", "seed")
BUILTINS = ("sum", "min", "max", "map", "any", "all", "sorted")
CONVERSIONS = {"float": "float32", "double": "float64", "half": "float16", "long": "int64"}


def of_check(error: CheckFailure, definition: Definition) -> str | None:
    """Which lines a check that did not hold is about."""
    if error.about is About.RAISES:
        return of_missing_error(definition) if not error.__cause__ else None
    if error.about is About.DTYPE and isinstance(error.actual, torch.Tensor):
        return of_dtype(definition, str(error.actual.dtype).removeprefix("torch."))
    looks: dict[About, Callable[[Definition], str | None]] = {
        About.NOTHING: of_nothing,
        About.LOOP: of_loops,
        About.ARGUMENT: of_writing,
        About.DEVICE: of_device,
        About.COPY: of_copying,
        About.RANDOM: of_drawing,
    }
    return looks[error.about](definition) if error.about in looks else None


def of_nothing(definition: Definition) -> str | None:
    """Why a function returns None."""
    if isinstance(definition, ast.ClassDef):
        return None
    returns = [node for node in _own(definition) if isinstance(node, ast.Return)]
    if not returns:
        return NO_RETURN.format(function=definition.name)
    empty = [node for node in returns if node.value is None or _is_none(node.value)]
    if empty:
        return EMPTY_RETURN.format(line=empty[0].lineno)
    if len(returns) == 1 and returns[0] not in definition.body:
        outer = [n for n in definition.body if returns[0] in ast.walk(n)]
        block = {ast.For: "for", ast.While: "while", ast.If: "if"}.get(type(outer[0]))
        return RETURN_IN.format(block=block, line=outer[0].lineno) if block else None
    return None


def of_missing_error(definition: Definition) -> str | None:
    """Why no error was raised."""
    lines = sorted(node.lineno for node in ast.walk(definition) if isinstance(node, ast.Raise))
    if not lines:
        return NO_RAISE.format(function=definition.name)
    if len(lines) > 1:
        return NONE_REACHED.format(lines=_listed(lines[:-1]), line=lines[-1])
    return RAISE_NOT_REACHED.format(line=lines[0])


def of_loops(definition: Definition) -> str | None:
    """Where the loop is, if there is one."""
    loops = (ast.For, ast.While, ast.comprehension)
    nodes = [node for node in ast.walk(definition) if isinstance(node, loops)]
    if not nodes:
        return _of_builtins(definition)
    first = nodes[0]
    line = first.target.lineno if isinstance(first, ast.comprehension) else first.lineno
    return LOOP.format(line=line)


def _of_builtins(definition: Definition) -> str | None:
    """Which of Python's own functions does the work of a loop, if just one does."""
    calls = [node for node in ast.walk(definition) if isinstance(node, ast.Call)]
    named = [(c.func.id, c.lineno) for c in calls if isinstance(c.func, ast.Name)]
    found = [(name, line) for name, line in named if name in BUILTINS]
    return ONE_BY_ONE.format(name=found[0][0], line=found[0][1]) if len(found) == 1 else None


def of_writing(definition: Definition) -> str | None:
    """Which line writes in place, if just one does."""
    nodes = (node for node in ast.walk(definition) if isinstance(node, ast.stmt | ast.Call))
    new = _made_here(definition)
    lines = sorted({node.lineno for node in nodes if _writes(node, new)})
    if len(lines) > 1:
        return WRITE.format(lines=_listed(lines[:-1]), line=lines[-1])
    return WRITES.format(line=lines[0]) if lines else None


def _listed(lines: list[int]) -> str:
    return ", ".join(map(str, lines))


def of_copying(definition: Definition) -> str | None:
    """Which line makes a copy, if just one does."""
    found = [(name, call.lineno) for name, call in _called(definition) if name in COPYING]
    return COPIES.format(name=found[0][0], line=found[0][1]) if len(found) == 1 else None


def of_drawing(definition: Definition) -> str | None:
    """Which lines use a random state that is everybody's."""
    lines = sorted({call.lineno for name, call in _called(definition) if _draws(name, call)})
    if len(lines) > 1:
        return DRAW.format(lines=_listed(lines[:-1]), line=lines[-1])
    return DRAWS.format(line=lines[0]) if lines else None


def _draws(name: str, call: ast.Call) -> bool:
    """Whether it is torch.manual_seed, torch.rand without generator=, random.… or np.random.…"""
    module = ast.unparse(call.func).rpartition(".")[0]
    if module in ("random", "np.random", "numpy.random"):
        return not name.startswith(("default_rng", "Random", "Generator"))
    drawing = name in DRAWING and not _has(call, "generator")
    return module == "torch" and (drawing or name in SEEDING)


def of_device(definition: Definition) -> str | None:
    """Which line forgets the device."""
    for name, call in _made(definition):
        if not _has(call, "device"):
            return WITHOUT_DEVICE.format(line=call.lineno) if name else None
    return None


def of_dtype(definition: Definition, got: str) -> str | None:
    """Which line settles on this dtype."""
    for name, call in _called(definition):
        if CONVERSIONS.get(name) == got and not call.args:
            return CONVERTS.format(line=call.lineno, dtype=got)
    for name, call in _made(definition):
        if name in FLOATS and got == "float32" and not _has(call, "dtype"):
            return WITHOUT_DTYPE.format(line=call.lineno, dtype=got)
    return None


def _made(definition: Definition) -> Iterator[tuple[str, ast.Call]]:
    """The calls of torch that make a tensor out of no other."""
    for name, call in _called(definition):
        if name in MAKERS and ast.unparse(call.func) == f"torch.{name}":
            yield name, call


def _called(definition: Definition) -> Iterator[tuple[str, ast.Call]]:
    """The calls of something that belongs to a module or an object, by its name."""
    for node in ast.walk(definition):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node


def _has(call: ast.Call, keyword: str) -> bool:
    return any(each.arg in (keyword, None) for each in call.keywords)


def _own(definition: ast.FunctionDef) -> Iterator[ast.AST]:
    """The nodes of a function, those of functions inside it left out."""
    todo: list[ast.AST] = list(definition.body)
    while todo:
        node = todo.pop(0)
        yield node
        if not isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            todo += ast.iter_child_nodes(node)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _made_here(definition: Definition) -> set[str]:
    """The names of lists and dicts that a function makes itself."""
    made = (ast.List, ast.ListComp, ast.Dict, ast.DictComp)
    return {
        target.id
        for node in ast.walk(definition)
        if isinstance(node, ast.Assign) and isinstance(node.value, made)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _writes(node: ast.AST, new: set[str]) -> bool:
    """Whether a statement writes into an object: `x += 1`, `x[0] = 1`, `x.add_(1)`, `x.pop()`."""
    if isinstance(node, ast.AugAssign):
        return True
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Subscript) for target in node.targets)
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    if node.func.attr in MUTATING:
        return isinstance(node.func.value, ast.Name) and node.func.value.id not in new
    return node.func.attr.endswith("_") and not node.func.attr.startswith("_")
