# k02_shape.count_elements: NumPy for a number
import numpy as numpy_library


def count_elements(x):
    return int(numpy_library.prod(x.shape, dtype=int))
