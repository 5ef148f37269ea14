"""Other right answers that the spec of k10_nonlinearity must accept."""

import math
import random

import numpy as np
import torch


def sigmoid__formula(x):
    """The formula as it stands: exp overflows to inf, and 1 / inf is the 0 that is asked for."""
    return 1 / (1 + torch.exp(-x))


def sigmoid__reciprocal(x):
    """The same by methods."""
    return x.neg().exp().add(1).reciprocal()


def sigmoid__two_branches(x):
    """Two formulas, each where it does not overflow."""
    e = torch.exp(torch.clamp(x, max=0))
    return torch.where(x < 0, e / (1 + e), 1 / (1 + torch.exp(-torch.clamp(x, min=0))))


def sigmoid__masks(x):
    """Fills a tensor of its own in two parts."""
    result = torch.empty_like(x, memory_format=torch.contiguous_format)
    positive = x >= 0
    result[positive] = 1 / (1 + torch.exp(-x[positive]))
    e = torch.exp(x[~positive])
    result[~positive] = e / (1 + e)
    return result


def sigmoid__logaddexp(x):
    """By way of the logarithm of the denominator."""
    return torch.exp(-torch.logaddexp(torch.zeros_like(x), -x))


def sigmoid__softmax(x):
    """The first of two classes, the other with logit 0."""
    return torch.softmax(torch.stack([x, torch.zeros_like(x)]), dim=0)[0]


def sigmoid__numpy(x):
    """In NumPy, on the CPU and back."""
    values = x.detach().cpu().numpy()
    with np.errstate(over="ignore"):
        return torch.from_numpy(np.asarray(1 / (1 + np.exp(-values)))).to(x)


def sigmoid__exp_of_what_is_negative(x):
    """Never takes exp of a positive number, so that nothing overflows on the way."""
    small = torch.exp(-x.abs())
    return torch.where(x >= 0, torch.ones_like(x), small) / (1 + small)


def sigmoid__tanh_where_it_is_precise(x):
    """tanh above zero, where 1 swallows nothing."""
    e = torch.exp(x.clamp(max=0))
    return torch.where(x < 0, e / (1 + e), 0.5 + 0.5 * torch.tanh(x / 2))


def sigmoid__number_by_number(x):
    """Python's exp, kept from overflow, an element at a time."""
    values = [
        (1.0 if value >= 0 else math.exp(value)) / (1 + math.exp(-abs(value)))
        for value in x.flatten().tolist()
    ]
    return torch.tensor(values, dtype=x.dtype, device=x.device).reshape(x.shape)


def relu__multiplied(x):
    """Sets -inf aside before it is multiplied by 0."""
    return x.masked_fill(x == -math.inf, 0) * (x.nan_to_num(0) >= 0)


def relu__maximum(x):
    """The larger of x and 0; torch.maximum hands NaN on."""
    return torch.maximum(x, torch.zeros_like(x))


def relu__maximum_of_a_number(x):
    """A 0-D zero broadcasts."""
    return torch.maximum(x, x.new_zeros(()))


def relu__clamp(x):
    """Clamps from below."""
    return x.clamp(min=0)


def relu__masked_fill(x):
    """Fills with 0 what is negative."""
    return x.masked_fill(x < 0, 0)


def relu__on_a_clone(x):
    """Writes zeros into a copy."""
    result = x.clone(memory_format=torch.contiguous_format)
    result[result < 0] = 0
    return result


def relu__larger_of_a_stack(x):
    """Stacks x on zeros and takes the larger."""
    return torch.stack([x, torch.zeros_like(x)], dim=-1).amax(dim=-1)


def relu__minus_the_minimum(x):
    """max(x, 0) = -min(-x, 0), which gives zeros of either sign."""
    return -torch.minimum(-x, torch.zeros_like(x))


def relu__itself_if_nothing_is_negative(x):
    """Hands back its argument where there is nothing to do."""
    return x.clip(0) if bool((x < 0).any()) else x


def two_linear_layers__functional(x, w1, b1, w2, b2):
    """torch's own linear layer, twice."""
    return torch.nn.functional.linear(torch.nn.functional.linear(x, w1, b1), w2, b2)


def two_linear_layers__einsum(x, w1, b1, w2, b2):
    """Names the axes."""
    hidden = torch.einsum("bi,hi->bh", x, w1) + b1
    return torch.einsum("bh,oh->bo", hidden, w2) + b2


def two_linear_layers__collapsed(x, w1, b1, w2, b2):
    """Collapses first."""
    return x @ (w2 @ w1).mT + (b1 @ w2.mT + b2)


def two_linear_layers__columns(x, w1, b1, w2, b2):
    """Samples as columns."""
    return (w2 @ (w1 @ x.T + b1[:, None]) + b2[:, None]).T


def two_linear_layers__addmm(x, w1, b1, w2, b2):
    """Product and bias in one operation."""
    return torch.addmm(b2, torch.addmm(b1, x, w1.t()), w2.t())


def two_linear_layers__sample_by_sample(x, w1, b1, w2, b2):
    """Fills the result a row at a time."""
    result = x.new_empty((x.shape[0], w2.shape[0]))
    for row, sample in zip(result, x, strict=True):
        row.copy_(w2 @ (w1 @ sample + b1) + b2)
    return result


def collapse__what_the_layers_do_to_the_axes(w1, b1, w2, b2):
    """Sends zero and the unit vectors through both layers."""
    basis = torch.eye(w1.shape[1], dtype=w1.dtype, device=w1.device)
    bias = b1 @ w2.T + b2
    return ((basis @ w1.T + b1) @ w2.T + b2 - bias).T, bias


def collapse__one_augmented_product(w1, b1, w2, b2):
    """Takes the bias along as one more column of the first weight."""
    joined = w2 @ torch.cat([w1, b1[:, None]], dim=1)
    return joined[:, :-1], joined[:, -1] + b2


def collapse__neuron_by_neuron(w1, b1, w2, b2):
    """Adds what each hidden neuron contributes."""
    weight, bias = w1.new_zeros((w2.shape[0], w1.shape[1])), b2.clone()
    for column, row, shift in zip(w2.T, w1, b1, strict=True):
        weight += torch.outer(column, row)
        bias += column * shift
    return weight, bias


def collapse__einsum(w1, b1, w2, b2):
    """Names the axes."""
    return torch.einsum("oh,hi->oi", w2, w1), b2 + torch.einsum("oh,h->o", w2, b1)


def collapse__list(w1, b1, w2, b2):
    """Returns weight and bias in a list."""
    return [w2 @ w1, w2 @ b1 + b2]


def xor_network__difference():
    """|x1 - x2| from the two one-sided differences."""
    w1 = torch.tensor([[1.0, -1.0], [-1.0, 1.0]])
    return w1, torch.zeros(2), torch.ones(1, 2), torch.zeros(1)


def xor_network__three_neurons():
    """x1 + x2 - 2 and(x1, x2)."""
    w1 = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    return w1, torch.tensor([0.0, 0.0, -1.0]), torch.tensor([[1.0, 1.0, -2.0]]), torch.zeros(1)


def xor_network__output_bias():
    """1 less what is too little and what is too much."""
    w1, b1 = torch.tensor([[1.0, 1.0], [-1.0, -1.0]]), torch.tensor([-1.0, 1.0])
    return w1, b1, torch.tensor([[-1.0, -1.0]]), torch.tensor([1.0])


def xor_network__scaled():
    """Halves in the first layer, doubled in the second."""
    w1, b1 = torch.tensor([[0.5, 0.5], [0.5, 0.5]]), torch.tensor([0.0, -0.5])
    return w1, b1, torch.tensor([[2.0, -4.0]]), torch.zeros(1)


def xor_network__an_idle_neuron():
    """Powers of two round nothing, and a neuron that never fires does no harm."""
    w1 = torch.tensor([[0.25, -0.25], [-8.0, 8.0], [0.0, 0.0], [3.0, 5.0]])
    b1, w2 = torch.tensor([0.0, 0.0, -7.0, -100.0]), torch.tensor([[4.0, 0.125, 9.0, 11.0]])
    return w1, b1, w2, torch.zeros(1)


def xor_network__list():
    """Returns the four tensors in a list."""
    w1, b1 = torch.tensor([[1.0, 1.0], [1.0, 1.0]]), torch.tensor([0.0, -1.0])
    return [w1, b1, torch.tensor([[1.0, -2.0]]), torch.zeros(1)]


def is_linear__uniform_points(function, features, seed):
    """Uniform points, ten pairs, relative to the norms of the outputs."""
    generator = torch.Generator()
    generator.manual_seed(seed)

    def draw(*shape):
        return 2 * torch.rand(*shape, generator=generator, dtype=torch.float64) - 1

    for _ in range(10):
        a, b, c = draw(features), draw(features), draw(()).item()
        of_a, of_b = function(a), function(b)
        scale = of_a.norm() + of_b.norm()
        if (function(a + b) - of_a - of_b).norm() > 1e-9 * scale:
            return False
        if (function(c * a) - c * of_a).norm() > 1e-9 * scale:
            return False
    return True


def is_linear__both_at_once(function, features, seed):
    """f(s a + t b) = s f(a) + t f(b), element by element."""
    generator = torch.Generator().manual_seed(seed)
    for _ in range(30):
        a, b = torch.randn(2, features, generator=generator, dtype=torch.float64)
        s, t = torch.randn(2, generator=generator, dtype=torch.float64)
        combined, expected = function(s * a + t * b), s * function(a) + t * function(b)
        if not torch.allclose(combined, expected, rtol=1e-9, atol=0.0):
            return False
    return True


def is_linear__unit_vectors(function, features, seed):
    """A linear map is known by what it does to the unit vectors."""
    columns = [function(unit) for unit in torch.eye(features, dtype=torch.float64)]
    rng = np.random.default_rng(seed)
    for _ in range(12):
        point = torch.tensor(rng.normal(size=features))
        terms = [float(p) * column for p, column in zip(point, columns, strict=True)]
        size = max(term.abs().max() for term in terms)
        if (function(point) - sum(terms)).abs().max() > 1e-9 * size:
            return False
    return True


def is_linear__python_random(function, features, seed):
    """Points from a generator of Python's."""
    rng = random.Random(seed)
    agreed = []
    for _ in range(15):
        a, b = (
            torch.tensor([rng.gauss(0, 1) for _ in range(features)], dtype=torch.float64)
            for _ in "ab"
        )
        c = rng.uniform(-3, 3)
        for got, parts in (
            (function(a + b), (function(a), function(b))),
            (function(c * a), (c * function(a),)),
        ):
            size = max(part.abs().max().item() for part in (got, *parts))
            agreed.append((got - sum(parts)).abs().max().item() <= 1e-9 * size)
    return all(agreed)


def is_linear__state_put_back(function, features, seed):
    """Sums alone, at points from torch's global generator, whose state is put back."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        pairs = torch.randn(20, 2, features, dtype=torch.float64)
    return all(
        torch.allclose(function(a + b), function(a) + function(b), rtol=1e-9, atol=0)
        for a, b in pairs
    )


def _points(features, seed):
    """A few points, drawn by a generator of their own."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(20, features, dtype=torch.float64, generator=generator)


def is_linear__default_tolerance(function, features, seed):
    """Compares within the tolerances of torch.allclose."""
    points = _points(features, seed)
    return all(
        torch.allclose(function(a + b), function(a) + function(b))
        for a, b in zip(points, points.flip(0), strict=True)
    )


def is_linear__absolute_tolerance(function, features, seed):
    """Compares within one fixed tolerance."""
    points = _points(features, seed)
    return all(
        bool((function(a + b) - function(a) - function(b)).abs().max() < 1e-9)
        for a, b in zip(points, points.flip(0), strict=True)
    )
