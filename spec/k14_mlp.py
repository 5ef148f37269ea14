"""What a right k14_mlp does.

Teaches the forward and backward pass of a network of linear layers and sigmoids, written out for
whole batches. Leaves the chain rule as such to k12, graphs of any shape to k13, initial weights to
k15, and autograd to k16.
"""

import itertools

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from spec.harness.checks import (
    array,
    arrays,
    as_network,
    assert_no_loops,
    assert_tensor,
    assert_that,
    by_hand,
    central_difference,
    precise,
    tensors,
    unchanged,
)

# Moderate, so that sums of a few products keep to the tolerances in any order of summation.
VALUES = (0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 0.1, 1 / 3, -0.7, 1.5)
ROUNDING = {torch.float32: 1e-4, torch.float64: 1e-11}

# What torch.ops.aten has of the kind that is asked for here, under all its names.
READY_MADE = tuple(
    f"{name}_backward{overload}"
    for name in ("linear", "sigmoid", "threshold", "leaky_relu", "hardtanh", "elu", "mse_loss")
    for overload in ("", ".default", ".grad_input")
)

NETWORKS = (
    ("batch in", "batch a", "a in", "a"),
    ("batch in", "batch b", "a in", "a", "b a", "b"),
    ("batch in", "batch c", "a in", "a", "b a", "b", "c b", "c"),
)


def networks(min_side=0):
    """Draws (x, target, parameters): one to three layers, x (batch, in), target (batch, out)."""
    sides = dict.fromkeys(("batch", "in", "a", "b", "c"), (min_side, 3))
    return st.one_of(
        *(tensors(*shapes, values=VALUES, sides=sides).map(as_network) for shapes in NETWORKS)
    )


def example(device, sizes=(3, 5, 2, 4), batch=7):
    """A network with lengths that differ, of the highest precision that the device has."""
    numbers = np.random.default_rng(14)

    def drawn(*shape):
        values = numbers.uniform(-1.5, 1.5, shape)
        return torch.tensor(values, dtype=precise(device), device=device)

    parameters = [(drawn(out, into), drawn(out)) for into, out in itertools.pairwise(sizes)]
    return drawn(batch, sizes[0]), drawn(batch, sizes[-1]), parameters


def saturated(device):
    """Two samples that drive one hidden neuron to 1 and the other to 0, and the other way round."""

    def rows(*numbers):
        return torch.tensor(numbers, dtype=precise(device), device=device)

    first = (rows([1000.0], [-1000.0]), rows(0.0, 0.0))
    last = (rows([2.0, 4.0]), rows(1.0))
    return rows([1.0], [-1.0]), rows([1.0], [105.0]), [first, last]


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


def assert_tuple(actual, *names):
    """A tuple of as many items as there are names."""
    __tracebackhide__ = True
    right = isinstance(actual, tuple) and len(actual) == len(names)
    asked = f"a tuple ({', '.join(names)})"
    assert_that(right, f"the result should be {asked}")


def assert_layers(actual, expected, parameters):
    """A list of a tuple (…, …) for each layer, close to what is expected."""
    __tracebackhide__ = True
    right = isinstance(actual, list) and len(actual) == len(parameters)
    asked = f"a list of {len(parameters)} tuples, one for each layer"
    assert_that(right, f"the result should be {asked}")
    for pair, wanted, (weight, bias) in zip(actual, expected, parameters, strict=True):
        assert_tuple(pair, "for the weight", "for the bias")
        assert_close(pair[0], wanted[0], like=weight)
        assert_close(pair[1], wanted[1], like=bias)


@given(drawn=tensors("batch in", "out in", "out", values=VALUES))
def test_linear_forward_sums_products_and_adds_the_bias(kata, device, drawn):
    """Element [i, j] is the sum over k of x[i, k] weight[j, k], plus bias[j]."""
    x, weight, bias = drawn
    expected = np.einsum("bi,oi->bo", array(x), array(weight)) + array(bias)
    assert_close(kata.linear_forward(x, weight, bias), expected, like=x)


def test_linear_forward_takes_the_weight_as_out_by_in(kata, device):
    """A row of the weight belongs to an output, also where the weight is square."""
    x = torch.tensor([[1.0, 2.0], [0.0, 1.0]], device=device)
    weight = torch.tensor([[1.0, 10.0], [100.0, 1000.0]], device=device)
    bias = torch.tensor([0.5, 0.25], device=device)
    expected = [[21.5, 2100.25], [10.5, 1000.25]]
    assert_tensor(kata.linear_forward(x, weight, bias), expected, like=x)


def test_linear_forward_of_no_features_is_the_bias(kata, device):
    """Where x has no columns, each sample gets the bias; where it has no rows, nothing is left."""
    x, weight = torch.ones(2, 0, device=device), torch.ones(3, 0, device=device)
    bias = torch.tensor([1.0, 2.0, 3.0], device=device)
    assert_tensor(kata.linear_forward(x, weight, bias), [[1, 2, 3], [1, 2, 3]], like=x)
    assert_tensor(kata.linear_forward(x[:0], weight, bias), np.zeros((0, 3)), like=x)


def test_linear_forward_keeps_double_precision(kata, device):
    """float64 is computed in float64 throughout."""
    x, _, [(weight, bias)] = example(device, sizes=(3, 5))
    expected = np.einsum("bi,oi->bo", array(x), array(weight)) + array(bias)
    assert_close(kata.linear_forward(x, weight, bias), expected, like=x)


def test_linear_forward_leaves_its_arguments_alone(kata, device):
    """x, weight and bias are as they were."""
    x, _, [(weight, bias)] = example(device, sizes=(3, 3), batch=3)
    with unchanged(x, weight, bias):
        kata.linear_forward(x, weight, bias)


def test_linear_forward_needs_no_loop_over_samples(kata, device):
    """The number of operations does not grow with the batch."""
    x, _, [(weight, bias)] = example(device, sizes=(3, 5), batch=29)
    assert_no_loops(
        lambda: kata.linear_forward(x[:2], weight, bias),
        lambda: kata.linear_forward(x, weight, bias),
    )


def test_linear_forward_is_written_by_hand(kata, device):
    """torch.nn.functional.linear is not used."""
    x, _, [(weight, bias)] = example(device, sizes=(3, 5))
    with by_hand("linear", "linear.default"):
        kata.linear_forward(x, weight, bias)


@given(drawn=tensors("batch out", "batch in", "out in", values=VALUES))
def test_linear_backward_gives_the_gradients_of_x_weight_and_bias(kata, device, drawn):
    """The three gradients are those of a loss whose gradient for the result is grad_output."""
    grad_output, x, weight = drawn
    expected = _linear_gradients(grad_output, x, weight)
    result = kata.linear_backward(grad_output, x, weight)
    assert_tuple(result, "grad_x", "grad_weight", "grad_bias")
    for actual, wanted in zip(result, expected, strict=True):
        assert_close(actual, wanted, like=x)


def test_linear_backward_keeps_rows_and_columns_apart(kata, device):
    """Where every matrix is square, nothing is transposed by mistake."""
    grad_output = torch.tensor([[1.0, 2.0], [3.0, 5.0]], device=device)
    x = torch.tensor([[7.0, 11.0], [13.0, 17.0]], device=device)
    weight = torch.tensor([[19.0, 23.0], [29.0, 31.0]], device=device)
    result = kata.linear_backward(grad_output, x, weight)
    assert_tuple(result, "grad_x", "grad_weight", "grad_bias")
    assert_tensor(result[0], [[77.0, 85.0], [202.0, 224.0]], like=x)
    assert_tensor(result[1], [[46.0, 62.0], [79.0, 107.0]], like=x)
    assert_tensor(result[2], [4.0, 7.0], like=x)


def test_linear_backward_sums_over_the_batch(kata, device):
    """Three times the same sample gives three times the gradients of weight and bias."""
    grad_output = torch.tensor([[2.0, -1.0]] * 3, device=device)
    x, weight = torch.tensor([[4.0]] * 3, device=device), torch.ones(2, 1, device=device)
    result = kata.linear_backward(grad_output, x, weight)
    assert_tuple(result, "grad_x", "grad_weight", "grad_bias")
    assert_tensor(result[0], [[1.0]] * 3, like=x)
    assert_tensor(result[1], [[24.0], [-12.0]], like=x)
    assert_tensor(result[2], [6.0, -3.0], like=x)


def test_linear_backward_of_an_empty_batch_gives_zeros(kata, device):
    """No sample, no slope: the gradients of weight and bias are zeros of their shapes."""
    grad_output, x = torch.ones(0, 2, device=device), torch.ones(0, 3, device=device)
    result = kata.linear_backward(grad_output, x, torch.ones(2, 3, device=device))
    assert_tuple(result, "grad_x", "grad_weight", "grad_bias")
    for actual, shape in zip(result, [(0, 3), (2, 3), (2,)], strict=True):
        assert_tensor(actual, np.zeros(shape), like=x)


def test_linear_backward_keeps_double_precision(kata, device):
    """float64 is computed in float64 throughout."""
    x, grad_output, [(weight, _)] = example(device, sizes=(3, 5))
    result = kata.linear_backward(grad_output, x, weight)
    assert_tuple(result, "grad_x", "grad_weight", "grad_bias")
    for actual, wanted in zip(result, _linear_gradients(grad_output, x, weight), strict=True):
        assert_close(actual, wanted, like=x)


def test_linear_backward_leaves_its_arguments_alone(kata, device):
    """grad_output, x and weight are as they were."""
    x, grad_output, [(weight, _)] = example(device, sizes=(3, 3), batch=3)
    with unchanged(grad_output, x, weight):
        kata.linear_backward(grad_output, x, weight)


def test_linear_backward_needs_no_loop_over_samples(kata, device):
    """The number of operations does not grow with the batch."""
    x, grad_output, [(weight, _)] = example(device, sizes=(3, 5), batch=29)
    assert_no_loops(
        lambda: kata.linear_backward(grad_output[:2], x[:2], weight),
        lambda: kata.linear_backward(grad_output, x, weight),
    )


def test_linear_backward_is_written_by_hand(kata, device):
    """Neither autograd nor a backward function of torch's is used."""
    x, grad_output, [(weight, _)] = example(device, sizes=(3, 5))
    with by_hand(*READY_MADE):
        kata.linear_backward(grad_output, x, weight)


def _linear_gradients(grad_output, x, weight):
    bias = torch.zeros(len(weight))
    output = on_cpu(grad_output)
    return gradients(lambda x, w, b: torch.nn.functional.linear(x, w, b) * output, x, weight, bias)


@given(drawn=tensors("...", "..."))
def test_sigmoid_backward_multiplies_by_the_slope_of_the_sigmoid(kata, device, drawn):
    """The gradient for the output times the slope of the sigmoid is that for its argument."""
    grad_output, z = drawn
    (expected,) = gradients(lambda leaf: torch.sigmoid(leaf) * on_cpu(grad_output), z)
    assert_tensor(kata.sigmoid_backward(grad_output, torch.sigmoid(z)), expected, like=z)


def test_sigmoid_backward_takes_the_output_for_the_output(kata, device):
    """The second argument went through the sigmoid already; its ends, 0 and 1, have slope 0."""
    grad_output = torch.tensor([8.0, -8.0, 8.0, 8.0, 100.0], device=device)
    output = torch.tensor([0.5, 0.75, 0.0, 1.0, 0.1], device=device)
    result = kata.sigmoid_backward(grad_output, output)
    assert_tensor(result, [2.0, -1.5, 0.0, 0.0, 9.0], like=output)


def test_sigmoid_backward_gives_nothing_where_the_sigmoid_is_0_or_1(kata, device):
    """At both ends the gradient is exactly 0, however large it comes in."""
    grad_output = torch.tensor([8.0, -8.0, 1e6, -1e6], device=device)
    output = torch.tensor([0.0, 1.0, 1.0, 0.0], device=device)
    zeros = [0.0, 0.0, 0.0, 0.0]
    assert_tensor(kata.sigmoid_backward(grad_output, output), zeros, like=output, atol=0)


def test_sigmoid_backward_of_a_single_number(kata, device):
    """A 0-D tensor is as good as any."""
    grad_output, output = torch.tensor(16.0, device=device), torch.tensor(0.25, device=device)
    assert_tensor(kata.sigmoid_backward(grad_output, output), 3.0, like=output)


def test_sigmoid_backward_keeps_double_precision(kata, device):
    """float64 is computed in float64 throughout."""
    grad_output = torch.tensor([[1 / 3, -0.7], [2.1, 5.3]], dtype=precise(device), device=device)
    output = torch.tensor([[0.1, 1 / 3], [0.9, 0.99]], dtype=precise(device), device=device)
    expected = [
        [g * s * (1 - s) for g, s in zip(*rows, strict=True)] for rows in _rows(grad_output, output)
    ]
    assert_tensor(kata.sigmoid_backward(grad_output, output), expected, like=output)


def test_sigmoid_backward_leaves_its_arguments_alone(kata, device):
    """grad_output and output are as they were."""
    grad_output, output = torch.ones(3, device=device), torch.full((3,), 0.25, device=device)
    with unchanged(grad_output, output):
        kata.sigmoid_backward(grad_output, output)


def test_sigmoid_backward_needs_no_loop(kata, device):
    """The number of operations does not grow with the tensors."""
    x = torch.full((29, 31), 0.25, device=device)
    assert_no_loops(
        lambda: kata.sigmoid_backward(x[:2, :3], x[:2, :3]), lambda: kata.sigmoid_backward(x, x)
    )


def test_sigmoid_backward_is_written_by_hand(kata, device):
    """Neither autograd nor torch's own sigmoid_backward is used."""
    x = torch.full((2, 3), 0.25, device=device)
    with by_hand(*READY_MADE):
        kata.sigmoid_backward(x, x)


@given(drawn=tensors("...", "..."))
def test_relu_backward_lets_pass_where_x_is_positive(kata, device, drawn):
    """The gradient passes as it is where x is positive, and is 0 elsewhere."""
    grad_output, x = drawn
    expected = np.where(array(x) > 0, array(grad_output), 0.0)
    assert_tensor(kata.relu_backward(grad_output, x), expected, like=x)


def test_relu_backward_is_zero_at_zero(kata, device):
    """At the kink, 0.0 and -0.0, the slope is 0."""
    grad_output = torch.tensor([3.0, -4.0, 5.0, 6.0], device=device)
    x = torch.tensor([0.0, 0.0, -0.0, 1.0], device=device)
    assert_tensor(kata.relu_backward(grad_output, x), [0.0, 0.0, 0.0, 6.0], like=x)


def test_relu_backward_looks_at_the_sign_of_x_alone(kata, device):
    """Neither the size of x nor the sign of the gradient matters: a tiny x lets all pass."""
    grad_output = torch.tensor([3.0, -4.0, -5.0, 6.0, 7.0], device=device)
    x = torch.tensor([1e-30, 1000.0, 1e-10, -1e-30, -1000.0], device=device)
    assert_tensor(kata.relu_backward(grad_output, x), [3.0, -4.0, -5.0, 0.0, 0.0], like=x)


def test_relu_backward_of_a_single_number(kata, device):
    """A 0-D tensor is as good as any."""
    grad_output, x = torch.tensor(-16.0, device=device), torch.tensor(0.25, device=device)
    assert_tensor(kata.relu_backward(grad_output, x), -16.0, like=x)


def test_relu_backward_keeps_double_precision(kata, device):
    """float64 stays float64 throughout, also where x is too small for float32."""
    grad_output = torch.tensor([[1 / 3, -0.7], [2.1, 5.3]], dtype=precise(device), device=device)
    tiny = torch.finfo(precise(device)).tiny
    x = torch.tensor([[0.1, 1 / 3], [-0.9, tiny]], dtype=precise(device), device=device)
    expected = array(grad_output) * [[1.0, 1.0], [0.0, 1.0]]
    assert_tensor(kata.relu_backward(grad_output, x), expected, like=x)


def test_relu_backward_leaves_its_arguments_alone(kata, device):
    """grad_output and x are as they were."""
    grad_output = torch.tensor([2.0, 3.0, 4.0], device=device)
    x = torch.tensor([-1.0, 0.0, 1.0], device=device)
    with unchanged(grad_output, x):
        kata.relu_backward(grad_output, x)


def test_relu_backward_needs_no_loop(kata, device):
    """The number of operations does not grow with the tensors."""
    x = torch.ones(29, 31, device=device)
    assert_no_loops(
        lambda: kata.relu_backward(x[:2, :3], x[:2, :3]), lambda: kata.relu_backward(x, x)
    )


def test_relu_backward_is_written_by_hand(kata, device):
    """Neither autograd nor torch's own threshold_backward is used."""
    x = torch.ones(2, 3, device=device)
    with by_hand(*READY_MADE):
        kata.relu_backward(x, x)


@given(drawn=tensors("batch out", "batch out", min_side=1))
def test_mse_backward_is_the_gradient_of_the_mean_squared_error(kata, device, drawn):
    """The result is the gradient of the mean of (prediction - target)² for the prediction."""
    prediction, target = drawn
    (expected,) = gradients(lambda leaf: (leaf - on_cpu(target)).square().mean(), prediction)
    assert_tensor(kata.mse_backward(prediction, target), expected, like=prediction)


def test_mse_backward_takes_the_mean_over_all_elements(kata, device):
    """The mean runs over samples and outputs alike: here over six elements."""
    prediction = torch.tensor([[3.0, 0.0, 600.0], [0.0, 0.0, -9.0]], device=device)
    target = torch.tensor([[0.0, 3.0, 0.0], [0.0, -6.0, 0.0]], device=device)
    expected = [[1.0, -1.0, 200.0], [0.0, 2.0, -3.0]]
    assert_tensor(kata.mse_backward(prediction, target), expected, like=prediction)


def test_mse_backward_keeps_double_precision(kata, device):
    """float64 is computed in float64 throughout."""
    prediction, target, _ = example(device, sizes=(3, 3))
    expected = [
        [2 * (p - t) / 21 for p, t in zip(*rows, strict=True)] for rows in _rows(prediction, target)
    ]
    assert_tensor(kata.mse_backward(prediction, target), expected, like=prediction)


def test_mse_backward_leaves_its_arguments_alone(kata, device):
    """Prediction and target are as they were."""
    prediction, target = torch.ones(2, 3, device=device), torch.zeros(2, 3, device=device)
    with unchanged(prediction, target):
        kata.mse_backward(prediction, target)


def test_mse_backward_needs_no_loop(kata, device):
    """The number of operations does not grow with the tensors."""
    x = torch.ones(29, 31, device=device)
    assert_no_loops(
        lambda: kata.mse_backward(x[:2, :3], x[:2, :3]), lambda: kata.mse_backward(x, x)
    )


def test_mse_backward_is_written_by_hand(kata, device):
    """Neither autograd nor torch's own mse_loss_backward is used."""
    x = torch.ones(2, 3, device=device)
    with by_hand(*READY_MADE):
        kata.mse_backward(x, x)


def _rows(a, b):
    return zip(array(a), array(b), strict=True)


@given(drawn=networks())
def test_mlp_forward_runs_layer_after_layer(kata, device, drawn):
    """Linear, sigmoid, linear, sigmoid, ..., linear; the cache holds what went into each layer."""
    x, _, parameters = drawn
    _assert_forward(kata.mlp_forward(x, parameters), x, parameters)


def test_mlp_forward_of_one_layer_is_linear(kata, device):
    """A single layer has no sigmoid, and its input is x."""
    x = torch.tensor([[1.0, 2.0], [-3.0, 4.0]], device=device)
    weight, bias = torch.tensor([[5.0, -10.0]], device=device), torch.ones(1, device=device)
    result = kata.mlp_forward(x, [(weight, bias)])
    assert_tuple(result, "prediction", "cache")
    assert_tensor(result[0], [[-14.0], [-54.0]], like=x)
    _assert_cache(result[1], [array(x)], x)


def test_mlp_forward_has_no_sigmoid_after_the_last_layer(kata, device):
    """The prediction is not squeezed into 0 to 1; the values between layers are."""
    x, one = torch.zeros(1, 1, device=device), torch.ones(1, device=device)
    parameters = [(one[None], 0 * one), (6 * one[None], one)]
    result = kata.mlp_forward(x, parameters)
    assert_tuple(result, "prediction", "cache")
    assert_tensor(result[0], [[4.0]], like=x)
    _assert_cache(result[1], [[[0.0]], [[0.5]]], x)


def test_mlp_forward_keeps_double_precision_in_four_layers(kata, device):
    """A deeper network is no exception, and float64 is computed in float64 throughout."""
    x, _, parameters = example(device, sizes=(3, 5, 5, 4, 3))
    _assert_forward(kata.mlp_forward(x, parameters), x, parameters)


def test_mlp_forward_survives_large_numbers(kata, device):
    """What goes into a sigmoid may be -1000 or 1000; what comes out is then 0 or 1, never NaN."""
    x, _, parameters = saturated(device)
    result = kata.mlp_forward(x, parameters)
    assert_tuple(result, "prediction", "cache")
    assert_tensor(result[0], [[3.0], [5.0]], like=x)
    _assert_cache(result[1], [[[1.0], [-1.0]], [[1.0, 0.0], [0.0, 1.0]]], x)


def test_mlp_forward_of_an_empty_batch_is_empty(kata, device):
    """No samples, no predictions: the shapes are kept all the same."""
    x, _, parameters = example(device, batch=0)
    _assert_forward(kata.mlp_forward(x, parameters), x, parameters)


def test_mlp_forward_leaves_its_arguments_alone(kata, device):
    """x, the parameters and the list that holds them are as they were."""
    x, _, parameters = example(device, sizes=(3, 3, 3), batch=3)
    with unchanged(x, parameters):
        kata.mlp_forward(x, parameters)


def test_mlp_forward_needs_no_loop_over_samples(kata, device):
    """The number of operations does not grow with the batch."""
    x, _, parameters = example(device, batch=29)
    assert_no_loops(
        lambda: kata.mlp_forward(x[:2], parameters), lambda: kata.mlp_forward(x, parameters)
    )


def _assert_forward(result, x, parameters):
    __tracebackhide__ = True
    inputs, prediction = forward(array(x), arrays(parameters))
    assert_tuple(result, "prediction", "cache")
    assert_close(result[0], prediction, like=x)
    _assert_cache(result[1], inputs, x)


def _assert_cache(cache, inputs, x):
    __tracebackhide__ = True
    right = isinstance(cache, list) and len(cache) == len(inputs)
    asked = f"a list of {len(inputs)}, one input for each layer"
    assert_that(right, f"the cache should be {asked}")
    for actual, expected in zip(cache, inputs, strict=True):
        assert_close(actual, expected, like=x)


@given(drawn=networks())
def test_mlp_backward_gives_the_gradient_of_every_parameter(kata, device, drawn):
    """The gradients are those of a loss whose gradient for the prediction is given."""
    x, grad_prediction, parameters = drawn
    expected = expected_gradients(x, parameters, lambda p: p * on_cpu(grad_prediction))
    result = kata.mlp_backward(grad_prediction, cache_of(x, parameters), parameters)
    assert_layers(result, expected, parameters)


def test_mlp_backward_of_one_layer_has_no_sigmoid(kata, device):
    """A single layer is linear, so that its gradients are those of linear_backward."""
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], device=device)
    grad_prediction = torch.tensor([[1.0], [10.0]], device=device)
    parameters = [(torch.ones(1, 2, device=device), torch.ones(1, device=device))]
    result = kata.mlp_backward(grad_prediction, [x], parameters)
    assert_layers(result, [([[31.0, 42.0]], [11.0])], parameters)


def test_mlp_backward_multiplies_by_the_slope_of_the_sigmoid(kata, device):
    """On the way to an earlier layer the gradient passes the sigmoid, whose slope is a (1 - a)."""
    x = torch.tensor([[2.0]], device=device)
    hidden = torch.tensor([[0.5]], device=device)
    numbers = torch.tensor([[3.0], [-6.0], [5.0], [1.0]], device=device)
    parameters = [(numbers[:1], numbers[1]), (numbers[2:3], numbers[3])]
    result = kata.mlp_backward(torch.tensor([[10.0]], device=device), [x, hidden], parameters)
    assert_layers(result, [([[25.0]], [12.5]), ([[5.0]], [10.0])], parameters)


def test_mlp_backward_keeps_double_precision_in_four_layers(kata, device):
    """A deeper network is no exception, and float64 is computed in float64 throughout."""
    x, grad_prediction, parameters = example(device, sizes=(3, 5, 5, 4, 3))
    expected = expected_gradients(x, parameters, lambda p: p * on_cpu(grad_prediction))
    result = kata.mlp_backward(grad_prediction, cache_of(x, parameters), parameters)
    assert_layers(result, expected, parameters)


def test_mlp_backward_tells_what_a_small_change_would_do(kata, device):
    """Moving a weight a little moves the loss by the gradient times as much."""
    x, grad_prediction, parameters = example(device, sizes=(3, 3, 3, 3), batch=3)
    result = kata.mlp_backward(grad_prediction, cache_of(x, parameters), parameters)
    assert_that(isinstance(result, list) and len(result) == 3, "the result is a list of 3 tuples")
    known = arrays(parameters)

    def loss(weight):
        changed = [(weight, known[0][1]), *known[1:]]
        return (forward(array(x), changed)[1] * array(grad_prediction)).sum()

    expected = central_difference(loss, known[0][0])
    assert_tensor(result[0][0], expected, like=x, rtol=1e-4, atol=1e-6)


def test_mlp_backward_hands_nothing_through_a_sigmoid_of_0_or_1(kata, device):
    """Where the sigmoids have reached 0 or 1, earlier layers have no gradient."""
    x, _, parameters = saturated(device)
    grad_prediction = torch.tensor([[100.0], [1.0]], dtype=x.dtype, device=device)
    result = kata.mlp_backward(grad_prediction, cache_of(x, parameters), parameters)
    first = ([[0.0], [0.0]], [0.0, 0.0])
    assert_layers(result, [first, ([[100.0, 1.0]], [101.0])], parameters)


def test_mlp_backward_of_an_empty_batch_gives_zeros(kata, device):
    """No sample, no slope: every gradient is zeros of its parameter's shape."""
    x, grad_prediction, parameters = example(device, batch=0)
    result = kata.mlp_backward(grad_prediction, cache_of(x, parameters), parameters)
    zeros = [(np.zeros(weight.shape), np.zeros(bias.shape)) for weight, bias in parameters]
    assert_layers(result, zeros, parameters)


def test_mlp_backward_leaves_its_arguments_alone(kata, device):
    """The gradient, the cache and the parameters are as they were, and so are the lists."""
    x, grad_prediction, parameters = example(device, sizes=(3, 3, 3), batch=3)
    cache = cache_of(x, parameters)
    with unchanged(grad_prediction, cache, parameters):
        kata.mlp_backward(grad_prediction, cache, parameters)


def test_mlp_backward_needs_no_loop_over_samples(kata, device):
    """The number of operations does not grow with the batch."""
    x, grad_prediction, parameters = example(device, batch=29)
    cache = cache_of(x, parameters)
    few = [entry[:2] for entry in cache]
    assert_no_loops(
        lambda: kata.mlp_backward(grad_prediction[:2], few, parameters),
        lambda: kata.mlp_backward(grad_prediction, cache, parameters),
    )


def test_mlp_backward_is_written_by_hand(kata, device):
    """Neither autograd nor a backward function of torch's is used."""
    x, grad_prediction, parameters = example(device)
    cache = cache_of(x, parameters)
    with by_hand(*READY_MADE):
        kata.mlp_backward(grad_prediction, cache, parameters)


@given(drawn=networks(min_side=1), learning_rate=st.sampled_from([0.5, 0.1, 0.0, 1.0]))
def test_training_step_goes_against_the_gradient(kata, device, drawn, learning_rate):
    """Every parameter becomes itself minus learning_rate times its gradient."""
    x, target, parameters = drawn
    result = kata.training_step(x, target, parameters, learning_rate)
    _assert_step(result, x, target, parameters, learning_rate)


def test_training_step_takes_all_gradients_at_the_old_parameters(kata, device):
    """The gradient of an early layer goes through the old weights of the later ones."""
    x, target, parameters = example(device)
    result = kata.training_step(x, target, parameters, 0.75)
    _assert_step(result, x, target, parameters, 0.75)


def test_training_step_returns_the_loss_of_the_old_parameters(kata, device):
    """The loss is the mean over all elements before the step, not after it."""
    x, target = torch.ones(2, 1, device=device), torch.zeros(2, 3, device=device)
    weight = torch.tensor([[1.0], [2.0], [4.0]], device=device)
    result = kata.training_step(x, target, [(weight, torch.zeros(3, device=device))], 0.3)
    assert_tuple(result, "new_parameters", "loss")
    assert_tensor(result[1], 7.0, like=x)


def test_training_step_with_a_learning_rate_of_zero_stays_where_it_is(kata, device):
    """Nothing times the gradient moves nothing."""
    x, target, parameters = example(device)
    result = kata.training_step(x, target, parameters, 0.0)
    assert_tuple(result, "new_parameters", "loss")
    assert_layers(result[0], parameters, parameters)


def test_training_step_survives_large_numbers(kata, device):
    """Where the sigmoids have reached 0 or 1, only the last layer moves."""
    x, target, parameters = saturated(device)
    result = kata.training_step(x, target, parameters, 0.5)
    assert_tuple(result, "new_parameters", "loss")
    assert_layers(result[0], [parameters[0], ([[1.0, 54.0]], [50.0])], parameters)
    assert_tensor(result[1], 5002.0, like=x)


def test_training_step_of_layers_without_neurons(kata, device):
    """A layer may have no inputs or no outputs: its weight stays empty, and its bias moves."""
    x, target, parameters = example(device, sizes=(0, 3, 0, 2))
    _assert_step(kata.training_step(x, target, parameters, 0.5), x, target, parameters, 0.5)


def test_training_step_can_be_repeated(kata, device):
    """What one step returns, the next one takes; each is right, and the loss goes down."""
    x, target, parameters = example(device, sizes=(3, 3, 3), batch=3)
    losses = []
    for _ in range(3):
        result = kata.training_step(x, target, parameters, 0.1)
        _assert_step(result, x, target, parameters, 0.1)
        parameters, loss = result
        losses.append(loss.item())
    assert_that(losses[0] > losses[1] > losses[2], f"the loss should fall, and went {losses}")


def test_training_step_leaves_its_arguments_alone(kata, device):
    """x, target, the old parameters and the list that holds them are as they were."""
    x, target, parameters = example(device, sizes=(3, 3, 3), batch=3)
    with unchanged(x, target, parameters):
        kata.training_step(x, target, parameters, 0.5)


def test_training_step_needs_no_loop_over_samples(kata, device):
    """The number of operations does not grow with the batch."""
    x, target, parameters = example(device, batch=29)
    assert_no_loops(
        lambda: kata.training_step(x[:2], target[:2], parameters, 0.5),
        lambda: kata.training_step(x, target, parameters, 0.5),
    )


def test_training_step_is_written_by_hand(kata, device):
    """Neither autograd nor a backward function of torch's is used."""
    x, target, parameters = example(device)
    with by_hand(*READY_MADE):
        kata.training_step(x, target, parameters, 0.5)


def _assert_step(result, x, target, parameters, learning_rate):
    __tracebackhide__ = True
    wanted = on_cpu(target)
    slopes = expected_gradients(x, parameters, lambda p: (p - wanted).square().mean())
    expected = [
        tuple(array(old) - learning_rate * array(slope) for old, slope in zip(*pairs, strict=True))
        for pairs in zip(parameters, slopes, strict=True)
    ]
    _, prediction = forward(array(x), arrays(parameters))
    assert_tuple(result, "new_parameters", "loss")
    assert_layers(result[0], expected, parameters)
    assert_close(result[1], np.mean((prediction - array(target)) ** 2), like=x)
