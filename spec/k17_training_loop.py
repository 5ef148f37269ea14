"""What a right k17_training_loop does.

Teaches the loop of minibatches, loss, gradients and steps, and how to measure what it has
learned. Leaves the backward pass by hand to k14, and autograd as such to k16.
"""

import copy
import functools
import gc
import itertools
import time
import weakref

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from spec.harness import catalogue
from spec.harness.checks import assert_metadata, assert_tensor, assert_that, assert_value
from spec.harness.devices import has_dtype
from spec.harness.laws import random_states_kept, unchanged
from spec.harness.loading import load
from spec.harness.oracles import array
from spec.harness.rendering import show
from spec.harness.strategies import COUNTING, tensors

SEEDS = st.integers(0, 2**31)
ENOUGH = 5.0  # seconds that solve_moons always has, however quick the reference is


class Probe(nn.Module):
    """Notes, each time that it runs, whether it is in train mode and whether gradients are on."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def forward(self, x):
        self.seen.append((self.training, torch.is_grad_enabled()))
        return x

    def __deepcopy__(self, _):
        twin = Probe().train(self.training)
        twin.seen = self.seen  # a copy that is run in the model's place counts too
        return twin


class Mirror(nn.Module):
    """Swaps the classes in train mode, so that the two modes say the opposite."""

    def forward(self, logits):
        return logits.flip(1) if self.training else logits


class Traced(torch.autograd.Function):
    """Adds nothing; its node lives as long as the graph that it is in."""

    @staticmethod
    def forward(ctx, loss):
        return loss.clone()

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output


def precise(device):
    """float64, where the device has it."""
    return torch.float64 if has_dtype(device, torch.float64) else torch.float32


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
    problem = f"parameters() should have the shapes {shapes}, and has {found or 'nothing'}"
    assert_that(sorted(found) == sorted(shapes), problem)


def fill(model, sizes):
    """Gives the layers of a network whose sizes all differ numbers of our own; returns these."""
    numbers = np.random.default_rng(17)
    shapes = [shape for into, out in itertools.pairwise(sizes) for shape in ((out, into), (out,))]
    by_shape = {tuple(parameter.shape): parameter for parameter in model.parameters()}
    assert_shapes(model, shapes)
    values = [numbers.uniform(-1.5, 1.5, shape) for shape in shapes]
    with torch.no_grad():
        for shape, value in zip(shapes, values, strict=True):
            parameter = by_shape[shape]
            parameter.copy_(tensor(value, parameter.device, parameter.dtype))
    return list(zip(values[::2], values[1::2], strict=True))


def network(x, layers):
    """The logits in NumPy."""
    for weight, bias in layers[:-1]:
        x = np.maximum(x @ weight.T + bias, 0)
    weight, bias = layers[-1]
    return x @ weight.T + bias


@given(sizes=st.permutations([1, 2, 3, 4, 5]), count=st.integers(2, 5), batch=st.integers(0, 4))
def test_MLP_is_linear_layers_with_relu_between(kata, device, sizes, count, batch):
    """A linear layer for each pair of sizes, ReLU between them, and nothing after the last."""
    sizes = sizes[:count]
    model = kata.MLP(sizes).to(device=device, dtype=precise(device))
    layers = fill(model, sizes)
    x = tensor(np.random.default_rng(batch).uniform(-2, 2, (batch, sizes[0])), device)
    x = x.to(precise(device))
    with torch.no_grad():
        logits = model(x)
    assert_tensor(logits, network(array(x), layers), like=x)


@pytest.mark.parametrize("sizes", [[3, 2], [2, 5, 3], [4, 4, 4, 4], [1, 1, 7, 1, 2]])
def test_MLP_has_a_weight_and_a_bias_for_each_pair_of_sizes(kata, sizes):
    """parameters() are the weights (out, in) and biases (out,) of the layers, and no others."""
    model = kata.MLP(sizes)
    assert_that(isinstance(model, nn.Module), "an MLP should be an nn.Module")
    expected = [shape for i, o in itertools.pairwise(sizes) for shape in ((o, i), (o,))]
    assert_shapes(model, expected)
    for parameter in model.parameters():
        cpu = torch.device("cpu")
        shape = tuple(parameter.shape)
        assert_metadata(parameter, shape=shape, dtype=torch.float32, device=cpu)
        assert_that(parameter.requires_grad, "parameters should require gradients")


def test_MLP_starts_random(kata):
    """No two neurons start alike, nor do two models."""
    one, other = kata.MLP([3, 20, 2]), kata.MLP([3, 20, 2])
    hidden = {tuple(p.shape): array(p) for p in one.parameters()}[(20, 3)]
    again = {tuple(p.shape): array(p) for p in other.parameters()}[(20, 3)]
    assert_that(bool(np.isfinite(hidden).all()), "the weights should be finite")
    rows = np.unique(np.concatenate([hidden, again]), axis=0)
    assert_that(len(rows) == 40, "each neuron should have random weights of its own")


def test_MLP_gives_logits_without_a_nonlinearity_at_the_end(kata, device):
    """The logits of a single layer are its plain sums: negative, and not adding up to 1."""
    model = kata.MLP([1, 2]).to(device)
    ((weight, bias),) = fill(model, [1, 2])
    x = torch.tensor([[-30.0], [30.0]], device=device)
    expected = [[-30.0], [30.0]] @ weight.T + bias
    with torch.no_grad():
        assert_tensor(model(x), expected, like=x)


def test_MLP_lets_autograd_reach_every_parameter(kata, device):
    """backward() leaves a gradient in each weight and bias, as the chain rule has it."""
    sizes = [3, 5, 4, 2]
    model = kata.MLP(sizes).to(device=device, dtype=precise(device))
    layers = fill(model, sizes)
    numbers = np.random.default_rng(3)
    x, direction = numbers.uniform(-2, 2, (7, 3)), numbers.uniform(-2, 2, (7, 2))
    logits = model(tensor(x, device, precise(device)))
    (logits * tensor(direction, device, precise(device))).sum().backward()
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
        assert_tensor(parameter.grad, expected, like=parameter, rtol=1e-5, atol=1e-5)


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
        kata.MLP([2, 2]).to(device)(x)


def pairs(batches):
    """The batches as a list of (x, y); checks that each is a pair of tensors."""
    __tracebackhide__ = True
    batches = list(batches)
    odd = [b for b in batches if not (isinstance(b, (tuple, list)) and len(b) == 2)]
    assert_that(not odd, f"a batch should be a pair (x, y), and is {show(odd[0])}" if odd else "")
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
    x=tensors("n features", values=COUNTING, sides={"n": (0, 7)}),
    batch_size=st.integers(1, 9),
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


def test_minibatches_keep_the_last_short_batch(kata, device):
    """Seven samples in threes make batches of 3, 3 and 1."""
    x, y = torch.arange(14.0, device=device).reshape(7, 2), torch.arange(7, device=device)
    batches = pairs(kata.minibatches(x, y, 3, 5))
    assert_value([len(batch_y) for _, batch_y in batches], [3, 3, 1])
    assert_same_samples(x, y, batches)


@pytest.mark.parametrize("size", [2, 3, 6, 100])
def test_minibatches_make_no_empty_batch(kata, device, size):
    """Where the size divides the number of samples, no empty batch is left over."""
    x, y = torch.arange(12.0, device=device).reshape(6, 2), torch.arange(6, device=device)
    batches = pairs(kata.minibatches(x, y, size, 1))
    assert_value([len(batch_y) for _, batch_y in batches], [min(size, 6)] * max(6 // size, 1))


def test_minibatches_of_nothing_are_none(kata, device):
    """Without samples there is no batch, not even an empty one."""
    x, y = torch.ones(0, 3, device=device), torch.ones(0, dtype=torch.int64, device=device)
    assert_value(len(list(kata.minibatches(x, y, 4, 0))), 0)


def test_minibatches_take_images_and_targets_of_any_shape(kata, device):
    """A sample is an entry of the first axis, whatever x and y are."""
    x = torch.arange(5 * 2 * 3 * 1, device=device, dtype=torch.uint8).reshape(5, 2, 3, 1)
    y = torch.arange(5.0, device=device, dtype=precise(device)).reshape(5, 1)
    assert_same_samples(x, y, pairs(kata.minibatches(x, y, 2, 4)))


def test_minibatches_come_one_at_a_time(kata, device):
    """The result is an iterator: next() gets the first batch."""
    x, y = torch.ones(5, 2, device=device), torch.arange(5, device=device)
    batches = kata.minibatches(x, y, 2, 0)
    is_iterator = hasattr(batches, "__next__") and iter(batches) is batches
    assert_that(is_iterator, f"the result should be a generator, and is {show(batches)}")
    assert_value(len(pairs([next(batches)])[0][1]), 2)
    assert_value([len(batch_y) for _, batch_y in pairs(batches)], [2, 1])


def test_minibatches_mix_the_samples(kata, device):
    """Samples are shuffled, not batches: any two of four may meet in the first batch of two."""
    x, y = torch.arange(4.0).reshape(4, 1), torch.arange(4)  # on the CPU, where calls are quick
    met = {
        tuple(sorted(order_of(itertools.islice(kata.minibatches(x, y, 2, seed), 1))))
        for seed in range(100)
    }
    assert_value(sorted(met), list(itertools.combinations(range(4), 2)))


def test_minibatches_come_in_any_order(kata, device):
    """All six orders of three samples turn up among a hundred seeds, within one batch too."""
    x, y = torch.arange(3.0).reshape(3, 1), torch.arange(3)  # on the CPU, where calls are quick
    orders = {tuple(order_of(kata.minibatches(x, y, 3, seed))) for seed in range(100)}
    assert_value(sorted(orders), list(itertools.permutations(range(3))))


def test_minibatches_shuffle_all_the_samples(kata, device):
    """In a thousand samples the new order has nothing to do with the old, nor with the batches."""
    y = torch.arange(1000, device=device)
    order = np.array(order_of(kata.minibatches(y, y, 250, 2)))
    assert_value(sorted(order.tolist()), list(range(1000)))
    together = abs(np.corrcoef(order, np.arange(1000))[0, 1])
    assert_that(together < 0.25, "samples stay near the place that they had")
    neighbours = np.count_nonzero(np.diff(order) == 1)
    assert_that(neighbours < 20, "samples that were neighbours stay neighbours")


def test_minibatches_repeat_themselves_for_the_same_seed(kata, device):
    """The same seed gives the same order, another seed another, 0 included."""
    x, y = torch.arange(40.0, device=device).reshape(20, 2), torch.arange(20, device=device)
    seeds = (0, 1, 1000)
    first = [order_of(kata.minibatches(x, y, 9, seed)) for seed in seeds]
    again = [order_of(kata.minibatches(x, y, 9, seed)) for seed in seeds]
    assert_value(again, first)
    differ = len({tuple(order) for order in first}) == len(seeds)
    assert_that(differ, "another seed should give another order")


def test_minibatches_leave_the_global_random_states_alone(kata, device):
    """Neither torch's nor NumPy's nor Python's generator moves, between batches either."""
    x, y = torch.ones(5, 2, device=device), torch.arange(5, device=device)
    with random_states_kept(device):
        batches = iter(kata.minibatches(x, y, 2, 3))
        next(batches)
    with random_states_kept(device):
        list(batches)


def test_minibatches_do_not_depend_on_the_global_random_state(kata, device):
    """Whoever draws random numbers between the batches does not change them."""
    x, y = torch.arange(60.0, device=device).reshape(30, 2), torch.arange(30, device=device)
    expected = order_of(kata.minibatches(x, y, 4, 9))
    got = []
    for batch in kata.minibatches(x, y, 4, 9):
        got += order_of([batch])
        torch.rand(3, device=device)
        np.random.rand(3)
    assert_value(got, expected)


def test_minibatches_leave_their_arguments_alone(kata, device):
    """x and y are as they were, in the same order."""
    x, y = torch.arange(10.0, device=device).reshape(5, 2), torch.arange(5, device=device)
    with unchanged(x, y):
        list(kata.minibatches(x, y, 2, 3))


def lopsided(prediction, target):
    """A mean loss in which prediction and target play different parts."""
    difference = prediction - target
    return (difference * difference + prediction).mean()


def drawn_batches(lengths, device, dtype, seed=17):
    """Batches of these lengths, x (n, 3) and y (n, 2)."""
    numbers = np.random.default_rng(seed)
    return [
        tuple(tensor(numbers.uniform(-1, 1, (n, size)), device, dtype) for size in (3, 2))
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


LENGTHS = st.lists(st.integers(1, 4), min_size=1, max_size=4)


@given(
    lengths=LENGTHS,
    learning_rate=st.sampled_from([0.1, 0.5]),
    momentum=st.sampled_from([0.0, 0.9]),
    dtype=st.sampled_from([torch.float32, torch.float64]),
)
def test_train_epoch_takes_a_step_for_each_batch(
    kata, device, lengths, learning_rate, momentum, dtype
):
    """After the epoch the weights are those of one optimizer step a batch, in their order."""
    dtype = dtype if has_dtype(device, dtype) else torch.float32
    model, batches = layer_of_three(device, dtype), drawn_batches(lengths, device, dtype)
    start = array(model.weight), array(model.bias)
    weight, bias, _ = epoch_by_hand(batches, learning_rate, momentum, *start)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=momentum)
    kata.train_epoch(model, batches, lopsided, optimizer)
    atol = 1e-5 if dtype == torch.float32 else 1e-11
    assert_tensor(model.weight, weight, like=model.weight, atol=atol)
    assert_tensor(model.bias, bias, like=model.bias, atol=atol)


@given(lengths=LENGTHS, dtype=st.sampled_from([torch.float32, torch.float64]))
def test_train_epoch_returns_the_mean_loss_over_the_samples(kata, device, lengths, dtype):
    """Each sample counts alike, in a short batch too; a loss is taken before its batch's step."""
    dtype = dtype if has_dtype(device, dtype) else torch.float32
    model, batches = layer_of_three(device, dtype), drawn_batches(lengths, device, dtype)
    *_, expected = epoch_by_hand(batches, 0.5, 0.0, array(model.weight), array(model.bias))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    result = kata.train_epoch(model, batches, lopsided, optimizer)
    atol = 1e-5 if dtype == torch.float32 else 1e-11
    assert_value(result, expected, rtol=atol, atol=atol)


def test_train_epoch_counts_a_short_batch_for_less(kata, device):
    """Losses of 1 for three samples and 5 for one have the mean 2, not 3."""
    model = linear([[1.0]], [0.0], device)
    batches = [
        (torch.ones(3, 1, device=device), torch.ones(3, 1, device=device)),
        (torch.ones(1, 1, device=device), torch.full((1, 1), 5.0, device=device)),
    ]
    result = kata.train_epoch(
        model,
        batches,
        lambda prediction, y: (y + 0 * prediction).mean(),
        torch.optim.SGD(model.parameters(), lr=0.1),
    )
    assert_value(result, 2.0, rtol=1e-6)


def test_train_epoch_takes_each_loss_before_its_step(kata, device):
    """The loss of a batch is that of the weights before its step and after the one before."""
    model = nn.Linear(1, 1, bias=False, device=device)
    nn.init.zeros_(model.weight)
    x = torch.ones(2, 1, device=device)
    batches = [(x, 4 * x), (x, x)]
    optimizer = torch.optim.SGD(model.parameters(), lr=0.25)
    result = kata.train_epoch(model, batches, nn.functional.mse_loss, optimizer)
    assert_value(result, (16.0 + 1.0) / 2, rtol=1e-6)


def test_train_epoch_steps_without_older_gradients(kata, device):
    """What somebody left in .grad beforehand does not count."""
    model, batches = layer_of_three(device, torch.float32), drawn_batches([2], device, None)
    weight, bias, _ = epoch_by_hand(batches, 0.1, 0.0, array(model.weight), array(model.bias))
    for parameter in model.parameters():
        parameter.grad = torch.full_like(parameter, 50.0)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    kata.train_epoch(model, batches, lopsided, optimizer)
    assert_tensor(model.weight, weight, like=model.weight)
    assert_tensor(model.bias, bias, like=model.bias)


def test_train_epoch_leaves_the_step_to_the_optimizer(kata, device):
    """Only what the optimizer was given moves, and as it has it: here by Adam, the bias alone."""
    model, batches = layer_of_three(device, torch.float32), drawn_batches([3], device, None)
    weight, bias = array(model.weight), array(model.bias)
    x, y = (array(part) for part in batches[0])
    slope = (2 * (x @ weight.T + bias - y) + 1).sum(axis=0)
    optimizer = torch.optim.Adam([model.bias], lr=0.1)
    kata.train_epoch(model, batches, lopsided, optimizer)
    assert_tensor(model.weight, weight, like=model.weight)
    assert_tensor(model.bias, bias - 0.1 * np.sign(slope), like=model.bias, atol=1e-4)


def test_train_epoch_goes_once_through_a_generator(kata, device):
    """Batches may be a generator, which has no length and can be gone through once only."""
    model, batches = layer_of_three(device, torch.float32), drawn_batches([4, 4, 1], device, None)
    weight, bias, loss = epoch_by_hand(batches, 0.1, 0.0, array(model.weight), array(model.bias))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    result = kata.train_epoch(model, (batch for batch in batches), lopsided, optimizer)
    assert_value(result, loss, rtol=1e-5)
    assert_tensor(model.weight, weight, like=model.weight)
    assert_tensor(model.bias, bias, like=model.bias)


def test_train_epoch_keeps_double_precision(kata, device):
    """The losses of a float64 model are not rounded to float32."""
    dtype = precise(device)
    model = linear([[0.0]], [1 / 3], device, dtype)
    x = torch.zeros(1, 1, dtype=dtype, device=device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0)
    result = kata.train_epoch(model, [(x, x)], lambda prediction, y: prediction.mean(), optimizer)
    assert_value(result, 1 / 3, rtol=1e-11 if dtype == torch.float64 else 1e-6)


@pytest.mark.parametrize("before", [False, True])
def test_train_epoch_runs_in_train_mode(kata, device, before):
    """At every step the model and all its submodules are in train mode, whatever came before."""
    outer, inner = Probe(), Probe()
    model = nn.Sequential(outer, nn.Linear(3, 2, device=device), nn.Sequential(inner))
    model.train(before)
    outer.train(not before)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    kata.train_epoch(model, drawn_batches([2, 1], device, None), lopsided, optimizer)
    seen = outer.seen + inner.seen
    assert_that(len(seen) > 0, "the model should be called on each batch")
    in_train_mode = all(training for training, _ in seen)
    assert_that(in_train_mode, "a submodule was in eval mode when a step was taken")


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
    assert_that(most <= 2, f"the graphs of {most} earlier batches are still held")


def test_train_epoch_leaves_the_batches_alone(kata, device):
    """The list of batches and its tensors are as they were."""
    model, batches = layer_of_three(device, torch.float32), drawn_batches([2, 1], device, None)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with unchanged(batches):
        kata.train_epoch(model, batches, lopsided, optimizer)


@given(n=st.integers(1, 7), classes=st.integers(2, 5), seed=st.integers(0, 100))
def test_accuracy_is_the_share_of_right_classes(kata, device, n, classes, seed):
    """A sample is right where its largest logit is that of its class."""
    numbers = np.random.default_rng(seed)
    logits = numbers.permuted(np.tile(np.arange(classes) - 2.5, (n, 1)), axis=1)
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


def test_accuracy_of_one_sample(kata, device):
    """A single sample is right or wrong."""
    x = torch.tensor([[0.0, 1.0]], device=device)
    assert_value(kata.accuracy(nn.Identity(), x, tensor([1], device)), 1.0, rtol=1e-6)
    assert_value(kata.accuracy(nn.Identity(), x, tensor([0], device)), 0.0, rtol=1e-6)


def probed(device):
    """A model of nested parts, with the probes that are in it."""
    outer, inner = Probe(), Probe()
    deep = nn.Sequential(inner, nn.Dropout(0.5), linear([[1.0, 0.0], [0.0, 1.0]], [0, 0], device))
    return nn.Sequential(outer, deep), (outer, inner)


@pytest.mark.parametrize("before", [False, True])
def test_accuracy_runs_in_eval_mode(kata, device, before):
    """The model and all its submodules are in eval mode: dropout drops nothing."""
    model, probes = probed(device)
    model.train(before)
    x = torch.tensor([[1.0, 3.0]] * 40, device=device)
    y = torch.ones(40, dtype=torch.int64, device=device)
    assert_value(kata.accuracy(model, x, y), 1.0, rtol=1e-6)
    seen = [training for probe in probes for training, _ in probe.seen]
    assert_that(len(seen) > 0 and not any(seen), "a submodule was in train mode while measured")


def test_accuracy_makes_no_graph(kata, device):
    """Gradients are off while the model runs."""
    model, probes = probed(device)
    x, y = torch.tensor([[1.0, 3.0]], device=device), tensor([1], device)
    kata.accuracy(model, x, y)
    seen = [grad for probe in probes for _, grad in probe.seen]
    assert_that(len(seen) > 0 and not any(seen), "gradients were on while the model ran")


@pytest.mark.parametrize("bits", [0b00000, 0b11111, 0b01010, 0b10101, 0b00001, 0b11110, 0b10000])
def test_accuracy_puts_back_every_submodule_s_mode(kata, device, bits):
    """Afterwards each module is in the mode that it was in, each its own."""
    model, _ = probed(device)
    modules = list(model.modules())
    for place, module in enumerate(modules):
        module.training = bool(bits >> place % 5 & 1)
    before = [module.training for module in modules]
    x, y = torch.tensor([[1.0, 3.0]], device=device), tensor([1], device)
    kata.accuracy(model, x, y)
    assert_value([module.training for module in modules], before)


def test_accuracy_leaves_its_arguments_alone(kata, device):
    """x, y and the parameters are as they were: values, requires_grad and .grad."""
    model, _ = probed(device)
    frozen, free = model.parameters()
    frozen.requires_grad_(False)
    free.grad = torch.ones_like(free)
    x, y = torch.tensor([[1.0, 3.0], [3.0, 1.0]], device=device), tensor([1, 1], device)
    with unchanged(x, y, frozen, free, free.grad):
        kata.accuracy(model, x, y)
    assert_that(frozen.grad is None, "a gradient was computed")
    assert_that(free.grad is not None, "a gradient was cleared")


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


def classifier(device, dtype=torch.float32, hidden=(), scale=1.0):
    """A network that takes the blobs for the opposite, at first."""
    line = linear([[0.4 * scale, 0.2 * scale], [-0.1 * scale, -0.3 * scale]], [0, 0], device, dtype)
    return nn.Sequential(line, *hidden)


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
    assert_that(keys == names, f"history should be a dict of {names}, and is {show(history)}")
    for name in names:
        assert_value([type(number) for number in history[name]], [float] * epochs)
        assert_that(isinstance(history[name], list), f"{name} should be a list")


@pytest.mark.parametrize("epochs", [1, 3])
def test_fit_tells_of_every_epoch(kata, device, epochs):
    """History has a train_loss and a validation_accuracy for each epoch, all of them floats."""
    train, validation = blobs(9, device, 1), blobs(7, device, 2)
    history = kata.fit(classifier(device), train, validation, epochs, 0.01, 0)
    assert_history(history, epochs)
    assert_that(bool(np.isfinite(history["train_loss"]).all()), "a loss is not finite")


def test_fit_measures_loss_in_training_and_accuracy_in_validation(kata, device):
    """train_loss is the mean cross-entropy of train, validation_accuracy the share in validation.

    With a learning rate of 0 nothing moves, so that every epoch shows the same.
    """
    dtype = precise(device)
    numbers = np.random.default_rng(5)
    points, labels = numbers.uniform(-2, 2, (37, 2)), numbers.integers(0, 2, 37)
    other_points, other_labels = numbers.uniform(-2, 2, (11, 2)), numbers.integers(0, 2, 11)
    model = classifier(device, dtype)
    weight, bias = array(model[0].weight), array(model[0].bias)
    logits = points @ weight.T + bias
    losses = np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(37), labels]
    right = (other_points @ weight.T + bias).argmax(axis=1) == other_labels
    train = tensor(points, device, dtype), tensor(labels, device)
    validation = tensor(other_points, device, dtype), tensor(other_labels, device)
    history = kata.fit(model, train, validation, 2, 0.0, 3)
    assert_history(history, 2)
    precision = 1e-9 if dtype == torch.float64 else 1e-4
    assert_value(history["train_loss"], [float(losses.mean())] * 2, rtol=precision)
    assert_value(history["validation_accuracy"], [float(right.mean())] * 2, rtol=1e-6)
    assert_tensor(model[0].weight, weight, like=model[0].weight)
    assert_tensor(model[0].bias, bias, like=model[0].bias)


@pytest.mark.parametrize("contrary", [False, True])
@pytest.mark.parametrize(("epochs", "learning_rate"), [(1, 0.3), (6, 0.02), (10, 0.3)])
def test_fit_ends_with_the_best_weights(kata, device, epochs, learning_rate, contrary):
    """In the end the model itself has the best validation accuracy in history.

    Where validation contradicts train, that is an early epoch's, measured after it.
    """
    train, validation = blobs(40, device, 1), blobs(20, device, 2)
    validation = opposite(validation) if contrary else validation
    model = classifier(device)
    history = kata.fit(model, train, validation, epochs, learning_rate, 0)
    assert_history(history, epochs)
    best = max(history["validation_accuracy"])
    assert_value(share_right(model, validation), best, rtol=1e-6)


@pytest.mark.parametrize("learning_rate", [0.03, 0.1, 0.3])
def test_fit_ends_with_the_best_weights_from_the_middle(kata, device, learning_rate):
    """Where validation accuracy rises, falls and ends above its first value, its peak counts.

    Training moves a threshold past one sample after another: first past twelve that become
    right by it, then past eight that become wrong.
    """
    train = torch.zeros(40, 2, device=device), torch.ones(40, dtype=torch.int64, device=device)
    points = [[-0.15 * place, 1.0] for place in range(1, 21)]
    validation = tensor(points, device), tensor([1] * 12 + [0] * 8, device)
    model = nn.Sequential(linear([[0.0, 0.0], [1.0, 0.0]], [0.0, 0.0], device))
    history = kata.fit(model, train, validation, 20, learning_rate, 0)
    assert_history(history, 20)
    best = max(history["validation_accuracy"])
    assert_value(share_right(model, validation), best, rtol=1e-6)


def test_fit_repeats_itself_for_the_same_seed(kata, device):
    """The same model, data and seed give the same history, whatever was drawn in between."""
    train, validation = blobs(40, device, 1), blobs(20, device, 2)
    histories = []
    for _ in range(2):
        histories.append(kata.fit(classifier(device), train, validation, 2, 0.05, 7))
        torch.rand(3, device=device)
        np.random.rand(3)
    for history in histories:
        assert_history(history, 2)
    first, second = histories
    assert_value(second["train_loss"], first["train_loss"], rtol=1e-6)
    assert_value(second["validation_accuracy"], first["validation_accuracy"], rtol=1e-6)


def test_fit_learns_an_easy_set(kata, device):
    """Two groups of points that lie well apart are told apart after 30 epochs."""
    train, validation = blobs(60, device, 1), blobs(30, device, 2)
    model = classifier(device, scale=0.1)
    history = kata.fit(model, train, validation, 30, 0.1, 0)
    assert_history(history, 30)
    best = max(history["validation_accuracy"])
    assert_that(best >= 0.95, f"the best accuracy on an easy set is {best:g}")
    first, *_, last = history["train_loss"]
    assert_that(last < first, f"the loss went from {first:g} to {last:g}")


def test_fit_learns_from_the_training_samples_alone(kata, device):
    """Validation is for measuring: where it contradicts train, train is learned."""
    train, validation = blobs(60, device, 1), blobs(30, device, 2)
    model = classifier(device, scale=0.1)
    history = kata.fit(model, train, opposite(validation), 30, 0.1, 0)
    assert_history(history, 30)
    last = history["validation_accuracy"][-1]
    assert_that(last <= 0.05, f"{last:g} of the validation samples were learned")


def test_fit_trains_in_train_mode_and_measures_in_eval_mode(kata, device):
    """A model that says the opposite in eval mode learns train and is right in the opposite."""
    train, validation = blobs(60, device, 1), opposite(blobs(30, device, 2))
    model = classifier(device, hidden=[Mirror()], scale=-0.1)
    history = kata.fit(model.eval(), train, validation, 30, 0.1, 0)
    assert_history(history, 30)
    last = history["validation_accuracy"][-1]
    assert_that(last >= 0.95, f"the accuracy in eval mode should come near 1, and is {last:g}")


def test_fit_leaves_the_global_random_states_alone(kata, device):
    """Neither torch's nor NumPy's nor Python's own generator moves."""
    train, validation = blobs(9, device, 1), blobs(7, device, 2)
    model = classifier(device)
    with random_states_kept(device):
        kata.fit(model, train, validation, 2, 0.01, 5)


def test_fit_leaves_the_samples_alone(kata, device):
    """train and validation are as they were, in the same order."""
    train, validation = blobs(9, device, 1), blobs(7, device, 2)
    with unchanged(train, validation):
        kata.fit(classifier(device), train, validation, 2, 0.01, 5)


def moons(count, noise, seed, device):
    """Two interleaved half-moons with noise: points (count, 2) and classes."""
    numbers = np.random.default_rng(seed)
    y = numbers.integers(0, 2, count)
    t = numbers.uniform(0, np.pi, count)
    circle = np.stack([np.cos(t), np.sin(t)], axis=1)
    x = np.where(y[:, None] == 0, circle, np.array([1.0, 0.5]) - circle)
    return tensor(x + noise * numbers.standard_normal((count, 2)), device), tensor(y, device)


def ordered(samples):
    """The same samples, all of class 0 first, with gaps between them in memory."""
    x, y = samples
    order = torch.argsort(y)
    return torch.cat([x[order], x[order]], dim=1)[:, :2], y[order]


@pytest.mark.parametrize(
    ("count", "noise", "in_order", "seed"), [(400, 0.1, False, 0), (500, 0.15, True, 3)]
)
def test_solve_moons_gets_held_out_points_right(kata, device, count, noise, in_order, seed):
    """The model gives logits (m, 2) on x's device, and 97 % of new points are right."""
    x, y = moons(count, noise, 10 + seed, device)
    model = kata.solve_moons(*(ordered((x, y)) if in_order else (x, y)), seed)
    assert_that(isinstance(model, nn.Module), f"an nn.Module is asked for, not {show(model)}")
    points, classes = moons(1000, noise, 20 + seed, device)
    model.eval()
    with torch.no_grad():
        logits = model(points)
        alone = model(points[:1])
    assert_metadata(logits, shape=(1000, 2), dtype=torch.float32, device=x.device)
    assert_tensor(alone, logits[:1], rtol=1e-4, atol=1e-4)
    share = float(np.mean(array(logits).argmax(axis=1) == array(classes)))
    assert_that(share >= 0.97, f"{share:.1%} of the held-out points are right, not 97 %")


@functools.cache
def reference():
    """The solution's own function."""
    kata = catalogue.find("k17_training_loop")
    return load(kata, kata.solution, 30.0).module.solve_moons


def seconds(function, *arguments):
    """The processor time that a call takes, which a busy machine changes little."""
    start = time.process_time()
    function(*arguments)
    return time.process_time() - start


def test_solve_moons_does_not_take_long(kata, device):
    """It needs no more than ten times as long as the reference, or five seconds."""
    x, y = moons(400, 0.1, 1, device)
    taken = seconds(kata.solve_moons, x, y, 0)
    allowed = ENOUGH
    if taken > ENOUGH:
        allowed = max(ENOUGH, 10 * seconds(reference(), x, y, 0))
    assert_that(taken <= allowed, f"it took {taken:.1f} s; {allowed:.1f} s are allowed")


def test_solve_moons_leaves_everything_else_alone(kata, device):
    """Points and classes are as they were, and so are the global random states."""
    x, y = moons(400, 0.1, 2, device)
    with unchanged(x, y), random_states_kept(device):
        kata.solve_moons(x, y, 5)
