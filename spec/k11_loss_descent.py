"""What a right k11_loss_descent does.

Teaches losses that hold for large logits, the slope of a function, and gradient descent step by
step. Leaves derivatives of composed functions to k12, autograd to k16 and training to k18.
"""

import math

import numpy as np
import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st

from spec.harness.checks import (
    FLOATING,
    WIDE,
    array,
    assert_metadata,
    assert_raises,
    assert_tensor,
    assert_that,
    assert_value,
    by_hand,
    laid_out,
    tensors,
    unchanged,
)

PROBABILITIES = (1.0, 0.0, 0.5, 0.9, 0.1, 1 / 3, 0.75)
SMALL = (1.0, 0.0, -1.0, 2.0, -2.0, 3.0, 0.5, -0.5, 0.1, 1 / 3, -0.7)  # keep rounding small
LARGE = (*WIDE, 20.5, -20.5, 300.0, -300.0)
LOSSES = (
    *("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "kl_div"),
    *("binary_cross_entropy", "binary_cross_entropy_with_logits"),
    *("soft_margin_loss", "multilabel_soft_margin_loss"),
    *("cross_entropy", "cross_entropy_loss", "nll_loss", "nll_loss_nd", "nll_loss_forward"),
    *("poisson_nll_loss", "gaussian_nll_loss"),
)
READY_MADE = tuple(name + form for name in LOSSES for form in ("", ".default", ".out"))

both_precisions = pytest.mark.parametrize("dtype", FLOATING, ids=["float32", "float64"])


@given(drawn=tensors("...", "...", min_side=1))
def test_mean_squared_error_averages_over_all_elements(kata, device, drawn):
    """The result is the mean of all squared differences, as a 0-D tensor."""
    prediction, target = drawn
    expected = np.mean((array(prediction) - array(target)) ** 2)
    assert_tensor(kata.mean_squared_error(prediction, target), expected, like=prediction)


def test_mean_squared_error_of_a_matrix_is_one_number(kata, device):
    """Rows and columns are averaged alike: (1 + 4 + 0 + 0 + 0 + 1) / 6."""
    prediction = torch.tensor([[1.0, 2.0, 0.0], [5.0, 5.0, 5.0]], device=device)
    target = torch.tensor([[0.0, 0.0, 0.0], [5.0, 5.0, 6.0]], device=device)
    assert_tensor(kata.mean_squared_error(prediction, target), 1.0, like=prediction)


@pytest.mark.parametrize("shape", [(), (1,), (1, 1), (2, 1, 2)])
def test_mean_squared_error_takes_any_shape(kata, device, shape):
    """A single number, with or without axes, and three axes give a 0-D tensor too."""
    prediction = torch.full(shape, 1.5, device=device)
    assert_tensor(kata.mean_squared_error(prediction, prediction - 3), 9.0, like=prediction)


@both_precisions
def test_mean_squared_error_sees_small_differences_of_large_numbers(kata, device, dtype):
    """4096.25 and 4096 differ by 0.25, whose square is 0.0625; subtract before you square."""
    target = torch.tensor([4096.0, -4096.0], dtype=dtype, device=device)
    assert_tensor(kata.mean_squared_error(target + 0.25, target), 0.0625, like=target)
    assert_tensor(kata.mean_squared_error(target, target), 0.0, like=target)


def test_mean_squared_error_is_precise_in_float64(kata, device):
    """float64 numbers are computed with in float64."""
    prediction = torch.tensor([0.1, 1 / 3, 1e8 + 0.5], dtype=torch.float64, device=device)
    target = torch.tensor([-9.7, 0.7, 1e8], dtype=torch.float64, device=device)
    expected = (9.8**2 + (0.7 - 1 / 3) ** 2 + 0.25) / 3
    assert_tensor(kata.mean_squared_error(prediction, target), expected, like=prediction)


def test_mean_squared_error_refuses_shapes_that_differ(kata, device):
    """ValueError for (3, 1) against (3,), a 0-D target, or six elements in other shapes."""
    six = torch.arange(6.0, device=device)
    column, vector, single, number = six[:3].reshape(3, 1), six[:3], six[:1], six[5]
    assert_raises(ValueError, kata.mean_squared_error, single, vector)
    assert_raises(ValueError, kata.mean_squared_error, vector, number)
    assert_raises(ValueError, kata.mean_squared_error, number, vector)
    assert_raises(ValueError, kata.mean_squared_error, column, vector)
    assert_raises(ValueError, kata.mean_squared_error, vector, column)
    assert_raises(ValueError, kata.mean_squared_error, single, number)
    assert_raises(ValueError, kata.mean_squared_error, six.reshape(2, 3), six.reshape(3, 2))
    assert_raises(ValueError, kata.mean_squared_error, six.reshape(2, 3), vector)
    assert_raises(ValueError, kata.mean_squared_error, six.reshape(2, 3), six.reshape(1, 2, 3))
    assert_raises(ValueError, kata.mean_squared_error, six.reshape(1, 6, 1), single[:, None, None])


def test_mean_squared_error_is_written_by_hand(kata, device):
    """Neither a loss of torch's nor autograd is used."""
    prediction, target = torch.ones(3, device=device), torch.zeros(3, device=device)
    with by_hand(*READY_MADE):
        kata.mean_squared_error(prediction, target)


def test_mean_squared_error_leaves_its_arguments_alone(kata, device):
    """Prediction and target are as they were."""
    for dtype in FLOATING:
        target = torch.ones(2, 3, dtype=dtype, device=device)
        prediction = target * 4
        with unchanged(prediction, target):
            kata.mean_squared_error(prediction, target)


def forgiven(logits):
    """The error that the docstrings forgive."""
    share = 1e-6 if logits.dtype == torch.float32 else 1e-9
    return share * (1 + np.abs(array(logits)).max())


@st.composite
def yes_or_no(draw):
    """Logits over a wide range, and as many targets from 0 to 1."""
    logits = draw(tensors("...", min_side=1, values=LARGE))
    shape = " ".join(map(str, logits.shape))
    return logits, draw(tensors(shape, dtypes=[logits.dtype], values=PROBABILITIES))


def log_probability(logit):
    """log(1 / (1 + exp(-logit))), in Python."""
    return -math.log1p(math.exp(-logit)) if logit >= 0 else logit - math.log1p(math.exp(logit))


def assert_surprise(result, logits, targets):
    """The result is the binary cross-entropy of logits and targets."""
    __tracebackhide__ = True
    losses = [
        -(target * log_probability(logit) + (1 - target) * log_probability(-logit))
        for logit, target in zip(array(logits).flat, array(targets).flat, strict=True)
    ]
    assert_tensor(result, np.mean(losses), like=logits, rtol=0, atol=forgiven(logits))


@given(drawn=yes_or_no())
def test_binary_cross_entropy_averages_the_surprise(kata, device, drawn):
    """The mean of -(t log p + (1 - t) log(1 - p)), where p = 1 / (1 + exp(-logit))."""
    logits, targets = drawn
    assert_surprise(kata.binary_cross_entropy(logits, targets), logits, targets)


@both_precisions
@pytest.mark.parametrize("target", [0.0, 1.0, 0.25])
def test_binary_cross_entropy_takes_large_logits(kata, device, target, dtype):
    """Nothing is inf, NaN or cut off: being wrong with a logit of 1000 costs 1000."""
    targets = torch.tensor([target], dtype=dtype, device=device)
    for logit in (-2.0, -20.0, 20.0, -100.0, 100.0, -300.0, 300.0, -1000.0, 1000.0):
        logits = torch.tensor([logit], dtype=dtype, device=device)
        assert_surprise(kata.binary_cross_entropy(logits, targets), logits, targets)


def test_binary_cross_entropy_takes_soft_targets(kata, device):
    """A target of 0.9 is 90 % yes and 10 % no, and no plain yes."""
    logits = torch.tensor([[2.0, -1.0, 0.5], [0.0, 3.0, -4.0]], device=device)
    targets = torch.tensor([[0.9, 0.2, 0.5], [0.6, 0.4, 0.0]], device=device)
    assert_surprise(kata.binary_cross_entropy(logits, targets), logits, targets)


@pytest.mark.parametrize("shape", [(), (1,), (1, 1), (2, 1, 2)])
def test_binary_cross_entropy_takes_any_shape(kata, device, shape):
    """A single number, with or without axes, and three axes give a 0-D tensor too."""
    logits, targets = torch.full(shape, 2.0, device=device), torch.full(shape, 0.3, device=device)
    assert_surprise(kata.binary_cross_entropy(logits, targets), logits, targets)


def test_binary_cross_entropy_takes_logits_not_probabilities(kata, device):
    """A logit of 0 means p = 0.5 and one of 1 means p = 0.73."""
    logits, targets = torch.tensor([0.0, 1.0], device=device), torch.ones(2, device=device)
    assert_surprise(kata.binary_cross_entropy(logits, targets), logits, targets)


def test_binary_cross_entropy_is_precise_in_float64(kata, device):
    """float64 logits and targets are computed with in float64."""
    logits = torch.tensor([0.1, -1 / 3, 5.7, -9.3], dtype=torch.float64, device=device)
    targets = torch.tensor([1.0, 0.3, 0.0, 0.7], dtype=torch.float64, device=device)
    assert_surprise(kata.binary_cross_entropy(logits, targets), logits, targets)


def test_binary_cross_entropy_is_written_by_hand(kata, device):
    """Neither a loss of torch's nor autograd is used."""
    logits = torch.tensor([-1000.0, -1.0, 0.0, 1000.0], device=device)
    targets = torch.tensor([1.0, 0.0, 0.9, 0.0], device=device)
    with by_hand(*READY_MADE):
        kata.binary_cross_entropy(logits, targets)


def test_binary_cross_entropy_leaves_its_arguments_alone(kata, device):
    """Logits and targets are as they were."""
    for dtype in FLOATING:
        logits = torch.tensor([-1.0, 2.0, -1000.0], dtype=dtype, device=device)
        targets = torch.tensor([0.0, 0.5, 1.0], dtype=dtype, device=device)
        with unchanged(logits, targets):
            kata.binary_cross_entropy(logits, targets)


@st.composite
def classified(draw):
    """Logits over a wide range, and a class for each row."""
    logits = draw(tensors("n c", min_side=1, values=LARGE))
    rows, count = logits.shape
    picks = np.frombuffer(draw(st.binary(min_size=rows, max_size=rows)), np.uint8)
    layout = draw(st.sampled_from(["contiguous", "strided"]))
    return logits, laid_out((picks % count).astype(np.int64), layout, logits.device)


def assert_class_surprise(result, logits, classes):
    """The result is the cross-entropy of logits and classes."""
    __tracebackhide__ = True
    losses = []
    for row, number in zip(array(logits), array(classes), strict=True):
        top = max(row)
        losses.append(math.log(sum(math.exp(v - top) for v in row)) + top - row[number])
    assert_tensor(result, np.mean(losses), like=logits, rtol=0, atol=forgiven(logits))


@given(drawn=classified())
def test_cross_entropy_averages_the_surprise(kata, device, drawn):
    """The mean over rows of -log of the true class's share of exp of the row's logits."""
    logits, classes = drawn
    assert_class_surprise(kata.cross_entropy(logits, classes), logits, classes)


def test_cross_entropy_picks_one_class_for_each_row(kata, device):
    """Row i is judged by classes[i] alone; classes may come twice or not at all."""
    logits = torch.tensor([[1.0, 2.0, 4.0], [0.0, -1.0, 3.0], [2.0, 0.5, 0.0]], device=device)
    classes = torch.tensor([2, 0, 2], device=device)
    assert_class_surprise(kata.cross_entropy(logits, classes), logits, classes)


@both_precisions
def test_cross_entropy_takes_large_logits(kata, device, dtype):
    """Logits of ±1000 give neither inf nor NaN, and being wrong costs their distance."""
    rows = [[1000.0, -1000.0], [-1000.0, 1000.0], [1000.0, 999.0]]
    logits = torch.tensor(rows, dtype=dtype, device=device)
    for numbers in ([0, 1, 0], [1, 0, 1], [0, 0, 1]):
        classes = torch.tensor(numbers, device=device)
        assert_class_surprise(kata.cross_entropy(logits, classes), logits, classes)


def test_cross_entropy_treats_each_row_by_itself(kata, device):
    """A row of low logits beside one of high ones is still finite: only differences count."""
    logits = torch.tensor([[1000.0, 999.0, 998.0], [-1000.0, -998.0, -999.0]], device=device)
    classes = torch.tensor([1, 2], device=device)
    assert_class_surprise(kata.cross_entropy(logits, classes), logits, classes)


def test_cross_entropy_of_equal_logits_is_the_log_of_their_count(kata, device):
    """Of five classes that are all alike each has probability 1/5; of a single one, 1."""
    classes = torch.tensor([3, 0], device=device)
    five = torch.full((2, 5), 0.5, device=device)
    assert_tensor(kata.cross_entropy(five, classes), math.log(5), like=five)
    one = torch.tensor([[7.0], [-3.0]], device=device)
    assert_tensor(kata.cross_entropy(one, torch.zeros_like(classes)), 0.0, like=one)


@pytest.mark.parametrize("shape", [(1, 3), (3, 1), (1, 1)])
def test_cross_entropy_takes_a_single_sample_or_class(kata, device, shape):
    """One row or one column is still a matrix, and the result is 0-D."""
    logits = torch.tensor([2.0, -1.0, 0.5], device=device)[: max(shape)].reshape(shape)
    classes = torch.full(shape[:1], shape[1] // 2, device=device)
    assert_class_surprise(kata.cross_entropy(logits, classes), logits, classes)


def test_cross_entropy_is_precise_in_float64(kata, device):
    """float64 logits are computed with in float64."""
    rows = [[0.1, -1 / 3, 5.7], [-9.3, 0.7, 0.2]]
    logits = torch.tensor(rows, dtype=torch.float64, device=device)
    classes = torch.tensor([1, 0], device=device)
    assert_class_surprise(kata.cross_entropy(logits, classes), logits, classes)


def test_cross_entropy_is_written_by_hand(kata, device):
    """Neither a loss of torch's nor autograd is used."""
    logits = torch.tensor([[1000.0, -1000.0, 0.0], [1.0, 2.0, 3.0]], device=device)
    classes = torch.tensor([2, 1], device=device)
    with by_hand(*READY_MADE):
        kata.cross_entropy(logits, classes)


def test_cross_entropy_leaves_its_arguments_alone(kata, device):
    """Logits and classes are as they were."""
    classes = torch.tensor([2, 0], device=device)
    for dtype in FLOATING:
        logits = torch.tensor([[1.0, 2.0, 4.0], [0.0, -1.0, 3.0]], dtype=dtype, device=device)
        with unchanged(logits, classes):
            kata.cross_entropy(logits, classes)


def cube(x):
    """x³."""
    return x * x * x


def parabola(x):
    """2x² - 5x."""
    return 2 * x * x - 5 * x


def rectified(x):
    """The larger of x and 0."""
    return max(x, 0.0)


@given(point=st.floats(-8, 8), step=st.floats(0.01, 2))
@example(point=0.0, step=2.0)
@example(point=-0.1, step=30.0)
def test_slope_is_the_central_difference(kata, point, step):
    """Rise from point - step to point + step, over their distance: 3x² + step² for x³."""
    expected = 3 * point * point + step * step
    assert_value(kata.slope(cube, point, step), expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("step", [1e-3, 0.5, 10.0])
def test_slope_of_a_parabola_is_right_for_any_step(kata, step):
    """For 2x² - 5x the slope at 3 is 7, whatever the step; one-sided differences are off."""
    assert_value(kata.slope(parabola, 3.0, step), 7.0, rtol=1e-9)


def test_slope_at_a_kink_is_the_mean_of_both_sides(kata):
    """|x| falls as much on the left of 0 as it rises on the right."""
    assert_value(kata.slope(abs, 0.0, 0.25), 0.0)
    assert_value(kata.slope(rectified, 0.0, 0.25), 0.5)


def test_slope_comes_near_the_derivative(kata):
    """With a small step, the slope of the sine is the cosine, falling or rising."""
    for point in (0.0, 1.0, 2.5, -4.0):
        assert_value(kata.slope(math.sin, point, 1e-4), math.cos(point), atol=1e-7)


@pytest.mark.parametrize("factor", [2.0**-60, 2.0**60])
def test_slope_of_a_line_is_its_factor_however_flat_or_steep(kata, factor):
    """Nothing is rounded, added or cut off: the slope of a line is the number before the x."""
    assert_value(kata.slope(lambda x: factor * x, 3.0, 0.5), factor, rtol=1e-9)


def test_slope_gives_the_function_python_floats(kata):
    """The function is asked at floats, and the result is a float too."""

    def watched(x):
        kind = type(x).__name__
        assert_that(isinstance(x, float), f"the function is given a {kind}, not a float")
        return x**3

    assert_value(kata.slope(cube, 1.0, 1.0), 4.0)
    assert_value(kata.slope(watched, 1.0, 1.0), 4.0)


def path(gradient, start, learning_rate, steps):
    """The trajectory in NumPy."""
    points = [start]
    for _ in range(steps):
        points.append(points[-1] - learning_rate * gradient(points[-1]))
    return np.array(points)


def uphill(x):
    """The gradient of a bowl whose lowest point is at -2."""
    return 0.5 * x + 1


def double(x):
    """The gradient of x²."""
    return 2 * x


def itself(x):
    """The gradient of x² / 2: the very tensor that was passed in."""
    return x


def total(x):
    """The gradient of half the squared sum: the same for every element."""
    return x.sum() + 0 * x


@given(
    start=tensors("...", values=WIDE),
    learning_rate=st.sampled_from([0.25, 0.1, 1.0, 0.0, 0.7, 3.0]),
    steps=st.integers(0, 4),
)
def test_descend_goes_against_the_gradient(kata, device, start, learning_rate, steps):
    """Each point is the last one minus learning_rate times the gradient there; start is first."""
    expected = path(uphill, array(start), learning_rate, steps)
    assert_tensor(kata.descend(uphill, start, learning_rate, steps), expected, like=start)


def test_descend_asks_for_the_gradient_at_each_point(kata, device):
    """Down the parabola x², where the slope is 2x, a step of 0.25 halves x each time."""
    start = torch.tensor(8.0, device=device)
    trajectory = kata.descend(double, start, 0.25, 3)
    assert_tensor(trajectory, [8.0, 4.0, 2.0, 1.0], like=start)


def test_descend_without_a_step_is_where_it_started(kata, device):
    """0 steps give a trajectory of one point, the start."""
    start = torch.tensor([[1.0, 2.0, 3.0]], dtype=torch.float64, device=device)
    assert_tensor(kata.descend(uphill, start, 0.1, 0), [[[1.0, 2.0, 3.0]]], like=start)


def test_descend_records_every_step_even_where_nothing_moves(kata, device):
    """Where the gradient is 0, the same point is recorded after each of the steps."""
    bottom = torch.tensor([-2.0, -2.0], device=device)
    assert_tensor(kata.descend(uphill, bottom, 0.5, 3), [[-2.0, -2.0]] * 4, like=bottom)


@both_precisions
@pytest.mark.parametrize("shape", [(0,), (2, 0)])
def test_descend_takes_an_empty_start(kata, device, shape, dtype):
    """A point without coordinates leads to a trajectory without coordinates."""
    start = torch.empty(shape, dtype=dtype, device=device)
    assert_tensor(kata.descend(uphill, start, 0.5, 3), np.empty((4, *shape)), like=start)


def test_descend_takes_every_step_however_short(kata, device):
    """A gradient that is nearly 0 is no reason to stop."""
    start = torch.tensor([8e-20, -4e-20], dtype=torch.float64, device=device)
    expected = path(double, array(start), 0.25, 2)
    assert_tensor(kata.descend(double, start, 0.25, 2), expected, like=start, atol=0)


def test_descend_takes_thousands_of_steps(kata):
    """1,050 steps of 0.001 are 1,050 steps: none is skipped, and no stack overflows."""
    start = torch.tensor(10.0, dtype=torch.float64)
    expected = path(uphill, array(start), 0.001, 1050)
    assert_tensor(kata.descend(uphill, start, 0.001, 1050), expected, like=start)


def test_descend_takes_long_steps_as_they_are(kata, device):
    """Neither the gradient nor the learning rate is cut: 3 times the slope 2x turns x to -5x."""
    start = torch.tensor([1000.0, -0.1], dtype=torch.float64, device=device)
    expected = [[1000.0, -0.1], [-5000.0, 0.5], [25000.0, -2.5]]
    assert_tensor(kata.descend(double, start, 3.0, 2), expected, like=start)


def test_descend_lets_coordinates_interact(kata, device):
    """The gradient sees the whole point, a matrix for instance, and not one element of it."""
    start = torch.tensor([[1.0, -2.0, 0.5], [4.0, 0.0, 8.0]], device=device)
    expected = path(total, array(start), 0.125, 2)
    assert_tensor(kata.descend(total, start, 0.125, 2), expected, like=start)


def test_descend_bears_a_gradient_that_returns_its_argument(kata, device):
    """Where gradient(x) is x itself, half a step to the gradient leaves half of x each time."""
    start = torch.tensor([4.0, -8.0], device=device)
    expected = [[4.0, -8.0], [2.0, -4.0], [1.0, -2.0]]
    with unchanged(start):
        assert_tensor(kata.descend(itself, start, 0.5, 2), expected, like=start)


def test_descend_does_not_write_into_the_gradient(kata, device):
    """A gradient that returns the same tensor every time gets it back as it was."""
    start = torch.tensor([4.0, -8.0], device=device)
    steady = torch.tensor([1.0, 3.0], device=device)
    with unchanged(steady):
        trajectory = kata.descend(lambda x: steady, start, 0.5, 2)
    assert_tensor(trajectory, [[4.0, -8.0], [3.5, -9.5], [3.0, -11.0]], like=start)


@both_precisions
def test_descend_gives_the_gradient_points_like_the_start(kata, device, dtype):
    """Each point has the shape, dtype and device of start."""
    start = torch.tensor([[1.0, 2.0]], dtype=dtype, device=device)

    def gradient(x):
        assert_metadata(x, shape=(1, 2), dtype=dtype, device=device)
        return 3 * x

    assert_tensor(kata.descend(gradient, start, 0.25, 1), [[[1.0, 2.0]], [[0.25, 0.5]]], like=start)


def test_descend_is_written_by_hand(kata, device):
    """The gradient is given; autograd is not used."""
    start = torch.tensor([1.0, 2.0], device=device)
    with by_hand():
        kata.descend(uphill, start, 0.1, 2)


def test_descend_leaves_its_argument_alone(kata, device):
    """The start is as it was, however far the way leads."""
    for dtype in FLOATING:
        start = torch.tensor([1.0, 2.0], dtype=dtype, device=device)
        with unchanged(start):
            kata.descend(uphill, start, 0.5, 3)


def fitted(x, y, learning_rate, steps):
    """Slope and intercept in NumPy, from the derivatives of the mean squared error."""
    parameters = np.zeros(2)
    inputs = np.stack([x, np.ones_like(x)])
    for _ in range(steps):
        error = parameters @ inputs - y
        parameters = parameters - learning_rate * 2 * (inputs @ error) / len(x)
    return parameters


def assert_line(result, expected, like, atol=None):
    """The result is a tuple of this slope and this intercept, 0-D tensors."""
    __tracebackhide__ = True
    is_pair = isinstance(result, tuple) and len(result) == 2
    assert_that(is_pair, "a tuple (slope, intercept) is asked for")
    tolerance = 1e-3 if like.dtype == torch.float32 else 1e-10
    for got, wanted in zip(result, expected, strict=True):
        near = tolerance if atol is None else atol
        assert_tensor(got, wanted, like=like, rtol=tolerance / 10, atol=near)


@given(
    points=tensors("n", "n", min_side=1, values=SMALL),
    learning_rate=st.sampled_from([0.1, 0.25, 0.01]),
    steps=st.integers(0, 3),
)
def test_fit_line_steps_down_the_squared_error(kata, device, points, learning_rate, steps):
    """After so many steps from (0, 0), slope and intercept are where gradient descent has led."""
    x, y = points
    expected = fitted(array(x), array(y), learning_rate, steps)
    assert_line(kata.fit_line(x, y, learning_rate, steps), expected, x)


@both_precisions
def test_fit_line_starts_from_zero(kata, device, dtype):
    """After 0 steps, slope and intercept are 0, as 0-D tensors of x's dtype and device."""
    x = torch.tensor([1.0, 2.0], dtype=dtype, device=device)
    assert_line(kata.fit_line(x, x + 1, 0.1, 0), (0.0, 0.0), x)


def test_fit_line_takes_the_whole_slope_of_the_mean(kata, device):
    """One step goes by 2·mean(error·x) and 2·mean(error): the square leaves a factor of 2."""
    x = torch.tensor([-1.0, 0.0, 1.0, 4.0], device=device)
    y = torch.tensor([-2.0, 2.0, 6.0, 18.0], device=device)
    assert_line(kata.fit_line(x, y, 0.25, 1), (10.0, 3.0), x)


def test_fit_line_moves_both_parameters_from_the_same_error(kata, device):
    """The intercept's step is not taken with a slope that has moved already, nor the reverse."""
    x = torch.tensor([1.0, 3.0], device=device)
    y = torch.tensor([2.0, 8.0], device=device)
    expected = fitted(array(x), array(y), 0.05, 2)
    assert_line(kata.fit_line(x, y, 0.05, 2), expected, x)


def test_fit_line_finds_the_line(kata, device):
    """Points on 4x + 2 lead to slope 4 and intercept 2, given enough steps."""
    x = torch.tensor([-1.0, 0.0, 1.0], device=device)
    assert_line(kata.fit_line(x, 4 * x + 2, 0.25, 40), (4.0, 2.0), x)


def test_fit_line_takes_every_step_however_short(kata, device):
    """Neither a small loss nor a small change of it is a reason to stop."""
    x = torch.tensor([1.0, 3.0], dtype=torch.float64, device=device)
    y = torch.tensor([2e-8, 8e-8], dtype=torch.float64, device=device)
    for learning_rate in (0.05, 1e-8):
        expected = fitted(array(x), array(y), learning_rate, 3)
        assert_line(kata.fit_line(x, y, learning_rate, 3), expected, x, atol=0)


def test_fit_line_overshoots_with_a_high_learning_rate(kata, device):
    """Steps too long lead away from the line, and are taken all the same."""
    x = torch.tensor([1.0, 3.0], dtype=torch.float64, device=device)
    y = torch.tensor([200.0, 800.0], dtype=torch.float64, device=device)
    expected = fitted(array(x), array(y), 2.0, 4)
    assert_line(kata.fit_line(x, y, 2.0, 4), expected, x)


def test_fit_line_takes_thousands_of_steps(kata):
    """1,050 steps of 0.001 are 1,050 steps: none is skipped, and no stack overflows."""
    x = torch.tensor([-1.0, 2.0], dtype=torch.float64)
    expected = fitted(array(x), array(4 * x + 2), 0.001, 1050)
    assert_line(kata.fit_line(x, 4 * x + 2, 0.001, 1050), expected, x)


def test_fit_line_through_one_point(kata, device):
    """A single point is enough to start: slope and intercept share the way to it."""
    x, y = torch.tensor([1.0], device=device), torch.tensor([6.0], device=device)
    assert_line(kata.fit_line(x, y, 0.25, 1), (3.0, 3.0), x)


def test_fit_line_stands_still_with_a_learning_rate_of_zero(kata, device):
    """Steps of length 0 lead nowhere."""
    x = torch.tensor([1.0, 2.0], device=device)
    assert_line(kata.fit_line(x, x + 1, 0.0, 3), (0.0, 0.0), x)


def test_fit_line_is_written_by_hand(kata, device):
    """The derivatives are worked out on paper; autograd is not used."""
    x = torch.tensor([1.0, 2.0], device=device)
    with by_hand():
        kata.fit_line(x, x + 1, 0.1, 2)


def test_fit_line_leaves_its_arguments_alone(kata, device):
    """x and y are as they were."""
    for dtype in FLOATING:
        x = torch.tensor([1.0, 2.0], dtype=dtype, device=device)
        y = torch.tensor([3.0, 5.0], dtype=dtype, device=device)
        with unchanged(x, y):
            kata.fit_line(x, y, 0.1, 2)
