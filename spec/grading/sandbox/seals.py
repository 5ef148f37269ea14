"""Whether what judges a submission is still what it was before the submission ran.

Results are made anew before a check sees them, so that no object can lie about itself; what is left
to guard is what checks call. Known wrong answers that had to fail after a submission did the same
a second time: without them no file of spec/tests/grading/hostile earns more, so there are none.
"""

import builtins
import copy
import sys
import types
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import torch

AT_HAND: tuple[Any, ...] = (builtins, torch.Tensor)
PACKAGE = __name__.partition(".")[0]
JUDGES = tuple(
    f"{PACKAGE}.harness.{module}"
    for module in (
        "checks.results",
        "checks.laws",
        "checks.cost",
        "checks.copies",
        "checks.plain",
        "verdicts",
    )
)
AROUND: tuple[Any, ...] = (
    torch,
    torch.nn.Module,
    torch.nn.functional,
    torch.linalg,
    torch.testing,
    torch.autograd,
    np,
    np.random,
)
MACHINERY = (f"{PACKAGE}.", "hypothesis.", "_pytest.", "pluggy.")
SEALED = (type, types.FunctionType, types.BuiltinFunctionType, types.ModuleType, property)


class Seals:
    """The identity of every function and class that a trick would replace."""

    def __init__(self) -> None:
        copy.deepcopy(torch.zeros(1))  # Python notes on a class what it found out for its copies
        judges = [sys.modules[name] for name in JUDGES]
        machinery = [m for name, m in list(sys.modules.items()) if name.startswith(MACHINERY)]
        self._near = _identities([*AT_HAND, *judges])
        self._all = _identities([*AT_HAND, *AROUND, *machinery])
        self._methods = frozenset(vars(torch.Tensor))

    def broken(self, everything: bool = False) -> str | None:
        """The name of something that is another thing now, is gone, or hides what is inherited."""
        if len(vars(torch.Tensor)) != len(self._methods):
            return next(iter(vars(torch.Tensor).keys() ^ self._methods))
        for attributes, name, value in self._all if everything else self._near:
            if attributes.get(name) is not value:
                return name
        return None


def _identities(owners: Iterable[Any]) -> list[tuple[Mapping[str, Any], str, Any]]:
    return [
        (vars(owner), name, value)
        for owner in owners
        for name, value in list(vars(owner).items())
        if isinstance(value, SEALED) or callable(value)
    ]
