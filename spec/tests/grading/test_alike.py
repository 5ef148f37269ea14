"""Two files are alike in a function where the same runs for it, whatever stands beside it."""

import pytest

from spec.grading import alike
from spec.harness.files.catalogue import Kata

K08 = Kata("k08_broadcasting")
SOLUTION = K08.solution.read_text(encoding="utf-8")

HARMLESS = {
    "function": "def helper(a, b=-1):\n    return a",
    "import": "import itertools",
    "constant": "RATE = -0.5",
    "types": "def helper(a: list[int] | torch.Tensor | None) -> int | str: pass",
    "other names": "Layers = list[torch.Tensor]\n\ndef helper(layers: Layers): pass",
    "callable": "from collections.abc import Callable\n\ndef helper(f: Callable[..., int]): pass",
    "class": "class Layer:\n    def size(self): pass",
    "module": (
        "from torch import nn\n\nclass Layer(nn.Module):\n    rate = 0.5\n"
        "    def __init__(self, size: int) -> None: pass\n"
        "    @property\n    def size(self) -> int: pass\n\n"
        "class Other(Layer):\n    def forward(self, x: torch.Tensor): pass\n\n"
        "def build() -> Layer | None: pass"
    ),
}
FAILS_OR_DOES_MORE = {
    "nothing or nothing": "def helper(a: None | None): pass",
    "numbers": "def helper(a: 3 | 4): pass",
    "unknown": "def helper(a: int | Unknown): pass",
    "not or": "def helper(a: int & str): pass",
    "no type": "def helper(a: print | int): pass",
    "unknown inside": "def helper(a: list[Unknown]): pass",
    "one of two": "from collections.abc import Callable\n\ndef helper(f: Callable[int]): pass",
    "metaclass": (
        "class Meta(type):\n    def __or__(self, other): raise ValueError\n\n"
        "class A(metaclass=Meta): pass\n\ndef helper(a: A | int): pass"
    ),
    "hook": (
        "class A:\n    def __init_subclass__(cls): raise ValueError\n\nclass B(A):\n    x = 1"
    ),
    "final": "class A(bool):\n    x = 1",
    "two bases": "class A(int, str):\n    x = 1",
    "slots": "class A:\n    __slots__ = 3",
    "own name": "class A:\n    __qualname__ = 3",
    "shadowed": "class A:\n    def list(self): pass\n    def other(self) -> list[int]: pass",
    "mangled": "__a = 1\n\nclass A:\n    def other(self, b=__a): pass",
    "decorated": "class A:\n    @print\n    def other(self): pass",
    "called": "class A:\n    x = print()",
    "module's own": "def __getattr__(name): return print",
    "of Python": "__builtins__ = 3",
}


def alike_in(code: str) -> set[str]:
    """The functions in which the solution with this code below it is like the solution."""
    plain = alike.keys(K08, SOLUTION.encode(), "")
    keys = alike.keys(K08, f"{SOLUTION}\n\n{code}\n".encode(), "")
    return {name for name in plain if keys[name] == plain[name]}


@pytest.mark.parametrize("code", HARMLESS.values(), ids=HARMLESS)
def test_what_can_not_fail_and_is_not_used_changes_nothing(code: str) -> None:
    """Nor is it examined twice."""
    exec(f"import torch\n{code}", {})
    assert len(alike_in(code)) == len(alike.keys(K08, SOLUTION.encode(), ""))


@pytest.mark.parametrize("code", FAILS_OR_DOES_MORE.values(), ids=FAILS_OR_DOES_MORE)
def test_what_may_fail_at_import_is_part_of_every_function(code: str) -> None:
    """It is the whole file's end, or may be."""
    assert not alike_in(code)


def test_what_is_used_is_part_of_the_function() -> None:
    """A name that stands for something else now, and a helper's own code."""
    assert "outer_sum" not in alike_in("def outer_sum(a, b):\n    return 3")
    shape = SOLUTION.replace("def outer_sum(", "def helper(): pass\n\n\ndef outer_sum(", 1)
    assert alike.keys(K08, shape.encode(), "") == alike.keys(K08, SOLUTION.encode(), "")
