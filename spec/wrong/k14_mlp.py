"""Mistakes that the spec of k14_mlp must reject, each with the words that name it."""

import torch
import torch.nn.functional as F

ABOUT_DEVICES = (
    "linear_forward__through_numpy",
    "sigmoid_backward__ones_on_the_cpu",
    "relu_backward__zeros_on_the_cpu",
    "mse_backward__count_on_the_cpu",
    "mlp_forward__cache_on_the_cpu",
    "training_step__rate_on_the_cpu",
)


def _forward(x, parameters):
    cache = []
    for weight, bias in parameters:
        cache.append(x)
        z = x @ weight.T + bias
        x = torch.sigmoid(z)
    return z, cache


def _backward(grad, cache, parameters):
    gradients = []
    for (weight, _), a in zip(reversed(parameters), reversed(cache), strict=True):
        gradients.insert(0, (grad.T @ a, grad.sum(0)))
        grad = grad @ weight * a * (1 - a)
    return gradients


def _step(x, target, parameters, learning_rate):
    prediction, cache = _forward(x, parameters)
    difference = prediction - target
    gradients = _backward(2 * difference / difference.numel(), cache, parameters)
    new = [
        (w - learning_rate * gw, b - learning_rate * gb)
        for (w, b), (gw, gb) in zip(parameters, gradients, strict=True)
    ]
    return new, difference.square().mean()


def linear_forward__weight_not_transposed(x, weight, bias):
    """You multiplied by the weight as it is. It is (out, in), so x meets its transpose."""
    return x @ weight + bias


def linear_forward__library(x, weight, bias):
    """You let torch compute the layer, by functional.linear or nn.Linear. Write it yourself."""
    return F.linear(x, weight, bias)


def linear_forward__weight_on_the_left(x, weight, bias):
    """You wrote weight @ x, as for a single sample. Samples are rows of x, so x comes first."""
    return weight @ x + bias


def linear_forward__bias_onto_the_transpose(x, weight, bias):
    """Your product is transposed: weight @ x.T has a sample a column, and the bias meets samples.
    Samples are rows."""
    return weight @ x.T + bias


def linear_forward__no_bias(x, weight, bias):
    """You left out the bias. It is added to every sample's outputs."""
    return x @ weight.T


def linear_forward__bias_down_the_column(x, weight, bias):
    """You added the bias along the batch. It belongs to the outputs, the last axis."""
    return x @ weight.T + bias[:, None]


def linear_forward__weight_times_x(x, weight, bias):
    """Your result is transposed: weight @ x.T has a sample a column. Samples are rows."""
    return weight @ x.T + bias[:, None]


def linear_forward__elementwise(x, weight, bias):
    """You multiplied x and weight element by element. Every sample meets every row of the weight:
    that is a matrix product."""
    return (x * weight).sum(dim=1) + bias


def linear_forward__loop_over_samples(x, weight, bias):
    """You went through the samples one by one. One matrix product serves the whole batch."""
    result = torch.zeros(len(x), len(weight), dtype=x.dtype, device=x.device)
    for sample in range(len(x)):
        result[sample] = weight @ x[sample] + bias
    return result


def linear_forward__stacked_rows(x, weight, bias):
    """You computed row after row and stacked them. One matrix product serves the whole batch."""
    return torch.stack([weight @ row + bias for row in x])


def linear_forward__transposes_in_place(x, weight, bias):
    """You transposed the caller's weight, as t_ does in place. Use weight.T, which is a view."""
    return x @ weight.t_() + bias


def linear_forward__with_sigmoid(x, weight, bias):
    """You put a sigmoid after the layer. The layer itself is linear."""
    return torch.sigmoid(x @ weight.T + bias)


def linear_forward__through_numpy(x, weight, bias):
    """You went through NumPy, which reads the CPU's memory only. Use torch's own operations."""
    return torch.from_numpy(x.numpy() @ weight.numpy().T + bias.numpy())


def linear_forward__transposed_bias_and_weight(x, weight, bias):
    """You multiplied by the weight as it is. It is (out, in), so x meets its transpose; after that,
    the bias is added."""
    return x @ weight


def linear_backward__weight_transposed(grad_output, x, weight):
    """The weight's gradient is transposed: (in, out). It has the weight's shape, (out, in)."""
    return grad_output @ weight, x.T @ grad_output, grad_output.sum(dim=0)


def linear_backward__bias_not_summed(grad_output, x, weight):
    """You forgot to sum the bias's gradient over the batch: every sample uses the same bias."""
    return grad_output @ weight, grad_output.T @ x, grad_output


def linear_backward__averaged(grad_output, x, weight):
    """You averaged over the batch. A mean, if the loss has one, has come in with grad_output."""
    return grad_output @ weight, grad_output.T @ x / len(x), grad_output.mean(dim=0)


def linear_backward__weight_averaged(grad_output, x, weight):
    """You divided the weight's gradient by the batch. A mean has come in with grad_output."""
    return grad_output @ weight, grad_output.T @ x / max(len(x), 1), grad_output.sum(dim=0)


def linear_backward__x_through_the_transpose(grad_output, x, weight):
    """You sent the gradient back through weight.T. Forward goes through weight.T, back weight."""
    return grad_output @ weight.T, grad_output.T @ x, grad_output.sum(dim=0)


def linear_backward__bias_mean(grad_output, x, weight):
    """You averaged the bias's gradient over the batch. The slopes of all samples add up."""
    return grad_output @ weight, grad_output.T @ x, grad_output.mean(dim=0)


def linear_backward__bias_keeps_an_axis(grad_output, x, weight):
    """The bias's gradient has shape (1, out). It has the bias's shape, (out,): no keepdim."""
    return grad_output @ weight, grad_output.T @ x, grad_output.sum(dim=0, keepdim=True)


def linear_backward__bias_summed_over_outputs(grad_output, x, weight):
    """You summed the bias's gradient over the outputs (dim=1). The sum runs over samples: dim=0."""
    return grad_output @ weight, grad_output.T @ x, grad_output.sum(dim=1)


def linear_backward__bias_of_ones(grad_output, x, weight):
    """You gave the bias a gradient of ones: its own slope alone, without grad_output."""
    return grad_output @ weight, grad_output.T @ x, torch.ones_like(weight[:, 0])


def linear_backward__without_grad_output(grad_output, x, weight):
    """You returned the layer's own slopes. By the chain rule grad_output is a factor of each."""
    return weight, x, torch.ones_like(weight[:, 0])


def linear_backward__bias_summed_over_everything(grad_output, x, weight):
    """You summed grad_output to one number. Each output has a bias: sum over the batch alone."""
    return grad_output @ weight, grad_output.T @ x, grad_output.sum()


def linear_backward__elementwise(grad_output, x, weight):
    """You multiplied element by element. Each gradient adds up many products: a matrix product."""
    return grad_output * weight, grad_output * x, grad_output.sum(dim=0)


def linear_backward__transpose_forgotten(grad_output, x, weight):
    """You multiplied grad_output by x as they are. The product is to have the weight's shape, so
    one of the two is to be transposed."""
    return grad_output @ weight, grad_output @ x, grad_output.sum(dim=0)


def linear_backward__x_and_weight_swapped(grad_output, x, weight):
    """You swapped the first two results. The order is grad_x, grad_weight, grad_bias."""
    return grad_output.T @ x, grad_output @ weight, grad_output.sum(dim=0)


def linear_backward__autograd(grad_output, x, weight):
    """You let autograd do it. Write out the three formulas by hand."""
    leaves = [x.detach().requires_grad_(), weight.detach().requires_grad_()]
    bias = torch.zeros_like(grad_output[:1].sum(0)).requires_grad_()
    output = leaves[0] @ leaves[1].T + bias
    return torch.autograd.grad(output, (*leaves, bias), grad_output)


def linear_backward__loop_over_samples(grad_output, x, weight):
    """You added up sample by sample. A matrix product sums over the batch by itself."""
    grad_weight = torch.zeros_like(weight)
    for g, sample in zip(grad_output, x, strict=True):
        grad_weight = grad_weight + torch.outer(g, sample)
    return grad_output @ weight, grad_weight, grad_output.sum(dim=0)


def linear_backward__python_sum(grad_output, x, weight):
    """You added up sample after sample, as Python's sum does. The tensor's own sum takes dim=0."""
    return grad_output @ weight, grad_output.T @ x, sum(grad_output, torch.zeros_like(weight[:, 0]))


def sigmoid_backward__output_taken_for_the_argument(grad_output, output):
    """You applied the sigmoid once more. The second argument is its output already."""
    s = torch.sigmoid(output)
    return grad_output * s * (1 - s)


def sigmoid_backward__without_grad_output(grad_output, output):
    """You returned the slope alone. The chain rule multiplies it by grad_output."""
    return output * (1 - output)


def sigmoid_backward__autograd(grad_output, output):
    """You let autograd do it. Write out the formula by hand."""
    z = torch.logit(output).detach().requires_grad_()
    return torch.autograd.grad(torch.sigmoid(z), z, grad_output)[0]


def sigmoid_backward__plus(grad_output, output):
    """The slope is output times (1 - output), not output times (1 + output)."""
    return grad_output * output * (1 + output)


def sigmoid_backward__slope_turned_round(grad_output, output):
    """Your sign is wrong: a sigmoid rises everywhere. The slope has the factor 1 - output."""
    return grad_output * output * (output - 1)


def sigmoid_backward__tanh(grad_output, output):
    """1 - output² is the slope of tanh. The sigmoid's is another one."""
    return grad_output * (1 - output**2)


def sigmoid_backward__half_the_product(grad_output, output):
    """You forgot one factor: the slope has two, and grad_output is a third."""
    return grad_output * (1 - output)


def sigmoid_backward__exponential(grad_output, output):
    """You took the output for the argument, and put it through exp or the sigmoid once more. The
    output alone tells the slope."""
    e = torch.exp(-output)
    return grad_output * e / (1 + e) ** 2


def sigmoid_backward__through_the_argument(grad_output, output):
    """You worked back to the argument, which is infinite for 0 and 1: NaN. Use the output alone."""
    e = torch.exp(torch.log1p(-output) - torch.log(output))
    return grad_output * e / (1 + e) ** 2


def sigmoid_backward__in_place(grad_output, output):
    """You wrote into grad_output, as methods do whose names end in _. Use `*`."""
    return grad_output.mul_(output * (1 - output))


def sigmoid_backward__ones_on_the_cpu(grad_output, output):
    """You made ones on the CPU. Use the number 1, or ones_like(output)."""
    return grad_output * output * (torch.ones(output.shape, dtype=output.dtype) - output)


def relu_backward__mask_alone(grad_output, x):
    """You returned the slope alone. The chain rule multiplies it by grad_output."""
    return (x > 0).to(x.dtype)


def relu_backward__one_at_zero(grad_output, x):
    """You let the gradient pass at 0. There the slope is taken to be 0: x > 0, not x >= 0."""
    return grad_output * (x >= 0)


def relu_backward__in_place_below_zero(grad_output, x):
    """You wrote zeros into grad_output itself, and let the gradient pass at 0. Use torch.where with
    x > 0."""
    grad_output[x < 0] = 0
    return grad_output


def relu_backward__in_place(grad_output, x):
    """You wrote zeros into grad_output itself. Work on a copy, or use torch.where."""
    grad_output[x <= 0] = 0
    return grad_output


def relu_backward__times_the_output(grad_output, x):
    """You multiplied by relu(x). The slope where x is positive is 1, not x."""
    return grad_output * torch.relu(x)


def relu_backward__half_at_zero(grad_output, x):
    """You took the slope 1/2 at 0. By convention it is 0."""
    return grad_output * (torch.sign(x) + 1) / 2


def relu_backward__mask_of_booleans(grad_output, x):
    """You returned the mask. It says where the gradient passes; what passes is grad_output."""
    return x > 0


def relu_backward__mask_of_ints(grad_output, x):
    """You returned the slope alone, and in ints. The chain rule multiplies it by grad_output."""
    return torch.where(x > 0, 1, 0)


def relu_backward__if(grad_output, x):
    """You asked one question, by `if` or max, about a whole tensor. Every element has an answer of
    its own: make a mask."""
    return grad_output if x > 0 else torch.zeros_like(grad_output)


def relu_backward__relu_of_the_gradient(grad_output, x):
    """You applied ReLU to the gradient. What counts is the sign of x, not that of grad_output."""
    return torch.relu(grad_output)


def relu_backward__both_positive(grad_output, x):
    """You also dropped negative gradients. Only the sign of x counts."""
    return torch.relu(grad_output) * (x > 0)


def relu_backward__quotient(grad_output, x):
    """relu(x) / x is the slope, but for x = 0, where it gives NaN. Ask whether x > 0."""
    return grad_output * torch.relu(x) / x


def relu_backward__leaky(grad_output, x):
    """You let a hundredth pass where x is negative: that is leaky ReLU. Here it is 0."""
    return torch.where(x > 0, grad_output, 0.01 * grad_output)


def relu_backward__autograd(grad_output, x):
    """You let autograd do it. Write out the formula by hand."""
    leaf = x.detach().requires_grad_()
    return torch.autograd.grad(torch.relu(leaf), leaf, grad_output)[0]


def relu_backward__selected(grad_output, x):
    """You picked the elements that pass. The others are not left out: they become 0."""
    return grad_output[x > 0]


def relu_backward__zeros_on_the_cpu(grad_output, x):
    """You made zeros on the CPU. Use the number 0, or zeros_like(grad_output)."""
    return torch.where(x > 0, grad_output, torch.zeros(x.shape, dtype=x.dtype))


def mse_backward__forgets_the_two(prediction, target):
    """You lost the factor 2: the slope of a square is twice what is squared."""
    return (prediction - target) / prediction.numel()


def mse_backward__mean_over_samples(prediction, target):
    """You divided by less than the number of all elements, such as that of the samples. The mean
    runs over all: numel()."""
    return 2 * (prediction - target) / len(prediction)


def mse_backward__mean_over_samples_without_the_two(prediction, target):
    """You divided by the number of samples and lost the factor 2. The mean runs over all elements,
    and the slope of a square is twice what is squared."""
    return (prediction - target) / len(prediction)


def mse_backward__of_the_sum(prediction, target):
    """You left out the mean. Divide by the number of elements."""
    return 2 * (prediction - target)


def mse_backward__wrong_sign(prediction, target):
    """Your sign is wrong: where the prediction is too large, the error grows with it."""
    return 2 * (target - prediction) / prediction.numel()


def mse_backward__mean_over_outputs(prediction, target):
    """You divided by the number of outputs. The mean runs over all elements: numel()."""
    return 2 * (prediction - target) / prediction.shape[1]


def mse_backward__sign_only(prediction, target):
    """That is the slope of the mean absolute error. The squared error's grows with the distance."""
    return torch.sign(prediction - target) / prediction.numel()


def mse_backward__the_loss_itself(prediction, target):
    """You returned the error. Its gradient is asked for: a slope for every prediction."""
    return (prediction - target).square().mean()


def mse_backward__averaged(prediction, target):
    """You averaged the slopes. Every element of the prediction has a slope of its own."""
    return 2 * (prediction - target).mean()


def mse_backward__averaged_over_samples(prediction, target):
    """You averaged over the samples. Each sample's prediction has a slope of its own."""
    return 2 * (prediction - target).mean(dim=0)


def mse_backward__in_place(prediction, target):
    """You wrote into the prediction that was passed in, as `-=` does. Use `-`."""
    prediction -= target
    return 2 * prediction / prediction.numel()


def mse_backward__autograd(prediction, target):
    """You let autograd do it. Write out the formula by hand."""
    leaf = prediction.detach().requires_grad_()
    F.mse_loss(leaf, target).backward()
    return leaf.grad


def mse_backward__backward_without_a_graph(prediction, target):
    """You let autograd do it, which finds no graph here. Write out the formula by hand."""
    (prediction - target).square().mean().backward()
    return prediction.grad


def mse_backward__float32_factor(prediction, target):
    """Your factor is float32, with too few digits for float64, as a new tensor of a number is. Use
    the number itself."""
    return (prediction - target) * torch.tensor(2 / target.numel(), device=target.device)


def mse_backward__loop(prediction, target):
    """You went through the elements one by one. Subtract the tensors as a whole."""
    result = torch.empty_like(prediction)
    for row in range(prediction.shape[0]):
        for column in range(prediction.shape[1]):
            result[row, column] = 2 * (prediction[row, column] - target[row, column])
    return result / prediction.numel()


def mse_backward__count_on_the_cpu(prediction, target):
    """You made a tensor on the CPU. A new tensor goes to the device of the prediction."""
    count = torch.full(prediction.shape, prediction.numel(), dtype=prediction.dtype)
    return 2 * (prediction - target) / count


def mse_backward__difference_alone(prediction, target):
    """You returned the differences. The slope of a square is twice that, and the mean divides by
    the number of elements."""
    return prediction - target


def mlp_forward__sigmoid_at_the_end(x, parameters):
    """You put a sigmoid after the last layer too. The prediction is what the last layer gives."""
    cache = []
    for weight, bias in parameters:
        cache.append(x)
        x = torch.sigmoid(x @ weight.T + bias)
    return x, cache


def mlp_forward__sigmoid_at_the_end_and_cached(x, parameters):
    """You put a sigmoid after the last layer too, and kept what it gives. The prediction is what
    the last layer gives; the cache holds one input for each layer."""
    cache = [x]
    for weight, bias in parameters:
        x = torch.sigmoid(x @ weight.T + bias)
        cache.append(x)
    return x, cache


def mlp_forward__cache_with_the_prediction(x, parameters):
    """You kept the prediction too. The cache holds the layers' inputs alone, one for each layer."""
    prediction, cache = _forward(x, parameters)
    return prediction, [*cache, prediction]


def mlp_forward__cache_of_outputs(x, parameters):
    """You kept what comes out of each layer. What goes into it is asked for: [x, a1, ...]."""
    prediction, cache = _forward(x, parameters)
    return prediction, [*cache[1:], prediction]


def mlp_forward__no_sigmoid(x, parameters):
    """You left out the sigmoids. Without them all layers together are one linear layer."""
    cache = []
    for weight, bias in parameters:
        cache.append(x)
        x = x @ weight.T + bias
    return x, cache


def mlp_forward__relu(x, parameters):
    """You used ReLU between the layers. This network uses the sigmoid."""
    cache = []
    for weight, bias in parameters:
        cache.append(torch.relu(x) if cache else x)
        x = cache[-1] @ weight.T + bias
    return x, cache


def mlp_forward__sigmoid_of_x(x, parameters):
    """You put a sigmoid before the first layer too. It takes x as it is."""
    cache = []
    for weight, bias in parameters:
        cache.append(torch.sigmoid(x))
        x = cache[-1] @ weight.T + bias
    return x, cache


def mlp_forward__cache_before_the_sigmoid(x, parameters):
    """You kept what goes into the sigmoids. What goes into the layers is asked for, after them."""
    cache = []
    for weight, bias in parameters:
        cache.append(x)
        x = (torch.sigmoid(x) if len(cache) > 1 else x) @ weight.T + bias
    return x, cache


def mlp_forward__cache_without_x(x, parameters):
    """Your cache begins with a1. The input of the first layer is x: the way back needs it."""
    prediction, cache = _forward(x, parameters)
    return prediction, cache[1:]


def mlp_forward__cache_of_sums(x, parameters):
    """You kept each layer's sums. What goes into the layers is asked for: [x, a1, ...]."""
    cache = []
    for weight, bias in parameters:
        x = (torch.sigmoid(x) if cache else x) @ weight.T + bias
        cache.append(x)
    return x, cache


def mlp_forward__cache_of_everything(x, parameters):
    """You kept the sums before the sigmoids too. The cache holds only what goes into layers."""
    cache = [x]
    for layer, (weight, bias) in enumerate(parameters):
        x = x @ weight.T + bias
        cache.append(x)
        if layer < len(parameters) - 1:
            x = torch.sigmoid(x)
            cache.append(x)
    return x, cache


def mlp_forward__cache_backwards(x, parameters):
    """Your cache runs from the last layer to the first. It is asked for from first to last."""
    prediction, cache = _forward(x, parameters)
    return prediction, cache[::-1]


def mlp_forward__prediction_alone(x, parameters):
    """You returned the prediction alone. The cache is asked for too: return prediction, cache."""
    return _forward(x, parameters)[0]


def mlp_forward__two_layers(x, parameters):
    """You wrote the network for two layers. It may have any number of them: loop over the list."""
    (w1, b1), (w2, b2) = parameters
    hidden = torch.sigmoid(x @ w1.T + b1)
    return hidden @ w2.T + b2, [x, hidden]


def mlp_forward__pops_the_last_layer(x, parameters):
    """You took a layer out of the list that was passed in, as pop does. Only read it."""
    weight, bias = parameters.pop()
    cache = [x]
    for w, b in parameters:
        cache.append(torch.sigmoid(cache[-1] @ w.T + b))
    return cache[-1] @ weight.T + bias, cache


def mlp_forward__exp_overflows(x, parameters):
    """Your sigmoid divides inf by inf for large numbers: NaN. Use torch.sigmoid or exp(-z)."""
    cache = [x]
    for weight, bias in parameters[:-1]:
        e = torch.exp(cache[-1] @ weight.T + bias)
        cache.append(e / (1 + e))
    weight, bias = parameters[-1]
    return cache[-1] @ weight.T + bias, cache


def mlp_forward__in_place_sigmoid(x, parameters):
    """An in-place sigmoid changed what lies in the cache already. Make a new tensor each time."""
    cache = []
    for weight, bias in parameters:
        cache.append(x)
        x = x @ weight.T + bias
        if len(cache) < len(parameters):
            x = x.sigmoid_()
    if len(cache) > 1:
        cache[-1].sigmoid_()
    return x, cache


def mlp_forward__loop_over_samples(x, parameters):
    """You sent the samples through one by one. Every layer takes the whole batch at once."""
    runs = [_forward(sample[None], parameters) for sample in x]
    if not runs:
        return _forward(x, parameters)
    cache = [torch.cat(entries) for entries in zip(*(cache for _, cache in runs), strict=True)]
    return torch.cat([prediction for prediction, _ in runs]), cache


def mlp_forward__cache_on_the_cpu(x, parameters):
    """You moved the cache to the CPU. It stays on the device of x: the way back needs it there."""
    prediction, cache = _forward(x, parameters)
    return prediction, [entry.cpu() for entry in cache]


def mlp_backward__forgets_the_slope(grad_prediction, cache, parameters):
    """You forgot the sigmoid's slope. Between layers the gradient is multiplied by a (1 - a)."""
    gradients, grad = [], grad_prediction
    for (weight, _), a in zip(reversed(parameters), reversed(cache), strict=True):
        gradients.insert(0, (grad.T @ a, grad.sum(0)))
        grad = grad @ weight
    return gradients


def mlp_backward__sigmoid_at_every_layer(grad_prediction, cache, parameters):
    """You looked for the sigmoid behind the last layer: cache[layer + 1] is beyond the list's end.
    A sigmoid stands between two layers only."""
    gradients, grad = [], grad_prediction
    for layer in reversed(range(len(parameters))):
        a = cache[layer + 1]
        grad = grad * a * (1 - a)
        gradients.insert(0, (grad.T @ cache[layer], grad.sum(0)))
        grad = grad @ parameters[layer][0]
    return gradients


def mlp_backward__sigmoid_twice(grad_prediction, cache, parameters):
    """You took the sigmoid of what is a sigmoid's output already. Its slope is a (1 - a)."""
    gradients, grad = [], grad_prediction
    for (weight, _), a in zip(reversed(parameters), reversed(cache), strict=True):
        gradients.insert(0, (grad.T @ a, grad.sum(0)))
        s = torch.sigmoid(a)
        grad = grad @ weight * s * (1 - s)
    return gradients


def mlp_backward__last_layer_first(grad_prediction, cache, parameters):
    """Your list begins with the last layer. It is asked for in the order of parameters."""
    return _backward(grad_prediction, cache, parameters)[::-1]


def mlp_backward__averaged(grad_prediction, cache, parameters):
    """You divided by the batch. A mean, if the loss has one, is in grad_prediction already."""
    count = max(len(grad_prediction), 1)
    return [(w / count, b / count) for w, b in _backward(grad_prediction, cache, parameters)]


def mlp_backward__triples(grad_prediction, cache, parameters):
    """You kept all that linear_backward returns. Its first result goes on to the layer before; the
    list holds pairs (grad_weight, grad_bias)."""
    gradients, grad = [], grad_prediction
    for (weight, _), a in zip(reversed(parameters), reversed(cache), strict=True):
        grad_x = grad @ weight
        gradients.insert(0, (grad_x, grad.T @ a, grad.sum(0)))
        grad = grad_x * a * (1 - a)
    return gradients


def mlp_backward__slope_without_the_complement(grad_prediction, cache, parameters):
    """You multiplied by a. The slope of the sigmoid is a (1 - a)."""
    gradients, grad = [], grad_prediction
    for (weight, _), a in zip(reversed(parameters), reversed(cache), strict=True):
        gradients.insert(0, (grad.T @ a, grad.sum(0)))
        grad = grad @ weight * a
    return gradients


def mlp_backward__sigmoid_after_the_last_layer(grad_prediction, cache, parameters):
    """You sent the gradient through a sigmoid before the last layer. There is none behind it."""
    weight, bias = parameters[-1]
    s = torch.sigmoid(cache[-1] @ weight.T + bias)
    return _backward(grad_prediction * s * (1 - s), cache, parameters)


def mlp_backward__sigmoid_before_its_layer(grad_prediction, cache, parameters):
    """You passed the sigmoid before the layer behind it. On the way back the linear layer comes
    first, and then the sigmoid whose output went into it."""
    gradients, grad = [], grad_prediction
    for layer in reversed(range(len(parameters))):
        a = cache[layer]
        if layer > 0:
            grad = grad * a * (1 - a)
        gradients.insert(0, (grad.T @ a, grad.sum(0)))
        grad = grad @ parameters[layer][0]
    return gradients


def mlp_backward__weight_transposed_on_the_way(grad_prediction, cache, parameters):
    """You sent the gradient back through weight.T. Forward goes through weight.T, back weight."""
    gradients, grad = [], grad_prediction
    for (weight, _), a in zip(reversed(parameters), reversed(cache), strict=True):
        gradients.insert(0, (grad.T @ a, grad.sum(0)))
        grad = (grad @ weight.T) * a * (1 - a)
    return gradients


def mlp_backward__bias_not_summed(grad_prediction, cache, parameters):
    """You forgot to sum the biases' gradients over the batch."""
    gradients, grad = [], grad_prediction
    for (weight, _), a in zip(reversed(parameters), reversed(cache), strict=True):
        gradients.insert(0, (grad.T @ a, grad))
        grad = grad @ weight * a * (1 - a)
    return gradients


def mlp_backward__weight_gradient_transposed(grad_prediction, cache, parameters):
    """The weights' gradients are transposed. Each has the shape of its weight, (out, in)."""
    return [(w.T, b) for w, b in _backward(grad_prediction, cache, parameters)]


def mlp_backward__bias_first(grad_prediction, cache, parameters):
    """You swapped weight and bias in the pairs: (grad_weight, grad_bias)."""
    return [(b, w) for w, b in _backward(grad_prediction, cache, parameters)]


def mlp_backward__last_layer_only(grad_prediction, cache, parameters):
    """Only the last layer has its gradient. Go on to the first."""
    zeros = [(torch.zeros_like(w), torch.zeros_like(b)) for w, b in parameters[:-1]]
    return zeros + _backward(grad_prediction, cache, parameters)[-1:]


def mlp_backward__two_layers(grad_prediction, cache, parameters):
    """You wrote it for two layers. There may be any number of them: loop over the list."""
    x, a = cache
    (_, _), (w2, _) = parameters
    hidden = grad_prediction @ w2 * a * (1 - a)
    return [(hidden.T @ x, hidden.sum(0)), (grad_prediction.T @ a, grad_prediction.sum(0))]


def mlp_backward__pops_the_cache(grad_prediction, cache, parameters):
    """You emptied the caller's cache, as pop does. Walk through it from its end."""
    gradients, grad = [], grad_prediction
    for weight, _ in reversed(parameters):
        a = cache.pop()
        gradients.insert(0, (grad.T @ a, grad.sum(0)))
        grad = grad @ weight * a * (1 - a)
    return gradients


def mlp_backward__reverses_the_lists(grad_prediction, cache, parameters):
    """You turned the caller's lists round, as reverse() does in place. Use reversed()."""
    parameters.reverse()
    cache.reverse()
    gradients, grad = [], grad_prediction
    for (weight, _), a in zip(parameters, cache, strict=True):
        gradients.insert(0, (grad.T @ a, grad.sum(0)))
        grad = grad @ weight * a * (1 - a)
    return gradients


def mlp_backward__autograd(grad_prediction, cache, parameters):
    """You let autograd do it. Write out the chain rule by hand."""
    leaves = [tensor.detach().requires_grad_() for pair in parameters for tensor in pair]
    prediction, _ = _forward(cache[0], list(zip(leaves[::2], leaves[1::2], strict=True)))
    slopes = torch.autograd.grad(prediction, leaves, grad_prediction)
    return list(zip(slopes[::2], slopes[1::2], strict=True))


def mlp_backward__loop_over_samples(grad_prediction, cache, parameters):
    """You sent the samples back one by one. Matrix products sum over the batch by themselves."""
    totals = [(torch.zeros_like(w), torch.zeros_like(b)) for w, b in parameters]
    for sample in range(len(grad_prediction)):
        rows = [entry[sample : sample + 1] for entry in cache]
        step = _backward(grad_prediction[sample : sample + 1], rows, parameters)
        totals = [(a + c, b + d) for (a, b), (c, d) in zip(totals, step, strict=True)]
    return totals


def training_step__in_place(x, target, parameters, learning_rate):
    """You changed the old parameters, in place or in their list. Make new tensors and a new
    list."""
    new, loss = _step(x, target, parameters, learning_rate)
    for pair, fresh in zip(parameters, new, strict=True):
        for old, value in zip(pair, fresh, strict=True):
            old.copy_(value)
    return parameters, loss


def training_step__loss_after_the_step(x, target, parameters, learning_rate):
    """Your loss is that of the new parameters. The loss of the old ones is asked for."""
    new, _ = _step(x, target, parameters, learning_rate)
    return new, (_forward(x, new)[0] - target).square().mean()


def training_step__parameters_alone(x, target, parameters, learning_rate):
    """You returned the parameters alone. The loss is asked for too."""
    return _step(x, target, parameters, learning_rate)[0]


def training_step__autograd(x, target, parameters, learning_rate):
    """You let autograd find the gradients. Use the backward pass that you wrote."""
    leaves = [tensor.detach().requires_grad_() for pair in parameters for tensor in pair]
    prediction, _ = _forward(x, list(zip(leaves[::2], leaves[1::2], strict=True)))
    loss = F.mse_loss(prediction, target)
    slopes = torch.autograd.grad(loss, leaves)
    new = [(p - learning_rate * g).detach() for p, g in zip(leaves, slopes, strict=True)]
    return list(zip(new[::2], new[1::2], strict=True)), loss.detach()


def training_step__uphill(x, target, parameters, learning_rate):
    """You added the gradient. It points to where the loss grows: subtract it."""
    return _step(x, target, parameters, -learning_rate)


def training_step__reuses_updated_weights(x, target, parameters, learning_rate):
    """You sent the gradient back through a weight that was updated already. Use the old one."""
    prediction, cache = _forward(x, parameters)
    difference = prediction - target
    grad, new = 2 * difference / difference.numel(), []
    for (weight, bias), a in zip(reversed(parameters), reversed(cache), strict=True):
        weight = weight - learning_rate * grad.T @ a
        new.insert(0, (weight, bias - learning_rate * grad.sum(0)))
        grad = grad @ weight * a * (1 - a)
    return new, difference.square().mean()


def training_step__layer_after_layer(x, target, parameters, learning_rate):
    """You moved one layer before you found the next one's gradient. Find all of them first."""
    loss = _step(x, target, parameters, learning_rate)[1]
    parameters = list(parameters)
    for layer in range(len(parameters)):
        parameters[layer] = _step(x, target, parameters, learning_rate)[0][layer]
    return parameters, loss


def training_step__forgets_the_biases(x, target, parameters, learning_rate):
    """You left the biases where they were. They are parameters too and take the step."""
    new, loss = _step(x, target, parameters, learning_rate)
    return [(w, b) for (w, _), (_, b) in zip(new, parameters, strict=True)], loss


def training_step__last_layer_only(x, target, parameters, learning_rate):
    """Only the last layer took the step. All of them do."""
    new, loss = _step(x, target, parameters, learning_rate)
    return parameters[:-1] + new[-1:], loss


def training_step__without_learning_rate(x, target, parameters, learning_rate):
    """You took the whole gradient. It is multiplied by the learning rate first."""
    return _step(x, target, parameters, 1.0)


def training_step__forgets_the_mean(x, target, parameters, learning_rate):
    """You stepped along the gradient of the summed error. The loss is a mean over all elements."""
    return _step(x, target, parameters, learning_rate * target.numel())[0], _step(
        x, target, parameters, 0.0
    )[1]


def training_step__half_the_gradient(x, target, parameters, learning_rate):
    """Your step is half as long: the slope of a square has a factor 2."""
    return _step(x, target, parameters, learning_rate / 2)


def training_step__mean_over_samples(x, target, parameters, learning_rate):
    """You summed the error over the outputs. It is a mean over all elements."""
    outputs = target.shape[1]
    new, loss = _step(x, target, parameters, learning_rate * outputs)
    return new, loss * outputs


def training_step__loss_summed(x, target, parameters, learning_rate):
    """You summed the squares. The loss is their mean over all elements."""
    new, loss = _step(x, target, parameters, learning_rate)
    return new, loss * target.numel()


def training_step__loss_in_float32(x, target, parameters, learning_rate):
    """Your loss is float32, as a new tensor of loss.item() is. Return the loss as it is."""
    new, loss = _step(x, target, parameters, learning_rate)
    return new, torch.tensor(loss.item(), device=x.device)


def training_step__loss_for_each_sample(x, target, parameters, learning_rate):
    """You returned a loss for each sample. One mean over all elements is asked for."""
    new, _ = _step(x, target, parameters, learning_rate)
    return new, (_forward(x, parameters)[0] - target).square().mean(dim=1)


def training_step__loss_half(x, target, parameters, learning_rate):
    """You halved the loss. The mean of the squares is asked for, without a factor."""
    new, loss = _step(x, target, parameters, learning_rate)
    return new, loss / 2


def training_step__loss_first(x, target, parameters, learning_rate):
    """You swapped the results. The new parameters come first, then the loss."""
    new, loss = _step(x, target, parameters, learning_rate)
    return loss, new


def training_step__gradients(x, target, parameters, learning_rate):
    """You returned the steps. The parameters after the step are asked for."""
    new, loss = _step(x, target, parameters, learning_rate)
    return [(a - c, b - d) for (a, b), (c, d) in zip(new, parameters, strict=True)], loss


def training_step__sample_after_sample(x, target, parameters, learning_rate):
    """You took a step for each sample. One step is taken along the gradient of the whole batch."""
    _, loss = _step(x, target, parameters, learning_rate)
    for sample in range(len(x)):
        rows = slice(sample, sample + 1)
        parameters, _ = _step(x[rows], target[rows], parameters, learning_rate / len(x))
    return parameters, loss


def training_step__rate_on_the_cpu(x, target, parameters, learning_rate):
    """You made a tensor of the learning rate on the CPU. A plain number fits every device."""
    rate = torch.tensor([learning_rate], dtype=x.dtype)
    return _step(x, target, parameters, rate)
