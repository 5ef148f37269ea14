# k08_broadcasting.outer_sum: a sleep that never ends, and does not listen, while it is imported
import time

while True:
    try:
        time.sleep(10**6)
    except BaseException:
        pass


def outer_sum(a, b):
    return None
