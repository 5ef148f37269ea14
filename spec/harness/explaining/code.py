"""What a learner's own lines show, read without running them."""

import ast
from collections.abc import Iterator

from spec.harness.files.sources import Definition

NO_RETURN = "{function} has no return."
EMPTY_RETURN = "The return in line {line} hands nothing back."
RETURN_IN = "Its only return stands inside the {block} of line {line}, and is not always reached."
NO_RAISE = "{function} has no raise, and nothing that it calls raises for these arguments."
RAISE_NOT_REACHED = "The raise in line {line} is not reached with these arguments."
RAISED_HERE = "You raise this yourself, in line {line}; these arguments are allowed."
LOOP = "The loop is in line {line}."
WRITES = "Line {line} writes in place."
WITHOUT_DEVICE = "Line {line} makes a tensor without device=, which puts it on the CPU."
WITHOUT_DTYPE = "Line {line} makes a tensor without dtype=, which makes it {dtype}."
CALLED = "The call is in line {line}."
OTHER_ERROR = "That error comes from line {line}."
CONVERTS = "Line {line} converts to {dtype}, whatever comes in."

MAKERS = ("tensor", "zeros", "ones", "full", "empty", "eye", "arange", "linspace", "rand", "randn")
FLOATS = ("zeros", "ones", "empty", "eye", "linspace", "rand", "randn")
CONVERSIONS = {"float": "float32", "double": "float64", "half": "float16", "long": "int64"}


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
    lines = [node.lineno for node in ast.walk(definition) if isinstance(node, ast.Raise)]
    if not lines:
        return NO_RAISE.format(function=definition.name)
    return RAISE_NOT_REACHED.format(line=lines[0]) if len(lines) == 1 else None


def of_loops(definition: Definition) -> str | None:
    """Where the loop is, if there is one."""
    loops = (ast.For, ast.While, ast.comprehension)
    nodes = [node for node in ast.walk(definition) if isinstance(node, loops)]
    if not nodes:
        return None
    first = nodes[0]
    line = first.target.lineno if isinstance(first, ast.comprehension) else first.lineno
    return LOOP.format(line=line)


def of_writing(definition: Definition) -> str | None:
    """Which line writes in place, if just one does."""
    nodes = (node for node in ast.walk(definition) if isinstance(node, ast.stmt | ast.Call))
    lines = sorted({node.lineno for node in nodes if _writes(node)})
    return WRITES.format(line=lines[0]) if len(lines) == 1 else None


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


def _writes(node: ast.AST) -> bool:
    """Whether a statement writes into an object: `x += 1`, `x[0] = 1`, `x.add_(1)`."""
    if isinstance(node, ast.AugAssign):
        return True
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Subscript) for target in node.targets)
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return node.func.attr.endswith("_") and not node.func.attr.startswith("_")
