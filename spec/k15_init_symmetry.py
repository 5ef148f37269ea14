"""What a right k15_init_symmetry does.

Teaches why neurons that start alike stay alike, and how random weights are scaled. Leaves the
backward pass by hand to k14, and training that solves a task to k18.
"""

import contextlib
import functools
import itertools
import math
import random

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from .harness.checks import (
    CheckFailure,
    array,
    arrays,
    as_network,
    assert_metadata,
    assert_tensor,
    assert_that,
    assert_value,
    central_difference,
    count,
    edge,
    either,
    precise,
    random_states_kept,
    tensors,
    tr,
)

# Moderate, so that sums of a few products keep to the tolerances in any order of summation, and
# no sigmoid saturates.
TENTHS = tuple(sign * tenth / 10 for tenth in range(2, 20) for sign in (1, -1) if tenth % 5)
VALUES = (1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 1.5, -1.5, *TENTHS, 0.0, 0.1, 1 / 3)
ROUNDING = {torch.float32: 1e-4, torch.float64: 1e-11}

NETWORKS = (
    ("batch in", "batch a", "a in", "a"),
    ("batch in", "batch b", "a in", "a", "b a", "b"),
    ("batch in", "batch c", "a in", "a", "b a", "b", "c b", "c"),
)
SIZES = either(
    st.sampled_from([[3, 2], [2, 4, 3], [3, 5, 2], [5, 2, 4, 3]]),
    st.lists(st.integers(1, 5), min_size=2, max_size=4),
)

# Layers so large that what is measured below is right by far, and far from every wrong scale.
LARGE = [100, 300, 200]

# Within what the docstrings promise, and far enough from its end for a seed derived from a seed.
SEEDS = (0, 1, 1000, 2**16 + 1, 2**31 + 1, 2**32 - 9)


def drawn_network(shapes, **sides):
    return tensors(*shapes, values=VALUES, sides=sides).map(as_network)


def networks():
    """Draws (x, target, parameters): one to three layers, x (batch, in), target (batch, out)."""
    _, two_layers, _ = NETWORKS
    several = dict.fromkeys(("batch", "in", "a", "b", "c"), (1, 3))
    return either(
        drawn_network(two_layers, **dict.fromkeys(("batch", "in", "a", "b"), (2, 5))),
        st.one_of(*(drawn_network(shapes, **several) for shapes in NETWORKS)),
    )


def example(device, sizes, batch=5, dtype=torch.float32):
    """A network with lengths that differ."""
    numbers = np.random.default_rng(15)

    def drawn(*shape):
        return torch.tensor(numbers.uniform(-1.5, 1.5, shape), dtype=dtype, device=device)

    parameters = [(drawn(out, into), drawn(out)) for into, out in itertools.pairwise(sizes)]
    return drawn(batch, sizes[0]), drawn(batch, sizes[-1]), parameters


def constant(sizes, value, dtype, device):
    """A network whose weights and biases are all the same number."""
    return [
        (
            torch.full((out, into), value, dtype=dtype, device=device),
            torch.full((out,), value, dtype=dtype, device=device),
        )
        for into, out in itertools.pairwise(sizes)
    ]


def loss(x, target, parameters):
    """The mean squared error of the network in NumPy."""
    for weight, bias in parameters[:-1]:
        x = 1 / (1 + np.exp(-(x @ weight.T + bias)))
    weight, bias = parameters[-1]
    return np.mean((x @ weight.T + bias - target) ** 2)


def expected_gradient(x, target, parameters):
    """The gradient for the first weight that autograd finds in float64, on the CPU."""
    x, target = x.detach().cpu().double(), target.detach().cpu().double()
    layers = [(weight.cpu().double(), bias.cpu().double()) for weight, bias in parameters]
    first = layers[0][0].clone().requires_grad_()
    layers[0] = (first, layers[0][1])
    for weight, bias in layers[:-1]:
        x = torch.sigmoid(torch.nn.functional.linear(x, weight, bias))
    prediction = torch.nn.functional.linear(x, *layers[-1])
    return torch.autograd.grad(torch.nn.functional.mse_loss(prediction, target), first)[0]


def assert_network(actual, shapes, dtype, device):
    """A list, or a tuple, with a pair (weight, bias) for each of the weights' shapes."""
    __tracebackhide__ = True
    several = list | tuple
    pairs = isinstance(actual, several) and all(isinstance(layer, several) for layer in actual)
    right = pairs and len(actual) == len(shapes) and all(len(layer) == 2 for layer in actual)
    asked = tr("a list of {count} tuples (weight, bias)").format(count=len(shapes))
    assert_that(right, tr("the result should be {asked}").format(asked=asked))
    for (weight, bias), shape in zip(actual, shapes, strict=True):
        assert_metadata(weight, shape=shape, dtype=dtype, device=device)
        assert_metadata(bias, shape=shape[:1], dtype=dtype, device=device)


def assert_initial(actual, sizes, device):
    """A float32 network with a layer for each pair of neighbours in sizes."""
    __tracebackhide__ = True
    shapes = [(out, into) for into, out in itertools.pairwise(sizes)]
    assert_network(actual, shapes, torch.float32, device)


def assert_like(actual, parameters):
    """A network with the shapes, dtype and device of another."""
    __tracebackhide__ = True
    weight, _ = parameters[0]
    shapes = [tuple(weight.shape) for weight, _ in parameters]
    assert_network(actual, shapes, weight.dtype, weight.device)


def normal_law(x):
    """The share of a standard normal distribution that lies below each x."""
    return torch.special.ndtr(torch.from_numpy(x)).numpy()


def uniform_law(x):
    """The share of a uniform distribution with mean 0 and variance 1 that lies below each x."""
    return np.clip(0.5 + x / math.sqrt(12), 0, 1)


MEAN_IS_OFF = "the mean of {noun} is off"
DEVIATION_IS_OFF = "the standard deviation of {noun} is off"


def assert_size(draws, deviation, noun, within=0.05):
    """Numbers with mean 0 and this standard deviation, give or take a share of the latter.

    For the numbers of draws below, that is seven times what chance does, or more.
    """
    __tracebackhide__ = True
    for problem, wanted, got in (
        (MEAN_IS_OFF, 0, draws.mean()),
        (DEVIATION_IS_OFF, deviation, draws.std()),
    ):
        _measured(tr(problem).format(noun=noun), wanted, got, within * deviation)


def _measured(problem, wanted, got, within):
    """A figure is near the one that is wanted; it is rounded, so that chance does not show."""
    __tracebackhide__ = True
    count()
    if not abs(got - wanted) < within:
        rounded = float(f"{got:.2g}")
        about = tr("about {wanted:.2g}").format(wanted=wanted)
        raise CheckFailure(problem, about, f"{rounded:g}", wanted=wanted, actual=rounded)


def assert_distributed(draws, deviation, laws, noun):
    """Numbers with mean 0 and this standard deviation, distributed much like one of these laws."""
    __tracebackhide__ = True
    ordered = np.sort(draws, axis=None) / deviation
    ranks = (np.arange(ordered.size) + 0.5) / ordered.size
    gaps = [np.abs(law(ordered) - ranks) for law in laws]
    gap, place, law = min(
        (each.max(), int(each.argmax()), law) for each, law in zip(gaps, laws, strict=True)
    )
    problem = tr(
        "{noun} should be drawn from the distribution that the docstring names; {share:.0%} "
        "of them are below {value:.2g}, and {law:.0%} should be"
    ).format(
        noun=noun, share=ranks[place], value=ordered[place] * deviation, law=law(ordered)[place]
    )
    # Chance alone makes gaps of 0.015 at most; normal and uniform numbers are 0.057 apart.
    assert_that(gap < 0.035, problem)


ROWS = "{noun} should be drawn one by one; the rows depend on each other"
COLUMNS = "{noun} should be drawn one by one; the columns depend on each other"


def assert_by_itself(draws, noun):
    """No numbers are repeated, beyond what chance does, and no rows or columns go together."""
    __tracebackhide__ = True
    distinct = len(np.unique(draws))
    problem = tr("{noun} should be drawn one by one; of {size} only {distinct} differ").format(
        noun=noun, size=draws.size, distinct=distinct
    )
    assert_that(distinct > 0.98 * draws.size, problem)
    for rows, problem in ((draws, ROWS), (draws.T, COLUMNS)):
        pairs = np.corrcoef(rows)[np.triu_indices(len(rows), 1)]
        # Near 1 where numbers are independent, near 0 where rows are orthogonal.
        usual = np.mean(np.square(pairs)) * (rows.shape[1] - 1)
        single = 0.7 < usual < 1.3 and np.abs(pairs).max() < 0.75
        assert_that(single, tr(problem).format(noun=noun))


def assert_unrelated(first, second, noun):
    """Two arrays of the same shape do not go together."""
    __tracebackhide__ = True
    together = np.corrcoef(first.ravel(), second.ravel())[0, 1]
    problem = tr("{noun} of two layers should have nothing to do with each other").format(noun=noun)
    assert_that(abs(together) < 8 / np.sqrt(first.size), problem)


def assert_seeds_differ(drawn, noun):
    """`drawn` has a list of arrays, one for each layer, for each seed: no two seeds share any."""
    __tracebackhide__ = True
    alike = [
        f"{one} and {other}"
        for one, other in itertools.combinations(drawn, 2)
        if any(np.mean(a == b) >= 0.1 for a, b in zip(drawn[one], drawn[other], strict=True))
    ]
    assert_that(
        not alike,
        tr("different seeds give the same {noun}: {names}").format(
            noun=noun, names=", ".join(alike)
        ),
    )


@contextlib.contextmanager
def other_random_states():
    """Within, torch's, NumPy's and Python's random states are others."""
    torch.rand(3)
    np.random.random(3)
    random.random()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(99)
        yield


@given(sizes=SIZES)
def test_zero_init_makes_a_layer_for_each_pair_of_neighbours(kata, device, sizes):
    """Two neighbours in sizes make a layer: a row of weights and a bias for each neuron."""
    parameters = kata.zero_init(sizes, device)
    assert_initial(parameters, sizes, device)
    for tensor in itertools.chain(*parameters):
        assert_tensor(tensor, np.zeros(tuple(tensor.shape)), like=tensor, atol=0)


def test_zero_init_of_two_sizes_is_one_layer(kata, device):
    """An input and an output alone make a single layer."""
    assert_initial(kata.zero_init([3, 5], device), [3, 5], device)


@given(sizes=SIZES)
def test_random_init_makes_a_layer_for_each_pair_of_neighbours(kata, device, sizes):
    """Weights and biases have the shapes of zero_init, and the biases are zero."""
    parameters = kata.random_init(sizes, 3, device)
    assert_initial(parameters, sizes, device)
    for _, bias in parameters:
        assert_tensor(bias, np.zeros(len(bias)), like=bias, atol=0)


@pytest.mark.parametrize("seed", [3, 41])
def test_random_init_draws_weights_of_xaviers_size(kata, device, seed):
    """The weights of each layer have mean 0 and Xavier's variance, for its own in and out."""
    parameters = kata.random_init(LARGE, seed, device)
    assert_initial(parameters, LARGE, device)
    for weight, _ in parameters:
        fan_out, fan_in = weight.shape
        noun = tr("the weights (in {fan_in}, out {fan_out})").format(fan_in=fan_in, fan_out=fan_out)
        assert_size(array(weight), np.sqrt(2 / sum(weight.shape)), noun)


def test_random_init_draws_every_weight_by_itself(kata, device):
    """No two weights go together: neither within a layer nor from layer to layer."""
    parameters = kata.random_init([90, 90, 90, 90], 5, device)
    assert_initial(parameters, [90, 90, 90, 90], device)
    weights = [array(weight) for weight, _ in parameters]
    for weight in weights:
        assert_by_itself(weight, tr("the weights of a layer"))
    for first, second in itertools.combinations(weights, 2):
        assert_unrelated(first, second, tr("the weights"))
        assert_unrelated(first, second.T, tr("the weights"))


def test_random_init_draws_from_a_normal_or_a_uniform_distribution(kata, device):
    """Weights are spread as normal numbers are, or evenly between two bounds."""
    parameters = kata.random_init(LARGE, 4, device)
    assert_initial(parameters, LARGE, device)
    for weight, _ in parameters:
        deviation = np.sqrt(2 / sum(weight.shape))
        assert_distributed(array(weight), deviation, (normal_law, uniform_law), tr("the weights"))


def test_random_init_repeats_itself_for_the_same_seed(kata, device):
    """The same seed on the same device gives the same weights, whatever was drawn in between."""
    _assert_weights_repeat(kata, device, 7)


def test_random_init_differs_from_seed_to_seed(kata, device):
    """Another seed gives other weights, in every layer."""
    _assert_weights_differ(kata, device, (3, 4, 5))


@edge
def test_random_init_draws_a_weight_alone_in_its_layer(kata, device):
    """However small a layer is, its weights are drawn, and their size is Xavier's."""
    parameters = kata.random_init([1] * 101, 9, device)
    assert_initial(parameters, [1] * 101, device)
    weights = array(torch.cat([weight for weight, _ in parameters]))
    assert_size(
        weights,
        1.0,
        tr("the weights (in {fan_in}, out {fan_out})").format(fan_in=1, fan_out=1),
        within=0.7,
    )


@edge
def test_random_init_takes_any_seed(kata, device):
    """0 is a seed like any other, and so is a large one."""
    for seed in (0, SEEDS[-1]):
        _assert_weights_repeat(kata, device, seed)
    _assert_weights_differ(kata, device, SEEDS)


@edge
def test_random_init_leaves_the_global_random_states_alone(kata, device):
    """Neither torch's nor NumPy's nor Python's own generator moves."""
    with random_states_kept(device):
        kata.random_init([4, 3, 2], 11, device)


def _assert_weights_repeat(kata, device, seed):
    __tracebackhide__ = True
    first = kata.random_init([20, 30, 10], seed, device)
    with other_random_states():
        second = kata.random_init([20, 30, 10], seed, device)
    assert_initial(first, [20, 30, 10], device)
    assert_initial(second, [20, 30, 10], device)
    for (weight, _), (again, _) in zip(first, second, strict=True):
        assert_tensor(again, weight, rtol=0, atol=0)


def _assert_weights_differ(kata, device, seeds):
    __tracebackhide__ = True
    drawn = {}
    for seed in seeds:
        parameters = kata.random_init([20, 30, 10], seed, device)
        assert_initial(parameters, [20, 30, 10], device)
        drawn[seed] = [array(weight) for weight, _ in parameters]
    assert_seeds_differ(drawn, "weights")


def test_hidden_gradients_averages_over_samples_and_outputs(kata, device):
    """The loss is a mean over all elements: of two samples and two outputs, each is a quarter."""
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], device=device)
    target = torch.tensor([[3.0, 7.0], [5.0, 5.0]], device=device)
    first = (torch.zeros(2, 2, device=device), torch.zeros(2, device=device))
    weight = torch.tensor([[2.0, 6.0], [8.0, 4.0]], device=device)
    result = kata.hidden_gradients(x, target, [first, (weight, torch.zeros(2, device=device))])
    assert_tensor(result, [[1.5, 1.5], [-0.5, -0.5]], like=x)


@given(drawn=networks())
def test_hidden_gradients_is_the_gradient_for_the_first_weight(kata, device, drawn):
    """The result is the gradient of the mean squared error for the first layer's weight."""
    x, target, parameters = drawn
    expected = expected_gradient(x, target, parameters)
    result = kata.hidden_gradients(x, target, parameters)
    assert_tensor(result, expected, like=x, atol=ROUNDING[x.dtype])


def test_hidden_gradients_of_twins_are_equal(kata, device):
    """Neurons with the same weights, in front of equal weights too, have the same gradient."""
    x, target = torch.tensor([[1.0, 2.0]], device=device), torch.tensor([[3.0]], device=device)
    first = (torch.zeros(2, 2, device=device), torch.zeros(2, device=device))
    last = (torch.full((1, 2), 2.0, device=device), torch.zeros(1, device=device))
    result = kata.hidden_gradients(x, target, [first, last])
    assert_tensor(result, [[-1.0, -2.0], [-1.0, -2.0]], like=x)


def test_hidden_gradients_of_zeros_are_zero(kata, device):
    """Nothing comes back through weights of zero."""
    x, target, _ = example(device, sizes=(4, 2, 1))
    parameters = constant([4, 2, 1], 0.0, x.dtype, device)
    assert_tensor(kata.hidden_gradients(x, target, parameters), np.zeros((2, 4)), like=x)


def test_hidden_gradients_of_a_deeper_network(kata, device):
    """The layers between the first and the last take part, however many there are."""
    for sizes in ((2, 4, 3, 5), (2, 3, 4, 3, 5)):
        x, target, parameters = example(device, sizes, batch=3)
        expected = expected_gradient(x, target, parameters)
        result = kata.hidden_gradients(x, target, parameters)
        assert_tensor(result, expected, like=x, atol=ROUNDING[x.dtype])


@edge
def test_hidden_gradients_of_a_single_layer(kata, device):
    """Where there is one layer, it is the first, and no sigmoid follows."""
    x, target, parameters = example(device, sizes=(3, 2))
    expected = expected_gradient(x, target, parameters)
    result = kata.hidden_gradients(x, target, parameters)
    assert_tensor(result, expected, like=x, atol=ROUNDING[x.dtype])


@edge
def test_hidden_gradients_keeps_double_precision_in_four_layers(kata, device):
    """A deeper network is no exception, and float64 is computed in float64 throughout."""
    x, target, parameters = example(device, sizes=(3, 5, 2, 4, 2), dtype=precise(device))
    expected = expected_gradient(x, target, parameters)
    result = kata.hidden_gradients(x, target, parameters)
    assert_tensor(result, expected, like=x, atol=ROUNDING[x.dtype])


@edge
def test_hidden_gradients_tells_what_a_small_change_would_do(kata, device):
    """Moving a weight a little moves the loss by the gradient times as much."""
    x, target, parameters = example(device, sizes=(2, 3, 2), dtype=precise(device))
    known, inputs, wanted = arrays(parameters), array(x), array(target)
    expected = central_difference(
        lambda weight: loss(inputs, wanted, [(weight, known[0][1]), *known[1:]]), known[0][0]
    )
    result = kata.hidden_gradients(x, target, parameters)
    assert_tensor(result, expected, like=x, rtol=1e-3, atol=1e-5)


@edge
def test_hidden_gradients_leaves_no_grad_behind(kata, device):
    """No tensor has a .grad that it did not have before."""
    x, target, parameters = example(device, sizes=(3, 5, 2, 4))
    kata.hidden_gradients(x, target, parameters)
    _assert_no_grad(x, target, *itertools.chain(*parameters))


def _assert_no_grad(*given_tensors):
    __tracebackhide__ = True
    left = any(tensor.grad is not None for tensor in given_tensors)
    assert_that(not left, "a .grad was left behind; work on detached copies")


@given(
    neuron=tensors("in", min_side=1),
    many=either(st.integers(2, 4), st.integers(1, 5)),
)
def test_neurons_are_twins_where_all_are_the_same(kata, device, neuron, many):
    """A layer that repeats one neuron holds twins."""
    weight, bias = neuron.repeat(many, 1), neuron[-1:].repeat(many)
    assert_value(kata.neurons_are_twins(weight, bias), True)


@given(drawn=tensors("neurons in", "neurons", min_side=1))
def test_neurons_are_twins_only_where_all_rows_and_biases_agree(kata, device, drawn):
    """All rows of the weight and all biases must agree."""
    weight, bias = drawn
    rows = {(*row, last) for row, last in zip(array(weight).tolist(), array(bias), strict=True)}
    assert_value(kata.neurons_are_twins(weight, bias), len(rows) == 1)


@pytest.mark.parametrize(
    ("weight", "bias"),
    [
        ([[1.0, 2.0], [1.0, 2.0], [1.0, 3.0]], [4.0, 4.0, 4.0]),
        ([[5.0, 2.0], [1.0, 2.0], [1.0, 2.0]], [4.0, 4.0, 4.0]),
        ([[1.0, 2.0], [5.0, 2.0], [1.0, 2.0]], [4.0, 4.0, 4.0]),
        ([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]], [4.0, 3.0, 4.0]),
        ([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]], [4.0, 4.0, 3.0]),
        ([[1.0, 2.0], [2.0, 1.0]], [4.0, 4.0]),
        ([[1.0, 1.0], [2.0, 2.0]], [4.0, 4.0]),
        ([[1.0, -2.0], [-1.0, 2.0]], [3.0, 3.0]),
    ],
    ids=str,
)
def test_neurons_are_twins_is_false_for_any_difference(kata, device, weight, bias):
    """One row, one bias, a sign, an order: any difference counts."""
    weight, bias = torch.tensor(weight, device=device), torch.tensor(bias, device=device)
    assert_value(kata.neurons_are_twins(weight, bias), False)


def test_neurons_are_twins_in_a_layer_of_zeros(kata, device):
    """Zeros equal zeros: zero_init makes twins."""
    weight, bias = torch.zeros(3, 2, device=device), torch.zeros(3, device=device)
    assert_value(kata.neurons_are_twins(weight, bias), True)


def test_neurons_are_twins_in_a_layer_of_negative_numbers(kata, device):
    """Equal neurons are twins, whatever the sign of their numbers."""
    weight = torch.tensor([[-1.0, -2.0]] * 3, device=device)
    assert_value(kata.neurons_are_twins(weight, weight[:, 1] - 1), True)


def test_neurons_are_twins_where_only_rounding_differs(kata, device):
    """1.1 + 2.2 and 3.3 are not quite the same number in float32; such neurons are twins."""
    weight = torch.tensor([[1.1, 5.0], [3.3, 5.0]], device=device)
    weight[0, 0] += torch.tensor(2.2, device=device)
    assert_value(kata.neurons_are_twins(weight, weight[:, 1]), True)
    assert_value(kata.neurons_are_twins(weight[:, 1:], weight[:, 0]), True)


@edge
def test_neurons_are_twins_of_a_single_neuron(kata, device):
    """A single neuron is its own twin."""
    weight, bias = torch.tensor([[3.0, -1.0]], device=device), torch.tensor([2.0], device=device)
    assert_value(kata.neurons_are_twins(weight, bias), True)


@edge
@pytest.mark.parametrize("size", [1.0, -1.0, 2.0**-60, -(2.0**12)], ids=str)
def test_neurons_are_twins_up_to_rounding(kata, device, size):
    """1 eps of the largest entry, be it a weight or a bias, is rounding; 10,000 eps are not."""
    for dtype in dict.fromkeys((torch.float32, precise(device))):
        eps = torch.finfo(dtype).eps
        level = torch.tensor([size, size], dtype=dtype, device=device)
        answers = []
        for many in (1, 10_000):
            # Powers of two, so that nothing is rounded on the way.
            high = torch.tensor([size, size * (1 + many * eps)], dtype=dtype, device=device)
            low = high - 0.9375 * size
            layers = (
                (torch.stack([high, level], 1), level),
                (torch.stack([level, low], 1), level),
                (level[:, None], high),
                (level[:, None], low),
                (low[:, None], level),
            )
            answers.append((f"{many} eps", [kata.neurons_are_twins(*layer) for layer in layers]))
        assert_value(answers, [("1 eps", [True] * 5), ("10000 eps", [False] * 5)])


@edge
def test_neurons_are_twins_beside_a_far_larger_number(kata, device):
    """What differs is measured by the largest entry of the layer: beside 1, 1e-20 is nothing."""
    ones = torch.ones(2, 3, device=device)
    tiny = torch.tensor([1e-20, 2e-20], device=device)
    assert_value(kata.neurons_are_twins(ones, tiny), True)
    assert_value(kata.neurons_are_twins(tiny[:, None], ones[:, 0]), True)
    assert_value(kata.neurons_are_twins(torch.stack([tiny, ones[:, 0]], 1), tiny), True)
    assert_value(kata.neurons_are_twins(tiny[:, None], tiny), False)


@edge
def test_neurons_are_twins_is_false_among_numbers_that_only_float64_holds(kata, device):
    """float64 is compared in float64: 1e-60 and 2e-60 differ, where nothing is larger."""
    dtype = precise(device)
    size = 1e-60 if dtype == torch.float64 else 1e-30
    tiny = torch.tensor([size, 2 * size], dtype=dtype, device=device)
    assert_value(kata.neurons_are_twins(tiny[:, None], tiny), False)


@pytest.mark.parametrize("value", [0.0, 0.5])
def test_symmetry_survives_where_all_weights_are_equal(kata, device, value):
    """Zeros, or any other number everywhere: the hidden neurons stay twins."""
    x, target, _ = example(device, sizes=[4, 2, 1])
    parameters = constant([4, 2, 1], value, torch.float32, device)
    assert_value(kata.symmetry_survives(x, target, parameters, 0.25, 4), True)


def test_symmetry_survives_not_where_neurons_start_differently(kata, device):
    """Neurons that start differently do not become twins by training."""
    x, target, parameters = example(device, sizes=(4, 2, 1))
    for steps in (1, 5):
        assert_value(kata.symmetry_survives(x, target, parameters, 0.1, steps), False)


def test_symmetry_survives_only_if_the_next_layer_treats_twins_alike(kata, device):
    """Twins that the next layer weighs differently part in the first step."""
    start = _weighed_differently(device)
    assert_value(_after(kata, start, 0.5, (1, 2)), [False, False])


@pytest.mark.parametrize(
    ("targets", "rate", "answer"),
    [
        ((1.0, 1.0), 0.125, False),
        ((1.0, 1.0), 0.25, False),
        ((1.0, 1.0), 0.5, True),
        ((1.0, 1.0), 1.0, False),
        ((2.0, 0.0), 0.5, False),
    ],
    ids=str,
)
def test_symmetry_survives_one_step_to_where_two_neurons_meet(kata, device, targets, rate, answer):
    """A step leads downhill, by learning_rate times the gradient: two neurons may meet there."""
    start = _two_neurons(device, targets)
    assert_value(kata.symmetry_survives(*start, rate, 1), answer)


def test_symmetry_survives_not_where_only_the_weights_meet(kata, device):
    """The biases take every step too: where they part, the neurons are no twins."""
    start = _two_neurons(device, (1.0, 1.0), (1.5, 0.5), (0.0, 0.0))
    assert_value(kata.symmetry_survives(*start, 1.0, 1), False)


def test_symmetry_survives_once_two_neurons_have_met(kata, device):
    """Each step takes fresh gradients: neurons that arrived where these are zero stay there."""
    start = _two_neurons(device, (1.0, 1.0))
    assert_value(_after(kata, start, 0.5, (1, 2, 4)), [True, True, True])


def test_symmetry_survives_where_the_last_step_leads(kata, device):
    """Neurons may meet in step 2 and part in step 3: only what the last step leaves counts."""
    start = _two_neurons(device, (0.5, 1.0), (1.0, 0.25), (0.5, -0.25))
    assert_value(_after(kata, start, 0.25, (1, 2, 3)), [False, True, False])


@pytest.mark.parametrize("samples", [2, 1])
def test_symmetry_survives_as_long_as_nothing_comes_back(kata, device, samples):
    """Behind a last layer of zeros, step 1 moves only that layer; with step 2 the twins part."""
    x, target, parameters = _weighed_differently(device)
    last = torch.zeros(1, 1, dtype=x.dtype, device=device)
    parameters = [*parameters, (last, last[0].clone())]
    start = x[:samples], target[:samples], parameters
    assert_value(_after(kata, start, 0.5, (1, 2, 3)), [True, False, False])


def test_symmetry_survives_in_the_first_layer_whatever_others_hold(kata, device):
    """Twins that each neuron of the next layer treats alike stay twins; the others need not be."""
    x, target, [first, _] = _weighed_differently(device)
    _, _, [(column, bias), last] = example(device, sizes=(1, 4, 1))
    parameters = [first, (column.repeat(1, 3), bias), last]
    for steps in (1, 4):
        assert_value(kata.symmetry_survives(x, target, parameters, 0.25, steps), True)


@pytest.mark.parametrize(("layers", "steps"), [(2, 2), (3, 3)])
def test_symmetry_survives_where_hidden_neurons_meet(kata, device, layers, steps):
    """With all layers moving in every step, these hidden neurons meet in one and part after it."""
    start, rate = _meeting(device, layers, steps, torch.float32)
    assert_value(_after(kata, start, rate, (steps - 1, steps, steps + 1)), [False, True, False])


@edge
@pytest.mark.parametrize("value", [0.0, 0.5])
def test_symmetry_survives_in_float64_and_in_more_layers(kata, device, value):
    """Equal numbers everywhere keep twins in a deeper network too, in either precision."""
    for dtype in dict.fromkeys((torch.float32, precise(device))):
        x, target, _ = example(device, sizes=[4, 3, 2, 2], dtype=dtype)
        parameters = constant([4, 3, 2, 2], value, dtype, device)
        assert_value(kata.symmetry_survives(x, target, parameters, 0.25, 4), True)


@edge
def test_symmetry_survives_zero_steps(kata, device):
    """After no step at all the layer is what it was: twins or not."""
    x, target, parameters = _weighed_differently(device)
    assert_value(kata.symmetry_survives(x, target, parameters, 0.5, 0), True)
    x, target, parameters = example(device, sizes=(4, 2, 1))
    assert_value(kata.symmetry_survives(x, target, parameters, 0.5, 0), False)


@edge
def test_symmetry_survives_a_learning_rate_of_zero(kata, device):
    """Without moving, the neurons stay what they are."""
    x, target, parameters = _weighed_differently(device)
    assert_value(kata.symmetry_survives(x, target, parameters, 0.0, 3), True)


@edge
def test_symmetry_survives_up_to_rounding(kata, device):
    """Twins are judged as in neurons_are_twins: an eps of the largest entry is forgiven."""
    x, target, parameters = _weighed_differently(device, precise(device))
    (first, bias), last = parameters
    eps = torch.finfo(x.dtype).eps
    far = torch.tensor([[0.0], [eps], [0.0]], dtype=x.dtype, device=device)
    tiny = torch.tensor([1e-20, 0.0, 2e-20], dtype=x.dtype, device=device)
    for layer in ((first * (1 + far), bias), (first, tiny)):
        assert_value(kata.symmetry_survives(x, target, [layer, last], 0.1, 0), True)


@edge
def test_symmetry_survives_no_difference_beyond_rounding(kata, device):
    """A small difference counts too: in a weight or a bias, among small numbers, in float64."""
    x, target, [(first, bias), _] = _weighed_differently(device, precise(device))
    small = 1e-9 if x.dtype == torch.float64 else 1e-2
    last = torch.ones(1, 3, dtype=x.dtype, device=device), bias[:1]
    change = torch.tensor([0.0, 0.0, small], dtype=x.dtype, device=device)
    tiny = 1e-12 * first, 1e-12 * torch.tensor([0.0, 0.0, 1.0], dtype=x.dtype, device=device)
    for layer in ((first + change[:, None], bias), (first, bias + change)):
        small = tuple(1e-12 * tensor for tensor in layer)
        answers = [
            kata.symmetry_survives(x, target, [changed, last], 0.1, steps)
            for changed, steps in ((small, 0), (tiny, 0), (layer, 0), (layer, 2))
        ]
        assert_value(answers, [False] * 4)


@edge
@pytest.mark.parametrize(("layers", "steps"), [(2, 1), (2, 2), (3, 3)])
def test_symmetry_survives_steps_of_the_right_length(kata, device, layers, steps):
    """At this learning rate two hidden neurons meet, and at no other near it."""
    start, rate = _meeting(device, layers, steps, precise(device))
    assert_value(_after(kata, start, rate, (steps - 1, steps, steps + 1)), [False, True, False])
    others = [kata.symmetry_survives(*start, f * rate, steps) for f in (0.9, 1.1, 0.5, 2.0)]
    assert_value(others, [False] * 4)


@edge
def test_symmetry_survives_leaves_no_grad_behind(kata, device):
    """No tensor has a .grad that it did not have before."""
    x, target, parameters = example(device, sizes=(3, 5, 2, 4))
    kata.symmetry_survives(x, target, parameters, 0.5, 2)
    _assert_no_grad(x, target, *itertools.chain(*parameters))


def _after(kata, start, learning_rate, numbers):
    """The answers after these numbers of steps."""
    return [kata.symmetry_survives(*start, learning_rate, steps) for steps in numbers]


def _weighed_differently(device, dtype=torch.float32):
    """Three hidden twins, to which the output gives different weights."""
    x, target, parameters = example(device, sizes=(2, 3, 1), dtype=dtype)
    first = torch.tensor([[0.3, -0.2]] * 3, dtype=x.dtype, device=device)
    return x, target, [(first, torch.zeros_like(first[:, 0])), parameters[1]]


def _two_neurons(device, targets, weights=(1.25, 0.75), biases=(0.25, -0.25)):
    """A single layer of two neurons, and two samples that are 1 and have these targets.

    A step makes of d, the difference of the weights, d - learning_rate * e, where e is the
    difference of the predictions minus that of the targets; of the biases' difference likewise.
    """

    def tensor(values):
        return torch.tensor(values, device=device)

    layer = tensor(weights)[:, None], tensor(biases)
    return torch.ones(2, 1, device=device), tensor([targets, targets]), [layer]


def _meeting(device, layers, steps, dtype):
    """A network of two hidden neurons, and the learning rate that makes them meet in `steps`.

    x is 1 throughout, so that a neuron's weight and bias have one gradient; as the two differ by
    the same, both differences vanish together: a question of one unknown, solved by bisection.
    """
    target, start = MEETINGS[layers]

    def tensor(values):
        return torch.tensor(values, dtype=dtype, device=device)

    parameters = [(tensor(weight), tensor(bias)) for weight, bias in start]
    ones = torch.ones(3, 1, dtype=dtype, device=device)
    return (ones, tensor(target), parameters), _rate_of_meeting(layers, steps)


MEETINGS = {
    2: (
        np.array([[1.0, -2.0], [0.5, 0.3], [2.0, -1.1]]),
        (
            (np.array([[0.8], [-1.5]]), np.array([-0.9, -3.2])),
            (np.array([[0.4, -0.9], [1.9, 1.0]]), np.array([1.8, 1.6])),
        ),
    ),
    3: (
        np.array([[0.3, 1.5], [0.9, -0.6], [-1.7, 0.8]]),
        (
            (np.array([[1.8], [0.2]]), np.array([0.8, -0.8])),
            (np.array([[1.1, -1.0], [1.7, -0.9]]), np.array([-0.4, 1.2])),
            (np.array([[-0.3, 1.8], [1.2, 1.2]]), np.array([1.9, -0.4])),
        ),
    ),
}


@functools.cache
def _rate_of_meeting(layers, steps):
    low, high = 1.0, 1.5
    for _ in range(53):
        middle = (low + high) / 2
        low, high = (middle, high) if _apart(middle, layers, steps) > 0 else (low, middle)
    return low


def _apart(learning_rate, layers, steps):
    """How far the two neurons are from each other after training, in NumPy."""
    target, parameters = MEETINGS[layers]
    for _ in range(steps):
        inputs = [np.ones((3, 1))]
        for weight, bias in parameters[:-1]:
            inputs.append(1 / (1 + np.exp(-(inputs[-1] @ weight.T + bias))))
        weight, bias = parameters[-1]
        back = 2 * (inputs[-1] @ weight.T + bias - target) / target.size
        moved = []
        for (weight, bias), a in zip(reversed(parameters), reversed(inputs), strict=True):
            step = back.T @ a, back.sum(axis=0)
            moved.append((weight - learning_rate * step[0], bias - learning_rate * step[1]))
            back = (back @ weight) * a * (1 - a)
        parameters = moved[::-1]
    weight, _ = parameters[0]
    return weight[0, 0] - weight[1, 0]


def test_break_symmetry_breaks_it(kata, device):
    """Twins are no twins any more, in any layer."""
    parameters = constant([4, 3, 2], 0.5, torch.float32, device)
    result = kata.break_symmetry(parameters, 0.1, 9)
    assert_like(result, parameters)
    for weight, _ in result:
        rows = array(weight)
        assert_that(len(np.unique(rows, axis=0)) == len(rows), "two neurons are still the same")


@pytest.mark.parametrize(("value", "scale"), [(0.5, 0.25), (0.0, 3.0)])
def test_break_symmetry_adds_noise_of_the_size_of_scale(kata, device, value, scale):
    """What is added to the weights has mean 0 and standard deviation scale; biases stay near."""
    parameters = constant(LARGE, value, torch.float32, device)
    result = kata.break_symmetry(parameters, scale, 4)
    assert_like(result, parameters)
    for weight, bias in result:
        assert_size(array(weight) - value, scale, tr("what was added to the weights"))
        added = array(bias) - value
        if added.any():
            assert_size(added, scale, tr("what was added to the biases"), within=0.6)


def test_break_symmetry_draws_noise_for_every_weight_by_itself(kata, device):
    """No two numbers share their noise: neither within a layer nor from layer to layer."""
    parameters = constant([90, 90, 90, 90], 0.0, torch.float32, device)
    result = kata.break_symmetry(parameters, 1.0, 8)
    assert_like(result, parameters)
    noise = [array(weight) for weight, _ in result]
    for draws in noise:
        assert_by_itself(draws, tr("the noise of a layer"))
    for first, second in itertools.combinations(noise, 2):
        assert_unrelated(first, second, tr("the noise"))
        assert_unrelated(first, second.T, tr("the noise"))


def test_break_symmetry_draws_from_a_normal_distribution(kata, device):
    """The noise is spread as normal numbers are."""
    parameters = constant(LARGE, 0.0, torch.float32, device)
    result = kata.break_symmetry(parameters, 0.5, 4)
    assert_like(result, parameters)
    for weight, _ in result:
        assert_distributed(array(weight), 0.5, (normal_law,), tr("the noise"))


def test_break_symmetry_repeats_itself_for_the_same_seed(kata, device):
    """The same seed on the same device gives the same noise, whatever was drawn in between."""
    _assert_noise_repeats(kata, device, 7)


def test_break_symmetry_differs_from_seed_to_seed(kata, device):
    """Another seed gives other noise, in every layer."""
    _assert_noise_differs(kata, device, (3, 4, 5))


@edge
@given(drawn=networks())
def test_break_symmetry_with_a_scale_of_zero_changes_nothing(kata, device, drawn):
    """Noise of standard deviation 0 is none; shapes, dtype and device are those of the network."""
    _, _, parameters = drawn
    result = kata.break_symmetry(parameters, 0.0, 2)
    assert_like(result, parameters)
    for pair, old in zip(result, parameters, strict=True):
        assert_tensor(pair[0], old[0], rtol=0, atol=0)
        assert_tensor(pair[1], old[1], rtol=0, atol=0)


@edge
def test_break_symmetry_gives_noise_to_a_weight_alone_in_its_layer(kata, device):
    """However small a layer is, its weights get noise of standard deviation scale."""
    parameters = constant([1] * 101, 0.5, torch.float32, device)
    result = kata.break_symmetry(parameters, 0.25, 3)
    assert_like(result, parameters)
    noise = array(torch.cat([weight for weight, _ in result])) - 0.5
    assert_size(noise, 0.25, tr("the noise"), within=0.7)


@edge
def test_break_symmetry_keeps_double_precision(kata, device):
    """float64 weights keep their digits: tiny noise stays tiny."""
    dtype = precise(device)
    scale = 1e-10 if dtype == torch.float64 else 1e-3
    parameters = constant([30, 40], 1 / 3, dtype, device)
    result = kata.break_symmetry(parameters, scale, 6)
    assert_like(result, parameters)
    noise = array(result[0][0]) - array(parameters[0][0])
    assert_that(
        0.5 * scale < noise.std() < 2 * scale,
        tr("the noise has size {std:g}").format(std=noise.std()),
    )


@edge
def test_break_symmetry_takes_any_seed(kata, device):
    """0 is a seed like any other, and so is a large one."""
    for seed in (0, SEEDS[-1]):
        _assert_noise_repeats(kata, device, seed)
    _assert_noise_differs(kata, device, SEEDS)


@edge
def test_break_symmetry_leaves_the_global_random_states_alone(kata, device):
    """Neither torch's nor NumPy's nor Python's own generator moves."""
    _, _, parameters = example(device, sizes=(3, 5, 2, 4))
    with random_states_kept(device):
        kata.break_symmetry(parameters, 0.1, 11)


def _assert_noise_repeats(kata, device, seed):
    __tracebackhide__ = True
    parameters = constant([20, 30, 10], 0.5, torch.float32, device)
    first = kata.break_symmetry(parameters, 0.1, seed)
    with other_random_states():
        second = kata.break_symmetry(parameters, 0.1, seed)
    assert_like(first, parameters)
    assert_like(second, parameters)
    for pair, again in zip(first, second, strict=True):
        assert_tensor(again[0], pair[0], rtol=0, atol=0)
        assert_tensor(again[1], pair[1], rtol=0, atol=0)


def _assert_noise_differs(kata, device, seeds):
    __tracebackhide__ = True
    parameters = constant([20, 30, 10], 0.0, torch.float32, device)
    drawn = {}
    for seed in seeds:
        result = kata.break_symmetry(parameters, 1.0, seed)
        assert_like(result, parameters)
        drawn[seed] = [array(weight) for weight, _ in result]
    assert_seeds_differ(drawn, "noise")
