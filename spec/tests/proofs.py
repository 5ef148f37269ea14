"""What must hold of a kata, side by side; asked by the repository's tests and by spec.tools.check.

Each function looks at one side of a kata and gives back a Proof.
"""

import ast
import doctest
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spec.harness.files import sources
from spec.harness.files.catalogue import Kata
from spec.harness.files.loading import load
from spec.harness.files.sources import is_untouched
from spec.harness.files.stubs import stub_of
from spec.harness.showing import hints
from spec.harness.texts import shown
from spec.tests.inner import Outcomes, outcomes

STEPS = 3  # hints for a function
IMPORT_LIMIT = 60.0


@dataclass(frozen=True)
class Proof:
    """One side of a kata: what holds, in a few words, and what is wrong, each from one line on."""

    holds: str
    problems: list[str]
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that is wrong, for the message of a test."""
        return "\n\n".join(self.problems)


def files(kata: Kata) -> Proof:
    """All six files are there, and the five of Python can be read."""
    problems = []
    for path in (kata.stub, kata.solution, kata.spec, kata.wrong, kata.right, kata.hints):
        if not path.is_file():
            problems.append(f"{shown(path)} is missing")
        elif path.suffix == ".py":
            try:
                ast.parse(path.read_text(encoding="utf-8"))
            except SyntaxError as error:
                problems.append(f"{shown(path)}:{error.lineno} is not valid Python: {error.msg}")
    return Proof("all six are there", problems)


def solution(kata: Kata) -> Proof:
    """The reference answer is right, on the CPU and on the accelerator."""
    seen = outcomes(kata.solution, "auto")
    count, wanted = _count(seen.passed), 2 * len(sources.units(kata))
    problems = _failures(seen)
    if count < wanted:
        problems.append(f"{count} tests pass, where two a function would be {wanted}")
    return Proof(f"{count} tests pass on the CPU and the accelerator", problems)


def stub(kata: Kata) -> Proof:
    """Whoever has written nothing has earned nothing."""
    seen = outcomes(kata.stub, "auto")
    problems = [f"{test} passes" for tests in seen.passed.values() for test in tests]
    problems += [f"{test} is skipped" for test in seen.skipped]
    return Proof("passes no test", problems)


def stub_text(kata: Kata) -> Proof:
    """Names, signatures, docstrings and order are the solution's; nothing is written yet."""
    text = kata.stub.read_text(encoding="utf-8")
    problems = []
    if text != stub_of(kata.solution.read_text(encoding="utf-8")):
        make = f"python -m spec.harness.files.reset {kata.name}"
        problems.append(f"the stub is not the solution without bodies; `{make}` makes it anew")
    begun = [name for name, each in sources.definitions(text).items() if not is_untouched(each)]
    problems += [f"{name} has a body in the stub" for name in begun]
    return Proof("is the solution without bodies", problems)


def right(kata: Kata, device: str = "auto", examples: int | None = None) -> Proof:
    """A right answer passes however it is written."""
    seen = outcomes(kata.right, device, examples=examples)
    names = answers(kata.right)
    problems = _failures(seen)
    problems += [f"no test of {name} passes" for name in names if not seen.passed[name]]
    return Proof(f"{len(names)} of {len(names)} are accepted", problems)


def wrong(kata: Kata, rejected_by: dict[str, str] | None = None) -> Proof:
    """A wrong answer fails a test of its own function, on the CPU alone where it can.

    Which test has done it before may be known, to be tried first; it is brought up to date.
    """
    return _rejected(kata.wrong, {} if rejected_by is None else rejected_by)


def loopholes(kata: Kata) -> Proof:
    """What nobody would write is rejected like any other wrong answer."""
    return _rejected(kata.loopholes, {}) if kata.loopholes.exists() else Proof("there are none", [])


def _rejected(path: Path, rejected_by: dict[str, str]) -> Proof:
    names, only_elsewhere = answers(path), about_devices(path)
    on_cpu = outcomes(path, "cpu", stop_early=True, rejected_by=rejected_by)
    rejected_by.update((name, on_cpu.failed[name][0]) for name in names if on_cpu.failed[name])
    pass_cpu = [name for name in names if not on_cpu.failed[name]]
    let_through = pass_cpu
    if pass_cpu:
        everywhere = outcomes(path, "auto", stop_early=True, only=pass_cpu)
        let_through = [name for name in pass_cpu if not everywhere.failed[name]]
    problems = [f"the spec lets {name} through" for name in let_through]
    by_device = [name for name in pass_cpu if name not in let_through]
    problems += [
        f"{name} is rejected by the accelerator alone, and is not in ABOUT_DEVICES"
        for name in by_device
        if name not in only_elsewhere
    ]
    notes = [f"by the accelerator alone: {', '.join(by_device)}"] if by_device else []
    return Proof(f"{len(names)} of {len(names)} are rejected", problems, notes)


def core(kata: Kata) -> Proof:
    """Which wrong answers an edge alone rejects: about edges they may be, about the idea never."""
    names = [name for name in answers(kata.wrong) if name not in about_devices(kata.wrong)]
    seen = outcomes(kata.wrong, "auto", stop_early=True, core=True)
    left = [name for name in names if not seen.failed[name]]
    notes = (
        [f"an edge alone rejects {len(left)} of {len(names)}: {', '.join(left)}"] if left else []
    )
    return Proof("", [], notes)


def answers_named(kata: Kata) -> Proof:
    """An answer is called function__mistake, and every function has two wrong answers or more."""
    promised = sources.promised(kata)
    mistakes, guards = answers(kata.wrong), answers(kata.loopholes)
    wrong_owners = [name.partition("__")[0] for name in mistakes]
    problems = [
        f"{name} is named for no function of the kata"
        for name in mistakes + guards + answers(kata.right)
        if name.partition("__")[0] not in promised
    ]
    problems += [f"{name} is on both shelves" for name in mistakes if name in guards]
    counts = {name: wrong_owners.count(name) for name in promised}
    problems += [f"{name} has {count} wrong answers" for name, count in counts.items() if count < 2]
    return Proof("two or more for each function", problems)


def hinted(kata: Kata) -> Proof:
    """From a nudge to nearly the answer, for each function, in the kata's order."""
    known, promised = hints.of(kata), list(sources.units(kata))
    problems = [f"{name} has no hints" for name in promised if name not in known]
    problems += [f"there are hints for {name}, which is none" for name in known.keys() - promised]
    if not problems and list(known) != promised:
        problems.append(f"the hints come in another order than {', '.join(promised)}")
    counts = {name: len(steps) for name, steps in known.items()}
    problems += [f"{name} has {n} hints, not {STEPS}" for name, n in counts.items() if n != STEPS]
    return Proof(f"{STEPS} steps a function", problems)


def examples(kata: Kata) -> Proof:
    """Each function has an example, and the solution does what it says."""
    loaded = load(kata, kata.solution, IMPORT_LIMIT)
    if loaded.module is None:
        return Proof("", [loaded.problem.problem if loaded.problem else "it can't be imported"])
    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner(verbose=False)
    problems = []
    for name in sources.promised(kata):
        scope = dict(vars(loaded.module))
        found = finder.find(getattr(loaded.module, name), name, module=False, globs=scope)
        if not any(part.examples for part in found):
            problems.append(f"{name} has no example")
        said: list[str] = []
        for part in found:
            runner.run(part, out=said.append)
        if said:
            problems.append(f"the example of {name} is not true\n{''.join(said)}")
    return Proof("every function has an example that is true", problems)


def answers(path: Path) -> list[str]:
    """The names of the answers in a file of wrong or right ones; none if there is no such file."""
    return list(sources.definitions(path.read_text(encoding="utf-8"))) if path.exists() else []


def about_devices(path: Path) -> set[str]:
    """The wrong answers that only a second device can tell from right ones."""
    room = f"spec.{path.parent.name}"
    namespace: dict[str, Any] = {"__name__": f"{room}.{path.stem}", "__package__": room}
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), namespace)
    return set(namespace.get("ABOUT_DEVICES", ()))


def _failures(seen: Outcomes) -> list[str]:
    failed = [f"{test} fails\n{text}" for test, text in seen.texts.items()]
    return failed + [f"{test} is skipped" for test in seen.skipped]


def _count(tests: dict[str, list[str]]) -> int:
    return sum(map(len, tests.values()))
