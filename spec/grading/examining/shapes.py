"""Whether what came over a pipe has the shape that was agreed on, before anybody relies on it."""

import enum
import math
import types
import typing
from dataclasses import fields, is_dataclass
from typing import Any

LONGEST = 20_000  # characters of a text
DEEPEST = 8  # lists and tables within each other


class Misshapen(Exception):
    """What came is not what was agreed on."""


def shaped(value: Any, hint: Any) -> Any:
    """The value as this type hint says, made anew; Misshapen if it is something else."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any:
        return _plain(value, DEEPEST)
    if origin in (typing.Union, types.UnionType):
        if value is None and type(None) in inner:
            return None
        (wanted,) = [each for each in inner if each is not type(None)]
        return shaped(value, wanted)
    if origin is list and isinstance(value, list):
        return [shaped(each, inner[0]) for each in value]
    if origin is tuple and isinstance(value, list | tuple) and len(value) == len(inner):
        return tuple(shaped(each, kind) for each, kind in zip(value, inner, strict=True))
    if origin is dict and isinstance(value, dict):
        return {shaped(key, inner[0]): shaped(each, inner[1]) for key, each in value.items()}
    if isinstance(hint, type) and is_dataclass(hint) and isinstance(value, dict):
        return _record(value, hint)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return _member(value, hint)
    if hint is float and type(value) in (int, float) and math.isfinite(value):
        return float(value)
    if hint in (bool, int, str, type(None)) and type(value) is (hint or type(None)):
        return _text(str(value)) if hint is str else value
    raise Misshapen(f"{hint} is asked for")


def clipped(text: str) -> str:
    """The text, the middle of it left out if it is longer than anybody reads."""
    if len(text) <= LONGEST:
        return text
    half = LONGEST // 2 - 10
    return f"{text[:half]} […] {text[-half:]}"


def _record(value: dict[str, Any], hint: Any) -> Any:
    hints = typing.get_type_hints(hint)
    if set(value) != {each.name for each in fields(hint)}:
        raise Misshapen(f"{hint.__name__} has other parts")
    return hint(**{name: shaped(each, hints[name]) for name, each in value.items()})


def _member(value: Any, hint: type[enum.Enum]) -> enum.Enum:
    for member in hint:
        if type(value) is type(member.value) and value == member.value:
            return member
    raise Misshapen(f"there is no such {hint.__name__}")


def _text(text: str) -> str:
    if len(text) > LONGEST:
        raise Misshapen("a text is too long")
    return text.encode("utf-8", "replace").decode("utf-8")


def _plain(value: Any, deepest: int) -> Any:
    if deepest and isinstance(value, list):
        return [_plain(each, deepest - 1) for each in value]
    if deepest and isinstance(value, dict):
        return {_text(key): _plain(each, deepest - 1) for key, each in value.items()}
    if isinstance(value, str):
        return _text(value)
    if (
        value is None
        or type(value) in (bool, int)
        or (type(value) is float and math.isfinite(value))
    ):
        return value
    raise Misshapen("no plain data")
