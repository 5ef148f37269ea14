import torch


def outer_sum(a, b):
    torch.manual_seed(0)
    return a[:, None] + b
