# k08_broadcasting.broadcast_shape: a text of a gigabyte
def broadcast_shape(a_shape, b_shape):
    return "x" * 10**9
