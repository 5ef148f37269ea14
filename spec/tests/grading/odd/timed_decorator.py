# k08_broadcasting.outer_sum: a decorator that measures time
import functools
import time
from contextlib import contextmanager


def timed(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            wrapper.seconds = time.perf_counter() - start
    return wrapper


@contextmanager
def step(name):
    print("begin", name)
    yield
    print("end", name)


@timed
def outer_sum(a, b):
    with step("sum"):
        return a[:, None] + b
