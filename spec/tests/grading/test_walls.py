"""Each wall keeps in what it is there for, tried by code that nobody screened."""

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from spec.grading.sandbox import walls
from spec.harness.files.catalogue import ROOT

TRIES = """
import json, os, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from spec.grading.sandbox import walls

home, secret = Path({home!r}), Path({secret!r})
standing = walls.raise_walls(home, {{"kept.py": b"kept"}})


def tried(action):
    try:
        return repr(action())
    except BaseException as error:
        return type(error).__name__


def connect():
    import socket
    return socket.create_connection(("127.0.0.1", 9), 1)


found = {{
    "write outside": tried(lambda: open({outside!r}, "w").write("x")),
    "write inside": tried(lambda: (home / "mine").write_text("x")),
    "fill": tried(lambda: (home / "large").write_bytes(bytes(40_000_000))),
    "kept": tried(lambda: (home / "kept.py").read_text()),
    "hidden": tried(lambda: os.listdir(secret)),
    "accounts": tried(lambda: open("/etc/passwd").read()),
    "root": sorted(os.listdir("/")),
    "package": tried(lambda: bool(__import__("wave"))),
    "write to a package": tried(lambda: open(os.__file__, "a")),
    "memory": tried(lambda: bytearray(6 * 2**30)),
    "fork": tried(os.fork),
    "exec": tried(lambda: os.execv(sys.executable, [sys.executable])),
    "connect": tried(connect),
    "kill": tried(lambda: os.kill(1, 0)),
    "environment": tried(lambda: os.environ["SECRET"]),
    "input": tried(lambda: os.read(0, 1)),
    "processes": tried(lambda: len([name for name in os.listdir("/proc") if name.isdigit()])),
    "standing": standing,
}}
os.write({channel}, json.dumps(found).encode())
"""

linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone has these walls")


@pytest.fixture
def found(tmp_path: Path) -> dict[str, Any]:
    """What a process within the walls could and could not do."""
    home, secret = tmp_path / "home", tmp_path / "secret"
    home.mkdir()
    secret.mkdir()
    (secret / "solution.py").write_text("secret")
    read, write = os.pipe()
    code = TRIES.format(
        root=str(ROOT),
        home=str(home),
        secret=str(secret),
        outside=str(tmp_path / "outside"),
        channel=write,
    )
    subprocess.run(
        [sys.executable, "-c", code],
        pass_fds=[write],
        env={**os.environ, "SECRET": "s3cret"},
        stdin=subprocess.PIPE,
        check=False,
        timeout=120,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        told: dict[str, Any] = json.loads(pipe.read())
    assert (secret / "solution.py").read_text() == "secret"
    return told


@linux
def test_walls_keep_in_what_they_are_there_for(found: dict[str, Any]) -> None:
    """Whatever stands, holds; what does not stand on this system is not claimed."""
    standing = found["standing"]
    assert found["environment"] == "KeyError"
    assert found["input"] == "b''"
    if walls.FILES in standing:
        assert found["write outside"] in ("OSError", "FileNotFoundError")
        assert found["write to a package"] == "OSError"
        assert found["package"] == "True"
        assert found["accounts"] == "FileNotFoundError"
        assert not {"home", "var", "work"} & set(found["root"])
        assert found["write inside"] == "1"
        assert found["fill"] == "OSError"
        assert found["kept"] == "'kept'"
        assert found["hidden"] == "FileNotFoundError"
    if walls.LIMITS in standing:
        assert found["memory"] == "MemoryError"
    if walls.CHILDLESS in standing:
        assert found["fork"] == found["exec"] == found["connect"] == "PermissionError"
        assert found["kill"] == "PermissionError"
    elif walls.NETWORK in standing:
        assert found["connect"] == "OSError"
    if walls.UNSEEN in standing:
        assert found["processes"] == "1"
    assert set(standing) <= set(walls.WALLS)


def test_what_a_process_inherits_is_closed_but_for_its_own() -> None:
    """A child sees no pipe of its neighbours, and no file of its parent's."""
    mine, other = os.pipe(), os.pipe()
    for descriptor in (*mine, *other):
        os.set_inheritable(descriptor, True)
    program = (
        "import os, sys\n"
        "from spec.grading.sandbox import walls\n"
        "walls.close_all_but(int(sys.argv[1]))\n"
        "def is_open(n):\n"
        "    try:\n"
        "        return bool(os.fstat(n))\n"
        "    except OSError:\n"
        "        return False\n"
        "left = [n for n in range(500) if is_open(n)]\n"
        "os.write(int(sys.argv[1]), repr(left).encode())\n"
    )
    subprocess.run([sys.executable, "-c", program, str(mine[1])], close_fds=False, cwd=ROOT)
    os.close(mine[1])
    with os.fdopen(mine[0]) as pipe:
        assert pipe.read() == repr([mine[1]])
    for descriptor in other:
        os.close(descriptor)


@linux
def test_nobody_outlives_whoever_started_them(tmp_path: Path) -> None:
    """Also where that one is ended from outside, and can tidy up nothing."""
    program = (
        "import os, sys, time\n"
        "from pathlib import Path\n"
        "from spec.grading.sandbox import walls\n"
        "pid = os.fork()\n"
        "if not pid:\n"
        "    walls.raise_walls(Path(sys.argv[1]))\n"
        "    os.write(int(sys.argv[2]), b'.')\n"
        "    while True:\n"
        "        time.sleep(60)\n"
        "os.write(int(sys.argv[2]), str(pid).encode())\n"
        "os.waitpid(pid, 0)\n"
    )
    read, write = os.pipe()
    command = [sys.executable, "-c", program, str(tmp_path), str(write)]
    process = subprocess.Popen(command, pass_fds=[write], cwd=ROOT)
    os.close(write)
    with os.fdopen(read) as pipe:
        told = pipe.read(1)
        while "." not in told:
            told += pipe.read(1)
        process.kill()
        process.wait()
        ended = select.select([pipe], [], [], 20)[0]  # where nobody holds the other end
    if not ended:
        os.kill(int(told.strip(".")), signal.SIGKILL)
    assert ended


@linux
def test_this_machine_has_the_walls_that_need_no_right(found: dict[str, Any]) -> None:
    """Limits and a life alone are to be had everywhere."""
    assert {walls.ALONE, walls.LIMITS} <= set(found["standing"])
