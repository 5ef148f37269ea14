import torch


def outer_sum(a, b):
    torch.set_grad_enabled(False)
    return a[:, None] + b
