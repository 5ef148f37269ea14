import torch


def outer_sum(a, b):
    torch.set_num_threads(2)
    return a[:, None] + b
