# k08_broadcasting.outer_sum: getattr with a plain name
def outer_sum(a, b):
    add = getattr(a[:, None], "add")
    return add(b) if hasattr(a, "shape") else None
