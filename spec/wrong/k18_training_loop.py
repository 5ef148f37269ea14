"""Mistakes that the spec of k18_training_loop must reject, each with the words that name it."""

import copy
import itertools
import random

import numpy as np
import torch
from torch import nn

ABOUT_DEVICES = (
    "MLP__tensor_on_self",
    "minibatches__through_numpy",
    "minibatches__generator_of_the_cpu",
    "train_epoch__total_on_the_cpu",
    "accuracy__classes_in_numpy",
    "accuracy__model_moved_to_the_cpu",
    "fit__weights_on_the_cpu",
    "solve_moons__model_on_the_cpu",
)


def _batches(x, y, batch_size, seed):
    """Right minibatches, for answers that are wrong elsewhere."""
    generator = torch.Generator(device=x.device).manual_seed(seed)
    order = torch.randperm(len(x), generator=generator, device=x.device)
    for chosen in order.split(batch_size):
        if len(chosen):
            yield x[chosen], y[chosen]


def _epoch(model, batches, loss_function, optimizer):
    """A right epoch, for answers that are wrong elsewhere."""
    model.train()
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses += [loss.item()] * len(x)
    return sum(losses) / len(losses)


def _share(model, x, y):
    """A right accuracy, for answers that are wrong elsewhere."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    with torch.no_grad():
        share = (model(x).argmax(1) == y).double().mean().item()
    for module, mode in modes:
        module.training = mode
    return share


class _MLP(nn.Module):
    """A right network, of which most classes below change one thing."""

    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(*pair) for pair in itertools.pairwise(sizes))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)


def _fit(model, train, validation, epochs, learning_rate, seed, **faults):
    """fit with a place for each fault."""
    fault = faults.get
    make = fault("optimizer") or (lambda p, lr: torch.optim.SGD(p, lr=lr, momentum=0.9))
    optimizer = make(model.parameters(), learning_rate)
    loss_function = fault("loss_function") or nn.functional.cross_entropy
    epoch_of = fault("epoch") or _epoch
    measure = fault("measure") or _share
    history = {"train_loss": [], "validation_accuracy": []}
    best, weights = -1.0, None
    for epoch in range(epochs):
        batches = _batches(*train, 32, seed + epoch)
        history["train_loss"].append(epoch_of(model, batches, loss_function, optimizer))
        share = measure(model, *validation)
        history["validation_accuracy"].append(share)
        if share > best:
            best, weights = share, copy.deepcopy(model.state_dict())
    model.load_state_dict(weights)
    return history


def _keeping(model, train, validation, epochs, learning_rate, seed, keep, better, start, worst):
    """fit that keeps weights in one way or another."""
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=0.9)
    history = {"train_loss": [], "validation_accuracy": []}
    best, weights = worst, start
    for epoch in range(epochs):
        batches = _batches(*train, 32, seed + epoch)
        loss = _epoch(model, batches, nn.functional.cross_entropy, optimizer)
        share = _share(model, *validation)
        history["train_loss"].append(loss)
        history["validation_accuracy"].append(share)
        if better(share, loss, best):
            best, weights = (share, loss), keep(model)
    model.load_state_dict(weights)
    return history


def _copied(model):
    return copy.deepcopy(model.state_dict())


def _trained(x, y, seed, sizes=(2, 64, 2), steps=60, learning_rate=0.5):
    """Right training, for answers that are wrong elsewhere."""
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)
        layers = [nn.Linear(*pair) for pair in itertools.pairwise(sizes)]
    between = [part for layer in layers for part in (layer, nn.ReLU())]
    model = nn.Sequential(*between[:-1]).to(x.device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=0.9)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    return model


class MLP__relu_at_the_end(_MLP):
    """You put a ReLU after the last layer too. Logits may be negative."""

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x


class MLP__softmax_at_the_end(_MLP):
    """You made probabilities. Logits are asked for: cross_entropy has the softmax in it."""

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return torch.softmax(self.layers[-1](x), dim=1)


class MLP__plain_list(_MLP):
    """A module does not find the layers in a plain list. Use nn.ModuleList or nn.Sequential."""

    def __init__(self, sizes):
        nn.Module.__init__(self)
        self.layers = [nn.Linear(*pair) for pair in itertools.pairwise(sizes)]


class MLP__without_relu(nn.Module):
    """Without a ReLU between them, all your layers are no more than one linear layer."""

    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.Sequential(*(nn.Linear(*pair) for pair in itertools.pairwise(sizes)))

    def forward(self, x):
        return self.layers(x)


class MLP__without_super(_MLP):
    """__init__ must call super().__init__() before it assigns layers to self."""

    def __init__(self, sizes):
        self.layers = nn.ModuleList(nn.Linear(*pair) for pair in itertools.pairwise(sizes))


class MLP__first_and_last_only(nn.Module):
    """You made one hidden layer, whatever sizes says. Each pair of neighbours is a layer."""

    def __init__(self, sizes):
        super().__init__()
        self.first = nn.Linear(sizes[0], sizes[1])
        self.last = nn.Linear(sizes[1], sizes[-1])

    def forward(self, x):
        return self.last(torch.relu(self.first(x)))


class MLP__log_softmax_at_the_end(_MLP):
    """You made log-probabilities. Logits are asked for: cross_entropy has the softmax in it."""

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return torch.log_softmax(self.layers[-1](x), dim=1)


class MLP__sigmoid_between(_MLP):
    """You put sigmoids between the layers. A ReLU is asked for."""

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.sigmoid(layer(x))
        return self.layers[-1](x)


class MLP__leaky(_MLP):
    """A leaky ReLU lets some of the negative through. A ReLU gives 0 there."""

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = nn.functional.leaky_relu(layer(x))
        return self.layers[-1](x)


class MLP__relu_on_the_input(_MLP):
    """You put a ReLU before each layer, the first too, so negative features are lost."""

    def forward(self, x):
        for layer in self.layers:
            x = layer(torch.relu(x))
        return x


class MLP__relu_in_place_on_the_input(_MLP):
    """An in-place ReLU changed the batch that was passed in."""

    def forward(self, x):
        original, x = x, x.clone()
        original.relu_()
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)


class MLP__without_bias(_MLP):
    """Your layers have no bias. Each has a weight and a bias."""

    def __init__(self, sizes):
        nn.Module.__init__(self)
        pairs = itertools.pairwise(sizes)
        self.layers = nn.ModuleList(nn.Linear(*pair, bias=False) for pair in pairs)


class MLP__last_layer_missing(nn.Module):
    """You left out a layer: sizes of length k make k - 1 layers."""

    def __init__(self, sizes):
        super().__init__()
        pairs = itertools.pairwise(sizes[:-1])
        self.layers = nn.ModuleList(nn.Linear(*pair) for pair in pairs)

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x


class MLP__weights_transposed(nn.Module):
    """You made weights (in, out). As in nn.Linear a weight is (out, in)."""

    def __init__(self, sizes):
        super().__init__()
        pairs = list(itertools.pairwise(sizes))
        self.weights = nn.ParameterList(torch.randn(into, out) for into, out in pairs)
        self.biases = nn.ParameterList(torch.zeros(out) for _, out in pairs)

    def forward(self, x):
        for place, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            x = (torch.relu(x) if place else x) @ weight + bias
        return x


class MLP__dropout(_MLP):
    """You put dropout between the layers. Only a ReLU is asked for."""

    def __init__(self, sizes):
        super().__init__(sizes)
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.dropout(torch.relu(layer(x)))
        return self.layers[-1](x)


class MLP__batch_norm(_MLP):
    """You put batch normalization between the layers. Only a ReLU is asked for."""

    def __init__(self, sizes):
        super().__init__(sizes)
        self.norms = nn.ModuleList(nn.BatchNorm1d(size) for size in sizes[1:-1])

    def forward(self, x):
        for layer, norm in zip(self.layers[:-1], self.norms, strict=True):
            x = torch.relu(norm(layer(x)))
        return self.layers[-1](x)


class MLP__zeros(_MLP):
    """All neurons start at zero, and stay twins for ever. Random weights tell them apart."""

    def __init__(self, sizes):
        super().__init__(sizes)
        for parameter in self.parameters():
            nn.init.zeros_(parameter)


class MLP__float64(_MLP):
    """You made float64 parameters. They are float32, until somebody calls .double()."""

    def __init__(self, sizes):
        nn.Module.__init__(self)
        pairs = itertools.pairwise(sizes)
        self.layers = nn.ModuleList(nn.Linear(*pair, dtype=torch.float64) for pair in pairs)


class MLP__through_float32(_MLP):
    """You turned the batch into float32, which a float64 model cannot take. Keep its dtype."""

    def forward(self, x):
        x = x.float()
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)


class MLP__takes_from_sizes(_MLP):
    """You took the sizes out of the caller's list. Work on a copy."""

    def __init__(self, sizes):
        nn.Module.__init__(self)
        self.layers = nn.ModuleList()
        while len(sizes) > 1:
            self.layers.append(nn.Linear(sizes.pop(0), sizes[0]))


class MLP__tensor_on_self(_MLP):
    """A plain tensor, on self or made in forward, stays on the CPU. Use a parameter, or device=."""

    def __init__(self, sizes):
        super().__init__(sizes)
        self.shift = torch.zeros(sizes[-1])

    def forward(self, x):
        return super().forward(x) + self.shift


def minibatches__not_shuffled(x, y, batch_size, seed):
    """You took the samples in the order in which they lie. Shuffle them by the seed."""
    for start in range(0, len(x), batch_size):
        yield x[start : start + batch_size], y[start : start + batch_size]


def minibatches__global_seed(x, y, batch_size, seed):
    """You reseeded torch's global generator, as torch.manual_seed does. Draw from a torch.Generator
    of your own."""
    torch.default_generator.manual_seed(seed)
    order = torch.randperm(len(x)).to(x.device)
    for start in range(0, len(x), batch_size):
        chosen = order[start : start + batch_size]
        yield x[chosen], y[chosen]


def minibatches__drops_the_rest(x, y, batch_size, seed):
    """You dropped the samples that fill no whole batch. They make a shorter last one."""
    for batch_x, batch_y in _batches(x, y, batch_size, seed):
        if len(batch_x) == batch_size:
            yield batch_x, batch_y


def minibatches__shuffled_apart(x, y, batch_size, seed):
    """You shuffled x and y each by an order of its own. Index both with the same permutation."""
    generator = torch.Generator(device=x.device).manual_seed(seed)
    x = x[torch.randperm(len(x), generator=generator, device=x.device)]
    y = y[torch.randperm(len(y), generator=generator, device=x.device)]
    for start in range(0, len(x), batch_size):
        yield x[start : start + batch_size], y[start : start + batch_size]


def minibatches__generator_of_the_cpu(x, y, batch_size, seed):
    """A generator belongs to a device: one of the CPU cannot draw on another."""
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(x), generator=generator, device=x.device)
    for start in range(0, len(x), batch_size):
        chosen = order[start : start + batch_size]
        yield x[chosen], y[chosen]


def minibatches__list(x, y, batch_size, seed):
    """You returned a list. A generator hands out one batch at a time: use yield."""
    return list(_batches(x, y, batch_size, seed))


def minibatches__only_x_shuffled(x, y, batch_size, seed):
    """You shuffled x and left y in its order, so samples got strange targets."""
    generator = torch.Generator(device=x.device).manual_seed(seed)
    x = x[torch.randperm(len(x), generator=generator, device=x.device)]
    for start in range(0, len(x), batch_size):
        yield x[start : start + batch_size], y[start : start + batch_size]


def minibatches__one_too_many(x, y, batch_size, seed):
    """Where batch_size divides the number of samples, you yielded an empty batch at the end."""
    generator = torch.Generator(device=x.device).manual_seed(seed)
    order = torch.randperm(len(x), generator=generator, device=x.device)
    for batch in range(len(x) // batch_size + 1):
        chosen = order[batch * batch_size : (batch + 1) * batch_size]
        yield x[chosen], y[chosen]


def minibatches__split_of_nothing(x, y, batch_size, seed):
    """split makes one empty piece of an empty tensor. Without samples there is no batch."""
    generator = torch.Generator(device=x.device).manual_seed(seed)
    order = torch.randperm(len(x), generator=generator, device=x.device)
    for chosen in order.split(batch_size):
        yield x[chosen], y[chosen]


def minibatches__chunk(x, y, batch_size, seed):
    """You made as many batches as batch_size says, as chunk does. It is the number of samples in a
    batch."""
    generator = torch.Generator(device=x.device).manual_seed(seed)
    order = torch.randperm(len(x), generator=generator, device=x.device)
    for chosen in order.chunk(batch_size):
        yield x[chosen], y[chosen]


def minibatches__shuffles_batches(x, y, batch_size, seed):
    """You shuffled the batches and left neighbours together. Shuffle the samples."""
    starts = list(range(0, len(x), batch_size))
    random.Random(seed).shuffle(starts)
    starts.sort(key=lambda start: start + batch_size > len(x))
    for start in starts:
        yield x[start : start + batch_size], y[start : start + batch_size]


def minibatches__shuffles_within_batches(x, y, batch_size, seed):
    """You shuffled within each batch, so the same samples always meet. Shuffle before cutting."""
    generator = torch.Generator(device=x.device).manual_seed(seed)
    for start in range(0, len(x), batch_size):
        length = min(batch_size, len(x) - start)
        order = start + torch.randperm(length, generator=generator, device=x.device)
        yield x[order], y[order]


def minibatches__with_replacement(x, y, batch_size, seed):
    """Some samples came twice and others never, as with randint, which draws with replacement. Use
    randperm."""
    generator = torch.Generator(device=x.device).manual_seed(seed)
    for start in range(0, len(x), batch_size):
        size = (min(batch_size, len(x) - start),)
        chosen = torch.randint(len(x), size, generator=generator, device=x.device)
        yield x[chosen], y[chosen]


def minibatches__numpy_seed(x, y, batch_size, seed):
    """You seeded NumPy's global generator. Draw from a generator of your own."""
    np.random.seed(seed % 2**32)
    order = torch.from_numpy(np.random.permutation(len(x))).to(x.device)
    for start in range(0, len(x), batch_size):
        chosen = order[start : start + batch_size]
        yield x[chosen], y[chosen]


def minibatches__python_seed(x, y, batch_size, seed):
    """You seeded Python's global generator. Draw from a generator of your own."""
    random.seed(seed)
    order = random.sample(range(len(x)), len(x))
    for start in range(0, len(x), batch_size):
        chosen = torch.tensor(order[start : start + batch_size], device=x.device)
        yield x[chosen], y[chosen]


def minibatches__seed_ignored(x, y, batch_size, seed):
    """You did not use the seed, so the order is another each time."""
    order = torch.randperm(len(x)).to(x.device)
    for start in range(0, len(x), batch_size):
        chosen = order[start : start + batch_size]
        yield x[chosen], y[chosen]


def minibatches__always_the_same(x, y, batch_size, seed):
    """Every seed gave the same order. Seed the generator with seed."""
    yield from _batches(x, y, batch_size, 0)


def minibatches__no_seed_of_zero(x, y, batch_size, seed):
    """You took 0 for no seed at all. Ask whether seed is None, or just use it."""
    generator = torch.Generator(device=x.device)
    generator.manual_seed(seed) if seed else generator.seed()
    order = torch.randperm(len(x), generator=generator, device=x.device)
    for start in range(0, len(x), batch_size):
        chosen = order[start : start + batch_size]
        yield x[chosen], y[chosen]


def minibatches__swapped(x, y, batch_size, seed):
    """You yielded (y, x). x comes first."""
    for batch_x, batch_y in _batches(x, y, batch_size, seed):
        yield batch_y, batch_x


def minibatches__sample_by_sample(x, y, batch_size, seed):
    """You yielded single samples. A batch holds batch_size of them, on the first axis."""
    for batch_x, batch_y in _batches(x, y, 1, seed):
        yield batch_x[0], batch_y[0]


def minibatches__through_numpy(x, y, batch_size, seed):
    """.numpy() works on the CPU only, and what came back from it stayed there."""
    order = np.random.default_rng(seed).permutation(len(x))
    for start in range(0, len(x), batch_size):
        chosen = order[start : start + batch_size]
        yield torch.from_numpy(x.numpy()[chosen]), torch.from_numpy(y.numpy()[chosen])


def train_epoch__plain(model, batches, loss_function, optimizer):
    """You averaged over batches, where a short one must count for less; and you left the model in
    the mode that it was in. Weigh by lengths, and call model.train()."""
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


def train_epoch__mean_over_batches(model, batches, loss_function, optimizer):
    """You averaged over batches. A short batch must count for less: weigh by its length."""
    model.train()
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


def train_epoch__no_zero_grad_and_batch_means(model, batches, loss_function, optimizer):
    """You never cleared the gradients, so each step follows all that came before: zero_grad(). And
    a short batch must count for less in the mean."""
    model.train()
    losses = []
    for x, y in batches:
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


def train_epoch__no_zero_grad(model, batches, loss_function, optimizer):
    """Gradients of earlier batches are still there, so each step follows all that came before: call
    zero_grad() before each backward()."""
    model.train()
    losses = []
    for x, y in batches:
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses += [loss.item()] * len(x)
    return sum(losses) / len(losses)


def train_epoch__asks_for_the_length(model, batches, loss_function, optimizer):
    """A generator has no len(). Count the samples as they come."""
    samples = sum(len(batches[place][0]) for place in range(len(batches)))
    model.train()
    total = 0.0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x) / samples
    return total


def train_epoch__no_train_mode(model, batches, loss_function, optimizer):
    """You left the model in the mode that it was in. Call model.train() first."""
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses += [loss.item()] * len(x)
    return sum(losses) / len(losses)


def train_epoch__last_loss(model, batches, loss_function, optimizer):
    """You returned the loss of the last batch. The mean over all samples is asked for."""
    model.train()
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
    return loss.item()


def train_epoch__sum_over_samples(model, batches, loss_function, optimizer):
    """You added the losses of all samples up. Divide by the number of samples."""
    model.train()
    total = 0.0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
    return total


def train_epoch__mean_divided_again(model, batches, loss_function, optimizer):
    """The loss is a mean already. Multiply by the batch's length before you divide by all."""
    model.train()
    total, samples = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
        samples += len(x)
    return total / samples


def train_epoch__first_batch_s_length(model, batches, loss_function, optimizer):
    """You took each batch to be as long as the first one. The last may be shorter."""
    model.train()
    losses, length, samples = [], None, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        length = length or len(x)
        losses.append(loss.item() * length)
        samples += len(x)
    return sum(losses) / samples


def train_epoch__after_the_step(model, batches, loss_function, optimizer):
    """You measured each loss after its step. It is taken before."""
    model.train()
    total, samples = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss_function(model(x), y).backward()
        optimizer.step()
        total += loss_function(model(x), y).item() * len(x)
        samples += len(x)
    return total / samples


def train_epoch__zero_grad_once(model, batches, loss_function, optimizer):
    """You cleared the gradients once an epoch. Clear them before each batch."""
    model.train()
    optimizer.zero_grad()
    losses = []
    for x, y in batches:
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses += [loss.item()] * len(x)
    return sum(losses) / len(losses)


def train_epoch__zero_grad_at_the_end(model, batches, loss_function, optimizer):
    """You cleared the gradients after each step only: what lay there at first still counted."""
    model.train()
    losses = []
    for x, y in batches:
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses += [loss.item()] * len(x)
    return sum(losses) / len(losses)


def train_epoch__no_step(model, batches, loss_function, optimizer):
    """The weights never moved. backward() fills .grad, optimizer.step() follows it: both are
    needed, in this order, on the model itself, with no zero_grad() in between."""
    model.train()
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        losses += [loss.item()] * len(x)
    return sum(losses) / len(losses)


def train_epoch__one_step_an_epoch(model, batches, loss_function, optimizer):
    """You took one step at the end of the epoch. Take one for each batch."""
    model.train()
    optimizer.zero_grad()
    losses = []
    for x, y in batches:
        loss = loss_function(model(x), y)
        loss.backward()
        losses += [loss.item()] * len(x)
    optimizer.step()
    return sum(losses) / len(losses)


def train_epoch__first_batch_only(model, batches, loss_function, optimizer):
    """Only the first batch was used, as with a return within the loop. Return after the last
    one."""
    model.train()
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()


def train_epoch__arguments_swapped(model, batches, loss_function, optimizer):
    """You called loss_function(y, prediction). The prediction comes first."""
    return _epoch(model, batches, lambda prediction, y: loss_function(y, prediction), optimizer)


def train_epoch__summed_loss(model, batches, loss_function, optimizer):
    """You multiplied the loss by the batch's length before backward, so steps are too long."""
    model.train()
    total, samples = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y) * len(x)
        loss.backward()
        optimizer.step()
        total += loss.item()
        samples += len(x)
    return total / samples


def train_epoch__mse(model, batches, loss_function, optimizer):
    """You chose a loss yourself. Use the loss_function that was passed in."""
    return _epoch(model, batches, nn.functional.mse_loss, optimizer)


def train_epoch__own_sgd(model, batches, loss_function, optimizer):
    """You took the step yourself, by plain gradient descent. That is the optimizer's affair."""
    model.train()
    losses = []
    for x, y in batches:
        model.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= optimizer.param_groups[0]["lr"] * parameter.grad
        losses += [loss.item()] * len(x)
    return sum(losses) / len(losses)


def train_epoch__keeps_the_graph(model, batches, loss_function, optimizer):
    """You added up loss tensors, each with its graph, so memory grows. Add loss.item()."""
    model.train()
    total, samples = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total = total + loss * len(x)
        samples += len(x)
    return total.item() / samples


def train_epoch__collects_losses(model, batches, loss_function, optimizer):
    """You kept every loss tensor, and with it its graph. Keep loss.item()."""
    model.train()
    losses, lengths = [], []
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss)
        lengths.append(len(x))
    total = sum(loss.item() * n for loss, n in zip(losses, lengths, strict=True))
    return total / sum(lengths)


def train_epoch__through_float32(model, batches, loss_function, optimizer):
    """You rounded the losses to float32. A Python float keeps them."""
    model.train()
    total, samples = torch.zeros(()), 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        samples += len(x)
    return total.item() / samples


def train_epoch__eval_mode(model, batches, loss_function, optimizer):
    """You trained in eval mode, where dropout and batch normalization keep still."""
    model.eval()
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses += [loss.item()] * len(x)
    return sum(losses) / len(losses)


def train_epoch__goes_twice_through(model, batches, loss_function, optimizer):
    """You went through the batches twice. A generator is used up after the first time."""
    samples = sum(len(x) for x, _ in batches)
    model.train()
    total = 0.0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
    return total / samples


def train_epoch__total_on_the_cpu(model, batches, loss_function, optimizer):
    """You put a loss of the device into a tensor on the CPU. Add Python numbers: loss.item()."""
    model.train()
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        losses += [loss.detach().numpy()] * len(x)
    return float(np.mean(losses, dtype=np.float64))


def accuracy__bare_tensor(model, x, y):
    """You ran the model as it was, with its graph, and returned a tensor. Use eval mode and
    torch.no_grad(), and return a Python float: .item()."""
    return (model(x).argmax(dim=1) == y).float().mean()


def accuracy__one_argmax(model, x, y):
    """argmax() without dim= finds one place among all logits. Each sample has a class of its own:
    dim=1."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    with torch.no_grad():
        share = (model(x).argmax() == y).double().mean().item()
    for module, mode in modes:
        module.training = mode
    return share


def accuracy__one_argmax_as_it_is(model, x, y):
    """argmax() without dim= finds one place among all logits, where each sample has a class of its
    own: dim=1. And measure in eval mode, under torch.no_grad()."""
    return (model(x).argmax() == y).float().mean().item()


def accuracy__as_it_is(model, x, y):
    """You ran the model as it was. Put it in eval mode first, and run it under torch.no_grad()."""
    return (model(x).argmax(dim=1) == y).float().mean().item()


def accuracy__stays_in_eval(model, x, y):
    """You left the model in eval mode. Put back the mode of every module."""
    model.eval()
    with torch.no_grad():
        return (model(x).argmax(dim=1) == y).float().mean().item()


def accuracy__train_afterwards(model, x, y):
    """The model ended in train mode, also where it was in eval mode before. Put the mode of every
    module back."""
    model.eval()
    with torch.no_grad():
        share = (model(x).argmax(dim=1) == y).float().mean().item()
    model.train()
    return share


def accuracy__train_mode(model, x, y):
    """You measured in the mode that the model was in. Call model.eval() first."""
    with torch.no_grad():
        return (model(x).argmax(dim=1) == y).float().mean().item()


def accuracy__count(model, x, y):
    """You counted the samples that are right. Divide by their number."""
    return _share(model, x, y) * len(y)


def accuracy__classes_of_samples(model, x, y):
    """argmax(dim=0) compares samples. The classes of one sample are along dim=1."""
    model_was = [(module, module.training) for module in model.modules()]
    model.eval()
    with torch.no_grad():
        guesses = model(x).argmax(dim=0)
    for module, mode in model_was:
        module.training = mode
    count = min(len(guesses), len(y))
    return (guesses[:count] == y[:count]).float().mean().item()


def accuracy__error_rate(model, x, y):
    """You counted what is wrong. The share that is right is asked for."""
    return 1 - _share(model, x, y)


def accuracy__two_classes_only(model, x, y):
    """You asked whether the second logit is positive. The largest logit names the class."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    with torch.no_grad():
        guesses = (model(x)[:, 1] > 0).long()
    for module, mode in modes:
        module.training = mode
    return (guesses == y).float().mean().item()


def accuracy__saturated(model, x, y):
    """A sigmoid is 1 for 30 and for 40, so the largest is lost. Compare the logits themselves."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    with torch.no_grad():
        guesses = model(x).sigmoid().argmax(dim=1)
    for module, mode in modes:
        module.training = mode
    return (guesses == y).float().mean().item()


def accuracy__broadcasts(model, x, y):
    """keepdim=True made (n, 1), and against (n,) that is n × n comparisons."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    with torch.no_grad():
        right = model(x).argmax(dim=1, keepdim=True) == y
    for module, mode in modes:
        module.training = mode
    return right.float().mean().item()


def accuracy__rounded_down(model, x, y):
    """Your share is 0 wherever not all are right, as with //. Divide the number of right ones by
    that of all, with /."""
    return float(round(_share(model, x, y) * len(y)) // len(y))


def accuracy__divides_by_classes(model, x, y):
    """You divided by the number of classes. Divide by the number of samples."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    with torch.no_grad():
        logits = model(x)
    for module, mode in modes:
        module.training = mode
    return (logits.argmax(1) == y).sum().item() / logits.shape[1]


def accuracy__only_the_outer_mode(model, x, y):
    """You set training on the model alone. model.eval() reaches its submodules too."""
    mode, model.training = model.training, False
    with torch.no_grad():
        share = (model(x).argmax(dim=1) == y).float().mean().item()
    model.training = mode
    return share


def accuracy__outer_mode_for_all(model, x, y):
    """You gave all submodules one mode. Each may have had its own: remember it, and set training
    itself, since train() reaches what is inside too."""
    mode = model.training
    model.eval()
    with torch.no_grad():
        share = (model(x).argmax(dim=1) == y).float().mean().item()
    model.train(mode)
    return share


def accuracy__children_only(model, x, y):
    """You put back the modes of direct submodules alone, as children() lists them. modules() has
    those within them too."""
    modes = [(module, module.training) for module in model.children()]
    mode = model.training
    model.eval()
    with torch.no_grad():
        share = (model(x).argmax(dim=1) == y).float().mean().item()
    model.training = mode
    for module, before in modes:
        module.train(before)
    return share


def accuracy__with_graph(model, x, y):
    """You built a graph that nobody needs, and detach would come too late. Run the model under
    torch.no_grad()."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    share = (model(x).argmax(dim=1) == y).float().mean().item()
    for module, mode in modes:
        module.training = mode
    return share


def accuracy__gradients_off_for_good(model, x, y):
    """You turned gradients off for the whole program. `with torch.no_grad():` puts them back."""
    torch.set_grad_enabled(False)
    return _share(model, x, y)


def accuracy__freezes(model, x, y):
    """You froze the parameters to save the graph, and they stay so. Use torch.no_grad()."""
    share = _share(model, x, y)
    model.requires_grad_(False)
    return share


def accuracy__classes_in_numpy(model, x, y):
    """.numpy() works on the CPU only. Compare tensors."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    with torch.no_grad():
        guesses = model(x).argmax(dim=1).numpy()
    for module, mode in modes:
        module.training = mode
    return float((guesses == y.numpy()).mean())


def accuracy__model_moved_to_the_cpu(model, x, y):
    """You moved the model to the CPU, and it stays there. Leave all where it is."""
    device = next((parameter.device for parameter in model.parameters()), x.device)
    share = _share(model.cpu(), x.cpu(), y.cpu())
    return share if device.type == "cpu" else _share(model, x, y)


def fit__state_dict_not_copied(model, train, validation, epochs, learning_rate, seed):
    """The model ended with the last weights, not the best. Keep a deep copy of state_dict(), which
    holds the parameters themselves, and load it at the end."""
    return _keeping(
        model, train, validation, epochs, learning_rate, seed,
        lambda model: model.state_dict(), lambda s, _, best: s > best[0], None, (-1.0, 0.0),
    )  # fmt: skip


def fit__last_weights(model, train, validation, epochs, learning_rate, seed):
    """The model keeps the weights of the last epoch. Those of the best one are asked for: keep a
    deep copy of state_dict() whenever the accuracy is higher than before, and load it at the
    end."""
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    history = {"train_loss": [], "validation_accuracy": []}
    for _ in range(epochs):
        loss = nn.functional.cross_entropy(model(train[0]), train[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history["train_loss"].append(loss.item())
        history["validation_accuracy"].append(_share(model, *validation))
    return history


def fit__softmax_before_cross_entropy(model, train, validation, epochs, learning_rate, seed):
    """cross_entropy takes logits, and you gave it probabilities. Leave out the softmax."""
    return _fit(
        model, train, validation, epochs, learning_rate, seed,
        loss_function=lambda logits, y: nn.functional.cross_entropy(logits.softmax(1), y),
    )  # fmt: skip


def fit__measures_in_train_mode(model, train, validation, epochs, learning_rate, seed):
    """You measured in train mode. Call model.eval() for it."""

    def measure(model, x, y):
        with torch.no_grad():
            return (model(x).argmax(1) == y).double().mean().item()

    return _fit(model, train, validation, epochs, learning_rate, seed, measure=measure)


def fit__trains_in_eval_mode(model, train, validation, epochs, learning_rate, seed):
    """After the first measurement the model stayed in eval mode. Call model.train() again."""

    def epoch(model, batches, loss_function, optimizer):
        losses = []
        for x, y in batches:
            optimizer.zero_grad()
            loss = loss_function(model(x), y)
            loss.backward()
            optimizer.step()
            losses += [loss.item()] * len(x)
        return sum(losses) / len(losses)

    def measure(model, x, y):
        with torch.no_grad():
            return (model.eval()(x).argmax(1) == y).double().mean().item()

    return _fit(model, train, validation, epochs, learning_rate, seed, epoch=epoch, measure=measure)


def fit__tensors_in_history(model, train, validation, epochs, learning_rate, seed):
    """History holds tensors. Python floats are asked for: .item()."""
    history = _fit(model, train, validation, epochs, learning_rate, seed)
    return {name: [torch.tensor(value) for value in values] for name, values in history.items()}


def fit__nothing_above_zero(model, train, validation, epochs, learning_rate, seed):
    """Where the accuracy stays at 0, no epoch was better than your first bar, so that no weights
    were kept. Begin below 0."""
    return _keeping(
        model, train, validation, epochs, learning_rate, seed,
        _copied, lambda s, _, best: s > best[0], None, (0.0, 0.0),
    )  # fmt: skip


def fit__lowest_accuracy(model, train, validation, epochs, learning_rate, seed):
    """You kept the worst epoch. A higher accuracy is better."""
    return _keeping(
        model, train, validation, epochs, learning_rate, seed,
        _copied, lambda s, _, best: s < best[0], None, (2.0, 0.0),
    )  # fmt: skip


def fit__lowest_loss(model, train, validation, epochs, learning_rate, seed):
    """You kept the epoch with the lowest training loss. Validation accuracy decides."""
    return _keeping(
        model, train, validation, epochs, learning_rate, seed,
        _copied, lambda _, loss, best: loss < best[1], None, (0.0, float("inf")),
    )  # fmt: skip


def fit__better_than_the_first(model, train, validation, epochs, learning_rate, seed):
    """You compared with the first epoch throughout. Raise the bar each time that it is passed."""
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=0.9)
    history = {"train_loss": [], "validation_accuracy": []}
    weights = None
    for epoch in range(epochs):
        batches = _batches(*train, 32, seed + epoch)
        loss = _epoch(model, batches, nn.functional.cross_entropy, optimizer)
        history["train_loss"].append(loss)
        history["validation_accuracy"].append(_share(model, *validation))
        shares = history["validation_accuracy"]
        if weights is None or shares[-1] > shares[0]:
            weights = _copied(model)
    model.load_state_dict(weights)
    return history


def fit__parameters_only(model, train, validation, epochs, learning_rate, seed):
    """You put the parameters back and not the buffers. state_dict() holds both."""

    def keep(model):
        kept, last = _copied(model), model.state_dict()
        names = dict(model.named_parameters())
        return {name: kept[name] if name in names else last[name] for name in kept}

    return _keeping(
        model, train, validation, epochs, learning_rate, seed,
        keep, lambda s, _, best: s > best[0], None, (-1.0, 0.0),
    )  # fmt: skip


def fit__stops_at_the_first_decline(model, train, validation, epochs, learning_rate, seed):
    """You stopped early. Every one of the epochs is trained and entered in history."""
    history = {"train_loss": [], "validation_accuracy": []}
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=0.9)
    best, weights = -1.0, None
    for epoch in range(epochs):
        batches = _batches(*train, 32, seed + epoch)
        loss = _epoch(model, batches, nn.functional.cross_entropy, optimizer)
        share = _share(model, *validation)
        if share <= best:
            break
        best, weights = share, _copied(model)
        history["train_loss"].append(loss)
        history["validation_accuracy"].append(share)
    model.load_state_dict(weights)
    return history


def fit__trains_a_copy(model, train, validation, epochs, learning_rate, seed):
    """You trained a copy. The model that was passed in is to end with the best weights."""
    return _fit(copy.deepcopy(model), train, validation, epochs, learning_rate, seed)


def fit__returns_the_model(model, train, validation, epochs, learning_rate, seed):
    """You returned the model too. Only the history is asked for; the model was changed itself."""
    return model, _fit(model, train, validation, epochs, learning_rate, seed)


def fit__list_of_pairs(model, train, validation, epochs, learning_rate, seed):
    """You returned a list of pairs. History is a dict of two lists."""
    history = _fit(model, train, validation, epochs, learning_rate, seed)
    return list(zip(history["train_loss"], history["validation_accuracy"], strict=True))


def fit__other_names(model, train, validation, epochs, learning_rate, seed):
    """History's keys are "train_loss" and "validation_accuracy"."""
    history = _fit(model, train, validation, epochs, learning_rate, seed)
    return {"loss": history["train_loss"], "accuracy": history["validation_accuracy"]}


def fit__one_epoch_more(model, train, validation, epochs, learning_rate, seed):
    """You trained one epoch too many: range(epochs) has as many steps as epochs says."""
    return _fit(model, train, validation, epochs + 1, learning_rate, seed)


def fit__measured_before(model, train, validation, epochs, learning_rate, seed):
    """You measured before each epoch. History shows what the epoch led to."""
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=0.9)
    history = {"train_loss": [], "validation_accuracy": []}
    best, weights = -1.0, None
    for epoch in range(epochs):
        share = _share(model, *validation)
        batches = _batches(*train, 32, seed + epoch)
        loss = _epoch(model, batches, nn.functional.cross_entropy, optimizer)
        history["train_loss"].append(loss)
        history["validation_accuracy"].append(share)
        if share > best:
            best, weights = share, _copied(model)
    model.load_state_dict(weights)
    return history


def fit__accuracy_in_training(model, train, validation, epochs, learning_rate, seed):
    """You measured accuracy on the training samples. Validation is held out for that."""
    return _fit(
        model, train, validation, epochs, learning_rate, seed,
        measure=lambda model, x, y: _share(model, *train),
    )  # fmt: skip


def fit__trains_on_validation_too(model, train, validation, epochs, learning_rate, seed):
    """You trained on the validation samples too. They are for measuring only."""
    both = tuple(torch.cat(pair) for pair in zip(validation, train, strict=True))
    return _fit(model, both, validation, epochs, learning_rate, seed)


def fit__swapped(model, train, validation, epochs, learning_rate, seed):
    """You trained on validation and measured on train."""
    return _fit(model, validation, train, epochs, learning_rate, seed)


def fit__validation_loss(model, train, validation, epochs, learning_rate, seed):
    """train_loss holds the loss on validation. It is that of the training samples."""

    def epoch(model, batches, loss_function, optimizer):
        _epoch(model, batches, loss_function, optimizer)
        with torch.no_grad():
            return loss_function(model(validation[0]), validation[1]).item()

    return _fit(model, train, validation, epochs, learning_rate, seed, epoch=epoch)


def fit__summed_loss(model, train, validation, epochs, learning_rate, seed):
    """train_loss holds sums. The mean over the samples is asked for."""

    def epoch(*arguments):
        return _epoch(*arguments) * len(train[0])

    return _fit(model, train, validation, epochs, learning_rate, seed, epoch=epoch)


def fit__last_loss(model, train, validation, epochs, learning_rate, seed):
    """You entered the loss of an epoch's last batch. The mean over all samples is asked for."""

    def epoch(model, batches, loss_function, optimizer):
        for batch in batches:
            loss = _epoch(model, [batch], loss_function, optimizer)
        return loss

    return _fit(model, train, validation, epochs, learning_rate, seed, epoch=epoch)


def fit__mean_over_batches(model, train, validation, epochs, learning_rate, seed):
    """You averaged over batches. The short last batch must count for less."""

    def epoch(model, batches, loss_function, optimizer):
        losses = []
        for batch in batches:
            losses.append(_epoch(model, [batch], loss_function, optimizer))
        return sum(losses) / len(losses)

    return _fit(model, train, validation, epochs, learning_rate, seed, epoch=epoch)


def fit__mean_squared_error(model, train, validation, epochs, learning_rate, seed):
    """You used the mean squared error. For classes the loss is cross-entropy."""
    return _fit(
        model, train, validation, epochs, learning_rate, seed,
        loss_function=lambda z, y: (z - nn.functional.one_hot(y, z.shape[1])).square().mean(),
    )  # fmt: skip


def fit__own_learning_rate(model, train, validation, epochs, learning_rate, seed):
    """You chose the learning rate yourself. Give learning_rate to the optimizer."""
    return _fit(model, train, validation, epochs, 0.01, seed)


def fit__no_zero_grad(model, train, validation, epochs, learning_rate, seed):
    """Gradients of earlier batches are still there, so each step follows all that came before: call
    zero_grad() before each backward()."""

    def epoch(model, batches, loss_function, optimizer):
        losses = []
        for x, y in batches:
            loss = loss_function(model.train()(x), y)
            loss.backward()
            optimizer.step()
            losses += [loss.item()] * len(x)
        return sum(losses) / len(losses)

    return _fit(model, train, validation, epochs, learning_rate, seed, epoch=epoch)


def fit__default_learning_rate(model, train, validation, epochs, learning_rate, seed):
    """The optimizer has its default learning rate. Give it learning_rate."""
    return _fit(
        model, train, validation, epochs, learning_rate, seed,
        optimizer=lambda parameters, _: torch.optim.Adam(parameters),
    )  # fmt: skip


def fit__no_step(model, train, validation, epochs, learning_rate, seed):
    """You never called optimizer.step(), so nothing is learned."""

    def epoch(model, batches, loss_function, optimizer):
        losses = [(loss_function(model.train()(x), y).item(), len(x)) for x, y in batches]
        return sum(loss * n for loss, n in losses) / sum(n for _, n in losses)

    return _fit(model, train, validation, epochs, learning_rate, seed, epoch=epoch)


def fit__generator_used_up(model, train, validation, epochs, learning_rate, seed):
    """A generator can be gone through once, so later epochs had no batches. Make one for each."""
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=0.9)
    history = {"train_loss": [], "validation_accuracy": []}
    batches = _batches(*train, 32, seed)
    for _ in range(epochs):
        loss = _epoch(model, batches, nn.functional.cross_entropy, optimizer)
        history["train_loss"].append(loss)
        history["validation_accuracy"].append(_share(model, *validation))
    return history


def fit__labels_shuffled_apart(model, train, validation, epochs, learning_rate, seed):
    """You shuffled x and left y in its order, so there is nothing to learn."""
    x, y = train
    generator = torch.Generator(device=x.device).manual_seed(seed)
    x = x[torch.randperm(len(x), generator=generator, device=x.device)]
    return _fit(model, (x, y), validation, epochs, learning_rate, seed)


def fit__seed_ignored(model, train, validation, epochs, learning_rate, seed):
    """You shuffled without the seed, so that no two runs are alike."""
    seed = random.SystemRandom().randrange(2**31)
    return _fit(model, train, validation, epochs, learning_rate, seed)


def fit__global_shuffle(model, train, validation, epochs, learning_rate, seed):
    """You reseeded NumPy's global generator. Use a generator of your own."""
    np.random.seed(seed)
    return _fit(model, train, validation, epochs, learning_rate, seed)


def fit__standardizes_training_only(model, train, validation, epochs, learning_rate, seed):
    """You scaled the training samples and not those that the model will meet."""
    x, y = train
    return _fit(model, ((x - 5) / 3, y), validation, epochs, learning_rate, seed)


def fit__weights_on_the_cpu(model, train, validation, epochs, learning_rate, seed):
    """You moved the model to the CPU, where the data may not be. Leave it on its device."""
    return _fit(model.cpu(), train, validation, epochs, learning_rate, seed)


def solve_moons__linear(x, y, seed):
    """No straight line parts the moons. Put a hidden layer with a ReLU in between."""
    return _trained(x, y, seed, sizes=(2, 2))


def solve_moons__global_seed(x, y, seed):
    """You reseeded torch for everybody, as torch.manual_seed does. Put the state back: see
    torch.random.fork_rng."""
    torch.manual_seed(seed)
    return _trained(x, y, seed)


def solve_moons__global_draws(x, y, seed):
    """nn.Linear drew its weights from the global generator. Put the state back with fork_rng."""
    nn.Linear(2, 64)
    return _trained(x, y, seed)


def solve_moons__learning_rate_too_small(x, y, seed):
    """Your network learns next to nothing: the steps are too small, or too few."""
    return _trained(x, y, seed, learning_rate=1e-4)


def solve_moons__too_few_steps(x, y, seed):
    """You stopped long before the loss did. Take more steps, or longer ones."""
    return _trained(x, y, seed, steps=10)


def solve_moons__two_linear_layers(x, y, seed):
    """Two linear layers without a nonlinearity are one. Put a ReLU in between."""
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)
        model = nn.Sequential(nn.Linear(2, 64), nn.Linear(64, 2)).to(x.device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(60):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    return model


def solve_moons__untrained(x, y, seed):
    """Your network comes back as it was made, or nearly so. Train it, with steps that are large
    enough."""
    return _trained(x, y, seed, steps=0)


def solve_moons__two_hidden_neurons(x, y, seed):
    """Two hidden neurons can't bend the line far enough. Take more."""
    return _trained(x, y, seed, sizes=(2, 2, 2))


def solve_moons__zero_init(x, y, seed):
    """You started from zeros, so all neurons stay twins. Start from random weights."""
    model = nn.Sequential(nn.Linear(2, 64), nn.ReLU(), nn.Linear(64, 2)).to(x.device)
    for parameter in model.parameters():
        nn.init.zeros_(parameter)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.9)
    for _ in range(60):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    return model


def solve_moons__no_zero_grad(x, y, seed):
    """You never cleared the gradients, so each step follows all the earlier ones too."""
    model = _trained(x, y, seed, steps=0)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.9)
    for _ in range(60):
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    return model


def solve_moons__labels_mixed_up(x, y, seed):
    """You shuffled the points and not their classes."""
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed)).to(x.device)
    return _trained(x[order], y, seed)


def solve_moons__one_logit(x, y, seed):
    """You made one logit for each point. Two are asked for, a class each."""
    model = _trained(x, y, seed)
    return nn.Sequential(model, nn.Linear(2, 1).to(x.device))


def solve_moons__class_numbers(x, y, seed):
    """The model answers with class numbers. It is to make logits (n, 2)."""

    class Classes(nn.Module):
        def __init__(self, model):
            super().__init__()
            self.model = model

        def forward(self, points):
            return self.model(points).argmax(dim=1)

    return Classes(_trained(x, y, seed))


def solve_moons__standardized_outside(x, y, seed):
    """You standardized the points outside the model, so it does not know the raw ones."""
    return _trained((x - x.mean(0)) / x.std(0), y, seed)


def solve_moons__standardized_in_place(x, y, seed):
    """You changed the caller's points. Standardize within the model, or a copy."""
    x.sub_(x.mean(0)).div_(x.std(0))
    return _trained(x, y, seed)


def solve_moons__batch_statistics(x, y, seed):
    """What the model says of a point depends on the points that it comes with."""

    class Standardized(nn.Module):
        def __init__(self, model):
            super().__init__()
            self.model = model

        def forward(self, points):
            deviation = points.std(0, unbiased=False).clamp_min(1e-6)
            return self.model((points - points.mean(0)) / deviation)

    return Standardized(_trained((x - x.mean(0)) / x.std(0), y, seed))


def solve_moons__last_part_held_out(x, y, seed):
    """You held the last points out. Where the points are in order, these are like no others."""
    return _trained(x[: len(x) * 4 // 5], y[: len(x) * 4 // 5], seed)


def solve_moons__float64(x, y, seed):
    """The model is float64 and cannot take float32 points."""
    return _trained(x, y, seed).double()


def solve_moons__function(x, y, seed):
    """You returned a function. An nn.Module is asked for."""
    model = _trained(x, y, seed)
    return lambda points: model(points)


def solve_moons__with_history(x, y, seed):
    """You returned more than the model. Only the nn.Module is asked for."""
    return _trained(x, y, seed), {"train_loss": []}


def solve_moons__unseeded(x, y, seed):
    """You drew without the seed, so the model is another each time."""
    return _trained(x, y, random.SystemRandom().randrange(2**31))


def solve_moons__model_on_the_cpu(x, y, seed):
    """The model is on the CPU. It belongs on the device of x."""
    return _trained(x, y, seed).cpu()
