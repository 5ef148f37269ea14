"""MLP: the forward and the backward pass of a whole network, by hand.

Lecture: MLP; Принципы обратного распространения ошибки.

A multilayer perceptron is a sequence of fully connected layers with a nonlinearity after each but
the last. In this kata's network the nonlinearity is the sigmoid, s(z) = 1 / (1 + exp(-z)):

    x  ->  linear  ->  sigmoid  ->  linear  ->  sigmoid  ->  ...  ->  linear  ->  prediction

A linear layer has a weight of shape (out, in), as torch.nn.Linear has it, and a bias (out,). Data
comes in batches: x is (batch, in), a sample a row, and the loss is the mean squared error, the
mean of (prediction - target)² over all elements.

The forward pass computes values from left to right and keeps what the way back will need. The
backward pass goes from right to left with one question for each step: given the gradient of the
loss with respect to the step's result, what is it with respect to its arguments? That is the chain
rule. The functions named ..._backward answer it for one step each, and mlp_backward puts them
together: what one step hands back, the step before it takes on. A gradient has the shape of what
it is the gradient of; where all samples use one tensor, as they do a bias, their gradients add up.

Everything is by hand: autograd and torch's own backward functions (torch.ops.aten has some) are
refused. Its forward functions are welcome; linear_forward alone names one that is not.
No loops over samples: the number of operations may grow with the layers and their widths, not with
the batch. No argument requires grad. All numbers are finite, and so are their sums and products.

Rules of every kata: a result lies on the device of the arguments and keeps their floating dtype,
with all its digits. Arguments stay as they were; they may be non-contiguous, and an axis may have
length 1, or 0 where the result is still defined. Numeric dtypes are uint8, int8 to int64, float32
and float64. An error has a message. Its words, and a view or a copy, a loop or none, are yours to
choose where a docstring leaves them open.
"""

import torch

Parameters = list[tuple[torch.Tensor, torch.Tensor]]


def linear_forward(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    """Compute one fully connected layer, the same for every sample.

    x: (batch, in), weight: (out, in), bias: (out,), all float32 or all float64. Any length may
    be 0. Element [i, j] of the result is the sum over k of x[i, k] weight[j, k], plus bias[j].
    Returns (batch, out), dtype kept. No loops over samples.
    By hand: torch.nn.functional.linear, which torch.nn.Linear calls too, is refused; matrix
    products (@, torch.addmm, torch.einsum) are not.
    The formula: https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html

    >>> x = torch.tensor([[1.0, 2.0], [0.0, 1.0], [3.0, 0.0]])
    >>> linear_forward(x, torch.tensor([[10.0, 1.0]]), torch.tensor([0.5]))
    tensor([[12.5000],
            [ 1.5000],
            [30.5000]])
    """
    return x @ weight.T + bias


def linear_backward(
    grad_output: torch.Tensor, x: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Carry the loss's gradient back through one fully connected layer.

    grad_output: (batch, out), the gradient of the loss with respect to the layer's result.
    x: (batch, in) and weight: (out, in), as they were in the forward pass; all float32 or all
    float64. Any length may be 0.
    Returns a tuple (grad_x, grad_weight, grad_bias) of shapes (batch, in), (out, in) and (out,),
    dtype kept: the gradients of the same loss with respect to x, to the weight and to the bias.
    Those of weight and bias are sums over the batch; a mean, if there is one, belongs to the loss
    and has come in with grad_output. No loops over samples.
    By hand: no autograd and no backward function of torch's.

    >>> grad_output = torch.tensor([[1.0], [10.0]])
    >>> x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    >>> grad_x, grad_weight, grad_bias = linear_backward(grad_output, x, torch.tensor([[5.0, 6.0]]))
    >>> grad_x
    tensor([[ 5.,  6.],
            [50., 60.]])
    >>> grad_weight, grad_bias
    (tensor([[31., 42.]]), tensor([11.]))
    """
    return grad_output @ weight, grad_output.T @ x, grad_output.sum(dim=0)


def sigmoid_backward(grad_output: torch.Tensor, output: torch.Tensor) -> torch.Tensor:
    """Carry the loss's gradient back through a sigmoid, elementwise, from the sigmoid's output.

    grad_output: the gradient of the loss with respect to the output; output: what the sigmoid
    gave in the forward pass, numbers from 0 to 1. Both have one shape, any (0-D too), and are both
    float32 or both float64. The slope of a sigmoid can be computed from its output alone.
    Returns the gradient with respect to the sigmoid's argument, shape and dtype kept. Where output
    is 0 or 1, it is exactly 0; elsewhere an error of 1e-6 (float32) or 1e-12 (float64) times
    |grad_output| is forgiven. No loops.
    By hand: no autograd and no backward function of torch's, such as its sigmoid_backward.

    >>> sigmoid_backward(torch.tensor([8.0, 8.0, 8.0]), torch.tensor([0.5, 0.75, 1.0]))
    tensor([2.0000, 1.5000, 0.0000])
    """
    return grad_output * output * (1 - output)


def relu_backward(grad_output: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """Carry the loss's gradient back through a ReLU, elementwise, from the ReLU's argument.

    grad_output: the gradient of the loss with respect to the output; x: the argument of the
    forward pass. Both have one shape, any (0-D too), and are both float32 or both float64. The
    slope of ReLU is 1 where x is positive, however small, and 0 elsewhere; at 0, where there is a
    kink, it is 0 by convention. The network of this kata has no ReLU; most others have.
    Returns the gradient with respect to x, shape and dtype kept. No loops.
    By hand: no autograd and no backward function of torch's, such as its threshold_backward.

    >>> relu_backward(torch.tensor([5.0, 6.0, 7.0]), torch.tensor([-2.0, 0.0, 3.0]))
    tensor([0., 0., 7.])
    """
    return torch.where(x > 0, grad_output, torch.zeros_like(grad_output))


def mse_backward(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Compute the gradient of the mean squared error with respect to the prediction.

    prediction, target: both (batch, out), at least one element, both float32 or both float64.
    The error is the mean of (prediction - target)² over all elements, not only over samples.
    Returns (batch, out), dtype kept. No loops.
    By hand: no autograd and no backward function of torch's, such as its mse_loss_backward.

    >>> mse_backward(torch.tensor([[3.0, 1.0]]), torch.tensor([[1.0, 2.0]]))
    tensor([[ 2., -1.]])
    """
    return 2 * (prediction - target) / prediction.numel()


def mlp_forward(x: torch.Tensor, parameters: Parameters) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """Run a network: linear, sigmoid, linear, sigmoid, ..., linear; keep each layer's input.

    x: (batch, in); parameters: a list of tuples (weight, bias), one for each layer from the first
    to the last, at least one; all float32 or all float64. A sigmoid stands between layers, none
    after the last; a network of one layer is linear. Any length may be 0, and what goes into a
    sigmoid may be anything from -1000 to 1000.
    Returns a tuple (prediction, cache): prediction is (batch, out of the last layer); cache is
    the list of what went into each linear layer, [x, a1, a2, ...], a1 being the first sigmoid's
    output; one entry for each layer, without the prediction. Dtype kept.
    No loops over samples. torch.sigmoid is welcome, and so is your linear_forward.

    >>> parameters = [
    ...     (torch.tensor([[1.0, -1.0]]), torch.tensor([0.0])),
    ...     (torch.tensor([[4.0]]), torch.tensor([1.0])),
    ... ]
    >>> prediction, cache = mlp_forward(torch.tensor([[2.0, 2.0]]), parameters)
    >>> prediction
    tensor([[3.]])
    >>> cache
    [tensor([[2., 2.]]), tensor([[0.5000]])]
    """
    cache: list[torch.Tensor] = []
    for weight, bias in parameters:
        cache.append(x if not cache else torch.sigmoid(x))
        x = linear_forward(cache[-1], weight, bias)
    return x, cache


def mlp_backward(
    grad_prediction: torch.Tensor, cache: list[torch.Tensor], parameters: Parameters
) -> Parameters:
    """Carry the loss's gradient back through the network of mlp_forward, to every parameter.

    grad_prediction: (batch, out), the gradient of the loss with respect to the prediction;
    cache and parameters: as mlp_forward returned and took them; all float32 or all float64. Any
    length may be 0.
    Returns a list of tuples (grad_weight, grad_bias), one for each layer, in the order of
    parameters and with their shapes and dtype. The gradient of x is not asked for. The lists
    passed in keep their entries. No loops over samples.
    By hand: no autograd and no backward function of torch's; yours are welcome.
    The algorithm: https://doi.org/10.1038/323533a0 (Rumelhart, Hinton and Williams, 1986), or
    http://neuralnetworksanddeeplearning.com/chap2.html

    >>> parameters = [
    ...     (torch.tensor([[1.0, -1.0]]), torch.tensor([0.0])),
    ...     (torch.tensor([[4.0]]), torch.tensor([1.0])),
    ... ]
    >>> prediction, cache = mlp_forward(torch.tensor([[2.0, 2.0], [3.0, 3.0]]), parameters)
    >>> first, last = mlp_backward(torch.tensor([[1.0], [10.0]]), cache, parameters)
    >>> last
    (tensor([[5.5000]]), tensor([11.]))
    >>> first
    (tensor([[32., 32.]]), tensor([11.]))
    """
    gradients: Parameters = []
    grad = grad_prediction
    for layer in reversed(range(len(parameters))):
        weight, _ = parameters[layer]
        if gradients:
            grad = sigmoid_backward(grad, cache[layer + 1])
        grad, grad_weight, grad_bias = linear_backward(grad, cache[layer], weight)
        gradients.append((grad_weight, grad_bias))
    return gradients[::-1]


def training_step(
    x: torch.Tensor, target: torch.Tensor, parameters: Parameters, learning_rate: float
) -> tuple[Parameters, torch.Tensor]:
    """Take one step of gradient descent on the mean squared error of the network.

    x: (batch, in), target: (batch, out), parameters: as mlp_forward takes them; all float32 or
    all float64; batch and out at least 1. learning_rate: a float, 0 or more.
    Each new weight and bias is the old one minus learning_rate times its gradient; all gradients
    are taken at the old parameters.
    Returns a tuple (new_parameters, loss): a list of tuples (weight, bias), and the mean squared
    error of the old parameters as a 0-D tensor; dtype kept. The old parameters, and the list that
    holds them, stay unchanged. No loops over samples.
    By hand: no autograd and no backward function of torch's; yours are welcome.

    >>> x, target = torch.tensor([[1.0], [2.0]]), torch.tensor([[2.0], [4.0]])
    >>> parameters = [(torch.tensor([[0.0]]), torch.tensor([0.0]))]
    >>> parameters, loss = training_step(x, target, parameters, 0.1)
    >>> loss
    tensor(10.)
    >>> parameters
    [(tensor([[1.]]), tensor([0.6000]))]
    >>> parameters, loss = training_step(x, target, parameters, 0.1)
    >>> loss
    tensor(1.0600)
    """
    prediction, cache = mlp_forward(x, parameters)
    loss = (prediction - target).square().mean()
    gradients = mlp_backward(mse_backward(prediction, target), cache, parameters)
    new_parameters = [
        (weight - learning_rate * grad_weight, bias - learning_rate * grad_bias)
        for (weight, bias), (grad_weight, grad_bias) in zip(parameters, gradients, strict=True)
    ]
    return new_parameters, loss
