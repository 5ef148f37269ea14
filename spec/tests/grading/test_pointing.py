"""Which lines an instructor is shown: everyday code is left in peace, and reaching out is named."""

import pytest

from spec.grading.intake.allowlist import COURSE, DEEP, MODULES, ORDINARY, Weight
from spec.grading.intake.pointing import pointers, reaches
from spec.harness.files import catalogue
from spec.harness.files.catalogue import SPEC, Kata

HOSTILE = sorted((SPEC / "tests" / "grading" / "hostile").glob("*.py"))
ODD = sorted((SPEC / "tests" / "grading" / "odd").glob("*.py"))


@pytest.mark.parametrize("kata", catalogue.katas(), ids=lambda kata: kata.name)
def test_of_solutions_and_stubs_nothing_is_listed(kata: Kata) -> None:
    """What we ourselves write is what a kata can need."""
    for path in (kata.solution, kata.stub):
        assert pointers(path.read_bytes()) == []


@pytest.mark.parametrize(
    "code",
    [
        "import torch.nn.functional as F\nfrom torch import nn, Tensor\n",
        "x.grad = None\nx.requires_grad = True\nmodel.training = False\n",
        "class A(B):\n    def __init__(self):\n        super().__init__()\n        self.sum = 1\n",
        "class Net(Base):\n    def __init__(self):\n        Base.__init__(self)\n",
        "y = getattr(x, 'shape')\nz = hasattr(x, 'grad')\n",
        "class Net:\n    def f(self, i):\n        return getattr(self, f'layer{i}')\n",
        "if __name__ == '__main__':\n    print(f(1))\n",
        "import sys\nsmallest = sys.float_info.min\n",
        '"""A text with __dunder__ names."""\n',
        "print(f'{type(x).__name__}: {x!r}')\nprint('_' * 40)\n",
        "import logging\nlog = logging.getLogger(__name__)\nlog.info('%s', 1)\n",
        "import matplotlib.pyplot as plt\nplt.rcParams['figure.figsize'] = (1, 2)\n",
        "class Node:\n    __slots__ = ('a',)\n    __radd__ = __add__\n    __hash__ = None\n",
        "def f(input, vars):\n    return input + vars\n",
        "names = '__'.join(parts).split('__')\n",
        "order = {id(node): 0 for node in nodes}\n",
        "message = '{:.2f} {name}'.format(1, name='x')\n",
        "form = '{:>' + str(n) + '}'\nline = '{:<8}' * n\nform.format(1), line.format(*x)\n",
        "if __name__ == '__main__':\n    import subprocess\n    exec(open('x').read())\n",
        "import gc\nimport pickle\nimport pdb\nimport types\n",
        "import timeit\ntimeit.timeit(lambda: f(1))\ntimeit.timeit('f(1)', 'x = 1')\n",
        'import doctest\ndef f():\n    """\n    >>> f()\n    """\ndoctest.testmod()\n',
        "from torch.optim.sgd import SGD\nx: 'torch.Tensor' = f()\n",
    ],
)
def test_everyday_code_is_not_listed(code: str) -> None:
    """Nothing that an honest learner writes every day."""
    assert pointers(code.encode()) == []


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("import os\nos.environ['A'] = '1'\n", "os.environ"),
        ("import sys\nsys.path.append('..')\n", "sys.path"),
        ("y = x._version\n", "_version"),
        ("import k05_flatten\n", "k05_flatten"),
        ("import gc\ngc.collect()\n", "gc.collect"),
        ("try:\n    import nosuchpackage\nexcept ImportError:\n    pass\n", "nosuchpackage"),
        ("x = '\u202e a'\n", "can't be seen"),
    ],
)
def test_what_is_odd_and_no_more_is_unusual(code: str, word: str) -> None:
    """It is listed, and not as reaching out."""
    found = pointers(code.encode())
    assert {pointer.weight for pointer in found} == {Weight.UNUSUAL}
    assert word in found[0].sentence


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("import os\nos.remove('x')\n", "os.remove"),
        ("import subprocess\n", "subprocess"),
        ("import torch.utils.cpp_extension\n", "torch.utils.cpp_extension"),
        ("from . import spec\n", "imports ."),
        ("from torch import load\n", "torch.load"),
        ("import torch\nread = torch.load\n", "torch.load"),
        ("import torch\ntorch.serialization.load('x')\n", "torch.serialization"),
        ("from torch import *\nload('x')\n", "torch.load"),
        ("import dataclasses\ndataclasses.sys.exit()\n", "sys"),
        ("import torch\ntorch.equal = f\n", "torch.equal"),
        ("import torch\nT = torch.Tensor\nT.sum = f\n", "torch.Tensor.sum"),
        ("x.sum = f\n", "sum"),
        ("().__class__.__base__\n", "__base__"),
        ("eval('1')\n", "eval"),
        ("f = open\n", "open"),
        ("getattr(x, name)\n", "computes"),
        ("self = f\ngetattr(self, 'gi' + '_frame')\n", "computes"),
        ("getattr(x, '__globals__')\n", "__globals__"),
        ("setattr(x, 'sum', f)\n", "sum"),
        ("'{0.__class__}'.format(x)\n", "template"),
        ("class A(metaclass=B):\n    pass\n", "metaclass"),
        ("class A:\n    def __del__(self):\n        pass\n", "__del__"),
        ("class A:\n    from itertools import chain as __array_function__\n", "__array_function__"),
        ("match x:\n    case __torch_function__:\n        pass\n", "__torch_function__"),
        ("dict(__setattr__=f)\n", "__setattr__"),
        ("type('A', (), {})\n", "class"),
        ("e.__traceback__.tb_frame\n", "tb_frame"),
        ("word(id(x) + 24)\n", "address"),
        ("class A:\n    def put(self):\n        pass\nA.put(x)\n", "A"),
        ("import contextlib\ns = contextlib.suppress()\ns._old = 1\n", "_old"),
        ("import numpy as np\nnp.lib.stride_tricks.as_strided(x)\n", "as_strided"),
        ("import traceback\ntraceback.walk_stack(None)\n", "walk_stack"),
        ("import traceback\ntraceback.linecache.cache\n", "linecache"),
        ("import unittest\nunittest.mock.patch('torch.isclose')\n", "mock"),
        ("import json\njson.codecs.open('x')\n", "codecs"),
        ("import sys\nf([sys])\n", "hands on sys"),
        ("import timeit\ntimeit.timeit('import os; os.fork()')\n", "os.fork"),
        ("import timeit\ntimeit.timeit(text)\n", "text"),
        ('import doctest\ndef f():\n    """\n    >>> eval(\'1\')\n    """\n', "eval"),
        ("def f(x: 'exec(1)'):\n    pass\n", "exec"),
        ("import torch.jit\n# type: (exec(1)) -> int\n", "exec"),
        ("__name__ = '__main__'\nif __name__ == '__main__':\n    eval('1')\n", "eval"),
        ("('{0' + '.' + name + '}').format(x)\n", "pieces"),
        ("str.format('.'.join(names), x)\n", "pieces"),
        ("list(map(str.format, names))\n", "pieces"),
        ("breakpoint('x')\n", "breakpoint"),
        ("import numpy as np\nimport operator\nnp.frompyfunc(operator.add, 2, 1)\n", "loops"),
    ],
)
def test_reaching_out_is_named(code: str, word: str) -> None:
    """With its line, and in words that say what it reaches for."""
    found = pointers(f"x = 1\n{code}".encode())
    assert reaches(found)
    assert word in " ".join(pointer.sentence for pointer in found)
    assert all(pointer.line > 1 for pointer in found)


@pytest.mark.parametrize("path", ODD, ids=lambda path: path.stem)
def test_odd_but_honest_code_does_not_reach_out(path: object) -> None:
    """A grader that cries wolf is not listened to."""
    assert not reaches(pointers(path.read_bytes()))  # type: ignore[attr-defined]


def test_few_honest_files_are_listed_at_all() -> None:
    """A third at most."""
    listed = [path.stem for path in ODD if pointers(path.read_bytes())]
    assert len(listed) <= len(ODD) / 3


@pytest.mark.parametrize("source", ["(" * 5000 + ")" * 5000, "x = " + "-" * 100_000 + "1"])
def test_what_is_nested_too_deeply_brings_nobody_down(source: str) -> None:
    """Neither our parser nor the interpreter."""
    found = pointers(source.encode())
    assert [pointer.sentence for pointer in found] in ([], [DEEP])


def test_text_that_runs_as_other_text_is_named() -> None:
    """What is shown is what runs, in whatever encoding, or it is listed."""
    assert reaches(pointers(b"# -*- coding: raw_unicode_escape -*-\n# \\u000ax = 1\n"))
    assert reaches(pointers(b"# -*- coding: utf-7 -*-\nx = '+AGE-'\n"))
    for name in ("utf8", "U8", "latin-1", "cp1251", "ascii", "utf-8-sig"):
        assert pointers(f"# -*- coding: {name} -*-\nx = 1\n".encode()) == []
    assert pointers("# -*- coding: cp1251 -*-\nx = 'да'\n".encode("cp1251")) == []
    assert pointers(b"\xef\xbb\xbfx = 1\r\n") == []


def test_a_file_that_is_no_python_is_left_to_the_tests() -> None:
    """They tell the learner where it is wrong."""
    assert pointers(b"def f(:\n") == []


def test_no_module_of_the_machinery_is_of_the_course() -> None:
    """Nor anything that reads files or starts processes."""
    for name in ("subprocess", "spec", "pytest", "hypothesis", "ctypes", "threading"):
        assert name not in MODULES
    for name in ("os", "sys", "gc", "pickle", "types", "pdb"):
        assert name not in COURSE and name in ORDINARY
