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

from spec.harness.checks import (
    EVERY_DTYPE,
    array,
    assert_raises,
    assert_shares_memory,
    assert_tensor,
    assert_that,
    tensors,
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


SQUARES = Formula("(x * x).sum()", lambda x: (x * x).sum())
SUM = Formula("x.sum()", lambda x: x.sum())
CUBE = Formula("x**3", lambda x: x**3)

# In the order: second derivative in NumPy, formula.
CURVES = (
    (lambda x: 0 * x + 2, Formula("x * x", lambda x: x * x)),
    (lambda x: -np.sin(x), Formula("sin(x)", torch.sin)),
    (np.exp, Formula("exp(x)", torch.exp)),
    (lambda x: 2 / x**3, Formula("1 / x", lambda x: 1 / x)),
    (lambda x: 12 * x**2 - 6 * x, Formula("x**4 - x**3 + x", lambda x: x**4 - x**3 + x)),
    (
        lambda x: np.where(x > 1, 2.0, 0.0),
        Formula("where(x > 1, x * x, 3 * x)", lambda x: torch.where(x > 1, x * x, 3 * x)),
    ),
)

LINES = (
    Formula("3 * x + 1", lambda x: 3 * x + 1),
    Formula("x", lambda x: x),
    Formula("-x", lambda x: -x),
    Formula("0 * x", lambda x: 0 * x),
)

CONSTANTS = (
    Formula("full_like(x, 3)", lambda x: torch.full_like(x, 3.0)),
    Formula("zeros_like(x)", torch.zeros_like),
    Formula("x.detach()", lambda x: x.detach()),
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


STATES = (plain, leaf, leaf_with_gradient, computed)


def named(function):
    """The id of a test: the function's name."""
    return function.__name__


def shown(formula):
    """The id of a test: the formula."""
    return formula.text


def gradient(x):
    """What .grad holds, as an array; a tensor that keeps no .grad has None."""
    kept = x.is_leaf or x.retains_grad
    return array(x.grad) if kept and x.grad is not None else None


def alike(a, b):
    """Whether two gradients are the same."""
    return b is None if a is None else b is not None and np.array_equal(a, b)


@contextlib.contextmanager
def gradients_kept(*xs):
    """Leaves .grad of the tensors as it was."""
    __tracebackhide__ = True
    before = [gradient(x) for x in xs]
    yield
    for x, old in zip(xs, before, strict=True):
        new = gradient(x)
        assert_that(alike(old, new), f"the .grad of a tensor was {old}, and now is {new}")


@contextlib.contextmanager
def untouched(*xs):
    """Leaves tensors as they were: values, requires_grad, .grad and their place in the graph."""
    __tracebackhide__ = True
    before = [(x.grad_fn, x.retains_grad) for x in xs]
    with unchanged(*xs), gradients_kept(*xs):
        yield
    for x, old in zip(xs, before, strict=True):
        same = (x.grad_fn, x.retains_grad) == old
        assert_that(same, "the place of a tensor in the graph was changed")


def assert_no_graph(result):
    """The result does not require grad."""
    __tracebackhide__ = True
    free = not result.requires_grad
    assert_that(free, "the result has a graph: its requires_grad is True")


def test_gradient_at_is_zero_where_an_element_plays_no_part(kata, device):
    """The function depends on x[0, 1] and x[1, 0] alone; the gradient elsewhere is 0."""
    x = torch.tensor([[1.0, 2.0, 3.0], [5.0, 6.0, 7.0]], device=device)
    function = Formula("x[0, 1] * x[1, 0]", lambda x: x[0, 1] * x[1, 0])
    expected = [[0.0, 5.0, 0.0], [2.0, 0.0, 0.0]]
    assert_tensor(kata.gradient_at(function, x), expected, like=x)


def test_gradient_at_of_a_number_is_a_number(kata, device):
    """A 0-D tensor has a 0-D gradient."""
    x = torch.tensor(2.0, device=device)
    assert_tensor(kata.gradient_at(CUBE, x), 12.0, like=x)


@pytest.mark.parametrize("state", STATES, ids=named)
def test_gradient_at_takes_x_in_any_state(kata, device, state):
    """Whether x requires grad, holds a gradient or is no leaf, the gradient is the same."""
    x = state(torch.tensor([[1.0, -2.0, 0.5], [0.0, 3.0, 4.0]], device=device))
    expected = [[2.0, -4.0, 1.0], [0.0, 6.0, 8.0]]
    result = kata.gradient_at(SQUARES, x)
    assert_tensor(result, expected, like=x)
    assert_no_graph(result)


@pytest.mark.parametrize("state", STATES, ids=named)
def test_gradient_at_leaves_its_argument_alone(kata, device, state):
    """x keeps its values, its requires_grad and its .grad, and its place in the graph."""
    x = state(torch.tensor([1.0, -2.0, 0.5], device=device))
    with untouched(x):
        kata.gradient_at(SQUARES, x)


def test_gradient_at_leaves_no_gradient_where_x_was_computed_from(kata, device):
    """The gradient goes as far as x and no farther; the caller may still go on from there."""
    base = torch.tensor([1.0, -2.0, 0.5], device=device, requires_grad=True)
    x = base.exp()
    with untouched(base, x):
        kata.gradient_at(SQUARES, x)
    x.sum().backward()
    assert_tensor(base.grad, np.exp([1.0, -2.0, 0.5]), like=x)


def test_gradient_at_leaves_what_the_function_closes_over_alone(kata, device):
    """Tensors in the function that require grad get none, and keep the .grad that they have."""
    w = torch.tensor([1.0, 2.0, 3.0], device=device, requires_grad=True)
    b = leaf_with_gradient(torch.tensor([0.5, -1.0, 2.0], device=device))
    c = w.exp()
    x = torch.tensor([4.0, -1.0, 0.5], device=device)
    function = Formula("(w * x * x + b * c * x).sum()", lambda x: (w * x * x + b * c * x).sum())
    expected = 2 * array(w) * array(x) + array(b) * array(c)
    with untouched(w, b, c):
        result = kata.gradient_at(function, x)
    assert_tensor(result, expected, like=x)


def test_gradient_at_gives_a_result_without_a_graph(kata, device):
    """The gradient is a plain tensor, even if the function closes over one that requires grad."""
    w = torch.tensor([1.0, 2.0, 3.0], device=device, requires_grad=True)
    x = torch.tensor([4.0, -1.0, 0.5], device=device)
    function = Formula("(w * x**3).sum()", lambda x: (w * x**3).sum())
    assert_no_graph(kata.gradient_at(function, x))
    assert_no_graph(kata.gradient_at(function, x.requires_grad_()))


@given(drawn=tensors("...", "..."))
def test_gradient_at_is_the_slope_in_every_direction(kata, device, drawn):
    """Element for element, the gradient of the sum of w·x² is 2·w·x."""
    w, x = drawn
    function = Formula("(w * x * x).sum()", lambda x: (w * x * x).sum())
    assert_tensor(kata.gradient_at(function, x), 2 * array(w) * array(x), like=x)


@given(drawn=tensors("a b", "b c", "a c", sides={"a": (1, 3), "b": (1, 4), "c": (1, 3)}))
def test_gradient_at_goes_through_a_product_of_matrices(kata, device, drawn):
    """The gradient has x's shape; that of the sum of w · (m @ x) is mᵀ @ w."""
    m, x, w = drawn
    function = Formula("(w * (m @ x)).sum()", lambda x: (w * (m @ x)).sum())
    assert_tensor(kata.gradient_at(function, x), array(m).T @ array(w), like=x)


@given(drawn=tensors("n ...", "...", sides={"n": (1, 4), "...": (1, 4)}))
def test_accumulate_adds_up_the_gradients(kata, device, drawn):
    """The gradient of the sum of w·x² is 2·w·x at each point; those are summed."""
    stack, w = drawn
    points = list(stack.unbind(0))
    function = Formula("(w * x * x).sum()", lambda x: (w * x * x).sum())
    expected = (2 * array(w) * array(stack)).sum(axis=0)
    assert_tensor(kata.accumulate(function, points), expected, like=w)


def test_accumulate_adds_gradients_and_not_points(kata, device):
    """Gradients are taken point by point: the sum of 3·x² is not 3 times the square of the sum."""
    points = [torch.tensor([1.0, 2.0], device=device), torch.tensor([3.0, -1.0], device=device)]
    function = Formula("(x**3).sum()", lambda x: (x**3).sum())
    assert_tensor(kata.accumulate(function, points), [30.0, 15.0], like=points[0])


def test_accumulate_takes_points_one_by_one(kata, device):
    """The function is given one point, not all of them in one tensor."""
    points = [torch.tensor([value, value + 2], device=device) for value in (1.0, 5.0, -4.0)]
    function = Formula("x[0] * x[1]", lambda x: x[0] * x[1])
    assert_tensor(kata.accumulate(function, points), [8.0, 2.0], like=points[0])


def test_accumulate_of_one_point_is_its_gradient(kata, device):
    """A list of one point gives the gradient there."""
    point = torch.tensor([[1.0, 2.0, 3.0]], device=device)
    assert_tensor(kata.accumulate(SQUARES, [point]), [[2.0, 4.0, 6.0]], like=point)


def test_accumulate_counts_a_point_twice_that_comes_twice(kata, device):
    """The same tensor twice in the list adds its gradient twice."""
    a, b = torch.tensor([1.0, 2.0], device=device), torch.tensor([10.0, -20.0], device=device)
    assert_tensor(kata.accumulate(SQUARES, [a, b, a]), [24.0, -32.0], like=a)
    a, b = a.clone().requires_grad_(), b.clone().requires_grad_()
    assert_tensor(kata.accumulate(SQUARES, [a, a, b, a]), [26.0, -28.0], like=a)


def test_accumulate_takes_functions_with_constant_gradient(kata, device):
    """The gradient of a sum is 1 everywhere, and three of them make 3."""
    points = [torch.tensor([[value, 0.0]], device=device) for value in (1.0, 2.0, 5.0)]
    assert_tensor(kata.accumulate(SUM, points), [[3.0, 3.0]], like=points[0])


def test_accumulate_of_numbers_is_a_number(kata, device):
    """Points may be 0-D."""
    points = [torch.tensor(value, device=device) for value in (1.0, 2.0, -3.0)]
    assert_tensor(kata.accumulate(CUBE, points), 3.0 + 12.0 + 27.0, like=points[0])


@pytest.mark.parametrize("shape", [(0,), (2, 0)])
def test_accumulate_of_empty_points_is_empty(kata, device, shape):
    """Points may have no elements; their gradients have none either."""
    points = [torch.ones(shape, device=device), torch.zeros(shape, device=device)]
    assert_tensor(kata.accumulate(SQUARES, points), np.zeros(shape), like=points[0])


@pytest.mark.parametrize("state", STATES, ids=named)
def test_accumulate_takes_points_in_any_state(kata, device, state):
    """What a point's .grad holds already does not count, whether it requires grad or is no leaf."""
    values = torch.tensor([[1.0, 2.0], [5.0, -3.0], [0.5, 7.0]], device=device)
    a, b, c = (state(x.clone()) for x in values)
    assert_tensor(kata.accumulate(SQUARES, [a, b, c]), [13.0, 12.0], like=values)
    assert_tensor(kata.accumulate(SQUARES, [c, c, a]), [4.0, 32.0], like=values)


def test_accumulate_takes_functions_that_close_over_leaves(kata, device):
    """A tensor in the function may require grad; the sum is over the points' gradients alone."""
    w = torch.tensor([3.0, 5.0], device=device, requires_grad=True)
    points = [torch.tensor([1.0, 2.0], device=device), torch.tensor([10.0, -1.0], device=device)]
    function = Formula("(w * x * x).sum()", lambda x: (w * x * x).sum())
    assert_tensor(kata.accumulate(function, points), [66.0, 10.0], like=points[0])


@pytest.mark.parametrize("state", STATES, ids=named)
def test_accumulate_leaves_its_arguments_alone(kata, device, state):
    """The list and its points are as they were, with requires_grad and .grad."""
    points = [
        state(torch.tensor([1.0, 2.0], device=device)),
        torch.tensor([3.0, 4.0], device=device),
        state(torch.tensor([5.0, 7.0], device=device)),
    ]
    with unchanged(points), untouched(*points):
        kata.accumulate(SQUARES, points)


def test_accumulate_leaves_no_gradient_where_points_were_computed_from(kata, device):
    """The gradients go as far as the points and no farther."""
    base = torch.tensor([[1.0, -2.0], [0.5, 3.0]], device=device, requires_grad=True)
    points = list((base * 2).unbind())
    with untouched(base, *points):
        result = kata.accumulate(SQUARES, points)
    assert_tensor(result, [6.0, 4.0], like=base)


@given(drawn=tensors("...", "..."))
def test_second_derivative_is_taken_at_every_element(kata, device, drawn):
    """Element for element, the second derivative of w·x³ + x² is 6·w·x + 2."""
    w, x = drawn
    function = Formula("w * x**3 + x * x", lambda x: w * x**3 + x * x)
    expected = 6 * array(w) * array(x) + 2
    assert_tensor(kata.second_derivative(function, x), expected, like=x)


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve[1].text)
def test_second_derivative_of_well_known_functions(kata, device, curve):
    """The result is what the rules of calculus give."""
    expected, function = curve
    x = torch.tensor([[0.5, 1.5, -0.7], [2.0, 0.3, 1.1]], device=device)
    assert_tensor(kata.second_derivative(function, x), expected(array(x)), like=x)


def test_second_derivative_of_a_number_is_a_number(kata, device):
    """x may be 0-D."""
    x = torch.tensor(-2.0, device=device)
    assert_tensor(kata.second_derivative(CUBE, x), -12.0, like=x)


@given(function=st.sampled_from(LINES), x=tensors("..."))
def test_second_derivative_of_a_line_is_zero(kata, device, function, x):
    """A slope that does not depend on x changes nowhere: zeros of x's dtype, no error."""
    zeros = np.zeros(tuple(x.shape))
    assert_tensor(kata.second_derivative(function, x), zeros, like=x, atol=0)


@given(function=st.sampled_from(CONSTANTS), x=tensors("..."))
def test_second_derivative_of_a_constant_is_zero(kata, device, function, x):
    """A result that does not depend on x at all has derivatives 0, of x's dtype, no error."""
    zeros = np.zeros(tuple(x.shape))
    assert_tensor(kata.second_derivative(function, x), zeros, like=x, atol=0)


@given(drawn=tensors("...", "..."))
def test_second_derivative_of_lines_and_constants_of_other_tensors_is_zero(kata, device, drawn):
    """A line w·x and a constant w have none, also where w requires grad and so has a graph."""
    w, x = drawn
    w.requires_grad_()
    zeros = np.zeros(tuple(x.shape))
    for text, function in (("w * x", lambda x: w * x), ("w * w", lambda x: w * w)):
        assert_tensor(kata.second_derivative(Formula(text, function), x), zeros, like=x, atol=0)


@pytest.mark.parametrize("state", STATES, ids=named)
def test_second_derivative_takes_x_in_any_state(kata, device, state):
    """Whether x requires grad, holds a gradient or is no leaf, the result is the same."""
    x = state(torch.tensor([1.0, -2.0, 0.5], device=device))
    assert_tensor(kata.second_derivative(CUBE, x), [6.0, -12.0, 3.0], like=x)


@pytest.mark.parametrize("state", STATES, ids=named)
def test_second_derivative_leaves_its_argument_alone(kata, device, state):
    """x keeps its values, its requires_grad and its .grad, and its place in the graph."""
    x = state(torch.tensor([1.0, -2.0, 0.5], device=device))
    with untouched(x):
        kata.second_derivative(CUBE, x)


def test_second_derivative_leaves_no_gradient_where_x_was_computed_from(kata, device):
    """The derivatives go as far as x and no farther."""
    base = torch.tensor([1.0, -2.0, 0.5], device=device, requires_grad=True)
    x = base * 2
    with untouched(base, x):
        result = kata.second_derivative(CUBE, x)
    assert_tensor(result, [12.0, -24.0, 6.0], like=base)


@given(x=tensors("...", dtypes=EVERY_DTYPE))
def test_stop_gradient_keeps_values_and_memory(kata, device, x):
    """The result has the same values, in the same memory, whatever the dtype."""
    result = kata.stop_gradient(x)
    assert_tensor(result, x)
    assert_shares_memory(result, x)


@pytest.mark.parametrize("state", STATES, ids=named)
def test_stop_gradient_is_outside_the_graph(kata, device, state):
    """The result does not require grad, and shares x's memory all the same."""
    x = state(torch.tensor([[1.0, -2.0, 0.5], [4.0, 5.0, 6.0]], device=device).T)
    result = kata.stop_gradient(x)
    assert_tensor(result, array(x), like=x)
    assert_no_graph(result)
    assert_shares_memory(result, x.detach())


def test_stop_gradient_lets_no_gradient_through(kata, device):
    """In x · stop_gradient(x) only the first factor counts: the gradient is x, not 2·x."""
    x = torch.tensor([2.0, -3.0], device=device, requires_grad=True)
    (x * kata.stop_gradient(x)).sum().backward()
    assert_tensor(x.grad, [2.0, -3.0], like=x)


@pytest.mark.parametrize("state", STATES, ids=named)
def test_stop_gradient_leaves_its_argument_alone(kata, device, state):
    """x itself stays in the graph, with requires_grad and .grad as they were."""
    x = state(torch.tensor([1.0, -2.0, 0.5], device=device))
    with untouched(x):
        kata.stop_gradient(x)


class Refusing(nn.Module):
    """A layer that raises an error."""

    def forward(self, x):
        raise ZeroDivisionError("this layer divides by zero")


class Shifting(nn.Module):
    """A layer with a training mode of its own kind."""

    def forward(self, x):
        return x + 1 if self.training else x


class Network(nn.Sequential):
    """A model that looks at its own mode, besides those of its layers."""

    def forward(self, x):
        return super().forward(x) * (10 if self.training else 1)


def network(device, last=None):
    """A model with layers that know two modes, one of them deep inside; lengths differ."""
    model = Network(
        OrderedDict(
            first=nn.Linear(3, 5),
            norm=nn.BatchNorm1d(5),
            body=nn.Sequential(nn.Dropout(0.5), nn.Sequential(nn.Linear(5, 2), nn.Dropout(0.9))),
            last=last or Shifting(),
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


def assert_modes(model, modes):
    """Each submodule is in its mode."""
    __tracebackhide__ = True
    for (name, module), mode in zip(model.named_modules(), modes, strict=True):
        who, words = name or "the model itself", ("eval mode", "train mode")
        problem = f"{who} was in {words[mode]}, and now is in {words[module.training]}"
        assert_that(module.training == mode, problem)


@pytest.mark.parametrize("training", [True, False])
def test_predict_puts_a_model_back_as_a_whole(kata, device, training):
    """A model that was training trains on; one in eval mode stays so."""
    model, x = network(device).train(training), batch(device)
    assert_tensor(kata.predict(model, x), answer(model, x), like=x, rtol=1e-5)
    assert_modes(model, [training] * MODULES)


def test_predict_keeps_a_frozen_batch_norm_in_eval_mode(kata, device):
    """While the model trains, one layer was set to eval mode; it stays there."""
    model, x = network(device), batch(device)
    model.norm.eval()
    modes = [module.training for module in model.modules()]
    kata.predict(model, x)
    assert_modes(model, modes)


def test_predict_switches_off_a_dropout_that_trains_within_a_model_that_does_not(kata, device):
    """The mode of the model says nothing about the modes of its layers."""
    model, x = network(device).eval(), batch(device)
    model.body[0].train()
    assert_tensor(kata.predict(model, x), answer(model, x), like=x, rtol=1e-5)


def test_predict_gives_a_result_without_a_graph(kata, device):
    """The result does not require grad, though the model's parameters do."""
    model, x = network(device), batch(device)
    assert_no_graph(kata.predict(model, x))
    assert_no_graph(kata.predict(nn.Linear(3, 2).to(device), x))


def test_predict_keeps_float64(kata, device):
    """A model in float64 answers in float64, on a single sample too."""
    model, x = network(device).double(), batch(device)[:1].double()
    assert_tensor(kata.predict(model, x), answer(model, x), like=x)


def test_predict_leaves_its_arguments_alone(kata, device):
    """Parameters keep requires_grad and .grad, BatchNorm its statistics, and x its values."""
    model, x = network(device), batch(device)
    model(x).sum().backward()
    model.first.bias.requires_grad_(False)
    with unchanged(x, *model.buffers()), untouched(*model.parameters()):
        kata.predict(model, x)


@given(modes=MODES)
def test_predict_answers_in_eval_mode_and_puts_modes_back(kata, device, modes):
    """Every submodule is in eval mode for the answer, and then in the mode that it had."""
    model, x = network(device), batch(device)
    set_modes(model, modes)
    expected = answer(model, x)
    assert_tensor(kata.predict(model, x), expected, like=x, rtol=1e-5)
    assert_modes(model, modes)


@given(modes=MODES)
def test_predict_puts_modes_back_when_the_model_raises(kata, device, modes):
    """The error reaches the caller, and every submodule is in the mode that it had."""
    model, x = network(device, last=Refusing()), batch(device)
    set_modes(model, modes)
    assert_raises(ZeroDivisionError, kata.predict, model, x)
    assert_modes(model, modes)


def assert_stepped(parameter, alias, expected):
    """The parameter was changed in place, is a leaf that requires grad, and has no gradient."""
    __tracebackhide__ = True
    assert_tensor(parameter, expected, like=alias)
    moved = "the parameter lies in other memory now; change it in place"
    same = np.array_equal(array(parameter), array(alias), equal_nan=True)
    assert_that(same, moved)
    still = parameter.is_leaf and parameter.requires_grad
    assert_that(still, "the parameter is no longer a leaf that requires grad")
    left = gradient(parameter)
    assert_that(left is None or not left.any(), f"the gradient is not cleared: .grad is {left}")


@given(drawn=tensors("a b", "a b", "...", "...", layouts=OWN_MEMORY), rate=st.sampled_from(RATES))
def test_sgd_step_moves_each_parameter_in_place(kata, device, drawn, rate):
    """parameter - learning_rate · gradient, in the same memory; then the gradient is cleared."""
    parameters, gradients = [leaf(x.clone()) for x in drawn[::2]], drawn[1::2]
    expected = [array(p) - rate * array(g) for p, g in zip(parameters, gradients, strict=True)]
    aliases = [p.detach() for p in parameters]
    for p, g in zip(parameters, gradients, strict=True):
        p.grad = g.clone()
    kata.sgd_step(parameters, rate)
    for step in zip(parameters, aliases, expected, strict=True):
        assert_stepped(*step)


@pytest.mark.parametrize("kind", [list, tuple, iter, lambda ps: (p for p in ps)])
def test_sgd_step_takes_any_iterable(kata, device, kind):
    """A list or tuple can be walked twice, an iterator or a generator but once."""
    parameters = [leaf(torch.tensor(values, device=device)) for values in ([1.0, 2.0], [[3.0]])]
    aliases = [p.detach() for p in parameters]
    for p in parameters:
        p.grad = torch.full_like(p, 4.0)
    kata.sgd_step(kind(parameters), 0.5)
    assert_stepped(parameters[0], aliases[0], [-1.0, 0.0])
    assert_stepped(parameters[1], aliases[1], [[1.0]])


@pytest.mark.parametrize("parameters", [[], iter(())], ids=["list", "iterator"])
def test_sgd_step_takes_an_iterable_with_nothing_in_it(kata, device, parameters):
    """A model may have no parameters; there is nothing to move, and no error."""
    w = torch.tensor([1.0, 2.0], device=device, requires_grad=True)
    w.grad = torch.ones_like(w)
    with untouched(w):
        kata.sgd_step(parameters, 0.5)


def test_sgd_step_clears_gradients_at_a_learning_rate_of_zero(kata, device):
    """With a learning rate of 0 no parameter moves, and gradients are cleared all the same."""
    w = torch.tensor([1.0, 2.0], device=device, requires_grad=True)
    alias = w.detach()
    w.grad = torch.full_like(w, 3.0)
    kata.sgd_step([w], 0.0)
    assert_stepped(w, alias, [1.0, 2.0])


def test_sgd_step_takes_the_parameters_of_a_model(kata, device):
    """model.parameters() is a generator; the model's own parameters move."""
    model = nn.Linear(2, 1, bias=True)
    model.weight.data.copy_(torch.tensor([[1.0, 2.0]]))
    model.bias.data.fill_(3.0)
    model.to(device)
    aliases = [model.weight.detach(), model.bias.detach()]
    model(torch.tensor([[1.0, 10.0], [2.0, 20.0]], device=device)).sum().backward()
    kata.sgd_step(model.parameters(), 0.5)
    assert_stepped(model.weight, aliases[0], [[-0.5, -13.0]])
    assert_stepped(model.bias, aliases[1], [2.0])


def test_sgd_step_leaves_parameters_without_a_gradient_alone(kata, device):
    """One whose .grad is None keeps its values and its None; those after it move all the same."""
    values = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]], device=device)
    a, b, frozen, c = (x.clone().requires_grad_() for x in values)
    frozen.requires_grad_(False)
    a.grad, c.grad = values[1].clone(), values[0].clone()
    aliases = [a.detach(), c.detach()]
    with untouched(b, frozen):
        kata.sgd_step([a, b, frozen, c], 2.0)
    assert_stepped(a, aliases[0], [-5.0, -6.0])
    assert_stepped(c, aliases[1], [5.0, 4.0])


def test_sgd_step_can_be_taken_again_and_again(kata, device):
    """Each step starts from a fresh gradient: on w², w shrinks by 1 - 2 · learning_rate."""
    w = torch.tensor([1.0, -8.0], device=device, requires_grad=True)
    alias = w.detach()
    for _ in range(3):
        (w * w).sum().backward()
        kata.sgd_step([w], 0.25)
    assert_stepped(w, alias, [0.125, -1.0])


def test_sgd_step_clears_a_gradient_that_is_not_finite(kata, device):
    """Infinity and NaN in .grad do not stay there."""
    w = torch.tensor([1.0, 2.0, 3.0], device=device, requires_grad=True)
    alias = w.detach()
    w.grad = torch.tensor([float("inf"), float("nan"), 2.0], device=device)
    kata.sgd_step([w], 0.5)
    assert_stepped(w, alias, [-np.inf, np.nan, 2.0])


def test_sgd_step_leaves_its_argument_alone(kata, device):
    """The list holds the same tensors as before; their values alone have changed."""
    parameters = [leaf(torch.tensor([value], device=device)) for value in (1.0, 2.0)]
    before = list(parameters)
    for p in parameters:
        p.grad = torch.ones_like(p)
    kata.sgd_step(parameters, 0.5)
    same = len(parameters) == 2 and all(a is b for a, b in zip(parameters, before, strict=True))
    assert_that(same, "the list holds other tensors now; change those in it")
    assert_tensor(before[1], [1.5], like=before[1].detach())


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


NAMES = tuple(name for name, _ in Branching().named_parameters())


def run_backward(model, device):
    """Computes gradients; the input requires grad, so that this works on a frozen model too."""
    x = torch.tensor([[1.0, -2.0], [0.5, 3.0], [-1.5, 4.0]], device=device, requires_grad=True)
    (model(x) ** 2).sum().backward()


def with_gradient(model, device):
    """The names of the parameters that get a gradient, sorted."""
    model.zero_grad()
    run_backward(model, device)
    return sorted(name for name, p in model.named_parameters() if p.grad is not None)


def assert_frozen(model, device, frozen):
    """These parameters get no gradient, and all others do."""
    __tracebackhide__ = True
    getting = with_gradient(model, device)
    known = [name for name, _ in model.named_parameters()]
    assert_that(known == list(NAMES), f"the model's parameters are now {', '.join(known)}")
    for name in NAMES:
        wanted = name not in frozen
        some, none = ("a", "none") if wanted else ("no", "one")
        problem = f"{name} should get {some} gradient, and gets {none}"
        assert_that((name in getting) == wanted, problem)


@pytest.mark.parametrize("name", ["scale", "head.bias", "body.head.weight", "norm.bias"])
def test_freeze_takes_full_names(kata, device, name):
    """A name stands for one parameter, not for those that begin or end with it."""
    model = Branching().to(device)
    kata.freeze(model, [name])
    assert_frozen(model, device, [name])


def test_freeze_takes_all_names(kata, device):
    """A whole model may be frozen; then no parameter gets a gradient."""
    model = Branching().to(device)
    kata.freeze(model, list(NAMES))
    assert_frozen(model, device, list(NAMES))


def test_freeze_of_no_names_freezes_nothing(kata, device):
    """An empty list is a list like any other."""
    model = Branching().to(device)
    kata.freeze(model, [])
    assert_frozen(model, device, [])


def test_freeze_adds_to_what_is_frozen(kata, device):
    """What was frozen earlier stays frozen, whether it is named again or not."""
    model = Branching().to(device)
    kata.freeze(model, ["head.bias", "norm.bias"])
    kata.freeze(model, ["scale", "body.head.weight", "head.bias"])
    assert_frozen(model, device, ["head.bias", "norm.bias", "scale", "body.head.weight"])


def test_freeze_holds_after_gradients_were_there(kata, device):
    """A parameter that has a gradient already gets no more: it stays, or you clear it."""
    model = Branching().to(device)
    run_backward(model, device)
    before = {name: gradient(p) for name, p in model.named_parameters()}
    kata.freeze(model, ["norm.weight"])
    run_backward(model, device)
    run_backward(model, device)
    old, new = before["norm.weight"], gradient(model.norm.weight)
    still = new is None or not new.any() or alike(old, new)
    assert_that(still, f"the .grad of a frozen parameter was {old}, and now is {new}")
    other = model.scales
    assert_tensor(other.grad, 3 * before["scales"], like=other.detach())


@pytest.mark.parametrize("unknown", ["weight", "head", "scal", "norm.running_mean"])
def test_freeze_refuses_unknown_names_and_freezes_nothing(kata, device, unknown):
    """Part of a name, a module's or a buffer's name raises KeyError; no parameter is frozen."""
    model = Branching().to(device)
    for names in ([unknown, "head.bias"], ["scale", unknown, "scales"], [unknown]):
        with unchanged(names):
            assert_raises(KeyError, kata.freeze, model, names)
        assert_frozen(model, device, [])


def test_freeze_with_an_unknown_name_thaws_nothing(kata, device):
    """What was frozen before the call that raises stays frozen."""
    model = Branching().to(device)
    kata.freeze(model, ["head.bias", "scale"])
    assert_raises(KeyError, kata.freeze, model, ["scale", "scales", "no.such.name"])
    assert_frozen(model, device, ["head.bias", "scale"])


def test_freeze_leaves_its_arguments_alone(kata, device):
    """The list stays as it is, and so do values and modes; requires_grad alone changes."""
    model, names = Branching().to(device), ["head.weight", "scale"]
    model.norm.eval()
    before = {name: array(x) for name, x in model.state_dict().items()}
    parameters = list(model.parameters())
    modes = [module.training for module in model.modules()]
    with unchanged(names):
        kata.freeze(model, names)
    for name, x in model.state_dict().items():
        assert_tensor(x, before[name], like=x, atol=0, rtol=0)
    same = all(a is b for a, b in zip(parameters, model.parameters(), strict=True))
    assert_that(same, "the model has other parameters now; change those it has")
    assert_modes(model, modes)


@given(names=st.lists(st.sampled_from(NAMES), max_size=4, unique=True))
def test_freeze_lets_these_parameters_get_no_gradient(kata, device, names):
    """The parameters named get none; every other parameter does."""
    model = Branching().to(device)
    kata.freeze(model, names)
    assert_frozen(model, device, names)
