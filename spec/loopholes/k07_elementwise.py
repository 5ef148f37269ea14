"""What the spec of k07_elementwise must reject too, though no learner would write it."""

import torch


def count_between__through_float32(x, low, high):
    """You compared in float32, where close numbers are one. Compare x as it is."""
    return int(((x.float() >= low) & (x.float() < high)).sum())


def count_between__through_float64(x, low, high):
    """You compared in float64, where 2**53 and 2**53 + 1 are one. Compare integers as they are."""
    return int(((x.double() >= low) & (x.double() < high)).sum())


def count_between__in_the_dtype_of_x(x, low, high):
    """You added up in the dtype of x, and uint8 holds no more than 255. Sum the mask itself."""
    return int(((x >= low) & (x < high)).to(x.dtype).sum(dtype=x.dtype))


def count_between__nan_to_zero(x, low, high):
    """You replaced NaN by 0, which may lie between the bounds. NaN is not to be counted at all."""
    x = x.nan_to_num(0.0, posinf=float("inf"), neginf=float("-inf"))
    return int(((x >= low) & (x < high)).sum())


def count_between__drops_infinity(x, low, high):
    """You left out infinite elements. -inf lies between -inf and 0: only NaN is never counted."""
    return int(((x >= low) & (x < high) & x.isfinite()).sum())


def count_between__marks_in_place(x, low, high):
    """You marked the elements in the tensor that was passed in. Count a mask instead."""
    inside = (x >= low) & (x < high)
    x[inside] = 1
    x[~inside] = 0
    return int(x.sum())


def signed_sqrt__times_rsqrt(x):
    """x times 1 / sqrt(|x|) is NaN for infinity. Multiply the root by the sign."""
    return torch.where(x == 0, x, x * x.abs().rsqrt())


def signed_sqrt__square_first(x):
    """You squared x first, which overflows for huge elements and underflows for tiny ones."""
    return x.sign() * (x * x) ** 0.25


def signed_sqrt__through_float32(x):
    """You computed in float32, so a float64 tensor lost its precision. Keep its dtype."""
    return (x.float().sign() * x.float().abs().sqrt()).to(x.dtype)


def signed_sqrt__float32_sign(x):
    """You turned the result into float32. The dtype of x is kept."""
    return (x.sign() * x.abs().sqrt()).float()


def signed_sqrt__at_least_one_axis(x):
    """You gave a 0-D tensor an axis. The result has the shape of x."""
    x = torch.atleast_1d(x)
    return x.sign() * x.abs().sqrt()


def signed_sqrt__one_sign_for_all(x):
    """You gave all elements the sign of their sum. Each element has its own."""
    return x.sum().sign() * x.abs().sqrt()


def clip__relu(x, low, high):
    """Adding a bound and taking it off again rounds what lies within. Select with torch.where."""
    if low > high:
        raise ValueError("low is greater than high")
    raised = low + torch.relu(x - low)
    return high - torch.relu(high - raised)


def clip__raises_only_for_elements(x, low, high):
    """You looked at the bounds only when there was something to clip. Check them first, always."""
    if x.numel() and low > high:
        raise ValueError("low is greater than high")
    return torch.where(x < low, low, torch.where(x > high, high, x))


def clip__through_float64(x, low, high):
    """You went through float64, which has no 2**53 + 1. Compare and select in the dtype of x."""
    if low > high:
        raise ValueError("low is greater than high")
    wide = x.double()
    return torch.where(wide < low, low, torch.where(wide > high, high, wide)).to(x.dtype)


def clip__truncated_bounds(x, low, high):
    """You made the bounds integers, which cuts off their fraction."""
    if low > high:
        raise ValueError("low is greater than high")
    low = low if abs(low) == float("inf") else int(low)
    high = high if abs(high) == float("inf") else int(high)
    return torch.where(x < low, low, torch.where(x > high, high, x))


def standardize__median(x):
    """You took off the median. The mean is asked for."""
    if bool((x == x.flatten()[0]).all()):
        return torch.zeros_like(x)
    return (x - x.median()) / x.std(correction=0)


def standardize__first_and_last(x):
    """You compared the first element with the last only. Equal means: all of them."""
    if bool(x.flatten()[0] == x.flatten()[-1]):
        return torch.zeros_like(x)
    return (x - x.mean()) / x.std(correction=0)


def standardize__through_float32(x):
    """You computed in float32, so a float64 tensor lost its precision. Keep its dtype."""
    y = x.float()
    if bool((y == y.flatten()[0]).all()):
        return torch.zeros_like(x)
    return ((y - y.mean()) / y.std(correction=0)).to(x.dtype)


def standardize__zeros_in_place(x):
    """You set the tensor that was passed in to zero. Make a new one with torch.zeros_like."""
    if bool((x == x.flatten()[0]).all()):
        return x.zero_()
    return (x - x.mean()) / x.std(correction=0)


def almost_equal__infinite_of_either_sign(a, b, tolerance):
    """You took all infinities for equal. inf and -inf are not."""
    return (a.isinf() & b.isinf()) | ((a - b).abs() <= tolerance)


def almost_equal__large_numbers_for_infinity(a, b, tolerance):
    """You replaced infinity by a large number, which now equals it. Only infinity may."""
    a, b = (x.nan_to_num(float("nan"), posinf=1e30, neginf=-1e30) for x in (a, b))
    return (a - b).abs() <= tolerance


def almost_equal__through_float32(a, b, tolerance):
    """You compared in float32, where numbers of float64 that differ may be one."""
    a, b = a.float(), b.float()
    return (a == b) | ((a - b).abs() <= tolerance)


def almost_equal__epsilon(a, b, tolerance):
    """You added a small number to the tolerance, so that tolerance 0 lets differences through."""
    return (a == b) | ((a - b).abs() <= tolerance + 1e-9)


def almost_equal__in_place(a, b, tolerance):
    """sub_ writes into the tensor that was passed in. Use a - b."""
    equal = a == b
    return equal | (a.sub_(b).abs_() <= tolerance)


def sign_changes__product_in_float64(vector):
    """In float64 products of tiny numbers can be 0 too, 1e-300 times 1e-300. Compare signs."""
    x = vector.double()
    return int((x[:-1] * x[1:] < 0).sum())


def sign_changes__nan_is_negative(vector):
    """You took what is not >= 0 for negative, which holds for NaN too. Ask for < 0."""
    positive, negative = vector > 0, ~(vector >= 0)
    return int(((positive[:-1] & negative[1:]) | (negative[:-1] & positive[1:])).sum())


def sign_changes__signbit_of_nonzero(vector):
    """signbit sees a sign in NaN too. NaN is opposite to nothing."""
    bits, nonzero = torch.signbit(vector), vector != 0
    return int(((bits[:-1] != bits[1:]) & nonzero[:-1] & nonzero[1:]).sum())


def sign_changes__skips_nan(vector):
    """You dropped NaN first, so that the numbers on either side became neighbours."""
    signs = vector[~vector.isnan()].sign() if vector.is_floating_point() else vector.sign()
    return int((signs[:-1] * signs[1:] < 0).sum())


def sign_changes__next_but_one(vector):
    """You compared elements two apart. Neighbours are one apart: vector[:-1] and vector[1:]."""
    signs = vector.sign()
    return int((signs[:-2] * signs[2:] < 0).sum())


def sign_changes__threshold(vector):
    """You took tiny numbers for zero. However small, they have a sign."""
    signs = torch.where(vector.abs() < 1e-8, torch.zeros_like(vector), vector).sign()
    return int((signs[:-1] * signs[1:] < 0).sum())


def sign_changes__through_float32(vector):
    """In float32 a tiny number of float64 is 0 and has no sign. Keep the dtype."""
    signs = vector.float().sign()
    return int((signs[:-1] * signs[1:] < 0).sum())


def sign_changes__sum_is_smaller(vector):
    """Added to a huge number a tiny one vanishes, and its sign with it. Compare signs."""
    a, b = vector[:-1], vector[1:]
    return int(((a + b).abs() < a.abs() + b.abs()).sum())


def sign_changes__in_place(vector):
    """sign_ writes into the vector that was passed in. Use sign()."""
    signs = vector.sign_()
    return int((signs[:-1] * signs[1:] < 0).sum())
