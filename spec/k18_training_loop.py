"""What a right k18_training_loop does.

Teaches the loop of minibatches, loss, gradients and steps, and how to measure what it has
learned. Leaves the backward pass by hand to k14, autograd as such to k16, and modules to k17.
"""

import contextlib
import copy
import gc
import itertools
import weakref

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from .harness.checks import (
    COUNTING,
    CheckFailure,
    array,
    assert_metadata,
    assert_tensor,
    assert_that,
    assert_value,
    count,
    edge,
    either,
    has_dtype,
    precise,
    random_states_kept,
    reference,
    show,
    tensors,
    timed,
    tr,
    unchanged,
)

SEEDS = either(st.integers(0, 9), st.integers(0, 2**31))
HALVES = [number / 2 for number in range(-4, 5) if number]  # 0 is left out
ENOUGH = 5.0  # seconds that solve_moons always has, however quick the reference is


class Probe(nn.Sequential):
    """Notes, each time that it runs, whether it is in train mode and whether gradients are on."""

    def __init__(self, *parts):
        super().__init__(*parts)
        self.seen = []

    def forward(self, x):
        self.seen.append((self.training, torch.is_grad_enabled()))
        return super().forward(x)

    def __deepcopy__(self, memo):
        parts = [copy.deepcopy(part, memo) for part in self]
        twin = Probe(*parts)
        twin.training = self.training
        twin.seen = self.seen  # a copy that is run in the model's place counts too
        return twin


def modes_of(model):
    """The modes in which the model, a part and a part of a part ran, by name, in their order."""
    probes = zip(
        ("model", "part", tr("part of a part")), (model, model[0], model[1][0]), strict=True
    )
    return {
        name: ["train" if training else "eval" for training, _ in probe.seen]
        for name, probe in probes
    }


class Mirror(nn.Module):
    """Swaps the classes in train mode, so that the two modes say the opposite."""

    def forward(self, logits):
        return logits.flip(1) if self.training else logits


class Ageing(nn.Module):
    """Counts the samples seen in train mode, and swaps the classes once it has seen too many."""

    def __init__(self, limit):
        super().__init__()
        self.limit = limit
        self.register_buffer("seen", torch.zeros((), dtype=torch.int64))

    def forward(self, logits):
        if self.training:
            self.seen += len(logits)
        return logits.flip(1) if self.seen > self.limit and not self.training else logits


class Traced(torch.autograd.Function):
    """Adds nothing; its node lives as long as the graph that it is in."""

    @staticmethod
    def forward(ctx, loss):
        return loss.clone()

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output


def tensor(numbers, device, dtype=None):
    """The numbers on the device, floats as float32 unless another dtype is asked for."""
    result = torch.tensor(np.asarray(numbers))
    if dtype is None and result.is_floating_point():
        dtype = torch.float32
    return result.to(dtype=dtype or result.dtype).to(device)


def linear(weight, bias, device, dtype=torch.float32):
    """A linear layer with these numbers."""
    layer = nn.Linear(len(weight[0]), len(weight), device=device, dtype=dtype)
    with torch.no_grad():
        layer.weight.copy_(tensor(weight, device, dtype))
        layer.bias.copy_(tensor(bias, device, dtype))
    return layer


def assert_shapes(model, shapes):
    """The parameters that the module has found are of these shapes, in any order."""
    __tracebackhide__ = True
    found = [tuple(parameter.shape) for parameter in model.parameters()]
    problem = tr("parameters() should have the shapes {shapes}, and has {found}").format(
        shapes=shapes, found=found or tr("nothing")
    )
    assert_that(sorted(found) == sorted(shapes), problem)


def fill(model, sizes):
    """Gives the layers of a network whose sizes all differ numbers of our own; returns these."""
    numbers = np.random.default_rng(17)
    shapes = [shape for into, out in itertools.pairwise(sizes) for shape in ((out, into), (out,))]
    values = [numbers.choice(HALVES, shape) for shape in shapes]
    put(model, values)
    return list(zip(values[::2], values[1::2], strict=True))


def put(model, values):
    """Gives the parameters of a model, whose shapes all differ, these values."""
    shapes = [np.shape(value) for value in values]
    assert_shapes(model, shapes)
    by_shape = {tuple(parameter.shape): parameter for parameter in model.parameters()}
    with torch.no_grad():
        for shape, value in zip(shapes, values, strict=True):
            parameter = by_shape[shape]
            parameter.copy_(tensor(value, parameter.device, parameter.dtype))


def network(x, layers):
    """The logits in NumPy."""
    for weight, bias in layers[:-1]:
        x = np.maximum(x @ weight.T + bias, 0)
    weight, bias = layers[-1]
    return x @ weight.T + bias


def test_MLP_turns_what_is_negative_between_layers_into_zero(kata, device):
    """Numbers below 0 come out of a hidden layer as 0; in x and in the logits they stay."""
    model = kata.MLP([2, 3, 2]).to(device)
    put(model, [[[1, 0], [0, 1], [1, 1]], [1, 0, -3], [[1, 2, 1], [-1, 1, 1]], [5, 0]])
    logits = model(torch.tensor([[3.0, -2.0], [-1.0, 5.0]], device=device))
    assert_metadata(logits, shape=(2, 2), dtype=torch.float32, device=device)
    expected = [[9.0, -4.0], [16.0, 6.0]]
    made = tr(
        "x is [[3, -2], [-1, 5]]; the first layer has the weight [[1, 0], [0, 1], [1, 1]] "
        "and the bias [1, 0, -3], the second [[1, 2, 1], [-1, 1, 1]] and [5, 0]"
    )
    if not np.allclose(array(logits), expected):
        wanted = tensor(expected, device)
        raise CheckFailure(made, show(wanted), show(logits), wanted=wanted, actual=logits)


SIZES = either(
    st.permutations([2, 3, 4, 5]).map(lambda numbers: numbers[:3]),
    st.integers(2, 5).flatmap(
        lambda n: st.permutations([1, 2, 3, 4, 5]).map(lambda numbers: numbers[:n])
    ),
)


@given(sizes=SIZES, batch=either(st.integers(2, 4), st.integers(0, 4)))
def test_MLP_is_linear_layers_with_relu_between(kata, device, sizes, batch):
    """A linear layer for each pair of sizes, ReLU between them, and nothing after the last."""
    model = kata.MLP(list(sizes)).to(device).eval()
    layers = fill(model, sizes)
    numbers = np.random.default_rng(batch).integers(-3, 4, (batch, sizes[0]))
    x = tensor(numbers, device, torch.float32)
    with torch.no_grad():
        logits = model(x)
    assert_tensor(logits, network(array(x), layers), like=x)


def assert_layers(model, sizes):
    """The parameters are a weight and a bias for each pair of sizes, float32 on the CPU."""
    __tracebackhide__ = True
    assert_that(isinstance(model, nn.Module), "an MLP should be an nn.Module")
    assert_shapes(model, [shape for i, o in itertools.pairwise(sizes) for shape in ((o, i), (o,))])
    for parameter in model.parameters():
        cpu, shape = torch.device("cpu"), tuple(parameter.shape)
        assert_metadata(parameter, shape=shape, dtype=torch.float32, device=cpu)
        assert_that(parameter.requires_grad, "parameters should require gradients")


@pytest.mark.parametrize("sizes", [[2, 5, 3], [4, 3, 5, 2], [2, 5, 5, 5, 3]])
def test_MLP_has_a_weight_and_a_bias_for_each_pair_of_sizes(kata, sizes):
    """parameters() are the weights (out, in) and biases (out,) of the layers, and no others."""
    assert_layers(kata.MLP(list(sizes)), sizes)


def test_MLP_starts_random(kata):
    """No two neurons of a layer start alike, nor do two models."""
    one, other = kata.MLP([3, 20, 2]), kata.MLP([3, 20, 2])
    for shape in ((20, 3), (2, 20)):
        weights = [array(p) for m in (one, other) for p in m.parameters() if p.shape == shape]
        assert_value(len(weights), 2)
        assert_that(bool(np.isfinite(weights).all()), "the weights should be finite")
        own = len(np.unique(weights[0], axis=0)) == shape[0]
        assert_that(
            own,
            tr("two neurons of the layer with a weight of shape {shape} start alike").format(
                shape=shape
            ),
        )
        assert_that(not np.array_equal(*weights), "two models start alike")


def test_MLP_lets_autograd_reach_every_parameter(kata, device):
    """backward() leaves a gradient in each weight and bias, as the chain rule has it."""
    sizes = [3, 5, 4, 2]
    model = kata.MLP(sizes).to(device)
    layers = fill(model, sizes)
    numbers = np.random.default_rng(3)
    x, direction = numbers.uniform(-2, 2, (6, 3)), numbers.uniform(-2, 2, (6, 2))
    logits = model(tensor(x, device))
    (logits * tensor(direction, device)).sum().backward()
    inputs = [x]
    for weight, bias in layers[:-1]:
        inputs.append(np.maximum(inputs[-1] @ weight.T + bias, 0))
    gradients = {}
    for layer in reversed(range(3)):
        weight, bias = layers[layer]
        gradients[weight.shape] = direction.T @ inputs[layer]
        gradients[bias.shape] = direction.sum(axis=0)
        direction = (direction @ weight) * (inputs[layer] > 0)
    for parameter in model.parameters():
        expected = gradients[tuple(parameter.shape)]
        assert_tensor(parameter.grad, expected, like=parameter, rtol=1e-4, atol=1e-4)


def test_MLP_is_the_same_in_both_modes(kata, device):
    """Train mode and eval mode, and a second call, give the same logits."""
    model, x = kata.MLP([2, 30, 3]).to(device), torch.ones(4, 2, device=device)
    with torch.no_grad():
        logits = model.train()(x)
        assert_tensor(model.train()(x), logits)
        assert_tensor(model.eval()(x), logits)


def test_MLP_leaves_its_arguments_alone(kata, device):
    """The list of sizes and the batch are as they were."""
    sizes = [2, 3, 2]
    x = torch.tensor([[-1.0, 2.0], [3.0, -4.0]], device=device)
    with unchanged(sizes, x):
        kata.MLP(sizes).to(device)(x)


@edge
@pytest.mark.parametrize("sizes", [[3, 2], [1, 1, 7, 1, 2]])
def test_MLP_may_be_a_single_layer_or_have_a_single_neuron(kata, sizes):
    """Two sizes make one layer, and a size may be 1."""
    assert_layers(kata.MLP(list(sizes)), sizes)


@edge
def test_MLP_computes_in_float64_after_double(kata, device):
    """A float64 model takes float64 batches, and its logits have all their digits."""
    sizes, dtype = [3, 4, 2], precise(device)
    model = kata.MLP(sizes).to(device=device, dtype=dtype)
    layers = fill(model, sizes)
    x = tensor(np.random.default_rng(4).uniform(-2, 2, (5, 3)), device, dtype)
    assert_tensor(model(x), network(array(x), layers), like=x)


def assert_seen(condition, problem, got):
    """The condition holds; else the learner sees `got` and not what the function returned."""
    __tracebackhide__ = True
    count()
    if not condition:
        raise CheckFailure(problem, got=show(got))


@contextlib.contextmanager
def random_states_kept_by_batches(device):
    """As `random_states_kept`, for what is done with a generator."""
    __tracebackhide__ = True
    try:
        with random_states_kept(device):
            yield
    except CheckFailure as failure:
        raise CheckFailure(failure.problem, got="batches", about=failure.about) from None


def pairs(batches):
    """The batches as a list of (x, y); checks that each is a pair of tensors."""
    __tracebackhide__ = True
    batches = list(batches)
    odd = [b for b in batches if not (isinstance(b, (tuple, list)) and len(b) == 2)]
    assert_seen(not odd, tr("a batch should be a pair (x, y)"), odd[:1])
    return [tuple(batch) for batch in batches]


def order_of(batches):
    """The sample numbers that y holds, in the order in which they come."""
    return [number for _, y in pairs(batches) for number in y.tolist()]


def assert_same_samples(x, y, batches):
    """Together the batches hold each (x, y) once; the ys tell the samples apart."""
    __tracebackhide__ = True
    for batch_x, batch_y in batches:
        count = len(batch_y) if isinstance(batch_y, torch.Tensor) else 0
        assert_metadata(batch_y, shape=(count, *y.shape[1:]), dtype=y.dtype, device=y.device)
        assert_metadata(batch_x, shape=(count, *x.shape[1:]), dtype=x.dtype, device=x.device)
    known = dict(zip(y.flatten().tolist(), x, strict=True))
    numbers = [number for _, batch_y in batches for number in batch_y.flatten().tolist()]
    assert_value(sorted(numbers), sorted(known))
    if numbers:
        together = torch.cat([batch_x for batch_x, _ in batches])
        expected = torch.stack([known[number] for number in numbers])
        assert_tensor(together, expected, rtol=0, atol=0)


@given(
    x=either(
        tensors("n features", values=COUNTING, sides={"n": (4, 7)}),
        tensors("n features", values=COUNTING, sides={"n": (0, 7)}),
    ),
    batch_size=either(st.integers(2, 3), st.integers(1, 9)),
    seed=SEEDS,
)
def test_minibatches_hold_every_sample_once(kata, device, x, batch_size, seed):
    """Every sample comes once, each x with its own y; all batches but the last are full."""
    y = 10 * torch.arange(len(x), device=device) + 3
    batches = pairs(kata.minibatches(x, y, batch_size, seed))
    full, rest = divmod(len(x), batch_size)
    lengths = [len(batch_y) for _, batch_y in batches]
    assert_value(lengths, [batch_size] * full + [rest] * (rest > 0))
    assert_same_samples(x, y, batches)


@pytest.mark.parametrize(("size", "lengths"), [(2, [2, 2, 2]), (4, [4, 2]), (5, [5, 1])])
def test_minibatches_are_full_but_for_the_last(kata, device, size, lengths):
    """Only the last batch may be short, and where the size divides n, no empty one is left over."""
    x, y = torch.arange(12.0, device=device).reshape(6, 2), torch.arange(6, device=device)
    batches = pairs(kata.minibatches(x, y, size, 1))
    assert_value([len(batch_y) for _, batch_y in batches], lengths)


def test_minibatches_mix_the_samples(kata):
    """Samples are shuffled, not batches: any two of four may meet in the first batch of two."""
    x, y = torch.arange(4.0).reshape(4, 1), torch.arange(4)  # on the CPU, where calls are quick
    met = {tuple(sorted(order_of(kata.minibatches(x, y, 2, seed))[:2])) for seed in range(100)}
    assert_value(sorted(met), list(itertools.combinations(range(4), 2)))


def test_minibatches_come_in_any_order(kata):
    """All six orders of three samples turn up among a hundred seeds, within one batch too."""
    x, y = torch.arange(3.0).reshape(3, 1), torch.arange(3)  # on the CPU, where calls are quick
    orders = {tuple(order_of(kata.minibatches(x, y, 3, seed))) for seed in range(100)}
    assert_value(sorted(orders), list(itertools.permutations(range(3))))


def test_minibatches_repeat_themselves_for_the_same_seed(kata, device):
    """The same seed gives the same order, another seed another, 0 included."""
    x, y = torch.arange(40.0, device=device).reshape(20, 2), torch.arange(20, device=device)
    seeds = (0, 1, 1000)
    first = [order_of(kata.minibatches(x, y, 9, seed)) for seed in seeds]
    again = [order_of(kata.minibatches(x, y, 9, seed)) for seed in seeds]
    new = [
        seed for seed, *orders in zip(seeds, first, again, strict=True) if orders[0] != orders[1]
    ]
    assert_seen(not new, tr("another order the second time for these seeds"), new)
    differ = len({tuple(order) for order in first}) == len(seeds)
    assert_seen(differ, tr("another seed should give another order"), first)


def test_minibatches_take_images_and_targets_of_any_shape(kata, device):
    """A sample is an entry of the first axis, and its other axes stay as they are."""
    x = torch.arange(5.0 * 3 * 2 * 4, device=device).reshape(5, 3, 2, 4)
    y = torch.arange(5.0, device=device).reshape(5, 1)
    assert_same_samples(x, y, pairs(kata.minibatches(x, y, 2, 4)))


def test_minibatches_leave_their_arguments_alone(kata, device):
    """x and y are as they were, in the same order, when the last batch has come."""
    x, y = torch.arange(10.0, device=device).reshape(5, 2), torch.arange(5, device=device)
    with unchanged(x, y):
        list(kata.minibatches(x, y, 2, 3))


@edge
@pytest.mark.parametrize("size", [6, 100])
def test_minibatches_may_be_a_single_one(kata, device, size):
    """Where batch_size is n or more, there is one batch of all samples."""
    x, y = torch.arange(12.0, device=device).reshape(6, 2), torch.arange(6, device=device)
    batches = pairs(kata.minibatches(x, y, size, 1))
    assert_value([len(batch_y) for _, batch_y in batches], [6])


@edge
def test_minibatches_of_nothing_are_none(kata, device):
    """Without samples there is no batch, not even an empty one."""
    x, y = torch.ones(0, 3, device=device), torch.ones(0, dtype=torch.int64, device=device)
    assert_value(len(list(kata.minibatches(x, y, 4, 0))), 0)


@edge
def test_minibatches_keep_dtypes_and_values(kata, device):
    """The batches have the dtypes of x and y, and integers that float64 can't hold are exact."""
    x = 2**53 + torch.arange(5 * 2, device=device).reshape(5, 2)
    y = torch.arange(5.0, device=device, dtype=precise(device)).reshape(5, 1) / 3
    assert_same_samples(x, y, pairs(kata.minibatches(x, y, 2, 4)))


@edge
def test_minibatches_come_one_at_a_time(kata, device):
    """The result is an iterator: next() gets the first batch."""
    x, y = torch.ones(5, 2, device=device), torch.arange(5, device=device)
    batches = kata.minibatches(x, y, 2, 0)
    is_iterator = hasattr(batches, "__next__") and iter(batches) is batches
    assert_seen(is_iterator, tr("the result should be a generator"), type(batches).__name__)
    assert_value(len(pairs([next(batches)])[0][1]), 2)
    assert_value([len(batch_y) for _, batch_y in pairs(batches)], [2, 1])


@edge
def test_minibatches_shuffle_all_the_samples(kata):
    """Among many samples, the new place of one has nothing to do with the old, nor do neighbours.

    Of the samples in each quarter, a quarter goes to each quarter; by chance the sum of squares
    passes 70 less than once in ten billion times, while a swap of each place with any other makes
    it about 160.
    """
    n = 32000
    y = torch.arange(n)  # on the CPU, where calls are quick
    order = np.array(order_of(kata.minibatches(y, y, n // 4, 2)))
    assert_value(sorted(order.tolist()), list(range(n)))
    counts = np.bincount(4 * (np.arange(n) * 4 // n) + order * 4 // n, minlength=16)
    uneven = ((counts - n / 16) ** 2).sum() / (n / 16)
    begin = order[:20].tolist()
    assert_seen(uneven < 70, tr("some places are likelier than others for a sample"), begin)
    neighbours = np.count_nonzero(np.diff(order) == 1)
    assert_seen(neighbours < 20, tr("samples that were neighbours stay neighbours"), begin)


@edge
def test_minibatches_leave_the_global_random_states_alone(kata, device):
    """Neither torch's nor NumPy's nor Python's generator moves, between batches either."""
    x, y = torch.ones(5, 2, device=device), torch.arange(5, device=device)
    with random_states_kept_by_batches(device):
        batches = iter(kata.minibatches(x, y, 2, 3))
        next(batches)
    with random_states_kept_by_batches(device):
        list(batches)


def lopsided(prediction, target):
    """A mean loss in which prediction and target play different parts."""
    difference = prediction - target
    return (difference * difference + prediction).mean()


def drawn_batches(lengths, device, dtype, seed=17):
    """Batches of these lengths, x (n, 3) and y (n, 2)."""
    numbers = np.random.default_rng(seed)
    return [
        tuple(tensor(numbers.integers(-9, 10, (n, size)) / 10, device, dtype) for size in (3, 2))
        for n in lengths
    ]


def layer_of_three(device, dtype):
    """A linear layer from 3 to 2, with numbers of our own."""
    weight = [[0.5, -1.0, 0.25], [0.1, 0.75, -0.5]]
    return linear(weight, [0.3, -0.2], device, dtype)


def epoch_by_hand(batches, learning_rate, momentum, weight, bias):
    """The same epoch in NumPy, with the slopes of `lopsided`: weight, bias and mean loss."""
    speeds = [0.0, 0.0]
    losses = []
    for x, y in batches:
        x, y = array(x), array(y)
        prediction = x @ weight.T + bias
        losses += [np.mean((prediction - y) ** 2 + prediction)] * len(x)
        slope = (2 * (prediction - y) + 1) / prediction.size
        gradients = (slope.T @ x, slope.sum(axis=0))
        speeds = [momentum * s + g for s, g in zip(speeds, gradients, strict=True)]
        weight, bias = weight - learning_rate * speeds[0], bias - learning_rate * speeds[1]
    return weight, bias, float(np.mean(losses))


LENGTHS = either(
    st.sampled_from([(3, 2), (2, 3), (4, 3, 2), (2, 5, 3)]).map(list),
    st.lists(st.integers(1, 4), min_size=1, max_size=4),
)


PRECISION = either(st.just(torch.float32), st.sampled_from([torch.float32, torch.float64]))


def known(device, dtype):
    """The dtype, or float32 where the device has no other."""
    return dtype if has_dtype(device, dtype) else torch.float32


def straight(prediction, y):
    """A loss whose gradient is the same wherever the weight is: the mean of the products."""
    return (prediction * y).mean()


def test_train_epoch_steps_by_one_batch_s_gradient_alone(kata, device):
    """Each step follows the gradient of its own batch's loss, and of no other."""
    model = nn.Linear(1, 1, bias=False, device=device)
    nn.init.zeros_(model.weight)
    batches = [(tensor([[x]], device), tensor([[1.0]], device)) for x in (2.0, 5.0, 1.0)]
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
    kata.train_epoch(model, batches, straight, optimizer)
    weight = model.weight.item()
    problem = tr(
        "a weight of 0, after gradients of 2, 5 and 1 at a rate of 1, should be -8, not {weight:g}"
    ).format(weight=weight)
    assert_that(abs(weight + 8) < 1e-4, problem)


@given(
    lengths=LENGTHS,
    learning_rate=either(st.just(0.1), st.sampled_from([0.1, 0.5])),
    momentum=either(st.just(0.0), st.sampled_from([0.0, 0.9])),
    dtype=PRECISION,
)
def test_train_epoch_takes_a_step_for_each_batch(
    kata, device, lengths, learning_rate, momentum, dtype
):
    """After the epoch the weights are those of one optimizer step a batch, in their order."""
    dtype = known(device, dtype)
    model, batches = layer_of_three(device, dtype), drawn_batches(lengths, device, dtype)
    start = array(model.weight), array(model.bias)
    weight, bias, _ = epoch_by_hand(batches, learning_rate, momentum, *start)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=momentum)
    kata.train_epoch(model, batches, lopsided, optimizer)
    atol = 1e-5 if dtype == torch.float32 else 1e-11
    assert_tensor(model.weight, weight, like=model.weight, atol=atol)
    assert_tensor(model.bias, bias, like=model.bias, atol=atol)


@given(lengths=LENGTHS, dtype=PRECISION)
def test_train_epoch_returns_the_mean_loss_over_the_samples(kata, device, lengths, dtype):
    """Each sample counts alike, in a short batch too; a loss is taken before its batch's step."""
    dtype = known(device, dtype)
    model, batches = layer_of_three(device, dtype), drawn_batches(lengths, device, dtype)
    *_, expected = epoch_by_hand(batches, 0.5, 0.0, array(model.weight), array(model.bias))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    result = kata.train_epoch(model, batches, lopsided, optimizer)
    atol = 1e-5 if dtype == torch.float32 else 1e-10
    assert_value(result, expected, rtol=atol, atol=atol)


def test_train_epoch_goes_once_through_a_generator(kata, device):
    """Batches may be a generator, which has no length and can be gone through once only."""
    model, batches = layer_of_three(device, torch.float32), drawn_batches([4, 4, 1], device, None)
    weight, bias, loss = epoch_by_hand(batches, 0.1, 0.0, array(model.weight), array(model.bias))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    result = kata.train_epoch(model, (batch for batch in batches), lopsided, optimizer)
    assert_value(result, loss, rtol=1e-5)
    assert_tensor(model.weight, weight, like=model.weight)
    assert_tensor(model.bias, bias, like=model.bias)


def test_train_epoch_runs_in_train_mode(kata, device):
    """The model and all its submodules are in train mode, though it comes in eval mode."""
    model = Probe(Probe(), nn.Sequential(Probe()), nn.Linear(3, 2, device=device))
    model.eval()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    kata.train_epoch(model, drawn_batches([2, 1], device, None), lopsided, optimizer)
    modes = modes_of(model)
    called = all(len(seen) >= 2 for seen in modes.values())
    assert_that(called, "the model should be called on each batch")
    trained = all(mode == "train" for seen in modes.values() for mode in seen)
    assert_that(
        trained, tr("parts of the model ran in these modes: {modes}").format(modes=show(modes))
    )


def test_train_epoch_leaves_the_step_to_the_optimizer(kata, device):
    """The optimizer knows how a step is taken: Adam's first one is lr long for each number."""
    model, batches = layer_of_three(device, torch.float32), drawn_batches([3], device, None)
    start = array(model.weight), array(model.bias)
    by_slope = epoch_by_hand(batches, 1.0, 0.0, *start)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    kata.train_epoch(model, batches, lopsided, optimizer)
    for parameter, old, new in zip((model.weight, model.bias), start, by_slope[:2], strict=True):
        assert_tensor(parameter, old + 0.1 * np.sign(new - old), like=parameter, atol=1e-4)


@edge
def test_train_epoch_steps_without_older_gradients(kata, device):
    """What somebody left in .grad before the call does not count."""
    model, batches = layer_of_three(device, torch.float32), drawn_batches([2], device, None)
    weight, bias, _ = epoch_by_hand(batches, 0.1, 0.0, array(model.weight), array(model.bias))
    for parameter in model.parameters():
        parameter.grad = torch.full_like(parameter, 50.0)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    kata.train_epoch(model, batches, lopsided, optimizer)
    assert_tensor(model.weight, weight, like=model.weight)
    assert_tensor(model.bias, bias, like=model.bias)


@edge
def test_train_epoch_moves_only_what_the_optimizer_was_given(kata, device):
    """An optimizer of the bias alone leaves the weight as it was."""
    model, batches = layer_of_three(device, torch.float32), drawn_batches([3], device, None)
    weight, bias = array(model.weight), array(model.bias)
    _, moved, _ = epoch_by_hand(batches, 0.1, 0.0, weight, bias)
    kata.train_epoch(model, batches, lopsided, torch.optim.SGD([model.bias], lr=0.1))
    assert_tensor(model.weight, weight, like=model.weight)
    assert_tensor(model.bias, moved, like=model.bias)


@edge
def test_train_epoch_reaches_submodules_in_modes_of_their_own(kata, device):
    """A part that was in eval mode is trained in train mode, though the model was in it already."""
    model = Probe(Probe(), nn.Sequential(Probe()), nn.Linear(3, 2, device=device))
    model[0].eval()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    kata.train_epoch(model, drawn_batches([2, 3], device, None), lopsided, optimizer)
    modes = modes_of(model)
    trained = all(mode == "train" for seen in modes.values() for mode in seen)
    assert_that(
        trained, tr("parts of the model ran in these modes: {modes}").format(modes=show(modes))
    )


@edge
def test_train_epoch_keeps_no_graph_of_an_earlier_batch(kata, device):
    """A graph can go once its step is taken: memory does not grow with the number of batches."""
    model, alive, most = layer_of_three(device, torch.float32), [], 0

    def watched(prediction, y):
        nonlocal most
        gc.collect(0)
        most = max(most, sum(node() is not None for node in alive))
        loss = Traced.apply(lopsided(prediction, y))
        alive.append(weakref.ref(loss.grad_fn))
        return loss

    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    batches = drawn_batches([2] * 8, device, None)
    kata.train_epoch(model, batches, watched, optimizer)
    assert_that(
        most <= 2, tr("the graphs of {most} earlier batches are still held").format(most=most)
    )


@given(
    size=either(
        st.sampled_from([(3, 2), (4, 3), (3, 4), (5, 2), (2, 3)]),
        st.tuples(st.integers(1, 7), st.integers(2, 5)),
    ),
    seed=st.integers(0, 100),
)
def test_accuracy_is_the_share_of_right_classes(kata, device, size, seed):
    """A sample is right where its largest logit is that of its class."""
    numbers, (n, classes) = np.random.default_rng(seed), size
    logits = numbers.permutation(n * classes).reshape(size) - float(n)
    y = numbers.integers(0, classes, n)
    right = [bool(row[label] == max(row)) for row, label in zip(logits, y, strict=True)]
    result = kata.accuracy(nn.Identity(), tensor(logits, device), tensor(y, device))
    assert_value(result, right.count(True) / n, rtol=1e-6)


@pytest.mark.parametrize(
    ("labels", "share"),
    [([0, 1, 2, 1], 1.0), ([0, 1, 2, 2], 0.75), ([1, 1, 1, 0], 0.25), ([1, 0, 0, 2], 0.0)],
)
def test_accuracy_goes_from_zero_to_one(kata, device, labels, share):
    """The result is a float: 1.0 where all are right, 0.0 where none is."""
    logits = [[3.0, 1.0, 2.0], [-2.0, -1.0, -3.0], [0.0, 0.1, 0.2], [5.0, 9.0, 7.0]]
    result = kata.accuracy(nn.Identity(), tensor(logits, device), tensor(labels, device))
    assert_value(result, share, rtol=1e-6)


def test_accuracy_runs_the_model(kata, device):
    """Logits are what the model makes of x, here of small images."""
    weight = [[1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0]]
    model = nn.Sequential(nn.Flatten(), linear(weight, [0.0, 0.5], device))
    x = tensor(
        [[[1.0, 9.0], [0.0, 9.0]], [[1.0, 9.0], [0.6, 9.0]], [[2.0, 9.0], [1.0, 9.0]]], device
    )
    assert_value(kata.accuracy(model, x, tensor([0, 0, 0], device)), 2 / 3, rtol=1e-6)


def probed(device):
    """A model of nested parts that leaves logits as they are in eval mode."""
    deep = nn.Sequential(Probe(), nn.Dropout(0.5), linear([[1.0, 0.0], [0.0, 1.0]], [0, 0], device))
    return Probe(Probe(), deep)


def test_accuracy_runs_in_eval_mode(kata, device):
    """The model and all its submodules are in eval mode: dropout drops nothing."""
    model = probed(device).train()
    x = torch.tensor([[1.0, 3.0]] * 40, device=device)
    y = torch.ones(40, dtype=torch.int64, device=device)
    result = kata.accuracy(model, x, y)
    modes = modes_of(model)
    measured = all(seen and set(seen) == {"eval"} for seen in modes.values())
    assert_that(
        measured, tr("parts of the model ran in these modes: {modes}").format(modes=show(modes))
    )
    assert_value(result, 1.0, rtol=1e-6)


def test_accuracy_makes_no_graph(kata, device):
    """Gradients are off while the model runs."""
    model = probed(device)
    x, y = torch.tensor([[1.0, 3.0]], device=device), tensor([1], device)
    kata.accuracy(model, x, y)
    seen = [grad for _, grad in model.seen]
    assert_that(len(seen) > 0 and not any(seen), "gradients were on while the model ran")


def test_accuracy_leaves_the_parameters_alone(kata, device):
    """The parameters are as they were: values, requires_grad and .grad."""
    model = probed(device)
    frozen, free = model.parameters()
    frozen.requires_grad_(False)
    free.grad = torch.ones_like(free)
    x, y = torch.tensor([[1.0, 3.0], [3.0, 1.0]], device=device), tensor([1, 1], device)
    with unchanged(frozen, free, free.grad):
        kata.accuracy(model, x, y)
    assert_that(frozen.grad is None, "a gradient was computed")
    assert_that(free.grad is not None, "a gradient was cleared")


@edge
@pytest.mark.parametrize("bits", [0b00000, 0b11111, 0b01010, 0b10101, 0b00001, 0b11110, 0b10000])
def test_accuracy_puts_back_every_submodule_s_mode(kata, device, bits):
    """Afterwards each module is in the mode that it was in, each its own."""
    model = probed(device)
    modules = list(model.modules())
    for place, module in enumerate(modules):
        module.training = bool(bits >> place % 5 & 1)
    before = [module.training for module in modules]
    x, y = torch.tensor([[1.0, 3.0]], device=device), tensor([1], device)
    kata.accuracy(model, x, y)
    assert_value([module.training for module in modules], before)


@edge
def test_accuracy_reaches_submodules_in_modes_of_their_own(kata, device):
    """A part that was in train mode is measured in eval mode, though the model was in it."""
    model = probed(device).eval()
    model[1].train()
    x, y = torch.tensor([[1.0, 3.0]] * 40, device=device), tensor([1] * 40, device)
    assert_value(kata.accuracy(model, x, y), 1.0, rtol=1e-6)
    modes = modes_of(model)
    measured = all(seen and set(seen) == {"eval"} for seen in modes.values())
    assert_that(
        measured, tr("parts of the model ran in these modes: {modes}").format(modes=show(modes))
    )


@edge
def test_accuracy_of_one_sample(kata, device):
    """A single sample is right or wrong."""
    x = torch.tensor([[0.0, 1.0]], device=device)
    assert_value(kata.accuracy(nn.Identity(), x, tensor([1], device)), 1.0, rtol=1e-6)
    assert_value(kata.accuracy(nn.Identity(), x, tensor([0], device)), 0.0, rtol=1e-6)


@edge
def test_accuracy_tells_large_logits_apart(kata, device):
    """The larger of two logits far from 0 is the largest, where a sigmoid is 0 or 1 for both."""
    logits = tensor([[30.0, 40.0, 0.0], [-200.0, -300.0, -150.0]], device)
    assert_value(kata.accuracy(nn.Identity(), logits, tensor([1, 2], device)), 1.0, rtol=1e-6)


def blobs(count, device, seed, dtype=None):
    """Two groups of points that lie well apart, and the classes 0 and 1."""
    numbers = np.random.default_rng(seed)
    y = np.arange(count) % 2
    x = 0.4 * numbers.standard_normal((count, 2)) + np.where(y[:, None] == 0, -2.0, 2.0)
    return tensor(x, device, dtype), tensor(y, device)


def opposite(samples):
    """The same points with the other class."""
    x, y = samples
    return x, 1 - y


def mostly_opposite(samples):
    """The same points with the other class, but for the first six."""
    x, y = samples
    return x, torch.cat([y[:6], 1 - y[6:]])


def classifier(device, dtype=torch.float32, hidden=(), scale=1.0):
    """A network that takes the blobs for the opposite, at first."""
    line = linear([[0.4 * scale, 0.2 * scale], [-0.1 * scale, -0.3 * scale]], [0, 0], device, dtype)
    return nn.Sequential(line, *hidden) if hidden else line


def assert_best(model, validation, history, before):
    """The model is as right as in its best epoch; where it was better before them, that will do."""
    __tracebackhide__ = True
    share, best = share_right(model, validation), max(history["validation_accuracy"])
    kept = bool(np.isclose([best, max(best, before)], share, rtol=1e-6).any())
    problem = tr(
        "in the end {share:g} of validation is right, and in the best epoch {best:g} was"
    ).format(share=share, best=best)
    assert_that(kept, problem)


def share_right(model, samples):
    """The accuracy of the model in eval mode, by our own count."""
    x, y = samples
    with torch.no_grad():
        logits = array(copy.deepcopy(model).eval()(x))
    return float(np.mean(logits.argmax(axis=1) == array(y)))


def assert_history(history, epochs):
    """A dict of two lists of floats, as long as there are epochs."""
    __tracebackhide__ = True
    names = ["train_loss", "validation_accuracy"]
    keys = sorted(map(str, history)) if isinstance(history, dict) else None
    assert_that(
        keys == names,
        tr("history should be a dict of {names}, and is {history}").format(
            names=names, history=show(history)
        ),
    )
    for name in names:
        assert_value([type(number) for number in history[name]], [float] * epochs)
        assert_that(
            isinstance(history[name], list), tr("{name} should be a list").format(name=name)
        )


def assert_alike(first, second, problem):
    """Two histories hold the same numbers but for rounding; the words are all that is shown."""
    __tracebackhide__ = True
    same = all(np.allclose(first[name], second[name], rtol=1e-6, atol=0) for name in first)
    assert_seen(same, problem, tr("another history"))


def test_fit_tells_of_every_epoch(kata, device):
    """History has a train_loss and a validation_accuracy for each epoch, all of them floats."""
    train, validation = blobs(5, device, 1), blobs(4, device, 2)
    history = kata.fit(classifier(device, scale=-1.0), train, validation, 3, 0.01, 0)
    assert_history(history, 3)
    assert_that(bool(np.isfinite(history["train_loss"]).all()), "a loss is not finite")


WEIGHT, BIAS = np.array([[0.4, 0.2], [-0.1, -0.3], [0.3, -0.5]]), np.array([0.1, 0.0, -0.2])


def three_classes(count, seed):
    """Points and classes, and for the layer of WEIGHT and BIAS the mean loss and the accuracy."""
    numbers = np.random.default_rng(seed)
    points = numbers.uniform(-2, 2, (count, 2))
    logits = points @ WEIGHT.T + BIAS
    chance = numbers.integers(0, 3, count)
    labels = np.where(np.arange(count) % 3 == 0, chance, logits.argmax(axis=1))
    losses = np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(count), labels]
    return points, labels, float(losses.mean()), float((logits.argmax(axis=1) == labels).mean())


def test_fit_measures_loss_in_training_and_accuracy_in_validation(kata, device):
    """train_loss is the mean cross-entropy of train, validation_accuracy the share in validation.

    With so small a learning rate hardly anything moves, so that every epoch shows the same.
    """
    points, labels, loss, _ = three_classes(67, 5)
    others, other_labels, _, share = three_classes(71, 6)
    model = linear(WEIGHT, BIAS, device)
    train = tensor(points, device), tensor(labels, device)
    validation = tensor(others, device), tensor(other_labels, device)
    history = kata.fit(model, train, validation, 2, 1e-6, 3)
    assert_history(history, 2)
    assert_value(history["train_loss"], [loss] * 2, rtol=1e-3)
    assert_value(history["validation_accuracy"], [share] * 2, rtol=1e-6)


# What an optimizer does is the same on every device, so the longer trainings run on the CPU alone.


def test_fit_learns_an_easy_set(kata):
    """Two groups of points that lie well apart are told apart after 30 epochs."""
    train, validation = blobs(70, "cpu", 1), blobs(66, "cpu", 2)
    history = kata.fit(classifier("cpu", scale=0.1), train, validation, 30, 0.1, 0)
    assert_history(history, 30)
    best = max(history["validation_accuracy"])
    assert_that(best >= 0.95, tr("the best accuracy on an easy set is {best:g}").format(best=best))
    first, *_, last = history["train_loss"]
    assert_that(
        last < first, tr("the loss went from {first:g} to {last:g}").format(first=first, last=last)
    )


def test_fit_clears_the_gradients_of_earlier_batches(kata):
    """When gradients are computed, .grad holds none of an earlier batch."""
    train, validation = blobs(5, "cpu", 1), blobs(4, "cpu", 2)
    model = classifier("cpu", scale=-0.1)
    found = []
    for parameter in model.parameters():

        def look(_, parameter=parameter):
            found.append(parameter.grad is not None and bool(parameter.grad.any()))

        parameter.register_hook(look)
    kata.fit(model, train, validation, 3, 0.05, 0)
    assert_that(not any(found), "backward() came while .grad held gradients of an earlier batch")


@pytest.mark.parametrize(("learning_rate", "contrary"), [(0.3, False), (0.02, True)])
def test_fit_ends_with_the_best_weights(kata, device, learning_rate, contrary):
    """In the end the model itself has the best validation accuracy in history.

    Where validation contradicts train, that is an early epoch's, measured after it.
    """
    train, validation = blobs(70, device, 1), blobs(66, device, 2)
    validation = mostly_opposite(validation) if contrary else validation
    model = classifier(device)
    before = share_right(model, validation)
    history = kata.fit(model, train, validation, 5, learning_rate, 0)
    assert_history(history, 5)
    assert_best(model, validation, history, before)


@pytest.mark.parametrize("learning_rate", [0.03, 0.1, 0.3])
def test_fit_ends_with_the_best_weights_from_the_middle(kata, learning_rate):
    """Where validation accuracy rises, falls and ends above its first value, its peak counts.

    Training moves a threshold past one sample after another: first past those that become
    right by it, then past others that become wrong.
    """
    train = torch.zeros(66, 2), torch.ones(66, dtype=torch.int64)
    points = [[-0.05 * place, 1.0] for place in range(1, 71)]
    validation = tensor(points, "cpu"), tensor([1] * 42 + [0] * 28, "cpu")
    model = linear([[0.0, 0.0], [1.0, 0.0]], [0.0, 0.0], "cpu")
    before = share_right(model, validation)
    history = kata.fit(model, train, validation, 20, learning_rate, 0)
    assert_history(history, 20)
    assert_best(model, validation, history, before)


def test_fit_learns_from_the_training_samples_alone(kata):
    """Validation is for measuring: where it contradicts train, train is learned."""
    train, validation = blobs(70, "cpu", 1), mostly_opposite(blobs(66, "cpu", 2))
    history = kata.fit(classifier("cpu", scale=0.1), train, validation, 30, 0.1, 0)
    assert_history(history, 30)
    last = history["validation_accuracy"][-1]
    problem = tr(
        "{last:g} of the validation samples were learned, whose classes train contradicts"
    ).format(last=last)
    assert_that(last <= 0.3, problem)


def test_fit_trains_in_train_mode_and_measures_in_eval_mode(kata):
    """A model that says the opposite in eval mode learns train and is right in the opposite."""
    train, validation = blobs(70, "cpu", 1), opposite(blobs(66, "cpu", 2))
    model = classifier("cpu", hidden=[Mirror()], scale=-0.1)
    history = kata.fit(model.eval(), train, validation, 30, 0.1, 0)
    assert_history(history, 30)
    last = history["validation_accuracy"][-1]
    assert_that(
        last >= 0.95,
        tr("the accuracy in eval mode should come near 1, and is {last:g}").format(last=last),
    )


def test_fit_repeats_itself_for_the_same_seed(kata, device):
    """An equal model, the same data and seed give the same history, whatever was drawn since."""
    train, validation = blobs(70, device, 1), blobs(66, device, 2)
    histories = []
    for _ in range(2):
        histories.append(kata.fit(classifier(device), train, validation, 2, 0.05, 7))
        assert_history(histories[-1], 2)
        torch.rand(3, device=device)
        np.random.rand(3)
    assert_alike(*histories, tr("the second time the history is another"))


@edge
@pytest.mark.parametrize("count", [1, 9])
def test_fit_may_have_a_single_epoch(kata, device, count):
    """After one epoch its weights are the best, however few the samples."""
    train, validation, model = blobs(count, device, 1), blobs(7, device, 2), classifier(device)
    before = share_right(model, validation)
    history = kata.fit(model, train, validation, 1, 0.3, 0)
    assert_history(history, 1)
    assert_best(model, validation, history, before)


@edge
def test_fit_leaves_the_weights_at_a_learning_rate_of_zero(kata, device):
    """With a learning rate of 0 nothing moves, and every epoch shows the same."""
    dtype = precise(device)
    points, labels, loss, _ = three_classes(37, 5)
    others, other_labels, _, share = three_classes(11, 6)
    model = nn.Sequential(nn.Flatten(), linear(WEIGHT, BIAS, device, dtype))
    train = tensor(points[:, :, None], device, dtype), tensor(labels, device)
    validation = tensor(others[:, :, None], device, dtype), tensor(other_labels, device)
    history = kata.fit(model, train, validation, 2, 0.0, 3)
    assert_history(history, 2)
    assert_value(history["train_loss"], [loss] * 2, rtol=1e-5)
    assert_value(history["validation_accuracy"], [share] * 2, rtol=1e-6)
    assert_tensor(model[1].weight, WEIGHT, like=model[1].weight)
    assert_tensor(model[1].bias, BIAS, like=model[1].bias)


@edge
def test_fit_may_get_no_sample_right(kata, device):
    """Where the accuracy is 0 after every epoch, the weights are those of any of them."""
    train, validation = blobs(5, device, 1), opposite(blobs(4, device, 2))
    history = kata.fit(classifier(device, scale=-1.0), train, validation, 2, 0.01, 0)
    assert_history(history, 2)
    assert_value(history["validation_accuracy"], [0.0, 0.0])


@edge
def test_fit_puts_buffers_back_too(kata):
    """Buffers belong to the best epoch too: here one that spoils the model once it has grown."""
    train, validation = blobs(12, "cpu", 1), opposite(blobs(8, "cpu", 2))
    model = classifier("cpu", hidden=[Ageing(2 * 12)])
    before = share_right(model, validation)
    history = kata.fit(model, train, validation, 4, 0.0, 0)
    assert_history(history, 4)
    assert_best(model, validation, history, before)


@edge
def test_fit_starts_without_older_gradients(kata, device):
    """What somebody left in .grad before the call does not count."""
    train, validation = blobs(9, device, 1), blobs(7, device, 2)
    histories = []
    for left in (0.0, 50.0):
        model = classifier(device)
        for parameter in model.parameters():
            parameter.grad = left * parameter.detach()  # not the same for both classes
        histories.append(kata.fit(model, train, validation, 2, 0.05, 7))
        assert_history(histories[-1], 2)
    assert_alike(*histories, tr("what lay in .grad makes another history"))


@edge
def test_fit_leaves_the_global_random_states_alone(kata, device):
    """Neither torch's nor NumPy's nor Python's generator moves."""
    train, validation, model = blobs(9, device, 1), blobs(7, device, 2), classifier(device)
    with random_states_kept(device):
        kata.fit(model, train, validation, 2, 0.01, 5)


def moons(count, noise, seed, device):
    """Two interleaved half-moons with noise: points (count, 2) and classes."""
    numbers = np.random.default_rng(seed)
    y = numbers.integers(0, 2, count)
    t = numbers.uniform(0, np.pi, count)
    circle = np.stack([np.cos(t), np.sin(t)], axis=1)
    x = np.where(y[:, None] == 0, circle, np.array([1.0, 0.5]) - circle)
    return tensor(x + noise * numbers.standard_normal((count, 2)), device), tensor(y, device)


def ordered(samples):
    """The same samples, class 0 before class 1, each from left to right, with gaps in memory."""
    x, y = samples
    order = torch.argsort(10 * y + x[:, 0])
    return torch.cat([x[order], x[order]], dim=1)[:, :2], y[order]


def assert_tells_apart(model, noise, device):
    """The model makes logits (m, 2) of any points and gets 97 % of a thousand new ones right."""
    __tracebackhide__ = True
    assert_that(
        isinstance(model, nn.Module),
        tr("an nn.Module is asked for, not {model}").format(model=show(model)),
    )
    points, classes = moons(1000, noise, 20, device)
    model.eval()
    with torch.no_grad():
        logits = model(points)
        few = model(points[:5])
    assert_metadata(logits, shape=(1000, 2), dtype=torch.float32, device=points.device)
    assert_tensor(few, logits[:5], rtol=1e-4, atol=1e-4)
    share = float(np.mean(array(logits).argmax(axis=1) == array(classes)))
    assert_that(
        share >= 0.97,
        tr("{share:.1%} of the held-out points are right, not 97 %").format(share=share),
    )


def test_solve_moons_gets_held_out_points_right(kata, device):
    """97 % of new points are right."""
    x, y = moons(500, 0.1, 13, device)
    assert_tells_apart(kata.solve_moons(x, y, 3), 0.1, device)


def test_solve_moons_repeats_itself_for_the_same_seed(kata):
    """The same points and seed make the same model, whatever was drawn in between."""
    x, y = moons(400, 0.1, 2, "cpu")
    answers = []
    for _ in range(2):
        model = kata.solve_moons(x, y, 5).eval()
        torch.rand(3)
        np.random.rand(3)
        with torch.no_grad():
            answers.append(model(x[:50]))
    same = np.allclose(*map(array, answers), rtol=1e-4, atol=1e-4)
    assert_seen(same, tr("the second time the model is another"), tr("another model"))


@edge
def test_solve_moons_takes_points_in_any_order(kata, device):
    """The points may come in order, class 0 from left to right and then class 1."""
    x, y = ordered(moons(500, 0.1, 13, device))
    assert_tells_apart(kata.solve_moons(x, y, 3), 0.1, device)


@edge
def test_solve_moons_stands_more_noise(kata):
    """With noise of a standard deviation of 0.15, 97 % are right still."""
    x, y = moons(500, 0.15, 13, "cpu")
    assert_tells_apart(kata.solve_moons(x, y, 3), 0.15, "cpu")


@edge
def test_solve_moons_does_not_take_long(kata):
    """97 % are right after no more than ten times the reference's time, or five seconds."""
    x, y = moons(400, 0.1, 1, "cpu")
    model, taken = timed(kata.solve_moons, x, y, 0)
    assert_tells_apart(model, 0.1, "cpu")
    allowed = ENOUGH
    if taken > ENOUGH:
        allowed = max(ENOUGH, 10 * timed(reference("k18_training_loop", "solve_moons"), x, y, 0)[1])
    assert_that(
        taken <= allowed,
        tr("it took {taken:.1f} s; {allowed:.1f} s are allowed").format(
            taken=taken, allowed=allowed
        ),
    )


@edge
def test_solve_moons_leaves_the_global_random_states_alone(kata, device):
    """Neither torch's nor NumPy's nor Python's generator moves."""
    x, y = moons(400, 0.1, 13, device)
    with random_states_kept(device):
        kata.solve_moons(x, y, 3)
