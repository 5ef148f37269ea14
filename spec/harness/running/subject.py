"""The implementation under test, and the calls that were recorded of it."""

import ast
import difflib
import inspect
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..files.loading import Implementation
from ..files.sources import (
    Definition,
    Unit,
    is_untouched,
    method_of,
    parameters,
    promised,
)
from ..rendering import call_text, show
from ..texts import shown
from ..verdicts import Kind, Verdict

INIT = "Define its `__init__` as `def __init__({names}):`."


@dataclass
class Call:
    """One call of a kata's function: its arguments as they were before, and what came back."""

    function: str
    arguments: tuple[object, ...]
    named: dict[str, object]
    result: object = None
    returned: bool = False
    printed: str = ""
    given: Sequence[object] = ()  # the arguments themselves, as they are now
    left: Sequence[object] = ()  # as the call left them
    came: object = None  # the result as it came back

    def __str__(self) -> str:
        return call_text(self.function, self.arguments, self.named)

    def by_name(self, parameters: Sequence[str]) -> dict[str, object]:
        """The arguments by the names of their parameters."""
        return {**dict(zip(parameters, self.arguments, strict=False)), **self.named}

    def answer(self) -> str | None:
        """What came back, as text; None where nothing did."""
        return show(self.result) if self.returned else None


@dataclass(eq=False)
class Subject:
    """One implementation under test, with what the specs have found out about it."""

    implementation: Implementation
    ended: dict[str, Verdict] = field(default_factory=dict)
    disturbed: dict[str, Verdict] = field(default_factory=dict)  # what state a unit left changed
    checked: dict[str, Any] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    objects: dict[str, Call] = field(default_factory=dict)  # the last call of what a class made
    broke_at: int | None = None  # the line that made a device unusable

    def require(self, name: str) -> Any:
        """The implementation's function of this name, or the verdict why there is none."""
        if self.implementation.problem:
            raise self.implementation.problem.afresh()
        if name in self.ended:
            raise self.ended[name].afresh()
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

    def require_unit(self, unit: Unit) -> None:
        """Raises the verdict why a unit can't be judged, where it is missing or not started."""
        if self.implementation.problem:
            raise self.implementation.problem.afresh()
        if unit.name in self.ended:
            raise self.ended[unit.name].afresh()
        value = self.require(unit.owner)
        own = self.implementation.definitions.get(unit.owner)
        for method in unit.methods:
            if not any(method in vars(base) for base in inspect.getmro(value)[:-1]):
                raise self._missing_method(unit, method)
            written = method_of(own, method) if own else None
            if isinstance(written, ast.FunctionDef) and is_untouched(written):
                raise self.not_started(unit.name)

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

    def _missing_method(self, unit: Unit, method: str) -> Verdict:
        owner = promised(self.implementation.kata)[unit.owner]
        node = next(n for n in owner.body if isinstance(n, ast.FunctionDef) and n.name == method)
        names = ", ".join(argument.arg for argument in node.args.args)
        problem = f"{unit.owner} has no method {method}."
        return Verdict(
            Kind.MISSING, problem, f"Define it as `def {method}({names}):` in the class."
        )

    def _verdict(self, name: str, problem: str, definition: Definition) -> Verdict:
        asked = f"def {name}({', '.join(parameters(definition))})"
        if isinstance(definition, ast.ClassDef):
            bases = ", ".join(map(ast.unparse, definition.bases))
            asked = f"class {name}({bases})" if bases else f"class {name}"
        return Verdict(Kind.MISSING, problem, f"Define it as `{asked}:` again.")

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
            verdict = self._verdict(name, problem, definition)
            if isinstance(definition, ast.ClassDef):
                verdict.advice = INIT.format(names=", ".join(["self", *names]))
            raise verdict from None


def _count(names: list[str]) -> str:
    noun = "parameter" if len(names) == 1 else "parameters"
    return f"{len(names)} {noun} ({', '.join(names)})" if names else f"0 {noun}"
