"""Which of several results, items or entries differ, where they should be, and how."""

from collections.abc import Callable, Sequence
from typing import Any

from ..checks.likeness import Rule, alike

ONLY = "Only the {which} of {count} {noun} differs."
OF_ONE = "Of {count} {noun} the {which} differs. {fact}"
ALIKE = "{those}, in the same way. {fact}"
EACH_ALIKE = "{those}, in the same way. In each: {fact}"
DIFFER = "{those}."
BOTH, ALL = "Both {noun} differ", "All {count} {noun} differ"
SOME = "Of {count} {noun} {differ} differ"
FIRST_OF_THEM = " The {which}: {fact}"
MORE = "There are more {noun} than should be: {got} for {wanted}."
LESS = "There are fewer {noun} than should be: {got} for {wanted}."
FIRST_RIGHT = " Those that are there are right: the end is missing."
LAST_RIGHT = " Those that are there are right: the beginning is missing."
MORE_LAST = " The right ones come first."
MORE_FIRST = " The right ones come last."
REVERSED = "These are the right {noun} in reverse order."
EXCHANGED = "These are the right {noun}, but the {one} and the {other} are exchanged."
ORDER = "These are the right {noun} in another order."
LIST_FOR_TUPLE = "The {noun} are right, but they come in a {got} and not in a {wanted}."
ENTRY = "Only the entry {name!r} differs."
OF_ENTRY = "The entry {name!r} differs. {fact}"
NO_ENTRY = "The entry {name!r} is missing."
ENTRY_TOO_MANY = "There is an entry too many: {name!r}."
ENTRIES_DIFFER = "Of {count} entries {differ} differ: {names}."
RESULTS, ITEMS, PARTS = "results", "items", "parts"  # of a tuple, of a list, of one of them
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
RULE = Rule(anywhere=True)

Look = Callable[[Any, Any], str | None]  # at a part that is right, and at the other


def of_items(wanted: Sequence[Any], got: Sequence[Any], look: Look, is_part: bool) -> str | None:
    """How the items of a list or a tuple differ from the right ones."""
    noun = PARTS if is_part else RESULTS if isinstance(wanted, tuple) else ITEMS
    if len(wanted) != len(got):
        return _of_counts(wanted, got, noun)
    if not (differ := differing(wanted, got)):
        if type(got) is type(wanted):
            return None
        kinds = {"got": type(got).__name__, "wanted": type(wanted).__name__}
        return LIST_FOR_TUPLE.format(noun=noun, **kinds)
    return _of_order(wanted, got, differ, noun) or _of_those(wanted, got, differ, noun, look)


def differing(wanted: Sequence[Any], got: Sequence[Any]) -> list[int]:
    """At which positions two sequences of one length differ."""
    pairs = enumerate(zip(wanted, got, strict=True))
    return [position for position, pair in pairs if not alike(*pair, RULE)]


def roughly(wanted: Sequence[Any], got: Sequence[Any], look: Look) -> str | None:
    """How many items differ, and the first of them about which something can be said."""
    differ = differing(wanted, got)
    if len(differ) == 1:
        return look(wanted[differ[0]], got[differ[0]])
    if not differ:
        return None
    noun = RESULTS if isinstance(wanted, tuple) else ITEMS
    said = DIFFER.format(those=_those(differ, wanted, noun))
    facts = ((i, look(wanted[i], got[i])) for i in differ if i < len(ORDINALS))
    first = next(((i, fact) for i, fact in facts if fact), None)
    if first is not None:
        said += FIRST_OF_THEM.format(which=ORDINALS[first[0]], fact=first[1])
    return said


def of_entries(wanted: dict[Any, Any], got: dict[Any, Any], look: Look) -> str | None:
    """The same of a dict, whose entries have names."""
    for name in wanted:
        if name not in got:
            return NO_ENTRY.format(name=name)
    differ = [name for name in wanted if not alike(wanted[name], got[name], RULE)]
    if not differ:
        more = [name for name in got if name not in wanted]
        return ENTRY_TOO_MANY.format(name=more[0]) if more else None
    if len(differ) > 1:
        names = ", ".join(map(repr, differ))
        return ENTRIES_DIFFER.format(count=len(wanted), differ=len(differ), names=names)
    fact = look(wanted[differ[0]], got[differ[0]])
    return (OF_ENTRY if fact else ENTRY).format(name=differ[0], fact=fact)


def named(items: object) -> dict[str, Any] | None:
    """A list of pairs of a name and what it names, as the dict that says the same."""
    if not isinstance(items, list | tuple) or not items:
        return None
    pairs = [i for i in items if isinstance(i, tuple) and len(i) == 2 and isinstance(i[0], str)]
    table = dict(pairs)
    return table if len(pairs) == len(table) == len(items) else None


def _of_counts(wanted: Sequence[Any], got: Sequence[Any], noun: str) -> str:
    right, left = len(wanted), len(got)
    said = (MORE if left > right else LESS).format(noun=noun, got=left, wanted=right)
    few = min(right, left)
    if not few:
        return said
    first = not differing(wanted[:few], got[:few])
    last = not differing(wanted[-few:], got[-few:])
    if first is last:  # neither, or both, which can't be told apart
        return said
    if left > right:
        return said + (MORE_LAST if first else MORE_FIRST)
    return said + (FIRST_RIGHT if first else LAST_RIGHT)


def _of_order(
    wanted: Sequence[Any], got: Sequence[Any], differ: list[int], noun: str
) -> str | None:
    """Whether the right items stand in another order."""
    if len(differ) == 2 and len(wanted) > 2 and max(differ) < len(ORDINALS):
        one, other = differ
        if alike(wanted[one], got[other], RULE) and alike(wanted[other], got[one], RULE):
            return EXCHANGED.format(noun=noun, one=ORDINALS[one], other=ORDINALS[other])
    if len(wanted) > 1 and not differing(wanted, got[::-1]):
        return REVERSED.format(noun=noun)
    return ORDER.format(noun=noun) if len(differ) > 1 and _reordered(wanted, got) else None


def _of_those(
    wanted: Sequence[Any], got: Sequence[Any], differ: list[int], noun: str, look: Look
) -> str | None:
    """What is plain of the items that differ: of the one, or of all alike."""
    first = differ[0]
    if len(wanted) == 1 or (len(differ) == 1 and first >= len(ORDINALS)):
        return look(wanted[first], got[first])
    facts = {look(wanted[i], got[i]) for i in differ}
    fact = facts.pop() if len(facts) == 1 else None
    if len(differ) == 1:
        place = {"which": ORDINALS[first], "count": len(wanted), "noun": noun}
        return OF_ONE.format(fact=fact, **place) if fact else ONLY.format(**place)
    if not fact:
        return None
    nested = any(isinstance(wanted[i], list | tuple | dict) for i in differ)
    words = EACH_ALIKE if nested else ALIKE
    return words.format(those=_those(differ, wanted, noun), fact=fact)


def _those(differ: list[int], wanted: Sequence[Any], noun: str) -> str:
    words = SOME if len(differ) < len(wanted) else BOTH if len(wanted) == 2 else ALL
    return words.format(count=len(wanted), differ=len(differ), noun=noun)


def _reordered(wanted: Sequence[Any], got: Sequence[Any]) -> bool:
    left = list(wanted)
    for item in got:
        match = next((i for i, other in enumerate(left) if alike(other, item, RULE)), None)
        if match is None:
            return False
        del left[match]
    return True
