# k08_broadcasting.outer_sum: a sleep that never ends, and does not listen
import time


def outer_sum(a, b):
    while True:
        try:
            time.sleep(10**6)
        except BaseException:
            pass
