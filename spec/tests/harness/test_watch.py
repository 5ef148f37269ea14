"""--watch in a real terminal: a save is answered, keys work, and nothing is left behind."""

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from spec.harness.files.catalogue import KATAS, ROOT, SOLUTIONS
from spec.harness.watching.fitting import rows_of
from spec.harness.watching.screen import CLEAR
from spec.tests.harness.terminals import PATIENCE, READY, descendants, wait_for
from spec.tests.inner import of_dev

pexpect = of_dev("pexpect")

K08 = "k08_broadcasting.py"
K12 = "k12_chain_rule.py"
RIGHT = "matrix - matrix.mean(dim=0)"
WRONG = "matrix - matrix.mean(dim=1, keepdim=True)"
ROWS, COLUMNS = 24, 80
TEMP = "temp"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix is needed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A kata with one function wrong, and one that is not started."""
    assert RIGHT in solution(K08)
    (tmp_path / K08).write_text(solution(K08).replace(RIGHT, WRONG), encoding="utf-8")
    shutil.copy(KATAS / K12, tmp_path)
    return tmp_path


@pytest.fixture
def screens() -> Iterator[list[Any]]:
    """The terminals opened, ended after the test whatever happens."""
    opened: list[Any] = []
    yield opened
    for screen in opened:
        screen.close(force=True)


def solution(name: str) -> str:
    """The text of a reference answer."""
    return (SOLUTIONS / name).read_text(encoding="utf-8")


def watch(screens: list[Any], folder: Path, *options: str) -> Any:
    """A terminal in which --watch is running."""
    (folder / TEMP).mkdir()
    arguments = ["-m", "pytest", ".", "--watch", "--device=cpu", "-c", str(ROOT / "pyproject.toml")]
    screen = pexpect.spawn(
        sys.executable,
        [*arguments, f"--rootdir={folder}", *options],
        cwd=str(folder),
        timeout=PATIENCE,
        dimensions=(ROWS, COLUMNS),
        env={**os.environ, "NO_COLOR": "1", "TMPDIR": str(folder / TEMP)},
        encoding="utf-8",
    )
    screens.append(screen)
    return screen


def watch_what_hangs(screens: list[Any], folder: Path) -> tuple[Any, set[int]]:
    """A terminal in which a run of an endless loop is on, and that run's processes."""
    screen = watch(screens, folder, "--timeout=1000")
    screen.expect(READY)
    save(folder, K08, solution(K08).replace("return " + RIGHT, "while True: pass"))
    screen.expect(K08)
    wait_for(lambda: bool(descendants(screen.pid)))
    return screen, descendants(screen.pid)


def frame(screen: Any, rows: int | None = ROWS, columns: int = COLUMNS) -> list[str]:
    """The lines of the window once nothing runs any more; they fill it, and no more than that.

    Where no number of rows is given, they may be more, since somebody asked for them.
    """
    screen.expect(READY)
    lines: list[str] = (screen.before + READY).rpartition(CLEAR)[2].split("\r\n")
    assert rows in (None, sum(rows_of(line, columns) for line in lines))
    assert all(len(line) < columns for line in lines[-2:])
    return lines


def step(lines: list[str]) -> str:
    """The line that says what to do."""
    return next(line for line in reversed(lines[:-2]) if line)


def save(folder: Path, name: str, text: str) -> None:
    """Saves as editors do: a new file takes the place of the old one."""
    beside = folder / f".{name}.new"
    beside.write_text(text, encoding="utf-8")
    beside.replace(folder / name)


def test_a_save_is_answered_with_what_it_was_about(folder: Path, screens: list[Any]) -> None:
    """What fails, all of it in the window; once mended, what is done and what comes next."""
    screen = watch(screens, folder)
    failing = frame(screen)
    assert re.match(rf"{K08}:\d+ center_columns$", failing[0])
    for label in ("rule", "called", "expected", "got", "mistake   You averaged each row"):
        assert any(line.startswith(f"  {label}") for line in failing), label
    assert re.match(rf"Mend center_columns: {K08}:\d+$", step(failing))
    assert re.match(r"k08 6/7 · 6 of 14 · works 0 · run 1 · \d\d:\d\d:\d\d$", failing[-2])

    save(folder, K08, solution(K08))
    done = frame(screen)
    assert re.match(rf"{K08}:\d+ center_columns: all \d+ tests pass$", done[0])
    assert "  learnt    Subtract from each column its own mean" in "\n".join(done)
    assert f"{K08} is done: 7 functions. Well done." in done
    assert "  learnt    Broadcasting: shapes that fit without copying." in done
    assert re.search(rf"compare +{SOLUTIONS}/{K08}, one way", "".join(line for line in done))
    assert "  task      Find the slope of the product f·g" in "\n".join(done)
    assert re.match(rf"Begin with product_rule: {K12}:\d+$", step(done))
    assert done[-2].startswith("k08 7/7 · 7 of 14 · works 0 · run 2 · ")

    begun = solution(K08).replace("return matrix / ", "raise NotImplementedError\n    matrix / ")
    save(folder, K08, begun.replace("a[:, None] + b[None, :]", "a[None, :] + b[:, None]"))
    broken = frame(screen)
    assert re.match(rf"{K08}:\d+ outer_sum$", broken[0])
    assert any(line.startswith("  mistake ") for line in broken)
    assert step(broken).startswith("Mend outer_sum: ")

    screen.setwinsize(12, 60)
    small = frame(screen, rows=12, columns=60)
    assert [line for line in small if line.startswith("  called ")]
    assert step(small).startswith("Mend outer_sum: ")


def test_every_file_that_was_saved_is_run(folder: Path, screens: list[Any]) -> None:
    """Several at once, or one while another runs: the last is shown, all are counted."""
    screen = watch(screens, folder, "--timeout=2")
    frame(screen)
    for name in (K08, K12):
        save(folder, name, solution(name))
    assert frame(screen)[-2].startswith("k12 7/7 · 14 of 14 · works 0 · run 2 · ")
    save(folder, K12, solution(K12).replace("return", "while True: pass\n    return", 1))
    screen.expect(r"running, 1 s")
    hanging = descendants(screen.pid)
    save(folder, K08, solution(K08).replace(RIGHT, WRONG))
    screen.expect(r"looking at the other files, 1 left, \d s")
    seen = frame(screen)
    assert step(seen).startswith("Mend center_columns: ")
    assert seen[-2].startswith("k08 6/7 · 12 of 14 · works 0 · run 4 · ")
    assert not hanging & descendants(screen.pid)
    screen.send("n")
    seen = frame(screen)
    assert any(re.search(rf"{K12}:\d+$", line) for line in seen if line.startswith("  at  "))
    assert "                while True: pass" in seen


def test_keys_run_hint_and_go_on(folder: Path, screens: list[Any]) -> None:
    """Enter runs again, h gives hints, a shows all, b the board, n goes to the next kata."""
    screen = watch(screens, folder)
    frame(screen)
    for step in (1, 2):
        screen.send("h")
        assert f"hint for center_columns, {step} of 3" in frame(screen)
    screen.send("\r")
    assert "run 2" in frame(screen)[-2]
    screen.send("b")
    assert [line.split()[:2] for line in frame(screen)[:2]] == [[K08, "current"], [K12, "not"]]
    screen.send("a")
    assert "\n".join(frame(screen, None)).count("  rule  ") > 1
    screen.send("n")
    screen.expect(r"k12_chain_rule.py:\d+ product_rule is not started")
    screen.expect(READY)
    screen.send("q")
    screen.expect(pexpect.EOF)
    screen.close()
    assert screen.exitstatus == 0


def test_keys_work_in_a_terminal_that_is_dumb(
    folder: Path, screens: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line by line, as in a pipe: b shows the board; p runs again and says where the page is.

    What was written last is on top of the page.
    """
    monkeypatch.setenv("TERM", "dumb")
    screen = watch(screens, folder)
    screen.expect(READY)
    screen.send("b")
    screen.expect("k12_chain_rule.py +not started")
    text = (folder / K08).read_text("utf-8")
    save(folder, K08, text.replace("(difference * difference).mean", "difference.square().mean"))
    screen.expect(READY)
    screen.send("p")
    screen.expect("Pictures: file://(\\S*)katas.html")
    page = Path(screen.match.group(1).strip(), "katas.html").read_text("utf-8")
    assert re.findall(r'<h2 id="\w+-(\w+)', page)[:2] == ["squared_error", "center_columns"]
    screen.expect(READY)
    assert "\x1b" not in screen.before


def test_ctrl_c_leaves_nothing_behind(folder: Path, screens: list[Any]) -> None:
    """In the midst of a run that hangs: no process, no traceback, and the terminal as it was."""
    screen, hanging = watch_what_hangs(screens, folder)

    screen.sendintr()
    screen.expect(pexpect.EOF)

    assert "Traceback" not in screen.before
    wait_for(lambda: not [pid for pid in hanging if Path(f"/proc/{pid}").exists()])
    screen.close()
    assert screen.exitstatus == pytest.ExitCode.INTERRUPTED
    assert list((folder / TEMP).glob("torch-katas-*")) == []


def test_a_closed_terminal_leaves_nothing_behind(folder: Path, screens: list[Any]) -> None:
    """The run ends with it, and what was noted of it is gone."""
    screen, hanging = watch_what_hangs(screens, folder)

    screen.close(force=True)

    wait_for(lambda: not [pid for pid in hanging if Path(f"/proc/{pid}").exists()])
    wait_for(lambda: not list((folder / TEMP).glob("torch-katas-*")))


def test_the_terminal_is_put_back(folder: Path, screens: list[Any]) -> None:
    """Whoever quits types into a shell that echoes as before."""
    command = (
        f"stty -g > before; {sys.executable} -m pytest . --watch --device=cpu; stty -g > after"
    )
    screen = pexpect.spawn(
        "/bin/sh", ["-c", command], cwd=str(folder), timeout=PATIENCE, encoding="utf-8"
    )
    screens.append(screen)
    screen.expect(READY)
    screen.send("q")
    screen.expect(pexpect.EOF)
    assert (folder / "before").read_text() == (folder / "after").read_text()


def test_a_kata_that_is_new_is_watched_too(folder: Path, screens: list[Any]) -> None:
    """A file copied into the folder is run when it comes; saving notes runs nothing."""
    screen = watch(screens, folder)
    frame(screen)
    save(folder, "notes.md", "mean over rows\n")
    time.sleep(0.5)
    save(folder, "k05_flatten.py", solution("k05_flatten.py"))
    seen = frame(screen)
    assert "k05_flatten.py is done: 6 functions. Well done." in seen
    assert "run 2" in seen[-2]


def test_without_a_terminal_saves_are_answered_too(folder: Path) -> None:
    """In a pipe there are no keys and no escape sequences."""
    command = [sys.executable, "-m", "pytest", ".", "--watch", "--device=cpu"]
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONUNBUFFERED": ""},  # what is not flushed stays in the pipe
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        impatient = threading.Timer(PATIENCE, process.kill)
        impatient.start()
        assert process.stdout is not None
        lines = iter(process.stdout)
        assert any("You averaged each row" in line for line in lines)
        assert any("Then run" in line for line in lines)
        save(folder, K08, solution(K08))
        seen = []
        for line in lines:
            seen.append(line)
            if "Then run" in line:
                break
        process.terminate()
        impatient.cancel()
    assert any("tests pass" in line for line in seen)
    assert not any("\x1b" in line for line in seen)
