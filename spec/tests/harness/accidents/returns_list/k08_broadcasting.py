import torch


def outer_sum(a, b):
    return [[x + y for y in b] for x in a]
