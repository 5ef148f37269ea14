"""What a learner's own lines leave unused, which is hardly ever meant; they are not run for it."""

import ast
import itertools
from collections.abc import Callable, Iterator

from ..files.sources import Definition
from ..language import tr

UNUSED_PARAMETER = "{function} makes no use of {name}."
UNUSED_VALUE = "What line {line} assigns to {name} is not used afterwards."
NOT_KEPT = "What line {line} computes is kept nowhere: {code}."
NEVER_REACHED = "Line {line} comes after a {word}, and is never reached."
FIRST_ROUND = "The return in line {line} ends the loop of line {loop} in its first round."

# Methods that change nothing and give something new.
GIVING = (
    "abs", "clamp", "clip", "clone", "contiguous", "cpu", "cuda", "detach", "double", "exp",
    "expand", "flatten", "flip", "float", "item", "int", "log", "long", "masked_fill", "mean",
    "movedim", "permute", "relu", "reshape", "round", "sigmoid", "softmax", "sqrt", "square",
    "squeeze", "sum", "tanh", "to", "tolist", "transpose", "type", "unsqueeze", "view", "where",
)  # fmt: skip
ENDING = {ast.Return: "return", ast.Raise: "raise", ast.Break: "break", ast.Continue: "continue"}
WIDTH = 40  # of code that is quoted


def of_slips(definition: Definition) -> str | None:
    """The first thing that is not used, if there is one."""
    nodes = definition.body if isinstance(definition, ast.ClassDef) else [definition]
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    looks: tuple[Callable[[ast.FunctionDef], Iterator[str]], ...] = (
        _unreached,
        _not_kept,
        _unused_values,
        _unused_parameters,
    )
    return next((said for look in looks for each in functions for said in look(each)), None)


def _unreached(function: ast.FunctionDef) -> Iterator[str]:
    for body in _bodies(function):
        for before, after in itertools.pairwise(body):
            if type(before) in ENDING:
                yield tr(NEVER_REACHED).format(line=after.lineno, word=ENDING[type(before)])
    for node in ast.walk(function):
        if isinstance(node, ast.For | ast.While) and isinstance(last := node.body[-1], ast.Return):
            leaving = (
                each for each in ast.walk(node) if isinstance(each, ast.Continue | ast.Break)
            )
            if next(leaving, None) is None:
                yield tr(FIRST_ROUND).format(line=last.lineno, loop=node.lineno)


def _not_kept(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Expr) and _only_gives(node.value):
            code = ast.unparse(node.value)
            code = code if len(code) <= WIDTH else f"{code[:WIDTH]} …"
            yield tr(NOT_KEPT).format(line=node.lineno, code=code)


def _only_gives(value: ast.expr) -> bool:
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        return value.func.attr in GIVING and not any(k.arg == "out" for k in value.keywords)
    return isinstance(value, ast.BinOp | ast.Compare | ast.Subscript)


def _unused_values(function: ast.FunctionDef) -> Iterator[str]:
    """Names that are assigned and stand nowhere else."""
    known = _read(function) | {name for node in ast.walk(function) for name in _declared(node)}
    for node in ast.walk(function):
        for target in node.targets if isinstance(node, ast.Assign) else []:
            name = target.id if isinstance(target, ast.Name) else "_"
            if name not in known and not name.startswith("_"):
                yield tr(UNUSED_VALUE).format(line=target.lineno, name=name)


def _unused_parameters(function: ast.FunctionDef) -> Iterator[str]:
    read = _read(function)
    if {"locals", "vars", "eval", "exec"} & read:
        return
    for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs):
        if argument.arg not in read | {"self"} and not argument.arg.startswith("_"):
            yield tr(UNUSED_PARAMETER).format(function=function.name, name=argument.arg)


def _read(function: ast.FunctionDef) -> set[str]:
    """All names that are read somewhere in a function, or written to in place."""
    read = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and _is_read(n)}
    changed = (n.target for n in ast.walk(function) if isinstance(n, ast.AugAssign))
    return read | {target.id for target in changed if isinstance(target, ast.Name)}


def _is_read(name: ast.Name) -> bool:
    return not isinstance(name.ctx, ast.Store)


def _declared(node: ast.AST) -> list[str]:
    return node.names if isinstance(node, ast.Global | ast.Nonlocal) else []


def _bodies(function: ast.FunctionDef) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(function):
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            if isinstance(body, list):
                yield body
