# k08_broadcasting.broadcast_shape: match and walrus
def broadcast_shape(a_shape, b_shape):
    match (tuple(a_shape), tuple(b_shape)):
        case ((), shape) | (shape, ()):
            return shape
        case ((*a, x), (*b, y)) if x == y or 1 in (x, y):
            return (*broadcast_shape(tuple(a), tuple(b)), y if x == 1 else x)
        case (a, b):
            raise ValueError(message := f"{a} and {b} do not fit")
