"""A failure in one look: short, whole, and with what tells it from others."""

import functools
import operator
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from spec.harness.checks.copies import copied
from spec.harness.checks.results import assert_tensor, assert_value
from spec.harness.explaining import between, errors, lacking, members, training
from spec.harness.explaining.called import called, named
from spec.harness.explaining.lines import lines
from spec.harness.files import catalogue, sources
from spec.harness.rendering import LONGEST, show
from spec.harness.running.subject import Call
from spec.harness.tensors import FEW, TALLEST, layout, telling, text
from spec.harness.verdicts import CheckFailure
from spec.tests.inner import run

DEVICE = torch.device("cpu")


def promise(kata: str, function: str) -> sources.Definition:
    """What a kata promises of a function."""
    return sources.promised(catalogue.named(kata))[function]


def failure(check: Callable[..., None], *arguments: Any, **named: Any) -> CheckFailure:
    """The failure of a check that does not hold."""
    with pytest.raises(CheckFailure) as caught:
        check(*arguments, **named)
    return caught.value


# A tensor as text


def test_a_tensor_has_no_empty_lines() -> None:
    """Four axes are printed without the double blank lines that torch puts between blocks."""
    said = text(torch.arange(24).reshape(2, 2, 3, 2))
    assert "\n\n" not in said
    assert len(said.splitlines()) == 4
    assert text(torch.arange(8).reshape(2, 2, 2)).splitlines()[1].strip() == "[2, 3]],"


@pytest.mark.parametrize("shape", [(24, 1), (2, 2, 2, 2, 2, 2), (16, 4), (1, 1, 1, 1, 60), (64,)])
def test_no_tensor_is_tall_or_wide(shape: tuple[int, ...]) -> None:
    """Whatever its shape, it takes a few lines of the window."""
    said = text(torch.arange(0, torch.Size(shape).numel()).reshape(shape) / 8).splitlines()
    assert len(said) <= TALLEST
    assert max(map(len, said)) <= 68


def test_of_a_tall_tensor_the_lines_that_differ_are_shown() -> None:
    """Where rows are left out, those with a wrong element stay."""
    wanted, got = torch.zeros(16, 4), torch.zeros(16, 4)
    got[11, 2] = 7
    failed = failure(assert_tensor, got, wanted)
    assert failed.got is not None
    assert "\x027.\x03" in failed.got
    assert len(failed.got.splitlines()) <= TALLEST
    assert "…" in failed.got


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        (torch.tensor([0.5, 1.0]), torch.tensor([0.50002, 1.0])),
        (torch.tensor(0.5), torch.tensor(0.50002)),
        (torch.tensor(0.1, dtype=torch.float64), torch.tensor(0.1 + 1e-9, dtype=torch.float64)),
        (torch.tensor([[1e-9]]), torch.tensor([[1.001e-9]])),
    ],
    ids=["a row", "0-D", "0-D float64", "tiny"],
)
def test_what_differs_never_prints_alike(wanted: torch.Tensor, got: torch.Tensor) -> None:
    """There are as many digits as it takes, and no more where four will do."""
    failed = failure(assert_tensor, got, wanted, atol=0.0)
    assert failed.expected != failed.got
    assert "\x02" in (failed.got or "")
    assert failure(assert_tensor, wanted + 1, wanted).got != text(wanted + 1, 8)


def test_plain_numbers_that_differ_never_print_alike() -> None:
    """In a list numbers are rounded, unless that would hide how two lists differ."""
    rough = failure(assert_value, [0.1234567891, 2.0], [0.5, 2.0])
    assert rough.got == "[0.123457, 2.0]"
    assert show([1 / 3e6, -2.000000000001, -1 / 3, 123456.789012]) == (
        "[3.33333e-07, -2.0, -0.333333, 123456.789012]"
    )
    close = failure(assert_value, [0.1234567891, 2.0], [0.1234567892, 2.0])
    assert close.got != close.expected


def test_arguments_that_differ_never_print_alike() -> None:
    """A tensor that is a little more than the tolerance beside it shows that it is."""
    a, b = torch.tensor(0.0), torch.tensor(0.5000001192092896)
    _, arguments = called(Call("near", (a, b, 0.5), {}), ["a", "b", "tolerance"])
    assert arguments[1] == "b = tensor(0.50000012)  shape ()"
    assert telling([torch.tensor([0.25, 0.5]), 0.5]) == 4


def test_a_learners_print_options_change_nothing() -> None:
    """What is printed does not depend on what a kata has set."""
    before = text(torch.tensor([1 / 3]))
    with torch._tensor_str.printoptions(precision=1):
        assert text(torch.tensor([1 / 3])) == before


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


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (torch.tensor([1.0, torch.nan]), "Training went to NaN"),
        ([(torch.tensor(torch.inf), torch.ones(1))], "Training went to inf"),
        (torch.nn.Parameter(torch.tensor(torch.nan)), "Training went to NaN"),
        (float("nan"), "Training went to NaN"),
        (torch.ones(2), None),
    ],
    ids=["path", "layers", "parameter", "loss", "finite"],
)
def test_training_that_went_to_nan_says_so(result: Any, words: str | None) -> None:
    """Where numbers were finite before, and a rate or steps are among the arguments."""
    call = Call("fit", (torch.ones(2), 0.1), {}, result=result, returned=True)
    said = training.went_to_nan(call, ["start", "learning_rate"])
    assert (said or "").startswith(words or "")
    assert bool(said) == bool(words)
    assert training.went_to_nan(call, ["x", "factor"]) is None
    call.arguments = (torch.tensor(torch.nan), 0.1)
    assert training.went_to_nan(call, ["start", "learning_rate"]) is None


def test_a_model_whose_weights_are_nan_says_so() -> None:
    """The model is an argument, or it is what came back."""
    model = torch.nn.Linear(1, 1)
    trained = Call("train", (model, 0.1), {}, returned=True, given=(model, 0.1))
    assert training.went_to_nan(trained, ["model", "learning_rate"]) is None
    with torch.no_grad():
        model.weight.fill_(torch.nan)
    assert training.went_to_nan(trained, ["model", "learning_rate"])
    made = Call("solve", (torch.ones(1),), {}, result=model, returned=True)
    assert training.went_to_nan(made, ["x"])


# What is lacking


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


# Advice


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
    assert (errors.meaning(caught.value) or "").endswith(advice)


def test_torchs_advice_to_reshape_is_not_passed_on() -> None:
    """It is right where the axes stand in order, and wrong where they have to be exchanged."""
    with pytest.raises(RuntimeError) as caught:
        torch.ones(2, 3).T.view(6)
    assert "reshape" not in errors.message(caught.value)
    assert "put the axes right first" in (errors.meaning(caught.value) or "")


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


def test_few_elements_are_shown() -> None:
    """A large tensor is told by dtype, shape and device."""
    assert text(torch.zeros(FEW + 1)) == f"<float32 tensor of shape ({FEW + 1},) on cpu>"
