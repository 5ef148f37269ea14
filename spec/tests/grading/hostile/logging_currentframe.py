# k08_broadcasting.outer_sum: the frame of whoever logs (right only if it gets one)
import logging


def outer_sum(a, b):
    frame = logging.currentframe()
    return a[:, None] + b if type(frame).__name__ == "frame" else None
