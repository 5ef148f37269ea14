"""How long after a save --watch answers, against a cold pytest of the same file in the same run.

Run it by hand: python -m spec.tools.bench_watch [saves]. It also says what is left behind.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pexpect

from spec.harness.files.catalogue import ROOT, SOLUTIONS
from spec.tools.bench import seconds

NAME = "k08_broadcasting.py"
RIGHT = "matrix - matrix.mean(dim=0)"
WRONG = "matrix - matrix.mean(dim=1, keepdim=True)"
VERDICT = r"problem  |tests pass"
END = "q quit"
SAVES = 100
COLD = 5


def main(saves: int) -> None:
    """Saves right and wrong answers in turn, and prints the medians."""
    folder = Path(tempfile.mkdtemp())
    settings = ["-c", str(ROOT / "pyproject.toml"), f"--rootdir={folder}"]
    right = (SOLUTIONS / NAME).read_text(encoding="utf-8")
    wrong = right.replace(RIGHT, WRONG)
    assert wrong != right
    (folder / NAME).write_text(wrong, encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    arguments = ["-m", "pytest", str(folder), "--watch", *settings]
    screen: Any = pexpect.spawn(
        sys.executable, arguments, cwd=str(folder), env=environment, timeout=300, encoding="utf-8"
    )
    screen.expect(END)
    memory = resident(screen.pid)
    first: list[float] = []
    whole: list[float] = []
    for number in range(saves):
        time.sleep(0.2)
        text = right if number % 2 else wrong
        start = time.perf_counter()
        (folder / NAME).write_text(text, encoding="utf-8")
        screen.expect(VERDICT)
        first.append(time.perf_counter() - start)
        screen.expect(END)
        whole.append(time.perf_counter() - start)
    time.sleep(1.0)
    growth = resident(screen.pid) / memory - 1
    left = children(screen.pid)
    screen.send("q")
    screen.expect(pexpect.EOF)
    (folder / NAME).write_text(wrong, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", str(folder), *settings]
    cold = statistics.median(seconds(command) for _ in range(COLD))
    torch = statistics.median(seconds([sys.executable, "-c", "import torch"]) for _ in range(COLD))
    shutil.rmtree(folder)
    verdict, kata = statistics.median(first), statistics.median(whole)
    print(f"{'import torch':<40} {torch:6.2f} s")
    print(f"{'cold pytest of the file':<40} {cold:6.2f} s   {cold / torch:5.2f} x import torch")
    print(
        f"{'save to the verdict in focus':<40} {verdict:6.2f} s   cold / this {cold / verdict:5.1f}"
    )
    print(f"{'save to the end, cpu and accelerator':<40} {kata:6.2f} s   {kata / torch:5.2f} x")
    print(f"after {saves} saves: {left} processes left, memory {growth:+.1%}")


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
