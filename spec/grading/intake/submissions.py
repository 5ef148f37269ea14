"""Who handed in what: folders, zip files or single files, with katas taken by name alone."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from ...harness.language import tr
from . import gradescope, places
from .gradescope import METADATA, Exported, Submitter
from .names import (
    MOODLE,
    NO_KATA,
    NOBODY,
    Owner,
    guess,
    owner_of,
    shown,
    taken_apart,
)
from .places import CantRead, Leaf, Place

PROJECT = frozenset({"katas", "solutions", "spec"})
# Folders of one person, and none of people.
GENERIC = re.compile(
    r"(old|new|backups?|cop(y|ies)|final|drafts?|src|code|tests?|wrong|right|katas|solutions|spec"
    r"|(v|version|try|attempt|hw|homework|task|week|lab|day|lecture|part|k)[ _-]?\d*)",
    re.I,
)

TWICE = "comes twice; {other} counts"
EMPTY = "is empty"
PATIENCE = 50  # files of a person that can't be read, before no more are tried
NOT_TRIED = "is not tried, after {number} files that can't be read"
GUESSED = 1000  # files of a person that are thought about; nobody reads of more
HANDOUT = "lies beside the folders of people, and so is nobody's; put it into one of them"


@dataclass
class Submission:
    """What one person handed in."""

    person: str
    files: dict[str, bytes] = field(default_factory=dict)  # a kata's name, its source
    ignored: dict[str, str] = field(default_factory=dict)  # a path, why
    submitters: list[Submitter] = field(default_factory=list)
    time: str = ""  # of handing in, as 2026-11-30 23:59, where a name or a zip file holds it
    late: bool = False
    failed: int = 0  # files that could not be read

    def take(self, path: str, leaf: Leaf, kata: str, taken: dict[str, str]) -> None:
        """Takes a file as a kata, if it is the first."""
        if kata in taken:
            self.ignored[path] = tr(TWICE).format(other=taken[kata])
            return
        if self.failed >= PATIENCE:
            self.ignored[path] = tr(NOT_TRIED).format(number=PATIENCE)
            return
        try:
            self.files[kata] = leaf.read()
            taken[kata] = path
            self.time = max(self.time, leaf.time)
        except CantRead as error:
            self.failed += 1
            self.ignored[path] = str(error)


@dataclass
class Intake:
    """All that was handed in."""

    people: list[Submission] = field(default_factory=list)
    strays: dict[str, str] = field(default_factory=dict)  # what is nobody's, and why
    names: Counter[str] = field(default_factory=Counter)  # of people, and how often


def alone(folder: Path) -> Submission:
    """The whole folder as one person's."""
    return _submission(places.opened(folder), Owner(shown(folder.resolve().name)))


def find(folder: Path) -> Intake:
    """All submissions in a folder, in the order of their names."""
    place = places.opened(folder)
    intake = Intake(strays=dict(place.problems))
    if _is_one_person(place):
        intake.strays.clear()
        intake.people.append(_submission(place, Owner(place.name)))
        return intake
    _take_people(place, intake, gradescope.export(place))
    intake.people.sort(key=lambda submission: submission.person)
    return intake


def _is_one_person(place: Place) -> bool:
    """Whether katas lie here as one person has them, and not people's folders beside them."""
    plain = _plain(place)
    if _is_project(place):
        return True
    inner = [each for each in place.places if _katas(each)]
    return bool(plain) and all(GENERIC.fullmatch(each.name) for each in inner)


@dataclass
class _Pile:
    """What lies in several places, and is one person's by its names."""

    place: Place
    owners: list[Owner] = field(default_factory=list)

    def owner(self) -> Owner:
        """The person, with the last time and whether anything was late."""
        time, late = max(o.time for o in self.owners), any(o.late for o in self.owners)
        return replace(self.owners[0], time=time, late=late)


def _take_people(
    place: Place, intake: Intake, exported: dict[str, Exported], above: str = ""
) -> None:
    """Takes each folder of a place as a person, or as several, and each file by its name."""
    piles: dict[str, _Pile] = {}

    def pile(owner: Owner) -> Place:
        found = piles.setdefault(owner.key, _Pile(Place(owner.person)))
        found.owners.append(owner)
        return found.place

    for name, why in place.problems.items():
        if name.lower().endswith((".zip", *places.PACKED)):
            intake.strays.pop(above + name, None)
            pile(owner_of(name.partition(".")[0])).problems[name] = why
    for leaf, owner in _owned(place):
        if owner == NOBODY:
            intake.strays[above + leaf.name] = tr(HANDOUT)
        elif owner is not None:
            pile(owner).files.append(leaf)
        elif leaf.name != METADATA:
            intake.strays[above + leaf.name] = guess(leaf.name)
    # A person may hand in metadata too, but whoever downloads exports puts nothing beside them.
    believed = all(map(gradescope.is_export, place.places))
    for inner in place.places:
        owner = owner_of(inner.name)
        if _are_several(inner):
            path = f"{above}{inner.name}/"
            intake.strays |= {path + name: why for name, why in inner.problems.items()}
            told = gradescope.export(inner) if believed else {}
            _take_people(inner, intake, exported | told, path)
        elif not (any(inner.below()) or inner.troubles()):
            intake.strays[f"{above}{inner.name}/"] = tr(EMPTY)
        elif inner.name in exported:
            intake.people.append(_exported(inner, exported[inner.name], intake))
        elif owner.ids:
            pile(owner).places.append(inner)
        else:
            intake.people.append(_submission(inner, owner, intake))
    for each in piles.values():
        intake.people.append(_submission(each.place, each.owner(), intake))


def _owned(place: Place) -> Iterator[tuple[Leaf, Owner | None]]:
    """The files right here, and whose they are: None where a name does not say.

    Beside katas with a platform's names, such a name says whose any other file is, too.
    """
    named = [(leaf, taken_apart(leaf.name)) for leaf in place.files]
    platform = any(each and each.owner.ids for _, each in named)
    for leaf, each in named:
        sender = owner_of(leaf.name)
        sure = sender.ids and (platform or MOODLE.fullmatch(leaf.name))
        yield leaf, each.owner if each else sender if sure else None


def _exported(place: Place, known: Exported, intake: Intake) -> Submission:
    """A folder of Gradescope's export, by those whom the metadata name."""
    person = ", ".join(each.name for each in known.submitters)
    submission = _submission(place, Owner(person), intake)
    submission.submitters = list(known.submitters)
    submission.time = known.time or submission.time
    return submission


def _are_several(place: Place) -> bool:
    """Whether a folder holds several people: siblings with the same kata, or files with names."""
    if _is_project(place) or _plain(place):
        return False
    named = [each for leaf in place.files if (each := taken_apart(leaf.name))]
    keys = {each.owner.key for each in named if each.owner != NOBODY}
    inner = [each for each in place.places if not GENERIC.fullmatch(each.name)]
    held = [kata for each in inner for kata in _katas(each)]
    shared = len(held) > len(set(held))
    exported = gradescope.is_export(place)
    exported |= any(MOODLE.fullmatch(each.name) for each in place.places)
    return len(keys) > 1 or shared or exported or any(_are_several(each) for each in inner)


def _submission(place: Place, owner: Owner, intake: Intake | None = None) -> Submission:
    """All katas in a place, those nearest to its top first, a plain name before a copy's."""
    person = owner.person if intake is None else _unused(owner.person, intake)
    submission = Submission(person, submitters=[Submitter(owner.person, owner.ids)])
    taken: dict[str, str] = {}
    submission.ignored |= place.troubles()
    files = [(path, leaf, taken_apart(leaf.name)) for path, leaf in place.below()]
    own = [path for path, _, named in files if named and "katas" in path.split("/")[:-1]]
    written = {named.kata for path, _, named in files if named and not _is_earned(path)}
    for path, leaf, named in sorted(files, key=lambda e: bool(e[2] and e[2].is_copy)):
        folders = set(path.split("/")[:-1])
        if named is not None and own and not folders & {"katas"} and folders & PROJECT:
            continue  # the project's own files beside a person's
        if named is not None and named.kata in written and _is_earned(path):
            continue  # what appeared in a folder of one's own
        if named is None:
            if not own:
                known = len(submission.ignored) < GUESSED
                submission.ignored[path] = guess(path) if known else tr(NO_KATA)
        else:
            submission.take(path, leaf, named.kata, taken)
    submission.time, submission.late = owner.time or submission.time, owner.late
    return submission


def _is_earned(path: str) -> bool:
    return "solutions" in path.split("/")[:-1]


def _is_project(place: Place) -> bool:
    """Whether this is a copy of the whole project."""
    names = {each.name for each in place.places}
    return ("katas" in names and bool(names & (PROJECT - {"katas"}))) or names == {"katas"}


def _plain(place: Place) -> list[Leaf]:
    """Katas that lie right here, and whose names say nothing of a person."""
    return [leaf for leaf in place.files if (n := taken_apart(leaf.name)) and n.owner == NOBODY]


def _katas(place: Place) -> set[str]:
    return {named.kata for _, leaf in place.below() if (named := taken_apart(leaf.name))}


def _unused(person: str, intake: Intake) -> str:
    """The name, with a number for all but the first of this name."""
    intake.names[person] += 1
    number = intake.names[person]
    return person if number == 1 else _unused(f"{person} ({number})", intake)
