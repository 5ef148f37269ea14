# k08_broadcasting.broadcast_shape: a star
from math import *
from itertools import *


def broadcast_shape(a_shape, b_shape):
    pairs = list(zip_longest(reversed(a_shape), reversed(b_shape), fillvalue=1))
    if any(x != y and 1 not in (x, y) for x, y in pairs):
        raise ValueError("no fit")
    return tuple(y if x == 1 else x for x, y in reversed(pairs))
