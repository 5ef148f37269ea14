"""What a right k14_mlp does.

Teaches the forward and backward pass of a network of linear layers and sigmoids, written out for
whole batches. Leaves the chain rule as such to k12, graphs of any shape to k13, initial weights to
k15, and autograd to k16.
"""

import contextlib
import itertools

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from .harness.checks import (
    CheckFailure,
    array,
    arrays,
    as_network,
    assert_no_loops,
    assert_tensor,
    assert_that,
    by_hand,
    edge,
    either,
    precise,
    tensors,
)

# Moderate, so that sums of a few products keep to the tolerances in any order of summation.
VALUES = (0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0, 0.5, -0.5, 0.1, 1 / 3, -0.7, 1.5)
# Small, so that no sigmoid of an ordinary network is near to 0 or 1.
SMALL = (1.0, 0.5, -1.0, 2.0, -0.5, 1.5, -2.0, 0.25, -1.5, -0.25, 0.75)
SHARES = (0.5, 0.25, 0.75, 0.1, 0.9, 0.2, 0.8, 0.4, 0.6, 0.3, 0.7, 0.05, 0.95, 0.15, 0.85, 0.35)
ROUNDING = {torch.float32: 1e-4, torch.float64: 1e-11}
RATES = either(st.sampled_from([0.5, 0.1, 0.25]), st.sampled_from([0.1, 0.7, 0.0, 0.3]))

# Layers behind the first one of `halves` that can be followed on paper, and what goes into them.
THREE = (([[2.0, -2.0], [4.0, -4.0], [6.0, -6.0]], [0.0, 0.0, 0.0]), ([[2.0, 4.0, 6.0]], [1.0]))
HALF = [[0.5, 0.5], [0.5, 0.5]]
HALF_OF_THREE = [[0.5, 0.5, 0.5], [0.5, 0.5, 0.5]]

# What torch.ops.aten has of the kind that is asked for here, under all its names.
READY_MADE = tuple(
    f"{name}_backward{overload}"
    for name in ("linear", "sigmoid", "threshold", "leaky_relu", "hardtanh", "elu", "mse_loss")
    for overload in ("", ".default", ".grad_input")
)

ONE_LAYER = ("batch in", "batch a", "a in", "a")
TWO_LAYERS = ("batch in", "batch b", "a in", "a", "b a", "b")
THREE_LAYERS = ("batch in", "batch c", "a in", "a", "b a", "b", "c b", "c")


def networks(min_side=0):
    """Draws (x, target, parameters), x (batch, in), target (batch, out).

    An ordinary network has two layers; one to three are promised.
    """
    few = {"batch": (2, 2), "in": (3, 3), "a": (4, 4), "b": (2, 3)}
    sides = dict.fromkeys(("batch", "in", "a", "b", "c"), (min_side, 3))
    return either(
        tensors(*TWO_LAYERS, values=SMALL, sides=few),
        st.one_of(
            *(
                tensors(*s, values=VALUES, sides=sides)
                for s in (ONE_LAYER, TWO_LAYERS, THREE_LAYERS)
            )
        ),
    ).map(as_network)


def example(device, sizes=(3, 5, 2, 4), batch=6):
    """A network with lengths that differ, and numbers of no particular kind."""
    numbers = np.random.default_rng(14)

    def drawn(*shape):
        return torch.tensor(numbers.uniform(-1.5, 1.5, shape), dtype=torch.float32, device=device)

    parameters = [(drawn(out, into), drawn(out)) for into, out in itertools.pairwise(sizes)]
    return drawn(batch, sizes[0]), drawn(batch, sizes[-1]), parameters


def halves(device, last):
    """Two samples, and a network whose first layer gives zeros, so that its sigmoids give 1/2."""
    rows = on(device)
    x = rows([1.0, 2.0], [3.0, 6.0])
    first = (rows([2.0, -1.0], [-4.0, 2.0]), rows(0.0, 0.0))
    return x, [first, *((rows(*weight), rows(*bias)) for weight, bias in last)]


def saturated(device):
    """Two samples that drive one hidden neuron to 1 and the other to 0, and the other way round."""
    rows = on(device)
    first = (rows([1000.0], [-1000.0]), rows(0.0, 0.0))
    last = (rows([2.0, 4.0]), rows(1.0))
    return rows([1.0], [-1.0]), rows([1.0], [105.0]), [first, last]


def on(device):
    """Makes a tensor of its rows, or of its numbers, on this device."""
    return lambda *rows: torch.tensor(rows, device=device)


def forward(x, parameters):
    """The network in NumPy: what goes into each layer, and the prediction."""
    inputs = [x]
    for layer, (weight, bias) in enumerate(parameters):
        z = np.einsum("bi,oi->bo", inputs[-1], weight) + bias
        inputs.append(z if layer == len(parameters) - 1 else np.exp(-np.logaddexp(0, -z)))
    return inputs[:-1], inputs[-1]


def gradients(function, *arguments):
    """What autograd says in float64, on the CPU: the gradients of a sum for all arguments."""
    leaves = [on_cpu(argument).requires_grad_() for argument in arguments]
    return torch.autograd.grad(function(*leaves).sum(), leaves)


def network(x, *flat):
    """The prediction of a network, for autograd."""
    for weight, bias in zip(flat[:-2:2], flat[1:-2:2], strict=True):
        x = torch.sigmoid(torch.nn.functional.linear(x, weight, bias))
    return torch.nn.functional.linear(x, *flat[-2:])


def expected_gradients(x, parameters, loss):
    """What autograd says of loss(prediction): a pair for each layer."""
    flat = [tensor for pair in parameters for tensor in pair]
    _, *slopes = gradients(lambda x, *flat: loss(network(x, *flat)), x, *flat)
    return list(zip(slopes[::2], slopes[1::2], strict=True))


def on_cpu(x):
    """A copy for autograd, even if x was made in inference mode."""
    return x.detach().cpu().double().clone()


def cache_of(x, parameters):
    """What mlp_forward keeps: x itself, and the outputs of the sigmoids on x's device."""
    inputs, _ = forward(array(x), arrays(parameters))
    return [x, *(torch.tensor(a, dtype=x.dtype, device=x.device) for a in inputs[1:])]


def assert_close(actual, expected, like):
    """The tensors agree, whatever the order of operations."""
    __tracebackhide__ = True
    assert_tensor(actual, expected, like=like, atol=ROUNDING[like.dtype])


@contextlib.contextmanager
def naming(part):
    """A failure within says which part of the result it is about."""
    try:
        yield
    except CheckFailure as failure:
        failure.problem = f"{part}: {failure.problem}"
        raise


def assert_parts(actual, *names):
    """A tuple of as many items as there are names; a list will do."""
    __tracebackhide__ = True
    right = isinstance(actual, tuple | list) and len(actual) == len(names)
    assert_that(right, f"the result should be a tuple ({', '.join(names)})")


def assert_layers(actual, expected, parameters):
    """A pair (…, …) for each layer, close to what is expected."""
    __tracebackhide__ = True
    right = isinstance(actual, list | tuple) and len(actual) == len(parameters)
    asked = f"a list of tuples (…, …), one for each layer: {len(parameters)} here"
    assert_that(right, f"the result should be {asked}")
    together = zip(actual, expected, parameters, strict=True)
    for number, (pair, wanted, (weight, bias)) in enumerate(together, 1):
        with naming(f"layer {number}"):
            assert_parts(pair, "for the weight", "for the bias")
        with naming(f"layer {number}, for the weight"):
            assert_close(pair[0], wanted[0], like=weight)
        with naming(f"layer {number}, for the bias"):
            assert_close(pair[1], wanted[1], like=bias)


@given(drawn=tensors("batch in", "out in", "out", values=VALUES))
def test_linear_forward_sums_products_and_adds_the_bias(kata, device, drawn):
    """An output is the sum of a sample's numbers times those of the output's row, plus its bias."""
    x, weight, bias = drawn
    expected = np.einsum("bi,oi->bo", array(x), array(weight)) + array(bias)
    assert_close(kata.linear_forward(x, weight, bias), expected, like=x)


def test_linear_forward_takes_the_weight_as_out_by_in(kata, device):
    """A row of the weight, and an entry of the bias, belong to an output, not to a sample."""
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], device=device)
    weight = torch.tensor([[1.0, 10.0], [100.0, 1000.0]], device=device)
    bias = torch.tensor([0.5, 0.25], device=device)
    expected = [[21.5, 2100.25], [43.5, 4300.25]]
    assert_tensor(kata.linear_forward(x, weight, bias), expected, like=x)


def test_linear_forward_needs_no_loop_over_samples(kata, device):
    """The number of operations does not grow with the batch."""
    x, _, [(weight, bias)] = example(device, sizes=(3, 5), batch=29)
    assert_no_loops(
        lambda: kata.linear_forward(x[:2], weight, bias),
        lambda: kata.linear_forward(x, weight, bias),
    )


def test_linear_forward_is_written_by_hand(kata, device):
    """torch.nn.functional.linear is not used."""
    x, _, [(weight, bias)] = example(device, sizes=(3, 5), batch=2)
    with by_hand("linear", "linear.default"):
        kata.linear_forward(x, weight, bias)


@edge
def test_linear_forward_of_no_features_is_the_bias(kata, device):
    """Where x has no columns, each sample gets the bias; where it has no rows, nothing is left."""
    x, weight = torch.ones(2, 0, device=device), torch.ones(3, 0, device=device)
    bias = torch.tensor([1.0, 2.0, 3.0], device=device)
    assert_tensor(kata.linear_forward(x, weight, bias), [[1, 2, 3], [1, 2, 3]], like=x)
    assert_tensor(kata.linear_forward(x[:0], weight, bias), np.zeros((0, 3)), like=x)


@given(drawn=tensors("batch out", "batch in", "out in", values=VALUES))
def test_linear_backward_gives_the_gradients_of_x_weight_and_bias(kata, device, drawn):
    """A gradient says, for each number of x, weight or bias, how fast the loss changes with it."""
    grad_output, x, weight = drawn
    bias = torch.zeros(len(weight))
    given_gradient = on_cpu(grad_output)
    expected = gradients(
        lambda x, w, b: torch.nn.functional.linear(x, w, b) * given_gradient, x, weight, bias
    )
    _assert_linear_gradients(kata.linear_backward(grad_output, x, weight), expected, x)


def test_linear_backward_keeps_rows_and_columns_apart(kata, device):
    """Also where every matrix is square, nothing is transposed that should not be."""
    grad_output = torch.tensor([[1.0, 2.0], [3.0, 5.0]], device=device)
    x = torch.tensor([[7.0, 11.0], [13.0, 17.0]], device=device)
    weight = torch.tensor([[19.0, 23.0], [29.0, 31.0]], device=device)
    expected = [[[77.0, 85.0], [202.0, 224.0]], [[46.0, 62.0], [79.0, 107.0]], [4.0, 7.0]]
    _assert_linear_gradients(kata.linear_backward(grad_output, x, weight), expected, x)


def test_linear_backward_sums_over_the_batch(kata, device):
    """Three times the same sample gives three times the gradients of weight and bias."""
    grad_output = torch.tensor([[2.0, -1.0]] * 3, device=device)
    x = torch.tensor([[1.0, 2.0, 3.0, 4.0]] * 3, device=device)
    expected = [[[1.0] * 4] * 3, [[6.0, 12.0, 18.0, 24.0], [-3.0, -6.0, -9.0, -12.0]], [6.0, -3.0]]
    weight = torch.ones(2, 4, device=device)
    result = kata.linear_backward(grad_output, x, weight)
    _assert_linear_gradients(result, expected, x, last_first=True)


def test_linear_backward_needs_no_loop_over_samples(kata, device):
    """The number of operations does not grow with the batch."""
    x, grad_output, [(weight, _)] = example(device, sizes=(3, 5), batch=29)
    assert_no_loops(
        lambda: kata.linear_backward(grad_output[:2], x[:2], weight),
        lambda: kata.linear_backward(grad_output, x, weight),
    )


def test_linear_backward_is_written_by_hand(kata, device):
    """Neither autograd nor a backward function of torch's is used."""
    x, grad_output, [(weight, _)] = example(device, sizes=(3, 5), batch=2)
    with by_hand(*READY_MADE):
        kata.linear_backward(grad_output, x, weight)


@edge
def test_linear_backward_of_an_empty_batch_gives_zeros(kata, device):
    """No sample, no slope: the gradients of weight and bias are zeros of their shapes."""
    grad_output, x = torch.ones(0, 2, device=device), torch.ones(0, 3, device=device)
    result = kata.linear_backward(grad_output, x, torch.ones(2, 3, device=device))
    _assert_linear_gradients(result, [np.zeros((0, 3)), np.zeros((2, 3)), np.zeros(2)], x)


def _assert_linear_gradients(result, expected, like, last_first=False):
    __tracebackhide__ = True
    names = "grad_x", "grad_weight", "grad_bias"
    assert_parts(result, *names)
    for place in (2, 1, 0) if last_first else (0, 1, 2):
        with naming(names[place]):
            assert_close(result[place], expected[place], like=like)


def squashed(drawn):
    """What comes in, and the output of a sigmoid."""
    grad_output, z = drawn
    return grad_output, torch.sigmoid(z)


@given(drawn=either(tensors("...", "...", values=SHARES), tensors("...", "...").map(squashed)))
def test_sigmoid_backward_multiplies_by_the_slope_of_the_sigmoid(kata, device, drawn):
    """The gradient that comes in is multiplied by how steep the sigmoid is at that output."""
    grad_output, output = drawn
    z = torch.logit(on_cpu(output))
    (expected,) = gradients(lambda leaf: torch.sigmoid(leaf) * on_cpu(grad_output), z)
    assert_tensor(kata.sigmoid_backward(grad_output, output), expected, like=output)


def test_sigmoid_backward_takes_the_output_for_the_output(kata, device):
    """The second argument went through the sigmoid already; in its middle, 1/2, it is steepest."""
    grad_output = torch.tensor([100.0, 100.0, -100.0, 100.0], device=device)
    output = torch.tensor([0.1, 0.5, 0.5, 0.8], device=device)
    result = kata.sigmoid_backward(grad_output, output)
    assert_tensor(result, [9.0, 25.0, -25.0, 16.0], like=output)


def test_sigmoid_backward_is_written_by_hand(kata, device):
    """Neither autograd nor torch's own sigmoid_backward is used."""
    grad_output = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], device=device)
    with by_hand(*READY_MADE):
        kata.sigmoid_backward(grad_output, grad_output / 8)


@edge
def test_sigmoid_backward_gives_nothing_where_the_sigmoid_is_0_or_1(kata, device):
    """At both ends the gradient is 0, however large it comes in."""
    grad_output = torch.tensor([8.0, -8.0, 1e6, -1e6], device=device)
    output = torch.tensor([0.0, 1.0, 1.0, 0.0], device=device)
    zeros = [0.0, 0.0, 0.0, 0.0]
    assert_tensor(kata.sigmoid_backward(grad_output, output), zeros, like=output)


@edge
def test_sigmoid_backward_of_a_single_number(kata, device):
    """A 0-D tensor is as good as any."""
    grad_output, output = torch.tensor(16.0, device=device), torch.tensor(0.25, device=device)
    assert_tensor(kata.sigmoid_backward(grad_output, output), 3.0, like=output)


@edge
def test_sigmoid_backward_needs_no_loop(kata, device):
    """The number of operations does not grow with the tensors."""
    x = torch.full((29, 31), 0.25, device=device)
    assert_no_loops(
        lambda: kata.sigmoid_backward(x[:2, :3], x[:2, :3]), lambda: kata.sigmoid_backward(x, x)
    )


@given(drawn=tensors("...", "..."))
def test_relu_backward_lets_pass_where_x_is_positive(kata, device, drawn):
    """The gradient passes as it is where x is positive, and is 0 elsewhere."""
    grad_output, x = drawn
    expected = np.where(array(x) > 0, array(grad_output), 0.0)
    assert_tensor(kata.relu_backward(grad_output, x), expected, like=x)


def test_relu_backward_looks_at_the_sign_of_x_alone(kata, device):
    """Neither the size of x matters nor the sign of the gradient: all of it passes, or nothing."""
    grad_output = torch.tensor([[3.0, -4.0, 5.0], [6.0, -7.0, -8.0]], device=device)
    x = torch.tensor([[0.5, 100.0, 2.0], [-0.5, -100.0, 0.25]], device=device)
    expected = [[3.0, -4.0, 5.0], [0.0, 0.0, -8.0]]
    assert_tensor(kata.relu_backward(grad_output, x), expected, like=x)


def test_relu_backward_is_written_by_hand(kata, device):
    """Neither autograd nor torch's own threshold_backward is used."""
    grad_output = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], device=device)
    with by_hand(*READY_MADE):
        kata.relu_backward(grad_output, grad_output - 3.5)


@edge
def test_relu_backward_is_zero_at_zero(kata, device):
    """At the kink, 0.0 and -0.0, the slope is 0."""
    grad_output = torch.tensor([3.0, -4.0, 5.0, 6.0], device=device)
    x = torch.tensor([0.0, 0.0, -0.0, 1.0], device=device)
    assert_tensor(kata.relu_backward(grad_output, x), [0.0, 0.0, 0.0, 6.0], like=x)


@edge
def test_relu_backward_lets_all_pass_where_x_is_tiny(kata, device):
    """However little x is above 0, the gradient passes whole."""
    dtype = precise(device)
    tiny = torch.finfo(dtype).tiny
    grad_output = torch.tensor([1 / 3, -5.0, 6.0, 7.0], dtype=dtype, device=device)
    x = torch.tensor([1e-30, 1e-10, tiny, -1e-30], dtype=dtype, device=device)
    assert_tensor(kata.relu_backward(grad_output, x), [1 / 3, -5.0, 6.0, 0.0], like=x)


@edge
def test_relu_backward_of_a_single_number(kata, device):
    """A 0-D tensor is as good as any."""
    grad_output, x = torch.tensor(-16.0, device=device), torch.tensor(0.25, device=device)
    assert_tensor(kata.relu_backward(grad_output, x), -16.0, like=x)


@edge
def test_relu_backward_needs_no_loop(kata, device):
    """The number of operations does not grow with the tensors."""
    x = torch.ones(29, 31, device=device)
    assert_no_loops(
        lambda: kata.relu_backward(x[:2, :3], x[:2, :3]), lambda: kata.relu_backward(x, x)
    )


@given(drawn=tensors("batch out", "batch out", min_side=1))
def test_mse_backward_is_the_gradient_of_the_mean_squared_error(kata, device, drawn):
    """The result says, for each number of the prediction, how fast the error grows with it."""
    prediction, target = drawn
    (expected,) = gradients(lambda leaf: (leaf - on_cpu(target)).square().mean(), prediction)
    assert_tensor(kata.mse_backward(prediction, target), expected, like=prediction)


def test_mse_backward_takes_the_mean_over_all_elements(kata, device):
    """The mean runs over samples and outputs alike: here over twelve elements."""
    prediction = torch.tensor([[7.0, 1.0, 605.0], [7.0, 8.0, -9.0]] * 2, device=device)
    target = torch.tensor([[1.0, 7.0, 5.0], [1.0, 20.0, 9.0]] * 2, device=device)
    expected = [[1.0, -1.0, 100.0], [1.0, -2.0, -3.0]] * 2
    assert_tensor(kata.mse_backward(prediction, target), expected, like=prediction)


def test_mse_backward_is_written_by_hand(kata, device):
    """Neither autograd nor torch's own mse_loss_backward is used."""
    prediction = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], device=device)
    with by_hand(*READY_MADE):
        kata.mse_backward(prediction, prediction.flip(0))


@edge
def test_mse_backward_of_a_single_element(kata, device):
    """A mean over one element is that element."""
    prediction, target = torch.tensor([[7.0]], device=device), torch.tensor([[4.0]], device=device)
    assert_tensor(kata.mse_backward(prediction, target), [[6.0]], like=prediction)


@edge
def test_mse_backward_keeps_all_digits(kata, device):
    """float64 is computed in float64 throughout."""
    dtype = precise(device)
    prediction = torch.tensor([[0.1, 1 / 3, 2.7], [-0.7, 5.3, 0.9]], dtype=dtype, device=device)
    expected = array(prediction) / 3
    target = torch.zeros_like(prediction)
    assert_tensor(kata.mse_backward(prediction, target), expected, like=prediction)


@edge
def test_mse_backward_needs_no_loop(kata, device):
    """The number of operations does not grow with the tensors."""
    x = torch.ones(29, 31, device=device)
    assert_no_loops(
        lambda: kata.mse_backward(x[:2, :3], x[:2, :3]), lambda: kata.mse_backward(x, x)
    )


@given(drawn=networks())
def test_mlp_forward_runs_layer_after_layer(kata, device, drawn):
    """Linear, sigmoid, linear, sigmoid, ..., linear; the cache holds what went into each layer."""
    x, _, parameters = drawn
    inputs, prediction = forward(array(x), arrays(parameters))
    _assert_forward(kata.mlp_forward(x, parameters), prediction, inputs, x)


def test_mlp_forward_has_no_sigmoid_after_the_last_layer(kata, device):
    """What lies between layers is between 0 and 1; the prediction may be any number."""
    last = ([[4.0, 8.0], [-6.0, -10.0], [2.0, 4.0]], [1.0, 2.0, 0.0])
    x, parameters = halves(device, [last])
    expected = [[7.0, -6.0, 3.0], [7.0, -6.0, 3.0]]
    _assert_forward(kata.mlp_forward(x, parameters), expected, [array(x), HALF], x)


def test_mlp_forward_takes_any_number_of_layers(kata, device):
    """Three layers have two sigmoids between them, and three inputs in the cache."""
    x, parameters = halves(device, THREE)
    inputs = [array(x), HALF, HALF_OF_THREE]
    _assert_forward(kata.mlp_forward(x, parameters), [[7.0], [7.0]], inputs, x)


@edge
def test_mlp_forward_of_one_layer_is_linear(kata, device):
    """A single layer has no sigmoid, and its input is x."""
    x = torch.tensor([[1.0, 2.0], [-3.0, 4.0]], device=device)
    weight, bias = torch.tensor([[5.0, -10.0]], device=device), torch.ones(1, device=device)
    result = kata.mlp_forward(x, [(weight, bias)])
    _assert_forward(result, [[-14.0], [-54.0]], [array(x)], x)


@edge
def test_mlp_forward_survives_large_numbers(kata, device):
    """What goes into a sigmoid may be -1000 or 1000; what comes out is then 0 or 1, never NaN."""
    x, _, parameters = saturated(device)
    hidden = [[1.0, 0.0], [0.0, 1.0]]
    _assert_forward(kata.mlp_forward(x, parameters), [[3.0], [5.0]], [array(x), hidden], x)


@edge
def test_mlp_forward_of_an_empty_batch_is_empty(kata, device):
    """No samples, no predictions: the shapes are kept all the same."""
    x, _, parameters = example(device, batch=0)
    inputs, prediction = forward(array(x), arrays(parameters))
    _assert_forward(kata.mlp_forward(x, parameters), prediction, inputs, x)


@edge
def test_mlp_forward_needs_no_loop_over_samples(kata, device):
    """The number of operations does not grow with the batch."""
    x, _, parameters = example(device, batch=29)
    assert_no_loops(
        lambda: kata.mlp_forward(x[:2], parameters), lambda: kata.mlp_forward(x, parameters)
    )


def _assert_forward(result, prediction, inputs, x):
    __tracebackhide__ = True
    assert_parts(result, "prediction", "cache")
    cache = result[1]
    right = isinstance(cache, list | tuple) and len(cache) == len(inputs)
    assert_that(right, f"the cache should be a list of {len(inputs)}, one input for each layer")
    with naming("prediction"):
        assert_close(result[0], prediction, like=x)
    for index, (actual, expected) in enumerate(zip(cache, inputs, strict=True)):
        with naming(f"cache[{index}]"):
            assert_close(actual, expected, like=x)


@given(drawn=networks())
def test_mlp_backward_gives_the_gradient_of_every_parameter(kata, device, drawn):
    """A gradient says, for each number of each weight and bias, how fast the loss changes with it.

    On the way to an earlier layer it passes the sigmoid in between.
    """
    x, grad_prediction, parameters = drawn
    expected = expected_gradients(x, parameters, lambda p: p * on_cpu(grad_prediction))
    result = kata.mlp_backward(grad_prediction, cache_of(x, parameters), parameters)
    assert_layers(result, expected, parameters)


def test_mlp_backward_takes_any_number_of_layers(kata, device):
    """What one layer hands back, the layer before it takes on, from the last to the first."""
    x, parameters = halves(device, THREE)
    rows = on(device)
    cache = [x, rows(*HALF), rows(*HALF_OF_THREE)]
    expected = [
        ([[108.5, 217.0], [-108.5, -217.0]], [38.5, -38.5]),
        ([[2.75, 2.75], [5.5, 5.5], [8.25, 8.25]], [5.5, 11.0, 16.5]),
        ([[5.5, 5.5, 5.5]], [11.0]),
    ]
    result = kata.mlp_backward(rows([1.0], [10.0]), cache, parameters)
    assert_layers(result, expected, parameters)


def test_mlp_backward_is_written_by_hand(kata, device):
    """Neither autograd nor a backward function of torch's is used."""
    x, grad_prediction, parameters = example(device)
    cache = cache_of(x, parameters)
    with by_hand(*READY_MADE):
        kata.mlp_backward(grad_prediction, cache, parameters)


@edge
def test_mlp_backward_of_one_layer_has_no_sigmoid(kata, device):
    """A single layer is linear, so that its gradients are those of linear_backward."""
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], device=device)
    grad_prediction = torch.tensor([[1.0], [10.0]], device=device)
    parameters = [(torch.ones(1, 2, device=device), torch.ones(1, device=device))]
    result = kata.mlp_backward(grad_prediction, [x], parameters)
    assert_layers(result, [([[31.0, 42.0]], [11.0])], parameters)


@edge
def test_mlp_backward_hands_nothing_through_a_sigmoid_of_0_or_1(kata, device):
    """Where the sigmoids have reached 0 or 1, earlier layers get zeros."""
    x, _, parameters = saturated(device)
    grad_prediction = torch.tensor([[100.0], [1.0]], device=device)
    result = kata.mlp_backward(grad_prediction, cache_of(x, parameters), parameters)
    first = ([[0.0], [0.0]], [0.0, 0.0])
    assert_layers(result, [first, ([[100.0, 1.0]], [101.0])], parameters)


@edge
def test_mlp_backward_of_an_empty_batch_gives_zeros(kata, device):
    """No sample, no slope: every gradient is zeros of its parameter's shape."""
    x, grad_prediction, parameters = example(device, batch=0)
    result = kata.mlp_backward(grad_prediction, cache_of(x, parameters), parameters)
    zeros = [(np.zeros(weight.shape), np.zeros(bias.shape)) for weight, bias in parameters]
    assert_layers(result, zeros, parameters)


@edge
def test_mlp_backward_needs_no_loop_over_samples(kata, device):
    """The number of operations does not grow with the batch."""
    x, grad_prediction, parameters = example(device, batch=29)
    cache = cache_of(x, parameters)
    few = [entry[:2] for entry in cache]
    assert_no_loops(
        lambda: kata.mlp_backward(grad_prediction[:2], few, parameters),
        lambda: kata.mlp_backward(grad_prediction, cache, parameters),
    )


@given(drawn=networks(min_side=1), learning_rate=RATES)
def test_training_step_goes_against_the_gradient(kata, device, drawn, learning_rate):
    """Every weight and bias moves against its gradient, as far as the learning rate says."""
    x, target, parameters = drawn
    result = kata.training_step(x, target, parameters, learning_rate)
    _assert_step(result, x, target, parameters, learning_rate)


def test_training_step_returns_the_loss_of_the_old_parameters(kata, device):
    """The loss is the mean over all elements before the step, not after it."""
    rows = on(device)
    x = rows([1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [2.0, 0.0])
    weight, bias = rows([1.0, 2.0], [3.0, 4.0], [5.0, 6.0]), rows(0.0, 0.0, 0.0)
    target = rows([2.0, 3.0, 5.0], [2.0, 3.0, 6.0], [3.0, 7.0, 10.0], [-2.0, 4.0, 9.0])
    result = kata.training_step(x, target, [(weight, bias)], 0.5)
    assert_parts(result, "new_parameters", "loss")
    with naming("loss"):
        assert_tensor(result[1], 2.0, like=x)


def test_training_step_takes_all_gradients_at_the_old_parameters(kata, device):
    """The gradient of an early layer goes through the old weights of the later ones."""
    x, parameters = halves(device, THREE)
    target = torch.tensor([[8.0], [5.0]], device=device)
    result = kata.training_step(x, target, parameters, 0.5)
    _assert_step(result, x, target, parameters, 0.5)


def test_training_step_can_be_repeated(kata, device):
    """What one step returns, the next one takes; each is right, and the loss goes down."""
    x, target, parameters = example(device, sizes=(3, 4, 2), batch=5)
    losses = []
    for _ in range(3):
        result = kata.training_step(x, target, parameters, 0.1)
        _assert_step(result, x, target, parameters, 0.1)
        parameters, loss = result
        losses.append(loss.item())
    assert_that(losses[0] > losses[1] > losses[2], f"the loss should fall, and went {losses}")


def test_training_step_is_written_by_hand(kata, device):
    """Neither autograd nor a backward function of torch's is used."""
    x, target, parameters = example(device)
    with by_hand(*READY_MADE):
        kata.training_step(x, target, parameters, 0.5)


@edge
def test_training_step_survives_large_numbers(kata, device):
    """Where the sigmoids have reached 0 or 1, only the last layer moves."""
    x, target, parameters = saturated(device)
    result = kata.training_step(x, target, parameters, 0.5)
    assert_parts(result, "new_parameters", "loss")
    assert_layers(result[0], [parameters[0], ([[1.0, 54.0]], [50.0])], parameters)
    with naming("loss"):
        assert_tensor(result[1], 5002.0, like=x)


@edge
def test_training_step_of_layers_without_neurons(kata, device):
    """A layer may have no inputs or no outputs: its weight stays empty, and its bias moves."""
    x, target, parameters = example(device, sizes=(0, 3, 0, 2))
    _assert_step(kata.training_step(x, target, parameters, 0.5), x, target, parameters, 0.5)


@edge
def test_training_step_needs_no_loop_over_samples(kata, device):
    """The number of operations does not grow with the batch."""
    x, target, parameters = example(device, batch=29)
    assert_no_loops(
        lambda: kata.training_step(x[:2], target[:2], parameters, 0.5),
        lambda: kata.training_step(x, target, parameters, 0.5),
    )


def _assert_step(result, x, target, parameters, learning_rate):
    __tracebackhide__ = True
    wanted = on_cpu(target)
    slopes = expected_gradients(x, parameters, lambda p: (p - wanted).square().mean())
    expected = [
        tuple(array(old) - learning_rate * array(slope) for old, slope in zip(*pairs, strict=True))
        for pairs in zip(parameters, slopes, strict=True)
    ]
    _, prediction = forward(array(x), arrays(parameters))
    assert_parts(result, "new_parameters", "loss")
    assert_layers(result[0], expected, parameters)
    with naming("loss"):
        assert_close(result[1], np.mean((prediction - array(target)) ** 2), like=x)
