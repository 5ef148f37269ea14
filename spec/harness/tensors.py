"""A tensor as text: as torch prints it, in few lines, with digits enough to tell numbers apart."""

import math
import re
from collections.abc import Collection, Iterator, Sequence

import torch

from .language import tr

FEW = 64  # elements of a tensor that are shown
ROOM = 66  # columns beside a label, in a window of 80
TALL = 6  # lines, above which the rows of a matrix stand side by side
TALLEST = 8  # lines, above which some are left out
DIGITS = (4, 6, 8, 11, 17)  # behind the point; as many as tell numbers apart
FEW_DIGITS = DIGITS[0]
MARK, UNMARK = "\x02", "\x03"  # around what differs; the board turns them into colour
ELEMENT = re.compile(r"True|False|[-+.\w]*\d[-+.\w]*|-?inf|nan")
NARROW = (torch.float64, torch.int32, torch.uint8)  # dtypes that torch does not always name


def text(x: torch.Tensor, digits: int = FEW_DIGITS) -> str:
    """A tensor as torch prints it; a large one by its dtype, shape and device alone."""
    return f"<{describe(x)}>" if x.numel() > FEW else _shortened(_printed(x, digits))


def describe(x: torch.Tensor) -> str:
    """Dtype, shape and device in words."""
    return tr("{dtype} tensor of shape {shape} on {device}").format(
        dtype=str(x.dtype).removeprefix("torch."), shape=tuple(x.shape), device=x.device
    )


def layout(x: torch.Tensor) -> str:
    """How its elements lie in memory, where that is not one after another."""
    if x.layout is not torch.strided or x.is_contiguous():
        return ""
    if any(length > 1 and not step for length, step in zip(x.shape, x.stride(), strict=True)):
        return tr("expanded")
    return tr("strides {strides}").format(strides=tuple(x.stride()))


def marked(x: torch.Tensor, wrong: Collection[int], digits: int = FEW_DIGITS) -> str:
    """The tensor as text, the elements of these positions in row-major order between marks."""
    if x.numel() > FEW:
        return text(x)
    said = _printed(x, digits)
    elements = _elements(said, x)
    for position in sorted(wrong, reverse=True) if elements else ():
        left, right = elements[position].span()
        said = f"{said[:left]}{MARK}{said[left:right]}{UNMARK}{said[right:]}"
    return _shortened(said)


def sides(wanted: torch.Tensor, got: torch.Tensor, wrong: Sequence[int]) -> tuple[str, str]:
    """Both as text with what differs marked, and with digits enough to see that it does."""
    digits = FEW_DIGITS
    for digits in DIGITS if wanted.numel() <= FEW else ():
        pairs = zip(_tokens(wanted, digits), _tokens(got, digits), strict=False)
        alike = [a == b for a, b in pairs]
        if not any(alike[position] for position in wrong if position < len(alike)):
            break
    return marked(wanted, wrong, digits), marked(got, wrong, digits)


def telling(values: Sequence[object]) -> int:
    """As many digits as it takes for no two numbers among these to be printed alike."""
    tensors = [x for x in values if isinstance(x, torch.Tensor) and 0 < x.numel() <= FEW]
    plain = [x.detach().cpu() for x in tensors if x.is_floating_point()]
    exact = {value: value for value in values if type(value) is float}
    return next((digits for digits in DIGITS if _tells(plain, dict(exact), digits)), DIGITS[-1])


def _tells(tensors: list[torch.Tensor], seen: dict[float, float], digits: int) -> bool:
    for x in tensors:
        for token, value in zip(_tokens(x, digits), x.flatten().tolist(), strict=False):
            if not math.isnan(value) and seen.setdefault(float(token), value) != value:
                return False
    return True


def _printed(x: torch.Tensor, digits: int) -> str:
    options = {"precision": digits, "threshold": 1000, "edgeitems": 3, "linewidth": ROOM}
    with torch._tensor_str.printoptions(**options, sci_mode=None):  # whatever a learner has set
        said = repr(x)
    if x.dtype in NARROW and "dtype" not in said:
        said = f"{said[:-1]}, dtype={x.dtype})"
    return _compact(said, x)


def _compact(said: str, x: torch.Tensor) -> str:
    """Without empty lines; where many lines are left, what fits into one is put into one."""
    best = _filled(said)
    column = x.dim() == 2 and x.shape[1] == 1
    for level in range(1, x.dim() - 1 + column):
        if len(best) <= TALL:
            break
        joined = _filled(re.sub(rf"\],\n{{1,{level}}} *\[", "], [", said))
        if max(map(len, joined)) > ROOM:
            break
        best = joined
    return "\n".join(best)


def _filled(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.strip()]


def _shortened(said: str) -> str:
    """The first and last lines of a tall one, and between them those with a mark."""
    lines = said.splitlines()
    if len(lines) <= TALLEST:
        return said
    marked = [number for number, line in enumerate(lines) if MARK in line]
    kept = {0, len(lines) - 1}
    for number in [*marked, *range(len(lines))]:
        if len([*_with_gaps(lines, kept | {number})]) <= TALLEST:
            kept.add(number)
    return "\n".join(_with_gaps(lines, kept))


def _with_gaps(lines: list[str], kept: set[int]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number in kept:
            yield line
        elif number - 1 in kept:
            yield f"{re.match(' *', line)[0]}…"  # type: ignore[index]


def _elements(said: str, x: torch.Tensor) -> list[re.Match[str]]:
    """Where the elements stand in a tensor's text; nothing where they can't be told."""
    start = len("tensor(")
    closing = re.search(r"[,)]", said)
    end = said.rfind("]") + 1 if x.dim() else closing.start() if closing else 0
    found = list(ELEMENT.finditer(said, start, end)) if end > start else []
    return found if len(found) == x.numel() else []


def _tokens(x: torch.Tensor, digits: int) -> list[str]:
    said = _printed(x, digits)
    return [each.group() for each in _elements(said, x)]
