"""What surrounds the katas: the terminal, the disk and the editor."""

from __future__ import annotations

import json
import shutil
import sys

from ..language import tr
from .finding import IS_CHECKOUT, ROOT, Finding, finding
from .installed import version_of

FOR_VS_CODE = "For VS Code, put into .vscode/settings.json: {settings}"
SETTINGS = {
    "python.testing.pytestEnabled": True,
    "python.testing.pytestArgs": ["katas" if IS_CHECKOUT else "."],
}
NUMBERED = "letters that it does not have are shown as numbers"
NARROWEST = 60  # columns
ROOM, ROOM_FOR_TORCH = 1, 8  # gigabytes
LONGEST = 60  # letters of a folder's path in which Windows has room for the paths of torch


def terminal() -> Finding:
    """Whether it is wide enough, and has letters for what is shown."""
    columns, encoding = shutil.get_terminal_size().columns, sys.stdout.encoding or "none"
    said = tr("{columns} columns, {encoding}").format(columns=columns, encoding=encoding)
    if columns < NARROWEST:
        return finding(
            "terminal",
            said,
            tr("Make the terminal {narrowest} columns wide, or wider").format(narrowest=NARROWEST),
        )
    if "utf" not in encoding.lower():
        return finding("terminal", f"{said}; {tr(NUMBERED)}")
    return finding("terminal", said)


def disk() -> Finding:
    """How much is free where this folder lies, and whether Windows has room for longer paths."""
    installed = version_of("torch")
    free = shutil.disk_usage(str(ROOT)).free / 1e9
    needed = ROOM if installed else ROOM_FOR_TORCH
    said = tr("{free:.1f} GB free").format(free=free)
    if free < needed:
        return finding("disk", said, tr("Make room for {needed} GB").format(needed=needed))
    if sys.platform == "win32" and len(str(ROOT)) > LONGEST and not installed:
        move = tr("Move this folder to where its path is short, such as C:\\katas")
        long = tr("the path of this folder is {count} letters").format(count=len(str(ROOT)))
        return finding("disk", f"{said}; {long}", move)
    return finding("disk", said)


def editor() -> Finding:
    """Whether VS Code is told to run pytest on the katas; others need not be told."""
    path = ROOT / ".vscode" / "settings.json"
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = {}
    if not told.get("python.testing.pytestEnabled"):
        return finding(
            "editor",
            tr("VS Code is not told where the tests are"),
            tr(FOR_VS_CODE).format(settings=json.dumps(SETTINGS)),
        )
    folders = " ".join(map(str, told.get("python.testing.pytestArgs", [])))
    return finding(
        "editor", tr("VS Code is told to run pytest on {folders}").format(folders=folders)
    )
