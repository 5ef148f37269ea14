"""`torch-katas update`: a folder gets the course as it is now, and loses no line of the learner's.

All is planned first. What is done then is done kata by kata, each deed whole or not at all, in an
order that leaves nothing unkept at any moment: the copy of what can't be carried, the file, and
last the memory of what was handed out. Interrupted, it can be repeated, and ends the same.
"""

import io
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ..harness.files.stubs import names_beside
from ..harness.language import tr
from . import disk, state
from .carrying import Carried, carried, plain
from .disk import Deed
from .folder import OURS, templates
from .left import Left, Why
from .moving import successor
from .state import Kept, Memory, Refused

NO_FOLDER = "{folder}: there is no such folder."
NO_KATAS = "{folder} holds no katas. `torch-katas init {folder}` makes a folder that does."
STOPPED = "{folder}: {why}. What has been done is whole. Mend that, and update again."
NEWER = "{folder} was updated by a newer torch-katas than this. Update torch-katas itself first."


@dataclass(frozen=True)
class Report:
    """What became of the files of a folder, by name; with dry_run, what would become of them."""

    folder: Path
    dry_run: bool
    added: tuple[str, ...]
    refreshed: tuple[str, ...]  # which the learner had not touched
    carried: tuple[str, ...]  # the learner's code in the new course's text
    moved: tuple[tuple[str, str], ...]  # katas that have another name now
    kept: tuple[Kept, ...]  # what there is to tell, and where copies are
    unchanged: tuple[str, ...]


@dataclass
class _Step:
    """What is to be done for one file, and what it was when that was planned."""

    name: str
    fate: str  # the field of the report
    deeds: list[Deed] = field(default_factory=list)
    seen: dict[Path, bytes | None] = field(default_factory=dict)
    kept: Kept | None = None
    moved: tuple[str, str] | None = None


def update(folder: Path, dry_run: bool = False, course: dict[str, str] | None = None) -> Report:
    """Brings a folder up to the course, or only says what that would do.

    It raises Refused, in words, where that can't be.
    """
    stubs = state.course() if course is None else course
    _look(folder)
    try:
        memory = Memory(folder)
        steps = list(_plan(memory, stubs))
        told = _told(memory.told, steps)
        if not dry_run:
            told += _carry_out(folder, steps, told)
    except OSError as error:
        raise Refused(tr(STOPPED).format(folder=folder, why=error.strerror)) from None

    def named(fate: str) -> tuple[str, ...]:
        return tuple(step.name for step in steps if step.fate == fate)

    return Report(
        folder,
        dry_run,
        named("added"),
        named("refreshed"),
        named("carried"),
        tuple(step.moved for step in steps if step.moved),
        tuple(told),
        named("unchanged"),
    )


def _look(folder: Path) -> None:
    if not folder.is_dir():
        raise Refused(tr(NO_FOLDER).format(folder=folder))
    if state.is_forbidden(folder):
        raise Refused(tr(OURS).format(folder=folder))
    if state.version(folder) > state.VERSION:
        raise Refused(tr(NEWER).format(folder=folder))
    if not _files(folder) and not (folder / state.HIDDEN).is_dir():
        raise Refused(tr(NO_KATAS).format(folder=folder))


def _files(folder: Path) -> list[Path]:
    """The files that look like katas, of this course or of an older one."""
    return sorted(path for path in folder.glob("k[0-9][0-9]_*.py") if path.is_file())


def _told(before: list[Kept], steps: list[_Step]) -> list[Kept]:
    """What there is to tell, also of an update before this one that came to no end."""
    names = {each.name for each in before}
    new = [
        step.kept
        for step in steps
        if step.kept and step.kept not in before
        if step.fate != "unchanged" or step.name not in names
    ]
    return before + new


def _carry_out(folder: Path, steps: list[_Step], told: list[Kept]) -> list[Kept]:
    """Does what is planned, but for files that were saved meanwhile, which it names."""
    busy = []
    deeds = [deed for step in steps for deed in step.deeds]
    if any(disk.read(deed.path) != deed.content for deed in deeds):
        disk.do(state.note(folder, told, deeds))
    for step in steps:
        if all(disk.read(path) == raw for path, raw in step.seen.items()):
            disk.do(step.deeds)
        else:
            step.fate = "kept"
            busy.append(Kept(step.name, (Left("", Why.BUSY, "", ""),)))
    disk.do([state.versioned(folder)])
    disk.sweep(state.folders(folder))
    disk.do([state.forget(folder)])
    return busy


def _plan(memory: Memory, course: dict[str, str]) -> Iterator[_Step]:
    """A step for each kata, and for what is handed out beside them."""
    folder = memory.folder
    arrived: dict[str, _Step] = {}
    for path in _files(folder):
        if path.stem not in course:
            step = _guarded(path, partial(_of_another_name, memory, path, course))
            if step is not None and step.moved:
                yield from _meeting(arrived, step)
            elif step is not None:
                yield step
    for name, new in course.items():
        path = folder / f"{name}.py"
        step = arrived.get(name) or _guarded(path, partial(_of_kata, memory, path, new))
        assert step is not None
        yield step
    yield _Step("", "", _forgotten(folder, course))
    for name, text in templates().items():
        raw, base = disk.read(folder / name), memory.handed_out(name)
        if raw is not None and base is not None and plain(_text(raw) or "") == base != text:
            deeds = _handing_out(folder, name, text, text)
            yield _Step(name, "refreshed", deeds, {folder / name: raw})


def _meeting(arrived: dict[str, _Step], step: _Step) -> Iterator[_Step]:
    """Of two files that have become one kata, the one that was written in; if both were, the first.

    A file that nobody wrote in may go; any other stays, and that is told.
    """
    other = arrived.setdefault(step.name, step)
    if other is step:
        return
    first, second = (step, other) if other.fate == "refreshed" else (other, step)
    arrived[step.name] = first
    assert second.moved
    if second.fate == "refreshed":
        first.deeds += [deed for deed in second.deeds if deed.content is None]
    else:
        left = Left(step.name, Why.TWO, "", "")
        yield _Step(second.moved[0], "kept", kept=Kept(second.moved[0], (left,)))


def _text(raw: bytes) -> str | None:
    """A file's text, with its mark and its ends of lines; None where it has none."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
        return raw.decode("utf-8" if encoding == "utf-8-sig" else encoding)
    except (SyntaxError, ValueError, LookupError):
        return None


def _handing_out(folder: Path, name: str, text: str, new: str) -> list[Deed]:
    """The file, then the memory of what was handed out."""
    return [Deed(folder / name, text.encode()), Deed(state.mirror(folder, name), new.encode())]


def _guarded(path: Path, planned: Callable[[], _Step | None]) -> _Step | None:
    """The step for a file, or that it can't be read."""
    try:
        return planned()
    except OSError as error:
        left = Left("", Why.UNREADABLE, error.strerror or type(error).__name__, "")
        return _Step(path.stem, "kept", kept=Kept(path.stem, (left,)))


def _forgotten(folder: Path, course: dict[str, str]) -> list[Deed]:
    """The memory of files goes that neither the folder nor the course has any more."""
    memories = state.mirror(folder, "").glob("k[0-9][0-9]_*.py")
    names = [path.name for path in memories if path.stem not in course]
    gone = [name for name in names if not (folder / name).exists()]
    return [Deed(state.mirror(folder, name), None) for name in gone]


def _of_kata(memory: Memory, path: Path, new: str) -> _Step:
    name, folder, raw = path.stem, memory.folder, disk.read(path)
    if raw is None:
        return _Step(name, "added", _handing_out(folder, path.name, new, new), {path: None})
    base, mine = memory.handed_out(path.name), _text(raw)
    step = _Step(name, "carried", seen={path: raw})
    if mine is None:
        result = Carried("", left=(Left("", Why.BROKEN, "", new),), whole=False)
    else:
        result = carried(base, mine, new)
    if not result.whole:
        _put_beside(folder, path, new, result, step)
        return step
    if plain(result.text) == plain(mine or ""):
        step.fate = "unchanged"
        step.deeds = [Deed(state.mirror(folder, path.name), new.encode())]
        step.kept = Kept(name, result.left) if result.left else None
    else:
        step.fate = "refreshed" if plain(result.text) == new and not result.left else "carried"
        _carry(folder, path, path, raw, new, result, step)
    step.deeds += _cleared(folder, path)
    return step


def _carry(
    folder: Path, source: Path, target: Path, raw: bytes, new: str, result: Carried, step: _Step
) -> None:
    """A copy of what is lost, then the file, then what was handed out."""
    if result.lost:
        copy = next(p for p in names_beside(source) if disk.read(p) in (None, raw))
        step.deeds.append(Deed(copy, raw))
        step.kept = Kept(step.name, result.left, copy)
    elif result.left:
        step.kept = Kept(step.name, result.left)
    step.deeds += _handing_out(folder, target.name, result.text, new)


def _put_beside(folder: Path, path: Path, new: str, result: Carried, step: _Step) -> None:
    """A file that can't be carried stays, and the new stub is put beside it."""
    step.fate = "kept"
    fresh = {new.encode(), None}
    beside = next(
        p
        for p in names_beside(path, "new")
        if disk.read(p) in fresh | {disk.read(state.mirror(folder, p.name))}
    )
    step.deeds = _handing_out(folder, beside.name, new, new)
    step.kept = Kept(step.name, result.left, beside=beside)


def _cleared(folder: Path, path: Path) -> list[Deed]:
    """A stub that an earlier update put beside a file goes, unless the learner wrote into it."""
    deeds = []
    for beside in names_beside(path, "new"):
        memory = state.mirror(folder, beside.name)
        raw, known = disk.read(beside), disk.read(memory)
        if raw is None and known is None:
            break
        if raw in (None, known):
            deeds += [Deed(beside, None), Deed(memory, None)]
    return deeds


def _of_another_name(memory: Memory, path: Path, course: dict[str, str]) -> _Step | None:
    """A kata that the course has under another name now, or has no more."""
    folder, raw, base = memory.folder, path.read_bytes(), memory.handed_out(path.name)
    mine = _text(raw)
    name = successor(path.stem, base or mine or "", course)
    if name is None:
        gone = Kept(path.stem, (Left("", Why.NO_KATA, "", ""),))
        return None if base is None else _Step(path.stem, "kept", kept=gone)
    new, target = course[name], folder / f"{name}.py"
    there = disk.read(target)
    result = carried(base, mine, new) if mine is not None else Carried("", whole=False)
    done = there is not None and plain(_text(there) or "") == plain(result.text)
    if base is None and not done and there is not None:
        return None  # a copy of the learner's own, under a name of theirs
    fine = (new, memory.handed_out(target.name), plain(result.text))
    if not result.whole or not (there is None or plain(_text(there) or "") in fine):
        why = Why.TWO if result.whole else Why.BROKEN
        return _Step(path.stem, "kept", kept=Kept(path.stem, (Left(name, why, "", new),)))
    fate = "refreshed" if mine is not None and plain(mine) == base else "carried"
    step = _Step(name, fate, seen={path: raw, target: there}, moved=(path.stem, name))
    _carry(folder, path, target, raw, new, result, step)
    step.deeds += [Deed(path, None), Deed(state.mirror(folder, path.name), None)]
    return step
