"""The interpreter: whether there is a torch for it, and which environment it belongs to."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from .. import typed
from .finding import ROOT, Finding, finding
from .installed import version_of

OLDEST, NEWEST = (3, 11), (3, 14)  # for which this project and its torch are made
MACOS = 14  # the oldest that torch is made for

NOTEBOOK = "Use a notebook: README.md says how, under In a notebook"
BEGIN = "Begin with the line that README.md has for your system, under Start"
AGAIN = f"Delete the folder .venv. {BEGIN}"


def python() -> Finding:
    """The version, the environment, and why there can be no torch, if so."""
    version = platform.python_version()
    for unfit in (_version_is_unfit, _machine_is_unfit):
        found = unfit(version)
        if found is not None:
            return found
    if is_bare():
        said = f"{version}, without a virtual environment"
        if (ROOT / ".venv").exists():
            return finding("python", f"{said}; the one that is here is broken", AGAIN)
        return finding("python", said, make())
    return finding("python", f"{version}, {sys.prefix}")


def is_old() -> bool:
    """Whether this is a Python that nothing can be installed for."""
    return sys.version_info < OLDEST


def is_bare() -> bool:
    """Whether this is a Python of the system's, in which no torch is installed."""
    outside = sys.prefix == sys.base_prefix and not os.environ.get("CONDA_PREFIX")
    return outside and not version_of("torch")


def own() -> Path:
    """The interpreter of the environment that the README makes."""
    return ROOT / ".venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def make() -> str:
    """How an environment is made."""
    return f"Run: {typed.interpreter(ROOT)} -m venv .venv"


def _version_is_unfit(version: str) -> Finding | None:
    oldest, newest = (".".join(map(str, each)) for each in (OLDEST, NEWEST))
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return None
    trouble = f"{version} is too {'old' if is_old() else 'new: there is no torch for it yet'}"
    delete = ["Delete the folder .venv"] if (ROOT / ".venv").exists() else []
    other = _another()
    if other:
        return finding("python", trouble, *delete, f"{BEGIN}, with {other} as its Python")
    get = f"Install a Python from {oldest} to {newest}"
    return finding("python", trouble, get, *delete, BEGIN)


def _another() -> str | None:
    """A Python of this machine that will do, the newest first, as it is called."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        name = ["py", f"-3.{minor}"] if sys.platform == "win32" else [f"python3.{minor}"]
        if shutil.which(name[0]):
            ran = subprocess.run([*name, "--version"], capture_output=True)
            if not ran.returncode:
                return " ".join(name)
    return None


def _machine_is_unfit(version: str) -> Finding | None:
    """Why there is no torch for this machine, or for this way to use it."""
    if sys.maxsize < 2**32:
        return finding("python", f"{version} of 32 bits", "Install a Python of 64 bits", BEGIN)
    if sys.platform == "win32" and platform.machine() == "ARM64":
        said = f"{version} for ARM, for which there is no torch that is new enough"
        return finding("python", said, "Install a Python for x86-64", BEGIN)
    if sys.platform != "darwin":
        return None
    if platform.machine() == "x86_64" and _is_translated():
        said = f"{version} for Intel, on a Mac that has none"
        return finding("python", said, "Install a Python for Apple silicon", AGAIN)
    if platform.machine() == "x86_64":
        said = f"{version} on an Intel Mac, for which there is no torch that is new enough"
        return finding("python", said, NOTEBOOK)
    system = platform.mac_ver()[0]
    if int(system.partition(".")[0] or MACOS) < MACOS:
        said = f"{version} on macOS {system}, for which there is no torch that is new enough"
        return finding("python", said, f"Update to macOS {MACOS} or newer. Or: {NOTEBOOK}")
    return None


def _is_translated() -> bool:
    """Whether an Intel program runs on Apple silicon."""
    try:
        command = ["sysctl", "-n", "sysctl.proc_translated"]
        return subprocess.run(command, capture_output=True).stdout.strip() == b"1"
    except OSError:
        return False
