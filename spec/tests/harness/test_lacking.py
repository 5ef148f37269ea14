"""What a class lacks, or what came back, is said, and what to define."""

import operator
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from spec.harness.explaining import errors, lacking, meanings
from spec.harness.files import catalogue, sources
from spec.tests.inner import run


def promise(kata: str, function: str) -> sources.Definition:
    """What a kata promises of a function."""
    return sources.promised(catalogue.named(kata))[function]


class Node:
    """Has nothing that is asked of it."""


NODE = Node()
ASKED: dict[str, Callable[[], object]] = {
    "def __add__(self, other)": lambda: NODE + NODE,  # type: ignore[operator]
    "def __rmul__(self, other)": lambda: 2 * NODE,  # type: ignore[operator]
    "def __pow__(self, other)": lambda: NODE**2,  # type: ignore[operator]
    "def __neg__(self)": lambda: -NODE,  # type: ignore[operator]
    "def __lt__(self, other)": lambda: NODE < NODE,  # type: ignore[operator]
    "def __call__(self, x)": lambda: NODE(1),  # type: ignore[operator]
    "def __iter__(self)": lambda: list(NODE),  # type: ignore[call-overload]
    "def __len__(self)": lambda: len(NODE),  # type: ignore[arg-type]
    "def __getitem__(self, index)": lambda: NODE[0],  # type: ignore[index]
    "def __setitem__(self, index, value)": lambda: operator.setitem(NODE, 0, 1),  # type: ignore[call-overload]
    "def __float__(self)": lambda: float(NODE),  # type: ignore[arg-type]
    "def relu(self)": lambda: NODE.relu(),  # type: ignore[attr-defined]
    "self.grad": lambda: NODE.grad,  # type: ignore[attr-defined]
    "def __init__(self, value)": lambda: Node(2),  # type: ignore[call-arg]
}


@pytest.mark.parametrize("words", ASKED)
def test_what_a_class_lacks_is_what_to_define(words: str) -> None:
    """A missing method, a missing attribute, an unsupported operand: each says what to write."""
    with pytest.raises((TypeError, AttributeError)) as caught:
        ASKED[words]()
    lack = lacking.of(caught.value, promise("k13_backprop", "Node"))
    assert lack is not None, caught.value
    assert words in (lack.advice or "")
    assert lack.problem.startswith("Node")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (lambda: [].shape, "no `shape`: it is a list"),  # type: ignore[attr-defined]
        (lambda: None + 0.5, "None where a number is asked for"),  # type: ignore[operator]
        (lambda: len(3), "can't be counted by len: it is an int"),  # type: ignore[arg-type]
        (lambda: operator.getitem(None, 0), "can't be indexed: it is None"),  # type: ignore[call-overload]
        (lambda: [].__getitem__("a"), "is a list, or holds one, where a dict is asked for"),  # type: ignore[call-overload]
        (lambda: (_ for _ in ()) < 1, "can't be compared by <"),  # type: ignore[operator]
    ],
    ids=["attribute", "operand", "length", "index", "key", "order"],
)
def test_what_came_back_lacks_is_said_of_it(asked: Callable[[], object], words: str) -> None:
    """It is no class of the learner's, so there is nothing to define."""
    with pytest.raises((TypeError, AttributeError)) as caught:
        asked()
    lack = lacking.of(caught.value, promise("k09_cat_stack", "join_rows"))
    assert lack is not None
    assert words in lack.problem
    assert lack.advice is None
    assert lacking.of_class(caught.value, promise("k09_cat_stack", "join_rows")) is None


def test_a_module_without_forward_says_what_to_define() -> None:
    """torch raises NotImplementedError, which is no stub here."""
    with pytest.raises(NotImplementedError) as caught:
        torch.nn.Module()(1)
    lack = lacking.of(caught.value, promise("k17_module", "Affine"))
    assert lack is not None
    assert lack.advice == "Define it as `def forward(self, x):` in the class."


class Affine:
    """Was meant to be a module."""


def test_a_class_that_is_no_module_is_told_so() -> None:
    """What every module has need not be written."""
    promised = promise("k17_module", "Affine")
    for asked in (lambda: Affine().named_parameters(), lambda: Affine()(1)):  # type: ignore[attr-defined,operator]
        with pytest.raises((AttributeError, TypeError)) as caught:
            asked()
        lack = lacking.of(caught.value, promised)
        assert lack is not None
        assert "class Affine(nn.Module):" in (lack.advice or "")


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        (
            "class Affine:\n    def __init__(self, size): self.size = size\n",
            "def __init__(self, inputs,",
        ),
        ("import torch\n", "class Affine(nn.Module):"),
    ],
    ids=["parameters", "class"],
)
def test_how_a_class_is_defined_is_said_as_python_writes_it(
    tmp_path: Path, written: str, advice: str
) -> None:
    """Its parameters are those of __init__, and what stands behind its name are its bases."""
    (tmp_path / "k17_module.py").write_text(written, encoding="utf-8")
    assert f"`{advice}" in run(tmp_path, ".", "--device=cpu", "-k", "Affine").output


@pytest.mark.parametrize(
    ("first", "second", "advice"),
    [
        ((2, 3), (4, 2), "In the other order they would be."),
        ((3, 2), (3, 4), "With the first transposed they would be."),
        ((5, 3), (4, 3), "With the second transposed they would be."),
        ((2, 3), (2, 3), "must be equal."),
        ((2, 3), (5, 7), "must be equal."),
    ],
)
def test_how_two_matrices_would_fit_is_said_where_there_is_one_way(
    first: tuple[int, int], second: tuple[int, int], advice: str
) -> None:
    """Nobody is told to transpose what stands in the wrong order."""
    with pytest.raises(RuntimeError) as caught:
        torch.ones(first) @ torch.ones(second)
    assert (meanings.meaning(caught.value) or "").endswith(advice)


def test_torchs_advice_to_reshape_is_not_passed_on() -> None:
    """It is right where the axes stand in order, and wrong where they have to be exchanged."""
    with pytest.raises(RuntimeError) as caught:
        torch.ones(2, 3).T.view(6)
    assert "reshape" not in errors.message(caught.value)
    assert "put the axes right first" in (meanings.meaning(caught.value) or "")
