"""A copy of the course for learners, in which no answers lie open.

Solutions, right and wrong answers are packed into one file, which the harness reads. That keeps
them out of sight, not secret: whoever looks for them finds them.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..harness import language, markdown
from ..harness.files import catalogue
from ..harness.files.catalogue import PACK, ROOT, SPEC, Kata
from ..harness.files.stubs import stub
from ..harness.language import tr, trn
from ..harness.texts import shown
from .state import Refused

TOP = ("CHANGES.md", "LICENSE", "conftest.py", "constraints.txt")
OPEN = (".gitignore", ".vscode/settings.json")
AUTHORS = ("tests", "tools", "loopholes", "right", "wrong")  # rooms of spec/ that stay behind
FOR_INSTRUCTORS = "\n## For instructors\n"
COMMENT = b"Out of sight, not secret: the solutions and the known mistakes, for the specs to read."

DONE = """{place} holds {count}, and no answers lie open: they are packed in {pack}, out of sight,
not secret. Hand it out as it is."""
WITHOUT_MISTAKES = "The known mistakes are left out, so that none is named."
NOT_HERE = "torch-katas handout: this needs a checkout of torch-katas, not an installed package."
NOT_EMPTY = "torch-katas handout {place}: there is something already. Name a new folder."
NO_KATA = "torch-katas handout: {name} is no kata; there are: {known}"


@dataclass(frozen=True)
class Handout:
    """What is to be handed out: into a folder, or into a file whose name ends with .zip."""

    place: Path
    katas: tuple[str, ...] = ()  # all, if none is named
    mistakes: bool = True  # whether the known ones are named


def made(wanted: Handout) -> Iterator[str]:
    """Makes the copy; says what it holds."""
    _refuse(wanted)
    katas = [k for k in catalogue.katas() if k.name in wanted.katas or not wanted.katas]
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base) / wanted.place.stem
        _fill(folder, katas, wanted.mistakes)
        if wanted.place.suffix == ".zip":
            shutil.make_archive(str(wanted.place.with_suffix("")), "zip", base, folder.name)
        else:
            shutil.copytree(folder, wanted.place, dirs_exist_ok=True)
    number = len(katas)
    several = trn("{n} kata", "{n} katas", number).format(n=number)
    count = tr("one kata") if number == 1 else several
    pack = PACK.relative_to(ROOT).as_posix()
    yield tr(DONE).format(place=shown(wanted.place), count=count, pack=pack)
    if not wanted.mistakes:
        yield tr(WITHOUT_MISTAKES)


def _refuse(wanted: Handout) -> None:
    names = [kata.name for kata in catalogue.katas()]
    for name in wanted.katas:
        if name not in names:
            raise Refused(tr(NO_KATA).format(name=name, known=", ".join(names)))
    if not (ROOT / "pyproject.toml").exists() or not catalogue.IS_CHECKOUT:
        raise Refused(tr(NOT_HERE))
    place = wanted.place
    if place.is_file() or (place.is_dir() and any(place.iterdir())):
        raise Refused(tr(NOT_EMPTY).format(place=place))


def _fill(folder: Path, katas: list[Kata], mistakes: bool) -> None:
    names = {kata.name for kata in katas}
    for name in (*TOP, *OPEN):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    _copy_spec(folder / "spec", names)
    (folder / "katas").mkdir()
    for kata in katas:
        (folder / "katas" / kata.stub.name).write_text(stub(kata), encoding="utf-8")
    _pack(folder / PACK.relative_to(ROOT), katas, mistakes)
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (folder / "pyproject.toml").write_text(_without_packed(settings), encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8").partition(FOR_INSTRUCTORS)[0] + "\n"
    for name in language.languages():
        ending = "" if name == language.ENGLISH else f".{name}"
        page = markdown.translated(readme, name)
        (folder / f"README{ending}.md").write_text(page, encoding="utf-8")


def _copy_spec(target: Path, names: set[str]) -> None:
    """The specs of these katas, and the machinery."""

    def left_out(place: str, found: list[str]) -> set[str]:
        others = {n for n in found if re.match(r"k\d\d_", n) and Path(n).stem not in names}
        rooms = set(AUTHORS) & set(found) if Path(place) == SPEC else set[str]()
        return others | rooms | {name for name in found if name.startswith((".", "__pycache__"))}

    shutil.copytree(SPEC, target, ignore=left_out)


def _pack(path: Path, katas: list[Kata], mistakes: bool) -> None:
    """One file with all answers that these katas need."""
    wrong = [*(kata.wrong for kata in katas), *catalogue.EVERYWHERE]
    wanted = [kata.solution for kata in katas] + [kata.right for kata in katas]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.comment = COMMENT
        for each in wanted + (wrong if mistakes else []):
            pack.writestr(os.fspath(each.relative_to(ROOT).as_posix()), catalogue.raw(each))


def _without_packed(settings: str) -> str:
    """pyproject.toml without the packages that are packed, so that it can be installed."""
    for room in ("solutions", *AUTHORS):
        settings = settings.replace(f'    "torch_katas.{room}",\n', "")
    settings = settings.replace(', "torch_katas.solutions" = "solutions"', "")
    return settings.replace('"*.toml", "*.txt"]', '"*.toml", "*.txt", "*.zip"]')
