# k08_broadcasting.outer_sum: a function is timed at the top
import timeit

import torch


def outer_sum(a, b):
    return a[:, None] + b


seconds = timeit.timeit(lambda: outer_sum(torch.ones(3), torch.ones(3)), number=3)
print(f"{seconds / 3:.2e} s each")
