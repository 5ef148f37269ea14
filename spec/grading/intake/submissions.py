"""Who handed in what: folders, zip files or single files, with katas taken by name alone."""

import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from spec.harness.files import catalogue

LARGEST = 1 << 20  # bytes of a kata's file
MOST = 20_000  # entries of a folder or a zip file that are looked at
SINGLE = re.compile(r"(?P<person>.+)__(?P<kata>k\d\d_\w+)\.py")

TOO_LARGE = "is larger than 1 MiB"
A_LINK = "is a link"
NO_KATA = "is no kata"
TWICE = "comes twice; another one counts"


@dataclass
class Submission:
    """What one person handed in."""

    person: str
    files: dict[str, str] = field(default_factory=dict)  # a kata's name, its source
    ignored: dict[str, str] = field(default_factory=dict)  # a path, why

    def take(self, path: str, content: bytes) -> None:
        """Takes a file whose name is a kata's."""
        name = PurePosixPath(path).stem
        if name in self.files:
            self.ignored[path] = TWICE
            return
        try:
            self.files[name] = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.ignored[path] = "is no UTF-8 text"


def find(place: Path) -> list[Submission]:
    """All submissions in a folder, in the order of their names."""
    katas = {f"{kata.name}.py" for kata in catalogue.katas()}
    entries = sorted(place.iterdir(), key=lambda path: path.name)
    if any(path.name in katas for path in entries):
        return [from_folder(place, person=place.resolve().name)]
    found: dict[str, Submission] = {}
    for path in entries:
        single = SINGLE.fullmatch(path.name)
        if path.is_symlink():
            continue
        if single and f"{single['kata']}.py" in katas:
            person = shown(single["person"])
            submission = found.setdefault(person, Submission(person))
            _take_file(submission, path, f"{single['kata']}.py")
        elif path.is_dir() or path.suffix == ".zip":
            person = _unused(shown(path.name.removesuffix(".zip")), found)
            found[person] = from_folder(path, person) if path.is_dir() else from_zip(path, person)
    return [found[person] for person in sorted(found)]


def from_folder(folder: Path, person: str) -> Submission:
    """A folder's katas, those nearest to its top first; links are not followed."""
    submission = Submission(person)
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            submission.ignored[name] = A_LINK
        elif catalogue.find(path.stem) and path.suffix == ".py":
            _take_file(submission, path, name)
        else:
            submission.ignored[name] = NO_KATA
    return submission


def from_zip(path: Path, person: str) -> Submission:
    """A zip file's katas, read entry by entry; nothing is unpacked to the disk."""
    submission = Submission(person)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()][:MOST]
            for entry in sorted(entries, key=lambda e: (e.filename.count("/"), e.filename)):
                _take_entry(submission, archive, entry)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        submission.ignored[path.name] = f"can't be read: {error}"
    return submission


def shown(name: str) -> str:
    """A name as it can be printed: composed, and without characters that steer a terminal."""
    plain = unicodedata.normalize("NFC", name)
    kept = "".join(c if c.isprintable() and unicodedata.category(c) != "Cf" else "_" for c in plain)
    return kept.strip() or "_"


def _files(folder: Path) -> Iterator[Path]:
    """Files and links below a folder, upper ones first, as many as anybody hands in."""
    waiting, seen = [folder], 0
    while waiting:
        below: list[Path] = []
        for place in waiting:
            for path in sorted(place.iterdir()):
                seen += 1
                if seen > MOST:
                    return
                if path.is_dir() and not path.is_symlink():
                    below.append(path)
                else:
                    yield path
        waiting = below


def _take_file(submission: Submission, path: Path, name: str) -> None:
    facts = path.lstat()
    if not stat.S_ISREG(facts.st_mode):
        submission.ignored[path.name] = "is no ordinary file"
    elif facts.st_size > LARGEST:
        submission.ignored[path.name] = TOO_LARGE
    else:
        submission.take(name, path.read_bytes())


def _take_entry(submission: Submission, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    name = shown(entry.filename)
    kata = PurePosixPath(entry.filename)
    if stat.S_ISLNK(entry.external_attr >> 16):
        submission.ignored[name] = A_LINK
    elif kata.suffix != ".py" or not catalogue.find(kata.stem):
        submission.ignored[name] = NO_KATA
    elif entry.flag_bits & 1:
        submission.ignored[name] = "is encrypted"
    elif entry.file_size > LARGEST:
        submission.ignored[name] = TOO_LARGE
    else:
        with archive.open(entry) as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            submission.ignored[name] = TOO_LARGE
        else:
            submission.take(kata.name, content)


def _unused(person: str, found: dict[str, Submission]) -> str:
    number, name = 2, person
    while name in found:
        name, number = f"{person} ({number})", number + 1
    return name
