"""What a class, or what came back, lacks of what it is asked for: what to define."""

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass

import torch

from ..files.sources import Definition
from ..language import tr

OPERATORS = {
    "+": "add",
    "-": "sub",
    "*": "mul",
    "@": "matmul",
    "/": "truediv",
    "//": "floordiv",
    "%": "mod",
    "**": "pow",
    "** or pow()": "pow",
    "&": "and",
    "|": "or",
    "^": "xor",
}
COMPARISONS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
ALONE = {"unary -": "neg", "unary +": "pos", "unary ~": "invert", "abs()": "abs"}

# What can't be done with something.
WAYS = CALLED, ITERATED, UNPACKED, INDEXED, WRITTEN, COUNTED, MADE_A_FLOAT = (
    *("called", "iterated over", "unpacked", "indexed", "written into", "counted by len"),
    "made a float",
)

ASKED = "{owner} has no {method}: `{asked}` is asked for."
DEFINE = "Define it as `def {name}({parameters}):` in the class."
INHERIT = "Write `class {name}({bases}):`; what a module can do comes from there."
SET = "Set `self.{name}` in `__init__`, or define a method of this name."


@dataclass(frozen=True)
class Lack:
    """What is lacking, and what to do about it."""

    problem: str
    advice: str | None = None


def of(error: BaseException, definition: Definition) -> Lack | None:
    """What the learner's class lacks, or what came back, if that is what the error is about."""
    text = str(error)
    for pattern, answer in ANSWERS:
        match = re.search(pattern, text)
        if match:
            return answer(match, definition)
    return None


def of_class(error: BaseException, definition: Definition) -> Lack | None:
    """What the learner's class lacks alone, wherever it was asked for."""
    lack = of(error, definition)
    return lack if lack and lack.advice else None


def _is_own(name: str, definition: Definition) -> bool:
    return isinstance(definition, ast.ClassDef) and name == definition.name


def _method(definition: Definition, owner: str, name: str, guess: str) -> str:
    """How to define a method: as it is promised, or else with these parameters."""
    promised = [
        [argument.arg for argument in node.args.args]
        for node in definition.body
        if isinstance(node, ast.FunctionDef) and node.name == name and _is_own(owner, definition)
    ]
    parameters = ", ".join(promised[0]) if promised else guess
    return tr(DEFINE).format(name=name, parameters=parameters)


def _operand(match: re.Match[str], definition: Definition) -> Lack | None:
    sign, left, right = match.groups()
    augmented = sign.endswith("=")
    operator = OPERATORS.get(sign.removesuffix("="))
    if operator is None:
        return None
    shown = sign.removesuffix(" or pow()")
    if _is_own(left, definition):
        method = f"__{operator}__"
        return Lack(
            tr(ASKED).format(owner=left, method=method, asked=f"{left} {shown} {right}"),
            _method(definition, left, method, "self, other"),
        )
    if _is_own(right, definition):
        method = f"__r{operator}__"
        return Lack(
            tr(ASKED).format(owner=right, method=method, asked=f"{left} {shown} {right}"),
            _method(definition, right, method, "self, other"),
        )
    done = (
        tr("added to")
        if augmented and operator == "add"
        else tr("taken by {shown}").format(shown=shown)
    )
    if "NoneType" in (left, right):
        return Lack(
            tr("there is None where a number is asked for: it can't be {done}.").format(done=done)
        )
    return Lack(
        tr("{left} and {right} don't go together with {shown}.").format(
            left=left, right=right, shown=shown
        )
    )


def _compared(match: re.Match[str], definition: Definition) -> Lack | None:
    sign, left, right = match.groups()
    if _is_own(left, definition):
        method = f"__{COMPARISONS[sign]}__"
        return Lack(
            tr(ASKED).format(owner=left, method=method, asked=f"{left} {sign} {right}"),
            _method(definition, left, method, "self, other"),
        )
    return Lack(
        tr("{left} and {right} can't be compared by {sign}.").format(
            left=left, right=right, sign=sign
        )
    )


def _alone(match: re.Match[str], definition: Definition) -> Lack | None:
    sign, kind = match.groups()
    method = f"__{ALONE[sign]}__"
    if not _is_own(kind, definition):
        return Lack(tr("{sign} can't be taken of {a}.").format(sign=sign, a=_a(kind)))
    return Lack(
        tr("{kind} has no {method}.").format(kind=kind, method=method),
        _method(definition, kind, method, "self"),
    )


def _attribute(match: re.Match[str], definition: Definition) -> Lack | None:
    kind, name = match.groups()
    if not _is_own(kind, definition):
        return Lack(
            tr("what came back has no `{name}`: it is {a}, or holds one.").format(
                name=name, a=_a(kind)
            )
        )
    if name in _methods(definition):
        return Lack(
            tr("{kind} has no method {name}.").format(kind=kind, name=name),
            _method(definition, kind, name, "self"),
        )
    problem = tr("{kind} has no attribute {name}.").format(kind=kind, name=name)
    return Lack(problem, _base(definition, name) or tr(SET).format(name=name))


def _methods(definition: Definition) -> list[str]:
    return [node.name for node in definition.body if isinstance(node, ast.FunctionDef)]


def _base(definition: Definition, name: str) -> str | None:
    """That a class should be a module, where it would have this from there."""
    bases = [ast.unparse(base) for base in getattr(definition, "bases", ())]
    own = name in _methods(definition) or not hasattr(torch.nn.Module, name)
    if own or not any(base.endswith("Module") for base in bases):
        return None
    return tr(INHERIT).format(name=definition.name, bases=", ".join(bases))


def _protocol(method: str, words: str, parameters: str = "self") -> Callable[..., Lack]:
    """A lack of one special method; what is asked for, in words."""

    def answer(match: re.Match[str], definition: Definition) -> Lack:
        kind = match[1]
        if not _is_own(kind, definition):
            return Lack(
                tr("what came back can't be {words}: it is {a}, or holds one.").format(
                    words=tr(words), a=_a(kind)
                )
            )
        advice = _base(definition, method) or _method(definition, kind, method, parameters)
        return Lack(
            tr("{kind} has no {method}: it can't be {words}.").format(
                kind=kind, method=method, words=tr(words)
            ),
            advice,
        )

    return answer


def _indexed(match: re.Match[str], definition: Definition) -> Lack:
    return Lack(
        tr("what came back is a {kind}, or holds one, where a dict is asked for.").format(
            kind=match[1]
        )
    )


def _parameters(match: re.Match[str], definition: Definition) -> Lack | None:
    owner, method, complaint = match.groups()
    if not _is_own(owner, definition):
        return None
    problem = f"{owner}.{method} {complaint}."
    return Lack(problem, _method(definition, owner, method, "self, …"))


def _no_init(match: re.Match[str], definition: Definition) -> Lack | None:
    if not _is_own(match[1], definition):
        return None
    return Lack(
        tr("{kind} has no __init__ that takes arguments.").format(kind=match[1]),
        _method(definition, match[1], "__init__", "self, …"),
    )


def _forward(match: re.Match[str], definition: Definition) -> Lack | None:
    return Lack(
        tr("{kind} has no method forward.").format(kind=match[1]),
        _method(definition, match[1], "forward", "self, x"),
    )


def _a(kind: str) -> str:
    article = tr("an {kind}") if kind[0] in "aeiou" else tr("a {kind}")
    return "None" if kind == "NoneType" else article.format(kind=kind)


ANSWERS: tuple[tuple[str, Callable[[re.Match[str], Definition], Lack | None]], ...] = (
    (r"unsupported operand type\(s\) for (.+?): '(\w+)' and '([\w.]+)'", _operand),
    (r"'([<>]=?)' not supported between instances of '(\w+)' and '(\w+)'", _compared),
    (r"bad operand type for (unary [-+~]|abs\(\)): '(\w+)'", _alone),
    (r"'(\w+)' object has no attribute '(\w+)'", _attribute),
    (r"Module \[(\w+)\] is missing the required \"forward\"", _forward),
    (r"'(\w+)' object is not callable", _protocol("__call__", CALLED, "self, x")),
    (r"'(\w+)' object is not iterable", _protocol("__iter__", ITERATED)),
    (r"cannot unpack non-iterable (\w+) object", _protocol("__iter__", UNPACKED)),
    (
        r"'(\w+)' object is not subscriptable",
        _protocol("__getitem__", INDEXED, "self, index"),
    ),
    (
        r"'(\w+)' object does not support item assignment",
        _protocol("__setitem__", WRITTEN, "self, index, value"),
    ),
    (r"object of type '(\w+)' has no len\(\)", _protocol("__len__", COUNTED)),
    (
        r"float\(\) argument must be a string or a real number, not '(\w+)'",
        _protocol("__float__", MADE_A_FLOAT),
    ),
    (r"(list|tuple) indices must be integers or slices, not str", _indexed),
    (
        r"(\w+)\.(\w+)\(\) ((?:takes|missing|got an unexpected).*?)\.?$",
        _parameters,
    ),
    (r"(\w+)\(\) takes no arguments", _no_init),
)
