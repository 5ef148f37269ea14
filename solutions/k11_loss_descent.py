"""Loss and gradient descent: a number that says how wrong, and the way down.

Lecture: Функция потерь (градиентный спуск).

A loss turns predictions and the truth into one number, 0 or near it where they agree and larger
the further they are apart. Training means making that number small. A loss has a slope: how much
it rises when a parameter is nudged upwards. Gradient descent goes against it, again and again:

    parameter  <-  parameter - learning_rate * slope

Like a ball on a hillside it ends in a valley. For a line there is just one; a deep network has
many. The slope can be measured from two nearby points, or derived on paper, which is quicker and
exact. If there are several parameters, all slopes are taken at the same place, and only then do
all parameters move.

Each task has its loss: the mean squared error for numbers, binary cross-entropy for yes or no,
cross-entropy for one class out of several. The last two take logits, the raw outputs of a network,
which may be any numbers, and make probabilities of them. Logits get large, and exp of them larger
still: exp(1000) is inf, and the logarithm of a probability that has become 0 is -inf. The formula
as it stands does for ordinary logits; for large ones, work out the logarithm on paper first, and
take exp of nothing large.

Everything here is by hand: no autograd, and none of torch's ready-made losses.

The rules of every kata are in README.md.
"""

from collections.abc import Callable

import torch


def mean_squared_error(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Average the squared differences over all elements.

    Args:
        prediction: any shape, floating.
        target: of prediction's shape and dtype.

    Returns:
        A 0-D tensor. By hand: none of torch's losses.

    Raises:
        ValueError: if the shapes differ.

    Example:
        >>> prediction = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        >>> target = torch.tensor([[4.0, 2.0, 2.0], [4.0, 6.0, 5.0]])
        >>> mean_squared_error(prediction, target)
        tensor(2.)

    Edges:
        - 0-D tensors and those of one element have an error too.
        - Shapes that would broadcast differ all the same: (3, 1) and (3,), or (3,) and ().
        - Where torch itself refuses to subtract, its own error will do.
        - Numbers may be large and lie close together, as 4096.25 and 4096 do.
        - In float64 the result is as precise as float64.
    """
    if prediction.shape != target.shape:
        raise ValueError(
            f"prediction has shape {tuple(prediction.shape)}, target {tuple(target.shape)}"
        )
    return (prediction - target).square().mean()


def slope(function: Callable[[float], float], point: float, step: float) -> float:
    """Measure a function's slope at a point by the central difference.

    Args:
        function: takes a float and returns one.
        point: a float.
        step: how far to go to each side, above 0.

    Returns:
        The rise from left to right, over the distance.

    Example:
        >>> slope(lambda x: x * x, 3.0, 0.5)
        6.0
        >>> slope(lambda x: x**3, 1.0, 2.0)
        7.0

    Edges:
        - At a kink, such as that of abs at 0, it is the mean of the slopes on both sides.
        - Nothing is rounded or cut off, however flat or steep the function, long or short the step.
        - The function is given Python floats, and the result is one.
    """
    return (function(point + step) - function(point - step)) / (2 * step)


def descend(
    gradient: Callable[[torch.Tensor], torch.Tensor],
    start: torch.Tensor,
    learning_rate: float,
    steps: int,
) -> torch.Tensor:
    """Go downhill by learning_rate times the gradient in each step, and record the way.

    Args:
        gradient: takes and returns a tensor like start.
        start: any shape, floating.
        learning_rate: a float.
        steps: an int.

    Returns:
        (steps + 1, *start.shape): start, then each point reached.

    Example:
        >>> descend(lambda x: 2 * x, torch.tensor([8.0, -16.0]), 0.25, 3)
        tensor([[  8., -16.],
                [  4.,  -8.],
                [  2.,  -4.],
                [  1.,  -2.]])

    Edges:
        - gradient may return the point itself, or the same tensor each time: don't write into it.
        - start may be 0-D or empty.
        - steps may be 0, which gives the start alone, or thousands.
        - Every step is recorded, however short, even where nothing moves.
        - The learning rate may be 0, or so high that the way leads up.
    """
    points = [start]
    for _ in range(steps):
        points.append(points[-1] - learning_rate * gradient(points[-1]))
    return torch.stack(points)


def fit_line(
    x: torch.Tensor, y: torch.Tensor, learning_rate: float, steps: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Fit y = slope · x + intercept by gradient descent on the mean squared error.

    Args:
        x: (n,), floating.
        y: like x.
        learning_rate: a float.
        steps: an int, at least 1.

    Returns:
        (slope, intercept) after these steps from (0, 0), as 0-D tensors. Both move at once. No
        autograd.

    Example:
        >>> x = torch.tensor([-1.0, 0.0, 1.0, 4.0])
        >>> fit_line(x, 4 * x + 2, 0.125, 1)
        (tensor(5.), tensor(1.5000))
        >>> fit_line(x, 4 * x + 2, 0.125, 2)
        (tensor(4.), tensor(1.3750))

    Edges:
        - A single point is enough.
        - Every step is taken, also of thousands, however small the loss, and however little moves.
        - The learning rate may be 0, or so high that the way leads up.
    """
    line, intercept = x.new_zeros(()), x.new_zeros(())
    for _ in range(steps):
        error = line * x + intercept - y
        line_slope, intercept_slope = 2 * (error * x).mean(), 2 * error.mean()
        line = line - learning_rate * line_slope
        intercept = intercept - learning_rate * intercept_slope
    return line, intercept


def binary_cross_entropy(logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Average the surprise of yes-or-no predictions.

    "Yes" has probability p = 1 / (1 + exp(-logit)). With target t, an element costs
    -(t log p + (1 - t) log(1 - p)).

    Args:
        logits: any shape, floating.
        targets: like logits; 1 for yes, 0 for no.

    Returns:
        The mean over all elements, a 0-D tensor. By hand: none of torch's losses.

    Example:
        >>> logits = torch.tensor([2.0, -1.0, 0.5])
        >>> binary_cross_entropy(logits, torch.tensor([1.0, 1.0, 0.0]))
        tensor(0.8048)

    Edges:
        - Targets may lie between: 0.9 is "probably yes".
        - Logits may be as large as 1000, or -1000, and nothing overflows or is cut off: a logit of
          -1000 where the target is 1 costs 1000.
        - 0-D tensors and those of one element have a loss too.
        - In float64 the loss is as precise as float64.
    """
    losses = logits.clamp(min=0) - logits * targets + torch.log1p(torch.exp(-logits.abs()))
    return losses.mean()


def cross_entropy(logits: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
    """Average the surprise of predictions of one class out of several.

    A class's probability is exp of its logit over the sum of exp of its row's logits. A sample
    costs -log of its true class's probability.

    Args:
        logits: (n, c), a row for each sample, a column for each class, floating.
        classes: (n,), int64, each sample's true column.

    Returns:
        The mean over the samples, a 0-D tensor. By hand: none of torch's losses.

    Example:
        >>> logits = torch.tensor([[1.0, 2.0, 4.0], [3.0, 1.0, 0.0]])
        >>> cross_entropy(logits, torch.tensor([2, 1]))
        tensor(1.1698)

    Edges:
        - Logits may be as large as 1000, or -1000, and nothing overflows or is cut off, however
          different the rows are.
        - One sample is enough, and so is one class, which costs nothing.
        - In float64 the loss is as precise as float64.
    """
    shifted = logits - logits.max(dim=1, keepdim=True).values
    of_true_class = shifted.gather(1, classes[:, None])
    return shifted.exp().sum(dim=1).log().mean() - of_true_class.mean()
