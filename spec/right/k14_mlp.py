"""Other right answers that the spec of k14_mlp must accept."""

import itertools
from typing import NamedTuple

import torch
import torch.nn.functional as F


def _forward(x, parameters):
    cache = []
    for weight, bias in parameters:
        cache.append(x)
        z = torch.addmm(bias, x, weight.T)
        x = torch.sigmoid(z)
    return z, cache


def _backward(grad, cache, parameters):
    if not parameters:
        return []
    *first, (weight, _) = parameters
    *inputs, a = cache
    earlier = _backward((grad @ weight) * (a - a * a), inputs, first)
    return [*earlier, (torch.einsum("bo,bi->oi", grad, a), grad.sum(0))]


def linear_forward__einsum(x, weight, bias):
    """Names the axes."""
    return torch.einsum("bi,oi->bo", x, weight) + bias


def linear_forward__addmm(x, weight, bias):
    """Adds and multiplies in one operation."""
    return torch.addmm(bias, x, weight.t())


def linear_forward__transposed(x, weight, bias):
    """Lets samples be columns for a while."""
    return (weight @ x.T + bias[:, None]).T


def linear_forward__broadcast(x, weight, bias):
    """Multiplies everything with everything and sums."""
    return (x.unsqueeze(1) * weight.unsqueeze(0)).sum(dim=-1).add_(bias)


def linear_forward__neuron_by_neuron(x, weight, bias):
    """Loops over neurons, which the rule allows: only samples may not be looped over."""
    result = torch.empty(len(x), len(weight), dtype=x.dtype, device=x.device)
    for neuron in range(len(weight)):
        result[:, neuron] = (x * weight[neuron]).sum(dim=1) + bias[neuron]
    return result


def linear_forward__column_of_ones(x, weight, bias):
    """Takes the bias for the weight of one more feature, which is always 1."""
    ones = torch.ones(x.shape[0], 1, dtype=x.dtype, device=x.device)
    return torch.cat([x, ones], dim=1) @ torch.cat([weight, bias[:, None]], dim=1).T


def linear_backward__einsum(grad_output, x, weight):
    """Names the axes."""
    grad_x = torch.einsum("bo,oi->bi", grad_output, weight)
    grad_weight = torch.einsum("bo,bi->oi", grad_output, x)
    return grad_x, grad_weight, torch.einsum("bo->o", grad_output)


def linear_backward__transposed(grad_output, x, weight):
    """Computes the transposes and turns them round."""
    ones = torch.ones(len(x), dtype=x.dtype, device=x.device)
    return (weight.T @ grad_output.T).T, (x.T @ grad_output).T, ones @ grad_output


def linear_backward__outer_products(grad_output, x, weight):
    """Sums the samples' outer products."""
    grad_weight = (grad_output[:, :, None] * x[:, None, :]).sum(0)
    grad_x = (grad_output[:, :, None] * weight[None]).sum(1)
    return grad_x, grad_weight, torch.sum(grad_output, 0)


class _Gradients(NamedTuple):
    x: torch.Tensor
    weight: torch.Tensor
    bias: torch.Tensor


def linear_backward__column_of_ones(grad_output, x, weight):
    """Finds weight and bias in one product, takes views of it and names what it returns."""
    ones = x.new_ones(len(x), 1)
    both = grad_output.T.mm(torch.hstack((x, ones)))
    return _Gradients(grad_output @ weight, both[:, :-1], both[:, -1])


def linear_backward__buffers(grad_output, x, weight):
    """Writes into tensors that were made beforehand."""
    grad_x = torch.empty_like(x, memory_format=torch.contiguous_format)
    grad_weight = torch.empty_like(weight, memory_format=torch.contiguous_format)
    torch.mm(grad_output, weight, out=grad_x)
    torch.mm(grad_output.T, x, out=grad_weight)
    return grad_x, grad_weight, torch.mv(grad_output.T, x.new_ones(len(x)))


def linear_backward__list(grad_output, x, weight):
    """Returns a list, which is as good as a tuple."""
    return [grad_output.matmul(weight), grad_output.t().matmul(x), grad_output.sum(axis=0)]


def sigmoid_backward__difference_of_squares(grad_output, output):
    """Multiplies out."""
    return grad_output * (output - output * output)


def sigmoid_backward__ones_like(grad_output, output):
    """Computes in place, on tensors of its own."""
    slope = torch.ones_like(output).sub_(output)
    return slope.mul_(output).mul_(grad_output)


def sigmoid_backward__addcmul(grad_output, output):
    """Uses a fused operation."""
    return grad_output * torch.addcmul(output, output, output, value=-1)


def sigmoid_backward__quarter_minus_square(grad_output, output):
    """Measures how far the output is from 1/2; small slopes lose digits, which is forgiven."""
    return grad_output * (0.25 - (output - 0.5).square())


def sigmoid_backward__two_products(grad_output, output):
    """Multiplies out before it subtracts."""
    part = grad_output * output
    return part - part * output


def relu_backward__mask(grad_output, x):
    """Multiplies by the mask."""
    return grad_output * (x > 0)


def relu_backward__float_mask(grad_output, x):
    """Multiplies by a mask of floats."""
    return (x > 0).float() * grad_output


def relu_backward__masked_fill(grad_output, x):
    """Fills in zeros."""
    return grad_output.masked_fill(x <= 0, 0.0)


def relu_backward__on_a_clone(grad_output, x):
    """Writes zeros into a copy."""
    result = grad_output.clone(memory_format=torch.contiguous_format)
    result[~(x > 0)] = 0
    return result


def relu_backward__heaviside(grad_output, x):
    """Takes the slope from the sign."""
    return grad_output * torch.sign(x).clamp(min=0)


def relu_backward__fill_positive(grad_output, x):
    """Begins with zeros and copies what passes."""
    result = torch.zeros(grad_output.shape, dtype=grad_output.dtype, device=grad_output.device)
    positive = x > 0
    result[positive] = grad_output[positive]
    return result


def relu_backward__rounded_up(grad_output, x):
    """Rounds every x between 0 and 1 up to 1."""
    return grad_output * x.clamp(0, 1).ceil()


def mse_backward__divided_first(prediction, target):
    """Divides first and doubles last."""
    return (prediction / prediction.numel() - target / target.numel()) * 2


def mse_backward__sides_multiplied(prediction, target):
    """Counts the elements from the shape."""
    rows, columns = prediction.shape
    return (prediction - target) * (2 / (rows * columns))


def mse_backward__sum_of_halves(prediction, target):
    """Adds the difference twice."""
    difference = torch.sub(prediction, target).div_(prediction.numel())
    return difference + difference


def mse_backward__sub_alpha(prediction, target):
    """Scales both and subtracts."""
    factor = 2 / (prediction.shape[0] * prediction.shape[1])
    return torch.sub(prediction * factor, target, alpha=factor)


def mlp_forward__accumulate(x, parameters):
    """Lets itertools walk through the hidden layers."""

    def step(a, layer):
        return torch.sigmoid(F.linear(a, *layer))

    cache = list(itertools.accumulate(parameters[:-1], step, initial=x))
    return F.linear(cache[-1], *parameters[-1]), cache


def mlp_forward__tanh(x, parameters):
    """Makes the sigmoid of tanh."""
    cache, a = [], x
    for weight, bias in parameters:
        cache.append(a if not cache else 0.5 * torch.tanh(0.5 * a) + 0.5)
        a = torch.addmm(bias, cache[-1], weight.mT)
    return a, cache


def mlp_forward__last_layer_apart(x, parameters):
    """Treats the last layer after the loop, with torch's own linear."""
    cache = [x]
    for weight, bias in parameters[:-1]:
        cache.append(F.sigmoid(F.linear(cache[-1], weight, bias)))
    return F.linear(cache[-1], *parameters[-1]), cache


def mlp_forward__recursive(x, parameters):
    """Runs the first layer, and the rest by recursion."""

    def run(x, first, *rest):
        weight, bias = first
        z = x @ weight.T + bias
        if not rest:
            return z, [x]
        prediction, cache = run(1 / (1 + torch.exp(-z)), *rest)
        return prediction, [x, *cache]

    return run(x, *parameters)


def mlp_forward__one_too_many(x, parameters):
    """Takes a sigmoid after the last layer too and forgets it."""
    return _forward(x, parameters)


def mlp_forward__copies(x, parameters):
    """Keeps copies in the cache."""
    prediction, cache = _forward(x, parameters)
    return prediction, [entry.clone() for entry in cache]


def mlp_forward__cache_as_a_tuple(x, parameters):
    """Returns a tuple for the cache, and all in a list."""
    prediction, cache = _forward(x, parameters)
    return [prediction, tuple(cache)]


def mlp_backward__recursive(grad_prediction, cache, parameters):
    """Sends the gradient back by recursion; one product too many does no harm."""
    return _backward(grad_prediction, cache, parameters)


def mlp_backward__filled_from_the_end(grad_prediction, cache, parameters):
    """Fills a list of the right length from its end."""
    gradients = [None] * len(parameters)
    delta = grad_prediction
    for layer in range(len(parameters) - 1, -1, -1):
        gradients[layer] = (delta.T.mm(cache[layer]), delta.sum(dim=0))
        if layer:
            a = cache[layer]
            delta = delta.mm(parameters[layer][0]) * (a * (1 - a))
    return gradients


def mlp_backward__recomputes_the_slope(grad_prediction, cache, parameters):
    """Computes what went into each sigmoid once more."""
    gradients, grad = [], grad_prediction
    for layer in reversed(range(len(parameters))):
        gradients.append((grad.T @ cache[layer], grad.sum(0)))
        if layer > 0:
            grad = grad @ parameters[layer][0]
            weight, bias = parameters[layer - 1]
            z = cache[layer - 1] @ weight.T + bias
            grad = grad * torch.sigmoid(z) * torch.sigmoid(-z)
    gradients.reverse()
    return gradients


def mlp_backward__all_slopes_first(grad_prediction, cache, parameters):
    """Finds what arrives at every layer, and only then the gradients of all parameters."""

    def back(grad, pair):
        (weight, _), a = pair
        return torch.einsum("bo,oi,bi,bi->bi", grad, weight, a, 1 - a)

    way = zip(reversed(parameters[1:]), reversed(cache[1:]), strict=True)
    arriving = list(itertools.accumulate(way, back, initial=grad_prediction))[::-1]
    return [(grad.mT @ a, grad.sum(0)) for grad, a in zip(arriving, cache, strict=True)]


def mlp_backward__lists_in_the_list(grad_prediction, cache, parameters):
    """Makes its pairs lists."""
    return [[w, b] for w, b in _backward(grad_prediction, cache, parameters)]


def training_step__rate_folded_in(x, target, parameters, learning_rate):
    """Scales the error by the learning rate once; all that follows is linear in it."""
    prediction, cache = _forward(x, parameters)
    error = (prediction - target).reshape(-1)
    delta = (prediction - target) * (2 * learning_rate / prediction.numel())
    new = list(parameters)
    for layer in reversed(range(len(parameters))):
        weight, bias = parameters[layer]
        new[layer] = (torch.addmm(weight, delta.T, cache[layer], alpha=-1), bias - delta.sum(0))
        delta = (delta @ weight) * (cache[layer] - cache[layer].square())
    return new, torch.dot(error, error) / error.numel()


def training_step__in_inference_mode(x, target, parameters, learning_rate):
    """Works in inference mode, and returns the old tensors where they don't move."""
    with torch.inference_mode():
        prediction, cache = _forward(x, parameters)
        error = prediction - target
        if learning_rate == 0:
            return parameters, torch.linalg.vector_norm(error) ** 2 / error.numel()
        slopes = _backward(error * (2 / error.numel()), cache, parameters)
        return [
            (w - learning_rate * gw, b - learning_rate * gb)
            for (w, b), (gw, gb) in zip(parameters, slopes, strict=True)
        ], torch.linalg.vector_norm(error) ** 2 / error.numel()


def training_step__on_clones(x, target, parameters, learning_rate):
    """Steps in place, on copies."""
    new = [(weight.clone(), bias.clone()) for weight, bias in parameters]
    prediction, cache = _forward(x, parameters)
    gradients = _backward((prediction - target) * 2 / target.numel(), cache, parameters)
    for (weight, bias), (grad_weight, grad_bias) in zip(new, gradients, strict=True):
        weight.sub_(grad_weight, alpha=learning_rate)
        bias -= learning_rate * grad_bias
    return new, F.mse_loss(prediction, target)


def training_step__all_in_one(x, target, parameters, learning_rate):
    """Updates on the way back, but sends the gradient through the old weight."""
    prediction, cache = _forward(x, parameters)
    difference = prediction - target
    delta, new = difference.mul(2 / difference.numel()), []
    for (weight, bias), a in zip(reversed(parameters), reversed(cache), strict=True):
        new.append((weight - learning_rate * (delta.T @ a), bias - learning_rate * delta.sum(0)))
        delta = delta @ weight * a * (1 - a)
    return new[::-1], (difference**2).sum() / difference.numel()


def training_step__without_grad(x, target, parameters, learning_rate):
    """Works in no_grad, which is harmless, and lets torch compute the loss."""
    with torch.no_grad():
        prediction, cache = _forward(x, parameters)
        loss = torch.nn.MSELoss()(prediction, target)
        slopes = _backward((prediction - target) * (2 / prediction.numel()), cache, parameters)
        pairs = zip(parameters, slopes, strict=True)
        return [
            tuple(torch.add(p, g, alpha=-learning_rate) for p, g in zip(*pair, strict=True))
            for pair in pairs
        ], loss


def training_step__lists_in_a_tuple(x, target, parameters, learning_rate):
    """Has lists where tuples are asked for, and the other way round."""
    prediction, cache = _forward(x, parameters)
    error = prediction - target
    slopes = _backward(2 * error / error.numel(), cache, parameters)
    layers = zip(parameters, slopes, strict=True)
    new = tuple([w - learning_rate * gw, b - learning_rate * gb] for (w, b), (gw, gb) in layers)
    return [new, (error**2).mean()]
