# k08_broadcasting.outer_sum: the default dtype is changed
import torch


def outer_sum(a, b):
    torch.set_default_dtype(torch.float16)
    return a
