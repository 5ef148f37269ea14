"""What a right k07_elementwise does.

Teaches elementwise arithmetic, comparison and selection by masks, and what NaN, infinity and
rounding do to them. Leaves shapes that differ to k08, and derivatives to k12.
"""

import itertools
import math
from unittest import mock

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from spec.harness.checks import assert_raises, assert_tensor, assert_that, assert_value
from spec.harness.laws import by_hand, unchanged
from spec.harness.oracles import array
from spec.harness.strategies import FLOATING, INTEGERS, NUMERIC, SPECIAL, WIDE, tensors

NAN, INF = math.nan, math.inf

each_precision = pytest.mark.parametrize("dtype", FLOATING, ids=("float32", "float64"))
each_integer = pytest.mark.parametrize("dtype", INTEGERS, ids=("int64", "int32", "uint8"))

# Bounds that float32 holds exactly, so that it does not matter in which dtype they are compared.
BOUNDS = st.sampled_from([1.0, -0.5, 0, 3, -2.5, 0.5, 1.5, INF, -INF])

CLIPPERS = ("clamp", "clip", "clamp_min", "clamp_max", "relu", "hardtanh")
TWO_SIDED = ("minimum", "maximum", "min", "max", "fmin", "fmax")
READY_MADE = (*CLIPPERS, *(f"{name}_" for name in CLIPPERS), *TWO_SIDED)


def numpy_refused(name):
    """NumPy's function of this name replaced by one that fails."""

    def refuse(*_, **__):
        assert_that(False, f"{name} is the function you are asked to write by hand")

    return mock.patch.object(np, name, refuse)


def clipped(x, low, high):
    """Every element of x, as an array, within the bounds, one at a time."""
    values = array(x)
    chosen = [low if v < low else high if v > high else v for v in values.ravel().tolist()]
    return np.array(chosen).reshape(values.shape)


@given(x=tensors("...", values=SPECIAL), low=BOUNDS, high=BOUNDS)
def test_count_between_counts_from_low_up_to_high(kata, device, x, low, high):
    """The result is the number of elements with low ≤ element < high."""
    expected = sum(low <= value < high for value in array(x).ravel().tolist())
    assert_value(kata.count_between(x, low, high), expected)


def test_count_between_counts_low_and_not_high(kata, device):
    """An element equal to low is counted, one equal to high is not."""
    x = torch.tensor([1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 4.0], device=device)
    assert_value(kata.count_between(x, 2.0, 4.0), 3)
    assert_value(kata.count_between(x, 2.5, 4.5), 4)
    assert_value(kata.count_between(x, 0.0, 1.0), 0)
    assert_value(kata.count_between(x, -1, 2), 1)


def test_count_between_counts_no_nan(kata, device):
    """NaN lies between no two bounds, infinite ones neither."""
    x = torch.tensor([NAN, 0.5, NAN, -7.0, NAN], device=device)
    assert_value(kata.count_between(x, 0.0, 1.0), 1)
    assert_value(kata.count_between(x, -INF, INF), 2)
    assert_value(kata.count_between(x[:1], -1.0, 1.0), 0)


def test_count_between_takes_infinite_bounds(kata, device):
    """-inf as low leaves nothing out below; inf as high leaves out inf alone."""
    x = torch.tensor([-INF, -5.0, 0.0, 1e30, INF, INF], device=device)
    assert_value(kata.count_between(x, -INF, INF), 4)
    assert_value(kata.count_between(x, 0.0, INF), 2)
    assert_value(kata.count_between(x, -INF, 0.0), 2)


@each_integer
def test_count_between_counts_integers(kata, device, dtype):
    """Integers of any width are counted like floats."""
    x = torch.tensor([[3, 0, 7], [5, 3, 200]], device=device).to(dtype)[:, :2]
    assert_value(kata.count_between(x, 3, 5), 2)
    assert_value(kata.count_between(x, 0, 6), 4)
    assert_value(kata.count_between(x, 5, 5), 0)


def test_count_between_compares_integers_as_integers(kata, device):
    """2²⁴ and 2²⁴ + 1 are one number in float32; as integers they are two."""
    x = torch.tensor([2**24 - 1, 2**24, 2**24 + 1, 2**24 + 2], device=device)
    assert_value(kata.count_between(x, 2**24 + 1, 2**24 + 2), 1)


def test_count_between_compares_float64_in_full(kata, device):
    """float64 elements meet bounds of float64, not bounds rounded to float32."""
    x = torch.tensor([0.1, 0.7], device=device, dtype=torch.float64)
    assert_value(kata.count_between(x, 0.1, 1.0), 2)
    assert_value(kata.count_between(x, 0.1 + 1e-12, 0.7 + 1e-12), 1)
    assert_value(kata.count_between(x, 0.0, 0.1), 0)
    assert_value(kata.count_between(x, 0.0, 0.7), 1)
    assert_value(kata.count_between(x, 0.7, 1.0), 1)


def test_count_between_of_nothing_is_zero(kata, device):
    """An empty tensor has nothing to count, and nothing lies between low and a high below it."""
    assert_value(kata.count_between(torch.empty(2, 0, device=device), 0.0, 1.0), 0)
    x = torch.tensor([0.0, 1.0, 2.0, 3.0], device=device)
    assert_value(kata.count_between(x, 2.0, 1.0), 0)
    assert_value(kata.count_between(x, 1.0, 1.0), 0)


def test_count_between_takes_a_single_number(kata, device):
    """A 0-D tensor is one element: 1 or 0."""
    x = torch.tensor(2.0, device=device)
    assert_value(kata.count_between(x, 2.0, 3.0), 1)
    assert_value(kata.count_between(x, 1.0, 2.0), 0)


def test_count_between_leaves_its_argument_alone(kata, device):
    """The tensor passed in is as it was, NaN included."""
    x = torch.tensor([[0.0, NAN], [1.0, 5.0]], device=device)
    with unchanged(x):
        kata.count_between(x, 0.5, 2.0)


@given(x=tensors("...", values=WIDE))
def test_signed_sqrt_keeps_sign_and_takes_root(kata, device, x):
    """Each element becomes the root of its absolute value, with its own sign."""
    values = array(x)
    expected = np.sign(values) * np.sqrt(np.abs(values))
    assert_tensor(kata.signed_sqrt(x), expected, like=x, atol=0)


def test_signed_sqrt_of_negatives_is_negative(kata, device):
    """Negative elements have no NaN for a root; theirs is minus that of the positive element."""
    x = torch.tensor([-4.0, 9.0, -0.25, -1.0], device=device)
    assert_tensor(kata.signed_sqrt(x), [-2.0, 3.0, -0.5, -1.0], like=x)


def test_signed_sqrt_of_zero_is_zero(kata, device):
    """Zero, also -0.0, has the root 0."""
    x = torch.tensor([0.0, -0.0, 16.0], device=device)
    assert_tensor(kata.signed_sqrt(x), [0.0, 0.0, 4.0], like=x, atol=0)


@each_precision
def test_signed_sqrt_treats_tiny_and_huge_like_any_other(kata, device, dtype):
    """1e-30 has the root 1e-15, 1e30 the root 1e15."""
    x = torch.tensor([1e-30, -1e-30, 1e30, -1e30], device=device, dtype=dtype)
    expected = [1e-15, -1e-15, 1e15, -1e15]
    rtol = 1e-5 if dtype == torch.float32 else None
    assert_tensor(kata.signed_sqrt(x), expected, like=x, rtol=rtol, atol=0)


def test_signed_sqrt_keeps_infinities(kata, device):
    """The root of infinity is infinity, of either sign."""
    x = torch.tensor([INF, -INF, 1.0], device=device)
    assert_tensor(kata.signed_sqrt(x), [INF, -INF, 1.0], like=x)


def test_signed_sqrt_leaves_its_argument_alone(kata, device):
    """The tensor passed in is as it was: still negative, and no root."""
    x = torch.tensor([[4.0, -9.0], [0.0, 2.0]], device=device)
    with unchanged(x):
        kata.signed_sqrt(x)


@given(
    x=tensors("...", values=SPECIAL),
    bounds=st.sampled_from([(-1, 2), (0.5, 3.0), (-2.5, -0.5), (0.1, 1 / 3), (1, 1), (-INF, 1.5)]),
)
def test_clip_keeps_every_element_within_the_bounds(kata, device, x, bounds):
    """Below low becomes low, above high becomes high, and all else stays exactly as it is."""
    expected = clipped(x, *bounds)
    assert_tensor(kata.clip(x, *bounds), expected, like=x, rtol=0, atol=0)


@given(
    x=tensors("...", dtypes=INTEGERS, values=range(10)),
    bounds=st.sampled_from([(2, 5), (0, 3), (4, 4), (1, 100)]),
)
def test_clip_keeps_integers_integers(kata, device, x, bounds):
    """Integers are clipped to integers, and their dtype is kept."""
    assert_tensor(kata.clip(x, *bounds), clipped(x, *bounds), like=x)


def test_clip_is_done_by_comparison_and_selection(kata, device):
    """No ready-made clamp, minimum or maximum does the work."""
    x = torch.tensor([[-3.0, 0.5], [1.0, 8.0]], device=device)
    refused = [numpy_refused(name) for name in ("clip", "minimum", "maximum", "fmin", "fmax")]
    with refused[0], refused[1], refused[2], refused[3], refused[4], by_hand(*READY_MADE):
        result = kata.clip(x, 0.0, 1.0)
    assert_tensor(result, [[0.0, 0.5], [1.0, 1.0]], like=x)


def test_clip_keeps_nan(kata, device):
    """NaN is neither below low nor above high; it stays NaN."""
    x = torch.tensor([NAN, -5.0, NAN, 5.0, 0.25], device=device)
    assert_tensor(kata.clip(x, -1.0, 1.0), [NAN, -1.0, NAN, 1.0, 0.25], like=x)
    assert_tensor(kata.clip(x, 1.0, 1.0), [NAN, 1.0, NAN, 1.0, 1.0], like=x)


def test_clip_clips_infinities(kata, device):
    """Infinite elements become the bounds, and infinite bounds limit nothing."""
    x = torch.tensor([INF, -INF, 3.0], device=device)
    assert_tensor(kata.clip(x, -1.0, 2.0), [2.0, -1.0, 2.0], like=x)
    assert_tensor(kata.clip(x, -INF, 2.0), [2.0, -INF, 2.0], like=x)
    assert_tensor(kata.clip(x, 4.0, INF), [INF, 4.0, 4.0], like=x)


def test_clip_gives_float64_its_bounds_in_full(kata, device):
    """In a float64 tensor the bounds are the numbers given, not those rounded to float32."""
    x = torch.tensor([-5.0, 0.2, 5.0], device=device, dtype=torch.float64)
    assert_tensor(kata.clip(x, 0.1, 1 / 3), [0.1, 0.2, 1 / 3], like=x)
    assert_tensor(kata.clip(x, 1 / 3, 0.7), [1 / 3, 1 / 3, 0.7], like=x)


@each_precision
def test_clip_takes_integer_bounds_for_floats(kata, device, dtype):
    """Bounds without a fraction leave the tensor floating: 0.5 stays 0.5."""
    x = torch.tensor([-4.5, 0.5, 4.5], device=device, dtype=dtype)
    assert_tensor(kata.clip(x, -1, 2), [-1.0, 0.5, 2.0], like=x)


def test_clip_takes_a_single_number(kata, device):
    """A 0-D tensor is clipped to a 0-D tensor."""
    x = torch.tensor(7.0, device=device)
    assert_tensor(kata.clip(x, 0.0, 4.0), 4.0, like=x)
    assert_tensor(kata.clip(-x, 0.0, 4.0), 0.0, like=x)
    assert_tensor(kata.clip(x, 0.0, 8.0), 7.0, like=x)


def test_clip_refuses_low_above_high(kata, device):
    """low greater than high raises ValueError, whatever the elements are."""
    x = torch.tensor([0.0, 1.5, 4.0], device=device)
    assert_raises(ValueError, kata.clip, x, 2.0, 1.0)
    assert_raises(ValueError, kata.clip, x, 1, 0)
    assert_raises(ValueError, kata.clip, x, -0.25, -0.5)
    assert_raises(ValueError, kata.clip, x[:0], 2.0, 1.0)


def test_clip_takes_equal_bounds(kata, device):
    """low equal to high is allowed: every element becomes that number."""
    x = torch.tensor([0.0, 1.5, 4.0], device=device)
    assert_tensor(kata.clip(x, 1.0, 1.0), [1.0, 1.0, 1.0], like=x)


def test_clip_leaves_its_argument_alone(kata, device):
    """The tensor passed in still has what lay outside the bounds."""
    x = torch.tensor([[-3.0, 0.5], [1.0, 8.0]], device=device)
    with unchanged(x):
        kata.clip(x, 0.0, 1.0)


@given(x=tensors("...", min_side=1))
def test_standardize_makes_mean_zero_and_deviation_one(kata, device, x):
    """Every element becomes (x - mean) / deviation; equal elements become zeros."""
    values = array(x)
    centered = values - values.mean()
    varied = np.unique(values).size > 1
    expected = centered / np.sqrt(np.mean(centered**2)) if varied else np.zeros_like(values)
    loose = {"rtol": 1e-5, "atol": 1e-5} if x.dtype == torch.float32 else {}
    assert_tensor(kata.standardize(x), expected, like=x, **loose)


def test_standardize_divides_by_the_population_deviation(kata, device):
    """1 and 3 have the deviation 1, since the squares' sum is divided by n and not by n - 1."""
    x = torch.tensor([1.0, 3.0], device=device)
    assert_tensor(kata.standardize(x), [-1.0, 1.0], like=x)


def test_standardize_looks_at_all_elements_together(kata, device):
    """There is one mean and one deviation for the whole tensor, not one a row or column."""
    x = torch.tensor([[0.0, 0.0, 0.0], [8.0, 8.0, 8.0]], device=device)
    assert_tensor(kata.standardize(x), [[-1.0] * 3, [1.0] * 3], like=x)
    assert_tensor(kata.standardize(x.T), [[-1.0, 1.0]] * 3, like=x)


@each_precision
@pytest.mark.parametrize("value", [0.1, 1 / 3, 7.3, 0.0, -1000.7])
def test_standardize_of_equal_elements_is_exactly_zero(kata, device, value, dtype):
    """Where all elements are equal the result is 0, not NaN and not a rounding error scaled up."""
    for shape in ((10,), (3,), (7, 11)):
        x = torch.full(shape, value, dtype=dtype, device=device)
        assert_tensor(kata.standardize(x), np.zeros(shape), like=x, rtol=0, atol=0)


@each_precision
def test_standardize_of_one_element_is_exactly_zero(kata, device, dtype):
    """A single element is its own mean, in 0-D too."""
    x = torch.tensor([[0.1]], dtype=dtype, device=device)
    assert_tensor(kata.standardize(x), [[0.0]], like=x, rtol=0, atol=0)
    assert_tensor(kata.standardize(x[0, 0]), 0.0, like=x, rtol=0, atol=0)


@each_precision
@pytest.mark.parametrize("scale", [1e-6, 1e-15])
def test_standardize_treats_a_small_spread_like_any_other(kata, device, dtype, scale):
    """Only equal elements become zeros; a spread of 1e-15 is scaled to 1."""
    x = torch.tensor([-3.0, -1.0, 1.0, 3.0], dtype=dtype, device=device) * scale
    expected = np.array([-3.0, -1.0, 1.0, 3.0]) / np.sqrt(5)
    assert_tensor(kata.standardize(x), expected, like=x)


def test_standardize_keeps_a_spread_far_from_zero(kata, device):
    """4096, 4097 … spread like 0, 1 …; their squares would round the spread away."""
    x = torch.tensor([4096.0, 4097.0, 4098.0, 4099.0], device=device)
    expected = np.array([-1.5, -0.5, 0.5, 1.5]) / np.sqrt(1.25)
    assert_tensor(kata.standardize(x), expected, like=x, rtol=1e-3)


def test_standardize_leaves_its_argument_alone(kata, device):
    """The tensor passed in keeps its mean and deviation, equal elements too."""
    x = torch.tensor([[1.0, 2.0], [5.0, 0.0]], device=device)
    with unchanged(x):
        kata.standardize(x)
    same = torch.full((3,), 0.1, device=device)
    with unchanged(same):
        kata.standardize(same)


@given(
    pair=tensors("...", "...", values=SPECIAL),
    tolerance=st.sampled_from([0.5, 1.0, 0, 0.25, 3]),
)
def test_almost_equal_compares_each_pair(kata, device, pair, tolerance):
    """Where |a - b| ≤ tolerance the result is True, elsewhere False."""
    a, b = pair
    both = zip(array(a).ravel(), array(b).ravel(), strict=True)
    expected = [math.isclose(p, q, rel_tol=0, abs_tol=tolerance) for p, q in both]
    expected = np.array(expected, dtype=bool).reshape(a.shape)
    assert_tensor(kata.almost_equal(a, b, tolerance), expected, dtype=torch.bool, device=device)


def test_almost_equal_includes_the_tolerance_itself(kata, device):
    """A difference as large as the tolerance is still small enough, in either direction."""
    a = torch.tensor([1.0, 1.5, 1.0, 1.75], device=device)
    b = torch.tensor([1.5, 1.0, 1.75, 1.0], device=device)
    expected = torch.tensor([True, True, False, False], device=device)
    assert_tensor(kata.almost_equal(a, b, 0.5), expected)


def test_almost_equal_has_one_tolerance_for_all_sizes(kata, device):
    """1000000 and 1000001 differ by 1, as 0 and 1 do."""
    a = torch.tensor([1000000.0, 0.0, -1000000.0], device=device)
    b = torch.tensor([1000001.0, 1.0, -1000001.0], device=device)
    assert_tensor(kata.almost_equal(a, b, 0.5), torch.tensor([False] * 3, device=device))
    assert_tensor(kata.almost_equal(a, b, 1.0), torch.tensor([True] * 3, device=device))


def test_almost_equal_with_no_tolerance_is_equality(kata, device):
    """With tolerance 0 only equal elements are equal, even next to tiny differences."""
    a = torch.tensor([0.0, 0.1, 1e-30, -0.0], device=device)
    b = torch.tensor([0.0, 0.1, 0.0, 0.0], device=device)
    expected = torch.tensor([True, True, False, True], device=device)
    assert_tensor(kata.almost_equal(a, b, 0.0), expected)


def test_almost_equal_of_infinities(kata, device):
    """inf equals inf and -inf equals -inf; against anything else an infinity is not equal."""
    a = torch.tensor([INF, -INF, INF, -INF, INF, 0.0, 1e30], device=device)
    b = torch.tensor([INF, -INF, -INF, INF, 1e30, -INF, INF], device=device)
    expected = torch.tensor([True, True, False, False, False, False, False], device=device)
    assert_tensor(kata.almost_equal(a, b, 1.0), expected)
    assert_tensor(kata.almost_equal(a, b, 0.0), expected)


def test_almost_equal_of_nan_is_false(kata, device):
    """NaN is equal to nothing: not to a number, not to infinity, not to NaN."""
    a = torch.tensor([NAN, NAN, 0.0, INF, 0.0], device=device)
    b = torch.tensor([NAN, 0.0, NAN, NAN, 0.0], device=device)
    expected = torch.tensor([False, False, False, False, True], device=device)
    assert_tensor(kata.almost_equal(a, b, 1.0), expected)


def test_almost_equal_compares_float64_in_full(kata, device):
    """Differences and tolerances too fine for float32 decide too."""
    a = torch.tensor([1.0, 1.0, 0.7], device=device, dtype=torch.float64)
    b = torch.tensor([1.0 + 1e-12, 1.0, 0.0], device=device, dtype=torch.float64)
    fine = torch.tensor([False, True, False], device=device)
    assert_tensor(kata.almost_equal(a, b, 1e-13), fine)
    assert_tensor(kata.almost_equal(a, b, 0.7), torch.tensor([True] * 3, device=device))


def test_almost_equal_leaves_its_arguments_alone(kata, device):
    """Both tensors are as they were, NaN and infinities included."""
    a = torch.tensor([1.0, NAN, INF, 2.0], device=device)
    b = torch.tensor([1.5, NAN, INF, -2.0], device=device)
    with unchanged(a, b):
        kata.almost_equal(a, b, 0.5)


@given(
    vector=tensors("n", dtypes=NUMERIC, values=(*SPECIAL, -1e-30, -0.0), sides={"n": (0, 8)}),
)
def test_sign_changes_counts_neighbours_of_opposite_sign(kata, device, vector):
    """The result is the number of neighbours of which one is positive and the other negative."""
    values = array(vector).tolist()
    expected = sum(p < 0 < q or q < 0 < p for p, q in itertools.pairwise(values))
    assert_value(kata.sign_changes(vector), expected)


def test_sign_changes_counts_changes_and_not_elements(kata, device):
    """Each step across zero counts once, upward and downward."""
    x = torch.tensor([1.0, -1.0, -2.0, 3.0, 4.0, -5.0, -6.0], device=device)
    assert_value(kata.sign_changes(x), 3)
    assert_value(kata.sign_changes(-x), 3)
    assert_value(kata.sign_changes(x[2:4]), 1)
    assert_value(kata.sign_changes(x[4:6]), 1)
    assert_value(kata.sign_changes(x[1:3]), 0)


def test_sign_changes_at_zero_are_none(kata, device):
    """Zero is opposite to nothing: 1, 0, -1 passes it without a change, and so does 0, -1."""
    x = torch.tensor([1.0, 0.0, -1.0, 0.0, 0.0, 2.0], device=device)
    assert_value(kata.sign_changes(x), 0)
    assert_value(kata.sign_changes(-x), 0)


def test_sign_changes_at_negative_zero_are_none(kata, device):
    """-0.0 is zero, not a negative number."""
    x = torch.tensor([1.0, -0.0, 1.0, -0.0, -1.0, 0.0, -0.0], device=device)
    assert_value(kata.sign_changes(x), 0)


def test_sign_changes_at_nan_are_none(kata, device):
    """NaN is opposite to nothing, and the numbers on either side of it are no neighbours."""
    x = torch.tensor([1.0, NAN, -1.0, NAN, NAN, 2.0, -2.0], device=device)
    assert_value(kata.sign_changes(x), 1)
    assert_value(kata.sign_changes(-x), 1)


@each_precision
def test_sign_changes_counts_tiny_numbers(kata, device, dtype):
    """1e-30 is positive and -1e-30 negative, though their product may be 0 in float32."""
    x = torch.tensor([1e-30, -1e-30, 1e-30, 1e-30], device=device, dtype=dtype)
    assert_value(kata.sign_changes(x), 2)
    assert_value(kata.sign_changes(x[:2] / 1e4), 1)


def test_sign_changes_counts_tiny_numbers_of_float64(kata, device):
    """1e-300 is a number in float64, though float32 has 0 for it."""
    x = torch.tensor([1e-300, -1e-300, -1.0, 1e-300], device=device, dtype=torch.float64)
    assert_value(kata.sign_changes(x), 2)


def test_sign_changes_counts_huge_numbers(kata, device):
    """Infinities have a sign, and a tiny number next to a huge one keeps its own."""
    x = torch.tensor([INF, -INF, -1e30, 1e-30, -1e30, INF], device=device)
    assert_value(kata.sign_changes(x), 4)


@pytest.mark.parametrize("dtype", INTEGERS[:2], ids=("int64", "int32"))
def test_sign_changes_counts_integers(kata, device, dtype):
    """Integers count like floats, and large ones whose product overflows too."""
    x = torch.tensor([3, -1, 0, 100000, -100000, 2**31 - 1, -(2**31)], device=device).to(dtype)
    assert_value(kata.sign_changes(x), 4)


def test_sign_changes_of_short_vectors_is_zero(kata, device):
    """A single element has no neighbour, and no element has none either."""
    x = torch.tensor([-1.0], device=device)
    assert_value(kata.sign_changes(x), 0)
    assert_value(kata.sign_changes(x[:0]), 0)


def test_sign_changes_leaves_its_argument_alone(kata, device):
    """The vector passed in is as it was, NaN and zeros included."""
    vector = torch.tensor([2.0, -3.0, 0.0, NAN, 5.0], device=device)
    with unchanged(vector):
        kata.sign_changes(vector)
