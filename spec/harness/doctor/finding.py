"""What is found, a line for each thing, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..language import tr

# What findings are about, in a word of 12 letters at most.
ABOUTS = (
    *("accelerator", "checkout", "disk", "editor", "katas", "packages", "python", "terminal"),
    "torch",
)
_SPEC = Path(__file__).resolve().parents[2]
IS_CHECKOUT = _SPEC.name == "spec"
ROOT = _SPEC.parent if IS_CHECKOUT else Path.cwd()  # the folder that is looked at
KATAS = ROOT / "katas" if IS_CHECKOUT else ROOT
SOLUTIONS = (ROOT if IS_CHECKOUT else _SPEC) / "solutions"


@dataclass
class Finding:
    """What it is about, how it is, and what to do in this order, if something is to be done."""

    about: str
    said: str
    do: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{tr(self.about):<12} {self.said}"


def finding(about: str, said: str, *do: str) -> Finding:
    """A finding, and what to do about it."""
    return Finding(about, said, do)
