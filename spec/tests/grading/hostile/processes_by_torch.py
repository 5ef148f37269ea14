# k08_broadcasting.outer_sum: torch.multiprocessing starts processes
import torch

try:
    torch.multiprocessing.spawn(print)
except Exception:
    pass


def outer_sum(a, b):
    return None
