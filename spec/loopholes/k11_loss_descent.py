"""What the spec of k11_loss_descent must reject too, though no learner would write it."""

import torch


def mean_squared_error__zipped_shapes(prediction, target):
    """zip stops where the shorter shape ends, so (3,) passed for (3, 1). Compare whole shapes."""
    if any(p != t for p, t in zip(prediction.shape, target.shape, strict=False)):
        raise ValueError("different shapes")
    return (prediction - target).square().mean()


def mean_squared_error__through_float32(prediction, target):
    """You computed in float32, so float64 lost its precision. Keep the dtype."""
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return (prediction.float() - target.float()).square().mean().to(prediction.dtype)


def slope__absolute(function, point, step):
    """You dropped the sign. Where a function falls its slope is negative."""
    return abs(function(point + step) - function(point - step)) / (2 * step)


def slope__rounded(function, point, step):
    """You rounded the result. Return it as it is."""
    return round((function(point + step) - function(point - step)) / (2 * step), 4)


def slope__secant_of_places(function, point, step):
    """You divided by the places' numbers and not by their distance, which is two steps."""
    return (function(point + step) - function(point - step)) / (point + step)


def descend__scales_the_gradient(gradient, start, learning_rate, steps):
    """You scaled the gradient in place. It may be the point itself, or be needed again: use *."""
    points = [start.clone()]
    for _ in range(steps):
        change = gradient(points[-1])
        change *= learning_rate
        points.append(points[-1] - change)
    return torch.stack(points)


def descend__recursive(gradient, start, learning_rate, steps):
    """Your function calls itself for every step; Python stops that after 1,000. Use a loop."""

    def way(point, left):
        rest = way(point - learning_rate * gradient(point), left - 1) if left else []
        return [point, *rest]

    return torch.stack(way(start, steps))


def descend__flattened(gradient, start, learning_rate, steps):
    """You gave the gradient a flattened point. It takes points of start's shape."""
    points = [start.reshape(-1)]
    for _ in range(steps):
        points.append(points[-1] - learning_rate * gradient(points[-1]).reshape(-1))
    return torch.stack(points).reshape(steps + 1, *start.shape)


def descend__decaying(gradient, start, learning_rate, steps):
    """You made the learning rate smaller from step to step. It stays the same."""
    points = [start]
    for step in range(steps):
        points.append(points[-1] - learning_rate / (step + 1) * gradient(points[-1]))
    return torch.stack(points)


def descend__rate_in_float32(gradient, start, learning_rate, steps):
    """torch.tensor(0.1) is float32, and so are its digits. Multiply by the Python float."""
    rate = torch.tensor(learning_rate, dtype=torch.float32, device=start.device)
    points = [start]
    for _ in range(steps):
        points.append(points[-1] - rate * gradient(points[-1]))
    return torch.stack(points)


def fit_line__starts_at_one(x, y, learning_rate, steps):
    """You started at slope 1. Both parameters start at 0."""
    line, intercept = x.new_ones(()), x.new_zeros(())
    for _ in range(steps):
        error = line * x + intercept - y
        line = line - learning_rate * 2 * (error * x).mean()
        intercept = intercept - learning_rate * 2 * error.mean()
    return line, intercept


def fit_line__wears_down_y(x, y, learning_rate, steps):
    """You kept the error in y itself: -= writes into the argument. Use error = error - ..."""
    line, intercept, error = x.new_zeros(()), x.new_zeros(()), y
    for _ in range(steps):
        move, lift = learning_rate * 2 * (error * x).mean(), learning_rate * 2 * error.mean()
        line, intercept = line + move, intercept + lift
        error -= move * x + lift
    return line, intercept


def fit_line__mean_before_the_product(x, y, learning_rate, steps):
    """You took the mean of x and added the error up. Multiply point by point, then average."""
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps):
        error = line * x + intercept - y
        line = line - learning_rate * 2 * error.sum() * x.mean()
        intercept = intercept - learning_rate * 2 * error.mean()
    return line, intercept


def binary_cross_entropy__hard_targets(logits, targets):
    """You rounded the targets to 0 or 1. 0.9 is a soft target, and counts as such."""
    signs = torch.where(targets > 0.5, 1.0, -1.0).to(logits.dtype)
    return -torch.nn.functional.logsigmoid(signs * logits).mean()


def binary_cross_entropy__in_place(logits, targets):
    """You changed the logits that were passed in: clamp_ writes into them."""
    linear = -logits * targets
    tail = (-logits.abs()).exp().log1p()
    return (logits.clamp_(min=0) + linear + tail).mean()


def binary_cross_entropy__through_float32(logits, targets):
    """You computed in float32, so float64 lost its precision. Keep the dtype."""
    z, t = logits.float(), targets.float()
    return (z.clamp(min=0) - z * t + (-z.abs()).exp().log1p()).mean().to(logits.dtype)


def cross_entropy__shifted_by_the_true_class(logits, classes):
    """You subtracted the true class's logit; others may be far above it. Take the row's largest."""
    z = logits - logits.gather(1, classes[:, None])
    return z.exp().sum(dim=1).log().mean()


def cross_entropy__squeezed(logits, classes):
    """squeeze() also drops the only row or class there is, and then the wrong axis goes."""
    logs = torch.log_softmax(logits.squeeze(), dim=-1)
    return -logs[torch.arange(len(classes), device=logits.device), classes].mean()


def cross_entropy__double_is_no_copy(logits, classes):
    """double() of a float64 tensor is that very tensor, and -= wrote into the argument. Use -."""
    z = logits.double()
    z -= z.max(dim=1, keepdim=True).values
    losses = z.exp().sum(dim=1).log() - z.gather(1, classes[:, None])[:, 0]
    return losses.mean().to(logits.dtype)


def cross_entropy__through_float32(logits, classes):
    """You computed in float32, so float64 lost its precision. Keep the dtype."""
    logs = torch.log_softmax(logits.float(), dim=1)
    return -logs.gather(1, classes[:, None]).mean().to(logits.dtype)
