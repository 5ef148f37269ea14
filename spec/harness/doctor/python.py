"""The interpreter: whether there is a torch for it, and which environment it belongs to."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from .. import typed
from ..language import tr
from .finding import ROOT, Finding, finding
from .installed import version_of

OLDEST, NEWEST = (3, 11), (3, 14)  # for which this project and its torch are made
MACOS = 14  # the oldest that torch is made for

UPDATE = "Update to macOS {macos} or newer. Or: {notebook}"
TOO_OLD = "{version} is too old"
TOO_NEW = "{version} is too new: there is no torch for it yet"
NOTEBOOK = "Use a notebook: README.md says how, under In a notebook"
BEGIN = "Begin with the line that README.md has for your system, under Start"
DELETE = "Delete the folder .venv"


def python() -> Finding:
    """The version, the environment, and why there can be no torch, if so."""
    version = platform.python_version()
    for unfit in (_version_is_unfit, _machine_is_unfit):
        found = unfit(version)
        if found is not None:
            return found
    if is_bare():
        said = tr("{version}, without a virtual environment").format(version=version)
        if (ROOT / ".venv").exists():
            return finding("python", f"{said}; {tr('the one that is here is broken')}", again())
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


def again() -> str:
    """How an environment is made where there is one that won't do."""
    return f"{tr(DELETE)}. {tr(BEGIN)}"


def make() -> str:
    """How an environment is made."""
    return tr("Run: {command}").format(command=f"{typed.interpreter(ROOT)} -m venv .venv")


def _version_is_unfit(version: str) -> Finding | None:
    oldest, newest = (".".join(map(str, each)) for each in (OLDEST, NEWEST))
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return None
    trouble = tr(TOO_OLD if is_old() else TOO_NEW).format(version=version)
    delete = [tr(DELETE)] if (ROOT / ".venv").exists() else []
    other = _another()
    if other:
        return finding(
            "python",
            trouble,
            *delete,
            tr("{begin}, with {other} as its Python").format(begin=tr(BEGIN), other=other),
        )
    get = tr("Install a Python from {oldest} to {newest}").format(oldest=oldest, newest=newest)
    return finding("python", trouble, get, *delete, tr(BEGIN))


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
        return finding(
            "python",
            tr("{version} of 32 bits").format(version=version),
            tr("Install a Python of 64 bits"),
            tr(BEGIN),
        )
    if sys.platform == "win32" and platform.machine() == "ARM64":
        said = tr("{version} for ARM, for which there is no torch that is new enough").format(
            version=version
        )
        return finding("python", said, tr("Install a Python for x86-64"), tr(BEGIN))
    if sys.platform != "darwin":
        return None
    if platform.machine() == "x86_64" and _is_translated():
        said = tr("{version} for Intel, on a Mac that has none").format(version=version)
        return finding("python", said, tr("Install a Python for Apple silicon"), again())
    if platform.machine() == "x86_64":
        said = tr(
            "{version} on an Intel Mac, for which there is no torch that is new enough"
        ).format(version=version)
        return finding("python", said, tr(NOTEBOOK))
    system = platform.mac_ver()[0]
    if int(system.partition(".")[0] or MACOS) < MACOS:
        said = tr(
            "{version} on macOS {system}, for which there is no torch that is new enough"
        ).format(version=version, system=system)
        return finding("python", said, tr(UPDATE).format(macos=MACOS, notebook=tr(NOTEBOOK)))
    return None


def _is_translated() -> bool:
    """Whether an Intel program runs on Apple silicon."""
    try:
        command = ["sysctl", "-n", "sysctl.proc_translated"]
        return subprocess.run(command, capture_output=True).stdout.strip() == b"1"
    except OSError:
        return False
