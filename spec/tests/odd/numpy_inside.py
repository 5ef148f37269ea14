# k08_broadcasting.broadcast_shape: NumPy computes
import numpy as np


def broadcast_shape(a_shape, b_shape):
    return tuple(int(n) for n in np.broadcast_shapes(a_shape, b_shape))
