"""How many steps of Python a call takes: the same number however busy the machine is."""

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import torch

# Code whose steps are not the learner's: installed packages, the standard library, the harness.
UNTRACED = (
    str(Path(torch.__file__).parents[1]),
    str(Path(contextlib.__file__).parent),
    str(Path(__file__).parent),
    "<frozen ",
)
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
