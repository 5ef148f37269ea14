# k08_broadcasting.outer_sum: the function is a partial one
from functools import partial


def combined(sign, a, b):
    return a[:, None] + sign * b


outer_sum = partial(combined, 1)
