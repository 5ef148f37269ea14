import torch


def outer_sum(a, b):
    while True:
        a = a + 1
