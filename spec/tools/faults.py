"""What is wrong with a translation, as far as it can be seen without knowing the language well.

Code, shapes, numbers and placeholders have to be those of the English text, terms those of the
glossary, and what stands in columns has to fit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

PLACEHOLDER = re.compile(r"\{[^{}\s]*\}")
BACKTICKS = re.compile(r"`[^`]+`")
NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,   ]\d{3}(?!\d))*(?:\.\d+)?(?:e-?\d+)?(?!\w)")
GROUPING = re.compile(r"[,   ](?=\d{3})")

# What reads the same in every language.
CODE = (
    re.compile(r"(?<![\w.])--[a-z]+"),  # an option
    re.compile(r"\b[A-Za-z_]\w*(?:\.\w+)+(?:\(\))?|(?<!\w)\.[a-z]\w*"),  # torch.cat, .grad
    re.compile(r"\w*_\w+"),
    re.compile(r"\w+\([^()\s]*\)"),  # unsqueeze(-1)
    re.compile(r"\w+=[\w.\-]+"),  # keepdim=True
    re.compile(r"\b[a-z]+\d+\b"),  # float32, k12
    re.compile(r"\w*\[[^\[\]]+\](?!\()"),  # x[:, None], and no link
    re.compile(r"\((?:\w+, ?)+\w*\)"),  # (n, m), (n,)
    re.compile(r"\b[A-Z]\w+Error\b"),
    BACKTICKS,
)
LATIN = re.compile(r"(?:\b[A-Za-z]['A-Za-z]+\b[ ,]*){4,}")
RUSSIAN = re.compile(r"[а-яё]", re.IGNORECASE)
SHOUTED = re.compile(r"!(?!=)")
NARROW = {"in LABELS": 9, "in STATES": 11, "in ABOUTS": 12, "in KEYS": 79}
DRAWN, WIDEST = "drawn", 96


@dataclass(frozen=True)
class Term:
    """A line of the glossary: an English word, how its translation begins, and what is wrong."""

    english: str
    stems: tuple[str, ...]
    wrong: tuple[str, ...]

    def is_in(self, text: str) -> bool:
        """Whether an English text has this word."""
        return bool(re.search(rf"(?<![\w-]){self.english}s?(?![\w-])", text, re.IGNORECASE))


def glossary(path: Path) -> list[Term]:
    """The terms in the tables of a glossary."""
    rows = [line.split("|")[1:-1] for line in path.read_text(encoding="utf-8").splitlines()]
    cells = [[cell.strip() for cell in row] for row in rows if len(row) == 4]
    return [
        Term(english, _forms(stems), _forms(wrong))
        for english, _, stems, wrong in cells
        if english != "English" and set(english) != {"-"}
    ]


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in cell.split(",") if each.strip() not in ("", "-"))


def faults(entry: polib.POEntry, terms: list[Term]) -> Iterator[str]:
    """What is wrong with a translated text, a sentence a fault."""
    pairs = [(entry.msgid, entry.msgstr)]
    if entry.msgid_plural:
        pairs = [(entry.msgid_plural, said) for said in entry.msgstr_plural.values()]
    for english, said in pairs:
        yield from _differing(english, said)
        yield from _unsaid(english, said)
        yield from _ill_said(english, said, terms)
        for mark, width in NARROW.items():
            if mark in entry.comment.split("\n") and len(said) > width:
                yield f"it has {len(said)} letters, and there is room for {width}"
        if DRAWN in entry.comment and max(map(len, said.split("\n"))) > WIDEST:
            yield f"a line is longer than {WIDEST}"


def _differing(english: str, said: str) -> Iterator[str]:
    """Placeholders, code, numbers and line ends that are not the same."""
    ours, theirs = set(PLACEHOLDER.findall(english)), set(PLACEHOLDER.findall(said))
    if ours != theirs:
        yield f"placeholders differ: {', '.join(sorted(ours ^ theirs))}"
    is_in_two = bool(RUSSIAN.search(english))  # the lecture's name of a thing, and the English one
    found = {code for pattern in CODE for code in pattern.findall(english) if not is_in_two}
    missing = sorted(code for code in found if code not in said and "[{" not in code)
    if missing:
        yield f"missing: {', '.join(missing)}"
    numbers = [{GROUPING.sub("", n) for n in NUMBER.findall(text)} for text in (english, said)]
    if numbers[0] != numbers[1]:
        yield f"numbers differ: {', '.join(sorted(numbers[0] ^ numbers[1]))}"
    if english.count("\n") != said.count("\n"):
        yield "it has another number of lines"
    ends = [
        (text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :])
        for text in (english, said)
    ]
    if ends[0] != ends[1]:
        yield "it begins or ends with other spaces"
    if (english[-1] in ".?") != (said[-1] in ".?") and said[-1] != ":":
        yield f"it ends with {said[-1]!r}, the English text with {english[-1]!r}"


def _unsaid(english: str, said: str) -> Iterator[str]:
    """English that is left where another language is claimed."""
    left = LATIN.findall(BACKTICKS.sub("", said))
    prose = [each for each in left if not (_is_code(each) or _is_quoted(each, english))]
    if said == english or prose:
        yield f"English is left: {prose[0].strip() if prose else english}"


def _is_code(words: str) -> bool:
    """Whether words that follow each other are names: Linear, ReLU, Linear."""
    return all(word[0].isupper() or "," in words for word in words.split())


def _is_quoted(words: str, english: str) -> bool:
    """Whether the English text quotes these words, such as what torch says."""
    return f'"{words.strip()}' in english


def _ill_said(english: str, said: str, terms: list[Term]) -> Iterator[str]:
    """Terms that are not the glossary's, and a tone that is not the course's."""
    prose = BACKTICKS.sub(" ", PLACEHOLDER.sub(" ", english))
    for pattern in CODE:
        prose = pattern.sub(" ", prose)
    for term in terms:
        if term.is_in(prose):
            if term.stems and not any(_has(said, stem) for stem in term.stems):
                yield f"{term.english}: one of {', '.join(term.stems)} is asked for"
            for wrong in term.wrong:
                if _has(said, wrong):
                    yield f"{term.english}: not {wrong}…"
    if SHOUTED.search(said) and not SHOUTED.search(english):
        yield "no exclamation marks"


def _has(text: str, stem: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(stem)}", text, re.IGNORECASE))
