"""Mistakes that the spec of k11_loss_descent must reject, each with the words that name it."""

import numpy as np
import torch

ABOUT_DEVICES = (
    "binary_cross_entropy__zeros_on_the_cpu",
    "cross_entropy__identity_on_the_cpu",
    "cross_entropy__straight_to_numpy",
)


def mean_squared_error__broadcasts(prediction, target):
    """You let different shapes broadcast: (n, 1) against (n,) averages n × n differences."""
    return (prediction - target).square().mean()


def mean_squared_error__ready_made_unchecked(prediction, target):
    """torch's mse_loss, or its module MSELoss, is the ready-made function: write out square and
    mean. And where the shapes differ raise ValueError."""
    return torch.nn.functional.mse_loss(prediction, target)


def mean_squared_error__ready_made(prediction, target):
    """You called torch's mse_loss, or its module MSELoss. Write out square and mean."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return torch.nn.functional.mse_loss(prediction, target)


def mean_squared_error__sum(prediction, target):
    """You summed the squares. Divide by the number of elements: the mean is asked for."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction - target).square().sum()


def mean_squared_error__each_element(prediction, target):
    """You returned the square of each difference. Their mean is asked for, a single number."""
    return (prediction - target).square()


def mean_squared_error__compares_counts(prediction, target):
    """You let equal counts of elements pass. In different shapes they are refused too: compare the
    shapes."""
    if prediction.numel() != target.numel():
        raise ValueError("different sizes")
    return (prediction.flatten() - target.flatten()).square().mean()


def mean_squared_error__compares_lengths(prediction, target):
    """You let equal lengths of the first axis pass. All axes have to agree: compare the shapes."""
    if prediction.shape[:1] != target.shape[:1]:
        raise ValueError("different lengths")
    return (prediction - target).square().mean()


def mean_squared_error__mean_over_rows(prediction, target):
    """You divided by the number of rows. The mean runs over all elements."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    rows = len(prediction) if prediction.ndim else 1
    return (prediction - target).square().sum() / rows


def mean_squared_error__half(prediction, target):
    """You halved the error. The mean of the squares is asked for, without a factor."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction - target).square().mean() / 2


def mean_squared_error__absolute(prediction, target):
    """You averaged absolute differences. Square them."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction - target).abs().mean()


def mean_squared_error__square_of_the_mean(prediction, target):
    """You squared the mean difference, in which errors cancel. Square first, then average."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction - target).mean().square()


def mean_squared_error__expanded_square(prediction, target):
    """In p² - 2pt + t² large numbers cancel, and digits with them. Subtract first, then square."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction.square() - 2 * prediction * target + target.square()).mean()


def mean_squared_error__viewed(prediction, target):
    """view needs memory in order, which a transposed tensor has not. Leave the shape as it is."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction.view(-1) - target.view(-1)).square().mean()


def mean_squared_error__root(prediction, target):
    """You took the square root of the mean. It is asked for without the root."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction - target).square().mean().sqrt()


def mean_squared_error__in_place(prediction, target):
    """You wrote into the prediction that was passed in, as -= does. Use -."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    prediction -= target
    return prediction.square().mean()


def mean_squared_error__each_row(prediction, target):
    """You averaged within each row. mean() without a dim averages over all elements."""
    return (prediction - target).square().mean(dim=1)


def mean_squared_error__each_column(prediction, target):
    """You averaged down each column. mean() without a dim averages over all elements."""
    return (prediction - target).square().mean(dim=0)


def mean_squared_error__not_squared(prediction, target):
    """You averaged the differences, in which errors above and below cancel. Square each first."""
    return (prediction - target).mean()


def mean_squared_error__difference_of_squares(prediction, target):
    """You squared before you subtracted. The difference is what is squared."""
    return (prediction.square() - target.square()).mean()


def mean_squared_error__sum_by_length(prediction, target):
    """You divided by the length of the first axis, and let different shapes broadcast. Divide by
    the number of all elements; refuse other shapes."""
    return ((prediction - target) ** 2).sum() / len(prediction)


def slope__forward(function, point, step):
    """You took the forward difference, from the point to the right. Look at both sides."""
    return (function(point + step) - function(point)) / step


def slope__precedence(function, point, step):
    """x / 2 * step is (x / 2) * step. Put the divisor in brackets: x / (2 * step)."""
    return (function(point + step) - function(point - step)) / 2 * step


def slope__divided_by_step(function, point, step):
    """The two places are two steps apart. Divide by 2 * step."""
    return (function(point + step) - function(point - step)) / step


def slope__tensor_inside(function, point, step):
    """You gave the function a tensor. It takes Python floats."""
    x = torch.tensor(point, dtype=torch.float64)
    return float((function(x + step) - function(x - step)) / (2 * step))


def slope__autograd(function, point, step):
    """You asked autograd for the derivative. Measure the slope from two places."""
    x = torch.tensor(point, dtype=torch.float64, requires_grad=True)
    (gradient,) = torch.autograd.grad(function(x), x)
    return gradient.item()


def slope__backward(function, point, step):
    """You took the backward difference, from the left to the point. Look at both sides."""
    return (function(point) - function(point - step)) / step


def slope__half_steps(function, point, step):
    """You went half a step to each side. Go a whole one: step is the distance to each side."""
    return (function(point + step / 2) - function(point - step / 2)) / step


def slope__own_step(function, point, step):
    """Your step is not the one that was passed in. Go that far to each side."""
    return (function(point + 1e-5) - function(point - 1e-5)) / 2e-5


def slope__reversed(function, point, step):
    """You subtracted the right place from the left one, which turns the sign round."""
    return (function(point - step) - function(point + step)) / (2 * step)


def slope__rise_alone(function, point, step):
    """That is the rise. Divide it by the distance between the two places."""
    return function(point + step) - function(point - step)


def slope__forward_over_two_steps(function, point, step):
    """You went a step to the right only, and divided by two. Go as far to the left as well."""
    return (function(point + step) - function(point)) / (2 * step)


def slope__upside_down(function, point, step):
    """You divided the distance by the rise. A slope is rise over distance."""
    return (2 * step) / (function(point + step) - function(point - step))


def descend__end_only(gradient, start, learning_rate, steps):
    """You returned the last point. The whole way is asked for, the start included."""
    point = start
    for _ in range(steps):
        point = point - learning_rate * gradient(point)
    return point


def descend__without_the_start(gradient, start, learning_rate, steps):
    """The start is missing. A way of so many steps has one point more."""
    points, point = [start], start
    for _ in range(steps):
        point = point - learning_rate * gradient(point)
        points.append(point)
    return torch.stack(points[1:] or points)


def descend__same_tensor_from_the_start(gradient, start, learning_rate, steps):
    """You moved the start itself, and noted down that one tensor for every point: -= makes no new
    one. Use point = point - ..."""
    point = start
    points = [point]
    for _ in range(steps):
        point -= learning_rate * gradient(point)
        points.append(point)
    return torch.stack(points)


def descend__same_tensor(gradient, start, learning_rate, steps):
    """You noted down one tensor again and again, so all points are the last one. Note copies."""
    point = start.clone()
    points = [point]
    for _ in range(steps):
        point -= learning_rate * gradient(point)
        points.append(point)
    return torch.stack(points)


def descend__moves_the_start(gradient, start, learning_rate, steps):
    """You moved the start itself: -= writes into it. Use point = point - ..."""
    point = start
    points = [point.clone()]
    for _ in range(steps):
        point -= learning_rate * gradient(point)
        points.append(point.clone())
    return torch.stack(points)


def descend__uphill(gradient, start, learning_rate, steps):
    """You added the gradient, which leads uphill. Subtract it."""
    points = [start]
    for _ in range(steps):
        points.append(points[-1] + learning_rate * gradient(points[-1]))
    return torch.stack(points)


def descend__list(gradient, start, learning_rate, steps):
    """You returned a list of points. torch.stack makes a tensor of them."""
    points = [start]
    for _ in range(steps):
        points.append(points[-1] - learning_rate * gradient(points[-1]))
    return points


def descend__one_step_short(gradient, start, learning_rate, steps):
    """You took one step too few. steps is the number of steps, not of points."""
    points = [start]
    for _ in range(steps - 1):
        points.append(points[-1] - learning_rate * gradient(points[-1]))
    return torch.stack(points)


def descend__gradient_at_the_start(gradient, start, learning_rate, steps):
    """You took the gradient at the start for all steps. It changes from point to point."""
    slope_there, points = gradient(start), [start]
    for _ in range(steps):
        points.append(points[-1] - learning_rate * slope_there)
    return torch.stack(points)


def descend__stops_where_nothing_moves(gradient, start, learning_rate, steps):
    """You stopped where a step changed nothing. Record the point after every step all the same."""
    points = [start]
    for _ in range(steps):
        point = points[-1] - learning_rate * gradient(points[-1])
        if torch.equal(point, points[-1]):
            break
        points.append(point)
    return torch.stack(points)


def descend__joined_end_to_end(gradient, start, learning_rate, steps):
    """torch.cat joins points end to end. Each is a row of its own: torch.stack."""
    points = [start.reshape(-1)]
    for _ in range(steps):
        points.append(points[-1] - learning_rate * gradient(points[-1].view(start.shape)).flatten())
    return torch.cat(points)


def descend__learning_rate_forgotten(gradient, start, learning_rate, steps):
    """You left out the learning rate."""
    points = [start]
    for _ in range(steps):
        points.append(points[-1] - gradient(points[-1]))
    return torch.stack(points)


def descend__normalized(gradient, start, learning_rate, steps):
    """You divided the gradient by its length. Steep places are left with longer steps."""
    points = [start]
    for _ in range(steps):
        g = gradient(points[-1])
        points.append(points[-1] - learning_rate * g / g.norm().clamp_min(1e-12))
    return torch.stack(points)


def descend__one_step_more(gradient, start, learning_rate, steps):
    """You took one step too many. Start and steps make steps + 1 points."""
    points = [start]
    for _ in range(steps + 1):
        points.append(points[-1] - learning_rate * gradient(points[-1]))
    return torch.stack(points)


def descend__tensor_of_a_list(gradient, start, learning_rate, steps):
    """torch.tensor makes a tensor of numbers, not of tensors. torch.stack joins points."""
    points = [start]
    for _ in range(steps):
        points.append(points[-1] - learning_rate * gradient(points[-1]))
    return torch.tensor(points, dtype=start.dtype, device=start.device)


def descend__stacked_as_columns(gradient, start, learning_rate, steps):
    """Your points lie along the last axis. Along the first one, each is a row: dim=0."""
    points = [start]
    for _ in range(steps):
        points.append(points[-1] - learning_rate * gradient(points[-1]))
    return torch.stack(points, dim=-1)


def descend__from_the_start_each_time(gradient, start, learning_rate, steps):
    """You made each step from the start. The next one begins where the last one ended."""
    points = [start]
    for _ in range(steps):
        points.append(start - learning_rate * gradient(points[-1]))
    return torch.stack(points)


def descend__as_numbers(gradient, start, learning_rate, steps):
    """.item() makes a number of a tensor of one element only. Keep the points as tensors."""
    point, points = start, [start.item()]
    for _ in range(steps):
        point = point - learning_rate * gradient(point)
        points.append(point.item())
    return torch.tensor(points, dtype=start.dtype, device=start.device)


def descend__joined_rows(gradient, start, learning_rate, steps):
    """torch.cat joins along an axis that is there already. torch.stack makes a new first one."""
    points = [start]
    for _ in range(steps):
        points.append(points[-1] - learning_rate * gradient(points[-1]))
    return torch.cat(points)


def fit_line__factor_forgotten(x, y, learning_rate, steps):
    """You left out the 2: the derivative of a square e² is 2e."""
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps):
        error = line * x + intercept - y
        line = line - learning_rate * (error * x).mean()
        intercept = intercept - learning_rate * error.mean()
    return line, intercept


def fit_line__one_after_the_other(x, y, learning_rate, steps):
    """You moved the slope before you took the intercept's error. Take both, then move both."""
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps):
        line = line - learning_rate * 2 * ((line * x + intercept - y) * x).mean()
        intercept = intercept - learning_rate * 2 * (line * x + intercept - y).mean()
    return line, intercept


def fit_line__sum(x, y, learning_rate, steps):
    """You summed over the points. The loss is a mean, and so are its slopes."""
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps):
        error = line * x + intercept - y
        line = line - learning_rate * 2 * (error * x).sum()
        intercept = intercept - learning_rate * 2 * error.sum()
    return line, intercept


def fit_line__autograd(x, y, learning_rate, steps):
    """You let autograd work out the derivatives. Work the two out on paper."""
    line = x.new_zeros(()).requires_grad_()
    intercept = x.new_zeros(()).requires_grad_()
    for _ in range(steps):
        (line * x + intercept - y).square().mean().backward()
        with torch.no_grad():
            line -= learning_rate * line.grad
            intercept -= learning_rate * intercept.grad
        line.grad = intercept.grad = None
    return line.detach(), intercept.detach()


def fit_line__uphill(x, y, learning_rate, steps):
    """You added the slopes of the loss, which leads uphill. Subtract them."""
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps):
        error = line * x + intercept - y
        line = line + learning_rate * 2 * (error * x).mean()
        intercept = intercept + learning_rate * 2 * error.mean()
    return line, intercept


def fit_line__intercept_first(x, y, learning_rate, steps):
    """You moved the intercept before you took the slope's error. Take both, then move both."""
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps):
        intercept = intercept - learning_rate * 2 * (line * x + intercept - y).mean()
        line = line - learning_rate * 2 * ((line * x + intercept - y) * x).mean()
    return line, intercept


def fit_line__factor_forgotten_once(x, y, learning_rate, steps):
    """You left out the 2 in the intercept's slope. Both come from the same square."""
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps):
        error = line * x + intercept - y
        line = line - learning_rate * 2 * (error * x).mean()
        intercept = intercept - learning_rate * error.mean()
    return line, intercept


def fit_line__error_not_times_x(x, y, learning_rate, steps):
    """The slope's part of the error is multiplied by x: that is how much it moves the line."""
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps):
        error = line * x + intercept - y
        line = line - learning_rate * 2 * error.mean() * x.mean()
        intercept = intercept - learning_rate * 2 * error.mean()
    return line, intercept


def fit_line__without_an_intercept(x, y, learning_rate, steps):
    """You never moved the intercept."""
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps):
        line = line - learning_rate * 2 * ((line * x - y) * x).mean()
    return line, intercept


def fit_line__least_squares(x, y, learning_rate, steps):
    """You solved for the best line at once. Go there step by step, and stop after steps."""
    inputs = torch.stack([x, torch.ones_like(x)], dim=1)
    solution = torch.linalg.pinv(inputs) @ y
    return solution[0], solution[1]


def fit_line__swapped(x, y, learning_rate, steps):
    """You returned (intercept, slope). The slope comes first."""
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps):
        error = line * x + intercept - y
        line = line - learning_rate * 2 * (error * x).mean()
        intercept = intercept - learning_rate * 2 * error.mean()
    return intercept, line


def fit_line__one_step_more(x, y, learning_rate, steps):
    """You took one step too many."""
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps + 1):
        error = line * x + intercept - y
        line = line - learning_rate * 2 * (error * x).mean()
        intercept = intercept - learning_rate * 2 * error.mean()
    return line, intercept


def fit_line__stops_early(x, y, learning_rate, steps):
    """You stopped where the loss was small enough. Take all steps that are asked for."""
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps):
        error = line * x + intercept - y
        if error.square().mean() < 0.05:
            break
        line = line - learning_rate * 2 * (error * x).mean()
        intercept = intercept - learning_rate * 2 * error.mean()
    return line, intercept


def fit_line__one_tensor_twice(x, y, learning_rate, steps):
    """a = b = zeros gives one tensor two names, and -= moves both. Make two, or do not use -=."""
    line = intercept = x.new_zeros(())
    for _ in range(steps):
        error = line * x + intercept - y
        line_slope, intercept_slope = 2 * (error * x).mean(), 2 * error.mean()
        line -= learning_rate * line_slope
        intercept -= learning_rate * intercept_slope
    return line, intercept


def fit_line__vectors(x, y, learning_rate, steps):
    """Your parameters have shape (1,). 0-D tensors are asked for."""
    line, intercept = x.new_zeros(1), x.new_zeros(1)
    for _ in range(steps):
        error = line * x + intercept - y
        line = line - learning_rate * 2 * (error * x).mean()
        intercept = intercept - learning_rate * 2 * error.mean()
    return line, intercept


def fit_line__x_left_out(x, y, learning_rate, steps):
    """You moved both parameters by the mean error. Nudging the slope moves each point by its x."""
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps):
        error = line * x + intercept - y
        line = line - learning_rate * 2 * error.mean()
        intercept = intercept - learning_rate * 2 * error.mean()
    return line, intercept


def fit_line__error_taken_once(x, y, learning_rate, steps):
    """You took the error once, before the first step. It changes whenever the line moves."""
    line, intercept = x.new_zeros(()), x.new_zeros(())
    error = line * x + intercept - y
    for _ in range(steps):
        line = line - learning_rate * 2 * (error * x).mean()
        intercept = intercept - learning_rate * 2 * error.mean()
    return line, intercept


def fit_line__sum_without_the_factor(x, y, learning_rate, steps):
    """You summed over the points, without the 2. The loss is a mean, and its square leaves a 2."""
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps):
        error = line * x + intercept - y
        line = line - learning_rate * (error * x).sum()
        intercept = intercept - learning_rate * error.sum()
    return line, intercept


def fit_line__each_point(x, y, learning_rate, steps):
    """You gave each point a slope of its own. Average over the points before you move."""
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps):
        error = line * x + intercept - y
        line = line - learning_rate * 2 * error * x
        intercept = intercept - learning_rate * 2 * error
    return line, intercept


def fit_line__learning_rate_forgotten(x, y, learning_rate, steps):
    """You left out the learning rate."""
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps):
        error = line * x + intercept - y
        line, intercept = line - 2 * (error * x).mean(), intercept - 2 * error.mean()
    return line, intercept


def fit_line__factor_and_order(x, y, learning_rate, steps):
    """You left out the 2 of the square, and moved the slope before you took the intercept's error.
    Take both, then move both."""
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps):
        line = line - learning_rate * ((line * x + intercept - y) * x).mean()
        intercept = intercept - learning_rate * (line * x + intercept - y).mean()
    return line, intercept


def binary_cross_entropy__as_written(logits, targets):
    """log(0) is -inf, and 0 · -inf is NaN, for large logits. Simplify the logarithms on paper."""
    p = 1 / (1 + torch.exp(-logits))
    return -(targets * torch.log(p) + (1 - targets) * torch.log(1 - p)).mean()


def binary_cross_entropy__ready_made(logits, targets):
    """You called torch's own function, or its module BCEWithLogitsLoss. Write the formula out."""
    return torch.nn.functional.binary_cross_entropy_with_logits(logits, targets)


def binary_cross_entropy__cut_off_by_torch(logits, targets):
    """A logarithm cut off at -100, as torch's BCELoss has it, hides large losses. Take logits."""
    return torch.nn.BCELoss()(torch.sigmoid(logits), targets)


def binary_cross_entropy__epsilon(logits, targets):
    """You added a small number within the logarithm, which cuts large losses off."""
    p = torch.sigmoid(logits)
    yes, no = torch.log(p + 1e-12), torch.log(1 - p + 1e-12)
    return -(targets * yes + (1 - targets) * no).mean()


def binary_cross_entropy__clamped_probability(logits, targets):
    """You clamped the probability, which cuts large losses off. Start from the logits."""
    p = torch.sigmoid(logits).clamp(1e-7, 1 - 1e-7)
    return -(targets * torch.log(p) + (1 - targets) * torch.log(1 - p)).mean()


def binary_cross_entropy__clamped_logits(logits, targets):
    """You clamped the logits. A logit of -1000 where the target is 1 costs 1000."""
    z = logits.clamp(-15, 15)
    return (z.clamp(min=0) - z * targets + torch.log1p(torch.exp(-z.abs()))).mean()


def binary_cross_entropy__naive_softplus(logits, targets):
    """exp(1000) is inf, and so is the logarithm of 1 + inf. Take exp of -|logit| only."""
    return (torch.log(1 + torch.exp(logits)) - logits * targets).mean()


def binary_cross_entropy__one_sided(logits, targets):
    """exp(-logit) is inf where the logit is -1000. Take exp of -|logit| only."""
    return ((1 - targets) * logits + torch.log1p(torch.exp(-logits))).mean()


def binary_cross_entropy__nan_to_num(logits, targets):
    """You replaced NaN and inf afterwards, with numbers that are not the loss."""
    p = torch.sigmoid(logits)
    losses = -(targets * torch.log(p) + (1 - targets) * torch.log(1 - p))
    return losses.nan_to_num(0.0, posinf=0.0).mean()


def binary_cross_entropy__probabilities(logits, targets):
    """You took the logits for probabilities. They go through the sigmoid first."""
    p = logits.clamp(1e-7, 1 - 1e-7)
    return -(targets * torch.log(p) + (1 - targets) * torch.log(1 - p)).mean()


def binary_cross_entropy__yes_only(logits, targets):
    """You left out (1 - t) log(1 - p): being wrong about a "no" costs nothing."""
    return -(targets * torch.nn.functional.logsigmoid(logits)).mean()


def binary_cross_entropy__swapped(logits, targets):
    """You swapped yes and no. The target 1 goes with log p."""
    return (logits.clamp(min=0) - logits * (1 - targets) + (-logits.abs()).exp().log1p()).mean()


def binary_cross_entropy__sum(logits, targets):
    """You summed the losses. The mean is asked for."""
    return (logits.clamp(min=0) - logits * targets + (-logits.abs()).exp().log1p()).sum()


def binary_cross_entropy__each_element(logits, targets):
    """You returned a loss for each element. Their mean is asked for, a 0-D tensor."""
    return logits.clamp(min=0) - logits * targets + (-logits.abs()).exp().log1p()


def binary_cross_entropy__negative(logits, targets):
    """You forgot the minus sign: logarithms of probabilities are negative, a loss is not."""
    return -(logits.clamp(min=0) - logits * targets + (-logits.abs()).exp().log1p()).mean()


def binary_cross_entropy__base_two(logits, targets):
    """You took the logarithm to base 2. The natural logarithm is asked for."""
    losses = logits.clamp(min=0) - logits * targets + (-logits.abs()).exp().log1p()
    return losses.mean() / np.log(2)


def binary_cross_entropy__zeros_on_the_cpu(logits, targets):
    """You made the zeros on the CPU. torch.zeros_like(logits) makes them where logits are."""
    zero = torch.zeros(logits.shape, dtype=logits.dtype)
    return (torch.maximum(logits, zero) - logits * targets + (-logits.abs()).exp().log1p()).mean()


def binary_cross_entropy__minus_of_the_first_half(logits, targets):
    """Your minus sign reaches the first half alone. It stands before both: put them in brackets."""
    p = torch.sigmoid(logits)
    return (-targets * torch.log(p) + (1 - targets) * torch.log(1 - p)).mean()


def binary_cross_entropy__mean_over_rows(logits, targets):
    """You divided by the number of rows. The mean runs over all elements."""
    p = torch.sigmoid(logits)
    losses = -(targets * torch.log(p) + (1 - targets) * torch.log(1 - p))
    return losses.sum() / len(losses)


def binary_cross_entropy__sigmoid_twice(logits, targets):
    """You put the sigmoid's result through the sigmoid again. Once makes a probability."""
    p = torch.sigmoid(torch.sigmoid(logits))
    return -(targets * torch.log(p) + (1 - targets) * torch.log(1 - p)).mean()


def binary_cross_entropy__logits_in_the_logarithm(logits, targets):
    """You took logarithms of the logits. Make probabilities of them first: p is in the formula."""
    return -(targets * torch.log(logits) + (1 - targets) * torch.log(1 - logits)).mean()


def binary_cross_entropy__sign_of_the_exponent(logits, targets):
    """exp(logit) where exp(-logit) is asked for gives the probability of "no"."""
    p = 1 / (1 + torch.exp(logits))
    return -(targets * torch.log(p) + (1 - targets) * torch.log(1 - p)).mean()


def binary_cross_entropy__squared_error(logits, targets):
    """You squared the distance of the probability from the target. Its logarithm is asked for."""
    return (torch.sigmoid(logits) - targets).square().mean()


def cross_entropy__log_of_softmax(logits, classes):
    """Small probabilities become 0, whose logarithm is -inf. Use log_softmax or logsumexp."""
    p = torch.softmax(logits, dim=1)
    return -torch.log(p[torch.arange(len(p), device=p.device), classes]).mean()


def cross_entropy__ready_made(logits, classes):
    """You called torch's cross_entropy, or its module CrossEntropyLoss. Write the formula out."""
    return torch.nn.CrossEntropyLoss()(logits, classes)


def cross_entropy__unshifted(logits, classes):
    """exp(1000) is inf. Subtract the row's largest logit first, which changes no probability."""
    of_true_class = logits.gather(1, classes[:, None])[:, 0]
    return (torch.log(torch.exp(logits).sum(dim=1)) - of_true_class).mean()


def cross_entropy__over_the_batch(logits, classes):
    """Your softmax runs down the columns. The classes of a sample lie along its row: dim=1."""
    return -torch.log_softmax(logits, dim=0).gather(1, classes[:, None]).mean()


def cross_entropy__softmax_down_the_columns(logits, classes):
    """Your probabilities sum to 1 down the columns. The classes of a sample lie along its row:
    dim=1. And take log_softmax, since small ones become 0."""
    p = torch.softmax(logits, dim=0)
    return -torch.log(p[torch.arange(len(p), device=p.device), classes]).mean()


def cross_entropy__softmax_twice(logits, classes):
    """You applied softmax before log_softmax, which has it built in. Pass logits as they are."""
    logs = torch.log_softmax(torch.softmax(logits, dim=1), dim=1)
    return -logs.gather(1, classes[:, None]).mean()


def cross_entropy__shifted_by_the_overall_largest(logits, classes):
    """You subtracted the largest logit of all. Rows far below it become 0: use each row's own."""
    z = logits - logits.max()
    return (z.exp().sum(dim=1).log() - z.gather(1, classes[:, None])[:, 0]).mean()


def cross_entropy__epsilon(logits, classes):
    """You added a small number within the logarithm, which cuts large losses off."""
    p = torch.softmax(logits, dim=1).gather(1, classes[:, None])
    return -torch.log(p + 1e-12).mean()


def cross_entropy__nll_loss(logits, classes):
    """torch's nll_loss is the second half of its cross_entropy. Pick the classes yourself."""
    return torch.nn.functional.nll_loss(torch.log_softmax(logits, dim=1), classes)


def cross_entropy__block(logits, classes):
    """logits[:, classes] picks every class for every row. Pick one of each: [rows, classes]."""
    return -torch.log_softmax(logits, dim=1)[:, classes].mean()


def cross_entropy__counted_from_one(logits, classes):
    """You picked the class to the left of the true one. Classes are counted from 0."""
    rows = torch.arange(len(classes), device=logits.device)
    return -torch.log_softmax(logits, dim=1)[rows, classes - 1].mean()


def cross_entropy__narrow_one_hot(logits, classes):
    """one_hot saw classes only, and the last may not occur. Tell it the number of columns."""
    one_hot = torch.nn.functional.one_hot(classes).to(logits.dtype)
    return -(torch.log_softmax(logits, dim=1) * one_hot).sum(dim=1).mean()


def cross_entropy__largest_class(logits, classes):
    """You picked the likeliest class. The true one is meant, however unlikely."""
    return -torch.log_softmax(logits, dim=1).max(dim=1).values.mean()


def cross_entropy__probability(logits, classes):
    """You averaged probabilities. A loss is minus the logarithm of them."""
    return -torch.softmax(logits, dim=1).gather(1, classes[:, None]).mean()


def cross_entropy__negative(logits, classes):
    """You forgot the minus sign: logarithms of probabilities are negative, a loss is not."""
    return torch.log_softmax(logits, dim=1).gather(1, classes[:, None]).mean()


def cross_entropy__sum(logits, classes):
    """You summed over the samples. The mean is asked for."""
    return -torch.log_softmax(logits, dim=1).gather(1, classes[:, None]).sum()


def cross_entropy__mean_over_all_entries(logits, classes):
    """You divided by samples times classes. The mean runs over samples only."""
    one_hot = torch.zeros_like(logits).scatter(1, classes[:, None], 1.0)
    return -(torch.log_softmax(logits, dim=1) * one_hot).mean()


def cross_entropy__each_sample(logits, classes):
    """You returned a loss for each sample. Their mean is asked for, a 0-D tensor."""
    return -torch.log_softmax(logits, dim=1).gather(1, classes[:, None])[:, 0]


def cross_entropy__in_place(logits, classes):
    """You wrote into the logits that were passed in, as -= does. Use -."""
    logits -= logits.max(dim=1, keepdim=True).values
    return (logits.exp().sum(dim=1).log() - logits.gather(1, classes[:, None])[:, 0]).mean()


def cross_entropy__identity_on_the_cpu(logits, classes):
    """You made the identity matrix on the CPU. Give it the device of the logits."""
    one_hot = torch.eye(logits.shape[1], dtype=logits.dtype)[classes]
    return -(torch.log_softmax(logits, dim=1) * one_hot).sum() / len(logits)


def cross_entropy__straight_to_numpy(logits, classes):
    """numpy() reads tensors on the CPU only. Stay in torch, or move with .cpu() and back."""
    z = logits.numpy() - logits.numpy().max(axis=1, keepdims=True)
    losses = np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), classes.numpy()]
    return torch.tensor(losses.mean(), dtype=logits.dtype)


def cross_entropy__sum_over_the_columns(logits, classes):
    """Your sum runs down the columns, a number for each class. Along the rows: dim=1."""
    of_true_class = logits[torch.arange(len(logits), device=logits.device), classes]
    return (torch.logsumexp(logits, dim=0) - of_true_class).mean()


def cross_entropy__over_everything(logits, classes):
    """Your probabilities sum to 1 over all samples together. Each row has a sum of its own."""
    p = logits.exp() / logits.exp().sum()
    return -p.gather(1, classes[:, None]).log().mean()


def cross_entropy__without_keepdim(logits, classes):
    """Your sums of the rows lost their axis and were laid along the columns: keepdim=True."""
    p = logits.exp() / logits.exp().sum(dim=1)
    return -p.gather(1, classes[:, None]).log().mean()


def cross_entropy__shifted_down_the_columns(logits, classes):
    """You subtracted each column's largest logit, which changes a row's odds. Use each row's."""
    z = logits - logits.max(dim=0).values
    return (z.exp().sum(dim=1).log() - z.gather(1, classes[:, None])[:, 0]).mean()


def cross_entropy__rows_picked(logits, classes):
    """logs[classes] picks rows. Pick one column in each row: logs[rows, classes], or gather."""
    return -torch.log_softmax(logits, dim=1)[classes].mean()


def cross_entropy__gather_without_an_axis(logits, classes):
    """gather takes an index with as many axes as the logits have: classes[:, None]."""
    return -torch.log_softmax(logits, dim=1).gather(1, classes).mean()


def cross_entropy__gather_from_the_other_axis(logits, classes):
    """gather(0, ...) looks for the class among the rows. Classes are columns: gather(1, ...)."""
    return -torch.log_softmax(logits, dim=1).gather(0, classes[:, None]).mean()


def cross_entropy__logits_alone(logits, classes):
    """You averaged logits. Make probabilities of each row's logits first."""
    return -logits.gather(1, classes[:, None]).mean()


def cross_entropy__sum_without_exp(logits, classes):
    """You divided by the sum of the row's logits, not of exp of them."""
    p = logits / logits.sum(dim=1, keepdim=True)
    return -p.gather(1, classes[:, None]).log().mean()


def cross_entropy__exp_by_column_sums(logits, classes):
    """You divided by sums down the columns. The classes of a sample lie along its row: dim=1. And
    exp(1000) is inf: subtract the row's largest logit first."""
    p = logits.exp() / logits.exp().sum(dim=0)
    return -torch.log(p[torch.arange(len(p), device=p.device), classes]).mean()


def cross_entropy__exp_by_row_sums(logits, classes):
    """The probabilities are right while exp of a logit is a number: exp(1000) is inf. Subtract the
    row's largest logit first."""
    p = logits.exp() / logits.exp().sum(dim=1, keepdim=True)
    return -p.gather(1, classes[:, None]).log().mean()
