import torch


def outer_sums(a, b):
    return a[:, None] + b[None, :]
