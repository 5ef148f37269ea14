"""Where there is no fork: one process is loaded and waits, and takes the next order."""

import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

import pytest
import torch

from spec.harness import devices, processes
from spec.harness.files.catalogue import KATAS, SOLUTIONS
from spec.tests.harness.terminals import PROMPT, READY, descendants, wait_for, watching

K05, K08, K12 = "k05_flatten.py", "k08_broadcasting.py", "k12_chain_rule.py"
RIGHT = "matrix - matrix.mean(dim=0)"
WRONG = "matrix - matrix.mean(dim=1, keepdim=True)"
NOTES_ITS_PROCESS = """
import os, pathlib
with pathlib.Path(__file__).with_name("runs.txt").open("a") as runs:
    print(pathlib.Path(__file__).stem[:3], os.getpid(), file=runs)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three katas: one done, one with a function wrong, one not started."""
    for path in (SOLUTIONS / K05, KATAS / K12):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8") + NOTES_ITS_PROCESS)
    save(tmp_path, WRONG)
    return tmp_path


def save(folder: Path, answer: str, before: str = "pass") -> None:
    """Saves a kata with this answer in a function."""
    text = (SOLUTIONS / K08).read_text(encoding="utf-8")
    assert RIGHT in text
    text = text.replace(f"return {RIGHT}", f"{before}\n    return {answer}")
    (folder / K08).write_text(text + NOTES_ITS_PROCESS)


def runs(folder: Path) -> list[tuple[str, int]]:
    """Which kata was imported by which process, in the order of the runs."""
    lines = (folder / "runs.txt").read_text().splitlines()
    return [(kata, int(pid)) for kata, pid in map(str.split, lines)]


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix is needed")
def test_a_spare_takes_each_order(folder: Path) -> None:
    """One process looks at all katas; a save is run by one that waited, with what is new.

    It has the keyboard while it is in a debugger, and ends when the watcher does.
    """
    screen = watching(folder, forks=False)
    try:
        screen.expect("You averaged each row")
        screen.expect(READY)
        looks = runs(folder)
        assert [kata for kata, _ in looks] == ["k05", "k08", "k12"]
        (first,) = {pid for _, pid in looks}
        wait_for(lambda: first not in descendants(screen.pid))
        waiting = descendants(screen.pid)

        save(folder, RIGHT)

        screen.expect(r"all \d+ tests pass")
        screen.expect(READY)
        kata, taken = runs(folder)[-1]
        assert kata == "k08"
        assert taken in waiting
        wait_for(lambda: descendants(screen.pid) - waiting)
        assert taken not in descendants(screen.pid)
        assert "fork" not in screen.before

        save(folder, WRONG, "breakpoint()")
        screen.expect(PROMPT)
        screen.send("p 'qna', matrix.shape\r")
        screen.expect(r"\('qna', torch.Size\(\[2, 3\]\)\)")
        screen.expect(PROMPT)
        screen.send("q\r")
        screen.expect("You ended this run in the debugger")
        screen.expect(READY)

        waiting = descendants(screen.pid)
        os.kill(screen.pid, signal.SIGKILL)

        wait_for(lambda: not [pid for pid in waiting if Path(f"/proc/{pid}").exists()])
    finally:
        screen.close(force=True)


@pytest.mark.parametrize("there", [[], ["cuda"], ["mps"]])
def test_where_an_accelerator_is_nothing_is_forked(
    monkeypatch: pytest.MonkeyPatch, there: list[str]
) -> None:
    """Each fork would have to start it anew; a spare has started it, if it can be."""
    monkeypatch.setattr(devices, "accelerators", lambda: there)
    monkeypatch.setattr(sys, "platform", "linux")
    assert processes.can_fork() == (hasattr(os, "fork") and not there)


def test_a_device_that_can_not_be_started_is_left_to_the_tests(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A spare process tries it, and says nothing."""
    tried = []

    def zeros(count: int, device: torch.device) -> NoReturn:
        tried.append(device.type)
        raise RuntimeError("CUDA error: out of memory")

    monkeypatch.setattr(torch, "zeros", zeros)
    for name in ("cpu", "cuda", "mps"):
        devices.warm(torch.device(name))
    assert tried == ["cuda", "mps"]
