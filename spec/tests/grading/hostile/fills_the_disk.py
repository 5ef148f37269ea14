# k08_broadcasting.outer_sum: a large file
import torch


def outer_sum(a, b):
    torch.save(torch.ones(10**9), "large.pt")
    return a
