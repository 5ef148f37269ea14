import torch


def outer_sum(a, b):
    torch.set_default_dtype(torch.float64)
    return a[:, None] + b
