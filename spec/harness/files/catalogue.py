"""A kata's name and where its files are: the only module that knows the layout.

A kata is one name in six places, in a seventh if its spec had loopholes to close, and in an eighth
if there is something to see. The list of katas is the list of spec/k??_*.py.
"""

import functools
import zipfile
from dataclasses import dataclass
from pathlib import Path

PACKAGE = __name__.partition(".")[0]  # spec in a checkout, torch_katas where it is installed
SPEC = Path(__file__).resolve().parents[2]
ROOT = SPEC.parent  # from where it is imported
IS_CHECKOUT = SPEC.name == "spec"
_HOUSE = ROOT if IS_CHECKOUT else SPEC
KATAS = _HOUSE / "katas"
SOLUTIONS = _HOUSE / "solutions"
PACK = SPEC / "answers.zip"  # where a handout has its solutions, right and wrong answers


@functools.cache
def packed() -> dict[Path, bytes]:
    """The answers of a handout, by the paths that they have in a checkout."""
    if not PACK.exists():
        return {}
    with zipfile.ZipFile(PACK) as pack:
        return {ROOT / name: pack.read(name) for name in pack.namelist()}


def raw(path: Path) -> bytes:
    """What is in a file, of ours or of a learner's, be it packed."""
    return packed()[path] if path in packed() else path.read_bytes()


def is_there(path: Path) -> bool:
    """Whether a file of ours can be read, open or packed."""
    return path in packed() or path.exists()


def _everywhere() -> list[Path]:
    folder = SPEC / "wrong"
    found = [*folder.glob("everywhere*.py"), *(p for p in packed() if p.parent == folder)]
    return sorted(path for path in found if path.name.startswith("everywhere"))


EVERYWHERE = tuple(_everywhere())  # mistakes of any function


@dataclass(frozen=True)
class Kata:
    """One kata: its name, and the paths that follow from it."""

    name: str

    @property
    def stub(self) -> Path:
        """The file that a learner edits."""
        return KATAS / f"{self.name}.py"

    @property
    def solution(self) -> Path:
        """The reference answer."""
        return SOLUTIONS / f"{self.name}.py"

    @property
    def spec(self) -> Path:
        """What any right answer does."""
        return SPEC / f"{self.name}.py"

    @property
    def wrong(self) -> Path:
        """The mistakes that people make, which the spec must reject and a learner is told of."""
        return SPEC / "wrong" / f"{self.name}.py"

    @property
    def loopholes(self) -> Path:
        """Answers that nobody would write, which the spec must reject too; a kata may have none."""
        return SPEC / "loopholes" / f"{self.name}.py"

    @property
    def right(self) -> Path:
        """Other right answers that the spec must accept."""
        return SPEC / "right" / f"{self.name}.py"

    @property
    def plots(self) -> Path:
        """What can be drawn with it, where there is something to draw."""
        return SPEC / "plots" / f"{self.name}.py"

    @property
    def hints(self) -> Path:
        """Hints, from a nudge to nearly the answer."""
        return SPEC / "hints" / f"{self.name}.md"


@functools.cache
def katas() -> tuple[Kata, ...]:
    """All katas, in the order of the lecture."""
    return tuple(Kata(path.stem) for path in sorted(SPEC.glob("k??_*.py")))


def find(name: str) -> Kata | None:
    """The kata of this name, if there is one."""
    return next((kata for kata in katas() if kata.name == name), None)


def named(name: str) -> Kata:
    """The kata of this name, which is known to be one."""
    return {kata.name: kata for kata in katas()}[name]


def kata_of(path: Path) -> Kata | None:
    """The kata that this file is an answer to; the spec's own files are none."""
    return None if path.suffix != ".py" or is_ours(path) else find(path.stem)


def is_ours(path: Path) -> bool:
    """Whether a file belongs to the specs and their machinery."""
    return path.resolve().is_relative_to(SPEC)


def answers_kata(path: Path) -> Kata | None:
    """The kata whose wrong or right answers, or loopholes, this file holds."""
    kata = find(path.stem)
    holders = (kata.wrong, kata.loopholes, kata.right) if kata else ()
    return kata if path.resolve() in holders else None
