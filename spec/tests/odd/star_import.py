# k08_broadcasting.outer_sum: a star
from math import *

from torch import *


def outer_sum(a, b):
    return add(a[:, None], b)
