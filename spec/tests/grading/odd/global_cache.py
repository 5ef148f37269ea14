# k08_broadcasting.broadcast_shape: a cache at the top of the file
CACHE = {}
CALLS = 0


def broadcast_shape(a_shape, b_shape):
    global CALLS
    CALLS += 1
    key = (a_shape, b_shape)
    if key not in CACHE:
        rank = max(len(a_shape), len(b_shape))
        a = (1,) * (rank - len(a_shape)) + tuple(a_shape)
        b = (1,) * (rank - len(b_shape)) + tuple(b_shape)
        if any(x != y and 1 not in (x, y) for x, y in zip(a, b)):
            raise ValueError("no fit")
        CACHE[key] = tuple(y if x == 1 else x for x, y in zip(a, b))
    return CACHE[key]
