"""Whether katas can run here: `python -m spec.harness.doctor` says what is there and what to do.

It needs nothing but Python itself, an old one too, since it is for whoever has nothing else yet.
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NAME = "torch-katas"
OLDEST = (3, 11)
PATIENCE = 180  # seconds that importing torch may take, the first time on a slow disk
NARROWEST = 60  # columns
ROOM, ROOM_FOR_TORCH = 1, 8  # gigabytes
OLD = 90  # days
INSTALL = "Run: {command}"

PROBE = ("-m", "spec.harness.probe")


@dataclass
class Finding:
    """One line: what it is about, how it is, and what to do if something is to be done."""

    about: str
    said: str
    do: str = ""

    def __str__(self) -> str:
        return f"{self.about:<12} {self.said}" + (f". {self.do}" if self.do else "")


def main() -> int:
    """Prints a line for each finding; the exit code is 1 where something is to be done."""
    findings = [python()]
    if not _is_old():
        probed = probe()
        findings += [torch(probed), packages(), accelerator(probed)]
    findings += [terminal(), disk(), editor(), checkout()]
    for finding in findings:
        encoding = sys.stdout.encoding or "utf-8"
        print(str(finding).encode(encoding, "backslashreplace").decode(encoding))
    return int(any(finding.do for finding in findings))


def python() -> Finding:
    """The interpreter's version, and whether it has an environment of its own."""
    version = platform.python_version()
    if _is_old():
        newer = ".".join(map(str, OLDEST))
        return Finding(
            "python",
            f"{version} is too old",
            f"Install Python {newer} or newer, delete .venv, and make it anew with that Python",
        )
    if sys.platform == "darwin" and platform.machine() == "x86_64":
        return Finding(
            "python",
            f"{version} on an Intel Mac, for which there is no torch that is new enough",
            "Use a notebook of Colab or Kaggle",
        )
    if _is_bare():
        said = f"{version}, outside of a virtual environment"
        own = _own_python()
        if own.exists():
            again = command("-m", "spec.harness.doctor", python=own)
            return Finding("python", said, f"Use the one that is there: {again}")
        return Finding("python", said, "Make one: " + command("-m", "venv", ".venv"))
    return Finding("python", f"{version}, {sys.prefix}")


def _is_old() -> bool:
    return sys.version_info < OLDEST


def _is_bare() -> bool:
    """Whether this is a Python of the system's, and nothing is installed for it."""
    outside = sys.prefix == sys.base_prefix and not os.environ.get("CONDA_PREFIX")
    return outside and not _version("torch")


def _own_python() -> Path:
    """The interpreter of the environment that the README makes."""
    return ROOT / ".venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"


def probe() -> dict[str, Any]:
    """What torch says of itself, in a process of its own; or why it says nothing."""
    if not _version("torch"):
        return {"error": "not installed"}
    try:
        ran = subprocess.run(
            [sys.executable, *PROBE],
            cwd=str(ROOT),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    except (subprocess.TimeoutExpired, OSError) as error:
        return {"error": f"can't be imported ({type(error).__name__})"}
    except (IndexError, ValueError):
        last = (ran.stderr.strip().splitlines() or [f"exit code {ran.returncode}"])[-1]
        return {"error": f"can't be imported ({last})"}
    return found


def torch(probed: dict[str, Any]) -> Finding:
    """torch's version and what it was built for."""
    if "error" in probed:
        return Finding("torch", probed["error"], INSTALL.format(command=install()))
    return Finding("torch", f"{probed['version']}, built for {probed['build']}")


def packages() -> Finding:
    """Whether what this project needs is installed, and this project itself, in this folder."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = text.partition("\ndependencies = [")[2].partition("]")[0]
    needed = re.findall(r'"([\w-]+)', listed)
    missing = [name for name in needed if not _version(name)]
    if missing:
        return Finding(
            "packages", f"{', '.join(missing)} missing", INSTALL.format(command=install())
        )
    if _doors() != dict(re.findall(r"^(torch-katas) = \"(\w+)\"", text, re.MULTILINE)):
        return Finding(
            "packages",
            f"{NAME} itself is not installed as this folder has it",
            INSTALL.format(command=install()),
        )
    return Finding("packages", f"all {len(needed)} are there")


def _version(name: str) -> str | None:
    import importlib.metadata

    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _doors() -> dict[str, str]:
    """How pytest finds this project, as it was when it was installed."""
    import importlib.metadata

    entries = importlib.metadata.distribution(NAME).entry_points if _version(NAME) else ()
    return {entry.name: entry.value for entry in entries if entry.group == "pytest11"}


def accelerator(probed: dict[str, Any]) -> Finding:
    """Which there is, and what it lacks; none is no fault."""
    if probed.get("device"):
        lacks = probed["lacks"]
        if lacks and lacks != "float64":
            return Finding("accelerator", f"{probed['device']}: {lacks}", "Use --device cpu")
        return Finding("accelerator", probed["device"] + (f", without {lacks}" if lacks else ""))
    if probed.get("build") == "CPU" and shutil.which("nvidia-smi"):
        return Finding(
            "accelerator",
            "there is an NVIDIA GPU, but this torch is built for the CPU alone, which is enough",
        )
    return Finding("accelerator", "none, which is enough: a simulated one takes its place")


def terminal() -> Finding:
    """Whether it is wide enough, and has letters for what is shown."""
    columns, encoding = shutil.get_terminal_size().columns, sys.stdout.encoding or "none"
    said = f"{columns} columns, {encoding}"
    if columns < NARROWEST:
        return Finding("terminal", said, f"Make it {NARROWEST} columns wide, or wider")
    if "utf" not in encoding.lower():
        return Finding("terminal", said, "Set PYTHONUTF8=1, so that all letters can be shown")
    return Finding("terminal", said)


def disk() -> Finding:
    """How much is free where this folder lies."""
    free = shutil.disk_usage(str(ROOT)).free / 1e9
    needed = ROOM if _is_old() or _version("torch") else ROOM_FOR_TORCH
    if free < needed:
        return Finding("disk", f"{free:.1f} GB free", f"Make room for {needed} GB")
    return Finding("disk", f"{free:.1f} GB free")


def editor() -> Finding:
    """Whether VS Code is told to run pytest on the katas; others need not be told."""
    path = ROOT / ".vscode" / "settings.json"
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = {}
    if not told.get("python.testing.pytestEnabled"):
        return Finding(
            "editor",
            "VS Code is not told where the tests are",
            'Put into .vscode/settings.json: {"python.testing.pytestEnabled": true, '
            '"python.testing.pytestArgs": ["katas"]}',
        )
    return Finding(
        "editor",
        "VS Code is told to run pytest on "
        + " ".join(map(str, told.get("python.testing.pytestArgs", []))),
    )


def checkout() -> Finding:
    """How old this folder is, and which katas promise something else than the specs."""
    stubs = sorted((ROOT / "katas").glob("k??_*.py"))
    others = [stub.stem for stub in stubs if _promises_differ(stub)]
    if others:
        return Finding(
            "checkout",
            f"the docstrings of {', '.join(others)} are not those of the specs",
            "Read CHANGES.md; --reset begins a kata anew and keeps what you wrote",
        )
    seconds = _last_commit()
    if seconds is None:
        return Finding("checkout", "katas and specs belong together")
    date = time.strftime("%Y-%m-%d", time.localtime(seconds))
    age = int(time.time() - seconds) // 86_400
    if age > OLD:
        return Finding("checkout", f"of {date}, {age} days old", "For what is new, run: git pull")
    return Finding("checkout", f"of {date}, katas and specs belong together")


def _promises_differ(stub: Path) -> bool:
    """Whether a docstring of a learner's file, if it can be read, is another in the solution."""
    ours, theirs = _docstrings(ROOT / "solutions" / stub.name), _docstrings(stub)
    return any(ours[name] != theirs[name] for name in ours if name in theirs)


def _docstrings(path: Path) -> dict[str, str | None]:
    try:
        body = ast.parse(path.read_bytes()).body
    except (OSError, SyntaxError, ValueError):  # pytest says what is wrong with it
        return {}
    defined = (node for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef)))
    return {node.name: ast.get_docstring(node) for node in defined}


def _last_commit() -> int | None:
    """When what lies here was committed, in seconds; None where there is no git to tell."""
    try:
        ran = subprocess.run(
            ["git", "log", "-1", "--format=%ct"],
            cwd=str(ROOT),
            capture_output=True,
            text=True,
        )
        return int(ran.stdout)
    except (OSError, ValueError):
        return None


def install() -> str:
    """The command that installs what is needed."""
    used = _own_python() if _is_bare() else Path(sys.executable)
    return command("-m", "pip", "install", "-c", "constraints.txt", "-e", ".", python=used)


def command(*words: str, python: Path | None = None) -> str:
    """A command for a Python, that which runs this, as a person can type it in this folder."""
    used = python or Path(sys.executable)
    with contextlib.suppress(ValueError):
        used = used.relative_to(ROOT)
    line = [str(used), *words]
    return subprocess.list2cmdline(line) if sys.platform == "win32" else shlex.join(line)


if __name__ == "__main__":
    sys.exit(main())
