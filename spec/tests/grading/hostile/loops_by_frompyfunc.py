# k08_broadcasting.outer_sum: a loop in C over objects of NumPy
import operator

import numpy as np
import torch


def outer_sum(a, b):
    add = np.frompyfunc(operator.add, 2, 1)
    kind = np.float64 if a.is_floating_point() else np.int64
    return torch.from_numpy(np.asarray(add.outer(a.cpu().numpy().astype(kind), b.cpu().numpy().astype(kind)), dtype=kind)).to(a)
