"""MLP: the forward and the backward pass of a whole network, by hand.

Lecture: MLP; Принципы обратного распространения ошибки.

A multilayer perceptron is a sequence of fully connected layers with a nonlinearity after each but
the last. Here the nonlinearity is the sigmoid, s(z) = 1 / (1 + exp(-z)), and the loss is the mean
squared error, the mean of (prediction - target)² over all elements:

    x  ->  linear  ->  sigmoid  ->  linear  ->  sigmoid  ->  ...  ->  linear  ->  prediction

A sample is a row: x is (batch, in). A layer has a weight (out, in), as torch.nn.Linear has it, and
a bias (out,).

The forward pass goes from left to right and keeps what the way back will need. The backward pass
(https://doi.org/10.1038/323533a0) goes from right to left with one question for each step: given
the gradient of the loss with respect to the step's result, or in short the loss's gradient for it,
what is the loss's gradient for its arguments? That is the chain rule. The functions named
..._backward answer it for one step each, and mlp_backward puts them together: what one step hands
back, the step before it takes on. A gradient has the shape of what it is the gradient for. Where
all samples use one tensor, as they do a bias, their gradients add up.

By hand means: autograd and torch's own backward functions (torch.ops.aten has some) are refused.
Its forward functions are welcome, but for one that linear_forward names. No loops over samples
means: the number of operations may grow with the layers and their widths, not with the batch. The
tensors of a call are all float32 or all float64; their numbers are finite, and none requires grad.

The rules of every kata are in README.md.
"""

import torch

Parameters = list[tuple[torch.Tensor, torch.Tensor]]


def linear_forward(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    """Compute a fully connected layer for a whole batch.

    Args:
        x: (batch, in).
        weight: (out, in), a row for each output.
        bias: (out,).

    Returns:
        (batch, out): the products of a sample and a row of weight, summed, plus the bias. No loops
        over samples, no torch.nn.functional.linear.

    Example:
        >>> x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        >>> weight = torch.tensor([[1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0], [1.0, 1.0, 1.0]])
        >>> linear_forward(x, weight, torch.tensor([10.0, 20.0, 30.0, 40.0]))
        tensor([[11., 22., 33., 46.],
                [14., 25., 36., 55.]])

    Edges:
        - Where x has no features, each sample gets the bias; an empty batch stays empty.
    """
    return x @ weight.T + bias


def linear_backward(
    grad_output: torch.Tensor, x: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Carry the gradient back through a fully connected layer.

    Args:
        grad_output: (batch, out), the loss's gradient for the layer's result.
        x: (batch, in), as in the forward pass.
        weight: (out, in), as in the forward pass.

    Returns:
        A tuple (grad_x, grad_weight, grad_bias): the loss's gradients for x, the weight and the
        bias, summed over the samples where these share a tensor. By hand, no loops over samples.

    Example:
        >>> x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        >>> weight = torch.tensor([[1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0], [1.0, 1.0, 1.0]])
        >>> grad_output = torch.tensor([[1.0, 0, 0, 1.0], [0, 0, 0, 10.0]])
        >>> grad_x, grad_weight, grad_bias = linear_backward(grad_output, x, weight)
        >>> grad_x
        tensor([[ 2.,  1.,  1.],
                [10., 10., 10.]])
        >>> grad_weight
        tensor([[ 1.,  2.,  3.],
                [ 0.,  0.,  0.],
                [ 0.,  0.,  0.],
                [41., 52., 63.]])
        >>> grad_bias
        tensor([ 1.,  0.,  0., 11.])

    Edges:
        - An empty batch gives zeros for the weight and the bias.
    """
    return grad_output @ weight, grad_output.T @ x, grad_output.sum(dim=0)


def sigmoid_backward(grad_output: torch.Tensor, output: torch.Tensor) -> torch.Tensor:
    """Carry the gradient back through a sigmoid, from the sigmoid's output alone.

    Args:
        grad_output: the loss's gradient for the output, in any shape.
        output: what the sigmoid gave, in the same shape.

    Returns:
        The loss's gradient for the sigmoid's argument. By hand.

    Example:
        >>> sigmoid_backward(torch.tensor([8.0, -16.0, 100.0]), torch.tensor([0.5, 0.75, 0.1]))
        tensor([ 2., -3.,  9.])

    Edges:
        - Where output is 0 or 1, the result is 0.
        - A 0-D tensor is as good as any.
        - No loops.
    """
    return grad_output * output * (1 - output)


def relu_backward(grad_output: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """Carry the gradient back through a ReLU, from the ReLU's argument.

    Args:
        grad_output: the loss's gradient for the ReLU's result, in any shape.
        x: what went into the ReLU, in the same shape.

    Returns:
        The loss's gradient for x. By hand.

    Example:
        >>> relu_backward(torch.tensor([5.0, 6.0, -7.0]), torch.tensor([-2.0, 3.0, 0.5]))
        tensor([ 0.,  6., -7.])

    Edges:
        - At 0, where ReLU has a kink, its slope is taken to be 0.
        - Where x is positive, however small, the gradient passes whole.
        - A 0-D tensor is as good as any.
        - No loops.
    """
    return torch.where(x > 0, grad_output, torch.zeros_like(grad_output))


def mse_backward(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Compute the gradient of the mean squared error for the prediction.

    Args:
        prediction: (batch, out).
        target: (batch, out).

    Returns:
        (batch, out). The error is the mean of (prediction - target)² over all elements, not only
        over samples. By hand.

    Example:
        >>> prediction = torch.tensor([[4.0, 1.0], [10.0, 14.0], [2.0, 9.0]])
        >>> target = torch.tensor([[1.0, 7.0], [1.0, 2.0], [5.0, 3.0]])
        >>> mse_backward(prediction, target)
        tensor([[ 1., -2.],
                [ 3.,  4.],
                [-1.,  2.]])

    Edges:
        - A single element is its own mean.
        - No loops.
    """
    return 2 * (prediction - target) / prediction.numel()


def mlp_forward(x: torch.Tensor, parameters: Parameters) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """Run a network: linear, sigmoid, linear, sigmoid, ..., linear.

    Args:
        x: (batch, in).
        parameters: a list of tuples (weight, bias), a layer each, from the first to the last.

    Returns:
        A tuple (prediction, cache): what the last layer gives, and the list of what went into each
        layer: [x, a1, a2, ...], a1 being what the first sigmoid gave.

    Example:
        >>> first = torch.tensor([[2.0, -1.0], [-4.0, 2.0]]), torch.tensor([0.0, 0.0])
        >>> last = torch.tensor([[4.0, 8.0]]), torch.tensor([1.0])
        >>> x = torch.tensor([[1.0, 2.0], [3.0, 5.0]])
        >>> prediction, cache = mlp_forward(x, [first, last])
        >>> prediction
        tensor([[7.0000],
                [4.8779]])
        >>> cache
        [tensor([[1., 2.],
                [3., 5.]]), tensor([[0.5000, 0.5000],
                [0.7311, 0.1192]])]

    Edges:
        - A network of one layer has no sigmoid.
        - What goes into a sigmoid may be anything from -1000 to 1000.
        - The batch may be empty.
        - No loops over samples.
    """
    cache: list[torch.Tensor] = []
    for weight, bias in parameters:
        cache.append(x if not cache else torch.sigmoid(x))
        x = linear_forward(cache[-1], weight, bias)
    return x, cache


def mlp_backward(
    grad_prediction: torch.Tensor, cache: list[torch.Tensor], parameters: Parameters
) -> Parameters:
    """Carry the gradient back through the network of mlp_forward, to every parameter.

    Args:
        grad_prediction: (batch, out), the loss's gradient for the prediction.
        cache: what mlp_forward returned.
        parameters: what mlp_forward took.

    Returns:
        A list of tuples (grad_weight, grad_bias), in the order of parameters. By hand.

    Example:
        >>> first = torch.tensor([[2.0, -1.0], [-4.0, 2.0]]), torch.tensor([0.0, 0.0])
        >>> last = torch.tensor([[4.0, 8.0]]), torch.tensor([1.0])
        >>> cache = [torch.tensor([[1.0, 2.0], [3.0, 6.0]]), torch.tensor([[0.5, 0.5], [0.5, 0.5]])]
        >>> grad_prediction = torch.tensor([[1.0], [10.0]])
        >>> grads_first, grads_last = mlp_backward(grad_prediction, cache, [first, last])
        >>> grads_last
        (tensor([[5.5000, 5.5000]]), tensor([11.]))
        >>> grads_first
        (tensor([[ 31.,  62.],
                [ 62., 124.]]), tensor([11., 22.]))

    Edges:
        - A network of one layer has no sigmoid.
        - Where the sigmoids have reached 0 or 1, earlier layers get zeros.
        - An empty batch gives zeros.
        - No loops over samples.
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

    Args:
        x: (batch, in).
        target: (batch, out).
        parameters: as mlp_forward takes them.
        learning_rate: what the gradients are multiplied by.

    Returns:
        A tuple (new_parameters, loss): a list of new tuples (weight, bias), and the mean squared
        error of the old parameters as a 0-D tensor. By hand.

    Example:
        >>> x, target = torch.tensor([[1.0], [2.0]]), torch.tensor([[4.0], [5.0]])
        >>> parameters = [(torch.tensor([[1.0]]), torch.tensor([1.0]))]
        >>> parameters, loss = training_step(x, target, parameters, 0.1)
        >>> loss
        tensor(4.)
        >>> parameters
        [(tensor([[1.6000]]), tensor([1.4000]))]
        >>> parameters, loss = training_step(x, target, parameters, 0.1)
        >>> loss
        tensor(0.5800)

    Edges:
        - Where the sigmoids have reached 0 or 1, only the last layer moves.
        - A layer may have no inputs or no outputs: its weight stays empty, and its bias moves.
        - No loops over samples.
    """
    prediction, cache = mlp_forward(x, parameters)
    loss = (prediction - target).square().mean()
    gradients = mlp_backward(mse_backward(prediction, target), cache, parameters)
    new_parameters = [
        (weight - learning_rate * grad_weight, bias - learning_rate * grad_bias)
        for (weight, bias), (grad_weight, grad_bias) in zip(parameters, gradients, strict=True)
    ]
    return new_parameters, loss
