"""This folder: how old it is, and whether the learner's katas promise what the specs ask for."""

from __future__ import annotations

import ast
import subprocess
import time
from pathlib import Path

from .finding import IS_CHECKOUT, KATAS, ROOT, SOLUTIONS, Finding, finding

OLD = 90  # days
ABOUT = "checkout" if IS_CHECKOUT else "katas"
RENEW = (
    "Read CHANGES.md; --reset begins a kata anew and keeps what you wrote"
    if IS_CHECKOUT
    else "Run: torch-katas update"
)


def checkout() -> Finding:
    """How old this folder is, and which katas promise something else than the specs."""
    stubs = sorted(KATAS.glob("k??_*.py"))
    others = [stub.stem for stub in stubs if _promises_differ(stub)]
    if others:
        return finding(
            ABOUT,
            f"the docstrings of {', '.join(others)} are not those of the specs",
            RENEW,
        )
    if not stubs:
        return finding(ABOUT, "there are none in this folder", "Run: torch-katas init katas")
    seconds = _last_commit() if IS_CHECKOUT else None
    if seconds is None:
        return finding(ABOUT, "katas and specs belong together")
    date = time.strftime("%Y-%m-%d", time.localtime(seconds))
    age = int(time.time() - seconds) // 86_400
    if age > OLD:
        return finding("checkout", f"of {date}, {age} days old", "For what is new, run: git pull")
    return finding("checkout", f"of {date}, katas and specs belong together")


def _promises_differ(stub: Path) -> bool:
    """Whether a docstring of a learner's file, if it can be read, is another in the solution.

    In a folder of one's own that is asked of the file as it was handed out.
    """
    handed_out = stub.parent / ".torch-katas" / "stubs" / stub.name
    stub = handed_out if handed_out.exists() else stub
    ours, theirs = _docstrings(SOLUTIONS / stub.name), _docstrings(stub)
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
        command = ["git", "log", "-1", "--format=%ct"]
        ran = subprocess.run(
            command, cwd=str(ROOT), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return int(ran.stdout)
    except (OSError, ValueError):
        return None
