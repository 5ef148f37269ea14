# k08_broadcasting.outer_sum: a package that may be there
try:
    import cupy
except ImportError:
    cupy = None

try:
    from einops import rearrange
except ImportError:
    rearrange = None


def outer_sum(a, b):
    if rearrange is not None:
        return rearrange(a, "n -> n 1") + rearrange(b, "m -> 1 m")
    return a.reshape(-1, 1) + b.reshape(1, -1)
