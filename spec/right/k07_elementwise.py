"""Other right answers that the spec of k07_elementwise must accept."""

import itertools
import math
from fractions import Fraction

import numpy as np
import torch


def count_between__item(x, low, high):
    """Names the comparisons and takes the item."""
    return torch.logical_and(x.ge(low), x.lt(high)).sum().item()


def count_between__count_nonzero(x, low, high):
    """Multiplies the masks."""
    return torch.count_nonzero((low <= x) * (high > x)).item()


def count_between__picked(x, low, high):
    """Picks the elements and asks how many there are."""
    return len(x[(x >= low) & (x < high)])


def count_between__twice_picked(x, low, high):
    """Throws away what is too small, then what is too large."""
    x = x[x >= low]
    return x[x < high].numel()


def count_between__nonzero(x, low, high):
    """Counts the places where the mask is True."""
    return torch.logical_and(x >= low, x < high).nonzero().size(0)


def count_between__loop(x, low, high):
    """Looks at one element after another."""
    count = 0
    for value in x.flatten().tolist():
        if low <= value < high:
            count += 1
    return count


def count_between__numpy(x, low, high):
    """Counts in NumPy, on the CPU."""
    values = x.cpu().numpy()
    return int(np.sum((values >= low) & (values < high)))


def count_between__float_ones(x, low, high):
    """Selects ones and zeros and adds them up."""
    return int(torch.where((x >= low) & (x < high), 1, 0).sum().item())


def count_between__searchsorted(x, low, high):
    """Sorts what is not NaN and finds where the bounds would go."""
    ordered = x[x == x].sort().values
    bounds = torch.tensor([low, high], dtype=x.dtype, device=x.device)
    first, last = torch.searchsorted(ordered, bounds).tolist()
    return max(0, last - first)


def count_between__outside(x, low, high):
    """Takes away those outside, NaN among them."""
    outside = ~(x >= low) | ~(x < high)
    return x.numel() - int(torch.where(outside, 1, 0).sum())


def signed_sqrt__copysign(x):
    """Copies the sign."""
    return torch.copysign(torch.sqrt(torch.abs(x)), x)


def signed_sqrt__where(x):
    """Selects between two roots, of which one may be NaN."""
    return torch.where(x >= 0, x.sqrt(), -(-x).sqrt())


def signed_sqrt__power(x):
    """Raises to a half."""
    return torch.sgn(x) * x.abs() ** 0.5


def signed_sqrt__masks(x):
    """Fills zeros, sign by sign."""
    result = torch.zeros_like(x)
    result[x > 0] = x[x > 0].sqrt()
    result[x < 0] = -x[x < 0].neg().sqrt()
    return result


def signed_sqrt__two_halves(x):
    """Takes the roots of the positive and the negative part."""
    return x.clamp(min=0).sqrt() - (-x).clamp(min=0).sqrt()


def signed_sqrt__in_place_on_a_clone(x):
    """Works in place, on a private copy."""
    result = x.clone()
    result.abs_().sqrt_()
    result[x < 0] *= -1
    return result


def signed_sqrt__loop(x):
    """Takes root after root in Python."""
    roots = [math.copysign(math.sqrt(abs(v)), v) for v in x.flatten().tolist()]
    return torch.tensor(roots, dtype=x.dtype, device=x.device).reshape(x.shape)


def signed_sqrt__logarithm(x):
    """Halves the logarithm."""
    return x.sign() * (x.abs().log() / 2).exp()


def signed_sqrt__complex(x):
    """Takes the complex root, of which one part is 0."""
    root = x.to(torch.promote_types(x.dtype, torch.complex64)).sqrt()
    return (root.real - root.imag).to(x.dtype)


def clip__masks_on_a_clone(x, low, high):
    """Writes the bounds into a private copy."""
    if low > high:
        raise ValueError("low must not be greater than high")
    result = x.clone()
    result[x < low] = low
    result[x > high] = high
    return result


def clip__masked_fill(x, low, high):
    """Fills masks out of place."""
    if not low <= high:
        raise ValueError(f"{low} > {high}")
    return x.masked_fill(x < low, low).masked_fill(x > high, high)


def clip__full_like(x, low, high):
    """Selects from whole tensors of bounds."""
    if high < low:
        raise ValueError("low must not be greater than high")
    result = torch.where(x <= low, torch.full_like(x, low), x)
    return torch.where(result >= high, torch.full_like(x, high), result)


def clip__scalar_tensors(x, low, high):
    """Selects from 0-D tensors of x's dtype."""
    if low > high:
        raise ValueError("low must not be greater than high")
    lowest = torch.tensor(low, dtype=x.dtype, device=x.device)
    highest = x.new_tensor(high)
    return torch.where(torch.lt(x, lowest), lowest, torch.where(torch.gt(x, highest), highest, x))


def clip__loop(x, low, high):
    """Compares one element after another."""
    if low > high:
        raise ValueError("low must not be greater than high")
    values = [low if v < low else high if v > high else v for v in x.reshape(-1).tolist()]
    return torch.tensor(values, dtype=x.dtype, device=x.device).reshape(x.shape)


def clip__filled_in_place(x, low, high):
    """Fills a private copy in place."""
    if low > high:
        raise ValueError("low must not be greater than high")
    result = x.detach().clone(memory_format=torch.contiguous_format)
    result.masked_fill_(result.lt(low), low)
    return result.masked_fill_(result.gt(high), high)


def clip__numpy_where(x, low, high):
    """Selects in NumPy, on the CPU."""
    if low > high:
        raise ValueError("low must not be greater than high")
    values = x.cpu().numpy()
    values = np.where(values < low, low, np.where(values > high, high, values))
    return torch.tensor(values, dtype=x.dtype, device=x.device)


def clip__early_return(x, low, high):
    """Returns x itself where there is nothing to clip."""
    if low > high:
        raise ValueError("low must not be greater than high")
    below, above = x < low, x > high
    if not (below | above).any():
        return x
    return torch.where(above, high, torch.where(below, low, x))


def clip__gather(x, low, high):
    """Numbers the three choices for each element and gathers the chosen one."""
    if low > high:
        raise ValueError("low must not be greater than high")
    choices = torch.stack([torch.full_like(x, low), x, torch.full_like(x, high)])
    chosen = 1 - (x < low).long() + (x > high).long()
    return choices.gather(0, chosen.unsqueeze(0)).squeeze(0)


def clip__pieces(x, low, high):
    """Fills an empty tensor piece by piece."""
    if low > high:
        raise ValueError("low must not be greater than high")
    below, above = x < low, x > high
    result = torch.empty(x.shape, dtype=x.dtype, device=x.device)
    result[below], result[above] = low, high
    inside = ~(below | above)
    result[inside] = x[inside]
    return result


def standardize__std_mean(x):
    """Takes deviation and mean in one call."""
    if (x == x.reshape(-1)[0]).all():
        return torch.zeros_like(x)
    deviation, mean = torch.std_mean(x, correction=0)
    return (x - mean) / deviation


def standardize__zero_deviation(x):
    """Asks whether the deviation is 0."""
    deviation = x.std(correction=0)
    return torch.zeros_like(x) if deviation == 0 else (x - x.mean()) / deviation


def standardize__shifted_first(x):
    """Takes the first element off first, so that equal elements are exact zeros from the start."""
    shifted = x - x.flatten()[0]
    centered = shifted - shifted.mean()
    deviation = centered.square().mean().sqrt()
    return centered / torch.where(deviation == 0, torch.ones_like(deviation), deviation)


def standardize__variance(x):
    """Divides by the root of the biased variance."""
    if x.unique().numel() == 1:
        return x - x
    return (x - x.mean()) / x.var(unbiased=False) ** 0.5


def standardize__layer_norm(x):
    """Leaves it to layer_norm, without its epsilon."""
    if x.amax() == x.amin():
        return x * 0
    return torch.nn.functional.layer_norm(x.reshape(-1), (x.numel(),), eps=0.0).reshape(x.shape)


def standardize__norm(x):
    """Divides by the length over the root of the count."""
    flat = x.flatten()
    if flat.numel() < 2 or (flat[1:] == flat[:-1]).all():
        return x.new_zeros(x.shape)
    centered = flat - flat.sum() / flat.numel()
    return (centered / (torch.linalg.vector_norm(centered) / flat.numel() ** 0.5)).view(x.shape)


def standardize__in_float64(x):
    """Computes in float64 on the CPU and turns back."""
    wide = x.cpu().double()
    if wide.max() - wide.min() == 0:
        return torch.zeros_like(x)
    return ((wide - wide.mean()) / wide.std(unbiased=False)).to(x.device, x.dtype)


def standardize__python(x):
    """Adds up in Python."""
    values = x.flatten().tolist()
    if len(set(values)) == 1:
        return torch.zeros_like(x)
    mean = math.fsum(values) / len(values)
    deviation = math.sqrt(math.fsum((v - mean) ** 2 for v in values) / len(values))
    results = [(v - mean) / deviation for v in values]
    return torch.tensor(results, dtype=x.dtype, device=x.device).reshape(x.shape)


def standardize__unit_range(x):
    """Scales to the range 0 to 1 before anything else."""
    lowest, highest = x.amin(), x.amax()
    spread = torch.where(lowest == highest, torch.ones_like(lowest), highest - lowest)
    unit = (x - lowest) / spread
    deviation = unit.std(correction=0)
    return torch.where(deviation == 0, torch.zeros_like(unit), (unit - unit.mean()) / deviation)


def standardize__exact(x):
    """Computes in fractions, without rounding."""
    values = [Fraction(value) for value in x.flatten().tolist()]
    mean = sum(values) / len(values)
    deviation = math.sqrt(sum((v - mean) ** 2 for v in values) / len(values)) or 1.0
    results = [float(v - mean) / deviation for v in values]
    return torch.tensor(results, dtype=x.dtype, device=x.device).reshape(x.shape)


def almost_equal__isclose(a, b, tolerance):
    """Tells isclose to have no tolerance of its own."""
    return torch.isclose(a, b, rtol=0.0, atol=tolerance)


def almost_equal__numpy(a, b, tolerance):
    """Asks NumPy's isclose, on the CPU."""
    near = np.isclose(a.cpu().numpy(), b.cpu().numpy(), rtol=0, atol=tolerance)
    return torch.as_tensor(near, device=a.device)


def almost_equal__where(a, b, tolerance):
    """Selects the difference 0 for equal elements."""
    difference = torch.where(a == b, torch.zeros_like(a), a - b)
    return difference.abs().le(tolerance)


def almost_equal__between(a, b, tolerance):
    """Asks the difference to lie between minus and plus the tolerance."""
    difference = a - b
    return torch.logical_or(a.eq(b), (difference >= -tolerance) & (difference <= tolerance))


def almost_equal__masked_fill(a, b, tolerance):
    """Writes the equal ones into the result."""
    result = torch.abs(b - a) <= tolerance
    result[a == b] = True
    return result


def almost_equal__loop(a, b, tolerance):
    """Compares pair by pair in Python."""
    pairs = zip(a.flatten().tolist(), b.flatten().tolist(), strict=True)
    answers = [p == q or abs(p - q) <= tolerance for p, q in pairs]
    return torch.tensor(answers, dtype=torch.bool, device=a.device).reshape(a.shape)


def almost_equal__in_float64(a, b, tolerance):
    """Compares in float64, on the CPU."""
    wide, other = a.cpu().double(), b.cpu().double()
    near = torch.eq(wide, other) | (torch.sub(wide, other).abs() <= tolerance)
    return near.to(a.device)


def almost_equal__fractions(a, b, tolerance):
    """Compares differences without rounding."""

    def near(p, q):
        if not (math.isfinite(p) and math.isfinite(q)):
            return p == q
        return abs(Fraction(p) - Fraction(q)) <= Fraction(tolerance)

    answers = [near(p, q) for p, q in zip(a.flatten().tolist(), b.flatten().tolist(), strict=True)]
    return torch.tensor(answers, dtype=torch.bool, device=a.device).reshape(a.shape)


def almost_equal__both_ways(a, b, tolerance):
    """Asks in both directions, without an absolute value."""
    return (a == b) | ((a - b <= tolerance) & (b - a <= tolerance))


def sign_changes__both_directions(vector):
    """Asks for each direction by comparison."""
    a, b = vector[:-1], vector[1:]
    return (((a > 0) & (b < 0)) | ((a < 0) & (b > 0))).sum().item()


def sign_changes__differences(vector):
    """Opposite signs are two apart."""
    signs = (vector > 0).int() - (vector < 0).int()
    return int((torch.diff(signs).abs() == 2).sum())


def sign_changes__loop(vector):
    """Walks over neighbouring pairs."""
    return sum(p * q < 0 for p, q in itertools.pairwise(vector.sign().tolist()))


def sign_changes__indexed(vector):
    """Counts with an index, element by element."""
    changes = 0
    for i in range(len(vector) - 1):
        if (vector[i] > 0 and vector[i + 1] < 0) or (vector[i] < 0 and vector[i + 1] > 0):
            changes += 1
    return changes


def sign_changes__smaller_and_larger(vector):
    """The smaller of two is negative and the larger one positive."""
    a, b = vector[:-1], vector[1:]
    return ((torch.minimum(a, b) < 0) & (torch.maximum(a, b) > 0)).nonzero().size(0)


def sign_changes__one_sign(vector):
    """Multiplies by the sign of the neighbour, which can't be too large or too small."""
    return int((vector[:-1] * vector[1:].sign() < 0).sum())


def sign_changes__unfold(vector):
    """Looks through a window of two."""
    if vector.numel() < 2:
        return 0
    pairs = vector.sign().unfold(0, 2, 1)
    return int(torch.count_nonzero(pairs.prod(dim=1) == -1))


def sign_changes__xor(vector):
    """One of two is negative, and neither is zero or NaN."""
    positive, negative = vector > 0, vector < 0
    signed = positive | negative
    return int((signed[1:] & signed[:-1] & (negative[1:] ^ negative[:-1])).sum())


def sign_changes__numpy(vector):
    """Compares in NumPy, on the CPU."""
    signs = np.sign(np.nan_to_num(vector.cpu().numpy().astype(np.float64)))
    return int(np.sum(signs[:-1] * signs[1:] < 0))
