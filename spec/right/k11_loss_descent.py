"""Other right answers that the spec of k11_loss_descent must accept."""

import functools
import itertools
from fractions import Fraction

import numpy as np
import torch


def mean_squared_error__sum_over_count(prediction, target):
    """Computes the mean from its definition."""
    if prediction.shape != target.shape:
        raise ValueError(f"{prediction.shape} and {target.shape} differ")
    return ((prediction - target) ** 2).sum() / prediction.numel()


def mean_squared_error__dot(prediction, target):
    """Squares by a dot product."""
    if prediction.size() != target.size():
        raise ValueError("prediction and target differ in shape")
    difference = torch.sub(target, prediction).reshape(-1)
    return torch.dot(difference, difference).div(difference.numel())


def mean_squared_error__norm(prediction, target):
    """The Euclidean length, squared."""
    if tuple(prediction.shape) != tuple(target.shape):
        raise ValueError("prediction and target differ in shape")
    return torch.linalg.vector_norm(prediction - target) ** 2 / prediction.numel()


def mean_squared_error__einsum(prediction, target):
    """A product of all elements with themselves, summed; the error is a ValueError of its own."""
    if list(prediction.shape) != list(target.shape):
        raise UnicodeError("this is a ValueError too")
    difference = prediction - target
    return torch.einsum("...,...->", difference, difference) / prediction.numel()


def mean_squared_error__axis_by_axis(prediction, target):
    """The mean of means of rows that are equally long."""
    if prediction.shape != target.shape:
        raise ValueError("prediction and target differ in shape")
    squares = (target - prediction).pow(2)
    while squares.ndim:
        squares = squares.mean(dim=0)
    return squares


def mean_squared_error__loop(prediction, target):
    """Element by element; loops are allowed here."""
    if prediction.shape != target.shape:
        raise ValueError("prediction and target differ in shape")
    total = prediction.new_zeros(())
    for p, t in zip(prediction.flatten(), target.flatten(), strict=True):
        total = total + (p - t) ** 2
    return total / prediction.numel()


def mean_squared_error__variance(prediction, target):
    """The variance of the differences, plus the square of their mean."""
    if prediction.shape != target.shape:
        raise ValueError("prediction and target differ in shape")
    variance, mean = torch.var_mean(prediction - target, correction=0)
    return variance + mean**2


def mean_squared_error__torch_refuses_some(prediction, target):
    """Leaves shapes that do not broadcast to torch, whose error says why."""
    difference = prediction - target
    if prediction.shape != target.shape:
        raise ValueError
    return difference.pow(2).mean()


def slope__distance_of_both_places(function, point, step):
    """Divides by the distance of the places as they were rounded."""
    left, right = point - step, point + step
    return (function(right) - function(left)) / (right - left)


def slope__mean_of_one_sided(function, point, step):
    """The mean of forward and backward difference."""
    middle = function(point)
    forward = (function(point + step) - middle) / step
    backward = (middle - function(point - step)) / step
    return float(forward + backward) / 2


def slope__halved(function, point, step):
    """Half the rise, over the step."""
    return 0.5 * (function(point + step) - function(point - step)) / step


def slope__two_quotients(function, point, step):
    """Divides each value by itself."""
    distance = 2.0 * step
    return function(point + step) / distance - function(point - step) / distance


def slope__in_fractions(function, point, step):
    """Exact arithmetic, and rounding once at the end."""
    left, right = (Fraction(function(place)) for place in (point - step, point + step))
    return float((right - left) / (2 * Fraction(step)))


def slope__looks_at_the_point_too(function, point, step):
    """Asks the function at the point as well, for no purpose, and in another order."""
    right, _, left = (function(point + side * step) for side in (1, 0, -1))
    return (right - left) / step / 2


def slope__zero_as_an_int(function, point, step):
    """Nothing rises where both places are equally high; that is 0."""
    left, right = function(point - step), function(point + step)
    return 0 if left == right else (right - left) / (2 * step)


def descend__filled(gradient, start, learning_rate, steps):
    """Fills a tensor made beforehand."""
    trajectory = torch.empty(steps + 1, *start.shape, dtype=start.dtype, device=start.device)
    trajectory[0] = start
    for step in range(steps):
        trajectory[step + 1] = trajectory[step] - learning_rate * gradient(trajectory[step])
    return trajectory


def descend__in_place_on_a_clone(gradient, start, learning_rate, steps):
    """Moves a point of its own, and notes down copies."""
    point = start.clone(memory_format=torch.contiguous_format)
    notes = [point.clone()]
    for _ in range(steps):
        point -= learning_rate * gradient(point)
        notes.append(point.clone())
    return torch.stack(notes)


def descend__alpha(gradient, start, learning_rate, steps):
    """Multiplies within the subtraction."""
    points = [start]
    while len(points) <= steps:
        points.append(torch.sub(points[-1], gradient(points[-1]), alpha=learning_rate))
    return torch.cat([point.unsqueeze(0) for point in points])


def descend__accumulated(gradient, start, learning_rate, steps):
    """Points as itertools accumulates them."""

    def move(point, _):
        return point + gradient(point) * -learning_rate

    return torch.stack(list(itertools.accumulate(range(steps), move, initial=start)))


def descend__optimizer(gradient, start, learning_rate, steps):
    """torch's own descent, to which the gradient is handed."""
    point = start.clone(memory_format=torch.contiguous_format)
    optimizer = torch.optim.SGD([point], lr=learning_rate)
    trajectory = start.repeat(steps + 1, *[1] * start.ndim)
    for row in trajectory[1:]:
        point.grad = gradient(point).clone()
        optimizer.step()
        row.copy_(point)
    return trajectory


def descend__one_gradient_more(gradient, start, learning_rate, steps):
    """Has the gradient ready before it steps, and so asks for one more than it needs."""
    point, change = start, gradient(start)
    points = [point]
    for _ in range(steps):
        point = point - learning_rate * change
        change = gradient(point)
        points.append(point)
    return torch.stack(points)


def fit_line__matrix(x, y, learning_rate, steps):
    """Both parameters in one vector."""
    inputs = torch.stack([x, torch.ones_like(x)], dim=1)
    parameters = torch.zeros(2, dtype=x.dtype, device=x.device)
    for _ in range(steps):
        gradient = 2 / len(x) * inputs.T @ (inputs @ parameters - y)
        parameters = parameters - learning_rate * gradient
    return parameters[0], parameters[1]


def fit_line__zeros_of_the_default_dtype(x, y, learning_rate, steps):
    """Begins with float32 numbers on the CPU, which the first step takes along."""
    line = intercept = torch.tensor(0.0)
    for _ in range(steps):
        error = line * x + intercept - y
        line = line - learning_rate * 2 * (error * x).mean()
        intercept = intercept - learning_rate * 2 * error.mean()
    return line, intercept


def fit_line__moments(x, y, learning_rate, steps):
    """The sums over the points are the same in every step, so they are taken once."""
    mean_x, mean_y, mean_xx, mean_xy = x.mean(), y.mean(), (x * x).mean(), (x * y).mean()
    line = intercept = 0 * mean_x
    for _ in range(steps):
        line, intercept = (
            line - learning_rate * 2 * (line * mean_xx + intercept * mean_x - mean_xy),
            intercept - learning_rate * 2 * (line * mean_x + intercept - mean_y),
        )
    return line, intercept


def fit_line__moving_error(x, y, learning_rate, steps):
    """Keeps the errors and moves them along with the parameters."""
    line, intercept, error = x.new_zeros(()), x.new_zeros(()), -y
    for _ in range(steps):
        turn, lift = (learning_rate * 2 * torch.mean(error * side) for side in (x, x**0))
        line, intercept = line - turn, intercept - lift
        error = error - turn * x - lift
    return line, intercept


def fit_line__in_place(x, y, learning_rate, steps):
    """In place on tensors of its own, from an error taken before."""
    line = torch.zeros((), dtype=x.dtype, device=x.device)
    intercept = torch.zeros((), dtype=x.dtype, device=x.device)
    for _ in range(steps):
        residual = y - (line * x + intercept)
        line += learning_rate * 2 * torch.mean(residual * x)
        intercept += learning_rate * 2 * torch.mean(residual)
    return line, intercept


def fit_line__python_numbers(x, y, learning_rate, steps):
    """In Python floats, and tensors at the end."""
    points = list(zip(x.tolist(), y.tolist(), strict=True))
    line = intercept = 0.0
    for _ in range(steps):
        errors = [line * a + intercept - b for a, b in points]
        along = sum(e * a for e, (a, _) in zip(errors, points, strict=True)) / len(points)
        line -= learning_rate * 2 * along
        intercept -= learning_rate * 2 * sum(errors) / len(points)
    return x.new_tensor(line), x.new_tensor(intercept)


def fit_line__power(x, y, learning_rate, steps):
    """A step is a linear map of (slope, intercept, 1), and all steps are a power of it."""
    columns = torch.stack([x, torch.ones_like(x), -y], dim=1)
    moments = columns.T @ columns / len(x)
    step = torch.eye(3, dtype=x.dtype, device=x.device)
    step[:2] -= 2 * learning_rate * moments[:2]
    line, intercept, _ = torch.linalg.matrix_power(step, steps)[:, 2]
    return line, intercept


def fit_line__list(x, y, learning_rate, steps):
    """A list of slope and intercept, where a tuple is as good."""
    parameters = [x.new_zeros(()), x.new_zeros(())]
    for _ in range(steps):
        error = parameters[0] * x + parameters[1] - y
        slopes = [2 * torch.mean(error * x), 2 * torch.mean(error)]
        parameters = [p - learning_rate * s for p, s in zip(parameters, slopes, strict=True)]
    return parameters


def binary_cross_entropy__softplus(logits, targets):
    """By softplus, log(1 + exp(x))."""
    losses = torch.nn.functional.softplus(logits) - targets * logits
    return losses.mean()


def binary_cross_entropy__logsigmoid(logits, targets):
    """By the logarithms of both probabilities."""
    yes, no = (torch.nn.functional.logsigmoid(sign * logits) for sign in (1, -1))
    return -(targets * yes + (1 - targets) * no).mean()


def binary_cross_entropy__logaddexp(logits, targets):
    """The denominator's logarithm from logaddexp."""
    return (torch.logaddexp(torch.zeros_like(logits), logits) - targets * logits).mean()


def binary_cross_entropy__maximum_and_log(logits, targets):
    """log where log1p would be finer: the difference is below the precision of a mean."""
    zero = torch.zeros_like(logits)
    tail = torch.log(1 + torch.exp(-torch.abs(logits)))
    return (torch.maximum(logits, zero) - logits * targets + tail).sum() / logits.numel()


def binary_cross_entropy__between_no_and_yes(logits, targets):
    """A soft target lies between the loss of a no and that of a yes."""
    zero = torch.zeros_like(logits)
    no, yes = torch.logaddexp(zero, logits), torch.logaddexp(zero, -logits)
    return torch.lerp(no, yes, targets).mean()


def binary_cross_entropy__distance_from_the_side(logits, targets):
    """A confident logit costs its size times how wrong its side is."""
    size = logits.abs()
    wrong = torch.where(logits > 0, 1 - targets, targets)
    return (wrong * size - torch.log(torch.sigmoid(size))).mean()


def binary_cross_entropy__two_classes(logits, targets):
    """As a softmax over "no" and "yes"."""
    logs = torch.log_softmax(torch.stack([torch.zeros_like(logits), logits]), dim=0)
    return -((1 - targets) * logs[0] + targets * logs[1]).mean()


def binary_cross_entropy__masks(logits, targets):
    """Fills in the losses of each side from a formula of its own."""
    losses, positive = torch.empty_like(logits), logits >= 0
    z, t = logits[positive], targets[positive]
    losses[positive] = (1 - t) * z + torch.log1p(torch.exp(-z))
    z, t = logits[~positive], targets[~positive]
    losses[~positive] = -t * z + torch.log1p(torch.exp(z))
    return losses.mean()


def binary_cross_entropy__where(logits, targets):
    """Two formulas, each where it does not overflow."""
    log_yes = torch.where(
        logits >= 0,
        -torch.log1p(torch.exp(-logits.clamp(min=0))),
        logits - torch.log1p(torch.exp(logits.clamp(max=0))),
    )
    log_no = log_yes - logits
    return (-targets * log_yes - (1 - targets) * log_no).mean()


def binary_cross_entropy__torch_of_old(logits, targets):
    """As PyTorch itself wrote it in its early versions."""
    most = (-logits).clamp(min=0)
    tail = ((-most).exp() + (-logits - most).exp()).log()
    return (logits - logits * targets + most + tail).mean()


def cross_entropy__logsumexp(logits, classes):
    """logsumexp less the logit of the true class."""
    rows = torch.arange(len(classes), device=logits.device)
    return (torch.logsumexp(logits, dim=1) - logits[rows, classes]).mean()


def cross_entropy__log_softmax(logits, classes):
    """log_softmax, picked by gather."""
    logs = torch.log_softmax(logits, dim=-1)
    return -logs.gather(1, classes.unsqueeze(1)).mean()


def cross_entropy__one_hot(logits, classes):
    """Picks by a product with a one-hot matrix."""
    one_hot = torch.nn.functional.one_hot(classes, logits.shape[1]).to(logits.dtype)
    return -(torch.nn.functional.log_softmax(logits, dim=1) * one_hot).sum() / len(logits)


def cross_entropy__mask(logits, classes):
    """Picks by comparing the numbers of the columns with the classes."""
    columns = torch.arange(logits.shape[1], device=logits.device)
    return -torch.log_softmax(logits, dim=1)[columns == classes[:, None]].mean()


def cross_entropy__diagonal(logits, classes):
    """Picks every class for every row, and keeps the diagonal."""
    return -torch.log_softmax(logits, dim=1)[:, classes].diagonal().mean()


def cross_entropy__ahead_of_the_true_class(logits, classes):
    """logsumexp of how far each class is ahead of the true one."""
    ahead = logits - logits.gather(1, classes[:, None])
    return torch.logsumexp(ahead, dim=1).mean()


def cross_entropy__column_by_column(logits, classes):
    """Folds the columns with logaddexp."""
    denominators = functools.reduce(torch.logaddexp, logits.unbind(dim=1))
    return denominators.mean() - torch.take_along_dim(logits, classes[:, None], dim=1).mean()


def cross_entropy__loop(logits, classes):
    """Row by row; loops are allowed here."""
    losses = []
    for row, number in zip(logits, classes.tolist(), strict=True):
        shifted = row - row.max()
        losses.append(shifted.exp().sum().log() - shifted[number])
    return torch.stack(losses).mean()


def cross_entropy__numpy(logits, classes):
    """In NumPy, on the CPU and back."""
    z = logits.cpu().numpy()
    z = z - z.max(axis=1, keepdims=True)
    losses = np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), classes.cpu().numpy()]
    return torch.tensor(losses.mean(), dtype=logits.dtype, device=logits.device)


def cross_entropy__textbook(logits, classes):
    """A log_softmax by hand, the row's largest logit taken out."""
    z = logits - logits.max(dim=1, keepdim=True)[0]
    logs = z - torch.log(torch.sum(torch.exp(z), dim=1, keepdim=True))
    return -logs[range(logits.shape[0]), classes].mean()
