"""The generators, calibrated as instruments: what they find, and how small it gets."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from spec.harness import devices
from spec.harness.checks.strategies import (
    COUNTING,
    EVERY_DTYPE,
    LAYOUTS,
    NUMERIC,
    NUMPY,
    SPECIAL,
    either,
    laid_out,
    tensors,
)
from spec.harness.settings import FIRST_DEVICE

BUDGET = settings(
    max_examples=FIRST_DEVICE[True],
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
)
SMALLEST = settings(
    max_examples=1000,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def on_the_cpu() -> Iterator[None]:
    """Draws on the CPU."""
    devices.enter(torch.device("cpu"))
    yield
    devices.enter(None)


@pytest.mark.parametrize(
    ("what", "strategy", "trait"),
    [
        ("empty", tensors("rows columns"), lambda x: x.numel() == 0),
        ("no rows", tensors("rows columns"), lambda x: x.shape[0] == 0),
        ("one element", tensors("n"), lambda x: x.numel() == 1),
        ("an axis of length 1", tensors("rows columns"), lambda x: 1 in x.shape),
        ("rank 0", tensors("..."), lambda x: x.dim() == 0),
        ("rank 3", tensors("..."), lambda x: x.dim() == 3),
        ("float64", tensors("n"), lambda x: x.dtype == torch.float64),
        ("uint8", tensors("n", dtypes=NUMERIC), lambda x: x.dtype == torch.uint8),
        ("bool", tensors("n", dtypes=EVERY_DTYPE), lambda x: x.dtype == torch.bool),
        ("non-contiguous", tensors("rows columns"), lambda x: not x.is_contiguous()),
        ("expanded", tensors("rows columns"), lambda x: 0 in x.stride() and x.numel() > 1),
        ("a storage offset", tensors("n"), lambda x: x.storage_offset() > 0),
        ("NaN", tensors("rows columns", values=SPECIAL), lambda x: bool(x.isnan().any())),
        ("infinity", tensors("rows columns", values=SPECIAL), lambda x: bool(x.isinf().any())),
        ("ties", tensors("n"), lambda x: len(set(x.tolist())) < len(x)),
        ("no float32", tensors("n"), lambda x: bool((x != x.float()).any())),
        ("negative", tensors("n"), lambda x: bool((x < 0).any())),
        ("unequal sides", tensors("rows columns"), lambda x: 1 < x.shape[0] < x.shape[1]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_edge_case_turns_up_within_the_learners_budget(
    what: str, strategy: Any, trait: Callable[[torch.Tensor], bool]
) -> None:
    """What a spec relies on is drawn in a learner's few examples, not only in a thousand."""
    seen = []

    @BUDGET
    @given(strategy)
    def look(x: torch.Tensor) -> None:
        seen.append(trait(x))

    look()
    assert any(seen), f"{what} never turned up in {len(seen)} examples"


@pytest.mark.parametrize(
    ("trait", "shape"),
    [
        (lambda x: bool((x != 0).any()), (1, 1)),
        (lambda x: x.shape[0] == 0, (0, 2)),
        (lambda x: bool((x.sum(0) != 0).any()) and x.shape[1] > 1, (1, 2)),
    ],
)
def test_a_failure_shrinks_to_something_readable(
    trait: Callable[[torch.Tensor], bool], shape: tuple[int, ...]
) -> None:
    """The smallest failing matrix is small, of float32, contiguous, and mostly zeros."""
    x = find(tensors("rows columns"), trait, settings=SMALLEST)

    assert all(0 <= length <= 2 for length in x.shape)
    assert x.numel() >= int(np.prod(shape))
    assert x.dtype == torch.float32
    assert x.is_contiguous()
    assert (x != 0).sum() <= 1
    assert x.abs().sum() <= 1


def test_named_axes_agree_across_tensors() -> None:
    """A name that comes twice has one length; tensors drawn together share their dtype."""

    @BUDGET
    @given(tensors("n d", "m d", "3 n"))
    def look(drawn: tuple[torch.Tensor, ...]) -> None:
        a, b, c = drawn
        assert a.shape[1] == b.shape[1]
        assert c.shape == (3, a.shape[0])
        assert a.dtype == b.dtype == c.dtype

    look()


def test_sides_bound_the_axes_they_name() -> None:
    """`sides` narrows one axis and leaves the others."""
    strategy = tensors("rows columns", sides={"rows": (1, 2)})
    with pytest.raises(NoSuchExample):
        find(strategy, lambda x: x.shape[0] not in (1, 2), settings=BUDGET)
    assert find(strategy, lambda x: x.shape[1] == 0, settings=SMALLEST) is not None


def test_counting_numbers_the_elements() -> None:
    """With COUNTING every element can be told from every other."""
    strategy = tensors("rows columns", values=COUNTING, layouts=("transposed", "strided"))

    @BUDGET
    @given(strategy)
    def look(x: torch.Tensor) -> None:
        assert x.flatten().tolist() == list(range(x.numel()))

    look()


def test_integers_hold_only_what_fits() -> None:
    """No value is wrapped round or cut off on its way into an integer dtype."""

    @BUDGET
    @given(tensors("n", dtypes=(torch.uint8,)))
    def look(x: torch.Tensor) -> None:
        assert set(x.tolist()) <= {0, 1, 2, 3, 4, 7}

    look()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", EVERY_DTYPE, ids=str)
def test_a_layout_keeps_the_values(layout: Any, dtype: torch.dtype) -> None:
    """All layouts but the expanded one hold exactly the array's values."""
    array: np.ndarray = np.arange(6).reshape(2, 3).astype(NUMPY[dtype])
    x = laid_out(array, layout, torch.device("cpu"))

    wanted = np.broadcast_to(array[:1], array.shape) if layout == "expanded" else array
    assert x.dtype == dtype
    assert np.array_equal(x.numpy(), wanted)
    assert x.is_contiguous() == (layout == "contiguous")


def test_drawing_without_a_device_is_an_error_of_the_spec() -> None:
    """A test that draws tensors takes `device`, or it would run on the CPU alone."""
    devices.enter(None)
    with pytest.raises(RuntimeError, match="takes the argument `device`"):
        find(tensors("n"), lambda x: True)


def test_tensors_are_drawn_on_the_row() -> None:
    """The device of the row is where they lie."""
    device = devices.selected(["auto"])[-1]
    devices.enter(device)

    @BUDGET
    @given(tensors("rows columns", dtypes=EVERY_DTYPE))
    def look(x: torch.Tensor) -> None:
        assert x.device == device

    look()


def ordinary(strategy: st.SearchStrategy[Any], count: int = 30) -> list[Any]:
    """What a core draws, so many times."""
    drawn: list[Any] = []

    @settings(max_examples=count, database=None, phases=[Phase.generate])
    @given(strategy)
    def draw(value: Any) -> None:
        drawn.append(value)

    devices.enter(torch.device("cpu"), ordinary=True)
    try:
        draw()
    finally:
        devices.enter(None)
    return drawn


def test_a_core_draws_unequal_lengths_and_distinct_numbers() -> None:
    """So that axes can't be confused, and an element is told from every other."""
    for a, b in ordinary(tensors("rows columns", "columns depth", dtypes=NUMERIC, values=SPECIAL)):
        lengths = (*a.shape, b.shape[1])
        assert len(set(lengths)) == 3
        assert all(2 <= length <= 4 for length in lengths)
        numbers = [*a.flatten().tolist(), *b.flatten().tolist()]
        assert len(set(numbers)) == len(numbers)
        assert a.dtype == b.dtype == NUMERIC[0]
        assert a.is_contiguous()


def test_a_core_keeps_to_the_values_and_lengths_that_a_spec_names() -> None:
    """Ordinary is what is ordinary there."""
    for x in ordinary(tensors("n 3", sides={"n": (1, 1)}, values=(0.25, 0.75))):
        assert x.shape == (1, 3)
        assert set(x.flatten().tolist()) <= {0.25, 0.75}


def test_the_simplest_example_of_a_core_counts_from_one() -> None:
    """A learner reads 1, 2, 3 … in a tensor of two rows and three columns."""
    devices.enter(torch.device("cpu"), ordinary=True)
    try:
        simplest = find(tensors("rows columns"), lambda _: True)
    finally:
        devices.enter(None)
    assert simplest.tolist() == [[1, 2, 3], [4, 5, 6]]


def test_either_draws_the_one_or_the_other() -> None:
    """For arguments that are no tensors."""
    assert set(ordinary(either(st.just(3), st.just(0)))) == {3}
