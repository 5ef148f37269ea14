import torch


def outer_sum(a, b):
    raise KeyboardInterrupt
