# k08_broadcasting.broadcast_shape: recursion where others loop
def _from_right(a, b):
    if not a and not b:
        return ()
    x, y = (a or (1,))[-1], (b or (1,))[-1]
    if 1 not in (x, y) and x != y:
        raise ValueError(f"{x} and {y} do not fit")
    return _from_right(a[:-1], b[:-1]) + (y if x == 1 else x,)


def broadcast_shape(a_shape, b_shape):
    return _from_right(tuple(a_shape), tuple(b_shape))
