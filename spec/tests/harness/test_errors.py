"""What torch words badly is said plainly, for the words that this version of torch uses."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from spec.harness import sim
from spec.harness.explaining import meanings
from spec.tests.inner import run

SIM = sim.register()


def twice_backward() -> None:
    """Walks one graph twice."""
    y = torch.ones(2, requires_grad=True).exp().sum()
    y.backward()
    y.backward()


def written_leaf() -> None:
    """Changes a leaf while autograd records."""
    x = torch.ones(2, requires_grad=True)
    x += 1


def overwritten() -> None:
    """Changes in place what the way back needs."""
    x = torch.ones(2, requires_grad=True).exp()
    y = x.exp().sum() + (x * x).sum()
    x.mul_(2)
    y.backward()


def deeper() -> object:
    """Calls itself without end."""
    return deeper()


def unpacked(pair: tuple[int, ...]) -> int:
    """Unpacks a pair as three."""
    a, b, c = pair
    return a + b + c


def unassigned(x: float) -> float:
    """Hands back what it assigns in one branch only."""
    if x > 0:
        y = x
    return y


class Unready(torch.nn.Module):
    """Sets a layer before it is set up."""

    def __init__(self) -> None:
        self.layer = torch.nn.Linear(1, 1)


KINDS = (
    RuntimeError, TypeError, ValueError, IndexError, ArithmeticError, AttributeError, NameError,
)  # fmt: skip
RAISE: dict[str, Callable[[], object]] = {
    "do not broadcast: at axis 1 the lengths are 3 and 4": lambda: torch.ones(2, 3) + torch.ones(4),
    "has 3 columns, and the other, of shape (2, 3), has 2 rows": lambda: (
        torch.ones(2, 3) @ torch.ones(2, 3)
    ),
    "put the axes right first": lambda: torch.ones(2, 3).T.view(6),
    "has 6 elements, and the shape [4, 2]": lambda: torch.ones(6).reshape(4, 2),
    "lie on different devices": lambda: torch.ones(2, device=SIM) + torch.ones(2),
    "NumPy lives on the CPU": lambda: torch.ones(2, device=SIM).numpy(),
    "NumPy knows no graph": lambda: torch.ones(2, requires_grad=True).numpy(),
    "The generator lies on cpu, and the draws on sim": lambda: torch.rand(
        2, device=SIM, generator=torch.Generator()
    ),
    "No graph leads to this tensor": lambda: torch.ones(()).backward(),
    "with torch.no_grad()": written_leaf,
    "frees the graph that it walks": twice_backward,
    "This tensor is expanded": lambda: torch.ones(1).expand(3).add_(1),
    "want one truth value": lambda: bool(torch.ones(2) > 0),
    "The mean of integers is no integer": lambda: torch.arange(3).mean(),
    "put together by torch.stack": lambda: torch.tensor([torch.ones(2), torch.ones(2)]),
    "and this tensor has 3": lambda: torch.ones(3).item(),
    "a single number: there is nothing": lambda: list(torch.ones(())),
    "more indices than the tensor has axes": lambda: torch.ones(2)[0, 0],
    "numbered -2 to 1, and axis 2": lambda: torch.ones(2, 3).sum(2),
    "Axis 0 has length 2, so index 5": lambda: torch.ones(2)[5],
    "stack wants tensors of one shape": lambda: torch.stack([torch.ones(2), torch.ones(3)]),
    "cat along axis 0 wants": lambda: torch.cat([torch.ones(2, 2), torch.ones(2, 3)]),
    "names on the left": lambda: unpacked((1, 2)),
    "A gradient is a floating number": lambda: torch.ones(2, dtype=torch.int64, requires_grad=True),
    "backward starts from a single number": lambda: torch.ones(2, requires_grad=True).backward(),
    "overwritten after it was used": overwritten,
    "it has no items and no length": lambda: len(3),  # type: ignore[arg-type]
    "fewer items than this index": lambda: [][0],
    "keeps the tensor's dtype, Long": lambda: torch.ones(2, dtype=torch.int64).add_(0.5),
    "one dtype on both sides": lambda: torch.ones(2, 2) @ torch.ones(2, 2).double(),
    "of its first axes; this one has [4, 1]": lambda: torch.ones(4, 2)[torch.ones(4, 1) > 0],
    "an index with as many axes": lambda: torch.ones(2, 3).gather(1, torch.tensor([0, 1])),
    "this is a single one": lambda: torch.stack(torch.ones(2)),  # type: ignore[arg-type]
    "and this is of type list": lambda: torch.from_numpy([1]),
    "does not fit in there": lambda: torch.ones(2).copy_(torch.ones(2, 2)),
    "nothing to put together": lambda: torch.stack([]),
    "a .grad that nobody filled": lambda: 1 + torch.ones(2).grad,  # type: ignore[operator]
    "went too deep": deeper,
    "A tensor is wanted there": lambda: torch.zeros_like(0.5),  # type: ignore[arg-type]
    "does not depend on that tensor": lambda: torch.autograd.grad(
        torch.ones((), requires_grad=True) * 2, torch.ones(2, requires_grad=True)
    ),
    "or step by, is 0": lambda: 1 / 0,
    "these have the shapes [2], [3]": lambda: torch.ones(4, 4)[[0, 1], [0, 1, 2]],
    "set up by `super().__init__()`": Unready,
    "put each comparison in parentheses": lambda: torch.ones(2) >= torch.ones(2) & torch.ones(2),
    "no such operation for numbers of dtype Long": lambda: torch.arange(3).softmax(0),
    "where there are no elements any would do": lambda: torch.ones(0).reshape(-1, 0),
    "as log and sqrt are not below 0": lambda: math.log(-1),
    "too large for one of Python's floats": lambda: math.exp(1000),
    "y has no value here": lambda: unassigned(-1.0),
    "Nothing is called nowhere": lambda: eval("nowhere"),
    "type int, which has no shape": lambda: (1).shape,  # type: ignore[attr-defined]
    "a 0-D tensor has none": lambda: torch.cat([torch.ones(()), torch.ones(2)]),
    "fewer elements than this index": lambda: torch.ones(2).topk(3),
}


@pytest.mark.parametrize("words", RAISE)
def test_an_error_of_torch_is_put_plainly(words: str) -> None:
    """Each of these has one sentence on what it means here."""
    with pytest.raises(KINDS) as caught:
        RAISE[words]()
    said = meanings.meaning(caught.value)
    assert said is not None, caught.value
    assert words in said


def test_every_meaning_is_tried() -> None:
    """No pattern stands here that no error of torch matches."""
    assert len(RAISE) == len(meanings.MEANINGS)


def test_an_unknown_error_is_left_as_it_is() -> None:
    """No meaning is guessed at."""
    assert meanings.meaning(ValueError("lengths differ")) is None


def test_the_learners_lines_and_tensors_are_shown_and_no_frame_of_ours(tmp_path: Path) -> None:
    """The way through the learner's file, innermost last, with what the tensors were there."""
    (tmp_path / "k08_broadcasting.py").write_text(
        "import torch\n\n\n"
        "def helper(rows, b):\n"
        "    large = torch.zeros(100, 100)\n"
        "    return rows.view(len(b), 7) + large\n\n\n"
        "def outer_sum(a, b):\n"
        "    return helper(a[:, None].expand(-1, 2), b)\n"
    )
    seen = run(tmp_path, ".", "--device=cpu", "-k", "outer_sum_adds")
    outer, inner = "k08_broadcasting.py:10", "k08_broadcasting.py:6"
    assert seen.output.index(outer) < seen.output.index(inner)
    assert "large = <float32 tensor of shape (100, 100) on cpu>" in seen.output
    assert "rows = tensor(" in seen.output
    assert "spec/harness" not in seen.output
    assert "_pytest" not in seen.output


def test_a_tensor_of_several_rows_stays_in_columns(tmp_path: Path) -> None:
    """Its second row stands under its first, behind the name."""
    (tmp_path / "k08_broadcasting.py").write_text(
        "def center_columns(matrix):\n    return matrix.view(-1).view(0)\n"
    )
    seen = run(tmp_path, ".", "--device=cpu", "-k", "center_columns_leaves_each")
    first, second = seen.output.split("matrix = tensor([")[1].splitlines()[:2]
    place = seen.output.split("matrix = tensor([")[0].splitlines()[-1]
    assert first.startswith("[")
    assert second.index("[") == len(place) + len("matrix = tensor([")


def test_known_mistakes_that_warn_are_not_heard(tmp_path: Path) -> None:
    """The warnings at the end are those of the learner's own lines."""
    (tmp_path / "k16_autograd.py").write_text(
        "def gradient_at(function, x):\n"
        "    x.requires_grad_()\n"
        "    function(x).backward()\n"
        "    return x.grad\n"
    )
    seen = run(tmp_path, ".", "--device=cpu", "-k", "gradient_at")
    assert "mistake" in seen.output
    assert "k16_autograd.py:4: UserWarning" in seen.output
    assert "spec/wrong" not in seen.output
