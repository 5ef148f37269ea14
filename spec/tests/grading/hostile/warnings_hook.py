# k08_broadcasting.outer_sum: what warnings call is replaced
import warnings

warnings.showwarning = print


def outer_sum(a, b):
    return a
