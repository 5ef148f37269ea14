"""A class that is judged in parts: each has its own state, tests, hints and missing methods."""

from pathlib import Path

import pytest

from spec.harness.files import catalogue, sources
from spec.harness.files.catalogue import ROOT
from spec.tests.inner import run

LEAF = """
    def __init__(self, value):
        self.value, self.grad, self.inputs = value, 0.0, ()
"""
SUM = """
    def __add__(self, other):
        out = Node(self.value + other.value)
        out.inputs = (self, other)
        return out
"""
PRODUCT_FORGETS = """
    def __mul__(self, other):
        return Node(self.value * other.value)
"""
REFLECTED = """
    def __radd__(self, other):
        raise NotImplementedError

    def __rmul__(self, other):
        raise NotImplementedError
"""
UNWRITTEN = """
    def backward(self):
        raise NotImplementedError
"""


@pytest.fixture
def shown(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The summary for a class of these methods, with every failure."""
    text = f"class Node:{''.join(request.param)}"
    (tmp_path / "k13_backprop.py").write_text(text, encoding="utf-8")
    return run(tmp_path, ".", "--device=cpu", "--all").summary


@pytest.mark.parametrize("shown", [(LEAF, SUM, UNWRITTEN)], indirect=True)
def test_what_is_written_wins_its_tests_at_once(shown: str) -> None:
    """Two right methods are two parts done, whatever the others do."""
    assert " 2/12 work   2/12 done" in shown


@pytest.mark.parametrize("shown", [(LEAF, SUM, PRODUCT_FORGETS, UNWRITTEN)], indirect=True)
def test_a_fault_is_that_of_its_part(shown: str) -> None:
    """The product's fault stands under the product, with the line of its method."""
    assert "k13_backprop.py:10 Node_mul\n" in shown
    assert "it forgot what" in shown, "a known mistake of the class is named"


@pytest.mark.parametrize("shown", [(LEAF, SUM, UNWRITTEN)], indirect=True)
def test_a_missing_method_is_named(shown: str) -> None:
    """With the line that defines it."""
    assert "Node has no method __rmul__." in shown or "Node has no method __radd__." in shown
    assert "Define it as `def __radd__(self, other):` in the class." in shown


@pytest.mark.parametrize("shown", [(LEAF, SUM, UNWRITTEN)], indirect=True)
def test_a_method_that_is_not_written_leaves_its_parts_not_started(shown: str) -> None:
    """All parts that are about backward wait for it."""
    waiting = shown.partition("= not started =")[2].partition("= board =")[0]
    assert [line.split()[-1] for line in waiting.splitlines() if ".py:" in line] == [
        "Node_backward",
        "Node_slopes",
        "Node_shared",
        "Node_again",
        "Node_large",
    ]


@pytest.mark.parametrize(
    "shown",
    [(LEAF, SUM, PRODUCT_FORGETS, REFLECTED, "    __radd__ = __add__\n    __rmul__ = __mul__\n")],
    indirect=True,
)
def test_an_assignment_defines_a_method(shown: str) -> None:
    """`__radd__ = __add__` below the stub's own is as good as a def."""
    assert " Node_numbers\n" in shown.partition("= not started =")[0]


def test_an_example_belongs_to_one_part() -> None:
    """That of a method to the first part about it, that of the class to the last."""
    kata = catalogue.named("k13_backprop")
    units = sources.units(kata)
    found = {name: sources.examples(kata, unit) for name, unit in units.items()}
    with_backward = [name for name, unit in units.items() if "backward" in unit.methods]
    assert [name for name in with_backward if found[name]] == [with_backward[0], with_backward[-1]]


def test_each_part_has_hints() -> None:
    """They are asked for by the part's name, and the class's own name lists the parts."""
    assert "hint for Node_mul" in run(ROOT, "--hint", "Node_mul:2").output
    assert "Node_leaf, Node_add" in run(ROOT, "katas/k13_backprop.py", "--hint", "Node").output


def test_failures_come_in_the_order_of_a_table(tmp_path: Path) -> None:
    """The first row that fails is shown, not the first in the alphabet."""
    kata = catalogue.named("k13_backprop")
    source = kata.solution.read_text(encoding="utf-8")
    faulty = source.replace("node.grad += slope", "node.grad += slope * (len(self.inputs) < 1)")
    (tmp_path / "k13_backprop.py").write_text(faulty, encoding="utf-8")
    seen = run(tmp_path, ".", "--device=cpu", "-k", "Node_shared_collects").summary
    assert "x.grad after (x + x).backward()" in seen
