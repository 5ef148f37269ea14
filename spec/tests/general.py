"""The proof that a spec rejects what can go wrong in any function, or that it is no mistake."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import torch

from spec.harness.checks.copies import snapshot
from spec.harness.explaining import general, suspects
from spec.harness.explaining.choosing import EVERYWHERE
from spec.harness.files import sources
from spec.harness.files.catalogue import ROOT, SPEC, Kata
from spec.harness.files.loading import Implementation
from spec.harness.running.collecting import AnswersFile
from spec.tests.inner import Outcomes, run

HARMLESS = SPEC / "wrong" / "harmless.txt"


def pairs(kata: Kata) -> list[str]:
    """Every general mistake in every function of a kata in which it can be made."""
    return [
        f"{function}{EVERYWHERE}{operator}"
        for function in sources.promised(kata)
        for operator in general.operators(kata)
        if general.applied(kata, function, operator)
    ]


@functools.cache
def harmless(kata: Kata) -> set[str]:
    """Those of them that are listed as no mistakes."""
    listed = set()
    for line in HARMLESS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            place, _, functions = line.partition(": ")
            operator, name = place.split()
            if name == kata.name:
                listed |= {f"{each}{EVERYWHERE}{operator}" for each in functions.split()}
    return listed


def let_through(kata: Kata, names: list[str]) -> list[str]:
    """Which of these no test of their own function rejects, on the CPU or on the accelerator."""
    for device in ("cpu", "auto"):
        if not names:
            return []
        seen, made = Outcomes(stop_early=True), _Collecting(kata, names)
        ran = run(ROOT, str(kata.solution), f"--device={device}", plugins=[seen, made])
        assert ran.status in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED), ran.output
        names = [name for name in names if not seen.failed[name]]
    return [name for name in names if name in made.differ]


@dataclass
class _Collecting:
    """Has pytest collect general mistakes where it would collect a solution."""

    kata: Kata
    names: list[str]
    differ: set[str] = field(
        default_factory=set
    )  # those that ever did otherwise than the right one

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makemodule(
        self, module_path: Path, parent: pytest.Collector
    ) -> pytest.Collector | None:
        """The file that stands for them."""
        if module_path != self.kata.solution:
            return None
        file: _General = _General.from_parent(parent, path=module_path)
        file.kata, file.wanted, file.differ = self.kata, self.names, self.differ
        return file


class _General(AnswersFile):
    """Wrong answers that stand in no file: they are made of the right ones."""

    wanted: list[str]
    differ: set[str]

    @functools.cached_property
    def written(self) -> dict[str, sources.Definition]:
        """The right answers that they are made of."""
        definitions = sources.promised(self.kata)
        return {name: definitions[suspects.function_of(name)] for name in self.wanted}

    @functools.cached_property
    def answers(self) -> Implementation:
        """The answers themselves."""
        module = ModuleType("general")
        for name in self.wanted:
            setattr(module, name, self._noting(name))
        return Implementation(self.kata, self.path, module, definitions=self.written)

    def _noting(self, name: str) -> Any:
        """A wrong answer that notes whether it ever does otherwise than the right one."""
        operator = name.partition(EVERYWHERE)[2]
        kind, mistake = general.kind(self.kata, operator), general.operators(self.kata)[operator]

        @functools.wraps(mistake)
        def of_result(result: object) -> object:
            changed = mistake(result)
            self.differ |= set() if changed is result else {name}
            return changed

        @functools.wraps(mistake)
        def of_call(right: Callable[..., object], *arguments: object, **named: object) -> object:
            given: list[object] = []
            came: list[object] = []  # what the right function was called with, and what it gave

            @functools.wraps(right)
            def remember(*others: object, **named: object) -> object:
                given.extend(others)
                came.append(right(*others, **named))
                return came[0]

            before = snapshot(arguments), torch.initial_seed()
            changed = mistake(remember, *arguments, **named)
            after = snapshot(arguments), torch.initial_seed()
            same = changed is came[0] and list(map(id, given)) == list(map(id, arguments))
            self.differ |= set() if same and before == after else {name}
            return changed

        noting: dict[str, Callable[..., Any]] = {"IN_RESULTS": of_result, "IN_CALLS": of_call}
        self.differ |= set() if kind in noting else {name}
        make = general.MAKERS[kind]
        return make(self.kata, suspects.function_of(name), noting.get(kind, mistake))
