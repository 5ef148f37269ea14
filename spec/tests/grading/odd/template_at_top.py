# k08_broadcasting.outer_sum: a template has a name
MESSAGE = "{a} and {b}: {0!r:>10}"
TABLE = "{:<10}" + "{:>8.2f}"


def outer_sum(a, b):
    text = MESSAGE.format(len(a), a="rows", b="columns")
    print(text, TABLE.format("sum", 1.0), "{}".format(a.shape), "{}, {}".format(*b.shape, 1))
    return a[:, None] + b
