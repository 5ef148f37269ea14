# k08_broadcasting.outer_sum: a large file by a method
import numpy as np


def outer_sum(a, b):
    np.ones(10**9).tofile("large")
    return a
