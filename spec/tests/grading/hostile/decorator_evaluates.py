# k08_broadcasting.outer_sum: a decorator that runs text
kept = []


@lambda f: eval("kept.append(f) or f")
def outer_sum(a, b):
    return a[:, None] + b if kept else None
