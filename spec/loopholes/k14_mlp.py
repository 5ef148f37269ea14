"""What the spec of k14_mlp must reject too, though no learner would write it."""

import torch

from ..wrong.k14_mlp import _backward, _forward, _step


def linear_forward__through_float32(x, weight, bias):
    """You computed in float32, so float64 lost its precision. Keep the dtype of x."""
    return (x.float() @ weight.float().T + bias.float()).to(x.dtype)


def linear_forward__squeezed(x, weight, bias):
    """You squeezed the result. It is (batch, out), also where one of the two is 1."""
    return (x @ weight.T + bias).squeeze()


def linear_forward__into_the_bias(x, weight, bias):
    """You wrote into the bias that was passed in: `+=` changes it. Use `+`."""
    result = x @ weight.T
    bias += 0 if len(result) == 0 else result[0]
    return result - (result[0] if len(result) else 0) + bias


def linear_backward__squeezed(grad_output, x, weight):
    """You squeezed the gradients. Each has the shape of its tensor, with its axes of length 1."""
    grad_x, grad_weight = grad_output @ weight, grad_output.T @ x
    return grad_x.squeeze(), grad_weight.squeeze(), grad_output.sum(dim=0).squeeze()


def linear_backward__through_float32(grad_output, x, weight):
    """You computed in float32, so float64 lost its precision. Keep the dtype."""
    g = grad_output.float()
    grads = g @ weight.float(), g.T @ x.float(), g.sum(dim=0)
    return tuple(grad.to(x.dtype) for grad in grads)


def linear_backward__in_place(grad_output, x, weight):
    """You wrote the result into x. The arguments stay as they are."""
    grad_weight = grad_output.T @ x
    x.copy_(grad_output @ weight)
    return x, grad_weight, grad_output.sum(dim=0)


def sigmoid_backward__divided(grad_output, output):
    """You divided by the slope. The chain rule multiplies."""
    return grad_output / (output * (1 - output))


def sigmoid_backward__library(grad_output, output):
    """You called torch's own sigmoid_backward, which is what you are asked to write."""
    return torch.ops.aten.sigmoid_backward(grad_output, output)


def sigmoid_backward__through_float32(grad_output, output):
    """You computed in float32, so float64 lost its precision. Keep the dtype."""
    s = output.float()
    return (grad_output.float() * s * (1 - s)).to(output.dtype)


def sigmoid_backward__clamped(grad_output, output):
    """You kept the output away from 0 and 1. Where it has reached them, the slope is 0."""
    s = output.clamp(1e-4, 1 - 1e-4)
    return grad_output * s * (1 - s)


def relu_backward__quotient_with_epsilon(grad_output, x):
    """You divided by x plus a small number. A tiny x then lets too little pass: ask for x > 0."""
    return grad_output * torch.relu(x) / (x.abs() + 1e-8)


def relu_backward__threshold(grad_output, x):
    """You took small x for 0. However little x is above 0, the gradient passes."""
    return grad_output * (x > 1e-6)


def relu_backward__library(grad_output, x):
    """You called torch's own threshold_backward, which is what you are asked to write."""
    return torch.ops.aten.threshold_backward(grad_output, x, 0)


def relu_backward__through_float32(grad_output, x):
    """You computed in float32, so float64 lost its precision. Keep the dtype."""
    return (grad_output.float() * (x.float() > 0)).to(x.dtype)


def relu_backward__float32_mask(grad_output, x):
    """You compared in float32, where a tiny float64 x becomes 0. Compare x as it is."""
    return grad_output * (x.float() > 0)


def mse_backward__root(prediction, target):
    """You divided by the size of the error, as for its root. The error has no root here."""
    difference = prediction - target
    return difference / difference.square().mean().sqrt()


def mse_backward__library(prediction, target):
    """You called torch's own mse_loss_backward, which is what you are asked to write."""
    one = torch.ones((), dtype=prediction.dtype, device=prediction.device)
    return torch.ops.aten.mse_loss_backward(one, prediction, target, 1)


def mse_backward__through_float32(prediction, target):
    """You computed in float32, so float64 lost its precision. Keep the dtype."""
    difference = prediction.float() - target.float()
    return (2 * difference / prediction.numel()).to(prediction.dtype)


def mlp_forward__writes_into_x(x, parameters):
    """You wrote into the input. Leave it as it is and make new tensors."""
    prediction, cache = _forward(x, parameters)
    cache[0] = x.copy_(torch.sigmoid(x))
    return prediction, cache


def mlp_forward__through_float32(x, parameters):
    """You computed in float32, so float64 lost its precision. Keep the dtype of x."""
    prediction, cache = _forward(x.float(), [(w.float(), b.float()) for w, b in parameters])
    return prediction.to(x.dtype), [entry.to(x.dtype) for entry in cache]


def mlp_backward__same_gradient_for_all(grad_prediction, cache, parameters):
    """You used grad_prediction at every layer. Each layer takes what the one behind handed back."""
    gradients = []
    for (weight, _), a in zip(parameters, cache, strict=True):
        grad = grad_prediction.sum(1, keepdim=True).expand(-1, len(weight))
        gradients.append((grad.T @ a, grad.sum(0)))
    return gradients


def mlp_backward__in_place_slope(grad_prediction, cache, parameters):
    """You wrote into the cache: mul_ changes it. The arguments stay as they are."""
    gradients, grad = [], grad_prediction
    for (weight, _), a in zip(reversed(parameters), reversed(cache), strict=True):
        gradients.insert(0, (grad.T @ a, grad.sum(0)))
        grad = grad @ weight * a.mul_(1 - a)
    return gradients


def mlp_backward__library(grad_prediction, cache, parameters):
    """You called torch's own sigmoid_backward. Use yours, or a (1 - a)."""
    gradients, grad = [], grad_prediction
    for (weight, _), a in zip(reversed(parameters), reversed(cache), strict=True):
        gradients.insert(0, (grad.T @ a, grad.sum(0)))
        grad = torch.ops.aten.sigmoid_backward(grad @ weight, a)
    return gradients


def mlp_backward__through_float32(grad_prediction, cache, parameters):
    """You computed in float32, so float64 lost its precision. Keep the dtype."""
    layers = [(w.float(), b.float()) for w, b in parameters]
    gradients = _backward(grad_prediction.float(), [a.float() for a in cache], layers)
    dtype = grad_prediction.dtype
    return [(w.to(dtype), b.to(dtype)) for w, b in gradients]


def mlp_backward__default_dtype(grad_prediction, cache, parameters):
    """You collected the gradients in new float32 tensors. They have their parameters' dtype."""
    gradients = []
    for grad_weight, grad_bias in _backward(grad_prediction, cache, parameters):
        new_weight = torch.zeros(grad_weight.shape, device=grad_weight.device)
        new_bias = torch.zeros(grad_bias.shape, device=grad_bias.device)
        gradients.append((new_weight.add_(grad_weight), new_bias.add_(grad_bias)))
    return gradients


def training_step__clipped(x, target, parameters, learning_rate):
    """You cut large gradients off. A plain step takes them as they are."""
    moved, loss = _step(x, target, parameters, 1.0)
    return [
        tuple(old - learning_rate * (old - far).clamp(-1, 1) for old, far in zip(*pair))
        for pair in zip(parameters, moved)
    ], loss


def training_step__through_float32(x, target, parameters, learning_rate):
    """You computed in float32, so float64 lost its precision. Keep the dtype."""
    layers = [(w.float(), b.float()) for w, b in parameters]
    new, loss = _step(x.float(), target.float(), layers, learning_rate)
    return [(w.to(x.dtype), b.to(x.dtype)) for w, b in new], loss.to(x.dtype)


def training_step__rate_in_float32(x, target, parameters, learning_rate):
    """You made a float32 tensor of the learning rate: too few digits for float64. Use a number."""
    return _step(x, target, parameters, torch.tensor(learning_rate, device=x.device))
