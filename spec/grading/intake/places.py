"""Folders and zip files alike, as trees of files that are read when they are wanted."""

import functools
import io
import os
import stat
import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ...harness.language import tr
from .names import shown

LARGEST = 1 << 20  # bytes of a kata's file
LARGEST_ZIP = 1 << 26  # bytes of a zip file within another
DEEPEST = 12  # folders and zip files within each other
FIRST_YEAR = 1980  # that a zip file can hold
MOST = 200_000  # files of one place that are looked at

TOO_LARGE = "is larger than 1 MiB"
TOO_LARGE_ZIP = "is larger than 64 MiB, in another zip file; it is needed outside of it"
A_LINK = "is a link, and links are not followed"
NO_FILE = "is no ordinary file"
ENCRYPTED = "is encrypted; it is needed without a password"
CANT_OPEN = "can't be opened ({error}); it is needed once more"
CANT_UNPACK = "can't be unpacked here; it is needed as a folder or a zip file"
TOO_DEEP = "lies too deep"
TOO_MANY = "has more than {most} files; what comes after them is not looked at"

JUNK = frozenset({"__macosx", "__pycache__", "node_modules", "thumbs.db", "desktop.ini", "venv"})
OURS = frozenset({"ledger.jsonl", "grades.json"})  # what makes a folder one of our reports
PACKED = (".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")


Opener = Callable[[], zipfile.ZipFile]


class CantRead(Exception):
    """Why a file can't be read."""


@dataclass
class Leaf:
    """A file: its name, how to read it, and its time where a zip file holds one."""

    name: str
    read: Callable[[], bytes]
    time: str = ""  # as 2026-11-30 23:59


@dataclass
class Place:
    """A folder or a zip file: what is in it, and what of it can't be read, with reasons."""

    name: str
    files: list[Leaf] = field(default_factory=list)
    places: list["Place"] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)

    def below(self, path: str = "") -> Iterator[tuple[str, Leaf]]:
        """All files in it, with their paths, those nearest to its top first."""
        waiting = deque([(path, self)])
        while waiting:
            here, place = waiting.popleft()
            yield from ((here + leaf.name, leaf) for leaf in place.files)
            waiting += [(f"{here}{inner.name}/", inner) for inner in place.places]

    def troubles(self, path: str = "") -> dict[str, str]:
        """What in it can't be read, with paths and reasons."""
        found = {path + name: why for name, why in self.problems.items()}
        for inner in self.places:
            found |= inner.troubles(f"{path}{inner.name}/")
        return found


def is_junk(name: str) -> bool:
    """Whether systems and tools leave files or folders of this name behind."""
    return name.startswith(".") or name.lower() in JUNK


def opened(folder: Path) -> Place:
    """A folder with all that is below it, or a zip file as a folder; one file is alone in one."""
    if not folder.is_dir():
        place = Place(shown(folder.stem))
        _file(folder, place, shown(folder.name), 0)
        return place.places[0] if place.places else place
    place, budget = Place(shown(folder.resolve().name)), [MOST]
    _walk(folder, place, budget, 0)
    if budget[0] <= 0:
        place.problems[place.name] = tr(TOO_MANY).format(most=MOST)
    return place


def _walk(folder: Path, place: Place, budget: list[int], depth: int) -> None:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        place.problems["."] = tr(CANT_OPEN).format(error=error.strerror)
        return
    for entry in entries:
        if is_junk(entry.name):
            continue
        budget[0] -= 1
        if budget[0] <= 0:
            return
        name = shown(entry.name)
        path = Path(entry.path)
        if entry.is_symlink():
            place.problems[name] = tr(A_LINK)
        elif entry.is_dir():
            _go_below(path, place, name, budget, depth + 1)
        elif not entry.is_file():
            place.problems[name] = tr(NO_FILE)
        else:
            _file(path, place, name, depth)


def _file(path: Path, place: Place, name: str, depth: int) -> None:
    if name.lower().endswith(".zip"):
        opener = functools.partial(zipfile.ZipFile, path)
        with _trouble(place, name), opener() as archive:
            _unpack(archive, opener, place, name, depth + 1)
    else:
        _take(place, Leaf(name, functools.partial(_content, path)))


def _go_below(path: Path, place: Place, name: str, budget: list[int], depth: int) -> None:
    if any((path / each).exists() for each in (*OURS, "pyvenv.cfg")):
        return
    if depth > DEEPEST:
        place.problems[name] = tr(TOO_DEEP)
        return
    inner = Place(name)
    place.places.append(inner)
    _walk(path, inner, budget, depth)


def _take(place: Place, leaf: Leaf) -> None:
    if leaf.name.lower().endswith(PACKED):
        place.problems[leaf.name] = tr(CANT_UNPACK)
    else:
        place.files.append(leaf)


class _trouble:
    """Whatever is wrong with a zip file is a problem of this file alone."""

    def __init__(self, place: Place, name: str) -> None:
        self.place, self.name = place, name

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        if isinstance(error, Exception):
            why = str(error) if isinstance(error, CantRead) else tr(CANT_OPEN).format(error=error)
            self.place.problems[self.name] = shown(why)
            return True
        return False


def _unpack(
    archive: zipfile.ZipFile, opener: Opener, place: Place, name: str, depth: int, outer: str = ""
) -> None:
    """Takes a zip file as a folder; nothing is unpacked to the disk, or stays in memory.

    `opener` opens it again when a file in it is wanted. A file's time is that of the outermost
    entry: a platform's own, before a person's.
    """
    if depth > DEEPEST:
        raise CantRead(tr(TOO_DEEP))
    top = Place(name[: -len(".zip")])
    entries = [(_parts(entry), entry) for entry in archive.infolist() if not entry.is_dir()]
    wanted = [pair for pair in entries if pair[0] and not any(map(is_junk, pair[0]))]
    wanted.sort(key=lambda pair: pair[0])
    for parts, entry in wanted[:MOST]:
        inner = top
        for part in parts[:-1]:
            inner = _inner(inner, part)
        leaf, time = parts[-1], outer or _time(entry)
        if stat.S_ISLNK(entry.external_attr >> 16):
            inner.problems[leaf] = tr(A_LINK)
        elif leaf.lower().endswith(".zip"):
            with _trouble(inner, leaf), _zip_in(archive, entry) as within:
                again = functools.partial(_within, opener, entry)
                _unpack(within, again, inner, leaf, depth + 1, time)
        else:
            _take(inner, Leaf(leaf, functools.partial(_leaf_in, opener, entry), time))
    if len(wanted) > MOST:
        top.problems[name] = tr(TOO_MANY).format(most=MOST)
    place.places.append(top)


def _zip_in(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(_entry(archive, entry, LARGEST_ZIP, tr(TOO_LARGE_ZIP))))


def _within(opener: Opener, entry: zipfile.ZipInfo) -> zipfile.ZipFile:
    with opener() as archive:
        return _zip_in(archive, entry)


def _leaf_in(opener: Opener, entry: zipfile.ZipInfo) -> bytes:
    try:
        with opener() as archive:
            return _entry(archive, entry, LARGEST, tr(TOO_LARGE))
    except (OSError, zipfile.BadZipFile) as error:  # it is not what it was
        raise CantRead(tr(CANT_OPEN).format(error=shown(str(error)))) from None


def _time(entry: zipfile.ZipInfo) -> str:
    """When an entry was last changed; "" for the first day of zip files, which says nothing."""
    try:
        time = datetime(*entry.date_time)
    except ValueError:  # a file can say anything
        return ""
    return "" if time.year <= FIRST_YEAR else f"{time:%Y-%m-%d %H:%M}"


def _parts(entry: zipfile.ZipInfo) -> list[str]:
    """The path of an entry, with backslashes as some systems write them, and never upwards."""
    name = entry.filename
    if not entry.flag_bits & 0x800:  # not said to be UTF-8, which it often is
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = entry.filename
    parts = name.replace("\\", "/").split("/")
    return [shown(part) for part in parts if part not in ("", ".", "..")]


def _inner(place: Place, name: str) -> Place:
    """The folder of this name, which is the last one, as entries come in their order."""
    if not place.places or place.places[-1].name != name:
        place.places.append(Place(name))
    return place.places[-1]


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, largest: int, why: str) -> bytes:
    if entry.flag_bits & 1:
        raise CantRead(tr(ENCRYPTED))
    if entry.file_size > largest:
        raise CantRead(why)
    try:
        with archive.open(entry) as file:
            content = file.read(largest + 1)
    except Exception as error:  # of zipfile, zlib, bz2, lzma and struct
        raise CantRead(tr(CANT_OPEN).format(error=shown(str(error)))) from None
    if len(content) > largest:
        raise CantRead(why)
    return content


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise CantRead(tr(TOO_LARGE))
        return path.read_bytes()
    except OSError as error:
        raise CantRead(tr(CANT_OPEN).format(error=error.strerror)) from None
