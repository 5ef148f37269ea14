"""Who handed in what: folders, zip files or single files, with katas taken by name alone."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from spec.grading.intake import places
from spec.grading.intake.names import MOODLE, guess, person_of, shown, taken_apart
from spec.grading.intake.places import CantRead, Leaf, Place

PROJECT = frozenset({"katas", "solutions", "spec"})
# Folders of one person, and none of people.
GENERIC = re.compile(
    r"(old|new|backups?|cop(y|ies)|final|drafts?|src|code|tests?|wrong|right|katas|solutions|spec"
    r"|(v|version|try|attempt|hw|homework|task|week|lab|day|lecture|part|k)[ _-]?\d*)",
    re.I,
)

TWICE = "comes twice; {other} counts"
HANDOUT = "lies beside the folders of people, and so is nobody's; put it into one of them"
METADATA = "submission_metadata.yml"  # of Gradescope's export


@dataclass
class Submission:
    """What one person handed in."""

    person: str
    files: dict[str, bytes] = field(default_factory=dict)  # a kata's name, its source
    ignored: dict[str, str] = field(default_factory=dict)  # a path, why

    def take(self, path: str, leaf: Leaf, kata: str, taken: dict[str, str]) -> None:
        """Takes a file as a kata, if it is the first."""
        if kata in taken:
            self.ignored[path] = TWICE.format(other=taken[kata])
            return
        try:
            self.files[kata] = leaf.read()
            taken[kata] = path
        except CantRead as error:
            self.ignored[path] = str(error)


@dataclass
class Intake:
    """All that was handed in."""

    people: list[Submission] = field(default_factory=list)
    strays: dict[str, str] = field(default_factory=dict)  # what is nobody's, and why


def alone(folder: Path) -> Submission:
    """The whole folder as one person's."""
    return _submission(places.opened(folder), shown(folder.resolve().name))


def find(folder: Path) -> Intake:
    """All submissions in a folder, in the order of their names."""
    place = places.opened(folder)
    intake = Intake(strays=dict(place.problems))
    if _is_one_person(place):
        intake.strays.clear()
        intake.people.append(_submission(place, place.name))
        return intake
    _take_people(place, intake, _gradescope_names(place))
    intake.people.sort(key=lambda submission: submission.person)
    return intake


def _is_one_person(place: Place) -> bool:
    """Whether katas lie here as one person has them, and not people's folders beside them."""
    plain = _plain(place)
    if _is_project(place):
        return True
    inner = [each for each in place.places if _katas(each)]
    return bool(plain) and all(GENERIC.fullmatch(each.name) for each in inner)


def _take_people(place: Place, intake: Intake, names: dict[str, str], above: str = "") -> None:
    """Takes each folder of a place as a person, or as several, and each file by its name."""
    for name, why in place.problems.items():
        if name.lower().endswith((".zip", *places.PACKED)):
            intake.strays.pop(above + name, None)
            person = _unused(person_of(name.partition(".")[0])[0], intake)
            intake.people.append(Submission(person, ignored={name: why}))
    by_key: dict[str, Place] = {}
    for leaf in place.files:
        named = taken_apart(leaf.name)
        if named is None:
            if leaf.name != METADATA:
                intake.strays[above + leaf.name] = guess(leaf.name)
        elif not named.person:
            intake.strays[above + leaf.name] = HANDOUT
        else:
            by_key.setdefault(named.key, Place(named.person)).files.append(leaf)
    for own in by_key.values():
        intake.people.append(_submission(own, _unused(own.name, intake)))
    for inner in place.places:
        if _are_several(inner):
            path = f"{above}{inner.name}/"
            intake.strays |= {path + name: why for name, why in inner.problems.items()}
            _take_people(inner, intake, names | _gradescope_names(inner), path)
        elif any(inner.below()) or inner.troubles():
            person, _ = person_of(inner.name)
            person = names.get(inner.name, person)
            intake.people.append(_submission(inner, _unused(person, intake)))


def _are_several(place: Place) -> bool:
    """Whether a folder holds several people: siblings with the same kata, or files with names."""
    if _is_project(place) or _plain(place):
        return False
    keys = {named.key for leaf in place.files if (named := taken_apart(leaf.name)) and named.key}
    inner = [each for each in place.places if not GENERIC.fullmatch(each.name)]
    held = [_katas(each) for each in inner]
    shared = any(one & other for i, one in enumerate(held) for other in held[:i])
    exported = any(each.name == METADATA for each in place.files)
    exported |= any(MOODLE.fullmatch(each.name) for each in place.places)
    return len(keys) > 1 or shared or exported or any(_are_several(each) for each in inner)


def _submission(place: Place, person: str) -> Submission:
    """All katas in a place, those nearest to its top first, a plain name before a copy's."""
    submission = Submission(person)
    taken: dict[str, str] = {}
    submission.ignored |= place.troubles()
    files = [(path, leaf, taken_apart(leaf.name)) for path, leaf in place.below()]
    own = [path for path, _, named in files if named and "katas" in path.split("/")[:-1]]
    for path, leaf, named in sorted(files, key=lambda e: bool(e[2] and e[2].is_copy)):
        folders = set(path.split("/")[:-1])
        if named is not None and own and not folders & {"katas"} and folders & PROJECT:
            continue  # the project's own files beside a person's
        if named is None:
            if not own:
                submission.ignored[path] = guess(path)
        else:
            submission.take(path, leaf, named.kata, taken)
    return submission


def _is_project(place: Place) -> bool:
    """Whether this is a copy of the whole project."""
    names = {each.name for each in place.places}
    return ("katas" in names and bool(names & (PROJECT - {"katas"}))) or names == {"katas"}


def _plain(place: Place) -> list[Leaf]:
    """Katas that lie right here, and whose names say nothing of a person."""
    return [leaf for leaf in place.files if (n := taken_apart(leaf.name)) and not n.person]


def _katas(place: Place) -> set[str]:
    return {named.kata for _, leaf in place.below() if (named := taken_apart(leaf.name))}


def _gradescope_names(place: Place) -> dict[str, str]:
    """The people behind the folders of Gradescope's export, as its metadata say."""
    found: dict[str, str] = {}
    for leaf in place.files:
        if leaf.name == METADATA:
            try:
                text = leaf.read().decode("utf-8", "replace")
            except CantRead:
                continue
            for block in re.split(r"^(?=\S)", text, flags=re.M):
                folder = re.match(r"(\S+):\s*$", block, re.M)
                names = re.findall(r"^\s*-?\s*:name:\s*(.+?)\s*$", block, re.M)
                if folder and names:
                    found[folder[1]] = shown(", ".join(name.strip("'\"") for name in names))
    return found


def _unused(person: str, intake: Intake) -> str:
    there = {submission.person for submission in intake.people}
    number, name = 2, person
    while name in there:
        name, number = f"{person} ({number})", number + 1
    return name
