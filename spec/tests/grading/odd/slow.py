# k08_broadcasting.outer_sum: slow but right
import time


def outer_sum(a, b):
    time.sleep(0.02)
    return a[:, None] + b
