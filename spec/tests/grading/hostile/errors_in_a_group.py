# k08_broadcasting.outer_sum: a group of errors, very deep
def outer_sum(a, b):
    error = ValueError("x")
    for _ in range(100_000):
        error = ExceptionGroup("deeper", [error])
    raise error
