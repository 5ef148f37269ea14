"""What the spec of k18_training_loop must reject too, though no learner would write it."""

import itertools
import random

import torch
from torch import nn

from ..wrong.k18_training_loop import _MLP, _batches, _epoch, _fit, _share, _trained

ABOUT_DEVICES = ("train_epoch__batches_to_the_cpu",)


class MLP__shared_layer(_MLP):
    """Layers of the same shape are one and the same in yours. Make a new one for each pair."""

    def __init__(self, sizes):
        nn.Module.__init__(self)
        made = {pair: nn.Linear(*pair) for pair in itertools.pairwise(sizes)}
        self.layers = nn.ModuleList(made[pair] for pair in itertools.pairwise(sizes))


class MLP__last_layer_of_zeros(_MLP):
    """Your last layer starts at zero. All weights are to start random."""

    def __init__(self, sizes):
        super().__init__(sizes)
        nn.init.zeros_(self.layers[-1].weight)


class MLP__detached(_MLP):
    """You cut the graph between layers, so the first ones never learn. Leave out detach."""

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x)).detach()
        return self.layers[-1](x)


class MLP__no_grad(_MLP):
    """You ran the layers under no_grad, so backward finds no graph. Training needs one."""

    @torch.no_grad()
    def forward(self, x):
        return super().forward(x)


class MLP__shared_seed(_MLP):
    """Every model you make starts with the same weights. Leave the drawing to nn.Linear."""

    def __init__(self, sizes):
        nn.Module.__init__(self)
        with torch.random.fork_rng(devices=[]):
            torch.default_generator.manual_seed(0)
            self.layers = nn.ModuleList(nn.Linear(*pair) for pair in itertools.pairwise(sizes))


class MLP__float32_within(_MLP):
    """You computed in float32, so a float64 model loses half its digits. Keep the dtype."""

    def forward(self, x):
        result = x.float()
        for place, layer in enumerate(self.layers):
            result = torch.relu(result) if place else result
            result = nn.functional.linear(result, layer.weight.float(), layer.bias.float())
        return result.to(x.dtype)


def minibatches__holds_fork_open(x, y, batch_size, seed):
    """Between two batches the global random state is still yours. Close fork_rng before yield."""
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)
        order = torch.randperm(len(x)).to(x.device)
        for start in range(0, len(x), batch_size):
            chosen = order[start : start + batch_size]
            yield x[chosen], y[chosen]


def minibatches__evened_out(x, y, batch_size, seed):
    """You made batches of nearly equal length. All are full but the last, which may be short."""
    generator = torch.Generator(device=x.device).manual_seed(seed)
    order = torch.randperm(len(x), generator=generator, device=x.device)
    if len(x):
        for chosen in order.tensor_split(-(-len(x) // batch_size)):
            yield x[chosen], y[chosen]


def minibatches__random_start(x, y, batch_size, seed):
    """You only began at a random place. Neighbours stay neighbours: use randperm."""
    shift = random.Random(seed).randrange(max(len(x), 1))
    x, y = x.roll(shift, 0), y.roll(shift, 0)
    for start in range(0, len(x), batch_size):
        yield x[start : start + batch_size], y[start : start + batch_size]


def minibatches__biased_shuffle(x, y, batch_size, seed):
    """You swapped each place with any other, which favours some orders. Use randperm."""
    numbers, order = random.Random(seed), list(range(len(x)))
    for place in range(len(x)):
        other = numbers.randrange(len(x))
        order[place], order[other] = order[other], order[place]
    for start in range(0, len(x), batch_size):
        chosen = torch.tensor(order[start : start + batch_size], device=x.device)
        yield x[chosen], y[chosen]


def minibatches__joined(x, y, batch_size, seed):
    """You joined x and y into one tensor. A batch is a pair (x, y)."""
    for batch_x, batch_y in _batches(x, y, batch_size, seed):
        yield torch.cat([batch_x.flatten(1), batch_y.flatten()[:, None]], dim=1)


def minibatches__floats(x, y, batch_size, seed):
    """You turned the samples into float32. Their dtypes are kept."""
    for batch_x, batch_y in _batches(x, y, batch_size, seed):
        yield batch_x.float(), batch_y


def minibatches__through_doubles(x, y, batch_size, seed):
    """You sent the samples through float64, which rounds large integers. Just index them."""
    for batch_x, batch_y in _batches(x.double(), y.double(), batch_size, seed):
        yield batch_x.to(x.dtype), batch_y.to(y.dtype)


def minibatches__flattens(x, y, batch_size, seed):
    """You flattened the samples. Only the first axis is shuffled and cut; the rest stays."""
    for batch_x, batch_y in _batches(x, y, batch_size, seed):
        yield batch_x.flatten(1), batch_y.flatten()


def minibatches__in_place(x, y, batch_size, seed):
    """You shuffled the caller's own tensors. x[order] makes new ones."""
    generator = torch.Generator(device=x.device).manual_seed(seed)
    order = torch.randperm(len(x), generator=generator, device=x.device)
    x.copy_(x[order])
    y.copy_(y[order])
    for start in range(0, len(x), batch_size):
        yield x[start : start + batch_size], y[start : start + batch_size]


def train_epoch__weighs_by_elements(model, batches, loss_function, optimizer):
    """You multiplied by the elements of x and divided by samples. Count samples: len(x)."""
    model.train()
    total, samples = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * x.numel()
        samples += len(x)
    return total / samples


def train_epoch__two_steps(model, batches, loss_function, optimizer):
    """You took two steps for each batch. One is asked for."""
    model.train()
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        optimizer.step()
        losses += [loss.item()] * len(x)
    return sum(losses) / len(losses)


def train_epoch__reversed(model, batches, loss_function, optimizer):
    """You went through the batches from the last to the first. Keep their order."""
    return _epoch(model, list(batches)[::-1], loss_function, optimizer)


def train_epoch__clips(model, batches, loss_function, optimizer):
    """You clipped the gradients. The step follows the slope as it is."""
    model.train()
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 0.5)
        optimizer.step()
        losses += [loss.item()] * len(x)
    return sum(losses) / len(losses)


def train_epoch__ascends(model, batches, loss_function, optimizer):
    """You went up the slope: backward belongs to the loss, not to its negative."""
    model.train()
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        (-loss).backward()
        optimizer.step()
        losses += [loss.item()] * len(x)
    return sum(losses) / len(losses)


def train_epoch__only_the_outer_mode(model, batches, loss_function, optimizer):
    """You set training on the model alone. model.train() reaches its submodules too."""
    model.training = True
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses += [loss.item()] * len(x)
    return sum(losses) / len(losses)


def train_epoch__eval_for_the_loss(model, batches, loss_function, optimizer):
    """You switched to eval mode after the first batch and never back."""
    losses = []
    model.train()
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        model.eval()
        losses += [loss.item()] * len(x)
    return sum(losses) / len(losses)


def train_epoch__learns_the_input(model, batches, loss_function, optimizer):
    """You changed the batches in place: standardizing is not asked for, least of all there."""
    batches = list(batches)
    for x, _ in batches:
        x -= x.mean()
    return _epoch(model, batches, loss_function, optimizer)


def train_epoch__batches_to_the_cpu(model, batches, loss_function, optimizer):
    """You moved the batches to the CPU. The model may be on another device."""
    moved = ((x.cpu(), y.cpu()) for x, y in batches)
    return _epoch(model, moved, loss_function, optimizer)


def accuracy__smallest(model, x, y):
    """You took the smallest logit. The largest names the class."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    with torch.no_grad():
        guesses = model(x).argmin(dim=1)
    for module, mode in modes:
        module.training = mode
    return (guesses == y).float().mean().item()


def accuracy__largest_size(model, x, y):
    """You took the logit furthest from 0. The largest counts, and -3 is small."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    with torch.no_grad():
        guesses = model(x).abs().argmax(dim=1)
    for module, mode in modes:
        module.training = mode
    return (guesses == y).float().mean().item()


def accuracy__x_for_logits(model, x, y):
    """You looked for the largest entry of x. Run the model."""
    _share(model, x, y)
    return (x.flatten(1).argmax(dim=1) == y).float().mean().item()


def accuracy__unfreezes(model, x, y):
    """Afterwards all parameters require gradients, also those you were given frozen. no_grad()."""
    share = _share(model, x, y)
    model.requires_grad_(True)
    return share


def accuracy__clears_gradients(model, x, y):
    """You cleared the gradients. Measuring leaves them alone."""
    model.zero_grad()
    return _share(model, x, y)


def accuracy__sample_by_sample_in_train(model, x, y):
    """You put the modes back after the first sample and measured the rest in train mode."""
    first = _share(model, x[:1], y[:1])
    with torch.no_grad():
        rest = (model(x[1:]).argmax(dim=1) == y[1:]).sum().item() if len(x) > 1 else 0
    return (first + rest) / len(y)


def accuracy__standardizes_in_place(model, x, y):
    """You changed x. Leave what was passed in as it was."""
    share = _share(model, x, y)
    x -= x.mean()
    return share


def fit__label_smoothing(model, train, validation, epochs, learning_rate, seed):
    """You smoothed the labels, so train_loss is no longer the cross-entropy asked for."""
    return _fit(
        model, train, validation, epochs, learning_rate, seed,
        loss_function=nn.CrossEntropyLoss(label_smoothing=0.1),
    )  # fmt: skip


def fit__weight_decay_in_the_loss(model, train, validation, epochs, learning_rate, seed):
    """You added a penalty for weights to the loss. train_loss is cross-entropy alone."""
    return _fit(
        model, train, validation, epochs, learning_rate, seed,
        loss_function=lambda z, y: nn.functional.cross_entropy(z, y)
        + 0.1 * sum(parameter.square().sum() for parameter in model.parameters()),
    )  # fmt: skip


def fit__no_learning_rate_of_zero(model, train, validation, epochs, learning_rate, seed):
    """You took a learning rate of 0 for none at all, and chose one yourself."""
    return _fit(model, train, validation, epochs, learning_rate or 0.05, seed)


def fit__ascends(model, train, validation, epochs, learning_rate, seed):
    """You told the optimizer to maximize. The loss is to fall."""
    return _fit(
        model, train, validation, epochs, learning_rate, seed,
        optimizer=lambda parameters, lr: torch.optim.SGD(parameters, lr=lr, maximize=True),
    )  # fmt: skip


def fit__resets_the_model(model, train, validation, epochs, learning_rate, seed):
    """You began with new random weights. Train the model from where it is."""
    for module in model.modules():
        if hasattr(module, "reset_parameters"):
            module.reset_parameters()
    return _fit(model, train, validation, epochs, learning_rate, seed)


def fit__standardizes_in_place(model, train, validation, epochs, learning_rate, seed):
    """You changed the caller's samples. Leave them as they were."""
    train[0].sub_(train[0].mean(0)).div_(train[0].std(0))
    return _fit(model, train, validation, epochs, learning_rate, seed)


def solve_moons__other_class(x, y, seed):
    """Your classes are the wrong way round."""
    return _trained(x, 1 - y, seed)


def solve_moons__first_half_is_one_class(x, y, seed):
    """You trained on the first half. Where the points are in order, that is a single class."""
    return _trained(x[: len(x) // 2], y[: len(x) // 2], seed)
