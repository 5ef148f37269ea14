"""Other right answers that the spec of k18_training_loop must accept."""

import copy
import itertools
import math
import random

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset


class MLP__sequential(nn.Sequential):
    """Is an nn.Sequential itself."""

    def __init__(self, sizes):
        parts = []
        for into, out in itertools.pairwise(sizes):
            parts += [nn.Linear(into, out), nn.ReLU()]
        super().__init__(*parts[:-1])


class MLP__own_parameters(nn.Module):
    """Draws its parameters itself and multiplies matrices."""

    def __init__(self, sizes):
        super().__init__()
        self.weights, self.biases = nn.ParameterList(), nn.ParameterList()
        for into, out in itertools.pairwise(sizes):
            self.weights.append(nn.Parameter(torch.randn(out, into) * math.sqrt(2 / into)))
            self.biases.append(nn.Parameter(torch.zeros(out)))

    def forward(self, x):
        last = len(self.weights) - 1
        for place, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            x = torch.addmm(bias, x, weight.T)
            if place < last:
                x = x.clamp_min(0)
        return x


class MLP__head_and_body(nn.Module):
    """Keeps the last layer apart and rectifies in place."""

    def __init__(self, sizes):
        super().__init__()
        *hidden, classes = sizes
        self.head = nn.Linear(hidden[-1], classes)
        self.body = nn.ModuleList(map(nn.Linear, hidden[:-1], hidden[1:]))

    def forward(self, x):
        for layer in self.body:
            x = F.relu(layer(x), inplace=True)
        return self.head(x)


class MLP__recursive(nn.Module):
    """Is a layer in front of a smaller network."""

    def __init__(self, sizes):
        super().__init__()
        self.first = nn.Linear(sizes[0], sizes[1])
        self.rest = type(self)(sizes[1:]) if len(sizes) > 2 else None

    def forward(self, x):
        x = self.first(x)
        return x if self.rest is None else self.rest(torch.where(x > 0, x, torch.zeros_like(x)))


def minibatches__data_loader(x, y, batch_size, seed):
    """Leaves the work to torch's DataLoader, whose batches are lists."""
    if len(x):
        generator = torch.Generator().manual_seed(seed)
        data = TensorDataset(x, y)
        yield from DataLoader(data, batch_size, shuffle=True, generator=generator)


def minibatches__permuted_first(x, y, batch_size, seed):
    """Permutes on the CPU, then hands out views."""
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed)).to(x.device)
    x, y = x[order], y[order]
    for start in range(0, len(x), batch_size):
        yield x[start : start + batch_size], y[start : start + batch_size]


def minibatches__zipped_splits(x, y, batch_size, seed):
    """Zips the pieces of both; an iterator without yield."""
    order = torch.from_numpy(np.random.default_rng(seed).permutation(len(x))).to(x.device)
    pieces = zip(x[order].split(batch_size), y[order].split(batch_size), strict=True)
    return ((batch_x, batch_y) for batch_x, batch_y in pieces if len(batch_x))


def minibatches__python_s_own(x, y, batch_size, seed):
    """Shuffles a list of numbers."""
    order = list(range(len(x)))
    random.Random(seed).shuffle(order)
    while order:
        chosen, order = order[:batch_size], order[batch_size:]
        chosen = torch.tensor(chosen, device=x.device)
        yield x.index_select(0, chosen), y.index_select(0, chosen)


def minibatches__sorted_keys(x, y, batch_size, seed):
    """Sorts random keys."""
    generator = torch.Generator(device=x.device).manual_seed(seed)
    keys = torch.rand(len(x), generator=generator, device=x.device, dtype=torch.float32)
    order = keys.argsort()
    for batch in range((len(x) + batch_size - 1) // batch_size):
        chosen = order[batch * batch_size :][:batch_size]
        yield x[chosen], y[chosen]


def _forked():
    """fork_rng for the accelerator that there is, which older versions of torch do not look for."""
    accelerator = torch.accelerator.current_accelerator()
    return torch.random.fork_rng(device_type=accelerator.type if accelerator else "cuda")


def minibatches__forked(x, y, batch_size, seed):
    """Draws from the global generator, which it puts back before the first batch."""
    with _forked():
        torch.manual_seed(seed)
        order = torch.randperm(len(x)).to(x.device)
    for chosen in order.split(batch_size) if len(x) else ():
        yield x[chosen], y[chosen]


def train_epoch__gradients_to_none_afterwards(model, batches, loss_function, optimizer):
    """Clears the gradients of the model once before, and the optimizer's after each step."""
    model.train()
    model.zero_grad()
    optimizer.zero_grad()
    losses, lengths = [], []
    for x, y in batches:
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=False)
        losses.append(loss.item())
        lengths.append(x.shape[0])
    return float(np.average(losses, weights=lengths))


def train_epoch__detached_total(model, batches, loss_function, optimizer):
    """Adds detached losses up on the device, and asks for the number once."""
    model.train(True)
    total, samples = 0, 0
    for batch in batches:
        x, y = batch
        prediction = model(x)
        loss = loss_function(prediction, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total = total + loss.detach() * y.size(0)
        samples += y.size(0)
    return (total / samples).item()


def train_epoch__running_mean(model, batches, loss_function, optimizer):
    """Keeps a running mean, of batches that were put in a list first."""
    mean, samples = 0.0, 0
    for x, y in list(batches):
        model.train()
        model.zero_grad(set_to_none=True)
        loss = loss_function(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        samples += len(x)
        mean += (loss.item() - mean) * len(x) / samples
    return mean


def train_epoch__autograd_grad(model, batches, loss_function, optimizer):
    """Asks torch.autograd.grad for the gradients and puts them where the optimizer looks."""
    model.train()
    parameters = [p for group in optimizer.param_groups for p in group["params"]]
    every = []
    for x, y in batches:
        loss = loss_function(model(x), y)
        gradients = torch.autograd.grad(loss, parameters, allow_unused=True)
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter.grad = gradient
        optimizer.step()
        every.extend([loss.item()] * len(x))
    return math.fsum(every) / len(every)


def _one_step(model, x, y, loss_function, optimizer):
    model.train()
    for group in optimizer.param_groups:
        for parameter in group["params"]:
            parameter.grad = None
    loss = loss_function(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.detach().cpu().double() * len(x)


def train_epoch__step_by_step(model, batches, loss_function, optimizer):
    """Leaves a step to a helper, with which its graph ends; a total in float64."""
    parts, samples = [], 0
    for x, y in batches:
        parts.append(_one_step(model, x, y, loss_function, optimizer))
        samples += x.size(0)
    return (torch.stack(parts).sum() / samples).item()


def train_epoch__closure(model, batches, loss_function, optimizer):
    """Hands the optimizer a closure, which it calls once."""
    model.train()
    total, samples = 0.0, 0
    for x, y in batches:

        def closure(x=x, y=y):
            optimizer.zero_grad()
            loss = loss_function(model(x), y)
            loss.backward()
            return loss

        total += optimizer.step(closure).item() * len(x)
        samples += len(x)
    return total / samples


def accuracy__dict_of_modes(model, x, y):
    """Remembers the modes by name, and puts them back whatever happens."""
    modes = {name: module.training for name, module in model.named_modules()}
    try:
        model.train(False)
        with torch.inference_mode():
            right = torch.eq(torch.max(model(x), dim=-1).indices, y)
            return right.cpu().double().mean().item()
    finally:
        for name, module in model.named_modules():
            module.training = modes[name]


@torch.no_grad()
def accuracy__outside_in(model, x, y):
    """Puts modes back from the outermost module in, so that inner ones have the last word."""
    modes = [module.training for module in model.modules()]
    logits = model.eval()(x)
    for module, mode in zip(model.modules(), modes, strict=True):
        module.train(mode)
    return float((logits.argsort(dim=1)[:, -1] == y).float().mean())


def accuracy__gather(model, x, y):
    """Asks whether the right class's logit is the row's largest."""
    on = [module for module in model.modules() if module.training]
    for module in on:
        module.training = False
    with torch.no_grad():
        logits = model(x)
        own = logits.gather(1, y.unsqueeze(1)).squeeze(1)
        right = torch.count_nonzero(own == logits.amax(dim=1))
    for module in on:
        module.training = True
    return int(right) / x.shape[0]


def accuracy__in_pieces(model, x, y):
    """Measures a few samples at a time and counts in Python."""
    on = [module for module in model.modules() if module.training]
    right = 0
    with torch.no_grad():
        model.eval()
        for batch_x, batch_y in zip(x.split(2), y.split(2), strict=True):
            guesses = model(batch_x).topk(1).indices[:, 0]
            right += sum(a == b for a, b in zip(guesses.tolist(), batch_y.tolist(), strict=True))
    for module in on:
        module.training = True
    return right / x.shape[0]


def accuracy__on_a_copy(model, x, y):
    """Measures a copy, and leaves the model itself alone."""
    twin = copy.deepcopy(model).eval()
    with torch.no_grad():
        guesses = twin(x).cpu().numpy().argmax(axis=1)
    return float(np.mean(guesses == y.cpu().numpy()))


def _epoch(model, x, y, batch_size, generator, optimizer):
    model.train()
    total = 0.0
    order = torch.randperm(len(x), generator=generator).to(x.device)
    for chosen in order.split(batch_size):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x[chosen]), y[chosen])
        loss.backward()
        optimizer.step()
        total += loss.item() * len(chosen)
    return total / len(x)


def _measured(model, x, y):
    model.eval()
    with torch.no_grad():
        return (model(x).argmax(1) == y).cpu().double().mean().item()


def fit__adam_and_clones(model, train, validation, epochs, learning_rate, seed):
    """Adam in batches of 16, one generator throughout; the last of equally good epochs."""
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
    history = {"train_loss": [], "validation_accuracy": []}
    for _ in range(epochs):
        history["train_loss"].append(_epoch(model, *train, 16, generator, optimizer))
        history["validation_accuracy"].append(_measured(model, *validation))
        if history["validation_accuracy"][-1] == max(history["validation_accuracy"]):
            best = {name: value.clone() for name, value in model.state_dict().items()}
    model.load_state_dict(best)
    return history


def fit__whole_batch_measured_afterwards(model, train, validation, epochs, learning_rate, seed):
    """One step an epoch by plain gradient descent; the loss is measured anew after it."""
    (x, y), losses, shares, kept = train, [], [], []
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    for _ in range(epochs):
        model.train()
        optimizer.zero_grad()
        F.cross_entropy(model(x), y).backward()
        optimizer.step()
        with torch.no_grad():
            losses.append(F.cross_entropy(model(x), y).item())
        shares.append(_measured(model, *validation))
        kept.append(copy.deepcopy(model.state_dict()))
    model.load_state_dict(kept[shares.index(max(shares))])
    return {"train_loss": losses, "validation_accuracy": shares}


def fit__adamw_one_by_one(model, train, validation, epochs, learning_rate, seed):
    """AdamW, eight samples a step; copies parameters and buffers back by hand."""
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.AdamW(model.parameters(), lr=learning_rate)
    losses, shares, best = [], [], None
    for _ in range(epochs):
        losses.append(_epoch(model, *train, 8, generator, optimizer))
        shares.append(_measured(model, *validation))
        if shares[-1] > max(shares[:-1], default=-1.0):
            best = [p.detach().clone() for p in (*model.parameters(), *model.buffers())]
    with torch.no_grad():
        for place, kept in zip((*model.parameters(), *model.buffers()), best, strict=True):
            place.copy_(kept)
    return {"validation_accuracy": shares, "train_loss": losses}


def fit__momentum_by_hand(model, train, validation, epochs, learning_rate, seed):
    """Takes its own steps with momentum, in interleaved batches, from torch.autograd.grad."""
    (x, y), numbers = train, random.Random(seed)
    parameters = list(model.parameters())
    speeds = [torch.zeros_like(parameter) for parameter in parameters]
    losses, shares, states = [], [], []
    for _ in range(epochs):
        order, total = numbers.sample(range(len(x)), len(x)), 0.0
        parts = max(1, len(x) // 8)
        model.train()
        for part in range(parts):
            chosen = torch.tensor(order[part::parts], device=x.device)
            loss = F.cross_entropy(model(x[chosen]), y[chosen])
            slopes = torch.autograd.grad(loss, parameters)
            with torch.no_grad():
                for parameter, speed, slope in zip(parameters, speeds, slopes, strict=True):
                    parameter -= learning_rate * speed.mul_(0.5).add_(slope)
            total += loss.item() * len(chosen)
        losses.append(total / len(x))
        shares.append(_measured(model, *validation))
        states.append(copy.deepcopy(model.state_dict()))
    model.load_state_dict(max(zip(shares, range(epochs), states, strict=True))[2])
    return {"train_loss": losses, "validation_accuracy": shares}


def fit__data_loader(model, train, validation, epochs, learning_rate, seed):
    """Uses a DataLoader, RMSprop, and a copy of the whole model."""
    generator = torch.Generator().manual_seed(seed)
    loader = DataLoader(TensorDataset(*train), batch_size=20, shuffle=True, generator=generator)
    optimizer = torch.optim.RMSprop(model.parameters(), lr=learning_rate)
    history = {"train_loss": [], "validation_accuracy": []}
    best_model, best = None, -math.inf
    for _ in range(epochs):
        model.train()
        losses = []
        for x, y in loader:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(x), y)
            loss.backward()
            optimizer.step()
            losses += [loss.item()] * len(y)
        history["train_loss"].append(float(np.mean(losses)))
        history["validation_accuracy"].append(_measured(model, *validation))
        if history["validation_accuracy"][-1] >= best:
            best, best_model = history["validation_accuracy"][-1], copy.deepcopy(model)
    model.load_state_dict(best_model.state_dict())
    return history


def fit__first_weights_compete(model, train, validation, epochs, learning_rate, seed):
    """Lets the weights from before the first epoch compete; clears gradients after each step."""
    generator = torch.Generator().manual_seed(seed)
    loader = DataLoader(TensorDataset(*train), batch_size=16, shuffle=True, generator=generator)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=0.9)
    optimizer.zero_grad()
    best, weights = _measured(model, *validation), copy.deepcopy(model.state_dict())
    history = {"train_loss": [], "validation_accuracy": []}
    for _ in range(epochs):
        model.train()
        total = 0.0
        for x, y in loader:
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            total += loss.item() * len(x)
        history["train_loss"].append(total / len(train[0]))
        history["validation_accuracy"].append(_measured(model, *validation))
        if history["validation_accuracy"][-1] > best:
            best, weights = history["validation_accuracy"][-1], copy.deepcopy(model.state_dict())
    model.load_state_dict(weights)
    return history


def _network(seed, *parts):
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)
        return nn.Sequential(*(part() for part in parts))


def solve_moons__adam(x, y, seed):
    """Adam on all points at once."""
    hidden = lambda: nn.Linear(2, 32)  # noqa: E731
    model = _network(seed, hidden, nn.ReLU, lambda: nn.Linear(32, 2)).to(x.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(150):
        optimizer.zero_grad()
        F.cross_entropy(model(x), y).backward()
        optimizer.step()
    return model.eval()


def solve_moons__minibatches(x, y, seed):
    """Small batches, two hidden layers of tanh."""
    model = _network(
        seed, lambda: nn.Linear(2, 16), nn.Tanh, lambda: nn.Linear(16, 16), nn.Tanh,
        lambda: nn.Linear(16, 2),
    ).to(x.device)  # fmt: skip
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(30):
        _epoch(model, x, y, 50, generator, optimizer)
    return model


def solve_moons__forked(x, y, seed):
    """Seeds the global generators within fork_rng, which puts them back."""
    with _forked():
        torch.manual_seed(seed)
        model = nn.Sequential(nn.Linear(2, 48), nn.ReLU(), nn.Linear(48, 2)).to(x.device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.9, nesterov=True)
    for _ in range(120):
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(model(x), y).backward()
        optimizer.step()
    return model


class _Features(nn.Module):
    """A linear layer on random waves."""

    def __init__(self, waves, shift, weight):
        super().__init__()
        self.register_buffer("waves", waves)
        self.register_buffer("shift", shift)
        self.weight = nn.Parameter(weight)

    def seen(self, x):
        return torch.cos(x @ self.waves + self.shift)

    def forward(self, x):
        return self.seen(x) @ self.weight


def solve_moons__random_features(x, y, seed):
    """Fixed random features, and only the last layer trained, to the labels' signs."""
    numbers = np.random.default_rng(seed)
    waves = torch.tensor(numbers.standard_normal((2, 100)) * 2, dtype=torch.float32).to(x.device)
    shift = torch.tensor(numbers.uniform(0, 6.28, 100), dtype=torch.float32).to(x.device)
    model = _Features(waves, shift, torch.zeros(100, 2, device=x.device))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    for _ in range(80):
        optimizer.zero_grad()
        F.cross_entropy(model(x), y).backward()
        optimizer.step()
    return model


def solve_moons__ridge(x, y, seed):
    """Solves for the last layer in float64 on the CPU instead of descending."""
    generator = torch.Generator().manual_seed(seed)
    waves = 1.5 * torch.randn(2, 200, generator=generator)
    model = _Features(waves, 6.28 * torch.rand(200, generator=generator), torch.zeros(200, 2))
    seen = model.seen(x.cpu()).double()
    gram = seen.T @ seen + torch.eye(200, dtype=torch.float64)
    target = 2 * F.one_hot(y.cpu(), 2).double() - 1
    with torch.no_grad():
        model.weight.copy_(torch.linalg.solve(gram, seen.T @ target))
    return model.to(x.device)
