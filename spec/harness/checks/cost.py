"""What a call costs: torch operations and steps of Python, the same however busy the machine is."""

import contextlib
import functools
import pdb
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NamedTuple

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from ..files import catalogue
from ..files.loading import load_ours
from ..language import tr
from ..verdicts import About, CheckFailure
from .results import count

# Code whose steps are not the learner's: installed packages, the standard library, the harness.
UNTRACED = (
    str(Path(torch.__file__).parents[1]),
    str(Path(contextlib.__file__).parent),
    str(Path(__file__).parents[1]),
    "<frozen ",
)
LOOP = "the work is done in a loop: {steps} steps of Python for a small input"
OPERATIONS = (
    "the work is done in a loop: {less} torch operations for a small input, {more} for a larger"
)
STEPS = "the work is done in a loop: {less} steps of Python for a small input, {more} for a larger"
WHOLE = "whole-tensor operations, as many for any size"
MOST_STEPS = 30_000  # of a small call: fifty times what a training step by hand takes
TOOLS = (3, 4)  # the numbers that sys.monitoring leaves to tools without a name


def steps_of(call: Callable[[], object]) -> int:
    """The bytecode instructions of a call, but for those of libraries."""
    return _traced(call) if sys.version_info < (3, 12) else _monitored(call)


def _traced(call: Callable[[], object]) -> int:
    steps = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal steps
        if frame.f_code.co_filename.startswith(UNTRACED):
            return None
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        steps += event == "opcode"
        return trace

    previous = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(previous)
    return steps


def _monitored(call: Callable[[], object]) -> int:
    """From 3.12 on, tracing misses what a function does when it is called for the first time."""
    monitoring: Any = sys.monitoring  # type: ignore[attr-defined]
    instruction = monitoring.events.INSTRUCTION
    steps = 0

    def note(code: CodeType, _: int) -> object:
        nonlocal steps
        if code.co_filename.startswith(UNTRACED):
            return monitoring.DISABLE
        steps += 1
        return None

    tool = next(number for number in TOOLS if monitoring.get_tool(number) is None)
    monitoring.use_tool_id(tool, "torch-katas")
    monitoring.register_callback(tool, instruction, note)
    monitoring.set_events(tool, instruction)
    try:
        call()
    finally:
        monitoring.set_events(tool, 0)
        monitoring.register_callback(tool, instruction, None)
        monitoring.free_tool_id(tool)
    return steps


def assert_no_loops(small: Callable[[], object], large: Callable[[], object]) -> None:
    """A call on large input takes no more torch operations or Python steps than on small input."""
    __tracebackhide__ = True
    count()
    few, many = effort(small), effort(large)
    if few.steps > MOST_STEPS:
        raise CheckFailure(
            tr(LOOP).format(steps=few.steps),
            expected=tr(WHOLE),
            about=About.LOOP,
        )
    for problem, less, more in zip((OPERATIONS, STEPS), few, many, strict=True):
        if more > less:
            raise CheckFailure(
                tr(problem).format(less=less, more=more),
                expected=tr(WHOLE),
                about=About.LOOP,
            )


class Effort(NamedTuple):
    """What one call takes, counted, so that a busy machine changes nothing."""

    operations: int
    steps: int


def effort(call: Callable[[], object]) -> Effort:
    """The torch operations of one call, and its bytecode steps outside libraries."""
    with _without_breakpoints(), _Unpacking() as unpacking, _Tally() as tally:
        steps = steps_of(call)
    return Effort(tally.operations, steps + unpacking.elements)


@contextlib.contextmanager
def _without_breakpoints() -> Iterator[None]:
    """What a person does in a debugger is not counted, and a debugger would take the tracing."""
    before, pdb.set_trace = pdb.set_trace, lambda *_, **__: None
    try:
        yield
    finally:
        pdb.set_trace = before


class _Tally(TorchDispatchMode):
    """Counts the operations that reach a device."""

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # asking for it imports torch._dynamo, which takes over a second

    def __init__(self) -> None:
        super().__init__()
        self.operations = 0

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> object:
        self.operations += 1
        return func(*args, **(kwargs or {}))


class _Unpacking(TorchFunctionMode):
    """Counts what is handed to Python in one go: the elements of tolist, the parts of unbind."""

    def __init__(self) -> None:
        super().__init__()
        self.elements = 0

    def __torch_function__(
        self, func: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> object:
        result = func(*args, **(kwargs or {}))
        if getattr(func, "__name__", "") == "tolist":
            self.elements += args[0].numel()
        elif isinstance(result, (list, tuple)):
            self.elements += len(result)
        return result


@functools.cache
def reference(kata: str, function: str) -> Callable[..., object]:
    """The solution's own function, to time an answer against; one that takes no time without it."""
    found = catalogue.named(kata)
    if not catalogue.is_there(found.solution):
        return lambda *_: None
    answer: Callable[..., object] = getattr(load_ours(found, found.solution).module, function)
    return answer


def timed(function: Callable[..., Any], *arguments: object) -> tuple[Any, float]:
    """What a call returns, and its processor time, which a busy machine changes little."""
    start = time.process_time()
    return function(*arguments), time.process_time() - start
