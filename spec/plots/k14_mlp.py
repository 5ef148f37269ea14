"""What k14_mlp can draw: single steps forward and back, and two half-moons told apart."""

from collections.abc import Callable, Iterator
from typing import Any

import torch

from ..harness.language import tr
from ..harness.showing.drawings import Curves, Grids, Picture, named, numbers
from ..harness.showing.moons import border, half_moons

Function = Callable[..., Any]

X = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
WEIGHT = torch.tensor([[1.0, 0.0, -1.0], [0.5, 2.0, 0.0]])
STEPS = 1500
RATE = 0.2


def forward(linear_forward: Function) -> Iterator[Grids]:
    """A layer for a batch."""
    bias = torch.tensor([10.0, 20.0])
    yield Grids(
        title=tr("Each sample, a row of x, meets each neuron, a row of the weight."),
        given={"x": X, "weight": WEIGHT, "bias": bias},
        found={"linear_forward": linear_forward(X.clone(), WEIGHT.clone(), bias.clone())},
    )


def backward(linear_backward: Function) -> Iterator[Grids]:
    """The gradients of a layer."""
    grad_output = torch.tensor([[1.0, 0.0], [0.0, 10.0]])
    names = ("grad_x", "grad_weight", "grad_bias")
    yield Grids(
        title=tr("On its way back the gradient takes the shapes of x, weight and bias."),
        given={"grad_output": grad_output.clone(), "x": X, "weight": WEIGHT},
        found=named(linear_backward(grad_output, X.clone(), WEIGHT.clone()), *names),
    )


def through_sigmoid(sigmoid_backward: Function) -> Iterator[Curves]:
    """What a sigmoid lets through."""
    z = torch.linspace(-6, 6, 61)
    yield Curves(
        title=tr("A sigmoid lets most of the gradient through at 0, and next to none far out."),
        across=tr("argument of the sigmoid"),
        up=tr("gradient, of 1"),
        x=numbers(z),
        lines={"": numbers(sigmoid_backward(torch.ones(61), z.sigmoid()))},
    )


def through_relu(relu_backward: Function) -> Iterator[Curves]:
    """What a ReLU lets through."""
    z = torch.linspace(-2, 2, 81)
    yield Curves(
        title=tr("A ReLU lets the whole gradient through above 0, and nothing below."),
        across=tr("argument of the ReLU"),
        up=tr("gradient, of 1"),
        x=numbers(z),
        lines={"": numbers(relu_backward(torch.ones(81), z.clone()))},
    )


def of_the_error(mse_backward: Function) -> Iterator[Curves]:
    """The gradient of the error by a prediction."""
    x = torch.linspace(-2, 4, 61)
    target = torch.tensor([[1.0], [2.0]])
    gradients = [mse_backward(torch.tensor([[p], [2.0]]), target.clone())[0, 0] for p in x.tolist()]
    yield Curves(
        title=tr("The error's gradient is 0 where the prediction meets its target, 1."),
        across=tr("prediction, the first of two"),
        up=tr("gradient"),
        x=numbers(x),
        lines={"": numbers(gradients)},
    )


def learning(training_step: Function) -> Iterator[Curves]:
    """Step by step the loss falls."""
    x, y = half_moons(160)
    parameters, losses = _network(), []
    for _ in range(STEPS // 3):
        parameters, loss = training_step(x, y[:, None].float(), parameters, RATE)
        losses.append(float(loss))
    yield Curves(
        title=tr("The loss falls, step by step."),
        across=tr("step"),
        up=tr("loss"),
        x=numbers(range(len(losses))),
        lines={"": tuple(losses)},
    )


def moons(
    mlp_forward: Function, mse_backward: Function, mlp_backward: Function
) -> Iterator[Picture]:
    """The border between two half-moons, learnt by hand."""
    x, y = half_moons(160)
    target = y[:, None].float()
    parameters = _network()
    for _ in range(STEPS):
        prediction, cache = mlp_forward(x, parameters)
        gradients = mlp_backward(mse_backward(prediction, target), cache, parameters)
        parameters = [
            (weight - RATE * by_weight, bias - RATE * by_bias)
            for (weight, bias), (by_weight, by_bias) in zip(parameters, gradients, strict=True)
        ]
    yield border(
        tr("The border between two half-moons, after training with your forward and backward."),
        x,
        y,
        lambda points: mlp_forward(points, parameters)[0][:, 0],
    )


def _network() -> list[tuple[torch.Tensor, torch.Tensor]]:
    generator = torch.Generator().manual_seed(0)
    first = 2.0 * torch.randn(12, 2, generator=generator)
    last = 0.5 * torch.randn(1, 12, generator=generator)
    return [(first, torch.randn(12, generator=generator)), (last, torch.zeros(1))]
