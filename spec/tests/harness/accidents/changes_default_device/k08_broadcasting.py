import torch


def outer_sum(a, b):
    torch.set_default_device("meta")
    return a[:, None] + b
