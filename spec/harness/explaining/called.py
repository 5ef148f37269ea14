"""A call as a learner reads it: the function, and its arguments one under another with shapes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from .. import tensors
from ..checks.plain import TENSORS
from ..language import tr
from ..rendering import FEW_GIVEN, aligned, argument, call_text, show
from ..running.subject import Call
from ..tensors import FEW_DIGITS, ROOM

TALLEST = 10  # lines of arguments
MORE = "… and {count} more"
DEEPEST = 4  # lists within each other


@dataclass
class Given:
    """An argument, or a part of one, by its name."""

    name: str
    value: object
    digits: int

    def text(self, few: int = FEW_GIVEN) -> str:
        """The name, the value with its shape, further lines under the first."""
        return named(self.name, self.value, self.digits, few)


def called(call: Call, parameters: Sequence[str], room: int = TALLEST) -> tuple[str, list[str]]:
    """The call, and each argument as text by itself; a short call of plain values as it stands.

    Where the arguments take more lines than there is room for, the tallest are described alone.
    """
    if len(call.arguments) > len(parameters):
        return str(call), []
    given = call.by_name(parameters)
    leaves = [leaf for name, value in given.items() for leaf in _leaves(name, value)]
    if not any(isinstance(value, torch.Tensor | np.ndarray) for _, value in leaves):
        line = call_text(call.function, call.arguments, call.named)
        if len(line) <= ROOM and "\n" not in line:
            return line, []
    digits = tensors.telling([value for _, value in leaves])
    return f"{call.function}({', '.join(given)})", _few_lines(
        [Given(name, value, digits) for name, value in leaves], room
    )


def named(name: str, value: object, digits: int = FEW_DIGITS, few: int = FEW_GIVEN) -> str:
    """`x = …`, of a tensor or an array with its shape, and how it lies in memory if that is odd."""
    text = _summed_up(value) if _size(value) > few else argument(value, digits)
    facts = _facts(value, text)
    text = aligned(f"{name} = ", text)
    last = text.rpartition("\n")[2]
    if facts and len(last) + len(facts) + 2 > ROOM:
        return f"{text}\n{' ' * len(f'{name} = ')}{facts}"
    return f"{text}  {facts}".rstrip()


def _facts(value: object, text: str) -> str:
    if _size(value) < 0:
        return ""
    is_said = text.startswith("<") or "size=" in text
    shape = "" if is_said else f"{tr('shape')} {_shape(value)}"
    lies = tensors.layout(value) if isinstance(value, torch.Tensor) else _strides(value)
    return ", ".join(fact for fact in (shape, lies) if fact)


def _shape(value: object) -> tuple[int, ...]:
    return tuple(value.shape) if isinstance(value, torch.Tensor | np.ndarray) else ()


def _size(value: object) -> int:
    """How many elements a tensor or an array has; -1 of what is neither."""
    if type(value) in TENSORS:
        return value.numel()  # type: ignore[attr-defined]
    return value.size if isinstance(value, np.ndarray) else -1


def _strides(value: object) -> str:
    odd = isinstance(value, np.ndarray) and not value.flags.c_contiguous
    return tr("strides {strides} in bytes").format(strides=value.strides) if odd else ""  # type: ignore[attr-defined]


def _summed_up(value: object) -> str:
    if isinstance(value, torch.Tensor):
        return f"<{tensors.describe(value)}>"
    if isinstance(value, np.ndarray):
        return tr("<{dtype} array of shape {shape}>").format(dtype=value.dtype, shape=value.shape)
    return show(value)


def _leaves(name: str, value: object, deepest: int = DEEPEST) -> Iterator[tuple[str, object]]:
    """The value by its name, or, where it is a list or the like with tensors in it, its items."""
    if deepest and _holds_tensors(value, deepest):
        items = value.items() if isinstance(value, dict) else enumerate(value)  # type: ignore[arg-type]
        for key, item in items:
            yield from _leaves(f"{name}[{key!r}]", item, deepest - 1)
    else:
        yield name, value


def _holds_tensors(value: object, deepest: int) -> bool:
    if type(value) not in (list, tuple, dict) or not deepest:
        return False
    items = value.values() if isinstance(value, dict) else value
    return any(
        isinstance(item, torch.Tensor) or _holds_tensors(item, deepest - 1)
        for item in items  # type: ignore[attr-defined]
    )


def _few_lines(given: list[Given], room: int) -> list[str]:
    """The texts; where they take too many lines, the tallest tensors by what they are alone."""
    texts = [each.text() for each in given]
    heights = [text.count("\n") + 1 for text in texts]
    while sum(heights) > room and max(heights) > 1:
        tallest = heights.index(max(heights))
        texts[tallest], heights[tallest] = given[tallest].text(few=0), 1
    if len(texts) > TALLEST:
        texts[TALLEST - 1 :] = [tr(MORE).format(count=len(texts) - TALLEST + 1)]
    return texts
