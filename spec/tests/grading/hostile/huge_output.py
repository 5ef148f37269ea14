# k08_broadcasting.outer_sum: a flood on stdout
def outer_sum(a, b):
    while True:
        print("x" * 1_000_000)
