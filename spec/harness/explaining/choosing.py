"""Which mistake is named, of those that end a function's failing tests as its answer does.

A mistake is named that ends three quarters of them alike, with none as good. The failure that is
shown is among them; a general mistake, or one that is written almost like the answer, is there even
if something else is wrong with what is shown as well; and one about a dtype, a device or an
argument is there where half of the tests end like the one that is shown.
Of mistakes that behave alike the one is said that is written like the answer.
Other code may behave alike by chance, so the less an ending tells, and the fewer there are, the
more closely a mistake of the catalogue has to be written like the answer.
Of general mistakes that are as good, any is true, and the first is said; they are said of no pair
by themselves, nor where the catalogue has one that is as good.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .endings import Likeness
from .notes import Note

SHARE = 0.75  # of the failing tests that a mistake must explain to be named
HALF = 0.5  # the same, where it is surely there, and something else is wrong as well
ENOUGH = 3  # failing tests that speak for it, and none against it
# How closely a mistake is to be written like the answer: where so many speak for it, where fewer
# do, where two explain a failure of the core together, and where no ending tells anything.
FAR, NEAR, BOTH_NEAR, VERY_NEAR = 0.15, 0.55, 0.6, 0.8
CPU = "cpu"
CLEARLY = 0.1  # by which one mistake is written more like an answer than another
EVERYWHERE = "__everywhere."  # between function and mistake, in the name of a general one


def is_general(name: str) -> bool:
    """Whether a mistake is one that can be made in any function."""
    return EVERYWHERE in name


def closest_of_the_same(alike: Mapping[str, Likeness], close: Mapping[str, float]) -> float:
    """How closely one is written like the answer that ends a test word for word, if very nearly.

    None is named in its place that is clearly written less like it.
    """
    exact = (close.get(name, 0.0) for name, like in alike.items() if like is Likeness.EXACT)
    return max((each for each in exact if each >= VERY_NEAR), default=0.0)


@dataclass(frozen=True)
class Suspect:
    """One mistake, and what speaks for it."""

    name: str
    words: str
    alike: frozenset[int]  # which of the failing tests it ends alike
    score: tuple[int, int, int]  # how many of them; how many word for word; how many beside them
    telling: int  # how many of all, by an ending that tells something
    elsewhere: bool  # whether nothing fails but on an accelerator, which is telling by itself
    close: float  # how closely it is written like the answer

    def is_likely(self, failing: int) -> bool:
        """Whether enough speaks for it."""
        if len(self.alike) == failing and (self.telling >= ENOUGH or self.elsewhere):
            return self.is_like(FAR)
        return self.is_like(NEAR if 2 * self.telling >= self.score[2] else VERY_NEAR)

    def is_general_in(self, many: float) -> bool:
        """Whether it is a mistake of any function that ends so many tests alike."""
        return is_general(self.name) and len(self.alike) >= many

    def is_like(self, close: float) -> bool:
        """Whether it is written so closely like the answer; a general one is written nowhere."""
        return is_general(self.name) or self.close >= close


def named(
    shown: Note,
    failures: Iterable[Note],
    every: Iterable[Note],
    cleared: set[str],
    of_the_core: bool,
) -> list[str]:
    """The words for the mistake that explains these failures, or for two that do together.

    `shown` is the first of them; `every` are those of the core and of the edges.
    """
    judged = [note for note in failures if note.judged]
    if not shown.judged:
        return []
    failing = len(judged)
    suspects = sorted(_suspects(judged, list(every), cleared), key=lambda s: s.score, reverse=True)
    most = [each for each in suspects if len(each.alike) >= SHARE * failing]
    good = [each for each in most if 0 in each.alike]
    if good:
        return _best([each for each in good if each.score == good[0].score], failing)
    pair = _pair(suspects, failing, BOTH_NEAR if of_the_core else VERY_NEAR)
    there = [each for each in most if each.is_like(VERY_NEAR)]
    if shown.weak:  # it is a dtype, a device or an argument that is wrong, and no number
        there += [s for s in suspects if 0 in s.alike and s.is_general_in(HALF * failing)]
    return pair or [each.words for each in there[:1]]


def _suspects(judged: Sequence[Note], every: Sequence[Note], cleared: set[str]) -> list[Suspect]:
    names = dict.fromkeys(name for note in judged for name in note.mistakes)
    return [_suspect(name, judged, every) for name in names if name not in cleared]


def _suspect(name: str, judged: Sequence[Note], every: Sequence[Note]) -> Suspect:
    alike = [note for note in every if name in note.mistakes]
    exact = sum(name in note.exact for note in judged)
    places = frozenset(i for i, note in enumerate(judged) if name in note.mistakes)
    return Suspect(
        name,
        words=alike[0].mistakes[name],
        alike=places,
        score=(len(places), exact, len(alike)),
        telling=sum(_tells(note, name) for note in alike),
        elsewhere=not any(note.device in (None, CPU) for note in every),
        close=max(note.spelt.get(name, 1.0) for note in alike),
    )


def _tells(note: Note, name: str) -> bool:
    """Whether it says something that this mistake ends a test alike."""
    return not note.weak and (not note.rough or name in note.exact)


def _best(best: list[Suspect], failing: int) -> list[str]:
    """What is said of those that explain the most: nothing, where two are as likely."""
    likely = [each for each in best if each.is_likely(failing)]
    own = [each for each in likely if not is_general(each.name)]
    if likely and not own:  # a general mistake that is there bears out an own one that is near
        own = [each for each in best if not is_general(each.name) and each.is_like(NEAR)]
    if not own:
        return [each.words for each in likely[:1]]
    closest = max(each.close for each in own)
    most_alike = (each.words for each in own if each.close > closest - CLEARLY)
    said = list(dict.fromkeys(most_alike))
    return said if len(said) == 1 else []


def _pair(suspects: list[Suspect], failing: int, close: float) -> list[str]:
    """What is said of two that explain everything together, the shown failure's first.

    One of the catalogue that nothing tells of is none of them: either has to be sure.
    """
    likely = [each for each in suspects if each.is_likely(failing) and each.is_like(close)]
    likely = [each for each in likely if each.telling or is_general(each.name)]
    pairs = [
        (first, second)
        for first in likely
        for second in likely
        if 0 in first.alike and 0 not in second.alike
        if first.alike | second.alike == set(range(failing))
        if not (is_general(first.name) and is_general(second.name))
    ]
    return [each.words for each in pairs[0]] if len(pairs) == 1 else []
