"""Wrong answers made of right ones: the mistakes that can be made in any function."""

import ast
import copy
import functools
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import torch

from ..files import catalogue, sources
from ..files.catalogue import Kata
from ..files.loading import load_ours

Operator = Callable[..., Any]
Answer = Callable[..., Any]

# What a docstring promises to raise: "Raises:", then "KeyError, RuntimeError or ValueError:".
PROMISED = re.compile(r"Raises:\s+((?:\w+Error(?:, | or )?)+):")


def words(mistake: Any) -> str:
    """What a learner who made a mistake is told."""
    return " ".join((mistake.__doc__ or "").split())


@functools.cache
def operators(kata: Kata) -> dict[str, Operator]:
    """All general mistakes by name, in the order in which they are tried."""
    return {operator.__name__: operator for _, operator, _ in _listed(kata)}


def is_told(kata: Kata, function: str, operator: str) -> bool:
    """Whether a test that ends alike says that it is this mistake.

    Those that are listed as UNTOLD say too little, and of what comes out True or False nothing can
    be said that is about the source.
    """
    listed = operator in _named(kata, "UNTOLD")
    returned = None if isinstance(right := _right(kata, function), type) else _returned(right)
    return not listed and not (returned is bool and kind(kata, operator) == "IN_SOURCE")


def is_of_truths(kata: Kata, operator: str) -> bool:
    """Whether a mistake is listed as one that shows in what is True or False alone."""
    return operator in _named(kata, "OF_TRUTHS")


@functools.cache
def about(kata: Kata, check: str) -> set[str]:
    """The mistakes that are listed as what a check of this kind is about."""
    modules = [load_ours(kata, file).module for file in catalogue.EVERYWHERE]
    listed = [getattr(module, "ABOUT", {}).get(check, ()) for module in modules]
    return {each.__name__ for some in listed for each in some}


@functools.cache
def _named(kata: Kata, listed: str) -> set[str]:
    modules = [load_ours(kata, file).module for file in catalogue.EVERYWHERE]
    return {each.__name__ for module in modules for each in getattr(module, listed, ())}


def kind(kata: Kata, operator: str) -> str:
    """Where a mistake shows: IN_RESULTS, IN_CALLS, IN_ERRORS or IN_SOURCE."""
    return next(kind for kind, each, _ in _listed(kata) if each.__name__ == operator)


def path(kata: Kata, operator: str) -> Path:
    """The file whose code raises the errors that a mistake raises in words of its own."""
    in_source = kind(kata, operator) == "IN_SOURCE"
    file = next(file for _, each, file in _listed(kata) if each.__name__ == operator)
    return kata.solution if in_source else file


@functools.cache
def applied(kata: Kata, function: str, operator: str) -> Answer | None:
    """The right answer with this mistake made in it; None where it can't be."""
    return MAKERS[kind(kata, operator)](kata, function, operators(kata)[operator])


@functools.cache
def _listed(kata: Kata) -> list[tuple[str, Operator, Path]]:
    return [
        (kind, operator, file)
        for kind in MAKERS
        for file in catalogue.EVERYWHERE
        for operator in getattr(load_ours(kata, file).module, kind, ())
    ]


def _in_result(kata: Kata, function: str, mistake: Operator) -> Answer | None:
    """A function whose result is changed; of a class, the methods that return such a result."""
    right = _right(kata, function)
    (wanted,) = (each.annotation for each in inspect.signature(mistake).parameters.values())

    def changed(method: Answer) -> Answer:
        @functools.wraps(method)
        def answer(*arguments: object, **named: object) -> object:
            result = method(*arguments, **named)
            with torch._C.DisableTorchFunction():
                return _each_tensor(mistake, result) if wanted is torch.Tensor else mistake(result)

        return answer

    if not isinstance(right, type):
        return changed(right) if _concerns(wanted, _returned(right)) else None
    methods = {
        name: changed(method)
        for name, method in vars(right).items()
        if inspect.isfunction(method) and _concerns(wanted, _returned(method))
    }
    return type(function, (right,), methods) if methods else None


def _in_call(kata: Kata, function: str, mistake: Operator) -> Answer | None:
    """A function that is called otherwise, or leaves something behind."""
    right = _right(kata, function)
    needed = _signatures(kata)[mistake.__name__]
    if isinstance(right, type) or not re.search(needed, str(inspect.signature(right))):
        return None

    @functools.wraps(right)
    def answer(*arguments: object, **named: object) -> object:
        return mistake(right, *arguments, **named)

    return answer


@functools.cache
def _signatures(kata: Kata) -> dict[str, str]:
    """What must be found in a function's signature for a mistake in its call to be made."""
    modules = [load_ours(kata, file).module for file in catalogue.EVERYWHERE]
    listed = [getattr(module, "SIGNATURES", {}) for module in modules]
    return {each.__name__: text for some in listed for each, text in some.items()}


def _in_error(kata: Kata, function: str, mistake: Operator) -> Answer | None:
    """A function that ends otherwise where the right one raises what its docstring promises."""
    right = _right(kata, function)
    found = PROMISED.search(right.__doc__ or "")
    if found is None or isinstance(right, type):
        return None
    names = re.split(", | or ", found[1])
    if mistake.__name__.rpartition("_")[2] in names:
        return None
    kinds = tuple(getattr(__import__("builtins"), name) for name in names)

    @functools.wraps(right)
    def answer(*arguments: object, **named: object) -> object:
        try:
            return right(*arguments, **named)
        except kinds as error:
            return mistake(error)

    return answer


def _in_source(kata: Kata, function: str, mistake: Operator) -> Answer | None:
    """A function, or a class, whose source is changed."""
    right = sources.promised(kata)[function]
    if all(mistake(node) is node for node in ast.walk(right)):
        return None
    wrong = changed(right, mistake)
    if ast.dump(wrong) == ast.dump(right):
        return None
    tree = ast.Module([wrong], [])
    scope = dict(vars(load_ours(kata, kata.solution).module))
    exec(compile(tree, str(kata.solution), "exec"), scope)
    answer: Answer = scope[function]
    return answer


def changed(definition: sources.Definition, mistake: Operator) -> sources.Definition:
    """The same code once an operator has seen each of its nodes."""
    new: sources.Definition = _Changing(mistake).visit(copy.deepcopy(definition))
    return ast.fix_missing_locations(new)


# In the order in which they are tried: what is said of a call or of a result is true of all that
# comes out alike, however it is written.
MAKERS = {
    "IN_CALLS": _in_call,
    "IN_ERRORS": _in_error,
    "IN_RESULTS": _in_result,
    "IN_SOURCE": _in_source,
}


class _Changing(ast.NodeTransformer):
    """Has an operator see each node, those below it first."""

    def __init__(self, mistake: Operator) -> None:
        self.mistake = mistake

    def visit(self, node: ast.AST) -> Any:
        """Puts in a node's place what the operator gives, on the same line."""
        new = self.mistake(self.generic_visit(node))
        return ast.copy_location(new, node) if isinstance(new, ast.AST) else new


def _right(kata: Kata, function: str) -> Any:
    return getattr(load_ours(kata, kata.solution).module, function)


def _returned(function: Answer) -> Any:
    return inspect.signature(function).return_annotation


def _concerns(wanted: Any, returned: Any) -> bool:
    """Whether a mistake about one kind of result can be made where this is returned."""
    if wanted is torch.Tensor:
        return "Tensor" in str(returned)
    if wanted is object:
        return returned is not None
    return (get_origin(returned) or returned) in (get_args(wanted) or (wanted,))


def _each_tensor(mistake: Operator, result: Any) -> Any:
    """A result with each tensor in it changed."""
    if isinstance(result, torch.Tensor):
        return mistake(result)
    if type(result) in (list, tuple):
        return type(result)(_each_tensor(mistake, item) for item in result)
    if isinstance(result, dict):
        return {name: _each_tensor(mistake, item) for name, item in result.items()}
    if isinstance(result, Iterator):
        return (_each_tensor(mistake, item) for item in result)
    return result
