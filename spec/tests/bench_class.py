"""How fast a class is graded, against running pytest once a submission, in the same run.

Run it by hand: python -m spec.tests.bench_class [submissions] [mistakes a submission] [sample].
The class is made by seed: the solutions of all katas, with wrong answers put in at random.
"""

import ast
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from spec.harness import catalogue
from spec.harness.catalogue import ROOT, Kata
from spec.tests.bench import PYTEST, seconds
from spec.tests.classroom import hand_in, submission

SEED = 2026
GLANCE = 0.5


def main(count: int, mistakes: int, sample: int) -> None:
    """Makes a class, grades it, and runs pytest on some of it."""
    place, out = Path(tempfile.mkdtemp()), Path(tempfile.mkdtemp())
    make_class(place, count, mistakes)
    command = [sys.executable, "-m", "spec.grade", str(place), "--out", str(out), "--jobs", "1"]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    memory = watched(process)
    taken = time.perf_counter() - start
    assert process.returncode == 0
    chosen = random.Random(SEED).sample(sorted(place.iterdir()), sample)
    alone = statistics.mean(seconds([*PYTEST, str(folder)]) for folder in chosen)
    print(f"{count} submissions of {len(catalogue.katas())} katas, {mistakes} mistakes in each")
    print(f"graded in {taken:.0f} s on one core: {60 * count / taken:.1f} a minute")
    print(f"pytest once a submission, mean of {sample}: {alone:.1f} s, {60 / alone:.1f} a minute")
    print(f"grading is {count * alone / taken:.1f} times as fast")
    quarter = max(len(memory) // 4, 1)
    early, late = max(memory[:quarter], default=0), max(memory[-quarter:], default=0)
    print(f"memory of the grader: {early // 1024} MB early, {late // 1024} MB late")


def make_class(place: Path, count: int, mistakes: int) -> None:
    """A folder a person: every kata's solution, with so many functions done wrong in all."""
    chance = random.Random(SEED)
    known = {kata: wrong_answers(kata) for kata in catalogue.katas()}
    for number in range(count):
        wrong: dict[Kata, dict[str, str]] = {kata: {} for kata in known}
        for _ in range(mistakes):
            kata = chance.choice(list(known))
            name = chance.choice(list(known[kata]))
            wrong[kata][name.partition("__")[0]] = known[kata][name]
        for kata, chosen in wrong.items():
            hand_in(
                place / f"person{number:03}", kata, submission(kata, "\n\n".join(chosen.values()))
            )


def wrong_answers(kata: Kata) -> dict[str, str]:
    """The code of each known mistake, under its function's own name, with what it needs."""
    tree = ast.parse(kata.wrong.read_text(encoding="utf-8"))
    shared = [ast.unparse(node) for node in tree.body if not isinstance(node, catalogue.Definition)]
    helpers = [
        ast.unparse(node)
        for node in tree.body
        if isinstance(node, catalogue.Definition) and "__" not in node.name
    ]
    found = {}
    for node in tree.body:
        if isinstance(node, catalogue.Definition) and "__" in node.name:
            name, node.name = node.name, node.name.partition("__")[0]
            imports = [line for line in shared if line.startswith(("import", "from"))]
            found[name] = "\n".join([*imports, *helpers, ast.unparse(node)])
    return found


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
