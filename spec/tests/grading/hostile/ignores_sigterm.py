# k08_broadcasting.outer_sum: SIGTERM is ignored
import signal

signal.signal(signal.SIGTERM, signal.SIG_IGN)


def outer_sum(a, b):
    while True:
        pass
