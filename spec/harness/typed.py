"""Commands as a person can type them. It needs Python alone, an old one too."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
import sys
from pathlib import Path

SAFE_ON_WINDOWS = re.compile(r"[\w\\/.:=+,@-]+")


def quoted(*words: str) -> str:
    """The words as a shell takes them: with quotes where there are spaces."""
    return " ".join(map(_for_windows if sys.platform == "win32" else shlex.quote, words))


def _for_windows(word: str) -> str:
    """A word for cmd and for PowerShell, which both know double quotes alone."""
    return word if SAFE_ON_WINDOWS.fullmatch(word) else f'"{word}"'


def path(place: Path, folder: Path | None = None) -> str:
    """A path as seen from a folder, by default the one at hand, where that is shorter."""
    try:
        return quoted(str(place.relative_to(folder or Path.cwd())))
    except ValueError:
        return quoted(str(place))


def interpreter(folder: Path | None = None) -> str:
    """How the Python that runs this is called."""
    used = Path(sys.executable)
    found = shutil.which(used.name)
    return used.name if found and Path(found) == used else path(used, folder)


def installing(extra: str = "", python: str | None = None, folder: Path | None = None) -> str:
    """How what this project needs is installed, in its folder; by uv where there is no pip."""
    what = quoted("-c", "constraints.txt", "-e", f".[{extra}]" if extra else ".")
    if python or importlib.util.find_spec("pip"):
        return f"{python or interpreter(folder)} -m pip install {what}"
    return f"uv pip install {what}"
