# k08_broadcasting.outer_sum: a list that grows without end
def outer_sum(a, b):
    kept = []
    while True:
        kept.append([0] * 10_000_000)
