"""A page in Markdown text by text, and the same page in another language."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from . import language

WIDTH = 100
FENCE = re.compile(r" *```")
ITEM = re.compile(r"(?P<mark> *(?:[-*]|\d+\.) )(?P<text>.*)")
HEADING = re.compile(r"(?P<mark>#+ )(?P<text>.*)")
WORD = re.compile(r"[^\W\d_]{2}")
CODE = re.compile(r"`[^`]*`")
LINKS = re.compile(r"(\[[^\]]*\]\([^)]*\)( · )?)+")  # between languages
NAME = re.compile(r"[\w.-]*[\d._-][\w.-]*")  # k08_broadcasting, torch.autograd
UNBROKEN = "\0"  # a space in code, at which no line ends


@dataclass(frozen=True)
class Block:
    """Some lines: a text behind a mark, the cells of a row, or what is the same in any language."""

    texts: tuple[str, ...]
    mark: str = ""
    kind: str = "text"  # or heading, row, kept


def translated(page: str, name: str) -> str:
    """The page in a language; what that has no words for stays as it is."""
    if name == language.ENGLISH:
        return page
    known = language.translations(name).texts
    return "\n".join(line for block in blocks(page) for line in _lines(block, known.get)) + "\n"


def texts(page: str) -> Iterator[str]:
    """What there is to translate in a page."""
    for block in blocks(page):
        if block.kind != "kept":
            for text in block.texts:
                if WORD.search(CODE.sub("", text)) and not NAME.fullmatch(text):
                    yield text


def blocks(page: str) -> Iterator[Block]:
    """The page in blocks, blank lines among them."""
    lines = page.splitlines()
    while lines:
        block, taken = _next(lines)
        yield block
        del lines[:taken]


def _next(lines: list[str]) -> tuple[Block, int]:
    first = lines[0]
    if FENCE.match(first):
        end = next((n for n, line in enumerate(lines[1:], 1) if FENCE.match(line)), len(lines) - 1)
        return Block(tuple(lines[: end + 1]), kind="kept"), end + 1
    if not first.strip() or LINKS.fullmatch(first) or set(first) <= set("|-: "):
        return Block((first,), kind="kept"), 1
    if first.startswith("|"):
        return Block(tuple(cell.strip() for cell in first.strip("|").split("|")), kind="row"), 1
    heading, item = HEADING.fullmatch(first), ITEM.fullmatch(first)
    if heading:
        return Block((heading["text"],), heading["mark"], "heading"), 1
    mark = item["mark"] if item else first[: len(first) - len(first.lstrip())]
    end = 1
    while end < len(lines) and _goes_on(lines[end]):
        end += 1
    told = [item["text"] if item else first, *lines[1:end]]
    return Block((" ".join(line.strip() for line in told),), mark), end


def _goes_on(line: str) -> bool:
    """Whether a line belongs to the text before it."""
    begins = line.startswith("|") or any(each.match(line) for each in (FENCE, ITEM, HEADING))
    return bool(line.strip()) and not begins


def _lines(block: Block, known: Callable[[str, str], str]) -> list[str]:
    said = [known(text, text) for text in block.texts]
    if block.kind == "kept":
        return list(block.texts)
    if block.kind == "row":
        return [f"| {' | '.join(said)} |"]
    if block.kind == "heading":
        return [block.mark + said[0]]
    whole = CODE.sub(lambda code: code[0].replace(" ", UNBROKEN), said[0])
    lines = textwrap.wrap(
        whole,
        WIDTH,
        initial_indent=block.mark,
        subsequent_indent=" " * len(block.mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(UNBROKEN, " ") for line in lines]
