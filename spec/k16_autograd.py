"""What a right k16_autograd does.

Teaches how to get gradients from autograd, how to stay out of the graph, and how to leave tensors
and models as they were. Leaves the chain rule to k12, backward passes to k13 and k14, and training
to k18.
"""

import contextlib
from collections import OrderedDict

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from .harness.checks import (
    EVERY_DTYPE,
    CheckFailure,
    array,
    assert_raises,
    assert_shares_memory,
    assert_tensor,
    assert_that,
    edge,
    either,
    has_dtype,
    show,
    tensors,
    tr,
    unchanged,
)

CHANGES_ARGUMENTS = ("sgd_step",)

RATES = (0.1, 1 / 3, 1.7)  # no float32 numbers, and one above 1
OWN_MEMORY = ("contiguous", "transposed", "strided")  # every element can be written to


class Formula:
    """A function that shows itself as it is written."""

    def __init__(self, text, function):
        self.text = text
        self.function = function

    def __call__(self, x):
        return self.function(x)

    def __repr__(self):
        return f"x -> {self.text}"


SUM = Formula("x.sum()", lambda x: x.sum())
SQUARES = Formula("(x * x).sum()", lambda x: (x * x).sum())
CUBES = Formula("(x**3).sum()", lambda x: (x**3).sum())
CUBE = Formula("x**3", lambda x: x**3)

# In the order: second derivative in NumPy, formula.
CURVES = (
    (lambda x: 0 * x + 2, Formula("x * x", lambda x: x * x)),
    (lambda x: 12 * x**2 - 6 * x, Formula("x**4 - x**3 + x", lambda x: x**4 - x**3 + x)),
    (lambda x: 2 / x**3, Formula("1 / x", lambda x: 1 / x)),
    (lambda x: -np.sin(x), Formula("sin(x)", torch.sin)),
    (np.exp, Formula("exp(x)", torch.exp)),
    (
        lambda x: np.where(x > 1, 2.0, 6 * x),
        Formula("where(x > 1, x * x, x**3)", lambda x: torch.where(x > 1, x * x, x**3)),
    ),
)

LINES = (
    Formula("5 * x + 1", lambda x: 5 * x + 1),
    Formula("x", lambda x: x),
    Formula("-x", lambda x: -x),
    Formula("0 * x", lambda x: 0 * x),
)


def plain(x):
    """A tensor that does not require grad."""
    return x


def leaf(x):
    """A leaf that requires grad."""
    return x.requires_grad_()


def leaf_with_gradient(x):
    """A leaf whose .grad holds something already."""
    x.requires_grad_()
    x.grad = torch.full_like(x, 7.0)
    return x


def computed(x):
    """No leaf: the result of an operation on one that requires grad."""
    return x.requires_grad_() * 1.0


LEAVES = (plain, leaf, leaf_with_gradient)
STATES = (*LEAVES, computed)


def named(function):
    """The id of a test: the function's name."""
    return function.__name__


def gradient(x):
    """A copy of what .grad holds; a tensor that keeps no .grad has None."""
    kept = x.is_leaf or x.retains_grad
    return x.grad.detach().clone() if kept and x.grad is not None else None


def alike(a, b):
    """Whether two gradients are the same."""
    return b is None if a is None else b is not None and np.array_equal(array(a), array(b))


@contextlib.contextmanager
def untouched(name, *xs):
    """Leaves tensors as they were: values, requires_grad, .grad and their place in the graph."""
    __tracebackhide__ = True
    before = [(gradient(x), x.grad_fn, x.retains_grad) for x in xs]
    with unchanged(*xs):
        yield
    for x, (old, *place) in zip(xs, before, strict=True):
        new = gradient(x)
        kept = tr("the .grad of {name} should still be {old}, and is {new}").format(
            name=name, old=show(old), new=show(new)
        )
        assert_that(alike(old, new), kept)
        still = [x.grad_fn, x.retains_grad] == place
        assert_that(still, tr("the place of {name} in the graph was changed").format(name=name))


def assert_no_graph(result):
    """The result does not require grad."""
    __tracebackhide__ = True
    free = not result.requires_grad
    assert_that(free, "the result has a graph: its requires_grad is True")


@given(x=tensors("..."))
def test_gradient_at_is_the_slope_along_each_element(kata, device, x):
    """Element for element, it says how fast the function grows when x grows there."""
    assert_tensor(kata.gradient_at(CUBES, x), 3 * array(x) ** 2, like=x)


def test_gradient_at_is_zero_where_an_element_plays_no_part(kata, device):
    """The function looks at x[0, 1] and x[1, 0] alone; the gradient elsewhere is 0."""
    x = torch.tensor([[1.0, 2.0, 3.0], [5.0, 6.0, 7.0]], device=device)
    function = Formula("x[0, 1] * x[1, 0]", lambda x: x[0, 1] * x[1, 0])
    expected = [[0.0, 5.0, 0.0], [2.0, 0.0, 0.0]]
    assert_tensor(kata.gradient_at(function, x), expected, like=x)


@pytest.mark.parametrize("state", LEAVES, ids=named)
def test_gradient_at_takes_x_in_any_state(kata, device, state):
    """Whether x requires grad or not, or holds a gradient already, the result is the same."""
    x = state(torch.tensor([1.0, -2.0, 4.0], device=device))
    assert_tensor(kata.gradient_at(SQUARES, x), [2.0, -4.0, 8.0], like=x)


@pytest.mark.parametrize("state", LEAVES, ids=named)
def test_gradient_at_leaves_no_gradient_behind(kata, device, state):
    """x.grad is after the call what it was before: None, or the gradient that x held."""
    x = state(torch.tensor([1.0, -2.0, 4.0], device=device))
    with untouched("x", x):
        kata.gradient_at(SQUARES, x)


@pytest.mark.parametrize("state", LEAVES, ids=named)
def test_gradient_at_gives_a_result_without_a_graph(kata, device, state):
    """The gradient is a plain tensor: it does not require grad."""
    x = state(torch.tensor([1.0, -2.0, 4.0], device=device))
    assert_no_graph(kata.gradient_at(CUBES, x))


@edge
def test_gradient_at_goes_as_far_as_x_and_no_farther(kata, device):
    """What x was computed from gets no gradient; the caller may still go on from there."""
    base = torch.tensor([1.0, -2.0, 0.5], device=device, requires_grad=True)
    x = base.exp()
    with untouched(tr("a tensor that x was computed from"), base), untouched("x", x):
        result = kata.gradient_at(SQUARES, x)
    assert_tensor(result, 2 * np.exp([1.0, -2.0, 0.5]), like=x)
    assert_no_graph(result)
    x.sum().backward()
    assert_tensor(base.grad, np.exp([1.0, -2.0, 0.5]), like=x)


@edge
def test_gradient_at_gives_no_graph_where_the_function_uses_one(kata, device):
    """The gradient is a plain tensor, even if one in the function requires grad."""
    w = torch.tensor([1.0, 2.0, 3.0], device=device, requires_grad=True)
    x = torch.tensor([4.0, -1.0, 0.5], device=device)
    function = Formula("(w * x**3).sum()", lambda x: (w * x**3).sum())
    assert_no_graph(kata.gradient_at(function, x))
    assert_no_graph(kata.gradient_at(function, x.requires_grad_()))


POINTS = either(
    tensors("n side", sides={"n": (2, 3), "side": (2, 4)}),
    tensors("n ...", sides={"n": (1, 4), "...": (1, 4)}),
)


@given(stack=POINTS)
def test_accumulate_adds_up_the_gradients(kata, device, stack):
    """Each point has a gradient; the result is the sum of them, with a point's shape."""
    expected = (3 * array(stack) ** 2).sum(axis=0)
    assert_tensor(kata.accumulate(CUBES, list(stack.unbind(0))), expected, like=stack)


def test_accumulate_takes_points_one_by_one(kata, device):
    """The function is given one point at a time, not several in one tensor."""
    points = [torch.tensor([value, value + 2], device=device) for value in (1.0, 5.0, -4.0)]
    function = Formula("x[0] * x[1]", lambda x: x[0] * x[1])
    assert_tensor(kata.accumulate(function, points), [8.0, 2.0], like=points[0])


@pytest.mark.parametrize("state", LEAVES, ids=named)
def test_accumulate_takes_points_in_any_state(kata, device, state):
    """What a point's .grad holds already does not count, whether it requires grad or not."""
    values = torch.tensor([[1.0, 2.0], [5.0, -3.0], [0.5, 7.0]], device=device)
    points = [state(x.clone()) for x in values]
    assert_tensor(kata.accumulate(SQUARES, points), [13.0, 12.0], like=values)


@pytest.mark.parametrize("state", LEAVES, ids=named)
def test_accumulate_leaves_no_gradient_behind(kata, device, state):
    """The .grad of each point is after the call what it was before."""
    points = [
        state(torch.tensor([1.0, 2.0], device=device)),
        torch.tensor([3.0, 4.0], device=device),
        state(torch.tensor([5.0, 7.0], device=device)),
    ]
    with untouched("a point", *points):
        kata.accumulate(SQUARES, points)


@edge
@pytest.mark.parametrize("state", STATES, ids=named)
def test_accumulate_counts_a_tensor_twice_that_comes_twice(kata, device, state):
    """The same tensor twice in the list adds its gradient twice."""
    values = torch.tensor([[1.0, 2.0], [10.0, -20.0]], device=device)
    a, b = (state(x.clone()) for x in values)
    assert_tensor(kata.accumulate(SQUARES, [a, b, a]), [24.0, -32.0], like=values)
    assert_tensor(kata.accumulate(SQUARES, [a, a, b, a]), [26.0, -28.0], like=values)


@edge
def test_accumulate_takes_functions_with_constant_gradient(kata, device):
    """The gradient of a sum is 1 everywhere, and three of them make 3."""
    points = [torch.tensor([[value, 0.0]], device=device) for value in (1.0, 2.0, 5.0)]
    assert_tensor(kata.accumulate(SUM, points), [[3.0, 3.0]], like=points[0])


@edge
def test_accumulate_of_one_point_is_its_gradient(kata, device):
    """A list of one point gives the gradient there."""
    point = torch.tensor([[1.0, 2.0, 3.0]], device=device)
    assert_tensor(kata.accumulate(SQUARES, [point]), [[2.0, 4.0, 6.0]], like=point)


@edge
@pytest.mark.parametrize("shape", [(0,), (2, 0)])
def test_accumulate_of_empty_points_is_empty(kata, device, shape):
    """Points may have no elements; their gradients have none either."""
    points = [torch.ones(shape, device=device), torch.zeros(shape, device=device)]
    assert_tensor(kata.accumulate(SQUARES, points), np.zeros(shape), like=points[0])


@edge
def test_accumulate_goes_as_far_as_the_points_and_no_farther(kata, device):
    """What the points were computed from gets no gradient."""
    base = torch.tensor([[1.0, -2.0], [0.5, 3.0]], device=device, requires_grad=True)
    points = list((base * 2).unbind())
    behind = tr("a tensor that the points were computed from")
    with untouched(behind, base), untouched("a point", *points):
        result = kata.accumulate(SQUARES, points)
    assert_tensor(result, [6.0, 4.0], like=base)


@edge
def test_accumulate_takes_functions_that_use_leaves(kata, device):
    """A tensor in the function may require grad; the sum is over the points' gradients alone."""
    w = torch.tensor([3.0, 5.0], device=device, requires_grad=True)
    points = [torch.tensor([1.0, 2.0], device=device), torch.tensor([10.0, -1.0], device=device)]
    function = Formula("(w * x * x).sum()", lambda x: (w * x * x).sum())
    assert_tensor(kata.accumulate(function, points), [66.0, 10.0], like=points[0])


@given(x=tensors("..."))
def test_second_derivative_is_taken_at_every_element(kata, device, x):
    """Element for element, it says how fast the slope grows when x grows there."""
    assert_tensor(kata.second_derivative(CUBE, x), 6 * array(x), like=x)


def test_second_derivative_of_well_known_functions(kata, device):
    """The result is what the rules of calculus give."""
    x = torch.tensor([[0.5, 1.5, -0.75], [2.0, 0.25, 1.25]], device=device)
    for expected, function in CURVES:
        assert_tensor(kata.second_derivative(function, x), expected(array(x)), like=x)


def test_second_derivative_asks_the_function_about_all_of_x(kata, device):
    """The function may use a tensor of x's shape: an element of x alone does not fit it."""
    x = torch.tensor([1.0, 2.0, 3.0], device=device)
    w = torch.tensor([1.0, 10.0, 100.0], device=device)
    function = Formula("tensor([1., 10., 100.]) * x**3", lambda x: w * x**3)
    assert_tensor(kata.second_derivative(function, x), [6.0, 120.0, 1800.0], like=x)


@pytest.mark.parametrize("state", LEAVES, ids=named)
def test_second_derivative_takes_x_in_any_state(kata, device, state):
    """Whether x requires grad or not, or holds a gradient already, the result is the same."""
    x = state(torch.tensor([1.0, -2.0, 0.5], device=device))
    assert_tensor(kata.second_derivative(CUBE, x), [6.0, -12.0, 3.0], like=x)


@pytest.mark.parametrize("state", LEAVES, ids=named)
def test_second_derivative_leaves_no_gradient_behind(kata, device, state):
    """x.grad is after the call what it was before: None, or the gradient that x held."""
    x = state(torch.tensor([1.0, -2.0, 0.5], device=device))
    with untouched("x", x):
        kata.second_derivative(CUBE, x)


@edge
@given(function=st.sampled_from(LINES), x=tensors("..."))
def test_second_derivative_of_a_line_is_zero(kata, device, function, x):
    """A slope that does not depend on x changes nowhere: zeros like x, no error."""
    zeros = np.zeros(tuple(x.shape))
    assert_tensor(kata.second_derivative(function, x), zeros, like=x, atol=0)


@edge
def test_second_derivative_of_a_line_is_zero_whatever_its_slope_is_made_of(kata, device):
    """In w * x, w may require grad; the slope then has a graph in which x plays no part."""
    w = torch.tensor([1.0, 10.0, 100.0], device=device, requires_grad=True)
    x = torch.tensor([1.0, 2.0, 3.0], device=device)
    function = Formula("w * x", lambda x: w * x)
    assert_tensor(kata.second_derivative(function, x), [0.0, 0.0, 0.0], like=x, atol=0)


@edge
def test_second_derivative_goes_as_far_as_x_and_no_farther(kata, device):
    """What x was computed from gets no gradient."""
    base = torch.tensor([1.0, -2.0, 0.5], device=device, requires_grad=True)
    x = base * 2
    with untouched(tr("a tensor that x was computed from"), base), untouched("x", x):
        result = kata.second_derivative(CUBE, x)
    assert_tensor(result, [12.0, -24.0, 6.0], like=base)


def test_stop_gradient_lets_no_gradient_through(kata, device):
    """In x * stop_gradient(x) the second factor is a mere number to backward()."""
    x = torch.tensor([2.0, -3.0, 5.0], device=device, requires_grad=True)
    (x * kata.stop_gradient(x)).sum().backward()
    assert_tensor(x.grad, [2.0, -3.0, 5.0], like=x)


@pytest.mark.parametrize("state", STATES, ids=named)
def test_stop_gradient_is_outside_the_graph(kata, device, state):
    """The result has x's numbers and does not require grad."""
    x = state(torch.tensor([[1.0, -2.0, 0.5], [4.0, 5.0, 6.0]], device=device))
    result = kata.stop_gradient(x)
    assert_tensor(result, array(x), like=x)
    assert_no_graph(result)


@given(x=tensors("...", dtypes=EVERY_DTYPE))
def test_stop_gradient_keeps_values_and_memory(kata, device, x):
    """What is written to x or to the result shows in both: their memory is the same."""
    result = kata.stop_gradient(x)
    assert_tensor(result, x)
    assert_shares_memory(result, x)


@pytest.mark.parametrize("state", STATES, ids=named)
def test_stop_gradient_shares_memory_with_what_is_in_the_graph(kata, device, state):
    """Leaving the graph takes no copy, whether x requires grad or was computed from others."""
    x = state(torch.tensor([1.0, -2.0, 0.5], device=device))
    assert_shares_memory(kata.stop_gradient(x), x.detach())


@pytest.mark.parametrize("state", STATES, ids=named)
def test_stop_gradient_leaves_x_in_the_graph(kata, device, state):
    """x itself keeps its requires_grad, its .grad and its past."""
    x = state(torch.tensor([1.0, -2.0, 0.5], device=device))
    with untouched("x", x):
        kata.stop_gradient(x)


class Refusing(nn.Module):
    """A layer that raises an error."""

    def forward(self, x):
        raise ZeroDivisionError("this layer divides by zero")


class PlusOneInTraining(nn.Module):
    """A layer that looks at its own mode."""

    def forward(self, x):
        return x + 1 if self.training else x


class TimesTenInTraining(nn.Sequential):
    """A model that looks at its own mode, besides those of its layers."""

    def forward(self, x):
        return super().forward(x) * (10 if self.training else 1)


class Network(TimesTenInTraining):
    """A model that shows itself by the names of its layers."""

    def __repr__(self):
        return f"Network({', '.join(name for name, _ in self.named_children())})"


def network(device, last=None):
    """A model with layers that know two modes, one of them deep inside; lengths differ."""
    model = Network(
        OrderedDict(
            first=nn.Linear(3, 5),
            norm=nn.BatchNorm1d(5),
            body=nn.Sequential(nn.Dropout(0.5), nn.Sequential(nn.Linear(5, 2), nn.Dropout(0.9))),
            last=last or PlusOneInTraining(),
        )
    )
    numbers = np.random.default_rng(16)
    for tensor in (*model.parameters(), model.norm.running_mean, model.norm.running_var):
        values = torch.tensor(numbers.uniform(0.5, 2.0, tuple(tensor.shape)))
        tensor.data.copy_(values)
    return model.to(device)


def batch(device):
    """Samples for the network."""
    return torch.tensor([[1.0, -2.0, 0.5], [0.0, 3.0, -1.0], [4.0, 0.5, 2.0]], device=device)


def answer(model, x):
    """What the network computes in eval mode, in NumPy."""
    values = {name: array(tensor) for name, tensor in model.state_dict().items()}
    h = array(x) @ values["first.weight"].T + values["first.bias"]
    deviation = np.sqrt(values["norm.running_var"] + model.norm.eps)
    h = (h - values["norm.running_mean"]) / deviation
    h = h * values["norm.weight"] + values["norm.bias"]
    return h @ values["body.1.0.weight"].T + values["body.1.0.bias"]


MODULES = len(list(network(torch.device("cpu")).modules()))
MODES = st.lists(st.booleans(), min_size=MODULES, max_size=MODULES)


def set_modes(model, modes):
    """Gives each submodule, the model first, a mode of its own: True for train."""
    for module, mode in zip(model.modules(), modes, strict=True):
        module.training = mode


def modes_of(model):
    """The modes of the model and its submodules."""
    return [module.training for module in model.modules()]


def assert_modes(model, modes):
    """Each submodule is in its mode."""
    __tracebackhide__ = True
    for (name, module), mode in zip(model.named_modules(), modes, strict=True):
        who, words = name or tr("the model itself"), (tr("eval mode"), tr("train mode"))
        problem = tr("{who} was in {was}, and now is in {now}").format(
            who=who, was=words[mode], now=words[module.training]
        )
        assert_that(module.training == mode, problem)


def test_predict_uses_what_a_batch_norm_has_learnt(kata, device):
    """With means 1 and 10 and variances 4 and 25, a column of x is centred and scaled by these."""
    model = nn.BatchNorm1d(2, eps=0.0)
    model.running_mean.copy_(torch.tensor([1.0, 10.0]))
    model.running_var.copy_(torch.tensor([4.0, 25.0]))
    x = torch.tensor([[3.0, 20.0], [5.0, 0.0]], device=device)
    assert_tensor(kata.predict(model.to(device), x), [[1.0, 2.0], [2.0, -2.0]], like=x)


def test_predict_reaches_layers_deep_inside(kata, device):
    """Dropout lets everything pass in eval mode, also within a layer within the model."""
    model = nn.Sequential(nn.Dropout(0.5), nn.Sequential(nn.Dropout(0.9)))
    x = torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0], device=device)
    assert_tensor(kata.predict(model, x), x)


def test_predict_switches_everything_that_has_a_mode(kata, device):
    """A layer of one's own may look at its mode, and so may the model itself."""
    model = TimesTenInTraining(PlusOneInTraining())
    x = torch.tensor([1.0, 2.0, 3.0], device=device)
    assert_tensor(kata.predict(model, x), x)


def test_predict_gives_a_result_without_a_graph(kata, device):
    """The result does not require grad, though the model's parameters do."""
    model = nn.Linear(3, 2).to(device)
    assert_no_graph(kata.predict(model, batch(device)))


@pytest.mark.parametrize("training", [True, False], ids=["train", "eval"])
def test_predict_puts_the_model_back(kata, device, training):
    """A model that was training trains on; one in eval mode stays so."""
    model = nn.Sequential(nn.Dropout(0.5), nn.Sequential(nn.Dropout(0.9))).train(training)
    modes = modes_of(model)
    kata.predict(model, torch.tensor([1.0, 2.0, 3.0], device=device))
    assert_modes(model, modes)


def test_predict_leaves_parameters_and_buffers_alone(kata, device):
    """Parameters keep requires_grad and .grad, and BatchNorm its statistics."""
    model, x = network(device), batch(device)
    model(x).sum().backward()
    model.first.bias.requires_grad_(False)
    parameters, buffers = list(model.parameters()), list(model.buffers())
    with untouched("a parameter", *parameters), unchanged(*buffers):
        kata.predict(model, x)


@edge
def test_predict_keeps_a_frozen_batch_norm_in_eval_mode(kata, device):
    """While the model trains, one layer was set to eval mode; it stays there."""
    model, x = network(device), batch(device)
    model.norm.eval()
    modes = modes_of(model)
    kata.predict(model, x)
    assert_modes(model, modes)


@edge
def test_predict_switches_off_a_dropout_that_trains_within_a_model_that_does_not(kata, device):
    """The mode of the model says nothing about the modes of its layers."""
    model = nn.Sequential(nn.Dropout(0.5), nn.Sequential(nn.Dropout(0.9))).eval()
    model[0].train()
    x = torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0], device=device)
    assert_tensor(kata.predict(model, x), x)


@edge
@given(modes=MODES)
def test_predict_answers_in_eval_mode_and_puts_modes_back(kata, device, modes):
    """Every submodule is in eval mode for the answer, and then in the mode that it had."""
    model, x = network(device), batch(device)
    set_modes(model, modes)
    expected = answer(model, x)
    assert_tensor(kata.predict(model, x), expected, like=x, rtol=1e-5)
    assert_modes(model, modes)


@edge
@given(modes=MODES)
def test_predict_puts_modes_back_when_the_model_raises(kata, device, modes):
    """The error reaches the caller, and every submodule is in the mode that it had."""
    model, x = network(device, last=Refusing()), batch(device)
    set_modes(model, modes)
    assert_raises(ZeroDivisionError, kata.predict, model, x)
    assert_modes(model, modes)


@edge
def test_predict_answers_in_the_dtype_of_the_model(kata, device):
    """A model in float64, where the device has it, answers in float64, on a single sample too."""
    dtype = torch.float64 if has_dtype(device, torch.float64) else torch.float32
    model, x = network(device).to(dtype), batch(device)[:1].to(dtype)
    rtol = 1e-11 if dtype == torch.float64 else 1e-5
    assert_tensor(kata.predict(model, x), answer(model, x), like=x, rtol=rtol)


def with_gradient(values, grad, device):
    """A parameter that holds a gradient."""
    parameter = torch.tensor(values, device=device, requires_grad=True)
    parameter.grad = torch.tensor(grad, device=device)
    return parameter


def assert_cleared(parameter):
    """The parameter has no gradient, or zeros."""
    __tracebackhide__ = True
    left = gradient(parameter)
    cleared = left is None or not array(left).any()
    assert_that(cleared, tr("the gradient is not cleared: .grad is {left}").format(left=show(left)))


def assert_stepped(parameter, expected, grad=None):
    """The parameter has these values, is a leaf that requires grad, and has no gradient."""
    __tracebackhide__ = True
    try:
        assert_tensor(parameter, expected, like=parameter.detach())
    except CheckFailure as failure:
        if grad is not None:
            failure.problem += tr("; the gradient was {grad}").format(grad=show(grad))
        raise
    still = parameter.is_leaf and parameter.requires_grad
    assert_that(still, "a parameter is no longer a leaf that requires grad")
    assert_cleared(parameter)


@given(
    drawn=either(
        tensors("a", "a", "b c", "b c"),
        tensors("a b", "a b", "...", "...", layouts=OWN_MEMORY),
    ),
    rate=either(st.just(0.5), st.sampled_from(RATES)),
)
def test_sgd_step_moves_each_parameter_against_its_gradient(kata, device, drawn, rate):
    """Each one moves by its own gradient, in place; then the gradient is cleared."""
    parameters, gradients = [leaf(x.clone()) for x in drawn[::2]], drawn[1::2]
    expected = [array(p) - rate * array(g) for p, g in zip(parameters, gradients, strict=True)]
    for p, g in zip(parameters, gradients, strict=True):
        p.grad = g.clone()
    kata.sgd_step(list(parameters), rate)
    for step in zip(parameters, expected, gradients, strict=True):
        assert_stepped(*step)


def test_sgd_step_clears_the_gradient(kata, device):
    """After the step .grad is None or zeros, so that the next backward() starts afresh."""
    w = with_gradient([1.0, 2.0], [4.0, 6.0], device)
    kata.sgd_step([w], 0.5)
    assert_cleared(w)


def test_sgd_step_takes_the_parameters_of_a_model(kata, device):
    """model.parameters() is a generator, which can be walked but once; the model's own move."""
    model = nn.Linear(2, 1)
    model.weight.data.copy_(torch.tensor([[1.0, 2.0]]))
    model.bias.data.fill_(3.0)
    model.to(device)
    model(torch.tensor([[1.0, 10.0], [2.0, 20.0]], device=device)).sum().backward()
    kata.sgd_step(model.parameters(), 0.5)
    assert_stepped(model.weight, [[-0.5, -13.0]], torch.tensor([[3.0, 30.0]]))
    assert_stepped(model.bias, [2.0], torch.tensor([2.0]))


def test_sgd_step_can_be_taken_again_and_again(kata, device):
    """Each step on the sum of w * w starts from a fresh gradient, and halves w."""
    w = torch.tensor([16.0, -8.0], device=device, requires_grad=True)
    for expected in ([8.0, -4.0], [4.0, -2.0], [2.0, -1.0]):
        (w * w).sum().backward()
        grad = gradient(w)
        kata.sgd_step([w], 0.25)
        assert_stepped(w, expected, grad)


def test_sgd_step_changes_the_tensors_in_the_list(kata, device):
    """The list holds the same tensors as before; it is they that have moved."""
    parameters = [
        with_gradient([1.0], [4.0], device),
        with_gradient([2.0, 3.0], [6.0, 8.0], device),
    ]
    before = list(parameters)
    kata.sgd_step(parameters, 0.5)
    same = len(parameters) == 2 and all(a is b for a, b in zip(parameters, before, strict=True))
    assert_that(same, "the list holds other tensors now; change those in it")
    assert_stepped(before[1], [-1.0, -1.0])


@edge
def test_sgd_step_leaves_parameters_without_a_gradient_alone(kata, device):
    """One whose .grad is None keeps its values and its None; those after it move all the same."""
    a = with_gradient([1.0, 2.0], [3.0, 4.0], device)
    b = torch.tensor([3.0, 4.0], device=device, requires_grad=True)
    frozen = torch.tensor([5.0, 6.0], device=device)
    c = with_gradient([7.0, 8.0], [1.0, 2.0], device)
    with untouched(tr("a parameter without a gradient"), b, frozen):
        kata.sgd_step([a, b, frozen, c], 2.0)
    assert_stepped(a, [-5.0, -6.0])
    assert_stepped(c, [5.0, 4.0])


@edge
def test_sgd_step_keeps_each_parameter_in_its_memory(kata, device):
    """A tensor that shares a parameter's memory, as detach() gives one, shows the step."""
    w = with_gradient([1.0, 2.0], [4.0, 6.0], device)
    alias = w.detach()
    kata.sgd_step([w], 0.5)
    assert_stepped(w, [-1.0, -1.0])
    moved = tr("the parameter lies in other memory now; change it in place")
    assert_that(np.array_equal(array(alias), [-1.0, -1.0]), moved)


@edge
@pytest.mark.parametrize("kind", [list, tuple, iter, lambda ps: (p for p in ps)])
def test_sgd_step_takes_any_iterable(kata, device, kind):
    """A list or tuple can be walked twice, an iterator or a generator but once."""
    parameters = [
        with_gradient([1.0, 2.0], [4.0, 4.0], device),
        with_gradient([[3.0]], [[4.0]], device),
    ]
    kata.sgd_step(kind(parameters), 0.5)
    assert_stepped(parameters[0], [-1.0, 0.0])
    assert_stepped(parameters[1], [[1.0]])


@edge
@pytest.mark.parametrize("parameters", [[], iter(())], ids=["list", "iterator"])
def test_sgd_step_takes_an_iterable_with_nothing_in_it(kata, device, parameters):
    """A model may have no parameters; there is nothing to move, and no error."""
    w = with_gradient([1.0, 2.0], [1.0, 1.0], device)
    with untouched(tr("another tensor"), w):
        kata.sgd_step(parameters, 0.5)


@edge
def test_sgd_step_clears_gradients_at_a_learning_rate_of_zero(kata, device):
    """With a learning rate of 0 no parameter moves, and gradients are cleared all the same."""
    w = with_gradient([1.0, 2.0], [3.0, 3.0], device)
    kata.sgd_step([w], 0.0)
    assert_stepped(w, [1.0, 2.0])


@edge
def test_sgd_step_clears_a_gradient_that_is_not_finite(kata, device):
    """Infinity and NaN in .grad do not stay there."""
    w = with_gradient([1.0, 2.0, 3.0], [float("inf"), float("nan"), 2.0], device)
    kata.sgd_step([w], 0.5)
    assert_stepped(w, [-np.inf, np.nan, 2.0])


class Branching(nn.Module):
    """A model in which one parameter's name is the beginning or the end of another's."""

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.tensor([1.0, 2.0]))
        self.scales = nn.Parameter(torch.tensor([3.0, 0.5]))
        self.head = nn.Linear(2, 2)
        self.norm = nn.BatchNorm1d(2)
        self.body = nn.Sequential(OrderedDict(head=nn.Linear(2, 2), scale=nn.PReLU()))

    def forward(self, x):
        return self.body(self.norm(self.head(x * self.scale))) * self.scales

    def __repr__(self):
        return f"Model({', '.join(name for name, _ in self.named_parameters())})"


NAMES = tuple(name for name, _ in Branching().named_parameters())


def run_backward(model, device):
    """Computes gradients; the input requires grad, so that this works on a frozen model too."""
    x = torch.tensor([[1.0, -2.0], [0.5, 3.0], [-1.5, 4.0]], device=device, requires_grad=True)
    (model(x) ** 2).sum().backward()


GETS_NONE = "{name} should get a gradient, and gets none"
GETS_ONE = "{name} should get no gradient, and gets one"


def assert_frozen(model, device, frozen):
    """These parameters get no gradient, and all others do."""
    __tracebackhide__ = True
    model.zero_grad()
    run_backward(model, device)
    getting = [name for name, p in model.named_parameters() if p.grad is not None]
    known = [name for name, _ in model.named_parameters()]
    assert_that(
        known == list(NAMES),
        tr("the model's parameters are now {names}").format(names=", ".join(known)),
    )
    for name in NAMES:
        wanted = name not in frozen
        problem = tr(GETS_NONE if wanted else GETS_ONE).format(name=name)
        assert_that((name in getting) == wanted, problem)


@given(
    names=either(
        st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True),
        st.lists(st.sampled_from(NAMES), max_size=len(NAMES), unique=True),
    )
)
def test_freeze_lets_these_parameters_get_no_gradient(kata, device, names):
    """The parameters named get none; every other parameter does."""
    model = Branching().to(device)
    kata.freeze(model, names)
    assert_frozen(model, device, names)


@pytest.mark.parametrize("name", ["scale", "head.bias", "body.head.weight", "norm.bias"])
def test_freeze_takes_full_names(kata, device, name):
    """A name stands for one parameter, not for those that begin or end with it."""
    model = Branching().to(device)
    kata.freeze(model, [name])
    assert_frozen(model, device, [name])


def test_freeze_adds_to_what_is_frozen(kata, device):
    """What was frozen earlier stays frozen, whether it is named again or not."""
    model = Branching().to(device)
    for names in (["head.bias"], ["norm.bias"], ["head.bias", "scale"]):
        kata.freeze(model, names)
    assert_frozen(model, device, ["head.bias", "norm.bias", "scale"])


@edge
def test_freeze_leaves_everything_else_as_it_was(kata, device):
    """The parameters are the same tensors with the same values, and the modes stay, too."""
    model = Branching().to(device)
    before = {name: array(x) for name, x in model.state_dict().items()}
    parameters, modes = list(model.parameters()), modes_of(model)
    kata.freeze(model, ["head.weight", "scale"])
    for name, x in model.state_dict().items():
        assert_tensor(x, before[name], like=x, atol=0, rtol=0)
    same = all(a is b for a, b in zip(parameters, model.parameters(), strict=True))
    assert_that(same, "the model has other parameters now; change those it has")
    assert_modes(model, modes)


@edge
def test_freeze_takes_all_names(kata, device):
    """A whole model may be frozen; then no parameter gets a gradient."""
    model = Branching().to(device)
    kata.freeze(model, list(NAMES))
    assert_frozen(model, device, list(NAMES))


@edge
def test_freeze_of_no_names_freezes_nothing(kata, device):
    """An empty list is a list like any other."""
    model = Branching().to(device)
    kata.freeze(model, [])
    assert_frozen(model, device, [])


@edge
def test_freeze_holds_after_gradients_were_there(kata, device):
    """A parameter that has a gradient already gets no more: it stays, or you clear it."""
    model = Branching().to(device)
    run_backward(model, device)
    before = {name: gradient(p) for name, p in model.named_parameters()}
    kata.freeze(model, ["norm.weight"])
    run_backward(model, device)
    run_backward(model, device)
    old, new = before["norm.weight"], gradient(model.norm.weight)
    still = new is None or not array(new).any() or alike(old, new)
    assert_that(
        still,
        tr("the .grad of a frozen parameter was {old}, and now is {new}").format(
            old=show(old), new=show(new)
        ),
    )
    other = model.scales
    assert_tensor(other.grad, 3 * array(before["scales"]), like=other.detach())


@edge
def test_freeze_refuses_unknown_names(kata, device):
    """A misspelt name raises KeyError, and so does part of a name, or a module's or a buffer's."""
    model = Branching().to(device)
    for unknown in ("no.such.name", "weight", "head", "scal", "norm.running_mean"):
        assert_raises(KeyError, kata.freeze, model, [unknown])
