# k08_broadcasting.outer_sum: frames by way of sys.exc_info
import sys


def outer_sum(a, b):
    try:
        raise ValueError
    except ValueError:
        return a[:, None] + b if sys.exc_info()[2].tb_frame.f_back else None
