"""Training: the loop that turns data and autograd into a network that works.

Lecture: MLP; Функция потерь (градиентный спуск, torch.autograd).

A model is an nn.Module: it holds parameters and computes predictions. A loss function says in one
number how wrong they are, autograd finds the slope of that number along every parameter, and an
optimizer from torch.optim takes a step. An epoch goes once through all the samples, a few at a
time; each such minibatch asks for the same four things:

    forget the old gradients      optimizer.zero_grad(), since backward() adds to what is in .grad
    compute the loss              of the model as it is now
    compute its gradients         loss.backward()
    take the step                 optimizer.step()

Most mistakes raise no error: the loss falls more slowly, or a figure looks better than it is. A
module finds its parameters in what you assign to self in __init__, after super().__init__(), and in
an nn.Sequential or nn.ModuleList, but not in a plain list. In train mode dropout drops and batch
normalization looks at the batch, in eval mode both keep still: train in the one, measure in the
other. A loss tensor holds the graph that it was computed by; for the number alone take loss.item().
The tensors in state_dict() are the parameters themselves, which go on changing; a deep copy stays.
A torch.Generator of your own, as in torch.randperm(n, generator=...), leaves the global random
state alone; nn.Linear draws from that, and torch.random.fork_rng() puts it back.

A network that classifies gives each sample a row of logits, a number for each class; the largest
names the class. torch.nn.functional.cross_entropy takes logits and class numbers (int64, from 0).

Rules of every kata: a result lies on the device of the arguments and keeps their floating dtype,
with all its digits. Arguments stay as they were; they may be non-contiguous, and an axis may have
length 1, or 0 where the result is still defined. Numeric dtypes are uint8, int8 to int64, float32
and float64. An error has a message. Its words, and a view or a copy, a loop or none, are yours to
choose where a docstring leaves them open.
"""

import copy
import itertools
from collections.abc import Callable, Iterable, Iterator

import torch
from torch import nn


class MLP(nn.Module):
    """A multilayer perceptron: linear layers with a ReLU between them, logits out.

    An nn.Module like any other: all weights and biases are among its parameters(), .to() moves
    them, and the weights start random, no two neurons of a layer alike, and no two models.

    >>> model = MLP([4, 3, 2])
    >>> [tuple(parameter.shape) for parameter in model.parameters()]
    [(3, 4), (3,), (2, 3), (2,)]
    >>> model(torch.ones(5, 4)).shape
    torch.Size([5, 2])
    """

    def __init__(self, sizes: list[int]) -> None:
        """Make one linear layer, weight and bias, for each pair of neighbours in sizes, in order.

        sizes: a list of two ints or more, each at least 1: the features of a sample, then the
        neurons of each layer. A pair (in, out) makes a weight of shape (out, in) and a bias
        (out,), float32 and on the CPU, and there are no other parameters. A ReLU stands between
        layers, none after the last: [4, 2] is a single linear layer.
        """
        raise NotImplementedError

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Compute the logits of a batch.

        x: (batch, first size), of the parameters' dtype (float32, or float64 after .double())
        and on their device; batch may be 0. Returns (batch, last size), alike. Autograd finds the
        gradients of all parameters through it; the result is the same in train and eval mode.
        """
        raise NotImplementedError


def minibatches(
    x: torch.Tensor, y: torch.Tensor, batch_size: int, seed: int
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Yield the samples in random order, batch_size at a time, every sample once.

    x: (n, ...) and y: (n, ...), a sample an entry of the first axis, of any dtypes, on one
    device; n may be 0. batch_size: an int, at least 1; seed: an int from 0 to 2**31.
    A generator (any iterator will do) of pairs (x, y) whose samples belong together, with the
    dtypes and the device of the arguments. The last batch is shorter where batch_size does not
    divide n; there is no empty batch, so that n = 0 yields nothing.
    The samples are shuffled, not the batches: over the seeds, every order of the n samples is as
    likely as any other. The same seed on the same device gives the same batches, another seed
    another order, but for chance; the global random states (torch's, NumPy's, Python's) are left
    as they were, between two batches too.

    >>> x, y = torch.arange(10.0).reshape(5, 2), torch.arange(5)
    >>> batches = list(minibatches(x, y, 2, seed=0))
    >>> [len(batch_x) for batch_x, batch_y in batches]
    [2, 2, 1]
    >>> torch.cat([batch_y for batch_x, batch_y in batches]).sort().values
    tensor([0, 1, 2, 3, 4])
    >>> all(torch.equal(batch_x, x[batch_y]) for batch_x, batch_y in batches)
    True
    """
    raise NotImplementedError


def train_epoch(
    model: nn.Module,
    batches: Iterable[tuple[torch.Tensor, torch.Tensor]],
    loss_function: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    optimizer: torch.optim.Optimizer,
) -> float:
    """Take one optimizer step for each batch, in order; return the mean loss over the samples.

    model: any nn.Module, on the device of the data. It is trained in train mode, every submodule
    too, whatever modes they were in before the call; those afterwards are up to you.
    batches: any iterable of pairs (x, y), a generator maybe, with one batch at least, which leaves
    the modes alone; a sample is an entry of the first axis, and no batch is empty.
    loss_function(prediction, y), with prediction = model(x), gives the mean loss over the samples
    of the batch as a 0-D tensor. optimizer: one of torch.optim's that steps without a closure,
    such as SGD or Adam, over the model's parameters or some of them.
    A step follows the gradient of its own batch's loss alone: what earlier batches, or whoever
    came before, left in .grad does not count.
    Returns a Python float: the mean over all samples, not over batches, of the losses, each taken
    before its batch's step. So a short last batch counts for less.
    Graphs of earlier batches don't pile up: memory does not grow with the number of batches.

    >>> model = nn.Linear(1, 1, bias=False)
    >>> _ = nn.init.zeros_(model.weight)
    >>> optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    >>> x, y = torch.ones(4, 1), torch.tensor([[5.0], [5.0], [5.0], [1.0]])
    >>> batches = [(x[:3], y[:3]), (x[3:], y[3:])]
    >>> train_epoch(model, batches, nn.functional.mse_loss, optimizer)
    18.75
    >>> model.weight.item()
    1.0
    """
    raise NotImplementedError


def accuracy(model: nn.Module, x: torch.Tensor, y: torch.Tensor) -> float:
    """Measure the share of samples whose largest logit belongs to the right class.

    model: any nn.Module that makes logits (n, classes) of x; x: (n, ...), n at least 1; y: (n,),
    int64, the class of each sample. All lie on one device. Equal largest logits are not asked
    about.
    Returns a Python float from 0 to 1; the precision of a float32 mean will do.
    The model runs in eval mode, every submodule too, and without a graph: gradients are off
    while it does. Afterwards every submodule is in the mode that it was in, each its own (one that
    you had frozen in eval mode stays there), and parameters are as they were, .grad included.

    >>> logits = torch.tensor([[2.0, 1.0], [0.0, 3.0], [5.0, 4.0], [1.0, 2.0]])
    >>> accuracy(nn.Identity(), logits, torch.tensor([0, 1, 1, 1]))
    0.75
    """
    raise NotImplementedError


def fit(
    model: nn.Module,
    train: tuple[torch.Tensor, torch.Tensor],
    validation: tuple[torch.Tensor, torch.Tensor],
    epochs: int,
    learning_rate: float,
    seed: int,
) -> dict[str, list[float]]:
    """Train a model with cross-entropy, keep its best weights, and tell how it went.

    model: an nn.Module that makes logits (n, classes) of x, on the data's device. It draws no
    random numbers (as dropout would) and takes a single sample too, in train mode (as batch
    normalization would not). It is trained itself, not a copy, in train mode, and its accuracy
    is measured in eval mode.
    train, validation: each a tuple (x, y) of at least one sample, x (n, ...) floating and y (n,)
    int64; samples of validation are for measuring, never for training. epochs: an int, at least
    1; learning_rate: a float, 0 or more, the optimizer's; at 0 the weights stay as they are.
    seed: an int from 0 to 2**31, for the order of the samples. Optimizer and size of batch are up
    to you, as long as a linear model tells two groups of 30 points, centred at (-2, -2) and
    (2, 2) with deviations of 0.4, apart after 30 epochs at a learning rate of 0.1.
    Returns {"train_loss": [...], "validation_accuracy": [...]}, two lists with a Python float for
    each epoch: the mean cross-entropy over the training samples, as train_epoch tells it or as
    measured after the epoch; and the accuracy on the validation samples, measured after the epoch.
    In the end the model has the weights, and buffers if it has any (all of its state_dict()), of
    the epoch with the best validation accuracy; where that was reached more than once, of any of
    these epochs. What it was before the first epoch does not compete.
    An equal model, the same data and seed give the same history, whatever lay in .grad; the
    global random states (torch's, NumPy's, Python's) are left as they were.

    >>> x, y = torch.tensor([[-2.0], [-1.0], [1.0], [2.0]]), torch.tensor([0, 0, 1, 1])
    >>> model = MLP([1, 2])
    >>> history = fit(model, (x, y), (x, y), epochs=30, learning_rate=0.1, seed=0)
    >>> history["validation_accuracy"][-1], len(history["train_loss"])
    (1.0, 30)
    """
    raise NotImplementedError


def solve_moons(x: torch.Tensor, y: torch.Tensor, seed: int) -> nn.Module:
    """Build and train a network that tells two interleaved half-moons apart.

    x: (n, 2) float32, y: (n,) int64 of 0s and 1s, n from 400 to 2000, in any order, on any device.
    A point of class 0 lies on the upper half of a circle, (cos t, sin t) with t from 0 to π, and
    one of class 1 on a lower half, (1 - cos t, 0.5 - sin t); about as many on each. Then normal
    noise of standard deviation 0.15 at most was added to both coordinates.
    seed: an int from 0 to 2**31, for all that is drawn: the same points and seed make the same
    model. The global random states (torch's, NumPy's, Python's) are left as they were.
    Returns an nn.Module on x's device that in eval mode makes logits (m, 2), float32, of any m
    points (m, 2), each whatever the others are, and gets 97 % right of a thousand points or more
    that were drawn alike but held out.
    Architecture, optimizer and loop are up to you. Keep it small: you have at least five seconds,
    and ten times as long as the reference needs where that is more.

    >>> generator = torch.Generator().manual_seed(1)
    >>> t, y = torch.pi * torch.rand(600, generator=generator), torch.arange(600) % 2
    >>> x = torch.stack([torch.cos(t), torch.sin(t)], dim=1)
    >>> x[y == 1] = torch.tensor([1.0, 0.5]) - x[y == 1]
    >>> x += 0.1 * torch.randn(600, 2, generator=generator)
    >>> model = solve_moons(x[:400], y[:400], seed=0)
    >>> accuracy(model, x[400:], y[400:]) >= 0.97
    True
    """
    raise NotImplementedError
