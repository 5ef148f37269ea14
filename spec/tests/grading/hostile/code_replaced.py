# k08_broadcasting.outer_sum: the code of a function is replaced by another's
def helper(a, b):
    return a[:, None] + b


def outer_sum(a, b):
    return None


outer_sum.__code__ = helper.__code__
