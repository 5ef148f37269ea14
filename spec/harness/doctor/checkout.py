"""This folder: how old it is, and whether the learner's katas promise what the specs ask for."""

from __future__ import annotations

import ast
import subprocess
import time
from pathlib import Path

from .. import docstrings, language
from ..language import tr
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
            tr("the docstrings of {names} are not those of the specs").format(
                names=", ".join(others)
            ),
            tr(RENEW),
        )
    if not stubs:
        return finding(
            ABOUT, tr("there are none in this folder"), tr("Run: torch-katas init katas")
        )
    seconds = _last_commit() if IS_CHECKOUT else None
    if seconds is None:
        return finding(ABOUT, tr("katas and specs belong together"))
    date = time.strftime("%Y-%m-%d", time.localtime(seconds))
    age = int(time.time() - seconds) // 86_400
    if age > OLD:
        return finding(
            "checkout",
            tr("of {date}, {age} days old").format(date=date, age=age),
            tr("For what is new, run: git pull"),
        )
    return finding("checkout", tr("of {date}, katas and specs belong together").format(date=date))


def _promises_differ(stub: Path) -> bool:
    """Whether a docstring of a learner's file, if it can be read, is another in the solution.

    In a folder of one's own that is asked of the file as it was handed out.
    """
    handed_out = stub.parent / ".torch-katas" / "stubs" / stub.name
    stub = handed_out if handed_out.exists() else stub
    solution, theirs = _read(SOLUTIONS / stub.name), _docstrings(_read(stub))
    ours = [_docstrings(solution)]
    for name in language.languages()[1:]:
        ours.append(_docstrings(docstrings.translated(solution, name)))
    return any(
        all(each[name] != theirs[name] for each in ours) for name in ours[0] if name in theirs
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _docstrings(source: str) -> dict[str, str | None]:
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):  # pytest says what is wrong with it
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
