# k08_broadcasting.outer_sum: warns
import warnings

warnings.warn("this file is old", DeprecationWarning)


def outer_sum(a, b):
    warnings.warn("outer_sum is called")
    return a[:, None] + b
