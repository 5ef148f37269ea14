import torch


def outer_sum(a, b):
    if a.dtype != torch.float32:
        raise NotImplementedError("later")
    return a[:, None] + b
