"""Makes the six files of a new kata, which hold together around one example function.

    python -m spec.tools.new k19_name

Every text that wants the author's own words says PLACEHOLDER; spec.tools.check lists those left.
"""

import re
import sys
from pathlib import Path

from spec.harness.files import catalogue
from spec.harness.files.catalogue import Kata
from spec.harness.files.stubs import stub_of
from spec.harness.texts import shown

PLACEHOLDER = "PLACEHOLDER"
NAME = re.compile(r"k\d\d_[a-z][a-z0-9_]*")

USAGE = "python -m spec.tools.new k19_name: one name is wanted"
NO_NAME = (
    "{name} is no kata's name: a name is k, two digits, _ and lower-case words, as in k19_name"
)
TAKEN = "{name}: the number is taken by {other}"
EXISTS = "{name}: there is already a file {path}"

SOLUTION = '''\
"""PLACEHOLDER: the topic, and in half a line what it is.

Lecture: PLACEHOLDER, the section's title as the lecture has it.

PLACEHOLDER: a lesson of 10 to 25 lines. It says what the topic is, why it matters, and in which
way it goes wrong without an error; a small picture of shapes or numbers helps more than a rule.

The rules of every kata are in README.md.
"""

import torch


def scale_rows(matrix: torch.Tensor, factors: torch.Tensor) -> torch.Tensor:
    """PLACEHOLDER: Multiply each row by the factor for that row.

    Args:
        matrix: (rows, columns), float32 or float64.
        factors: (rows,), of the same dtype.

    Returns:
        A tensor of matrix's shape, dtype and device.

    Example:
        >>> scale_rows(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([10.0, 100.0]))
        tensor([[ 10.,  20.],
                [300., 400.]])

    Edges:
        - PLACEHOLDER: A matrix without rows or without columns keeps its shape.
    """
    return matrix * factors[:, None]
'''

SPEC = '''\
"""What a right {name} does.

PLACEHOLDER: Teaches this, and leaves that to another kata.
"""

import numpy as np
import torch
from hypothesis import given

from spec.harness.checks import array, assert_tensor, edge, tensors


@given(drawn=tensors("rows columns", "rows"))
def test_scale_rows_multiplies_each_row(kata, device, drawn):
    """PLACEHOLDER: Every element of row i is multiplied by factors[i]."""
    matrix, factors = drawn
    expected = np.einsum("rc,r->rc", array(matrix), array(factors))
    assert_tensor(kata.scale_rows(matrix, factors), expected, like=matrix)


def test_scale_rows_does_not_scale_columns(kata, device):
    """PLACEHOLDER: Where rows and columns are as many, the factors still belong to the rows."""
    matrix = torch.tensor([[1.0, 2.0], [3.0, 4.0]], device=device)
    factors = torch.tensor([10.0, 100.0], device=device)
    assert_tensor(kata.scale_rows(matrix, factors), [[10, 20], [300, 400]], like=matrix)


@edge
def test_scale_rows_keeps_a_matrix_without_rows(kata, device):
    """PLACEHOLDER: Nothing to multiply is no error."""
    matrix, factors = torch.ones(0, 3, device=device), torch.ones(0, device=device)
    assert_tensor(kata.scale_rows(matrix, factors), matrix)
'''

WRONG = '''\
"""Mistakes that the spec of {name} must reject, each with the words that name it."""


def scale_rows__columns(matrix, factors):
    """PLACEHOLDER: You scaled the columns, since a vector lines up with the last axis. Give it a
    second axis, of length 1."""
    return matrix * factors


def scale_rows__added(matrix, factors):
    """PLACEHOLDER: You added the factors. They are to be multiplied with."""
    return matrix + factors[:, None]
'''

RIGHT = '''\
"""Other right answers that the spec of {name} must accept."""


def scale_rows__transposed(matrix, factors):
    """PLACEHOLDER: Scales the columns of the transpose."""
    return (matrix.T * factors).T
'''

HINTS = """\
# {name}

## scale_rows

1. PLACEHOLDER: a nudge, best a question. Which axis of the matrix do the factors lie along?

2. PLACEHOLDER: the tool. A vector lines up with the last axis; an axis of length 1 behind its own
   moves it to the rows.

3. PLACEHOLDER: nearly the answer, in words. Bring the factors to the shape (rows, 1), and multiply
   the matrix by them.
"""

NEXT = """\
{name} has its six files, which hold together around one example function. Now, in this order:

  {solution:<{width}}  write the lesson and the functions; their docstrings are the promise
  {stub:<{width}}  make it from that: python -m spec.harness.files.reset {name}
  {spec:<{width}}  hold the promise: a law for Hypothesis, and cases by name
  {wrong:<{width}}  two mistakes or more a function, each with the words that name it
  {right:<{width}}  answers written differently in earnest
  {hints:<{width}}  three steps a function
  {readme:<{width}}  a row in the table of what one learns

`python -m spec.tools.check {name}` says what is still {placeholder}, and what does not hold.
CONTRIBUTING.md says how a spec is written."""


def refusal(name: str) -> str | None:
    """Why there can be no new kata of this name, in a line."""
    if not NAME.fullmatch(name):
        return NO_NAME.format(name=name)
    number = name.partition("_")[0]
    for other in catalogue.katas():
        if other.name.startswith(f"{number}_"):
            return TAKEN.format(name=name, other=other.name)
    for path in paths(Kata(name)):
        if path.exists():
            return EXISTS.format(name=name, path=shown(path))
    return None


def paths(kata: Kata) -> tuple[Path, ...]:
    """The six files of a kata, in the order in which they are written."""
    return (kata.solution, kata.stub, kata.spec, kata.wrong, kata.right, kata.hints)


def make(kata: Kata) -> None:
    """Writes the six files."""
    others = [text.format(name=kata.name) for text in (SPEC, WRONG, RIGHT, HINTS)]
    texts = (SOLUTION, stub_of(SOLUTION), *others)
    for path, text in zip(paths(kata), texts, strict=True):
        path.write_text(text, encoding="utf-8")


def what_next(kata: Kata) -> str:
    """What the author does now, a line a file."""
    places = ("solution", "stub", "spec", "wrong", "right", "hints")
    named = dict(zip(places, map(shown, paths(kata)), strict=True))
    width = max(map(len, named.values()))
    return NEXT.format(
        name=kata.name, width=width, readme="README.md", placeholder=PLACEHOLDER, **named
    )


def main(arguments: list[str]) -> None:
    """Makes the kata that is named, or says in a line why not."""
    if len(arguments) != 1:
        sys.exit(USAGE)
    problem = refusal(arguments[0])
    if problem:
        sys.exit(problem)
    make(Kata(arguments[0]))
    print(what_next(Kata(arguments[0])))


if __name__ == "__main__":
    main(sys.argv[1:])
