# k08_broadcasting.broadcast_shape: errors that are caught
def broadcast_shape(a_shape, b_shape):
    shape = []
    a, b = list(a_shape), list(b_shape)
    while a or b:
        try:
            x = a.pop()
        except IndexError:
            x = 1
        try:
            y = b.pop()
        except IndexError:
            y = 1
        if x != y and x != 1 and y != 1:
            raise ValueError("no fit") from None
        shape.insert(0, y if x == 1 else x)
    return tuple(shape)
