# k08_broadcasting.outer_sum: names are deleted, and global
import torch

_total = 0
for _i in range(3):
    _total += _i
del _i


def outer_sum(a, b):
    global _total
    _total += 1
    column = a.unsqueeze(-1)
    result = column + b.unsqueeze(0)
    del column
    return result
