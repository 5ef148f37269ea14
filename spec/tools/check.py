"""Judges katas as their author wants to know them, a table each.

    python -m spec.tools.check [kata ...]

The beginning of a name is enough, and no name means all. The exit code is 1 if something fails; a
note asks for no more than a look.
"""

import ast
import statistics
import sys
import textwrap
from collections.abc import Callable, Iterator

from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import Kata
from spec.harness.texts import shown
from spec.tests import proofs
from spec.tests.proofs import Proof
from spec.tools import bench
from spec.tools.new import PLACEHOLDER

MEDIAN, LONGEST = 45, 120  # words of a docstring before its example
MOST_EDGES = 5
ROUNDS = 3
FEW = 5  # problems of a side that are shown

NO_KATA = "{wanted}: no kata's name begins so; there are: {known}"


def placeholders(kata: Kata) -> Proof:
    """What spec.tools.new wrote has been replaced by words of the author's."""
    problems = []
    for path in (kata.solution, kata.spec, kata.wrong, kata.right, kata.hints):
        text = path.read_text(encoding="utf-8").splitlines()
        found = [str(number) for number, line in enumerate(text, 1) if PLACEHOLDER in line]
        if found:
            problems.append(f"{PLACEHOLDER} in {shown(path)}, line {', '.join(found)}")
    return Proof("none is left", problems)


def docstrings(kata: Kata) -> Proof:
    """Examples are there and true; how many words stand before them is a note."""
    proof = proofs.examples(kata)
    lengths = {name: _words(each) for name, each in sources.promised(kata).items()}
    middle = statistics.median(lengths.values())
    notes = [f"{middle:g} words before the example (median); {MEDIAN} are wanted"]
    long = [f"{name} ({count})" for name, count in lengths.items() if count > LONGEST]
    if long:
        notes.append(f"over {LONGEST} words: {', '.join(long)}")
    edges = {name: _edges(each) for name, each in sources.promised(kata).items()}
    many = [
        f"{name} has {n} edges, not {MOST_EDGES}" for name, n in edges.items() if n > MOST_EDGES
    ]
    return Proof(proof.holds, proof.problems + many, notes if long or middle > MEDIAN else [])


def _edges(definition: sources.Definition) -> int:
    _, _, edges = (ast.get_docstring(definition) or "").partition("Edges:\n")
    return edges.count("\n    - ") + edges.startswith("    - ")


def _words(definition: sources.Definition) -> int:
    before, _, _ = (ast.get_docstring(definition) or "").partition(">>>")
    return len(before.replace("Example:\n", "").split())


def timing(kata: Kata) -> Proof:
    """How long pytest takes for the solution, beside what torch alone takes."""
    timed = {"torch": bench.IMPORT_TORCH, "kata": [*bench.PYTEST, str(kata.solution)]}
    taken = {name: statistics.median(t) for name, t in bench.measured(timed, ROUNDS).items()}
    ratio = taken["kata"] / taken["torch"]
    return Proof("", [], [f"pytest takes {ratio:.1f} times as long as `import torch`"])


SIDES: dict[str, list[Callable[[Kata], Proof]]] = {
    "placeholders": [placeholders],
    "solution": [proofs.solution],
    "stub": [proofs.stub, proofs.stub_text],
    "right": [proofs.right],
    "wrong": [proofs.wrong, proofs.answers_named, proofs.core],
    "loopholes": [proofs.loopholes],
    "hints": [proofs.hinted],
    "docstrings": [docstrings],
    "timing": [timing],
}


def _proved(prove: Callable[[Kata], Proof], kata: Kata) -> Proof:
    """The proof; where pytest itself stops, for a spec that fails at import, its reason."""
    try:
        return prove(kata)
    except AssertionError as error:
        lines = str(error).splitlines()
        reasons = [line[1:].strip() for line in lines if line.startswith("E ")] or lines
        return Proof("", [f"pytest stops: {reasons[-1]}"])


def rows(kata: Kata) -> Iterator[tuple[str, Proof]]:
    """The sides of a kata, one after another; of files that can't be read, nothing else."""
    whole = proofs.files(kata)
    yield "files", whole
    if not whole.problems:
        for side, parts in SIDES.items():
            judged = [_proved(prove, kata) for prove in parts]
            yield (
                side,
                Proof(
                    ", ".join(proof.holds for proof in judged if proof.holds),
                    [problem for proof in judged for problem in proof.problems],
                    [note for proof in judged for note in proof.notes],
                ),
            )


def judge(kata: Kata) -> bool:
    """Prints the table of a kata; whether all of it holds."""
    print(kata.name)
    holds = True
    for side, proof in rows(kata):
        lines = [problem.splitlines()[0] for problem in proof.problems]
        if len(lines) > FEW:
            lines[FEW:] = [f"and {len(lines) - FEW} more"]
        said = [("FAIL", line) for line in lines]
        if proof.holds and not lines:
            said = [("ok", proof.holds)]
        for word, text in [*said, *(("note", note) for note in proof.notes)]:
            start = f"  {side:<13} {word:<5} "
            print(
                textwrap.fill(text, 100, initial_indent=start, subsequent_indent=" " * len(start))
            )
            side = ""
        sys.stdout.flush()
        holds = holds and not proof.problems
    return holds


def chosen(wanted: str) -> list[Kata]:
    """The katas whose names begin so."""
    found = [kata for kata in catalogue.katas() if kata.name.startswith(wanted)]
    if not found:
        known = ", ".join(kata.name for kata in catalogue.katas())
        sys.exit(NO_KATA.format(wanted=wanted, known=known))
    return found


def main(arguments: list[str]) -> int:
    """Judges these katas, or all of them; returns the exit code."""
    katas = dict.fromkeys(kata for wanted in arguments or [""] for kata in chosen(wanted))
    held = [judge(kata) for kata in katas]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
