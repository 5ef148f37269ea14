import torch


def outer_sum(a, b):
    return a[:, None + b[None, :]
