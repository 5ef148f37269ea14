"""How fast a class is graded, against running pytest once a submission, in the same run.

What is told is computing time, of all processes together, which a busy machine changes little.
Run it by hand: python -m spec.tools.bench_class [submissions] [mistakes a submission] [sample].
The class is made by seed: the solutions of all katas, with wrong answers put in at random.
"""

import ast
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from spec.grading.alike import bound, used
from spec.harness.explaining import suspects
from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import ROOT, Kata
from spec.tests.grading.classroom import hand_in
from spec.tools.bench import PYTEST

SEED = 2026
GLANCE = 0.5


def main(count: int, mistakes: int, sample: int) -> None:
    """Makes a class, grades it, and runs pytest on some of it."""
    place, out = Path(tempfile.mkdtemp()), Path(tempfile.mkdtemp())
    make_class(place, count, mistakes)
    command = [sys.executable, "-m", "spec.grading", str(place), "--out", str(out), "--jobs", "1"]
    before, start = computed(), time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    memory = watched(process)
    taken, passed = computed() - before, time.perf_counter() - start
    assert process.returncode == 0
    chosen = random.Random(SEED).sample(sorted(place.iterdir()), sample)
    before = computed()
    for folder in chosen:
        subprocess.run([*PYTEST, str(folder)], cwd=ROOT, stdout=subprocess.DEVNULL)
    alone = (computed() - before) / sample
    print(f"{count} submissions of {len(catalogue.katas())} katas, {mistakes} mistakes in each")
    print(f"graded in {taken:.0f} s ({passed:.0f} by the clock): {60 * count / taken:.1f} a minute")
    print(f"pytest once a submission, mean of {sample}: {alone:.1f} s, {60 / alone:.1f} a minute")
    print(f"grading is {count * alone / taken:.1f} times as fast")
    quarter = max(len(memory) // 4, 1)
    early, late = max(memory[:quarter], default=0), max(memory[-quarter:], default=0)
    print(f"memory of the grader: {early // 1024} MB early, {late // 1024} MB late")


def computed() -> float:
    """The seconds that all processes which this one has waited for have computed."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def make_class(place: Path, count: int, mistakes: int) -> None:
    """A folder a person: every kata's solution, with so many functions done wrong in all."""
    chance = random.Random(SEED)
    known = {kata: list(suspects.known_mistakes(kata)) for kata in catalogue.katas()}
    for number in range(count):
        chosen: dict[Kata, dict[str, str]] = {kata: {} for kata in known}
        for _ in range(mistakes):
            kata = chance.choice(list(known))
            name = chance.choice(known[kata])
            chosen[kata][name.partition("__")[0]] = name
        for kata, names in chosen.items():
            hand_in(place / f"person{number:03}", kata, mistaken(kata, names))


def mistaken(kata: Kata, names: dict[str, str]) -> str:
    """The solution with wrong answers in their functions' places, and what these use above."""
    solution = kata.solution.read_text(encoding="utf-8")
    if not names:
        return solution
    wrong, right = ast.parse(kata.wrong.read_text(encoding="utf-8")).body, ast.parse(solution).body
    answers = {node.name: node for node in wrong if isinstance(node, sources.Definition)}
    needed = {name for chosen in names.values() for name in used(answers[chosen])}
    there = {name for node in right for name in bound(node)}
    above: list[ast.stmt] = []
    for node in reversed([node for node in wrong if not bound(node) & set(names.values())]):
        if bound(node) & needed and not bound(node) & there:
            above.insert(0, node)
            needed |= used(node)
    last = max(i for i, node in enumerate(right) if isinstance(node, ast.Import | ast.ImportFrom))
    body = [*right[: last + 1], *above, *right[last + 1 :]]
    for place, node in enumerate(body):
        if isinstance(node, sources.Definition) and node.name in names:
            answer = answers[names[node.name]]
            answer.name, body[place] = node.name, answer
    return ast.unparse(ast.Module(body, []))


def watched(process: subprocess.Popen[bytes]) -> list[int]:
    """The memory of a process in kB, from time to time until it ends."""
    memory = []
    while process.poll() is None:
        time.sleep(GLANCE)
        try:
            text = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
        except OSError:
            break
        if "VmRSS:" in text:
            memory.append(int(text.partition("VmRSS:")[2].split()[0]))
    process.wait()
    return memory


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given + [200, 10, 3][len(given) :]))
