# k08_broadcasting.broadcast_shape: an error class of one's own
class ShapeError(ValueError):
    def __init__(self, left, right):
        super().__init__(f"{left} and {right} do not fit")
        self.left, self.right = left, right

    def __str__(self):
        return f"{type(self).__name__}: {self.left} {self.right}"


def broadcast_shape(a_shape, b_shape):
    size = max(len(a_shape), len(b_shape))
    padded = [(1,) * (size - len(shape)) + tuple(shape) for shape in (a_shape, b_shape)]
    result = []
    for x, y in zip(*padded):
        if x != y and 1 not in (x, y):
            raise ShapeError(a_shape, b_shape) from None
        result.append(y if x == 1 else x)
    return tuple(result)
