# k08_broadcasting.outer_sum: a tensor of a terabyte
import torch


def outer_sum(a, b):
    return torch.ones(2**38)
