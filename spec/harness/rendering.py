"""Any object as short text, never raising: a learner's objects may be as broken as they like."""

import re
import reprlib
import textwrap
import types
from collections.abc import Callable, Iterable

import torch

from . import tensors
from .language import tr
from .tensors import FEW_DIGITS, MARK, ROOM, UNMARK
from .texts import wrapped

LONGEST = 600
MOST_ITEMS = 20
MOST_INNER = 5  # modules of one that is too long to be printed
INDENT = 2
TALLEST = 10  # lines, above which some are left out
FEW_GIVEN = 24  # elements of an argument that are shown
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
MODULE = re.compile(r"<[^\n]*?(\w+) object>")  # and where its file lies, before a class's name


class _Shortener(reprlib.Repr):
    """Shows containers item by item, so that a tensor within a list is summarised too."""

    def __init__(self, digits: int) -> None:
        super().__init__()
        self.digits = digits
        self.maxstring, self.maxother = 200, LONGEST

    def repr1(self, x: object, level: int) -> str:
        if isinstance(x, torch.Tensor):
            return tensors.text(x, self.digits)
        if isinstance(x, torch.optim.Optimizer):
            return f"{type(x).__name__}(lr={x.param_groups[0].get('lr')})"
        if isinstance(x, torch.nn.Module):
            return _module(x)
        if isinstance(x, torch.Generator):
            return f"<Generator on {x.device} with seed {x.initial_seed()}>"
        if isinstance(x, types.FunctionType):
            if x.__name__ == "<lambda>":
                return tr("a lambda")
            return tr("the function {name}").format(name=x.__name__)
        return super().repr1(x, level)

    def repr_list(self, x: list[object], level: int) -> str:
        return self._container("[]", x, level)

    def repr_tuple(self, x: tuple[object, ...], level: int) -> str:
        return self._container("()", x, level)

    def repr_dict(self, x: dict[object, object], level: int) -> str:
        return self._container("{}", x.values(), level, [f"{self.repr1(key, 1)}: " for key in x])

    def _container(
        self, brackets: str, values: Iterable[object], level: int, keys: Iterable[str] = ()
    ) -> str:
        """The items in a line, where they fit, else one under another."""
        every = list(values)
        if every and level <= 0:
            return f"{brackets[0]}...{brackets[1]}"
        shown = [self._item(item, level - 1) for item in every[:MOST_ITEMS]]
        shown = [aligned(key, text) for key, text in zip(keys, shown, strict=False)] or shown
        shown += ["..."] * (len(every) > MOST_ITEMS)
        closing = ",)" if brackets == "()" and len(every) == 1 else brackets[1]
        line = brackets[0] + ", ".join(shown) + closing
        room = ROOM - len(brackets) * (self.maxlevel - level)
        if "\n" not in line and (len(line) <= room or not any("(" in item for item in shown)):
            return "\n".join(wrapped(line, room, " "))
        return aligned(brackets[0], ",\n".join(shown)) + closing

    def _item(self, x: object, level: int) -> str:
        """An item; a number of many digits with as many as are asked for."""
        text = _plain(self.repr1(x, level))
        if type(x) is float and abs(x) < 1e5 and len(text) > self.digits + 4:
            text = f"{x:.{self.digits + 2}g}"
            text += ".0" * ("." not in text and "e" not in text)
        return text


def show(value: object, digits: int = FEW_DIGITS) -> str:
    """The value as text of at most a few lines, whatever it is, without addresses and paths."""
    return _safely(lambda: _low(_plain(_Shortener(digits).repr(value))), value)


def _low(text: str) -> str:
    """The first lines of a tall text, and the last."""
    lines = text.splitlines()
    if len(lines) <= TALLEST:
        return text
    gap = re.match(" *", lines[TALLEST - 2])
    return "\n".join([*lines[: TALLEST - 2], f"{gap[0] if gap else ''}…", lines[-1]])


def _plain(text: str) -> str:
    return MODULE.sub(r"<\1 object>", ADDRESS.sub("", text))


def _module(module: torch.nn.Module) -> str:
    """A module in one line: as torch prints it, or else the kinds of those within."""
    text = re.sub(r"\s*\n\s*", " ", repr(module))
    text = re.sub(r"\( (\(.*\)) \)", r"(\1)", text)
    if len(text) <= ROOM:
        return text
    inner = [type(child).__name__ for child in module.children()]
    more = len(inner) - MOST_INNER
    inner[MOST_INNER:] = [tr("and {more} more").format(more=more)] if more > 0 else []
    return f"{type(module).__name__}({', '.join(inner)})"


def aligned(words: str, text: str) -> str:
    """The text behind these words, its further lines under its first; below, if it is too wide."""
    widest = max(map(len, unmarked(text).splitlines()), default=0)
    if len(words) > INDENT and "\n" in text and len(words) + widest > ROOM:
        return "\n".join([words.rstrip(), *textwrap.indent(text, " " * INDENT).splitlines()])
    return words + text.replace("\n", "\n" + " " * len(words))


def sides(wanted: object, got: object) -> tuple[str, str]:
    """Two values that differ as text, with as many digits as it takes to see it."""
    for digits in tensors.DIGITS:
        texts = show(wanted, digits), show(got, digits)
        if texts[0] != texts[1]:
            return texts
    return show(wanted), show(got)


def unmarked(text: str) -> str:
    """The text without marks."""
    return text.replace(MARK, "").replace(UNMARK, "")


def call_text(function: str, arguments: tuple[object, ...], named: dict[str, object]) -> str:
    """A call as a learner would type it; rows of a matrix stand below each other."""
    parts = [("", argument(value)) for value in arguments]
    parts += [(f"{name}=", argument(value)) for name, value in named.items()]
    text = f"{function}("
    for position, (name, value) in enumerate(parts):
        text += ", " * (position > 0) + name
        column = len(text) - text.rfind("\n") - 1
        text += value.replace("\n", "\n" + " " * column)
    return f"{text})"


def argument(value: object, digits: int = FEW_DIGITS) -> str:
    """An argument as text; a tensor of many elements by what it is, as its values tell little."""
    if isinstance(value, torch.Tensor) and value.numel() > FEW_GIVEN:
        return f"<{tensors.describe(value)}>"
    return show(value, digits)


def _safely(render: Callable[[], str], value: object) -> str:
    try:
        text = render()
    except Exception as error:
        return f"<{type(value).__name__} whose repr raises {type(error).__name__}>"
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    if len(text) <= LONGEST:
        return text
    kept = re.match(r".*(?=\s)", text[: LONGEST + 1], re.DOTALL)
    return f"{(kept[0] if kept else text[:LONGEST]).rstrip()} …"
