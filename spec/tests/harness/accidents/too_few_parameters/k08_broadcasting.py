import torch


def outer_sum(a):
    return a[:, None] + a[None, :]
