"""It says what is there, a line for each thing, and what to do."""

from __future__ import annotations

import contextlib
import subprocess
import sys

from .. import typed
from ..language import tr
from . import checkout, desk, packages, python
from .finding import IS_CHECKOUT, ROOT, Finding

TO_DO = "To do, in the folder {folder}:"
WELL = "Nothing is to be done. Run: {command}"


def main() -> int:
    """Prints what was found and what to do; the exit code is 1 where something is to be done."""
    if python.is_bare() and python.own().exists():
        with contextlib.suppress(OSError):
            command = [str(python.own()), "-m", __package__, *sys.argv[1:]]
            return subprocess.run(command, cwd=str(ROOT)).returncode
    findings = found()
    for finding in findings:
        say(str(finding))
    say("")
    steps = list(dict.fromkeys(step for finding in findings for step in finding.do))
    if not steps:
        words = "-m pytest katas/" if IS_CHECKOUT else "-m pytest"
        say(tr(WELL).format(command=f"{typed.interpreter(ROOT)} {words}"))
        return 0
    say(tr(TO_DO).format(folder=ROOT))
    for step in steps:
        say(f"- {step}")
    return 1


def found() -> list[Finding]:
    """All findings; where Python itself will not do, not those that need it."""
    first = python.python()
    inside = []
    if not first.do or first.do == (python.make(),):
        probed = packages.probe()
        inside = [packages.torch(probed), packages.packages(), packages.accelerator(probed)]
    return [first, *inside, desk.terminal(), desk.disk(), desk.editor(), checkout.checkout()]


def say(line: str) -> None:
    """Prints a line; what the console has no letters for is escaped."""
    encoding = sys.stdout.encoding or "utf-8"
    print(line.encode(encoding, "backslashreplace").decode(encoding))


if __name__ == "__main__":
    sys.exit(main())
