"""What may run of a submission: everyday code passes, and reaching for more is named."""

import pytest

from spec.grading.intake.screening import DEEPEST, FILE, screen
from spec.grading.intake.vocabulary import MODULES
from spec.harness.files import catalogue
from spec.harness.files.catalogue import Kata

each_kata = pytest.mark.parametrize("kata", catalogue.katas(), ids=lambda kata: kata.name)


@each_kata
def test_solutions_and_stubs_pass_untouched(kata: Kata) -> None:
    """What we ourselves write is what a kata can need."""
    for path in (kata.solution, kata.stub):
        source = path.read_text(encoding="utf-8")
        assert screen(source) == (source, [])


@pytest.mark.parametrize(
    "code",
    [
        "import torch.nn.functional as F\nfrom torch import nn, Tensor\n",
        "x.grad = None\nx.requires_grad = True\nmodel.training = False\n",
        "node.inputs = (a, b)\nnode._backward = None\nnode._backward()\n",
        "class A(B):\n    def __init__(self):\n        super().__init__()\n        self.sum = 1\n",
        "class Net(Base):\n    def __init__(self):\n        Base.__init__(self)\n",
        "y = getattr(x, 'shape')\nz = hasattr(x, 'grad')\n",
        "class Net:\n    def f(self, i):\n        return getattr(self, f'layer{i}')\n",
        "if __name__ == '__main__':\n    print(f(1))\n",
        "import sys\nsmallest = sys.float_info.min\n",
        "import numpy as np\nx = np.lib.stride_tricks.as_strided(a)\n",
        '"""A text with __dunder__ names."""\n',
        "import torch\nis_tensor = type(x) is torch.Tensor\n",
    ],
)
def test_everyday_code_passes(code: str) -> None:
    """Nothing that an honest learner writes is cut out."""
    assert screen(code) == (code, [])


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import os\n", "the module os"),
        ("from os import path\n", "the module os"),
        ("import torch.utils.cpp_extension\n", "torch.utils.cpp_extension"),
        ("from . import spec\n", "the module ."),
        ("from torch import load\n", "torch.load"),
        ("import torch\ntorch.load('x')\n", "torch.load"),
        ("import torch\ntorch.serialization.load('x')\n", "torch.serialization"),
        ("import dataclasses\ndataclasses.sys.exit()\n", "sys.exit"),
        ("import torch\nt = torch.nn\n", "used as a value"),
        ("import torch\ntorch.equal = f\n", "something of torch is set"),
        ("import torch\nT = torch.Tensor\nT.sum = f\n", "sum is not yours to set"),
        ("x.__class__\n", "__class__"),
        ("eval('1')\n", "eval"),
        ("f = open\n", "open"),
        ("getattr(x, name)\n", "can't be read"),
        ("getattr(x, '__class__')\n", "__class__"),
        ("setattr(x, 'sum', f)\n", "sum is not yours to set"),
        ("'{0.__class__}'.format(x)\n", "a text"),
        ("class A(metaclass=B):\n    pass\n", "metaclass"),
        ("class A:\n    def __del__(self):\n        pass\n", "__del__"),
        ("type('A', (), {})\n", "written with the word class"),
        ("async def f():\n    pass\n", "f"),
        ("match x:\n    case A(__class__=y):\n        pass\n", "__class__"),
        ("e.__traceback__.tb_frame\n", "tb_frame"),
        ("from typing import get_type_hints\n", "get_type_hints"),
    ],
)
def test_reaching_for_more_is_cut_out_and_named(code: str, reason: str) -> None:
    """The statement is gone, every other line stays where it was, and the reason says what."""
    whole = f"def right():\n    return 1\n\n\n{code}\n\ndef also():\n    return 2\n"
    left = screen(whole)
    assert reason in " ".join(refusal.reason for refusal in left.refusals)
    assert left.source.count("\n") == whole.count("\n")
    assert "def right()" in left.source
    assert left.source.splitlines()[-1] == "    return 2"
    for refusal in left.refusals:
        assert whole.splitlines()[refusal.line - 1].strip()


def test_only_the_definition_at_fault_is_cut_out() -> None:
    """The rest of a file still counts."""
    left = screen("def f():\n    return open('x')\n\n\ndef g():\n    return 1\n")
    assert [refusal.part for refusal in left.refusals] == ["f"]
    assert "def g()" in left.source
    assert "def f" not in left.source


@pytest.mark.parametrize(
    "source",
    ["(" * 5000 + ")" * 5000, "x = " + "-" * 100_000 + "1", "x = " + "[" * 150 + "]" * 150],
)
def test_what_is_nested_too_deeply_is_refused(source: str) -> None:
    """Neither our parser nor the interpreter is brought down by it."""
    left = screen(source)
    assert not left.source.strip() or left.refusals == []
    if left.refusals:
        assert left.refusals[0].part == FILE
    assert DEEPEST < 1000


def test_another_encoding_is_refused() -> None:
    """What is screened is what runs."""
    left = screen("# -*- coding: utf-7 -*-\nx = 1\n")
    assert left.source == ""
    assert "utf-7" in left.refusals[0].reason


def test_a_file_that_is_no_python_is_left_to_the_tests() -> None:
    """They tell the learner where it is wrong."""
    assert screen("def f(:\n") == ("def f(:\n", [])


def test_no_module_of_the_machinery_is_allowed() -> None:
    """Nor anything that reads files or starts processes."""
    for name in (
        "os",
        "io",
        "pathlib",
        "subprocess",
        "spec",
        "pytest",
        "hypothesis",
        "inspect",
        "gc",
    ):
        assert name not in MODULES


def test_what_needs_a_name_that_is_left_out_goes_with_it() -> None:
    """A setting for a library at the top costs its line, and not the import of the whole file."""
    source = (
        "import os\nimport torch\n\nos.environ['OMP_NUM_THREADS'] = '1'\nHOME = os.getcwd()\n"
        "FILES = [HOME]\n\n\ndef double(x):\n    return 2 * x\n"
    )
    screened = screen(source)
    assert [refusal.line for refusal in screened.refusals] == [1, 4, 5, 6]
    names: dict[str, object] = {}
    exec(screened.source, names)
    assert {"double", "torch"} <= set(names)
