"""What a right k07_elementwise does.

Teaches elementwise arithmetic, comparison and selection by masks, and what NaN, infinity and
rounding do to them. Leaves shapes that differ to k08, and derivatives to k12.
"""

import itertools
import math

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from .harness.checks import (
    FLOATING,
    INTEGERS,
    NUMERIC,
    ORDINARY,
    SPECIAL,
    WIDE,
    array,
    assert_raises,
    assert_tensor,
    assert_value,
    by_hand,
    edge,
    either,
    floating,
    has_dtype,
    precise,
    tensors,
)

NAN, INF = math.nan, math.inf
INTEGER_DTYPES = (torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8)

# Bounds that float32 holds exactly, so that it does not matter in which dtype they are compared.
PLAIN_BOUNDS = st.sampled_from([(2.0, 4.0), (1.5, 3.5), (-2.0, 3.0), (2.0, 5.0)])
BOUNDS = st.sampled_from([1.0, -0.5, 0, 3, -2.5, 0.5, 1.5, INF, -INF])
LIMITS = [(-1, 2), (0.5, 3.0), (-2.5, -0.5), (0.1, 1 / 3), (1, 1), (-INF, 1.5)]

CLAMPS = ("clamp", "clip", "clamp_min", "clamp_max", "hardtanh")
READY_MADE = (*CLAMPS, *(f"{name}_" for name in CLAMPS), "minimum", "maximum", "min", "max")


def integers(device):
    """The integer dtypes that the device has."""
    return [dtype for dtype in INTEGER_DTYPES if has_dtype(device, dtype)]


def varied(x):
    """Whether not all elements are equal."""
    return np.unique(array(x)).size > 1


def clipped(x, low, high):
    """Every element of x, as an array, within the bounds, one at a time."""
    values = array(x)
    chosen = [low if v < low else high if v > high else v for v in values.ravel().tolist()]
    return np.array(chosen).reshape(values.shape)


@given(x=tensors("...", values=SPECIAL), bounds=either(PLAIN_BOUNDS, st.tuples(BOUNDS, BOUNDS)))
def test_count_between_counts_from_low_up_to_high(kata, device, x, bounds):
    """The result is how many elements are at least low and less than high."""
    low, high = bounds
    expected = sum(low <= value < high for value in array(x).ravel().tolist())
    assert_value(kata.count_between(x, low, high), expected)


def test_count_between_asks_both_of_each_element(kata, device):
    """Only elements above low that are also below high count, in every row."""
    x = torch.tensor([[1.0, 6.0, 3.0], [4.0, 7.0, 2.0]], device=device)
    assert_value(kata.count_between(x, 2.5, 4.5), 2)
    assert_value(kata.count_between(x, 1.5, 6.5), 4)


def test_count_between_counts_low_and_not_high(kata, device):
    """An element equal to low is counted, one equal to high is not."""
    x = torch.tensor([1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 4.0], device=device)
    assert_value(kata.count_between(x, 2.0, 4.0), 3)
    assert_value(kata.count_between(x, 2.5, 4.5), 4)


def test_count_between_counts_integers(kata, device):
    """Integers are counted like floats."""
    x = torch.tensor([[3, 8, 7], [5, 4, 100]], device=device)
    assert_value(kata.count_between(x, 3, 7), 3)


@edge
def test_count_between_counts_no_nan(kata, device):
    """NaN lies between no two bounds, infinite ones neither."""
    x = torch.tensor([NAN, 0.5, NAN, -7.0, NAN], device=device)
    assert_value(kata.count_between(x, 0.75, 1.0), 0)
    assert_value(kata.count_between(x, -1.0, 1.0), 1)
    assert_value(kata.count_between(x, -INF, INF), 2)
    assert_value(kata.count_between(x[:1], -1.0, 1.0), 0)


@edge
def test_count_between_takes_infinite_bounds(kata, device):
    """-inf as low leaves nothing out below; inf as high leaves out inf alone."""
    x = torch.tensor([-INF, -5.0, 0.0, 1e30, INF, INF], device=device)
    assert_value(kata.count_between(x, -5.0, INF), 3)
    assert_value(kata.count_between(x, -INF, INF), 4)
    assert_value(kata.count_between(x, -INF, 0.0), 2)


@edge
def test_count_between_finds_nothing_below_a_high_that_is_not_above_low(kata, device):
    """Nothing lies between low and a high that is equal to it or below it."""
    x = torch.tensor([0.0, 1.0, 2.0, 3.0], device=device)
    assert_value(kata.count_between(x, 2.0, 1.0), 0)
    assert_value(kata.count_between(x, 1.0, 1.0), 0)


@edge
def test_count_between_takes_a_single_number(kata, device):
    """A 0-D tensor is one element: 1 or 0."""
    x = torch.tensor(2.0, device=device)
    assert_value(kata.count_between(x, 2.0, 3.0), 1)
    assert_value(kata.count_between(x, 1.0, 2.0), 0)


@edge
def test_count_between_of_nothing_is_zero(kata, device):
    """An empty tensor has nothing to count."""
    assert_value(kata.count_between(torch.empty(2, 0, device=device), 0.0, 1.0), 0)


@edge
def test_count_between_counts_integers_of_every_width(kata, device):
    """Integers of each dtype are counted, also more of them than the dtype can count."""
    for dtype in integers(device):
        x = torch.tensor([[3, 0, 7], [5, 3, 100]], device=device).to(dtype)[:, :2]
        assert_value(kata.count_between(x, 3, 5), 2)
        assert_value(kata.count_between(x, 0, 6), 4)
        many = torch.full((7, 433), 4, device=device, dtype=dtype)
        assert_value(kata.count_between(many, 3, 5), 3031)


@edge
def test_count_between_compares_integers_as_integers(kata, device):
    """2²⁴ and 2²⁴ + 1 are one number in float32, 2⁵³ and 2⁵³ + 1 in float64; as integers two."""
    for power in (2**24, 2**53):
        x = torch.tensor([power - 1, power, power, power + 1, power + 2], device=device)
        assert_value(kata.count_between(x, power + 1, power + 2), 1)
        assert_value(kata.count_between(x, 0, power + 1), 3)


@edge
def test_count_between_counts_the_largest_integers(kata, device):
    """The whole range of int64 is compared, though differences in it overflow."""
    x = torch.tensor([-(2**63), -(2**62), 0, 2**62, 2**63 - 1], device=device)
    assert_value(kata.count_between(x, 1, 2**63 - 1), 1)
    assert_value(kata.count_between(x, -(2**63), 1), 3)


@edge
def test_count_between_compares_float64_in_full(kata, device):
    """float64 elements meet bounds of float64, not bounds rounded to float32."""
    dtype = precise(device)
    x = torch.tensor([0.1, 0.7], device=device, dtype=dtype)
    small, large = x.tolist()
    above = small * (1 + 4 * torch.finfo(dtype).eps)
    assert_value(kata.count_between(x, small, 1.0), 2)
    assert_value(kata.count_between(x, above, 1.0), 1)
    assert_value(kata.count_between(x, 0.0, small), 0)
    assert_value(kata.count_between(x, 0.0, large), 1)
    assert_value(kata.count_between(x, large, 1.0), 1)


@given(x=tensors("...", values=WIDE))
def test_signed_sqrt_keeps_sign_and_takes_root(kata, device, x):
    """Each element becomes the root of its absolute value, with its own sign."""
    values = array(x)
    expected = np.sign(values) * np.sqrt(np.abs(values))
    assert_tensor(kata.signed_sqrt(x), expected, like=x, atol=0)


def test_signed_sqrt_of_negatives_is_negative(kata, device):
    """A negative element has the root that the positive one has, with a minus."""
    x = torch.tensor([-4.0, 9.0, -0.25, -1.0], device=device)
    assert_tensor(kata.signed_sqrt(x), [-2.0, 3.0, -0.5, -1.0], like=x)


@edge
def test_signed_sqrt_of_zero_is_zero(kata, device):
    """Zero, also -0.0, has the root 0."""
    x = torch.tensor([0.0, -0.0, 16.0], device=device)
    assert_tensor(kata.signed_sqrt(x), [0.0, 0.0, 4.0], like=x, atol=0)


@edge
def test_signed_sqrt_keeps_infinities(kata, device):
    """The root of infinity is infinity, of either sign."""
    x = torch.tensor([INF, -INF, 1.0, 0.0], device=device)
    assert_tensor(kata.signed_sqrt(x), [INF, -INF, 1.0, 0.0], like=x)


@edge
def test_signed_sqrt_treats_tiny_and_huge_like_any_other(kata, device):
    """1e-30 has the root 1e-15, and 1e30 the root 1e15."""
    for dtype in floating(device):
        x = torch.tensor([1e-30, -1e-30, 1e30, -1e30, 9.0], device=device, dtype=dtype)
        expected = [1e-15, -1e-15, 1e15, -1e15, 3.0]
        assert_tensor(kata.signed_sqrt(x), expected, like=x, rtol=1e-5, atol=0)


@edge
def test_signed_sqrt_keeps_the_shape(kata, device):
    """One element stays one, with as many axes as it had; so does no element."""
    x = torch.tensor([[[-9.0]]], device=device)
    assert_tensor(kata.signed_sqrt(x), [[[-3.0]]], like=x)
    assert_tensor(kata.signed_sqrt(x[0, 0, 0]), -3.0, like=x)
    assert_tensor(kata.signed_sqrt(x[:, :0]), np.empty((1, 0, 1)), like=x)


@given(x=tensors("...", values=SPECIAL), bounds=either(PLAIN_BOUNDS, st.sampled_from(LIMITS)))
def test_clip_keeps_every_element_within_the_bounds(kata, device, x, bounds):
    """Below low becomes low, above high becomes high, and all else stays exactly as it is."""
    expected = clipped(x, *bounds)
    assert_tensor(kata.clip(x, *bounds), expected, like=x, rtol=0, atol=0)


def test_clip_raises_what_is_below_and_lowers_what_is_above(kata, device):
    """What lies outside becomes the bound that it lies beyond, and keeps its place."""
    x = torch.tensor([[-3.0, 0.75, 7.0], [0.5, 9.0, -8.0]], device=device)
    assert_tensor(kata.clip(x, -1.0, 2.0), [[-1.0, 0.75, 2.0], [0.5, 2.0, -1.0]], like=x)


def test_clip_is_done_by_comparison_and_selection(kata, device):
    """No ready-made clamp, minimum or maximum does the work."""
    x = torch.tensor([[-3.0, 0.5, 7.0], [1.0, 8.0, 0.25]], device=device)
    with by_hand(*READY_MADE):
        result = kata.clip(x, 0.0, 2.0)
    assert_tensor(result, [[0.0, 0.5, 2.0], [1.0, 2.0, 0.25]], like=x)


def test_clip_takes_bounds_with_a_fraction(kata, device):
    """A bound of 1.5 is 1.5, and neither 1 nor 2."""
    x = torch.tensor([-4.0, 0.75, 3.0], device=device)
    assert_tensor(kata.clip(x, -2.5, 1.5), [-2.5, 0.75, 1.5], like=x)


@given(
    x=tensors("...", dtypes=INTEGERS, values=range(10)),
    bounds=either(
        st.sampled_from([(2, 5), (3, 4)]), st.sampled_from([(2, 5), (0, 3), (4, 4), (1, 100)])
    ),
)
def test_clip_keeps_integers_integers(kata, device, x, bounds):
    """Integers are clipped to integers, and their dtype is kept."""
    assert_tensor(kata.clip(x, *bounds), clipped(x, *bounds), like=x)


@edge
def test_clip_refuses_low_above_high(kata, device):
    """low greater than high raises ValueError, whatever the elements are."""
    x = torch.tensor([0.0, 1.5, 4.0], device=device)
    assert_raises(ValueError, kata.clip, x, 2.0, 1.0)
    assert_raises(ValueError, kata.clip, x, 1, 0)
    assert_raises(ValueError, kata.clip, x, -0.25, -0.5)
    assert_raises(ValueError, kata.clip, x[:0], 2.0, 1.0)


@edge
def test_clip_takes_equal_bounds(kata, device):
    """low equal to high is allowed: every element becomes that number."""
    x = torch.tensor([0.0, 1.5, 4.0], device=device)
    assert_tensor(kata.clip(x, 1.0, 1.0), [1.0, 1.0, 1.0], like=x)


@edge
def test_clip_takes_integer_bounds_for_floats(kata, device):
    """Bounds without a fraction leave the tensor floating: 0.5 stays 0.5."""
    for dtype in floating(device):
        x = torch.tensor([-4.5, 0.5, 4.5], device=device, dtype=dtype)
        assert_tensor(kata.clip(x, -1, 2), [-1.0, 0.5, 2.0], like=x)


@edge
def test_clip_keeps_nan(kata, device):
    """NaN is neither below low nor above high; it stays NaN."""
    x = torch.tensor([NAN, -5.0, NAN, 5.0, 0.25], device=device)
    assert_tensor(kata.clip(x, -1.0, 1.0), [NAN, -1.0, NAN, 1.0, 0.25], like=x)
    assert_tensor(kata.clip(x, 1.0, 1.0), [NAN, 1.0, NAN, 1.0, 1.0], like=x)


@edge
def test_clip_clips_infinities(kata, device):
    """Infinite elements become the bounds, and infinite bounds limit nothing."""
    x = torch.tensor([INF, -INF, 3.0], device=device)
    assert_tensor(kata.clip(x, -1.0, 2.0), [2.0, -1.0, 2.0], like=x)
    assert_tensor(kata.clip(x, -INF, 2.0), [2.0, -INF, 2.0], like=x)
    assert_tensor(kata.clip(x, 4.0, INF), [INF, 4.0, 4.0], like=x)
    assert_tensor(kata.clip(x, -INF, INF), [INF, -INF, 3.0], like=x)


@edge
def test_clip_takes_a_single_number(kata, device):
    """A 0-D tensor is clipped to a 0-D tensor, and an empty one stays empty."""
    x = torch.tensor(7.0, device=device)
    assert_tensor(kata.clip(x, 0.0, 4.0), 4.0, like=x)
    assert_tensor(kata.clip(-x, 0.0, 4.0), 0.0, like=x)
    assert_tensor(kata.clip(x, 0.0, 8.0), 7.0, like=x)
    assert_tensor(kata.clip(x.reshape(1, 1)[:, :0], 0.0, 4.0), np.empty((1, 0)), like=x)


@edge
def test_clip_takes_integers_of_every_width(kata, device):
    """The largest and the smallest number of an integer dtype are clipped like any other."""
    for dtype in integers(device):
        limits = torch.iinfo(dtype)
        x = torch.tensor([limits.min, 3, 9, 100, limits.max], device=device, dtype=dtype)
        assert_tensor(kata.clip(x, 5, 90), [5, 5, 9, 90, 90], like=x)
        assert_tensor(kata.clip(x, limits.min, limits.max), array(x), like=x)


@edge
def test_clip_keeps_every_digit_of_an_integer(kata, device):
    """2⁵³ + 1 is no float64, but an integer like any other, as an element and as a bound."""
    x = torch.tensor([0, 2**24 + 1, 2**53 + 1, 2**62 + 1], device=device)
    assert_tensor(kata.clip(x, 2, 2**60), [2, 2**24 + 1, 2**53 + 1, 2**60], like=x)
    bounds = (2**53 + 1, 2**53 + 3)
    assert_tensor(kata.clip(x, *bounds), [2**53 + 1] * 3 + [2**53 + 3], like=x)


@edge
def test_clip_gives_float64_its_bounds_in_full(kata, device):
    """In a float64 tensor the bounds are the numbers given, not those rounded to float32."""
    x = torch.tensor([-5.0, 0.2, 5.0], device=device, dtype=precise(device))
    assert_tensor(kata.clip(x, 0.1, 1 / 3), [0.1, 0.2, 1 / 3], like=x)
    assert_tensor(kata.clip(x, 1 / 3, 0.7), [1 / 3, 1 / 3, 0.7], like=x)


def test_standardize_divides_by_the_population_deviation(kata, device):
    """The deviation of 1 and 3 is 1, for the squares are shared out among n, not n - 1."""
    x = torch.tensor([1.0, 3.0], device=device)
    assert_tensor(kata.standardize(x), [-1.0, 1.0], like=x)


@given(x=tensors("...", min_side=1).filter(varied))
def test_standardize_makes_mean_zero_and_deviation_one(kata, device, x):
    """The result has mean 0 and deviation 1, and keeps the elements' order and proportions."""
    values = array(x)
    centered = values - values.mean()
    expected = centered / np.sqrt(np.mean(centered**2))
    loose = {"rtol": 1e-4, "atol": 1e-4} if x.dtype == torch.float32 else {}
    assert_tensor(kata.standardize(x), expected, like=x, **loose)


def test_standardize_looks_at_all_elements_together(kata, device):
    """There is one mean and one deviation for the whole tensor, not one a row or column."""
    x = torch.tensor([[1.0, 7.0, 3.0], [13.0, 15.0, 9.0]], device=device)
    expected = torch.tensor([[-1.4, -0.2, -1.0], [1.0, 1.4, 0.2]], device=device)
    assert_tensor(kata.standardize(x), expected)
    assert_tensor(kata.standardize(x.T.contiguous()), expected.T)


@edge
def test_standardize_of_equal_elements_is_zero(kata, device):
    """Elements that are all equal have no deviation; they become 0, not NaN."""
    for dtype in floating(device):
        x = torch.tensor([2.0, 2.0, 2.0, 2.0], device=device, dtype=dtype)
        assert_tensor(kata.standardize(x), [0.0] * 4, like=x)
        assert_tensor(kata.standardize(x.reshape(2, 2) - 7.5), [[0.0] * 2] * 2, like=x)


@edge
def test_standardize_of_one_element_is_zero(kata, device):
    """A single element is its own mean, in 0-D too."""
    x = torch.tensor([[3.5]], device=device)
    assert_tensor(kata.standardize(x), [[0.0]], like=x)
    assert_tensor(kata.standardize(x[0, 0]), 0.0, like=x)


@edge
def test_standardize_compares_every_element(kata, device):
    """Equal elements at both ends, equal rows or columns do not make all elements equal."""
    x = torch.tensor([1.0, 4.0, 4.0, 1.0], device=device)
    assert_tensor(kata.standardize(x), [-1.0, 1.0, 1.0, -1.0], like=x)
    rows = torch.tensor([[1.0, 3.0], [1.0, 3.0]], device=device)
    assert_tensor(kata.standardize(rows), [[-1.0, 1.0]] * 2, like=rows)
    assert_tensor(kata.standardize(rows.T), [[-1.0] * 2, [1.0] * 2], like=rows)


@edge
def test_standardize_treats_a_small_spread_like_any_other(kata, device):
    """Only equal elements become zeros; a spread of 1e-15 is scaled to 1."""
    expected = np.array([-3.0, -1.0, 1.0, 3.0]) / np.sqrt(5)
    for dtype in floating(device):
        x = torch.tensor([-3.0, -1.0, 1.0, 3.0], dtype=dtype, device=device)
        for scale in (-1e-6, 1e-15):
            result = kata.standardize(x * scale)
            assert_tensor(result, expected * np.sign(scale), like=x, rtol=1e-3)


@edge
def test_standardize_keeps_a_spread_far_from_zero(kata, device):
    """4096, 4097 … spread like 0, 1 …; their squares would round the spread away."""
    x = torch.tensor([4096.0, 4097.0, 4098.0, 4099.0], device=device)
    expected = np.array([-1.5, -0.5, 0.5, 1.5]) / np.sqrt(1.25)
    assert_tensor(kata.standardize(x), expected, like=x, rtol=1e-2)


@given(
    pair=tensors("...", "...", values=(*ORDINARY, NAN, INF, -INF, 1e30, -1e30)),
    tolerance=either(st.sampled_from([2.0, 1.5, 3.0]), st.sampled_from([0.5, 1.0, 0, 0.25, 3])),
)
def test_almost_equal_compares_each_pair(kata, device, pair, tolerance):
    """Where a and b differ by no more than the tolerance the result is True, elsewhere False."""
    a, b = pair
    both = zip(array(a).ravel(), array(b).ravel(), strict=True)
    expected = [math.isclose(p, q, rel_tol=0, abs_tol=tolerance) for p, q in both]
    expected = np.array(expected, dtype=bool).reshape(a.shape)
    assert_tensor(kata.almost_equal(a, b, tolerance), expected, dtype=torch.bool, device=device)


def test_almost_equal_looks_both_ways(kata, device):
    """It does not matter which of the two is the larger."""
    a = torch.tensor([1.0, 1.25, 2.0, 7.0], device=device)
    b = torch.tensor([1.25, 1.0, 7.0, 2.0], device=device)
    expected = torch.tensor([True, True, False, False], device=device)
    assert_tensor(kata.almost_equal(a, b, 0.5), expected)


def test_almost_equal_includes_the_tolerance_itself(kata, device):
    """A difference as large as the tolerance still counts as equal; a larger one does not."""
    a = torch.tensor([1.0, 1.5, 1.0, 1.75], device=device)
    b = torch.tensor([1.5, 1.0, 1.75, 1.0], device=device)
    expected = torch.tensor([True, True, False, False], device=device)
    assert_tensor(kata.almost_equal(a, b, 0.5), expected)


def test_almost_equal_has_one_tolerance_for_all_sizes(kata, device):
    """100 and 103 differ by 3, as 1 and 4 do."""
    a = torch.tensor([100.0, 1.0, -100.0], device=device)
    b = torch.tensor([103.0, 4.0, -103.0], device=device)
    assert_tensor(kata.almost_equal(a, b, 2.0), torch.tensor([False] * 3, device=device))
    assert_tensor(kata.almost_equal(a, b, 3.0), torch.tensor([True] * 3, device=device))


def test_almost_equal_of_fractions(kata, device):
    """Below 1 the difference counts as it is: 0.25 and 0.75 differ by 0.5."""
    a = torch.tensor([0.25, 0.75, 0.5], device=device)
    b = torch.tensor([0.75, 0.125, 0.625], device=device)
    assert_tensor(kata.almost_equal(a, b, 0.25), torch.tensor([False, False, True], device=device))


@edge
def test_almost_equal_of_infinities(kata, device):
    """inf equals inf and -inf equals -inf; against anything else an infinity is not equal."""
    a = torch.tensor([INF, -INF, INF, -INF, INF, 0.0, 1e30], device=device)
    b = torch.tensor([INF, -INF, -INF, INF, 1e30, -INF, INF], device=device)
    expected = torch.tensor([True, True, False, False, False, False, False], device=device)
    assert_tensor(kata.almost_equal(a, b, 1.0), expected)
    assert_tensor(kata.almost_equal(a, b, 0.0), expected)


@edge
def test_almost_equal_of_nan_is_false(kata, device):
    """NaN is equal to nothing: not to a number, not to infinity, not to NaN."""
    a = torch.tensor([NAN, NAN, 0.0, INF, 0.0], device=device)
    b = torch.tensor([NAN, 0.0, NAN, NAN, 0.0], device=device)
    expected = torch.tensor([False, False, False, False, True], device=device)
    assert_tensor(kata.almost_equal(a, b, 1.0), expected)


@edge
def test_almost_equal_with_no_tolerance_is_equality(kata, device):
    """With tolerance 0 only equal elements are equal, even next to tiny differences."""
    a = torch.tensor([0.0, 0.1, 1e-30, -0.0, 5e-10, 1e-15], device=device)
    b = torch.tensor([0.0, 0.1, 0.0, 0.0, 0.0, 0.0], device=device)
    tiny = torch.tensor([True, True, True, True, False, False], device=device)
    assert_tensor(kata.almost_equal(a, b, 1e-20), tiny)
    none = torch.tensor([True, True, False, True, False, False], device=device)
    assert_tensor(kata.almost_equal(a, b, 0.0), none)


@edge
def test_almost_equal_adds_no_tolerance_of_its_own(kata, device):
    """1000000 and 1000001 differ by 1, which is more than 0.5."""
    a = torch.tensor([1000000.0, -1000000.0], device=device)
    b = torch.tensor([1000001.0, -1000001.0], device=device)
    assert_tensor(kata.almost_equal(a, b, 0.5), torch.tensor([False] * 2, device=device))
    assert_tensor(kata.almost_equal(a, b, 1.0), torch.tensor([True] * 2, device=device))


@edge
def test_almost_equal_compares_the_difference(kata, device):
    """16777216 and 16777218 differ by 2, though 16777216 + 1 is 16777216 in float32."""
    for dtype, large in zip(FLOATING, (2.0**24, 2.0**53), strict=True):
        if has_dtype(device, dtype):
            a = torch.tensor([large, large + 2, -large], device=device, dtype=dtype)
            b = torch.tensor([large + 2, large, -large - 2], device=device, dtype=dtype)
            for tolerance, near in ((1, False), (1.5, False), (2, True)):
                expected = torch.tensor([near, near, near], device=device)
                assert_tensor(kata.almost_equal(a, b, tolerance), expected)


@edge
def test_almost_equal_keeps_the_shape(kata, device):
    """A single pair has one answer, and none has none."""
    a = torch.tensor([[[1.0], [4.0]]], device=device)
    b = torch.tensor([[[1.5], [2.0]]], device=device)
    expected = torch.tensor([[[True], [False]]], device=device)
    assert_tensor(kata.almost_equal(a[:, 1:], b[:, 1:], 0.5), expected[:, 1:])
    assert_tensor(kata.almost_equal(a[0, 0, 0], b[0, 0, 0], 0.5), expected[0, 0, 0])
    assert_tensor(kata.almost_equal(a[:, :0], b[:, :0], 0.5), expected[:, :0])


@edge
def test_almost_equal_compares_float64_in_full(kata, device):
    """Differences and tolerances too fine for float32 decide too."""
    dtype = precise(device)
    step = torch.finfo(dtype).eps
    a = torch.tensor([1.0, 1.0, 1.0], device=device, dtype=dtype)
    b = torch.tensor([1.0, 1.0 + 4 * step, 1.0 + 64 * step], device=device, dtype=dtype)
    for tolerance, answers in ((8 * step, [True, True, False]), (step, [True, False, False])):
        assert_tensor(kata.almost_equal(a, b, tolerance), torch.tensor(answers, device=device))
    a = torch.tensor([0.5, 0.7, 0.7 * (1 + 4 * step)], device=device, dtype=dtype)
    expected = torch.tensor([True, True, False], device=device)
    assert_tensor(kata.almost_equal(a, torch.zeros_like(a), 0.7), expected)


@given(
    vector=tensors("n", dtypes=NUMERIC, values=(*SPECIAL, -1e-30, -0.0), sides={"n": (0, 6)}),
)
def test_sign_changes_counts_neighbours_of_opposite_sign(kata, device, vector):
    """The result is the number of neighbours of which one is positive and the other negative."""
    values = array(vector).tolist()
    expected = sum(p < 0 < q or q < 0 < p for p, q in itertools.pairwise(values))
    assert_value(kata.sign_changes(vector), expected)


def test_sign_changes_counts_changes_and_not_elements(kata, device):
    """Each step across zero counts once, upward and downward."""
    x = torch.tensor([1.0, -1.5, -2.0, 3.0, 4.0, -5.0, -6.0], device=device)
    assert_value(kata.sign_changes(x), 3)
    assert_value(kata.sign_changes(-x), 3)


def test_sign_changes_looks_at_every_pair(kata, device):
    """Each element but the first and the last has two neighbours, and those two only one."""
    x = torch.tensor([2.0, -3.0, 4.0, -1.0], device=device)
    assert_value(kata.sign_changes(x), 3)
    assert_value(kata.sign_changes(x[:3]), 2)
    assert_value(kata.sign_changes(x[1:3]), 1)


def test_sign_changes_at_zero_are_none(kata, device):
    """Zero is neither: 1, 0, -1 passes it without a change, and so does 0, -1."""
    x = torch.tensor([1.0, 0.0, -1.0, 0.0, 0.0, 2.0], device=device)
    assert_value(kata.sign_changes(x), 0)
    assert_value(kata.sign_changes(-x), 0)


@edge
def test_sign_changes_at_negative_zero_are_none(kata, device):
    """-0.0 is zero, not a negative number."""
    x = torch.tensor([1.0, -0.0, 1.0, -0.0, -1.0, 0.0, -0.0], device=device)
    assert_value(kata.sign_changes(x), 0)


@edge
def test_sign_changes_at_nan_are_none(kata, device):
    """NaN is neither, and the numbers on either side of it are no neighbours."""
    x = [1, NAN, -1, -1, NAN, -1, NAN, -1, NAN, 1, NAN, NAN, 1, 0, -1, NAN]
    assert_value(kata.sign_changes(torch.tensor(x, device=device)), 0)
    x = torch.tensor([1.0, NAN, -1.0, NAN, NAN, 2.0, -2.0], device=device)
    assert_value(kata.sign_changes(x), 1)
    assert_value(kata.sign_changes(-x), 1)


@edge
def test_sign_changes_counts_tiny_numbers(kata, device):
    """1e-30 is positive and -1e-30 negative, though their product may be 0 in float32."""
    for dtype in floating(device):
        x = torch.tensor([1e-30, -1e-30, 1e-30, 1e-30], device=device, dtype=dtype)
        assert_value(kata.sign_changes(x), 2)
        assert_value(kata.sign_changes(x[:2] / 1e4), 1)


@edge
def test_sign_changes_counts_tiny_numbers_of_float64(kata, device):
    """1e-300 is a number in float64, though float32 has 0 for it."""
    dtype = precise(device)
    tiny = 1e-300 if dtype == torch.float64 else 1e-30
    x = [tiny, tiny, -tiny, tiny, -tiny, 1.0, 1.0, -tiny]
    assert_value(kata.sign_changes(torch.tensor(x, device=device, dtype=dtype)), 5)


@edge
def test_sign_changes_counts_huge_numbers(kata, device):
    """Infinities have a sign, and a tiny number next to a huge one keeps its own."""
    x = torch.tensor([INF, -INF, -1e30, 1e-30, -1e30, INF], device=device)
    assert_value(kata.sign_changes(x), 4)


@edge
def test_sign_changes_counts_integers(kata, device):
    """Integers count like floats, and large ones whose product overflows too."""
    for dtype in integers(device):
        limits = torch.iinfo(dtype)
        half = 2 ** (limits.bits // 2)
        values = [3, -1, 0, half, -half, limits.max, limits.min, 0, half]
        values = values if limits.min else [abs(value) for value in values]
        x = torch.tensor(values, device=device, dtype=dtype)
        assert_value(kata.sign_changes(x), 4 if limits.min else 0)


@edge
def test_sign_changes_of_short_vectors_is_zero(kata, device):
    """A single element has no neighbour, and no element has none either."""
    x = torch.tensor([-1.0], device=device)
    assert_value(kata.sign_changes(x), 0)
    assert_value(kata.sign_changes(x[:0]), 0)
