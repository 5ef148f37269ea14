# k08_broadcasting.outer_sum: asserts and prints at the top
import torch


def outer_sum(a, b):
    """Adds.

    >>> outer_sum(torch.ones(1), torch.ones(1))
    tensor([[2.]])
    """
    assert a.dim() == b.dim() == 1, "two vectors are asked for"
    return a[:, None] + b


x = torch.arange(3.0)
assert outer_sum(x, x).shape == (3, 3)
assert outer_sum(x, x)[1, 2] == 3, outer_sum(x, x)
print(outer_sum.__doc__, outer_sum.__name__)
print("%s: %d x %d" % (outer_sum.__name__, *outer_sum(x, x).shape))
