"""Training: the loop that turns data and autograd into a network that works.

Lecture: MLP; Функция потерь (градиентный спуск, torch.autograd).

A model computes predictions, a loss function says in one number how wrong they are, autograd finds
the slope of that number along every parameter, and an optimizer from torch.optim takes a step. An
epoch goes once through all the samples, a few at a time; each such minibatch asks for the same
four things:

    forget the old gradients      optimizer.zero_grad(), since backward() adds to what is in .grad
    compute the loss              of the model as it is now
    compute its gradients         loss.backward()
    take the step                 optimizer.step()

Most mistakes raise no error: the loss falls more slowly, or a figure looks better than it is. So
train in train mode and measure in eval mode. A loss tensor holds the graph that it was computed by;
for the number alone take loss.item(). The tensors in state_dict() are the parameters themselves,
which go on changing; a deep copy stays. A torch.Generator of your own, as in
torch.randperm(n, generator=...), leaves the global random state alone; nn.Linear draws from that
one, and torch.random.fork_rng() puts it back.

Samples are a pair of tensors (x, y): an entry of x's first axis is a sample, the same entry of y
its target, all on one device. A network that classifies gives each sample a row of logits, a number
for each class; the largest names the class. torch.nn.functional.cross_entropy takes logits and
class numbers (int64, from 0).

The rules of every kata are in README.md.
"""

import copy
import itertools
from collections.abc import Callable, Iterable, Iterator

import torch
from torch import nn


class MLP(nn.Module):
    """A multilayer perceptron: linear layers with a ReLU between them, logits out.

    Args:
        sizes: the features of a sample, then the neurons of each layer; each pair of neighbours
            (in, out) makes a random weight (out, in) and a bias (out,).

    Example:
        >>> model = MLP([4, 3, 2])
        >>> sorted(tuple(parameter.shape) for parameter in model.parameters())
        [(2,), (2, 3), (3,), (3, 4)]
        >>> model(torch.ones(5, 4)).shape
        torch.Size([5, 2])

    Edges:
        - Two sizes make a single linear layer, and a layer may have a single neuron.
        - An empty batch gives logits of shape (0, last size).
        - After .double() it computes in float64.
    """

    def __init__(self, sizes: list[int]) -> None:
        """Make the layers, each with parameters of its own."""
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(into, out) for into, out in itertools.pairwise(sizes))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Compute the logits (batch, last size) of x (batch, first size), the same in any mode."""
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)


def minibatches(
    x: torch.Tensor, y: torch.Tensor, batch_size: int, seed: int
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Yield the samples in random order, batch_size at a time, each once.

    Args:
        x: (n, ...).
        y: (n, ...).
        batch_size: at least 1.
        seed: decides the order.

    Returns:
        A generator of matching pairs (x, y); only the last may be shorter, none is empty.

    Example:
        >>> x, y = torch.arange(10.0).reshape(5, 2), torch.arange(5)
        >>> batches = list(minibatches(x, y, 2, 0))
        >>> [len(batch_x) for batch_x, batch_y in batches]
        [2, 2, 1]
        >>> torch.cat([batch_y for batch_x, batch_y in batches]).sort().values
        tensor([0, 1, 2, 3, 4])
        >>> all(torch.equal(batch_x, x[batch_y]) for batch_x, batch_y in batches)
        True

    Edges:
        - Where n is 0 there is no batch; where batch_size is n or more there is one.
        - Values are exact, large integers too.
        - Batches come one at a time: next() gets the first.
        - The global random states stay as they were, between two batches too.
    """
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(x), generator=generator).to(x.device)
    for start in range(0, len(x), batch_size):
        chosen = order[start : start + batch_size]
        yield x[chosen], y[chosen]


def train_epoch(
    model: nn.Module,
    batches: Iterable[tuple[torch.Tensor, torch.Tensor]],
    loss_function: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    optimizer: torch.optim.Optimizer,
) -> float:
    """Take an optimizer step for each batch, in train mode.

    Args:
        model: any nn.Module.
        batches: pairs (x, y), perhaps a generator.
        loss_function: the mean loss of (prediction, y).
        optimizer: over the model's parameters.

    Returns:
        The losses before each step, averaged over samples, not batches: a float.

    Example:
        >>> model = nn.Linear(1, 1, bias=False)
        >>> _ = nn.init.zeros_(model.weight)
        >>> optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        >>> x, y = torch.ones(4, 1), torch.tensor([[5.0], [5.0], [5.0], [1.0]])
        >>> batches = [(x[:3], y[:3]), (x[3:], y[3:])]
        >>> train_epoch(model, batches, nn.functional.mse_loss, optimizer)
        18.75
        >>> model.weight.item()
        1.0

    Edges:
        - What lay in .grad before the call does not count.
        - Parameters that the optimizer was not given stay as they were.
        - The losses of a float64 model keep their digits.
        - Graphs of earlier batches don't pile up in memory.
    """
    model.train()
    total, samples = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        samples += len(x)
    return total / samples


def accuracy(model: nn.Module, x: torch.Tensor, y: torch.Tensor) -> float:
    """Measure the share of samples whose largest logit is their class's.

    Args:
        model: makes logits (n, classes) of x.
        x: (n, ...).
        y: (n,), int64 classes.

    Returns:
        A float from 0 to 1, measured in eval mode, with gradients off.

    Example:
        >>> logits = torch.tensor([[2.0, 1, 0], [0, 3.0, 1], [5.0, 4, 6], [1.0, 8, 7]])
        >>> accuracy(nn.Identity(), logits, torch.tensor([0, 1, 0, 1]))
        0.75

    Edges:
        - Afterwards every submodule is in the mode that it was in, each in its own.
        - There may be a single sample.
        - Logits may be large: 40 is more than 30.
    """
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    with torch.no_grad():
        right = model(x).argmax(dim=1) == y
    for module, mode in modes:
        module.training = mode
    return right.sum().item() / len(y)


def fit(
    model: nn.Module,
    train: tuple[torch.Tensor, torch.Tensor],
    validation: tuple[torch.Tensor, torch.Tensor],
    epochs: int,
    learning_rate: float,
    seed: int,
) -> dict[str, list[float]]:
    """Train a model with cross-entropy, and leave it with its best epoch's weights.

    Args:
        model: makes logits (n, classes) of x; it is trained itself, not a copy.
        train: (x, y), y (n,) int64.
        validation: (x, y), for measuring only.
        epochs: how many.
        learning_rate: of the optimizer. Which it is, and the size of batches, are up to you.
        seed: decides the order of the samples.

    Returns:
        {"train_loss": [...], "validation_accuracy": [...]}, a float for each epoch: the mean
        cross-entropy over the training samples, and the accuracy after the epoch. The best epoch
        has the highest accuracy.

    Example:
        >>> x, y = torch.tensor([[-2.0], [-1.0], [1.0], [2.0]]), torch.tensor([0, 0, 1, 1])
        >>> model = nn.Linear(1, 2)
        >>> history = fit(model, (x, y), (x, y), 30, 0.5, 0)
        >>> history["validation_accuracy"][-1], len(history["train_loss"])
        (1.0, 30)

    Edges:
        - There may be a single epoch.
        - At a learning rate of 0 the weights stay as they are.
        - The accuracy may be 0 after every epoch.
        - Buffers are those of the best epoch too.
        - What lay in .grad before the call does not count.
    """
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=0.9)
    history: dict[str, list[float]] = {"train_loss": [], "validation_accuracy": []}
    best, weights = -1.0, model.state_dict()
    for epoch in range(epochs):
        batches = minibatches(*train, 32, seed + epoch)
        loss = train_epoch(model, batches, nn.functional.cross_entropy, optimizer)
        history["train_loss"].append(loss)
        history["validation_accuracy"].append(accuracy(model, *validation))
        if history["validation_accuracy"][-1] > best:
            best, weights = history["validation_accuracy"][-1], copy.deepcopy(model.state_dict())
    model.load_state_dict(weights)
    return history


def solve_moons(x: torch.Tensor, y: torch.Tensor, seed: int) -> nn.Module:
    """Build and train a network that tells two half-moons apart.

    Args:
        x: (n, 2), n from 400 to 2000, points with noise: (cos t, sin t) for class 0 and
            (1 - cos t, 0.5 - sin t) for class 1, t from 0 to π.
        y: (n,), int64 classes.
        seed: decides all that is drawn.

    Returns:
        An nn.Module on x's device that in eval mode makes logits (m, 2) of points (m, 2), each
        whatever the others are, and gets 97 % of new points right.

    Example:
        >>> generator = torch.Generator().manual_seed(1)
        >>> t, y = torch.pi * torch.rand(600, generator=generator), torch.arange(600) % 2
        >>> x = torch.stack([torch.cos(t), torch.sin(t)], dim=1)
        >>> x[y == 1] = torch.tensor([1.0, 0.5]) - x[y == 1]
        >>> x += 0.1 * torch.randn(600, 2, generator=generator)
        >>> model = solve_moons(x[:400], y[:400], 0).eval()
        >>> right = model(x[400:]).argmax(dim=1) == y[400:]
        >>> round(right.double().mean().item(), 1)
        1.0

    Edges:
        - The points may come in any order, such as class 0 before class 1.
        - The noise has a standard deviation of 0.15 at most.
        - It takes five seconds at most, or ten times as long as the reference.
        - The global random states stay as they were.
    """
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)
        model = MLP([2, 128, 2])
    model.to(x.device)
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0, momentum=0.9, nesterov=True)
    for _ in range(30):
        train_epoch(model, [(x, y)], nn.functional.cross_entropy, optimizer)
    return model
