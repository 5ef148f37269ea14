# k08_broadcasting.outer_sum: torch.func where others broadcast
import torch
from torch.func import vmap


def outer_sum(a, b):
    return vmap(lambda x: x + b)(a) if len(a) else a[:, None] + b
