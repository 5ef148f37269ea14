# k08_broadcasting.outer_sum: a file next to this one is imported
from k09_cat_stack import interleave


def outer_sum(a, b):
    return interleave(a, b)
