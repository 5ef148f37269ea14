from torch import outer_product


def outer_sum(a, b):
    return a[:, None] + b
