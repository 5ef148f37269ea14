import torch


def outer_sum(a, b):
    for line in range(10_000):
        print("line", line)
    return a + b.sum()
