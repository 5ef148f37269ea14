"""How long after a save --watch answers, with a fork and with a spare process, and when cold.

Run it by hand: python -m spec.tools.bench_watch [saves]. It also says how long the first look at
all katas takes, and what is left behind.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import pexpect

from spec.harness.files.catalogue import KATAS, ROOT, SOLUTIONS
from spec.tools.bench import seconds

NAME = "k08_broadcasting.py"
RIGHT = "matrix - matrix.mean(dim=0)"
WRONG = "matrix - matrix.mean(dim=1, keepdim=True)"
VERDICT = r"mistake  |tests pass"
END = "q quit"
SAVES = 20
COLD = 5
THOUGHT = 1.0  # seconds in which a machine that still loads something computes
NO_FORK = "from torch_katas.harness import processes\nprocesses.can_fork = lambda: False\n"


@dataclass
class Way:
    """A way to start runs: its terminal, and what was measured, in seconds."""

    name: str
    folder: Path
    options: list[str]
    screen: Any = None
    first_look: float = 0.0
    verdicts: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)


def main(saves: int) -> None:
    """Saves right and wrong answers in turn, both ways, and prints the medians."""
    ways = [Way("fork", Path(tempfile.mkdtemp()), [])]
    ways.append(Way("spare", Path(tempfile.mkdtemp()), ["-p", "no_fork"]))
    for way in ways:
        (way.folder / "no_fork.py").write_text(NO_FORK, encoding="utf-8")
        look_first(way)
    right = (SOLUTIONS / NAME).read_text(encoding="utf-8")
    wrong = right.replace(RIGHT, WRONG)
    assert wrong != right
    for way in ways:
        (way.folder / NAME).write_text(wrong, encoding="utf-8")
        watch(way)
    memory = {way.name: resident(way.screen.pid) for way in ways}
    for number in range(saves):
        for way in ways:
            save(way, wrong if number % 2 else right)
    fork, spare = ways
    command = [sys.executable, "-m", "pytest", "-q", str(fork.folder / NAME), *settings(fork)]
    cold = median(seconds(command) for _ in range(COLD))
    torch = median(seconds([sys.executable, "-c", "import torch"]) for _ in range(COLD))
    print(f"{'import torch':<40} {torch:6.2f} s")
    print(f"{'cold pytest of the file':<40} {cold:6.2f} s   {cold / torch:5.2f} x import torch")
    print(f"{'':<40} {'fork':>8} {'spare':>8}   spare / fork")
    for what, of in (
        ("save to the verdict in focus", lambda way: median(way.verdicts)),
        ("save to the end, cpu and accelerator", lambda way: median(way.ends)),
        ("start to the board of all katas", lambda way: way.first_look),
    ):
        print(f"{what:<40} {of(fork):6.2f} s {of(spare):6.2f} s   {of(spare) / of(fork):5.2f} x")
    for way in ways:
        growth = resident(way.screen.pid) / memory[way.name] - 1
        left = f"{children(way.screen.pid)} processes, memory {growth:+.1%}"
        print(f"after {saves} saves with a {way.name}: {left}")
        end(way)
        shutil.rmtree(way.folder)


def look_first(way: Way) -> None:
    """Measures the first look at all katas, not one of them begun."""
    for path in KATAS.glob("k??_*.py"):
        shutil.copy(path, way.folder)
    start = time.perf_counter()
    watch(way)
    way.first_look = time.perf_counter() - start
    end(way)
    for path in way.folder.glob("k??_*.py"):
        path.unlink()


def save(way: Way, text: str) -> None:
    """Saves when all is loaded, and measures how long the answer takes."""
    settle(way.screen.pid)
    start = time.perf_counter()
    (way.folder / NAME).write_text(text, encoding="utf-8")
    way.screen.expect(VERDICT)
    way.verdicts.append(time.perf_counter() - start)
    way.screen.expect(END)
    way.ends.append(time.perf_counter() - start)
    time.sleep(THOUGHT)


def settle(pid: int) -> None:
    """Waits until nothing that this process has started computes."""
    before = -1
    while (now := computed(pid)) != before:
        before = now
        time.sleep(THOUGHT)


def computed(leader: int) -> int:
    """The processor time that a session's processes have taken, without its leader."""
    taken = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended
            facts = path.read_text(encoding="utf-8").rpartition(")")[2].split()
            if int(facts[3]) == leader != int(path.parent.name):
                taken += int(facts[11]) + int(facts[12])
    return taken


def watch(way: Way) -> None:
    """Opens a terminal in which the folder is watched, and waits for the first board."""
    way.screen = pexpect.spawn(
        sys.executable,
        ["-m", "pytest", str(way.folder), "--watch", *settings(way), *way.options],
        cwd=str(way.folder),
        env={k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
        timeout=300,
        encoding="utf-8",
    )
    way.screen.expect(END)


def end(way: Way) -> None:
    """Quits."""
    way.screen.send("q")
    way.screen.expect(pexpect.EOF)


def settings(way: Way) -> list[str]:
    """What makes pytest run as it does at home."""
    return ["-c", str(ROOT / "pyproject.toml"), f"--rootdir={way.folder}"]


def resident(pid: int) -> int:
    """The memory of a process, in kB."""
    text = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(text.partition("VmRSS:")[2].split()[0])


def children(pid: int) -> int:
    """How many processes this one has started that are still there."""
    command = ["ps", "-o", "pid=", "--ppid", str(pid)]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    return len(listed.stdout.split())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SAVES)
