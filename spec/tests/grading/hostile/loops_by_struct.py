# k08_broadcasting.outer_sum: a loop in C over numbers out of bytes
import operator
import struct
from itertools import product, starmap

import torch


def outer_sum(a, b):
    left = struct.unpack(f"{len(a)}d", bytes(a.double().cpu().untyped_storage())[: 8 * len(a)])
    right = struct.unpack(f"{len(b)}d", bytes(b.double().cpu().untyped_storage())[: 8 * len(b)])
    flat = list(starmap(operator.add, product(left, right)))
    return torch.tensor(flat, dtype=torch.float64).reshape(len(a), len(b)).to(a)
