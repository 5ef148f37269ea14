"""Runs pytest within a test, and gives back what a person would see."""

import contextlib
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from spec.harness.catalogue import ROOT


@dataclass
class Run:
    """One run of pytest: its exit code and everything that it printed."""

    status: int
    output: str

    @property
    def summary(self) -> str:
        """What follows the progress lines, with times and colours taken out."""
        text = re.sub(r"\x1b\[[0-9;]*m", "", self.output)
        _, _, text = text.partition("\n\n")
        _, _, text = text.partition("\n\n")
        text = re.sub(r"=+ (.*) in [0-9.]+s( \([0-9:]+\))? =+", r"\1", text)
        return "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"


def run(folder: Path, *arguments: str, plugins: list[object] | None = None) -> Run:
    """Runs pytest in this folder within the process, with the repository's own settings."""
    output = io.StringIO()
    fixed = ["-c", str(ROOT / "pyproject.toml"), f"--rootdir={folder}", "-p", "no:cacheprovider"]
    fixed += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # the harness is imported already
    with _inside(folder), contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        status = pytest.main([*fixed, "-p", "spec.harness.plugin", *arguments], plugins)
    return Run(int(status), output.getvalue())


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before, columns = Path.cwd(), os.environ.get("COLUMNS")
    os.chdir(folder)
    os.environ["COLUMNS"] = "80"
    try:
        yield
    finally:
        os.chdir(before)
        if columns is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = columns
