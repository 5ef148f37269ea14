"""Loss and gradient descent: a number that says how wrong, and the way down.

Lecture: Функция потерь (градиентный спуск).

A loss function turns predictions and the truth into one number, 0 or near it where they agree and
larger the further they are apart. Training a model means making that number small. Each task has
its loss: the mean squared error for numbers, binary cross-entropy for yes or no, cross-entropy
for one class out of several. The last two take logits, the raw outputs of a network, which may
be any numbers; the probability of "yes" is 1 / (1 + exp(-logit)), and that of a class is exp of
its logit, divided by the sum of exp of all logits in the row. Logits get large, and exp of
them larger still: exp(1000) is inf, and the logarithm of a probability that has become 0 is -inf.
So work out the logarithm on paper before you compute it, and take exp of nothing large.

A loss has a slope: how much it rises when a parameter is nudged upwards. Going against the slope
goes down, and gradient descent does only that, from anywhere, again and again:

    parameter  <-  parameter - learning_rate * slope

Like a ball on a hillside it ends in a valley. For a line there is just one; a deep network has
many. The slope can be measured from two nearby points, or derived on paper, which is quicker and
exact. If there are several parameters, all slopes are taken at the same place, and only then do
all parameters move.

Everything here is by hand: no autograd, and none of torch's ready-made losses.

Rules of every kata: a result lies on the device of the arguments and keeps their floating dtype,
with all its digits. Arguments stay as they were; they may be non-contiguous, and an axis may have
length 1, or 0 where the result is still defined. Numeric dtypes are uint8, int8 to int64, float32
and float64. An error has a message. Its words, and a view or a copy, a loop or none, are yours to
choose where a docstring leaves them open.
"""

from collections.abc import Callable

import torch


def mean_squared_error(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Average the squared differences over all elements.

    prediction, target: one shape, any (0-D too), at least one element, both float32 or both
    float64.
    Returns a 0-D tensor, dtype kept. Raises ValueError where the shapes differ, even if they would
    broadcast or hold equally many elements.
    By hand: no autograd and none of torch's losses, such as mse_loss or torch.nn.MSELoss.

    >>> mean_squared_error(torch.tensor([[1.0, 2.0]]), torch.tensor([[1.0, 4.0]]))
    tensor(2.)
    """
    if prediction.shape != target.shape:
        raise ValueError(
            f"prediction has shape {tuple(prediction.shape)}, target {tuple(target.shape)}"
        )
    return (prediction - target).square().mean()


def binary_cross_entropy(logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Average the surprise of yes-or-no predictions, from their logits.

    logits: any shape (0-D too), at least one element, float32 or float64, from -1000 to 1000.
    targets: of logits' shape and dtype; 1 for yes, 0 for no, and anything between is allowed: a
    soft target, 0.9 for "probably yes".
    With p = 1 / (1 + exp(-logit)), the loss of an element whose target is t is
    -(t log p + (1 - t) log(1 - p)). Returns the mean over all elements as a 0-D tensor, dtype
    kept; nothing overflows or is cut off: a logit of -1000 where the target is 1 costs 1000. An
    error of 1e-6 (float32) or 1e-9 (float64) times 1 + the largest |logit| is forgiven.
    By hand: no autograd and none of torch's losses, such as binary_cross_entropy_with_logits or
    torch.nn.BCELoss. torch.sigmoid is welcome, and so is whatever else is no loss.
    The formula: https://docs.pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html

    >>> binary_cross_entropy(torch.tensor([0.0, 1000.0]), torch.tensor([1.0, 1.0]))
    tensor(0.3466)
    >>> binary_cross_entropy(torch.tensor([-1000.0]), torch.tensor([0.5]))
    tensor(500.)
    """
    losses = logits.clamp(min=0) - logits * targets + torch.log1p(torch.exp(-logits.abs()))
    return losses.mean()


def cross_entropy(logits: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
    """Average the surprise of predictions of one class out of several, from their logits.

    logits: (n, c), a row a sample and a column a class, both lengths at least 1, float32 or
    float64, from -1000 to 1000. classes: (n,), int64, the column of each sample's true class,
    counted from 0.
    A sample's loss is -log of the probability of its true class, which is exp of that class's
    logit divided by the sum of exp of the row's logits. Returns the mean over the samples as a 0-D
    tensor, dtype of logits kept; nothing overflows or is cut off, however different the rows are.
    An error of 1e-6 (float32) or 1e-9 (float64) times 1 + the largest |logit| is forgiven.
    By hand: no autograd and none of torch's losses, such as cross_entropy, nll_loss or
    torch.nn.CrossEntropyLoss. torch.logsumexp is welcome, and so is whatever else is no loss.
    The formula: https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html

    >>> cross_entropy(torch.tensor([[0.0, 0.0], [0.0, 1000.0]]), torch.tensor([0, 1]))
    tensor(0.3466)
    """
    shifted = logits - logits.max(dim=1, keepdim=True).values
    of_true_class = shifted.gather(1, classes[:, None])
    return shifted.exp().sum(dim=1).log().mean() - of_true_class.mean()


def slope(function: Callable[[float], float], point: float, step: float) -> float:
    """Measure the slope of a function at a point by the central difference.

    function: takes any Python float and returns one, finite. point: a float. step: a float above
    0, the distance from the point to each of the two places that are compared, and not so small
    that point + step is rounded back to the point.
    Returns a Python float: the rise from the left place to the right one, over their distance. For
    a parabola that is the slope itself but for rounding, however large the step.
    The formula: https://en.wikipedia.org/wiki/Finite_difference

    >>> slope(lambda x: x * x, 3.0, 0.5)
    6.0
    """
    return (function(point + step) - function(point - step)) / (2 * step)


def descend(
    gradient: Callable[[torch.Tensor], torch.Tensor],
    start: torch.Tensor,
    learning_rate: float,
    steps: int,
) -> torch.Tensor:
    """Go downhill from a starting point and record the way.

    gradient: takes a point, a tensor of start's shape, dtype and device, and returns the gradient
    there, a tensor like it. This may be the very tensor that it was given, or one of its own, the
    same at every call: do not scale it in place. It neither changes nor remembers its points.
    start: any shape (0-D and empty too), float32 or float64. learning_rate: a float, 0 or more.
    steps: an int, 0 or more, thousands too.
    Each point is the last one minus learning_rate times the gradient there. Returns the trajectory,
    a tensor (steps + 1, *start.shape), start first and the end last; dtype kept.
    By hand: no autograd.

    >>> descend(lambda x: 2 * x, torch.tensor(8.0), 0.25, 3)  # down the parabola x²
    tensor([8., 4., 2., 1.])
    """
    points = [start]
    for _ in range(steps):
        points.append(points[-1] - learning_rate * gradient(points[-1]))
    return torch.stack(points)


def fit_line(
    x: torch.Tensor, y: torch.Tensor, learning_rate: float, steps: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Fit y = slope · x + intercept to points by gradient descent on the mean squared error.

    x, y: (n,), n at least 1, both float32 or both float64. learning_rate: a float, 0 or more, with
    which nothing overflows. steps: an int, 0 or more, thousands too.
    Both parameters start at 0. In each step both slopes of the loss, the mean of
    (slope · x + intercept - y)², are taken at the same place, and then both parameters move. Mind
    the 2 that the square leaves behind.
    Returns the tuple (slope, intercept) as it is after these steps, even if the end of the way is
    not reached: 0-D tensors of x's dtype. By hand: no autograd.

    >>> x = torch.tensor([0.0, 2.0])
    >>> fit_line(x, 4 * x + 2, learning_rate=0.25, steps=1)
    (tensor(5.), tensor(3.))
    >>> fit_line(x, 4 * x + 2, learning_rate=0.25, steps=2)
    (tensor(3.5000), tensor(2.))
    """
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps):
        error = line * x + intercept - y
        line_slope, intercept_slope = 2 * (error * x).mean(), 2 * error.mean()
        line = line - learning_rate * line_slope
        intercept = intercept - learning_rate * intercept_slope
    return line, intercept
