# k08_broadcasting.outer_sum: helper functions, one named with an underscore
def _column(vector):
    return vector.reshape(-1, 1)


def plus(left, right):
    return left + right


def outer_sum(a, b):
    return plus(_column(a), b)
