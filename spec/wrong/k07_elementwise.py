"""Mistakes that the spec of k07_elementwise must reject, each with the words that name it."""

import math

import numpy as np
import torch

ABOUT_DEVICES = (
    "count_between__numpy_of_a_device_tensor",
    "count_between__bounds_on_the_cpu",
    "clip__bounds_on_the_cpu",
    "standardize__zeros_on_the_cpu",
    "almost_equal__tolerance_on_the_cpu",
    "sign_changes__numpy_of_a_device_tensor",
)


def count_between__chained(x, low, high):
    """`and`, and a chain like low <= x < high, ask a tensor for one truth. Combine masks with &."""
    return int((low <= x < high).sum())


def count_between__includes_high(x, low, high):
    """You counted elements equal to high. Only those less than high count: use < there."""
    return int(((x >= low) & (x <= high)).sum())


def count_between__excludes_low(x, low, high):
    """You left out elements equal to low. They count: use >= there."""
    return int(((x > low) & (x < high)).sum())


def count_between__no_parentheses(x, low, high):
    """& binds more tightly than the comparisons. Put parentheses round each of them."""
    return int((x >= low & x < high).sum())


def count_between__loop_over_the_first_axis(x, low, high):
    """A loop over x takes it apart along the first axis only: of a matrix it gives rows. Compare
    all of x with each bound, which needs no loop."""
    count = 0
    for value in x:
        if value >= low and value < high:
            count += 1
    return count


def count_between__either(x, low, high):
    """You combined the conditions with | (or). Both must hold: use &."""
    return int(((x >= low) | (x < high)).sum())


def count_between__python_sum(x, low, high):
    """Python's sum adds up a matrix's rows, and gives a row. x.sum() adds up all elements."""
    result = sum((x >= low) & (x < high))
    return int(result) if result.ndim == 0 else result


def count_between__includes_high_in_a_tensor(x, low, high):
    """You counted elements equal to high: use < there. And a count is a Python int: int(...)."""
    return ((x >= low) & (x <= high)).sum()


def count_between__excludes_low_in_a_tensor(x, low, high):
    """You left out elements equal to low: use >= there. And a count is a Python int: int(...)."""
    return ((x > low) & (x < high)).sum()


def count_between__sum_of_elements_in_a_tensor(x, low, high):
    """You added up the elements between the bounds. Count them: sum the mask, as a Python int."""
    return x[(x >= low) & (x < high)].sum()


def count_between__sum_of_elements(x, low, high):
    """You added up the elements between the bounds. Count them: sum the mask."""
    return int(x[(x >= low) & (x < high)].sum())


def count_between__not_outside(x, low, high):
    """You counted what is neither below nor above. NaN is neither, but must not be counted."""
    return int((~((x < low) | (x >= high))).sum())


def count_between__difference_of_counts(x, low, high):
    """You subtracted the count below low from that below high, negative where low exceeds high."""
    return int((x < high).sum()) - int((x < low).sum())


def count_between__float32_bounds(x, low, high):
    """torch.tensor(0.1) is a float32 tensor. Compare with the Python number itself."""
    lowest = torch.tensor(low, dtype=torch.float32, device=x.device)
    highest = torch.tensor(high, dtype=torch.float32, device=x.device)
    return int(((x >= lowest) & (x < highest)).sum())


def count_between__first_axis_only(x, low, high):
    """You counted the rows in which something lies between. Each element counts: sum the mask."""
    return sum(bool(((row >= low) & (row < high)).any()) for row in torch.atleast_1d(x))


def count_between__length(x, low, high):
    """You counted every element: a mask's length counts False too, and with | one of the two
    conditions is enough. Combine them with &, and sum."""
    return ((x >= low) & (x < high)).numel()


def count_between__numpy_of_a_device_tensor(x, low, high):
    """.numpy() works on the CPU only. Compare the tensor itself, or bring it back with .cpu()."""
    values = x.numpy()
    return int(np.count_nonzero((values >= low) & (values < high)))


def count_between__bounds_on_the_cpu(x, low, high):
    """You made a tensor of bounds on the CPU. Compare with the Python number, or give device=."""
    lowest = torch.full(x.shape, low, dtype=x.dtype)
    highest = torch.full(x.shape, high, dtype=x.dtype)
    return int(((x >= lowest) & (x < highest)).sum())


def signed_sqrt__plain(x):
    """You took the root of negative elements, which is NaN. Take that of x.abs(), then the sign."""
    return x.sqrt()


def signed_sqrt__if(x):
    """`if x < 0` asks a tensor for one truth, and each element has its own. Use x.abs() and
    x.sign(), which answer for all of them."""
    if x < 0:
        return -(-x).sqrt()
    return x.sqrt()


def signed_sqrt__forgets_the_sign(x):
    """You dropped the sign. Give the root the sign of the element."""
    return x.abs().sqrt()


def signed_sqrt__divided_by_the_root(x):
    """x / sqrt(|x|) and x / |x| are NaN for zero and infinity. Multiply the root by x.sign()."""
    return x / x.abs().sqrt()


def signed_sqrt__loop_over_the_first_axis(x):
    """A loop over x takes it apart along the first axis only: of a matrix it gives rows. abs(),
    sqrt() and sign() do the same to every element, without a loop."""
    roots = []
    for value in x:
        if value < 0:
            roots.append(-(-value).sqrt())
        else:
            roots.append(value.sqrt())
    return torch.stack(roots)


def signed_sqrt__negatives_become_zero(x):
    """You replaced the NaNs of negative elements by 0. Theirs is minus the root of |x|."""
    return torch.where(x < 0, torch.zeros_like(x), x.abs().sqrt())


def signed_sqrt__epsilon(x):
    """You added a small number under the root, so zero and tiny elements come out wrong."""
    return x.sign() * (x.abs() + 1e-12).sqrt()


def signed_sqrt__nan_to_num(x):
    """nan_to_num also made infinity a large finite number. Avoid NaN instead of repairing it."""
    return (x / x.abs().sqrt()).nan_to_num()


def signed_sqrt__square(x):
    """You squared. The square root is asked for."""
    return x.sign() * x * x


def signed_sqrt__in_place(x):
    """You wrote into the tensor that was passed in, as methods do whose names end in _. Use abs()
    and sqrt()."""
    signs = x.sign()
    return x.abs_().sqrt_().mul_(signs)


def clip__clamp_unchecked(x, low, high):
    """clamp is the ready-made function: compare, and select with torch.where. And where low is
    greater than high raise ValueError."""
    return x.clamp(low, high)


def clip__clamp(x, low, high):
    """clamp is the ready-made function. Compare, and select with torch.where."""
    if low > high:
        raise ValueError("low is greater than high")
    return x.clamp(low, high)


def clip__never_raises(x, low, high):
    """You never compare the bounds. Where low is greater than high raise ValueError."""
    return torch.where(x < low, low, torch.where(x > high, high, x))


def clip__in_place_unchecked(x, low, high):
    """You wrote into the tensor passed in; `y = x` makes no copy, and x.clone() does. And where low
    is greater than high raise ValueError."""
    x[x < low] = low
    x[x > high] = high
    return x


def clip__in_place(x, low, high):
    """You wrote into the tensor passed in; `result = x` makes no copy either. Use x.clone()."""
    if low > high:
        raise ValueError("low is greater than high")
    x[x < low] = low
    x[x > high] = high
    return x


def clip__torch_clip(x, low, high):
    """torch.clip is the ready-made function. Compare, and select with torch.where."""
    if low > high:
        raise ValueError("low is greater than high")
    return torch.clip(x, low, high)


def clip__if(x, low, high):
    """`if x < low`, and Python's min and max, ask a tensor for one truth, and each element has its
    own. Choose with a mask: torch.where."""
    if x < low:
        return torch.full_like(x, low)
    if x > high:
        return torch.full_like(x, high)
    return x


def clip__clamp_min_and_max(x, low, high):
    """clamp_min and clamp_max are ready-made halves of it. Compare, and select with torch.where."""
    if low > high:
        raise ValueError("low is greater than high")
    return x.clamp_min(low).clamp_max(high)


def clip__minimum_of_maximum(x, low, high):
    """minimum and maximum do the comparing for you. Compare, and select with torch.where."""
    if low > high:
        raise ValueError("low is greater than high")
    return torch.minimum(torch.maximum(x, torch.full_like(x, low)), torch.full_like(x, high))


def clip__min_of_max(x, low, high):
    """torch.max of two tensors is maximum by another name. Compare, and select with torch.where."""
    if low > high:
        raise ValueError("low is greater than high")
    return torch.min(torch.max(x, torch.full_like(x, low)), torch.full_like(x, high))


def clip__hardtanh(x, low, high):
    """hardtanh is clamp by another name. Compare, and select with torch.where."""
    if low > high:
        raise ValueError("low is greater than high")
    if low == high:
        return torch.where(x.isnan(), x, low)
    return torch.nn.functional.hardtanh(x, low, high)


def clip__refuses_equal_bounds(x, low, high):
    """You refused low equal to high, which is allowed. Only low > high is an error."""
    if low >= high:
        raise ValueError("low is not less than high")
    return torch.where(x < low, low, torch.where(x > high, high, x))


def clip__swaps_the_bounds(x, low, high):
    """You put bounds in the wrong order right. That is an error here: raise ValueError."""
    low, high = sorted((low, high))
    return torch.where(x < low, low, torch.where(x > high, high, x))


def clip__low_only(x, low, high):
    """You raised what is below low and left out high. Both bounds count."""
    if low > high:
        raise ValueError("low is greater than high")
    return torch.where(x < low, low, x)


def clip__high_only(x, low, high):
    """Only high has taken effect. If you handled low before, the second choice must be made from
    what you had then, and not from x again."""
    if low > high:
        raise ValueError("low is greater than high")
    return torch.where(x > high, high, x)


def clip__loop_over_the_first_axis(x, low, high):
    """A loop over x takes it apart along the first axis only: of a matrix it gives rows. Choose for
    all elements at once with a mask: torch.where."""
    chosen = []
    for value in x:
        if value < low:
            chosen.append(low)
        elif value > high:
            chosen.append(high)
        else:
            chosen.append(value)
    return torch.tensor(chosen, dtype=x.dtype, device=x.device)


def clip__bounds_swapped(x, low, high):
    """You gave what is below low the value high, and the other way round."""
    if low > high:
        raise ValueError("low is greater than high")
    return torch.where(x < low, high, torch.where(x > high, low, x))


def clip__nan_becomes_low(x, low, high):
    """NaN is not above low, so your selection made it low. Ask what is below low instead."""
    if low > high:
        raise ValueError("low is greater than high")
    raised = torch.where(x > low, x, low)
    return torch.where(raised > high, high, raised)


def clip__nan_becomes_high(x, low, high):
    """NaN is not below high, so your selection made it high. Ask what is above high instead."""
    if low > high:
        raise ValueError("low is greater than high")
    lowered = torch.where(x < high, x, high)
    return torch.where(lowered < low, low, lowered)


def clip__masks_as_factors(x, low, high):
    """You multiplied by masks, but 0 times infinity or NaN is NaN. Select with torch.where."""
    if low > high:
        raise ValueError("low is greater than high")
    below, above = x < low, x > high
    return x * ~(below | above) + torch.full_like(x, low) * below + torch.full_like(x, high) * above


def clip__drops_what_is_outside(x, low, high):
    """You kept only the elements within the bounds. Those outside become the bounds."""
    if low > high:
        raise ValueError("low is greater than high")
    return x[(x >= low) & (x <= high)]


def clip__outside_becomes_zero(x, low, high):
    """You set what is outside to 0. It becomes the bound it lies beyond."""
    if low > high:
        raise ValueError("low is greater than high")
    return torch.where((x < low) | (x > high), torch.zeros_like(x), x)


def clip__float32_bounds(x, low, high):
    """torch.tensor(0.1) is float32, so a float64 tensor gets 0.10000000149. Give dtype=x.dtype."""
    if low > high:
        raise ValueError("low is greater than high")
    lowest = torch.tensor(low, dtype=torch.float32, device=x.device)
    highest = torch.tensor(high, dtype=torch.float32, device=x.device)
    return torch.where(x < low, lowest, torch.where(x > high, highest, x)).to(x.dtype)


def clip__float_result(x, low, high):
    """Your integers became floats, as beside float bounds. The dtype of x is kept."""
    if low > high:
        raise ValueError("low is greater than high")
    return torch.where(x < low, float(low), torch.where(x > high, float(high), x))


def clip__bounds_on_the_cpu(x, low, high):
    """You made the bounds' tensor on the CPU. Use full_like, or give device=x.device."""
    if low > high:
        raise ValueError("low is greater than high")
    lowest = torch.full(x.shape, low, dtype=x.dtype)
    highest = torch.full(x.shape, high, dtype=x.dtype)
    return torch.where(x < lowest, lowest, torch.where(x > highest, highest, x))


def standardize__plain(x):
    """x.std() divides by n - 1: the population's deviation is asked for. And equal elements, whose
    deviation is 0, are to become 0, not NaN."""
    return (x - x.mean()) / x.std()


def standardize__only_the_mean_divided(x):
    """Only the mean is divided here, since / comes before -. Put brackets: (x - mean) / deviation.
    And x.std() divides by n - 1; the population's deviation is asked for: correction=0."""
    return x - x.mean() / x.std()


def standardize__only_the_mean_divided_by_the_right_deviation(x):
    """Only the mean is divided here, since / comes before -. Put brackets round the
    difference."""
    deviation = x.std(correction=0)
    return x - x.mean() / torch.where(deviation == 0, 1.0, deviation)


def standardize__sample_deviation(x):
    """You divided by n - 1 under the root, as x.std() does. The population's deviation is asked
    for: correction=0."""
    if bool((x == x.flatten()[0]).all()):
        return torch.zeros_like(x)
    return (x - x.mean()) / x.std()


def standardize__equal_elements_become_nan(x):
    """Equal elements have the deviation 0, and 0 / 0 is NaN. They are to become 0."""
    return (x - x.mean()) / x.std(correction=0)


def standardize__added_epsilon(x):
    """You added a small number to the deviation, so a small spread is not scaled to 1."""
    return (x - x.mean()) / (x.std(correction=0) + 1e-8)


def standardize__each_column_by_n_minus_1(x):
    """You took a mean and a deviation for each column. There is one of each, over all elements;
    and x.std() divides by n - 1."""
    return (x - x.mean(0)) / x.std(0)


def standardize__each_column(x):
    """You took a mean for each column. There is one mean and one deviation, over all elements."""
    if bool((x == x.flatten()[0]).all()):
        return torch.zeros_like(x)
    return (x - x.mean(0)) / x.std(0, correction=0)


def standardize__variance(x):
    """You divided by the variance. Divide by its root, the standard deviation."""
    if bool((x == x.flatten()[0]).all()):
        return torch.zeros_like(x)
    return (x - x.mean()) / x.var(correction=0)


def standardize__variance_by_n_minus_1(x):
    """You divided by the variance: divide by its root, the standard deviation. And x.var(), like
    x.std(), divides by n - 1."""
    return (x - x.mean()) / x.var()


def standardize__mean_deviation(x):
    """You divided by the mean of |x - mean|. The standard deviation squares before averaging."""
    if bool((x == x.flatten()[0]).all()):
        return torch.zeros_like(x)
    return (x - x.mean()) / (x - x.mean()).abs().mean()


def standardize__only_centered(x):
    """You took off the mean and left out the division by the standard deviation."""
    if bool((x == x.flatten()[0]).all()):
        return torch.zeros_like(x)
    return x - x.mean()


def standardize__only_scaled(x):
    """You divided by the standard deviation and left the mean in."""
    if bool((x == x.flatten()[0]).all()):
        return torch.zeros_like(x)
    return x / x.std(correction=0)


def standardize__scaled_to_range(x):
    """You scaled to the range 0 to 1. Mean 0 and standard deviation 1 are asked for."""
    if bool((x == x.flatten()[0]).all()):
        return torch.zeros_like(x)
    return (x - x.min()) / (x.max() - x.min())


def standardize__each_row(x):
    """You took a mean for each row. There is one mean and one deviation, over all elements."""
    if bool((x == x.flatten()[0]).all()):
        return torch.zeros_like(x)
    return (x - x.mean(-1, keepdim=True)) / x.std(-1, correction=0, keepdim=True)


def standardize__each_row_by_n_minus_1(x):
    """You took a mean and a deviation for each row. There is one of each, over all elements; and
    x.std() divides by n - 1."""
    return (x - x.mean(-1, keepdim=True)) / x.std(-1, keepdim=True)


def standardize__each_row_without_keepdim(x):
    """You took a mean for each row, which does not fit the rows any more either. There is one mean
    and one deviation, over all elements: leave dim out."""
    return (x - x.mean(-1)) / x.std(-1)


def standardize__clamped_deviation(x):
    """You gave the deviation a least value, so a small spread is not scaled to 1."""
    if bool((x == x.flatten()[0]).all()):
        return torch.zeros_like(x)
    return (x - x.mean()) / x.std(correction=0).clamp_min(1e-12)


def standardize__threshold(x):
    """You took a small deviation for none. Only equal elements become zeros, so compare them."""
    deviation = x.std(correction=0)
    return torch.zeros_like(x) if deviation < 1e-5 else (x - x.mean()) / deviation


def standardize__nearly_equal(x):
    """You took nearly equal elements for equal, so a small spread is lost. Compare with ==."""
    if bool(torch.isclose(x, x.mean()).all()):
        return torch.zeros_like(x)
    return (x - x.mean()) / x.std(correction=0)


def standardize__only_one_element(x):
    """You made a single element 0, but not several equal ones, whose deviation is 0 as well."""
    if x.numel() == 1:
        return torch.zeros_like(x)
    return (x - x.mean()) / x.std(correction=0)


def standardize__layer_norm(x):
    """Your variance has 1e-5 added to it, as layer_norm does unless told otherwise. Leave it as it
    is."""
    if bool((x == x.flatten()[0]).all()):
        return torch.zeros_like(x)
    return torch.nn.functional.layer_norm(x, x.shape)


def standardize__mean_of_squares(x):
    """mean(x²) - mean² rounds away a spread far from zero. Take the mean off before squaring."""
    if bool((x == x.flatten()[0]).all()):
        return torch.zeros_like(x)
    return (x - x.mean()) / ((x * x).mean() - x.mean() ** 2).sqrt()


def standardize__in_place(x):
    """You wrote into the tensor that was passed in, as `-=` and `/=` do. Use - and /."""
    if bool((x == x.flatten()[0]).all()):
        return torch.zeros_like(x)
    x -= x.mean()
    x /= x.std(correction=0)
    return x


def standardize__zeros_of_float32(x):
    """Your zeros are float32, as torch.zeros makes them. torch.zeros_like keeps dtype and
    device."""
    if bool((x == x.flatten()[0]).all()):
        return torch.zeros(x.shape, device=x.device)
    return (x - x.mean()) / x.std(correction=0)


def standardize__zeros_on_the_cpu(x):
    """Your zeros lie on the CPU, where torch.zeros makes them. torch.zeros_like keeps dtype and
    device."""
    if bool((x == x.flatten()[0]).all()):
        return torch.zeros(x.shape, dtype=x.dtype)
    return (x - x.mean()) / x.std(correction=0)


def almost_equal__signed_difference_alone(a, b, tolerance):
    """A negative difference is below any tolerance, whatever its size: take abs(). And infinity
    minus infinity is NaN, so test a == b too."""
    return a - b <= tolerance


def almost_equal__infinities_differ(a, b, tolerance):
    """Infinity minus infinity is NaN, so equal infinities came out different. Test a == b too."""
    return (a - b).abs() <= tolerance


def almost_equal__isclose(a, b, tolerance):
    """torch.isclose adds a tolerance of its own, 1e-5 of b's size. Give rtol=0."""
    return torch.isclose(a, b, atol=tolerance)


def almost_equal__allclose(a, b, tolerance):
    """torch.allclose gives one Python bool. A bool tensor, one for each pair, is asked for."""
    return torch.allclose(a, b, rtol=0.0, atol=tolerance)


def almost_equal__strictly_less_alone(a, b, tolerance):
    """You left out differences equal to the tolerance: use <=. And infinity minus infinity is NaN,
    so test a == b too."""
    return (a - b).abs() < tolerance


def almost_equal__signed_difference(a, b, tolerance):
    """Without abs() every negative difference is small, whatever its size."""
    return (a == b) | (a - b <= tolerance)


def almost_equal__strictly_less(a, b, tolerance):
    """You left out differences equal to the tolerance. They count: use <=."""
    return (a == b) | ((a - b).abs() < tolerance)


def almost_equal__equal(a, b, tolerance):
    """You asked for exact equality. A difference up to the tolerance counts as equal."""
    return a == b


def almost_equal__math_isclose(a, b, tolerance):
    """math.isclose adds a tolerance of its own, 1e-9 of the larger size. Give rel_tol=0."""
    pairs = zip(a.flatten().tolist(), b.flatten().tolist(), strict=True)
    answers = [math.isclose(p, q, abs_tol=tolerance) for p, q in pairs]
    return torch.tensor(answers, dtype=torch.bool, device=a.device).reshape(a.shape)


def almost_equal__interval(a, b, tolerance):
    """b + tolerance is rounded next to a large b. Take the difference, and compare that."""
    return (a >= b - tolerance) & (a <= b + tolerance)


def almost_equal__relative(a, b, tolerance):
    """You scaled the tolerance with the numbers. It is the same for large and small ones."""
    return (a == b) | ((a - b).abs() <= tolerance * torch.maximum(a.abs(), b.abs()))


def almost_equal__nan_equals_nan(a, b, tolerance):
    """You let NaN equal NaN. It is equal to nothing here."""
    return torch.isclose(a, b, rtol=0.0, atol=tolerance, equal_nan=True)


def almost_equal__not_greater(a, b, tolerance):
    """You let NaN through: `not greater` holds for it, and nan_to_num makes it 0. Ask for <=."""
    return ~((a - b).abs() > tolerance)


def almost_equal__all(a, b, tolerance):
    """You gave one answer for the whole tensor. One for each pair is asked for: leave out all()."""
    return ((a == b) | ((a - b).abs() <= tolerance)).all()


def almost_equal__float_mask(a, b, tolerance):
    """You turned the mask into floats. A bool tensor is asked for."""
    return ((a == b) | ((a - b).abs() <= tolerance)).to(a.dtype)


def almost_equal__rounded(a, b, tolerance):
    """You rounded before comparing, so close numbers on two sides of a step come out different."""
    step = tolerance or 1e-12
    return (a == b) | ((a / step).round() == (b / step).round())


def almost_equal__squared(a, b, tolerance):
    """You squared the difference, but not the tolerance."""
    return (a == b) | ((a - b) ** 2 <= tolerance)


def almost_equal__squares(a, b, tolerance):
    """The square of a tiny difference is 0, which even tolerance 0 lets through. Use abs()."""
    return (a == b) | ((a - b) ** 2 <= tolerance**2)


def almost_equal__float32_tolerance(a, b, tolerance):
    """torch.tensor(0.7) is float32, a little less than 0.7. Compare with the number itself."""
    limit = torch.tensor(tolerance, dtype=torch.float32, device=a.device)
    return (a == b) | ((a - b).abs() <= limit)


def almost_equal__tolerance_on_the_cpu(a, b, tolerance):
    """You made the tolerance a CPU tensor. Compare with the Python number, or give device=."""
    return (a == b) | ((a - b).abs() <= torch.full(a.shape, tolerance, dtype=a.dtype))


def sign_changes__product(vector):
    """The product of two tiny numbers is 0, and that of large integers overflows. Compare signs."""
    return int((vector[:-1] * vector[1:] < 0).sum())


def sign_changes__zero_counts(vector):
    """You counted a step to or from zero. Zero has no sign; both neighbours must have one."""
    signs = vector.sign()
    return int((signs[:-1] != signs[1:]).sum())


def sign_changes__zero_is_negative(vector):
    """You gave zero and NaN a sign. They are neither positive nor negative, so no step from them or
    to them is a change."""
    positive = vector > 0
    return int((positive[:-1] != positive[1:]).sum())


def sign_changes__zero_is_positive(vector):
    """You gave zero a sign, so that a step from it or to it counted. Zero is opposite to
    nothing."""
    positive = vector >= 0
    return int((positive[:-1] != positive[1:]).sum())


def sign_changes__product_not_positive(vector):
    """You counted a product of 0. Both neighbours must have a sign: the product must be < 0."""
    signs = vector.sign()
    return int((signs[:-1] * signs[1:] <= 0).sum())


def sign_changes__signs_add_to_zero(vector):
    """The signs of 0 and 0 add up to 0 as well. The product of the signs must be -1."""
    signs = vector.sign()
    return int((signs[:-1] + signs[1:] == 0).sum())


def sign_changes__signbit(vector):
    """signbit sees a sign in -0.0 and in NaN, and none in 0.0. Ask for > 0 and < 0."""
    bits = torch.signbit(vector)
    return int((bits[:-1] != bits[1:]).sum())


def sign_changes__skips_zeros(vector):
    """You dropped the zeros first, so that 1, 0, -1 became neighbours. Keep them where they are."""
    signs = vector.sign()
    signs = signs[signs != 0]
    return int((signs[:-1] != signs[1:]).sum())


def sign_changes__downward_only(vector):
    """You counted steps from positive to negative only. The other direction counts too."""
    return int(((vector[:-1] > 0) & (vector[1:] < 0)).sum())


def sign_changes__sum_of_differences(vector):
    """You added the signed steps, so that up and down cancel. Count them."""
    return int(vector.sign().diff().sum()) // 2


def sign_changes__sizes_added(vector):
    """You added the sizes of the steps: that from -1 to 1 is 2. Count the steps instead."""
    return int(vector.sign().diff().abs().sum())


def sign_changes__half_the_steps(vector):
    """You added the sizes of all steps and halved. Two steps to and from zero are no change."""
    return int(vector.to(torch.float64).sign().diff().abs().nan_to_num(0.0).sum()) // 2


def sign_changes__around_the_end(vector):
    """You took the last and the first element for neighbours, as torch.roll makes them. They are
    not."""
    signs = vector.sign()
    return int((signs * signs.roll(1) < 0).sum())


def sign_changes__separate_pairs(vector):
    """You cut the vector into pairs. Each element but the ends has two neighbours."""
    signs = vector.sign()
    count = signs.numel() // 2
    return int((signs[0::2][:count] * signs[1::2] < 0).sum())


def sign_changes__differences_of_uint8(vector):
    """The signs 0 and 1 of uint8 differ by 255, since it has no -1. Compare with > 0 and < 0."""
    return int((vector.sign().diff().abs() > 1).sum())


def sign_changes__chained(vector):
    """A chain like a < 0 < b, and Python's `and`, ask a vector for one truth. Combine masks with
    &, or multiply signs."""
    a, b = vector[:-1], vector[1:]
    return int((a < 0 < b).sum() + (b < 0 < a).sum())


def sign_changes__one_index_too_far(vector):
    """The last element has no right neighbour, so the last index does not exist. There are n - 1
    pairs."""
    changes = 0
    for i in range(len(vector)):
        if vector[i].sign() * vector[i + 1].sign() < 0:
            changes += 1
    return changes


def sign_changes__negative_elements(vector):
    """You counted negative elements. Count neighbours of opposite sign."""
    return int((vector < 0).sum())


def sign_changes__quotient(vector):
    """A quotient overflows or underflows too, and -1 / 0 is -inf, which is less than 0."""
    return int((vector[1:] / vector[:-1] < 0).sum())


def sign_changes__fails_on_nothing(vector):
    """An empty vector has no first element. It has no changes: return 0."""
    signs = vector.sign().tolist()
    previous, changes = signs[0], 0
    for sign in signs[1:]:
        changes += previous * sign < 0
        previous = sign
    return changes


def sign_changes__windows_of_two(vector):
    """A vector of one element or none has no window of two. It has no changes: return 0."""
    pairs = vector.unfold(0, 2, 1)
    return int(((pairs > 0).any(1) & (pairs < 0).any(1)).sum())


def sign_changes__numpy_of_a_device_tensor(vector):
    """.numpy() works on the CPU only. Use the tensor itself, or bring it back with .cpu()."""
    values = vector.numpy()
    a, b = values[:-1], values[1:]
    return int(np.count_nonzero(((a > 0) & (b < 0)) | ((a < 0) & (b > 0))))


def sign_changes__zip_of_elements(vector):
    """You counted a step to or from zero, where a sign begins or ends. Both neighbours must have
    one."""
    return sum(bool(a.sign() != b.sign()) for a, b in zip(vector[:-1], vector[1:]))
