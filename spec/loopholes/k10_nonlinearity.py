"""What the spec of k10_nonlinearity must reject too, though no learner would write it."""

import torch

from ..wrong.k10_nonlinearity import _points


def sigmoid__clamped_for_float32(x):
    """You clamped x to what float32 can take. In float64 the results go on down to exp(-708)."""
    return 1 / (1 + torch.exp(-x.clamp(-88, 88)))


def sigmoid__epsilon(x):
    """You added a small number to the denominator. It is at least 1; nothing needs to be added."""
    return 1 / (1 + torch.exp(-x) + 1e-7)


def sigmoid__hard(x):
    """You drew straight lines, the "hard" sigmoid. Use exp."""
    return (x / 6 + 0.5).clamp(0, 1)


def sigmoid__through_float32(x):
    """You computed in float32, so a float64 tensor lost its precision. Keep its dtype."""
    return (1 / (1 + torch.exp(-x.float()))).to(x.dtype)


def sigmoid__becomes_float32(x):
    """Your result is always float32. Keep the dtype of x."""
    return (1 / (1 + torch.exp(-x))).float()


def sigmoid__softplus(x):
    """softplus, exp(-softplus(-x)), takes a shortcut beyond 20: float64 loses digits. Use exp."""
    return torch.exp(-torch.nn.functional.softplus(-x))


def sigmoid__silu_quotient(x):
    """silu(x) / x is 0 / 0, NaN, at x = 0. Write the formula out, with torch.exp."""
    return torch.nn.functional.silu(x) / x


def sigmoid__one_above_20(x):
    """You set the result to 1 above 20. In float64 there are digits left: 1 - exp(-x)."""
    return torch.where(x > 20, torch.ones_like(x), 1 / (1 + torch.exp(-x)))


def sigmoid__one_axis_too_many(x):
    """Your result for a 0-D tensor has an axis, (1,). Keep the shape of x."""
    return 1 / (1 + torch.exp(-torch.atleast_1d(x)))


def relu__softened(x):
    """log(1 + exp(x)) is softplus, a smooth version. ReLU has a kink at 0."""
    return torch.log1p(torch.exp(-x.abs())) + x.clamp(min=0)


def relu__small_is_zero(x):
    """You set small positive elements to 0. All positive ones stay as they are."""
    return torch.where(x < 1e-6, torch.zeros_like(x), x)


def relu__through_float32(x):
    """You computed in float32, so a float64 tensor lost its precision. Keep its dtype."""
    return x.float().clamp(min=0).to(x.dtype)


def relu__halved_and_doubled(x):
    """Half of the smallest positive number is 0. Select the elements, do not compute them."""
    return torch.maximum(x / 2, torch.zeros_like(x)) * 2


def relu__large_is_finite(x):
    """nan_to_num turns inf into the largest finite number. inf is positive and stays."""
    return torch.where(x.isnan(), x, torch.nan_to_num(x).clamp(min=0))


def relu__double_zeros(x):
    """Your zeros are float64, and so is the result. torch.zeros_like(x) has the dtype of x."""
    return torch.maximum(x, torch.zeros(x.shape, dtype=torch.float64, device=x.device))


def two_linear_layers__biases_together(x, w1, b1, w2, b2):
    """You added b1 after the second layer. It belongs to the first one's outputs."""
    return x @ w1.T @ w2.T + b1.sum() + b2


def two_linear_layers__bias_times_weight(x, w1, b1, w2, b2):
    """You subtracted the biases. They are added."""
    return (x @ w1.T - b1) @ w2.T - b2


def two_linear_layers__in_float32(x, w1, b1, w2, b2):
    """You computed in float32. Keep the dtype of the arguments."""
    x, w1, b1, w2, b2 = (tensor.float() for tensor in (x, w1, b1, w2, b2))
    return (x @ w1.T + b1) @ w2.T + b2


def two_linear_layers__bias_in_place(x, w1, b1, w2, b2):
    """You changed b2: += writes into it. Use +."""
    b2 += w2 @ b1
    return x @ w1.T @ w2.T + b2


def collapse__biases_added(w1, b1, w2, b2):
    """You added b1 as it is. The second layer multiplies it by w2."""
    return w2 @ w1, b1.sum() + b2


def collapse__weights_added(w1, b1, w2, b2):
    """You multiplied the first bias by w1. It is w2 that comes after it."""
    return w2 @ w1, w2 @ (w1 @ w1.T @ b1) + b2


def collapse__in_float32(w1, b1, w2, b2):
    """You computed in float32. Keep the dtype of the arguments."""
    return w2.float() @ w1.float(), w2.float() @ b1.float() + b2.float()


def collapse__squeezed(w1, b1, w2, b2):
    """squeeze drops every axis of length 1. The weight stays (out, in), be it (1, 1)."""
    return (w2 @ w1).squeeze(), w2 @ b1 + b2


def xor_network__rounded():
    """1/41 times 41 is rounded and not 1 in float32. Choose whole numbers, or halves."""
    w1 = torch.tensor([[1.0, -1.0], [-1.0, 1.0]]) / 41
    return w1, torch.zeros(2), torch.full((1, 2), 41.0), torch.zeros(1)


def is_linear__size_without_abs(function, features, seed):
    """Your tolerance is 1e-9 of the outputs, and negative where they are. Take their abs."""
    for a, b in zip(_points(features, seed), _points(features, seed + 1), strict=True):
        whole, parts = function(a + b), function(a) + function(b)
        if (whole - parts).abs().max() > 1e-9 * whole.max():
            return False
    return True


def is_linear__sum_of_outputs(function, features, seed):
    """You compared sums of the outputs. What one has too much another may have too little."""
    points = _points(features, seed)
    return all(
        torch.allclose(
            function(a + b).mean(), (function(a) + function(b)).mean(), rtol=1e-9, atol=1e-30
        )
        for a, b in zip(points, points.flip(0), strict=True)
    ) and bool((function(0 * points[0]).sum() == 0).all())


def is_linear__opposite_points(function, features, seed):
    """f(-a) = -f(a) holds for the sine too. Two points of a sum have to be independent."""
    return all(
        torch.allclose(function(-a), -function(a), rtol=1e-9, atol=0)
        for a in _points(features, seed)
    )
