# k08_broadcasting.outer_sum: functools
import functools
import operator

import torch


def outer_sum(a, b):
    return functools.reduce(operator.add, (a.unsqueeze(1), b.unsqueeze(0)))
