"""An exception in a learner's function: what it says, their own lines and their tensors."""

import linecache
import re
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import FrameType, MappingProxyType

import torch

from .. import texts
from ..checks.copies import snapshot
from ..checks.plain import TENSORS
from ..tensors import FEW
from .called import named

NOTHING: Mapping[str, object] = MappingProxyType({})

# What torch advises, which is right in one case of many.
ADVICE = re.compile(r"\s*Use \.reshape\(\.\.\.\) instead\.")


def message(error: BaseException) -> str:
    """The error in a line as Python says it, without advice that a learner should not follow."""
    return ADVICE.sub("", f"{type(error).__name__}: {error}".rstrip(": "))


def place(path: Path, line: int) -> str:
    """A line of a file as place and code."""
    return f"{texts.shown(path)}:{line}\n    {linecache.getline(str(path), line).strip()}"


def own_lines(error: BaseException, path: Path) -> list[str]:
    """The lines of the file that the error came through, as `place` and code, innermost last."""
    return [
        place(path, frame.lineno or 1)
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == str(path)
    ][-3:]


def own_tensors(
    error: BaseException, path: Path, given: Mapping[str, object] = NOTHING
) -> list[str]:
    """The tensors of the innermost frame in the file, each as text, but for those of the call."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    own = [frame for frame in frames if frame.f_code.co_filename == str(path)]
    return _tensors(own[-1], given) if own else []


def _tensors(frame: FrameType, given: Mapping[str, object]) -> list[str]:
    held = {name: value for name, value in frame.f_locals.items() if type(value) in TENSORS}
    known = [name for name, x in held.items() if _same(x, given.get(name))]
    return [named(n, value, few=FEW // 8) for n, value in held.items() if n not in known]


def _same(x: torch.Tensor, other: object) -> bool:
    """Whether a tensor is as an argument was before the call."""
    return x is other or (type(x) is type(other) and snapshot(x) == snapshot(other))
