"""What is installed: torch and what it was built for, what else is needed, and this project."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from .. import typed
from ..language import tr
from . import python
from .finding import IS_CHECKOUT, ROOT, Finding, finding
from .installed import NAME, doors, home, needed_by, version_of

NOT_IMPORTED = "can't be imported ({why})"
PATIENCE = 180  # seconds that importing torch may take, the first time on a slow disk
PROBE = ("-m", f"{__package__}.probe")
AS_BEFORE = "Install torch-katas again, as you did before"
SMALL = "Without a GPU, fetch the small torch: README.md says how, under On other systems"


def probe() -> dict[str, Any]:
    """What torch says of itself, in a process of its own; or why it says nothing."""
    if not version_of("torch"):
        return {"error": tr("not installed")}
    try:
        ran = subprocess.run(
            [sys.executable, *PROBE],
            cwd=str(ROOT),
            capture_output=True,
            timeout=PATIENCE,
        )
        found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1].decode())
    except (subprocess.TimeoutExpired, OSError) as error:
        return {"error": tr(NOT_IMPORTED).format(why=type(error).__name__)}
    except (IndexError, ValueError):
        said = ran.stderr.decode(errors="replace").strip().splitlines()
        why = said[-1] if said else tr("exit code {code}").format(code=ran.returncode)
        return {"error": tr(NOT_IMPORTED).format(why=why)}
    return found


def torch(probed: dict[str, Any]) -> Finding:
    """torch's version and what it was built for."""
    if "error" not in probed:
        return finding("torch", tr("{version}, built for {build}").format(**probed))
    is_large = sys.platform.startswith("linux") and not shutil.which("nvidia-smi")
    small = [tr(SMALL)] if is_large and not version_of("torch") else []
    return finding("torch", probed["error"], *small, install())


def packages() -> Finding:
    """Whether what this project needs is installed, and this project itself, in this folder."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8") if IS_CHECKOUT else ""
    listed = text.partition("\ndependencies = [")[2].partition("]")[0]
    listed = listed if IS_CHECKOUT else "".join(f'"{each}"' for each in needed_by(NAME))
    needed = dict(re.findall(r'"([\w-]+)>=([\d.]+)"', listed))
    missing = [name for name in needed if not version_of(name)]
    if missing:
        return finding(
            "packages", tr("{names} missing").format(names=", ".join(missing)), install()
        )
    old = [f"{name} {version_of(name)}" for name in needed if _is_older(name, needed[name])]
    if old:
        return finding("packages", tr("{names} too old").format(names=", ".join(old)), install())
    if _is_moved():
        said = tr("they were installed before this folder was moved, renamed or copied")
        return finding("packages", said, python.again())
    if IS_CHECKOUT and doors() != dict(
        re.findall(rf"^({NAME}) = \"([\w.]+)\"", text, re.MULTILINE)
    ):
        return finding(
            "packages",
            tr("{name} is not installed as this folder has it").format(name=NAME),
            install(),
        )
    return finding(
        "packages",
        tr("all {count} are there, and {name} itself").format(count=len(needed), name=NAME),
    )


def _is_older(name: str, floor: str) -> bool:
    there = map(int, re.findall(r"\d+", version_of(name) or ""))
    return tuple(there) < tuple(map(int, floor.split(".")))


def _is_moved() -> bool:
    """Whether the environment lies in this folder, which was elsewhere when it was made."""
    return ROOT in Path(sys.prefix).resolve().parents and home() not in (ROOT, None)


def install() -> str:
    """How what is needed is installed."""
    if not IS_CHECKOUT:
        return tr(AS_BEFORE)
    own = typed.path(python.own(), ROOT) if python.is_bare() else None
    return tr("Run: {command}").format(command=typed.installing(python=own, folder=ROOT))


def accelerator(probed: dict[str, Any]) -> Finding:
    """Which there is, and what it lacks; none is no fault."""
    if probed.get("device"):
        lacks = probed["lacks"]
        if lacks and lacks != "float64":
            nothing = tr("it computes nothing: {said}").format(said=lacks)
            said = f"{probed['device']}: {nothing}"
            return finding("accelerator", said, tr("Add --device cpu to what you run"))
        less = tr(", without {lacks}").format(lacks=lacks) if lacks else ""
        return finding("accelerator", probed["device"] + less)
    if probed.get("build") == "CPU" and shutil.which("nvidia-smi"):
        return finding(
            "accelerator",
            tr(
                "there is an NVIDIA GPU, but this torch is built for the CPU alone, which is enough"
            ),
        )
    return finding("accelerator", tr("none, which is enough: a simulated one takes its place"))
