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

from spec.harness.checks import (
    array,
    arrays,
    as_network,
    assert_metadata,
    assert_tensor,
    assert_that,
    assert_value,
    central_difference,
    precise,
    random_states_kept,
    tensors,
    unchanged,
)

# Moderate, so that sums of a few products keep to the tolerances in any order of summation.
VALUES = (0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 0.1, 1 / 3, -0.7, 1.5)
ROUNDING = {torch.float32: 1e-4, torch.float64: 1e-11}

NETWORKS = (
    ("batch in", "batch a", "a in", "a"),
    ("batch in", "batch b", "a in", "a", "b a", "b"),
    ("batch in", "batch c", "a in", "a", "b a", "b", "c b", "c"),
)
SIZES = st.lists(st.integers(1, 5), min_size=2, max_size=4)

# Layers so large that the bounds below, eight standard deviations away from what is right, are as
# far from every wrong scale.
LARGE = [100, 300, 200]

# Within what the docstrings permit, and far enough from its end for a seed derived from a seed.
SEEDS = (0, 1, 1000, 2**16 + 1, 2**31 + 1, 2**32 - 9)


def networks():
    """Draws (x, target, parameters): one to three layers, x (batch, in), target (batch, out)."""
    sides = dict.fromkeys(("batch", "in", "a", "b", "c"), (1, 3))
    return st.one_of(
        *(tensors(*shapes, values=VALUES, sides=sides).map(as_network) for shapes in NETWORKS)
    )


def example(device, sizes=(3, 5, 2, 4), batch=7):
    """A network with lengths that differ, of the highest precision that the device has."""
    numbers = np.random.default_rng(15)

    def drawn(*shape):
        return torch.tensor(numbers.uniform(-1.5, 1.5, shape), dtype=precise(device), device=device)

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
    """A list of a tuple (weight, bias) for each of the weights' shapes."""
    __tracebackhide__ = True
    pairs = isinstance(actual, list) and all(isinstance(layer, tuple) for layer in actual)
    right = pairs and len(actual) == len(shapes) and all(len(layer) == 2 for layer in actual)
    asked = f"a list of {len(shapes)} tuples (weight, bias)"
    assert_that(right, f"the result should be {asked}")
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


def assert_drawn(draws, deviation, laws, noun, strictness=8):
    """Numbers with mean 0 and this standard deviation, distributed by one of these laws.

    A right answer fails with a probability under 1e-10: the bounds are eight standard deviations
    away, unless said otherwise, for the share of numbers below each of them too.
    """
    __tracebackhide__ = True
    size = math.sqrt(draws.size)
    mean = draws.mean()
    problem = f"the mean of {noun} should be 0, and is {mean:g}"
    assert_that(abs(mean) < strictness * deviation / size, problem)
    got = draws.std()
    problem = f"the standard deviation of {noun} should be near {deviation:g}, and is {got:g}"
    assert_that(abs(got / deviation - 1) < strictness / (math.sqrt(2) * size), problem)
    ordered = np.sort(draws, axis=None) / deviation
    gap, place, wanted = min(_gap(law(ordered)) for law in laws)
    problem = (
        f"{noun} should be drawn from the distribution that the docstring names; "
        f"{(place + 0.5) / draws.size:.1%} of them are below {ordered[place] * deviation:.2g}, "
        f"and {wanted:.1%} should be"
    )
    assert_that(gap < 8 / size, problem)


def _gap(shares):
    """How far the shares of the law are from those of the draws, in deviations of one draw.

    The tails, where such a deviation is small, count for as much as the middle; only the outmost
    100 draws on either side are too few for that. Returns the largest gap, where it is, and the
    share of the law there.
    """
    ranks = (np.arange(shares.size) + 0.5) / shares.size
    deviations = np.sqrt(shares * (1 - shares))
    floor = min(math.sqrt(100 / shares.size), 0.5)
    gaps = np.abs(shares - ranks) / np.maximum(deviations, floor)
    place = int(gaps.argmax())
    return gaps[place], place, shares[place]


def assert_by_itself(draws, noun):
    """No numbers are repeated, beyond what chance does, and no rows or columns go together."""
    __tracebackhide__ = True
    distinct = len(np.unique(draws))
    problem = f"{noun} should be drawn one by one; of {draws.size} only {distinct} differ"
    assert_that(distinct > 0.98 * draws.size, problem)
    for rows, name in ((draws, "rows"), (draws.T, "columns")):
        pairs = np.corrcoef(rows)[np.triu_indices(len(rows), 1)]
        problem = f"{noun} should be drawn one by one; the {name} depend on each other"
        # Near 1 where numbers are independent, near 0 where rows are orthogonal.
        usual = np.mean(np.square(pairs)) * (rows.shape[1] - 1)
        assert_that(0.7 < usual < 1.3 and np.abs(pairs).max() < 0.75, problem)


def assert_unrelated(first, second, noun):
    """Two arrays of the same shape do not go together."""
    __tracebackhide__ = True
    together = np.corrcoef(first.ravel(), second.ravel())[0, 1]
    problem = f"{noun} of two layers should have nothing to do with each other"
    assert_that(abs(together) < 8 / np.sqrt(first.size), problem)


def assert_seeds_differ(drawn, noun):
    """`drawn` has a list of arrays, one for each layer, for each seed: no two seeds share any."""
    __tracebackhide__ = True
    alike = [
        f"{one} and {other}"
        for one, other in itertools.combinations(drawn, 2)
        if any(np.mean(a == b) >= 0.1 for a, b in zip(drawn[one], drawn[other], strict=True))
    ]
    assert_that(not alike, f"different seeds give the same {noun}: {', '.join(alike)}")


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
    """Sizes (in, hidden, ..., out) make weights (out, in) and biases (out,), float32, on device."""
    parameters = kata.zero_init(sizes, device)
    assert_initial(parameters, sizes, device)
    for tensor in itertools.chain(*parameters):
        assert_tensor(tensor, np.zeros(tuple(tensor.shape)), like=tensor, atol=0)


def test_zero_init_makes_the_network_of_the_lecture(kata, device):
    """Four inputs, two hidden neurons and one output make two layers."""
    parameters = kata.zero_init([4, 2, 1], device)
    assert_initial(parameters, [4, 2, 1], device)
    (first, first_bias), (last, last_bias) = parameters
    assert_tensor(first, [[0, 0, 0, 0], [0, 0, 0, 0]], dtype=torch.float32, device=device, atol=0)
    assert_tensor(first_bias, [0, 0], dtype=torch.float32, device=device, atol=0)
    assert_tensor(last, [[0, 0]], dtype=torch.float32, device=device, atol=0)
    assert_tensor(last_bias, [0], dtype=torch.float32, device=device, atol=0)


def test_zero_init_of_two_sizes_is_one_layer(kata, device):
    """An input and an output alone make a single layer."""
    assert_initial(kata.zero_init([3, 5], device), [3, 5], device)


def test_zero_init_leaves_its_arguments_alone(kata, device):
    """The list of sizes is as it was."""
    sizes = [4, 2, 1]
    with unchanged(sizes):
        kata.zero_init(sizes, device)


def test_random_init_makes_the_network_of_the_lecture(kata, device):
    """Four inputs, two hidden neurons and one output make two layers."""
    assert_initial(kata.random_init([4, 2, 1], 3, device), [4, 2, 1], device)


@given(sizes=SIZES)
def test_random_init_makes_a_layer_for_each_pair_of_neighbours(kata, device, sizes):
    """Weights are (out, in), biases (out,) and zero, both float32 and on the device."""
    parameters = kata.random_init(sizes, 3, device)
    assert_initial(parameters, sizes, device)
    for _, bias in parameters:
        assert_tensor(bias, np.zeros(len(bias)), like=bias, atol=0)


@pytest.mark.parametrize("seed", [0, 41])
def test_random_init_has_the_variance_of_xavier(kata, device, seed):
    """The weights have mean 0 and variance 2 / (in + out), normal or uniform, in each layer."""
    parameters = kata.random_init(LARGE, seed, device)
    assert_initial(parameters, LARGE, device)
    for weight, _ in parameters:
        deviation = np.sqrt(2 / sum(weight.shape))
        assert_drawn(array(weight), deviation, (normal_law, uniform_law), "the weights")


def test_random_init_has_the_variance_of_xavier_however_small_the_layers(kata, device):
    """A weight alone in its layer is drawn as well, with variance 2 / (1 + 1)."""
    # So many that 2 / 3, where the bias is taken for an input, is told from it; elsewhere than on
    # the CPU a layer costs too much.
    sizes = [1] * (1401 if device.type == "cpu" else 101)
    parameters = kata.random_init(sizes, 9, device)
    assert_initial(parameters, sizes, device)
    weights = array(torch.cat([weight for weight, _ in parameters]))
    assert_drawn(weights, 1.0, (normal_law, uniform_law), "the weights", strictness=5)


def test_random_init_draws_every_weight_by_itself(kata, device):
    """No two weights go together: neither within a layer nor from layer to layer."""
    parameters = kata.random_init([90, 90, 90, 90], 5, device)
    assert_initial(parameters, [90, 90, 90, 90], device)
    weights = [array(weight) for weight, _ in parameters]
    for weight in weights:
        assert_by_itself(weight, "the weights of a layer")
    for first, second in itertools.combinations(weights, 2):
        assert_unrelated(first, second, "the weights")
        assert_unrelated(first, second.T, "the weights")


def test_random_init_repeats_itself_for_the_same_seed(kata, device):
    """The same seed on the same device gives the same weights, whatever was drawn in between."""
    for seed in (0, 7):
        first = kata.random_init([20, 30, 10], seed, device)
        with other_random_states():
            second = kata.random_init([20, 30, 10], seed, device)
        assert_initial(first, [20, 30, 10], device)
        assert_initial(second, [20, 30, 10], device)
        for (weight, _), (again, _) in zip(first, second, strict=True):
            assert_tensor(again, weight, rtol=0, atol=0)


def test_random_init_differs_from_seed_to_seed(kata, device):
    """Another seed gives other weights, in every layer."""
    drawn = {}
    for seed in SEEDS:
        parameters = kata.random_init([20, 30, 10], seed, device)
        assert_initial(parameters, [20, 30, 10], device)
        drawn[seed] = [array(weight) for weight, _ in parameters]
    assert_seeds_differ(drawn, "weights")


def test_random_init_leaves_the_global_random_states_alone(kata, device):
    """Neither torch's nor NumPy's nor Python's own generator moves."""
    with random_states_kept(device):
        kata.random_init([4, 3, 2], 11, device)


def test_random_init_leaves_its_arguments_alone(kata, device):
    """The list of sizes is as it was."""
    sizes = [4, 2, 1]
    with unchanged(sizes):
        kata.random_init(sizes, 1, device)


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


def test_hidden_gradients_of_a_single_layer(kata, device):
    """Where there is one layer, it is the first, and no sigmoid follows."""
    x, target, parameters = example(device, sizes=(3, 2), batch=5)
    expected = expected_gradient(x, target, parameters)
    result = kata.hidden_gradients(x, target, parameters)
    assert_tensor(result, expected, like=x, atol=ROUNDING[x.dtype])


def test_hidden_gradients_keeps_double_precision_in_four_layers(kata, device):
    """A deeper network is no exception, and float64 is computed in float64 throughout."""
    x, target, parameters = example(device, sizes=(3, 5, 2, 4, 2))
    expected = expected_gradient(x, target, parameters)
    result = kata.hidden_gradients(x, target, parameters)
    assert_tensor(result, expected, like=x, atol=ROUNDING[x.dtype])


def test_hidden_gradients_tells_what_a_small_change_would_do(kata, device):
    """Moving a weight a little moves the loss by the gradient times as much."""
    x, target, parameters = example(device, sizes=(2, 3, 2), batch=5)
    known, inputs, wanted = arrays(parameters), array(x), array(target)
    expected = central_difference(
        lambda weight: loss(inputs, wanted, [(weight, known[0][1]), *known[1:]]), known[0][0]
    )
    result = kata.hidden_gradients(x, target, parameters)
    assert_tensor(result, expected, like=x, rtol=1e-4, atol=1e-6)


def test_hidden_gradients_leaves_its_arguments_alone(kata, device):
    """x, target and parameters are as they were: values, requires_grad and .grad."""
    x, target, parameters = example(device)
    given_tensors = [x, target, *itertools.chain(*parameters)]
    with unchanged(x, target, parameters):
        kata.hidden_gradients(x, target, parameters)
    left = any(tensor.grad is not None for tensor in given_tensors)
    assert_that(not left, "a .grad was left behind; work on detached copies")


@given(neuron=tensors("in", values=VALUES, min_side=1), count=st.integers(1, 5))
def test_neurons_are_twins_where_all_are_the_same(kata, device, neuron, count):
    """A layer that repeats one neuron holds twins, and so does a single neuron."""
    weight, bias = neuron.repeat(count, 1), neuron[-1:].repeat(count)
    assert_value(kata.neurons_are_twins(weight, bias), True)


@given(drawn=tensors("neurons in", "neurons", values=VALUES, min_side=1))
def test_neurons_are_twins_only_where_all_rows_and_biases_agree(kata, device, drawn):
    """All rows of the weight and all biases must agree; a difference anywhere is enough."""
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
        ([[1.0, -2.0], [-1.0, 2.0]], [0.0, 0.0]),
        ([[0.0], [0.0]], [1e-6, 0.0]),
        ([[1e-20, 0.0], [2e-20, 0.0]], [0.0, 0.0]),
        ([[-3.0], [5.0], [1.0]], [0.0, 0.0, 0.0]),
    ],
    ids=str,
)
def test_neurons_are_twins_is_false_for_any_difference(kata, device, weight, bias):
    """One row, one bias, a sign, an order: any difference counts, however small the layer."""
    weight, bias = torch.tensor(weight, device=device), torch.tensor(bias, device=device)
    assert_value(kata.neurons_are_twins(weight, bias), False)


@pytest.mark.parametrize("size", [1.0, -1.0, 2.0**-60, -(2.0**12)], ids=str)
def test_neurons_are_twins_up_to_rounding(kata, device, size):
    """100 eps of the largest entry, be it a weight or a bias, are rounding; 101 eps are not."""
    for dtype in dict.fromkeys((torch.float32, precise(device))):
        eps = torch.finfo(dtype).eps
        level = torch.tensor([size, size], dtype=dtype, device=device)
        answers = []
        for many in (100, 101, 220):
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
        expected = [("100 eps", [True] * 5), ("101 eps", [False] * 5), ("220 eps", [False] * 5)]
        assert_value(answers, expected)


def test_neurons_are_twins_beside_a_far_larger_number(kata, device):
    """What differs is measured by the largest entry of the layer: beside 1, 1e-20 is nothing."""
    ones = torch.ones(2, 3, device=device)
    tiny = torch.tensor([1e-20, 2e-20], device=device)
    assert_value(kata.neurons_are_twins(ones, tiny), True)
    assert_value(kata.neurons_are_twins(tiny[:, None], ones[:, 0]), True)
    assert_value(kata.neurons_are_twins(torch.stack([tiny, ones[:, 0]], 1), tiny), True)
    assert_value(kata.neurons_are_twins(tiny[:, None], tiny), False)


def test_neurons_are_twins_is_false_among_numbers_that_only_float64_holds(kata, device):
    """float64 is compared in float64: 1e-60 and 2e-60 differ, where nothing is larger."""
    dtype = precise(device)
    size = 1e-60 if dtype == torch.float64 else 1e-30
    tiny = torch.tensor([size, 2 * size], dtype=dtype, device=device)
    assert_value(kata.neurons_are_twins(tiny[:, None], tiny), False)


def test_neurons_are_twins_is_false_for_a_chain_of_small_differences(kata, device):
    """Rounding from neuron to neuron adds up: the first and the last must be equal too."""
    for dtype in dict.fromkeys((torch.float32, precise(device))):
        steps = torch.arange(9, dtype=dtype, device=device) * 60 * torch.finfo(dtype).eps
        for row in (1 + steps, 1 + steps.flip(0)):
            ones = torch.ones_like(row)
            assert_value(kata.neurons_are_twins(row[:, None], ones), False)
            assert_value(kata.neurons_are_twins(ones[:, None], row), False)


def test_neurons_are_twins_in_a_layer_of_zeros(kata, device):
    """Zeros equal zeros, though the largest entry is 0."""
    weight, bias = torch.zeros(3, 2, device=device), torch.zeros(3, device=device)
    assert_value(kata.neurons_are_twins(weight, bias), True)


def test_neurons_are_twins_leaves_its_arguments_alone(kata, device):
    """Weight and bias are as they were."""
    _, _, [(weight, bias)] = example(device, sizes=(3, 2))
    with unchanged(weight, bias):
        kata.neurons_are_twins(weight, bias)


@pytest.mark.parametrize("value", [0.0, 0.5])
@pytest.mark.parametrize("sizes", [[4, 2, 1], [4, 3, 2, 2]], ids=str)
def test_symmetry_survives_where_all_weights_are_equal(kata, device, sizes, value):
    """Zeros, or any other number everywhere: the hidden neurons stay twins."""
    for dtype in dict.fromkeys((torch.float32, precise(device))):
        x, target, _ = example(device, sizes=sizes, batch=5)
        parameters = constant(sizes, value, dtype, device)
        result = kata.symmetry_survives(x.to(dtype), target.to(dtype), parameters, 0.25, 4)
        assert_value(result, True)


def test_symmetry_survives_no_random_weights(kata, device):
    """Neurons that start differently do not become twins by training."""
    x, target, parameters = example(device, sizes=(4, 2, 1))
    for steps in (0, 1, 5):
        assert_value(kata.symmetry_survives(x, target, parameters, 0.1, steps), False)


def test_symmetry_survives_up_to_rounding(kata, device):
    """Twins are judged as in neurons_are_twins: 30 eps of the largest entry are forgiven."""
    x, target, parameters = _weighed_differently(device)
    (first, bias), last = parameters
    eps = torch.finfo(x.dtype).eps
    far = torch.tensor([[0.0], [30 * eps], [-30 * eps]], dtype=x.dtype, device=device)
    tiny = torch.tensor([1e-20, 0.0, 2e-20], dtype=x.dtype, device=device)
    for layer in ((first * (1 + far), bias), (first, tiny)):
        assert_value(kata.symmetry_survives(x, target, [layer, last], 0.1, 0), True)


def test_symmetry_survives_no_difference_beyond_rounding(kata, device):
    """A small difference counts too: in a weight or a bias, among small numbers, in float64."""
    x, target, [(first, bias), _] = _weighed_differently(device)
    small = 1e-9 if x.dtype == torch.float64 else 1e-4
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


def test_symmetry_survives_in_the_first_layer_whatever_others_hold(kata, device):
    """Twins that each neuron of the next layer treats alike stay twins; the others need not be."""
    x, target, [first, _] = _weighed_differently(device)
    _, _, [(column, bias), last] = example(device, sizes=(1, 4, 1))
    parameters = [first, (column.repeat(1, 3), bias), last]
    for steps in (0, 1, 4):
        assert_value(kata.symmetry_survives(x, target, parameters, 0.25, steps), True)


def test_symmetry_survives_until_the_first_step_counts(kata, device):
    """Twins that the next layer weighs differently are twins after 0 steps, and not after 1."""
    x, target, parameters = _weighed_differently(device)
    answers = _after(kata, (x, target, parameters), 0.5, (0, 1, 2))
    assert_value(answers, [True, False, False])


def test_symmetry_survives_a_learning_rate_of_zero(kata, device):
    """Without moving, the neurons stay what they are."""
    x, target, parameters = _weighed_differently(device)
    assert_value(kata.symmetry_survives(x, target, parameters, 0.0, 3), True)


def test_symmetry_survives_as_long_as_nothing_comes_back(kata, device):
    """Behind a last layer of zeros, step 1 moves only that layer; with step 2 the twins part."""
    x, target, parameters = _weighed_differently(device)
    last = torch.zeros(1, 1, dtype=x.dtype, device=device)
    parameters = [*parameters, (last, last[0].clone())]
    answers = [
        (
            f"samples: {n}; steps 0 to 3",
            _after(kata, (x[:n], target[:n], parameters), 0.5, (0, 1, 2, 3)),
        )
        for n in (5, 1)
    ]
    expected = [True, True, False, False]
    assert_value(answers, [(f"samples: {n}; steps 0 to 3", expected) for n in (5, 1)])


def test_symmetry_survives_one_step_to_where_two_neurons_meet(kata, device):
    """Each weight and bias becomes itself minus learning_rate times its gradient."""
    agreeing, apart, alike = (1.0, 1.0), (2.0, 0.0), ((1.5, 0.5), (0.0, 0.0))
    cases = (
        ("learning rate 0.125", _two_neurons(device, agreeing), 0.125, False),
        ("learning rate 0.25", _two_neurons(device, agreeing), 0.25, False),
        ("learning rate 0.5", _two_neurons(device, agreeing), 0.5, True),
        ("learning rate 1.0", _two_neurons(device, agreeing), 1.0, False),
        ("targets that lead apart", _two_neurons(device, apart), 0.5, False),
        ("biases that part", _two_neurons(device, agreeing, *alike), 1.0, False),
    )
    answers = [(case, kata.symmetry_survives(*start, rate, 1)) for case, start, rate, _ in cases]
    assert_value(answers, [(case, answer) for case, _, _, answer in cases])


def test_symmetry_survives_judges_the_layer_after_exact_steps(kata, device):
    """Training can lead neurons into one point, and apart again: only the last step counts."""
    same = _two_neurons(device, (1.0, 1.0)), 0.5
    answers = [("same targets; steps 0, 1, 2, 4", _after(kata, *same, (0, 1, 2, 4)))]
    expected = [("same targets; steps 0, 1, 2, 4", [False, True, True, True])]
    meetings = (
        (1, 1, _two_neurons(device, (0.5, 1.5)), 0.25),
        (1, 2, _two_neurons(device, (0.5, 1.0), (1.0, 0.25), (0.5, -0.25)), 0.25),
        *((layers, n, *_meeting(device, layers, n)) for layers, n in ((2, 1), (2, 2), (3, 3))),
    )
    for layers, n, start, rate in meetings:
        case = f"layers: {layers}; steps"
        answers.append(
            (f"{case} {n - 1} to {n + 1}", _after(kata, start, rate, range(n - 1, n + 2)))
        )
        expected.append((f"{case} {n - 1} to {n + 1}", [False, True, False]))
        others = [kata.symmetry_survives(*start, f * rate, n) for f in (0.98, 1.02, 0.5, 2.0)]
        answers.append((f"{case} {n}, other learning rates", others))
        expected.append((f"{case} {n}, other learning rates", [False] * 4))
    assert_value(answers, expected)


def test_symmetry_survives_leaves_its_arguments_alone(kata, device):
    """x, target, the parameters and the list that holds them are as they were."""
    x, target, parameters = example(device)
    given_tensors = [x, target, *itertools.chain(*parameters)]
    with unchanged(*given_tensors, parameters):
        kata.symmetry_survives(x, target, parameters, 0.5, 2)
    left = any(tensor.grad is not None for tensor in given_tensors)
    assert_that(not left, "a .grad was left behind; work on detached copies")


def _after(kata, start, learning_rate, numbers):
    """The answers after these numbers of steps."""
    return [kata.symmetry_survives(*start, learning_rate, steps) for steps in numbers]


def _weighed_differently(device):
    """Three hidden twins, to which the output gives different weights."""
    x, target, parameters = example(device, sizes=(2, 3, 1), batch=5)
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


def _meeting(device, layers, steps):
    """A network of two hidden neurons, and the learning rate that makes them meet in `steps`.

    x is 1 throughout, so that a neuron's weight and bias have one gradient; as the two differ by
    the same, both differences vanish together: a question of one unknown, solved by bisection.
    """
    dtype, (target, start) = precise(device), MEETINGS[layers]

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


@given(drawn=networks())
def test_break_symmetry_with_a_scale_of_zero_changes_nothing(kata, device, drawn):
    """Noise of standard deviation 0 is none; shapes, dtype and device are those of the network."""
    _, _, parameters = drawn
    result = kata.break_symmetry(parameters, 0.0, 2)
    assert_like(result, parameters)
    for pair, old in zip(result, parameters, strict=True):
        assert_tensor(pair[0], old[0], rtol=0, atol=0)
        assert_tensor(pair[1], old[1], rtol=0, atol=0)


@pytest.mark.parametrize(("value", "scale"), [(0.0, 3.0), (0.5, 0.01)])
def test_break_symmetry_adds_normal_noise_to_every_weight(kata, device, value, scale):
    """What is added has mean 0, standard deviation scale and a normal distribution."""
    parameters = constant(LARGE, value, torch.float32, device)
    result = kata.break_symmetry(parameters, scale, 4)
    assert_like(result, parameters)
    for weight, bias in result:
        assert_drawn(array(weight) - value, scale, (normal_law,), "the noise")
        noise = array(bias) - value
        if noise.any():
            assert_drawn(noise, scale, (normal_law,), "the noise on a bias, if any,")


def test_break_symmetry_gives_noise_to_a_weight_alone_in_its_layer(kata, device):
    """However small a layer is, its weights get noise of standard deviation scale."""
    parameters = constant([1] * 101, 0.5, torch.float32, device)
    result = kata.break_symmetry(parameters, 0.25, 3)
    assert_like(result, parameters)
    noise = array(torch.cat([weight for weight, _ in result])) - 0.5
    assert_drawn(noise, 0.25, (normal_law,), "the noise")


def test_break_symmetry_draws_noise_for_every_weight_by_itself(kata, device):
    """No two numbers share their noise: neither within a layer nor from layer to layer."""
    parameters = constant([90, 90, 90, 90], 0.0, torch.float32, device)
    result = kata.break_symmetry(parameters, 1.0, 8)
    assert_like(result, parameters)
    noise = [array(weight) for weight, _ in result]
    for draws, (_, bias) in zip(noise, result, strict=True):
        biases = array(bias)[:, None]
        every = np.concatenate([draws, biases], axis=1) if biases.any() else draws
        assert_by_itself(every, "the noise of a layer")
    for first, second in itertools.combinations(noise, 2):
        assert_unrelated(first, second, "the noise")
        assert_unrelated(first, second.T, "the noise")
    on_biases = [array(bias) for _, bias in result if bias.any()]
    for first, second in itertools.combinations(on_biases, 2):
        assert_unrelated(first, second, "the noise on the biases, if any,")


def test_break_symmetry_keeps_double_precision(kata, device):
    """float64 weights keep their digits: tiny noise stays tiny."""
    dtype = precise(device)
    scale = 1e-10 if dtype == torch.float64 else 1e-3
    parameters = constant([30, 40], 1 / 3, dtype, device)
    result = kata.break_symmetry(parameters, scale, 6)
    assert_like(result, parameters)
    noise = array(result[0][0]) - array(parameters[0][0])
    assert_that(0.5 * scale < noise.std() < 2 * scale, f"the noise has size {noise.std():g}")


def test_break_symmetry_repeats_itself_for_the_same_seed(kata, device):
    """The same seed on the same device gives the same noise, whatever was drawn in between."""
    parameters = constant([20, 30, 10], 0.5, torch.float32, device)
    for seed in (0, 7):
        first = kata.break_symmetry(parameters, 0.1, seed)
        with other_random_states():
            second = kata.break_symmetry(parameters, 0.1, seed)
        assert_like(first, parameters)
        assert_like(second, parameters)
        for pair, again in zip(first, second, strict=True):
            assert_tensor(again[0], pair[0], rtol=0, atol=0)
            assert_tensor(again[1], pair[1], rtol=0, atol=0)


def test_break_symmetry_differs_from_seed_to_seed(kata, device):
    """Another seed gives other noise, in every layer."""
    parameters = constant([20, 30, 10], 0.0, torch.float32, device)
    drawn = {}
    for seed in SEEDS:
        result = kata.break_symmetry(parameters, 1.0, seed)
        assert_like(result, parameters)
        drawn[seed] = [array(weight) for weight, _ in result]
    assert_seeds_differ(drawn, "noise")


def test_break_symmetry_leaves_the_global_random_states_alone(kata, device):
    """Neither torch's nor NumPy's nor Python's own generator moves."""
    _, _, parameters = example(device)
    with random_states_kept(device):
        kata.break_symmetry(parameters, 0.1, 11)


def test_break_symmetry_leaves_its_arguments_alone(kata, device):
    """The parameters and the list that holds them are as they were."""
    _, _, parameters = example(device)
    with unchanged(*itertools.chain(*parameters), parameters):
        kata.break_symmetry(parameters, 0.1, 1)
