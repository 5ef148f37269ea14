"""--watch in a real terminal: a save is answered, keys work, and nothing is left behind."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from spec.harness.files.catalogue import KATAS, ROOT, SOLUTIONS
from spec.tests.inner import of_dev

pexpect = of_dev("pexpect")

K08 = "k08_broadcasting.py"
K12 = "k12_chain_rule.py"
RIGHT = "matrix - matrix.mean(dim=0)"
WRONG = "matrix - matrix.mean(dim=1, keepdim=True)"
PATIENCE = 120  # seconds, for a busy machine; a right answer comes at once
READY = "q quit"
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
        dimensions=(50, 100),
        env={**os.environ, "NO_COLOR": "1", "TMPDIR": str(folder / TEMP)},
        encoding="utf-8",
    )
    screens.append(screen)
    return screen


def watch_what_hangs(screens: list[Any], folder: Path) -> tuple[Any, list[int]]:
    """A terminal in which a run of an endless loop is on, and that run's processes."""
    screen = watch(screens, folder, "--timeout=1000")
    screen.expect(READY)
    save(folder, K08, solution(K08).replace("return " + RIGHT, "while True: pass"))
    screen.expect(K08)
    wait_for(lambda: bool(children(screen.pid)))
    return screen, children(screen.pid)


def save(folder: Path, name: str, text: str) -> None:
    """Saves as editors do: a new file takes the place of the old one."""
    beside = folder / f".{name}.new"
    beside.write_text(text, encoding="utf-8")
    beside.replace(folder / name)


def children(pid: int) -> list[int]:
    """The processes that this one has started and that are still there."""
    command = ["ps", "-o", "pid=", "--ppid", str(pid)]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


def test_a_save_is_answered_with_the_function_in_focus(folder: Path, screens: list[Any]) -> None:
    """First what is wrong, then, once mended, that it is right and what comes next."""
    screen = watch(screens, folder)
    screen.expect(r"k08_broadcasting.py:\d+ center_columns")
    screen.expect("You averaged each row")
    screen.expect(READY)

    save(folder, K08, solution(K08))

    screen.expect(r"center_columns: all \d+ tests pass")
    screen.expect("k08_broadcasting.py +done")
    screen.expect("Begin with product_rule")
    screen.expect(READY)


def test_keys_run_hint_and_go_on(folder: Path, screens: list[Any]) -> None:
    """Enter runs again, h gives hints one by one, a shows all, n goes to the next kata."""
    screen = watch(screens, folder)
    screen.expect(READY)
    screen.send("h")
    screen.expect("hint for center_columns")
    screen.send("h")
    screen.expect(r"2 of 3|There is no hint")
    screen.send("\r")
    screen.expect("what to mend")
    screen.expect(READY)
    screen.send("a")
    screen.expect("center_columns")
    screen.expect(READY)
    screen.send("n")
    screen.expect("not started")
    screen.expect("k12_chain_rule.py:")
    screen.expect(READY)
    screen.send("q")
    screen.expect(pexpect.EOF)
    screen.close()
    assert screen.exitstatus == 0


def test_pictures_are_drawn_on_a_key(folder: Path, screens: list[Any]) -> None:
    """p runs the kata again and says where the page is."""
    screen = watch(screens, folder)
    screen.expect(READY)
    screen.send("p")
    screen.expect("Pictures: file://(\\S*)katas.html")
    assert Path(screen.match.group(1).strip(), "katas.html").exists()


def test_a_run_that_hangs_is_ended_by_the_next_save(folder: Path, screens: list[Any]) -> None:
    """An endless loop costs nothing but the time until the learner saves again."""
    screen, hanging = watch_what_hangs(screens, folder)

    save(folder, K08, solution(K08))

    screen.expect(r"all \d+ tests pass")
    screen.expect(READY)
    assert not set(hanging) & set(children(screen.pid))


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
    """A file copied into the folder is run when it comes."""
    screen = watch(screens, folder)
    screen.expect(READY)
    save(folder, "k05_flatten.py", solution("k05_flatten.py"))
    screen.expect("k05_flatten.py +done")


def test_other_files_are_left_alone(folder: Path, screens: list[Any]) -> None:
    """Saving notes runs nothing."""
    screen = watch(screens, folder)
    screen.expect(READY)
    save(folder, "notes.md", "mean over rows\n")
    with pytest.raises(pexpect.TIMEOUT):
        screen.expect("board", timeout=2)


def test_where_there_is_no_fork_a_process_is_started(folder: Path, screens: list[Any]) -> None:
    """The same screens, a little slower, and not a word of it."""
    (folder / "no_fork.py").write_text(
        "from spec.harness import processes\nprocesses.can_fork = lambda: False\n", encoding="utf-8"
    )
    screen = watch(screens, folder, "-p", "no_fork")
    screen.expect("You averaged each row")
    screen.expect(READY)
    save(folder, K08, solution(K08))
    screen.expect(r"center_columns: all \d+ tests pass")
    screen.expect(READY)
    assert "fork" not in screen.before


def test_without_a_terminal_saves_are_answered_too(folder: Path) -> None:
    """In a pipe there are no keys and no escape sequences."""
    command = [sys.executable, "-m", "pytest", ".", "--watch", "--device=cpu"]
    with subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as process:
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
    assert any("tests pass" in line for line in seen)
    assert not any("\x1b" in line for line in seen)


def test_a_folder_without_katas_is_an_error(tmp_path: Path) -> None:
    """Which names are watched is said."""
    command = [sys.executable, "-m", "pytest", ".", "--watch"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == pytest.ExitCode.USAGE_ERROR
    assert "there is no kata to watch" in ended.stderr
    assert "Traceback" not in ended.stderr


def wait_for(condition: Any) -> None:
    """Waits until the condition holds."""
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)
