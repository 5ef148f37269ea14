"""Any object as short text, never raising: a learner's objects may be as broken as they like."""

import re
import reprlib
import sys
import types
from collections.abc import Callable, Collection
from pathlib import Path

import torch

LONGEST = 600
FEW = 64  # elements of a result that are shown
FEW_GIVEN = 24  # elements of an argument that are shown
MARK, UNMARK = "\x02", "\x03"  # around what differs; the board turns them into colour
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
MODULE = re.compile(r"<[^\n]*?(\w+) object>")  # and where its file lies, before a class's name
ELEMENT = re.compile(r"True|False|[-+.\w]*\d[-+.\w]*|-?inf|nan")


class _Shortener(reprlib.Repr):
    """Shows containers item by item, so that a tensor within a list is summarised too."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlist = self.maxtuple = self.maxdict = 20
        self.maxstring, self.maxother = 200, LONGEST

    def repr1(self, x: object, level: int) -> str:
        if isinstance(x, torch.Tensor):
            return tensor_text(x)
        if isinstance(x, torch.optim.Optimizer):
            return f"{type(x).__name__}(lr={x.param_groups[0].get('lr')})"
        if isinstance(x, torch.nn.Module | torch.Generator):
            return re.sub(r"\s*\n\s*", " ", repr(x))
        if isinstance(x, types.FunctionType):
            return "a lambda" if x.__name__ == "<lambda>" else f"the function {x.__name__}"
        return super().repr1(x, level)


def show(value: object) -> str:
    """The value as text of at most a few lines, whatever it is, without addresses and paths."""
    return _safely(lambda: _plain(_Shortener().repr(value)), value)


def _plain(text: str) -> str:
    return MODULE.sub(r"<\1 object>", ADDRESS.sub("", text))


def tensor_text(x: torch.Tensor) -> str:
    """A tensor as torch prints it; a large one by its dtype, shape and device alone."""
    if x.numel() > FEW:
        return f"<{describe(x)}>"
    text = repr(x)
    if x.dtype in (torch.float64, torch.int32, torch.uint8) and "dtype" not in text:
        text = f"{text[:-1]}, dtype={x.dtype})"
    return text


def marked(x: torch.Tensor, wrong: Collection[int]) -> str:
    """The tensor as text, the elements of these positions in row-major order between marks."""
    text = show(x)
    end = text.rfind("]") + 1 if x.dim() else text.rfind(")")
    if x.numel() > FEW or end <= 0:
        return text
    start = len("tensor(")
    body = text[start:end]
    elements = list(ELEMENT.finditer(body))
    if len(elements) != x.numel():
        return text
    for position in sorted(wrong, reverse=True):
        left, right = elements[position].span()
        body = f"{body[:left]}{MARK}{body[left:right]}{UNMARK}{body[right:]}"
    return f"{text[:start]}{body}{text[end:]}"


def unmarked(text: str) -> str:
    """The text without marks."""
    return text.replace(MARK, "").replace(UNMARK, "")


def describe(x: torch.Tensor) -> str:
    """Dtype, shape and device in words."""
    return f"{str(x.dtype).removeprefix('torch.')} tensor of shape {tuple(x.shape)} on {x.device}"


def call_text(function: str, arguments: tuple[object, ...], named: dict[str, object]) -> str:
    """A call as a learner would type it; rows of a matrix stand below each other."""
    parts = [("", _argument(argument)) for argument in arguments]
    parts += [(f"{name}=", _argument(argument)) for name, argument in named.items()]
    text = f"{function}("
    for position, (name, value) in enumerate(parts):
        text += ", " * (position > 0) + name
        column = len(text) - text.rfind("\n") - 1
        text += value.replace("\n", "\n" + " " * column)
    return f"{text})"


def _argument(value: object) -> str:
    """An argument as text; a tensor of many elements by what it is, as its values tell little."""
    if isinstance(value, torch.Tensor) and value.numel() > FEW_GIVEN:
        return f"<{describe(value)}>"
    return show(value)


def _safely(render: Callable[[], str], value: object) -> str:
    try:
        text = render()
    except Exception as error:
        return f"<{type(value).__name__} whose repr raises {type(error).__name__}>"
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def say(text: str) -> None:
    """Prints a line; what the terminal has no letters for is escaped."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding))


def shown(path: Path) -> str:
    """The path as a reader wants it: relative to where they are, where that is shorter."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
