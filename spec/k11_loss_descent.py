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

from .harness.checks import (
    WIDE,
    array,
    assert_metadata,
    assert_raises,
    assert_tensor,
    assert_that,
    assert_value,
    by_hand,
    edge,
    either,
    laid_out,
    precise,
    tensors,
    tr,
    unchanged,
)

PROBABILITIES = (1.0, 0.0, 0.5, 0.9, 0.1, 1 / 3, 0.75)
SMALL = (1.0, 0.0, -1.0, 2.0, -2.0, 3.0, 0.5, -0.5, 0.1, 1 / 3, -0.7)  # keep rounding small
NEAR = (1.0, -2.0, 0.5, -1.5, 2.0, -0.5, 1.5, -1.0, 0.25, -0.25, 1.25, -0.75)  # plain exp will do
LARGE = (*WIDE, 20.5, -20.5, 300.0, -300.0)
READY_MADE = (
    *("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"),
    *("binary_cross_entropy", "binary_cross_entropy_with_logits"),
    *("soft_margin_loss", "multilabel_soft_margin_loss"),
    *("cross_entropy", "cross_entropy_loss", "nll_loss", "nll_loss_nd"),
)


class Formula:
    """A function that shows itself as it is written."""

    def __init__(self, text, function):
        self.text = text
        self.function = function

    def __call__(self, x):
        return self.function(x)

    def __repr__(self):
        return f"x -> {self.text}"


@given(drawn=tensors("...", "...", min_side=1))
def test_mean_squared_error_averages_over_all_elements(kata, device, drawn):
    """The result is the mean of all squared differences, as a 0-D tensor."""
    prediction, target = drawn
    expected = np.mean((array(prediction) - array(target)) ** 2)
    assert_tensor(kata.mean_squared_error(prediction, target), expected, like=prediction)


def test_mean_squared_error_of_a_matrix_is_one_number(kata, device):
    """All six elements count alike, whatever their row: (1 + 4 + 0 + 0 + 9 + 16) / 6 is 5."""
    prediction = torch.tensor([[1.0, 2.0, 7.0], [5.0, 5.0, 5.0]], device=device)
    target = torch.tensor([[0.0, 4.0, 7.0], [5.0, 8.0, 1.0]], device=device)
    assert_tensor(kata.mean_squared_error(prediction, target), 5.0, like=prediction)


def test_mean_squared_error_does_not_let_errors_cancel(kata, device):
    """2 too much and 2 too little are an error of 4, not of 0."""
    prediction = torch.tensor([[5.0, 3.0, 9.0], [2.0, 8.0, 1.0]], device=device)
    target = torch.tensor([[3.0, 5.0, 7.0], [4.0, 6.0, 3.0]], device=device)
    assert_tensor(kata.mean_squared_error(prediction, target), 4.0, like=target)


def test_mean_squared_error_is_written_by_hand(kata, device):
    """Neither a loss of torch's nor autograd is used."""
    prediction = torch.tensor([[1.0, 2.0, 4.0], [3.0, 7.0, 5.0]], device=device)
    target = torch.tensor([[3.0, 5.0, 6.0], [2.0, 4.0, 8.0]], device=device)
    with by_hand(*READY_MADE):
        kata.mean_squared_error(prediction, target)


@edge
@pytest.mark.parametrize("shape", [(), (1,), (1, 1), (2, 1, 2)])
def test_mean_squared_error_takes_any_shape(kata, device, shape):
    """A single number, with or without axes, and three axes give a 0-D tensor too."""
    prediction = torch.full(shape, 1.5, device=device)
    assert_tensor(kata.mean_squared_error(prediction, prediction - 3), 9.0, like=prediction)


@edge
def test_mean_squared_error_refuses_shapes_that_broadcast(kata, device):
    """ValueError for (3, 1) against (3,), a 0-D target, and all else that torch would stretch."""
    six = torch.arange(6.0, device=device)
    column, vector, single, number = six[:3].reshape(3, 1), six[:3], six[:1], six[5]
    assert_raises(ValueError, kata.mean_squared_error, column, vector)
    assert_raises(ValueError, kata.mean_squared_error, vector, column)
    assert_raises(ValueError, kata.mean_squared_error, single, vector)
    assert_raises(ValueError, kata.mean_squared_error, vector, number)
    assert_raises(ValueError, kata.mean_squared_error, number, vector)
    assert_raises(ValueError, kata.mean_squared_error, single, number)
    assert_raises(ValueError, kata.mean_squared_error, six.reshape(2, 3), vector)
    assert_raises(ValueError, kata.mean_squared_error, six.reshape(2, 3), six.reshape(1, 2, 3))
    assert_raises(ValueError, kata.mean_squared_error, six.reshape(1, 6, 1), single[:, None, None])


@edge
def test_mean_squared_error_refuses_shapes_that_do_not_fit(kata, device):
    """Six elements as (2, 3) and as (3, 2), or three and two: ValueError, or torch's own error."""
    six, refused = torch.arange(6.0, device=device), (ValueError, RuntimeError)
    assert_raises(refused, kata.mean_squared_error, six.reshape(2, 3), six.reshape(3, 2))
    assert_raises(refused, kata.mean_squared_error, six[:3], six[:2])


@edge
def test_mean_squared_error_sees_small_differences_of_large_numbers(kata, device):
    """4096.25 and 4096 differ by 0.25, whose square is 0.0625."""
    for dtype in (torch.float32, precise(device)):
        target = torch.tensor([4096.0, -4096.0], dtype=dtype, device=device)
        assert_tensor(kata.mean_squared_error(target + 0.25, target), 0.0625, like=target)
        assert_tensor(kata.mean_squared_error(target, target), 0.0, like=target)


@edge
def test_mean_squared_error_is_precise_in_float64(kata):
    """float64 numbers are computed with in float64."""
    prediction = torch.tensor([0.1, 1 / 3, 1e8 + 0.5], dtype=torch.float64)
    target = torch.tensor([-9.7, 0.7, 1e8], dtype=torch.float64)
    expected = (9.8**2 + (0.7 - 1 / 3) ** 2 + 0.25) / 3
    assert_tensor(kata.mean_squared_error(prediction, target), expected, like=prediction)


CUBE = Formula("x * x * x", lambda x: x * x * x)
PARABOLA = Formula("2 * x * x - 5 * x", lambda x: 2 * x * x - 5 * x)
RECTIFIED = Formula("max(x, 0.0)", lambda x: max(x, 0.0))


def assert_slope(result, expected, rtol=1e-9, atol=0.0):
    """The result is this number; a 0-D tensor holds one, and an int is one."""
    __tracebackhide__ = True
    if isinstance(result, torch.Tensor) and result.ndim == 0:
        result = result.item()
    number = float(result) if type(result) is int else result
    assert_value(number, expected, rtol=rtol, atol=atol)


@given(
    point=st.sampled_from([1.0, 2.0, 3.0, -1.0, 4.0, -2.5]),
    step=st.sampled_from([2.0, 0.5, 3.0, 0.25]),
)
def test_slope_compares_two_places(kata, point, step):
    """The rise of x³ from point - step to point + step, over the distance of these two places."""
    rise = (point + step) ** 3 - (point - step) ** 3
    assert_slope(kata.slope(CUBE, point, step), rise / (step + step), rtol=1e-6)


def test_slope_of_a_parabola_is_right_for_any_step(kata):
    """For 2x² - 5x the slope at 3 is 7, whatever the step; what is off on one side cancels."""
    for step in (2.0, 0.5, 8.0):
        assert_slope(kata.slope(PARABOLA, 3.0, step), 7.0, rtol=1e-6)


def test_slope_is_negative_where_a_function_falls(kata):
    """For 2x² - 5x the slope at 0 is -5: from left to right it goes down."""
    assert_slope(kata.slope(PARABOLA, 0.0, 0.5), -5.0, rtol=1e-6)


def test_slope_comes_near_the_derivative(kata):
    """With a small step, the slope of the sine is close to the cosine."""
    for point in (1.0, 2.5, -4.0):
        assert_slope(kata.slope(math.sin, point, 0.01), math.cos(point), rtol=0, atol=1e-3)


@edge
@given(point=st.floats(-8, 8), step=st.floats(0.01, 2))
@example(point=0.0, step=2.0)
@example(point=-0.1, step=30.0)
def test_slope_is_precise_at_any_point_with_any_step(kata, point, step):
    """The slope of x³ comes out in full precision, with long steps and with short ones."""
    assert_slope(kata.slope(CUBE, point, step), 3 * point * point + step * step, atol=1e-9)


@edge
def test_slope_at_a_kink_is_the_mean_of_both_sides(kata):
    """|x| falls as much on the left of 0 as it rises on the right."""
    assert_slope(kata.slope(abs, 0.0, 0.25), 0.0)
    assert_slope(kata.slope(RECTIFIED, 0.0, 0.25), 0.5)


@edge
def test_slope_with_a_short_step_is_the_derivative(kata):
    """With a step of 0.0001, seven digits of the cosine come out."""
    for point in (0.0, 1.0, 2.5, -4.0):
        assert_slope(kata.slope(math.sin, point, 1e-4), math.cos(point), rtol=0, atol=1e-7)


@edge
@pytest.mark.parametrize("factor", [2.0**-60, 2.0**60], ids=["flat", "steep"])
def test_slope_of_a_line_is_its_factor_however_flat_or_steep(kata, factor):
    """Nothing is rounded, added or cut off: the slope of a line is the number before the x."""
    line = Formula(f"{factor} * x", lambda x: factor * x)
    assert_slope(kata.slope(line, 3.0, 0.5), factor)


@edge
def test_slope_works_with_python_floats(kata):
    """The function is asked at Python floats, and the result is one too, not a tensor."""

    def watched(x):
        kind = type(x).__name__
        assert_that(
            isinstance(x, float),
            tr("the function is given a {kind}, not a float").format(kind=kind),
        )
        return x**3

    assert_value(kata.slope(Formula("x**3", watched), 1.0, 1.0), 4.0)


UPHILL = Formula("0.5 * x + 1", lambda x: 0.5 * x + 1)  # of a bowl whose lowest point is at -2
DOUBLE = Formula("2 * x", lambda x: 2 * x)  # of x²
ITSELF = Formula("x", lambda x: x)  # the very tensor that was passed in
TOTAL = Formula("x.sum() + 0 * x", lambda x: x.sum() + 0 * x)  # the same for every element


def path(gradient, start, learning_rate, steps):
    """The trajectory in NumPy."""
    points = [start]
    for _ in range(steps):
        points.append(points[-1] - learning_rate * gradient(points[-1]))
    return np.array(points)


@given(
    start=tensors("...", values=WIDE),
    learning_rate=either(
        st.sampled_from([0.5, 0.25]), st.sampled_from([0.25, 0.1, 1.0, 0.0, 0.7, 3.0])
    ),
    steps=either(st.integers(2, 4), st.integers(0, 4)),
)
def test_descend_goes_against_the_gradient(kata, device, start, learning_rate, steps):
    """From the start on, each step moves the point against the gradient, and all are recorded."""
    expected = path(UPHILL, array(start), learning_rate, steps)
    assert_tensor(kata.descend(UPHILL, start, learning_rate, steps), expected, like=start)


def test_descend_asks_for_the_gradient_at_each_point(kata, device):
    """Down to 3, where the gradient 2x - 6 is 0; the nearer, the shorter are the steps."""
    start = torch.tensor([11.0, -5.0], device=device)
    trajectory = kata.descend(Formula("2 * x - 6", lambda x: 2 * x - 6), start, 0.25, 3)
    assert_tensor(trajectory, [[11.0, -5.0], [7.0, -1.0], [5.0, 1.0], [4.0, 2.0]], like=start)


def test_descend_gives_the_gradient_points_like_the_start(kata, device):
    """The gradient is asked at points of start's shape, dtype and device."""
    start = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], device=device)

    def gradient(x):
        assert_metadata(x, shape=(2, 3), dtype=torch.float32, device=device)
        return 2 * x

    expected = [[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[0.5, 1.0, 1.5], [2.0, 2.5, 3.0]]]
    assert_tensor(kata.descend(Formula("2 * x", gradient), start, 0.25, 1), expected, like=start)


def test_descend_lets_coordinates_interact(kata, device):
    """The gradient sees the whole point, a matrix for instance, and not one element of it."""
    start = torch.tensor([[1.0, -2.0, 0.5], [4.0, -3.5, 8.0]], device=device)
    expected = path(TOTAL, array(start), 0.125, 2)
    assert_tensor(kata.descend(TOTAL, start, 0.125, 2), expected, like=start)


@edge
def test_descend_bears_a_gradient_that_returns_its_argument(kata, device):
    """Where gradient(x) is x itself, half a step to the gradient leaves half of x each time."""
    start = torch.tensor([4.0, -8.0], device=device)
    expected = [[4.0, -8.0], [2.0, -4.0], [1.0, -2.0]]
    assert_tensor(kata.descend(ITSELF, start, 0.5, 2), expected, like=start)


@edge
def test_descend_does_not_write_into_the_gradient(kata, device):
    """A gradient that returns the same tensor every time gets it back as it was."""
    start = torch.tensor([4.0, -8.0], device=device)
    steady = torch.tensor([1.0, 3.0], device=device)
    gradient = Formula("the same tensor([1., 3.]) each time", lambda x: steady)
    with unchanged(steady):
        trajectory = kata.descend(gradient, start, 0.5, 2)
    assert_tensor(trajectory, [[4.0, -8.0], [3.5, -9.5], [3.0, -11.0]], like=start)


@edge
def test_descend_from_a_single_number(kata, device):
    """A 0-D start gives a vector of points, and the gradient is asked at 0-D points."""
    start = torch.tensor(8.0, dtype=precise(device), device=device)

    def gradient(x):
        assert_metadata(x, shape=(), dtype=start.dtype, device=device)
        return 2 * x

    trajectory = kata.descend(Formula("2 * x", gradient), start, 0.25, 3)
    assert_tensor(trajectory, [8.0, 4.0, 2.0, 1.0], like=start)


@edge
@pytest.mark.parametrize("shape", [(0,), (2, 0)])
def test_descend_takes_an_empty_start(kata, device, shape):
    """A point without coordinates leads to a trajectory without coordinates."""
    for dtype in (torch.float32, precise(device)):
        start = torch.empty(shape, dtype=dtype, device=device)
        assert_tensor(kata.descend(UPHILL, start, 0.5, 3), np.empty((4, *shape)), like=start)


@edge
def test_descend_without_a_step_is_where_it_started(kata, device):
    """0 steps give a trajectory of one point, the start."""
    start = torch.tensor([[1.0, 2.0, 3.0]], dtype=precise(device), device=device)
    assert_tensor(kata.descend(UPHILL, start, 0.1, 0), [[[1.0, 2.0, 3.0]]], like=start)


@edge
def test_descend_records_every_step_even_where_nothing_moves(kata, device):
    """Where the gradient is 0, the same point is recorded after each of the steps."""
    bottom = torch.tensor([-2.0, -2.0], device=device)
    assert_tensor(kata.descend(UPHILL, bottom, 0.5, 3), [[-2.0, -2.0]] * 4, like=bottom)


@edge
def test_descend_takes_every_step_however_short(kata, device):
    """A gradient that is nearly 0 is no reason to stop."""
    start = torch.tensor([8e-20, -4e-20], dtype=precise(device), device=device)
    expected = path(DOUBLE, array(start), 0.25, 2)
    assert_tensor(kata.descend(DOUBLE, start, 0.25, 2), expected, like=start, atol=0)


@edge
def test_descend_takes_long_steps_as_they_are(kata, device):
    """Neither the gradient nor the learning rate is cut: 3 times the slope 2x turns x to -5x."""
    start = torch.tensor([1000.0, -0.1], dtype=precise(device), device=device)
    expected = [[1000.0, -0.1], [-5000.0, 0.5], [25000.0, -2.5]]
    assert_tensor(kata.descend(DOUBLE, start, 3.0, 2), expected, like=start)


@edge
def test_descend_takes_thousands_of_steps(kata):
    """1,050 steps of 0.001 are 1,050 steps: none is skipped, and no stack overflows."""
    start = torch.tensor(10.0, dtype=torch.float64)
    expected = path(UPHILL, array(start), 0.001, 1050)
    assert_tensor(kata.descend(UPHILL, start, 0.001, 1050), expected, like=start)


def fitted(x, y, learning_rate, steps):
    """Slope and intercept in NumPy, from the derivatives of the mean squared error."""
    parameters = np.zeros(2)
    inputs = np.stack([x, np.ones_like(x)])
    for _ in range(steps):
        error = parameters @ inputs - y
        parameters = parameters - learning_rate * 2 * (inputs @ error) / len(x)
    return parameters


def assert_line(result, expected, like, atol=None):
    """The result is a pair of this slope and this intercept, 0-D tensors."""
    __tracebackhide__ = True
    is_pair = isinstance(result, (tuple, list)) and len(result) == 2
    assert_that(is_pair, "a tuple (slope, intercept) is asked for")
    tolerance = 1e-3 if like.dtype == torch.float32 else 1e-10
    for got, wanted in zip(result, expected, strict=True):
        near = tolerance if atol is None else atol
        assert_tensor(got, wanted, like=like, rtol=tolerance / 10, atol=near)


def test_fit_line_takes_the_whole_slope_of_the_mean(kata, device):
    """After a single step from (0, 0), each parameter has moved by its slope of the loss."""
    x = torch.tensor([1.0, 3.0], device=device)
    y = torch.tensor([4.0, 2.0], device=device)
    assert_line(kata.fit_line(x, y, 0.1, 1), (1.0, 0.6), x)


def test_fit_line_moves_both_parameters_from_the_same_place(kata, device):
    """In the second step, too, neither slope is taken after the other parameter has moved."""
    x = torch.tensor([1.0, 3.0], device=device)
    y = torch.tensor([4.0, 2.0], device=device)
    assert_line(kata.fit_line(x, y, 0.1, 2), (0.76, 0.68), x)


@given(
    points=tensors("n", "n", min_side=1, values=SMALL),
    learning_rate=either(st.sampled_from([0.1, 0.01]), st.sampled_from([0.1, 0.25, 0.01])),
    steps=st.integers(1, 3),
)
def test_fit_line_steps_down_the_squared_error(kata, device, points, learning_rate, steps):
    """After so many steps from (0, 0), slope and intercept are where gradient descent has led."""
    x, y = points
    expected = fitted(array(x), array(y), learning_rate, steps)
    assert_line(kata.fit_line(x, y, learning_rate, steps), expected, x)


def test_fit_line_finds_the_line(kata, device):
    """Points on 4x + 2 lead to slope 4 and intercept 2, given enough steps."""
    x = torch.tensor([-1.0, 0.5, 1.0], device=device)
    assert_line(kata.fit_line(x, 4 * x + 2, 0.25, 60), (4.0, 2.0), x)


def test_fit_line_is_written_by_hand(kata, device):
    """The derivatives are worked out on paper; autograd is not used."""
    x = torch.tensor([1.0, 2.0], device=device)
    with by_hand():
        kata.fit_line(x, x + 1, 0.1, 2)


@edge
def test_fit_line_through_one_point(kata, device):
    """A single point is enough to start: slope and intercept share the way to it."""
    x, y = torch.tensor([1.0], device=device), torch.tensor([6.0], device=device)
    assert_line(kata.fit_line(x, y, 0.25, 1), (3.0, 3.0), x)


@edge
def test_fit_line_stands_still_with_a_learning_rate_of_zero(kata, device):
    """Steps of length 0 lead nowhere."""
    x = torch.tensor([1.0, 2.0], device=device)
    assert_line(kata.fit_line(x, x + 1, 0.0, 3), (0.0, 0.0), x)


@edge
def test_fit_line_takes_every_step_however_short(kata, device):
    """Neither a small loss nor a small change of it is a reason to stop."""
    x = torch.tensor([1.0, 3.0], dtype=precise(device), device=device)
    y = torch.tensor([2e-8, 8e-8], dtype=precise(device), device=device)
    for learning_rate in (0.05, 1e-8):
        expected = fitted(array(x), array(y), learning_rate, 3)
        assert_line(kata.fit_line(x, y, learning_rate, 3), expected, x, atol=0)


@edge
def test_fit_line_overshoots_with_a_high_learning_rate(kata, device):
    """Steps too long lead away from the line, and are taken all the same."""
    x = torch.tensor([1.0, 3.0], dtype=precise(device), device=device)
    y = torch.tensor([200.0, 800.0], dtype=precise(device), device=device)
    expected = fitted(array(x), array(y), 2.0, 4)
    assert_line(kata.fit_line(x, y, 2.0, 4), expected, x)


@edge
def test_fit_line_takes_thousands_of_steps(kata):
    """1,050 steps of 0.001 are 1,050 steps: none is skipped, and no stack overflows."""
    x = torch.tensor([-1.0, 2.0], dtype=torch.float64)
    expected = fitted(array(x), array(4 * x + 2), 0.001, 1050)
    assert_line(kata.fit_line(x, 4 * x + 2, 0.001, 1050), expected, x)


def forgiven(logits):
    """The error that is forgiven, more than the rounding of any formula that makes sense."""
    share = 1e-5 if logits.dtype == torch.float32 else 1e-9
    return share * (1 + np.abs(array(logits)).max())


@st.composite
def near_or_large(draw, shape):
    """Logits for which any formula will do; as edges, such that overflow in exp."""
    ordinary = tensors(shape, min_side=1, values=NEAR)
    return draw(either(ordinary, tensors(shape, min_side=1, values=LARGE)))


@st.composite
def plain_answers(draw, logits):
    """As many targets, of which every other one is a yes, or any."""
    size = logits.numel()
    flips = np.frombuffer(draw(st.binary(min_size=size, max_size=size)), np.uint8)
    answers = (np.arange(1, size + 1) + flips).reshape(logits.shape) % 2
    return torch.tensor(answers, dtype=logits.dtype, device=logits.device)


@st.composite
def yes_or_no(draw):
    """Logits, and as many targets: 1 or 0, and as edges from 0 to 1."""
    logits = draw(near_or_large("..."))
    shape = " ".join(map(str, logits.shape))
    any_target = tensors(shape, dtypes=[logits.dtype], values=PROBABILITIES)
    return logits, draw(either(plain_answers(logits), any_target))


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
    """The mean over all elements of how much each costs, as a 0-D tensor."""
    logits, targets = drawn
    assert_surprise(kata.binary_cross_entropy(logits, targets), logits, targets)


def test_binary_cross_entropy_of_undecided_logits(kata, device):
    """A logit of 0 means p = 1/2, and costs log 2 (0.69), be the target yes or no."""
    logits = torch.tensor([0.0, 0.0, 0.0], device=device)
    targets = torch.tensor([1.0, 0.0, 1.0], device=device)
    assert_surprise(kata.binary_cross_entropy(logits, targets), logits, targets)


def test_binary_cross_entropy_takes_logits_not_probabilities(kata, device):
    """A logit of 1 means p = 0.73 and one of -1 means p = 0.27."""
    logits = torch.tensor([1.0, -1.0], device=device)
    targets = torch.tensor([1.0, 1.0], device=device)
    assert_surprise(kata.binary_cross_entropy(logits, targets), logits, targets)


def test_binary_cross_entropy_is_dear_where_it_is_wrong(kata, device):
    """Right answers cost little and wrong ones much, for a yes and for a no."""
    logits = torch.tensor([[2.0, -2.0], [1.5, -1.5]], device=device)
    for targets in ([[1.0, 0.0], [1.0, 0.0]], [[0.0, 1.0], [0.0, 1.0]]):
        answers = torch.tensor(targets, device=device)
        assert_surprise(kata.binary_cross_entropy(logits, answers), logits, answers)


def test_binary_cross_entropy_is_written_by_hand(kata, device):
    """Neither a loss of torch's nor autograd is used."""
    logits = torch.tensor([-2.0, -1.0, 0.5, 2.5], device=device)
    targets = torch.tensor([1.0, 0.0, 1.0, 0.0], device=device)
    with by_hand(*READY_MADE):
        kata.binary_cross_entropy(logits, targets)


@edge
def test_binary_cross_entropy_takes_soft_targets(kata, device):
    """A target of 0.9 is 90 % yes and 10 % no, and no plain yes."""
    logits = torch.tensor([[2.0, -1.0, 0.5], [0.0, 3.0, -4.0]], device=device)
    targets = torch.tensor([[0.9, 0.2, 0.5], [0.6, 0.4, 0.0]], device=device)
    assert_surprise(kata.binary_cross_entropy(logits, targets), logits, targets)


@edge
@pytest.mark.parametrize("target", [0.0, 1.0, 0.25], ids=["no", "yes", "soft"])
def test_binary_cross_entropy_takes_large_logits(kata, device, target):
    """Nothing is inf, NaN or cut off: being wrong with a logit of 1000 costs 1000."""
    for dtype in (torch.float32, precise(device)):
        targets = torch.tensor([target], dtype=dtype, device=device)
        for logit in (-1000.0, 1000.0, -20.0, 20.0, -100.0, 100.0, -300.0, 300.0, -2.0):
            logits = torch.tensor([logit], dtype=dtype, device=device)
            assert_surprise(kata.binary_cross_entropy(logits, targets), logits, targets)


@edge
@pytest.mark.parametrize("shape", [(), (1,), (1, 1), (2, 1, 2)])
def test_binary_cross_entropy_takes_any_shape(kata, device, shape):
    """A single number, with or without axes, and three axes give a 0-D tensor too."""
    logits, targets = torch.full(shape, 2.0, device=device), torch.zeros(shape, device=device)
    assert_surprise(kata.binary_cross_entropy(logits, targets), logits, targets)


@edge
def test_binary_cross_entropy_is_precise_in_float64(kata):
    """float64 logits and targets are computed with in float64."""
    logits = torch.tensor([0.1, -1 / 3, 5.7, -9.3], dtype=torch.float64)
    targets = torch.tensor([1.0, 0.3, 0.0, 0.7], dtype=torch.float64)
    assert_surprise(kata.binary_cross_entropy(logits, targets), logits, targets)


@st.composite
def classified(draw):
    """Logits, and a class for each row."""
    logits = draw(near_or_large("n c"))
    rows, count = logits.shape
    picks = np.frombuffer(draw(st.binary(min_size=rows, max_size=rows)), np.uint8)
    classes = (np.arange(1, rows + 1) + picks) % count
    layout = draw(either(st.just("contiguous"), st.sampled_from(["contiguous", "strided"])))
    return logits, laid_out(classes.astype(np.int64), layout, logits.device)


def assert_class_surprise(result, logits, classes):
    """The result is the cross-entropy of logits and classes."""
    __tracebackhide__ = True
    losses = []
    for row, number in zip(array(logits), array(classes), strict=True):
        top = max(row)
        losses.append(math.log(sum(math.exp(v - top) for v in row)) + top - row[number])
    assert_tensor(result, np.mean(losses), like=logits, rtol=0, atol=forgiven(logits))


def test_cross_entropy_compares_the_classes_of_a_row(kata, device):
    """Five equal logits in a row make five classes of probability 1/5, and log 5 (1.61) to pay."""
    logits = torch.tensor([[2.0, 2.0, 2.0, 2.0, 2.0], [4.0, 4.0, 4.0, 4.0, 4.0]], device=device)
    classes = torch.tensor([3, 0], device=device)
    assert_class_surprise(kata.cross_entropy(logits, classes), logits, classes)


@given(drawn=classified())
def test_cross_entropy_averages_the_surprise(kata, device, drawn):
    """The mean over the rows of what each costs, the less the likelier its true class was."""
    logits, classes = drawn
    assert_class_surprise(kata.cross_entropy(logits, classes), logits, classes)


def test_cross_entropy_picks_one_class_for_each_row(kata, device):
    """Row i is judged by classes[i] alone."""
    logits = torch.tensor([[1.0, 2.0, 4.0], [0.0, -1.0, 3.0], [2.0, 0.5, -2.0]], device=device)
    classes = torch.tensor([2, 0, 1], device=device)
    assert_class_surprise(kata.cross_entropy(logits, classes), logits, classes)


def test_cross_entropy_counts_the_classes_by_the_columns(kata, device):
    """A class may come twice, or not at all, the last one for instance."""
    logits = torch.tensor([[1.0, 2.0, 4.0], [0.5, -1.0, 3.0]], device=device)
    classes = torch.tensor([1, 1], device=device)
    assert_class_surprise(kata.cross_entropy(logits, classes), logits, classes)


def test_cross_entropy_is_written_by_hand(kata, device):
    """Neither a loss of torch's nor autograd is used."""
    logits = torch.tensor([[3.0, -1.0, 0.5], [1.0, 2.0, 4.0]], device=device)
    classes = torch.tensor([2, 1], device=device)
    with by_hand(*READY_MADE):
        kata.cross_entropy(logits, classes)


@edge
def test_cross_entropy_takes_large_logits(kata, device):
    """Logits of ±1000 give neither inf nor NaN, and being wrong costs their distance."""
    rows = [[1000.0, -1000.0], [-1000.0, 1000.0], [1000.0, 999.0]]
    for dtype in (torch.float32, precise(device)):
        logits = torch.tensor(rows, dtype=dtype, device=device)
        for numbers in ([0, 1, 0], [1, 0, 1], [0, 0, 1]):
            classes = torch.tensor(numbers, device=device)
            assert_class_surprise(kata.cross_entropy(logits, classes), logits, classes)


@edge
def test_cross_entropy_treats_each_row_by_itself(kata, device):
    """A row of low logits beside one of high ones is still finite: only differences count."""
    logits = torch.tensor([[1000.0, 999.0, 998.0], [-1000.0, -998.0, -999.0]], device=device)
    classes = torch.tensor([1, 2], device=device)
    assert_class_surprise(kata.cross_entropy(logits, classes), logits, classes)


@edge
@pytest.mark.parametrize("shape", [(1, 3), (3, 1), (1, 1)])
def test_cross_entropy_takes_a_single_sample_or_class(kata, device, shape):
    """One row or one column is still a matrix, and the result is 0-D."""
    logits = torch.tensor([2.0, -1.0, 0.5], device=device)[: max(shape)].reshape(shape)
    classes = torch.full(shape[:1], shape[1] // 2, device=device)
    assert_class_surprise(kata.cross_entropy(logits, classes), logits, classes)


@edge
def test_cross_entropy_is_precise_in_float64(kata):
    """float64 logits are computed with in float64."""
    logits = torch.tensor([[0.1, -1 / 3, 5.7], [-9.3, 0.7, 0.2]], dtype=torch.float64)
    classes = torch.tensor([1, 0])
    assert_class_surprise(kata.cross_entropy(logits, classes), logits, classes)
