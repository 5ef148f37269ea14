# k08_broadcasting.outer_sum: more parameters, with defaults
def outer_sum(a, b, dim=1, *, verbose=False):
    return a.unsqueeze(dim) + b
