# k08_broadcasting.outer_sum: doctest.testmod without a main block
import doctest

import torch


def outer_sum(a, b):
    """
    >>> outer_sum(torch.tensor([1]), torch.tensor([2]))
    tensor([[3]])
    """
    return a[:, None] + b


doctest.testmod()
