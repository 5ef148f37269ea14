"""Mistakes that the spec of k10_nonlinearity must reject, each with the words that name it."""

import math
import random

import numpy as np
import torch

ABOUT_DEVICES = (
    "sigmoid__without_leaving_the_device",
    "sigmoid__ones_on_the_cpu",
    "relu__zeros_on_the_cpu",
    "collapse__summed_on_the_cpu",
)


def _points(features, seed):
    """A few points, drawn by a generator of their own."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(20, features, dtype=torch.float64, generator=generator)


def sigmoid__ready_made(x):
    """You called torch's own sigmoid, as function, method or module. Write it with torch.exp."""
    return torch.sigmoid(x)


def sigmoid__math_exp_of_the_tensor(x):
    """math.exp takes one number, not a tensor of several. torch.exp takes all elements."""
    return 1 / (1 + math.exp(-x))


def sigmoid__exp_over_exp(x):
    """exp(x) / (1 + exp(x)) is inf / inf, NaN, for large x. Divide 1 by 1 + exp(-x)."""
    return torch.exp(x) / (1 + torch.exp(x))


def sigmoid__wrong_sign(x):
    """You took exp(x) for exp(-x): your curve falls from 1 to 0. It should rise."""
    return 1 / (1 + torch.exp(x))


def sigmoid__python_numbers(x):
    """math.exp raises OverflowError above 709. torch.exp gives inf, and 1 / inf is 0."""
    values = [1 / (1 + math.exp(-value)) for value in x.flatten().tolist()]
    return torch.tensor(values, dtype=x.dtype, device=x.device).reshape(x.shape)


def sigmoid__expit(x):
    """torch.special.expit is torch's own sigmoid under another name. Write the formula out."""
    return torch.special.expit(x)


def sigmoid__logsigmoid(x):
    """exp(logsigmoid(x)) is torch's own sigmoid in two steps. Write the formula out."""
    return torch.exp(torch.nn.functional.logsigmoid(x))


def sigmoid__tanh(x):
    """(1 + tanh(x / 2)) / 2 is the sigmoid on paper, but the 1 swallows small results."""
    return (1 + torch.tanh(x / 2)) / 2


def sigmoid__tanh_itself(x):
    """tanh runs from -1 to 1. The sigmoid runs from 0 to 1."""
    return torch.tanh(x)


def sigmoid__one_minus(x):
    """Right on paper, but far below zero your result is a difference of two numbers near 1, in
    which what is small is lost: exactly 0 is left."""
    return 1 - 1 / (1 + torch.exp(x))


def sigmoid__clamped(x):
    """You clamped x to ±30, so all smaller results become exp(-30). No clamping is needed."""
    return 1 / (1 + torch.exp(-x.clamp(-30, 30)))


def sigmoid__in_place(x):
    """You changed the tensor that was passed in, as names ending in _ do. Use -x, which makes a new
    one."""
    return 1 / (1 + x.neg_().exp())


def sigmoid__nan_to_num(x):
    """You turned the NaN of large x into 0. There the sigmoid is 1."""
    return (torch.exp(x) / (1 + torch.exp(x))).nan_to_num(0.0)


def sigmoid__without_leaving_the_device(x):
    """numpy() reads tensors on the CPU only. Stay in torch."""
    with np.errstate(over="ignore"):
        return torch.from_numpy(np.asarray(1 / (1 + np.exp(-x.numpy()))))


def sigmoid__ones_on_the_cpu(x):
    """You made the ones on the CPU. torch.ones_like(x) makes them where x is; so does 1."""
    return torch.ones(x.shape, dtype=x.dtype) / (1 + torch.exp(-x))


def relu__times_mask(x):
    """-inf times 0 is NaN. Select the elements (torch.where), do not multiply them away."""
    return x * (x > 0)


def relu__in_place(x):
    """You wrote zeros into the tensor passed in. Make a new one, or work on a copy."""
    x[x < 0] = 0
    return x


def relu__ready_made(x):
    """You called torch's own relu, as function, method or module. Write it with a comparison."""
    return torch.relu(x)


def relu__where_positive(x):
    """You lost NaN: NaN > 0 is False, and fmax passes it over. Replace what is negative, x < 0."""
    return torch.where(x > 0, x, torch.zeros_like(x))


def relu__max_along_an_axis(x):
    """torch.max(x, 0) looks for the largest along axis 0, and returns two tensors. Compare every
    element with 0."""
    return torch.max(x, 0)


def relu__python_max(x):
    """max(x, 0), and `if x > 0`, ask a tensor for one truth, and each element has its own. Select
    with a mask."""
    return max(x, torch.zeros_like(x))


def relu__half_of_sum(x):
    """(x + |x|) / 2 is NaN at -inf, and overflows for huge x. Select instead of computing."""
    return (x + x.abs()) / 2


def relu__absolute(x):
    """You turned negative elements positive. They become 0."""
    return x.abs()


def relu__threshold(x):
    """torch's threshold is its relu with two more arguments. Write it with a comparison."""
    return torch.nn.functional.threshold(x, 0.0, 0.0)


def relu__leaky(x):
    """You let a little of the negative side through. It becomes 0."""
    return torch.where(x < 0, 0.01 * x, x)


def relu__capped(x):
    """You capped the result at 6. There is no upper bound."""
    return x.clamp(0, 6)


def relu__negative_part(x):
    """You kept the negative elements. Keep the positive ones."""
    return x.clamp(max=0)


def relu__dropped(x):
    """You took the negative elements out, which changes the shape. Put 0 in their place."""
    return x[~(x < 0)]


def relu__zero_with_an_axis(x):
    """Your result has an axis where x has none, as a zero of shape (1,) gives it.
    torch.zeros_like(x) has the shape of x."""
    return torch.maximum(x, torch.zeros(1, dtype=x.dtype, device=x.device))


def relu__row_by_row(x):
    """You went through the rows. A 0-D tensor has none, and torch.stack refuses an empty list."""
    return torch.stack([row.clamp(min=0) for row in x])


def relu__zeros_on_the_cpu(x):
    """You made the zeros on the CPU. torch.zeros_like(x) makes them where x is."""
    return torch.maximum(x, torch.zeros(x.shape, dtype=x.dtype))


def relu__if_of_the_sum(x):
    """You looked at the tensor as a whole. Each element has a sign of its own: select with a
    mask."""
    return x if x.sum() > 0 else torch.zeros_like(x)


def two_linear_layers__untransposed(x, w1, b1, w2, b2):
    """Weights are (out, in), a row for each neuron. Multiply by their transpose: x @ w1.T."""
    return (x @ w1 + b1) @ w2 + b2


def two_linear_layers__weight_first(x, w1, b1, w2, b2):
    """w1 @ x takes x for a column. Here samples are rows: x @ w1.T."""
    return w2 @ (w1 @ x + b1) + b2


def two_linear_layers__relu_between(x, w1, b1, w2, b2):
    """You put a ReLU between the layers. Nothing comes between them here."""
    return (x @ w1.T + b1).clamp(min=0) @ w2.T + b2


def two_linear_layers__new_modules(x, w1, b1, w2, b2):
    """A new torch.nn.Linear has random weights of its own. Use those that were passed in."""
    first = torch.nn.Linear(w1.shape[1], w1.shape[0])
    second = torch.nn.Linear(w2.shape[1], w2.shape[0])
    return second(first(x))


def two_linear_layers__sigmoid_between(x, w1, b1, w2, b2):
    """You put a sigmoid between the layers. Nothing comes between them here."""
    return torch.sigmoid(x @ w1.T + b1) @ w2.T + b2


def two_linear_layers__first_bias_forgotten(x, w1, b1, w2, b2):
    """You left out b1, the bias of the first layer."""
    return (x @ w1.T) @ w2.T + b2


def two_linear_layers__second_bias_forgotten(x, w1, b1, w2, b2):
    """You left out b2, the bias of the second layer."""
    return (x @ w1.T + b1) @ w2.T


def two_linear_layers__features_first(x, w1, b1, w2, b2):
    """Your result is (out, batch). A sample is a row: (batch, out)."""
    return w2 @ (w1 @ x.T + b1[:, None]) + b2[:, None]


def two_linear_layers__squeezed(x, w1, b1, w2, b2):
    """You dropped axes of length 1, as squeeze does. A single sample or output keeps its axis."""
    return ((x @ w1.T + b1) @ w2.T + b2).squeeze()


def two_linear_layers__sample_by_sample(x, w1, b1, w2, b2):
    """torch.stack refuses an empty list, so an empty batch raises. x @ w1.T takes all samples."""
    return torch.stack([w2 @ (w1 @ sample + b1) + b2 for sample in x])


def two_linear_layers__bias_for_each_sample(x, w1, b1, w2, b2):
    """You gave b1 to the samples, a row each. It belongs to the neurons: add it as a row."""
    return (x @ w1.T + b1[:, None]) @ w2.T + b2


def two_linear_layers__weights_reshaped(x, w1, b1, w2, b2):
    """reshape keeps the order of the elements and shuffles the weights. Transpose: w1.T."""
    return (x @ w1.reshape(w1.shape[::-1]) + b1) @ w2.reshape(w2.shape[::-1]) + b2


def two_linear_layers__biases_at_the_end(x, w1, b1, w2, b2):
    """You added both biases after the second layer. b1 belongs to the first one's outputs."""
    return x @ w1.T @ w2.T + b1 + b2


def collapse__wrong_order(w1, b1, w2, b2):
    """You multiplied w1 @ w2. The first layer acts first, so it stands on the right: w2 @ w1."""
    return w1 @ w2, w2 @ b1 + b2


def collapse__biases_as_they_are(w1, b1, w2, b2):
    """You added b1 as it is, and it has an entry for each hidden neuron. It goes through w2
    first."""
    return w2 @ w1, b1 + b2


def collapse__first_bias_forgotten(w1, b1, w2, b2):
    """You left b1 out. The first bias goes through the second layer too."""
    return w2 @ w1, b2 + 0 * (w2 @ b1)


def collapse__second_bias_forgotten(w1, b1, w2, b2):
    """You forgot b2, the second layer's own bias."""
    return w2 @ w1, w2 @ b1


def collapse__transposed(w1, b1, w2, b2):
    """Your weight is (in, out). As in torch.nn.Linear it is (out, in)."""
    return (w2 @ w1).T, w2 @ b1 + b2


def collapse__bias_is_a_column(w1, b1, w2, b2):
    """Your bias is (out, 1). A bias is (out,)."""
    return w2 @ w1, w2 @ b1[:, None] + b2[:, None]


def collapse__swapped(w1, b1, w2, b2):
    """You returned (b, w). The weight comes first."""
    return w2 @ b1 + b2, w2 @ w1


def collapse__in_place(w1, b1, w2, b2):
    """You wrote into b2, as += does. Use +, which makes a new tensor."""
    b2 += w2 @ b1
    return w2 @ w1, b2


def collapse__bias_is_a_row(w1, b1, w2, b2):
    """Your bias is (1, out), which broadcasts unnoticed. A bias is (out,)."""
    return w2 @ w1, b1[None] @ w2.T + b2


def collapse__neuron_by_neuron(w1, b1, w2, b2):
    """torch.stack refuses an empty list, so no hidden neurons raise. w2 @ w1 takes any number."""
    terms = [torch.outer(column, row) for column, row in zip(w2.T, w1, strict=True)]
    return torch.stack(terms).sum(dim=0), w2 @ b1 + b2


def collapse__summed_on_the_cpu(w1, b1, w2, b2):
    """You collected the bias in a tensor on the CPU. It stays where the arguments are."""
    bias = torch.zeros(b2.shape, dtype=b2.dtype)
    return w2 @ w1, bias + w2 @ b1 + b2


def collapse__bias_before_the_weight(w1, b1, w2, b2):
    """b1 @ w2 multiplies by the columns of w2. Its rows are the neurons: w2 @ b1."""
    return w2 @ w1, b1 @ w2 + b2


def xor_network__for_a_threshold():
    """With these weights the corners come out on the right side of 0.5, but not as 0 and 1."""
    w1, b1 = torch.tensor([[1.0, 1.0], [1.0, 1.0]]), torch.tensor([-0.5, -1.0])
    return w1, b1, torch.tensor([[1.0, -2.0]]), torch.tensor([0.1])


def xor_network__or():
    """Your network computes OR: (1, 1) should give 0."""
    w1, b1 = torch.tensor([[1.0, 1.0], [1.0, 1.0]]), torch.tensor([0.0, -1.0])
    return w1, b1, torch.tensor([[1.0, -1.0]]), torch.zeros(1)


def xor_network__lists():
    """You returned lists. Four tensors are asked for: torch.tensor(...)."""
    return [[1.0, 1.0], [1.0, 1.0]], [0.0, -1.0], [[1.0, -2.0]], [0.0]


def xor_network__integers():
    """Your tensors are integers. Write 1.0 for 1: float32 is asked for."""
    w1, b1 = torch.tensor([[1, 1], [1, 1]]), torch.tensor([0, -1])
    return w1, b1, torch.tensor([[1, -2]]), torch.tensor([0])


def xor_network__and():
    """Your network computes AND: (0, 1) and (1, 0) should give 1, and (1, 1) should give 0."""
    return torch.ones(1, 2), torch.tensor([-1.0]), torch.ones(1, 1), torch.zeros(1)


def xor_network__equal():
    """Your network gives 1 where the inputs are equal. XOR gives 1 where they differ."""
    w1 = torch.tensor([[1.0, -1.0], [-1.0, 1.0]])
    return w1, torch.zeros(2), -torch.ones(1, 2), torch.ones(1)


def xor_network__without_a_bend():
    """x1 - x2 gives -1 for (0, 1). One neuron is not enough: take the other difference too."""
    return torch.tensor([[1.0, -1.0]]), torch.zeros(1), torch.ones(1, 1), torch.zeros(1)


def xor_network__half_for_all():
    """0.5 for all corners is the best that a network without ReLU can do. With ReLU it can be 1."""
    return torch.zeros(2, 2), torch.zeros(2), torch.zeros(1, 2), torch.tensor([0.5])


def xor_network__trained():
    """These look like trained weights: close to XOR, but not exact. Choose them by hand."""
    w1, b1 = torch.tensor([[1.0003, 0.9998], [1.0, 1.0]]), torch.tensor([0.0, -1.0])
    return w1, b1, torch.tensor([[1.0, -2.0]]), torch.tensor([1e-6])


def xor_network__one_difference():
    """Both neurons take x2 - x1, so (1, 0) gives 0. One of them has to take x1 - x2."""
    w1 = torch.tensor([[-1.0, 1.0], [-1.0, 1.0]])
    return w1, torch.zeros(2), torch.full((1, 2), 0.5), torch.zeros(1)


def xor_network__weights_as_columns():
    """Your last weight is (hidden, 1). As in torch.nn.Linear a weight is (out, in): (1, hidden)."""
    w1, b1 = torch.tensor([[1.0, 1.0], [1.0, 1.0]]), torch.tensor([0.0, -1.0])
    return w1, b1, torch.tensor([[1.0], [-2.0]]), torch.zeros(1)


def xor_network__number_for_a_bias():
    """The last bias is a 0-D tensor. It has one entry for the one output: shape (1,)."""
    w1, b1 = torch.tensor([[1.0, 1.0], [1.0, 1.0]]), torch.tensor([0.0, -1.0])
    return w1, b1, torch.tensor([[1.0, -2.0]]), torch.tensor(0.0)


def xor_network__vector_for_a_weight():
    """Your last weight is a vector. As in torch.nn.Linear a weight is (out, in): (1, hidden)."""
    w1, b1 = torch.tensor([[1.0, 1.0], [1.0, 1.0]]), torch.tensor([0.0, -1.0])
    return w1, b1, torch.tensor([1.0, -2.0]), torch.zeros(1)


def is_linear__zero_at_zero(function, features, seed):
    """You only looked whether f(0) is 0. So it is for |x| and x² too: try sums and multiples."""
    zero = torch.zeros(features, dtype=torch.float64)
    return bool((function(zero) == 0).all())


def is_linear__one_pair(function, features, seed):
    """You tried a single pair. For some seeds it agrees by luck: try many."""
    a, b = _points(features, seed)[:2]
    return torch.allclose(function(a + b), function(a) + function(b), rtol=1e-9, atol=0)


def is_linear__exact(function, features, seed):
    """You left no room for rounding, as == does. Allow a difference of 1e-9 of the outputs'
    size."""
    points = _points(features, seed)
    return all(
        torch.equal(function(a + b), function(a) + function(b))
        for a, b in zip(points, points.flip(0), strict=True)
    )


def is_linear__float32_points(function, features, seed):
    """Your points are float32. The function takes float64: pass dtype=torch.float64."""
    points = _points(features, seed).float()
    return all(
        torch.allclose(function(a + b), function(a) + function(b), rtol=1e-5, atol=1e-30)
        for a, b in zip(points, points.flip(0), strict=True)
    )


def is_linear__positive_points(function, features, seed):
    """torch.rand gives positive points only, where |x| and ReLU are straight. Try negative ones."""
    generator = torch.Generator().manual_seed(seed)
    for _ in range(20):
        a, b = torch.rand(2, features, dtype=torch.float64, generator=generator)
        if not torch.allclose(function(a + b), function(a) + function(b), rtol=1e-9, atol=0):
            return False
        if not torch.allclose(function(3 * a), 3 * function(a), rtol=1e-9, atol=0):
            return False
    return True


def is_linear__doubled_points(function, features, seed):
    """f(a + a) = 2 f(a) holds for |x| too. The two points of a sum have to differ."""
    return all(
        torch.allclose(function(a + a), function(a) + function(a), rtol=1e-9, atol=0)
        for a in _points(features, seed)
    )


def is_linear__homogeneity_only(function, features, seed):
    """You only tried multiples. f(c·a) = c·f(a) holds for maps that do not add up: try sums too."""
    return all(
        torch.allclose(function(c * a), c * function(a), rtol=1e-9, atol=0)
        for a in _points(features, seed)
        for c in (-1.7, 0.3)
    )


def is_linear__offset_removed(function, features, seed):
    """You subtracted f(0), or tried midpoints, so affine maps pass. Add and scale f itself."""
    offset = function(torch.zeros(features, dtype=torch.float64))
    points = _points(features, seed)
    return all(
        torch.allclose(
            function(a + b) - offset, function(a) + function(b) - 2 * offset, rtol=1e-7, atol=1e-20
        )
        for a, b in zip(points, points.flip(0), strict=True)
    )


def is_linear__signed_difference(function, features, seed):
    """You left out abs. A difference far below zero is a difference too, whatever the tolerance."""
    for a, b in zip(_points(features, seed), _points(features, seed + 1), strict=True):
        whole, parts = function(a + b), function(a) + function(b)
        if (whole - parts).max() > 1e-9 * whole.abs().max():
            return False
    return True


def is_linear__less_than(function, features, seed):
    """Where all outputs are 0, a difference of 0 was too much, as with <: 0 < 0 is False. Use
    <=."""
    for a, b in zip(_points(features, seed), _points(features, seed + 1), strict=True):
        whole, parts = function(a + b), function(a) + function(b)
        if not (whole - parts).abs().max() < 1e-9 * whole.abs().max():
            return False
    return True


def is_linear__first_output(function, features, seed):
    """You compared one output. All of them have to agree."""
    points = _points(features, seed)
    return all(
        math.isclose(
            function(a + b).flatten()[0].item(),
            (function(a) + function(b)).flatten()[0].item(),
            rel_tol=1e-9,
            abs_tol=0.0,
        )
        for a, b in zip(points, points.flip(0), strict=True)
    )


def is_linear__returned_in_the_loop(function, features, seed):
    """One pair decided, as where True is returned within the loop. Return it after all pairs have
    been tried."""
    for a, b in zip(_points(features, seed), _points(features, seed + 1), strict=True):
        if not torch.allclose(function(a + b), function(a) + function(b), rtol=1e-9, atol=0):
            return False
        return torch.allclose(function(2 * a), 2 * function(a), rtol=1e-9, atol=0)
    return True


def is_linear__any(function, features, seed):
    """One pair that agrees is no proof. All of them have to."""
    points = _points(features, seed)
    return any(
        torch.allclose(function(a + b), function(a) + function(b), rtol=1e-9, atol=0)
        for a, b in zip(points, points.flip(0), strict=True)
    )


def is_linear__batch(function, features, seed):
    """You passed all points at once. The function takes one point, of shape (features,)."""
    a, b = _points(features, seed), _points(features, seed + 1)
    return torch.allclose(function(a + b), function(a) + function(b), rtol=1e-9, atol=0)


def is_linear__python_seed(function, features, seed):
    """You set Python's global random state, as random.seed does. Make a random.Random(seed) of your
    own."""
    random.seed(seed)
    for _ in range(20):
        a, b = (
            torch.tensor([random.gauss(0, 1) for _ in range(features)], dtype=torch.float64)
            for _ in "ab"
        )
        if not torch.allclose(function(a + b), function(a) + function(b), rtol=1e-9, atol=0):
            return False
    return True


def is_linear__seed_ignored(function, features, seed):
    """You ignored the seed: the points are always the same. Seed the generator with it."""
    points = _points(features, 0)
    return all(
        torch.allclose(function(a + b), function(a) + function(b), rtol=1e-9, atol=0)
        for a, b in zip(points, points.flip(0), strict=True)
    )


def is_linear__unseeded(function, features, seed):
    """Your points differ from call to call. Seed the generator with the seed passed in."""
    rng = np.random.default_rng()
    for a, b in torch.tensor(rng.normal(size=(20, 2, features))):
        if not torch.allclose(function(a + b), function(a) + function(b), rtol=1e-9, atol=0):
            return False
    return True
