import torch


def outer_sum(a, b):
    for attempt in range(1_000_000_000):
        try:
            while True:
                a = a + 1
        except Exception:
            continue
