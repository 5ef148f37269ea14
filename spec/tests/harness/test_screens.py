"""A failure in one look: short, whole, and with what tells it from others."""

import functools
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from spec.harness.checks.copies import copied
from spec.harness.explaining import between, members
from spec.harness.explaining.called import called, named
from spec.harness.explaining.lines import lines
from spec.harness.files import catalogue, sources
from spec.harness.rendering import LONGEST, show
from spec.harness.running.subject import Call
from spec.harness.tensors import layout
from spec.tests.inner import run


def promise(kata: str, function: str) -> sources.Definition:
    """What a kata promises of a function."""
    return sources.promised(catalogue.named(kata))[function]


# Arguments


def test_arguments_stand_one_under_another() -> None:
    """Each by its name, with its shape; the rows of a matrix under each other."""
    call = Call("scale", (torch.ones(2, 2), torch.ones(2)), {"by": 3})
    head, arguments = called(call, ["matrix", "factors", "by"])
    assert head == "scale(matrix, factors, by)"
    assert arguments == [
        "matrix = tensor([[1., 1.],\n                 [1., 1.]])  shape (2, 2)",
        "factors = tensor([1., 1.])  shape (2,)",
        "by = 3",
    ]


def test_a_short_call_of_plain_values_is_one_line() -> None:
    """What fits as a learner would type it needs no list."""
    assert called(Call("fit", ((2, 3), (3, 2)), {}), ["a", "b"]) == ("fit((2, 3), (3, 2))", [])


def test_tensors_in_lists_are_named_by_their_place() -> None:
    """The first weight is parameters[0][0], and has its shape; a dict has its keys."""
    pairs = [(torch.ones(1, 2), torch.ones(1))]
    _, arguments = called(Call("f", (pairs, {"bias": torch.ones(1)}), {}), ["layers", "state"])
    assert [each.partition(" = ")[0] for each in arguments] == [
        "layers[0][0]",
        "layers[0][1]",
        "state['bias']",
    ]


def test_many_arguments_take_ten_lines_at_most() -> None:
    """The tallest are told by dtype and shape alone; of very many the first are shown."""
    matrices = tuple(torch.ones(6, 2) for _ in range(4))
    _, arguments = called(Call("f", (*matrices, torch.ones(2)), {}), list("abcde"))
    assert sum(each.count("\n") + 1 for each in arguments) <= 10
    assert "<float32 tensor of shape (6, 2) on cpu>" in arguments[0]
    assert arguments[4] == "e = tensor([1., 1.])  shape (2,)"
    _, arguments = called(Call("f", ([torch.ones(1)] * 30,), {}), ["tensors"])
    assert arguments[-1] == "… and 21 more"


@pytest.mark.parametrize(
    ("x", "words"),
    [
        (torch.ones(2, 3).T, "shape (3, 2), strides (1, 3)"),
        (torch.ones(2, 1).expand(2, 3), "shape (2, 3), expanded"),
        (torch.ones(4, 8)[:, ::2], "strides (8, 2)"),
        (torch.ones(100, 2).T, "strides (1, 2)"),
        (np.ones((2, 3), np.int8).T, "strides (1, 3) in bytes"),
    ],
    ids=["transposed", "expanded", "every other", "large", "array"],
)
def test_how_an_argument_lies_in_memory_is_said_where_it_is_odd(x: Any, words: str) -> None:
    """What is non-contiguous says so; what is not does not."""
    assert words in named("x", x)
    assert "strides" not in named("x", torch.ones(2, 3))
    assert not layout(torch.ones(1, 3).expand(1, 3))


def test_models_optimizers_and_generators_take_one_line() -> None:
    """However large they are."""
    model = torch.nn.Sequential(*(torch.nn.Linear(2, 2) for _ in range(9)))
    assert show(model) == "Sequential(Linear, Linear, Linear, Linear, Linear, and 4 more)"
    assert show(torch.nn.Sequential(torch.nn.ReLU())) == "Sequential((0): ReLU())"
    assert show(torch.optim.Adam(model.parameters())) == "Adam(lr=0.001)"
    assert show(torch.Generator().manual_seed(7)) == "<Generator on cpu with seed 7>"


def test_no_value_is_tall() -> None:
    """Of a long list of tensors, or a dict of many items, the middle is left out."""
    for value in ([torch.ones(3, 2)] * 9, {(f"a{i}", f"b{i}"): i / 3 for i in range(40)}):
        said = show(value).splitlines()
        assert len(said) <= 10
        assert any("…" in line for line in said)


# Whole words


@pytest.mark.parametrize("label", ["called", "got", "at", "raised", "problem"])
@pytest.mark.parametrize("width", [60, 80])
def test_no_line_is_cut_within_a_word(label: str, width: int) -> None:
    """What is too long for the window goes on in the next line, at a space."""
    word = "dtype=torch.float64,"
    said = lines([(label, " ".join([word] * 9))], width)
    assert max(map(len, said)) <= width
    assert " ".join(said).split().count(word) == 9


def test_a_command_is_not_cut() -> None:
    """It is copied as it stands."""
    assert len(lines([("hint", "pytest " + "a" * 90)], 80)) == 1


def test_what_is_left_out_is_left_out_between_words() -> None:
    """A long value ends with a whole item."""
    said = show(["dtype=torch.float64" for _ in range(20)] * 3)
    assert len(said) <= LONGEST + 2
    assert show(["word" * 10 for _ in range(40)]).removesuffix(" …").endswith(("'", ",", "]"))


# What came back


PAIR = torch.ones(2), torch.zeros(2)


@pytest.mark.parametrize(
    ("function", "result", "part", "name"),
    [
        ("k09_cat_stack.pad_and_stack", PAIR, PAIR[1], "mask"),
        ("k14_mlp.linear_backward", (*PAIR, torch.ones(3)), PAIR[1], "grad_weight"),
        ("k14_mlp.mlp_backward", [PAIR, PAIR[::-1]], PAIR[1], "grad_bias of result[0]"),
        ("k12_chain_rule.two_paths", PAIR, PAIR[0], "dp_dx1"),
        ("k09_cat_stack.split_like", PAIR, PAIR[1], "result[1]"),
        ("k09_cat_stack.join_rows", PAIR[0], PAIR[0], None),
        ("k09_cat_stack.pad_and_stack", PAIR, torch.zeros(2), None),
    ],
)
def test_a_part_of_a_result_is_called_by_its_name(
    function: str, result: Any, part: torch.Tensor, name: str | None
) -> None:
    """The name that the docstring gives it, or else its place."""
    kata, _, function = function.partition(".")
    call = Call(function, (), {}, result=result, returned=True)
    assert members.name_of(part, call, promise(kata, function)) == name


def test_what_a_test_wrote_in_between_is_said() -> None:
    """Into an argument, a part of one or the result; nothing where nothing was written."""
    array, rows = np.zeros(2), [torch.zeros(2), torch.zeros(1)]
    result = torch.zeros(2)
    call = Call("f", (), {}, result=result, returned=True, came=copied(result))
    call.arguments = call.given = (array, rows)
    call.left = [copied(array), copied(rows)]
    written = functools.partial(between.written, call, ["values", "rows"])
    assert written() is None
    result[0] = 1
    assert written() == "result was written into"
    rows[1][0] = 5
    assert written() == "rows[1] was written into, and now\n  rows[1] = tensor([5.])  shape (1,)"
    array[0] = 3
    assert "values = array([3., 0.])" in (written() or "")


# Whole screens


PRINTS = """
import torch

def normalize_rows(matrix):
    print("met", tuple(matrix.shape))
    return matrix

def outer_sum(a, b):
    return a.cpu()[:, None] + b.cpu()
"""


def test_the_prints_of_the_failing_call_are_shown_and_marked(tmp_path: Path) -> None:
    """Those of the call that is shown, and not of the calls before it."""
    (tmp_path / "k08_broadcasting.py").write_text(PRINTS, encoding="utf-8")
    seen = run(tmp_path, ".", "--device=cpu", "-k", "normalize_rows and not example")
    shape = seen.output.partition("shape (")[2].partition(")")[0]
    assert f"  printed   met ({shape})\n" in seen.output
    assert seen.output.count("met (") == 1


LEAF = """
class Node:
    def __init__(self, value):
        print("made", value)
        self.value, self.grad, self.inputs = value, 1.0, ()
"""


def test_what_a_class_prints_is_marked_as_of_the_whole_test(tmp_path: Path) -> None:
    """No single call failed there."""
    (tmp_path / "k13_backprop.py").write_text(LEAF, encoding="utf-8")
    seen = run(tmp_path, ".", "-k", "Node_leaf and not example").output
    assert re.search(r"  -- printed in this test --\n  made ", seen)
    assert "Captured" not in seen


AFFINE = """
import torch

class Affine(torch.nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.randn(outputs, inputs))
        self.bias = torch.nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        print("met", len(x))
        return x @ self.weight + self.bias
"""


def test_a_call_of_what_a_class_makes_is_shown_like_a_function_s(tmp_path: Path) -> None:
    """How it was made, the batch by its name, and no batch again among the tensors at the line."""
    (tmp_path / "k17_module.py").write_text(AFFINE, encoding="utf-8")
    seen = run(tmp_path, ".", "--device=cpu", "-k", "Affine_example").output
    assert "  called    Affine(3, 2)(x)\n              x = tensor([[1., 0., 2.]])" in seen
    assert seen.count("tensor([[1., 0., 2.]])") == 1
    assert "  -- printed in this test --\n  met 1\n" in seen


EXAMPLES = """
import torch

def pad_and_stack(sequences, value):
    longest = max(map(len, sequences))
    rows = [torch.cat([s, s.new_full((longest - len(s),), value)]) for s in sequences]
    return torch.stack(rows), torch.stack(rows) == value

def join_rows(tensors):
    return torch.cat(tensors) + 1
"""


def test_of_an_example_the_code_stands_before_what_came(tmp_path: Path) -> None:
    """As far as the call does not say it, with the part that differs by its name and in red."""
    (tmp_path / "k09_cat_stack.py").write_text(EXAMPLES, encoding="utf-8")
    seen = run(tmp_path, ".", "--device=cpu", "-k", "example", "--all", "--color=yes").output
    alone, _, several = seen.partition(" pad_and_stack\n")
    assert "the example gives something else" in alone
    assert "  example " not in alone
    rows = [line.split()[0] for line in several.splitlines() if re.match("  [a-z]+ ", line)]
    assert rows[:6] == ["rule", "called", "example", "expected", "got", "problem"]
    code = several.partition("  example ")[2].partition("  expected ")[0]
    assert code.split("\n")[-2].strip() == ">>> mask"
    assert ">>> padded\n" not in code
    assert re.search(r"got +mask: tensor\(\[\[\x1b\[31m\x1b\[1mFalse", several)


def test_a_device_is_named_where_another_gave_another_result(tmp_path: Path) -> None:
    """Not where it was the only one, and not where the others were not run."""
    (tmp_path / "k08_broadcasting.py").write_text(PRINTS, encoding="utf-8")
    rule = "outer_sum_adds and not edges"
    assert "  [sim only]" in run(tmp_path, ".", "-k", rule, "--device=cpu", "--device=sim").output
    assert " only]" not in run(tmp_path, ".", "-k", rule, "--device=sim").output
