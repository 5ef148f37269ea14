"""What init and update tell, a place for each sentence."""

from collections.abc import Iterator

from ..harness.language import tr
from ..harness.texts import shown
from . import state
from .folder import Made
from .left import Left, Why
from .state import Kept
from .updating import Report

MADE = "{folder} holds your katas. Go there and run `pytest`; README.md says the rest."
NOTHING_MADE = "{folder} holds your katas already. Nothing was written."
STAYED = "What was there already stays as it is: {names}."

DRY = "Nothing is written. An update would do this:"
NOTHING = "Your katas are as the course has them now. There was nothing to do."
ADDED = "New: {names}."
REFRESHED = "As the course has it now, since you had not touched it: {names}."
CARRIED = "Your code, with the course's text as it is now: {names}."
MOVED = "{old} is {new} now."
COPY = "The file as you had it is kept in {place}."
BESIDE = "The course's stub is in {place}."
COURSE_S = "What the course has instead is in {place}."

REASONS = {
    Why.BROKEN: "{kata} is not valid Python, so it stays as it is. Mend it, and update again.",
    Why.MIXED: "{name}: your code does not fit into the course's text, so it stays as it is.",
    Why.DOCSTRING: "{name}: its text is the course's, without the lines that you wrote into it.",
    Why.SIGNATURE_MINE: "{name}: its parameters are others in the course; yours stay, as your code "
    "needs them.\n    Write the course's when it needs yours no more:\n"
    "    yours         {yours}\n    the course's  {ours}",
    Why.SIGNATURE_THEIRS: "{name}: its parameters are the course's now:\n"
    "    yours was     {yours}\n    the course's  {ours}",
    Why.BODY: "{name}: the course has other code in it too; yours stays.",
    Why.GONE: "{name} is no longer part of the course. Your code stays at the end of {place}.",
    Why.ELSEWHERE: "{name}: you define it without a def, and that stays.",
    Why.NO_KATA: "{kata} is no longer part of the course. Your file stays.",
    Why.TWO: "{kata} is {name} in the course now. You have written in both files, so both stay.",
    Why.BUSY: "{kata} was saved during the update, so it was left alone. Update again.",
    Why.UNREADABLE: "{kata} can't be read: {yours}. It was left alone.",
    Why.UNKNOWN: "{kata}: nobody knows any more which of its old text was yours.",
    Why.LINES: "{kata}: some of your lines have no place in the new text:\n{lines}",
}

IN_THE_MEMORY = {Why.MIXED, Why.BODY, Why.ELSEWHERE}  # where the course's version can be read


def made(result: Made) -> str:
    """What init tells."""
    sentence = tr(MADE if result.written else NOTHING_MADE)
    lines = [sentence.format(folder=shown(result.folder))]
    lines += [tr(STAYED).format(names=", ".join(result.stayed))] if result.stayed else []
    return "\n".join(lines)


def updated(report: Report) -> str:
    """What update tells."""
    lines: list[str] = []
    for sentence, names in (
        (tr(ADDED), report.added),
        (tr(REFRESHED), report.refreshed),
        (tr(CARRIED), report.carried),
    ):
        lines += [sentence.format(names=", ".join(names))] if names else []
    lines += [tr(MOVED).format(old=old, new=new) for old, new in report.moved]
    for kept in report.kept:
        lines += _of(report, kept)
    dry = [tr(DRY)] if report.dry_run else []
    return "\n".join([*dry, *lines] if lines else [tr(NOTHING)])


def _of(report: Report, kept: Kept) -> Iterator[str]:
    for left in kept.left:
        yield _reason(kept, left)
    if kept.copy:
        yield tr(COPY).format(place=shown(kept.copy))
    if kept.beside:
        yield tr(BESIDE).format(place=shown(kept.beside))
    elif any(left.why in IN_THE_MEMORY for left in kept.left):
        yield tr(COURSE_S).format(place=shown(state.mirror(report.folder, f"{kept.name}.py")))


def _reason(kept: Kept, left: Left) -> str:
    return tr(REASONS[left.why]).format(
        kata=kept.name,
        place=f"{kept.name}.py",
        name=f"{kept.name}.{left.name}".rstrip(".") if left.why is not Why.TWO else left.name,
        yours=_line(left.yours),
        ours=_line(left.ours),
        lines="\n".join(f"    {line}" for line in left.yours.split("\n")),
    )


def _line(text: str) -> str:
    """Lines in one, as a signature that is spread over some."""
    return " ".join(text.split())
