"""The kata as a spec sees it: its functions, and a record of what was asked and answered."""

import ast
import difflib
import functools
import inspect
import re
import traceback
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any

import numpy as np
import torch
from hypothesis.control import currently_in_test_context, should_note

from spec.harness.catalogue import Definition, promised, shown
from spec.harness.loading import Implementation, is_untouched
from spec.harness.rendering import FEW, call_text, show
from spec.harness.verdicts import Kind, Verdict


@dataclass
class Call:
    """One call of a kata's function: its arguments as they were before, and what came back."""

    function: str
    arguments: tuple[object, ...]
    named: dict[str, object]
    result: object = None
    returned: bool = False

    def __str__(self) -> str:
        return call_text(self.function, self.arguments, self.named)

    def answer(self) -> str | None:
        """What came back, as text; None where nothing did."""
        return show(self.result) if self.returned else None


@dataclass
class Subject:
    """One implementation under test, with what the specs have found out about it."""

    implementation: Implementation
    ended: dict[str, Verdict] = field(default_factory=dict)
    checked: dict[str, Any] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    suspects: dict[str, dict[str, str]] = field(default_factory=dict)  # see diagnosis
    passed: dict[str, list[Any]] = field(default_factory=dict)

    def require(self, name: str) -> Any:
        """The implementation's function of this name, or the verdict why there is none."""
        if self.implementation.problem:
            raise self.implementation.problem
        if name in self.ended:
            raise self.ended[name]
        if name in self.checked:
            return self.checked[name]
        definition = promised(self.implementation.kata)[name]
        own = self.implementation.definitions.get(name)
        if own is not None and is_untouched(own):
            raise self.not_started(name)
        value = getattr(self.implementation.module, name, None)
        if value is None:
            raise self._missing(name, definition)
        if not callable(value):
            raise self._verdict(name, f"{name} is {show(value)}, and no function.", definition)
        self._check_parameters(name, value, definition)
        self.checked[name] = value
        return value

    def last_call(self, name: str) -> Call | None:
        """The last recorded call of this function."""
        return next((call for call in reversed(self.calls) if call.function == name), None)

    def not_started(self, name: str) -> Verdict:
        """The verdict on a function that raises NotImplementedError."""
        return Verdict(Kind.NOT_STARTED, f"{name} is not started.", "Write it and run again.")

    def _missing(self, name: str, definition: Definition) -> Verdict:
        file = shown(self.implementation.path)
        strange = [
            other
            for other in self.implementation.definitions
            if other not in promised(self.implementation.kata)
        ]
        noun = "class" if isinstance(definition, ast.ClassDef) else "function"
        problem = f"{file} has no {noun} {name}."
        close = difflib.get_close_matches(name, strange, n=1)
        if close:
            problem += f" It has {close[0]}: was {name} renamed?"
        return self._verdict(name, problem, definition)

    def _verdict(self, name: str, problem: str, definition: Definition) -> Verdict:
        keyword = "class" if isinstance(definition, ast.ClassDef) else "def"
        asked = f"{keyword} {name}({', '.join(parameters(definition))})"
        return Verdict(Kind.FUNCTION, problem, f"Define it as `{asked}:` again.")

    def _check_parameters(self, name: str, value: Any, definition: Definition) -> None:
        names = parameters(definition)
        try:
            signature = inspect.signature(value)
        except (TypeError, ValueError):
            return
        try:
            signature.bind(*names)
        except TypeError:
            problem = f"{name} takes {_count(list(signature.parameters))}, not {_count(names)}."
            raise self._verdict(name, problem, definition) from None


class KataUnderTest:
    """The `kata` argument of a spec test: `kata.center_columns(matrix)` calls and records."""

    def __init__(self, subject: Subject) -> None:
        self.__subject = subject

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in promised(self.__subject.implementation.kata):
            raise AttributeError(name)
        return recorded(name, self.__subject.require(name), self.__subject)


def recorded(name: str, value: Any, subject: Subject) -> Any:
    """The function, recording its calls; a class is handed on as it is."""
    if not isinstance(value, FunctionType):
        return value

    @functools.wraps(value)
    def call(*arguments: object, **named: object) -> object:
        entry = _note(name, arguments, named, subject.calls)
        try:
            result = value(*arguments, **named)
        except NotImplementedError as error:
            if raised_in(subject.implementation, error):
                raise subject.not_started(name) from None
            raise
        if entry is not None:
            entry.result, entry.returned = result, True
        return result

    return call


def parameters(definition: Definition) -> list[str]:
    """The names of the parameters that a caller passes."""
    if isinstance(definition, ast.FunctionDef):
        return [argument.arg for argument in definition.args.args]
    for node in definition.body:
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            return [argument.arg for argument in node.args.args[1:]]
    return []


def raised_in(implementation: Implementation, error: BaseException) -> bool:
    """Whether a `raise` of the implementation's own file raised this error, not what it called."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(
        frames
        and frames[-1].filename == str(implementation.path)
        and re.search(r"\braise\b", frames[-1].line or "")
    )


def _count(names: list[str]) -> str:
    noun = "parameter" if len(names) == 1 else "parameters"
    return f"{len(names)} {noun} ({', '.join(names)})" if names else f"0 {noun}"


def _note(
    name: str, arguments: tuple[object, ...], named: dict[str, object], calls: list[Call]
) -> Call | None:
    """Records a call, unless Hypothesis is only searching: its smallest example comes last."""
    if currently_in_test_context() and not should_note():
        return None
    entry = Call(
        name,
        tuple(copied(argument) for argument in arguments),
        {key: copied(argument) for key, argument in named.items()},
    )
    calls.append(entry)
    return entry


def copied(value: object) -> object:
    """The value as it is now, even if a call goes on to change it; large tensors stay shared."""
    if torch._C._len_torch_dispatch_stack():
        return value  # a copy would show in the count of operations
    if type(value) is torch.Tensor and value.numel() <= FEW and value.grad_fn is None:
        twin = torch.empty(0, dtype=value.dtype, device=value.device)
        storage = value.untyped_storage().clone()
        twin.set_(storage, value.storage_offset(), value.shape, value.stride())
        return twin.requires_grad_(value.requires_grad)
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (list, tuple) and len(value) <= FEW:  # type: ignore[arg-type]
        return type(value)(copied(item) for item in value)  # type: ignore[call-arg,attr-defined]
    return value
