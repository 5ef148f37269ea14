"""What a right k10_nonlinearity does.

Teaches why layers need a nonlinearity between them, and that a formula has to hold over the whole
range of floats. Leaves slopes of nonlinearities to k12, and whole networks to k14.
"""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from .harness.checks import (
    ORDINARY,
    SPECIAL,
    WIDE,
    array,
    assert_metadata,
    assert_tensor,
    assert_that,
    assert_value,
    by_hand,
    edge,
    either,
    floating,
    has_denormals,
    precise,
    random_states_kept,
    tensors,
    tr,
)

CPU = torch.device("cpu")
SIGMOIDS = ("sigmoid", "special_expit", "log_sigmoid", "logsigmoid")
RELUS = ("relu", "relu6", "leaky_relu", "prelu", "rrelu", "threshold", "_threshold")
FORMS = ("", "_", ".default", ".out", "_.default")  # a function, in place, as torch.ops has them
SMALL = (0.0, 1.0, -1.0, 2.0, -2.0, 3.0, 0.5, -0.5, 0.1, 1 / 3, -0.7)  # keep rounding small
# Where the sigmoid bends, all different.
MODERATE = (0.5, -1.0, 2.0, -3.0, 1.5, -0.25, 4.0, -2.0, 1.0, 3.5, -5.0, 0.75)
LAYERS = ("hidden in", "hidden", "out hidden", "out")
LENGTHS = ("batch", "in", "hidden", "out")


def rounding(x):
    """What two products in a row of SMALL numbers may be off by."""
    return 3e-4 if x.dtype == torch.float32 else 1e-11


def exact_sigmoid(value):
    """The sigmoid of a float, in Python."""
    small = math.exp(-abs(value))
    return (1.0 if value >= 0 else small) / (1.0 + small)


def assert_sigmoid(result, x):
    """The result is the sigmoid of x, to the precision of its dtype, however small."""
    __tracebackhide__ = True
    expected = np.vectorize(exact_sigmoid, otypes=[float])(array(x))
    rtol = 1e-5 if x.dtype == torch.float32 else 1e-11
    assert_tensor(result, expected, like=x, rtol=rtol, atol=torch.finfo(x.dtype).tiny)


@given(
    x=either(
        tensors("rows columns", values=MODERATE),
        tensors("...", values=(*WIDE, 10.0, -10.0, 20.5, -20.5, 50.0, -50.0, -80.0)),
    )
)
def test_sigmoid_squashes_each_element(kata, device, x):
    """Each element goes through the formula by itself, and the shape stays."""
    assert_sigmoid(kata.sigmoid(x), x)


@edge
def test_sigmoid_reaches_both_ends(kata, device):
    """At -1000 and below the result is 0, at 1000 and above it is 1, not NaN or inf."""
    for dtype in floating(device):
        x = torch.tensor([-1000.0, -200.0, 0.0, 200.0, 1000.0], dtype=dtype, device=device)
        assert_sigmoid(kata.sigmoid(x), x)
        farthest = torch.finfo(dtype).max * x.sign()
        assert_sigmoid(kata.sigmoid(farthest), farthest)


@edge
def test_sigmoid_keeps_small_results_precise(kata, device):
    """Far below zero the result is exp(x), a small number and not 0 or a rounding error."""
    x = torch.tensor([-80.0, -50.0, -20.0, -10.0, -5.0], device=device)
    assert_sigmoid(kata.sigmoid(x), x)


@edge
def test_sigmoid_uses_the_range_of_float64(kata, device):
    """In float64 the result is right down to exp(-700), and so are its digits near 1."""
    values = (-700.0, -300.0, -90.0, -36.5, -20.1, -1 / 3, 5.1, 16.7, 20.1, 21.0, 30.0)
    x = torch.tensor(values, dtype=precise(device), device=device)
    assert_sigmoid(kata.sigmoid(x), x)


@edge
def test_sigmoid_takes_a_single_number_and_none(kata, device):
    """A 0-D tensor and an empty one keep their shape."""
    for x in (torch.tensor(-2.5, device=device), torch.empty(3, 0, device=device)):
        assert_sigmoid(kata.sigmoid(x), x)


def test_sigmoid_is_a_half_at_zero(kata, device):
    """The middle is at 0, and x and -x are equally far from it."""
    x = torch.tensor([0.0, 1.0, -1.0, 2.0, -2.0], device=device)
    expected = [0.5, 0.7310586, 0.2689414, 0.8807971, 0.1192029]
    assert_tensor(kata.sigmoid(x), expected, like=x, rtol=1e-5)


def test_sigmoid_is_written_by_hand(kata, device):
    """Neither torch's own sigmoid, by any of its names, nor autograd is used."""
    x = torch.tensor([-1000.0, -1.0, 0.0, 2.5, 1000.0], device=device)
    with by_hand(*(name + form for name in SIGMOIDS for form in FORMS)):
        kata.sigmoid(x)


@given(x=either(tensors("rows columns", values=ORDINARY), tensors("...", values=SPECIAL)))
def test_relu_keeps_what_is_positive(kata, device, x):
    """Positive elements stay exactly as they are, negative ones become 0, NaN stays NaN."""
    assert_tensor(kata.relu(x), np.maximum(array(x), 0.0), like=x, rtol=0, atol=0)


@edge
def test_relu_of_infinities(kata, device):
    """inf stays inf, -inf becomes 0, not NaN, and what is nearly infinite stays finite."""
    x = torch.tensor([math.inf, -math.inf, 3e38], device=device)
    assert_tensor(kata.relu(x), torch.tensor([math.inf, 0.0, 3e38], device=device), rtol=0, atol=0)


@edge
def test_relu_keeps_nan(kata, device):
    """NaN says that something went wrong earlier; it does not turn into 0."""
    x = torch.tensor([math.nan, -1.0, 2.0], device=device)
    assert_tensor(kata.relu(x), [math.nan, 0.0, 2.0], like=x)


@edge
def test_relu_keeps_tiny_and_huge_numbers_exactly(kata, device):
    """The smallest and the largest positive numbers stay; such negative ones become 0."""
    for dtype in floating(device):
        tiny, huge = torch.finfo(dtype).tiny, torch.finfo(dtype).max
        smallest = tiny * torch.finfo(dtype).eps if has_denormals(device) else tiny
        x = torch.tensor([smallest, tiny, -tiny, huge, -huge, 0.0], dtype=dtype, device=device)
        assert_tensor(kata.relu(x), [smallest, tiny, 0.0, huge, 0.0, 0.0], like=x, rtol=0, atol=0)


@edge
def test_relu_takes_a_single_number_and_none(kata, device):
    """A 0-D tensor and an empty one keep their shape, and float64 its dtype."""
    x = torch.tensor(-2.5, dtype=precise(device), device=device)
    assert_tensor(kata.relu(x), 0.0, like=x)
    assert_tensor(kata.relu(-x), 2.5, like=x)
    empty = torch.empty(3, 0, device=device)
    assert_tensor(kata.relu(empty), np.empty((3, 0)), like=empty)


def test_relu_has_its_kink_at_zero(kata, device):
    """Just below zero the result is 0, just above it is the number itself."""
    x = torch.tensor([-3.0, -0.5, 0.0, 0.5, 3.0], device=device)
    assert_tensor(kata.relu(x), [0.0, 0.0, 0.0, 0.5, 3.0], like=x)


def test_relu_is_written_by_hand(kata, device):
    """Neither torch's own relu, by any of its names, nor its family nor autograd is used."""
    x = torch.tensor([-math.inf, -1.0, 0.0, 2.5, math.nan], device=device)
    with by_hand(*(name + form for name in RELUS for form in FORMS)):
        kata.relu(x)


def layered(x, w1, b1, w2, b2):
    """Two linear layers in NumPy, entry by entry."""
    hidden = np.einsum("nk,jk->nj", x, w1) + b1[None, :]
    return np.einsum("nk,jk->nj", hidden, w2) + b2[None, :]


@given(drawn=tensors("batch in", *LAYERS, values=SMALL))
def test_two_linear_layers_feeds_one_into_the_other(kata, device, drawn):
    """Each neuron sums its weights times its inputs and adds its bias, in both layers."""
    x = drawn[0]
    expected = layered(*map(array, drawn))
    assert_tensor(kata.two_linear_layers(*drawn), expected, like=x, atol=rounding(x))


def with_length(axis, length, device):
    """A batch, weights and biases of which the axis of this name is so long, the others 2 or 3."""
    sizes = {**dict(zip(LENGTHS, (3, 2, 3, 2), strict=True)), axis: length}
    batch, inputs, hidden, out = (sizes[name] for name in LENGTHS)
    shapes = ((batch, inputs), (hidden, inputs), (hidden,), (out, hidden), (out,))
    ramps = [np.arange(math.prod(shape)).reshape(shape) / 2 - 0.5 for shape in shapes]
    return [torch.tensor(ramp, dtype=torch.float32, device=device) for ramp in ramps]


@edge
@pytest.mark.parametrize("axis", LENGTHS)
def test_two_linear_layers_takes_axes_of_length_0_and_1(kata, device, axis):
    """No or one sample, input, hidden neuron, output: the result is (batch, out) all the same."""
    for length in (0, 1):
        drawn = with_length(axis, length, device)
        expected = layered(*map(array, drawn))
        assert_tensor(kata.two_linear_layers(*drawn), expected, like=drawn[0])


def test_two_linear_layers_takes_a_row_of_weights_for_each_neuron(kata, device):
    """Where all lengths are equal, w[i] still belongs to neuron i: weights are (out, in)."""
    x = torch.tensor([[1.0, 10.0], [0.0, 1.0]], device=device)
    w1 = torch.tensor([[1.0, 2.0], [3.0, 4.0]], device=device)
    b1 = torch.tensor([100.0, 200.0], device=device)
    w2 = torch.tensor([[1.0, 0.0], [5.0, 1.0]], device=device)
    b2 = torch.tensor([0.0, 1000.0], device=device)
    expected = [[121.0, 1848.0], [102.0, 1714.0]]
    assert_tensor(kata.two_linear_layers(x, w1, b1, w2, b2), expected, like=x)


def test_two_linear_layers_puts_nothing_in_between(kata, device):
    """What is negative after the first layer goes into the second as it is."""
    x = torch.tensor([[-1.0], [2.0]], device=device)
    w1, b1 = torch.tensor([[3.0], [-4.0]], device=device), torch.zeros(2, device=device)
    w2, b2 = torch.tensor([[1.0, 10.0]], device=device), torch.zeros(1, device=device)
    assert_tensor(kata.two_linear_layers(x, w1, b1, w2, b2), [[37.0], [-74.0]], like=x)


def collapsed(w1, b1, w2, b2):
    """The one layer in NumPy, read off from what both layers do to zero and the unit vectors."""
    basis, zero = np.eye(w1.shape[1]), np.zeros((1, w1.shape[1]))
    bias = layered(zero, w1, b1, w2, b2)[0]
    return layered(basis, w1, 0 * b1, w2, 0 * b2).T, bias


def assert_layer(result, weight, bias, like):
    """The result is a tuple of this weight and this bias."""
    __tracebackhide__ = True
    is_pair = isinstance(result, (tuple, list)) and len(result) == 2
    assert_that(is_pair, "a tuple (w, b) is asked for")
    assert_tensor(result[0], weight, like=like, atol=rounding(like))
    assert_tensor(result[1], bias, like=like, atol=rounding(like))


@given(drawn=tensors(*LAYERS, values=SMALL))
def test_collapse_finds_weight_and_bias(kata, device, drawn):
    """For every input the one layer gives what the two give, one behind the other."""
    assert_layer(kata.collapse(*drawn), *collapsed(*map(array, drawn)), drawn[0])


@edge
@pytest.mark.parametrize("axis", LENGTHS[1:])
def test_collapse_takes_axes_of_length_0_and_1(kata, device, axis):
    """No or one input, hidden neuron, output: w is (out, in) and b is (out,) all the same."""
    for length in (0, 1):
        _, *drawn = with_length(axis, length, device)
        assert_layer(kata.collapse(*drawn), *collapsed(*map(array, drawn)), drawn[0])


def test_collapse_multiplies_in_the_right_order(kata, device):
    """Square weights can be multiplied both ways; the first layer's acts first."""
    w1 = torch.tensor([[1.0, 2.0], [3.0, 4.0]], device=device)
    w2 = torch.tensor([[0.0, 1.0], [1.0, 2.0]], device=device)
    zero = torch.zeros(2, device=device)
    assert_layer(kata.collapse(w1, zero, w2, zero), [[3.0, 4.0], [7.0, 10.0]], [0.0, 0.0], w1)


def test_collapse_sends_the_first_bias_through_the_second_layer(kata, device):
    """b1 is an output of the first layer, so the second layer's weight multiplies it too."""
    w1, b1 = torch.tensor([[1.0], [1.0]], device=device), torch.tensor([10.0, 20.0], device=device)
    w2, b2 = torch.tensor([[2.0, 3.0]], device=device), torch.tensor([1.0], device=device)
    assert_layer(kata.collapse(w1, b1, w2, b2), [[5.0]], [81.0], w1)


def xor_weights(kata):
    """The four tensors of xor_network, with the shapes, dtype and device asked for."""
    __tracebackhide__ = True
    result = kata.xor_network()
    is_four = isinstance(result, (tuple, list)) and len(result) == 4
    assert_that(is_four, "a tuple (w1, b1, w2, b2) is asked for")
    w1 = result[0]
    hidden = len(w1) if isinstance(w1, torch.Tensor) and w1.ndim else 1
    shapes = ((hidden, 2), (hidden,), (1, hidden), (1,))
    for tensor, shape in zip(result, shapes, strict=True):
        assert_metadata(tensor, shape=shape, dtype=torch.float32, device=CPU)
    return result


def test_xor_network_is_two_layers_of_weights(kata):
    """A tuple (hidden, 2), (hidden,), (1, hidden), (1,) of float32 tensors on the CPU."""
    xor_weights(kata)


def test_xor_network_computes_xor(kata):
    """Linear, ReLU, linear: exactly 1 where one of the two inputs is 1, exactly 0 elsewhere."""
    w1, b1, w2, b2 = (tensor.detach() for tensor in xor_weights(kata))
    corners = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    results = torch.relu(corners @ w1.T + b1) @ w2.T + b2
    assert_tensor(results, torch.tensor([[0.0], [1.0], [1.0], [0.0]]), rtol=0, atol=0)


WEIGHT = torch.tensor([[0.1, -0.7, 1 / 3], [0.2, 0.9, -0.3]], dtype=torch.float64)


def itself(x):
    """Hands x itself back."""
    return x


def tenth(x):
    """Each element times 0.1."""
    return 0.1 * x


def total(x):
    """A 0-D sum."""
    return x.sum()


def running_total(x):
    """Cumulative sums."""
    return x.cumsum(0)


def backwards(x):
    """The elements in reverse."""
    return x.flip(0)


def outer_table(x):
    """A matrix of the elements times 1, 2, 3."""
    return x[:, None] * torch.tensor([1.0, 2.0, 3.0], dtype=x.dtype)


def layer(x):
    """A weight times x, without bias."""
    return WEIGHT @ x


def nothing(x):
    """Zeros."""
    return x * 0


def tripled(x):
    """3x."""
    return 3 * x


def in_millions(x):
    """1,000,000x."""
    return 1e6 * x


def tripled_and_shifted(x):
    """3x + 1."""
    return 3 * x + 1


def bent_after(x):
    """x, and behind it one square."""
    return torch.cat([x, x[:1] ** 2])


def bent_before(x):
    """x, and before it one square."""
    return torch.cat([x[:1] ** 2, x])


def affine(x):
    """A weight times x, plus a bias."""
    return WEIGHT @ x + torch.tensor([1.0, -2.0], dtype=x.dtype)


def shifted_last(x):
    """x, with 1 added to its last element alone."""
    return torch.cat([x[:-1], x[-1:] + 1])


def constant(x):
    """Always five."""
    return torch.full((2,), 5.0, dtype=x.dtype)


def square(x):
    """Each element squared."""
    return x * x


def sine(x):
    """The sine, which is 0 at 0."""
    return torch.sin(x)


def largest(x):
    """The largest element."""
    return x.max()


def smallest(x):
    """The smallest element."""
    return x.min()


def product_of_two(x):
    """The first element times the last."""
    return x[0] * x[-1]


def compensated(x):
    """What one output has too much another has too little: their sum is linear."""
    return torch.cat([x + x * x, x - x * x])


def ratio(x):
    """Sum of cubes over sum of squares: f(c x) = c f(x), but f(a + b) is not f(a) + f(b)."""
    return (x**3).sum() / (x**2).sum()


def length(x):
    """The Euclidean length."""
    return x.square().sum().sqrt()


def absolute_value(x):
    """|x|."""
    return x.abs()


def relu(x):
    """ReLU."""
    return x.clamp(min=0)


LINEAR = (itself, tenth, total, running_total, backwards, outer_table, layer, nothing)
NOT_LINEAR = (
    *(affine, shifted_last, constant, square, sine, largest, smallest, product_of_two),
    *(compensated, ratio, length, absolute_value, relu),
)


def judged(kata, function, features=3, seed=0):
    """The verdict on a function, which is a bool."""
    __tracebackhide__ = True
    verdict = kata.is_linear(function, features, seed)
    assert_that(isinstance(verdict, bool), "the verdict is neither True nor False")
    return verdict


def assert_judged(kata, *, linear=(), not_linear=()):
    """Every function is judged rightly; the words name all that are not."""
    __tracebackhide__ = True
    refused = [function for function in linear if not judged(kata, function)]
    accepted = [function for function in not_linear if judged(kata, function)]
    problems = [
        f"{words}: {', '.join(function.__name__ for function in functions)}"
        for words, functions in (
            (tr("linear, but not called so"), refused),
            (tr("not linear, but called so"), accepted),
        )
        if functions
    ]
    for function in (refused + accepted)[:1]:
        judged(kata, function)  # the call that the report shows
    assert_that(not problems, "; ".join(problems))


def test_is_linear_accepts_linear_maps(kata):
    """A weight times x, sums, reversal, zeros: they are linear, whatever the outputs' shape."""
    assert_judged(kata, linear=LINEAR)


def test_is_linear_refuses_what_is_not(kata):
    """A bias, a constant, a square, a kink: none of these is linear."""
    assert_judged(kata, not_linear=NOT_LINEAR)


@given(
    weight=tensors("out in", values=ORDINARY, dtypes=[torch.float64], min_side=1, device=CPU),
    offset=st.sampled_from([1.0, -2.5, 0.1]),
    seed=st.integers(0, 1000),
)
def test_is_linear_tells_a_bias_from_none(kata, weight, offset, seed):
    """weight @ x is linear for every weight, and weight @ x + b is not where b is not zero."""
    features = weight.shape[1]
    assert_value(kata.is_linear(lambda x: weight @ x, features, seed), True)
    assert_value(kata.is_linear(lambda x: weight @ x + offset, features, seed), False)


@edge
@pytest.mark.parametrize("function", [absolute_value, relu], ids=lambda function: function.__name__)
def test_is_linear_finds_a_kink_for_every_seed(kata, function):
    """|x| and ReLU are told from a linear map whatever the seed, so one pair is not enough."""
    missed = [seed for seed in range(100) if judged(kata, function, 1, seed)]
    for seed in missed[:1]:
        judged(kata, function, 1, seed)  # the call that the report shows
    how_often = tr("every seed") if len(missed) == 100 else tr("some seeds")
    assert_that(
        not missed, tr("not linear, but called so for {how_often}").format(how_often=how_often)
    )


@edge
def test_is_linear_works_with_a_single_feature(kata):
    """On points of one element, 3x is linear, and 3x + 1 and x² are not."""
    assert_value(kata.is_linear(tripled, 1, 5), True)
    assert_value(kata.is_linear(tripled_and_shifted, 1, 5), False)
    assert_value(kata.is_linear(square, 1, 5), False)


@edge
def test_is_linear_forgives_what_large_outputs_are_rounded(kata):
    """A million times x is linear, though its outputs are rounded in the tenth decimal."""
    assert_value([kata.is_linear(in_millions, 5, seed) for seed in range(20)], [True] * 20)


@edge
def test_is_linear_looks_at_every_output(kata):
    """One output that is not linear among those that are is enough, at either end."""
    assert_value(kata.is_linear(bent_after, 4, 2), False)
    assert_value(kata.is_linear(bent_before, 4, 2), False)


SEEDS = (3, 4, 0, 1, 2, 259, 1003, 65_539, 4_000_000_007)


def probed(kata, seed, features=4):
    """The points that is_linear tries for this seed, each as a tuple."""
    points = []

    def recorder(x):
        assert_metadata(x, shape=(features,), dtype=torch.float64, device=CPU)
        points.append(tuple(x.tolist()))
        return 2 * x

    kata.is_linear(recorder, features, seed)
    assert_that(len(set(points)) > 3, "a few points prove nothing: try more of them")
    return points


@edge
def test_is_linear_tries_points_of_the_promised_kind(kata):
    """The function gets float64 tensors of shape (features,) on the CPU, more than one pair."""
    probed(kata, 0)
    probed(kata, 0, features=1)


@edge
def test_is_linear_draws_its_points_by_the_seed(kata):
    """The same seed tries the same points, and another seed others."""
    tried = [probed(kata, seed) for seed in SEEDS]
    assert_that(probed(kata, SEEDS[0]) == tried[0], "the same seed tries other points")
    others = {frozenset(points) for points in tried}
    assert_that(len(others) == len(SEEDS), "another seed tries the same points")


@edge
def test_is_linear_leaves_the_global_random_states_alone(kata):
    """torch's, NumPy's and Python's global random states are as they were."""
    with random_states_kept(CPU):
        kata.is_linear(itself, 2, 7)
