"""breakpoint() and --pdb: one's own line, one's own keyboard, and `q` ends the run."""

import io
import os
import pdb
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
import pytest_timeout

from spec.harness.checks import cost
from spec.harness.files.catalogue import SOLUTIONS
from spec.tests.harness.terminals import PATIENCE, PROMPT, READY, descendants, watching
from spec.tests.inner import of_dev, run

pexpect = of_dev("pexpect")

K08 = "k08_broadcasting.py"
LINE = "return matrix - matrix.mean(dim=0)"
ENDLESS = "return a[:, None] + b[None, :]"
WRONG = "return matrix - matrix.mean(dim=1, keepdim=True)"

of_unix = pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix is needed")


@pytest.fixture(autouse=True)
def no_debugger_afterwards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leaves no trace of a debugger: one that is left by `q` is still on in the frames outside."""
    monkeypatch.setattr(pytest_timeout, "SUPPRESS_TIMEOUT", False)
    yield
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        frame.f_trace, frame = None, frame.f_back


def write(folder: Path, line: str, top: str = "") -> None:
    """A kata in which one function has a line of its own, before a wrong one."""
    text = (SOLUTIONS / K08).read_text(encoding="utf-8")
    assert LINE in text
    text = text.replace(LINE, f"{line}\n    {WRONG}")
    (folder / K08).write_text(text.replace("import torch\n", f"import torch\n{top}\n", 1))


@pytest.mark.parametrize("typed", ["q\n", ""], ids=["q", "Ctrl-D"])
@pytest.mark.parametrize(
    ("line", "top", "options"),
    [
        ("breakpoint()", "", []),
        ("pass", "breakpoint()", []),
        ("raise ValueError", "", ["--pdb"]),
        ("breakpoint()", "", ["--pdb"]),
    ],
    ids=["in a function", "at the top", "where an error is raised", "both"],
)
def test_leaving_the_debugger_ends_the_run(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    line: str,
    top: str,
    options: list[str],
) -> None:
    """The prompt comes once, and nobody is told that a function ends the test."""
    write(tmp_path, line, top)
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    ran = run(tmp_path, "-s", "--device=cpu", K08, "-k", "center_columns", *options)
    assert ran.output.count("(Pdb)") == 1
    assert f"{K08}(" in ran.output
    assert ran.status == pytest.ExitCode.INTERRUPTED
    assert "pytest.exit()" not in ran.output
    assert "INTERNALERROR" not in ran.output


def test_whoever_goes_on_has_a_time_limit_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in the test that was debugged, but in the next."""
    write(tmp_path, "breakpoint()")
    text = (tmp_path / K08).read_text(encoding="utf-8")
    assert ENDLESS in text
    (tmp_path / K08).write_text(
        text.replace(ENDLESS, f"for _ in range(10**8): pass\n    {ENDLESS}")
    )
    monkeypatch.setattr("sys.stdin", io.StringIO("c\n" * 1000))
    tests = "center_columns_example or outer_sum_example"
    ran = run(tmp_path, "-s", "--device=cpu", K08, "-k", tests, "--timeout=0.5", "--all")
    assert "(Pdb)" in ran.output
    assert "outer_sum did not return within 0.5 seconds" in ran.output


def test_no_debugger_stops_where_steps_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would take the tracing, and what a person types would be counted."""
    stopped = []
    monkeypatch.setattr(pdb, "set_trace", lambda: stopped.append(1))
    assert cost.effort(lambda: breakpoint()).steps > 0
    assert not stopped
    breakpoint()
    assert stopped


@of_unix
def test_a_debugger_has_the_keyboard_under_watch(tmp_path: Path) -> None:
    """Keys of the watcher mean nothing to it then, saves wait, and `q` ends the run alone.

    That it is so without a fork, too, is tried where the spare is.
    """
    write(tmp_path, "breakpoint()")
    screen = watching(tmp_path, forks=True)
    try:
        screen.expect(READY)  # the first look at a file passes over breakpoints
        screen.send("\r")
        screen.expect(PROMPT)
        screen.send("p 'qna', matrix.shape\r")
        screen.expect(r"\('qna', torch.Size\(\[2, 3\]\)\)")
        screen.expect(PROMPT)
        screen.send("c\r")
        screen.expect(PROMPT)
        write(tmp_path, "breakpoint()\n    anew = 1")
        screen.expect(f"{K08} is saved, and will run when you leave the debugger")
        screen.send("p matrix.ndim\r")
        screen.expect("\r\n2\r\n")
        screen.expect(PROMPT)

        screen.send("q\r")

        screen.expect("-> anew = 1")
        screen.expect(PROMPT)
        screen.send("q\r")
        screen.expect("You ended this run in the debugger")
        screen.expect(READY)
        screen.send("h")
        screen.expect("You ended this run in the debugger")
        screen.expect(READY)
        (tmp_path / K08).write_text((SOLUTIONS / K08).read_text(encoding="utf-8"))
        screen.expect(r"all \d+ tests pass")
        screen.expect(READY)
        screen.send("q")
        screen.expect(pexpect.EOF)
        screen.close()
        assert screen.exitstatus == 0
    finally:
        screen.close(force=True)


@of_unix
def test_a_terminal_is_put_back_from_within_the_debugger(tmp_path: Path) -> None:
    """Where the watcher is ended meanwhile, the shell has its terminal again, which echoes."""
    write(tmp_path, "breakpoint()")
    watch = f"{sys.executable} -m pytest . --watch --device=cpu; stty -g > after"
    screen = pexpect.spawn(
        "/bin/sh", ["-c", f"stty -g > before; {watch}"], cwd=str(tmp_path), timeout=PATIENCE
    )
    try:
        screen.expect(READY)
        screen.send("\r")
        screen.expect(PROMPT)
        run_on = max(descendants(screen.pid))
        watcher = max(pid for pid in descendants(screen.pid) if run_on in descendants(pid))
        os.kill(watcher, signal.SIGTERM)
        screen.expect(pexpect.EOF)
        assert (tmp_path / "before").read_text() == (tmp_path / "after").read_text()
        assert not Path(f"/proc/{run_on}").exists()
    finally:
        screen.close(force=True)
