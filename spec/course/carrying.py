"""A learner's text carried into a newer course: its lessons and order, the learner's bodies."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from .left import Left, Why
from .pieces import CAN_T_PARSE, CODING, compiles, pieces_of_text
from .weaving import rendered, woven

MARK = "\ufeff"  # some editors begin a file with it
UTF_8 = {"utf-8", "utf8", "utf-8-sig", "u8", "utf"}


@dataclass(frozen=True)
class Carried:
    """What became of a learner's text."""

    text: str
    names: tuple[str, ...] = ()  # of functions and methods with the learner's body
    left: tuple[Left, ...] = ()
    lost: tuple[str, ...] = ()  # lines of the learner's that are not in the text
    whole: bool = True  # False where the text is what it was, as nothing could be carried


def carried(base: str | None, edited: str, new: str) -> Carried:
    """The new course's text with what the learner wrote; base is what the learner was handed.

    It is None where nobody knows: then a function that is not started becomes the new course's, and
    all other text that the new course does not have may be the learner's.
    """
    was = None if base is None else plain(base)
    mine, now = plain(edited), plain(new)
    if now in (mine, was):
        return Carried(edited)
    if mine == was:
        return Carried(_styled(now, edited))
    try:
        before = None if was is None else pieces_of_text(was)
        result = woven(before, pieces_of_text(_without_coding(mine)), pieces_of_text(now))
    except CAN_T_PARSE:
        return Carried(edited, left=(Left("", Why.BROKEN, mine, now),), whole=False)
    text = "\n".join(rendered(result.pieces)).rstrip() + "\n"
    if compiles(mine) and not compiles(text):
        return Carried(edited, left=(Left("", Why.MIXED, mine, now),), whole=False)
    lost = tuple((_lines(mine) - _lines(was or "") - _lines(text)).elements())
    left = (*result.left, *_unsaid(was, lost, result.left))
    return Carried(_styled(text, edited), tuple(result.carried), left, lost)


def _unsaid(was: str | None, lost: tuple[str, ...], said: list[Left]) -> Iterator[Left]:
    """What is to be told of lost lines that nothing else tells of."""
    text = "\n".join(each.yours for each in said)
    lines = [line for line in lost if line not in text]
    if lines and was is None:
        yield Left("", Why.UNKNOWN, "", "")
    elif lines:
        yield Left("", Why.LINES, "\n".join(lines), "")


def plain(text: str) -> str:
    """A text without a mark at its beginning, whose lines end as Python takes them to."""
    return text.removeprefix(MARK).replace("\r\n", "\n").replace("\r", "\n")


def _styled(text: str, like: str) -> str:
    """A text with the mark and the ends of lines of another."""
    crlf = like.count("\r\n")
    if crlf > like.count("\n") - crlf:
        text = text.replace("\n", "\r\n")
    return MARK + text if like.startswith(MARK) else text


def _without_coding(text: str) -> str:
    """A text without the line that says how it was coded, unless that is UTF-8."""
    lines = text.split("\n")
    for number, line in enumerate(lines[:2]):
        match = CODING.match(line)
        if match and match[1].lower().replace("_", "-") not in UTF_8:
            del lines[number]
            break
    return "\n".join(lines)


def _lines(text: str) -> Counter[str]:
    return Counter(line.strip() for line in text.split("\n") if line.strip())
